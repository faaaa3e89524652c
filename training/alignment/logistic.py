"""Logistic regression with a prior, signs that must hold, and fixed offsets; numpy only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(slots=True)
class Examples:
    """Rows of named features with a label 0 or 1, a weight, and log-odds given beforehand."""

    names: Sequence[str]
    rows: list[list[float]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    offsets: list[float] = field(default_factory=list)

    def add(
        self, row: Sequence[float], label: bool, *, weight: float = 1.0, offset: float = 0.0
    ) -> None:
        self.rows.append(list(row))
        self.labels.append(int(label))
        self.weights.append(weight)
        self.offsets.append(offset)

    def extend(self, other: Examples, *, weight: float = 1.0) -> None:
        self.rows += other.rows
        self.labels += other.labels
        self.weights += [weight * w for w in other.weights]
        self.offsets += other.offsets

    def scale(self) -> Array:
        return np.array(self.rows).std(axis=0) + 1e-3


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights in the features' own units."""

    names: Sequence[str]
    bias: float
    weights: Array

    def odds(self, rows: Sequence[Sequence[float]] | Array) -> Array:
        return self.bias + np.array(rows) @ self.weights

    def as_json(self) -> dict[str, object]:
        return {
            "bias": round(self.bias, 4),
            "weights": {
                n: round(float(w), 4) for n, w in zip(self.names, self.weights, strict=True)
            },
        }


def fit(
    examples: Examples,
    *,
    l2: float,
    scale: Array | None = None,
    prior: Fitted | None = None,
    positive: Collection[str] = (),
    negative: Collection[str] = (),
    indicator: Sequence[float] | None = None,
) -> Fitted:
    """Return the weights of least regularised log-loss.

    Features are scaled before the penalty *l2* pulls their weights to those of *prior* (or
    zero). A weight with the wrong sign is set to zero and the rest fitted again.
    *indicator* is one more column whose weight is thrown away: it takes up that two
    sources of examples have different shares of positives.
    """
    rows = np.array(examples.rows, dtype=float)
    labels = np.array(examples.labels, dtype=float)
    weights = np.array(examples.weights)
    offsets = np.array(examples.offsets)
    scale = examples.scale() if scale is None else scale
    mean = rows.mean(axis=0)
    scaled = (rows - mean) / scale
    goal = np.zeros(len(examples.names)) if prior is None else prior.weights * scale
    active = list(range(len(examples.names)))
    while True:
        columns = [scaled[:, active], np.ones((len(rows), 1))]
        if indicator is not None:
            columns.insert(1, np.array(indicator)[:, None])
        target = np.concatenate([goal[active], np.zeros(len(columns) - 1)])
        found = _newton(np.hstack(columns), labels, weights, offsets, target, l2)
        wrong = [
            index
            for place, index in enumerate(active)
            if (examples.names[index] in positive and found[place] < 0)
            or (examples.names[index] in negative and found[place] > 0)
        ]
        if not wrong:
            break
        active = [index for index in active if index not in wrong]
    kept = np.zeros(len(examples.names))
    kept[active] = found[: len(active)] / scale[active]
    return Fitted(examples.names, float(found[-1] - kept @ mean), kept)


def _newton(
    rows: Array, labels: Array, weights: Array, offsets: Array, goal: Array, l2: float
) -> Array:
    penalty = np.full(rows.shape[1], l2)
    penalty[-1] = 1e-6

    def loss(at: Array) -> float:
        odds = rows @ at + offsets
        missed = np.logaddexp(0.0, np.where(labels > 0, -odds, odds))
        return float(weights @ missed + 0.5 * (penalty @ (at - goal) ** 2))

    found = np.zeros(rows.shape[1])
    best = loss(found)
    for _ in range(40):
        p = 1.0 / (1.0 + np.exp(-np.clip(rows @ found + offsets, -30, 30)))
        gradient = rows.T @ (weights * (p - labels)) + penalty * (found - goal)
        curvature = (rows * (weights * p * (1 - p) + 1e-9)[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        # A whole step can overshoot when few examples are of one kind, and never come back.
        while loss(found - step) > best + 1e-12 and np.abs(step).max() >= 1e-9:
            step = step / 2.0
        found -= step
        best = loss(found)
        if np.abs(step).max() < 1e-7:
            break
    return found


def average_precision(scores: Array, labels: Sequence[int]) -> float:
    """Return the average precision of *scores*; ties stay in the order given."""
    ordered = np.array(labels)[np.argsort(-scores, kind="stable")]
    hits = np.cumsum(ordered)
    return float((hits / np.arange(1, len(ordered) + 1))[ordered == 1].mean())


def area_under_curve(scores: Array, labels: Sequence[int]) -> float:
    """Return the share of (positive, negative) pairs in the right order; ties count half."""
    truth = np.array(labels)
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[inverse]
    positives = int(truth.sum())
    return float(
        (ranks[truth == 1].sum() - positives * (positives + 1) / 2)
        / (positives * (len(truth) - positives))
    )
