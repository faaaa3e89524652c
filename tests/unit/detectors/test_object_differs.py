from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import object_differs
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, said, story


def find(first: str, second: str):
    return list(
        object_differs.find_in_story(
            story(article("north", said(first)), article("south", said(second)))
        )
    )


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        (
            "Despite protests, the ministry announced a 10% duty on steel pipes on Monday.",
            "The ministry announced a 10% duty on Danish steel pipes on Monday, upsetting builders.",
            "Danish",
        ),
        (
            "The council adds a levy of 2 percent to the tax on second cars in town.",
            "The council adds a levy of 2 percent to the tax on cars in town.",
            "second",
        ),
    ],
)
def test_a_word_that_narrows_the_noun_is_another_object(first: str, second: str, word: str):
    (finding,) = find(first, second)

    assert finding.outcome is Outcome.CONFLICT
    assert word in finding.explanation


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The inquiry was opened by county Fire Marshal Ida Roe on Friday.",
            "The inquiry was opened by Fire Marshal Ida Roe on Friday.",
        ),
        (
            "The ministry announced a 10% duty on steel pipes.",
            "The ministry announced a massive 10% duty on steel pipes.",
        ),
        (
            "The ministry announced a duty on steel pipes on Monday.",
            "The ministry announced a duty on the steel pipes on Monday.",
        ),
        (
            "The ministry announced a duty on steel pipes.",
            "A union criticised Danish ferry prices.",
        ),
    ],
)
def test_titles_praise_and_articles_change_no_object(first: str, second: str):
    assert find(first, second) == []


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (
            "Some 900 guests were told to leave the north wing of the Hotel Arbury on Friday.",
            "Some 900 guests were told to leave the Hotel Arbury on Friday.",
            "north wing of",
        ),
        (
            "On Monday the board of the rowing club voted to sell its boathouse.",
            "On Monday the members of the rowing club voted to sell its boathouse.",
            "members",
        ),
        (
            "The jury heard from a former deputy harbour master of Norrey on Friday.",
            "The jury heard from a former harbour master of Norrey on Friday.",
            "deputy",
        ),
    ],
)
def test_a_part_another_actor_and_another_rank(first: str, second: str, words: str):
    (finding,) = find(first, second)

    assert words in finding.explanation


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "On Monday the workers of the rowing club voted to sell its boathouse.",
            "On Monday the employees of the rowing club voted to sell its boathouse.",
        ),
        (
            "On Monday the board of the rowing club voted to sell its boathouse.",
            "On Monday the committee of the rowing club voted to sell its boathouse.",
        ),
        (
            "The river broke through a mossy dam above Arbury on Friday night.",
            "The river broke through a dam above Arbury on Friday night.",
        ),
        (
            "“We will stay,” harbour master Ada Roe said on the pier on Friday.",
            "“We will stay,” harbour master Roe said on the pier on Friday.",
        ),
    ],
)
def test_other_words_for_the_same_people_colour_and_first_names(first: str, second: str):
    assert find(first, second) == []


def test_papers_that_bind_more_and_less():
    (finding,) = find(
        "Roe and mayor Bray signed a letter of intent on sharing fishing rights in Norrey.",
        "Roe and mayor Bray signed an agreement on sharing fishing rights in Norrey.",
    )

    assert finding.outcome is Outcome.COMPATIBLE


