"""The counterpart of a sentence in another document, in the evaluator's format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language

from apps.claims.analysis.counterpart_ranks import COUNTERPART_FEATURES, Ranks
from apps.claims.analysis.learned import get_model
from apps.claims.analysis.predictions.alignment_sentences import read_topics
from apps.claims.analysis.predictions.alignment_stories import Topic, build_topic


def predict(
    nlp: Language, docs: Iterable[dict[str, Any]], extra: Iterable[dict[str, Any]] = ()
) -> Iterator[dict[str, Any]]:
    """Yield each query of *extra* with the span of its best answer, None without sentences."""
    built: dict[str, tuple[Topic, Ranks]] = {}
    for articles in read_topics(nlp, docs).values():
        topic = build_topic(articles)
        ranked = (topic, topic.rank_counterparts())
        built.update((article.id, ranked) for article in articles)
    for query in extra:
        best = None
        if query["q"][0] in built:
            topic, ranks = built[query["q"][0]]
            best = find_counterpart(topic, ranks, query["q"], query["doc"])
        yield {"q": query["q"], "doc": query["doc"], "best": best}


def find_counterpart(topic: Topic, ranks: Ranks, query: list[Any], other: str) -> list[int] | None:
    """Return the span of the sentence of *other* that tells what the query tells."""
    asked = topic.find(*query)
    candidates = topic.by_article.get(other, [])
    if asked is None or not candidates:
        return None
    model = get_model("counterpart_ranks")
    weights = [model.weights[name] for name in COUNTERPART_FEATURES]

    def odds(candidate: int) -> float:
        values = ranks.features(asked, candidate)
        return sum(weight * value for weight, value in zip(weights, values, strict=True))

    span = topic.units[max(candidates, key=lambda c: (odds(c), -c))].claim.span
    return [span.start, span.end]
