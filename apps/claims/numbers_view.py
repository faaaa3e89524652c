"""The read side of the numbers page: each counted thing as intervals on one axis.

A lane is one outlet's number. Where it goes on ("over 250") it is drawn as open, where it is
rounded ("about 40") its ends are; values with none in common have a gap drawn between them
only where a finding says that they contradict each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from django.urls import reverse

from apps.articles.models import Story
from apps.articles.text.spans import Span
from apps.claims.analysis.shown_numbers import convert, find_shared_unit
from apps.claims.analysis.types import QuantityType
from apps.claims.axes import Axis, Tick, build_axis, build_ticks, percent
from apps.claims.counted_things import (
    JOINING_KINDS,
    CountedThing,
    Place,
    Told,
    find_counted_things,
    is_trivial,
)
from apps.claims.finding_views import severity_rank
from apps.claims.matrix_data import Outline
from apps.claims.pieces import cut, describe_interval, describe_share
from apps.claims.presentation import UNSETTLED, Column, FindingView, Piece

# What a thing's numbers are to each other, the worst first.
STATES = ("conflict", UNSETTLED, "differs", "fits", "same")
_FEWEST_THINGS = 3
SHOWN = ("all", "conflicts", "differences", "same", "alone")
# More of a claim than this around its number is cut off.
_WORDS_BEFORE, _WORDS_AFTER = 90, 110
_UP_TO = frozenset({"up to", "at most", "no more than", "fewer than", "less than", "under"})


@dataclass(frozen=True, slots=True)
class Lane:
    """One outlet's number: its words, its value, and how it is drawn.

    *printed* is the number as it stands there, *value* what it comes to, "" when that is the
    same, *converted* the value in the unit that is drawn, "" when that is the printed one. *x* is the place of an exact value, "" for an interval; *left* and *right* those of its
    ends; *opens_left* and *opens_right* say that it goes on there, *is_soft* that it was
    rounded. *differs* when a conflict is about it, *is_replaced* when a later count took its
    place, *is_other* when it counts another group. *again* counts how often the article
    prints the value besides. *is_further* for the second and further values of one article.
    """

    column: Column
    pieces: tuple[Piece, ...]
    printed: str
    value: str
    converted: str
    voice: str
    speaker: str
    href: str
    x: str = ""
    left: str = ""
    right: str = ""
    width: str = ""
    opens_left: bool = False
    opens_right: bool = False
    is_soft: bool = False
    differs: bool = False
    is_replaced: bool = False
    is_other: bool = False
    is_further: bool = False
    again: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the axis: *kind* is "gap" (no value in common) or "meet" (all fit)."""

    kind: str
    left: str
    width: str
    x: str = ""


@dataclass(frozen=True, slots=True)
class CountedView:
    """A counted thing. *state* is "conflict", "unsettled", "differs", "fits" or "same";
    *apart* are two values without one in common, *common* what fits all of them, in words.
    *silent* are the columns that give no number here.
    """

    key: str
    counted: str
    title: str
    group_id: int | None
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    bands: tuple[Band, ...]
    is_ratio: bool
    starts_at_nought: bool
    state: str
    severity: str
    findings: tuple[FindingView, ...]
    silent: tuple[Column, ...]
    outlets: int
    origins: int
    apart: tuple[str, str] = ("", "")
    common: str = ""


@dataclass(frozen=True, slots=True)
class LoneNumber:
    """A number one origin alone gives; *columns* are all that print it, copies too."""

    lane: Lane
    columns: tuple[Column, ...]

    @property
    def outlets(self) -> int:
        return len({column.outlet_slug for column in self.columns})


