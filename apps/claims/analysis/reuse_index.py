"""Which claims are copies of one another, asked for two claims at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from apps.articles.text.spans import Span
from apps.articles.text.types import ReuseLink
from apps.claims.analysis.types import ClaimDraft


class ReuseIndex:
    """Reuse links by article pair, to be asked for two claims."""

    def __init__(self, reuse: Sequence[ReuseLink]) -> None:
        self._links: dict[tuple[str, str], list[tuple[Span, Span, float]]] = defaultdict(list)
        for link in reuse:
            self._links[link.a, link.b].append((link.a_span, link.b_span, link.similarity))
            self._links[link.b, link.a].append((link.b_span, link.a_span, link.similarity))

    def similarity(self, a: ClaimDraft, b: ClaimDraft) -> float:
        """Return how much the sentence of *a* is that of *b*; whole claims only.

        Two different clauses of one copied sentence are not copies of each other, so the
        similarity is scaled by how alike their places in the sentence are.
        """
        best = 0.0
        for a_span, b_span, similarity in self._links.get((a.article, b.article), ()):
            if a_span.overlaps(a.span) and b_span.overlaps(b.span):
                best = max(best, similarity * _same_place(a.span, a_span, b.span, b_span))
        return best


def _same_place(a: Span, a_whole: Span, b: Span, b_whole: Span) -> float:
    """Return 1 when *a* covers the same part of *a_whole* as *b* of *b_whole*, 0 for disjoint parts."""
    a_from, a_to = _part(a, a_whole)
    b_from, b_to = _part(b, b_whole)
    shared = min(a_to, b_to) - max(a_from, b_from)
    return max(0.0, shared) / max(1e-9, max(a_to, b_to) - min(a_from, b_from))


def _part(span: Span, whole: Span) -> tuple[float, float]:
    size = len(whole)
    return (
        max(0.0, (span.start - whole.start) / size),
        min(1.0, (span.end - whole.start) / size),
    )
