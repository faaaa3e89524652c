"""How trees and names are read off a model's scores."""

from __future__ import annotations

from itertools import product

import numpy as np

from training.pipeline.decoding import find_best_marks, find_best_tree, is_projective_tree

MARKS = ["B-LOC", "B-ORG", "I-LOC", "I-ORG", "O"]


def test_the_best_tree_is_the_best_of_all():
    rng = np.random.default_rng(4)
    for length in (1, 2, 3, 4, 5):
        arcs = rng.normal(size=(length, length)).astype(np.float32)
        trees = [h for h in product(range(length), repeat=length) if is_projective_tree(h)]
        best = max(trees, key=lambda h: sum(arcs[i, head] for i, head in enumerate(h)))

        assert find_best_tree(arcs) == list(best)


def test_a_tree_has_one_root_even_when_every_word_would_be_one():
    heads = find_best_tree(np.eye(6, dtype=np.float32) * 10)

    assert sum(head == index for index, head in enumerate(heads)) == 1


def test_a_tree_has_one_root_no_circle_and_no_crossing():
    assert is_projective_tree([1, 1, 3, 1])
    assert not is_projective_tree([0, 1])
    assert not is_projective_tree([1, 0, 2])
    assert not is_projective_tree([2, 3, 2, 2])
    assert not is_projective_tree([2, 1, 1])


def test_a_name_begins_before_it_goes_on():
    scores = np.array([[0, 0, 5, 0, 1], [0, 0, 5, 0, 0], [0, 0, 0, 3, 2]], np.float32)

    assert find_best_marks(scores, MARKS) == ["B-LOC", "I-LOC", "O"]


def test_no_words_have_no_names():
    assert find_best_marks(np.zeros((0, 5), np.float32), MARKS) == []
