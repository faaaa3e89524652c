"""The words findings compare, with who prints them: for pages and files on single findings.

The matrix loads the same for a whole story at once (``finding_views.load_findings``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from apps.articles.models import Article
from apps.claims.finding_views import sides_of
from apps.claims.models import Claim, Finding, FindingSpan
from apps.claims.presentation import Piece

# Outlets with their words, cut where they are marked.
Sides = tuple[tuple[str, tuple[Piece, ...]], ...]


def load_sides(findings: Iterable[Finding]) -> dict[int, Sides]:
    """Return the sides of each of *findings*, of any stories, by its row. Four queries."""
    by_id = {finding.pk: finding for finding in findings}
    spans: dict[int, list[FindingSpan]] = defaultdict(list)
    for span in FindingSpan.objects.filter(finding__in=by_id).order_by("finding", "position"):
        spans[span.finding_id].append(span)
    claim_ids: dict[int, list[int]] = defaultdict(list)
    links = Finding.claims.through.objects.filter(finding__in=by_id).order_by("pk")
    for finding_id, claim_id in links.values_list("finding_id", "claim_id"):
        claim_ids[finding_id].append(claim_id)
    claims = Claim.objects.defer("details").in_bulk(
        {claim_id for ids in claim_ids.values() for claim_id in ids}
    )
    articles = {claim.article_id for claim in claims.values()}
    articles |= {span.article_id for found in spans.values() for span in found}
    outlets = Article.objects.filter(pk__in=articles).values_list("pk", "outlet__name")
    outlet_of = dict(outlets)
    return {
        pk: sides_of(finding, claim_ids[pk], spans[pk], claims, outlet_of)
        for pk, finding in by_id.items()
    }
