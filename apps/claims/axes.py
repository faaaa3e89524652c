"""Axes of the charts: where a value lies, in hundredths of the width, and which values are named.

Works on numbers alone. Charts are laid out in percentages, so that a page of any width
shows them undistorted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Room left beside the outermost values, as a share of what lies between them.
_PAD = 0.12
# An open end needs room to be seen going on.
_OPEN_PAD = 0.35
# Values this many times apart are shown by their ratio, or the small ones fall together.
_LOG_FROM = 30.0
# An axis that would begin this near to nought begins there.
_FROM_NOUGHT = 0.4
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A named value of an axis: *x* is its place ("37.5%"), *anchor* the side its label
    stands on ("start", "middle" or "end"), so that it stays inside the chart."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The values from *low* to *high*, evenly, or by their ratio when *is_ratio*."""

    low: float
    high: float
    is_ratio: bool = False

    def place(self, value: float) -> float:
        """Return where *value* lies, 0 to 100; what lies outside is at the nearer end."""
        low, high, at = self.low, self.high, value
        if self.is_ratio:
            if value <= 0:
                return 0.0
            low, high, at = math.log(low), math.log(high), math.log(value)
        if high <= low:
            return 50.0
        return 100.0 * min(1.0, max(0.0, (at - low) / (high - low)))

    @property
    def starts_at_nought(self) -> bool:
        return self.low == 0


def percent(place: float) -> str:
    """Return a place as SVG takes it ("37.5%"), whatever the reader's language."""
    return f"{place:.2f}".rstrip("0").rstrip(".") + "%"


def build_axis(
    values: Sequence[float], *, opens_low: bool = False, opens_high: bool = False
) -> Axis:
    """Return an axis with room for *values*, and beyond them where an interval goes on.

    Counts do not go below nought, so an axis that holds nothing below it does not either.
    Raises ``ValueError`` without a value.
    """
    if not values:
        raise ValueError("an axis needs a value")
    low, high = min(values), max(values)
    if low > 0 and high / low >= _LOG_FROM:
        return Axis(low / (4 if opens_low else 1.5), high * (4 if opens_high else 1.5), True)
    spread = high - low or abs(high) * 0.5 or 1.0
    begin = low - spread * (_OPEN_PAD if opens_low else _PAD)
    end = high + spread * (_OPEN_PAD if opens_high else _PAD)
    if low >= 0 and (begin < 0 or begin <= _FROM_NOUGHT * end):
        begin = 0.0
    return Axis(begin, end)


def build_ticks(axis: Axis, label: Callable[[float], str], *, most: int = 5) -> tuple[Tick, ...]:
    """Return at most about *most* round values of *axis* with their labels, left to right."""
    ticks = []
    for value in _round_values(axis, most):
        place = axis.place(value)
        anchor = "start" if place < 8 else "end" if place > 92 else "middle"
        ticks.append(Tick(percent(place), label(value), anchor))
    return tuple(ticks)


def _round_values(axis: Axis, most: int) -> list[float]:
    if axis.is_ratio:
        return _powers(axis, most)
    rough = (axis.high - axis.low) / max(1, most - 1)
    if rough <= 0:
        return [axis.low]
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * one for one in _STEPS if size * one >= rough * 0.999)
    first = math.ceil(axis.low / step - 1e-9)
    last = math.floor(axis.high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def _powers(axis: Axis, most: int) -> list[float]:
    first = math.ceil(math.log10(axis.low) - 1e-9)
    last = math.floor(math.log10(axis.high) + 1e-9)
    powers = list(range(first, last + 1))
    return [10.0**power for power in powers[:: max(1, math.ceil(len(powers) / most))]]
