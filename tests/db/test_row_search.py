"""Searching the claims of one story: in all of them, by words in any form, whole words first."""

from __future__ import annotations

import pytest

from apps.articles.models import Story
from apps.claims.actions import decide_finding, index_article
from apps.claims.comparison import build_comparison, filters_from
from apps.claims.row_search import BEGUN, SAID, find_rows
from tests.db.stories import (
    claim_of,
    count_queries,
    make_article,
    make_finding,
    make_matrix,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

WIRE = ["The labor department fined the mill.", "The laboratory report comes in May.", "It burned."]
MAIL = [
    "The labor department will investigate.",
    "The laboratory has its samples.",
    "It burned down.",
    "Up to 40,000 inmates were deported, Mara Lind said.",
]
TITLES = ("That it was fined", "What a report says", "That it burned", "How many there are")


@pytest.fixture
def mill() -> Story:
    story = make_story()
    wire, mail = make_article(story, "Coast Wire", WIRE), make_article(story, "South Mail", MAIL)
    for position in (1, 0, 2):
        claims = [claim_of(article, position) for article in (wire, mail)]
        make_row(story, claims, TITLES[position])
    make_row(story, [claim_of(mail, 3)], TITLES[3])
    mail.claims.filter(position=3).update(source_resolved="Mara Lind")
    for article in (wire, mail):
        index_article(article=article)
    return story


def _found(story: Story, query: str) -> list[str]:
    return [row.title for row in build_comparison(story, filters_from({"q": query})).rows]


def test_a_search_finds_what_one_outlet_alone_tells_and_says_so(reader, mill):
    html = reader.get(f"{mill.get_absolute_url()}?q=inmates").content.decode()

    assert _found(mill, "inmates") == ["How many there are"]
    assert "1 of them told by one outlet alone" in html


def test_without_a_search_what_one_outlet_alone_tells_is_counted_and_led_to(reader, mill):
    html = reader.get(mill.get_absolute_url()).content.decode()

    assert "1 more that one outlet alone tells" in html
    assert f'href="{mill.get_absolute_url()}?shared=0"' in html
    assert (
        "outlet alone tells"
        not in reader.get(f"{mill.get_absolute_url()}?shared=0").content.decode()
    )


def test_a_word_comes_before_longer_words_that_begin_with_it(mill):
    assert _found(mill, "labor") == ["That it was fined", "What a report says"]


@pytest.mark.parametrize("typed", ["inmate", "deporting", "deporte", "40,000", "40000", "LIND"])
def test_a_word_is_found_in_every_form_half_typed_and_by_who_says_it(mill, typed):
    assert _found(mill, typed) == ["How many there are"]


@pytest.mark.parametrize(
    "typed", ["mates", "zeppelin", '"inmates were fined"', "inmates -deported"]
)
def test_neither_the_end_of_a_word_nor_other_words_are_found(mill, typed):
    assert _found(mill, typed) == []


def test_words_may_stand_in_different_claims_of_a_row_and_in_its_title(mill):
    assert _found(mill, "fined investigate") == ["That it was fined"]
    assert _found(mill, "inmates or burn") == ["That it burned", "How many there are"]
    assert _found(mill, "many inmates") == ["How many there are"]


@pytest.mark.parametrize("typed", ["", "%_\\", "-", "()[*"])
def test_signs_alone_ask_for_nothing(mill, typed):
    assert find_rows(mill, typed) is None


@pytest.mark.parametrize("typed", ["lab(or", "a.b\\m", "labor*", "[labor", "la'bor", '"labor'])
def test_no_sign_breaks_a_search(reader, mill, typed):
    assert reader.get(mill.get_absolute_url(), {"q": typed}).status_code == 200


def test_an_article_that_is_not_indexed_yet_is_searched_too(mill):
    late = make_article(mill, "Night Post", ["The inmates of the labor camp slept."])
    row = make_row(mill, [claim_of(late)], "Who slept")

    assert find_rows(mill, "labor") is not None
    assert (find_rows(mill, "labor") or {})[row.pk] == SAID
    assert (find_rows(mill, "lab") or {})[row.pk] == BEGUN


def test_a_story_with_one_outlet_opens_on_its_claims(reader):
    story = make_story()
    article = make_article(story, "SafeShift Watch", ["Four died.", "Nobody was charged."])
    for position in (0, 1):
        make_row(story, [claim_of(article, position)])

    html = reader.get(story.get_absolute_url()).content.decode()

    assert "All 2 claims" in html
    assert "Clear filters" not in html
    assert "outlet alone tells" not in html


def test_a_story_whose_outlets_share_nothing_says_so_and_leads_to_its_claims(reader):
    story = make_story()
    for outlet in ("Coast Wire", "South Mail"):
        make_row(story, [claim_of(make_article(story, outlet, [f"{outlet} says it."]))])

    html = reader.get(story.get_absolute_url()).content.decode()

    assert "No claim is told by more than one outlet" in html
    assert f'href="{story.get_absolute_url()}?shared=0"' in html
    assert "Clear filters" not in html


def test_filters_that_leave_nothing_can_be_cleared_and_the_view_stays(reader, mill):
    html = reader.get(f"{mill.get_absolute_url()}?q=zeppelin&diff=off").content.decode()

    assert "No claim fits these filters" in html
    assert f'class="button" href="{mill.get_absolute_url()}?diff=off">Clear filters' in html


def test_a_wide_story_is_searched_with_as_many_queries_as_a_narrow_one():
    counts = []
    for story in (make_matrix(2, 3), make_matrix(12, 30)):
        assert find_rows(story, "counted boats")
        counts.append(count_queries(find_rows, story, "counted boats"))

    assert counts == [3, 3]


def _compare(story: Story, *, state: str = "") -> None:
    """Hold the fine, told by the wire in the first row, against the number of inmates."""
    wire, mail = story.articles.order_by("pk")
    group = story.groups.get(title=TITLES[0])
    make_finding(story, group, [claim_of(wire, 0), claim_of(mail, 3)], key="apart")
    if state:
        decide_finding(
            story=story, finding_key="apart", value=state, reason=1, user=make_user("eve")
        )


def test_a_search_brings_the_other_side_of_a_finding_and_says_of_which_row(reader, mill):
    _compare(mill)

    assert _found(mill, "inmates") == [TITLES[3], TITLES[0]]
    assert _found(mill, "fined") == [TITLES[0], TITLES[3]]
    html = reader.get(f"{mill.get_absolute_url()}?q=inmates").content.decode()
    assert f'Other side of <q lang="en" dir="auto">{TITLES[3]}</q>' in html
    assert "Other side of" not in reader.get(f"{mill.get_absolute_url()}?shared=0").content.decode()


def test_nothing_comes_along_for_a_dismissed_finding_or_one_that_is_not_asked_for(mill):
    _compare(mill, state="dismiss")
    assert _found(mill, "inmates") == [TITLES[3]]

    wire, mail = mill.articles.order_by("pk")
    row = mill.groups.get(title=TITLES[2])
    make_finding(mill, row, [claim_of(wire, 2), claim_of(mail, 3)], key="low", severity="low")
    assert _found(mill, "inmates") == [TITLES[3], TITLES[2]]
    found = build_comparison(mill, filters_from({"q": "burned", "severity": "high"})).rows
    assert [row.title for row in found] == []


def test_other_sides_cost_one_query_for_their_words(mill):
    def search() -> None:
        build_comparison(mill, filters_from({"q": "inmates"}))

    search()
    alone = count_queries(search)
    _compare(mill)
    search()

    assert count_queries(search) <= alone + 1


def test_what_a_finding_quotes_from_no_row_finds_the_row_it_is_set_against(mill):
    wire, mail = mill.articles.order_by("pk")
    row = mill.groups.get(position=0)
    lonely = claim_of(mail, 3)
    make_finding(mill, row, [claim_of(wire, 1), lonely], key="inmates", words=["May", "inmates"])
    lonely.alignment.delete()

    assert _found(mill, "inmates") == [row.title]


def test_the_words_of_another_outlet_in_no_row_find_nothing(mill):
    claim_of(mill.articles.order_by("pk").last(), 3).alignment.delete()

    assert _found(mill, "inmates") == []
