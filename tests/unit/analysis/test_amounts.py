"""Amounts as intervals: bounds, approximators, ranges, units, and names left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from apps.claims.analysis.amounts import find_amounts, interval, is_approximate
from apps.claims.analysis.types import QuantityType


def ends(text: str) -> tuple[float | None, float | None]:
    (amount,) = find_amounts(text)
    low, high = interval(amount)
    return (None if low is None else float(low), None if high is None else float(high))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("41 workers", 41, 41),
        ("over 250 workers", 251, None),
        ("more than 40 workers", 41, None),
        ("at least 31 workers", 31, None),
        ("no fewer than 31 workers", 31, None),
        ("up to 90 workers", 0, 90),
        ("fewer than 40 workers", 0, 39),
        ("about 40 workers", 36, 44),
        ("nearly 60 workers", 54, 60),
        ("just over 60 workers", 60, 66),
        ("65 to 70 workers", 65, 70),
        ("between 65 and 70 workers", 65, 70),
        ("two or three workers", 2, 3),
        ("2 to 3 million workers", 2_000_000, 3_000_000),
        ("dozens of workers", 24, 99),
        ("hundreds of workers", 200, 999),
        ("tens of thousands of workers", 20_000, 99_999),
        ("a handful of workers", 3, 9),
        ("several hundred workers", 300, 900),
        ("500 or more workers", 500, None),
    ],
)
def test_an_amount_is_an_interval(text, low, high):
    assert ends(text) == (low, high)


def test_a_bound_blurs_and_a_plain_range_does_not():
    (bound,) = find_amounts("more than 40")
    (spread,) = find_amounts("65 to 70")

    assert is_approximate(bound)
    assert not is_approximate(spread)


@pytest.mark.parametrize(
    ("text", "type_", "unit", "low"),
    [
        ("$4.2 million", QuantityType.MONEY, "USD", "4200000"),
        ("€15", QuantityType.MONEY, "EUR", "15"),
        ("C$ 300 million", QuantityType.MONEY, "CAD", "300000000"),
        ("12 percent", QuantityType.PERCENT, "%", "12"),
        ("0.4 percentage points", QuantityType.PERCENT, "percentage points", "0.4"),
        ("0.4 of a percentage point", QuantityType.PERCENT, "percentage points", "0.4"),
        ("18 kilometres", QuantityType.MEASURE, "km", "18"),
        ("a 44-year-old baker", QuantityType.AGE, "years", "44"),
        ("a magnitude 6.3 tremor", QuantityType.MEASURE, "magnitude", "6.3"),
    ],
)
def test_units_are_read_with_the_figure(text, type_, unit, low):
    (amount,) = find_amounts(text)

    assert (amount.type, amount.unit, amount.low) == (type_, unit, Decimal(low))


def test_at_the_dollar_sign_is_not_the_at_dollar():
    (amount,) = find_amounts("sold at $ 2 a share")

    assert amount.unit == "USD"


@pytest.mark.parametrize(
    "text",
    [
        "Flight 370",
        "Route 66",
        "Title 42",
        "304 North Alder St.",
        "Dorset, MA 02124",
        "call +1-222-555-0199",
        "at 7:30 a.m.",
        "the 21st floor",
        "since 9/11",
        "https://example.org/2031/77",
    ],
)
def test_names_addresses_and_clock_times_are_no_amounts(text):
    assert find_amounts(text) == []


def test_a_vote_score_is_no_range():
    assert [amount.style for amount in find_amounts("passed 7-4")] == ["exact", "exact"]
