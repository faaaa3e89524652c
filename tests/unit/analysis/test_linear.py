"""The hashed linear model."""

from __future__ import annotations

import numpy as np

from apps.claims.analysis.linear import LinearModel, hash_feature, load_models, logistic, softmax


def test_a_score_adds_up_the_weights_of_its_features():
    weights = [0.0] * 16
    weights[hash_feature("a", 16)] += 2.0
    weights[hash_feature("b", 16)] -= 0.5

    assert LinearModel(tuple(weights), 1.0).score(["a", "b"]) == 2.5


def test_odd_characters_are_hashed_too():
    assert 0 <= hash_feature("\ud800", 16) < 16


def test_stored_weights_come_back_scaled(tmp_path):
    path = tmp_path / "weights.npz"
    np.savez_compressed(
        path, **{"cue.weights": np.array([4, -2], np.int8), "cue.scale": np.array([0.5, 0.25])}
    )

    model = load_models(path)["cue"]

    assert (model.weights, model.bias) == ((2.0, -1.0), 0.25)


def test_probabilities_stay_between_zero_and_one():
    assert logistic(-1000) == 0.0
    assert abs(sum(softmax([1000.0, 999.0])) - 1) < 1e-9
    assert softmax([]) == []
