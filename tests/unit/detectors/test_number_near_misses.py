"""Numbers that look like a contradiction and are none, and such that are one."""

from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import number_conflict, number_scope
from apps.claims.analysis.types import Outcome, QuantityType
from tests.unit.builders import article, day, number, row, said, story
from tests.unit.detectors.reported import reported


def people(text, value, counted="people"):
    return number(text, value, counted=counted, unit="people")


def dollars(text, value):
    return number(text, value, unit="USD", type=QuantityType.MONEY)


def percent(text, value):
    return number(text, value, unit="%", type=QuantityType.PERCENT)


def conflicts(*articles):
    found = reported(number_conflict.DETECTOR, row(*articles)[1])
    return [finding for finding in found if finding.outcome is Outcome.CONFLICT]


NEAR_MISSES = {
    "travellers without and with the crew": (
        said("There were 162 passengers and 6 crew on the barge.",
             people("162", 162, "passengers"), people("6", 6, "crew")),
        said("There were 168 people on the barge.", people("168", 168)),
    ),
    "seats and those who came": (
        said("The hall seats 900.", number("900", 900)),
        said("Some 640 people came to the hall.", people("640", 640)),
    ),
    "another ward": (
        said("The north ward has 14 beds.", number("14", 14, counted="beds")),
        said("Nurses in the laundry folded 22 sheets.", number("22", 22, counted="sheets")),
    ),
    "shares of two things": (
        said("Rents in the harbour rose 4 percent.", percent("4 percent", 4)),
        said("Wages of dockers fell 6 percent.", percent("6 percent", 6)),
    ),
    "a price each and the bill": (
        said("Each pump cost $400.", dollars("$400", 400)),
        said("The bill for pumps came to $12,000.", dollars("$12,000", 12000)),
    ),
    "two groups of sources": (
        said("Two clerks at the mint spoke of a leak.", people("Two", 2, "clerks")),
        said("Three divers spoke of a leak.", people("Three", 3, "divers")),
    ),
    "asked and agreed": (
        said("The club asked for $9 million for its keeper.", dollars("$9 million", 9000000)),
        said("Rovers paid $7 million for the winger.", dollars("$7 million", 7000000)),
    ),
    "those hurt in an earlier year": (
        said("The parade injured 31 people.", people("31", 31)),
        said("In 1998 the parade injured 12 people.", day("1998", "1998"), people("12", 12)),
    ),
    "some of the hurt": (
        said("The blast injured 90 people.", people("90", 90)),
        said("Of the injured, 15 are children.", number("15", 15, counted="children", unit="people", part_of=True)),
    ),
    "the pipe and the road": (
        said("Crews laid 12 km of pipe.", number("12 km", 12, unit="km", type=QuantityType.MEASURE, si=("m", 12000, 12000))),
        said("The village lies 30 km from the lake.", number("30 km", 30, unit="km", type=QuantityType.MEASURE, si=("m", 30000, 30000))),
    ),
    "the dead and the dogs": (
        said("The flood killed 7 people.", people("7", 7)),
        said("The flood killed 40 dogs.", number("40", 40, counted="dogs")),
    ),
}  # fmt: skip

CONFLICTS = {
    "digits turned round": (
        said("The lottery handed out 5,420 tickets at the fair.", number("5,420", 5420, counted="tickets")),
        said("The lottery handed out 4,520 tickets at the fair.", number("4,520", 4520, counted="tickets")),
    ),
    "two tolls": (
        said("The avalanche killed 12 people.", people("12", 12)),
        said("The avalanche killed 14 people.", people("14", 14)),
    ),
    "a price": (
        said("The museum paid $4.6 million for the vase.", dollars("$4.6 million", 4600000)),
        said("The museum paid $6.4 million for the vase.", dollars("$6.4 million", 6400000)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_what_can_both_be_true_is_no_conflict(name):
    ours, theirs = NEAR_MISSES[name]

    assert conflicts(article("north", ours), article("south", theirs)) == []


@pytest.mark.parametrize("name", CONFLICTS)
def test_what_cannot_both_be_true_is_reported(name):
    ours, theirs = CONFLICTS[name]
    found = reported(
        number_conflict.DETECTOR, row(article("north", ours), article("south", theirs))[1]
    )

    assert len(found) == 1
    assert "≠" in found[0].rule


def test_what_an_outlet_has_replaced_itself_contradicts_no_other():
    early = article(
        "north", said("The fire burned 300 homes.", number("300", 300, counted="homes")),
        outlet="North", published="2024-05-01T08:00:00+00:00",
    )  # fmt: skip
    late = article(
        "north2", said("The fire burned 420 homes.", number("420", 420, counted="homes")),
        outlet="North", published="2024-05-02T08:00:00+00:00",
    )  # fmt: skip
    other = article(
        "south", said("The fire burned 420 homes.", number("420", 420, counted="homes")),
        outlet="South", published="2024-05-02T09:00:00+00:00",
    )  # fmt: skip

    assert conflicts(early, late, other) == []


def test_two_parts_one_outlet_prints_and_their_sum_in_the_other_are_a_matter_of_scope():
    built = story(
        article(
            "north",
            said("The bus carried 62 pupils and 9 teachers.",
                 people("62", 62, "pupils"), people("9", 9, "teachers")),
        ),
        article("south", said("The bus carried 71 people.", people("71", 71))),
    )  # fmt: skip
    rules = [c.finding.rule for c in number_scope.find_candidates(built)]

    assert any("62 + 9 = 71" in rule for rule in rules)
