"""The same statement, pinned on somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.left_out import LeftOut, find_left_out
from apps.claims.analysis.pair_features import stem_weights
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.rewording import attribution_in, share_of_shorter
from apps.claims.analysis.sources import is_source, plain_source
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex, index_of
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
# A reservation that moved to a source stands within so many sentences of its old place, and
# shares a word this telling with it.
_NEARBY = 3
_TELLING = 3.0
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
    for passage in find_left_out(index):
        yield from _handed_on(index, passage)


def _handed_on(index: StoryIndex, passage: LeftOut) -> Iterator[FindingDraft]:
    """Yield a reservation that a text makes itself and its rewrite has from somebody.

    "Despite little proof" left its sentence, and "the union said no proof was shown" came.
    """
    if not passage.part or not passage.features["limits"] or passage.features["told"]:
        return
    weights = stem_weights(index)
    stems = {token.stem for token in passage.tokens if token.content}
    copied = {pair.b.index for pair in index.copies if pair.b.article == passage.copy}
    for view in index.sentences[passage.copy]:
        if not 0 < view.index - passage.place.index <= _NEARBY or view.index in copied:
            continue
        shared = stems & {token.stem for token in view.tokens if token.content}
        claim = attribution_in(index, view)
        if claim is None or not any(weights.get(stem, _TELLING) >= _TELLING for stem in shared):
            continue
        attribution = claim.attribution
        if not attribution.source_spans or not _can_tell(attribution) or not _names(attribution):
            continue
        own = index.claim_at(passage.source, passage.span)
        if own is None:
            continue
        source = attribution.source_spans[0]
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.COMPATIBLE,
            severity=Severity.LOW,
            claims=(own.id, claim.id),
            explanation=(
                f"{index.outlet(passage.source)} says {quote_span(index, passage.source, passage.span)} itself, "
                f"{index.outlet(passage.copy)} has such words from {quote_span(index, passage.copy, source)}."
            ),
            rule=(
                f"A reservation in one outlet's own voice, and with the source “{plain_source(attribution.source)}” "
                f"in a rewrite of it; both use the word {_first_of(view, shared, weights)}."
            ),
            highlights=(mark(passage.source, passage.span), mark(passage.copy, view.span)),
            confidence=0.5,
            changes_if="if the source speaks of something else",
            compared=(own.text, claim.text),
        )
        return


def _first_of(view: SentenceView, stems: set[str], weights: dict[str, float]) -> str:
    """Return the rarest of *stems* as *view* prints it, the first of equals."""
    words = [token for token in view.tokens if token.stem in stems]
    return max(words, key=lambda token: weights.get(token.stem, _TELLING)).text


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
