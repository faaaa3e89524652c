"""Half-open character ranges of a text, the one currency of every room."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters ``start <= i < end`` of a text, counted in Unicode code points.

    Spans sort by start, then end. An empty or reversed span raises ``ValueError``:
    a place without words cannot be shown to anybody.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.start >= self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is empty or reversed")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the words of *text* in this span."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def overlap(self, other: Span) -> int:
        """Return how many characters both spans share; 0 when they only touch."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def build_finder(items: Sequence[Item], spans: Sequence[Span]) -> Callable[[Span], list[Item]]:
    """Return a function that lists the items overlapping a span; *spans* are theirs, by start.

    Asking each span for each item would take time that grows with their product.
    """
    starts = [span.start for span in spans]
    ends = list(accumulate((span.end for span in spans), max))

    def find(span: Span) -> list[Item]:
        low, high = bisect_right(ends, span.start), bisect_left(starts, span.end)
        return [items[index] for index in range(low, high) if spans[index].end > span.start]

    return find


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Return *spans* in order with overlapping and touching ones made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def trim_span(text: str, start: int, end: int) -> Span | None:
    """Return ``[start, end)`` without white space at its ends, or None if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
