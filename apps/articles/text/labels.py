"""The labels of a page's lines while they are being decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from apps.articles.text.lines import Line
from apps.articles.text.types import Role

# What speaks to visitors of the page or about the page, not about the news.
FURNITURE = frozenset({Role.BOILERPLATE, Role.TEASER, Role.CREDIT, Role.BYLINE, Role.DATELINE})


@dataclass(frozen=True, slots=True)
class Label:
    role: Role
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one page and the labels found so far, by line index.

    Rules run one after the other and label what is still open: the surest first, what
    is left at the end is body. *title* and *outlet* are what the source said, or "".
    """

    lines: Sequence[Line]
    title: str = ""
    outlet: str = ""
    labels: dict[int, Label] = field(default_factory=dict)

    def is_open(self, index: int) -> bool:
        return index not in self.labels

    def role(self, index: int) -> Role | None:
        """Return the role decided for a line, None while it is open or outside the page."""
        label = self.labels.get(index)
        return label.role if label is not None else None

    def label(self, index: int, role: Role, reason: str) -> None:
        """Label a line that is still open; the first label stays."""
        self.labels.setdefault(index, Label(role, reason))

    def relabel(self, index: int, role: Role, reason: str) -> None:
        """Label a line whatever was decided before."""
        self.labels[index] = Label(role, reason)

    def open_paragraphs(self) -> list[int]:
        """Return the indexes of open lines that are paragraphs of running text."""
        return [
            index
            for index, line in enumerate(self.lines)
            if line.is_paragraph and not line.is_bullet and self.is_open(index)
        ]
