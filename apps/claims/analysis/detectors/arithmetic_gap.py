"""Parts that do not make the whole, inside one article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from apps.articles.text.spans import Span
from apps.claims.analysis.intervals import show_number
from apps.claims.analysis.itemised import Itemised, find_itemised
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.place_names import country_of
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.sums import comparable, exact_quantities, list_from
from apps.claims.analysis.tallies import find_bodies, find_tallies
from apps.claims.analysis.types import (
    Candidate,
    Detector,
    FindingDraft,
    Outcome,
    QuantityDraft,
    Severity,
    StoryDraft,
)

SLUG = "arithmetic_gap"
# Matches "Among those saved, 30 were …", "Of them, 12 …"; not "Of the city's 12 wards".
_AMONG = re.compile(r"(?:Among|Of) (?:them|those|these|whom)\b")
# Matches " more a month", " florins per year" right behind a number.
_A_MONTH = re.compile(r"[^\d.,;:]{0,20}?\b(?:a|per|each|every) month\b|[^\d.,;:]{0,12}?\bmonthly\b")
_A_YEAR = re.compile(r"[^\d.,;:]{0,20}?\b(?:a|per|each|every) year\b|[^\d.,;:]{0,12}?\bannually\b")
# Further from twelve months the yearly sum is of something else.
_NEAR_YEAR = Decimal("0.3")
# Matches " were Chileans", " are Danish sailors" behind a number that is what the verb is about.
_WERE = re.compile(r"\s+(?:were|are)\s+((?:[\w’'-]+\s+)?[\w’'-]+)")
# Sorted by what everybody has one of, so large a share reads as all there were.
_SHARE_OF_ALL = Decimal("0.3")
# Parts that come near the total are itemised or nearly so; that is for the judge.
_MOST_OF = Decimal("0.7")


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
        for before, view in pairwise(index.sentences[article.id]):
            yield from _some_of(index, before, view)
        for view in index.sentences[article.id]:
            yield from _months_and_year(index, view)


def _months_and_year(index: StoryIndex, view: SentenceView) -> Iterator[FindingDraft]:
    """Yield "40 more a month, 580 a year": twelve months do not make the year."""
    text = index.articles[view.article].text
    quantities = exact_quantities(index, view)
    monthly = [quantity for quantity in quantities if _A_MONTH.match(text, quantity.span.end)]
    yearly = [quantity for quantity in quantities if _A_YEAR.match(text, quantity.span.end)]
    if len(monthly) != 1 or len(yearly) != 1:
        return
    month, year = monthly[0], yearly[0]
    each, whole = month.low or Decimal(0), year.low or Decimal(0)
    # What was rounded to the month may be off by half a unit, twelve times.
    off = abs(12 * each - whole)
    if not 6 < off <= whole * _NEAR_YEAR or (month.unit and year.unit and month.unit != year.unit):
        return
    claims = [index.claim_at(view.article, quantity.span) for quantity in (month, year)]
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.MEDIUM,
        claims=tuple(dict.fromkeys(claim.id for claim in claims if claim is not None)),
        explanation=(
            f"{index.outlet(view.article)} prints {quote_span(index, view.article, month.span, around=3)} "
            f"and {quote_span(index, view.article, year.span, around=3)}."
        ),
        rule=f"12 × {show_number(each)} = {show_number(12 * each)} ≠ {show_number(whole)}.",
        highlights=tuple(mark(view.article, quantity.span) for quantity in (month, year)),
        confidence=0.7,
        changes_if="if the monthly sum changes within the year",
        compared=(month.text, year.text),
    )


def _some_of(index: StoryIndex, before: SentenceView, view: SentenceView) -> Iterator[FindingDraft]:
    """Yield "among them, 30 … and 12 …" after a total that leaves most others undescribed.

    "30 were cooks" may be examples. Everybody has a nationality, so that a total sorted by
    it and not used up is short of the others.
    """
    text = index.articles[view.article].text
    if not _AMONG.match(text, view.span.start):
        return
    listing = exact_quantities(index, view)
    parts = list_from(text, listing, listing[0]) if listing else []
    totals = [
        total for total in exact_quantities(index, before)
        if parts and total.type is parts[0].type and total.unit in (parts[0].unit, "")
        and (total.low or 0) > max(part.low or 0 for part in parts)
    ]  # fmt: skip
    if len(parts) < 2 or len(totals) != 1:
        return
    whole, sizes = comparable(totals[0], parts)
    summed = sum(sizes, Decimal(0))
    if summed >= whole * _MOST_OF:
        return
    listed = Span(parts[0].span.start, parts[-1].span.end)
    claims = [index.claim_at(view.article, span) for span in (totals[0].span, listed)]
    added = " + ".join(show_number(size) for size in sizes)
    is_or_are = "is" if whole - summed == 1 else "are"
    is_short = summed >= whole * _SHARE_OF_ALL and all(
        _is_of_a_people(text, part) for part in parts
    )
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT if is_short else Outcome.COMPATIBLE,
        severity=Severity.MEDIUM if is_short else Severity.LOW,
        claims=tuple(dict.fromkeys(claim.id for claim in claims if claim is not None)),
        explanation=(
            f"{index.outlet(view.article)} prints {quote_span(index, view.article, totals[0].span, around=3)} "
            f"and describes {quote_span(index, view.article, listed, around=3)}; "
            f"{show_number(whole - summed)} of {show_number(whole)} {is_or_are} not described."
        ),
        rule=(
            f"{added} = {show_number(summed)} {'≠' if is_short else 'of'} {show_number(whole)}; "
            f"{show_number(whole - summed)} {is_or_are} not described."
        ),
        highlights=tuple(mark(view.article, span) for span in (totals[0].span, *(part.span for part in parts))),
        confidence=0.6 if is_short else 0.5,
        changes_if="if the parts were meant as examples",
        compared=(listed.of(text), totals[0].text),
    )  # fmt: skip


def _is_of_a_people(text: str, part: QuantityDraft) -> bool:
    """Whether the sentence says of which people a part is: "21 were Danish sailors"."""
    match = _WERE.match(text, part.span.end)
    return match is not None and any(country_of(word) for word in match[1].split())


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
