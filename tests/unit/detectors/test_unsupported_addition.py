from __future__ import annotations

from apps.claims.analysis.detectors import unsupported_addition
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, said, story


def find(*articles):
    return list(unsupported_addition.find_in_story(story(*articles)))


def test_words_added_to_a_copied_sentence_are_marked():
    (finding,) = find(
        article(
            "north", "The ferry company will repay all tickets sold in May, its director said."
        ),
        article(
            "south",
            "The ferry company, a firm that has long put profit before passengers, "
            "will repay all tickets sold in May, its director said.",
        ),
    )

    assert finding.outcome is Outcome.UNSUPPORTED
    assert "long put profit before passengers" in finding.explanation


def test_words_that_another_outlet_has_too_are_not_an_addition():
    assert (
        find(
            article(
                "north", "The ferry company will repay all tickets sold in May, its director said."
            ),
            article(
                "south",
                "The ferry company, founded by two brothers in Aberdovey, "
                "will repay all tickets sold in May, its director said.",
            ),
            article("east", "Two brothers founded the company in Aberdovey."),
        )
        == []
    )


def test_an_accusation_that_only_one_outlet_prints_without_a_source():
    (finding,) = find(
        article("north", "The ferry company will repay all tickets sold in May."),
        article(
            "south",
            "The ferry company will repay all tickets sold in May.",
            "The captain has been stealing fuel for years.",
        ),
    )

    assert finding.claims == ("south.c2",)


def test_an_accusation_with_its_source_is_not_unsupported():
    assert (
        find(
            article("north", "The ferry company will repay all tickets sold in May."),
            article(
                "south",
                "The ferry company will repay all tickets sold in May.",
                said(
                    "The captain has been stealing fuel for years, police said.",
                    source="police",
                    cue="said",
                ),
            ),
        )
        == []
    )


def test_a_scene_that_only_a_rewrite_tells():
    lines = (
        "The harbour office will inspect the ferry Mina again next week.",
        "The ferry carried 140 passengers and 30 cars on Sunday night.",
    )
    wire = article("wire", *lines, "We will pay, director Ada Roe said.")
    rewrite = article("rewrite", *lines, "We will pay, Roe said, fighting back tears.")

    (finding,) = find(wire, rewrite)

    assert "fighting back tears" in finding.explanation


def test_a_scene_told_by_an_outlet_of_its_own_is_reporting():
    assert (
        find(
            article("wire", "The director, Ada Roe, spoke on the pier."),
            article("local", "Ada Roe read her statement on the pier, fighting back tears."),
        )
        == []
    )


def test_nobody_accused_is_no_accusation():
    assert (
        find(
            article("wire", "The ferry Mina ran aground on Sunday."),
            article("local", "No sailor has been charged."),
        )
        == []
    )
