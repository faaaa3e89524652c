"""Words that exclude each other by their roots: "pass" and "fail", "open" and "shut"."""

from __future__ import annotations

from functools import cache

from apps.claims.analysis.lexicon import read_forms, read_rows
from apps.claims.analysis.stems import stem as root

_NONE: frozenset[tuple[str, bool]] = frozenset()


def find_sides(stem: str) -> frozenset[tuple[str, bool]]:
    """Return (matter, whether on its first side) of a root; empty for most words."""
    return _sides_by_root().get(stem, _NONE)


@cache
def _sides_by_root() -> dict[str, frozenset[tuple[str, bool]]]:
    found: dict[str, set[tuple[str, bool]]] = {}
    for row in read_rows("antonyms"):
        matter = " / ".join(read_forms(cell)[0] for cell in row)
        for cell, first in zip(row, (True, False), strict=True):
            for word in read_forms(cell):
                found.setdefault(root(word), set()).add((matter, first))
    return {stem: frozenset(sides) for stem, sides in found.items()}
