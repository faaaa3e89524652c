from __future__ import annotations

from dataclasses import replace

import pytest

from apps.claims.analysis.detectors import number_conflict
from apps.claims.analysis.episodes import past_years
from apps.claims.analysis.story_index import StoryIndex
from tests.unit.builders import article, day, number, said, story
from tests.unit.detectors.reported import reported


def in_one_paragraph(draft):
    return replace(draft, text=draft.text.replace("\n\n", "  "))


def years(draft):
    return past_years(StoryIndex(story(draft)), draft.id)


def conflicts(built):
    return [finding.kind for finding in reported(number_conflict.DETECTOR, built)]


RECALLED = said("In 2015 the ferry Alda sank off Norvik.", day("2015", "2015"))
TOLL = said("Forty passengers died.", number("Forty", 40, counted="passengers", unit="people"))


def test_a_sentence_without_a_year_stays_in_the_affair_before_it():
    assert years(in_one_paragraph(article("north", RECALLED, TOLL))) == {0: "2015", 1: "2015"}


def test_a_new_paragraph_returns_to_the_news():
    assert years(article("north", RECALLED, TOLL)) == {0: "2015"}


def test_a_date_of_these_weeks_returns_to_the_news():
    monday = said("On Monday divers went down again.", day("Monday", "2024-04-29"))

    assert years(in_one_paragraph(article("north", RECALLED, monday))) == {0: "2015"}


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("The ferry has sailed since 2015.", "2015", "2015"),
        ("An inspection in March 2024 found rust.", "March 2024", "2024-03"),
        (
            "The captain, the owner and the line were all named in a case of 2015.",
            "2015",
            "2015",
        ),
    ],
)
def test_a_span_a_recent_month_and_a_year_in_passing_open_no_affair(text, words, iso):
    assert years(article("north", said(text, day(words, iso)))) == {}


def test_what_an_affair_of_the_past_counts_is_not_held_against_the_news():
    news = article(
        "south", said("Twelve passengers died.", number("Twelve", 12, counted="passengers", unit="people"))
    )  # fmt: skip
    recalling = in_one_paragraph(article("north", RECALLED, TOLL))
    built = story(recalling, news, rows=[[("north", 1), ("south", 0)]])

    assert conflicts(built) == []


def test_the_same_counts_without_the_past_conflict():
    news = article(
        "south", said("Twelve passengers died.", number("Twelve", 12, counted="passengers", unit="people"))
    )  # fmt: skip
    built = story(article("north", TOLL), news, rows=[[("north", 0), ("south", 0)]])

    assert conflicts(built) == ["number_conflict"]