def test_a_deal_and_an_agreement_bind_alike():
    assert (
        find(
            "Roe and mayor Bray signed a deal on sharing fishing rights in Norrey.",
            "Roe and mayor Bray signed an agreement on sharing fishing rights in Norrey.",
        )
        == []
    )


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        (
            "The lido is the longest open-air pool in the county, the swimming club said.",
            "The lido is the longest open-air pool in the country, the swimming club said.",
            "country",
        ),
        (
            "Detectives heard the pilot of the barge on Friday as a witness in the case.",
            "Detectives heard the pilot of the barge on Friday as a suspect in the case.",
            "suspect",
        ),
        (
            "The contract gives the ferry crews a rise of 5 percent over 4 years.",
            "The contract gives the ferry crews a rise of 5 percent a year.",
            "a year",
        ),
        (
            "The choir sang in the chapel for a visiting bishop on the first evening.",
            "The choir sang in the chapel for a local landlord on the first evening.",
            "landlord",
        ),
        (
            "Some 4,000 chairs ordered for the schools of Norrey have been delivered.",
            "Some 4,000 chairs and desks ordered for the schools of Norrey have been delivered.",
            "and desks",
        ),
        (
            "The council called it the town's most costly repair in forty years.",
            "The council called it one of the town's most costly repairs in forty years.",
            "costly",
        ),
    ],
)
def test_a_copy_that_exchanges_who_what_or_how_far(first: str, second: str, word: str):
    (finding,) = find(first, second)

    assert word in finding.explanation


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The accident closed the coast road near Arbury for six hours on the first day.",
            "The crash closed the coast road near Arbury for six hours on the first day.",
        ),
        (
            "She passed the yearly inspection of the yard without a single remark.",
            "The ship passed the yearly inspection of the yard without a single remark.",
        ),
        (
            "A boiler burst in the old brewery, and two of the brewers were burned.",
            "A boiler burst in the old brewery in Arbury, and two of the brewers were burned.",
        ),
        (
            "The brewers were questioned for two hours on Friday about the boiler.",
            "The brewers were questioned for two hours about the boiler.",
        ),
        (
            "The lorry was stopped by customs officers at the border near Arbury.",
            "The lorry was halted by customs officers at the border near Arbury.",
        ),
        (
            "The meeting began at 9.30 p.m. in the small hall of the brewery in Arbury.",
            "The meeting began at 9:30 pm in the small hall of the brewery in Arbury.",
        ),
        (
            "The owner may sell the brewery, the workers of Arbury were told on Friday.",
            "The owner could sell the brewery, the workers of Arbury were told on Friday.",
        ),
    ],
)
def test_a_copy_in_other_words_for_the_same_changes_no_object(first: str, second: str):
    assert find(first, second) == []


def test_a_rewrite_that_drops_for_what_it_holds():
    wire = article(
        "north", said("The fishing ban was lifted at noon for two coves below the lighthouse.")
    )
    copy = article("south", said("The fishing ban was lifted at noon."))

    (finding,) = object_differs.find_in_story(story(wire, copy, origins=[("north", "south")]))

    assert "two coves" in finding.explanation


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (
            "The storm was the worst on the Orla coast since 1987, the harbour office said on Monday.",
            "The storm was the worst on the Orla coast, the harbour office said on Monday.",
            "since 1987",
        ),
        (
            "The Tarrant choir won its first prize in nine years on Monday, and sang again.",
            "The Tarrant choir won its first prize on Monday, and sang again.",
            "in nine years",
        ),
    ],
)
def test_a_copy_that_drops_the_field_a_superlative_leads(first: str, second: str, words: str):
    (finding,) = find(first, second)

    assert finding.outcome is Outcome.CONFLICT
    assert words in finding.rule


def counterparts(first: str, second: str):
    return list(
        object_differs.find_in_story(
            story(
                article("north", said(first)),
                article("south", said(second)),
                rows=[[("north", 0), ("south", 0)]],
            )
        )
    )


def test_one_thing_for_two_purposes_is_a_question():
    (finding,) = counterparts(
        "Orla will build a boat register for tax collectors.",
        "The parties in Orla agreed on a boat register concerning smugglers.",
    )

    assert finding.outcome is Outcome.COMPATIBLE
    assert finding.needs_person
    assert "tax collectors" in finding.explanation


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # The same people in other words.
        (
            "Orla will build a boat register for fishermen.",
            "The parties in Orla agreed on a boat register for fishermen.",
        ),
        # For how long, not for whom.
        (
            "Orla will keep a boat register for Monday.",
            "The parties in Orla agreed on a boat register for smugglers.",
        ),
        # Two things.
        (
            "Orla will build a boat register for tax collectors.",
            "The parties in Orla agreed on a patrol plan concerning smugglers.",
        ),
    ],
)
def test_one_purpose_or_two_things_are_no_difference(first: str, second: str):
    assert counterparts(first, second) == []


def test_a_paper_still_to_be_signed_is_not_set_against_a_signed_one():
    assert (
        counterparts(
            "Orla and Tarrant hope to sign a treaty on fishing rights in May.",
            "Orla and Tarrant signed a letter of intent on fishing rights.",
        )
        == []
    )
