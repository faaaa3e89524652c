"""Weights learned by ``training/fit_pairs.py``, read from ``lexicons/<name>.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from math import exp
from pathlib import Path

from apps.claims.analysis.learned import LinearModel

_FOLDER = Path(__file__).parent / "lexicons"
# Beyond this the log-odds say nothing more, and exp() would overflow.
_CERTAIN = 30.0


@cache
def load_models(name: str) -> dict[str, LinearModel]:
    """Return the logistic regressions of a weights file by their names in it.

    ``FileNotFoundError`` when there is no such file.
    """
    raw = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return {
        part: LinearModel(
            float(model["bias"]), {key: float(value) for key, value in model["weights"].items()}
        )
        for part, model in raw["models"].items()
    }


def log_odds(model: LinearModel, features: Mapping[str, float]) -> float:
    """Return the log-odds of *features*; a feature the model does not know counts nothing."""
    odds = model.bias + sum(
        weight * features.get(name, 0.0) for name, weight in model.weights.items()
    )
    return max(-_CERTAIN, min(_CERTAIN, odds))


def chance(odds: float) -> float:
    """Return the probability, 0 to 1, of log-odds."""
    return 1.0 / (1.0 + exp(-odds))
