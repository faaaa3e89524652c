"""The word lists detectors compare with: groups of words and phrases, read once.

A line ``group: word, two words`` of ``lexicons/<name>.txt`` adds to a group; a line
without a colon adds to the group ``""``; ``#`` starts a comment.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicons"


@cache
def word_groups(name: str) -> dict[str, tuple[str, ...]]:
    """Return the groups of list *name* in file order, entries in lower case.

    ``FileNotFoundError`` when there is no such list.
    """
    groups: dict[str, list[str]] = {}
    for raw in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        line = raw.split("#", 1)[0].strip()
        if not line:
            continue
        group, _, entries = line.rpartition(":")
        for entry in entries.split(","):
            if entry.strip():
                groups.setdefault(group.strip(), []).append(" ".join(entry.lower().split()))
    return {group: tuple(entries) for group, entries in groups.items()}


@cache
def word_set(name: str, group: str | None = None) -> frozenset[str]:
    """Return the entries of one group of a list, of all groups when *group* is None."""
    groups = word_groups(name)
    if group is not None:
        return frozenset(groups.get(group, ()))
    return frozenset(entry for entries in groups.values() for entry in entries)


@cache
def groups_by_word(name: str) -> dict[str, frozenset[str]]:
    """Return for every entry of a list the groups it stands in."""
    found: dict[str, set[str]] = {}
    for group, entries in word_groups(name).items():
        for entry in entries:
            found.setdefault(entry, set()).add(group)
    return {entry: frozenset(groups) for entry, groups in found.items()}
