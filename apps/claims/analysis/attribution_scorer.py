"""A small learned scorer: hashed pairs and triples of columns plus one hidden layer.

Rows are numbers, not strings, so that all words of an article are scored in a few array
operations. The first half of the score is linear: each template combines columns of a row
to one feature, hashed into a table of weights. The second is a hidden layer that sees the
pipeline's own vectors of a few tokens of the row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from apps.claims.analysis.syntax import Codes, Places, Vectors

Scores = npt.NDArray[np.float32]
# Odd numbers that spread the columns of a template over the table.
_FACTORS = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], dtype=np.uint32)
_STIR = np.uint32(0x2C1B3C6D)


@dataclass(frozen=True, slots=True)
class Templates:
    """Which columns each feature combines: rows of up to four places, and a salt a feature.

    Features with *needs* >= 0 count only in rows whose column of that place isn't 0.
    """

    places: npt.NDArray[np.int64]
    factors: Codes
    salts: Codes
    needs: npt.NDArray[np.int64]


def make_templates(columns: Sequence[str], specs: Sequence[str]) -> Templates:
    """Return the templates of *specs* ("lemma dep"), names of *columns* apart by spaces.

    "name*" stands for the columns name0, name1, …: one feature each, weighed alike, and
    none where that column is 0.
    """
    at = {name: place for place, name in enumerate(columns)}
    rows: list[list[int]] = []
    salts: list[int] = []
    needs: list[int] = []
    for spec in specs:
        names = spec.split()
        starred = next((name[:-1] for name in names if name.endswith("*")), "")
        many = [name for name in columns if starred and name[:-1] == starred and name[-1].isdigit()]
        for one in many or [""]:
            places = [at[one if name.endswith("*") else name] for name in names]
            rows.append([*places, *[-1] * (4 - len(places))])
            salts.append(crc32(spec.encode()))
            needs.append(at[one] if one else -1)
    table = np.array(rows, dtype=np.int64)
    factors = np.where(table >= 0, _FACTORS, np.uint32(0)).astype(np.uint32)
    return Templates(
        np.maximum(table, 0), factors, np.array(salts, dtype=np.uint32), np.array(needs)
    )


def hash_rows(templates: Templates, rows: Codes, size: int) -> npt.NDArray[np.uint32]:
    """Return the place of each feature of each row in a table of *size* (a power of two).

    Place 0 is nobody's: a feature that doesn't count is there.
    """
    hashed = np.broadcast_to(templates.salts, (len(rows), len(templates.salts))).copy()
    for part in range(4):
        hashed += rows[:, templates.places[:, part]] * templates.factors[:, part]
        hashed ^= hashed >> np.uint32(15)
    hashed *= _STIR
    hashed ^= hashed >> np.uint32(13)
    hashed &= np.uint32(size - 1)
    absent = templates.needs >= 0
    if absent.any():
        missing = rows[:, templates.needs[absent]] == 0
        hashed[:, absent] = np.where(missing, np.uint32(0), hashed[:, absent])
    return hashed


@dataclass(frozen=True, slots=True)
class Scorer:
    """Learned weights. *inner* is (slots, width of a vector, hidden); *outer* (hidden)."""

    weights: Scores
    bias: float
    inner: Scores
    shift: Scores
    outer: Scores

    def score(
        self, templates: Templates, features: tuple[Codes, Places], vectors: Vectors
    ) -> npt.NDArray[np.float64]:
        """Return a score (log-odds) for each row of *features*: columns, and tokens to look
        at in *vectors*. Vectors of another width than the scorer's are left out.
        """
        rows, slots = features
        places = hash_rows(templates, rows, len(self.weights))
        scores = self.weights[places].sum(axis=1) + np.float32(self.bias)
        hidden = np.broadcast_to(self.shift, (len(rows), len(self.shift))).copy()
        if self.inner.shape[1] == vectors.shape[1]:
            for place, inner in enumerate(self.inner):
                hidden += vectors[slots[:, place]] @ inner
        scores += np.maximum(hidden, 0) @ self.outer
        found: npt.NDArray[np.float64] = scores.astype(np.float64)
        return found


def unpack_scorers(stored: Mapping[str, npt.NDArray[np.generic]]) -> dict[str, Scorer]:
    """Return the scorers that ``pack_scorers`` made arrays of, by name."""
    scorers: dict[str, Scorer] = {}
    for key in stored:
        name, _, part = key.partition(".")
        if part != "weights":
            continue
        scale, bias = (float(value) for value in stored[f"{name}.scale"])
        inner, shift, outer = (
            stored[f"{name}.{part}"].astype(np.float32) for part in ("inner", "shift", "outer")
        )
        weights = stored[key].astype(np.float32) * np.float32(scale)
        scorers[name] = Scorer(weights, bias, inner, shift, outer)
    return scorers


def pack_scorers(scorers: Mapping[str, Scorer]) -> dict[str, npt.NDArray[np.generic]]:
    """Return small arrays of *scorers*: 8-bit weights with a scale, the rest in 16 bits."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for name, scorer in scorers.items():
        sizes = np.abs(scorer.weights[scorer.weights != 0])
        # The largest few are cut off: they would make all others coarse.
        limit = float(np.quantile(sizes, 0.9995)) if len(sizes) else 1.0
        scale = limit / 127
        arrays[f"{name}.weights"] = np.clip(np.round(scorer.weights / scale), -127, 127).astype(
            np.int8
        )
        arrays[f"{name}.scale"] = np.array([scale, scorer.bias])
        arrays[f"{name}.inner"] = scorer.inner.astype(np.float16)
        arrays[f"{name}.shift"] = scorer.shift.astype(np.float16)
        arrays[f"{name}.outer"] = scorer.outer.astype(np.float16)
    return arrays
