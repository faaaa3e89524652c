from __future__ import annotations

from decimal import Decimal

import pytest

from apps.articles.text.spans import Span
from apps.claims.analysis.intervals import Interval, can_both_be_true, is_less_exact
from apps.claims.analysis.types import QuantityDraft, QuantityType


def quantity(text: str, low: float | None, high: float | None) -> QuantityDraft:
    return QuantityDraft(
        Span(0, len(text)),
        text,
        None if low is None else Decimal(str(low)),
        None if high is None else Decimal(str(high)),
        QuantityType.CARDINAL,
    )


@pytest.mark.parametrize(
    ("a", "b", "possible"),
    [
        (("hundreds", 200, 999), ("101", 101, 101), False),
        (("hundreds", 200, 999), ("261", 261, 261), True),
        (("over 250", 251, None), ("261", 261, 261), True),
        (("4,000", 4000, 4000), ("3,960", 3960, 3960), True),
        (("4,000", 4000, 4000), ("3,440", 3440, 3440), False),
        (("20", 20, 20), ("18", 18, 18), False),
        (("from 2 to 2.75", 2, 2.75), ("from 2 to 2.50", 2, 2.5), False),
    ],
)
def test_two_numbers_can_be_true_together_when_some_value_fits_both(a, b, possible: bool):
    assert can_both_be_true(quantity(*a), quantity(*b)) is possible
    assert can_both_be_true(quantity(*b), quantity(*a)) is possible


def test_an_open_end_is_less_exact_than_a_range_and_a_range_than_a_value():
    assert is_less_exact(quantity("over 250", 251, None), quantity("hundreds", 200, 999))
    assert is_less_exact(quantity("hundreds", 200, 999), quantity("261", 261, 261))
    assert not is_less_exact(quantity("261", 261, 261), quantity("hundreds", 200, 999))


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(Decimal(200), Decimal(999)), "200–999"),
        (Interval(Decimal(251), None), "251 or more"),
        (Interval(None, Decimal(39)), "39 or fewer"),
        (Interval(Decimal("2.75"), Decimal("2.75")), "2.75"),
    ],
)
def test_an_interval_reads_like_a_newspaper(interval: Interval, words: str):
    assert str(interval) == words
