"""Deeds ahead and behind, none beside some, due beside over: hits with their near misses."""

from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import (
    internal_conflict,
    name_variant,
    place_difference,
    superseded,
)
from tests.unit.builders import article, number, row, said, story


def clash(*sentences):
    return list(internal_conflict.find_in_story(story(article("north", *sentences))))


HURT = said("Four people were injured on the pier.", number("Four", 4, counted="people", unit="people"))  # fmt: skip


def test_nobody_hurt_and_four_hurt_cannot_both_stand():
    (finding,) = clash("No injuries were reported.", HURT)

    assert "none is not 4" in finding.rule


@pytest.mark.parametrize(
    "sentence",
    ["No other injuries were reported.", "No serious injuries were reported.", "No deaths were reported."],
)  # fmt: skip
def test_no_more_none_serious_and_none_dead_leave_the_hurt_alone(sentence):
    assert clash(sentence, HURT) == []


def places(first, second):
    _, built = row(article("north", first), article("south", second))
    return list(place_difference.find_in_story(built))


def test_one_break_on_opposite_sides_conflicts():
    (finding,) = places(
        "The gas main burst near the chapel on the east side of Norvik.",
        "The gas main burst on the west side of the town.",
    )

    assert "east and west" in finding.rule


@pytest.mark.parametrize(
    "other",
    [
        "The gas main burst on the east side of the town.",
        "A parade passed along the west side of the town.",
        "The gas main burst under West Street.",
    ],
)
def test_the_same_side_another_matter_and_a_name_do_not(other):
    assert places("The gas main burst near the chapel on the east side of Norvik.", other) == []


def test_names_are_shown_for_every_article_that_spells_them():
    north = article("north", said("Ingrid Solvang spoke.", names=[("Ingrid Solvang", "person")]))
    east = article("east", said("Ingrid Solvang left.", names=[("Ingrid Solvang", "person")]))
    south = article("south", said("Ingrid Solveng spoke.", names=[("Ingrid Solveng", "person")]))

    (finding,) = name_variant.find_in_story(story(north, east, south))

    assert len(finding.claims) == 3


def test_versions_of_two_outlets_do_not_replace_each_other():
    early = article("a1", "No arrests were made.", outlet="North")
    late = article(
        "a2", "Police told of two arrests.", outlet="South", published="2024-05-03T12:00:00+00:00"
    )

    assert list(superseded.find_in_story(story(early, late))) == []
