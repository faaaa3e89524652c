"""Frames: events and things that different outlets name with different words.

The lexicon is read once. A frame is evoked by one of its words, or by a pair of words
that both stand in the claim ("lose" with "life").
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from apps.claims.analysis.stems import stem

_LEXICON = Path(__file__).parent / "lexicons" / "frames.txt"


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[str, frozenset[str]], dict[str, tuple[tuple[str, str], ...]]]:
    """Return frames by single stem, and by the first stem of a pair (second stem, frame)."""
    frames_by_stem: dict[str, set[str]] = {}
    pairs_by_stem: dict[str, set[tuple[str, str]]] = {}
    for line in _LEXICON.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, lemmas = line.partition(":")
        for lemma in lemmas.split():
            parts = [stem(part) for part in lemma.split("+")]
            if len(parts) == 1:
                frames_by_stem.setdefault(parts[0], set()).add(name)
            else:
                pairs_by_stem.setdefault(parts[0], set()).add((parts[-1], name))
    return (
        {word: frozenset(names) for word, names in frames_by_stem.items()},
        {word: tuple(sorted(pairs)) for word, pairs in pairs_by_stem.items()},
    )


@lru_cache(maxsize=1)
def _evoking() -> frozenset[str]:
    by_stem, pairs = _lexicon()
    return frozenset(by_stem) | frozenset(pairs)


def frames_of_stem(word: str) -> frozenset[str]:
    """Return the frames a single stem evokes, empty for most words."""
    return _lexicon()[0].get(word, frozenset())


def find_frames(stems: Iterable[str]) -> frozenset[str]:
    """Return the names of all frames that *stems* evoke together."""
    by_stem, pairs = _lexicon()
    present = set(stems)
    found: set[str] = set()
    for word in present & _evoking():
        found |= by_stem.get(word, frozenset())
        for second, frame in pairs.get(word, ()):
            if second in present:
                found.add(frame)
    return frozenset(found)
