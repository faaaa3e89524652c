"""Rows of the matrix as they were drawn: a process draws a row once, as long as it looks the same."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from apps.claims.matrix_data import Decided, Outline
from apps.claims.presentation import Column, FindingView
from apps.claims.story_memory import recall

# Of how many looks of a story rows are kept: languages, roles, orders and choices of columns.
_LOOKS = 24


@dataclass(slots=True)
class DrawnRows:
    """The rows of one look of a story by number, each with its findings as people left them."""

    found: dict[tuple[int, tuple[tuple[int, FindingView], ...]], SafeString] = field(
        default_factory=dict
    )
    size: int = 0

    def find(self, outline: Outline, group_id: int) -> SafeString | None:
        """Return the row as it was drawn, None if it was not."""
        return self.found.get(_key(outline, group_id))

    def keep(self, outline: Outline, group_id: int, html: SafeString) -> None:
        self.found[_key(outline, group_id)] = html
        self.size += sys.getsizeof(html)


def _key(outline: Outline, group_id: int) -> tuple[int, tuple[tuple[int, FindingView], ...]]:
    return group_id, tuple(outline.findings.in_group(group_id))


def find_drawn(
    outline: Outline,
    columns: Sequence[Column],
    decided: Decided,
    *,
    reference: int,
    may_repair: bool,
) -> DrawnRows:
    """Return the rows of *outline* drawn so far with these *columns*, set against the article
    *reference*, for readers who may or may not repair them. No query.

    All that a row shows follows from its findings, which it is found by, from what people
    *decided* about rows, and from what is named here.
    """
    look = (
        get_language(),
        may_repair,
        reference,
        tuple(column.article_id for column in columns),
        outline.columns,
    )
    return recall(
        outline.story,
        # One name for a few looks, of which the last is kept: an order of columns is seldom asked
        # for twice.
        f"rows {hash(look) % _LOOKS}",
        outline.edition and (outline.edition, outline.story.slug, decided, look),
        DrawnRows,
        weigh=lambda rows: rows.size,
    )
