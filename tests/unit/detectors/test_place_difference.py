from __future__ import annotations

from apps.claims.analysis.detectors import place_difference
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
