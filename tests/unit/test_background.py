"""Earlier events told beside the news: where they begin, where they end, and rows without them."""

from __future__ import annotations

from dataclasses import replace

from apps.articles.text.spans import Span
from apps.claims.analysis.align import align_claims
from apps.claims.analysis.background import ALONE, SURE, find_episodes
from apps.claims.analysis.types import ArticleDraft, DateDraft
from tests.unit.claim_builder import build_article


def one_paragraph(article: ArticleDraft) -> ArticleDraft:
    return replace(
        article,
        sentences=tuple(
            replace(facts, sentence=replace(facts.sentence, segment=0))
            for facts in article.sentences
        ),
    )


def dated(article: ArticleDraft, sentence: int, text: str, iso: str) -> ArticleDraft:
    start = article.text.index(text, article.sentences[sentence].sentence.span.start)
    day = DateDraft(Span(start, start + len(text)), text, iso)
    return replace(
        article,
        sentences=tuple(
            replace(facts, dates=(day,)) if number == sentence else facts
            for number, facts in enumerate(article.sentences)
        ),
        claims=tuple(
            replace(claim, dates=(day,)) if claim.sentence == sentence else claim
            for claim in article.claims
        ),
    )


OLD_WRECK = [
    "In 2019 the tug/N Merle/P sank/V off Port/P Elm/P",
    "11/M sailor/N drowned/V in the wreck/N",
    "The owner/N paid/V 40/M widow/N",
]
NOW = "A wreck/N is/V blocking/V the harbor/N"


def test_a_passage_that_opens_with_an_old_year_runs_on_over_its_paragraph():
    article = dated(
        one_paragraph(build_article("north", OLD_WRECK, published="2031-05-05")), 0, "2019", "2019"
    )

    assert find_episodes(article) == {0: SURE, 1: SURE, 2: SURE}


def test_the_present_tense_ends_the_passage():
    built = build_article("north", [*OLD_WRECK[:1], NOW, OLD_WRECK[1]], published="2031-05-05")

    assert find_episodes(dated(one_paragraph(built), 0, "2019", "2019")) == {0: ALONE}


def test_a_new_paragraph_ends_the_passage():
    built = build_article("north", OLD_WRECK, published="2031-05-05")

    assert find_episodes(dated(built, 0, "2019", "2019")) == {0: ALONE}


def test_a_year_of_the_same_affair_opens_nothing():
    recent = build_article(
        "north", [OLD_WRECK[0].replace("2019", "2031"), *OLD_WRECK[1:]], published="2031-05-05"
    )

    assert find_episodes(dated(one_paragraph(recent), 0, "2031", "2031")) == {}


def test_without_a_day_of_publication_nothing_is_called_earlier():
    built = one_paragraph(build_article("north", OLD_WRECK))

    assert find_episodes(dated(built, 0, "2019", "2019")) == {}


def test_an_earlier_event_is_in_no_row_with_the_news_however_alike():
    past = dated(
        one_paragraph(build_article("north", OLD_WRECK, published="2031-05-05")), 0, "2019", "2019"
    )
    news = build_article(
        "south", ["14/M sailor/N drowned/V in the wreck/N"], published="2031-05-05"
    )
    same = build_article(
        "north", ["14/M sailor/N drowned/V in the wreck/N", *OLD_WRECK[2:]], published="2031-05-05"
    )

    assert all(
        len({claim.article for claim in row.claims}) == 1 for row in align_claims([past, news])
    )
    assert any(len(row.claims) == 2 for row in align_claims([same, news]))
