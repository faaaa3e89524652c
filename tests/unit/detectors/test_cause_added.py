from __future__ import annotations

from apps.claims.analysis.detectors import cause_added
from apps.claims.analysis.types import Outcome, Severity
from tests.unit.builders import article, said, story


def find(first, second):
    return list(cause_added.find_in_story(story(article("north", first), article("south", second))))


def test_a_cause_stated_here_and_unknown_there():
    (finding,) = find(
        said("The reason for the collapse of the dam has not been established."),
        said("The dam collapsed because its core was filled with wet sand."),
    )

    assert (finding.outcome, finding.severity) == (Outcome.UNSUPPORTED, Severity.HIGH)


def test_a_cause_with_its_source_is_not_added():
    assert (
        find(
            said("The reason for the collapse of the dam has not been established."),
            said(
                "The dam collapsed because its core was wet, an engineer said.",
                source="an engineer",
                cue="said",
            ),
        )
        == []
    )


def test_an_open_question_about_another_event_is_no_contradiction():
    assert (
        find(
            said("The reason for the fire has not been established."),
            said("The dam collapsed because its core was filled with wet sand."),
        )
        == []
    )


def test_a_failing_named_as_the_reason_by_one_side_only():
    (finding,) = find(
        said("Tension between Chile and Denmark grew last spring over the herring quotas."),
        said(
            "Tension between Chile and Denmark rose in January over Chile's reluctance to accept herring quotas."
        ),
    )

    assert finding.severity is Severity.MEDIUM
    assert "reluctance" in finding.explanation


def test_an_intent_that_a_copy_puts_in():
    (finding,) = find(
        said("Three swimmers were hurt when a boat ran into the pier on Sunday."),
        said("Three swimmers were hurt when a boat deliberately ran into the pier on Sunday."),
    )

    assert finding.severity is Severity.HIGH


def test_a_culprit_named_before_its_verb():
    north = article(
        "north", "It is too early to say why the old pier collapsed, the harbour office said."
    )
    south = article("south", "The pier collapsed on Sunday.", "Shipworms had weakened it.")

    (finding,) = cause_added.find_in_story(story(north, south))

    assert "Shipworms" in finding.explanation


def test_a_cause_that_is_only_possible_is_not_stated():
    assert (
        find(
            said("It is too early to say why the old pier collapsed, the harbour office said."),
            said("Shipworms may have weakened the pier."),
        )
        == []
    )


def test_a_cause_both_outlets_tell_is_not_added():
    assert (
        find(
            said("The regatta was called off because of thick fog over the bay."),
            said("Organisers cancelled the regatta due to thick fog over the bay."),
        )
        == []
    )
