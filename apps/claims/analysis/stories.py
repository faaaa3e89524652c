"""Which articles are about one event.

Two articles are compared by their sketches: rare words, names, places, the words of
their first sentences, and how far apart they were published. What all articles at hand
share counts less, so that two fires do not become one story because both burned.
Stories are then put together by average link: an article joins when it fits the
members on the whole, not when it happens to resemble one of them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from apps.claims.analysis.grouping import average_link
from apps.claims.analysis.learned import article_weights
from apps.claims.analysis.rarity import rarity
from apps.claims.analysis.sketches import ArticleSketch, sketch_article
from apps.claims.analysis.types import ArticleDraft, Reason

__all__ = [
    "JOIN_AT",
    "ArticleSketch",
    "compare_sketches",
    "gather_sketches",
    "gather_stories",
    "match_sketches",
    "sketch_article",
    "story_match",
]

# story_match is a calibrated probability; at one half joining is as often right as wrong,
# and an article that joins wrongly is harder to notice than one that stands alone.
JOIN_AT = 0.5

# Added to the number of articles when rarity among them is judged: five articles that all
# name the same minister are one story, not a proof that the name says nothing.
_IMAGINED_ARTICLES = 20
# An article is compared with this many others that share its rarest names and words.
_CANDIDATES = 40
# A term in more sketches than this finds no candidates.
_MOST_POSTINGS = 400
# Log-odds for the days between two publications. The learned weights know nothing of
# time (the articles they come from carry no dates), so this is set by reasoning: a story
# is told within days; of two events alike, one is mostly months or years away.
_CLOSE_DAYS = 2
_CLOSE_ODDS = 2.0
_NEUTRAL_DAYS = 6
_UNDATED_ODDS = -0.5
_ODDS_PER_DOUBLING = 0.5
_TOP_NAMES = 8
_SHOWN = 5

ARTICLE_FEATURES = (
    "words",
    "rare_words",
    "names",
    "rare_names",
    "top_names",
    "shared_names",
    "shared_full_names",
    "lead",
    "place",
    "places_differ",
)


class SketchWeights:
    """How rare a stem is among the sketches at hand, 0 to 1, and what follows for each."""

    def __init__(self, sketches: Sequence[ArticleSketch]) -> None:
        self._count = len(sketches) + _IMAGINED_ARTICLES
        self._df: Counter[str] = Counter()
        for sketch in sketches:
            self._df.update(
                {term for term, _ in sketch.terms}
                | {name for name, _ in sketch.names}
                | set(sketch.full)
                | set(sketch.lead)
            )
        self._known: dict[str, float] = {}
        self._weighed: dict[str, _Weighed] = {}

    def __call__(self, term: str) -> float:
        value = self._known.get(term)
        if value is None:
            value = math.log(1.0 + self._count / max(1, self._df[term])) / math.log(
                1.0 + self._count
            )
            self._known[term] = value
        return value

    def weigh(self, sketch: ArticleSketch) -> _Weighed:
        """Return the weighted stems of *sketch*, computed once."""
        if sketch.id not in self._weighed:
            self._weighed[sketch.id] = _Weighed(sketch, self)
        return self._weighed[sketch.id]


class _Weighed:
    """A sketch as vectors of length 1, and its lead with the weight of each stem."""

    __slots__ = (
        "full",
        "lead",
        "lead_total",
        "names",
        "places",
        "rare_names",
        "rare_terms",
        "terms",
        "top",
    )

    def __init__(self, sketch: ArticleSketch, weights: SketchWeights) -> None:
        self.terms = _unit_length(dict(sketch.terms))
        self.rare_terms = _unit_length({term: v * weights(term) for term, v in sketch.terms})
        self.names = _unit_length(dict(sketch.names))
        self.rare_names = _unit_length({name: v * weights(name) for name, v in sketch.names})
        self.top = frozenset(name for name, _ in sketch.names[:_TOP_NAMES])
        self.full = frozenset(sketch.full)
        self.places = frozenset(sketch.places)
        self.lead = {term: rarity(term) * weights(term) for term in sketch.lead}
        self.lead_total = math.fsum(self.lead.values())


def compare_sketches(a: ArticleSketch, b: ArticleSketch, weights: SketchWeights) -> list[float]:
    """Return the numbers of ``ARTICLE_FEATURES`` for two articles, each 0 to 1."""
    x, y = weights.weigh(a), weights.weigh(b)
    names = sorted(x.names.keys() & y.names.keys())
    lead = math.fsum([x.lead[term] for term in x.lead.keys() & y.lead.keys()])
    return [
        _dot(x.terms, y.terms),
        _dot(x.rare_terms, y.rare_terms),
        _dot(x.names, y.names),
        _dot(x.rare_names, y.rare_names),
        min(len(x.top & y.top), 4) / 4.0,
        min(1.0, sum([weights(name) * rarity(name) for name in names]) / 6.0),
        min(1.0, sum([weights(name) for name in sorted(x.full & y.full)]) / 3.0),
        lead / max(1e-9, min(x.lead_total, y.lead_total)),
        float(not x.places.isdisjoint(y.places)),
        float(bool(x.places) and bool(y.places) and x.places.isdisjoint(y.places)),
    ]


def match_sketches(a: ArticleSketch, b: ArticleSketch, weights: SketchWeights) -> float:
    """Return the log-odds that two articles are about one event."""
    learned = article_weights()
    odds = learned.bias + sum(
        learned.weights[name] * value
        for name, value in zip(ARTICLE_FEATURES, compare_sketches(a, b, weights), strict=True)
    )
    return odds + days_odds(a.published, b.published)


def gather_stories(articles: Sequence[ArticleDraft]) -> list[tuple[str, ...]]:
    """Return the article ids of each story; every article is in exactly one.

    Stories and the articles in them are in order of publication, undated ones after
    dated ones in the order given. The same articles in another order give the same sets.
    """
    return gather_sketches([sketch_article(article) for article in articles])


def gather_sketches(sketches: Sequence[ArticleSketch]) -> list[tuple[str, ...]]:
    """Return the article ids of each story, as ``gather_stories`` does."""
    weights = SketchWeights(sketches)
    by_place = sorted(range(len(sketches)), key=lambda i: sketches[i].id)
    ordered = [sketches[i] for i in by_place]
    odds = {
        (i, j): match_sketches(ordered[i], ordered[j], weights)
        for i, j in _candidate_pairs(ordered, weights)
    }
    groups = average_link(len(ordered), odds, at_least=math.log(JOIN_AT / (1.0 - JOIN_AT)))
    rank = {
        sketch.id: (sketch.published == "", sketch.published[:10], place)
        for place, sketch in enumerate(sketches)
    }
    stories = [
        tuple(sorted((ordered[i].id for i in group), key=lambda article_id: rank[article_id]))
        for group in groups
    ]
    return sorted(stories, key=lambda story: rank[story[0]])


def story_match(
    article: ArticleDraft | ArticleSketch, members: Sequence[ArticleDraft | ArticleSketch]
) -> tuple[float, tuple[Reason, ...]]:
    """Return how likely *article* belongs to the story of *members*, 0 to 1, and why.

    An article joins at ``JOIN_AT``. A story without members matches nothing.
    """
    if not members:
        return 0.0, ()
    new = _as_sketch(article)
    sketches = [_as_sketch(member) for member in members]
    weights = SketchWeights([new, *sketches])
    odds = [match_sketches(new, sketch, weights) for sketch in sketches]
    score = 1.0 / (1.0 + math.exp(-sum(odds) / len(odds)))
    return score, _story_reasons(new, sketches, weights)


def _as_sketch(article: ArticleDraft | ArticleSketch) -> ArticleSketch:
    return article if isinstance(article, ArticleSketch) else sketch_article(article)


def _story_reasons(
    new: ArticleSketch, members: Sequence[ArticleSketch], weights: SketchWeights
) -> tuple[Reason, ...]:
    """Return what *new* shares with at least half of *members*, the rarest first."""
    needed = (len(members) + 1) // 2
    names = _shared(dict(new.names), [dict(m.names) for m in members], needed, weights)
    words = _shared(
        {term: weight for term, weight in new.terms if term not in dict(new.names)},
        [dict(m.terms) for m in members],
        needed,
        weights,
    )
    spelled = dict(new.spellings)
    reasons: list[Reason] = []
    if names:
        shown = ", ".join(spelled.get(name, name.capitalize()) for name in names[:_SHOWN])
        reasons.append(Reason("names", f"both name {shown}", 0.5))
    if words:
        shown = ", ".join(spelled.get(word, word) for word in words[:_SHOWN])
        reasons.append(Reason("words", f"share the words {shown}", 0.3))
    gaps = [gap for m in members if (gap := _days_apart(new.published, m.published)) is not None]
    if gaps and min(gaps) < _NEUTRAL_DAYS:
        days = max(1, min(gaps))
        within = "a day" if days == 1 else f"{days} days"
        reasons.append(Reason("time", f"published within {within} of another article", 0.2))
    return tuple(reasons) or (Reason("words", "shares little with the story", 0.0),)


def _shared(
    mine: Mapping[str, float],
    theirs: Sequence[Mapping[str, float]],
    needed: int,
    weights: SketchWeights,
) -> list[str]:
    shared = [term for term in mine if sum(term in other for other in theirs) >= needed]
    return sorted(shared, key=lambda term: (-mine[term] * rarity(term), -weights(term), term))


def _candidate_pairs(
    sketches: Sequence[ArticleSketch], weights: SketchWeights
) -> list[tuple[int, int]]:
    """Return pairs worth comparing: those that share rare names or words."""
    postings: dict[str, list[int]] = defaultdict(list)
    for index, sketch in enumerate(sketches):
        for term in sketch.key_terms():
            postings[term].append(index)
    pairs: set[tuple[int, int]] = set()
    for index, sketch in enumerate(sketches):
        scores: Counter[int] = Counter()
        for term in sketch.key_terms():
            found = postings[term]
            if len(found) <= _MOST_POSTINGS:
                worth = weights(term) * rarity(term)
                for other in found:
                    if other != index:
                        scores[other] += worth  # type: ignore[assignment]  # a Counter may hold floats
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]
        pairs.update((min(index, other), max(index, other)) for other, _ in best)
    return sorted(pairs)


def _unit_length(vector: dict[str, float]) -> dict[str, float]:
    norm = math.sqrt(math.fsum([v * v for v in vector.values()]))
    return {term: value / norm for term, value in vector.items()} if norm else {}


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    # fsum is exact, so the order of the set does not show in the last digit.
    return math.fsum([a[term] * b[term] for term in a.keys() & b.keys()])


def _days_apart(a: str, b: str) -> int | None:
    if not a or not b:
        return None
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)


def days_odds(a: str, b: str) -> float:
    """Return log-odds for two dates of publication: 2 for two days apart or less, 0 for
    six days, about -3 for a year, a little less than nothing for an unknown date."""
    gap = _days_apart(a, b)
    if gap is None:
        return _UNDATED_ODDS
    if gap <= _NEUTRAL_DAYS:
        return _CLOSE_ODDS * min(1.0, (_NEUTRAL_DAYS - gap) / (_NEUTRAL_DAYS - _CLOSE_DAYS))
    return -_ODDS_PER_DOUBLING * math.log2(gap / _NEUTRAL_DAYS)
