from __future__ import annotations

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
        said("The men are held on allegations of belonging to the smuggling gang Red Tide."),
        said("Dozens of men, mostly members of gangs such as Red Tide, were flown out."),
    )

    assert finding.kind == "attribution_lost"
    assert "own voice" in finding.explanation


def test_alleged_on_both_sides_lost_nothing():
    assert (
        find(
            said("The men are held on allegations of belonging to the smuggling gang Red Tide."),
            said("The men, alleged members of gangs such as Red Tide, were flown out."),
        )
        == []
    )


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
