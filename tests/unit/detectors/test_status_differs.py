from __future__ import annotations

import pytest

from apps.articles.text.types import Role
from apps.claims.analysis.detectors import status_differs
from apps.claims.analysis.judges import get_judge
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, day, row, said


def propose(first, second, *, later="2024-05-02T15:00:00+00:00"):
    _, story = row(
        article("north", first, published="2024-05-02T12:00:00+00:00"),
        article("south", second, published=later),
    )
    return list(status_differs.find_candidates(story))


def rate(first, second):
    """The best rate of what is proposed, 0 when nothing is."""
    judge = get_judge("status_differs")
    return max((judge.rate(each.features) for each in propose(first, second)), default=0.0)


HITS = {
    "an inquiry and a charge": (
        "Prosecutors opened an inquiry into the bridge builder over the safety code.",
        "Prosecutors have charged the bridge builder with breaking the safety code.",
    ),
    "a plan and a visit": (
        said("Minister Roe is set to visit the harbour prison.", predicate="visit"),
        said("Minister Roe has visited the harbour prison.", predicate="visit"),
    ),
    "a deed that may come and has been done": (
        "The Norvik council may appeal against the harbour ruling.",
        "The Norvik council has lodged an appeal against the harbour ruling.",
    ),
    "a permit on hold and a permit gone": (
        "The permit of the Norvik crane firm was suspended by the port on Monday.",
        "The permit of the Norvik crane firm was revoked by the port on Monday.",
    ),
    "a count that can and cannot change": (
        "The result of the choir vote is provisional.",
        "The result of the choir vote is final.",
    ),
}


@pytest.mark.parametrize("name", HITS)
def test_two_steps_of_one_matter_are_proposed(name):
    best = max(propose(*HITS[name]), key=lambda each: get_judge("status_differs").rate(each.features))  # fmt: skip

    assert best.finding.outcome is Outcome.CONFLICT
    assert best.doubt


SELL = "The Norvik council may sell the harbour crane to Denmark."
NEAR_MISSES = {
    "two plans": (
        "Minister Roe will visit the harbour prison.",
        "Minister Roe is to visit the harbour prison.",
    ),
    "agreeing to sell": (SELL, "The Norvik council has agreed to sell the harbour crane."),
    "should have sold": (SELL, "The Norvik council should have sold the harbour crane."),
    "has not sold": (SELL, "The Norvik council has not sold the harbour crane."),
    "another deed to the same thing": (SELL, "A painter has drawn the harbour crane."),
    "another matter": (SELL, "The Norvik choir has won a prize in Oslo."),
    "not yet certified": (
        "The result is provisional until it is certified.",
        "The result of the vote is provisional.",
    ),
    "gone for a time is on hold": (
        "The permit of the Norvik crane firm was suspended by the port.",
        "The permit of the Norvik crane firm was withdrawn pending an inquiry.",
    ),
    "an inquiry into somebody else": (
        "Prosecutors opened an inquiry into the bridge builder over the safety code.",
        "A shop owner was fined for selling knives.",
    ),
}


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_no_step_is_rated_like_one_that_was_taken(name):
    hit = (SELL, "The Norvik council has sold the harbour crane to Denmark.")

    assert rate(*NEAR_MISSES[name]) < rate(*hit)


def test_a_plan_reported_days_before_it_happened_is_compatible():
    candidates = propose(
        said("Minister Roe is set to visit the harbour prison.", predicate="visit"),
        said("Minister Roe has visited the harbour prison.", predicate="visit"),
        later="2024-05-04T12:00:00+00:00",
    )

    assert {each.finding.outcome for each in candidates} == {Outcome.COMPATIBLE}
    assert "is set to" in candidates[0].finding.explanation


def test_what_happened_years_ago_is_no_step_of_the_news():
    candidates = propose(
        "The Norvik council may sell the harbour crane to Denmark.",
        said("In 2011 the Norvik council sold the harbour crane.", day("2011", "2011")),
    )

    assert candidates == []


def test_a_deck_that_plans_what_the_text_reports_is_the_articles_own_matter():

    _, story = row(
        article(
            "north",
            said("Minister Roe will visit the harbour prison.", predicate="visit", role=Role.DECK),
            said("Minister Roe visited the harbour prison.", predicate="visit"),
        ),
        article("south", "Minister Roe likes the harbour."),
    )

    (finding,) = status_differs.find_in_story(story)
    assert "prints both" in finding.explanation
