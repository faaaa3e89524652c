"""How the numbers of one row relate: same, less exact, other scope, replaced, in conflict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import cast

from apps.articles.text.types import Role
from apps.claims.analysis.early_pairs import MOST, early_pairs_by_key
from apps.claims.analysis.intervals import (
    Interval,
    can_both_be_true,
    is_less_exact,
    loose_reading,
    reading,
    show_number,
)
from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.slots import (
    ACROSS_ROWS,
    COMPATIBLE_SLOT,
    SAME_SLOT,
    NumberUse,
    SlotMatch,
    match_slots,
    number_uses,
    single_people,
)
from apps.claims.analysis.status import find_plan
from apps.claims.analysis.story_index import StoryIndex
from apps.claims.analysis.types import (
    ClaimDraft,
    Highlight,
    QuantityDraft,
    QuantityType,
)

# A count that grew within fewer hours than this is a disagreement, not an update.
UPDATE_HOURS = 6.0
# Counts that go on growing after the event; how many were deported that day does not.
# An open count ("at least 31") has grown, not become exact, when the later is this much more.
_GROWTH = 0.25
# Every number is held against every other: a page of tables must not take an hour.
_MOST_NUMBERS = 200
# Below this two articles may print one number of two things by chance.
_NO_CHANCE = 20
# What two sentences must share to be read as one row, in the weights of ``matters``.
_CLOSE = 8.0
_FAR_BELOW = Decimal("0.8")
_NEARBY = 250  # characters between a total and its part
GROWING = frozenset(
    {
        "dying",
        "injury",
        "missing",
        "evacuation",
        "shelter",
        "infection",
        "illness",
        "arrest",
        "rescue",
    }
)
# Counts that also fall: the missing are found, the sheltered go home.
SHIFTING = frozenset({"missing", "shelter"})


class NumberRelation(StrEnum):
    SAME = "same"
    PRECISION = "precision"
    SCOPE = "scope"
    SUPERSEDED = "superseded"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class NumberPair:
    """Two numbers that answer one question and how they relate; *a* was published first."""

    a: NumberUse
    b: NumberUse
    relation: NumberRelation
    match: SlotMatch


def uses_in(index: StoryIndex, article_id: str) -> list[NumberUse]:
    """Return the numbers of an article, each once.

    Of nested claims the shortest speaks; of a number told again ("six" in the headline and
    in the body) the body's telling that says most about what is counted.
    """
    memo = index.memo.setdefault("numbers", {})
    known_uses = cast("dict[str, list[NumberUse]]", memo)
    if article_id not in known_uses:
        known_uses[article_id] = _find_uses(index, article_id)
    return known_uses[article_id]


def told_numbers(index: StoryIndex, article_id: str) -> list[NumberUse]:
    """Return the numbers of an article wherever they are told, the told-again ones too."""
    memo = index.memo.setdefault("told numbers", {})
    known = cast("dict[str, list[NumberUse]]", memo)
    if article_id not in known:
        places = _by_place(index, article_id)
        known[article_id] = sorted(places.values(), key=lambda use: use.span.start)[:_MOST_NUMBERS]
    return known[article_id]


def _find_uses(index: StoryIndex, article_id: str) -> list[NumberUse]:
    told: dict[tuple[Interval, str, frozenset[str]], NumberUse] = {}
    for use in sorted(_by_place(index, article_id).values(), key=_telling):
        event = use.event or next(
            (key[2] for key in told if key[0] == reading(use.quantity)), use.event
        )
        told.setdefault((reading(use.quantity), use.quantity.unit, event), use)
    return sorted(told.values(), key=lambda use: use.span.start)[:_MOST_NUMBERS]


def _by_place(index: StoryIndex, article_id: str) -> dict[int, NumberUse]:
    by_place: dict[int, NumberUse] = {}
    for claim in sorted(index.claims_of[article_id], key=lambda claim: _readiness(index, claim)):
        for use in number_uses(index, claim):
            known = by_place.setdefault(use.span.start, use)
            # A short claim may lack the event word that its sentence has.
            if not known.event and use.event:
                by_place[use.span.start] = replace(
                    known, event=use.event, near=known.near | use.near
                )
    _add_single_people(index, article_id, by_place)
    return by_place


def _add_single_people(index: StoryIndex, article_id: str, by_place: dict[int, NumberUse]) -> None:
    """Add the one of "a 74-year-old man was killed" where the article counts no other dead."""
    counted = {
        event for use in by_place.values() for event in use.event
        if use.head and not use.past and use.claim.role is Role.BODY
        and use.quantity.type is QuantityType.CARDINAL
    }  # fmt: skip
    for claim in index.claims_of[article_id]:
        if claim.role is not Role.BODY:
            continue
        for use in single_people(index, claim):
            if not use.event & counted and not use.past:
                by_place[use.span.start] = use


def _telling(use: NumberUse) -> tuple[bool, bool, bool, int]:
    """Order tellings of one number, the fullest first."""
    return use.claim.role is not Role.BODY, not use.event, not use.head, use.span.start


def _readiness(index: StoryIndex, claim: ClaimDraft) -> tuple[int, str]:
    return len(claim.span), claim.id


def compare_numbers(index: StoryIndex) -> list[NumberPair]:
    """Return the comparable number pairs of a story's articles.

    A number is compared with the number of another article that fits its place best, and
    each number only once; claims of one row need less in common than claims of two.
    """
    known = index.memo.get("number pairs")
    if known is not None:
        return cast("list[NumberPair]", known)
    uses = {article_id: uses_in(index, article_id) for article_id in index.articles}
    ordered = sorted(uses, key=lambda article_id: index.rank[article_id])
    pairs: list[NumberPair] = []
    for first, second in early_pairs_by_key(
        {name: [key for use in uses[name] for key in slot_keys(use)] for name in ordered}
    ):
        if index.same_event(first, second):
            pairs.extend(_compare_articles(index, uses[first], uses[second]))
    for article_id, numbers in uses.items():
        pairs.extend(_inside(index, article_id, numbers))
    index.memo["number pairs"] = pairs
    return pairs


def slot_keys(use: NumberUse) -> Iterator[tuple[str, str]]:
    """Yield what two numbers of one slot have in common: event, counted thing or unit."""
    kind = use.quantity.type.value
    yield from ((kind, f"~{event}") for event in sorted(use.event))
    yield from ((kind, f"#{name}") for name in sorted(use.classes - {"people"}))
    for name in (use.head, use.quantity.si[0] if use.quantity.si else use.quantity.unit):
        if name:
            yield kind, name


def _compare_articles(
    index: StoryIndex, ours: list[NumberUse], theirs: list[NumberUse]
) -> Iterator[NumberPair]:
    """Yield the related pairs of two articles' numbers.

    Equal numbers find each other first, so that in "18 in all: 9, 6 and 3" against "18 in
    all: 9, 6 and 2" the right parts meet.
    """
    matches: list[tuple[float, int, int, SlotMatch]] = []
    many = len(index.articles) > MOST
    keys = [[set(slot_keys(use)) if many else set() for use in uses] for uses in (ours, theirs)]
    for i, x in enumerate(ours):
        for j, y in enumerate(theirs):
            if x.quantity.type is not y.quantity.type:
                continue
            # In a story of very many articles only numbers with something in common.
            if many and keys[0][i].isdisjoint(keys[1][j]):
                continue
            one_row = _in_one_row(index, x.claim, y.claim)
            match = match_slots(
                index, x, y, in_one_row=one_row, sole=is_sole(index, x) and is_sole(index, y)
            )
            if match is None or match.score < _needed(match, one_row):
                continue
            bonus = 2.0 if reading(x.quantity) == reading(y.quantity) else 0.0
            bonus += 0.5 if can_both_be_true(x.quantity, y.quantity) else 0.0
            bonus -= 1.0 if match.scope else 0.0
            bonus -= 0.25 if is_vague(x.quantity) or is_vague(y.quantity) else 0.0
            matches.append((-(match.score + bonus), i, j, match))
    used_a: set[int] = set()
    used_b: set[int] = set()
    ordered = [entry[1:] for entry in sorted(matches, key=lambda entry: entry[:3])]
    for i, j, match in ordered:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            relation = relate(index, match)
            if relation is NumberRelation.CONFLICT and (
                _knows(theirs, match.a) or _knows(ours, match.b)
            ):
                continue
            yield NumberPair(match.a, match.b, relation, match)
    # A total that counts more stands beside the number both have.
    for i, j, match in ordered:
        wider = match.a.scope != match.b.scope
        if match.scope and wider and (i in used_a) != (j in used_b):
            used_a.add(i)
            used_b.add(j)
            relation = relate(index, match)
            if relation is NumberRelation.SCOPE:
                yield NumberPair(match.a, match.b, relation, match)


def _inside(index: StoryIndex, article_id: str, uses: list[NumberUse]) -> Iterator[NumberPair]:
    """Yield a vaguer telling, or a part, of a number in the same article.

    Two different totals in one article are another rule's matter.
    """
    for a, b in combinations(uses, 2):
        match = match_slots(index, a, b, in_one_row=False)
        if match is None or not a.event & b.event or a.claim.id == b.claim.id:
            continue
        if a.quantity.part_of != b.quantity.part_of:
            whole, part = (a, b) if b.quantity.part_of else (b, a)
            reachable = part.span.start - whole.span.end
            if (
                0 < reachable < _NEARBY
                and reading(whole.quantity).exact
                and not _meets_exactly(whole, part)
            ):
                scoped = replace(
                    match, scope=match.scope or "one number is a part of a larger group"
                )
                yield NumberPair(whole, part, NumberRelation.SCOPE, scoped)
        elif (
            can_both_be_true(a.quantity, b.quantity)
            and match.score >= SAME_SLOT
            and not match.scope
        ):
            if (
                reading(a.quantity) != reading(b.quantity)
                and reading(a.quantity).exact != reading(b.quantity).exact
            ):
                yield NumberPair(a, b, NumberRelation.PRECISION, match)


def _meets_exactly(a: NumberUse, b: NumberUse) -> bool:
    return reading(a.quantity) == reading(b.quantity)


def _needed(match: SlotMatch, one_row: bool) -> float:
    """Return the score two numbers need to be compared: a conflict asks for more."""
    if can_both_be_true(match.a.quantity, match.b.quantity):
        return COMPATIBLE_SLOT
    return SAME_SLOT if one_row else ACROSS_ROWS


def _knows(uses: list[NumberUse], other: NumberUse) -> bool:
    """Whether an article prints the other's figure too: then its own counts something else."""
    value = other.quantity.low
    return (
        value is not None
        and value >= _NO_CHANCE
        and any(
            use.quantity.low == value == use.quantity.high
            and use.quantity.type is other.quantity.type
            for use in uses
        )
    )


