"""The read side of the Desk: what waits for a fact-checker, across all stories.

A queue names findings by story and key. What is shown of them is loaded for one page at a
time, in a fixed number of queries, and nothing is counted beyond ``MOST_COUNTED``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import QueryDict

from apps.articles.models import Story
from apps.articles.phrases import say
from apps.claims.finding_sides import Sides, load_sides
from apps.claims.finding_titles import is_kind, title_of
from apps.claims.finding_views import reason_of, state_of
from apps.claims.models import (
    Adjudication,
    Annotation,
    Assignment,
    Finding,
    FindingDecision,
    UndoStep,
    Verdict,
)
from apps.claims.presentation import SEVERITIES, FindingView, read_words
from apps.claims.second_reading import (
    Standing,
    find_differing,
    find_sealed,
    find_sides,
    find_standing,
    find_waiting,
)
from config.numbers import read_number
from config.people import shown_name

MINE, UNASSIGNED, SECOND, DIFFERING, DONE = (
    "mine",
    "unassigned",
    "second-reading",
    "disagreements",
    "done",
)
QUEUES = (MINE, UNASSIGNED, SECOND, DIFFERING, DONE)
PAGE_SIZE = 20
_MOST_NOTES = 50
MOST_COUNTED = 1000
# What one person can do with a finding: decide about it, judge it, read a verdict, settle.
_MOST_ACTS = 4
_LAST_PAGE = MOST_COUNTED // PAGE_SIZE
_RANKS = {severity: rank for rank, severity in enumerate(SEVERITIES)}
_UNKNOWN_RANK = len(SEVERITIES)

# A finding by the row of its story and its key.
Name = tuple[int, str]


@dataclass(frozen=True, slots=True)
class DeskFilters:
    """What the address of a queue asks for; *story* is a slug, "" where all are meant."""

    queue: str = MINE
    story: str = ""
    kind: str = ""
    severity: str = ""
    page: int = 1

    def as_query(self, **changes: object) -> str:
        """Return these filters as a query string, with *changes*; defaults are left out.

        Anything but another page begins at the first one. The queue is in the path.
        """
        if "page" not in changes:
            changes["page"] = 1
        plain: Mapping[str, object] = {"story": "", "kind": "", "severity": "", "page": 1}
        values = {name: changes.get(name, getattr(self, name)) for name in plain}
        return urlencode([(name, str(v)) for name, v in values.items() if v != plain[name]])

    @property
    def is_default(self) -> bool:
        return not (self.story or self.kind or self.severity)


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding of a queue with what is needed to decide about it.

    *verdicts* are those this person may see, *sealed* counts the others; *is_mine* when it
    is this person's work; *has_judged* when they gave a verdict, *is_on_a_side* when they gave one or
    agreed to one; *did* is what they did last
    with it, *at* when.
    """

    story: Story
    finding: FindingView
    verdicts: tuple[Verdict, ...] = ()
    sealed: int = 0
    standing: Standing = field(default_factory=lambda: Standing("none"))
    adjudication: Adjudication | None = None
    is_mine: bool = False
    has_judged: bool = False
    is_on_a_side: bool = False
    did: str = ""
    at: datetime | None = None

    @property
    def anchor(self) -> str:
        return f"{self.story.pk}-{self.finding.key}"


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of a queue. *counts* are of all queues, at most ``MOST_COUNTED``; *previous*
    and *next* are query strings, None at the ends; *story_title* names the story asked for.
    """

    filters: DeskFilters
    entries: tuple[Entry, ...]
    counts: Mapping[str, int]
    previous: str | None
    next: str | None
    story_title: str = ""


def desk_filters_from(queue: str, query: QueryDict | Mapping[str, str]) -> DeskFilters:
    """Return what an address asks for; unknown values are dropped, so any address gives a page."""
    kind, severity = query.get("kind") or "", query.get("severity") or ""
    page = query.get("page") or ""
    return DeskFilters(
        queue=queue if queue in QUEUES else MINE,
        story=read_words(query.get("story"), length=200),
        kind=kind if is_kind(kind) else "",
        severity=severity if severity in SEVERITIES else "",
        page=min(max(1, read_number(page) or 1), _LAST_PAGE),
    )


def build_desk(user: User, filters: DeskFilters) -> Desk:
    """Return one page of a queue as *user* sees it. Eighteen queries, however long it is, and one
    for the title of a story."""
    rows = _find_rows(user, filters.queue, filters)
    first = (filters.page - 1) * PAGE_SIZE
    last = first + PAGE_SIZE + 1
    if filters.queue == DONE:
        found = _once_each(rows[: last * _MOST_ACTS])[first:last]
    else:
        found = list(rows[first:last])
    done = {(story_id, key): (did, at) for story_id, key, did, at in found[:PAGE_SIZE]}
    entries = load_entries(list(done), user, done=done)
    title = ""
    if filters.story:
        title = (
            Story.objects.filter(slug=filters.story).values_list("title", flat=True).first() or ""
        )
    has_next = len(found) > PAGE_SIZE and filters.page < _LAST_PAGE
    return Desk(
        filters=filters,
        entries=entries,
        counts=count_queues(user, filters),
        previous=filters.as_query(page=filters.page - 1) if filters.page > 1 else None,
        next=filters.as_query(page=filters.page + 1) if has_next else None,
        story_title=title,
    )


def _once_each(acts: Iterable[tuple[int, str, str, datetime]]) -> list[Any]:
    """Return of each finding the first of *acts*."""
    found: dict[Name, Any] = {}
    for act in acts:
        found.setdefault(act[:2], act)
    return list(found.values())


def count_queues(user: User, filters: DeskFilters) -> dict[str, int]:
    """Return how many findings each queue holds, at most ``MOST_COUNTED``. Five queries."""
    return {
        queue: _find_rows(user, queue, filters, is_counted=True)[:MOST_COUNTED].count()
        for queue in QUEUES
    }


def build_entry(user: User, story: Story, key: str) -> Entry | None:
    """Return one finding as the Desk shows it; None when nothing is left of it."""
    entries = load_entries([(story.pk, key)], user)
    return entries[0] if entries else None


def find_people() -> list[User]:
    """Return who findings can be assigned to, by name. One query."""
    return _people_who_may("claims.add_assignment")


def find_deciders(verdicts: Iterable[Verdict]) -> list[User]:
    """Return who may decide between *verdicts*, by name: whoever is on no side. One query."""
    sides = find_sides(verdicts)
    people = _people_who_may("claims.add_adjudication")
    return [person for person in people if person.pk not in sides]


def _people_who_may(permission: str) -> list[User]:
    people = User.objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
    return sorted(people, key=lambda person: shown_name(person).casefold())


def find_open_notes(story: str = "") -> list[Annotation]:
    """Return the newest notes on articles that nobody resolved, of one story or of all; two
    queries."""
    notes = Annotation.objects.unresolved().filter(article__story__isnull=False)
    if story:
        notes = notes.filter(article__story__slug=story)
    return list(notes.to_be_listed().order_by("-made_at", "-pk")[:_MOST_NOTES])


def find_last_step(user: User) -> UndoStep | None:
    """Return what *user* did last anywhere and can undo. One query."""
    steps = UndoStep.objects.filter(made_by=user, undone_at__isnull=True)
    return steps.select_related("story").order_by("-pk").first()


# --- queues ----------------------------------------------------------------------------------


def _find_rows(
    user: User, queue: str, filters: DeskFilters, *, is_counted: bool = False
) -> QuerySet[Any, Any]:
    """Return ``(story, key, what was done, when)`` of each finding in *queue*, in its order.

    Rows that are only counted are in no order.
    """
    if queue == UNASSIGNED:
        return _unassigned(filters, is_counted=is_counted)
    if queue == DONE:
        return _done(user, filters, is_counted=is_counted)
    rows: QuerySet[Any]
    if queue == MINE:
        same = {"story": OuterRef("story_id"), "finding_key": OuterRef("finding_key")}
        rows = Assignment.objects.filter(
            ~Exists(FindingDecision.objects.filter(**same)),
            ~Exists(Verdict.objects.filter(**same, author=user)),
            assignee=user,
        )
        at, order = "assigned_at", ["rank", "-assigned_at", "pk"]
    else:
        rows = find_waiting(user.pk) if queue == SECOND else find_differing()
        # Who waits longest comes first.
        at, order = "given_at", ["given_at", "pk"]
    rows = _narrow(rows, filters)
    if is_counted:
        return rows.order_by().values_list("pk")
    severity = Finding.objects.filter(story=OuterRef("story_id"), key=OuterRef("finding_key"))
    ranked = rows.annotate(
        rank=Coalesce(Subquery(severity.values(rank=_rank())[:1]), _UNKNOWN_RANK)
    )
    ordered: QuerySet[Any, Any] = ranked.order_by(*order).values_list(
        "story_id", "finding_key", Value("", TextField()), F(at)
    )
    return ordered


def _rank() -> Case:
    whens = [When(severity=name, then=Value(rank)) for name, rank in _RANKS.items()]
    return Case(*whens, default=Value(_UNKNOWN_RANK), output_field=IntegerField())


def _unassigned(filters: DeskFilters, *, is_counted: bool) -> QuerySet[Any, Any]:
    """Open findings that nobody has and nobody judged: the worst first, of the newest stories."""
    same = {"story": OuterRef("story_id"), "finding_key": OuterRef("key")}
    rows = Finding.objects.still_open().filter(
        ~Exists(Assignment.objects.filter(**same)), ~Exists(Verdict.objects.filter(**same))
    )
    if filters.story:
        rows = rows.filter(story__slug=filters.story)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.severity:
        rows = rows.filter(severity=filters.severity)
    if is_counted:
        return rows.order_by().values_list("pk")
    return rows.order_by(_rank(), "-story__changed_at", "-story_id", "position").values_list(
        "story_id", "key", Value("", TextField()), Value(None, TextField())
    )


def _done(user: User, filters: DeskFilters, *, is_counted: bool) -> QuerySet[Any, Any]:
    """What *user* decided, judged, read or settled, the last first, each as often as they did
    something with it; counted, once each."""
    acts = (
        (FindingDecision.objects.filter(made_by=user), F("value"), "made_at"),
        (Verdict.objects.filter(author=user), Value("judge"), "given_at"),
        (Verdict.objects.filter(reviewer=user), Value("read"), "reviewed_at"),
        (Adjudication.objects.filter(made_by=user), Value("settle"), "made_at"),
    )
    first, *others = [
        _narrow(rows, filters)
        .order_by()
        .annotate(did=Coalesce(did, Value(""), output_field=TextField()), at=F(at))
        .values_list("story_id", "finding_key", "did", "at")
        for rows, did, at in acts
    ]
    found: QuerySet[Any, Any]
    if is_counted:
        named = [rows.values_list("story_id", "finding_key") for rows in (first, *others)]
        found = named[0].union(*named[1:])
    else:
        found = first.union(*others, all=True).order_by(F("at").desc(nulls_last=True))
    return found


def _narrow(rows: QuerySet[Any], filters: DeskFilters) -> QuerySet[Any]:
    """Keep the rows of findings that *filters* ask for."""
    if filters.story:
        rows = rows.filter(story__slug=filters.story)
    if not (filters.kind or filters.severity):
        return rows
    findings = Finding.objects.filter(story=OuterRef("story_id"), key=OuterRef("finding_key"))
    if filters.kind:
        findings = findings.filter(kind=filters.kind)
    if filters.severity:
        findings = findings.filter(severity=filters.severity)
    return rows.filter(Exists(findings))


# --- what is shown ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What is stored about the findings of a page, by story and key."""

    stories: Mapping[int, Story]
    findings: Mapping[Name, Finding]
    sides: Mapping[int, Sides]
    missing: Mapping[int, Sequence[str]]
    decisions: Mapping[Name, FindingDecision]
    assignments: Mapping[Name, Assignment]
    verdicts: Mapping[Name, Sequence[Verdict]]
    adjudications: Mapping[Name, Adjudication]


