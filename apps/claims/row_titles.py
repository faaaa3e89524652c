"""What a row of the matrix is called: the shortest of its readings that can stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_CHARACTERS = 70
# Shorter readings ("Smith said so") name nothing.
_FEWEST_WORDS = 4

_LEADING = re.compile(r"^[\W_]+")
_SPACE = re.compile(r"\s+")
# A title may end before these: what follows explains, what stands before it is complete.
# "…, which opened in May"; not the comma of "1,200".
_CLAUSE = re.compile(
    r"(?:[;:]|[,\u2013\u2014](?!\d)|\s(?:who|which|that|where|after|before|while|amid|as|because)\b)"
)
_SHORTEST_CLAUSE = 30
# Words a cut title must not end with.
_DANGLING = frozenset(
    "a an and as at but by during for from her his in into is its nor of on or our over part "
    "such than that the their this to under was were when where which who will with".split()
)
# After these, what stands before the first comma says when or where, not what.
_OPENING = frozenset(
    "after amid as at before by despite during following for from if in on since though under "
    "when while with".split()
)
# What somebody must have read before to know who or what is meant.
_POINTING = frozenset(
    "he her hers here him his it its she that their them then there these they this those we".split()
)


def choose_title(readings: Iterable[str], otherwise: str = "") -> str:
    """Return a short name for a row with these readings, at most 70 characters.

    A reading that begins like a sentence comes before a fragment, one that names its
    subject before one that begins with "she" or "this"; of several the shortest wins, then
    the first. *otherwise* is used when there is no reading. What is cut off, at a clause or
    else at a word, is told by "…": it may hold who said so.
    """
    cleaned = [words for words in map(_clean, readings) if words] or [_clean(otherwise)]
    best = min(cleaned, key=lambda words: (_weakness(words), len(words)))
    return _shorten(best[:1].upper() + best[1:])


def _clean(words: str) -> str:
    """Return *words* on one line, without bullets and quotation marks around them."""
    line = _SPACE.sub(" ", words).strip()
    line = _LEADING.sub("", line) if not line[:1].isalnum() else line
    if line.count("”") > line.count("“") or line.count('"') % 2:
        line = line.replace("”", "", 1) if "”" in line else line.replace('"', "", 1)
    return line.rstrip(" .,;:\u2013\u2014-")


def _weakness(words: str) -> int:
    """Return how badly *words* stand alone: 0 well, 3 not at all."""
    first = words.split(" ", 1)[0]
    if words.count(" ") + 1 < _FEWEST_WORDS:
        return 3
    if first[:1].islower():
        return 2
    return int(first.lower() in _POINTING)


def _shorten(words: str) -> str:
    if len(words) <= MOST_CHARACTERS:
        return words
    ends = [
        match.start()
        for match in _CLAUSE.finditer(words, _SHORTEST_CLAUSE, MOST_CHARACTERS + 1)
        if match.start() <= MOST_CHARACTERS
    ]
    if ends and words.split(" ", 1)[0].lower() not in _OPENING:
        kept = words[: ends[-1]].split(" ")
        while len(kept) > _FEWEST_WORDS and kept[-1].lower() in _DANGLING:
            kept.pop()
        return " ".join(kept).rstrip(" ,;:\u2013\u2014") + "…"
    kept = words[:MOST_CHARACTERS].split(" ")
    if len(kept) > 1:
        kept.pop()
    while len(kept) > 1 and kept[-1].lower().rstrip(",;:") in _DANGLING:
        kept.pop()
    return " ".join(kept).rstrip(" ,;:\u2013\u2014") + "…"