@dataclass(frozen=True, slots=True)
class NumbersPage:
    """What several origins count, or (*shown* "alone") what one alone does. *same* are the
    things that all who count them tell alike; *trivial* are small counts of one alone ("two sides");
    *counts* says how many things each choice of *shown* has. *first*
    things stand before these, *remaining* come after them. *about* is the finding whose numbers
    alone are shown, None when all are."""

    shown: str
    things: tuple[CountedView, ...]
    same: tuple[CountedView, ...]
    alone: tuple[LoneNumber, ...]
    counts: Mapping[str, int]
    outline: Outline
    trivial: tuple[LoneNumber, ...] = ()
    about: FindingView | None = None
    first: int = 0
    remaining: int = 0

    @property
    def next(self) -> int:
        """How many things stand before those still to come; 0 when none do."""
        shown = len(self.things) + len(self.same)
        return self.first + shown if self.remaining else 0

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.outline.columns

    @property
    def outlets(self) -> int:
        """How many outlets the story has."""
        return len({column.outlet_slug for column in self.columns})


def build_numbers_page(
    story: Story,
    *,
    shown: str = "all",
    about: str = "",
    first: int = 0,
    most: int | None = None,
    lanes: int | None = None,
) -> NumbersPage:
    """Return the counted things of *story*, those that contradict each other first.

    *first* of them are left out, at most *most* are drawn, and of those that many outlets count
    fewer: about as many as have so many *lanes*. Twelve queries. An unknown *shown*
    is taken as "all"; with *about*, the key of a finding, only what it compares is shown.
    """
    counted = find_counted_things(story)
    outline = counted.outline
    finding = next((view for view in outline.findings.views.values() if view.key == about), None)
    shown = shown if shown in SHOWN and finding is None else "all"
    ranked = sorted(
        ((_state(thing), thing) for thing in counted.things), key=lambda pair: _worst_first(*pair)
    )
    wanted = {
        "all": STATES,
        "conflicts": ("conflict", UNSETTLED),
        "differences": STATES[:-1],
        "same": STATES[-1:],
        "alone": (),
    }
    counts = {name: sum(state in states for state, _ in ranked) for name, states in wanted.items()}
    counts["alone"] = len(counted.alone)
    chosen = [
        thing
        for state, thing in ranked
        if state in wanted[shown] and (finding is None or thing.is_about(about))
    ]
    part = chosen[first:] if most is None else chosen[first : first + most]
    if lanes is not None:
        part = _fitting(part, lanes)
    built = [_build_thing(outline, thing) for thing in part]
    by_id = {column.article_id: column for column in outline.columns}
    place = {column.article_id: number for number, column in enumerate(outline.columns)}
    alone: dict[bool, list[LoneNumber]] = {True: [], False: []}
    if shown == "alone":
        for group in sorted(
            counted.alone, key=lambda group: (place[group[0].article_id], group[0].start)
        ):
            one, *_ = _tellings(group)
            columns = [
                by_id[article] for article in dict.fromkeys(told.article_id for told in group)
            ]
            lone = LoneNumber(_words_of(by_id[one.article_id], one), tuple(columns))
            alone[is_trivial(one)].append(lone)
    return NumbersPage(
        shown=shown,
        things=tuple(thing for thing in built if thing.state != "same"),
        same=tuple(thing for thing in built if thing.state == "same"),
        alone=tuple(alone[False]),
        trivial=tuple(alone[True]),
        counts=counts,
        outline=outline,
        about=finding,
        first=first,
        remaining=len(chosen) - first - len(part) if part else 0,
    )


def _fitting(things: list[CountedThing], lanes: int) -> list[CountedThing]:
    """Return the first of *things* that have so many *lanes*, at least a few."""
    total = 0
    for number, thing in enumerate(things):
        total += len(thing.told) + len(thing.others)
        if total > lanes and number >= _FEWEST_THINGS:
            return things[:number]
    return things


def _worst_first(state: str, thing: CountedThing) -> tuple[int, int, int]:
    ranks = [severity_rank(view.severity) for view, _ in thing.findings]
    return STATES.index(state), min(ranks, default=severity_rank("")), -len(thing.articles)


# --- one thing -------------------------------------------------------------------------------


