from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import date_conflict
from apps.claims.analysis.judges import get_judge
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, day, row, said


def propose(first, second):
    firsts, seconds = ([item] if not isinstance(item, list) else item for item in (first, second))
    _, story = row(article("north", *firsts), article("south", *seconds))
    return list(date_conflict.find_candidates(story))


def rate(first, second):
    """The best rate of what is proposed, 0 when nothing is."""
    judge = get_judge("date_conflict")
    return max((judge.rate(each.features) for each in propose(first, second)), default=0.0)


def dated(text, words, iso, *, predicate="", anchor=None):
    return said(text, day(words, iso, anchor), predicate=predicate)


VISIT = dated("Inspectors visited the dam in April 2023.", "April 2023", "2023-04", predicate="visit")  # fmt: skip


def test_one_event_on_two_days_may_conflict():
    (candidate,) = propose(
        VISIT,
        dated("Inspectors last visited the dam in the spring of 2022.", "the spring of 2022", "2022-03/2022-05", predicate="visit"),
    )  # fmt: skip

    assert candidate.finding.outcome is Outcome.CONFLICT
    assert "April 2023 and March–May 2022" in candidate.finding.rule
    assert "happening" in candidate.doubt


LAST_VISIT = "Inspectors last visited the dam in {} and found four faults."


def test_the_last_visit_cannot_have_been_on_two_days():
    first = dated(LAST_VISIT.format("April 2023"), "April 2023", "2023-04", predicate="visit")
    second = dated(LAST_VISIT.format("May 2022"), "May 2022", "2022-05", predicate="visit")
    _, story = row(article("north", first), article("south", second), article("west", second))

    (finding,) = date_conflict.find_in_story(story)

    assert "April 2023" in finding.rule and "May 2022" in finding.rule


@pytest.mark.parametrize(
    "first",
    [
        # A visit, and a visit last week.
        dated("Inspectors visited the dam in April 2023 and found four faults.", "April 2023", "2023-04", predicate="visit"),
        dated("Inspectors visited the dam last April and found four faults.", "last April", "2023-04", predicate="visit"),
        dated(LAST_VISIT.format("the spring of 2022"), "the spring of 2022", "2022-03/2022-05", predicate="visit"),
        # The last of something else.
        dated("The owner last painted his boat in April 2023.", "April 2023", "2023-04", predicate="paint"),
    ],
)  # fmt: skip
def test_two_visits_neither_outlet_calls_the_last_are_left_to_the_judge(first):
    second = dated(LAST_VISIT.format("May 2022"), "May 2022", "2022-05", predicate="visit")
    _, story = row(article("north", first), article("south", second))

    assert list(date_conflict.find_in_story(story)) == []


def test_one_event_at_two_hours_may_conflict():
    (candidate,) = propose(
        dated("The bridge reopened at 4 p.m.", "4 p.m.", "T16:00", predicate="reopen"),
        dated("The bridge reopened at 6 p.m.", "6 p.m.", "T18:00", predicate="reopen"),
    )

    assert "16:00 and 18:00" in candidate.finding.rule


