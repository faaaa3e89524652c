"""Fitting scorers, and annotations as tokens."""

from __future__ import annotations

import numpy as np

from apps.claims.analysis.attribution_scorer import make_templates
from tests.unit.analysis.docs import build_tree
from training.attribution.annotated import is_source_right, jaccard, pin_annotations
from training.attribution.fit import Settings, fit

TEMPLATES = make_templates(("word", "label"), ("word", "label", "word label"))
SETTINGS = Settings(size=1 << 10, hidden=4, epochs=30, batch=64, rate=0.05)


def test_a_scorer_learns_which_pairs_are_right():
    rng = np.random.default_rng(1)
    rows = rng.integers(1, 4, (400, 2)).astype(np.uint32)
    right = (rows[:, 0] == rows[:, 1]).astype(np.float32)
    features = rows, np.zeros((400, 1), dtype=np.int64)
    vectors = np.zeros((1, 3), dtype=np.float32)

    scorer = fit(SETTINGS, TEMPLATES, *features, vectors, right)

    assert ((scorer.score(TEMPLATES, features, vectors) > 0) == (right > 0)).mean() > 0.95


def test_candidates_of_a_group_compete():
    rows = np.array([[1, 9], [2, 9]] * 50, dtype=np.uint32)
    features = rows, np.zeros((100, 1), dtype=np.int64)
    vectors = np.zeros((1, 3), dtype=np.float32)
    targets = np.array([1, 0] * 50, dtype=np.float32)

    scorer = fit(SETTINGS, TEMPLATES, *features, vectors, targets, np.repeat(np.arange(50), 2))
    better, worse = scorer.score(TEMPLATES, features, vectors)[:2]

    assert better > worse


def test_annotations_are_pinned_to_tokens():
    syntax = build_tree(
        "Byrne PROPN nsubj 1 | said VERB ROOT 1 say | so ADV advmod 1 | . PUNCT punct 1"
    )
    record = {
        "attributions": [{"source": [[0, 5]], "cue": [[6, 10]], "content": [[11, 13]]}],
    }

    (pinned,) = pin_annotations(record, syntax, frozenset({1}))

    assert (pinned.head, pinned.content, pinned.source) == (1, {2}, {0})


def test_nobody_is_right_only_for_nobody():
    nobody, somebody = frozenset(), frozenset({1})

    assert is_source_right(nobody, nobody)
    assert not is_source_right(nobody, somebody)
    assert jaccard(nobody, nobody) == 0.0
