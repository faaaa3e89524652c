"""The read side of the matrix: rows × outlets, findings joined to what people decided.

The number of queries does not grow with the story. What pages show of it is defined in
``presentation``; the article page, the finding card and the list have modules of their own,
and all are reached from here.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from apps.articles.models import Article, Story, role_label
from apps.articles.phrases import say
from apps.articles.text.spans import Span
from apps.claims.article_pages import build_article_page
from apps.claims.column_order import (
    arrange,
    articles_by_name,
    build_headings,
    fold_copies,
    mark_view,
    name_columns,
)
from apps.claims.columns import build_columns
from apps.claims.coverage import SILENT, Said, empty_kinds
from apps.claims.density import build_density
from apps.claims.finding_views import NoSuchFinding, find_finding, marks_on, severity_rank
from apps.claims.known_rows import KnownRows, find_built, find_drawn
from apps.claims.matrix_data import (
    Decided,
    Outline,
    RowWords,
    load_decided,
    load_outline,
    load_row_words,
)
from apps.claims.models import Alignment, ClaimGroup, Quantity
from apps.claims.other_sides import tell_apart
from apps.claims.pieces import (
    Mark,
    as_percent,
    cut,
    describe_interval,
    describe_share,
    find_edits,
    plain_words,
)
from apps.claims.presentation import (
    DIFFS,
    NOBODY,
    RESTS,
    SEVERITIES,
    SORTS,
    STATES,
    UNSETTLED,
    ArticlePage,
    Cell,
    Column,
    Comparison,
    Elsewhere,
    Filters,
    FindingView,
    MarginMark,
    Paragraph,
    Piece,
    Reading,
    Row,
    StoryFilters,
    StoryLine,
    StoryList,
    TextPart,
    read_words,
)
from apps.claims.row_search import find_rows
from apps.claims.story_lists import build_story_list, story_filters_from
from apps.claims.topics import find_starts, find_topics, gather
from apps.claims.voices import Voiced, tell_voices

__all__ = [
    "SORTS",
    "STATES",
    "ArticlePage",
    "Cell",
    "Column",
    "Comparison",
    "Filters",
    "FindingView",
    "MarginMark",
    "NoSuchFinding",
    "Paragraph",
    "Piece",
    "Reading",
    "Row",
    "StoryFilters",
    "StoryLine",
    "StoryList",
    "TextPart",
    "build_article_page",
    "build_columns",
    "build_comparison",
    "build_frame",
    "build_row",
    "build_row_of",
    "build_story_list",
    "describe_reasons",
    "filters_from",
    "find_finding",
    "load_matrix",
    "read_kept",
    "select_rows",
    "story_filters_from",
]

OUTCOMES = ("same", "compatible", "conflict", "unsupported", UNSETTLED)
LABELS = {
    "omitted": gettext_noop("Covers this, but does not say it"),
    "not_found": gettext_noop("Not lined up; may say it in other words"),
    "not_covered": gettext_noop("Seems not to write about this"),
    "not_analysed": gettext_noop("Not analysed yet"),
    "refused": gettext_noop("Match refused"),
}
FAILED_LABEL = gettext_noop("Could not be analysed")
_MOST_VALUES = 3
# What a cell takes, about, where a built row is kept.
_CELL_BYTES = 3_000
_MOST_COLUMNS = 500
# Characters of a header, which servers hold to 8,190.
_MOST_KEPT = 8_000
# However wide the matrix, these fill a window.
_FEWEST_ROWS = 6


def filters_from(query: QueryDict | Mapping[str, str]) -> Filters:
    """Return what the URL asks for; unknown values are dropped, so any URL gives a page."""

    def listed(name: str) -> tuple[str, ...]:
        values = query.getlist(name) if isinstance(query, QueryDict) else [query.get(name, "")]
        return tuple(dict.fromkeys(value for value in values if value))

    def known(name: str, choices: Sequence[str]) -> tuple[str, ...]:
        return tuple(value for value in listed(name) if value in choices)

    def one(name: str, choices: Sequence[str], default: str) -> str:
        value = query.get(name) or ""
        return value if value in choices else default

    return Filters(
        severities=known("severity", SEVERITIES),
        kinds=listed("kind"),
        outcomes=known("outcome", OUTCOMES),
        outlets=listed("outlet"),
        state=one("state", STATES, "all"),
        assigned=read_words(query.get("assigned"), length=150),
        done_by=read_words(query.get("by"), length=150),
        done_since=_day(query.get("since") or ""),
        query=read_words(query.get("q")),
        sort=one("sort", SORTS, "severity"),
        only_differences=query.get("differences") == "1",
        shared_only=query.get("shared") != "0",
        with_muted=query.get("muted") == "1",
        order=tuple(dict.fromkeys(_names(query.get("order") or "")))[:_MOST_COLUMNS],
        reference=next(iter(_names(query.get("against") or "")), ""),
        with_copies=query.get("wire") != "0",
        diff=one("diff", DIFFS, DIFFS[0]),
        by_topic=query.get("topics") == "1",
        rest=one("rest", RESTS, RESTS[0]),
    )


def _day(value: str) -> date | None:
    """Return the day written as 2031-05-06, None for anything else."""
    try:
        return parse_date(value)
    except ValueError:
        return None


# "fen-wire", "dyke-mail~2", "12"; not "dyke mail", "-1".
_NAME = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_-]{0,79}(~[0-9]{1,3})?", re.ASCII)


def _names(value: str) -> list[str]:
    """Return the articles named in "fen-wire.dyke-mail~2"; what can be no name is left out."""
    parts = value[: _MOST_COLUMNS * 30].split(".")
    return [part for part in parts if _NAME.fullmatch(part)]


@dataclass(frozen=True, slots=True)
class KeptRows:
    """Rows a page has by number, with their stamps, and the view they were sent for."""

    view: str
    stamps: Mapping[int, str]


def read_kept(value: str) -> KeptRows | None:
    """Return the rows in "view 12.0123456789abcdef,13.…", None if it names no view."""
    view, _, listed = value[:_MOST_KEPT].partition(" ")
    pairs = (one.partition(".") for one in listed.split(","))
    stamps = {
        int(pk): stamp for pk, _, stamp in pairs if pk.isascii() and pk.isdecimal() and len(pk) < 13
    }
    return KeptRows(view, stamps) if view else None


def load_matrix(story: Story, filters: Filters) -> Outline:
    """Return the outline of *story* as *filters* want to see it: with or without copies."""
    outline = load_outline(story, with_muted=filters.with_muted)
    return outline if filters.with_copies else fold_copies(outline)


def build_comparison(
    story: Story,
    filters: Filters | None = None,
    *,
    first: int = 0,
    most: int | None = None,
    cells: int | None = None,
    kept: KeptRows | None = None,
    may_repair: bool | None = None,
) -> Comparison:
    """Return the matrix of *story*, rows and columns as *filters* ask.

    Of the rows found, *first* are left out and at most *most* are built, in wide matrices
    fewer: about as many as have *cells*. Only their words are loaded. Rows *kept* by the page
    that look the same count as built, and as many of them are returned as come in between.
    With *may_repair*, what the reader is shown, rows drawn before come as they were drawn.
    """
    filters = filters or Filters()
    whole = load_outline(story, with_muted=filters.with_muted)
    filters = name_columns(filters, whole.columns)
    outline = whole if filters.with_copies else fold_copies(whole)
    columns, hits, others = select_rows(outline, filters)
    wanted = [*hits, *others]
    if cells is not None:
        fitting = max(_FEWEST_ROWS, cells // max(1, len(columns)))
        most = fitting if most is None else min(most, fitting)
    view = mark_view(columns, filters)
    reference = articles_by_name(columns).get(filters.reference, 0)
    here = kept.stamps if kept is not None and kept.view == view else {}
    is_here = {pk for pk, stamp in here.items() if pk in outline.articles_of}
    is_here = {pk for pk in is_here if outline.stamp(pk) == here[pk]}
    part: list[ClaimGroup] = []
    built = 0
    for group in wanted[first:]:
        built += group.pk not in is_here
        if most is not None and built > most:
            break
        part.append(group)
    decided = load_decided(story)
    drawn = (
        find_drawn(outline, columns, decided, reference=reference, may_repair=may_repair)
        if may_repair is not None
        else None
    )
    ready: dict[int, Row] = {}
    for group in part:
        if group.pk in is_here:
            ready[group.pk] = _bare_row(outline, group, is_kept=True)
        elif drawn is not None and (html := drawn.find(outline, group.pk)) is not None:
            ready[group.pk] = _bare_row(outline, group, drawn=html)
    new = [group for group in part if group.pk not in ready]
    if drawn is None:
        ready |= build_rows(outline, new, columns, decided, reference=reference)
    elif new:
        words = load_row_words(outline, new, decided)
        ready |= {
            group.pk: build_row_of(outline, words, group, columns, reference=reference)
            for group in new
        }
    views = outline.findings.views.values()
    starts = find_starts(hits, find_topics(hits)) if filters.by_topic else {}
    everything = replace(filters, shared_only=False)
    return Comparison(
        columns=columns,
        rows=tuple(ready[group.pk] for group in part),
        story_findings=_story_findings(outline, filters),
        filters=filters,
        total=len(whole.groups),
        muted=outline.findings.muted,
        independent_origins=len({column.origin for column in outline.columns}),
        counts=_count_open(outline),
        kinds=_counted(view.kind for view in views),
        found=len(wanted),
        first=min(first, len(wanted)),
        starts=starts,
        other_sides={group.pk: found.title for group, found in others.items()},
        density=build_density([(row.pk, _severity(outline, row)) for row in wanted], starts),
        headings=build_headings(outline, columns, wanted, filters),
        has_copies=len({column.origin for column in whole.columns}) < len(whole.columns),
        view=view,
        keep_drawn=partial(_keep_drawn, drawn, outline) if drawn is not None else None,
        alone=sum(not _is_shared(outline, group) for group in wanted),
        more_alone=sum(
            _is_wanted(outline, group, columns, everything, reference=reference)
            for group in outline.groups
        )
        - len(wanted)
        if _hides_alone(outline, filters)
        else 0,
    )


def _keep_drawn(
    drawn: KnownRows[SafeString], outline: Outline, group_id: int, html: SafeString
) -> None:
    drawn.keep(outline, group_id, html, size=sys.getsizeof(html))


def _bare_row(
    outline: Outline, group: ClaimGroup, *, is_kept: bool = False, drawn: SafeString | None = None
) -> Row:
    return Row(
        group_id=group.pk,
        key=group.key,
        title=group.title,
        cells=(),
        findings=(),
        severity="",
        origins=0,
        position=group.position,
        stamp=outline.stamp(group.pk) if is_kept else "",
        is_kept=is_kept,
        drawn=drawn,
    )


def select_rows(
    outline: Outline, filters: Filters
) -> tuple[tuple[Column, ...], list[ClaimGroup], dict[ClaimGroup, ClaimGroup]]:
    """Return the columns and the rows *filters* ask for, in order, and those a search brings along
    with them: see ``_find_other_sides``. Two queries if words are searched for."""
    named = articles_by_name(outline.columns)
    order = [named[name] for name in filters.order if name in named]
    reference = named.get(filters.reference, 0)
    columns = tuple(
        column
        for column in arrange(outline.columns, order, reference=reference)
        if not filters.outlets or column.outlet_slug in filters.outlets
    )
    found = find_rows(outline.story, filters.query) if filters.query else None
    wanted = [
        group
        for group in outline.groups
        if (found is None or group.pk in found)
        and _is_wanted(outline, group, columns, filters, reference=reference)
    ]
    wanted.sort(key=_sort_key(filters.sort, outline, columns))
    if found is not None:
        wanted.sort(key=lambda group: found[group.pk])
    if filters.by_topic:
        wanted = gather(wanted, find_topics(wanted))
    return columns, wanted, _find_other_sides(outline, columns, wanted, filters)


def _find_other_sides(
    outline: Outline, columns: Sequence[Column], wanted: Sequence[ClaimGroup], filters: Filters
) -> dict[ClaimGroup, ClaimGroup]:
    """Return the rows a search does not find that hold the other side of a finding of one it
    does, each with the row found; in the order of those. Nothing where nothing is searched for.
    """
    if not filters.query:
        return {}
    row_of = {claim: row for row, claims in outline.claims_of.items() for claim in claims}
    place = {group.pk: number for number, group in enumerate(wanted)}
    in_columns = {column.article_id for column in columns}
    first: dict[int, int] = {}
    for pk, view in outline.findings.views.items():
        if view.state == "dismissed" or not is_asked_for(view, filters):
            continue
        rows = {row_of[claim] for claim in outline.findings.claims.get(pk, ()) if claim in row_of}
        if view.group_id is not None and view.group_id in outline.articles_of:
            rows.add(view.group_id)
        found = [place[row] for row in rows if row in place]
        if not found:
            continue
        for row in rows - place.keys():
            if outline.articles_of[row] & in_columns:
                first[row] = min([first.get(row, len(wanted)), *found])
    others = [group for group in outline.groups if group.pk in first]
    others.sort(key=lambda group: first[group.pk])
    return {group: wanted[first[group.pk]] for group in others}


def build_frame(
    outline: Outline,
    filters: Filters,
    columns: tuple[Column, ...],
    *,
    rows: Sequence[ClaimGroup],
    found: int,
) -> Comparison:
    """Return what stands around a matrix that shows *rows*, in this order: counts, where it
    differs, what is found of the whole story. It has no rows itself. No query."""
    starts = find_starts(rows, find_topics(rows)) if filters.by_topic else {}
    return Comparison(
        columns=columns,
        rows=(),
        story_findings=_story_findings(outline, filters),
        filters=filters,
        total=len(outline.groups),
        independent_origins=len({column.origin for column in outline.columns}),
        counts=_count_open(outline),
        found=found,
        starts=starts,
        density=build_density([(row.pk, _severity(outline, row)) for row in rows], starts),
    )


def build_row(story: Story, group_id: int) -> Row:
    """Return one row of the matrix. Raises ``ClaimGroup.DoesNotExist``."""
    outline = load_outline(story)
    for group in outline.groups:
        if group.pk == group_id:
            decided = load_decided(story)
            return build_rows(outline, [group], outline.columns, decided)[group_id]
    raise ClaimGroup.DoesNotExist(f"story {story.pk} has no row {group_id}")


# --- choosing rows ---------------------------------------------------------------------------


def _is_in_state(view: FindingView, state: str) -> bool:
    if state in ("open", "decided"):
        return view.is_open == (state == "open")
    return state in ("all", view.state)


def _was_done(view: FindingView, filters: Filters) -> bool:
    """Say whether somebody did something with it: who is asked for, since the day asked for."""
    if not filters.done_by and filters.done_since is None:
        return True
    return any(
        (not filters.done_by or who == filters.done_by)
        and (filters.done_since is None or timezone.localdate(at) >= filters.done_since)
        for who, at in view.acts
    )


def _asks_for_findings(filters: Filters) -> bool:
    asked = (
        *(filters.severities, filters.kinds, filters.outcomes, filters.assigned),
        *(filters.done_by, filters.done_since),
    )
    return any(asked) or filters.state != "all"


def is_asked_for(view: FindingView, filters: Filters) -> bool:
    return (
        (not filters.severities or view.severity in filters.severities)
        and (not filters.kinds or view.kind in filters.kinds)
        and (not filters.outcomes or view.shown_outcome in filters.outcomes)
        and _is_in_state(view, filters.state)
        and _was_done(view, filters)
        and (not filters.assigned or (view.assigned_to or NOBODY) == filters.assigned)
    )


def _is_wanted(
    outline: Outline,
    group: ClaimGroup,
    columns: Sequence[Column],
    filters: Filters,
    *,
    reference: int,
) -> bool:
    views = [view for _, view in outline.findings.in_group(group.pk)]
    present = outline.articles_of[group.pk]
    if not present & {column.article_id for column in columns}:
        return False
    if _asks_for_findings(filters) and not any(is_asked_for(v, filters) for v in views):
        return False
    is_only = filters.only_differences or filters.diff == "only"
    if is_only and not any(v.state != "dismissed" for v in views):
        return False
    if filters.rest != "all" and any(c.article_id == reference for c in columns):
        others = {column.article_id for column in columns} - {reference}
        if filters.rest == "alone":
            return not present & others
        if reference in present:
            return False
    return not _hides_alone(outline, filters) or _is_shared(outline, group)


def _hides_alone(outline: Outline, filters: Filters) -> bool:
    """Whether rows of one outlet alone are left out: not by a search, which looks in everything,
    and not where there is but one."""
    return filters.shared_only and not filters.query and len(outline.columns) > 1


def _is_shared(outline: Outline, group: ClaimGroup) -> bool:
    """Whether several articles tell it, or a finding that nobody dismissed is about it."""
    return len(outline.articles_of[group.pk]) > 1 or any(
        view.state != "dismissed" for _, view in outline.findings.in_group(group.pk)
    )


def _sort_key(
    sort: str, outline: Outline, columns: Sequence[Column]
) -> Callable[[ClaimGroup], tuple[float, ...]]:
    when = {
        column.article_id: column.published_at.timestamp() if column.published_at else float("inf")
        for column in columns
    }
    origin_of = {column.article_id: column.origin for column in columns}

    def present(group: ClaimGroup) -> frozenset[int]:
        return outline.articles_of[group.pk] & when.keys()

    keys: dict[str, Callable[[ClaimGroup], tuple[float, ...]]] = {
        "severity": lambda group: (severity_rank(_severity(outline, group)), group.position),
        "position": lambda group: (group.position,),
        "origins": lambda group: (-len({origin_of[a] for a in present(group)}), group.position),
        "time": lambda group: (min(when[a] for a in present(group)), group.position),
    }
    return keys[sort]


def _severity(outline: Outline, group: ClaimGroup) -> str:
    """Return the highest severity in a row that nobody dismissed, "" without one."""
    views = (view for _, view in outline.findings.in_group(group.pk))
    severities = [view.severity for view in views if view.state != "dismissed"]
    return min(severities, key=severity_rank, default="")


def _count_open(outline: Outline) -> dict[str, int]:
    views = outline.findings.views.values()
    return _counted(view.severity for view in views if view.is_open)


def _story_findings(outline: Outline, filters: Filters) -> tuple[FindingView, ...]:
    """Return what concerns no one claim; nothing while claims are searched for words."""
    if filters.query:
        return ()
    return tuple(
        view
        for view in _views_of(outline, None)
        if is_asked_for(view, filters) or not _asks_for_findings(filters)
    )


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


# --- one row ---------------------------------------------------------------------------------


def build_rows(
    outline: Outline,
    groups: Sequence[ClaimGroup],
    columns: Sequence[Column],
    decided: Decided,
    *,
    reference: int = 0,
) -> dict[int, Row]:
    """Return the rows of *groups* by number, as ``build_row_of`` builds them. Seven queries for
    those not built before, none without."""
    known = find_built(outline, columns, decided, reference=reference)
    rows = {group.pk: row for group in groups if (row := known.find(outline, group.pk)) is not None}
    if new := [group for group in groups if group.pk not in rows]:
        words = load_row_words(outline, new, decided)
        for group in new:
            row = build_row_of(outline, words, group, columns, reference=reference)
            known.keep(outline, group.pk, row, size=_CELL_BYTES * len(columns))
            rows[group.pk] = row
    return rows


def build_row_of(
    outline: Outline,
    words: RowWords,
    group: ClaimGroup,
    columns: Sequence[Column],
    *,
    reference: int = 0,
) -> Row:
    """Return the row of *group* with a cell for each of *columns*, set against the article
    *reference* if it is one of them. No query."""
    alignments = words.alignments[group.pk]
    findings = outline.findings.in_group(group.pk)
    by_article: dict[int, list[Alignment]] = defaultdict(list)
    for alignment in alignments:
        by_article[alignment.claim.article_id].append(alignment)
    edits = _edits(columns, by_article)
    missing = {
        article_id
        for pk, view in findings
        if view.is_omission and view.state != "dismissed"
        for article_id in outline.findings.missing.get(pk, ())
    }
    kinds = empty_kinds(
        [Said(a.claim.pk, a.claim.article_id, a.claim.position, a.claim.quote) for a in alignments],
        columns,
        words.coverage,
        group_at=outline.group_at,
        articles_of=outline.articles_of,
        refused=words.decided.refused,
        missing=missing,
    )
    elsewhere = tell_apart(
        outline.story,
        outline.findings,
        group.pk,
        words.apart,
        claims_of=outline.claims_of,
        article_of=outline.article_of,
        place_of=words.place_of,
        href_of=words.href_of,
    )
    has_reference = any(column.article_id == reference for column in columns)
    first = next((column for column in columns if column.article_id in by_article), None)
    first_words: set[str] = set()
    cells = []
    for column in columns:
        if column.article_id in by_article:
            readings = [
                _reading(outline, words, alignment, findings, edits)
                for alignment in by_article[column.article_id]
            ]
            if column is first:
                first_words = {_plain(reading) for reading in readings}
            elif first is not None:
                readings = [
                    replace(reading, same_as=first.sigil)
                    if _plain(reading) in first_words
                    else reading
                    for reading in readings
                ]
            against = "added" if has_reference and reference not in by_article else ""
            cells.append(
                Cell(
                    column.article_id,
                    "reading",
                    _tell_repeats(readings),
                    against=against,
                    elsewhere=elsewhere.get(column.article_id, ()),
                )
            )
        else:
            kind, told = kinds[column.article_id], elsewhere.get(column.article_id, ())
            label = gettext(FAILED_LABEL if column.state == Article.State.FAILED else LABELS[kind])
            if told and kind in SILENT:
                kind, label = "elsewhere", "; ".join(map(_describe_elsewhere, told))
            is_read = column.state == Article.State.ANALYSED
            against = "lacks" if has_reference and is_read and reference in by_article else ""
            cells.append(Cell(column.article_id, kind, (), label, against, told))
    origin_of = {column.article_id: column.origin for column in outline.columns}
    said = ((alignment.claim.article_id, alignment.claim.quote) for alignment in alignments)
    decided_at, decided_by = max(
        (words.decided.last[one] for one in said if one in words.decided.last), default=(None, "")
    )
    return Row(
        group_id=group.pk,
        key=group.key,
        title=group.title,
        cells=tuple(cells),
        findings=_views_of(outline, group.pk),
        severity=_severity(outline, group),
        origins=len({origin_of[article_id] for article_id in by_article}),
        position=group.position,
        stamp=outline.stamp(group.pk),
        decided_by=decided_by,
        decided_at=decided_at,
    )


def _describe_elsewhere(told: Elsewhere) -> str:
    where = gettext("in another row") if told.cell else told.place
    return gettext("%(where)s: “%(words)s”") % {
        "where": where[:1].upper() + where[1:],
        "words": told.words,
    }


def _tell_repeats(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Tell what an article says again in the words it has already said it in."""
    told: set[str] = set()
    kept = []
    for reading in readings:
        words = _plain(reading)
        kept.append(replace(reading, is_repeat=True) if words in told else reading)
        told.add(words)
    return tuple(kept)


