"""Earlier events told beside the news: where they begin, where they end, and rows without them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apps.articles.text.spans import Span
from apps.claims.analysis.align import align_claims
from apps.claims.analysis.background import ALONE, SURE, Episode, find_episodes
from apps.claims.analysis.detectors import number_conflict
from apps.claims.analysis.types import ArticleDraft, DateDraft
from tests.unit.builders import article, day, in_words, number, said, story
from tests.unit.claim_builder import build_article
from tests.unit.detectors.reported import reported


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
    told = dated(
        one_paragraph(build_article("north", OLD_WRECK, published="2031-05-05")), 0, "2019", "2019"
    )

    assert find_episodes(told) == {at: Episode(SURE, "2019") for at in range(3)}


def test_the_present_tense_ends_the_passage():
    built = build_article("north", [*OLD_WRECK[:1], NOW, OLD_WRECK[1]], published="2031-05-05")

    assert find_episodes(dated(one_paragraph(built), 0, "2019", "2019")) == {
        0: Episode(ALONE, "2019")
    }


def test_a_new_paragraph_ends_the_passage():
    built = build_article("north", OLD_WRECK, published="2031-05-05")

    assert find_episodes(dated(built, 0, "2019", "2019")) == {0: Episode(ALONE, "2019")}


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


RECALLED = said("In 2015 the ferry Alda sank off Norvik.", day("2015", "2015"))
TOLL = said("Forty passengers died.", number("Forty", 40, counted="passengers", unit="people"))
NEWS = said("Twelve passengers died.", number("Twelve", 12, counted="passengers", unit="people"))


def conflicts(north: ArticleDraft, toll: int) -> list[str]:
    built = story(north, article("south", NEWS), rows=[[("north", toll), ("south", 0)]])
    return [finding.kind for finding in reported(number_conflict.DETECTOR, built)]


def test_what_an_affair_of_the_past_counts_is_not_held_against_the_news():
    recalling = in_words(one_paragraph(article("north", RECALLED, TOLL)))

    assert conflicts(recalling, 1) == []
    assert conflicts(article("north", TOLL), 0) == ["number_conflict"]


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("The ferry has sailed since 2015.", "2015", "2015"),
        ("An inspection in March 2024 found rust.", "March 2024", "2024-03"),
        ("The captain, the owner and the line were named in a case of 2015.", "2015", "2015"),
    ],
)
def test_a_span_a_recent_month_and_a_year_in_passing_open_no_affair(text, words, iso):
    assert find_episodes(in_words(article("north", said(text, day(words, iso))))) == {}
