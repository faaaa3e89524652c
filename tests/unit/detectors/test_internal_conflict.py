from __future__ import annotations

import pytest

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


def test_nobody_arrested_and_three_arrests():
    (finding,) = find(
        "The harbour police say there were no arrests.",
        said(
            "Three people were arrested on the pier.",
            number("Three", 3, counted="people", unit="people"),
        ),
    )

    assert finding.outcome is Outcome.CONFLICT


@pytest.mark.parametrize(
    "other",
    [
        "The mate is still in intensive care.",
        "A stoker is in hospital with severe burns.",
        "One sailor was operated on overnight; he is in a coma.",
    ],
)
def test_nobody_hurt_and_somebody_badly_hurt(other):
    (finding,) = find("No one was seriously hurt.", other)

    assert "one article" in finding.explanation


@pytest.mark.parametrize(
    "other",
    [
        "The mate is not in intensive care.",
        "In 2011 a fire on the pier left two sailors in intensive care.",
    ],
)
def test_nobody_hurt_beside_a_denial_or_an_old_affair(other):
    assert find("No one was seriously hurt.", other) == []


def test_two_counts_of_one_thing_that_nearly_agree():
    (finding,) = find(
        said("Nine in ten of the 1,240 rowers voted.", number("1,240", 1240, counted="rowers")),
        said("The club has 1,420 rowers.", number("1,420", 1420, counted="rowers")),
    )

    assert "1,240" in finding.rule and "1,420" in finding.rule


@pytest.mark.parametrize(
    ("first", "value", "second", "other"),
    [
        ("The club has 1,420 rowers, up from 1,240.", 1420, "In May 1,240 rowers voted.", 1240),
        ("The club has 1,420 rowers.", 1420, "In all 310 rowers voted.", 310),
        ("The club has 20 rowers.", 20, "On Sunday 22 rowers came.", 22),
    ],
)
def test_two_counts_that_may_both_hold(first, value, second, other):
    found = find(
        said(first, number(f"{value:,}", value, counted="rowers")),
        said(second, number(f"{other:,}", other, counted="rowers")),
    )

    assert found == []
