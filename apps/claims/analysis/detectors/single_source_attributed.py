"""What one outlet alone reports, with its source named."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.amounts import find_amounts
from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.number_comparison import compare_numbers
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.quote_comparison import compare_quotes
from apps.claims.analysis.sources import is_source, is_told, plain_source
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
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
_SAME_MATTER = 0.35
_SAME_NUMBER = 3.0
# Shorter quotations are colour.
_SPEECH = 14
# A speech that shares so many telling words with other outlets bears on the story.
_BEARS_ON = 4


def find(cluster: ClusterDraft, story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    if len({article.outlet for article in story.articles}) < 2:
        return
    outlet_ids = {claim.article for claim in cluster.claims}
    first = cluster.claims[0]
    if any(not index.same_outlet(first.article, other) for other in outlet_ids):
        return
    for claim in cluster.claims:
        if is_told(claim.attribution) and _matters(index, claim):
            yield _describe(index, claim)
            return


def _matters(index: StoryIndex, claim: ClaimDraft) -> bool:
    """Whether the statement bears on the story: it shares names or matter with others."""
    sentence = index.sentence(claim)
    if sentence is None or index.is_copied(sentence):
        return False
    if not is_source(claim.attribution.source):
        return False
    serious = any(token.stem in word_set("accusing_stems") for token in sentence.tokens)
    new = index.only_in(claim.article, sentence.stems)
    shared = sentence.stems - new
    if claim.attribution.kind is AttributionKind.DIRECT:
        # Speeches on one matter are still two speeches: only the same words count as told.
        return (
            not _quoted_elsewhere(index, sentence)
            and len(claim.text.split()) >= _SPEECH
            and (serious or len(shared) >= _BEARS_ON)
        )
    if _is_nameless(index, claim):
        return len(shared) >= 2
    if _told_elsewhere(index, sentence) or len(new) * 3 < len(sentence.stems):
        return False
    return len(shared) >= 2 and (
        serious or bool(claim.quantities) or bool(find_amounts(claim.text))
    )


def _is_nameless(index: StoryIndex, claim: ClaimDraft) -> bool:
    keys = [token.key for token in index.tokens(claim)]
    return find_phrase(keys, word_set("nameless_sources")) is not None


def _quoted_elsewhere(index: StoryIndex, sentence: SentenceView) -> bool:
    """Whether another outlet quotes the same words, whole or in part."""
    return any(
        quotation.article == sentence.article and sentence.span.contains(quotation.span)
        for pair in compare_quotes(index)
        if not index.same_outlet(pair.match.a.article, pair.match.b.article)
        for quotation in (pair.match.a, pair.match.b)
    )


def _told_elsewhere(index: StoryIndex, sentence: SentenceView) -> bool:
    """Whether another outlet has a sentence on the same matter, in words or in numbers."""
    for pair in closest_pairs(index):
        if sentence in (pair.a, pair.b) and pair.share >= _SAME_MATTER:
            other = pair.b if sentence is pair.a else pair.a
            if not index.same_outlet(sentence.article, other.article):
                return True
    return any(
        use.claim.article == sentence.article and sentence.span.contains(use.span)
        for pair in compare_numbers(index)
        if pair.match.score >= _SAME_NUMBER
        and not index.same_outlet(pair.a.claim.article, pair.b.claim.article)
        for use in (pair.a, pair.b)
    )


def _describe(index: StoryIndex, claim: ClaimDraft) -> FindingDraft:
    attribution = claim.attribution
    nameless = _is_nameless(index, claim)
    source = plain_source(attribution.source_resolved or attribution.source)
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
