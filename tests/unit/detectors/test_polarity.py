from __future__ import annotations

import pytest

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
        "He came while relations between Denmark and Chile turned sour.",
        "He spoke of the relationship between Denmark and Chile and called the talks friendly.",
    )

    assert finding.outcome is Outcome.CONFLICT


def test_relations_of_other_countries_are_not_compared():
    assert (
        find(
            "He came while relations between Denmark and Chile turned sour.",
            "He spoke of the relationship between Kenya and Peru and called the talks friendly.",
        )
        == []
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The Orla Bridge was finished on schedule, the ministry wrote.",
            "The Orla Bridge is two years late.",
        ),
        (
            "The appeal judges were unanimous in the Tarrant case.",
            "In the Tarrant case the appeal judges were divided.",
        ),
        (
            "The trawler Mina leaked oil into the bay.",
            "Nothing has leaked from the trawler Mina.",
        ),
        (
            "Shares of Corvane rose 4.2 percent on Tuesday.",
            "Shares of Corvane fell 4.2 percent on Tuesday.",
        ),
    ],
)
def test_two_sides_of_one_subject_that_exclude_each_other_clash(first: str, second: str):
    (finding,) = find(first, second)

    assert finding.outcome is Outcome.CONFLICT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Other subjects.
        ("The Orla Bridge was finished on schedule.", "The Wenlow tunnel is two years late."),
        # A negation turns the side, so both agree.
        ("The Orla Bridge was finished on time.", "The Orla Bridge was not delayed."),
        # Taken by nobody: it is asked.
        (
            "The Orla Bridge will be finished on schedule.",
            "Engineers asked whether the Orla Bridge would be delayed.",
        ),
        # Two figures may be of two days.
        (
            "Shares of Corvane rose 4.2 percent on Tuesday.",
            "Shares of Corvane fell 1.1 percent on Monday.",
        ),
        # One article tells both: two charges of one man.
        (
            "Ivo Tarrant was convicted of fraud. Ivo Tarrant was acquitted of theft.",
            "Ivo Tarrant was convicted of fraud.",
        ),
        # Two defendants.
        ("Ivo Tarrant was acquitted.", "Lena Moss was convicted."),
    ],
)
def test_other_subjects_agreement_and_open_questions_do_not_clash(first: str, second: str):
    assert find(first, second) == []


def test_a_copy_that_gained_a_negation():
    (finding,) = find(
        "The harbour office will reopen the eastern pier to visitors in June.",
        "The harbour office will not reopen the eastern pier to visitors in June.",
    )

    assert "“not” stands on one side only" in finding.rule


def test_what_one_side_would_not_say_and_the_other_states():
    (finding,) = find(
        "The Corvane dairy declined to say whether its cheese plant would move to Norrey.",
        "The Corvane dairy's cheese plant will move to Norrey.",
    )

    assert finding.rule == "Left open by one side, stated by the other."


def test_what_is_left_open_is_not_settled_by_another_matter():
    assert (
        find(
            "The Corvane dairy declined to say whether its cheese plant would move to Norrey.",
            "The Corvane dairy will sell its lorries.",
        )
        == []
    )
