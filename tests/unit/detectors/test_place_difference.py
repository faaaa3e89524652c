from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import place_difference
from apps.claims.analysis.judges import get_judge
from apps.claims.analysis.types import Outcome, QuantityType
from tests.unit.builders import article, number, said, story


def find(first, second):
    return list(
        place_difference.find_in_story(story(article("north", first), article("south", second)))
    )


def spill(words: str, distance: str, metres: float, unit: str):
    return said(
        f"The tanker sank {distance} {words} of Bergen harbour.",
        number(distance, metres, unit=unit, type=QuantityType.MEASURE, si=("m", metres, metres)),
    )


def test_one_distance_in_two_directions():
    (finding,) = find(
        spill("northeast", "18 kilometres", 18000, "km"),
        spill("south-east", "11 miles", 17703, "miles"),
    )

    assert finding.outcome is Outcome.CONFLICT
    assert "northeast" in finding.rule


def test_one_direction_in_two_units():
    assert (
        find(
            spill("northeast", "18 kilometres", 18000, "km"),
            spill("north-east", "11 miles", 17703, "miles"),
        )
        == []
    )


def test_a_region_and_the_wider_one_it_lies_in_are_compatible():
    (finding,) = find(
        said("The minister began a tour of West Africa."),
        said("Her trip to Africa ends on Friday."),
    )

    assert finding.outcome is Outcome.COMPATIBLE


def test_the_same_region_in_two_forms_is_no_difference():
    assert (
        find(
            said("A tour of three West African states."),
            said("Her tour of West Africa ends on Friday."),
        )
        == []
    )


def propose(first, second, *more):
    return list(
        place_difference.find_candidates(
            story(article("north", first), article("south", second, *more))
        )
    )


def rate(*sentences):
    """The best rate of what is proposed, 0 when nothing is."""
    judge = get_judge("place_difference")
    return max((judge.rate(each.features) for each in propose(*sentences)), default=0.0)


HITS = {
    "two decks of one ferry": (
        "The engine fire began on the upper deck of the Norvik ferry.",
        "The engine fire began on the lower deck of the Norvik ferry.",
    ),
    "two levels, one without a preposition": (
        "The water broke in on the third level of the Norvik shaft.",
        "It was the fifth level where the water broke in.",
    ),
    "two headlands": (
        "The barge sank off Marten Point in heavy seas.",
        "The barge sank off Gull Head in heavy seas.",
    ),
    "two halls": (
        "The council met in the courthouse on the budget.",
        "The council met in Harbour Hall on the budget.",
    ),
}


@pytest.mark.parametrize("name", HITS)
def test_one_thing_in_two_places_is_proposed(name):
    (candidate, *_) = propose(*HITS[name])

    assert candidate.finding.outcome is Outcome.CONFLICT
    assert candidate.doubt


HEADLAND = HITS["two headlands"][0]
NEAR_MISSES = {
    "a place and the wider one beside it": (
        HEADLAND,
        "The barge sank off Marten Point near Gull Head in heavy seas.",
    ),
    "the same place with its town": (HEADLAND, "The barge sank off Marten Point in Norvik."),
    "another matter": (HEADLAND, "Choirs from abroad sang in Harbour Hall."),
    "going there": (HEADLAND, "The crew was taken to Gull Head."),
    "a month": (HEADLAND, "The barge sank in heavy seas in March."),
}


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_places_that_can_both_be_right_are_rated_below(name):
    assert rate(*NEAR_MISSES[name]) < rate(*HITS["two headlands"])


def test_an_outlet_that_names_both_places_knows_of_two():
    other = HITS["two headlands"][1]

    assert rate(HEADLAND, other, "A yacht lay off Marten Point.") < rate(HEADLAND, other)


def test_two_banks_of_one_river():
    (finding,) = find(
        said("The arena will stand on the east bank of the Orla."),
        said("Its home is to be on the west side of the Orla."),
    )

    assert "opposite sides" in finding.rule


def test_people_across_the_river_and_a_thing_on_its_bank_are_not_compared():
    assert (
        find(
            said("The arena will stand on the east bank of the Orla."),
            said("Nobody who lives west of the Orla was asked."),
        )
        == []
    )


@pytest.mark.parametrize("happening", ["the county's worst mill accident", "the mill fire"])
def test_what_happened_somewhere_is_no_place(happening):
    there = "Six candles for the six dead burned in Ostby church."

    assert propose(f"Six people died in {happening}, candles burned.", there) == []
    assert propose("Six people died in the mill, candles burned.", there)