def load_entries(
    names: Sequence[Name],
    user: User,
    *,
    done: Mapping[Name, tuple[str, datetime | None]] | None = None,
) -> tuple[Entry, ...]:
    """Return *names* with both sides' words and what people made of them; twelve queries.

    A name of which nothing is left is left out; one that comes twice is shown once.
    """
    loaded = _load(names)
    entries = []
    for name in dict.fromkeys(names):
        view = _view(loaded, name)
        if view is None:
            continue
        verdicts = loaded.verdicts.get(name, ())
        hidden = find_sealed(verdicts, user.pk)
        did, at = (done or {}).get(name, ("", None))
        assignment = loaded.assignments.get(name)
        entries.append(
            Entry(
                story=loaded.stories[name[0]],
                finding=view,
                verdicts=tuple(verdict for verdict in verdicts if verdict not in hidden),
                sealed=len(hidden),
                standing=find_standing(verdicts, loaded.adjudications.get(name)),
                adjudication=loaded.adjudications.get(name),
                is_mine=assignment is not None and assignment.assignee_id == user.pk,
                has_judged=any(verdict.author_id == user.pk for verdict in verdicts),
                is_on_a_side=user.pk in find_sides(verdicts),
                did=did,
                at=at,
            )
        )
    return tuple(entries)


