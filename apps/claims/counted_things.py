"""The things several outlets count: which numbers of a story answer one question.

A number is joined to others where a finding compares them, and inside a row where it is the
same value. Values that differ are never put on one axis on a guess: what no rule compares
may count something else.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from apps.articles.models import Story
from apps.claims.analysis.types import QuantityType
from apps.claims.finding_views import Compared
from apps.claims.matrix_data import Outline, load_outline
from apps.claims.models import Claim, Quantity
from apps.claims.pieces import as_percent
from apps.claims.presentation import FindingView
from apps.claims.story_memory import recall
from apps.claims.voices import Voiced, weakest

# Findings whose numbers answer one question.
JOINING_KINDS = frozenset(
    {"number_conflict", "number_precision", "superseded", "internal_conflict"}
)
# Findings about numbers that count another group, a part, a sum.
RELATED_KINDS = frozenset({"number_scope", "arithmetic_gap"})
# What an article contradicts itself in is seldom a number.
CHARTED_KINDS = (JOINING_KINDS | RELATED_KINDS) - {"internal_conflict"}
# Rounded values of one row are one count ("nearly 60", "58"); wider ones ("dozens") could be
# any other number of the row.
_WIDEST = Decimal("1.5")
_LEAST_WORDS = 40
# Up to this, values are alike by chance: "two" says nothing, "seven" needs its noun.
_TRIVIAL = 2
_SMALL = 20
_FEW = 3
# Of larger numbers hardly two in one story are the same by chance.
_SELDOM_CHANCE = 20

# What a number takes, with the words around it, as it is kept.
_TOLD_BYTES = 1_500
_PAIR_BYTES = 100

Place = tuple[int, int]


class Told(NamedTuple):
    """A number as one article prints it; a tuple, because a story has thousands.

    *low* and *high* as in Quantity, but a share in percent (*is_share*); *si* the same in SI units with their name for measures,
    else None. *words* are the claim it stands in, which begins at *words_start*. *groups* are
    the rows it is in, *claim_id* the claim that speaks.
    """

    article_id: int
    start: int
    end: int
    quote: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    type: str
    counted: str
    head: str
    is_approximate: bool
    approximator: str
    words: str
    words_start: int
    role: str
    voice: str
    speaker: str
    segment_id: int
    groups: frozenset[int]
    si: tuple[str, Decimal | None, Decimal | None] | None = None
    claim_id: int = 0
    is_share: bool = False

    @property
    def place(self) -> Place:
        return self.article_id, self.start

    @property
    def interval(self) -> tuple[Decimal | None, Decimal | None]:
        return self.low, self.high


@dataclass(slots=True)
class CountedThing:
    """Numbers of a story that answer one question, in text order, article by article.

    *others* count another group and stand beside them because a finding compares them.
    *findings* are those about any of these numbers, with the places each compares, the worst
    first; dismissed ones are left out.
    """

    told: list[Told]
    others: list[Told] = field(default_factory=list)
    findings: list[tuple[FindingView, tuple[Place, ...]]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What it is called in addresses: the place of its first number."""
        return f"{self.told[0].article_id}-{self.told[0].start}"

    @property
    def articles(self) -> set[int]:
        return {one.article_id for one in self.told}

    def is_about(self, finding_key: str) -> bool:
        return any(view.key == finding_key for view, _ in self.findings)


@dataclass(frozen=True, slots=True)
class CountedStory:
    """All numbers of a story: the things counted by several, and what one origin alone counts:
    each with all that prints it, a copy too."""

    outline: Outline
    things: tuple[CountedThing, ...]
    alone: tuple[tuple[Told, ...], ...]


