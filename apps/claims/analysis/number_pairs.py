"""Numbers of two articles that may answer one question, with what speaks for it.

Which pairs are proposed is generous: whatever the claims' counterparts, the counted thing
or the words around allow. Whether a pair is worth a reader's time is the judges' matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import log
from typing import cast

from apps.articles.text.types import Role
from apps.claims.analysis.counterparts import Counterpart, find_counterparts
from apps.claims.analysis.early_pairs import early_pairs_by_key
from apps.claims.analysis.intervals import Interval, can_both_be_true, is_misprint, reading
from apps.claims.analysis.number_comparison import (
    NumberRelation,
    is_sole,
    is_vague,
    relate,
    slot_keys,
    told_numbers,
)
from apps.claims.analysis.pair_features import pair_features, word_features
from apps.claims.analysis.slots import (
    NumberUse,
    SlotMatch,
    can_be_compared,
    likeness,
    match_slots,
    only_people,
    scope_between,
)
from apps.claims.analysis.story_index import StoryIndex
from apps.claims.analysis.types import QuantityType

# Pairs that share less than this are not even proposed.
_LEAST_RATE = 0.08
_LEAST_SLOT = 2.0
_RELATED_RATE = 0.5
# Equal numbers whose claims and words belong together this far are one number.
_SAME_NUMBER = 5.0
_MOST_TELLINGS = 3
# What a pair that the alignment did not think possible is taken for.
_UNLINKED = 0.01
# An article has this many partners for a number at most, the likeliest first.
_MOST_PARTNERS = 3
# Smaller sums come about by chance; in longer ones the rest may stand a sentence away.
_LEAST_SUM, _LONG_SUM = 10, 100
# Outlet -> value and what it counts -> articles.
_Told = dict[str, dict[tuple[Interval, str], set[str]]]
_UNIT_TYPES = frozenset({QuantityType.MONEY, QuantityType.PERCENT, QuantityType.MEASURE})
# Below this two articles may print one number of two things by chance.
_TELLING = 20


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """Two numbers of different articles, *a* of the earlier one, that are not the same.

    *features* are named numbers, 0 to 1, that say how far both answer one question.
    """

    a: NumberUse
    b: NumberUse
    relation: NumberRelation
    match: SlotMatch
    features: dict[str, float]
    # What the smaller number lacks to the larger, where one of the articles prints that too.
    rest: NumberUse | None = None


@dataclass(slots=True)
class _Draft:
    """A pair on the way: how strongly its claims and its words belong together."""

    a: NumberUse
    b: NumberUse
    pair: Counterpart
    match: SlotMatch | None
    strength: float
    equal: bool


def propose_pairs(index: StoryIndex) -> list[ProposedPair]:
    """Return the pairs of different numbers of a story; worked out once."""
    known = index.memo.get("proposed numbers")
    if known is None:
        known = list(_propose(index))
        index.memo["proposed numbers"] = known
    return cast("list[ProposedPair]", known)


def tellings(index: StoryIndex, use: NumberUse) -> list[NumberUse]:
    """Return *use* and where other articles print the same number of the same thing, one each."""
    propose_pairs(index)
    seen = {use.claim.article: use}
    for other in _equals(index).get(_place(use), ()):
        seen.setdefault(other.claim.article, other)
    return list(seen.values())[:_MOST_TELLINGS]


def _equals(index: StoryIndex) -> dict[tuple[str, int], list[NumberUse]]:
    return cast(
        "dict[tuple[str, int], list[NumberUse]]",
        index.memo.setdefault("equal numbers", defaultdict(list)),
    )


def pair_key(pair: ProposedPair) -> str:
    """Return what pairs of one difference have in common: the two values and their unit."""
    values = sorted(str(reading(use.quantity)) for use in (pair.a, pair.b))
    unit = pair.a.quantity.unit or ",".join(sorted(pair.a.event & pair.b.event))
    return f"{values[0]}|{values[1]}|{unit}"


# What decides a conflict; the rest of the pair's features only blurs it.
_DECISIVE = frozenset(
    {
        "rate", "in_row", "copied", "one_planned", "headline", "hours_apart",
        "number_thing", "number_link", "number_both", "number_misprint", "number_edited",
        "number_known_there", "number_both_known", "number_equal_elsewhere", "number_close",
        "number_scope", "number_part", "number_other_year", "number_barred",
        "number_slot", "number_small", "number_update", "number_unit",
        "number_other_rate", "number_sum",
    }
)  # fmt: skip


def compact(features: dict[str, float]) -> dict[str, float]:
    """Return those of *features* that sum up whether two numbers answer one question."""
    return {name: value for name, value in features.items() if name in _DECISIVE}


def weakest_link(pair: ProposedPair) -> str:
    """Return in the reader's words what a comparison of the two rests on least."""
    features = pair.features
    if pair.match.scope:
        return pair.match.scope
    if pair.match.weakest:
        return pair.match.weakest
    if features["number_known_there"]:
        return "one outlet prints the other's number too, perhaps of something else"
    if features["number_other_event"] or features["number_other_head"]:
        return "the two may count different things"
    if features["rate"] < 0.5:
        return "the two sentences may tell of different matters"
    return "the two may count at different times or in different places"


