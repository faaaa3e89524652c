"""The same count, printed more and less exactly: worth seeing, not a disagreement."""

from __future__ import annotations

from collections.abc import Iterator

from apps.articles.text.types import Role
from apps.claims.analysis.intervals import is_less_exact, reading
from apps.claims.analysis.number_comparison import (
    NumberRelation,
    claim_ids,
    number_marks,
    number_words,
    pairs_inside,
)
from apps.claims.analysis.number_pairs import ProposedPair, propose_pairs
from apps.claims.analysis.shown_numbers import show_both, show_loosely
from apps.claims.analysis.slots import NumberUse
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import (
    Candidate,
    Detector,
    FindingDraft,
    Outcome,
    QuantityDraft,
    Severity,
    StoryDraft,
)

SLUG = "number_precision"


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose numbers that can both be true, of which one says less."""
    index = index_of(story)
    pairs = [pair for pair in propose_pairs(index) if pair.relation is NumberRelation.PRECISION]
    beside_exact = {
        (use.claim.article, use.span.start)
        for pair in pairs if _has_exact(pair)
        for use in (pair.a, pair.b)
    }  # fmt: skip
    for pair in pairs:
        places = {(use.claim.article, use.span.start) for use in (pair.a, pair.b)}
        if not _has_exact(pair) and places <= beside_exact:
            # Two loose tellings of a figure that others print exactly say nothing more.
            continue
        exact, vague = pair.a, pair.b
        if is_less_exact(exact.quantity, vague.quantity):
            exact, vague = vague, exact
        yield Candidate(
            _describe(index, exact, vague),
            pair.features,
            # All less exact tellings of one figure are one difference.
            same_as=f"{reading(exact.quantity)}|{exact.quantity.unit}",
        )


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield "over 250" beside "261" of the same thing in one article."""
    index = index_of(story)
    for pair in pairs_inside(index):
        a, b = pair.a, pair.b
        if (
            pair.relation is not NumberRelation.PRECISION
            or a.past != b.past
            or a.years != b.years
            or not (a.claim.role is b.claim.role is Role.BODY)
        ):
            continue
        exact, vague = (b, a) if is_less_exact(a.quantity, b.quantity) else (a, b)
        yield _describe(index, exact, vague, confidence=0.6)


def _has_exact(pair: ProposedPair) -> bool:
    return reading(pair.a.quantity).exact or reading(pair.b.quantity).exact


def _describe(
    index: StoryIndex, exact: NumberUse, vague: NumberUse, *, confidence: float = 0.5
) -> FindingDraft:
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE,
        severity=Severity.LOW,
        claims=claim_ids([exact, vague]),
        explanation=(
            f"{index.outlet(exact.claim.article)} prints {number_words(index, exact)}; "
            f"{_again(index, exact, vague)} prints {number_words(index, vague)}. "
            "Both can be true at once."
        ),
        rule=say_how_they_meet(exact.quantity, vague.quantity),
        highlights=number_marks([exact, vague]),
        confidence=confidence,
        changes_if="a source that gives the exact figure",
        compared=(exact.claim.text, vague.claim.text),
    )


def say_how_they_meet(exact: QuantityDraft, vague: QuantityDraft) -> str:
    """Return why both can be true: one lies within the other, they overlap, or one is rounded."""
    narrow, wide = reading(exact), reading(vague)
    x, y = show_both(exact, vague)
    if wide.contains(narrow) and narrow.exact and wide.width is None:
        return f"Both can be true: {x} is {y}."
    if wide.contains(narrow):
        return f"Both can be true: {x} lies within {y}."
    if wide.meets(narrow):
        return f"Both can be true: {x} and {y} overlap."
    loose_x, loose_y = show_loosely(exact, vague)
    return f"Both can be true if they are rounded: {x} may stand for {loose_x}, {y} for {loose_y}."


def _again(index: StoryIndex, first: NumberUse, second: NumberUse) -> str:
    same = first.claim.article == second.claim.article
    return "elsewhere it" if same else index.outlet(second.claim.article)


DETECTOR = Detector(
    SLUG,
    "Less exact number",
    "The numbers can all be true at once; one of them says less.",
    find_in_story=find_in_story,
    find_candidates=find_candidates,
)
