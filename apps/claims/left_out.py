"""The read side of the left-out page: who tells what, and who does not; caveats first.

A grid of claims and articles. It says where a claim stands, and for a gap why it is one;
whether a gap matters is left to the reader, who finds the words one step away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from apps.articles.models import Sentence, Story
from apps.articles.text.types import STORY_ROLES
from apps.claims.analysis.types import Voice
from apps.claims.analysis.word_lists import word_groups
from apps.claims.analysis.wording import find_phrase
from apps.claims.coverage import SILENT, Coverage, Said, empty_kinds, load_coverage
from apps.claims.finding_views import severity_rank
from apps.claims.matrix_data import Outline, load_decided, load_outline, load_places
from apps.claims.models import Alignment, ClaimGroup
from apps.claims.other_sides import find_rows_apart
from apps.claims.presentation import Column, FindingView
from apps.claims.story_memory import recall

OMISSION = "omission"
# Kinds of passages that limit what is claimed; a refusal to comment limits nothing, and that
# rules were kept is as often told of the other side.
CAVEATS = ("denial", "open", "cleared", "pending", "reach")
_NO_STOPS = str.maketrans(dict.fromkeys('.,;:!?"“”()', " "))
# Cells in which something is missing, as a finding says, or may be: nothing was lined up.
GAPS = frozenset({"omitted", "not_found"})
# Fewer sentences than this leave little room for anything.
_SHORT_ARTICLE = 8
# However many articles, these fill a window.
_FEWEST_ROWS = 12
# What a claim takes as it is kept, with its words.
_CLAIM_BYTES = 700


@dataclass(frozen=True, slots=True)
class Presence:
    """A cell: *kind* is "here" or as in Cell; *place* and *href* say where the claim stands, or
    what a finding sets against it, *more* how often else. *lacks_part* when a finding says that it leaves something out of
    what it tells."""

    kind: str
    column: Column
    place: str = ""
    href: str = ""
    more: int = 0
    lacks_part: bool = False


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """A claim with a cell for each column. *caveats* are the kinds of limits it tells of;
    *origins* counts those that tell it, *gaps* the columns that leave it out or may do so."""

    group_id: int
    title: str
    cells: tuple[Presence, ...]
    findings: tuple[FindingView, ...]
    caveats: tuple[str, ...]
    origins: int
    gaps: int


@dataclass(frozen=True, slots=True)
class Teller:
    """A column with what explains its gaps: how many claims several tell it leaves out in
    whole or in part, how many sentences it has, whether all others came out after it."""

    column: Column
    gaps: int
    sentences: int
    is_short: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class LeftOutFilters:
    """What the URL asks for. *by* is an outlet's slug: only what it leaves out; *everything*
    shows what all tell and what one origin alone tells, too. Unknown values are dropped."""

    by: str = ""
    everything: bool = False

    def as_query(self, **changes: object) -> str:
        chosen = replace(self, **changes)  # type: ignore[arg-type]  # only our own fields
        pairs = [("by", chosen.by)] if chosen.by else []
        pairs += [("show", "all")] if chosen.everything else []
        query = QueryDict(mutable=True)
        for name, value in pairs:
            query[name] = value
        return query.urlencode()


@dataclass(frozen=True, slots=True)
class LeftOutPage:
    """*caveats* and *rows* are the claims found, or a part of them which begins after *first*;
    *caveat_count* and *row_count* count all of them. *unplaced* omissions belong to no row.
    *total* counts all claims, *complete* those every column tells."""

    tellers: tuple[Teller, ...]
    caveats: tuple[PresenceRow, ...]
    rows: tuple[PresenceRow, ...]
    unplaced: tuple[FindingView, ...]
    filters: LeftOutFilters
    total: int
    complete: int
    caveat_count: int = 0
    row_count: int = 0
    first: int = 0

    @property
    def begins_rows(self) -> bool:
        """Whether the first claim that is no caveat is among these."""
        return bool(self.rows) and self.first <= self.caveat_count

    @property
    def next(self) -> int:
        """How many claims stand before those still to come; 0 when none do."""
        end = self.first + len(self.caveats) + len(self.rows)
        return end if end < self.caveat_count + self.row_count else 0

    @property
    def remaining(self) -> int:
        return self.caveat_count + self.row_count - self.next


def left_out_filters_from(query: Mapping[str, str]) -> LeftOutFilters:
    return LeftOutFilters(by=query.get("by") or "", everything=query.get("show") == "all")


def build_left_out_page(
    story: Story,
    filters: LeftOutFilters | None = None,
    *,
    first: int = 0,
    most: int | None = None,
    cells: int | None = None,
) -> LeftOutPage:
    """Return who tells what of *story*, of the claims found at most *most* after *first*, of
    many articles fewer: about as many as have *cells*.

    Nine queries, whatever its size; eight more after the rows or the findings changed.
    """
    filters = filters or LeftOutFilters()
    outline = load_outline(story)
    said = recall(
        story,
        "said in rows",
        outline.edition,
        lambda: _load_said(outline),
        weigh=lambda found: _CLAIM_BYTES * len(found.segment_of),
    )
    rows = _build_rows(outline, said)
    tellers = _tellers(outline, rows)
    if cells is not None:
        fitting = max(_FEWEST_ROWS, cells // max(1, len(tellers)))
        most = fitting if most is None else min(most, fitting)
    by = {t.column.article_id for t in tellers if t.column.outlet_slug == filters.by}
    if not by:
        filters = replace(filters, by="")
    wanted = [row for row in rows if filters.everything or _is_gap(row)]
    if by:
        # An outlet with an early and a late text leaves out what neither tells.
        wanted = [row for row in wanted if _lacks(row, by)]
    unplaced = [view for _, view in outline.findings.in_group(None) if _is_omission(view)]
    wanted.sort(key=lambda row: not row.caveats)
    caveat_count = sum(bool(row.caveats) for row in wanted)
    part = _placed(outline, said, wanted[first:] if most is None else wanted[first : first + most])
    return LeftOutPage(
        tellers=tellers,
        caveats=tuple(row for row in part if row.caveats),
        rows=tuple(row for row in part if not row.caveats),
        unplaced=tuple(unplaced),
        filters=filters,
        total=len(rows),
        complete=sum(all(cell.kind == "here" for cell in row.cells) for row in rows),
        caveat_count=caveat_count,
        row_count=len(wanted) - caveat_count,
        first=first,
    )


def _of(row: PresenceRow, articles: set[int]) -> Iterable[Presence]:
    return (cell for cell in row.cells if cell.column.article_id in articles)


def _lacks(row: PresenceRow, articles: set[int]) -> bool:
    """Whether *articles*, those of one outlet, leave it out, or a part of it."""
    cells = list(_of(row, articles))
    if any(cell.lacks_part for cell in cells):
        return True
    return any(cell.kind in GAPS for cell in cells) and all(cell.kind != "here" for cell in cells)


def _is_gap(row: PresenceRow) -> bool:
    """Whether several origins tell it and it is not found with somebody, or a finding says so."""
    return bool(row.findings) or (row.origins > 1 and row.gaps > 0)


def _is_omission(view: FindingView) -> bool:
    return view.kind == OMISSION and view.state != "dismissed"


# --- rows ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _SaidInRows:
    """The claims of each row in its order, the segment each stands in, of what kinds the limits
    are that it tells of, and who is named where."""

    by_row: Mapping[int, Sequence[Said]]
    segment_of: Mapping[int, int]
    limits: Mapping[int, frozenset[str]]
    coverage: Coverage


def _load_said(outline: Outline) -> _SaidInRows:
    """Return the words of all rows. Two queries."""
    articles = [column.article_id for column in outline.columns]
    by_row: dict[int, list[Said]] = defaultdict(list)
    segment_of: dict[int, int] = {}
    limits: dict[int, frozenset[str]] = {}
    claims = Alignment.objects.filter(group__story=outline.story, claim__article__in=articles)
    for group_id, claim_id, article_id, position, quote, voice, segment_id in claims.order_by(
        "group_id", "position"
    ).values_list(
        "group_id",
        "claim_id",
        "claim__article_id",
        "claim__position",
        "claim__quote",
        "claim__voice",
        "claim__sentence__segment_id",
    ):
        by_row[group_id].append(Said(claim_id, article_id, position, quote))
        segment_of[claim_id] = segment_id
        kinds = _kinds_of_limits(quote) | ({"denial"} if voice == Voice.DENIED else set())
        if kinds:
            limits[claim_id] = frozenset(kinds)
    return _SaidInRows(by_row, segment_of, limits, load_coverage(articles))


def _placed(outline: Outline, said: _SaidInRows, rows: Sequence[PresenceRow]) -> list[PresenceRow]:
    """Return *rows*, those that are shown, with the place of each cell's first claim. One query."""
    articles = [column.article_id for column in outline.columns]
    firsts: dict[tuple[int, int], Said] = {}
    for row in rows:
        for one in said.by_row[row.group_id]:
            known = firsts.setdefault((row.group_id, one.article_id), one)
            if one.position < known.position:
                firsts[row.group_id, one.article_id] = one
    segments = {key: said.segment_of[one.claim_id] for key, one in firsts.items()}
    place_of = load_places(articles, set(segments.values()))
    href_of = {pk: reverse("claims:article", args=[pk]) for pk in articles}

    def placed(cell: Presence, group_id: int) -> Presence:
        article_id = cell.column.article_id
        segment_id = segments.get((group_id, article_id))
        if segment_id is None:
            return cell
        return replace(
            cell,
            place=place_of.get(segment_id, ""),
            href=f"{href_of[article_id]}#segment-{segment_id}",
        )

    return [
        replace(row, cells=tuple(placed(cell, row.group_id) for cell in row.cells)) for row in rows
    ]


