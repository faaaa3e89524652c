"""Parts that do not make the whole, inside one article."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from apps.articles.text.spans import Span
from apps.claims.analysis.intervals import show_number
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.sums import comparable, exact_quantities, find_sums, list_from
from apps.claims.analysis.tallies import find_bodies, find_tallies
from apps.claims.analysis.types import (
    Detector,
    FindingDraft,
    Outcome,
    QuantityDraft,
    Severity,
    StoryDraft,
)

SLUG = "arithmetic_gap"
_AMONG = ("among", "including", "of them", "of those", "of whom")
# Under "among them" the parts may be few; far below the whole is still worth a note.
_FAR_BELOW = Decimal("0.75")


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    for article in story.articles:
        for sentence in index.sentences[article.id]:
            yield from _parts_among(index, sentence, exact_quantities(index, sentence))
        for found in find_sums(index, article.id):
            if not found.adds_up:
                yield _gap(
                    index, found.sentence, found.total, list(found.parts), found.whole,
                    list(found.sizes), Outcome.CONFLICT, Severity.MEDIUM,
                )  # fmt: skip
        yield from _votes(index, article.id)


def _parts_among(
    index: StoryIndex, sentence: SentenceView, quantities: list[QuantityDraft]
) -> Iterator[FindingDraft]:
    """Yield "among them 101 … and 21 …" of the total in the sentence before."""
    text = index.articles[sentence.article].text
    lead = text[sentence.span.start : sentence.span.start + 24].lower()
    if not lead.startswith(_AMONG) or len(quantities) < 2:
        return
    before = [
        view for view in index.sentences[sentence.article] if view.index == sentence.index - 1
    ]
    totals = exact_quantities(index, before[0]) if before else []
    parts = list_from(text, quantities, quantities[0])[:3]
    totals = [
        total
        for total in totals
        if total.unit == parts[0].unit and (total.low or 0) > max(p.low or 0 for p in parts)
    ]
    if len(totals) != 1 or len(parts) < 2:
        return
    parts = [part for part in parts if part.unit in (totals[0].unit, "")]
    whole, sizes = comparable(totals[0], parts)
    if sum(sizes) > whole:
        yield _gap(
            index, sentence, totals[0], parts, whole, sizes, Outcome.CONFLICT, Severity.MEDIUM
        )
    elif len(sizes) > 1 and sum(sizes) < whole * _FAR_BELOW:
        yield _gap(
            index, sentence, totals[0], parts, whole, sizes, Outcome.COMPATIBLE, Severity.LOW
        )


def _votes(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    """Yield a count of votes that is more than the members said to be there."""
    bodies = find_bodies(index, article_id)
    for tally in find_tallies(index, article_id):
        for size, span in bodies:
            cast = tally.ayes + tally.noes
            if cast <= size or cast > 3 * size:
                continue
            a, b = index.claim_at(article_id, tally.span), index.claim_at(article_id, span)
            if a is None or b is None:
                continue
            yield FindingDraft(
                kind=SLUG,
                outcome=Outcome.CONFLICT,
                severity=Severity.MEDIUM,
                claims=tuple(dict.fromkeys((a.id, b.id))),
                explanation=(
                    f"{index.outlet(article_id)} counts {quote_span(index, article_id, tally.span)} "
                    f"and prints {quote_span(index, article_id, span, around=3)}."
                ),
                rule=f"{tally.ayes} + {tally.noes} = {cast} votes from {size} members.",
                highlights=(mark(article_id, tally.span), mark(article_id, span)),
                confidence=0.75,
                changes_if="if more people could vote than the members counted",
                compared=(a.text, b.text),
            )


def _gap(
    index: StoryIndex,
    sentence: SentenceView,
    total: QuantityDraft,
    parts: list[QuantityDraft],
    whole: Decimal,
    sizes: list[Decimal],
    outcome: Outcome,
    severity: Severity,
) -> FindingDraft:
    article_id = sentence.article
    listed = Span(parts[0].span.start, parts[-1].span.end)
    claims = [index.claim_at(article_id, span) for span in (total.span, listed)]
    summed = " + ".join(show_number(size) for size in sizes)
    relation = "≠" if outcome is Outcome.CONFLICT else "of"
    note = (
        ""
        if outcome is Outcome.CONFLICT
        else f"; {show_number(whole - sum(sizes))} are not described"
    )
    return FindingDraft(
        kind=SLUG,
        outcome=outcome,
        severity=severity,
        claims=tuple(dict.fromkeys(claim.id for claim in claims if claim is not None)),
        explanation=(
            f"{index.outlet(article_id)} prints {quote_span(index, article_id, total.span, around=3)} and the parts "
            f"{quote_span(index, article_id, listed, around=3)}."
        ),
        rule=f"{summed} = {show_number(sum(sizes, Decimal(0)))} {relation} {show_number(whole)}{note}.",
        highlights=(mark(article_id, total.span), *(mark(article_id, part.span) for part in parts)),
        confidence=0.8 if outcome is Outcome.CONFLICT else 0.5,
        changes_if="if the list leaves parts out or counts some twice",
        compared=(sentence.span.of(index.articles[article_id].text),),
    )


DETECTOR = Detector(
    SLUG,
    "Parts do not make the whole",
    "Inside one article, numbers given as parts do not add up to the total.",
    find_in_story=find_in_story,
)