def _plain(reading: Reading) -> str:
    return plain_words("".join(piece.text for piece in reading.pieces))


def _views_of(outline: Outline, group_id: int | None) -> tuple[FindingView, ...]:
    """Return the findings of a row with the columns each is about: those that left
    something out, else those it compares."""
    views = []
    for pk, view in outline.findings.in_group(group_id):
        about = outline.articles_about(pk)
        columns = [column for column in outline.columns if column.article_id in about]
        views.append(
            replace(
                view,
                sigils=tuple(column.sigil for column in columns),
                outlets=tuple(column.outlet for column in columns),
            )
        )
    return tuple(views)


def _edits(
    columns: Sequence[Column], by_article: Mapping[int, list[Alignment]]
) -> dict[int, list[Mark]]:
    """Return the words by which near-copies differ, for each claim, in the article's offsets.

    Every reading is held against the row's first: the agency's, or the earliest.
    """
    readings = [
        alignment.claim for column in columns for alignment in by_article.get(column.article_id, ())
    ]
    marks: dict[int, list[Mark]] = defaultdict(list)
    if not readings:
        return marks
    reference = readings[0]
    for claim in readings[1:]:
        if claim.article_id == reference.article_id:
            continue
        theirs, ours = find_edits(reference.quote, claim.quote)
        marks[reference.pk] += [(_shift(span, reference.start), mark) for span, mark in theirs]
        marks[claim.pk] += [(_shift(span, claim.start), mark) for span, mark in ours]
    return marks


