"""Reads the word lists beside this module. Lines that begin with # are their sources."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicons"


@cache
def read_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the lines of list *name*, each cut at "|" with white space stripped."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(
        tuple(cell.strip() for cell in line.split("|"))
        for line in lines
        if line.strip() and not line.startswith("#")
    )


@cache
def read_words(name: str) -> frozenset[str]:
    """Return all words of list *name*; words are separated by white space."""
    return frozenset(word for row in read_rows(name) for cell in row for word in cell.split())


def read_forms(cell: str) -> tuple[str, ...]:
    """Return the forms of a cell that separates them by commas."""
    return tuple(form.strip() for form in cell.split(",") if form.strip())
