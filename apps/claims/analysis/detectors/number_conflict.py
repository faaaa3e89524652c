"""Two outlets count the same thing and cannot both be right about how many."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.intervals import Interval, reading
from apps.claims.analysis.number_comparison import (
    NumberPair,
    NumberRelation,
    claim_ids,
    compare_numbers,
    explain_gap,
    number_marks,
    number_words,
    one_per_article,
)
from apps.claims.analysis.phrasing import outlets
from apps.claims.analysis.slots import NumberUse
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import (
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)

SLUG = "number_conflict"


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    clashes: dict[tuple[Interval, Interval, frozenset[str]], list[NumberPair]] = {}
    for pair in compare_numbers(index):
        if pair.relation is not NumberRelation.CONFLICT:
            continue
        first, second = reading(pair.a.quantity), reading(pair.b.quantity)
        event = pair.a.event | pair.b.event
        turned = (second, first, event)
        clashes.setdefault(turned if turned in clashes else (first, second, event), []).append(pair)
    for (low_side, _, _), pairs in clashes.items():
        ours: dict[tuple[str, int], NumberUse] = {}
        theirs: dict[tuple[str, int], NumberUse] = {}
        for pair in pairs:
            for use in (pair.a, pair.b):
                side = ours if reading(use.quantity) == low_side else theirs
                side.setdefault((use.claim.article, use.span.start), use)
        yield describe(
            index,
            one_per_article(list(ours.values())),
            one_per_article(list(theirs.values())),
            pairs[0],
        )


def describe(
    index: StoryIndex, ours: list[NumberUse], theirs: list[NumberUse], pair: NumberPair
) -> FindingDraft:
    a, b = ours[0], theirs[0]
    weakest = pair.match.weakest
    confidence = min(0.95, 0.45 + 0.1 * pair.match.score) - (0.15 if weakest else 0.0)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.MEDIUM if weakest else Severity.HIGH,
        claims=claim_ids([*ours, *theirs]),
        explanation=(
            f"{outlets(index, [use.claim.article for use in ours])} print {number_words(index, a)}; "
            f"{outlets(index, [use.claim.article for use in theirs])} print {number_words(index, b)}."
        ),
        rule=f"Same thing counted, no value in common: {explain_gap(a.quantity, b.quantity)}.",
        highlights=number_marks([*ours, *theirs]),
        confidence=round(confidence, 2),
        changes_if=(
            f"{weakest}; another scope, day or event for one of the numbers would make them compatible"
            if weakest
            else "another scope, day or event for one of the numbers would make them compatible"
        ),
        compared=(a.claim.text, b.claim.text),
    )


DETECTOR = Detector(
    SLUG,
    "Numbers conflict",
    "Outlets count the same thing for the same event and the values have nothing in common.",
    find_in_story=find_in_story,
)
