"""Pairs of things told by very many articles: each with the earliest, not each with each.

A hundred outlets that print one thing make five thousand pairs, and almost all of them say
what the pairs with the first tellings say already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

Item = TypeVar("Item")

# All pairs of so many; of more each is paired with the first ones only.
MOST = 30
_FIRST = 16


def early_pairs(items: Sequence[Item], *, most: int = MOST) -> Iterator[tuple[Item, Item]]:
    """Yield the pairs of *items*, earliest first, in the order of ``combinations``.

    All pairs of up to *most* items; of more, those with the first few.
    """
    if len(items) <= most:
        yield from combinations(items, 2)
        return
    for at, first in enumerate(items[:_FIRST]):
        for second in items[at + 1 :]:
            yield first, second


def early_pairs_by_key(
    keys_by_item: Mapping[str, Iterable[object]],
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of items worth comparing, earliest first: of few items all pairs, of
    many those that share a key, each with the first items that have it."""
    ordered = list(keys_by_item)
    if len(ordered) <= MOST:
        yield from combinations(ordered, 2)
        return
    places: dict[object, list[int]] = {}
    for place, keys in enumerate(keys_by_item.values()):
        for key in dict.fromkeys(keys):
            places.setdefault(key, []).append(place)
    met = {pair for found in places.values() for pair in early_pairs(found)}
    for i, j in sorted(met):
        yield ordered[i], ordered[j]
