from __future__ import annotations

from apps.claims.analysis.detectors import number_conflict, number_scope
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, number, row, said
from tests.unit.detectors.reported import reported


def test_a_part_against_the_whole_is_a_matter_of_scope():
    _, story = row(
        article("north", said("The army moved 340 people.", number("340", 340, counted="people"))),
        article(
            "south",
            said(
                "Among those moved, 120 were children.",
                number("120", 120, counted="children", part_of=True),
            ),
        ),
    )

    (candidate,) = number_scope.find_candidates(story)

    assert candidate.finding.outcome is Outcome.COMPATIBLE
    assert "a part of a larger group" in candidate.finding.rule
    conflicts = reported(number_conflict.DETECTOR, story)
    assert [finding for finding in conflicts if finding.outcome is Outcome.CONFLICT] == []


def test_a_toll_that_counts_two_countries_is_of_another_scope():
    _, story = row(
        article("north", said("The storm killed 58 people.", number("58", 58, counted="people"))),
        article(
            "south",
            said(
                "Counting the dead across the border, the storm killed 73 people.",
                number("73", 73, counted="people"),
            ),
        ),
    )

    (finding,) = reported(number_scope.DETECTOR, story)

    assert "count different groups" in finding.explanation


def test_two_totals_of_one_group_are_not_a_matter_of_scope():
    _, story = row(
        article("north", said("The storm killed 58 people.", number("58", 58, counted="people"))),
        article("south", said("The storm killed 51 people.", number("51", 51, counted="people"))),
    )

    assert reported(number_scope.DETECTOR, story) == []


def test_a_part_beside_its_whole_in_one_article():
    whole = said("Crews rescued 340 villagers.", number("340", 340, counted="villagers"))
    part = said("Among those rescued, 120 were children.", number("120", 120, counted="children", part_of=True))  # fmt: skip
    _, story = row(article("north", whole, part), article("south", "A fair opened."))

    (finding,) = number_scope.find_in_story(story)

    assert "as a part of them" in finding.explanation
