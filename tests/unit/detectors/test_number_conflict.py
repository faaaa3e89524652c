from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import number_conflict
from apps.claims.analysis.types import Outcome, QuantityType
from tests.unit.builders import Sentence, article, day, in_words, number, row, said
from tests.unit.detectors.reported import reported


def find(*articles):
    _, story = row(*articles)
    return reported(number_conflict.DETECTOR, story)


def test_disjoint_counts_of_the_same_thing_conflict():
    north = article(
        "north",
        said("The flood killed 12 people.", number("12", 12, counted="people", unit="people")),
    )
    south = article(
        "south",
        said("Nine people died in the flood.", number("Nine", 9, counted="people", unit="people")),
    )

    (finding,) = find(north, south)
    (candidate,) = number_conflict.find_candidates(row(north, south)[1])

    assert candidate.finding.outcome is Outcome.CONFLICT
    assert "12 people" in finding.explanation and "Nine people died" in finding.explanation
    assert "12 ≠ 9" in finding.rule


def test_the_arithmetic_says_which_value_lies_outside():
    north = article(
        "north",
        said("Hundreds of miners were evacuated.", number("Hundreds", 200, 999, counted="miners")),
    )
    south = article(
        "south", said("Police evacuated 101 miners.", number("101", 101, counted="miners"))
    )

    (finding,) = number_conflict.find_in_story(row(north, south)[1])

    assert "101 is outside 200–999" in finding.rule


def test_outlets_with_the_same_number_stand_on_one_side():
    six = said("Six miners died.", number("Six", 6, counted="miners"))
    north, east = article("north", six), article("east", six)
    south = article("south", said("Seven miners died.", number("Seven", 7, counted="miners")))

    (finding,) = find(north, east, south)

    assert len(finding.claims) == 3


NEAR_MISSES = {
    "half a dozen is six": (
        said("Six miners died.", number("Six", 6, counted="miners")),
        said("Half a dozen miners died.", number("Half a dozen", 6, counted="miners")),
    ),
    "a bound that holds the other number": (
        said("More than 90 divers searched.", number("More than 90", 91, None, counted="divers")),
        said(
            "Around 95 divers searched.",
            number("Around 95", 85.5, 104.5, counted="divers", approximate=True),
        ),
    ),
    "dead against hurt": (
        said("The fire killed 3 people.", number("3", 3, counted="people")),
        said("The fire injured 40 people.", number("40", 40, counted="people")),
    ),
    "a rounded number": (
        said(
            "About 4,000 homes lost power.",
            number("About 4,000", 3600, 4400, counted="homes", approximate=True),
        ),
        said("Power failed in 3,960 homes.", number("3,960", 3960, counted="homes")),
    ),
    "kilometres and miles": (
        said(
            "The spill reached 18 kilometres from the port.",
            number(
                "18 kilometres", 18, unit="km", type=QuantityType.MEASURE, si=("m", 18000, 18000)
            ),
        ),
        said(
            "The spill came 11 miles from the port.",
            number("11 miles", 11, unit="miles", type=QuantityType.MEASURE, si=("m", 17703, 17703)),
        ),
    ),
    "people against posts": (
        said("The city cuts 38 jobs.", number("38", 38, counted="jobs")),
        said("The city hired 12 people.", number("12", 12, counted="people")),
    ),
    "money against a count": (
        said("The fund paid $40.", number("$40", 40, unit="USD", type=QuantityType.MONEY)),
        said("The fund helped 12 families.", number("12", 12, counted="families")),
    ),
}


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_numbers_that_can_both_be_true_or_count_other_things_do_not_conflict(name: str):
    first, second = NEAR_MISSES[name]
    assert isinstance(first, Sentence)

    assert find(article("north", first), article("south", second)) == []


def test_a_growing_toll_is_not_a_conflict():
    early = article(
        "north",
        said("The storm killed 9 people.", number("9", 9, counted="people")),
        published="2024-05-01T08:00:00+00:00",
    )
    late = article(
        "south",
        said("The storm killed 14 people.", number("14", 14, counted="people")),
        published="2024-05-02T18:00:00+00:00",
    )

    assert [finding for finding in find(early, late) if finding.outcome is Outcome.CONFLICT] == []


def test_a_count_of_another_year_is_not_a_conflict():
    from tests.unit.builders import day

    now = article("north", said("The storm killed 9 people.", number("9", 9, counted="people")))
    then = article(
        "south",
        said(
            "A storm in 1987 killed 230 people.",
            number("230", 230, counted="people"),
            day("1987", "1987"),
        ),
    )

    assert find(now, then) == []


@pytest.mark.parametrize(
    ("words", "fires"),
    [
        ("Four of the board's seven directors backed the sale in a vote.", True),
        ("Four of its seven directors voted against the sale.", True),
        ("Five of the board's seven directors backed the sale in a vote.", False),
        ("Four of the board's seven directors live abroad.", False),
    ],
)
def test_some_of_a_body_are_a_count_of_its_vote(words, fires):
    _, story = row(
        article("north", "The board approved the sale in a 5-2 vote."), article("south", words)
    )

    assert bool(list(number_conflict.find_in_story(story))) is fires


def test_a_scale_holds_what_lies_within():
    _, story = row(
        article("north", said("Hundreds of miners were evacuated.", number("Hundreds", 200, 999, counted="miners"))),
        article("south", said("Police evacuated 240 miners.", number("240", 240, counted="miners"))),
    )  # fmt: skip

    assert list(number_conflict.find_in_story(story)) == []


