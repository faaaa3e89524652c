"""Which claims people's decisions speak of: they are kept by words, claims are rebuilt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apps.claims.analysis.keys import plain_words
from apps.claims.analysis.types import Decision
from apps.claims.analysis.units import Unit

# For each article that decisions name: its claims, as places among the units, and their words.
_Texts = Mapping[str, Sequence[tuple[int, str]]]


def decided_claims(units: Sequence[Unit], decisions: Sequence[Decision]) -> set[int]:
    """Return the units people decided about by their exact words."""
    wanted: set[int] = set()
    texts = _decidable(units, decisions)
    for decision in decisions:
        for article, quote in (
            (decision.a_article, decision.a_quote),
            (decision.b_article, decision.b_quote),
        ):
            index = _find_decided(texts, article, quote)
            if index is not None and plain_words(units[index].claim.text) == plain_words(quote):
                wanted.add(index)
    return wanted


def constraints(
    units: Sequence[Unit], decisions: Sequence[Decision]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]], set[tuple[int, int]]]:
    """Return must-link and cannot-link pairs of *units*, and the must-links that somebody
    judged; a later decision replaces an earlier."""
    last: dict[tuple[int, int], Decision] = {}
    texts = _decidable(units, decisions)
    for decision in decisions:
        a = _find_decided(texts, decision.a_article, decision.a_quote)
        b = _find_decided(texts, decision.b_article, decision.b_quote)
        if a is not None and b is not None and a != b:
            last[min(a, b), max(a, b)] = decision
    must = sorted(pair for pair, decision in last.items() if decision.accept)
    cannot = sorted(pair for pair, decision in last.items() if not decision.accept)
    judged = {pair for pair in must if not last[pair].implied}
    return must, cannot, judged


def _decidable(units: Sequence[Unit], decisions: Sequence[Decision]) -> _Texts:
    """Return the units of the articles people decided about, by article, with their words."""
    named = {name for decision in decisions for name in (decision.a_article, decision.b_article)}
    texts: dict[str, list[tuple[int, str]]] = {name: [] for name in named}
    for index, unit in enumerate(units):
        if unit.claim.article in named:
            texts[unit.claim.article].append((index, plain_words(unit.claim.text)))
    return texts


def _find_decided(texts: _Texts, article: str, quote: str) -> int | None:
    """Return the unit a decision speaks of: the same words, else the one that shares most."""
    words = plain_words(quote)
    best: tuple[float, int] | None = None
    for index, text in texts[article]:
        if text == words:
            return index
        if text in words or words in text:
            share = min(len(text), len(words)) / max(len(text), len(words))
            if best is None or share > best[0]:
                best = (share, index)
    return best[1] if best else None
