"""The same words are put in another person's mouth."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.phrasing import mark, outlets, quote_span
from apps.claims.analysis.quote_comparison import by_reading, telling_pairs
from apps.claims.analysis.story_index import index_of
from apps.claims.analysis.types import Detector, FindingDraft, Outcome, Severity, StoryDraft

SLUG = "quote_reattributed"


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    other_speaker = [pair for pair in telling_pairs(index) if pair.speakers_differ]
    for pairs in by_reading(other_speaker):
        a, b = pairs[0].match.a, pairs[0].match.b
        others = [pair.match.b for pair in pairs]
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.CONFLICT,
            severity=Severity.HIGH,
            claims=(a.claim.id, *dict.fromkeys(other.claim.id for other in others)),
            explanation=(
                f"{index.outlet(a.article)} has {a.speaker} say {quote_span(index, a.article, a.span)}; "
                f"{outlets(index, [other.article for other in others])} "
                f"{'gives' if len(others) == 1 else 'give'} {quote_span(index, b.article, b.span)} to {b.speaker}."
            ),
            rule=f"The same words in quotation marks, two speakers: “{a.speaker}” and “{b.speaker}”.",
            highlights=(
                mark(a.article, a.span),
                *(mark(other.article, other.span) for other in others),
            ),
            confidence=0.85 if len(a.tokens) >= 5 else 0.6,
            changes_if="if both people said it, or both names mean one person",
            compared=(
                a.span.of(index.articles[a.article].text), a.speaker,
                b.span.of(index.articles[b.article].text), b.speaker,
            ),
        )  # fmt: skip


DETECTOR = Detector(
    SLUG,
    "Quotation given to another speaker",
    "The same quoted words are attributed to different people.",
    find_in_story=find_in_story,
)
