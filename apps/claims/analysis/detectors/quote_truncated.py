"""A quotation is cut: the words that are left agree, others are gone."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.phrasing import mark, quote_span, quoted
from apps.claims.analysis.quote_comparison import compare_quotes
from apps.claims.analysis.quotes import QuoteMatch, QuoteRelation
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import Detector, FindingDraft, Outcome, Severity, StoryDraft
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, words_span

SLUG = "quote_truncated"
# A cut of a greeting or a connective changes nothing.
_TRIVIAL = 2


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    for pair in compare_quotes(index):
        match = pair.match
        if match.relation is not QuoteRelation.CUT or index.same_outlet(
            match.a.article, match.b.article
        ):
            continue
        if pair.speakers_differ:
            continue
        yield _describe(index, match)


def _describe(index: StoryIndex, match: QuoteMatch) -> FindingDraft:
    long, short = (
        (match.a, match.b) if len(match.a.tokens) >= len(match.b.tokens) else (match.b, match.a)
    )
    runs = _runs(long.tokens, match.missing)
    weighty = any(token.key in word_set("reservations") for token in match.missing)
    content = [token for token in match.missing if token.content]
    words = " … ".join(long_words(index, long.article, run) for run in runs)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE,
        severity=Severity.MEDIUM if weighty and len(content) >= _TRIVIAL else Severity.LOW,
        claims=(long.claim.id, short.claim.id),
        explanation=(
            f"{index.outlet(short.article)} quotes {quote_span(index, short.article, short.span)} and leaves out "
            f"{quoted(words)}, which {index.outlet(long.article)} has."
        ),
        rule=f"The shorter quotation is part of the longer, word for word; {len(match.missing)} words are left out.",
        highlights=(
            *(mark(long.article, words_span(run)) for run in runs),
            mark(short.article, short.span),
        ),
        confidence=0.9,
        changes_if="if the words left out were spoken on another occasion",
        compared=(
            long.span.of(index.articles[long.article].text),
            short.span.of(index.articles[short.article].text),
        ),
    )


def long_words(index: StoryIndex, article_id: str, run: tuple[Token, ...]) -> str:
    return words_span(run).of(index.articles[article_id].text)


def _runs(tokens: tuple[Token, ...], missing: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """Return the missing words as stretches that stand together in the longer quotation."""
    gone = {token.start for token in missing}
    runs: list[list[Token]] = []
    open_run = False
    for token in tokens:
        if token.start in gone:
            if not open_run:
                runs.append([])
            runs[-1].append(token)
        open_run = token.start in gone
    return [tuple(run) for run in runs]


DETECTOR = Detector(
    SLUG,
    "Quotation cut",
    "One outlet prints fewer of the words that were said; those it prints agree.",
    find_in_story=find_in_story,
)
