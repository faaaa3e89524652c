"""Read the best tree and the best names off a model's scores, exactly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def find_best_tree(arcs: Scores) -> list[int]:
    """Return the head of each word; the root is its own.

    *arcs*[i, j] is the score of word j as the head of word i, *arcs*[i, i] that of i as
    the root. The tree has one root and no crossing arcs, as spaCy's parser can build it.
    Method: Eisner, "Three New Probabilistic Models for Dependency Parsing", COLING 1996;
    the root is chosen last, so that there is one. Time grows with the cube of the length
    where the best head of each word alone does not make such a tree; mostly it does.
    """
    likely: list[int] = arcs.argmax(1).tolist()
    return likely if is_projective_tree(likely) else _find_best_projective(arcs)


def is_projective_tree(heads: Sequence[int]) -> bool:
    """Tell whether *heads* have one root, no circle and no arcs that cross it or each other."""
    roots = [word for word, head in enumerate(heads) if word == head]
    if len(roots) != 1:
        return False
    arcs = [(min(word, head), max(word, head)) for word, head in enumerate(heads) if word != head]
    if any(low < roots[0] < high for low, high in arcs):
        return False
    if any(a < c < b < d for a, b in arcs for c, d in arcs):
        return False
    for word in range(len(heads)):
        for _ in heads:
            word = heads[word]
        if word != roots[0]:
            return False
    return True


def _find_best_projective(arcs: Scores) -> list[int]:
    length = len(arcs)
    # Best score of a span [i, j] that is complete, its head at the right (left) end ...
    whole_left = np.full((length, length), -np.inf, np.float64)
    whole_right = np.full((length, length), -np.inf, np.float64)
    # ... or waits for more words under the word that an arc has just reached.
    open_left = np.full((length, length), -np.inf, np.float64)
    open_right = np.full((length, length), -np.inf, np.float64)
    split_open = np.zeros((length, length), np.int64)
    split_left = np.zeros((length, length), np.int64)
    split_right = np.zeros((length, length), np.int64)
    np.fill_diagonal(whole_left, 0.0)
    np.fill_diagonal(whole_right, 0.0)
    for width in range(1, length):
        for i in range(length - width):
            j = i + width
            joined = whole_right[i, i:j] + whole_left[i + 1 : j + 1, j]
            k = int(joined.argmax())
            split_open[i, j] = i + k
            open_left[i, j] = joined[k] + arcs[i, j]
            open_right[i, j] = joined[k] + arcs[j, i]
            left = whole_left[i, i:j] + open_left[i:j, j]
            k = int(left.argmax())
            split_left[i, j] = i + k
            whole_left[i, j] = left[k]
            right = open_right[i, i + 1 : j + 1] + whole_right[i + 1 : j + 1, j]
            k = int(right.argmax())
            split_right[i, j] = i + 1 + k
            whole_right[i, j] = right[k]
    root = int((np.diag(arcs) + whole_left[0, :] + whole_right[:, length - 1]).argmax())
    heads = list(range(length))
    left_spans, right_spans = [(0, root)], [(root, length - 1)]
    while left_spans or right_spans:
        is_left = bool(left_spans)
        i, j = (left_spans if is_left else right_spans).pop()
        if i == j:
            continue
        if is_left:
            # [i, k] is complete under k, and k hangs on j.
            k = int(split_left[i, j])
            left_spans.append((i, k))
            heads[k] = j
            low, high = k, j
        else:
            k = int(split_right[i, j])
            right_spans.append((k, j))
            heads[k] = i
            low, high = i, k
        middle = int(split_open[low, high])
        right_spans.append((low, middle))
        left_spans.append((middle + 1, high))
    return heads


def find_best_marks(scores: Scores, labels: Sequence[str]) -> list[str]:
    """Return one IOB mark per word ("B-LOC", "I-LOC", "O"), every "I" after its like.

    *scores*[word, label]; the labels are such marks. Method: Viterbi, with forbidden
    steps. Empty when there is no word.
    """
    if not len(scores):
        return []
    allowed = np.array(
        [[_may_follow(before, after) for after in labels] for before in labels], dtype=bool
    )
    step = np.where(allowed, 0.0, -np.inf)
    starts = np.array([0.0 if not label.startswith("I-") else -np.inf for label in labels])
    best = scores[0] + starts
    back: list[NDArray[np.int64]] = []
    for row in scores[1:]:
        total = best[:, None] + step
        back.append(total.argmax(0))
        best = total.max(0) + row
    index = int(best.argmax())
    path = [index]
    for choices in reversed(back):
        index = int(choices[index])
        path.append(index)
    return [labels[index] for index in reversed(path)]


def _may_follow(before: str, after: str) -> bool:
    return not after.startswith("I-") or (before != "O" and before[2:] == after[2:])
