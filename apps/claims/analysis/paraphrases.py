"""How much of what one claim says another says in words of its own.

Every word of a claim looks for the word of the other claim that is nearest in meaning; the
same word is nearest of all. Soft alignment of words weighed by rarity, loosely after
Mihalcea, Corley and Strapparava, "Corpus-based and knowledge-based measures of text semantic
similarity". A claim is compared with many others in one product of matrices.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from apps.claims.analysis.meanings import meaning_vectors
from apps.claims.analysis.units import Unit, Weights

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

PARAPHRASE_FEATURES = (
    "meaning_least",
    "meaning_most",
    "meaning_rarest",
    "meaning_whole",
    "meaning_predicate",
    "meaning_object",
)
NO_PARAPHRASE = (0.0,) * len(PARAPHRASE_FEATURES)

# Two words drawn at random are rarely this near.
_NEAR = 0.3
# However near, another word proves less than the same.
_OTHER_WORD = 0.9
_RAREST = 3


class Paraphrases:
    """The words of *units* as vectors, laid out to be compared."""

    def __init__(self, units: Sequence[Unit], weights: Weights) -> None:
        # Place 0 is no word: without meaning, without weight.
        words = ["", *sorted({*weights.both, *_roles(units)})]
        place = {word: number for number, word in enumerate(words)}
        self._vectors = meaning_vectors(words)
        weight = np.array([weights.both.get(word, 0.0) for word in words], dtype=np.float32)
        self._terms: list[Places] = []
        self._weights: list[Floats] = []
        self._rarest: list[Floats] = []
        for unit in units:
            terms = np.array([place[term] for term in sorted(unit.terms)] or [0], dtype=np.int64)
            own = weight[terms]
            rarest = np.zeros_like(own)
            heaviest = np.argsort(-own, kind="stable")[:_RAREST]
            rarest[heaviest] = own[heaviest]
            self._terms.append(terms)
            self._weights.append(own / max(float(own.sum()), 1e-9))
            self._rarest.append(rarest / max(float(rarest.sum()), 1e-9))
        self._predicate = np.array([place[unit.predicate] for unit in units], dtype=np.int64)
        self._object = np.array([place[unit.object] for unit in units], dtype=np.int64)
        whole = np.array(
            [
                own @ self._vectors[terms]
                for terms, own in zip(self._terms, self._weights, strict=True)
            ]
        ).reshape(len(units), self._vectors.shape[1])
        self._whole = whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-9)

    def compare(self, i: int, others: Sequence[int]) -> npt.NDArray[np.float64]:
        """Return a row of ``PARAPHRASE_FEATURES`` for unit *i* with each of *others*."""
        if not len(others):
            return np.zeros((0, len(PARAPHRASE_FEATURES)))
        mine, theirs = self._terms[i], np.concatenate([self._terms[j] for j in others])
        near = self._nearness(
            mine[:, None], theirs[None, :], self._vectors[mine] @ self._vectors[theirs].T
        )
        starts = np.cumsum([0, *[len(self._terms[j]) for j in others[:-1]]])
        best_of_mine = np.maximum.reduceat(near, starts, axis=1)
        best_of_theirs = near.max(axis=0)
        forth = self._weights[i] @ best_of_mine
        back = np.add.reduceat(best_of_theirs * _joined(self._weights, others), starts)
        rare_forth = self._rarest[i] @ best_of_mine
        rare_back = np.add.reduceat(best_of_theirs * _joined(self._rarest, others), starts)
        return np.stack(
            [
                np.minimum(forth, back),
                np.maximum(forth, back),
                (rare_forth + rare_back) / 2.0,
                np.maximum(0.0, self._whole[list(others)] @ self._whole[i]),
                self._roles_near(self._predicate, i, others),
                self._roles_near(self._object, i, others),
            ],
            axis=1,
        ).astype(np.float64)

    def _roles_near(self, role: Places, i: int, others: Sequence[int]) -> Floats:
        mine, theirs = role[i], role[list(others)]
        return self._nearness(mine, theirs, self._vectors[theirs] @ self._vectors[mine])

    @staticmethod
    def _nearness(mine: Places | np.int64, theirs: Places, cosine: Floats) -> Floats:
        """Return 1 for one word, from 0 to ``_OTHER_WORD`` for two; no word is near none."""
        near = np.clip((cosine - _NEAR) / (1.0 - _NEAR), 0.0, 1.0) * np.float32(_OTHER_WORD)
        near[(mine == theirs) & (theirs > 0)] = 1.0
        return np.asarray(near, dtype=np.float32)


def _roles(units: Sequence[Unit]) -> set[str]:
    return {word for unit in units for word in (unit.predicate, unit.object) if word}


def _joined(parts: Sequence[Floats], others: Sequence[int]) -> Floats:
    return np.concatenate([parts[j] for j in others])