def find_counted_things(story: Story) -> CountedStory:
    """Return what the articles of *story* count. Nine queries, whatever its size; eight more
    after the rows or the findings changed."""
    outline = load_outline(story)
    told = recall(
        story,
        "numbers",
        outline.edition,
        lambda: load_told(outline),
        weigh=lambda found: _TOLD_BYTES * len(found),
    )
    by_place = {one.place: one for one in told}
    joined = _Sets(by_place)
    compared = list(_compared(outline, told))
    for view, places in compared:
        if view.kind in JOINING_KINDS:
            joined.join(places)
    for places in _find_same(outline, told):
        joined.join(places)
    things = [CountedThing([by_place[place] for place in places]) for places in joined.sets()]
    thing_of = {one.place: thing for thing in things for one in thing.told}
    for view, places in compared:
        if view.kind in RELATED_KINDS:
            _stand_beside(places, by_place, thing_of)
        # Each thing once, in the order of the places.
        about = {id(thing_of[place]): thing_of[place] for place in places}
        for thing in about.values():
            thing.findings.append((view, places))
    for thing in things:
        _tell_of_others(thing, thing_of)
    beside = {one.place for thing in things for one in thing.others}
    shared = [
        thing
        for thing in things
        if _is_shared(thing) and not all(one.place in beside for one in thing.told)
    ]
    origin_of = {column.article_id: column.origin for column in outline.columns}
    copied = [thing for thing in shared if _is_of_one_origin(thing, origin_of)]
    shown = {one.place for thing in shared for one in (*thing.told, *thing.others)}
    shown |= _set_against(outline, told)
    rest = [one for one in told if one.place not in shown and not _is_told(one, shared)]
    alone = [tuple(thing.told) for thing in copied] + _by_origin(rest, origin_of)
    return CountedStory(
        outline,
        tuple(thing for thing in shared if thing not in copied),
        tuple(sorted(alone, key=lambda group: group[0].place)),
    )


def _find_same(outline: Outline, told: Sequence[Told]) -> Sequence[tuple[Place, Place]]:
    """Return the numbers that are one value, as ``_same_in_row`` finds them."""
    views = outline.findings.views.items()
    heard = frozenset(pk for pk, view in views if view.state != "dismissed")
    return recall(
        outline.story,
        "same numbers",
        outline.edition and (outline.edition, heard),
        lambda: list(_same_in_row(told, outline)),
        weigh=lambda found: _PAIR_BYTES * len(found),
    )


def find_charts(story: Story, finding_key: str) -> tuple[str, ...]:
    """Return the keys of the things a finding is about, in the order of the text.

    Nine queries, eight more after the rows or the findings changed.
    """
    things = find_counted_things(story).things
    return tuple(thing.key for thing in things if thing.is_about(finding_key))


def _tell_of_others(thing: CountedThing, thing_of: Mapping[Place, CountedThing]) -> None:
    """Let *thing* have the findings about the numbers beside it: they are told where these stand."""
    for one in thing.others:
        for found in thing_of[one.place].findings:
            if found not in thing.findings:
                thing.findings.append(found)


def _is_shared(thing: CountedThing) -> bool:
    """Whether several articles count it, or one article in two ways and a finding says so."""
    return len(thing.articles | {one.article_id for one in thing.others}) > 1 or any(
        len(places) > 1 for _, places in thing.findings
    )


def _is_of_one_origin(thing: CountedThing, origin_of: Mapping[int, int]) -> bool:
    """Whether one origin and its copies print one value: a copy is no second voice. What a
    finding speaks of is told with it."""
    return (
        not thing.findings
        and not thing.others
        and len({origin_of[article] for article in thing.articles}) == 1
        and len({one.interval for one in thing.told}) == 1
    )


def _set_against(outline: Outline, told: Sequence[Told]) -> set[Place]:
    """Return the numbers that a finding about numbers sets against another article's, whether
    or not they are drawn with these."""
    by_place, by_article = {one.place: one for one in told}, _by_article(told)
    known: set[Place] = set()
    for pk, view in outline.findings.views.items():
        if view.state == "dismissed" or view.kind not in JOINING_KINDS | RELATED_KINDS:
            continue
        spans = outline.findings.spans.get(pk, ())
        if len({span.article_id for span in spans}) > 1:
            known.update(one.place for span in spans for one in _inside(span, by_place, by_article))
    return known


