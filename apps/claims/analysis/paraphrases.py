"""How much of what one claim says another says in words of its own.

Every word of a claim looks for the word of the other claim that is nearest in meaning; the
same word is nearest of all. Soft alignment of words weighed by rarity, loosely after
Mihalcea, Corley and Strapparava, "Corpus-based and knowledge-based measures of text semantic
similarity". The best of a claim's words for each word of the story is found once a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from apps.claims.analysis.holdings import Floats, Holdings, Places, numbered, ranges, sums
from apps.claims.analysis.meanings import meaning_vectors
from apps.claims.analysis.units import Unit

Nearness = npt.NDArray[np.float32]

PARAPHRASE_FEATURES = (
    "meaning_least",
    "meaning_most",
    "meaning_rarest",
    "meaning_whole",
    "meaning_predicate",
    "meaning_object",
)

# Two words drawn at random are rarely this near.
_NEAR = 0.3
# However near, another word proves less than the same.
_OTHER_WORD = 0.9
_RAREST = 3
# Words of claims times words of the story that are looked at in one go.
_CELLS = 4_000_000


class Paraphrases:
    """The words of *units* as vectors, laid out to be compared.

    *terms* are the stems of the units, *both* what each stem weighs.
    """

    def __init__(self, units: Sequence[Unit], terms: Holdings, both: Floats) -> None:
        self._terms = terms
        self._vectors = meaning_vectors(terms.things)
        own = both[terms.items]
        unit = np.repeat(np.arange(len(units)), terms.size)
        self._weights = own / terms.totals(both)[unit]
        heaviest = np.lexsort((-own, unit))
        rank, _ = ranges(terms.start, terms.size)
        place = np.arange(len(own)) - terms.start[rank]
        rarest = np.zeros_like(own)
        rarest[heaviest[place < _RAREST]] = own[heaviest[place < _RAREST]]
        total = np.bincount(unit, weights=rarest, minlength=len(units))
        self._rarest = rarest / np.maximum(total, 1e-9)[unit]
        whole = np.zeros((len(units), self._vectors.shape[1]), dtype=np.float32)
        held = np.flatnonzero(terms.size)
        if len(held):
            weighed = self._weights[:, None].astype(np.float32) * self._vectors[terms.items]
            whole[held] = np.add.reduceat(weighed, terms.start[held], axis=0)
        self._whole = whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-9)
        self._tiles = list(self._find_tiles())
        # What is found at once is kept; of a large story it would fill the memory.
        self._whole_story = self._best(*self._tiles[0]) if len(self._tiles) == 1 else None
        self._predicate = _Roles([unit.predicate for unit in units])
        self._object = _Roles([unit.object for unit in units])

    def compare(self, a: Places, b: Places) -> dict[str, Floats]:
        """Return ``PARAPHRASE_FEATURES`` of the pairs of units *a* and *b*, a column a name."""
        forth, rare_forth, back, rare_back, whole = np.zeros((5, len(a)))
        by_a, by_b = np.argsort(a, kind="stable"), np.argsort(b, kind="stable")
        a_sorted, b_sorted = a[by_a], b[by_b]
        for first, last in self._tiles:
            best = self._best(first, last) if self._whole_story is None else self._whole_story
            ours = by_a[slice(*np.searchsorted(a_sorted, (first, last)))]
            theirs = by_b[slice(*np.searchsorted(b_sorted, (first, last)))]
            forth[theirs], rare_forth[theirs] = self._cover(a[theirs], best, b[theirs] - first)
            back[ours], rare_back[ours] = self._cover(b[ours], best, a[ours] - first)
            alike = self._whole[first:last] @ self._whole.T
            whole[ours] = alike[a[ours] - first, b[ours]]
        return {
            "meaning_least": np.minimum(forth, back),
            "meaning_most": np.maximum(forth, back),
            "meaning_rarest": (rare_forth + rare_back) / 2.0,
            "meaning_whole": np.maximum(0.0, whole),
            "meaning_predicate": self._predicate.near(a, b),
            "meaning_object": self._object.near(a, b),
        }

    def _find_tiles(self) -> Iterator[tuple[int, int]]:
        """Yield runs of units, first and last, whose words fit into ``_CELLS``."""
        most = max(1, _CELLS // max(1, len(self._terms.things)))
        first = words = 0
        for unit, size in enumerate(self._terms.size.tolist()):
            if unit > first and words + size > most:
                yield first, unit
                first, words = unit, 0
            words += size
        if first < len(self._terms.size):
            yield first, len(self._terms.size)

    def _best(self, first: int, last: int) -> Nearness:
        """Return for units *first* to *last* how near their nearest word is to each stem."""
        terms = self._terms
        start, size = terms.start[first:last], terms.size[first:last]
        items = terms.items[start[0] : start[-1] + size[-1]]
        distinct, row = np.unique(items, return_inverse=True)
        near = nearness(self._vectors[distinct] @ self._vectors.T)
        near[np.arange(len(distinct)), distinct] = 1.0
        best = np.zeros((last - first, len(terms.things)), dtype=np.float32)
        # Word by word, the units with most words first: whole rows at a time.
        longest = np.argsort(-size, kind="stable")
        at = start[longest] - start[0]
        for word in range(int(size.max(initial=0))):
            count = int(np.searchsorted(-size[longest], -word))
            held = near[row[at[:count] + word]]
            np.maximum(best[:count], held, out=best[:count])
        found = np.empty_like(best)
        found[longest] = best
        return found

    def _cover(self, units: Places, best: Nearness, row: Places) -> tuple[Floats, Floats]:
        """Return how much of the words of each of *units*, and of its rarest, stands in the
        unit of that *row* of *best*."""
        pair, at = ranges(self._terms.start[units], self._terms.size[units])
        found = best[row[pair], self._terms.items[at]]
        return (
            sums(pair, found * self._weights[at], len(units)),
            sums(pair, found * self._rarest[at], len(units)),
        )


class _Roles:
    """How near the words of one role are to each other; no word is near none."""

    def __init__(self, words: Sequence[str]) -> None:
        self._number = numbered(words)
        vectors = meaning_vectors(["", *dict.fromkeys(word for word in words if word)])
        self._near = nearness(vectors @ vectors.T)
        np.fill_diagonal(self._near, 1.0)
        self._near[0, 0] = 0.0

    def near(self, a: Places, b: Places) -> Floats:
        return self._near[self._number[a], self._number[b]].astype(np.float64)


def nearness(cosine: Nearness) -> Nearness:
    """Return from 0 to ``_OTHER_WORD`` how near two different words are."""
    near = cosine - np.float32(_NEAR)
    near /= np.float32(1.0 - _NEAR)
    np.clip(near, 0.0, 1.0, out=near)
    near *= np.float32(_OTHER_WORD)
    return near
