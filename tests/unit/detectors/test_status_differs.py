from __future__ import annotations

from apps.claims.analysis.detectors import status_differs
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, day, row, said


def find(*articles):
    _, story = row(*articles)
    return list(status_differs.find_in_story(story))


def test_an_inquiry_is_not_a_charge():
    (finding,) = find(
        article(
            "north",
            said("Prosecutors opened an inquiry into the bridge builder over the safety code."),
        ),
        article(
            "south",
            said("Prosecutors have charged the bridge builder with breaking the safety code."),
        ),
    )

    assert finding.outcome is Outcome.CONFLICT


def test_a_plan_reported_days_before_it_happened_is_compatible():
    (finding,) = find(
        article(
            "north", said("Minister Roe is set to visit the harbour prison.", predicate="visit"),
            published="2024-05-01T12:00:00+00:00",
        ),
        article(
            "south", said("Minister Roe visited the harbour prison.", predicate="visit"),
            published="2024-05-04T12:00:00+00:00",
        ),
    )  # fmt: skip

    assert finding.outcome is Outcome.COMPATIBLE
    assert "is set to" in finding.explanation


def test_two_plans_do_not_differ():
    assert (
        find(
            article(
                "north", said("Minister Roe will visit the harbour prison.", predicate="visit")
            ),
            article(
                "south", said("Minister Roe is to visit the harbour prison.", predicate="visit")
            ),
        )
        == []
    )


def test_a_plan_for_another_day_is_another_matter():
    assert (
        find(
            article(
                "north",
                said(
                    "Roe will visit the prison on Friday.",
                    day("Friday", "2024-05-03"),
                    predicate="visit",
                ),
            ),
            article(
                "south",
                said(
                    "Roe visited the prison on Monday.",
                    day("Monday", "2024-04-29"),
                    predicate="visit",
                ),
            ),
        )
        == []
    )
