"""Attributions of whole articles, in the evaluator's format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from spacy.language import Language

from apps.articles.text.language import parse_text
from apps.articles.text.spans import Span
from apps.claims.analysis.attribution import find_attributions


def predict(nlp: Language, records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one prediction a record. Every line of the text is read: annotators did, too."""
    for record in records:
        text = record["text"]
        starts = [match.start() for match in re.finditer(r"[^\n]+", text)]
        doc = parse_text(nlp, text, starts)
        yield {
            "id": record["id"],
            "attributions": [
                {
                    "source": _pairs(attribution.source_spans),
                    "cue": _pairs(attribution.cue_spans),
                    "content": _pairs(attribution.content_spans),
                }
                for attribution in find_attributions(doc, (), ())
                # Speech that floats free is no attribution of its own in the annotators' scheme.
                if attribution.cue_spans
            ],
        }


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
