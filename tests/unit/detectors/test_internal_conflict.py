from __future__ import annotations

import pytest

from apps.articles.text.types import Role
from apps.claims.analysis.detectors import internal_conflict
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, day, number, said, story


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


def test_a_long_number_printed_twice_with_one_other_digit():
    (finding,) = find(
        said("The league has 4,120 players.", number("4,120", 4120, counted="players")),
        said(
            "Nearly all of the 4,210 players voted.",
            number("4,210", 4210, counted="players"),
        ),
    )

    assert "4,120 ≠ 4,210" in finding.rule


def test_long_numbers_of_other_things_or_far_apart_are_two_counts():
    assert (
        find(
            said("The league has 4,120 players.", number("4,120", 4120, counted="players")),
            said("It owns 4,210 balls.", number("4,210", 4210, counted="balls")),
            said("Only 1,907 players voted.", number("1,907", 1907, counted="players")),
        )
        == []
    )


def test_no_arrests_beside_an_arrest():
    (finding,) = find(
        said("There were no arrests at the rink."),
        said("Four people were arrested at the rink.", number("Four", 4, counted="people", unit="people")),
    )  # fmt: skip

    assert "none is not 4" in finding.rule


def test_nobody_hurt_in_another_year_contradicts_nothing():
    assert (
        find(
            said("Four people died.", number("Four", 4, counted="people", unit="people")),
            said("A gale hit the same rink in 1998.", day("1998", "1998")),
            said("Nobody died."),
        )
        == []
    )


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
        said("In 2011 a fire on the pier left two sailors in intensive care.", day("2011", "2011")),
    ],
)
def test_nobody_hurt_beside_a_denial_or_an_old_affair(other):
    assert find("No one was seriously hurt.", other) == []


def told_at(text, hour, iso):
    return said(text, day(hour, iso))


def test_two_hours_of_one_thing_are_a_question():
    (finding,) = find(
        told_at("The mayor got the parcel shortly after nine.", "shortly after nine", "T09:00"),
        "She is in her third term.",
        told_at("The parcel was put on her desk at noon.", "noon", "T12:00"),
    )

    assert finding.needs_person
    assert finding.outcome is Outcome.COMPATIBLE


def test_two_hours_of_two_things_or_nearly_one_hour_are_none():
    parcel = told_at("The mayor got the parcel at nine.", "nine", "T09:00")

    assert find(parcel, told_at("The pier was closed at noon.", "noon", "T12:00")) == []
    assert (
        find(parcel, told_at("The parcel came at ten past nine.", "ten past nine", "T09:10")) == []
    )


def test_every_one_and_some_that_are_not():
    (finding,) = find(
        "Every berth in the harbour was full on Sunday.", "She pointed at the empty berths."
    )

    assert "of every one" in finding.rule


@pytest.mark.parametrize(
    "other",
    ["She pointed at the full berths.", "She pointed at the empty houses.", "Berths cost more."],
)
def test_every_one_and_others_of_which_it_holds(other):
    assert find("Every berth in the harbour was full on Sunday.", other) == []


@pytest.mark.parametrize(
    ("whole", "one"),
    [
        ("All four lifts were working, the porter said.", "He climbed out of the second lift."),
        ("Every choir sang on the pier.", "Three choirs had gone home by then."),
        ("All 12 jurors came to the viewing.", "With two jurors in bed, it began late."),
        ("No parcel was lost.", "The two parcels she looked for were insured."),
        ("Not a single tree was felled.", "The third tree fell on the fence."),
    ],
)
def test_what_is_told_of_all_or_none_and_of_one_is_a_question(whole, one):
    (finding,) = find(whole, one)

    assert finding.needs_person
    assert finding.outcome is Outcome.COMPATIBLE


@pytest.mark.parametrize(
    ("whole", "one"),
    [
        ("All four lifts were working.", "The lifts were built in Ostermark."),
        ("All 12 jurors came to the viewing.", "The 12 jurors sat in two rows."),
        ("Every choir should sing on the pier.", "Three choirs had gone home by then."),
        ("Every day he swept the pier.", "Three days went by."),
        ("If every choir comes, the pier will be full.", "Three choirs had gone home by then."),
        ("All the choirs sang.", "All three choirs had a new flag."),
        ("No more choirs were let in.", "Three choirs had gone home by then."),
        ("Was every choir on the pier?", "Three choirs had gone home by then."),
        ("“Every choir sang on the pier, and how they sang.”", "Three choirs had gone home."),
    ],
)
def test_all_of_them_and_no_part_of_them_is_no_question(whole, one):
    assert find(whole, one) == []
