"""The learned scorer: hashed templates, and a hidden layer over vectors of tokens."""

from __future__ import annotations

import numpy as np
import pytest

from apps.claims.analysis.attribution_scorer import (
    Scorer,
    hash_rows,
    make_templates,
    pack_scorers,
    unpack_scorers,
)

COLUMNS = ("lemma", "dep", "n0", "n1")
NO_VECTORS = np.zeros((1, 0), dtype=np.float32)
NO_SLOTS = np.zeros((1, 1), dtype=np.int64)


def rows(*values: int) -> np.ndarray:
    return np.array([values], dtype=np.uint32)


def plain_scorer(weights: np.ndarray, bias: float = 0.0) -> Scorer:
    hidden = np.zeros(1, dtype=np.float32)
    inner = np.zeros((1, 2, 1), dtype=np.float32)
    return Scorer(weights.astype(np.float32), bias, inner, hidden, hidden)


def test_a_score_adds_up_the_weights_of_its_features():
    templates = make_templates(COLUMNS, ("lemma", "lemma dep"))
    weights = np.zeros(64)
    first, second = hash_rows(templates, rows(7, 8, 0, 0), 64)[0]
    weights[first] += 2.0
    weights[second] -= 0.5

    score = plain_scorer(weights, 1.0).score(templates, (rows(7, 8, 0, 0), NO_SLOTS), NO_VECTORS)

    assert score == pytest.approx([2.5])


def test_the_order_of_columns_matters():
    templates = make_templates(COLUMNS, ("lemma dep",))

    one, other = hash_rows(templates, np.vstack([rows(7, 8, 0, 0), rows(8, 7, 0, 0)]), 1 << 16)

    assert one != other


def test_names_count_alike_wherever_they_stand_and_absent_ones_do_not():
    templates = make_templates(COLUMNS, ("n*",))

    places = hash_rows(templates, np.vstack([rows(1, 1, 5, 6), rows(1, 1, 6, 0)]), 1 << 16)

    assert places[0][1] == places[1][0]
    assert places[1][1] == 0


def test_vectors_of_another_width_are_left_out():
    templates = make_templates(COLUMNS, ("lemma",))
    one = np.ones(1, dtype=np.float32)
    scorer = Scorer(
        np.zeros(64, dtype=np.float32), 0.0, np.ones((1, 2, 1), dtype=np.float32), 0 * one, one
    )
    fitting, other = np.ones((1, 2), dtype=np.float32), np.ones((1, 3), dtype=np.float32)

    assert scorer.score(templates, (rows(1, 1, 0, 0), NO_SLOTS), fitting) == pytest.approx([2.0])
    assert scorer.score(templates, (rows(1, 1, 0, 0), NO_SLOTS), other) == pytest.approx([0.0])


def test_packed_weights_come_back_nearly_the_same():
    weights = np.linspace(-1, 1, 64)

    scorer = unpack_scorers(pack_scorers({"cue": plain_scorer(weights, 0.25)}))["cue"]

    assert scorer.bias == 0.25
    assert np.abs(scorer.weights - weights).max() < 0.02
