"""The "may", "reportedly" or "whether" of one outlet is gone in another."""

from __future__ import annotations

from collections.abc import Iterator

from apps.articles.text.spans import Span
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.rewording import lost_weakening, share_of_shorter
from apps.claims.analysis.story_index import CopyPair, StoryIndex, index_of
from apps.claims.analysis.types import (
    ClaimDraft,
    ClusterDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.uncertainty import find_weakening
from apps.claims.analysis.wording import content_stems

SLUG = "hedge_dropped"
_STRONG = ("epistemic", "hearsay", "open question")
_COPIED = 0.75
_SAME_STATEMENT = 0.7


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    for pair in index.copies:
        if index.same_outlet(pair.a.article, pair.b.article) or share_of_shorter(pair) < _COPIED:
            continue
        yield from _from_copy(index, pair)


def _from_copy(index: StoryIndex, pair: CopyPair) -> Iterator[FindingDraft]:
    hedge = lost_weakening(pair, _STRONG)
    bound = None if hedge else lost_weakening(pair, ("bound",))
    lost = hedge or bound
    if lost is None:
        return
    if bound is not None and not _before_a_number(index, pair, bound):
        return
    a, b = index.claim_at(pair.a.article, lost), index.claim_at(pair.b.article, pair.b.span)
    if a is not None and b is not None:
        yield _describe(index, a, lost, b, pair.b.span, strong=hedge is not None)


def _before_a_number(index: StoryIndex, pair: CopyPair, bound: Span) -> bool:
    """Whether *bound* stands before a number that the copy prints too."""
    numbers = {token.key for token in pair.b.tokens if token.key[:1].isdigit()}
    after = [token for token in pair.a.tokens if token.start >= bound.end][:2]
    return any(token.key in numbers for token in after)


def find(cluster: ClusterDraft, story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield hedged statements that another outlet makes outright, in other words."""
    index = index_of(story)
    for a in cluster.claims:
        hedge = find_weakening(index.tokens(a), _STRONG)
        if hedge is None:
            continue
        ours = content_stems(token for token in index.tokens(a) if not hedge.overlaps(token.span))
        for b in cluster.claims:
            if (
                index.same_outlet(a.article, b.article)
                or b.predicate != a.predicate
                or not a.predicate
            ):
                continue
            sentence = index.sentence(b)
            if sentence is None or find_weakening(sentence.tokens) is not None:
                continue
            theirs = content_stems(index.tokens(b))
            shared = len(ours & theirs)
            if (
                shared >= 3
                and shared >= _SAME_STATEMENT * min(len(ours), len(theirs))
                and not _is_copy(index, a, b)
            ):
                yield _describe(index, a, hedge, b, b.span, strong=True)


def _is_copy(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> bool:
    ours, theirs = index.sentence(a), index.sentence(b)
    return any({pair.a, pair.b} == {ours, theirs} for pair in index.copies)


def _describe(
    index: StoryIndex, a: ClaimDraft, hedge: Span, b: ClaimDraft, stated: Span, *, strong: bool
) -> FindingDraft:
    words = hedge.of(index.articles[a.article].text)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=Severity.HIGH if strong else Severity.LOW,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(a.article)} prints {quote_span(index, a.article, hedge, around=8)}; "
            f"{index.outlet(b.article)} prints {quote_span(index, b.article, stated)} without “{words}”."
        ),
        rule=f"The same statement without its limit: “{words}” is gone.",
        highlights=(mark(a.article, hedge), mark(b.article, stated)),
        confidence=0.8 if strong else 0.7,
        changes_if="a source in the second article for the firmer wording",
        compared=(a.text, b.text),
    )


DETECTOR = Detector(
    SLUG,
    "Hedge dropped",
    "One outlet limits the statement (“may”, “reportedly”, “whether”); another prints it without the limit.",
    find,
    find_in_story,
)
