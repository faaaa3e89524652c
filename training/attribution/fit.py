"""Fits a scorer: hashed weights and one hidden layer, by Adam on small batches, plain numpy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from apps.claims.analysis.attribution_scorer import Scorer, Templates, hash_rows

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """How long and how carefully to fit. *decay* pulls weights to 0; *dropout* is a share."""

    size: int
    hidden: int = 32
    epochs: int = 10
    batch: int = 1024
    rate: float = 0.01
    inner_rate: float = 0.002
    decay: float = 1e-5
    inner_decay: float = 1e-4
    dropout: float = 0.2


class _Adam:
    def __init__(self, shape: tuple[int, ...], rate: float) -> None:
        self.first = np.zeros(shape, dtype=np.float32)
        self.second = np.zeros(shape, dtype=np.float32)
        self.rate, self.step = rate, 0

    def move(self, values: Floats, gradient: Floats, scale: float) -> None:
        self.step += 1
        self.first *= 0.9
        self.first += 0.1 * gradient
        self.second *= 0.999
        self.second += 0.001 * gradient * gradient
        rate = self.rate * scale * np.sqrt(1 - 0.999**self.step) / (1 - 0.9**self.step)
        values -= (rate * self.first / (np.sqrt(self.second) + 1e-8)).astype(np.float32)


def fit(
    settings: Settings,
    templates: Templates,
    rows: npt.NDArray[np.uint32],
    slots: npt.NDArray[np.int64],
    vectors: Floats,
    targets: Floats,
    groups: npt.NDArray[np.int64] | None = None,
    *,
    seed: int = 0,
) -> Scorer:
    """Return the scorer that minimises log loss: one row at a time, or softmax over *groups*.

    Rows of a group follow each other. *vectors* ends with a row of zeros.
    """
    rng = np.random.default_rng(seed)
    places = hash_rows(templates, rows, settings.size).astype(np.int32)
    width = vectors.shape[1]
    depth = slots.shape[1]
    weights = np.zeros(settings.size, dtype=np.float32)
    bias = np.zeros(1, dtype=np.float32)
    inner = rng.normal(0, 1 / np.sqrt(width * depth), (depth * width, settings.hidden)).astype(
        np.float32
    )
    # Vectors of the pipeline have entries around 1; the layer starts small.
    inner *= 0.5
    shift = np.zeros(settings.hidden, dtype=np.float32)
    outer = rng.normal(0, 0.3, settings.hidden).astype(np.float32)
    movers = [
        _Adam(weights.shape, settings.rate),
        _Adam(bias.shape, settings.rate),
        _Adam(inner.shape, settings.inner_rate),
        _Adam(shift.shape, settings.inner_rate),
        _Adam(outer.shape, settings.inner_rate),
    ]
    if groups is None:
        starts = np.arange(len(rows) + 1)
        per_batch = settings.batch
    else:
        starts = np.concatenate(
            [np.flatnonzero(np.diff(groups, prepend=groups[0] - 1)), [len(rows)]]
        )
        per_batch = max(1, settings.batch // 8)
    units = len(starts) - 1
    batches = -(-units // per_batch)
    total = batches * settings.epochs
    done = 0
    for _ in range(settings.epochs):
        order = rng.permutation(units)
        for low in range(0, units, per_batch):
            chosen = np.sort(order[low : low + per_batch])
            if groups is None:
                index = chosen
            else:
                index = np.concatenate([np.arange(starts[u], starts[u + 1]) for u in chosen])
            here = places[index]
            seen = vectors[slots[index]].reshape(len(index), -1).astype(np.float32)
            if settings.dropout:
                seen *= (rng.random(seen.shape, dtype=np.float32) > settings.dropout) / np.float32(
                    1 - settings.dropout
                )
            hidden = seen @ inner + shift
            active = np.maximum(hidden, 0)
            scores = weights[here].sum(axis=1) + bias[0] + active @ outer
            if groups is None:
                errors = 1 / (1 + np.exp(-np.clip(scores, -30, 30))) - targets[index]
            else:
                size = starts[chosen + 1] - starts[chosen]
                first = np.concatenate([[0], np.cumsum(size)[:-1]])
                highest = np.repeat(np.maximum.reduceat(scores, first), size)
                powers = np.exp(scores - highest)
                errors = powers / np.repeat(np.add.reduceat(powers, first), size) - targets[index]
            errors = (errors / len(chosen)).astype(np.float32)
            gradient = np.bincount(
                here.ravel(), np.repeat(errors, here.shape[1]), minlength=settings.size
            ).astype(np.float32)
            gradient[0] = 0
            gradient += settings.decay * weights
            back = errors[:, None] * outer * (hidden > 0)
            scale = 1 - done / total
            movers[0].move(weights, gradient, scale)
            if groups is None:
                movers[1].move(bias, errors.sum(keepdims=True), scale)
            movers[2].move(inner, seen.T @ back + settings.inner_decay * inner, scale)
            movers[3].move(shift, back.sum(axis=0), scale)
            movers[4].move(outer, active.T @ errors + settings.inner_decay * outer, scale)
            done += 1
    weights[0] = 0
    return Scorer(
        weights, float(bias[0]), inner.reshape(depth, width, settings.hidden), shift, outer
    )
