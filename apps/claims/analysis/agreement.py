"""A second look at every pair: is each the other's best partner, and do third articles agree?

Two paraphrases may share one weak word, which proves little alone; but when each finds
nothing nearer in the other's article, and a third article's sentence is near both, the
pair is a likely one. Ranks and margins say this without any knowledge of words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from apps.claims.analysis.units import Unit

AGREEMENT_FEATURES = (
    "odds",
    "odds_high",
    "mutual",
    "best_of_one",
    "least_margin",
    "most_margin",
    "support",
    "supported",
    "odds_mutual",
)

# Log-odds counted for a partner the index did not even propose.
UNSEEN = -6.0
_WIDEST_MARGIN = 4.0
# Third claims looked at for a pair; the best few decide.
_THIRDS = 12

Pair = tuple[int, int]
Place = tuple[int, int]


class Agreement:
    """Ranks of partners among the scored pairs of *units*; ask it for a pair's features."""

    def __init__(self, units: Sequence[Unit], odds: Mapping[Pair, float]) -> None:
        self._odds = odds
        self._place: list[Place] = [(unit.article, unit.claim.sentence) for unit in units]
        # For each unit and other article: log-odds of its best partner in each sentence.
        partners: dict[int, dict[int, dict[Place, float]]] = defaultdict(lambda: defaultdict(dict))
        near: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for (i, j), value in odds.items():
            if self._place[i][0] == self._place[j][0]:
                continue
            for here, there in ((i, j), (j, i)):
                by_place = partners[here][self._place[there][0]]
                place = self._place[there]
                if value > by_place.get(place, UNSEEN):
                    by_place[place] = value
                near[here].append((-value, there))
        self._top: dict[tuple[int, int], list[tuple[float, Place]]] = {}
        for unit, by_article in partners.items():
            for article, by_place in by_article.items():
                ranked = sorted(((-value, place) for place, value in by_place.items()))[:2]
                self._top[unit, article] = [(-value, place) for value, place in ranked]
        self._near = {unit: dict(_strongest(found)) for unit, found in near.items()}

    def features(self, i: int, j: int) -> list[float]:
        """Return the numbers of ``AGREEMENT_FEATURES`` for a pair of different articles."""
        odds = self._odds.get((i, j) if i < j else (j, i), UNSEEN)
        forth = self._margin(i, j, odds)
        back = self._margin(j, i, odds)
        mutual = float(forth >= 0.0 and back >= 0.0)
        support = self._support(i, j)
        return [
            max(-8.0, min(8.0, odds)) / 4.0,
            max(0.0, min(8.0, odds)) / 4.0,
            mutual,
            float((forth >= 0.0) != (back >= 0.0)),
            min(forth, back) / _WIDEST_MARGIN,
            max(forth, back) / _WIDEST_MARGIN,
            max(-8.0, min(4.0, support)) / 4.0,
            float(support > odds),
            mutual * max(-8.0, min(8.0, odds)) / 4.0,
        ]

    def _margin(self, i: int, j: int, odds: float) -> float:
        """Return how much better *j* is for *i* than any other sentence of *j*'s article."""
        article, place = self._place[j]
        rival = UNSEEN
        for value, other in self._top.get((i, article), ()):
            if other != (article, place):
                rival = max(rival, value)
                break
        return max(-_WIDEST_MARGIN, min(_WIDEST_MARGIN, odds - rival))

    def _support(self, i: int, j: int) -> float:
        """Return the weaker link of the best way from *i* to *j* over a third article."""
        here, there = self._near.get(i, {}), self._near.get(j, {})
        articles = (self._place[i][0], self._place[j][0])
        best = UNSEEN
        for third, value in here.items():
            other = there.get(third)
            if other is not None and self._place[third][0] not in articles:
                best = max(best, min(value, other))
        return best


def _strongest(found: list[tuple[float, int]]) -> list[tuple[int, float]]:
    return [(there, -value) for value, there in sorted(found)[:_THIRDS]]
