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
        ("Orla Venn, whose 2005 book", "2005"),
        ("no worse than any 2016 candidate", "2016"),
        ("the end of 2026", "2026-12"),
        ("the middle of 2027", "2027-06"),
        ("yesterday", "2025-10-14"),
        ("two weeks ago", "2025-10-01"),
        ("last month", "2025-09"),
        ("last year", "2024"),
        ("at 3:42 a.m. on Tuesday", "2025-10-14T03:42"),
        ("from 2014 to 2018", "2014/2018"),
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
        ("It is a sequel to her Monday stop in Lisbon, where she opened a school.", "2025-10-13"),
        ("It is a prelude to her Monday stop in Lisbon, where she will open one.", "2025-10-20"),
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


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("She joined in March and left six months later.", "2025-03 2025-09"),
        ("He won in 2009 and again four years later.", "2009 2013"),
        ("It struck on 9 May, and the following day the pit was sealed.", "2025-05-09 2025-05-10"),
        ("They met on Sunday; the previous evening she had resigned.", "2025-10-12 2025-10-11"),
        ("She was elected in November 2022 and sworn in the following January.", "2022-11 2023-01"),
        ("Three days later than planned, the lock opened.", ""),
        ("Two days later, he gave himself up.", ""),
        ("The square was cleared the night before.", "2025-10-14"),
    ],
)
def test_what_counts_from_a_date_told_before_is_counted_from_it(text, iso):
    assert isos(text) == iso.split()


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ten years ago", "2015"),
        ("six months ago", "2025-04"),
        ("two weeks ago Friday", "2025-10-03"),
        ("five years ago on Sunday", "2020-10-12"),
        ("this time last year", "2024-10"),
        ("the week before last", "2025-09-29/2025-10-05"),
        ("in two weeks' time", "2025-10-29"),
        ("a week on Friday", "2025-10-24"),
        ("It was shut the day after Labor Day", "2025-09-02"),
        ("on July 1 next year", "2026-07-01"),
        ("in June next year", "2026-06"),
        ("He vowed a vote by August", "2026-08"),
        ("by the end of the month", "2025-10"),
        ("by the end of the year", "2025-12"),
        ("at the turn of the year", "2026-01"),
        ("in the third quarter", "2025-07-01/2025-09-30"),
        ("in the first half of the year", "2025-01-01/2025-06-30"),
        ("in the 2018-19 season", "2018/2019"),
        ("the war of 1914-18", "1914/1918"),
        ("the three months to September", "2025-07/2025-09"),
        ("the week ending 7 September", "2025-09-01/2025-09-07"),
        ("from October to December", "2025-10/2025-12"),
        ("on 2 and 4 October", "2025-10-02 2025-10-04"),
        ("after 9/11", "2001-09-11"),
        ("during Ramadan", "2025-03-01"),
        ("on Remembrance Sunday", "2025-11-09"),
        ("this morning", "2025-10-15"),
        ("Crews arrived overnight.", "2025-10-14/2025-10-15"),
        ("Rain will fall overnight.", "2025-10-15/2025-10-16"),
    ],
)
def test_a_stretch_or_a_named_day_is_resolved(text, iso):
    assert isos(text) == iso.split()


@pytest.mark.parametrize(
    "text",
    [
        "April Hensley, 48",
        "Friday Adeyemi scored",
        "The Sunday Chronicle said so",
        "it could last two weeks",
        "the second time in eight days",
        "up 12 cents in a week",
        "more than many earn in an hour",
        "They led after the third quarter and won by nine points in overtime",
    ],
)
def test_names_verbs_and_quarters_of_a_match_are_no_dates(text):
    assert isos(text) == []


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("half past six", "T06:30"),
        ("at ten to seven", "T06:50"),
        ("The bells were ringing ten to six when it began", "T05:50"),
        ("shortly after five that afternoon", "T17:00"),
        ("just before four in the afternoon", "T16:00"),
        ("a quarter to eight in the evening", "T19:45"),
        ("one minute past midnight", "T00:01"),
        ("at 1930 GMT", "T19:30"),
        ("reopened at 0800.", "T08:00"),
        ("at 6 on Monday evening", "2025-10-13T18:00"),
        ("at 11.15 on Monday morning", "2025-10-13T11:15"),
        ("just before 11 on Saturday night", "2025-10-11T23:00"),
        ("on 3 May 2021, at about 4.20pm", "2021-05-03T16:20"),
        ("between 8am and 10pm on Monday", "2025-10-13T08:00/2025-10-13T22:00"),
        ("from 10 p.m. to 5 a.m.", "T22:00/T05:00"),
    ],
)
def test_a_time_of_day_is_read_in_words_and_figures(text, iso):
    assert isos(text) == [iso]


@pytest.mark.parametrize(
    "text", ["ten to twelve boats", "won in 2:08:31", "rose 12.45p", "sold at 8.15 a share"]
)
def test_what_looks_like_a_time_of_day_is_none(text):
    assert isos(text) == []
