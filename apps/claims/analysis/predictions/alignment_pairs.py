"""Scores of sentence pairs, look-alike events among them, in the evaluator's format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language

from apps.claims.analysis.counterpart_ranks import Array
from apps.claims.analysis.pair_scores import probability
from apps.claims.analysis.predictions.alignment_sentences import read_topics
from apps.claims.analysis.predictions.alignment_stories import Topic, build_topic


def predict(
    nlp: Language, docs: Iterable[dict[str, Any]], extra: Iterable[dict[str, Any]] = ()
) -> Iterator[dict[str, Any]]:
    """Yield each pair of *extra* with its score, a probability; pairs stay in their order."""
    built: dict[Any, tuple[Topic, Array]] = {}
    for name, articles in read_topics(nlp, docs).items():
        topic = build_topic(articles)
        built[name] = (topic, topic.score_sentences())
    for pair in extra:
        yield {"a": pair["a"], "b": pair["b"], "score": _score(built.get(pair["topic"]), pair)}


def _score(found: tuple[Topic, Array] | None, pair: dict[str, Any]) -> float:
    if found is None:
        return 0.0
    topic, odds = found
    i, j = topic.find(*pair["a"]), topic.find(*pair["b"])
    if i is None or j is None or topic.units[i].article == topic.units[j].article:
        return 0.0
    return round(probability(topic.story_odds(odds, i, j)), 6)
