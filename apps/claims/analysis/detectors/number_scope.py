"""Numbers that differ because they count different things: part and whole, other population."""

from __future__ import annotations

from collections.abc import Iterator

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.intervals import can_both_be_true, reading, show_number
from apps.claims.analysis.number_comparison import (
    NumberRelation,
    claim_ids,
    is_scale_against_exact,
    number_marks,
    number_words,
    pairs_inside,
    uses_in,
)
from apps.claims.analysis.number_pairs import pair_key, propose_pairs
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.slots import NumberUse
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.sums import Sum, find_sums
from apps.claims.analysis.types import (
    Candidate,
    Detector,
    FindingDraft,
    Outcome,
    QuantityDraft,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import find_phrase

SLUG = "number_scope"
# Two outlets can well have a smaller number each of things that have nothing in common.
_TELLING = 10
# A part stands at most so many characters behind its whole.
_BESIDE = 250
# What tells another scope from another matter; the rest of a pair's features only blurs it.
_DECISIVE = (
    "rate", "copied", "headline", "number_thing", "number_link", "number_both", "number_close",
    "number_sum", "number_part", "number_small", "number_equal_elsewhere",
)  # fmt: skip
# A sentence that opens with one of these counts more, or less, than others do.
_OPENERS = frozenset({"with", "without", "add", "counting", "including", "leaving", "take"})


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose numbers of which one counts more, or something else, by its words."""
    index = index_of(story)
    for pair in propose_pairs(index):
        a, b = pair.a, pair.b
        if (
            index.same_outlet(a.claim.article, b.claim.article)
            or can_both_be_true(a.quantity, b.quantity)
            or is_scale_against_exact(a, b)
        ):
            continue
        widened = _widening(index, a), _widening(index, b)
        if not pair.match.scope and pair.rest is None and bool(widened[0]) == bool(widened[1]):
            continue
        features = {name: pair.features[name] for name in _DECISIVE} | {
            "scope_widened": float(bool(widened[0]) != bool(widened[1])),
            "scope_larger_widened": float(
                bool(widened[0] if _larger(a, b) else widened[1])
                and not (widened[1] if _larger(a, b) else widened[0])
            ),
        }
        why = pair.match.scope or f"“{widened[0] or widened[1]}” sets another scope"
        if pair.rest is not None:
            low, high = (b, a) if _larger(a, b) else (a, b)
            why = f"{low.quantity.text} + {pair.rest.quantity.text} = {high.quantity.text}"
        yield Candidate(
            FindingDraft(
                kind=SLUG,
                outcome=Outcome.COMPATIBLE,
                severity=Severity.MEDIUM,
                claims=claim_ids([a, b]),
                explanation=(
                    f"{index.outlet(a.claim.article)} prints {number_words(index, a)} and "
                    f"{index.outlet(b.claim.article)} {number_words(index, b)}: "
                    "they count different groups."
                ),
                rule=f"Not the same thing counted: {why}.",
                highlights=number_marks([a, b]),
                changes_if="if both numbers turned out to count the same group, they would conflict",
                compared=(a.claim.text, b.claim.text),
            ),
            features,
            same_as=pair_key(pair),
        )


def _larger(a: NumberUse, b: NumberUse) -> bool:
    return (a.quantity.low or 0) > (b.quantity.low or 0)


def _widening(index: StoryIndex, use: NumberUse) -> str:
    """Return the words of the number's sentence that widen or narrow what is counted."""
    view = index.sentence(use.claim)
    if view is None:
        return ""
    keys = [token.key for token in view.tokens]
    if keys and keys[0] in _OPENERS:
        return keys[0]
    place = find_phrase(keys, word_set("scope_widening"))
    return " ".join(keys[place[0] : place[1]]) if place else ""


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    yield from _parts_and_totals(index)
    yield from _parts_beside(index)


def _parts_beside(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield "261 were held" and "among them 101 …" of one article."""
    for pair in pairs_inside(index):
        a, b = pair.a, pair.b
        if (
            pair.relation is not NumberRelation.SCOPE
            or not (a.claim.role is b.claim.role is Role.BODY)
            or max(reading(a.quantity).low or 0, reading(b.quantity).low or 0) < _TELLING
            or b.span.start - a.span.end > _BESIDE
            or _shares_claim(a, b)
        ):
            continue
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.COMPATIBLE,
            severity=Severity.LOW,
            claims=claim_ids([a, b]),
            explanation=(
                f"{index.outlet(a.claim.article)} prints {number_words(index, a)} and, as a part of "
                f"them, {number_words(index, b)}."
            ),
            rule=f"Not the same thing counted: {pair.match.scope}.",
            highlights=number_marks([a, b]),
            confidence=0.6,
            changes_if="if both numbers turned out to count the same group",
            compared=(a.claim.text, b.claim.text),
        )


def _shares_claim(a: NumberUse, b: NumberUse) -> bool:
    """Whether one of two numbers stands in the claim of the other."""
    return a.claim.span.overlaps(b.span) or b.claim.span.overlaps(a.span)


def _parts_and_totals(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield a total one outlet itemises against another that prints one of its parts alone."""
    ordered = sorted(index.articles, key=index.rank.__getitem__)
    uses = {article_id: uses_in(index, article_id) for article_id in ordered}
    seen: set[tuple[str, str]] = set()
    for article_id in ordered:
        for found in find_sums(index, article_id):
            if not found.adds_up:
                continue
            for other in ordered:
                if index.same_outlet(article_id, other) or not index.same_event(article_id, other):
                    continue
                if any(reading(use.quantity) == reading(found.total) for use in uses[other]):
                    continue
                alone = _part_alone(found, uses[other])
                if alone is None:
                    continue
                use, part = alone
                key = (use.quantity.text.lower(), found.total.text.lower())
                if key not in seen:
                    seen.add(key)
                    yield from _describe_total(index, use, found, part)


def _part_alone(found: Sum, uses: list[NumberUse]) -> tuple[NumberUse, QuantityDraft] | None:
    """Return the number of another article that is one of the parts, the only one it has.

    An article with several of the parts knows the list; one small number may be chance.
    """
    met = [
        (use, part)
        for part in found.parts
        for use in uses
        if use.quantity.type is part.type
        and use.quantity.unit in (part.unit, "", "people")
        and not use.past
        and (part.low or 0) >= _TELLING
        and _is(use.quantity, part)
    ]
    return met[0] if len({part.span for _, part in met}) == 1 else None


def _is(quantity: QuantityDraft, part: QuantityDraft) -> bool:
    if quantity.low == quantity.high:
        return quantity.low == part.low
    middle = (quantity.low + quantity.high) / 2 if quantity.low and quantity.high else None
    return quantity.approximate and middle == part.low


def _describe_total(
    index: StoryIndex, use: NumberUse, found: Sum, part: QuantityDraft
) -> Iterator[FindingDraft]:
    article_id = found.sentence.article
    whole = index.claim_at(article_id, Span(found.total.span.start, found.parts[-1].span.end))
    if whole is None:
        return
    sizes = " + ".join(show_number(size) for size in found.sizes)
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE,
        severity=Severity.LOW,
        claims=(use.claim.id, whole.id),
        explanation=(
            f"{index.outlet(use.claim.article)} prints {number_words(index, use)}; {index.outlet(article_id)} "
            f"counts that as a part of {quote_span(index, article_id, found.total.span, around=4)}."
        ),
        rule=f"{sizes} = {show_number(found.whole)}: {part.text} is one part of {found.total.text}.",
        highlights=(
            mark(use.claim.article, use.span),
            mark(article_id, found.total.span),
            mark(article_id, part.span),
        ),
        confidence=0.7,
        changes_if="if the first outlet meant its number as the total",
        compared=(use.claim.text, whole.text),
    )


DETECTOR = Detector(
    SLUG,
    "Numbers of different scope",
    "A part against a whole, another population, or another period: both numbers can be true.",
    find_in_story=find_in_story,
    find_candidates=find_candidates,
)
