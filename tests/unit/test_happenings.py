from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import date_conflict
from tests.unit.builders import article, day, row, said


def find(first, second):
    _, story = row(article("north", first), article("south", second))
    return list(date_conflict.find_in_story(story))


def opened(text, words, iso, *, predicate="open"):
    return said(text, day(words, iso), predicate=predicate)


def test_a_start_meets_the_day_of_an_opening():
    (finding,) = find(
        opened("The hearing opened in March 2024.", "March 2024", "2024-03"),
        opened("The hearing had run since April 2024.", "April 2024", "2024-04", predicate="run"),
    )

    assert "March 2024" in finding.rule


NEAR_MISSES = {
    "an end is no start": (
        opened("The museum closed in May 2024.", "May 2024", "2024-05", predicate="close"),
        opened("The museum stays closed until June 2024.", "June 2024", "2024-06", predicate="close"),
    ),
    "since is not on": (
        opened("Divers searched the wreck on May 1, 2024.", "May 1, 2024", "2024-05-01", predicate="search"),
        opened("Divers have searched the wreck since April 2024.", "April 2024", "2024-04", predicate="search"),
    ),
    "another deed with the same people": (
        opened("Divers found the wreck in April 2024.", "April 2024", "2024-04", predicate="find"),
        opened("Divers left the wreck in March 2024.", "March 2024", "2024-03", predicate="leave"),
    ),
    "a deadline holds what was done before it": (
        opened("Voters must register by April 20, 2024.", "April 20, 2024", "2024-04-20", predicate="register"),
        opened("Voters registered on April 3, 2024.", "April 3, 2024", "2024-04-03", predicate="register"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_dates_of_different_ends_or_deeds_do_not_conflict(name):
    assert find(*NEAR_MISSES[name]) == []


def test_an_outlet_that_dates_both_knows_of_two():
    first = article(
        "north",
        opened("Inspectors visited the dam in April 2024.", "April 2024", "2024-04", predicate="visit"),
        opened("Inspectors visited the dam in March 2024.", "March 2024", "2024-03", predicate="visit"),
    )  # fmt: skip
    second = article(
        "south",
        opened(
            "Inspectors visited the dam in March 2024.", "March 2024", "2024-03", predicate="visit"
        ),
    )
    _, story = row(first, second)

    assert list(date_conflict.find_in_story(story)) == []


def test_not_since_a_year_dates_the_last_time():
    (finding,) = find(
        opened("The dam was inspected in March 2024.", "March 2024", "2024-03", predicate="inspect"),
        opened("The dam was not inspected since 2021.", "2021", "2021", predicate="inspect"),
    )  # fmt: skip

    assert "2021" in finding.rule
