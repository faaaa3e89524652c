"""The same statement, pinned on somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.rewording import attribution_in, share_of_shorter
from apps.claims.analysis.sources import is_source, plain_source
from apps.claims.analysis.story_index import CopyPair, StoryIndex, index_of
from apps.claims.analysis.types import (
    Attribution,
    AttributionKind,
    ClaimDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import level

SLUG = "attribution_differs"
_COPIED = 0.6


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    for pair in index.copies:
        if index.same_outlet(pair.a.article, pair.b.article) or share_of_shorter(pair) < _COPIED:
            continue
        yield from _from_copy(index, pair)


def _from_copy(index: StoryIndex, pair: CopyPair) -> Iterator[FindingDraft]:
    a, b = attribution_in(index, pair.a), attribution_in(index, pair.b)
    if a is None or b is None or not a.attribution.source_spans or not b.attribution.source_spans:
        return
    if AttributionKind.DIRECT in (a.attribution.kind, b.attribution.kind):
        return  # Quotations have rules of their own.
    if not is_source(a.attribution.source) or not is_source(b.attribution.source):
        return
    ours, theirs = _names(a.attribution), _names(b.attribution)
    if not ours or not theirs or ours & theirs or _one_source(index, a, b):
        return
    x, y = a.attribution.source_spans[0], b.attribution.source_spans[0]
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE,
        severity=Severity.LOW,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(a.article)} names {quote_span(index, a.article, x)} as the source, "
            f"{index.outlet(b.article)} {quote_span(index, b.article, y)}."
        ),
        rule=(
            f"The same statement with another source: “{plain_source(a.attribution.source)}” "
            f"and “{plain_source(b.attribution.source)}”."
        ),
        highlights=(mark(a.article, x), mark(b.article, y)),
        confidence=0.65,
        changes_if="if both names stand for one source",
        compared=(a.text, b.text),
    )


def _one_source(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> bool:
    """Whether both sources are one person or body, in two spellings or as its initials."""
    ours, theirs = (
        index.entity_named(claim.article, name)
        for claim in (a, b)
        for name in (claim.attribution.source_resolved or claim.attribution.source,)
    )
    return ours is not None and ours is theirs


def _names(attribution: Attribution) -> frozenset[str]:
    words = f"{attribution.source} {attribution.source_resolved}".split()
    plain = [level(word).strip(".,'").removesuffix("'s") for word in words]
    return frozenset(
        word
        for word in plain
        if word and word not in word_set("function_words") and word not in word_set("name_titles")
    )


DETECTOR = Detector(
    SLUG,
    "Other source named",
    "The same statement is attributed to different sources.",
    find_in_story=find_in_story,
)
