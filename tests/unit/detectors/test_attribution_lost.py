from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import attribution_lost
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, said, story


def find(first, second):
    return list(
        attribution_lost.find_in_story(story(article("north", first), article("south", second)))
    )


def test_a_copy_without_its_according_to_lost_its_source():
    (finding,) = find(
        said(
            "Fares have risen by 9 percent since spring, according to the rail regulator.",
            source="the rail regulator",
            cue="according to",
        ),
        said("Fares have risen by 9 percent since spring."),
    )

    assert finding.outcome is Outcome.UNSUPPORTED
    assert "the rail regulator" in finding.explanation


def test_what_is_alleged_here_is_plain_fact_there():
    (finding,) = find(
        said("The men are accused of being members of the smuggling gang Red Tide."),
        said("Dozens of men, mostly members of gangs such as Red Tide, were flown out."),
    )

    assert finding.kind == "attribution_lost"
    assert "own voice" in finding.explanation


def test_members_of_another_group_are_another_matter():
    assert (
        find(
            said("Dozens of Norwegians are accused of being members of the gang Red Tide."),
            said("Dozens of Norwegians are members of the Blue Anchor gang."),
        )
        == []
    )


def test_alleged_on_both_sides_lost_nothing():
    assert (
        find(
            said("The men are accused of being members of the smuggling gang Red Tide."),
            said("The men, alleged members of gangs such as Red Tide, were flown out."),
        )
        == []
    )


def test_a_copy_that_accuses_in_another_place_lost_nothing():
    first = "Ms Roe saw the fort for alleged gang members, where hundreds of Norwegians sent by the state are held."
    moved = "Ms Roe saw the fort, where hundreds of Norwegians sent by the state are held on allegations of belonging to a gang."

    assert find(said(first), said(moved)) == []


def test_a_source_in_other_words_is_not_lost():
    assert (
        find(
            said(
                "Fares have risen by 9 percent, according to the regulator.",
                source="the regulator",
                cue="according to",
            ),
            said(
                "Fares have risen by 9 percent, the regulator said.",
                source="the regulator",
                cue="said",
            ),
        )
        == []
    )


def test_another_sentence_of_ones_own_is_not_a_loss():
    assert (
        find(
            said(
                "Fares have risen by 9 percent, according to the regulator.",
                source="the regulator",
                cue="according to",
            ),
            said("The new timetable starts in June."),
        )
        == []
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The storm cost the orchard around 90 tonnes of plums, by its own count.",
            "The storm cost the orchard around 90 tonnes of plums.",
        ),
        (
            "The orchard expects losses of 90 tonnes of plums by autumn.",
            "Losses will reach 90 tonnes of plums by autumn.",
        ),
    ],
)
def test_an_own_count_and_an_expectation_are_somebodys(first: str, second: str):
    (finding,) = find(said(first), said(second))

    assert finding.outcome is Outcome.UNSUPPORTED


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The storm cost the orchard 90 tonnes of plums, by its own count.",
            "The storm cost the orchard 90 tonnes of plums, the orchard says.",
        ),
        (
            "The storm cost the orchard 90 tonnes of plums, more than in any year before.",
            "The storm cost the orchard 90 tonnes of plums.",
        ),
    ],
)
def test_another_source_or_another_detail_lost_no_source(first: str, second: str):
    assert find(said(first), said(second)) == []


def test_a_long_source_before_what_it_says_is_lost_too():
    first = (
        "But two hands of the old ferry, speaking on the quay without leave to do so, told the paper that "
        "the lamps of the boat had been broken for a week."
    )
    second = "But the lamps of the boat had been broken for a week."

    findings = list(
        attribution_lost.find_in_story(
            story(article("north", said(first)), article("south", said(second)))
        )
    )

    assert len(findings) == 1
