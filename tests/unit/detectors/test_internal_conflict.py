from __future__ import annotations

from apps.articles.text.types import Role
from apps.claims.analysis.detectors import internal_conflict
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, number, said, story


def find(*sentences):
    built = story(article("north", *sentences), article("south", "A fair opened."))
    return list(internal_conflict.find_in_story(built))


def test_one_candle_for_each_of_the_dead():
    (finding,) = find(
        said("Seven people are dead.", number("Seven", 7, counted="people", unit="people")),
        said(
            "In the square six candles burned, one for each of the dead.",
            number("six", 6, counted="candles"),
        ),
    )

    assert finding.outcome is Outcome.CONFLICT
    assert "7 ≠ 6" in finding.rule


def test_as_many_candles_as_dead():
    assert (
        find(
            said("Seven people are dead.", number("Seven", 7, counted="people", unit="people")),
            said(
                "In the square seven candles burned, one for each of the dead.",
                number("seven", 7, counted="candles"),
            ),
        )
        == []
    )


def test_a_deck_that_plans_what_the_text_reports_as_done():
    (finding,) = find(
        said("The minister plans to meet President Oduya about ferries.", role=Role.DECK),
        said("After lunch the minister met President Oduya about ferries."),
    )

    assert "above" in finding.explanation


def test_a_meeting_with_somebody_else_is_no_contradiction():
    assert (
        find(
            said("The minister plans to meet President Oduya about ferries.", role=Role.DECK),
            said("After lunch the minister met Captain Brandt about ferries."),
        )
        == []
    )
