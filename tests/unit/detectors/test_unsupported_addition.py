from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import unsupported_addition
from apps.claims.analysis.judges import judge_candidates
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, said, story


def find(*articles):
    built = story(*articles)
    candidates = unsupported_addition.find_candidates(built)
    return list(judge_candidates(unsupported_addition.SLUG, candidates))


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


FERRY = (
    "The harbour office will inspect the ferry Mina again next week.",
    "The ferry carried 140 passengers and 30 cars on Sunday night.",
    "Divers found the anchor of the ferry at the north pier.",
    "The crew will be heard by the harbour court on Monday.",
)
FIRE = "The kitchen burned for two hours before the crew of the Mina put it out."


def rewritten(sentence: str):
    wire = article("wire", *FERRY, FIRE, published="2024-05-02T08:00:00+00:00")
    rewrite = article("rewrite", *FERRY, sentence, published="2024-05-02T11:00:00+00:00")
    return find(wire, rewrite)


@pytest.mark.parametrize(
    "added",
    [
        "amid growing anger on the quay",
        "in what old hands called the worst blaze of the decade",
        "as weeping relatives stormed the harbour office",
    ],
)
def test_colour_a_rewrite_puts_into_a_sentence(added):
    (finding,) = rewritten(f"{FIRE.rstrip('.')}, {added}.")

    assert added in finding.explanation


@pytest.mark.parametrize(
    "edited",
    [
        "The kitchen burned for two hours before the crew put it out.",
        "The kitchen burned for two hours before the crew of the Mina doused it.",
        "The galley of the Mina burned for two hours until the crew put it out.",
        "For two hours the kitchen burned before the crew of the Mina put it out.",
    ],
)
def test_a_sentence_cut_or_reworded_adds_nothing(edited):
    assert rewritten(edited) == []


def test_a_closing_comment_of_a_rewrite():
    (finding,) = rewritten("It is a lesson this coast will never forget.")

    assert finding.outcome is Outcome.UNSUPPORTED


def test_a_list_of_crimes_that_one_outlet_alone_tells_without_a_source():
    built = story(
        article("north", "The crew of the Mina went ashore in Norrey on Sunday."),
        article(
            "south",
            "The crew of the Mina went ashore in Norrey.",
            "The sailors have been charged with grave offences including robbery, fraud and theft.",
        ),
    )

    (finding,) = unsupported_addition.find_in_story(built)

    assert "robbery, fraud and theft" in finding.explanation


@pytest.mark.parametrize(
    "other",
    [
        "The sailors were charged, the harbour board said, with robbery, fraud and theft.",
        "The sailors were guilty of fraud in the eyes of the town.",
    ],
)
def test_crimes_told_by_two_or_a_single_hard_word_are_no_list(other):
    built = story(
        article(
            "north", "The crew of the Mina is charged with robbery, fraud and theft, a clerk said."
        ),
        article("south", "The crew of the Mina went ashore in Norrey.", other),
    )

    assert list(unsupported_addition.find_in_story(built)) == []