def _load(names: Sequence[Name]) -> _Loaded:
    wanted = set(names)
    here: dict[str, Any] = {"story__in": {story for story, _ in wanted}}
    keys = {key for _, key in wanted}
    findings = {
        (row.story_id, row.key): row
        for row in Finding.objects.filter(**here, key__in=keys)
        if (row.story_id, row.key) in wanted
    }
    numbers = [row.pk for row in findings.values()]
    missing: dict[int, list[str]] = defaultdict(list)
    gaps = Finding.missing_in.through.objects.filter(finding__in=numbers).order_by("pk")
    for finding_id, outlet in gaps.values_list("finding_id", "article__outlet__name"):
        missing[finding_id].append(outlet)
    here["finding_key__in"] = keys
    verdicts: dict[Name, list[Verdict]] = defaultdict(list)
    given = Verdict.objects.filter(**here).select_related("author", "reviewer")
    for verdict in given.prefetch_related("evidence").order_by("pk"):
        verdicts[verdict.story_id, verdict.finding_key].append(verdict)
    return _Loaded(
        stories=Story.objects.in_bulk({story for story, _ in wanted}),
        findings=findings,
        sides=load_sides(findings.values()),
        missing=missing,
        decisions=_by_name(FindingDecision.objects.filter(**here).select_related("made_by")),
        assignments=_by_name(Assignment.objects.filter(**here).select_related("assignee")),
        verdicts=verdicts,
        adjudications=_by_name(Adjudication.objects.filter(**here).select_related("made_by")),
    )


