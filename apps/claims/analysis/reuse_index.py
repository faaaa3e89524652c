"""Which claims are copies of one another, asked for two claims at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from apps.articles.text.spans import Span
from apps.articles.text.types import ReuseLink
from apps.claims.analysis.types import ClaimDraft

# For each article the sentences there that are copies, with their similarity.
_Copies = dict[str, list[tuple[Span, float]]]


class ReuseIndex:
    """Reuse links by article pair, to be asked for two claims."""

    def __init__(self, reuse: Sequence[ReuseLink]) -> None:
        self._links: dict[str, dict[Span, _Copies]] = defaultdict(dict)
        for link in reuse:
            for a, a_span, b, b_span in (
                (link.a, link.a_span, link.b, link.b_span),
                (link.b, link.b_span, link.a, link.a_span),
            ):
                copies = self._links[a].setdefault(a_span, {})
                copies.setdefault(b, []).append((b_span, link.similarity))
        self._copies_of: dict[tuple[str, Span], list[tuple[Span, _Copies]]] = {}

    def similarity(self, a: ClaimDraft, b: ClaimDraft) -> float:
        """Return how much the sentence of *a* is that of *b*; whole claims only.

        Two different clauses of one copied sentence are not copies of each other, so the
        similarity is scaled by how alike their places in the sentence are.
        """
        best = 0.0
        for a_span, copies in self._copies(a):
            for b_span, similarity in copies.get(b.article, ()):
                if b_span.overlaps(b.span):
                    best = max(best, similarity * _same_place(a.span, a_span, b.span, b_span))
        return best

    def _copies(self, claim: ClaimDraft) -> list[tuple[Span, _Copies]]:
        """Return the copied sentences *claim* stands in with their copies, by article."""
        place = (claim.article, claim.span)
        if place not in self._copies_of:
            self._copies_of[place] = [
                (span, copies)
                for span, copies in self._links.get(claim.article, {}).items()
                if span.overlaps(claim.span)
            ]
        return self._copies_of[place]


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