def _shift(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def describe_reasons(alignment: Alignment) -> tuple[str, ...]:
    """Return why a claim is in its row, in words; nothing for the first, which was matched with
    no other."""
    return tuple(_reason(reason) for reason in alignment.reasons if reason["code"] != "first")


def _reason(reason: Mapping[str, Any]) -> str:
    """Return a reason as read, with its share of what speaks for the match where it has company."""
    share = float(reason.get("weight", 1.0))
    text = say(str(reason["text"]))
    if not 0.0 < share < 1.0:
        return text
    return gettext("%(reason)s (%(share)s%%)") % {"reason": text, "share": f"{share * 100:.0f}"}


def _reading(
    outline: Outline,
    words: RowWords,
    alignment: Alignment,
    findings: Sequence[tuple[int, FindingView]],
    edits: Mapping[int, list[Mark]],
) -> Reading:
    claim = alignment.claim
    extras = words.extras[claim.pk]
    quantities = words.quantities.get(claim.pk, ())
    marks: list[Mark] = list(edits.get(claim.pk, ()))
    for pk, view in findings:
        if view.state != "dismissed":
            marks += marks_on(claim, outline.findings.spans.get(pk, ()), view.kind)
    marks += [(Span(quantity.start, quantity.end), "number") for quantity in quantities]
    marks += [(Span(*pair), "hedge") for pair in extras.hedges]
    marks += [(Span(*pair), "source") for pair in extras.sources]
    first, *others = tell_voices(
        Voiced(claim.start, claim.end, claim.voice, claim.source_resolved or claim.source),
        words.parts.get(claim.sentence_id, ()),
        [Span(quantity.start, quantity.end) for quantity in quantities],
    )
    return Reading(
        claim_id=claim.pk,
        claim_key=claim.key,
        pieces=cut(claim.quote, marks, offset=claim.start),
        value=_value(quantities, extras.dates),
        voice=first.voice,
        attributed_to=first.speaker,
        in_part=tuple((other.voice, other.speaker) for other in others),
        place=words.place_of.get(extras.segment_id) or role_label(claim.role),
        why=describe_reasons(alignment),
        score=alignment.score,
        is_confirmed=alignment.is_confirmed,
        href=f"{words.href_of[claim.article_id]}#segment-{extras.segment_id}",
        limits=extras.limits,
    )


def _value(quantities: Sequence[Quantity], dates: Sequence[Mapping[str, Any]]) -> str:
    values = [
        describe_share(*share, quantity.counted)
        if (
            share := as_percent(quantity.low, quantity.high, type=quantity.type, unit=quantity.unit)
        )
        else describe_interval(
            quantity.low, quantity.high, unit=quantity.unit, counted=quantity.counted
        )
        for quantity in quantities
    ]
    # A weekday says nothing to a reader of another week.
    values += [
        f"{found['text'].rstrip('.,;:')} = {found['iso']}" for found in dates if found.get("anchor")
    ]
    return "; ".join(list(dict.fromkeys(filter(None, values)))[:_MOST_VALUES])
