"""What one outlet alone reports, with its source named."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import (
    AttributionKind,
    ClaimDraft,
    ClusterDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import find_phrase

SLUG = "single_source_attributed"


def find(cluster: ClusterDraft, story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    if len({article.outlet for article in story.articles}) < 2:
        return
    outlet_ids = {claim.article for claim in cluster.claims}
    first = cluster.claims[0]
    if any(not index.same_outlet(first.article, other) for other in outlet_ids):
        return
    for claim in cluster.claims:
        if claim.attribution.kind is not AttributionKind.NONE and _matters(index, claim):
            yield _describe(index, claim)
            return


def _matters(index: StoryIndex, claim: ClaimDraft) -> bool:
    """Whether the statement bears on the story: it shares names or matter with others."""
    sentence = index.sentence(claim)
    if sentence is None or any(sentence in (pair.a, pair.b) for pair in index.copies):
        return False
    if not claim.attribution.source:
        return False
    new = index.only_in(claim.article, sentence.stems)
    if len(new) * 3 < len(sentence.stems):
        return False
    shared = sentence.stems - new
    serious = any(token.stem in word_set("accusing_stems") for token in sentence.tokens)
    return len(shared) >= 2 and (serious or bool(claim.quantities) or len(claim.text.split()) >= 8)


def _describe(index: StoryIndex, claim: ClaimDraft) -> FindingDraft:
    attribution = claim.attribution
    keys = [token.key for token in index.tokens(claim)]
    nameless = find_phrase(keys, word_set("nameless_sources")) is not None
    source = attribution.source_resolved or attribution.source
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=Severity.MEDIUM if nameless else Severity.LOW,
        claims=(claim.id,),
        explanation=(
            f"Only {index.outlet(claim.article)} reports {quote_span(index, claim.article, claim.span)}; "
            f"its source is {source}."
        ),
        rule="One outlet alone, source named."
        if not nameless
        else "One outlet alone, source not named in full.",
        highlights=(mark(claim.article, claim.span),),
        confidence=0.6,
        changes_if="a second, independent report",
        compared=(claim.text,),
    )


DETECTOR = Detector(
    SLUG,
    "Single source",
    "One outlet alone reports this; it says who told it.",
    find,
)
