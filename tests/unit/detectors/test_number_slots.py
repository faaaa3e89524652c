"""Numbers that look alike and are not of one slot, from other fields of news."""

from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import (
    number_conflict,
    number_precision,
    number_scope,
    superseded,
)
from apps.claims.analysis.types import Outcome, QuantityType
from tests.unit.builders import article, number, row, said
from tests.unit.detectors.reported import reported

MONEY = QuantityType.MONEY
MEASURE = QuantityType.MEASURE


def conflicts(first, second):
    _, story = row(article("north", *first), article("south", *second))
    return reported(number_conflict.DETECTOR, story)


def dollars(text, value):
    return number(text, value, unit="USD", type=MONEY)


NEAR_MISSES = {
    "a rate is not a total": (
        [said("The outage cost the port $2 million a day.", dollars("$2 million", 2_000_000))],
        [said("The outage cost the port $30 million.", dollars("$30 million", 30_000_000))],
    ),
    "an age after a name is no toll": (
        [said("Ada Holm, 74, died when the bridge fell.", number("74", 74, unit="people"))],
        [said("Two people died when the bridge fell.", number("Two", 2, counted="people", unit="people"))],
    ),
    "the number of a road is no toll": (
        [said("A driver died on Route 9 when the bridge fell.", number("9", 9))],
        [said("Two people died when the bridge fell.", number("Two", 2, counted="people", unit="people"))],
    ),
    "who works there is not who died there": (
        [said("The quarry employs 310 people.", number("310", 310, counted="people", unit="people"))],
        [said("Six people were killed at the quarry.", number("Six", 6, counted="people", unit="people"))],
    ),
    "joined durations are one": (
        [said(
            "The pilot was jailed for two years and six months.",
            number("two years", 2, unit="years", type=MEASURE, si=("months", 24, 24)),
            number("six months", 6, unit="months", type=MEASURE),
        )],
        [said(
            "The pilot was jailed for two and a half years.",
            number("two and a half years", 2.5, unit="years", type=MEASURE, si=("months", 30, 30)),
        )],
    ),
    "an article that prints the other's figure too means something else by its own": (
        [said("The chain will close 120 shops.", number("120", 120, counted="shops"))],
        [
            said("The chain will close 45 shops in the north.", number("45", 45, counted="shops")),
            said("In all, 120 shops go.", number("120", 120, counted="shops")),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_numbers_of_different_slots_do_not_conflict(name):
    assert conflicts(*NEAR_MISSES[name]) == []


def test_sums_told_with_synonyms_conflict():
    (finding,) = conflicts(
        [said("Prosecutors sought nine years for the pilot.", number("nine years", 9, unit="years", type=MEASURE, si=("months", 108, 108)))],
        [said("Prosecutors asked for six years for the pilot.", number("six years", 6, unit="years", type=MEASURE, si=("months", 72, 72)))],
    )  # fmt: skip

    assert finding.outcome is Outcome.CONFLICT


def test_the_people_of_a_place_are_the_people_at_that_place():
    (finding,) = conflicts(
        [said("Two divers were hurt near Norvik quay.", number("Two", 2, counted="divers", unit="people"))],
        [said("The three Norvik divers were hurt.", number("three", 3, counted="Norvik divers", unit="people"))],
    )  # fmt: skip

    assert "2 ≠ 3" in finding.rule


def test_a_ceiling_gives_way_to_the_figure_a_later_report_has():
    early = article(
        "north",
        said("The bank will cut up to 900 jobs.", number("up to 900", 0, 900, counted="jobs")),
        published="2024-05-01T08:00:00+00:00",
    )
    late = article(
        "south",
        said("The bank will cut 610 jobs.", number("610", 610, counted="jobs")),
        published="2024-05-03T08:00:00+00:00",
    )
    _, story = row(early, late)

    (finding,) = reported(superseded.DETECTOR, story)

    assert finding.outcome is Outcome.COMPATIBLE


def test_a_ceiling_at_the_same_hour_is_only_less_exact():
    _, story = row(
        article("north", said("The bank will cut up to 900 jobs.", number("up to 900", 0, 900, counted="jobs"))),
        article("south", said("The bank will cut 610 jobs.", number("610", 610, counted="jobs"))),
    )  # fmt: skip

    assert reported(superseded.DETECTOR, story) == []
    assert len(reported(number_precision.DETECTOR, story)) == 1


LIST = said(
    "The storm cost $90 million: $60 million in orchards and $30 million in roads.",
    dollars("$90 million", 90_000_000),
    dollars("$60 million", 60_000_000),
    dollars("$30 million", 30_000_000),
)


def test_a_part_printed_alone_is_set_against_the_total():
    _, story = row(
        article("north", said("Orchards lost $60 million.", dollars("$60 million", 60_000_000))),
        article("south", LIST),
    )

    (finding,) = reported(number_scope.DETECTOR, story)

    assert finding.outcome is Outcome.COMPATIBLE
    assert "60 million + 30 million = 90 million" in finding.rule


@pytest.mark.parametrize(
    "text,amounts",
    [
        ("Orchards lost $60 million, roads $30 million.", (60_000_000, 30_000_000)),
        ("Orchards lost $60 million of the $90 million.", (60_000_000, 90_000_000)),
        ("Orchards lost $50 million.", (50_000_000,)),
    ],
)
def test_who_knows_the_list_or_another_sum_has_no_part_alone(text, amounts):
    facts = [dollars(f"${amount // 1_000_000} million", amount) for amount in amounts]
    _, story = row(article("north", said(text, *facts)), article("south", LIST))

    assert [f for f in reported(number_scope.DETECTOR, story) if "is one part" in f.rule] == []