def is_vague(quantity: QuantityDraft) -> bool:
    """Whether the words name a scale ("hundreds"), so that almost any number would fit."""
    low, high = quantity.low, quantity.high
    return bool(low) and high is not None and low is not None and high > 3 * low


def is_scale_against_exact(a: NumberUse, b: NumberUse) -> bool:
    """Whether one number is a scale ("hundreds") and the other exact, of one noun and event."""
    return (
        is_vague(a.quantity) != is_vague(b.quantity)
        and (reading(a.quantity).exact or reading(b.quantity).exact)
        and bool(a.head)
        and a.head == b.head
        and bool(a.event & b.event)
    )


def is_sole(index: StoryIndex, use: NumberUse) -> bool:
    """Whether the sentence has no other number of the kind."""
    view = index.sentence(use.claim)
    facts = index.articles[use.claim.article].sentences
    quantities = facts[view.index].quantities if view else use.claim.quantities
    return not any(
        other.span != use.quantity.span
        and other.type is use.quantity.type
        and (other.unit == use.quantity.unit or other.type is QuantityType.CARDINAL)
        for other in quantities
    )


def _in_one_row(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> bool:
    """Whether two claims share a row, or their sentences are each other's closest."""
    row = index.row_of(a)
    if row is not None and row is index.row_of(b):
        return True
    x, y = index.sentence(a), index.sentence(b)
    if x is None or y is None:
        return False
    return frozenset(((x.article, x.index), (y.article, y.index))) in _close(index)


def _close(index: StoryIndex) -> frozenset[frozenset[tuple[str, int]]]:
    known = index.memo.get("sentences of one row")
    if known is None:
        known = frozenset(
            frozenset(((pair.a.article, pair.a.index), (pair.b.article, pair.b.index)))
            for pair in closest_pairs(index)
            if pair.score >= _CLOSE
        )
        index.memo["sentences of one row"] = known
    return cast("frozenset[frozenset[tuple[str, int]]]", known)


def relate(index: StoryIndex, match: SlotMatch) -> NumberRelation:
    """Return how two numbers of one slot relate; a conflict is the last resort."""
    qa, qb = match.a.quantity, match.b.quantity
    if reading(qa) == reading(qb):
        return NumberRelation.SAME
    first, second = match.a.claim.article, match.b.claim.article
    if index.same_outlet(first, second):
        return NumberRelation.SCOPE if match.scope else NumberRelation.SUPERSEDED
    if not match.scope and (is_update(index, match) or _was_a_ceiling(index, match)):
        return NumberRelation.SUPERSEDED
    if can_both_be_true(qa, qb):
        vague = is_less_exact(qa, qb) or is_less_exact(qb, qa) or qa.approximate != qb.approximate
        return NumberRelation.PRECISION if vague or qa.si is None else NumberRelation.SAME
    if match.scope:
        return NumberRelation.SCOPE
    if _was_a_plan(index, match):
        return NumberRelation.SUPERSEDED
    return NumberRelation.CONFLICT


def _was_a_ceiling(index: StoryIndex, match: SlotMatch) -> bool:
    """Whether the earlier report gave a most ("up to 3,000") and a later one a lower figure."""
    hours = index.hours_between(match.a.claim.article, match.b.claim.article)
    earlier, later = match.a.quantity, match.b.quantity
    return (
        hours is not None and hours >= 4 * UPDATE_HOURS
        and earlier.low == 0 and earlier.high is not None
        and later.low == later.high and later.high is not None
        and later.high < earlier.high * _FAR_BELOW
    )  # fmt: skip


def _was_a_plan(index: StoryIndex, match: SlotMatch) -> bool:
    """Whether the earlier number was a proposal, reported a day or more before the later."""
    hours = index.hours_between(match.a.claim.article, match.b.claim.article)
    if hours is None or hours < 4 * UPDATE_HOURS:
        return False
    sentence = index.sentence(match.a.claim)
    tokens = sentence.tokens if sentence else index.tokens(match.a.claim)
    return find_plan(match.a.claim, tokens) is not None


def is_update(index: StoryIndex, match: SlotMatch) -> bool:
    """Whether the later report simply knew of more: a running count that grew over hours."""
    hours = index.hours_between(match.a.claim.article, match.b.claim.article)
    if hours is None or hours < UPDATE_HOURS or match.a.quantity.type is not QuantityType.CARDINAL:
        return False
    if not match.a.event & match.b.event & GROWING:
        return False
    earlier, later = reading(match.a.quantity), reading(match.b.quantity)
    if earlier.low is None or later.low is None:
        return False
    if match.a.event & match.b.event & SHIFTING and not can_both_be_true(
        match.a.quantity, match.b.quantity
    ):
        return True
    needed = 1 + _GROWTH if can_both_be_true(match.a.quantity, match.b.quantity) else 1
    return later.low > earlier.low * Decimal(needed)


def explain_gap(a: QuantityDraft, b: QuantityDraft) -> str:
    """Return the arithmetic of a disjoint pair: "101 is outside 200–999"."""
    if a.si is not None and b.si is not None and a.unit == b.unit:
        # Nobody needs 71 kph in metres a second to see that it is not 82 kph.
        a, b = replace(a, si=None), replace(b, si=None)
    ra, rb = reading(a), reading(b)
    if not (ra.exact and rb.exact):
        ra, rb = loose_reading(a), loose_reading(b)
    if rb.exact and not ra.exact:
        return f"{rb} is outside {ra}"
    if ra.exact and not rb.exact:
        return f"{ra} is outside {rb}"
    if ra.exact and rb.exact:
        return f"{ra} ≠ {rb}{_gap(ra, rb)}"
    return f"{ra} and {rb} have no value in common"


def _gap(a: Interval, b: Interval) -> str:
    if a.low is None or b.low is None:
        return ""
    return f" (a difference of {show_number(abs(a.low - b.low))})"


def number_words(index: StoryIndex, use: NumberUse) -> str:
    """Return the number as printed, with the words it stands among, in quotation marks."""
    return quote_span(index, use.claim.article, use.span, around=4)


def number_marks(uses: list[NumberUse]) -> tuple[Highlight, ...]:
    return tuple(mark(use.claim.article, use.span) for use in uses)


def one_per_article(uses: list[NumberUse], *, most: int = 4) -> list[NumberUse]:
    seen: dict[str, NumberUse] = {}
    for use in uses:
        seen.setdefault(use.claim.article, use)
    return list(seen.values())[:most]


def claim_ids(uses: list[NumberUse]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(use.claim.id for use in uses))


def printed(claim: ClaimDraft) -> str:
    return " ".join(claim.text.split())
