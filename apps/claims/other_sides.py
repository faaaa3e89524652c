"""Findings whose words lie in more than one row: every row tells of them, and where the rest is.

A difference is often what keeps two claims out of one row. Then the row of the one must not
call the outlet of the other silent: it shows the finding, and those words with the way to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.urls import reverse

from apps.articles.models import Story
from apps.claims.finding_views import LoadedFindings, marks_on
from apps.claims.models import Claim
from apps.claims.pieces import cut_short
from apps.claims.presentation import Elsewhere

# So many passages a cell tells of; the chips tell of all.
_MOST_TOLD = 3
# What was left out is told by the row that has it; a name is one name in whatever row it stands.
_OF_ONE_ROW = frozenset({"omission", "name_variant"})


@dataclass(frozen=True, slots=True)
class ApartClaims:
    """The claims that findings of some rows compare with them and that are not in them, by
    number, and for each row and finding which."""

    claims: Mapping[int, Claim]
    of_row: Mapping[int, Mapping[int, Sequence[int]]]

    @property
    def segments(self) -> set[int]:
        return {claim.sentence.segment_id for claim in self.claims.values()}


def place_other_sides(
    findings: LoadedFindings, claims_of: Mapping[int, Sequence[int]]
) -> LoadedFindings:
    """Return *findings* with each in all rows whose claims it compares; *claims_of* are the
    claims of each row. In every row the worst come first. No query."""
    row_of = {claim: row for row, claims in claims_of.items() for claim in claims}
    rows: dict[int, tuple[int, ...]] = {}
    by_group: dict[int | None, list[int]] = defaultdict(list)
    for pk, view in findings.views.items():
        by_group[view.group_id].append(pk)
        if view.group_id is None or view.kind in _OF_ONE_ROW:
            continue
        compared = {row_of[claim] for claim in findings.claims.get(pk, ()) if claim in row_of}
        others = sorted(compared - {view.group_id})
        rows[pk] = (view.group_id, *others)
        for other in others:
            by_group[other].append(pk)
    return replace(
        findings, rows=rows, by_group={row: tuple(found) for row, found in by_group.items()}
    )


def load_apart(
    findings: LoadedFindings, groups: Iterable[int], claims_of: Mapping[int, Collection[int]]
) -> ApartClaims:
    """Return what findings of *groups* compare with them from elsewhere. One query, none when
    there is nothing."""
    of_row = {group: _find_apart(findings, group, claims_of[group]) for group in groups}
    wanted = {claim for found in of_row.values() for claims in found.values() for claim in claims}
    rows: QuerySet[Claim] = Claim.objects.select_related("sentence").only(
        "article_id", "start", "end", "quote", "sentence__segment_id"
    )
    return ApartClaims(rows.in_bulk(wanted) if wanted else {}, of_row)


def _find_apart(
    findings: LoadedFindings, group_id: int, here: Collection[int]
) -> dict[int, tuple[int, ...]]:
    """Return by finding of a row the claims it compares and that are not *here*, in the row.

    Nothing of what somebody dismissed: its words are no longer set against each other.
    """
    return {
        pk: apart
        for pk, view in findings.in_group(group_id)
        if view.state != "dismissed" and view.kind not in _OF_ONE_ROW
        if (apart := tuple(c for c in findings.claims.get(pk, ()) if c not in here))
    }


def find_rows_apart(
    findings: LoadedFindings,
    group_id: int,
    *,
    claims_of: Mapping[int, Collection[int]],
    article_of: Mapping[int, int],
) -> dict[int, int | None]:
    """Return the articles of which a finding sets words from elsewhere against a row, with the
    row of these; None for words that are in no row. No query."""
    found: dict[int, int | None] = {}
    for pk, apart in _find_apart(findings, group_id, claims_of[group_id]).items():
        for claim in apart:
            if claim in article_of:
                found.setdefault(article_of[claim], _row_of(findings, pk, claim, claims_of))
        if any(claim not in article_of for claim in apart):
            for span in findings.spans.get(pk, ()):
                found.setdefault(span.article_id, None)
    return found


def _row_of(
    findings: LoadedFindings, pk: int, claim: int, claims_of: Mapping[int, Collection[int]]
) -> int | None:
    rows = findings.rows.get(pk, ())
    return next((row for row in rows if claim in claims_of.get(row, ())), None)


def tell_apart(
    story: Story,
    findings: LoadedFindings,
    group_id: int,
    apart: ApartClaims,
    *,
    claims_of: Mapping[int, Collection[int]],
    article_of: Mapping[int, int],
    place_of: Mapping[int, str],
    href_of: Mapping[int, str],
) -> dict[int, tuple[Elsewhere, ...]]:
    """Return by article the words that findings of a row set against it from elsewhere.

    Only of articles none of whose words in the row the finding compares, unless it compares
    one article with itself: else the cell shows them. *place_of* names segments, *href_of* is
    where articles are read. No query.
    """
    told: dict[int, dict[int, Elsewhere]] = defaultdict(dict)
    for pk, numbers in apart.of_row.get(group_id, {}).items():
        view, spans = findings.views[pk], findings.spans.get(pk, ())
        compared = set(findings.claims[pk]) - set(numbers)
        here = {article_of[claim] for claim in compared if claim in article_of}
        claims = [apart.claims[number] for number in numbers if number in apart.claims]
        is_of_one = len(here | {claim.article_id for claim in claims}) == 1
        for claim in claims:
            article = claim.article_id
            if article not in href_of or (article in here and not is_of_one):
                continue
            known = told[article].get(claim.pk)
            if known is not None:
                titles = tuple(dict.fromkeys((*known.titles, view.title)))
                told[article][claim.pk] = replace(known, titles=titles)
                continue
            marks = marks_on(claim, spans, view.kind)
            segment = claim.sentence.segment_id
            row = _row_of(findings, pk, claim.pk, claims_of)
            told[article][claim.pk] = Elsewhere(
                titles=(view.title,),
                pieces=cut_short(claim.quote, marks, offset=claim.start),
                place=place_of.get(segment, ""),
                href=f"{href_of[article]}#segment-{segment}"
                if row is None
                else reverse("claims:row", args=[story.slug, row]),
                cell="" if row is None else f"cell-{row}-{article}",
            )
    return {article: tuple(found.values())[:_MOST_TOLD] for article, found in told.items()}
