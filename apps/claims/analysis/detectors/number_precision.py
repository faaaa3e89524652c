"""The same count, printed more and less exactly: worth seeing, not a disagreement."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.intervals import reading
from apps.claims.analysis.number_comparison import (
    NumberPair,
    NumberRelation,
    claim_ids,
    compare_numbers,
    number_marks,
    number_words,
)
from apps.claims.analysis.slots import NumberUse
from apps.claims.analysis.story_index import index_of
from apps.claims.analysis.types import (
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)

SLUG = "number_precision"
_MOST_READINGS = 6


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    groups: list[dict[tuple[str, int], NumberUse]] = []
    same: list[NumberPair] = []
    for pair in compare_numbers(index):
        if pair.relation is NumberRelation.SAME:
            same.append(pair)
        if pair.relation is not NumberRelation.PRECISION:
            continue
        places = {(use.claim.article, use.span.start): use for use in (pair.a, pair.b)}
        touching = [group for group in groups if group.keys() & places.keys()]
        for group in touching:
            places = group | places
            groups.remove(group)
        groups.append(places)
    for pair in same:
        for group in groups:
            places = {(use.claim.article, use.span.start): use for use in (pair.a, pair.b)}
            if group.keys() & places.keys():
                group |= places
    for group in groups:
        by_value: dict[tuple[str, str], NumberUse] = {}
        for use in sorted(group.values(), key=_exactness):
            by_value.setdefault((str(reading(use.quantity)), use.claim.article), use)
        uses = list(by_value.values())
        # The exact figure and the vaguest one are worth more than copies of either.
        uses = [
            *uses[: _MOST_READINGS // 2],
            *uses[_MOST_READINGS // 2 :][-(_MOST_READINGS // 2) :],
        ]
        if len({reading(use.quantity) for use in uses}) < 2:
            continue
        exact, vague = uses[0], uses[-1]
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.COMPATIBLE,
            severity=Severity.LOW,
            claims=claim_ids(uses),
            explanation="; ".join(
                f"{index.outlet(use.claim.article)} prints {number_words(index, use)}"
                for use in uses
            )
            + ". All can be true at once.",
            rule=f"Intervals overlap: {reading(exact.quantity)} lies within {reading(vague.quantity)}.",
            highlights=number_marks(uses),
            confidence=0.8,
            changes_if="a source that gives the exact figure",
            compared=tuple(use.claim.text for use in uses),
        )


def _exactness(use: NumberUse) -> tuple[bool, float, str]:
    width = reading(use.quantity).width
    return width is None, float(width or 0), use.claim.id


DETECTOR = Detector(
    SLUG,
    "Less exact number",
    "The numbers can all be true at once; one of them says less.",
    find_in_story=find_in_story,
)
