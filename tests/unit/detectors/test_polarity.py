from __future__ import annotations

from apps.claims.analysis.detectors import polarity
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, said, story


def find(first: str, second: str):
    return list(
        polarity.find_in_story(story(article("north", said(first)), article("south", said(second))))
    )


def test_nobody_was_arrested_against_an_arrest():
    (finding,) = find("Nobody was arrested.", "One man was arrested after the match.")

    assert finding.outcome is Outcome.CONFLICT


def test_unchanged_against_a_change_of_the_same_thing():
    (finding,) = find(
        "Museum hours are unchanged.", "Museums will close on Mondays, the city decided."
    )

    assert "“unchanged” and “close”" in finding.rule


def test_unchanged_hours_do_not_clash_with_a_change_of_something_else():
    assert (
        find("Museum hours are unchanged.", "The pool will close on Mondays, the city decided.")
        == []
    )


def test_a_denial_against_a_concession_on_one_matter():
    (finding,) = find(
        "The ferry company denied that any exit was locked.",
        "Its spokesman conceded that one door may have been chained.",
    )

    assert "“denied” against “conceded”" in finding.rule


def test_a_denial_of_something_else_is_no_clash():
    assert (
        find(
            "The ferry company denied that any exit was locked.",
            "Its spokesman conceded that wages were late.",
        )
        == []
    )


def test_none_of_them_against_one_of_them():
    (finding,) = find(
        "Inspectors cited the Aberdovey ferry for four violations in spring, none of them involving lifeboats.",
        "Inspectors cited the Aberdovey ferry for four violations in spring, one of them a missing lifeboats list.",
    )

    assert "none of" in finding.rule


def test_a_sour_and_a_friendly_relation():
    (finding,) = find(
        "The visit comes amid a souring in relations between Denmark and Chile.",
        "He spoke of the relationship between Denmark and Chile and called the talks friendly.",
    )

    assert finding.outcome is Outcome.CONFLICT


def test_relations_of_other_countries_are_not_compared():
    assert (
        find(
            "The visit comes amid a souring in relations between Denmark and Chile.",
            "He spoke of the relationship between Kenya and Peru and called the talks friendly.",
        )
        == []
    )
