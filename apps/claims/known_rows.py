"""Rows as they were built or drawn: a process makes a row once, as long as it looks the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from apps.claims.matrix_data import Decided, Outline
from apps.claims.presentation import Column, FindingView, Row
from apps.claims.story_memory import recall

T = TypeVar("T")

# Of how many looks of a story rows are kept: languages, roles, orders and choices of columns.
_LOOKS = 24
# What is kept of a decision about words, with the words of its other side.
_DECISION_BYTES = 1_000


class _Known(NamedTuple, Generic[T]):
    findings: Sequence[tuple[int, FindingView]]
    row: T
    size: int


@dataclass(slots=True)
class KnownRows(Generic[T]):
    """The rows of one look of a story by number, each for its findings as people left them last:
    what it was for others is let go. *size* is about how many bytes they take."""

    found: dict[int, _Known[T]] = field(default_factory=dict)
    size: int = 0

    def find(self, outline: Outline, group_id: int) -> T | None:
        """Return the row as it was made, None if it was not."""
        known = self.found.get(group_id)
        if known is None or known.findings != outline.findings.in_group(group_id):
            return None
        return known.row

    def keep(self, outline: Outline, group_id: int, row: T, *, size: int) -> None:
        """Keep the row in the place of what it was."""
        before = self.found.get(group_id)
        self.found[group_id] = _Known(outline.findings.in_group(group_id), row, size)
        self.size += size - (0 if before is None else before.size)


def find_drawn(
    outline: Outline,
    columns: Sequence[Column],
    decided: Decided,
    *,
    reference: int,
    may_repair: bool,
) -> KnownRows[SafeString]:
    """Return the rows of *outline* drawn so far with these *columns*, set against the article
    *reference*, for readers who may or may not repair them. No query."""
    return _find(
        f"drawn {may_repair}", outline, columns, decided, reference, KnownRows[SafeString]()
    )


def find_built(
    outline: Outline, columns: Sequence[Column], decided: Decided, *, reference: int
) -> KnownRows[Row]:
    """Return the rows of *outline* built so far with these *columns*, set against the article
    *reference*. No query."""
    return _find("built", outline, columns, decided, reference, KnownRows[Row]())


def _find(
    name: str,
    outline: Outline,
    columns: Sequence[Column],
    decided: Decided,
    reference: int,
    none: KnownRows[T],
) -> KnownRows[T]:
    """All that a row shows follows from its findings, which it is found by, from what people
    *decided* about rows, and from what is named here."""
    shown = tuple(column.article_id for column in columns)
    look = (get_language(), reference, shown, outline.columns)
    if outline.edition:
        # One for all looks, instead of each as it was loaded for it.
        decided = recall(outline.story, "decided", decided, lambda: decided, weigh=_weigh_decided)
    return recall(
        outline.story,
        # One name for a few looks, of which the last is kept: an order of columns is seldom asked
        # for twice.
        f"rows {name} {hash(look) % _LOOKS}",
        outline.edition and (outline.edition, outline.story.slug, decided, look),
        lambda: none,
        weigh=lambda rows: rows.size,
    )


def _weigh_decided(decided: Decided) -> int:
    return _DECISION_BYTES * len(decided.last)
