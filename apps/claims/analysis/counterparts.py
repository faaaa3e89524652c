"""Claims of two articles that may answer one question, whatever rows they stand in.

A row is one answer to "what belongs together"; a difference between two reports is often
what keeps their claims out of one row. Detectors therefore look at pairs: those the
alignment thought possible, those that share a row, and those whose sentences are a copy
of one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from apps.claims.analysis.early_pairs import early_pairs
from apps.claims.analysis.story_index import CopyPair, StoryIndex
from apps.claims.analysis.types import ClaimDraft

# What a pair that only shares a row, or only a copied sentence, is taken for.
_ROW_RATE = 0.6
_COPY_RATE = 0.6


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Two claims of different articles; *a* is of the earlier article.

    *rate* is how often such a pair answers one question, 0 to 1. *in_row* says that both
    stand in one row, *copy* is the copied sentence both are in (its *a* is that of the
    claim *a*), None when neither was copied.
    """

    a: ClaimDraft
    b: ClaimDraft
    rate: float
    in_row: bool
    copy: CopyPair | None = None


def find_counterparts(index: StoryIndex) -> list[Counterpart]:
    """Return the possible counterparts of a story, likeliest first; worked out once."""
    known = index.memo.get("counterparts")
    if known is None:
        known = _find(index)
        index.memo["counterparts"] = known
    return cast("list[Counterpart]", known)


def _find(index: StoryIndex) -> list[Counterpart]:
    rates: dict[tuple[str, str], float] = {}
    for pair in index.story.counterparts:
        _keep(index, rates, pair.a, pair.b, pair.rate)
    for cluster in index.story.clusters:
        for a, b in early_pairs([claim.id for claim in cluster.claims]):
            _keep(index, rates, a, b, _ROW_RATE)
    copies: dict[tuple[str, str], CopyPair] = {}
    for copy in index.copies:
        pairs = list(_copied_claims(index, copy))
        for a, b in pairs:
            copies.setdefault((a, b), copy)
            _keep(index, rates, a, b, _COPY_RATE)
    found = []
    for (a, b), rate in rates.items():
        row = index.row_of(index.claims[a])
        found.append(
            Counterpart(
                index.claims[a],
                index.claims[b],
                rate,
                row is not None and row is index.row_of(index.claims[b]),
                copies.get((a, b)),
            )
        )
    return sorted(found, key=lambda pair: (-pair.rate, pair.a.id, pair.b.id))


def _keep(
    index: StoryIndex, rates: dict[tuple[str, str], float], a: str, b: str, rate: float
) -> None:
    """Note a pair of claims of different articles, the earlier article's first."""
    if a not in index.claims or b not in index.claims:
        return
    first, second = index.claims[a], index.claims[b]
    if first.article == second.article:
        return
    key = (a, b) if index.rank[first.article] < index.rank[second.article] else (b, a)
    rates[key] = max(rates.get(key, 0.0), rate)


def _copied_claims(index: StoryIndex, copy: CopyPair) -> Iterable[tuple[str, str]]:
    """Yield the whole sentences of a copied pair, and their parts that share most words."""
    ours, theirs = index.claims_in(copy.a), index.claims_in(copy.b)
    for a in ours:
        words = {token.key for token in index.tokens(a)}
        best: tuple[float, str] | None = None
        for b in theirs:
            others = {token.key for token in index.tokens(b)}
            share = len(words & others) / max(1, len(words | others))
            if share > 0 and (best is None or share > best[0]):
                best = (share, b.id)
        if best is not None:
            yield a.id, best[1]
