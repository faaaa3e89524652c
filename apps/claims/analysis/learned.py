"""The learned weights: a small file of numbers with the names of what they weigh."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "lexicons" / "alignment_weights.json"


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A logistic regression: log-odds are *bias* plus the weighted sum of named features."""

    bias: float
    weights: dict[str, float]


@lru_cache(maxsize=1)
def models() -> dict[str, LinearModel]:
    """Return all models by name; read once."""
    raw = json.loads(_FILE.read_text(encoding="utf-8"))
    return {
        name: LinearModel(
            float(model["bias"]), {key: float(value) for key, value in model["weights"].items()}
        )
        for name, model in raw["models"].items()
    }


def get_model(name: str) -> LinearModel:
    """Return the model called *name*; ``KeyError`` when there is none.

    ``articles``: two articles are about one event. ``claims``: two claims of one story
    answer the same question; ``agreement`` is its second look. For whole sentences of
    plain texts: ``sentences`` (two sentences tell one event), ``sentence_stories`` (its
    second look, with the articles), ``counterparts`` and ``counterpart_ranks``.
    """
    return models()[name]


def article_weights() -> LinearModel:
    """Return the model that two articles are about one event."""
    return get_model("articles")


def agreement_weights() -> LinearModel:
    """Return the model of the second look: ranks and third articles among scored pairs."""
    return get_model("agreement")


def claim_weights() -> LinearModel:
    """Return the model that two claims of one story answer the same question."""
    return get_model("claims")
