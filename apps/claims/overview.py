"""The read side of a story's overview: what agrees, what differs, who stands alone, what is new.

It counts and points; the words stand one step away, in the comparison and on the cards.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from apps.articles.models import Segment, Story
from apps.articles.text.namings import Naming, find_naming, name_pattern
from apps.articles.text.types import Role
from apps.claims.agreements import find_agreements
from apps.claims.differences import find_differences
from apps.claims.finding_titles import title_of
from apps.claims.finding_views import severity_rank
from apps.claims.matrix_data import Outline, load_outline
from apps.claims.models import Annotation, ClaimGroup, Comment, StoryVisit
from apps.claims.presentation import Column, FindingView
from apps.claims.second_reading import find_differing, find_incomplete
from apps.claims.story_memory import recall

# Of each list so many are shown; the others are counted, and a link leads to all of them.
MOST_SHOWN = 8
MOST_AGREED = 10
# High findings are what an editor came for: of them nearly all are.
MOST_HIGH = 12
# In a picture of an origin: pixels between two articles, and how many are drawn.
_STEP, _EDGE, _MOST_DRAWN = 34, 14, 16
# What the place of a name takes as it is kept.
_NAMING_BYTES = 400


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of the comparison in a list. *outlets* counts the articles telling it, *origins*
    their independent origins; where it is agreed on, only what surely says the same counts."""

    group_id: int
    title: str
    outlets: int
    origins: int


@dataclass(frozen=True, slots=True)
class Differences:
    """Open findings of one severity, each difference once: those *shown* of *total*."""

    severity: str
    shown: tuple[FindingView, ...]
    total: int


@dataclass(frozen=True, slots=True)
class KindLine:
    """How many open findings of a kind there are, all and by severity."""

    kind: str
    title: str
    total: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OutletLine:
    """An article among the others: *alone* counts claims nobody else has, *all_claims* the
    rows it is in, *conflicts* the open findings that it cannot be true together with others."""

    column: Column
    alone: int
    all_claims: int
    conflicts: int
    shared: int


@dataclass(frozen=True, slots=True)
class Node:
    """An article in the picture of an origin, in pixels from the left."""

    x: int
    column: Column


@dataclass(frozen=True, slots=True)
class OriginLine:
    """An independent origin: *first* is what the others go back to, or the earliest of one
    text; *copies* come with where each names the one it goes back to, None nowhere. *width* is
    that of its picture, *undrawn* counts copies that are not in it."""

    first: Column
    copies: tuple[tuple[Column, Naming | None], ...]
    nodes: tuple[Node, ...]
    width: int
    undrawn: int = 0

    @property
    def last_x(self) -> int:
        return self.nodes[-1].x


@dataclass(frozen=True, slots=True)
class News:
    """What came since the last visit. *since* is None at the first one."""

    since: datetime | None = None
    articles: tuple[Column, ...] = ()
    rows: tuple[RowLine, ...] = ()
    findings: tuple[FindingView, ...] = ()
    gone: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.articles or self.rows or self.findings or self.gone)


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """What waits for people: open findings by severity, questions a rule could not settle,
    verdicts without a second reader, *disputed* findings, on which people differ, remarks
    and notes that nobody resolved."""

    counts: Mapping[str, int]
    questions: int
    verdicts: int
    disputed: int
    remarks: int
    notes: tuple[Annotation, ...]
    decided: int


@dataclass(frozen=True, slots=True)
class Overview:
    """*agreed* are rows that surely say the same in several origins and no finding speaks against;
    *differences* are the high and the medium ones, in this order, without those there are none
    of; *kinds* count all that differs; the totals count what is listed in part."""

    outlets: tuple[OutletLine, ...]
    origins: tuple[OriginLine, ...]
    agreed: tuple[RowLine, ...]
    agreed_total: int
    differences: tuple[Differences, ...]
    kinds: tuple[KindLine, ...]
    unreviewed: Unreviewed
    rows_total: int
    shared_total: int
    news: News


def build_overview(story: Story, visit: StoryVisit | None = None) -> Overview:
    """Return the overview of *story*, with what is new since the visit before *visit*.

    Nineteen queries, whatever its size.
    """
    return overview_of(load_outline(story), visit)


def keys_of(outline: Outline) -> dict[str, list[str]]:
    """Return what stands for what a person sees: keys that survive an analysis."""
    return {
        "articles": [str(column.article_id) for column in outline.columns],
        "rows": [group.key for group in outline.groups],
        "findings": [view.key for view in outline.findings.views.values()],
    }


def overview_of(outline: Outline, visit: StoryVisit | None = None) -> Overview:
    origin_of = {column.article_id: column.origin for column in outline.columns}
    rows = {group.pk: _row_line(outline, group, origin_of) for group in outline.groups}
    opened = [view for view in outline.findings.views.values() if view.is_open]
    agreed = _find_agreed(outline, rows, origin_of)
    return Overview(
        outlets=_outlet_lines(outline, opened),
        origins=_origin_lines(outline),
        agreed=tuple(agreed[:MOST_AGREED]),
        agreed_total=len(agreed),
        differences=tuple(
            Differences(severity, tuple(found[:most]), len(found))
            for severity, most in (("high", MOST_HIGH), ("medium", MOST_SHOWN))
            if (found := find_differences(outline, severity))
        ),
        kinds=_kind_lines(opened),
        unreviewed=_unreviewed(outline, opened),
        rows_total=len(rows),
        shared_total=sum(line.origins > 1 for line in rows.values()),
        news=_news(outline, rows, visit),
    )


