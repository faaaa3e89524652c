from __future__ import annotations

from decimal import Decimal

import pytest

from apps.articles.text.spans import Span
from apps.claims.analysis.amount_units import unit_named
from apps.claims.analysis.calendar_ranges import show_days
from apps.claims.analysis.detectors.number_precision import say_how_they_meet
from apps.claims.analysis.number_comparison import explain_gap
from apps.claims.analysis.shown_numbers import find_shared_unit, show_time_between
from apps.claims.analysis.types import DateDraft, QuantityDraft, QuantityType

CARDINAL, MONEY, PERCENT, MEASURE, AGE, RATE = (
    QuantityType.CARDINAL,
    QuantityType.MONEY,
    QuantityType.PERCENT,
    QuantityType.MEASURE,
    QuantityType.AGE,
    QuantityType.RATE,
)


def quantity(low: str | None, high: str | None = "", unit: str = "", type: QuantityType = MEASURE):
    ends = [None if end is None else Decimal(end) for end in (low, low if high == "" else high)]
    form = unit_named(unit)
    si = None
    if form is not None and form.si_unit and form.si_unit != unit:
        si = (form.si_unit, *(None if end is None else end * form.si_factor for end in ends))
    return QuantityDraft(Span(0, 1), "x", ends[0], ends[1], type, unit=unit, si=si)


def weeks(low: str | None, high: str | None = ""):
    return quantity(low, high, "weeks")


@pytest.mark.parametrize(
    ("exact", "vague", "words"),
    [
        # Time: never in seconds, no parts of a week or a year.
        (weeks("3"), weeks("2.7", "3.3"), "21 days lies within 18.9–23.1 days"),
        (weeks("3"), weeks("2", "4"), "3 weeks lies within 2–4 weeks"),
        (quantity("20", unit="days"), weeks("0", "3"), "20 days lies within 0–21 days"),
        (quantity("3", unit="hours"), quantity("2.7", "3.3", "hours"), "3 hours lies within 2.7–3.3 hours"),
        (quantity("90", unit="minutes"), quantity("1", None, "hours"), "90 minutes is 60 minutes or more"),
        (quantity("40", unit="seconds"), quantity("36", "44", "seconds"), "40 seconds lies within 36–44 seconds"),
        (quantity("18", unit="months"), quantity("1", "2", "years"), "18 months lies within 12–24 months"),
        (quantity("2", unit="years"), quantity("1.8", "2.2", "years"), "24 months lies within 21.6–26.4 months"),
        (quantity("1", unit="days"), quantity("0", "2", "days"), "1 day lies within 0–2 days"),
        # Lengths, speeds, weights: as printed, or in the finer of the two units.
        (quantity("55", unit="knots"), quantity("0", "55", "knots"), "55 knots lies within 0–55 knots"),
        (quantity("16", unit="km"), quantity("9", "11", "miles"), "16 km lies within 14.48–17.7 km"),
        (quantity("45000", unit="tonnes"), quantity("0", "54000", "tonnes"), "45,000 tonnes lies within 0–54,000 tonnes"),
        # Money, shares, ages, rates, counts.
        (quantity("610000000", unit="USD", type=MONEY), quantity("600000000", "660000000", "USD", MONEY), "$610 million lies within $600–660 million"),
        (quantity("38000000", unit="EUR", type=MONEY), quantity("36000000", "40000000", "EUR", MONEY), "€38 million lies within €36–40 million"),
        (quantity("21", unit="SEK", type=MONEY), quantity("20", None, "SEK", MONEY), "21 SEK is 20 SEK or more"),
        (quantity("12", unit="%", type=PERCENT), quantity(None, "15", "%", PERCENT), "12% is 15% or less"),
        (quantity("0.5", type=CARDINAL), quantity("0.45", "0.5", type=CARDINAL), "50% lies within 45–50%"),
        (quantity("44", unit="years", type=AGE), quantity("40", "49", "years", AGE), "44 years lies within 40–49 years"),
        (quantity("40", unit="per km", type=RATE), quantity("30", None, "per km", RATE), "40 per km is 30 per km or more"),
        (quantity("261", unit="people", type=CARDINAL), quantity("251", None, "people", CARDINAL), "261 is 251 or more"),
        (quantity("38", unit="people", type=CARDINAL), quantity(None, "39", "people", CARDINAL), "38 is 39 or fewer"),
        # What overlaps does not lie within; what only rounding makes one is said to be rounded.
        (quantity("585000", "715000", "EUR", MONEY), quantity("600001", None, "EUR", MONEY), "€585,000–715,000 and €600,001 or more overlap"),
        (quantity("9000000", unit="USD", type=MONEY), quantity("8000000", unit="USD", type=MONEY),
         "if they are rounded: $9 million may stand for $8.5–9.5 million, $8 million for $7.5–8.5 million"),
    ],
)  # fmt: skip
def test_numbers_that_can_both_be_true_are_told_as_a_reader_thinks_of_them(exact, vague, words):
    assert (
        say_how_they_meet(exact, vague).removeprefix("Both can be true").lstrip(": ") == f"{words}."
    )


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (quantity("101", type=CARDINAL), quantity("200", "999", type=CARDINAL), "101 is outside 200–999"),
        (weeks("3"), weeks("4"), "3 weeks ≠ 4 weeks (a difference of 1 week)"),
        (weeks("3"), quantity("30", unit="days"), "21 days ≠ 30 days (a difference of 9 days)"),
        (quantity("5000", unit="EUR", type=MONEY), quantity("15000", unit="EUR", type=MONEY),
         "€5,000 ≠ €15,000 (a difference of €10,000)"),
        (quantity("5", unit="USD", type=MONEY), quantity("7", unit="EUR", type=MONEY), "$5 ≠ €7"),
        (quantity("691000000", unit="USD", type=MONEY), quantity("621000000", "690000000", "USD", MONEY),
         "$691 million is outside $621–690 million"),
        (quantity("2.7", "3", type=CARDINAL), quantity("4", None, type=CARDINAL), "2.7–3 against 4 or more"),
    ],
)  # fmt: skip
def test_a_gap_between_two_numbers_is_told_in_one_unit(a, b, words: str):
    assert explain_gap(a, b) == words


def test_units_that_measure_different_things_have_none_in_common():
    assert find_shared_unit(["weeks", "days", "hours"]) == "hours"
    assert find_shared_unit(["miles", "miles"]) == "miles"
    assert find_shared_unit(["miles", "days"]) == ""
    assert find_shared_unit(["days", "months"]) == ""
    assert find_shared_unit(["USD", "EUR"]) == ""


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.2, "less than an hour"),
        (1.1, "an hour"),
        (6, "6 hours"),
        (33, "33 hours"),
        (193, "8 days"),
    ],
)
def test_time_between_two_reports_is_told_in_hours_and_then_in_days(hours: float, words: str):
    assert show_time_between(hours) == words


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-06-16/2026-06-30", "16–30 June 2026"),
        ("2026-06-28/2026-07-03", "28 June–3 July 2026"),
        ("2023-03/2023-05", "March–May 2023"),
        ("2017/2020", "2017–2020"),
        ("2025-12-28/2026-01-03", "28 December 2025–3 January 2026"),
        ("2026-06-16", "16 June 2026"),
    ],
)
def test_a_range_of_days_says_once_what_both_ends_share(iso: str, words: str):
    assert show_days(DateDraft(Span(0, 1), "x", iso)) == words
