"""How the numbers of one row relate: same, less exact, other scope, replaced, in conflict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import cast

from apps.articles.text.types import Role
from apps.claims.analysis.intervals import (
    Interval,
    can_both_be_true,
    is_less_exact,
    loose_reading,
    reading,
)
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.shown_numbers import show_both, show_difference, show_loosely
from apps.claims.analysis.slots import (
    SAME_SLOT,
    NumberUse,
    SlotMatch,
    can_be_compared,
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
# An open count ("at least 31") has grown, not become exact, when the later is this much more.
_GROWTH = 0.25
# Every number is held against every other: a page of tables must not take an hour.
_MOST_NUMBERS = 200
_FAR_BELOW = Decimal("0.8")
_NEARBY = 250  # characters between a total and its part
# Smaller sums come about by chance.
_LEAST_TOTAL = 10
# Counts that go on growing after the event; how many were deported that day does not.
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


def pairs_inside(index: StoryIndex) -> list[NumberPair]:
    """Return a vaguer telling, or a part, of a number in the same article; worked out once.

    Two different totals in one article are another rule's matter.
    """
    known = index.memo.get("numbers inside")
    if known is None:
        known = [
            pair
            for article_id in index.articles
            for pair in _inside(index, uses_in(index, article_id))
        ]
        index.memo["numbers inside"] = known
    return cast("list[NumberPair]", known)


def slot_keys(use: NumberUse) -> Iterator[tuple[str, str]]:
    """Yield what two numbers of one slot have in common: event, counted thing or unit."""
    kind = use.quantity.type.value
    yield from ((kind, f"~{event}") for event in sorted(use.event))
    yield from ((kind, f"#{name}") for name in sorted(use.classes - {"people"}))
    for name in (use.head, use.quantity.si[0] if use.quantity.si else use.quantity.unit):
        if name:
            yield kind, name


def _inside(index: StoryIndex, uses: list[NumberUse]) -> Iterator[NumberPair]:
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


def tells_the_whole(index: StoryIndex, part: NumberUse, other: NumberUse) -> bool:
    """Whether *other* tells how many there are of what *part* is declared a part of.

    "261 were deported, among them 101 Venezuelans" does not contradict "over 250 people were
    deported"; it does contradict "hundreds of Venezuelans", who are no larger group.
    """
    same_thing = bool(part.head) and part.head == other.head
    if part.quantity.part_of:
        return any(
            _meets_exactly(whole, other)
            or (not same_thing and can_both_be_true(whole.quantity, other.quantity))
            for whole in (*_wholes_of(index, part), *_unsaid_wholes(index, part))
        )
    return not same_thing and any(
        can_both_be_true(whole.quantity, other.quantity) for whole in _unsaid_wholes(index, part)
    )


def _unsaid_wholes(index: StoryIndex, part: NumberUse) -> Iterator[NumberUse]:
    """Yield the larger numbers that *part* shares out though no word says so: the total it makes
    with the other numbers of its sentence ("at least 23 … 15 in hospital and eight at the
    scene"), and the count right before a number without a noun ("More than 20 were hurt.
    Fifteen went to hospital")."""
    share = reading(part.quantity)
    if not part.event or share.high is None:
        return
    beside = Decimal(0)
    uses = told_numbers(index, part.claim.article)
    for use in uses:
        if use.claim.sentence == part.claim.sentence and can_be_compared(
            use.quantity, part.quantity
        ):
            beside += reading(use.quantity).low or 0
    for use in uses:
        low = reading(use.quantity).low
        if (
            low is None
            or low <= share.high
            or not use.event & part.event
            or not can_be_compared(use.quantity, part.quantity)
        ):
            continue
        behind = part.claim.sentence - use.claim.sentence
        led = behind == 1 and not part.head and bool(use.head)
        if led or (behind > 0 and low == beside and low >= _LEAST_TOTAL):
            yield use


def _wholes_of(index: StoryIndex, part: NumberUse) -> Iterator[NumberUse]:
    """Yield the larger numbers of the kind that stand beside *part*: "of the 63", "261 …; 101"."""
    for use in told_numbers(index, part.claim.article):
        near = part.claim.sentence - 1 <= use.claim.sentence <= part.claim.sentence
        if (
            near
            and not use.quantity.part_of
            and abs(use.span.start - part.span.start) < _NEARBY
            and can_be_compared(use.quantity, part.quantity)
            and reading(use.quantity).low is not None
            and (reading(use.quantity).low or 0) > (reading(part.quantity).high or 0)
        ):
            yield use


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
    if reading(a).exact and reading(b).exact:
        x, y = show_both(a, b)
        apart = show_difference(a, b)
        return f"{x} ≠ {y}" + (f" (a difference of {apart})" if apart else "")
    loose = loose_reading(a), loose_reading(b)
    x, y = show_loosely(a, b)
    if loose[1].exact and not loose[0].exact:
        return f"{y} is outside {x}"
    if loose[0].exact and not loose[1].exact:
        return f"{x} is outside {y}"
    return f"{x} against {y}"


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
