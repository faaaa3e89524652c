"""Words that stand for one another, looked up by stem."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from apps.claims.analysis.stems import stem

_LEXICON = Path(__file__).parent / "lexicons" / "synonyms.txt"


@lru_cache(maxsize=1)
def _sets_by_stem() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_LEXICON.read_text(encoding="utf-8").splitlines()):
        if line.strip() and not line.startswith("#"):
            for word in line.split():
                found.setdefault(stem(word), set()).add(number)
    return {word: frozenset(sets) for word, sets in found.items()}


_NONE: frozenset[int] = frozenset()


def synonym_sets(word: str) -> frozenset[int]:
    """Return the numbers of the sets a stem belongs to; two words of one set are synonyms."""
    return _sets_by_stem().get(word, _NONE)
