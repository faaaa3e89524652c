"""The same happening on two different days."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from apps.claims.analysis.calendar_ranges import Days, days_of, show_days
from apps.claims.analysis.frames import find_frames, frames_of_stem
from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    ClaimDraft,
    ClusterDraft,
    DateDraft,
    Detector,
    FindingDraft,
    Outcome,
    QuantityType,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.wording import Token, find_phrase

SLUG = "date_conflict"
_SHARED = 2
_RELATED = 6.0
_WINDOW = 6
_NOW = frozenset({"today", "now", "this morning", "this afternoon", "this evening", "tonight"})
_AHEAD = frozenset(
    {"will", "starting in", "starting on", "from", "beginning", "takes effect", "would"}
)


def find(cluster: ClusterDraft, story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    seen: set[tuple[str, str]] = set()
    ordered = sorted(
        cluster.claims, key=lambda claim: (index.rank[claim.article], len(claim.span), claim.id)
    )
    for a, b in combinations(ordered, 2):
        if index.same_outlet(a.article, b.article) or not index.same_event(a.article, b.article):
            continue
        clash = _clash(index, a, b)
        if clash is None:
            continue
        ours, theirs = clash
        key = (ours.iso, theirs.iso)
        if key not in seen:
            seen.add(key)
            yield _describe(index, a, ours, b, theirs)


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield different dates of one happening told in different rows."""
    index = index_of(story)
    seen: set[tuple[str, ...]] = set()
    for found in _across_rows(index):
        # Copies of one report disagree with the third in the same way: once is enough.
        if found.compared[-1:] not in seen:
            seen.add(found.compared[-1:])
            yield found


def _across_rows(index: StoryIndex) -> Iterator[FindingDraft]:
    for pair in sorted(
        closest_pairs(index), key=lambda pair: (index.rank[pair.a.article], pair.a.index)
    ):
        if not index.same_outlet(pair.a.article, pair.b.article) and pair.score >= _RELATED:
            yield from _between(index, pair.a, pair.b)
    for x, y in _same_figure(index):
        yield from _between(index, x, y, sure=True)


def _between(
    index: StoryIndex, x: SentenceView, y: SentenceView, *, sure: bool = False
) -> Iterator[FindingDraft]:
    """Yield the clash of two sentences, told by the shortest claims that hold the dates."""
    for a in _dated_claims(index, x):
        for b in _dated_claims(index, y):
            clash = _clash(index, a, b, sure=sure)
            if clash is not None:
                yield _describe(index, index.row_claim(a), clash[0], index.row_claim(b), clash[1])
                return


def _dated_claims(index: StoryIndex, view: SentenceView) -> list[ClaimDraft]:
    return sorted(
        (claim for claim in index.claims_in(view) if claim.dates),
        key=lambda claim: (len(claim.span), claim.id),
    )


def _same_figure(index: StoryIndex) -> Iterator[tuple[SentenceView, SentenceView]]:
    """Yield sentences of two outlets that announce one figure for one matter."""
    views = [
        view for article_id in sorted(index.sentences, key=index.rank.__getitem__)
        for view in index.sentences[article_id]
        if find_phrase([token.key for token in view.tokens], _AHEAD) is not None
    ]  # fmt: skip
    for x, y in combinations(views, 2):
        if index.same_outlet(x.article, y.article) or not index.same_event(x.article, y.article):
            continue
        figures = _figures(index, x) & _figures(index, y)
        if figures and _topics(x) & _topics(y):
            yield x, y


def _figures(index: StoryIndex, view: SentenceView) -> frozenset[tuple[str, Decimal]]:
    """Return sums of money and percentages, which hardly agree by chance; ranges by their end."""
    return frozenset(
        (quantity.unit, quantity.high)
        for quantity in index.articles[view.article].sentences[view.index].quantities
        if quantity.type in (QuantityType.MONEY, QuantityType.PERCENT) and quantity.high is not None
    )


def _topics(view: SentenceView) -> frozenset[str]:
    return frozenset().union(
        *(frames_of_stem(root(token.lemma or token.key)) for token in view.tokens)
    )


