"""A hashed linear model: feature strings in, a score out. Small, and the same everywhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np


def hash_feature(feature: str, size: int) -> int:
    """Return the place of *feature* in a table of *size* (a power of two) weights."""
    return crc32(feature.encode("utf-8", "surrogatepass")) & (size - 1)


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights by hashed feature. ``score`` is a log-odds."""

    weights: tuple[float, ...]
    bias: float

    def score(self, features: Iterable[str]) -> float:
        weights = self.weights
        mask = len(weights) - 1
        total = self.bias
        for feature in features:
            total += weights[crc32(feature.encode("utf-8", "surrogatepass")) & mask]
        return total


def logistic(score: float) -> float:
    if score < -40:
        return 0.0
    return 1.0 / (1.0 + math.exp(-score))


def softmax(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def load_models(path: Path) -> dict[str, LinearModel]:
    """Read the models of a file that ``training/attribution`` wrote: int8 weights with a scale."""
    models: dict[str, LinearModel] = {}
    with np.load(path, allow_pickle=False) as stored:
        for key in stored.files:
            if key.endswith(".weights"):
                name = key.removesuffix(".weights")
                scale, bias = (float(value) for value in stored[f"{name}.scale"])
                models[name] = LinearModel(
                    tuple((stored[key].astype(np.float64) * scale).tolist()), bias
                )
    return models