def _is_told(one: Told, things: Iterable[CountedThing]) -> bool:
    """Whether a number only says again what *things* tell: "58" of the dead counted before."""
    return _is_telling(one) and any(
        one.low == told.low
        and is_same_kind(one, told)
        # Another outlet's 12 may be twelve of anything; 312 homes are the 312 dwellings, and
        # 23 are the "at least 23".
        and (
            (one.low or 0) > _SELDOM_CHANCE
            or (
                one.high == told.high
                and (one.article_id == told.article_id or not is_trivial(one))
                and (one.head == told.head or not (one.head and told.head))
            )
        )
        for thing in things
        for told in (*thing.told, *thing.others)
    )


def _by_origin(told: Iterable[Told], origin_of: Mapping[int, int]) -> list[tuple[Told, ...]]:
    """Return what is left over with the copies of each number; a small one ("two sides") that
    several origins print in one row is nobody's alone."""
    found: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for one in told:
        row = min(one.groups, default=one.place)
        found[row, one.interval, one.unit, one.type, one.head].append(one)
    return [
        tuple(group)
        for group in found.values()
        if len({origin_of[one.article_id] for one in group}) == 1
    ]


def _that_answer(places: Sequence[Place], by_place: Mapping[Place, Told]) -> tuple[Place, ...]:
    """Return those of *places* that say what the first telling one does: of "seven dead" and
    "six candles, one for each of the dead" not the one, of "38 hours" and "a day and a half"
    not the half."""
    first = next((place for place in places if _is_telling(by_place[place])), None)
    if first is None:
        return tuple(places)
    is_part = by_place[first].type == QuantityType.PERCENT
    return tuple(
        place
        for place in places
        if _is_telling(by_place[place])
        and (by_place[place].type == QuantityType.PERCENT) == is_part
    )


def _stand_beside(
    places: Sequence[Place], by_place: Mapping[Place, Told], thing_of: Mapping[Place, CountedThing]
) -> None:
    """Let the numbers of one article alone stand beside those a finding compares them with: the
    whole and its parts ("261", "over 250"; "101", "21") are read together."""
    larger = max(
        (thing_of[place] for place in places),
        key=lambda thing: (len(thing.articles) > 1, len(thing.told)),
    )
    for place in places:
        other = thing_of[place]
        if other is larger or len(other.articles) > 1 or by_place[place] in larger.others:
            continue
        # Sums count dwellings in "9" that elsewhere are dollars.
        if all(is_same_kind(told, one) for told in other.told for one in larger.told):
            larger.others += other.told


def _compared(
    outline: Outline, told: Sequence[Told]
) -> Iterable[tuple[FindingView, tuple[Place, ...]]]:
    """Yield the findings about numbers with the numbers each compares, the worst first."""
    by_place, by_article = {one.place: one for one in told}, _by_article(told)
    for pk, view in outline.findings.views.items():
        if view.state == "dismissed" or view.kind not in JOINING_KINDS | RELATED_KINDS:
            continue
        places = [
            one.place
            for span in outline.findings.spans.get(pk, ())
            for one in _inside(span, by_place, by_article)
        ]
        for answer in _answers(view, tuple(dict.fromkeys(places)), by_place):
            joins = view.kind in JOINING_KINDS
            yield view, _that_answer(answer, by_place) if joins else answer


def _by_article(told: Iterable[Told]) -> dict[int, list[Told]]:
    by_article: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        by_article[one.article_id].append(one)
    return by_article


def _answers(
    view: FindingView, places: tuple[Place, ...], by_place: Mapping[Place, Told]
) -> list[tuple[Place, ...]]:
    """Return the numbers of a finding by the question they answer.

    "7-4" against "7-5" are two counts each: the ayes, which are alike, and the noes.
    """
    if not places:
        return []
    by_article: dict[int, list[Place]] = defaultdict(list)
    for place in sorted(places):
        by_article[place[0]].append(place)
    sizes = {len(found) for found in by_article.values()}
    if view.kind != "number_conflict" or len(by_article) < 2 or len(sizes) > 1 or sizes == {1}:
        return [places]
    columns = list(zip(*by_article.values(), strict=True))
    return [
        column for column in columns if len({by_place[place].interval for place in column}) > 1
    ] or [places]


