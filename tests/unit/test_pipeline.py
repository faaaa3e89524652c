"""The road from texts to findings as a whole: order, stages, names."""

from __future__ import annotations

import pytest

from apps.articles.text.roles import SECTION_HEADING
from apps.articles.text.spans import Span
from apps.articles.text.types import PublishedDate, Role, SegmentDraft
from apps.claims.analysis.naming import name_finding, plain_name, shorten
from apps.claims.analysis.pipeline import (
    compare_articles,
    get_headline,
    has_story_text,
    in_order_of_publication,
    name_story,
)
from apps.claims.analysis.types import (
    ArticleDraft,
    ClaimDraft,
    FindingDraft,
    Highlight,
    Outcome,
    Severity,
    StoryDraft,
)


def article(id: str, published: str | None = None, *, title: str = "", outlet: str = ""):
    text = "The ferry sank."
    return ArticleDraft(
        id=id,
        outlet=outlet or f"Outlet {id}",
        title=title,
        url="",
        text=text,
        published=PublishedDate(published, "stated") if published else None,
        segments=(SegmentDraft(Span(0, len(text)), Role.BODY, "reads like the story"),),
        sentences=(),
        claims=(
            ClaimDraft(
                id=f"{id}.c1",
                article=id,
                sentence=0,
                span=Span(0, len(text)),
                text=text,
                role=Role.BODY,
            ),
        ),
    )


def finding(*, articles=("a", "b"), compared=("40", "60"), missing=()) -> FindingDraft:
    return FindingDraft(
        kind="number_conflict",
        outcome=Outcome.CONFLICT,
        severity=Severity.HIGH,
        claims=tuple(f"{a}.c1" for a in articles),
        explanation="One says 40, the other 60.",
        rule="40 is not 60",
        highlights=tuple(Highlight(a, Span(0, 3)) for a in articles),
        compared=compared,
        missing_in=missing,
    )


STORY = StoryDraft("st1", "", tuple(article(id) for id in ("a", "b", "c")))


# --- order and names -------------------------------------------------------------------------


def test_articles_come_in_the_order_of_the_moments_they_were_published():
    early = article("z", "2031-05-04T23:30:00+05:00")
    late = article("a", "2031-05-04T20:00:00+00:00")

    assert in_order_of_publication([late, early]) == [early, late]


def test_an_article_without_a_date_comes_last_and_ties_are_broken_by_id():
    articles = [article("c"), article("b", "2031-05-04"), article("a", "2031-05-04")]

    assert [a.id for a in in_order_of_publication(articles)] == ["a", "b", "c"]


def test_a_story_is_named_after_the_article_that_came_first_and_has_a_headline():
    articles = [
        article("a", "2031-05-05", title="Later"),
        article("b", "2031-05-04"),
        article("c", "2031-05-04T10:00:00", title="First"),
    ]

    assert name_story(articles) == "First"
    assert name_story([]) == ""


def test_the_headline_is_the_title_of_an_article_that_states_none():
    text = "Ferry sinks\n\nIt sank at dawn."
    headline = SegmentDraft(Span(0, 11), Role.HEADLINE, "first line")
    body = SegmentDraft(Span(13, 29), Role.BODY, "sentences")

    assert get_headline(text, [headline, body]) == "Ferry sinks"
    assert get_headline(text, [body]) == "It sank at dawn."
    assert get_headline(text, []) == ""


def test_a_page_of_captions_and_furniture_has_no_story_text():
    def labelled(role: Role) -> list[SegmentDraft]:
        return [SegmentDraft(Span(0, 5), role, "")]

    assert has_story_text(labelled(Role.BODY))
    assert not has_story_text(labelled(Role.CAPTION) + labelled(Role.BOILERPLATE))


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("two\n lines", "two lines"),
        ("exactly ten", "exactly…"),
        ("unbreakable", "unbreakab…"),
        ("ten chars.", "ten chars."),
    ],
)
def test_a_long_line_is_cut_at_a_word(words, line):
    assert shorten(words, length=10) == line


# --- keys ------------------------------------------------------------------------------------


def test_a_finding_keeps_its_key_when_its_sides_change_places():
    there = name_finding(STORY, finding())
    back = name_finding(STORY, finding(articles=("b", "a"), compared=("60", "40")))

    assert there == back


@pytest.mark.parametrize(
    "other",
    [
        finding(compared=("40", "61")),
        finding(articles=("a", "c")),
        finding(missing=("c",)),
    ],
)
def test_other_words_or_other_outlets_are_another_finding(other):
    assert name_finding(STORY, other) != name_finding(STORY, finding())


def test_a_finding_keeps_its_key_when_an_outlet_is_renamed():
    outlets = {"a": "north-post", "b": "south-mail"}
    renamed = StoryDraft("st1", "", (article("a", outlet="The New North Post"), article("b")))

    assert name_finding(STORY, finding(), outlets=outlets) == name_finding(
        renamed, finding(), outlets=outlets
    )
    assert name_finding(STORY, finding()) != name_finding(renamed, finding())


def test_the_plain_name_of_an_outlet_is_its_slug():
    assert plain_name("The Coast Brief, Ltd.") == "the-coast-brief-ltd"


# --- stages ----------------------------------------------------------------------------------


def test_extraction_alone_makes_no_stories():
    comparison = compare_articles([article("a")], stage="extract")

    assert (len(comparison.articles), comparison.stories, comparison.findings) == (1, (), {})


def test_one_story_takes_all_articles_together_and_alignment_finds_nothing_yet():
    comparison = compare_articles([article("a"), article("b")], stage="align", one_story=True)

    (story,) = comparison.stories
    assert [a.id for a in story.articles] == ["a", "b"]
    assert comparison.findings == {}


def test_every_claim_stands_in_exactly_one_row():
    (story,) = compare_articles([article("a"), article("b")], one_story=True).stories

    ids = [claim.id for cluster in story.clusters for claim in cluster.claims]
    assert sorted(ids) == ["a.c1", "b.c1"]
    assert len({cluster.key for cluster in story.clusters}) == len(story.clusters)


def test_nothing_gives_nothing():
    assert compare_articles([], one_story=True).stories == ()


def test_an_unknown_stage_is_refused():
    with pytest.raises(ValueError, match="extract, align, findings"):
        compare_articles([], stage="guess")


def test_a_heading_between_paragraphs_is_no_title():
    text = "It sank at dawn.\n\nThe rescue"
    body = SegmentDraft(Span(0, 16), Role.BODY, "sentences")
    heading = SegmentDraft(Span(18, 28), Role.HEADLINE, SECTION_HEADING)

    assert get_headline(text, [body, heading]) == "It sank at dawn."
