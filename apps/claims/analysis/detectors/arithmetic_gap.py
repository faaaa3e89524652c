"""Parts that do not make the whole, inside one article."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from apps.articles.text.spans import Span
from apps.claims.analysis.intervals import show_number
from apps.claims.analysis.itemised import Itemised, find_itemised
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.tallies import find_bodies, find_tallies
from apps.claims.analysis.types import (
    Candidate,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)

SLUG = "arithmetic_gap"


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose totals with lists beside them that come near the total and miss it."""
    index = index_of(story)
    for article in story.articles:
        for found in find_itemised(index, article.id):
            text = article.text
            key = f"{article.id}|{found.parts[0].span.of(text)}|{found.parts[0].span.start}"
            yield Candidate(
                _gap(index, article.id, found), found.features, same_as=key,
                doubt="the numbers may not be parts of that total",
            )  # fmt: skip


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    for article in story.articles:
        yield from _votes(index, article.id)


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


def _gap(index: StoryIndex, article_id: str, found: Itemised) -> FindingDraft:
    listed = Span(found.parts[0].span.start, found.parts[-1].span.end)
    spans = (found.total.span, *(part.span for part in found.parts))
    claims = [index.claim_at(article_id, span) for span in (found.total.span, listed)]
    summed = " + ".join(show_number(size) for size in found.sizes)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.MEDIUM,
        claims=tuple(dict.fromkeys(claim.id for claim in claims if claim is not None)),
        explanation=(
            f"{index.outlet(article_id)} prints {quote_span(index, article_id, found.total.span, around=3)} "
            f"and the parts {quote_span(index, article_id, listed, around=3)}."
        ),
        rule=f"{summed} = {show_number(sum(found.sizes, Decimal(0)))} ≠ {show_number(found.whole)}.",
        highlights=tuple(mark(article_id, span) for span in spans),
        changes_if="if the list leaves parts out or counts some twice",
        compared=(listed.of(index.articles[article_id].text), found.total.text),
    )


DETECTOR = Detector(
    SLUG,
    "Parts do not make the whole",
    "Inside one article, numbers given as parts do not add up to the total.",
    find_in_story=find_in_story,
    find_candidates=find_candidates,
)
