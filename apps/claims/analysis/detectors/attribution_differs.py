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
_OWNED = frozenset({"her", "his", "its", "their", "our", "my"})
_POINTING = frozenset("he she it they we i you who what which its this that all some".split())


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    told: set[tuple[str, int]] = set()
    # The nearest original speaks for a copy; others of its kind say nothing new.
    for pair in sorted(index.copies, key=lambda pair: -pair.diff.similarity):
        if index.same_outlet(pair.a.article, pair.b.article) or share_of_shorter(pair) < _COPIED:
            continue
        place = (pair.b.article, pair.b.index)
        for finding in _from_copy(index, pair) if place not in told else ():
            told.add(place)
            yield finding


def _from_copy(index: StoryIndex, pair: CopyPair) -> Iterator[FindingDraft]:
    a, b = attribution_in(index, pair.a), attribution_in(index, pair.b)
    if a is None or b is None or not a.attribution.source_spans or not b.attribution.source_spans:
        return
    if AttributionKind.DIRECT in (a.attribution.kind, b.attribution.kind):
        return  # Quotations have rules of their own.
    if not _can_tell(a.attribution) or not _can_tell(b.attribution):
        return
    ours, theirs = _names(a.attribution), _names(b.attribution)
    if not ours or not theirs or ours & theirs or _one_source(index, a, b):
        return
    # "A spokesperson" / "a spokesperson for the regulator": named more fully, no other source.
    if any(
        names <= {token.key for token in view.tokens}
        for names, view in ((ours, pair.b), (theirs, pair.a))
    ):
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


def _can_tell(attribution: Attribution) -> bool:
    """Whether what is named as the source may say something: "her lawyer", not "her trip"."""
    words = plain_source(attribution.source).lower().split()
    return len(words) < 2 or words[0] not in _OWNED or is_source(attribution.source)


def _names(attribution: Attribution) -> frozenset[str]:
    """Return the words that name a source; empty for "she" or "it" when nobody knows who."""
    plain = plain_source(attribution.source)
    resolved = attribution.source_resolved
    if plain.lower() in _POINTING and resolved[:1].isupper() and resolved.lower() != plain.lower():
        plain = resolved
    words = f"{plain} {resolved}".split()
    keys = [level(word).strip(".,'").removesuffix("'s") for word in words]
    return frozenset(
        word
        for word in keys
        if word
        and word not in _POINTING
        and word not in word_set("function_words")
        and word not in word_set("name_titles")
    )


DETECTOR = Detector(
    SLUG,
    "Other source named",
    "The same statement is attributed to different sources.",
    find_in_story=find_in_story,
)
