"""What two claims count, and when: the numbers and days they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from apps.claims.analysis.holdings import (
    Flags,
    Floats,
    PairBlock,
    Places,
    greatest,
    is_among,
    numbered,
    ranges,
    starts_of,
)
from apps.claims.analysis.units import Unit, Weights

NUMBER_FEATURES = (
    "same_number",
    "same_large_number",
    "large_number_near",
    "numbers_near",
    "same_head",
    "counted_event",
    "head_numbers_meet",
    "head_numbers_differ",
    "same_unit",
    "both_count",
    "numbers_one_sided",
    "same_day",
    "days_differ",
    "both_clock",
)
# One more column: the claims count the same things in the same event, whatever the days.
COUNTS_SAME = "counts_same"

# Numbers this near may be one number, rounded.
_NEARLY = 0.9
# Counts of one thing that lie further apart than this are taken for counts of two.
_SAME_COUNT = 0.8
# Types whose unit says what is measured even where no noun does.
_HUGE = 1e300
_UNIT_TYPES = frozenset({"money", "percent", "measure", "rate", "age"})


class PairNumbers:
    """Counts and days of *units*; ask it for ``NUMBER_FEATURES`` and ``COUNTS_SAME``."""

    def __init__(self, units: Sequence[Unit], _weights: Weights) -> None:
        self._size = np.array([len(unit.counts) for unit in units], dtype=np.int64)
        self._start = starts_of(self._size)
        counts = [count for unit in units for count in unit.counts]
        ends = sorted(
            {end for count in counts for end in (count.low, count.high) if end is not None}
        )
        rank = {end: place for place, end in enumerate(ends)}
        # Exact order by rank; an open end is -1 here and nothing is compared with it.
        self._low = np.array([_rank(rank, count.low) for count in counts], dtype=np.int64)
        self._high = np.array([_rank(rank, count.high) for count in counts], dtype=np.int64)
        self._low_value = np.array([_value(count.low) for count in counts], dtype=np.float64)
        self._high_value = np.array([_value(count.high) for count in counts], dtype=np.float64)
        self._type = numbered(count.type for count in counts)
        self._unit = numbered(count.unit for count in counts)
        self._head = numbered(count.head for count in counts)
        self._part_of = np.array([count.part_of for count in counts], dtype=np.bool_)
        self._telling = np.array([count.is_telling() for count in counts], dtype=np.bool_)
        self._measured = np.array([count.type in _UNIT_TYPES for count in counts], dtype=np.bool_)
        self._synonyms = _Meeting([frozenset(map(str, count.synonyms)) for count in counts])
        self._frames = _Meeting([count.frames for count in counts])
        self._days = _Days([unit.days for unit in units])
        self._has_days = np.array([bool(unit.days) for unit in units], dtype=np.bool_)
        self._clock = np.array([unit.clock for unit in units], dtype=np.bool_)

    def columns(self, block: PairBlock) -> dict[str, Floats]:
        a, b = block.a, block.b
        count = len(block)
        pair, x, y = self._combinations(block)
        meets = ((self._low[x] < 0) | (self._high[y] < 0) | (self._low[x] <= self._high[y])) & (
            (self._low[y] < 0) | (self._high[x] < 0) | (self._low[y] <= self._high[x])
        )
        near = np.where(meets, 1.0, self._nearness(x, y))
        unit = self._unit[x] == self._unit[y]
        same_type = self._type[x] == self._type[y]
        comparable = same_type & (unit | (self._unit[x] == 0) | (self._unit[y] == 0))
        same = (
            (self._low[x] == self._low[y])
            & (self._high[x] == self._high[y])
            & (self._low[x] >= 0)
            & unit
        )
        one_name = self._head[x] == self._head[y]
        head = (self._head[x] > 0) & (one_name | self._synonyms.meet(x, y))
        event = head & self._frames.meet(x, y)
        telling = self._telling[x] & self._telling[y]
        counts = self._size > 0
        days = self._days.meet(a, b)
        meet = is_among(pair[head & meets], count)

        def some(which: Flags) -> Flags:
            return is_among(pair[which], count)

        flags = {
            "same_number": some(same),
            "same_large_number": some(same & self._telling[x]),
            "large_number_near": some(comparable & (near >= _NEARLY) & telling),
            "same_head": some((self._head[x] > 0) & one_name),
            "counted_event": some(event),
            "head_numbers_meet": meet,
            "head_numbers_differ": some(head & ~meets) & ~meet,
            "same_unit": some(unit & same_type & self._measured[x]),
            "both_count": counts[a] & counts[b],
            "numbers_one_sided": counts[a] != counts[b],
            "same_day": days,
            "days_differ": self.days_differ(block, days),
            "both_clock": self._clock[a] & self._clock[b],
            COUNTS_SAME: some(
                event & (self._part_of[x] == self._part_of[y]) & (near >= _SAME_COUNT)
            ),
        }
        return {name: flag.astype(np.float64) for name, flag in flags.items()} | {
            "numbers_near": greatest(pair, np.where(comparable, near, 0.0), count)
        }

    def days_differ(self, block: PairBlock, meet: Flags) -> Flags:
        """Say of which pairs both claims give days, none of which can be the same."""
        return self._has_days[block.a] & self._has_days[block.b] & ~meet

    def _combinations(self, block: PairBlock) -> tuple[Places, Places, Places]:
        """Return every count of the first claim with every count of the second: pair, x, y."""
        mine, theirs = self._size[block.a], self._size[block.b]
        pair, at = ranges(np.zeros(len(block), dtype=np.int64), mine * theirs)
        x = self._start[block.a[pair]] + at // np.maximum(1, theirs[pair])
        return pair, x, self._start[block.b[pair]] + at % np.maximum(1, theirs[pair])

    def _nearness(self, x: Places, y: Places) -> Floats:
        """Return 1 falling to 0 as counts that do not meet lie further apart."""
        less = self._high_value[x] < self._low_value[y]
        low = np.where(less, self._high_value[x], self._high_value[y])
        high = np.where(less, self._low_value[y], self._low_value[x])
        open_end = (low <= 0.0) | (high == 0.0)
        return np.asarray(np.where(open_end, 0.0, low / np.where(open_end, 1.0, high)))


class _Meeting:
    """Which of many small sets have something in common; equal sets are looked at once."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        distinct = sorted(set(sets), key=sorted)
        number = {held: place for place, held in enumerate(distinct)}
        self._number = np.array([number[held] for held in sets], dtype=np.int64)
        held = _table(distinct)
        self._meet = (held @ held.T) > 0.0

    def meet(self, x: Places, y: Places) -> Flags:
        return np.asarray(self._meet[self._number[x], self._number[y]])


