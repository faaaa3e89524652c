"""Words that say the opposite of each other, and words that deny."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from apps.claims.analysis.word_lists import word_groups
from apps.claims.analysis.wording import Token, stem

NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor without n't cannot isn't aren't wasn't weren't don't doesn't "
    "didn't won't wouldn't can't couldn't hasn't haven't hadn't".split()
)


@cache
def _sides() -> dict[str, frozenset[tuple[str, str]]]:
    """Return (matter, side) pairs by stem and by plain word."""
    sides: dict[str, set[tuple[str, str]]] = {}
    for group, words in word_groups("opposites").items():
        matter, _, side = group.rpartition(" ")
        for word in words:
            sides.setdefault(stem(word), set()).add((matter, side))
    return {word: frozenset(pairs) for word, pairs in sides.items()}


def sides_of(tokens: Iterable[Token]) -> dict[str, dict[str, Token]]:
    """Return by matter the first token on each side: ``{"level": {"+": token}}``."""
    found: dict[str, dict[str, Token]] = {}
    for token in tokens:
        for matter, side in sorted(_sides().get(token.stem, ())):
            found.setdefault(matter, {}).setdefault(side, token)
    return found


def find_opposites(a: Iterable[Token], b: Iterable[Token]) -> list[tuple[str, Token, Token]]:
    """Return the matters on which *a* stands on one side alone and *b* on the other alone."""
    ours, theirs = sides_of(a), sides_of(b)
    found: list[tuple[str, Token, Token]] = []
    for matter in ours.keys() & theirs.keys():
        x, y = ours[matter], theirs[matter]
        if len(x) == len(y) == 1 and x.keys() != y.keys():
            found.append((matter, next(iter(x.values())), next(iter(y.values()))))
    return sorted(found, key=lambda entry: (entry[1].start, entry[0]))


def find_negation(tokens: Iterable[Token]) -> Token | None:
    """Return the first word that denies, None in a plain statement."""
    for token in tokens:
        if token.key in NEGATIONS:
            return token
    return None