def _build_thing(outline: Outline, thing: CountedThing) -> CountedView:
    unit = _SharedUnit(thing)
    axis = unit.axis
    conflicts = _conflicts(thing)
    conflicting = _places_in(thing, lambda view: view in conflicts)
    replaced = _replaced(thing)
    order = {column.article_id: number for number, column in enumerate(outline.columns)}
    by_id = {column.article_id: column for column in outline.columns}
    lanes: list[Lane] = []
    for told, is_other in sorted(
        [(told, False) for told in _tellings(thing.told)] + [(told, True) for told in thing.others],
        key=lambda pair: (pair[1], order[pair[0].article_id], pair[0].start),
    ):
        lane = _lane(
            by_id[told.article_id],
            told,
            unit,
            axis,
            differs=any(
                one.interval == told.interval and one.place in conflicting
                for one in thing.told
                if one.article_id == told.article_id
            ),
            is_replaced=any(
                one.interval == told.interval and one.place in replaced
                for one in thing.told
                if one.article_id == told.article_id
            ),
            is_other=is_other,
            is_further=bool(lanes) and lanes[-1].column.article_id == told.article_id,
            again=sum(
                one.article_id == told.article_id
                and one.interval == told.interval
                and one.place != told.place
                for one in thing.told
            ),
        )
        lanes.append(lane)
    present = {lane.column.article_id for lane in lanes}
    findings = tuple(view for view, _ in thing.findings)
    state = _state(thing)
    apart = _apart(thing, unit) if state == "conflict" else None
    common = _common([told for told in thing.told if told.place not in replaced], unit)
    bands: list[Band] = []
    if apart is not None:
        bands.append(_band("gap", axis, unit.interval(apart[0])[1], unit.interval(apart[1])[0]))
    elif common is not None and state in ("fits", "differs"):
        bands.append(_band("meet", axis, *common))
    group_id = _group_of(thing)
    return CountedView(
        key=thing.key,
        counted=_counted(thing.told),
        title=next((group.title for group in outline.groups if group.pk == group_id), ""),
        group_id=group_id,
        lanes=tuple(lanes),
        ticks=build_ticks(axis, unit.label),
        bands=tuple(bands),
        is_ratio=axis.is_ratio,
        starts_at_nought=axis.starts_at_nought,
        state=state,
        severity=min((view.severity for view in findings), key=severity_rank, default=""),
        findings=findings,
        silent=tuple(column for column in outline.columns if column.article_id not in present),
        outlets=len({lane.column.outlet_slug for lane in lanes}),
        origins=len({lane.column.origin for lane in lanes}),
        apart=(unit.words(apart[0]), unit.words(apart[1])) if apart is not None else ("", ""),
        common=unit.words_of(*common) if common is not None else "",
    )


def _tellings(told: Sequence[Told]) -> list[Told]:
    """Return one telling of each value of each article: in the body, and the one that says
    most about what is counted."""
    best: dict[tuple[int, Decimal | None, Decimal | None], Told] = {}
    for one in told:
        key = (one.article_id, *one.interval)
        known = best.get(key)
        if known is None or _says_more(one) > _says_more(known):
            best[key] = one
    return list(best.values())


def _says_more(told: Told) -> tuple[bool, int]:
    return told.role == "body", len(told.counted)


def _places_in(thing: CountedThing, is_wanted: Callable[[FindingView], bool]) -> set[Place]:
    return {place for view, places in thing.findings if is_wanted(view) for place in places}


def _conflicts(thing: CountedThing) -> list[FindingView]:
    """Return the findings that say of these very numbers that they cannot all be true; parts that
    do not make a sum may each be right.

    Where a person has yet to say whether outlets count one thing, what one article prints against
    itself settles nothing between them.
    """
    found = [
        view
        for view, _ in thing.findings
        if view.outcome == "conflict" and view.kind in JOINING_KINDS
    ]
    if _is_asked(thing):
        return [view for view in found if view.kind != "internal_conflict"]
    return found


def _is_asked(thing: CountedThing) -> bool:
    return any(view.needs_person and view.kind == "number_conflict" for view, _ in thing.findings)


