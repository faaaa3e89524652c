"""Claims that may answer one question, in one row or not."""

from __future__ import annotations

from dataclasses import replace

from apps.claims.analysis.counterparts import find_counterparts
from apps.claims.analysis.pair_features import kin, pair_features
from apps.claims.analysis.story_index import StoryIndex
from apps.claims.analysis.types import CounterpartDraft
from tests.unit.builders import article, story

NORTH = article("north", "Divers found nine bodies in the wreck.", "The mayor blamed the owner.")
SOUTH = article(
    "south",
    "Twelve bodies lay in the wreck, divers said.",
    "Divers found nine bodies in the sunken wreck.",
    published="2024-05-03T12:00:00+00:00",
)


def test_claims_of_one_row_are_counterparts_the_earlier_articles_first():
    index = StoryIndex(story(SOUTH, NORTH, rows=[[("south", 0), ("north", 0)]]))

    assert next((pair.a.id, pair.b.id, pair.in_row) for pair in find_counterparts(index)) == (
        NORTH.claims[0].id,
        SOUTH.claims[0].id,
        True,
    )


def test_a_pair_the_alignment_thought_possible_is_one_without_sharing_a_row():
    a, b = NORTH.claims[1], SOUTH.claims[0]
    built = replace(story(NORTH, SOUTH), counterparts=(CounterpartDraft(b.id, a.id, 0.4),))

    found = {(pair.a.id, pair.b.id): pair for pair in find_counterparts(StoryIndex(built))}

    assert (found[a.id, b.id].rate, found[a.id, b.id].in_row) == (0.4, False)


def test_a_copied_sentence_is_a_counterpart_and_says_so():
    found = {
        (pair.a.id, pair.b.id): pair for pair in find_counterparts(StoryIndex(story(NORTH, SOUTH)))
    }

    assert found[NORTH.claims[0].id, SOUTH.claims[1].id].copy is not None


def test_claims_of_one_article_are_never_counterparts():
    built = story(NORTH, SOUTH, rows=[[("north", 0), ("north", 1)]])

    assert all(pair.a.article != pair.b.article for pair in find_counterparts(StoryIndex(built)))


def test_what_a_pair_is_described_by_lies_between_0_and_1():
    index = StoryIndex(story(NORTH, SOUTH, rows=[[("north", 0), ("south", 0)]]))

    for pair in find_counterparts(index):
        assert all(0.0 <= value <= 1.0 for value in pair_features(index, pair).values())


def test_words_of_one_kind_of_event_are_kin_and_others_not():
    assert kin("fall", "fall")
    assert kin("arrest", "detain")
    assert not kin("arrest", "drink")
    assert not kin("", "")