def _propose(index: StoryIndex) -> Iterator[ProposedPair]:
    uses = {article_id: told_numbers(index, article_id) for article_id in index.articles}
    linked = _linked_sentences(index)
    told = _values(index)
    ordered = sorted(uses, key=index.rank.__getitem__)
    keys = {name: [key for use in uses[name] for key in slot_keys(use)] for name in ordered}
    for first, second in early_pairs_by_key(keys):
        drafts = list(
            _drafts(
                index, uses[first], uses[second], linked,
                related=index.same_event(first, second),
            )
        )  # fmt: skip
        yield from _ranked(index, drafts, uses[first], uses[second], told)


def _place(use: NumberUse) -> tuple[str, int]:
    return use.claim.article, use.span.start


def _linked_sentences(index: StoryIndex) -> dict[tuple[str, int, str, int], Counterpart]:
    """Return the best counterpart of each two sentences, by article and sentence."""
    best: dict[tuple[str, int, str, int], Counterpart] = {}
    for pair in find_counterparts(index):
        key = (pair.a.article, pair.a.sentence, pair.b.article, pair.b.sentence)
        best.setdefault(key, pair)
    return best


def _drafts(
    index: StoryIndex,
    ours: list[NumberUse],
    theirs: list[NumberUse],
    linked: dict[tuple[str, int, str, int], Counterpart],
    *,
    related: bool,
) -> Iterator[_Draft]:
    # Articles with no names in common are of two events, unless alignment thinks otherwise.
    by_type: dict[QuantityType, list[NumberUse]] = defaultdict(list)
    for use in theirs:
        by_type[use.quantity.type].append(use)
    for x in ours:
        for y in by_type[x.quantity.type]:
            if not can_be_compared(x.quantity, y.quantity):
                continue
            pair = linked.get(
                (x.claim.article, x.claim.sentence, y.claim.article, y.claim.sentence)
            )
            match = match_slots(
                index, x, y, in_one_row=pair is not None and pair.in_row,
                sole=is_sole(index, x) and is_sole(index, y),
            )  # fmt: skip
            rate = pair.rate if pair is not None else 0.0
            if not related and rate < _RELATED_RATE:
                continue
            score = match.score if match is not None else 0.0
            if rate < _LEAST_RATE and score < _LEAST_SLOT:
                continue
            yield _Draft(
                x, y, pair or Counterpart(x.claim, y.claim, _UNLINKED, False), match,
                score + 4.0 * rate, reading(x.quantity) == reading(y.quantity),
            )  # fmt: skip


