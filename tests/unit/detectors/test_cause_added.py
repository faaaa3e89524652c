from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import cause_added
from apps.claims.analysis.types import Outcome, Severity
from tests.unit.builders import article, said, story


def put_in(first, second):
    return list(cause_added.find_in_story(story(article("north", first), article("south", second))))


def proposed(first, second):
    return list(
        cause_added.find_candidates(story(article("north", first), article("south", second)))
    )


def test_a_cause_stated_here_and_unknown_there_is_proposed_against_the_question():
    alone, against = proposed(
        said("The reason for the collapse of the dam has not been established."),
        said("The dam collapsed because its core was filled with wet sand."),
    )

    assert alone.same_as == against.same_as
    assert against.finding.severity is Severity.HIGH
    assert "has not been established" in against.finding.explanation


def test_a_cause_with_its_source_is_not_added():
    assert (
        proposed(
            said("The reason for the collapse of the dam has not been established."),
            said(
                "The dam collapsed because its core was wet, an engineer said.",
                source="an engineer",
                cue="said",
            ),
        )
        == []
    )


def test_an_open_question_about_another_event_does_not_speak_for_it():
    (alone,) = proposed(
        said("The reason for the fire has not been established."),
        said("The dam collapsed because its core was filled with wet sand."),
    )

    assert "asked" not in alone.features


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("The pier was closed over the harbour office's reluctance to repair it.", "reluctance"),
        ("The pier was closed to avoid a second inspection.", "to avoid"),
        ("The fire started when a lamp fell on the straw.", "a lamp fell"),
        ("The regatta sank in debt caused by its owners.", "its owners"),
    ],
)
def test_failings_motives_and_beginnings_are_causes(stated: str, words: str):
    (candidate,) = proposed(said("The pier has been closed."), said(stated))

    assert words in candidate.finding.explanation


@pytest.mark.parametrize(
    "stated",
    [
        "The pier may have collapsed because of shipworms.",
        "Roe was led to the cells below the court.",
        "Thanks to all who came, the choir wrote.",
    ],
)
def test_what_only_looks_like_a_cause_is_not_proposed(stated: str):
    assert proposed(said("The pier collapsed in June."), said(stated)) == []


def test_a_culprit_named_before_its_verb():
    north = article(
        "north", "It is too early to say why the old pier collapsed, the harbour office said."
    )
    south = article("south", "The pier collapsed on Sunday.", "Shipworms had weakened it.")

    candidates = list(cause_added.find_candidates(story(north, south)))

    assert {c.finding.outcome for c in candidates} == {Outcome.UNSUPPORTED}
    assert all("Shipworms" in c.finding.explanation for c in candidates)


def test_a_cause_both_outlets_tell_is_known_elsewhere():
    fog, rust = (
        proposed(
            said("The regatta was called off because of thick fog over the bay."),
            said(f"Organisers cancelled it all because some {cause} lay on the water."),
        )[-1].features["told_elsewhere"]
        for cause in ("fog", "rust")
    )

    assert fog > rust


def test_an_intent_that_a_copy_puts_in():
    (finding,) = put_in(
        said("Three swimmers were hurt when a boat ran into the pier on Sunday."),
        said("Three swimmers were hurt when a boat deliberately ran into the pier on Sunday."),
    )

    assert finding.severity is Severity.HIGH


def test_another_cause_in_a_copy():
    (finding,) = put_in(
        said("The ferry ran aground on the north bank after a routine drill on Sunday."),
        said("The ferry ran aground on the north bank after a drunken feast on Sunday."),
    )

    assert "drunken feast" in finding.explanation


def test_a_plan_in_a_copy_is_no_cause():
    assert (
        put_in(
            said("The ferry will begin its winter service in the first week of June."),
            said("The ferry is due to begin its winter service in the first week of June."),
        )
        == []
    )


@pytest.mark.parametrize(
    "way",
    [
        "Around 95 firefighters came from across the county.",
        "The pumps came from all over the valley.",
        "The crews came from Ostby and the coast.",
    ],
)
def test_where_people_come_from_is_no_cause(way: str):
    assert proposed(said("The reason for the fire has not been established."), said(way)) == []


def test_what_smoke_comes_from_is_one():
    assert proposed(
        said("The reason for the smoke in the hall has not been established."),
        said("The smoke in the hall came from a faulty heater."),
    )
