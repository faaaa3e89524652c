"""A later report replaces an earlier figure: an update, not a disagreement."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.number_comparison import (
    NumberPair,
    NumberRelation,
    claim_ids,
    compare_numbers,
    number_marks,
    number_words,
)
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import (
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)

SLUG = "superseded"


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    seen: set[tuple[str, str]] = set()
    for pair in compare_numbers(index):
        if pair.relation is not NumberRelation.SUPERSEDED:
            continue
        values = (pair.a.quantity.text.lower(), pair.b.quantity.text.lower())
        if values not in seen:
            seen.add(values)
            yield describe(index, pair)


def describe(index: StoryIndex, pair: NumberPair) -> FindingDraft:
    a, b = pair.a, pair.b
    same = index.same_outlet(a.claim.article, b.claim.article)
    hours = index.hours_between(a.claim.article, b.claim.article)
    later = f"{abs(hours):.0f} hours later" if hours is not None else "later"
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE,
        severity=Severity.LOW,
        claims=claim_ids([a, b]),
        explanation=(
            f"{index.outlet(a.claim.article)} first printed {number_words(index, a)}; "
            f"{later}, {'it' if same else index.outlet(b.claim.article)} printed {number_words(index, b)}."
        ),
        rule=(
            "A later report of the same outlet replaces its earlier one."
            if same
            else f"A running count that grew between two reports, published {later}."
        ),
        highlights=number_marks([a, b]),
        confidence=0.85 if same else 0.6,
        changes_if="if both figures were given for the same moment, they would conflict",
        compared=(a.claim.text, b.claim.text),
    )


DETECTOR = Detector(
    SLUG,
    "Replaced by a later report",
    "A later report of the same outlet, or a later count, replaces the earlier figure.",
    find_in_story=find_in_story,
)
