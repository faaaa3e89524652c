"""Numbers in running text: values, and what is no number at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from apps.claims.analysis.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234,567", "1234567"),
        ("12,34,567", "1234567"),
        ("1.111,11", "1111.11"),
        ("1 234 567", "1234567"),
        ("1\u202f234", "1234"),
        ("2.5 million", "2500000"),
        ("5m", "5000000"),
        ("forty-one", "41"),
        ("three hundred and six", "306"),
        ("two hundred and four thousand", "204000"),
        ("half a dozen", "6"),
        ("two dozen", "24"),
        ("a thousand", "1000"),
        ("half a million", "500000"),
        ("three and a half", "3.5"),
        ("2 1/4", "2.25"),
        ("¾", "0.75"),
        ("two fifths", "0.4"),
        ("two hundred and three", "203"),
        ("minus five point five", "-5.5"),
        ("one in five", "0.2"),
    ],
)
def test_a_number_has_its_value_however_written(text, value):
    (number,) = find_numbers(text)

    assert number.value == Decimal(value)
    assert (number.start, number.end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    ["the A320 landed", "an F-16", "this one", "no one came", "the second time", "nothing"],
)
def test_names_pronouns_and_ordinals_are_no_numbers(text):
    assert find_numbers(text) == []


def test_a_list_of_numbers_is_not_a_decimal():
    assert [int(n.value) for n in find_numbers("pages 22,24,26")] == [22, 24, 26]


def test_one_hundred_metres_is_not_one_hundred_million():
    (number,) = find_numbers("a 100m race")

    assert number.value == 100


def test_twelve_in_six_boxes_is_no_share():
    assert [int(n.value) for n in find_numbers("12 in six boxes")] == [12, 6]
