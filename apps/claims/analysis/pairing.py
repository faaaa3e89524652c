"""What two claims have in common, as named numbers from 0 to 1, for many pairs at once.

The same numbers feed the scorer (weights learned offline) and the reasons a reader sees.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from apps.claims.analysis.holdings import Floats, PairBlock, Places, in_blocks
from apps.claims.analysis.learned import LinearModel
from apps.claims.analysis.pair_numbers import NUMBER_FEATURES, PairNumbers, day_bounds
from apps.claims.analysis.pair_roles import ROLE_FEATURES, PairRoles
from apps.claims.analysis.pair_words import (
    BIGRAM_FEATURES,
    GRAM_FEATURES,
    WORD_FEATURES,
    PairBigrams,
    PairGrams,
    PairWords,
)
from apps.claims.analysis.paraphrases import PARAPHRASE_FEATURES, Paraphrases
from apps.claims.analysis.units import Unit, Weights

# Of the articles and their sentences: how alike, and whether one is a copy.
COPY_FEATURES = ("reuse", "articles")
# Order of the columns; the weights file names them, so the order may change freely.
FEATURES = (
    *WORD_FEATURES,
    *BIGRAM_FEATURES,
    *GRAM_FEATURES,
    *ROLE_FEATURES,
    *NUMBER_FEATURES,
    *COPY_FEATURES,
    *PARAPHRASE_FEATURES,
)


class _Family(Protocol):
    def columns(self, block: PairBlock) -> dict[str, Floats]: ...


_FAMILIES = (
    (WORD_FEATURES, PairWords),
    (BIGRAM_FEATURES, PairBigrams),
    (GRAM_FEATURES, PairGrams),
    (ROLE_FEATURES, PairRoles),
    (NUMBER_FEATURES, PairNumbers),
)


@dataclass(frozen=True, slots=True)
class _Copies:
    """How much one claim is a copy of another, by the number of the pair, and how alike
    the articles of all claims are, by their numbers."""

    keys: Places
    values: Floats
    likeness: Floats | None
    article: Places

    def columns(self, a: Places, b: Places) -> dict[str, Floats]:
        count = len(self.article)
        reuse = np.zeros(len(a))
        if len(self.keys):
            wanted = np.minimum(a, b) * count + np.maximum(a, b)
            at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
            reuse = np.where(self.keys[at] == wanted, self.values[at], 0.0)
        if self.likeness is None:
            articles = np.zeros(len(a))
        else:
            articles = self.likeness[self.article[a], self.article[b]]
        return {"reuse": reuse, "articles": articles}


class PairTable:
    """All *units* laid out to be compared.

    *likeness* says how alike any two articles are, 0 to 1, by their numbers (0 without it),
    *reuse* how much of two units, lower first, are one sentence. A family of features is
    made ready when it is first asked for.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        weights: Weights,
        *,
        likeness: Floats | None = None,
        reuse: Mapping[tuple[int, int], float] | None = None,
    ) -> None:
        self._units, self._weights = units, weights
        copied = sorted((reuse or {}).items())
        self._copies = _Copies(
            np.array([i * len(units) + j for (i, j), _ in copied], dtype=np.int64),
            np.array([value for _, value in copied], dtype=np.float64),
            likeness,
            np.array([unit.article for unit in units], dtype=np.int64),
        )
        self._families: dict[tuple[str, ...], _Family] = {}
        self.words = PairWords(units, weights)
        self.roles = PairRoles(units, weights)
        self._families[WORD_FEATURES], self._families[ROLE_FEATURES] = self.words, self.roles
        self._paraphrases: Paraphrases | None = None

    def rows(self, a: Places, b: Places) -> Floats:
        """Return the numbers of ``FEATURES`` for each pair of units *a* and *b*."""
        found = np.zeros((len(a), len(FEATURES)))
        for part, columns in self.columns(a, b, FEATURES):
            found[part] = np.stack([columns[name] for name in FEATURES], axis=1)
        return found

    def odds(self, a: Places, b: Places, model: LinearModel) -> Floats:
        """Return the log-odds *model* gives each pair."""
        found = np.full(len(a), model.bias)
        for part, columns in self.columns(a, b, telling(model)):
            found[part] += weigh(columns, model)
        return found

    def columns(
        self, a: Places, b: Places, names: Collection[str]
    ) -> Iterator[tuple[slice, dict[str, Floats]]]:
        """Yield the features *names*, a column each, of some thousand pairs at a time, and
        which pairs they are. A column may come with others of its family."""
        wanted = frozenset(names)
        told = self._told(a, b) if wanted.intersection(PARAPHRASE_FEATURES) else {}
        families = [
            self._family(features, make)
            for features, make in _FAMILIES
            if wanted.intersection(features)
        ]
        for part, block in in_blocks(a, b):
            columns = {name: column[part] for name, column in told.items()}
            columns |= self._copies.columns(block.a, block.b)
            for family in families:
                columns |= family.columns(block)
            yield part, columns

    def _told(self, a: Places, b: Places) -> dict[str, Floats]:
        if self._paraphrases is None:
            self._paraphrases = Paraphrases(self._units, self.words.terms, self.words.both)
        return self._paraphrases.compare(a, b)

    def _family(
        self, features: tuple[str, ...], make: Callable[[Sequence[Unit], Weights], _Family]
    ) -> _Family:
        if features not in self._families:
            self._families[features] = make(self._units, self._weights)
        return self._families[features]


def telling(model: LinearModel) -> frozenset[str]:
    """Return the features that *model* gives any weight."""
    return frozenset(name for name in FEATURES if model.weights.get(name, 0.0))


def weigh(columns: Mapping[str, Floats], model: LinearModel) -> Floats:
    """Return the weighted sum of *columns* by *model*, without its bias."""
    found = np.zeros(len(next(iter(columns.values()))))
    for name in FEATURES:
        weight = model.weights.get(name, 0.0)
        if weight:
            found += weight * columns[name]
    return found


def days_meet(a: Iterable[str], b: Iterable[str]) -> bool:
    """Say whether some date of *a* can be the same day as one of *b*.

    A coarser date holds a finer one (2025-03 and 2025-03-15), a range its days.
    """
    return any(_day_meets(x, y) for x in a for y in b)


def _day_meets(x: str, y: str) -> bool:
    x_first, x_last = day_bounds(x)
    y_first, y_last = day_bounds(y)
    return x_first <= y_last and y_first <= x_last