def _inside(
    span: Compared,
    by_place: Mapping[Place, Told],
    by_article: Mapping[int, Sequence[Told]],
) -> list[Told]:
    """Return the numbers in words a finding compares: nearly always they are the number."""
    exact = by_place.get((span.article_id, span.start))
    if exact is not None and exact.end == span.end:
        return [exact]
    return [
        one
        for one in by_article.get(span.article_id, ())
        if one.start < span.end and span.start < one.end
    ]


def _same_in_row(told: Sequence[Told], outline: Outline) -> Iterable[tuple[Place, Place]]:
    """Yield numbers of one row, or of two articles whose rows a finding compares, that have one
    unit and are one value, or nearly so."""
    compared: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk, rows in outline.findings.rows.items():
        if len(rows) > 1 and outline.findings.views[pk].state != "dismissed":
            for article in {span.article_id for span in outline.findings.spans.get(pk, ())}:
                for row in rows:
                    compared[row, article].append(-pk)
    by_row: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if _is_telling(one):
            findings = {pk for row in one.groups for pk in compared.get((row, one.article_id), ())}
            for group in (*one.groups, *findings):
                by_row[group].append(one)
    for group in sorted(by_row):
        # Most are the very same value: one of each stands for the others.
        kinds: dict[tuple[object, ...], Told] = {}
        stands: dict[tuple[object, ...], bool] = {}
        for one in by_row[group]:
            kind = (one.interval, one.unit, one.type, one.head, one.si)
            known = kinds.setdefault(kind, one)
            # What decides is in the kind, so one answer holds for all of it.
            if known is one:
                stands[kind] = _are_one_value(one, one)
            elif stands[kind]:
                yield known.place, one.place
        for a, b in itertools.combinations(kinds.values(), 2):
            if is_same_kind(a, b) and _are_one_value(a, b):
                yield a.place, b.place


def _is_telling(one: Told) -> bool:
    """Whether a value says anything by itself: "two" and "half" stand for too many things."""
    if one.type == QuantityType.ORDINAL or (one.is_share and not one.counted):
        return False
    return one.type in (QuantityType.PERCENT, QuantityType.MONEY) or (one.low or 0) > _TRIVIAL


def is_trivial(one: Told) -> bool:
    """Whether one outlet's number is hardly one: "two sides", "three-country tour"; people are
    never too few to count."""
    return (
        one.type == QuantityType.CARDINAL
        and one.unit == ""
        and not one.is_share
        and one.high is not None
        and one.high <= _FEW
    )


def is_same_kind(a: Told, b: Told) -> bool:
    """Whether both can stand on one axis: the same unit, or units that convert."""
    if a.si is not None and b.si is not None:
        return a.si[0] == b.si[0]
    if {a.type, b.type} == {QuantityType.CARDINAL.value}:
        # "58" alone is counted in whatever the row counts.
        return a.unit == b.unit or not (a.unit and b.unit)
    return a.type == b.type and a.unit == b.unit


def _are_one_value(a: Told, b: Told) -> bool:
    ends = [*_comparable(a), *_comparable(b)]
    if any(end is None for end in ends):
        return a.interval == b.interval
    a_low, a_high, b_low, b_high = (end for end in ends if end is not None)
    if a_low > b_high or b_low > a_high:
        return False
    lowest, highest = min(a_low, b_low), max(a_high, b_high)
    if highest < _SMALL and not _have_one_noun(a, b):
        return False
    return lowest == highest or (lowest > 0 and highest / lowest <= _WIDEST)


def _have_one_noun(a: Told, b: Told) -> bool:
    """Whether two small counts are of one thing as far as their nouns say: a seven-storey
    house and seven patients are not."""
    if QuantityType.CARDINAL not in (a.type, b.type):
        return True
    return a.head == b.head or (a.unit == b.unit == "people")


def _comparable(one: Told) -> tuple[Decimal | None, Decimal | None]:
    return (one.si[1], one.si[2]) if one.si is not None else one.interval


