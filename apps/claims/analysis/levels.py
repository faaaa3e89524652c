"""Which claims of a sentence stand in rows: the whole sentence or its parts.

A claim that holds others is represented either by itself or by the parts it holds,
never by both, and its words are never lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from apps.articles.text.spans import Span
from apps.claims.analysis.units import Unit

Pair = tuple[int, int]
Place = tuple[int, int]

# Parts must beat their whole by this much log-odds, summed over the articles that answer
# them, before a sentence is taken apart.
_PART_MARGIN = 1.5
# Log-odds from one article beyond which more certainty buys nothing.
_ENOUGH = 2.0
# Parts must hold this share of the whole's words, or words would be lost from the page.
_COVERED = 0.75
# A quotation is whole in a part that holds this share of it: a word at its end may stay out.
_HELD = 0.8


def choose_claims(
    units: Sequence[Unit],
    odds: Mapping[Pair, float],
    *,
    at_least: float,
    wanted: AbstractSet[int] = frozenset(),
) -> list[int]:
    """Return the indices of the units that stand in rows, in order, one level per place.

    *odds* are the log-odds of pairs; a sentence is taken apart where its parts together
    are answered by other articles better than the whole is, each sentence of another
    article counting once. No quotation is cut for that. *wanted* units are always taken.
    """
    answers = _answers(units, odds, at_least)
    children, roots = _trees(units)
    chosen: list[int] = []
    for root in roots:
        if root not in children:
            chosen.append(root)
            continue
        chosen.extend(_choose(root, units, children, answers, wanted).taken)
    return sorted(chosen)


def _answers(
    units: Sequence[Unit], odds: Mapping[Pair, float], at_least: float
) -> dict[int, dict[Place, float]]:
    """Return for each unit how much each sentence of another article speaks for it."""
    found: dict[int, dict[Place, float]] = defaultdict(dict)
    for (i, j), value in odds.items():
        if value < at_least or units[i].article == units[j].article:
            continue
        worth = min(_ENOUGH, value - at_least)
        for here, there in ((i, j), (j, i)):
            place = (units[there].article, units[there].claim.sentence)
            if worth >= found[here].get(place, 0.0):
                found[here][place] = worth
    return found


@dataclass(frozen=True, slots=True)
class _Choice:
    """Claims for a place, the sentences that answer them (the best claim counts), and
    whether a person's decision fixed the level."""

    taken: tuple[int, ...]
    answers: Mapping[Place, float]
    fixed: bool = False


def _trees(units: Sequence[Unit]) -> tuple[dict[int, list[int]], list[int]]:
    """Return the parts of each unit and the outermost units.

    The nesting of spans decides; a claim's *parent* is only followed where spans agree,
    because the content of a quotation may run over several sentences.
    """
    children: dict[int, list[int]] = defaultdict(list)
    roots: list[int] = []
    stack: list[int] = []
    for index, unit in enumerate(units):
        while stack and not (
            units[stack[-1]].article == unit.article
            and units[stack[-1]].claim.span.contains(unit.claim.span)
        ):
            stack.pop()
        if stack:
            children[stack[-1]].append(index)
        else:
            roots.append(index)
        stack.append(index)
    return children, roots


def _choose(
    index: int,
    units: Sequence[Unit],
    children: Mapping[int, Sequence[int]],
    answers: Mapping[int, Mapping[Place, float]],
    wanted: AbstractSet[int],
) -> _Choice:
    whole = _Choice((index,), _once(answers.get(index, {})))
    parts = [_choose(child, units, children, answers, wanted) for child in children.get(index, ())]
    fixed = any(part.fixed for part in parts)
    if index in wanted and not fixed:
        return _Choice(whole.taken, whole.answers, True)
    if not parts:
        return whole
    together: dict[Place, float] = {}
    for part in parts:
        for place, worth in part.answers.items():
            together[place] = max(worth, together.get(place, 0.0))
    taken = _Choice(tuple(i for part in parts for i in part.taken), together, fixed)
    if fixed:
        return taken
    spans = [units[i].claim.span for i in taken.taken]
    covered = sum(len(span) for span in spans) / len(units[index].claim.span)
    gain = sum(together.values()) - sum(whole.answers.values())
    if covered < _COVERED or gain < _PART_MARGIN or _cuts(spans, units[index].claim.quotes):
        return whole
    return taken


def _cuts(parts: Sequence[Span], quotes: Sequence[Span]) -> bool:
    """Say whether one of *quotes* lies in two of *parts*, or with words of it in none.

    Half a quotation in a row of its own looks like one that somebody shortened, and the
    outlet that prints it whole like one that leaves the half out.
    """
    for quote in quotes:
        shares = [part.overlap(quote) / len(quote) for part in parts if part.overlaps(quote)]
        if shares and max(shares) < _HELD:
            return True
    return False


def _once(answers: Mapping[Place, float]) -> dict[Place, float]:
    """Return the best answer of each article: a claim stands in one row only."""
    best: dict[int, tuple[float, Place]] = {}
    for place, worth in sorted(answers.items()):
        if worth > best.get(place[0], (-1.0, place))[0]:
            best[place[0]] = (worth, place)
    return {place: worth for worth, place in best.values()}