def test_a_vote_of_another_year_is_another_vote():
    _, story = row(
        article("north", "The council approved the stadium in an 8-5 vote."),
        in_words(article("south", said("In 2009 the council approved the arena in a 9-4 vote.", day("2009", "2009")))),
    )  # fmt: skip

    assert list(number_conflict.find_in_story(story)) == []


def test_the_arithmetic_keeps_the_printed_unit():
    def speed(value):
        si = ("m/s", value / 3.6, value / 3.6)
        return number(f"{value} kph", value, unit="kph", type=QuantityType.MEASURE, si=si)

    (finding,) = find(
        article("north", said("The gust reached 71 kph.", speed(71))),
        article("south", said("The gust reached 92 kph.", speed(92))),
    )

    assert "71 kph ≠ 92 kph (a difference of 21 kph)" in finding.rule


def test_the_toll_of_a_year_told_beside_the_news_is_another_toll():
    _, story = row(
        article("north", said("It is the worst fire since 1974, when 41 miners died.", number("41", 41, counted="miners"))),
        article("south", said("The fire killed 27 miners.", number("27", 27, counted="miners"))),
    )  # fmt: skip

    assert list(number_conflict.find_candidates(story)) == []


EVACUATED = article(
    "north",
    said("Police evacuated 261 villagers.", number("261", 261, counted="villagers")),
    said("Among those evacuated, 101 were miners.", number("101", 101, counted="miners", part_of=True)),
)  # fmt: skip


@pytest.mark.parametrize(
    "whole",
    [
        said("Police evacuated over 250 villagers.", number("over 250", 251, None, counted="villagers")),
        said("Police evacuated 261 miners and others.", number("261", 261, counted="miners")),
    ],
)  # fmt: skip
def test_a_part_contradicts_no_number_of_its_whole(whole: Sentence):
    _, story = row(EVACUATED, article("south", whole))

    rules = [candidate.finding.rule for candidate in number_conflict.find_candidates(story)]

    assert [rule for rule in rules if "101" in rule] == []


def test_a_part_does_contradict_another_number_of_the_part():
    _, story = row(
        EVACUATED,
        article("south", said("Police evacuated 150 miners.", number("150", 150, counted="miners"))),
        article("east", said("Hundreds of miners were evacuated.", number("Hundreds", 200, 999, counted="miners"))),
    )  # fmt: skip

    candidates = [one.finding.rule for one in number_conflict.find_candidates(story)]
    scales = [finding.rule for finding in number_conflict.find_in_story(story)]

    assert any("101 ≠ 150" in rule for rule in candidates)
    assert any("101 is outside 200–999" in rule for rule in scales)


def rules(*articles) -> list[str]:
    return [c.finding.rule for c in number_conflict.find_candidates(row(*articles)[1])]


def test_what_makes_a_total_with_its_neighbour_is_a_part_though_no_word_says_so():
    north = article(
        "north",
        said("At least 23 miners were hurt.", number("At least 23", 23, None, counted="miners", unit="people")),
        said(
            "Fifteen of the hurt were moved and eight were hurt slightly.",
            number("Fifteen", 15, unit="people", part_of=True),
            number("eight", 8, unit="people"),
        ),
    )  # fmt: skip
    whole = article("south", said("Two dozen were hurt.", number("Two dozen", 24, unit="people")))
    lower = article("south", said("Twelve were hurt.", number("Twelve", 12, unit="people")))

    assert [rule for rule in rules(north, whole) if "8 ≠ 24" in rule] == []
    assert [rule for rule in rules(north, lower) if "8 ≠ 12" in rule] != []


def test_a_number_without_a_noun_right_behind_a_count_is_a_part_of_it():
    north = article(
        "north",
        said("More than 20 people were hurt.", number("More than 20", 21, None, counted="people", unit="people")),
        said("Fifteen were hurt badly.", number("Fifteen", 15, unit="people")),
    )  # fmt: skip
    south = article("south", said("Two dozen were hurt.", number("Two dozen", 24, unit="people")))
    lower = article("south", said("Nine were hurt.", number("Nine", 9, unit="people")))

    assert [rule for rule in rules(north, south) if "15 ≠ 24" in rule] == []
    assert [rule for rule in rules(north, lower) if "15 ≠ 9" in rule] != []


def test_the_dead_are_at_stake_wherever_they_are_counted():
    filler = [said(f"The mine lies in valley {name}.") for name in ("one", "two", "three")]
    north = article(
        "north",
        *filler,
        said("Six miners died.", number("Six", 6, counted="miners", unit="people")),
    )
    south = article(
        "south",
        *filler,
        said("Seven miners died.", number("Seven", 7, counted="miners", unit="people")),
    )

    (candidate,) = number_conflict.find_candidates(row(north, south)[1])

    assert candidate.at_stake


def test_a_number_is_at_stake_where_a_lead_tells_it_and_not_far_below():
    filler = [said(f"The town lies in valley {name}.") for name in ("one", "two", "three")]
    six = said("The council bought six buses.", number("six", 6, counted="buses"))
    seven = said("The council bought seven buses.", number("seven", 7, counted="buses"))

    (leading,) = number_conflict.find_candidates(
        row(article("north", six, *filler), article("south", *filler, seven))[1]
    )
    (below,) = number_conflict.find_candidates(
        row(article("north", *filler, six), article("south", *filler, seven))[1]
    )

    assert leading.at_stake
    assert not below.at_stake