def _replaced(thing: CountedThing) -> set[Place]:
    """Return the numbers a later one took the place of: detectors name the earlier first.

    Whether it did is still open where a person has to say.
    """
    updates = [
        places
        for view, places in thing.findings
        if view.kind == "superseded" and places and not view.needs_person
    ]
    earlier = {place for places in updates for place in places[:-1]}
    return earlier - {places[-1] for places in updates}


def _state(thing: CountedThing) -> str:
    if _conflicts(thing):
        return "conflict"
    if _is_asked(thing):
        return UNSETTLED
    values = {told.interval for told in thing.told}
    if len(values) == 1:
        return "fits" if thing.others else "same"
    intervals = [told.interval for told in thing.told]
    return "fits" if _intersection(intervals) is not None else "differs"


def _apart(thing: CountedThing, unit: _SharedUnit) -> tuple[Told, Told] | None:
    """Return two values of a conflict with none in common, the lower first: the nearest two."""
    best: tuple[Decimal, Told, Told] | None = None
    conflicts = _conflicts(thing)
    for view, places in thing.findings:
        if view not in conflicts:
            continue
        sides = [told for told in thing.told if told.place in places]
        for a, b in combinations(sides, 2):
            for low, high in ((a, b), (b, a)):
                end, begin = unit.interval(low)[1], unit.interval(high)[0]
                if end is not None and begin is not None and end < begin:
                    gap = begin - end
                    if best is None or gap < best[0]:
                        best = (gap, low, high)
    return (best[1], best[2]) if best is not None else None


def _common(
    told: Sequence[Told], unit: _SharedUnit
) -> tuple[Decimal | None, Decimal | None] | None:
    """Return the values that fit all of *told*; None when there are none, or no bound."""
    found = _intersection([unit.interval(one) for one in told])
    return found if found is not None and found != (None, None) else None


def _intersection(
    intervals: Iterable[tuple[Decimal | None, Decimal | None]],
) -> tuple[Decimal | None, Decimal | None] | None:
    low: Decimal | None = None
    high: Decimal | None = None
    for one_low, one_high in intervals:
        low = one_low if low is None else low if one_low is None else max(low, one_low)
        high = one_high if high is None else high if one_high is None else min(high, one_high)
    return None if low is not None and high is not None and low > high else (low, high)


def _band(kind: str, axis: Axis, low: Decimal | None, high: Decimal | None) -> Band:
    left = 0.0 if low is None else axis.place(float(low))
    right = 100.0 if high is None else axis.place(float(high))
    return Band(kind, percent(left), percent(right - left), percent(left) if left == right else "")


def _group_of(thing: CountedThing) -> int | None:
    """Return the row most of the numbers stand in, the first of several."""
    groups = Counter(group for told in thing.told for group in sorted(told.groups))
    return max(groups, key=lambda group: (groups[group], -group), default=None)


def _counted(told: Sequence[Told]) -> str:
    """Return what is counted, in the words most articles use; "" when none says it."""
    said = Counter(
        name
        for article_id in sorted({one.article_id for one in told})
        for name in {one.counted.lower() for one in told if one.article_id == article_id}
        if name
    )
    best = max(said, key=lambda name: (said[name], len(name), name), default="")
    # A currency stands in every value.
    measured = (one.unit for one in told if one.type != QuantityType.MONEY)
    return best or next((unit for unit in measured if unit not in ("", "%")), "")


# --- units and axis --------------------------------------------------------------------------


