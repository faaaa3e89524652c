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
            "somebody else acts",
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
