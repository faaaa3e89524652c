from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import polarity
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, said, story


def turned(first: str, second: str):
    return list(
        polarity.find_in_story(story(article("north", said(first)), article("south", said(second))))
    )


def proposed(first: str, second: str):
    """Return what is proposed of two sentences that stand in one row."""
    return list(
        polarity.find_candidates(
            story(
                article("north", said(first)),
                article("south", said(second)),
                rows=[[("north", 0), ("south", 0)]],
            )
        )
    )


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        (
            "The harbour office will reopen the eastern pier to visitors in June.",
            "The harbour office will not reopen the eastern pier to visitors in June.",
            "“not” stands on one side only",
        ),
        (
            "The harbour office can reopen the eastern pier to visitors in summer.",
            "The harbour office cannot reopen the eastern pier to visitors in summer.",
            "one side denies it",
        ),
        (
            "The council approved the plan for a ferry terminal below the old mill.",
            "The council rejected the plan for a ferry terminal below the old mill.",
            "in the place of its opposite",
        ),
        (
            "The court convicted the pilot of smuggling and cleared him of two counts of theft.",
            "The court convicted the pilot of smuggling and of two counts of theft.",
            "“cleared” is gone",
        ),
        (
            "The club said it could not find that the coach had hidden the letter on purpose.",
            "The club said that the coach had hidden the letter on purpose.",
            "“it could not find” stands on one side only",
        ),
    ],
)
def test_a_copy_that_turns_its_sentence_round(first: str, second: str, rule: str):
    (finding,) = turned(first, second)

    assert finding.outcome is Outcome.CONFLICT
    assert rule in finding.rule


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # The same in other words.
        (
            "The council approved the plan for a ferry terminal below the old mill.",
            "The council backed the plan for a ferry terminal below the old mill.",
        ),
        # Another figure tells of another moment.
        (
            "Shares of the Corvane dairy rose 4 percent in the morning on the exchange.",
            "Shares of the Corvane dairy fell 2 percent in the morning on the exchange.",
        ),
        # Dropped with all that was said of it.
        (
            "The court convicted the pilot of smuggling and cleared the cook.",
            "The court convicted the pilot of smuggling.",
        ),
    ],
)
def test_a_copy_that_says_the_same_or_less_turns_nothing_round(first: str, second: str):
    assert turned(first, second) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The Orla Bridge was finished on schedule.", "The Orla Bridge is now two years late."),
        (
            "The appeal judges of Tarrant were unanimous.",
            "At Tarrant the appeal judges were divided.",
        ),
        ("The trawler Mina leaked oil.", "No oil has leaked from the trawler Mina."),
        ("Ratings of the cranes were adequate.", "Others found the cranes inadequate."),
    ],
)
def test_sentences_that_exclude_each_other_are_proposed(first: str, second: str):
    candidates = proposed(first, second)

    assert [candidate.finding.outcome for candidate in candidates] == [Outcome.CONFLICT]
    assert candidates[0].doubt


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # A negation turns the side, so both agree.
        ("The Orla Bridge was finished on time.", "The Orla Bridge was not delayed."),
        # Two words for one thing.
        ("Ivo Tarrant was acquitted of theft.", "The court cleared Ivo Tarrant of theft."),
        # One article tells both.
        ("Ferries were cancelled, then resumed.", "Ferries were cancelled on the Orla."),
        # What is asked is not said.
        ("Were the Orla ferries cancelled?", "The Orla ferries sailed as usual."),
    ],
)
def test_agreement_and_questions_are_not_proposed(first: str, second: str):
    assert proposed(first, second) == []


def test_an_opposite_of_another_matter_is_not_proposed():
    assert proposed("The bakery opened a second shop.", "Rain closed the road to Arbury.") == []


def test_what_the_article_prints_itself_speaks_against_a_clash():
    north = article(
        "north",
        said("The ferry to Orla was cancelled on the first day."),
        said("The ferry to Orla sailed as usual on the second."),
    )
    south = article("south", said("The ferry to Orla sailed as usual."))

    candidates = list(
        polarity.find_candidates(story(north, south, rows=[[("north", 0), ("south", 0)]]))
    )

    assert [candidate.features["known_there"] for candidate in candidates] == [1.0]


def test_a_sour_and_a_friendly_relation():
    (finding,) = turned(
        "He came while relations between Denmark and Chile turned sour.",
        "He spoke of the relationship between Denmark and Chile and called the talks friendly.",
    )

    assert finding.outcome is Outcome.CONFLICT


def test_two_that_call_it_sour_are_one_finding_against_the_one_that_calls_it_friendly():
    north = article("north", said("Relations between Denmark and Chile turned sour in May."))
    west = article("west", said("It comes amid strained relations between Denmark and Chile."))
    south = article(
        "south", said("He spoke of the friendly nature of talks between Denmark and Chile.")
    )

    (finding,) = polarity.find_in_story(story(north, west, south))

    assert {claim.split(".")[0] for claim in finding.claims} == {"north", "west", "south"}
    assert all(word in finding.explanation for word in ("sour", "strained", "friendly"))


def test_relations_of_other_countries_are_not_compared():
    assert (
        turned(
            "He came while relations between Denmark and Chile turned sour.",
            "He spoke of the relationship between Kenya and Peru and called the talks friendly.",
        )
        == []
    )


def test_whose_talks_were_friendly_the_sentence_before_says():
    north = article("north", said("Relations between Orla and Tarrant turned sour in May."))
    south = article(
        "south",
        said("Ministers of Orla and Tarrant met in candid talks."),
        said("She praised the friendly nature of their talks."),
    )

    (finding,) = polarity.find_in_story(story(north, south))

    assert "friendly" in finding.explanation
    assert finding.outcome is Outcome.CONFLICT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The Orla pier is closed until Saturday.", "The Orla pier opens on Saturday."),
        ("The Tarrant works are safe.", "Safe or unsafe, the Tarrant works stay until May."),
    ],
)
def test_what_ends_on_a_day_is_told_to_the_judge(first: str, second: str):
    assert all(candidate.features["until"] == 1.0 for candidate in proposed(first, second))
