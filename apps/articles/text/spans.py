"""Half-open character ranges of a text, the one currency of every room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
