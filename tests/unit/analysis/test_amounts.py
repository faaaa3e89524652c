"""Amounts as intervals: bounds, approximators, ranges, units, and names left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from apps.articles.text.spans import Span
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
        ("200 workers and counting", 200, 200),
        ("200 and counting", 200, None),
        ("a shade over 60 workers", 60, 66),
        ("a little under 60 workers", 54, 60),
        ("an estimated crowd of 40", 36, 44),
        ("as few as 12 workers", 12, None),
        ("anything up to 90 workers", 0, 90),
        ("$3-4 million", 3_000_000, 4_000_000),
        ("€80 to 100 a month", 80, 100),
        ("aged 3 to 11", 3, 11),
        ("5ft 11in", 71, 71),
        ("2 hours and 14 minutes", 134, 134),
        ("half a mile", 0.5, 0.5),
        ("plus or minus 3 seats", 3, 3),
        ("a depth of 2,300m", 2300, 2300),
        ("150m from the gate", 150, 150),
        ("fell to £17.4m from", 17_400_000, 17_400_000),
        ("fell to 6.4m from", 6_400_000, 6_400_000),
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
        ("minus 14C", QuantityType.MEASURE, "°C", "-14"),
        ("45 m of rope", QuantityType.MEASURE, "m", "45"),
        ("shares at 412p", QuantityType.MONEY, "Pence", "412"),
        ("25 basis points", QuantityType.MEASURE, "basis points", "25"),
        ("up 3 points in the poll", QuantityType.PERCENT, "percentage points", "3"),
        ("half a percentage point", QuantityType.PERCENT, "percentage points", "0.5"),
        ("41.3 per 100,000", QuantityType.RATE, "per 100,000", "41.3"),
        ("a 5,000-strong crowd", QuantityType.CARDINAL, "people", "5000"),
        ("ten times the toll", QuantityType.CARDINAL, "times", "10"),
        ("all over 70", QuantityType.AGE, "years", "70"),
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
        "Symphony No. 8",
        "H.R. 1187",
        "Pad 39B",
        "counts 3 and 4",
        "dial 0800 555 0142",
        "a 911 call",
        "a 7-Eleven",
        "the Nikkei 225",
        "a 3-to-1 margin",
        "junctions 14 and 16",
        "a third offence",
        "a third-party bid",
    ],
)
def test_names_addresses_and_clock_times_are_no_amounts(text):
    assert find_amounts(text) == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("(3 of 6) Workers wait outside the mill; 23 people were hurt.", ["23"]),
        ("(Photo 2/9) The mill at dawn.", []),
        ("PHOTOS: Mill fire in Dunmore (1 of 6) Flames at the windows.", []),
        ("Officials (3 of 6) left.", ["3", "6"]),
        ("3 of 6 workers left.", ["3", "6"]),
    ],
)
def test_the_number_of_a_picture_counts_nothing(text, amounts):
    found = [amount.core.of(text) for amount in find_amounts(text)]

    assert found == amounts


def test_a_vote_score_is_no_range():
    assert [amount.style for amount in find_amounts("passed 7-4")] == ["exact", "exact"]


def test_over_a_speed_is_a_bound():
    (speed,) = find_amounts("far too fast: over 70 kilometres an hour in the bend")

    assert (speed.low, speed.high) == (70, None)


def test_over_a_stretch_of_time_says_how_long_where_no_verb_takes_it():
    (during,) = find_amounts("heard witnesses over nine days")
    (longer,) = find_amounts("it took over nine days")

    assert (during.style, longer.style) == ("exact", "bound")


def test_points_of_an_index_are_no_percentage_points():
    (points,) = find_amounts("The index fell 40 points")

    assert points.unit == ""


def test_a_share_and_the_amount_it_falls_to_are_no_range():
    assert len(find_amounts("fell by a fifth to 41 million tonnes")) == 2


def test_a_million_and_two_cars_are_two_amounts():
    assert [amount.low for amount in find_amounts("$3.5 million and two cars")] == [
        Decimal(3_500_000),
        Decimal(2),
    ]


def test_a_figure_half_taken_for_a_name_still_counts():
    assert [amount.low for amount in find_amounts("Eighty-six sheep", skip=[Span(0, 6)])] == [86]
    assert find_amounts("Room of 2019", skip=[Span(8, 12)]) == []
