"""Words between quotation marks, found in the text and compared token by token."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from apps.articles.text.spans import Span, build_finder
from apps.articles.text.types import STORY_ROLES
from apps.claims.analysis.quotations import find_quotations as find_printed
from apps.claims.analysis.sources import is_told
from apps.claims.analysis.story_index import StoryIndex
from apps.claims.analysis.types import ClaimDraft
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_tokens

_ELLIPSIS = re.compile(r"\.\s?\.\s?\.|…|\[\s*(?:…|\.\.\.)\s*\]")
# Shared words that can carry an identification; "we will" alone cannot.
_ENOUGH_CONTENT = 3
_ENOUGH_WORDS = 4
# The fewest words of a sentence that one recognises.
_SENTENCE = 3
# So many words gone in one place are no slip of the pen.
_STRETCH = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words inside quotation marks, marks left out; *speaker* is "" when unknown."""

    article: str
    span: Span
    tokens: tuple[Token, ...]
    speaker: str
    claim: ClaimDraft
    elided: bool = False

    @property
    def keys(self) -> list[str]:
        return [token.key for token in self.tokens]


def find_quotations(index: StoryIndex) -> dict[str, list[Quotation]]:
    """Return the quotations of every article in text order, those outside claims left out."""
    return {article_id: list(_of_article(index, article_id)) for article_id in index.articles}


def _of_article(index: StoryIndex, article_id: str) -> Iterator[Quotation]:
    article = index.articles[article_id]
    readable = [s.span for s in article.segments if s.role in STORY_ROLES]
    near = build_finder(readable, readable)
    found = [
        printed.inner
        for printed in find_printed(article.text)
        if not printed.nested and near(printed.inner)
    ]
    speaker = _build_speakers(index.claims_of[article_id])
    for span in sorted(set(found)):
        tokens = tuple(find_tokens(article.text, span.start, span.end))
        claim = index.claim_at(article_id, span)
        if not tokens or claim is None:
            continue
        elided = bool(_ELLIPSIS.search(span.of(article.text)))
        yield Quotation(article_id, span, tokens, speaker(span), claim, elided)


_Named: TypeAlias = tuple[Span, str]


def _build_speakers(claims: Iterable[ClaimDraft]) -> Callable[[Span], str]:
    """Return a function that names the resolved source of the tightest attribution whose
    content holds most of a span, else of the tightest claim around it; "" for none."""
    contents: list[_Named] = []
    around: list[_Named] = []
    for claim in claims:
        attribution = claim.attribution
        if not attribution.source or not is_told(attribution):
            continue
        name = attribution.source_resolved or attribution.source
        around.append((claim.span, name))
        contents.extend((content, name) for content in attribution.content_spans or (claim.span,))
    contents.sort()
    around.sort()
    near = build_finder(contents, [content for content, _ in contents])
    # Words quoted inside a statement: "called the posts “paper tigers”".
    within = build_finder(around, [span for span, _ in around])

    def find(span: Span) -> str:
        held = [
            (len(content), name)
            for content, name in near(span)
            if content.overlap(span) * 2 > len(span)
        ] or [(len(claim), name) for claim, name in within(span) if claim.contains(span)]
        return min(held)[1] if held else ""

    return find


class QuoteRelation(StrEnum):
    SAME = "same"
    CUT = "cut"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """How two quotations of the same speech relate.

    For CUT, *missing* are the words of the longer one left out of the shorter. For
    ALTERED, *missing* are words of *a* and *added* words of *b* that differ.
    """

    relation: QuoteRelation
    a: Quotation
    b: Quotation
    missing: tuple[Token, ...] = ()
    added: tuple[Token, ...] = ()


def compare_quotations(a: Quotation, b: Quotation, *, trusted: bool = False) -> QuoteMatch | None:
    """Return how *a* and *b* relate, None when they are not the same speech.

    *trusted* lowers what is asked: the two stand in one row of the comparison, or in
    sentences on one matter.
    """
    pairs = _common_words(a.keys, b.keys)
    if not pairs or not _is_one_speech(a, b, pairs, trusted=trusted):
        return None
    shared = [a.tokens[i] for i, _ in pairs]
    shorter = min(len(a.tokens), len(b.tokens))
    if len(shared) == len(a.tokens) == len(b.tokens):
        return QuoteMatch(QuoteRelation.SAME, a, b)
    long, short = (a, b) if len(a.tokens) >= len(b.tokens) else (b, a)
    at = [(i if long is a else j) for i, j in pairs]
    if len(shared) == len(short.tokens):
        gaps = sum(1 for x, y in pairwise(at) if y != x + 1)
        at_sentence_ends = gaps and _gaps_are_sentences(long, at)
        # One long stretch gone and nothing put in its place is a cut, though unmarked.
        one_stretch = gaps == 1 and len(long.tokens) - len(short.tokens) >= _STRETCH
        if not gaps or short.elided or at_sentence_ends or one_stretch:
            kept = set(at)
            missing = tuple(token for i, token in enumerate(long.tokens) if i not in kept)
            return QuoteMatch(QuoteRelation.CUT, a, b, missing=missing)
    in_a, in_b = {i for i, _ in pairs}, {j for _, j in pairs}
    # Words beyond the first and last shared one are a cut, not a change.
    first, last = pairs[0], pairs[-1]
    missing = tuple(t for i, t in enumerate(a.tokens) if i not in in_a and first[0] < i < last[0])
    added = tuple(t for j, t in enumerate(b.tokens) if j not in in_b and first[1] < j < last[1])
    if not missing and not added:
        ends_a = first[0] > 0 and first[1] > 0
        ends_b = last[0] < len(a.tokens) - 1 and last[1] < len(b.tokens) - 1
        if not ends_a and not ends_b:
            return None
        missing = (a.tokens[: first[0]] if ends_a else ()) + (
            a.tokens[last[0] + 1 :] if ends_b else ()
        )
        added = (b.tokens[: first[1]] if ends_a else ()) + (
            b.tokens[last[1] + 1 :] if ends_b else ()
        )
        # Both go on differently after a shared stretch: two speeches with a common phrase
        # unless nearly everything is shared.
        if len(shared) < 0.75 * shorter and not _one_word_changed(a, b):
            return None
    if (a.elided or b.elided) and not (missing and added):
        return None
    return QuoteMatch(QuoteRelation.ALTERED, a, b, missing, added)


