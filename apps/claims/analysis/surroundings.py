"""How alike in meaning two sentences are around the words in which they differ.

Two reports on one thing rarely use the same words: "the blaze was reported at 2:20", "the
first call came at 1:40". Every telling word looks for the nearest one in the other sentence,
by its stem or its meaning; rare words count more, words near the difference, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from apps.articles.text.spans import Span
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.meanings import meaning_vectors, similarity
from apps.claims.analysis.pair_features import stem_weights
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.word_lists import word_set

Array = npt.NDArray[np.float32]

# Words less alike than this have nothing to do with one another.
_UNLIKE = 0.4
# A word that only means the same says less than the same word.
_MEANT = 0.8
# Words between a word and the difference at which it counts half.
_HALF_AT = 5.0
_ENOUGH_NEAR = 5.0
_RARE = 4.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The telling words of a sentence but for the compared ones: stems, their meanings,
    weights (0 to 4, rare ones heavy) and nearness to the compared words (0 to 1)."""

    stems: tuple[str, ...]
    vectors: Array
    weights: Array
    near: Array


def surroundings_of(index: StoryIndex, view: SentenceView, span: Span) -> Surroundings:
    """Return what a sentence says around *span*, dates and numbers left out."""
    memo = cast(
        "dict[tuple[str, int, int, int], Surroundings]", index.memo.setdefault("surroundings", {})
    )
    key = (view.article, view.index, span.start, span.end)
    if key not in memo:
        memo[key] = _read(index, view, span)
    return memo[key]


def likeness_around(a: Surroundings, b: Surroundings) -> dict[str, float]:
    """Return what two surroundings share, as features from 0 to 1: ``meant_near`` beside the
    compared words, ``meant_share`` in the whole of the shorter sentence, ``meant_best`` the
    rarest word both have."""
    if not a.stems or not b.stems:
        return {"meant_near": 0.0, "meant_share": 0.0, "meant_best": 0.0}
    same = np.array([[x == y for y in b.stems] for x in a.stems], dtype=bool)
    nearness = (a.vectors @ b.vectors.T - _UNLIKE) / (1.0 - _UNLIKE)
    alike = np.where(same, 1.0, np.clip(nearness, 0.0, 1.0) * _MEANT)
    weighted = alike * np.minimum(a.weights[:, None], b.weights[None, :])
    close = weighted * a.near[:, None] * b.near[None, :]
    near = (close.max(axis=1).sum() + close.max(axis=0).sum()) / 2
    wide = (weighted.max(axis=1).sum() + weighted.max(axis=0).sum()) / 2
    lighter = max(4.0, min(float(a.weights.sum()), float(b.weights.sum())))
    return {
        "meant_near": min(1.0, float(near) / _ENOUGH_NEAR),
        "meant_share": min(1.0, float(wide) / lighter),
        "meant_best": float(weighted.max()) / _RARE,
    }


def one_affair(features: Mapping[str, float]) -> float:
    """Return how much speaks for two sentences telling one affair, 0 to 3: their rate as
    counterparts and what stands around the difference."""
    return features["rate"] + features["meant_near"] + features["meant_share"]


def likeness_of_deeds(a: str, b: str) -> float:
    """Return how near two verbs, given by their stems, are: 1 for one word, 0 for two that
    have nothing in common or where one is not known."""
    if not a or not b:
        return 0.0
    if frames_of_stem(a) & frames_of_stem(b):
        return max(0.6, similarity(a, b))
    return max(0.0, similarity(a, b))


def _read(index: StoryIndex, view: SentenceView, span: Span) -> Surroundings:
    weights = stem_weights(index)
    inside = [at for at, token in enumerate(view.tokens) if token.span.overlaps(span)]
    first, last = (inside[0], inside[-1]) if inside else (0, len(view.tokens))
    stems: list[str] = []
    heavy: list[float] = []
    near: list[float] = []
    for at, token in enumerate(view.tokens):
        if first <= at <= last or not token.content or not token.key[:1].isalpha():
            continue
        if token.key in word_set("calendar_words"):
            continue
        distance = first - at if at < first else at - last
        stem = root(token.lemma or token.key)
        stems.append(stem)
        heavy.append(weights.get(stem, _RARE))
        near.append(_HALF_AT / (_HALF_AT + distance - 1))
    return Surroundings(
        tuple(stems),
        meaning_vectors(stems),
        np.array(heavy, dtype=np.float32),
        np.array(near, dtype=np.float32),
    )
