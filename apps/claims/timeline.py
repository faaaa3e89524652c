"""The read side of the timeline: when it happened, as told, against when it was told.

An event is a dated statement of a row: readings of one row with dates that can be one day are
told together, others apart, unless a finding says that the dates contradict each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from apps.articles.models import Article, Story
from apps.articles.moments import label_iso
from apps.articles.text.spans import Span
from apps.claims.analysis.types import StatementKind, Voice
from apps.claims.axes import Axis, Tick, percent
from apps.claims.event_times import (
    Stretch,
    build_day_ticks,
    build_time_axis,
    describe_stretch,
    read_stretch,
    seconds,
)
from apps.claims.matrix_data import Outline, load_outline
from apps.claims.models import Claim
from apps.claims.pieces import cut
from apps.claims.presentation import Column, FindingView, Piece
from apps.claims.story_memory import recall

DATE_KINDS = frozenset({"date_conflict", "stale_context"})
STATUS = "status_differs"
# What lies further back than this from the first article is background, not the story.
_BACKGROUND = timedelta(days=14)
# What lies further ahead than this from the last would leave the rest no room.
_AHEAD = timedelta(days=30)
_MOST_WORDS = 180
# What a dated claim takes as it is kept.
_DATED_BYTES = 800
_FEWEST_EVENTS = 4
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Telling:
    """One article's word of an event.

    *when* is the date as it comes to, *printed* as it stands there; *status* is "told",
    "planned", "denied", or "ahead" for what is dated after the article without a word of planning. *y* is its line in the picture, *published_x* where it was published,
    *left* and *right* where the event lies ("" beyond the picture), *x* the same for a moment.
    """

    column: Column
    pieces: tuple[Piece, ...]
    printed: str
    when: str
    status: str
    href: str
    y: str = ""
    published_x: str = ""
    x: str = ""
    left: str = ""
    right: str = ""
    width: str = ""
    link_left: str = ""
    link_right: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A dated statement. *when* is the date as most exactly told; *is_announced* says that one
    tells it as planned and another as done, *dates_differ* that two of its dates share no day."""

    key: str
    title: str
    group_id: int | None
    when: str
    tellings: tuple[Telling, ...]
    findings: tuple[FindingView, ...]
    is_announced: bool = False
    dates_differ: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one finding says of a plan and what became of it, in the order of publication."""

    finding: FindingView
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """An article in the order of publication. *versions* are its earlier texts, newest first."""

    column: Column
    version: int
    x: str
    versions: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """*events* belong to the days of the story, *background* to earlier times, *ahead* to
    what is still to come; *ticks* name the days of the axis they share. Of the events, these
    come after *first* others, and *remaining* follow."""

    publications: tuple[Publication, ...]
    steps: tuple[Step, ...]
    events: tuple[Event, ...]
    background: tuple[Event, ...]
    ahead: tuple[Event, ...]
    ticks: tuple[Tick, ...]
    first: int = 0
    remaining: int = 0

    @property
    def next(self) -> int:
        """How many events stand before those still to come; 0 when none do."""
        return self.first + len(self.events) if self.remaining else 0

    @property
    def is_empty(self) -> bool:
        return not (self.events or self.background or self.ahead or self.steps)


@dataclass(slots=True)
class _Dated:
    """A reading of a row with the stretch it tells of, None where it gives no date."""

    claim_id: int
    article_id: int
    quote: str
    start: int
    segment_id: int
    voice: str
    kind: str
    stretch: Stretch | None
    span: Span | None = None
    printed: str = ""


@dataclass(slots=True)
class _Event:
    group_id: int
    dated: list[_Dated] = field(default_factory=list)
    findings: list[FindingView] = field(default_factory=list)

    @property
    def stretches(self) -> list[Stretch]:
        return [one.stretch for one in self.dated if one.stretch is not None]

    @property
    def stretch(self) -> Stretch:
        """The most exact date told, the earliest of equally exact ones."""
        return min(self.stretches, key=lambda stretch: (stretch.length, stretch))


def build_timeline(story: Story, *, first: int = 0, tellings: int | None = None) -> TimelinePage:
    """Return when *story* happened and was told. Thirteen queries, whatever its size.

    *first* of its events are left out, and of the others come about as many as have so many
    *tellings*, but a few in any case.
    """
    outline = load_outline(story)
    published, rows = _load_published(outline)
    dated = _find_dated(outline)
    found = _find_events(outline, dated)
    out = [stretch for stretch in published.values() if stretch is not None]
    begin = min((s.start for s in out), default=None)
    last = max((s.end for s in out), default=None)
    background = [e for e in found if begin is not None and e.stretch.end < begin - _BACKGROUND]
    ahead = [e for e in found if last is not None and e.stretch.start > last + _AHEAD]
    apart = {id(event) for event in (*background, *ahead)}
    near = [event for event in found if id(event) not in apart]
    shown = near[first:] if tellings is None else _fitting(near[first:], tellings)
    axis = _axis(out, near)
    draw = _Drawing(outline, published, axis)
    return TimelinePage(
        publications=_publications(outline, published, axis, rows),
        steps=tuple(_steps(outline, dated, draw)),
        events=tuple(draw.event(event) for event in shown),
        background=tuple(draw.event(event) for event in background),
        ahead=tuple(draw.event(event) for event in ahead),
        ticks=build_day_ticks(axis) if axis is not None else (),
        first=first,
        remaining=max(0, len(near) - first - len(shown)),
    )


def _fitting(events: Sequence[_Event], tellings: int) -> Sequence[_Event]:
    """Return the first of *events* that have so many *tellings*, at least a few."""
    total = 0
    for number, event in enumerate(events):
        total += len(event.dated)
        if total > tellings and number >= _FEWEST_EVENTS:
            return events[:number]
    return events


def _axis(published: Sequence[Stretch], events: Sequence[_Event]) -> Axis | None:
    moments = [moment for stretch in published for moment in (stretch.start, stretch.end)]
    # A month or a year around the story must not squeeze its days.
    short = [s for event in events for s in event.stretches if s.length <= timedelta(days=7)]
    moments += [moment for stretch in short for moment in (stretch.start, stretch.end)]
    return build_time_axis(moments) if moments else None


# --- events ----------------------------------------------------------------------------------


def _find_events(outline: Outline, dated: Mapping[int, Sequence[_Dated]]) -> list[_Event]:
    """Return the dated statements of all rows in the order of time."""
    events: list[_Event] = []
    for group in outline.groups:
        about = [view for _, view in outline.findings.in_group(group.pk)]
        findings = [v for v in about if v.kind in DATE_KINDS and v.state != "dismissed"]
        together = any(view.kind == "date_conflict" for view in findings)
        own: list[_Event] = []
        ordered = sorted(
            (one for one in dated.get(group.pk, ()) if one.stretch is not None),
            key=lambda one: (one.stretch.length if one.stretch else timedelta(), one.claim_id),
        )
        for one in ordered:
            event = next((e for e in own if together or _is_same_time(e, one)), None)
            if event is None:
                event = _Event(group.pk)
                own.append(event)
            event.dated.append(one)
        for event in own:
            event.findings = findings
        events += own
    return sorted(events, key=lambda event: event.stretch)


def _is_same_time(event: _Event, one: _Dated) -> bool:
    return one.stretch is not None and all(one.stretch.meets(other) for other in event.stretches)


def _steps(
    outline: Outline, dated: Mapping[int, Sequence[_Dated]], draw: _Drawing
) -> Iterable[Step]:
    """Yield what findings say of plans and what became of them."""
    by_claim = {one.claim_id: one for readings in dated.values() for one in readings}
    for pk, view in outline.findings.views.items():
        if view.kind != STATUS or view.state == "dismissed":
            continue
        spans = outline.findings.spans.get(pk, ())
        told = [by_claim[c] for c in outline.findings.claims.get(pk, ()) if c in by_claim]
        marked = []
        for one in told:
            inside = [
                Span(span.start, span.end)
                for span in spans
                if span.article_id == one.article_id
                and one.start <= span.start
                and span.end <= one.start + len(one.quote)
            ]
            marked.append((one, inside))
        if marked:
            yield Step(view, tuple(draw.telling(one, spans) for one, spans in draw.ordered(marked)))


# --- drawing ---------------------------------------------------------------------------------


class _Drawing:
    """Turns dated readings into lines of pictures that share one axis of time."""

    def __init__(
        self, outline: Outline, published: Mapping[int, Stretch | None], axis: Axis | None
    ) -> None:
        self._columns = {column.article_id: column for column in outline.columns}
        self._titles = {group.pk: group.title for group in outline.groups}
        self._published = published
        self._axis = axis
        # Outlets tell of the same days: each is put into words once.
        self._words: dict[Stretch, str] = {}
        self._href_of = {pk: reverse("claims:article", args=[pk]) for pk in self._columns}

    def ordered(
        self, marked: Sequence[tuple[_Dated, list[Span]]]
    ) -> list[tuple[_Dated, list[Span]]]:
        """Return readings in the order of publication; without a date last."""

        def when(pair: tuple[_Dated, list[Span]]) -> tuple[bool, datetime, int]:
            stretch = self._published[pair[0].article_id]
            return stretch is None, stretch.start if stretch else _NEVER, pair[0].claim_id

        return sorted(marked, key=when)

    def event(self, event: _Event) -> Event:
        marked = self.ordered([(one, [one.span] if one.span else []) for one in event.dated])
        # An article that says it twice says it once, in the first of its words.
        once: dict[tuple[int, Stretch | None], tuple[_Dated, list[Span]]] = {}
        for one, spans in marked:
            once.setdefault((one.article_id, one.stretch), (one, spans))
        lines = list(once.values())
        tellings = tuple(
            self.telling(one, spans, line=number, lines=len(lines))
            for number, (one, spans) in enumerate(lines)
        )
        stretches = set(event.stretches)
        first = min(event.dated, key=lambda one: (len(one.quote), one.claim_id))
        states = {telling.status for telling in tellings}
        return Event(
            key=f"{event.group_id}-{first.claim_id}",
            title=_clip(first.quote),
            group_id=event.group_id,
            when=self._say(event.stretch),
            tellings=tellings,
            findings=tuple(event.findings),
            is_announced="told" in states and bool({"planned", "ahead"} & states),
            dates_differ=any(not a.meets(b) for a in stretches for b in stretches),
        )

    def telling(
        self, one: _Dated, spans: Sequence[Span], *, line: int = 0, lines: int = 1
    ) -> Telling:
        published = self._published[one.article_id]
        out = self._place(published.start) if published is not None else None
        left = right = None
        if one.stretch is not None:
            left, right = self._place(one.stretch.start), self._place(one.stretch.end)
            if (
                left is not None
                and right is not None
                and left == right
                and not one.stretch.is_moment
            ):
                left = right = None
        ends = [place for place in (left, right, out) if place is not None]
        marks = [(span, "number") for span in spans]
        shown = left is not None and right is not None
        return Telling(
            column=self._columns[one.article_id],
            pieces=cut(one.quote, marks, offset=one.start),
            printed=one.printed,
            when=self._say(one.stretch) if one.stretch is not None else "",
            status=self._status(one, published),
            href=f"{self._href_of[one.article_id]}#segment-{one.segment_id}",
            y=percent(100.0 * (line + 1) / (lines + 1)),
            published_x=percent(out) if out is not None else "",
            x=percent(left) if shown and left == right and left is not None else "",
            left=percent(left) if shown and left is not None else "",
            right=percent(right) if shown and right is not None else "",
            width=percent(right - left) if left is not None and right is not None else "",
            link_left=percent(min(ends)) if ends else "",
            link_right=percent(max(ends)) if ends else "",
        )

    def _say(self, stretch: Stretch) -> str:
        if stretch not in self._words:
            self._words[stretch] = describe_stretch(stretch)
        return self._words[stretch]

    def _place(self, moment: datetime) -> float | None:
        return self._axis.place(seconds(moment)) if self._axis is not None else None

    @staticmethod
    def _status(one: _Dated, published: Stretch | None) -> str:
        if one.voice == Voice.DENIED:
            return "denied"
        day = one.stretch
        is_past = day is not None and published is not None and day.end <= published.start
        # What is planned and dated before it was told was said on that day, not planned for it.
        if (one.voice == Voice.PLANNED or one.kind == StatementKind.FORECAST) and not is_past:
            return "planned"
        if day is not None and published is not None and day.start > published.end:
            return "ahead"
        return "told"


def _clip(words: str) -> str:
    if len(words) <= _MOST_WORDS:
        return words
    return words[:_MOST_WORDS].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


# --- loading ---------------------------------------------------------------------------------


def _find_dated(outline: Outline) -> Mapping[int, Sequence[_Dated]]:
    """Return the readings of each row with the first day each tells of. One query after the rows
    changed.

    Without a date only those come that a finding about plans speaks of.
    """
    needed = frozenset(
        claim
        for pk, view in outline.findings.views.items()
        if view.kind == STATUS
        for claim in outline.findings.claims.get(pk, ())
    )
    return recall(
        outline.story,
        "dated",
        outline.edition and (outline.edition, needed),
        lambda: _load_dated(outline, needed),
        weigh=lambda found: _DATED_BYTES * sum(map(len, found.values())),
    )


def _load_dated(outline: Outline, needed: Collection[int]) -> dict[int, list[_Dated]]:
    group_of = {claim: group for group, claims in outline.claims_of.items() for claim in claims}
    claims = Claim.objects.filter(article__in=[column.article_id for column in outline.columns])
    rows = claims.filter(~Q(details__dates=[]) | Q(pk__in=needed)).order_by("pk")
    found: dict[int, list[_Dated]] = defaultdict(list)
    for pk, article_id, quote, start, segment_id, voice, kind, dates in rows.values_list(
        "pk",
        "article_id",
        "quote",
        "start",
        "sentence__segment_id",
        "voice",
        "details__kind",
        "details__dates",
    ):
        if pk not in group_of:
            continue
        one = _Dated(pk, article_id, quote, start, segment_id, voice, kind or "", None)
        for day in dates or ():
            one.stretch = read_stretch(day["iso"])
            if one.stretch is not None:
                one.span, one.printed = Span(*day["span"]), day["text"]
                break
        if one.stretch is not None or pk in needed:
            found[group_of[pk]].append(one)
    return dict(found)


def _load_published(
    outline: Outline,
) -> tuple[dict[int, Stretch | None], dict[int, tuple[int, str, int | None]]]:
    """Return when each article came out, and of all texts of theirs (version, outlet, the one
    before). One query."""
    urls = [column.url for column in outline.columns if column.url]
    ids = [column.article_id for column in outline.columns]
    texts = Article.objects.filter(Q(pk__in=ids) | Q(url__in=urls)).order_by("pk")
    published: dict[int, Stretch | None] = {}
    rows: dict[int, tuple[int, str, int | None]] = {}
    for pk, iso, version, previous in texts.values_list(
        "pk", "published_iso", "version", "previous_id"
    ):
        rows[pk] = (version, iso, previous)
        if pk in ids:
            published[pk] = read_stretch(iso) if iso else None
    return published, rows


def _publications(
    outline: Outline,
    published: Mapping[int, Stretch | None],
    axis: Axis | None,
    rows: Mapping[int, tuple[int, str, int | None]],
) -> tuple[Publication, ...]:
    """Return the articles in the order of publication, without a date last."""
    found = []
    for column in outline.columns:
        stretch = published[column.article_id]
        earlier = []
        version, _, previous = rows[column.article_id]
        while previous is not None and previous in rows:
            before, iso, further = rows[previous]
            earlier.append((previous, before, label_iso(iso) if iso else ""))
            previous = further
        place = axis.place(seconds(stretch.start)) if axis is not None and stretch else None
        found.append(
            (
                (stretch is None, column.published_at or _NEVER),
                Publication(
                    column, version, percent(place) if place is not None else "", tuple(earlier)
                ),
            )
        )
    return tuple(publication for _, publication in sorted(found, key=lambda pair: pair[0]))
