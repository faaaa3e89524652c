"""Which pairs of claims are worth comparing, found through an index of what is rare."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from apps.claims.analysis.holdings import Floats, Holdings, Places, ranges, starts_of, sums
from apps.claims.analysis.units import Unit

# Partners kept for a claim; measured on the development stories, the right one is
# among the first 20 when it is found at all.
MOST_PARTNERS = 28
# Something in more claims than this finds no partners: keeps the work linear in claims.
_MOST_POSTINGS = 80
_FEW_UNITS = 400
FRAME_SHARE = 0.5
_COUNT_WORTH = 1.5
_DAY_WORTH = 0.4
_NUMBER_WORTH = 1.0
RUN_WORTH = 0.5
# Pairs of claims whose scores are held at once.
_CELLS = 1_000_000


def rare_things(units: Sequence[Unit]) -> list[tuple[Holdings, Floats]]:
    """Return what claims are found by besides their words, and what each thing is worth:
    what is counted in which event, telling numbers, days.

    The exact value of a telling number finds "312 homes" for "312 dwellings".
    """
    counted = [
        {f"{count.head}:{frame}" for count in unit.counts for frame in count.frames if count.head}
        for unit in units
    ]
    values = [
        {f"{count.low}:{count.high}" for count in unit.counts if count.is_telling()}
        for unit in units
    ]
    days = [unit.days for unit in units]
    found = []
    for sets, worth in (
        (counted, _COUNT_WORTH),
        (values, _NUMBER_WORTH),
        (days, _DAY_WORTH),
    ):
        holdings = Holdings(sets)
        found.append((holdings, np.full(len(holdings.things), worth)))
    return found


def find_candidates(
    units: Sequence[Unit], things: Sequence[tuple[Holdings, Floats]]
) -> tuple[Places, Places]:
    """Return pairs of indices into *units*, lower first, sorted; claims of one sentence
    are never paired.

    *things* are what claims hold and what sharing each thing is worth. Costs about the same
    for each claim, however many there are, but for looking through its scores.
    """
    count = len(units)
    most = count if count <= _FEW_UNITS else _MOST_POSTINGS
    postings = [_Postings(holdings, worth, most) for holdings, worth in things]
    place = _sentences(units)
    keys: list[Places] = []
    step = max(1, _CELLS // max(1, count))
    for first in range(0, count, step):
        last = min(count, first + step)
        cells, values = (
            np.concatenate(part)
            for part in zip(*[each.meetings(first, last, count) for each in postings], strict=True)
        )
        scores = sums(cells, values, (last - first) * count)
        scores = scores.reshape(last - first, count)
        scores[place[first:last, None] == place[None, :]] = 0.0
        row, other = _best(scores)
        row = row + first
        keys.append(np.minimum(row, other) * count + np.maximum(row, other))
    found = np.unique(np.concatenate(keys)) if keys else np.zeros(0, dtype=np.int64)
    return found // max(1, count), found % max(1, count)


def _best(scores: Floats) -> tuple[Places, Places]:
    """Return row and column of the ``MOST_PARTNERS`` highest scores above 0 of each row, of
    equal ones the first."""
    row, column = np.nonzero(scores)
    size = np.bincount(row, minlength=len(scores)).astype(np.int64)
    width = int(size.max(initial=0))
    if width <= MOST_PARTNERS:
        return row, column
    # Most cells are empty, and looking for the best of many equal ones takes long.
    place = np.arange(len(row)) - starts_of(size)[row]
    held = np.zeros((len(scores), width))
    held[row, place] = scores[row, column]
    limit = np.partition(held, -MOST_PARTNERS, axis=1)[:, -MOST_PARTNERS, None]
    above, equal = held > limit, held == limit
    room = MOST_PARTNERS - above.sum(axis=1, keepdims=True)
    kept = (above | (equal & (equal.cumsum(axis=1) <= room)))[row, place]
    return row[kept], column[kept]


def _sentences(units: Sequence[Unit]) -> Places:
    """Return a number for each unit, the same for units of one sentence."""
    known: dict[tuple[int, int], int] = {}
    return np.array(
        [known.setdefault((unit.article, unit.claim.sentence), len(known)) for unit in units],
        dtype=np.int64,
    )


class _Postings:
    """For each thing the claims that hold it; none for what too many hold."""

    def __init__(self, holdings: Holdings, worth: Floats, most: int) -> None:
        self._holdings, self._worth = holdings, worth
        held = np.bincount(holdings.items, minlength=len(holdings.things)).astype(np.int64)
        unit = np.repeat(np.arange(len(holdings.size)), holdings.size)
        self._units = unit[np.argsort(holdings.items, kind="stable")]
        self._start = np.concatenate([[0], np.cumsum(held)]).astype(np.int64)
        self._size = np.where((held > 1) & (held <= most), held, 0)

    def meetings(self, first: int, last: int, count: int) -> tuple[Places, Floats]:
        """Return where units *first* to *last* meet others: the cell of both in a table of
        *count* columns, and what their meeting is worth."""
        place, thing = self._holdings.expand(np.arange(first, last))
        entry, at = ranges(self._start[thing], self._size[thing])
        return place[entry] * count + self._units[at], self._worth[thing[entry]]
