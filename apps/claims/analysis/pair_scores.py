"""The log-odds that two claims of a story answer the same question, many pairs at once.

Two lanes meet in one score: what the claims say (who did what, where, when, how many) and
how much of the wording was re-used. Weights were learned offline; see ``training/alignment``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

import numpy as np

from apps.articles.text.types import ReuseLink
from apps.claims.analysis.agreement import AGREEMENT_FEATURES, find_agreement
from apps.claims.analysis.candidates import (
    FRAME_SHARE,
    RUN_WORTH,
    find_candidates,
    rare_things,
)
from apps.claims.analysis.holdings import Flags, Floats, Places
from apps.claims.analysis.learned import agreement_weights, claim_weights
from apps.claims.analysis.pair_numbers import COUNTS_SAME, NUMBER_FEATURES
from apps.claims.analysis.pairing import PairTable, telling, weigh
from apps.claims.analysis.reasons import EXPLAINING, explain_pair
from apps.claims.analysis.reuse_index import find_copies
from apps.claims.analysis.semantic import CLOSENESS, Closeness, Embedder
from apps.claims.analysis.sketches import sketch_article
from apps.claims.analysis.stories import SketchWeights, match_sketches
from apps.claims.analysis.types import ArticleDraft, Reason
from apps.claims.analysis.units import Unit, Weights

Pair = tuple[int, int]

# Log-odds below those of any pair that was scored.
NEVER = -8.0
# An article repeats itself less often than two articles say the same, and two claims of
# one article share names and words for no other reason than that.
_SAME_ARTICLE = 1.5
# Articles that hardly belong to one story (last year's fire, told beside this one's) need
# better evidence: this much log-odds at no likeness, nothing from _LIKE_ENOUGH on.
_UNLIKE_ARTICLES = 1.5
_LIKE_ENOUGH = 0.3
# Log-odds for two claims that count the same things in the same event, with numbers that
# can both be true. Set by reasoning: comparing counts is what rows are for, and a long
# sentence around the count must not hide it.
_COUNT_BOND = 2.0
# Having little in common says less against two claims of different articles than a good
# reason to keep them apart does: a paraphrase shares no word with some member of its row.
# So what was learned from words speaks against a pair by no more than this.
_LEAST_LEARNED = -0.8
# Two stations of one journey are told in the same words.
_JOURNEYS = frozenset({"visit", "meeting"})
_ELSEWHERE = 2.0
# One tells an earlier event, the other the news: words they share are those of all such
# events, so that no likeness is enough.
_OTHER_EVENT = 8.0


@dataclass(frozen=True, slots=True)
class PairOdds:
    """Log-odds of pairs of *count* units: *a* below *b*, sorted by both."""

    count: int
    a: Places
    b: Places
    odds: Floats

    def get(self, pairs: Iterable[Pair]) -> dict[Pair, float]:
        """Return the log-odds of those of *pairs*, lower first, that were scored."""
        wanted = sorted(set(pairs))
        if not wanted or not len(self.a):
            return {}
        keys = self.a * self.count + self.b
        asked = np.array([i * self.count + j for i, j in wanted], dtype=np.int64)
        at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
        known = np.flatnonzero(keys[at] == asked).tolist()
        values = self.odds[at].tolist()
        return {wanted[place]: values[place] for place in known}

    def among(self, group: Places) -> PairOdds:
        """Return the pairs of which both units have the same number in *group*, not below 0."""
        kept = np.flatnonzero((group[self.a] == group[self.b]) & (group[self.a] >= 0))
        return self.only(kept)

    def only(self, kept: Places | Flags) -> PairOdds:
        return PairOdds(self.count, self.a[kept], self.b[kept], self.odds[kept])

    def as_dict(self) -> dict[Pair, float]:
        pairs = zip(self.a.tolist(), self.b.tolist(), strict=True)
        return dict(zip(pairs, self.odds.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _Looked:
    """The features of all pairs of a story that were looked at in one go, by sorted keys."""

    keys: Places
    columns: dict[str, Floats]

    def find(self, keys: Places) -> dict[str, Floats] | None:
        """Return the features of the pairs with these *keys*, nothing if one is not known."""
        if not len(self.keys):
            return None
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        if (self.keys[at] != keys).any():
            return None
        return {name: column[at] for name, column in self.columns.items()}


class Scorer:
    """Log-odds that two claims of a story answer the same question."""

    def __init__(
        self,
        units: Sequence[Unit],
        articles: Sequence[ArticleDraft],
        reuse: Sequence[ReuseLink],
        *,
        embed: Embedder | None = None,
    ) -> None:
        self.units = units
        self.weights = Weights(units)
        self.copies = find_copies(units, reuse)
        stems = {unit.claim.id: unit.stems for unit in units}
        self._likeness = _article_likeness(articles, stems)
        self.table = PairTable(units, self.weights, likeness=self._likeness, reuse=self.copies)
        self._article = np.array([unit.article for unit in units], dtype=np.int64)
        self._earlier = np.array([unit.earlier for unit in units], dtype=np.float64)
        self._journey = np.array(
            [not _JOURNEYS.isdisjoint(unit.frames) for unit in units], dtype=np.bool_
        )
        self._looked: _Looked | None = None
        self._closeness = Closeness([unit.claim.text for unit in units], embed) if embed else None

    def find_candidates(self) -> tuple[Places, Places]:
        """Return the pairs of units worth scoring, lower index first, sorted."""
        words, roles = self.table.words, self.table.roles
        things = [
            (words.terms, words.both),
            (words.frames, FRAME_SHARE * words.frame),
            *rare_things(self.units),
        ]
        things.insert(4, (roles.quote_runs, np.full(len(roles.quote_runs.things), RUN_WORTH)))
        a, b = find_candidates(self.units, things)
        count = max(1, len(self.units))
        copied = np.array([i * count + j for i, j in self.copies], dtype=np.int64)
        keys = np.union1d(a * count + b, copied)
        return keys // count, keys % count

    def look_once(self, a: Places, b: Places) -> tuple[Floats, Floats, Floats]:
        """Return for each pair its log-odds by itself alone, whether both claims count the same
        (1 or 0), and the part of the log-odds that no ranks can change."""
        model = claim_weights()
        found, beside = np.full(len(a), model.bias), np.zeros(len(a))
        counts = np.zeros(len(a))
        for part, columns in self.table.columns(a, b, telling(model) | {NUMBER_FEATURES[0]}):
            here, there = a[part], b[part]
            apart = self._apart(here, there)
            counts_same = columns[COUNTS_SAME] * (apart == 0.0) * (columns["days_differ"] == 0.0)
            journeys = self._journey[here] & self._journey[there]
            has_place = self.table.roles.places.size > 0
            elsewhere = journeys & has_place[here] & has_place[there] & (columns["places"] == 0.0)
            elsewhere &= counts_same == 0.0
            counts[part] = counts_same
            beside[part] = -_ELSEWHERE * elsewhere - _OTHER_EVENT * apart
            found[part] += weigh(columns, model)
            if self._looked is None and len(here) == len(a):
                self._looked = _Looked(here * len(self.units) + there, columns)
        one_article = self._article[a] == self._article[b]
        found += one_article * np.where(counts > 0.0, _COUNT_BOND, -_SAME_ARTICLE) + beside
        return found, counts, beside

    def look_twice(self, a: Places, b: Places) -> PairOdds:
        """Return log-odds of the pairs, sorted, after ranks among each other are known.

        Pairs of one article have no rank and keep their first log-odds.
        """
        first, counts, beside = self.look_once(a, b)
        odds = first.copy()
        across = np.flatnonzero(self._article[a] != self._article[b])
        a_across, b_across = a[across], b[across]
        model = agreement_weights()
        column = np.array([model.weights.get(name, 0.0) for name in AGREEMENT_FEATURES])
        rows = find_agreement(self.units, a_across, b_across, first[across])
        learned = np.maximum(_LEAST_LEARNED, model.bias + rows @ column)
        likeness = self._likeness[self._article[a_across], self._article[b_across]]
        odds[across] = (
            learned
            + self.closeness_odds(a_across, b_across)
            + _COUNT_BOND * counts[across]
            + beside[across]
            - _UNLIKE_ARTICLES * np.maximum(0.0, 1.0 - likeness / _LIKE_ENOUGH)
        )
        return PairOdds(len(self.units), a, b, odds)

    def first_odds(self, pairs: Sequence[Pair]) -> dict[Pair, float]:
        """Return the log-odds of *pairs* by themselves alone."""
        return dict(zip(pairs, self.look_once(*as_places(pairs))[0].tolist(), strict=True))

    def closeness_odds(self, a: Places, b: Places) -> Floats:
        """Return what the meaning of the whole claims adds; 0 without a sentence model."""
        if self._closeness is None:
            return np.zeros(len(a))
        pairs = zip(a.tolist(), b.tolist(), strict=True)
        return np.array([self._closeness.odds(i, j) for i, j in pairs], dtype=np.float64)

    def explain(self, pairs: Sequence[Pair]) -> dict[Pair, tuple[Reason, ...]]:
        """Return the reasons of each of *pairs*, lower first."""
        a, b = as_places(pairs)
        model = claim_weights()
        names = sorted(telling(model) | EXPLAINING)
        weights = [model.weights.get(name, 0.0) for name in names]
        closeness = self.closeness_odds(a, b)
        found: dict[Pair, tuple[Reason, ...]] = {}
        known = self._looked and self._looked.find(a * len(self.units) + b)
        every = [(slice(len(a)), known)] if known else self.table.columns(a, b, names)
        for part, columns in every:
            rows = np.stack([columns[name] for name in names], axis=1).tolist()
            for (i, j), values, close in zip(
                pairs[part], rows, closeness[part].tolist(), strict=True
            ):
                brought = dict(zip(names, map(mul, weights, values), strict=True))
                found[i, j] = explain_pair(
                    self.units[i],
                    self.units[j],
                    self.weights,
                    dict(zip(names, values, strict=True)),
                    brought | ({CLOSENESS: close} if close else {}),
                )
        return found

    def _apart(self, a: Places, b: Places) -> Floats:
        """Return how surely one unit tells an earlier event and the other the news."""
        ours, theirs = self._earlier[a], self._earlier[b]
        return np.where(np.minimum(ours, theirs) == 0.0, np.maximum(ours, theirs), 0.0)


def as_places(pairs: Sequence[Pair]) -> tuple[Places, Places]:
    """Return the first and the second units of *pairs*."""
    both = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
    return both[:, 0], both[:, 1]


def probability(odds: float) -> float:
    """Return log-odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def _article_likeness(
    articles: Sequence[ArticleDraft], stems: Mapping[str, Sequence[str]]
) -> Floats:
    """Return how likely each two articles of a story are one event, 0 to 1, 1 with itself;
    *stems* are those of their claims by id."""
    sketches = [sketch_article(article, stems=stems, spelled=False) for article in articles]
    weights = SketchWeights(sketches)
    found = np.eye(len(articles))
    for i, sketch in enumerate(sketches):
        for j in range(i):
            found[i, j] = found[j, i] = probability(match_sketches(sketches[j], sketch, weights))
    return found
