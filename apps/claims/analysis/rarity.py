"""How rare a word is in news English, so that a shared "forklift" counts more than "month"."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

_LEXICON = Path(__file__).parent / "lexicons" / "common_stems.txt"


@lru_cache(maxsize=1)
def _rarities() -> dict[str, float]:
    shares: dict[str, float] = {}
    for line in _LEXICON.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            word, per_mille = line.split()
            shares[word] = float(per_mille) / 1000.0
    rarest = min(shares.values())
    scale = math.log(1.0 / rarest)
    return {word: max(0.1, math.log(1.0 / share) / scale) for word, share in shares.items()}


def rarity(word: str) -> float:
    """Return 0.1 for a stem that stands in every article to 1 for one not in the list."""
    return _rarities().get(word, 1.0)
