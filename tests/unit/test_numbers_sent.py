"""Numbers as addresses and forms send them, whatever else comes instead."""

from __future__ import annotations

import pytest

from config.numbers import read_number


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        ("12", 12),
        ("007", 7),
        (12, 12),
        ("999999999999", 999_999_999_999),
        ("1000000000000", None),
        ("9" * 5000, None),
        ("", None),
        (None, None),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("12 ", None),
    ],
)
def test_only_whole_numbers_people_could_mean_are_numbers(sent: object, number: int | None):
    assert read_number(sent) == number


def test_fewer_digits_can_be_asked_for():
    assert read_number("9999", digits=4) == 9999
    assert read_number("10000", digits=4) is None
