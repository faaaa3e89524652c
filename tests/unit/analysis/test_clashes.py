"""Which words of two claims exclude each other, and which only look so."""

from __future__ import annotations

import pytest

from apps.claims.analysis.clashes import Clash, find_clashing_words
from apps.claims.analysis.story_index import StoryIndex
from tests.unit.builders import Sentence, article, said, story


def clashes(first: Sentence, second: Sentence) -> list[Clash]:
    north, south = article("north", first), article("south", second)
    index = StoryIndex(story(north, south))
    return list(find_clashing_words(index, north.claims[0], south.claims[0]))


def kinds(first: str, second: str) -> set[str]:
    return {clash.kind for clash in clashes(said(first), said(second))}


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("The pier was reopened in June.", "The pier was not reopened in June.", "negated"),
        ("The lift passed the test in May.", "In May the lift failed the test.", "opposite"),
        ("The cranes are safe, he wrote.", "The cranes are unsafe.", "prefixed"),
        ("The tram line was built on schedule.", "The tram line is two years late.", "side"),
        (
            "The dairy declined to say whether the plant would move to Norrey.",
            "The plant will move to Norrey.",
            "open",
        ),
        ("Charges have yet to be brought against Roe.", "Roe was brought to court.", "negated"),
    ],
)
def test_words_that_cannot_both_hold_clash(first: str, second: str, kind: str):
    told = {"open": "move", "negated": "reopened"}.get(kind, "")

    found = clashes(said(first), said(second, predicate=told))

    assert kind in {clash.kind for clash in found}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Two words for one thing, and two denials of it.
        ("The pier was reopened in June.", "In June the pier opened again."),
        ("The tram line was finished on time.", "The tram line was not delayed."),
        ("The lift did not pass.", "The lift failed."),
        # The negation belongs to another clause.
        ("He counted votes, not words, the clerk said.", "The clerk said he counted votes."),
        # "Not only" adds.
        ("Not only the pier was painted.", "The pier was painted."),
        # What is asked is not said.
        ("Was the pier closed?", "The pier was open."),
        # Takes no side: it says both.
        ("Prices rose in May and fell in June.", "Prices fell in June."),
    ],
)
def test_agreement_and_what_takes_no_side_do_not_clash(first: str, second: str):
    assert kinds(first, second) == set()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Who beats somebody is told of by the loser, too.
        ("Orla won the cup.", "Tarrant lost the cup."),
        # Two denials: nothing is excluded, nobody is accused.
        ("The clerk excluded nothing.", "The clerk has not excluded a fire."),
    ],
)
def test_words_that_only_look_opposed_do_not_clash(first: str, second: str):
    assert kinds(first, second) & {"opposite", "prefixed", "negated"} == set()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The mayor stopped short of closing the pier.", "The mayor is closing the pier."),
        ("The mayor refused to close the pier.", "The mayor closed the pier."),
        ("A judge has ordered the sale.", "No judge has ordered anything yet."),
    ],
)
def test_what_was_not_done_is_denied_without_a_not(first: str, second: str):
    assert "negated" in kinds(first, second)


def test_the_one_who_denies_is_not_denied():
    found = clashes(
        said("The owner did not sell, said the owner.", source="the owner", cue="said"),
        said("The owner sells boats."),
    )

    assert all(clash.x[0].text != "owner" for clash in found)