def _build_rows(outline: Outline, said: _SaidInRows) -> list[PresenceRow]:
    """Return a row for each claim group, what most origins tell first."""
    refused = load_decided(outline.story).refused
    origin_of = {column.article_id: column.origin for column in outline.columns}
    rows = []
    for group in outline.groups:
        findings = tuple(
            view for _, view in outline.findings.in_group(group.pk) if _is_omission(view)
        )
        missing = _missing(outline, group)
        readings = said.by_row[group.pk]
        kinds = empty_kinds(
            readings,
            outline.columns,
            said.coverage,
            group_at=outline.group_at,
            articles_of=outline.articles_of,
            refused=refused,
            missing=missing,
        )
        apart = find_rows_apart(
            outline.findings,
            group.pk,
            claims_of=outline.claims_of,
            article_of=outline.article_of,
        )
        kinds |= {pk: "elsewhere" for pk in apart if kinds.get(pk) in SILENT}
        told = Counter(one.article_id for one in readings)
        cells = tuple(
            _elsewhere(outline, group, column, apart[column.article_id])
            if kinds.get(column.article_id) == "elsewhere"
            else _cell(column, told, kinds, missing)
            for column in outline.columns
        )
        rows.append(
            PresenceRow(
                group_id=group.pk,
                title=group.title,
                cells=cells,
                findings=findings,
                caveats=_caveats(readings, said.limits, findings),
                origins=len(
                    {origin_of[article_id] for article_id in outline.articles_of[group.pk]}
                ),
                gaps=sum(cell.kind in GAPS for cell in cells),
            )
        )
    return sorted(rows, key=lambda row: (_worst(row.findings), -row.origins))


