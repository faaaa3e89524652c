"""How near two whole claims are in meaning, as a sentence-embedding model tells it. Optional.

The model is none of this room's: who runs the comparison may hand in a function that turns
texts into vectors. It adds one feature, the cosine of two claims, to a pair's log-odds,
with a weight learned for it alone, so that nothing is missing and nothing changes without.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from apps.claims.analysis.learned import LinearModel
from apps.claims.analysis.pair_weights import load_models

Array = npt.NDArray[np.float32]
# Texts in, one row for each out, in their order, of any length but zero.
Embedder = Callable[[Sequence[str]], Array]

CLOSENESS = "closeness"
# A text read in other company differs in the seventh digit; nothing here may.
_DIGITS = 3


class Closeness:
    """The cosines between *texts*, by their places; each distinct text is embedded once.

    Raises ``ValueError`` when *embed* does not give a row for each text.
    """

    __slots__ = ("_rows",)

    def __init__(self, texts: Sequence[str], embed: Embedder) -> None:
        distinct = sorted(set(texts))
        rows = np.asarray(embed(distinct) if distinct else np.zeros((0, 1)), dtype=np.float32)
        if rows.ndim != 2 or len(rows) != len(distinct):
            raise ValueError(f"{len(distinct)} texts were embedded as {rows.shape}")
        rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        place = {text: number for number, text in enumerate(distinct)}
        self._rows: Array = rows[[place[text] for text in texts]]

    def cosine(self, i: int, j: int) -> float:
        """Return the nearness of two texts: 1 for one text, about 0 for unrelated ones."""
        return round(float(self._rows[i] @ self._rows[j]), _DIGITS)

    def odds(self, i: int, j: int) -> float:
        """Return what their nearness adds to the log-odds of a pair; below 0 when far apart."""
        return closeness_odds(self.cosine(i, j))


def closeness_odds(cosine: float) -> float:
    """Return what a *cosine* adds to log-odds."""
    model = closeness_model()
    return model.bias + model.weights[CLOSENESS] * cosine


def closeness_model() -> LinearModel:
    """Return the weight of the one feature; its bias lets a middling cosine add nothing."""
    return load_models("semantic_weights")["claims"]