class _Sets:
    """Places joined to sets; the sets come in the order of their first places."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._root = {place: place for place in places}

    def _find(self, place: Place) -> Place:
        while self._root[place] != place:
            place = self._root[place]
        return place

    def join(self, places: Sequence[Place]) -> None:
        roots = [self._find(place) for place in places]
        for root in roots:
            self._root[root] = min(roots)

    def sets(self) -> list[list[Place]]:
        found: dict[Place, list[Place]] = {}
        for place in sorted(self._root):
            found.setdefault(self._find(place), []).append(place)
        return list(found.values())


# --- loading ---------------------------------------------------------------------------------


def load_told(outline: Outline) -> list[Told]:
    """Return every number of the story's articles once, in text order. Two queries."""
    articles = [column.article_id for column in outline.columns]
    group_of = {claim: group for group, claims in outline.claims_of.items() for claim in claims}
    si_of = _load_si(articles)
    rows: Iterable[tuple[Any, ...]] = (
        Quantity.objects.filter(claim__article__in=articles)
        .order_by()
        .values_list(
            "claim__article_id",
            "start",
            "claim_id",
            "end",
            "quote",
            "low",
            "high",
            "unit",
            "type",
            "counted",
            "head",
            "is_approximate",
            "approximator",
            "claim__quote",
            "claim__start",
            "claim__role",
            "claim__voice",
            "claim__source",
            "claim__source_resolved",
            "claim__sentence__segment_id",
        )
    )
    tellings: dict[Place, list[Told]] = defaultdict(list)
    for article_id, start, claim_id, *more, source, resolved, segment_id in rows:
        group = group_of.get(claim_id)
        groups = frozenset((group,)) if group is not None else _NO_GROUPS
        place = article_id, start
        speaker = resolved or source
        values = (*place, *more, speaker, segment_id, groups, si_of.get(place), claim_id, False)
        tellings[place].append(Told._make(values))
    return [_as_one(found) for _, found in sorted(tellings.items())]


_NO_GROUPS: frozenset[int] = frozenset()


def _as_one(tellings: Sequence[Told]) -> Told:
    """Return a number that several claims hold, a part and what it is part of, as one.

    The shortest claim speaks that says more than the number.
    """
    if len(tellings) == 1:
        return _as_share(tellings[0])
    ordered = sorted(tellings, key=lambda one: (len(one.words), one.claim_id))
    speaks = next((one for one in ordered if len(one.words) >= _LEAST_WORDS), ordered[-1])
    counted = max(ordered, key=lambda one: len(one.counted))
    told_in = _in_row(ordered)
    put = weakest(
        Voiced(one.words_start, one.words_start + len(one.words), one.voice, one.speaker)
        for one in told_in
    )
    return _as_share(
        speaks._replace(
            counted=counted.counted,
            head=counted.head,
            voice=put.voice,
            speaker=put.speaker,
            groups=frozenset().union(*(one.groups for one in tellings)),
        )
    )


def _in_row(ordered: Sequence[Told]) -> list[Told]:
    """Return those of *ordered*, a number's claims with the shortest first, that the row shows:
    the claim in it and its parts, the outer first; all when none is in a row."""
    outer = next((one for one in reversed(ordered) if one.groups), ordered[-1])
    end = outer.words_start + len(outer.words)
    return [
        one
        for one in reversed(ordered)
        if outer.words_start <= one.words_start and one.words_start + len(one.words) <= end
    ]


def _as_share(told: Told) -> Told:
    share = as_percent(told.low, told.high, type=told.type, unit=told.unit)
    if share is None:
        return told
    percent = QuantityType.PERCENT.value
    return told._replace(low=share[0], high=share[1], unit="%", type=percent, is_share=True)


def _load_si(
    articles: Sequence[int],
) -> dict[Place, tuple[str, Decimal | None, Decimal | None]]:
    """Return measures in SI units by their place, so that miles and kilometres share an axis."""
    found: dict[Place, tuple[str, Decimal | None, Decimal | None]] = {}
    claims = Claim.objects.filter(
        article__in=articles, quantities__type=QuantityType.MEASURE.value
    ).order_by()
    for article_id, quantities in claims.values_list("article_id", "details__quantities"):
        for quantity in quantities or ():
            if quantity.get("si"):
                unit, low, high = quantity["si"]
                found[article_id, quantity["span"][0]] = (unit, _decimal(low), _decimal(high))
    return found


def _decimal(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)