def _worst(findings: Sequence[FindingView]) -> int:
    return min((severity_rank(view.severity) for view in findings), default=severity_rank(""))


def _missing(outline: Outline, group: ClaimGroup) -> set[int]:
    return {
        article_id
        for pk, view in outline.findings.in_group(group.pk)
        if _is_omission(view)
        for article_id in outline.findings.missing.get(pk, ())
    }


def _cell(
    column: Column, told: Mapping[int, int], kinds: Mapping[int, str], missing: set[int]
) -> Presence:
    """Return the cell of *column*, without a place; *told* counts the claims of each article."""
    here = told.get(column.article_id, 0)
    if not here:
        return Presence(kinds[column.article_id], column)
    return Presence("here", column, more=here - 1, lacks_part=column.article_id in missing)


def _elsewhere(outline: Outline, group: ClaimGroup, column: Column, row: int | None) -> Presence:
    """Return the cell of *column* that a finding sets against *group* with words of *row*, or
    of none: then the page of the group shows them."""
    page = reverse("claims:row", args=[outline.story.slug, row or group.pk])
    if row is not None:
        return Presence("elsewhere", column, gettext("in another row"), page)
    return Presence(
        "elsewhere", column, gettext("in other words"), f"{page}#nearest-{column.article_id}"
    )