def _clash(
    index: StoryIndex, a: ClaimDraft, b: ClaimDraft, *, sure: bool = False
) -> tuple[DateDraft, DateDraft] | None:
    """Return the two dates when each claim has one and the happenings are the same."""
    ours, theirs = _telling_dates(index, a), _telling_dates(index, b)
    if len(ours) != 1 or len(theirs) != 1 or not (sure or _one_happening(index, a, b)):
        return None
    (first, x), (second, y) = ours[0], theirs[0]
    if (
        not sure
        and a.predicate != b.predicate
        and not _around(index, a, first) & _around(index, b, second)
    ):
        return None
    # Stops of one journey have dates of their own: beside other places, other happenings.
    ours_at, theirs_at = _places_around(index, a, first), _places_around(index, b, second)
    if ours_at and theirs_at and ours_at != theirs_at:
        return None
    if (
        _meet(x, y)
        or any(_meet(x, other) for other in _readings(second))
        or any(_meet(y, other) for other in _readings(first))
    ):
        return None
    return first, second


def _around(index: StoryIndex, claim: ClaimDraft, date: DateDraft) -> frozenset[str]:
    """Return frames and telling stems beside a date: what happened then."""
    roots = [
        root(token.lemma or token.key) for token in _window(index, claim, date) if not token.name
    ]
    return find_frames(roots) | frozenset(roots)


def _places_around(index: StoryIndex, claim: ClaimDraft, date: DateDraft) -> frozenset[str]:
    places = {word.lower() for place in claim.places for word in place.split()}
    return frozenset(
        token.stem
        for token in _window(index, claim, date)
        if token.ent == "LOC" or (token.name and token.key in places)
    )


def _window(index: StoryIndex, claim: ClaimDraft, date: DateDraft) -> list[Token]:
    tokens = index.tokens(claim)
    at = [i for i, token in enumerate(tokens) if date.span.overlaps(token.span)]
    if not at:
        return []
    return [
        token for token in tokens[max(0, at[0] - _WINDOW) : at[-1] + _WINDOW + 1]
        if token.content and not date.span.overlaps(token.span)
    ]  # fmt: skip


def _telling_dates(index: StoryIndex, claim: ClaimDraft) -> list[tuple[DateDraft, Days]]:
    """Return the claim's dates with their days; "today" dates the report, not the happening."""
    published = index.articles[claim.article].published
    return [
        (date, days) for date in claim.dates
        if (days := days_of(date)) is not None
        and not (published and days.first == days.last == published.day and date.text.lower() in _NOW)
    ]  # fmt: skip


def _meet(x: Days, y: Days) -> bool:
    return x.first <= y.last and y.first <= x.last


def _readings(date: DateDraft) -> list[Days]:
    return [
        days for reading in date.readings
        if (days := days_of(DateDraft(date.span, date.text, reading))) is not None
    ]  # fmt: skip


def _one_happening(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> bool:
    """Whether two claims of a row tell of one event: one predicate, or one frame and shared words."""
    ours, theirs = _roots(index, a), _roots(index, b)
    frames = find_frames(ours) & find_frames(theirs)
    shared = len(ours & theirs)
    if a.predicate and a.predicate == b.predicate:
        return shared >= _SHARED
    return bool(frames) and shared + len(frames) >= _SHARED + 1


def _roots(index: StoryIndex, claim: ClaimDraft) -> set[str]:
    days = [date.span for date in claim.dates]
    return {
        root(token.key) for token in index.tokens(claim)
        if token.content and not any(span.overlaps(token.span) for span in days)
    }  # fmt: skip


def _describe(
    index: StoryIndex, a: ClaimDraft, ours: DateDraft, b: ClaimDraft, theirs: DateDraft
) -> FindingDraft:
    anchors = [date.anchor for date in (ours, theirs) if date.anchor]
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.HIGH,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(a.article)} dates it {quote_span(index, a.article, ours.span, around=4)}, "
            f"{index.outlet(b.article)} {quote_span(index, b.article, theirs.span, around=4)}."
        ),
        rule=(
            f"Resolved dates have no day in common: {show_days(ours)} and {show_days(theirs)}"
            + (f", counted from {' and '.join(sorted(set(anchors)))}." if anchors else ".")
        ),
        highlights=(mark(a.article, ours.span), mark(b.article, theirs.span)),
        confidence=0.6 if anchors else 0.75,
        changes_if="two separate happenings, or an article dated another day than assumed",
        compared=(a.text, b.text),
    )


DETECTOR = Detector(
    SLUG,
    "Dates conflict",
    "The same happening is dated differently, and the dates have no day in common.",
    find,
    find_in_story,
)
