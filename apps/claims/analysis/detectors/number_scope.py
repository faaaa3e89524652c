"""Numbers that differ because they count different things: part and whole, other population."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.number_comparison import (
    NumberRelation,
    claim_ids,
    compare_numbers,
    number_marks,
    number_words,
)
from apps.claims.analysis.slots import NumberUse
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import (
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)

SLUG = "number_scope"


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    seen: set[tuple[str, str]] = set()
    for pair in compare_numbers(index):
        if pair.relation is not NumberRelation.SCOPE:
            continue
        a, b = pair.a, pair.b
        values = (a.quantity.text.lower(), b.quantity.text.lower())
        if values in seen:
            continue
        seen.add(values)
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.COMPATIBLE,
            severity=Severity.LOW if a.claim.article == b.claim.article else Severity.MEDIUM,
            claims=claim_ids([a, b]),
            explanation=(
                f"{index.outlet(a.claim.article)} prints {number_words(index, a)} and "
                f"{_again(index, a, b)} {number_words(index, b)}: they count different groups."
            ),
            rule=f"Not the same thing counted: {pair.match.scope}.",
            highlights=number_marks([a, b]),
            confidence=0.6,
            changes_if="if both numbers turned out to count the same group, they would conflict",
            compared=(a.claim.text, b.claim.text),
        )


def _again(index: StoryIndex, a: NumberUse, b: NumberUse) -> str:
    return (
        "also" if a.claim.article == b.claim.article else f"{index.outlet(b.claim.article)} prints"
    )


DETECTOR = Detector(
    SLUG,
    "Numbers of different scope",
    "A part against a whole, another population, or another period: both numbers can be true.",
    find_in_story=find_in_story,
)
