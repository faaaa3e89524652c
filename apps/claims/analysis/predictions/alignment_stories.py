"""One topic of look-alike events, ready to be asked: units, stories, likeness of articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from apps.claims.analysis.align import build_units
from apps.claims.analysis.counterpart_ranks import Array, Ranks, rank_all, score_all
from apps.claims.analysis.learned import get_model
from apps.claims.analysis.sketches import ArticleSketch, sketch_article
from apps.claims.analysis.stories import SketchWeights, gather_sketches, match_sketches
from apps.claims.analysis.types import ArticleDraft
from apps.claims.analysis.units import Unit

# Of the log-odds of two stories being one, what lies beyond this says nothing more.
_WIDEST = 4.0
STORY_FEATURES = ("odds", "same_story", "stories")


@dataclass(frozen=True, slots=True)
class Topic:
    """The sentences of a topic's articles; *number* finds the unit of (article, start)."""

    articles: Sequence[ArticleDraft]
    units: list[Unit]
    by_article: dict[str, list[int]]
    story: list[int]
    story_likeness: dict[tuple[int, int], float]

    def find(self, article: str, start: int, end: int) -> int | None:
        """Return the unit that shares most with the span, None when none does."""
        best: tuple[int, int] | None = None
        for index in self.by_article.get(article, ()):
            span = self.units[index].claim.span
            shared = min(span.end, end) - max(span.start, start)
            if shared > 0 and (best is None or shared > best[0]):
                best = (shared, index)
        return best[1] if best else None

    def story_values(self, i: int, j: int, odds: float) -> list[float]:
        """Return ``STORY_FEATURES`` of two units of different articles."""
        a, b = self.units[i].article, self.units[j].article
        return [
            odds,
            float(self.story[a] == self.story[b]),
            self.story_likeness[self.story[a], self.story[b]],
        ]

    def story_odds(self, odds: Array, i: int, j: int) -> float:
        """Return the log-odds that two sentences tell one event, look-alikes considered."""
        model = get_model("sentence_stories")
        values = self.story_values(i, j, float(odds[i, j]))
        return model.bias + sum(
            model.weights[name] * value for name, value in zip(STORY_FEATURES, values, strict=True)
        )

    def score_sentences(self) -> Array:
        """Return the log-odds of all pairs that two sentences tell one event."""
        return score_all(self.units, get_model("sentences"))

    def rank_counterparts(self) -> Ranks:
        """Return the ranks that counterparts are chosen by."""
        odds = score_all(self.units, get_model("counterparts"))
        return rank_all(self.units, odds, self.story)


def build_topic(articles: Sequence[ArticleDraft]) -> Topic:
    """Return the topic of *articles*: they report several events of one kind."""
    units = build_units(articles)
    by_article: dict[str, list[int]] = {article.id: [] for article in articles}
    for index, unit in enumerate(units):
        by_article[unit.claim.article].append(index)
    sketches = [sketch_article(article) for article in articles]
    weights = SketchWeights(sketches)
    story_by_id = {
        article_id: number
        for number, members in enumerate(gather_sketches(sketches))
        for article_id in members
    }
    story = [story_by_id[article.id] for article in articles]
    return Topic(
        articles=articles,
        units=units,
        by_article=by_article,
        story=story,
        story_likeness=_story_likeness(sketches, story, weights),
    )


def _story_likeness(
    sketches: Sequence[ArticleSketch], story: Sequence[int], weights: SketchWeights
) -> dict[tuple[int, int], float]:
    """Return the average log-odds between the articles of two stories, from -4 to 0.

    0 within a story and for two that might as well be one: a story that fell apart while
    gathering is still nearer to its other part than to an event that looks alike.
    """
    found: dict[tuple[int, int], list[float]] = defaultdict(list)
    for j, b in enumerate(sketches):
        for i in range(j):
            odds = match_sketches(sketches[i], b, weights)
            found[story[i], story[j]].append(odds)
            if story[i] != story[j]:
                found[story[j], story[i]].append(odds)
    likeness = {
        pair: max(-_WIDEST, min(0.0, sum(values) / len(values))) for pair, values in found.items()
    }
    likeness.update({(number, number): 0.0 for number in story})
    return likeness
