from __future__ import annotations

from apps.claims.analysis.detectors import date_conflict
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, day, row, said


def find(first, second):
    _, story = row(article("north", first), article("south", second))
    return list(date_conflict.find_in_story(story))


def test_one_event_on_two_days_conflicts():
    (finding,) = find(
        said(
            "Inspectors visited the dam in April 2023.",
            day("April 2023", "2023-04"),
            predicate="visit",
        ),
        said(
            "Inspectors last visited the dam in the spring of 2022.",
            day("the spring of 2022", "2022"),
            predicate="visit",
        ),
    )

    assert finding.outcome is Outcome.CONFLICT
    assert "April 2023" in finding.rule and "2022" in finding.rule


def test_a_weekday_and_the_date_of_that_day_agree():
    assert (
        find(
            said(
                "Inspectors visited the dam on Tuesday.",
                day("Tuesday", "2024-04-30", "2024-05-02"),
                predicate="visit",
            ),
            said(
                "Inspectors visited the dam on April 30.",
                day("April 30", "2024-04-30"),
                predicate="visit",
            ),
        )
        == []
    )


def test_a_month_holds_its_days():
    assert (
        find(
            said(
                "Inspectors visited the dam in April 2023.",
                day("April 2023", "2023-04"),
                predicate="visit",
            ),
            said(
                "Inspectors visited the dam on April 3, 2023.",
                day("April 3, 2023", "2023-04-03"),
                predicate="visit",
            ),
        )
        == []
    )


def test_two_happenings_have_two_dates():
    assert (
        find(
            said(
                "Inspectors visited the dam in April 2023.",
                day("April 2023", "2023-04"),
                predicate="visit",
            ),
            said("The dam was built in 1961.", day("1961", "1961"), predicate="build"),
        )
        == []
    )