def _by_name(rows: Iterable[Any]) -> dict[Name, Any]:
    return {(row.story_id, row.finding_key): row for row in rows}


def _view(loaded: _Loaded, name: Name) -> FindingView | None:
    finding = loaded.findings.get(name)
    decision, assignment = loaded.decisions.get(name), loaded.assignments.get(name)
    verdicts = loaded.verdicts.get(name, ())
    kept = finding or decision or assignment or next(iter(verdicts), None)
    if kept is None or name[0] not in loaded.stories:
        return None
    kind = "" if isinstance(kept, Verdict) else kept.kind
    return FindingView(
        key=name[1],
        kind=kind,
        title=title_of(kind),
        outcome=finding.outcome if finding else "",
        severity=finding.severity if finding else "",
        explanation=kept.explanation,
        rule=finding.rule if finding else "",
        changes_if="",
        confidence=finding.confidence if finding else 0.0,
        state=state_of(decision),
        reason=reason_of(decision),
        note=decision.note if decision else "",
        decided_by=shown_name(decision.made_by) if decision else "",
        decided_at=decision.made_at if decision else None,
        confirmed_times=0,
        dismissed_times=0,
        group_id=finding.group_id if finding else None,
        sides=loaded.sides[finding.pk] if finding else (),
        missing_in=tuple(loaded.missing.get(finding.pk, ())) if finding else (),
        needs_person=say(finding.needs_person) if finding else "",
        assigned_to=assignment.assignee.get_username() if assignment else "",
        assignee=shown_name(assignment.assignee) if assignment else "",
    )
