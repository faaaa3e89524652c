"""Which claims are copies of one another, and how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from apps.articles.text.spans import Span
from apps.articles.text.types import ReuseLink
from apps.claims.analysis.units import Unit


def find_copies(units: Sequence[Unit], reuse: Sequence[ReuseLink]) -> dict[tuple[int, int], float]:
    """Return for each two units of copied sentences, lower first, how much they are one.

    Two different clauses of one copied sentence are not copies of each other, so the
    similarity of the sentences is scaled by how alike the places in them are, down to 0.
    """
    by_article: dict[str, list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        by_article[unit.claim.article].append(index)
    inside: dict[tuple[str, Span], list[tuple[int, float, float]]] = {}
    found: dict[tuple[int, int], float] = {}
    for link in reuse:
        for place in ((link.a, link.a_span), (link.b, link.b_span)):
            if place not in inside:
                inside[place] = _inside(units, by_article[place[0]], place[1])
        for i, i_from, i_to in inside[link.a, link.a_span]:
            for j, j_from, j_to in inside[link.b, link.b_span]:
                pair = (i, j) if i < j else (j, i)
                shared = max(0.0, min(i_to, j_to) - max(i_from, j_from))
                whole = max(1e-9, max(i_to, j_to) - min(i_from, j_from))
                found[pair] = max(found.get(pair, 0.0), link.similarity * shared / whole)
    return found


def _inside(
    units: Sequence[Unit], numbers: Sequence[int], whole: Span
) -> list[tuple[int, float, float]]:
    """Return the units that lie in *whole*, with the part of it they cover, 0 to 1."""
    size = len(whole)
    return [
        (
            number,
            max(0.0, (span.start - whole.start) / size),
            min(1.0, (span.end - whole.start) / size),
        )
        for number in numbers
        if (span := units[number].claim.span).overlaps(whole)
    ]
