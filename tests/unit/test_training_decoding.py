"""How trees and names are read off a model's scores."""

from __future__ import annotations

from itertools import product

import numpy as np

from training.pipeline.decoding import find_best_marks, find_best_tree

MARKS = ["B-LOC", "B-ORG", "I-LOC", "I-ORG", "O"]


def _is_tree(heads):
    if sum(head == index for index, head in enumerate(heads)) != 1:
        return False
    for index in range(len(heads)):
        seen = set()
        while heads[index] != index:
            if index in seen:
                return False
            seen.add(index)
            index = heads[index]
    return True


def _has_no_crossing(heads):
    arcs = [(min(i, h), max(i, h)) for i, h in enumerate(heads) if i != h]
    root = next(i for i, h in enumerate(heads) if i == h)
    crossing = any(a < c < b < d for a, b in arcs for c, d in arcs)
    return not crossing and not any(a < root < b for a, b in arcs)


def test_the_best_tree_is_the_best_of_all():
    rng = np.random.default_rng(4)
    for length in (1, 2, 3, 4, 5):
        arcs = rng.normal(size=(length, length)).astype(np.float32)
        trees = [
            h for h in product(range(length), repeat=length) if _is_tree(h) and _has_no_crossing(h)
        ]
        best = max(trees, key=lambda h: sum(arcs[i, head] for i, head in enumerate(h)))

        assert find_best_tree(arcs) == list(best)


def test_a_tree_has_one_root_even_when_every_word_would_be_one():
    heads = find_best_tree(np.eye(6, dtype=np.float32) * 10)

    assert sum(head == index for index, head in enumerate(heads)) == 1


def test_a_name_begins_before_it_goes_on():
    scores = np.array([[0, 0, 5, 0, 1], [0, 0, 5, 0, 0], [0, 0, 0, 3, 2]], np.float32)

    assert find_best_marks(scores, MARKS) == ["B-LOC", "I-LOC", "O"]


def test_no_words_have_no_names():
    assert find_best_marks(np.zeros((0, 5), np.float32), MARKS) == []
