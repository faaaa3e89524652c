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


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("The inquest opens Oct. 29.", "2025-10-29"),
        ("The pool was drained on Oct. 29.", "2024-10-29"),
        ("The lido was shut Aug. 14 and will be sold Dec. 9.", "2025-08-14 2025-12-09"),
        ("On Sept. 3, members backed the plan; it takes effect Jan. 1.", "2025-09-03 2026-01-01"),
        ("The referendum will be held on 20 November, the clerk said.", "2025-11-20"),
        ("The referendum on 20 November is the first of its kind.", "2025-11-20"),
        ("Prosecutors urged the court on Monday to free him.", "2025-10-13"),
        ("The court was asked to free him by Monday.", "2025-10-20"),
        ("By Monday, 300 had left.", "2025-10-13"),
        ("The ferry was to sail on Tuesday.", "2025-10-14"),
        ("Voters go to the polls on Tuesday.", "2025-10-21"),
        ("He could not be reached on Tuesday.", "2025-10-14"),
        ("She said in a statement on Sunday that the school would reopen.", "2025-10-12"),
        ("The bridge will be shut if rain falls on Sunday.", "2025-10-19"),
        ("Saturday, Nov. 1", "2025-11-01"),
        ("Friday, Nov. 1", "2024-11-01"),
    ],
)
def test_the_verb_that_governs_a_date_says_which_way_it_lies(text, iso):
    assert isos(text) == iso.split()


@pytest.mark.parametrize("text", ["Super Tuesday", "the Sunday Telegraph", "a new year"])
def test_names_made_of_calendar_words_are_no_dates(text):
    assert isos(text) == []


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
