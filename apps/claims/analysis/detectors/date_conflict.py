"""The same happening on two different days."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from apps.claims.analysis.calendar_ranges import Days, days_of, show_days
from apps.claims.analysis.frames import find_frames
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import (
    ClaimDraft,
    ClusterDraft,
    DateDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)

SLUG = "date_conflict"
_SHARED = 2


def find(cluster: ClusterDraft, story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    seen: set[tuple[str, str]] = set()
    ordered = sorted(
        cluster.claims, key=lambda claim: (index.rank[claim.article], len(claim.span), claim.id)
    )
    for a, b in combinations(ordered, 2):
        if index.same_outlet(a.article, b.article):
            continue
        clash = _clash(index, a, b)
        if clash is None:
            continue
        ours, theirs = clash
        key = (ours.iso, theirs.iso)
        if key not in seen:
            seen.add(key)
            yield _describe(index, a, ours, b, theirs)


def _clash(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> tuple[DateDraft, DateDraft] | None:
    """Return the two dates when each claim has one and the happenings are the same."""
    ours = [(date, days) for date in a.dates if (days := days_of(date)) is not None]
    theirs = [(date, days) for date in b.dates if (days := days_of(date)) is not None]
    if len(ours) != 1 or len(theirs) != 1 or not _one_happening(index, a, b):
        return None
    (first, x), (second, y) = ours[0], theirs[0]
    if (
        _meet(x, y)
        or any(_meet(x, other) for other in _readings(second))
        or any(_meet(y, other) for other in _readings(first))
    ):
        return None
    return first, second


def _meet(x: Days, y: Days) -> bool:
    return x.first <= y.last and y.first <= x.last


def _readings(date: DateDraft) -> list[Days]:
    return [
        days for reading in date.readings
        if (days := days_of(DateDraft(date.span, date.text, reading))) is not None
    ]  # fmt: skip


def _one_happening(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> bool:
    """Whether two claims of a row tell of one event: one predicate, or one frame and shared words."""
    ours, theirs = _roots(index, a), _roots(index, b)
    frames = find_frames(ours) & find_frames(theirs)
    shared = len(ours & theirs)
    if a.predicate and a.predicate == b.predicate:
        return shared >= _SHARED
    return bool(frames) and shared + len(frames) >= _SHARED + 1


def _roots(index: StoryIndex, claim: ClaimDraft) -> set[str]:
    days = [date.span for date in claim.dates]
    return {
        root(token.key) for token in index.tokens(claim)
        if token.content and not any(span.overlaps(token.span) for span in days)
    }  # fmt: skip


def _describe(
    index: StoryIndex, a: ClaimDraft, ours: DateDraft, b: ClaimDraft, theirs: DateDraft
) -> FindingDraft:
    anchors = [date.anchor for date in (ours, theirs) if date.anchor]
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.HIGH,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(a.article)} dates it {quote_span(index, a.article, ours.span, around=4)}, "
            f"{index.outlet(b.article)} {quote_span(index, b.article, theirs.span, around=4)}."
        ),
        rule=(
            f"Resolved dates have no day in common: {show_days(ours)} and {show_days(theirs)}"
            + (f", counted from {' and '.join(sorted(set(anchors)))}." if anchors else ".")
        ),
        highlights=(mark(a.article, ours.span), mark(b.article, theirs.span)),
        confidence=0.6 if anchors else 0.75,
        changes_if="two separate happenings, or an article dated another day than assumed",
        compared=(a.text, b.text),
    )


DETECTOR = Detector(
    SLUG,
    "Dates conflict",
    "The same happening is dated differently, and the dates have no day in common.",
    find,
)
