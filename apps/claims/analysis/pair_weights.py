"""Weights learned by ``training/fit_pairs.py``, read from ``lexicons/<name>.json``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from apps.claims.analysis.learned import LinearModel

_FOLDER = Path(__file__).parent / "lexicons"


@cache
def load_model(name: str) -> LinearModel:
    """Return the logistic regression of *name*; ``FileNotFoundError`` when there is none."""
    raw = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return LinearModel(
        float(raw["bias"]), {key: float(value) for key, value in raw["weights"].items()}
    )
