"""Which row a finding stands at when a detector looked at the whole story.

Such a finding often compares words of one row after all: an altered quotation whose two
sentences were lined up is read there, not above the matrix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from apps.articles.text.spans import Span
from apps.claims.analysis.types import FindingDraft, StoryDraft

Placed = tuple[str | None, FindingDraft]


def place_findings(story: StoryDraft, findings: Iterable[Placed]) -> list[Placed]:
    """Return *findings* in their order, each with the key of its row, None for no single one.

    A row a detector named is kept. Else it is the only row that holds words of every side:
    the claims compared, or claims of the same article that overlap them.
    """
    rows: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    row_of: dict[str, str] = {}
    for cluster in story.clusters:
        for claim in cluster.claims:
            rows[claim.article].append((claim.span, cluster.key))
            row_of[claim.id] = cluster.key
    place_of = {
        claim.id: (claim.article, claim.span)
        for article in story.articles
        for claim in article.claims
    }

    def rows_at(article: str, span: Span) -> set[str]:
        return {key for other, key in rows[article] if other.overlaps(span)}

    placed: list[Placed] = []
    for key, finding in findings:
        if key is None:
            sides = [
                {row_of[claim]} if claim in row_of else rows_at(*place_of[claim])
                for claim in finding.claims
                if claim in row_of or claim in place_of
            ] or [rows_at(shown.article, shown.span) for shown in finding.highlights]
            key = _only(sides)
        placed.append((key, finding))
    return placed


def _only(sides: Sequence[set[str]]) -> str | None:
    common = set.intersection(*sides) if sides else set()
    return common.pop() if len(common) == 1 else None