def _caveats(
    said: Sequence[Said], limits_of: Mapping[int, frozenset[str]], findings: Sequence[FindingView]
) -> tuple[str, ...]:
    """Return what kinds of limits a row tells of; *limits_of* are those of each claim.

    One outlet's own "may" makes no caveat: half of the readings must tell of it, unless a
    finding says already that what was left out limits what is claimed.
    """
    found: Counter[str] = Counter()
    for one in said:
        found.update(limits_of.get(one.claim_id, ()))
    limits = any(severity_rank(view.severity) <= severity_rank("medium") for view in findings)
    least = 1 if limits else max(2, (len(said) + 1) // 2)
    kinds_told = tuple(kind for kind in CAVEATS if found[kind] >= least)
    return kinds_told or (("reach",) if limits else ())


def _kinds_of_limits(words: str) -> set[str]:
    keys = words.lower().replace("’", "'").translate(_NO_STOPS).split()
    begun = _phrases().keys() & keys
    return {
        kind for first in begun for kind, phrases in _phrases()[first] if find_phrase(keys, phrases)
    }


@cache
def _phrases() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Return the phrases of caveats by their first word, each time by kind: most sentences
    have one or two of these words, and need not be searched for any other phrase."""
    groups = word_groups("caveats")
    firsts = {phrase.split(" ", 1)[0] for kind in CAVEATS for phrase in groups[kind]}
    return {
        first: [
            (kind, phrases)
            for kind in CAVEATS
            if (phrases := frozenset(p for p in groups[kind] if p.split(" ", 1)[0] == first))
        ]
        for first in sorted(firsts)
    }


# --- columns ---------------------------------------------------------------------------------


def _tellers(outline: Outline, rows: Sequence[PresenceRow]) -> tuple[Teller, ...]:
    gaps = Counter(
        cell.column.article_id
        for row in rows
        if _is_gap(row)
        for cell in row.cells
        if cell.kind == "omitted" or cell.lacks_part
    )
    articles = [column.article_id for column in outline.columns]
    sentences = Counter(
        Sentence.objects.filter(article__in=articles, role__in=[role.value for role in STORY_ROLES])
        .order_by()
        .values_list("article_id", flat=True)
    )
    dated = [column.published_at for column in outline.columns if column.published_at]
    first = min(dated) if len(dated) > 1 and len(set(dated)) > 1 else None
    return tuple(
        Teller(
            column,
            gaps[column.article_id],
            sentences[column.article_id],
            is_short=sentences[column.article_id] < _SHORT_ARTICLE,
            is_first=first is not None and column.published_at == first,
        )
        for column in outline.columns
    )
