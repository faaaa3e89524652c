"""Dates resolved against the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from apps.claims.analysis.times import find_dates

WEDNESDAY = date(2025, 10, 15)


def isos(text: str, anchor: date | None = WEDNESDAY) -> list[str]:
    return [found.iso for found in find_dates(text, anchor)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("on March 15, 2025", "2025-03-15"),
        ("on 15 March 2025", "2025-03-15"),
        ("Tuesday, Oct. 14, 2025", "2025-10-14"),
        ("in April 2024", "2024-04"),
        ("in 1998", "1998"),
        ("the end of 2026", "2026-12"),
        ("the middle of 2027", "2027-06"),
        ("yesterday", "2025-10-14"),
        ("two weeks ago", "2025-10-01"),
        ("last month", "2025-09"),
        ("last year", "2024"),
        ("at 3:42 a.m. on Tuesday", "2025-10-14T03:42"),
        ("from 2014 to 2018", "2014-01-01/2018-01-01"),
        ("on Christmas Day 2023", "2023-12-25"),
    ],
)
def test_a_date_is_resolved(text, iso):
    assert isos(text) == [iso]


def test_a_weekday_looks_back_after_a_past_verb_and_ahead_after_will():
    assert isos("The council met on Friday.") == ["2025-10-10"]
    assert isos("The council will meet on Friday.") == ["2025-10-17"]


def test_a_month_looks_back_and_ahead_too():
    assert isos("The mine was closed in June.") == ["2025-06"]
    assert isos("Starting in March, fares will rise.") == ["2026-03"]


def test_an_open_weekday_keeps_both_readings():
    (found,) = find_dates("Friday", WEDNESDAY)

    assert set(found.readings) == {"2025-10-10", "2025-10-17"}
    assert found.anchor == "2025-10-15"


def test_an_absolute_date_has_no_anchor():
    (found,) = find_dates("March 15, 2025", WEDNESDAY)

    assert found.anchor is None


@pytest.mark.parametrize(
    "text",
    [
        "She may resign.",
        "They march at dawn.",
        "eastern villages",
        "2,000 people",
        "1500 soldiers",
        "a second chance",
        "now",
    ],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert isos(text) == []


def test_without_an_anchor_only_complete_dates_are_found():
    assert isos("On Friday, after March 15, 2025, and in June", None) == ["2025-03-15"]


def test_there_is_no_thirtieth_of_february():
    assert "2025-02-30" not in isos("on February 30, 2025")
