"""Which words of a statement its article does not back up, in the evaluator's format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import tee
from typing import Any

from spacy.language import Language

from apps.articles.text.language import parse_texts
from apps.claims.analysis.pair_weights import chance, load_models, log_odds
from apps.claims.analysis.support import StatementWord, read_support, summarise

WEIGHTS = "unsupported_weights"
# A statement is called unsupported above the first, a word of it above the second; how
# doubtful the statement is counts for its words with the third. Chosen by cross-validation.
STATEMENT_AT = 0.45
WORD_AT = 0.35
SHARE_OF_WHOLE = 0.5


def predict(nlp: Language, records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one answer a record: spans of the statement, none when it is backed."""
    models = load_models(WEIGHTS)
    to_parse, to_answer = tee(records)
    docs = parse_texts(nlp, ((record["statement"], ()) for record in to_parse))
    for doc, record in zip(docs, to_answer, strict=True):
        support = read_support(record["article"], doc)
        odds = [log_odds(models["word"], word.features) for word in support.words]
        whole = log_odds(models["statement"], summarise(support, [chance(value) for value in odds]))
        spans: list[list[int]] = []
        if chance(whole) > STATEMENT_AT:
            spans = join_words(
                support.words, [chance(value + SHARE_OF_WHOLE * whole) for value in odds]
            )
        yield {"id": record["id"], "spans": spans, "score": round(chance(whole), 6)}


def join_words(words: Sequence[StatementWord], scores: Sequence[float]) -> list[list[int]]:
    """Return the stretches of doubtful words; a single word between two is taken along.

    At least the most doubtful word is returned, nothing for a statement without words.
    """
    if not words:
        return []
    bar = min(WORD_AT, max(scores))
    doubtful = [score >= bar for score in scores]
    for at in range(1, len(doubtful) - 1):
        doubtful[at] = doubtful[at] or (doubtful[at - 1] and doubtful[at + 1])
    spans: list[list[int]] = []
    for at, word in enumerate(words):
        if not doubtful[at]:
            continue
        if at and doubtful[at - 1]:
            spans[-1][1] = word.end
        else:
            spans.append([word.start, word.end])
    return spans
