from __future__ import annotations

from apps.claims.analysis.detectors import number_conflict, number_precision
from apps.claims.analysis.types import Outcome, Severity
from tests.unit.builders import article, number, row, said
from tests.unit.detectors.reported import reported


def test_exact_bounded_and_vague_counts_stand_side_by_side_without_a_conflict():
    _, story = row(
        article(
            "north", said("The army moved 340 villagers.", number("340", 340, counted="villagers"))
        ),
        article(
            "south",
            said(
                "The army moved over 300 villagers.",
                number("over 300", 301, None, counted="villagers"),
            ),
        ),
        article(
            "east",
            said(
                "The army moved hundreds of villagers.",
                number("hundreds", 200, 999, counted="villagers"),
            ),
        ),
    )

    drafts = [candidate.finding for candidate in number_precision.find_candidates(story)]

    assert {(draft.outcome, draft.severity) for draft in drafts} == {
        (Outcome.COMPATIBLE, Severity.LOW)
    }
    # "Over 300" and "hundreds" are not held against each other beside the exact figure.
    assert len(drafts) == 2
    assert reported(number_conflict.DETECTOR, story) == []


def test_the_same_number_in_words_is_no_finding():
    _, story = row(
        article("north", said("Six miners died.", number("Six", 6, counted="miners"))),
        article(
            "south", said("Half a dozen miners died.", number("Half a dozen", 6, counted="miners"))
        ),
    )

    assert reported(number_precision.DETECTOR, story) == []


def test_one_article_may_count_exactly_and_roughly():
    exact = said("Crews rescued 340 villagers.", number("340", 340, counted="villagers"))
    rough = said("Crews rescued over 300 villagers.", number("over 300", 301, None, counted="villagers"))  # fmt: skip
    _, story = row(article("north", exact, rough), article("south", "A fair opened."))

    (finding,) = number_precision.find_in_story(story)

    assert finding.outcome is Outcome.COMPATIBLE
    assert "elsewhere it prints" in finding.explanation
