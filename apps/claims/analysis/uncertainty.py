"""Words that weaken a statement: hedges, open questions, allegations."""

from __future__ import annotations

from collections.abc import Sequence

from apps.articles.text.spans import Span
from apps.claims.analysis.word_lists import word_groups
from apps.claims.analysis.wording import Token, find_phrase

WEAKENING = ("epistemic", "hearsay", "open question", "allegation")


def find_weakening(tokens: Sequence[Token], groups: Sequence[str] = WEAKENING) -> Span | None:
    """Return the span of the first word or phrase of *groups* among *tokens*."""
    lexicon = word_groups("uncertainty")
    keys = [token.key for token in tokens]
    found: list[tuple[int, int]] = []
    for group in groups:
        place = find_phrase(keys, lexicon[group])
        if place is not None:
            found.append(place)
    if not found:
        return None
    start, end = min(found)
    return Span(tokens[start].start, tokens[end - 1].end)
