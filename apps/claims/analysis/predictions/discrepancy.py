"""Whether two sentences state different facts, in the evaluator's format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from apps.claims.analysis.pair_weights import chance, load_models, log_odds
from apps.claims.analysis.sentence_pairs import compare_sentences

WEIGHTS = "discrepancy_weights"


def predict(nlp: Any, records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one answer a record. *nlp* is not needed: words and numbers are enough."""
    model = load_models(WEIGHTS)["pair"]
    for record in records:
        comparison = compare_sentences(record["a"], record["b"])
        score = chance(log_odds(model, comparison.features))
        answer: dict[str, Any] = {
            "id": record["id"],
            "label": "differs" if score > 0.5 else "same",
            "score": round(score, 6),
        }
        if score > 0.5:
            answer["kind"] = comparison.kind
        yield answer
