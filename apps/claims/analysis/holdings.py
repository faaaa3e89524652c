"""Which things each claim holds, laid out so that thousands of pairs are compared at once.

Sets of words cost most when they are met pair by pair. Here the things of all claims lie in
one row of numbers, and what a pair shares is looked up in a table of the first claims.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# Pairs compared in one go: enough to be quick, few enough to be small.
_BLOCK = 8192


@dataclass(frozen=True, slots=True)
class PairBlock:
    """Pairs of claims by number; *row* is the place of each first claim in *distinct*."""

    a: Places
    b: Places
    distinct: Places
    row: Places

    def __len__(self) -> int:
        return len(self.a)


def in_blocks(a: Places, b: Places) -> Iterator[tuple[slice, PairBlock]]:
    """Yield the pairs in their order, some thousand at a time, with the slice they come from."""
    for start in range(0, len(a), _BLOCK):
        part = slice(start, start + _BLOCK)
        distinct, row = np.unique(a[part], return_inverse=True)
        yield part, PairBlock(a[part], b[part], distinct, row)


@dataclass(frozen=True, slots=True)
class Shared:
    """What pairs share: a *thing* of a *pair*, both by number, in the order of the pairs."""

    pair: Places
    thing: Places
    pairs: int

    def count(self) -> Floats:
        """Return for each pair how many things it shares."""
        return np.bincount(self.pair, minlength=self.pairs).astype(np.float64)

    def total(self, weights: Floats) -> Floats:
        """Return for each pair the sum of the weights of what it shares."""
        return sums(self.pair, weights[self.thing], self.pairs)

    def greatest(self, weights: Floats) -> Floats:
        """Return for each pair the greatest weight of what it shares, 0 where nothing is."""
        return greatest(self.pair, weights[self.thing], self.pairs)


class Holdings:
    """The things of each claim: numbered in sorted order, ascending within a claim."""

    __slots__ = ("items", "size", "start", "things")

    def __init__(self, sets: Sequence[Collection[str]]) -> None:
        self.things: list[str] = sorted(set().union(*sets))
        number = {thing: place for place, thing in enumerate(self.things)}
        self.size = np.array([len(held) for held in sets], dtype=np.int64)
        self.start = starts_of(self.size)
        found = np.array([number[thing] for held in sets for thing in held], dtype=np.int64)
        key = np.repeat(np.arange(len(sets)), self.size) * max(1, len(self.things)) + found
        key.sort()
        self.items: Places = key % max(1, len(self.things))

    def expand(self, units: Places) -> tuple[Places, Places]:
        """Return every thing of each of *units*: the place in *units*, and the thing."""
        place, at = ranges(self.start[units], self.size[units])
        return place, self.items[at]

    def table(self, units: Places) -> Flags:
        """Return a row of flags for each of *units*: which things it holds."""
        held = np.zeros((len(units), max(1, len(self.things))), dtype=np.bool_)
        held[self.expand(units)] = True
        return held

    def shared(self, block: PairBlock) -> Shared:
        """Return what the claims of each pair share."""
        pair, thing = self.expand(block.b)
        both = np.flatnonzero(self.table(block.distinct)[block.row[pair], thing])
        return Shared(pair[both], thing[both], len(block))

    def weigh(self, weights: Mapping[str, float]) -> Floats:
        """Return *weights* in the order of the things; unknown ones weigh 1."""
        return np.array([weights.get(thing, 1.0) for thing in self.things], dtype=np.float64)

    def totals(self, weights: Floats) -> Floats:
        """Return for each claim the sum of the weights of its things, never quite 0."""
        unit = np.repeat(np.arange(len(self.size)), self.size)
        found = np.bincount(unit, weights=weights[self.items], minlength=len(self.size))
        return np.where(found > 0.0, found, 1e-9)


def ranges(starts: Places, sizes: Places) -> tuple[Places, Places]:
    """Return the numbers of many ranges one after another: the range, and the number."""
    which = np.repeat(np.arange(len(sizes)), sizes)
    return which, np.arange(len(which)) + np.repeat(starts - starts_of(sizes), sizes)


def greatest(place: Places, values: Floats, count: int) -> Floats:
    """Return for each of *count* places the greatest of its *values*, 0 where it has none;
    *place* is ascending, values are not negative."""
    found = np.zeros(count)
    if len(place):
        first = np.flatnonzero(np.diff(place, prepend=-1))
        found[place[first]] = np.maximum.reduceat(values, first)
    return found


def sums(place: Places, values: Floats, count: int) -> Floats:
    """Return for each of *count* places the sum of its *values*."""
    return np.bincount(place, weights=values, minlength=count).astype(np.float64)


def is_among(place: Places, count: int) -> Flags:
    """Return for each of *count* places whether it is one of *place*."""
    found = np.zeros(count, dtype=np.bool_)
    found[place] = True
    return found


def numbered(values: Iterable[str]) -> Places:
    """Return a number for each of *values*: equal for equal ones, 0 for the empty one alone."""
    known = {"": 0}
    return np.array([known.setdefault(value, len(known)) for value in values], dtype=np.int64)


def starts_of(sizes: Places) -> Places:
    """Return where each of many ranges begins when they lie one after another."""
    return np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)[: len(sizes)]