def _find_agreed(
    outline: Outline, rows: Mapping[int, RowLine], origin_of: Mapping[int, int]
) -> list[RowLine]:
    """Return the rows several origins agree on, what most origins tell first. Two queries."""
    asked = [row for row, line in rows.items() if line.origins > 1]
    agreed = [
        replace(rows[row], outlets=len(told_in), origins=len({origin_of[one] for one in told_in}))
        for row, told_in in find_agreements(outline, asked).items()
    ]
    place = {row: number for number, row in enumerate(rows)}
    return sorted(agreed, key=lambda line: (-line.origins, -line.outlets, place[line.group_id]))


def _row_line(outline: Outline, group: ClaimGroup, origin_of: Mapping[int, int]) -> RowLine:
    articles = outline.articles_of[group.pk]
    return RowLine(
        group_id=group.pk,
        title=group.title,
        outlets=len(articles),
        origins=len({origin_of[article] for article in articles}),
    )


def _kind_lines(opened: Iterable[FindingView]) -> tuple[KindLine, ...]:
    """The worst first: by how many are of high severity, then of medium, then by all."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for view in opened:
        counts[view.kind][view.severity] += 1
    lines = [
        KindLine(kind, title_of(kind), found.total(), dict(found)) for kind, found in counts.items()
    ]
    lines.sort(
        key=lambda line: (
            -line.counts.get("high", 0),
            -line.counts.get("medium", 0),
            -line.total,
            line.title,
        )
    )
    return tuple(lines)


def _outlet_lines(outline: Outline, opened: Iterable[FindingView]) -> tuple[OutletLine, ...]:
    alone: Counter[int] = Counter()
    told: Counter[int] = Counter()
    shared: Counter[int] = Counter()
    for articles in outline.articles_of.values():
        told.update(articles)
        if len(articles) == 1:
            alone.update(articles)
        else:
            shared.update(articles)
    conflicts: Counter[int] = Counter()
    wanted = {view.key for view in opened if view.outcome == "conflict"}
    for pk, view in outline.findings.views.items():
        if view.key in wanted:
            conflicts.update(outline.articles_about(pk))
    return tuple(
        OutletLine(
            column=column,
            alone=alone[column.article_id],
            all_claims=told[column.article_id],
            conflicts=conflicts[column.article_id],
            shared=shared[column.article_id],
        )
        for column in outline.columns
    )


def _origin_lines(outline: Outline) -> tuple[OriginLine, ...]:
    columns = outline.columns
    source_of = {c.article_id: c.goes_back_to for c in columns if c.goes_back_to}
    namings = recall(
        outline.story,
        "namings",
        outline.edition and (outline.edition, tuple(source_of.items())),
        lambda: _find_namings(source_of),
        weigh=lambda found: _NAMING_BYTES * len(found),
    )
    families: dict[int, list[Column]] = defaultdict(list)
    for column in columns:
        families[column.origin].append(column)
    lines = []
    for members in families.values():
        drawn = members[:_MOST_DRAWN]
        nodes = tuple(Node(_EDGE + _STEP * place, column) for place, column in enumerate(drawn))
        lines.append(
            OriginLine(
                first=members[0],
                copies=tuple((copy, namings.get(copy.article_id)) for copy in members[1:]),
                nodes=nodes,
                width=nodes[-1].x + _EDGE,
                undrawn=len(members) - len(drawn),
            )
        )
    return tuple(lines)


def _find_namings(source_of: Mapping[int, str]) -> dict[int, Naming]:
    """Return by article where it names the outlet it goes back to by *source_of*, if it does.

    One query, none where nothing goes back to anything.
    """
    if not source_of:
        return {}
    named = Q()
    for source in set(source_of.values()):
        articles = [article for article, found in source_of.items() if found == source]
        named |= Q(article__in=articles, quote__regex=name_pattern(source))
    parts: dict[int, list[tuple[Role, str]]] = defaultdict(list)
    others = (Role.TEASER.value, Role.OTHER_STORY.value)
    rows = Segment.objects.filter(named).exclude(role__in=others).order_by("article_id", "position")
    for article, role, text in rows.values_list("article_id", "role", "quote"):
        parts[article].append((Role(role), text))
    found = {article: find_naming(source_of[article], told) for article, told in parts.items()}
    return {article: naming for article, naming in found.items() if naming is not None}


def _unreviewed(outline: Outline, opened: Sequence[FindingView]) -> Unreviewed:
    """Four queries, one more where a note is open."""
    verdicts = find_incomplete().filter(story=outline.story).count()
    disputed = find_differing().filter(story=outline.story).count()
    remarks = Comment.objects.filter(
        story=outline.story, annotation__isnull=True, resolved_because=""
    ).count()
    notes = Annotation.objects.of_story(outline.story).unresolved().to_be_listed()
    return Unreviewed(
        counts=dict(Counter(view.severity for view in opened)),
        questions=sum(bool(view.needs_person) for view in opened),
        verdicts=verdicts,
        disputed=disputed,
        remarks=remarks,
        notes=tuple(notes),
        decided=len(outline.findings.views) - len(opened),
    )


def _news(outline: Outline, rows: Mapping[int, RowLine], visit: StoryVisit | None) -> News:
    if visit is None or visit.seen_before_at is None:
        return News()
    before = {name: set(keys) for name, keys in visit.seen_before.items()}
    now = keys_of(outline)
    known_findings, known_rows = before.get("findings", set()), before.get("rows", set())
    return News(
        since=visit.seen_before_at,
        articles=tuple(
            column
            for column in outline.columns
            if str(column.article_id) not in before.get("articles", set())
        ),
        rows=tuple(rows[group.pk] for group in outline.groups if group.key not in known_rows),
        findings=tuple(
            sorted(
                (v for v in outline.findings.views.values() if v.key not in known_findings),
                key=lambda view: severity_rank(view.severity),
            )
        ),
        gone=len(known_findings - set(now["findings"])),
    )