class _SharedUnit:
    """What the numbers of one thing are measured in, and the axis they share.

    Miles and kilometres are drawn in kilometres, weeks and days in days; anything else in the
    unit it is printed in.
    """

    def __init__(self, thing: CountedThing) -> None:
        told = [*thing.told, *thing.others]
        units = {one.unit for one in told}
        first = next((one for one in told if one.unit), told[0])
        self._unit = find_shared_unit(units) or first.unit
        self._is_converted = len(units) > 1 and bool(find_shared_unit(units))
        ends = [end for one in told for end in self.interval(one) if end is not None]
        self.axis = build_axis(
            [float(end) for end in ends] or [0.0],
            opens_low=any(opens_low(one) for one in told),
            opens_high=any(one.high is None for one in told),
        )

    def interval(self, told: Told) -> tuple[Decimal | None, Decimal | None]:
        if not self._is_converted:
            return told.interval
        low, high = told.interval
        return (
            None if low is None else convert(low, told.unit, self._unit),
            None if high is None else convert(high, told.unit, self._unit),
        )

    def words(self, told: Told) -> str:
        return self.words_of(*self.interval(told))

    def words_of(self, low: Decimal | None, high: Decimal | None) -> str:
        # What people are counted as is said once, above.
        unit = "" if self._unit == "people" else self._unit
        return describe_interval(low, high, unit=unit)

    def converted(self, told: Told) -> str:
        """Return the value as it is drawn, where that is not the one printed."""
        return self.words(told) if self._is_converted and told.unit != self._unit else ""

    def label(self, value: float) -> str:
        exact = Decimal(repr(value))
        return describe_interval(exact, exact, unit=self._unit if len(self._unit) in (1, 3) else "")


def opens_low(told: Told) -> bool:
    """Whether nothing is said about how few there may be ("up to 40")."""
    return told.low is None or (told.low == 0 and told.approximator.lower() in _UP_TO)


def _lane(
    column: Column,
    told: Told,
    unit: _SharedUnit,
    axis: Axis,
    *,
    differs: bool,
    is_replaced: bool,
    is_other: bool,
    is_further: bool,
    again: int,
) -> Lane:
    words = _words_of(column, told)
    low, high = unit.interval(told)
    left = 0.0 if low is None or opens_low(told) else axis.place(float(low))
    right = 100.0 if high is None else axis.place(float(high))
    return Lane(
        column=column,
        pieces=words.pieces,
        printed=words.printed,
        value=words.value,
        converted=unit.converted(told),
        voice=words.voice,
        speaker=words.speaker,
        href=words.href,
        x=percent(left) if low is not None and low == high else "",
        left=percent(left),
        right=percent(right),
        width=percent(right - left),
        opens_left=opens_low(told),
        opens_right=high is None,
        is_soft=told.is_approximate,
        differs=differs,
        is_replaced=is_replaced,
        is_other=is_other,
        is_further=is_further,
        again=again,
    )


def _words_of(column: Column, told: Told) -> Lane:
    """Return a number with its words, not drawn."""
    counted = told.counted if told.type == QuantityType.CARDINAL else ""
    value = (
        describe_share(told.low, told.high, told.counted)
        if told.is_share
        else describe_interval(told.low, told.high, unit=told.unit, counted=counted)
    )
    return Lane(
        column=column,
        pieces=_clip(told),
        printed=told.quote,
        value="" if value == told.quote else value,
        converted="",
        voice=told.voice,
        speaker=told.speaker,
        href=f"{reverse('claims:article', args=[told.article_id])}#segment-{told.segment_id}",
    )


def _clip(told: Told) -> tuple[Piece, ...]:
    """Return the claim around its number, the number marked."""
    start, end = told.start - told.words_start, told.end - told.words_start
    begin, finish = 0, len(told.words)
    if start > _WORDS_BEFORE:
        begin = told.words.find(" ", start - _WORDS_BEFORE, start) + 1 or start - _WORDS_BEFORE
    if finish - end > _WORDS_AFTER:
        cut_at = told.words.rfind(" ", end, end + _WORDS_AFTER)
        finish = cut_at if cut_at > 0 else end + _WORDS_AFTER
    pieces = cut(
        told.words[begin:finish],
        [(Span(told.start, told.end), "number")],
        offset=told.words_start + begin,
    )
    before = (Piece("… "),) if begin else ()
    after = (Piece(" …"),) if finish < len(told.words) else ()
    return (*before, *pieces, *after)
