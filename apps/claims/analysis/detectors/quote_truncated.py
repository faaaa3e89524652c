"""A quotation is cut: the words that are left agree, others are gone."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.phrasing import count_of, mark, outlets, quote_span, quoted, verb
from apps.claims.analysis.quote_comparison import by_reading, telling_pairs
from apps.claims.analysis.quotes import Quotation, QuoteMatch, QuoteRelation
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import Detector, FindingDraft, Outcome, Severity, StoryDraft
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_phrase, words_span

SLUG = "quote_truncated"
# A cut of a greeting or a connective changes nothing.
_TRIVIAL = 2
# "for now": as few words as these, with a limit among them, are cut for a reason.
_SHORT_CUT = 3


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    cut = [
        pair
        for pair in telling_pairs(index)
        if pair.match.relation is QuoteRelation.CUT and not pair.speakers_differ
    ]
    for pairs in by_reading(cut):
        yield _describe(index, [pair.match for pair in pairs])


def _describe(index: StoryIndex, matches: list[QuoteMatch]) -> FindingDraft:
    match, others = matches[0], [other.b for other in matches]
    longer = len(match.a.tokens) >= len(match.b.tokens)
    long, short = (match.a, match.b) if longer else (match.b, match.a)
    cutting = [other.article for other in others] if longer else [short.article]
    having = [long.article] if longer else [other.article for other in others]
    runs = _runs(long.tokens, match.missing)
    keys = [token.key for token in match.missing]
    weighty = find_phrase(keys, word_set("reservations")) is not None
    limited = (
        len(keys) <= _SHORT_CUT and find_phrase(keys, word_set("reservations", "limit")) is not None
    )
    content = [token for token in match.missing if token.content]
    words = " … ".join(long_words(index, long.article, run) for run in runs)
    inside = _cut_inside(long, short, runs) and not short.elided
    sides = (match.a, *others) if longer else (*others, match.a)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE,
        severity=(
            Severity.MEDIUM
            if inside or limited or (weighty and len(content) >= _TRIVIAL)
            else Severity.LOW
        ),
        claims=tuple(dict.fromkeys(side.claim.id for side in sides)),
        explanation=(
            f"{outlets(index, cutting)} {verb(cutting, 'quotes', 'quote')} "
            f"{quote_span(index, short.article, short.span)} and {verb(cutting, 'leaves', 'leave')} out "
            f"{quoted(words)}, which {outlets(index, having)} {verb(having, 'has', 'have')}."
        ),
        rule=(
            "The shorter quotation is part of the longer, word for word; "
            f"{count_of(len(match.missing), 'word')} {'is' if len(match.missing) == 1 else 'are'} left out"
            f"{' in the middle, and no ellipsis shows it' if inside else ''}."
        ),
        highlights=(
            *(mark(long.article, words_span(run)) for run in runs),
            *(mark(side.article, side.span) for side in sides if side.article in cutting),
        ),
        confidence=0.9,
        changes_if="if the words left out were spoken on another occasion",
        compared=(
            long.span.of(index.articles[long.article].text),
            short.span.of(index.articles[short.article].text),
        ),
    )


def _cut_inside(long: Quotation, short: Quotation, runs: list[tuple[Token, ...]]) -> bool:
    """Whether words are gone from the middle of a sentence."""
    first, last = long.tokens[0].start, long.tokens[-1].start
    return any(
        run[0].start > first and run[-1].start < last and not run[0].text[:1].isupper()
        for run in runs
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
