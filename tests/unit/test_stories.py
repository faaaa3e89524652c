"""Which invented articles make one story."""

from __future__ import annotations

from itertools import permutations

import pytest

from apps.claims.analysis.sketches import ArticleSketch, sketch_article
from apps.claims.analysis.stories import JOIN_AT, days_odds, gather_stories, story_match
from tests.unit.claim_builder import build_article

FERRY = [
    build_article(
        "ferry-north",
        [
            "14/M passenger/N drown/V when the ferry/N Lysander/P capsize/V off Port/P Elm/P",
            "Captain/N Rosalind/P Quayle/P blame/V the ballast/N pump/N",
            "The Elm/P Strait/P harbor/N office/N suspend/V night/N crossing/N",
        ],
        published="2031-05-05",
    ),
    build_article(
        "ferry-south",
        [
            "The ferry/N Lysander/P sink/V off Port/P Elm/P with 60/M passenger/N aboard",
            "Rosalind/P Quayle/P be captain/N of the ferry/N since spring/N",
            "Night/N crossing/N of Elm/P Strait/P be halt/V by the harbor/N office/N",
        ],
        published="2031-05-06",
    ),
]
OTHER_FERRY = build_article(
    "other-ferry",
    [
        "9/M passenger/N drown/V when the ferry/N Amaranth/P capsize/V off Cape/P Dorrit/P",
        "Captain/N Milo/P Venn/P blame/V the weather/N",
        "The Dorrit/P Bay/P coast/N guard/N end/V the search/N",
    ],
    published="2030-04-11",
)
BUDGET = build_article(
    "budget",
    [
        "The council/N of Brackwater/P adopt/V a budget/N of 40/M million/N",
        "Mayor/N Odile/P Trask/P praise/V the library/N",
    ],
    published="2031-05-05",
)


def test_reports_of_one_event_are_one_story_and_unrelated_ones_are_not():
    assert gather_stories([*FERRY, BUDGET]) == [("ferry-north", "ferry-south"), ("budget",)]


def test_an_accident_of_the_same_kind_a_year_earlier_is_another_story():
    found = gather_stories([*FERRY, OTHER_FERRY])

    assert found == [("other-ferry",), ("ferry-north", "ferry-south")]


def test_the_order_articles_come_in_does_not_matter():
    found = {
        frozenset(gather_stories(order)) for order in permutations([*FERRY, OTHER_FERRY, BUDGET])
    }

    assert len(found) == 1


def test_a_new_article_joins_the_story_it_belongs_to_and_says_why():
    score, reasons = story_match(FERRY[1], [FERRY[0]])

    assert score >= JOIN_AT
    assert any("Quayle" in reason.text for reason in reasons)
    assert reasons[-1].text == "published within a day of another article"


@pytest.mark.parametrize("other", [OTHER_FERRY, BUDGET])
def test_a_new_article_stays_out_of_a_story_it_does_not_belong_to(other):
    score, _ = story_match(other, FERRY)

    assert score < JOIN_AT


def test_nothing_belongs_to_an_empty_story():
    assert story_match(BUDGET, []) == (0.0, ())


def test_a_sketch_survives_storage_and_stays_small():
    sketch = sketch_article(FERRY[0])

    assert ArticleSketch.from_json(sketch.as_json()) == sketch
    assert story_match(sketch, [sketch_article(FERRY[1])]) == story_match(*[FERRY[0], [FERRY[1]]])
    assert len(str(sketch.as_json())) < 20_000


@pytest.mark.parametrize(
    ("a", "b", "odds"),
    [
        ("2031-05-05", "2031-05-06", 2.0),
        ("2031-05-05", "2031-05-11", 0.0),
        ("2031-05-05", "", -0.5),
    ],
)
def test_days_between_publications_speak_for_or_against_one_story(a: str, b: str, odds: float):
    assert days_odds(a, b) == odds


def test_a_year_between_publications_speaks_against_one_story():
    assert days_odds("2030-05-05", "2031-05-05") < -2.0


def test_no_articles_make_no_stories():
    assert gather_stories([]) == []
