"""The "may", "reportedly" or "whether" of one outlet is gone in another."""

from __future__ import annotations

from collections.abc import Iterator

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
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
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import content_stems, words_span

SLUG = "hedge_dropped"
_STRONG = ("epistemic", "hearsay", "open question")
_COPIED = 0.6
_SAME_STATEMENT = 0.7
# How far behind "at least" its number may stand, in words.
_REACH = 4


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    for pair in index.copies:
        if index.same_outlet(pair.a.article, pair.b.article) or share_of_shorter(pair) < _COPIED:
            continue
        yield from _from_copy(index, pair)


def _from_copy(index: StoryIndex, pair: CopyPair) -> Iterator[FindingDraft]:
    lost: list[tuple[Span, Severity]] = [
        (span, Severity.HIGH) for span in lost_weakening(pair, (*_STRONG, "tentative"))
    ]
    for group, severity in (("edge", Severity.MEDIUM), ("bound", Severity.LOW)):
        for span in lost_weakening(pair, (group,)):
            met = any(span.overlaps(other) for other, _ in lost)
            # A headline rounds for want of room.
            short = group == "bound" and Role.HEADLINE in (pair.a.role, pair.b.role)
            if not met and not short and _before_a_number(pair, span):
                lost.append((span, severity))
    for span, severity in lost:
        a = index.claim_at(pair.a.article, span)
        at = _counterpart(pair, span)
        b = index.claim_at(pair.b.article, at)
        if a is not None and b is not None and not _in_quotation(a, span):
            yield _describe(index, a, span, b, at, severity)


def _counterpart(pair: CopyPair, lost: Span) -> Span:
    """Return the words of the copy around the place of *lost*: the sentence, if it is short."""
    for edit in pair.diff.edits:
        if edit.a and edit.a[0].start <= lost.start < edit.a[-1].end:
            around = pair.b.tokens[max(0, edit.b_at - 1) : edit.b_at + len(edit.b) + 2]
            if around and len(pair.b.tokens) > 3 * _REACH:
                return words_span(around)
    return pair.b.span


def _in_quotation(claim: ClaimDraft, span: Span) -> bool:
    return any(quote.contains(span) for quote in claim.quotes)


def _before_a_number(pair: CopyPair, bound: Span) -> bool:
    """Whether *bound* stands before a number or a date that the copy prints too."""
    kept = {token.key for token in pair.b.tokens}
    after = [token for token in pair.a.tokens if token.start >= bound.end][:_REACH]
    return any(
        token.key in kept
        and (
            token.key[:1].isdigit() or token.pos == "NUM" or token.key in word_set("calendar_words")
        )
        for token in after
    )


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
                yield _describe(index, a, hedge, b, b.span, Severity.HIGH)


def _is_copy(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> bool:
    ours, theirs = index.sentence(a), index.sentence(b)
    return ours is not None and theirs is not None and index.are_copies(ours, theirs)


def _describe(
    index: StoryIndex, a: ClaimDraft, hedge: Span, b: ClaimDraft, stated: Span, severity: Severity
) -> FindingDraft:
    words = hedge.of(index.articles[a.article].text)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=severity,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(a.article)} prints {quote_span(index, a.article, hedge, around=8)}; "
            f"{index.outlet(b.article)} prints {quote_span(index, b.article, stated, around=6)} without “{words}”."
        ),
        rule=f"The same statement without its limit: “{words}” is gone.",
        highlights=(mark(a.article, hedge), mark(b.article, stated)),
        confidence=0.8 if severity is Severity.HIGH else 0.7,
        changes_if="a source in the second article for the firmer wording",
        compared=(a.text, b.text, words),
    )


DETECTOR = Detector(
    SLUG,
    "Hedge dropped",
    "One outlet limits the statement (“may”, “reportedly”, “whether”); another prints it without the limit.",
    find,
    find_in_story,
)
