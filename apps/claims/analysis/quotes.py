"""Words between quotation marks, found in the text and compared token by token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from apps.articles.text.spans import Span
from apps.articles.text.types import STORY_ROLES
from apps.claims.analysis.sources import is_told
from apps.claims.analysis.story_index import StoryIndex
from apps.claims.analysis.types import ClaimDraft
from apps.claims.analysis.wording import Token, find_tokens

# Curly pairs may be left open at the end of a paragraph (the speech goes on in the next);
# straight marks may not, or one stray mark would swallow the rest of the text.
_CURLY = re.compile(r"“([^“”\n]+)(?:”|(?=\n)|$)")
_STRAIGHT = re.compile(r'(?<![\w"])"([^"\n]+)"')
_ELLIPSIS = re.compile(r"\.\s?\.\s?\.|…|\[\s*(?:…|\.\.\.)\s*\]")
# Shared words that can carry an identification; "we will" alone cannot.
_ENOUGH_CONTENT = 3
_ENOUGH_WORDS = 4


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
    found: list[Span] = []
    for segment in article.segments:
        if segment.role not in STORY_ROLES:
            continue
        for pattern in (_CURLY, _STRAIGHT):
            for match in pattern.finditer(article.text, segment.span.start, segment.span.end):
                found.append(Span(match.start(1), match.end(1)))
    for span in sorted(set(found)):
        tokens = tuple(find_tokens(article.text, span.start, span.end))
        claim = index.claim_at(article_id, span)
        if not tokens or claim is None:
            continue
        elided = bool(_ELLIPSIS.search(span.of(article.text)))
        yield Quotation(article_id, span, tokens, _speaker(index, article_id, span), claim, elided)


def _speaker(index: StoryIndex, article_id: str, span: Span) -> str:
    """Return the resolved source of the tightest attribution whose content holds *span*."""
    best: tuple[int, str] | None = None
    for claim in index.claims_of[article_id]:
        attribution = claim.attribution
        if not is_told(attribution) or not attribution.source:
            continue
        for content in attribution.content_spans or (claim.span,):
            if content.overlap(span) * 2 > len(span):
                key = (len(content), attribution.source_resolved or attribution.source)
                if best is None or key < best:
                    best = key
    if best is None:
        # Words quoted inside a statement: "called the posts “paper tigers”".
        for claim in index.claims_of[article_id]:
            attribution = claim.attribution
            if attribution.source and claim.span.contains(span) and is_told(attribution):
                key = (len(claim.span), attribution.source_resolved or attribution.source)
                if best is None or key < best:
                    best = key
    return best[1] if best else ""


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

    *trusted* lowers what is asked: the two stand in one row of the comparison.
    """
    if len({t.stem for t in a.tokens if t.content} & {t.stem for t in b.tokens if t.content}) < 2:
        return None
    pairs = _common_words(a.keys, b.keys)
    shared = [a.tokens[i] for i, _ in pairs]
    content = sum(token.content for token in shared)
    shorter = min(len(a.tokens), len(b.tokens))
    whole = len(shared) == shorter
    longer = max(len(a.tokens), len(b.tokens))
    enough = (
        content >= _ENOUGH_CONTENT and len(shared) >= _ENOUGH_WORDS and len(shared) >= 0.6 * shorter
    )
    enough = enough or (
        content >= 2 and len(shared) > _ENOUGH_WORDS and len(shared) >= 0.75 * longer
    )
    if not enough and not (trusted and content >= 2 and len(shared) >= 0.6 * shorter):
        # Two or three words quoted whole ("phantom menace") identify a speech only
        # when the other quotation is hardly longer.
        run = whole and all(y == (x[0] + 1, x[1] + 1) for x, y in pairwise(pairs))
        if not (
            content >= 2
            and ((whole and longer <= shorter + 3) or (run and shorter >= 2 * _ENOUGH_CONTENT))
        ):
            return None
    if len(shared) == len(a.tokens) == len(b.tokens):
        return QuoteMatch(QuoteRelation.SAME, a, b)
    long, short = (a, b) if len(a.tokens) >= len(b.tokens) else (b, a)
    at = [(i if long is a else j) for i, j in pairs]
    if len(shared) == len(short.tokens):
        gaps = sum(1 for x, y in pairwise(at) if y != x + 1)
        at_sentence_ends = gaps and _gaps_are_sentences(long, at)
        if not gaps or short.elided or at_sentence_ends:
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
        if len(shared) < 0.75 * shorter:
            return None
    if (a.elided or b.elided) and not (missing and added):
        return None
    return QuoteMatch(QuoteRelation.ALTERED, a, b, missing, added)


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
