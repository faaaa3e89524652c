"""How near two words are in meaning: "pill" and "medication", "shares" and "stock".

The table holds a short vector for each stem, made once by ``training/alignment/meanings.py``
from a sentence encoder that read each word alone. Names have none: nobody means somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

TABLE = Path(__file__).parent / "weights" / "meanings.npz"


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, int], Array]:
    """Return the row of each stem, and the rows, each of length 1."""
    with np.load(TABLE) as stored:
        stems = stored["stems"].tobytes().decode().split("\n")
        vectors = stored["vectors"].astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return {word: row for row, word in enumerate(stems)}, vectors


def has_meaning(word: str) -> bool:
    """Say whether the table knows a stem."""
    return word in _table()[0]


def meaning_vectors(words: Iterable[str]) -> Array:
    """Return one row per stem of *words*: of length 1, all zeros for a stem without meaning."""
    rows, vectors = _table()
    known = [rows.get(word, -1) for word in words]
    found = vectors[known] if known else vectors[:0]
    found[[place for place, row in enumerate(known) if row < 0]] = 0.0
    return found


def similarity(a: str, b: str) -> float:
    """Return the nearness of two stems: 1 for one stem, about 0 for unrelated ones, below 0
    for what is never meant together; 0 when one has no meaning."""
    if a == b:
        return 1.0
    first, second = meaning_vectors((a, b))
    return float(first @ second)