AGREE = {
    "a weekday and the date of that day": (
        dated("Inspectors visited the dam on Tuesday.", "Tuesday", "2024-04-30", anchor="2024-05-02"),
        dated("Inspectors visited the dam on April 30.", "April 30", "2024-04-30"),
    ),
    "a month and one of its days": (
        VISIT,
        dated("Inspectors visited the dam on April 3, 2023.", "April 3, 2023", "2023-04-03"),
    ),
    "an hour and some minutes more": (
        dated("The bridge reopened at about 4 p.m.", "4 p.m.", "T16:00"),
        dated("The bridge reopened at 4:20 p.m.", "4:20 p.m.", "T16:20"),
    ),
    "shortly after an hour": (
        dated("The bridge reopened shortly after 4 p.m.", "4 p.m.", "T16:00"),
        dated("The bridge reopened at 4:40 p.m.", "4:40 p.m.", "T16:40"),
    ),
    "a clock that does not say which half of the day": (
        dated("The bridge reopened at 4:30.", "4:30", "T04:30"),
        dated("The bridge reopened at 4:30 p.m.", "4:30 p.m.", "T16:30"),
    ),
    "the day of the report itself": (
        dated("Today the dam is dry.", "Today", "2024-05-02"),
        dated("The dam ran dry on April 30.", "April 30", "2024-04-30"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", AGREE)
def test_times_that_can_be_one_are_not_proposed(name):
    assert propose(*AGREE[name]) == []


OPENED = dated("The hearing opened in March 2024.", "March 2024", "2024-03", predicate="open")
HIT = (VISIT, dated("Inspectors visited the dam in May 2023.", "May 2023", "2023-05", predicate="visit"))  # fmt: skip
NEAR_MISSES = {
    "two happenings": (
        VISIT,
        dated("The dam was built in 1961.", "1961", "1961", predicate="build"),
    ),
    "an end is no start": (
        dated("The museum closed in May 2024.", "May 2024", "2024-05", predicate="close"),
        dated("The museum stays shut until June 2024.", "June 2024", "2024-06", predicate="stay"),
    ),
    "since is not on": (
        dated("Divers searched the wreck on May 1, 2024.", "May 1, 2024", "2024-05-01", predicate="search"),
        dated("Divers have looked at the wreck since April 2024.", "April 2024", "2024-04", predicate="look"),
    ),
    "another deed of the same people": (
        dated("Divers found the wreck in April 2024.", "April 2024", "2024-04", predicate="find"),
        dated("Divers left the harbour in March 2024.", "March 2024", "2024-03", predicate="leave"),
    ),
    "a deadline holds what was done before it": (
        dated("Voters must register by April 20, 2024.", "April 20, 2024", "2024-04-20", predicate="register"),
        dated("Most had signed up on April 3, 2024.", "April 3, 2024", "2024-04-03", predicate="sign"),
    ),
    "a plan of next year": (
        VISIT,
        dated("Inspectors will visit the lock in March 2025.", "March 2025", "2025-03", predicate="visit"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_dates_of_other_deeds_or_ends_are_rated_below_one_happening_on_two_days(name):
    assert rate(*NEAR_MISSES[name]) < rate(*HIT)


def test_an_outlet_that_dates_both_knows_of_two():
    second = dated("Inspectors visited the dam in May 2023.", "May 2023", "2023-05", predicate="visit")  # fmt: skip

    assert rate([VISIT, second], second) < rate(VISIT, second)


def test_what_has_run_since_a_day_is_compared_with_its_opening():
    (candidate,) = propose(
        OPENED,
        dated("The hearing had run since April 2024.", "April 2024", "2024-04", predicate="run"),
    )

    assert "March 2024" in candidate.finding.rule


def test_an_outlet_that_prints_both_dates_has_two_happenings():
    other = dated("Divers visited the dam in May 2022.", "May 2022", "2022-05", predicate="visit")

    assert propose(VISIT, other)
    assert propose([VISIT, dated("A fair came in May 2022.", "May 2022", "2022-05")], other) == []


def test_a_year_and_a_day_do_not_answer_one_question():
    year = dated("The dam opened in 2019.", "2019", "2019", predicate="open")

    assert propose(year, dated("Inspectors visited the dam on Tuesday.", "Tuesday", "2024-04-30", anchor="2024-05-02")) == []  # fmt: skip


def test_the_year_in_what_a_thing_is_called_dates_nothing():
    act = said(
        "Inspectors visited the dam under the Ports Act of 1911.",
        day("1911", "1911"), predicate="visit", names=[("Ports Act", "other")],
    )  # fmt: skip

    assert propose(act, dated("Inspectors visited the dam in 2023.", "2023", "2023", predicate="visit")) == []  # fmt: skip


def test_hours_of_deeds_that_have_nothing_in_common_are_not_compared():
    candles = dated(
        "In Ostby the candles for the mill burned at nine o'clock.", "nine o'clock", "T09:00", predicate="burn",
    )  # fmt: skip
    talks = dated("In Ostby talks for the mill began at noon.", "noon", "T12:00", predicate="begin")
    started = dated(
        "In Ostby talks for the mill started at nine.", "nine", "T09:00", predicate="start"
    )

    assert propose(candles, talks) == []
    assert propose(started, talks)