class _Days:
    """Which sets of dates can mean one day: a coarser date holds a finer one, a range its days."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        distinct = sorted(set(sets), key=sorted)
        number = {held: place for place, held in enumerate(distinct)}
        self._number = np.array([number[held] for held in sets], dtype=np.int64)
        dates = sorted({date for held in distinct for date in held})
        bounds = [day_bounds(date) for date in dates]
        order = {
            day: place for place, day in enumerate(sorted({d for ends in bounds for d in ends}))
        }
        first = np.array([order[day] for day, _ in bounds], dtype=np.int64)
        last = np.array([order[day] for _, day in bounds], dtype=np.int64)
        one_day = (first[:, None] <= last[None, :]) & (first[None, :] <= last[:, None])
        held = _table(distinct, dates)
        self._meet = (held @ one_day.astype(np.float32) @ held.T) > 0.0

    def meet(self, a: Places, b: Places) -> Flags:
        return np.asarray(self._meet[self._number[a], self._number[b]])


def day_bounds(iso: str) -> tuple[str, str]:
    """Return first and last day as text that sorts; *iso* may be coarse or a range."""
    first, _, last = iso.partition("/")
    last = last or first
    return (
        first[:10] + "-01-01"[len(first) - 10 :] if len(first) < 10 else first[:10],
        last[:10] + "-12-31"[len(last) - 10 :] if len(last) < 10 else last[:10],
    )


def _table(
    sets: Sequence[frozenset[str]], things: Sequence[str] | None = None
) -> npt.NDArray[np.float32]:
    """Return a row for each set, 1 for what it holds."""
    if things is None:
        things = sorted({thing for held in sets for thing in held})
    place = {thing: column for column, thing in enumerate(things)}
    table = np.zeros((len(sets), len(things)), dtype=np.float32)
    for row, held in enumerate(sets):
        table[row, [place[thing] for thing in held]] = 1.0
    return table


def _rank(rank: dict[Decimal, int], end: Decimal | None) -> int:
    return -1 if end is None else rank[end]


def _value(end: Decimal | None) -> float:
    """Return an end as a number that can be divided; 0 for an open one."""
    return max(-_HUGE, min(_HUGE, float(end or 0)))
