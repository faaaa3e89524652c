from __future__ import annotations

from apps.claims.analysis.detectors import superseded
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, number, row, said
from tests.unit.detectors.reported import reported


def test_the_same_outlet_replaces_its_own_figure():
    _, story = row(
        article("a1", said("At least 9 people died.", number("At least 9", 9, None, counted="people")), outlet="North"),
        article(
            "a2", said("The toll rose: 14 people died.", number("14", 14, counted="people")),
            outlet="North", published="2024-05-03T12:00:00+00:00",
        ),
    )  # fmt: skip

    (finding,) = reported(superseded.DETECTOR, story)

    assert finding.outcome is Outcome.COMPATIBLE
    assert "24 hours later" in finding.explanation


def test_two_outlets_at_the_same_hour_do_not_replace_each_other():
    _, story = row(
        article("north", said("9 people died.", number("9", 9, counted="people"))),
        article("south", said("14 people died.", number("14", 14, counted="people"))),
    )

    assert reported(superseded.DETECTOR, story) == []