def _is_one_speech(
    a: Quotation, b: Quotation, pairs: list[tuple[int, int]], *, trusted: bool
) -> bool:
    """Whether the words shared at *pairs* are enough to say that one speech is quoted."""
    shared = [a.tokens[i] for i, _ in pairs]
    content = sum(token.content for token in shared)
    shorter = min(len(a.tokens), len(b.tokens))
    longer = max(len(a.tokens), len(b.tokens))
    whole = len(shared) == shorter
    run = whole and all(y == (x[0] + 1, x[1] + 1) for x, y in pairwise(pairs))
    if run and (shorter >= 2 * _ENOUGH_CONTENT or _is_sentence_of(a, b, pairs)):
        return True
    if trusted and _one_word_changed(a, b):
        return True
    if trusted and len(shared) >= _ENOUGH_WORDS and len(shared) >= 0.75 * shorter:
        return True
    if content < 2:
        return False
    if len(shared) >= _ENOUGH_WORDS and content >= _ENOUGH_CONTENT and len(shared) >= 0.6 * shorter:
        return True
    if len(shared) > _ENOUGH_WORDS and len(shared) >= 0.75 * longer:
        return True
    if trusted and len(shared) >= 0.6 * shorter:
        return True
    # Two or three words quoted whole ("phantom menace") identify a speech only when the
    # other quotation is hardly longer.
    return whole and longer <= shorter + 3


def _is_sentence_of(a: Quotation, b: Quotation, pairs: list[tuple[int, int]]) -> bool:
    """Whether the shorter quotation is one whole sentence of the longer."""
    long, short = (a, b) if len(a.tokens) >= len(b.tokens) else (b, a)
    at = [i if long is a else j for i, j in pairs]
    ends = at[-1] + 1 == len(long.tokens) or _starts_sentence(long, at[-1] + 1)
    return (
        len(short.tokens) >= _SENTENCE
        and short.tokens[0].text[:1].isupper()
        and " ".join(short.keys) not in word_set("stock_answers")
        and _starts_sentence(long, at[0])
        and ends
    )


def _one_word_changed(a: Quotation, b: Quotation) -> bool:
    """Whether both are a few words with one noun and one other word before it."""
    if len(a.tokens) != len(b.tokens) or not 2 <= len(a.tokens) <= _ENOUGH_WORDS:
        return False
    differ = [(x, y) for x, y in zip(a.tokens, b.tokens, strict=True) if x.key != y.key]
    same_end = a.tokens[-1].key == b.tokens[-1].key and a.tokens[-1].content
    return len(differ) == 1 and same_end and differ[0][0].content and differ[0][1].content


def _gaps_are_sentences(long: Quotation, at: Sequence[int]) -> bool:
    """Whether only whole sentences were left out between the words at *at*."""
    return (
        False
        if not at
        else all(
            y == x + 1 or (_starts_sentence(long, x + 1) and _starts_sentence(long, y))
            for x, y in pairwise(at)
        )
    )


def _starts_sentence(quotation: Quotation, i: int) -> bool:
    token = quotation.tokens[i]
    return i == 0 or (token.text[:1].isupper() and token.start - quotation.tokens[i - 1].end >= 2)


def _common_words(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Return a longest common subsequence as index pairs, runs preferred."""
    rows, columns = len(a), len(b)
    for i in range(rows - columns + 1):
        if list(a[i : i + columns]) == list(b):
            return [(i + j, j) for j in range(columns)]
    for j in range(columns - rows + 1):
        if list(b[j : j + rows]) == list(a):
            return [(i, j + i) for i in range(rows)]
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            best[i][j] = (
                best[i + 1][j + 1] + 1 if a[i] == b[j] else max(best[i + 1][j], best[i][j + 1])
            )
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        if a[i] == b[j] and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
