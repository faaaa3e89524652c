"""A word more or less before a noun, and the sentence claims something else."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.rewording import narrowing_edit
from apps.claims.analysis.story_index import CopyPair, StoryIndex, index_of
from apps.claims.analysis.types import Detector, FindingDraft, Outcome, Severity, StoryDraft
from apps.claims.analysis.wording import Edit, Token, words_span

SLUG = "object_differs"


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    for pair in index.copies:
        if index.same_outlet(pair.a.article, pair.b.article):
            continue
        for edit in pair.diff.edits:
            words = narrowing_edit(edit)
            if words and not _said_nearby(pair, edit, words):
                yield from _narrowed(index, pair, edit, words)


def _said_nearby(pair: CopyPair, edit: Edit, words: tuple[Token, ...]) -> bool:
    """Whether the other wording has the same words elsewhere in the sentence."""
    other = pair.b if edit.a else pair.a
    present = {token.stem for token in other.tokens}
    return all(token.stem in present for token in words if token.content)


def _narrowed(
    index: StoryIndex, pair: CopyPair, edit: Edit, words: tuple[Token, ...]
) -> Iterator[FindingDraft]:
    span = words_span(words)
    in_a = bool(edit.a)
    side, other = (pair.a, pair.b) if in_a else (pair.b, pair.a)
    at = edit.b_at if in_a else edit.a_at
    around = other.tokens[max(0, at - 2) : at + 2]
    if not around:
        return
    a = index.claim_at(pair.a.article, span if in_a else words_span(around))
    b = index.claim_at(pair.b.article, words_span(around) if in_a else span)
    if a is None or b is None:
        return
    text = " ".join(token.text for token in words)
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.HIGH,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(side.article)} prints {quote_span(index, side.article, span, around=3)}, "
            f"{index.outlet(other.article)} {quote_span(index, other.article, words_span(around), around=2)}: "
            f"“{text}” changes what is meant."
        ),
        rule=(
            f"The wordings agree around it ({edit.before} words before, {edit.after} after); “{text}” narrows the noun."
        ),
        highlights=(mark(side.article, span), mark(other.article, words_span(around))),
        confidence=0.75,
        changes_if="if the narrower noun is what both outlets mean, as the context may show",
        compared=(a.text, b.text, text),
    )


DETECTOR = Detector(
    SLUG,
    "Object differs",
    "A modifier or an object is different, and with it what is claimed.",
    find_in_story=find_in_story,
)