def _ranked(
    index: StoryIndex,
    drafts: list[_Draft],
    ours: list[NumberUse],
    theirs: list[NumberUse],
    told: _Told,
) -> Iterator[ProposedPair]:
    """Yield the pairs of different numbers with how they stand against the other pairs."""
    best_a: dict[tuple[str, int], list[_Draft]] = defaultdict(list)
    best_b: dict[tuple[str, int], list[_Draft]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda d: (-d.strength, d.a.span.start, d.b.span.start)):
        best_a[_place(draft.a)].append(draft)
        best_b[_place(draft.b)].append(draft)
    printed = ({reading(use.quantity) for use in ours}, {reading(use.quantity) for use in theirs})
    alike = _equals(index)
    for draft in drafts:
        if draft.equal:
            if draft.strength >= _SAME_NUMBER:
                alike[_place(draft.a)].append(draft.b)
                alike[_place(draft.b)].append(draft.a)
            continue
        beside = (best_a[_place(draft.a)], best_b[_place(draft.b)])
        ranks = [others.index(draft) for others in beside]
        if max(ranks) >= _MOST_PARTNERS:
            continue
        match = draft.match or SlotMatch(
            draft.a, draft.b, 0.0, scope_between(index, draft.a, draft.b)
        )
        relation = relate(index, match)
        if relation is NumberRelation.SAME:
            continue
        knowing = _knowing(index, draft.a, draft.b, told) | _knowing(index, draft.b, draft.a, told)
        replaced = bool(knowing - {draft.a.claim.article, draft.b.claim.article})
        if replaced:
            # What an outlet itself has replaced contradicts no other.
            relation = NumberRelation.SUPERSEDED
        features = _features(index, draft)
        margins = [_margin(draft, others) for others in beside]
        features |= {
            "number_margin": max(-1.0, min(1.0, min(margins) / 4.0)),
            "number_best": float(max(ranks) == 0),
            "number_equal_elsewhere": float(
                any(other.equal and other.strength > draft.strength - 2.0 for others in beside for other in others)
            ),
            "number_known_there": float(
                (_telling(reading(draft.a.quantity)) and reading(draft.a.quantity) in printed[1])
                or (_telling(reading(draft.b.quantity)) and reading(draft.b.quantity) in printed[0])
            ),
            "number_update": float(
                draft.match is not None and relation is NumberRelation.SUPERSEDED
            ),
        }  # fmt: skip
        features["number_replaced"] = float(replaced)
        features["number_both_known"] = float(bool(knowing) and not replaced)
        thing, link = _same_thing(features), _linked(features)
        features["number_thing"] = thing
        features["number_link"] = link
        features["number_both"] = thing * link
        rest = _rest(draft.a, draft.b, ours, theirs)
        features["number_sum"] = float(rest is not None)
        yield ProposedPair(draft.a, draft.b, relation, match, features, rest)


def _rest(
    a: NumberUse, b: NumberUse, ours: list[NumberUse], theirs: list[NumberUse]
) -> NumberUse | None:
    """Return the number that makes the smaller of two the larger: 14 and 3, where the other has 17.

    It stands in one of their sentences, or anywhere in their articles when it is too long
    to fit by chance.
    """
    low, high = sorted((_middle(a), _middle(b)))
    if high < _LEAST_SUM:
        return None
    for use in (*ours, *theirs):
        if use is a or use is b or not can_be_compared(use.quantity, a.quantity):
            continue
        beside = any(
            use.claim.article == other.claim.article
            and abs(use.claim.sentence - other.claim.sentence) <= (1 if high >= _LONG_SUM else 0)
            for other in (a, b)
        )
        if beside and _middle(use) > 0 and low + _middle(use) == high:
            return use
    return None


def _middle(use: NumberUse) -> Decimal:
    """Return the value a number is about; -1 for one with an open end."""
    interval = reading(use.quantity)
    if interval.low is None or interval.high is None:
        return Decimal(-1)
    return (interval.low + interval.high) / 2


def _same_thing(features: dict[str, float]) -> float:
    """Return how far two numbers count one thing by their words, 0 to 1."""
    beside = max(features["near_words"], 0.8 * features["near_ideas"], features["number_near"])
    if features["number_edited"] and not features["number_other_head"]:
        return 1.0
    if features["number_other_event"]:
        return 0.2 * beside
    if features["number_same_event"] and features["number_same_class"]:
        return 1.0
    if features["number_same_head"] or features["number_same_kind"]:
        return 0.7 + 0.3 * beside
    if features["number_unit"]:
        return beside
    if features["number_other_class"]:
        return 0.1 * beside
    return (0.5 if features["number_same_class"] else 0.3) * (1.0 + beside) / 2.0


def _linked(features: dict[str, float]) -> float:
    """Return how surely the two sentences, and the two numbers in them, are a pair, 0 to 1."""
    beyond = min(features["best_for_a"], features["best_for_b"])
    ahead = 0.5 + 0.5 * max(-1.0, min(1.0, 2.0 * features["number_margin"]))
    return features["rate"] * beyond * ahead


