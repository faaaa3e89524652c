"""Whether two sentences state different facts, in the evaluator's format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import exp
from typing import Any

from apps.claims.analysis.pair_weights import load_model
from apps.claims.analysis.sentence_pairs import compare_sentences

_MODEL = "discrepancy_weights"


def predict(nlp: Any, records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one answer a record. *nlp* is not needed: words and numbers are enough."""
    model = load_model(_MODEL)
    for record in records:
        comparison = compare_sentences(record["a"], record["b"])
        odds = model.bias + sum(
            weight * comparison.features.get(name, 0.0) for name, weight in model.weights.items()
        )
        score = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))
        answer: dict[str, Any] = {
            "id": record["id"],
            "label": "differs" if score > 0.5 else "same",
            "score": round(score, 6),
        }
        if score > 0.5:
            answer["kind"] = comparison.kind
        yield answer
