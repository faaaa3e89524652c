"""Which claims of a sentence stand in rows: the whole sentence or its parts.

A claim that holds others is represented either by itself or by the parts it holds,
never by both, and its words are never lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from apps.claims.analysis.units import Unit

# A part must beat its whole by this much log-odds before a sentence is taken apart.
_PART_MARGIN = 0.3
# Parts must hold this share of the whole's words, or words would be lost from the page.
_COVERED = 0.6


def choose_claims(
    units: Sequence[Unit],
    odds: Mapping[tuple[int, int], float],
    *,
    at_least: float,
    wanted: AbstractSet[int] = frozenset(),
) -> list[int]:
    """Return the indices of the units that stand in rows, in order, one level per place.

    *odds* are the log-odds of pairs; parts are taken where one of them finds a better
    partner than the whole does, at *at_least* or more. *wanted* units are always taken.
    """
    best = _best_partner(units, odds)
    children, roots = _trees(units)
    chosen: list[int] = []
    for root in roots:
        chosen.extend(_choose(root, units, children, best, at_least, wanted)[0])
    return sorted(chosen)


def _best_partner(units: Sequence[Unit], odds: Mapping[tuple[int, int], float]) -> dict[int, float]:
    best: dict[int, float] = {}
    for (i, j), value in odds.items():
        if units[i].article != units[j].article:
            for index in (i, j):
                if value > best.get(index, -99.0):
                    best[index] = value
    return best


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
    best: Mapping[int, float],
    at_least: float,
    wanted: AbstractSet[int],
) -> tuple[list[int], float, bool]:
    """Return the claims for the place of *index*, their best log-odds, and whether a
    person's decision fixed the level."""
    own = best.get(index, -99.0)
    parts: list[int] = []
    parts_best = -99.0
    fixed = False
    for child in children.get(index, ()):
        taken, value, child_fixed = _choose(child, units, children, best, at_least, wanted)
        parts.extend(taken)
        parts_best = max(parts_best, value)
        fixed = fixed or child_fixed
    if index in wanted and not fixed:
        return [index], own, True
    if not parts:
        return [index], own, False
    whole = len(units[index].claim.span)
    covered = sum(len(units[part].claim.span) for part in parts) / whole
    # Same span twice (a sentence that is one clause): the inner one says what it is about.
    if fixed or (
        covered >= _COVERED and parts_best >= at_least and parts_best >= own + _PART_MARGIN
    ):
        return parts, max(own, parts_best), fixed
    return [index], own, False