def _values(index: StoryIndex) -> _Told:
    """Return in which articles each outlet prints a value of a thing."""
    found: _Told = defaultdict(lambda: defaultdict(set))
    for article_id, article in index.articles.items():
        for use in told_numbers(index, article_id):
            for thing in (use.head, *use.event, use.quantity.unit):
                if thing:
                    found[article.outlet or article_id][reading(use.quantity), thing].add(
                        article_id
                    )
    return found


def _knowing(index: StoryIndex, a: NumberUse, b: NumberUse, told: _Told) -> set[str]:
    """Return the articles of the outlet of *a* that print the number *b* of the same thing."""
    article_id = a.claim.article
    values = told[index.articles[article_id].outlet or article_id]
    found: set[str] = set()
    for thing in (b.head, *b.event, b.quantity.unit):
        if thing and (thing in (a.head, a.quantity.unit) or thing in a.event):
            found |= values.get((reading(b.quantity), thing), set())
    return found


def _margin(draft: _Draft, others: list[_Draft]) -> float:
    """Return how far *draft* is ahead of the next pair of the same number."""
    rivals = [
        other.strength + (1.0 if other.equal else 0.0) for other in others if other is not draft
    ]
    return draft.strength - max(rivals, default=0.0)


def _features(index: StoryIndex, draft: _Draft) -> dict[str, float]:
    a, b = draft.a, draft.b
    qa, qb = a.quantity, b.quantity
    features = pair_features(index, draft.pair)
    features |= word_features(index, a.claim, a.span, b.claim, b.span)
    people = only_people(a) or only_people(b)
    same_head = bool(a.head) and a.head == b.head
    features |= {
        "number_slot": min(1.0, max(0.0, draft.match.score / 6.0)) if draft.match else 0.0,
        "number_barred": float(draft.match is None),
        "number_same_head": float(same_head and not people),
        "number_same_class": float(bool(a.classes & b.classes)),
        "number_same_kind": float(bool((a.classes & b.classes) - {"people"})),
        "number_other_class": float(
            bool(a.classes and b.classes and not a.classes & b.classes)
        ),
        "number_other_head": float(bool(a.head and b.head and a.head != b.head and not a.classes & b.classes)),
        "number_same_event": float(bool(a.event & b.event)),
        "number_other_event": float(bool(a.event and b.event and not a.event & b.event)),
        "number_one_event": float(bool(a.event) != bool(b.event)),
        "number_near": min(1.0, likeness(a.ideas, b.ideas) / 3.0),
        "number_wide": min(1.0, likeness(a.wide, b.wide) / 4.0),
        "number_unit": float(qa.type in _UNIT_TYPES),
        "number_close": _closeness(reading(qa), reading(qb)),
        "number_sole": float(is_sole(index, a) and is_sole(index, b)),
        "number_vague": float(is_vague(qa) or is_vague(qb)),
        "number_misprint": float(is_misprint(reading(qa), reading(qb))),
        "number_edited": float(_is_edit(draft)),
        "number_small": float(max(qa.low or 0, qb.low or 0) <= 3),
        "number_scope": float(bool(scope_between(index, a, b))),
        "number_part": float(qa.part_of != qb.part_of and (not a.head or a.head != b.head)),
        "number_other_year": float(a.past != b.past or a.years != b.years),
        "number_other_rate": float(a.per != b.per),
        "number_hinted": float(can_both_be_true(qa, qb)),
        "number_headline": float(Role.BODY not in (a.claim.role, b.claim.role)),
    }  # fmt: skip
    return features


def _is_edit(draft: _Draft) -> bool:
    """Whether the later number stands in a copied sentence where the earlier one stood."""
    copy = draft.pair.copy
    if copy is None:
        return False
    for edit in copy.diff.edits:
        if any(word.span.overlaps(draft.a.span) for word in edit.a) and any(
            word.span.overlaps(draft.b.span) for word in edit.b
        ):
            return True
    return False


def _telling(interval: Interval) -> bool:
    return interval.exact and interval.low is not None and interval.low >= _TELLING


def _closeness(a: Interval, b: Interval) -> float:
    """Return 1 for values next to one another, 0 for such that differ ten times or more."""
    ours = [value for value in (a.low, a.high) if value]
    theirs = [value for value in (b.low, b.high) if value]
    if not ours or not theirs:
        return 0.0
    apart = min(abs(log(float(abs(x)) / float(abs(y)))) for x in ours for y in theirs)
    return max(0.0, 1.0 - apart / log(10.0))
