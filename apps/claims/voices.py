"""How a statement is put where its parts are put otherwise: "stated as fact; in part alleged".

A claim has one voice, its parts have theirs. A reader who sees one label takes it for all of the
words, so the label says what the numbers in it are, and what else is in it. The comparison and
the numbers page ask here, so that one number is never fact on one page and a report on the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from apps.articles.text.spans import Span
from apps.claims.analysis.types import Voice

# What a part is called besides the whole needs at least this share of its words.
_LEAST_SHARE = 0.2
# From what an outlet says itself to what it reports as not so.
_WEAKER = (
    Voice.STATED,
    Voice.ATTRIBUTED,
    Voice.PLANNED,
    Voice.CONDITIONAL,
    Voice.ALLEGED,
    Voice.DENIED,
)
_NOBODY = frozenset({"", "we", "i", "us", "our", "my"})
# Speakers a label cannot name: "according to she" says nothing of who it is.
_POINTING = _NOBODY | frozenset(
    "he she it they you his her its their your him them who which that this these those".split()
)
_RANK = {voice.value: rank for rank, voice in enumerate(_WEAKER)}


class Voiced(NamedTuple):
    """A claim's place in its article, its voice and who speaks, "" for the outlet itself."""

    start: int
    end: int
    voice: str
    speaker: str

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


def weakest(around: Iterable[Voiced]) -> Voiced:
    """Return the one of *around*, a claim and parts in it, the outer first, that says least: what
    an alleged statement says in passing is no fact, nor is an allegation in a plain statement."""
    return max(around, key=lambda one: _RANK.get(one.voice, 0))


def tell_voices(
    whole: Voiced, parts: Iterable[Voiced], numbers: Sequence[Span] = ()
) -> tuple[Voiced, ...]:
    """Return how *whole* is put, first, then in what other ways parts of it are, each once.

    The first is the voice of the first of *numbers* where there is one, else that of the whole.
    Parts count that are put more cautiously than the whole and are no mere aside; the whole
    does where enough of it stands outside the first.
    """
    inside = sorted(
        (part for part in parts if whole.holds(part.start, part.end)),
        key=lambda part: (part.start, -part.end),
    )
    first = whole
    if numbers:
        number = numbers[0]
        first = weakest([whole, *(p for p in inside if p.holds(number.start, number.end))])
    told = {first.voice: first}
    least = _LEAST_SHARE * (whole.end - whole.start)
    # "She saw the jail, where 90 are held on allegations of …": what is left is an aside, too.
    if (whole.end - whole.start) - (first.end - first.start) >= least:
        told.setdefault(whole.voice, whole)
    for part in inside:
        is_aside = part.end - part.start < least
        if is_aside or _is_nobodys(part):
            continue
        if _RANK.get(part.voice, 0) > _RANK.get(whole.voice, 0):
            told.setdefault(part.voice, part)
    return tuple(
        one._replace(speaker="") if one.speaker.lower() in _POINTING else one
        for one in told.values()
    )


def _is_nobodys(part: Voiced) -> bool:
    """Whether it is pinned on nobody a reader could tell from the outlet."""
    return part.voice == Voice.ATTRIBUTED and part.speaker.lower() in _NOBODY
