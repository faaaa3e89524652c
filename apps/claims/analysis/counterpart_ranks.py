"""The counterpart of a sentence in another article: every pair of a set is scored.

Rows of a story come from an index (`align`); here the question is another one, "which
sentence of that article tells this?", and asks for a ranking of all. Made for sets of
some thousand sentences: time and memory grow with the square.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from apps.claims.analysis.learned import LinearModel
from apps.claims.analysis.pairing import PairTable
from apps.claims.analysis.units import Unit, Weights

Array = npt.NDArray[np.float64]

COUNTERPART_FEATURES = (
    "odds",
    "probability",
    "margin_forth",
    "margin_back",
    "least_central",
    "most_central",
    "candidate_central",
    "path",
    "share_forth",
    "share_back",
)

_WIDEST_MARGIN = 4.0
_NEVER = -9.0


def score_all(units: Sequence[Unit], model: LinearModel) -> Array:
    """Return the log-odds of every pair of different articles, a symmetric matrix.

    Pairs of one article are -9. The likeness of articles is left out: who asks for a
    counterpart has chosen the article.
    """
    odds = np.full((len(units), len(units)), _NEVER)
    article = np.array([unit.article for unit in units], dtype=np.int64)
    later, earlier = np.nonzero(np.tril(article[:, None] != article[None, :]))
    found = PairTable(units, Weights(units)).odds(later, earlier, model)
    odds[later, earlier] = odds[earlier, later] = found
    return odds


@dataclass(frozen=True, slots=True)
class Ranks:
    """What a set of scored sentences says of each pair beyond the pair itself.

    *best* and *second* hold, for each unit and article, the highest log-odds of its
    sentences; *central* how well a unit is told by the articles of its own story; *path*
    how well two units are joined over a third article; *share* a unit's odds as a share
    of all its odds in that article.
    """

    odds: Array
    article: npt.NDArray[np.int64]
    best: Array
    second: Array
    central: Array
    path: Array
    share: Array

    def features(self, i: int, j: int) -> list[float]:
        """Return ``COUNTERPART_FEATURES`` for asking *i* and being answered *j*."""
        odds = float(self.odds[i, j])
        here, there = int(self.article[i]), int(self.article[j])
        forth = odds - self._rival(i, there, odds)
        back = odds - self._rival(j, here, odds)
        mine, theirs = float(self.central[i]), float(self.central[j])
        return [
            odds,
            float(1.0 / (1.0 + np.exp(-odds))),
            max(-_WIDEST_MARGIN, min(_WIDEST_MARGIN, forth)),
            max(-_WIDEST_MARGIN, min(_WIDEST_MARGIN, back)),
            min(mine, theirs),
            max(mine, theirs),
            theirs,
            float(self.path[i, j]),
            float(self.share[i, j]),
            float(self.share[j, i]),
        ]

    def _rival(self, i: int, article: int, odds: float) -> float:
        best = float(self.best[i, article])
        return float(self.second[i, article]) if odds >= best else best


def rank_all(units: Sequence[Unit], odds: Array, story_by_article: Sequence[int]) -> Ranks:
    """Return the ranks among *units*; *story_by_article* numbers the story of each article."""
    count = len(units)
    article = np.array([unit.article for unit in units], dtype=np.int64)
    articles = len(story_by_article)
    probability = 1.0 / (1.0 + np.exp(-odds))
    best = np.full((count, articles), _NEVER)
    second = np.full((count, articles), _NEVER)
    nearest = np.zeros((count, articles), dtype=np.int64)
    share = np.zeros((count, count))
    raised = np.exp(odds)
    for number in range(articles):
        members = np.flatnonzero(article == number)
        if not len(members):
            continue
        found = odds[:, members]
        ordered = np.sort(found, axis=1)
        best[:, number] = ordered[:, -1]
        if len(members) > 1:
            second[:, number] = ordered[:, -2]
        nearest[:, number] = members[found.argmax(axis=1)]
        share[:, members] = raised[:, members] / raised[:, members].sum(axis=1, keepdims=True)
    story = np.array(story_by_article)
    told = story[article][:, None] == story[None, :]
    told[np.arange(count), article] = False
    reach = 1.0 / (1.0 + np.exp(-best))
    central = np.where(told, reach, 0.0).sum(axis=1) / np.maximum(1, told.sum(axis=1))
    path = np.zeros((count, count))
    ways = np.zeros((count, count))
    for number in range(articles):
        over = reach[:, number][:, None] * probability[nearest[:, number], :]
        open_ways = told[:, number][:, None] & (article != number)[None, :]
        path += np.where(open_ways, over, 0.0)
        ways += open_ways
    path /= np.maximum(1.0, ways)
    return Ranks(odds, article, best, second, central, np.maximum(path, path.T), share)
