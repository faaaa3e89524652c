"""Planned in one outlet, done in another; looked into here, charged there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_ranges import days_of
from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.plans import planned_and_done
from apps.claims.analysis.status import find_statuses
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    ClaimDraft,
    ClusterDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.wording import content_stems

SLUG = "status_differs"
# Reports this far apart can both have been right when they were printed.
_TIME_TO_HAPPEN = 12.0
_SHARED = 2
_RELATED = 6.0
_PLAN = "planned in one, happened in the other"


def find(cluster: ClusterDraft, story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield steps and plans that differ inside one row."""
    index = index_of(story)
    seen: set[frozenset[str]] = set()
    ordered = sorted(
        cluster.claims, key=lambda claim: (index.rank[claim.article], len(claim.span), claim.id)
    )
    for a, b in combinations(ordered, 2):
        ours, theirs = index.sentence(a), index.sentence(b)
        pair = frozenset((a.article, b.article))
        if ours is None or theirs is None or pair in seen:
            continue
        finding = _compare(index, ours, theirs, _SHARED)
        if finding is not None:
            seen.add(pair)
            yield finding


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield steps and plans that differ between sentences on one matter, whatever their rows."""
    index = index_of(story)
    for pair in closest_pairs(index):
        if pair.score >= _RELATED:
            finding = _compare(index, pair.a, pair.b, _SHARED)
            if finding is not None:
                yield finding
    for article in story.articles:
        yield from _inside(index, article.id)


def _inside(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    """Yield a plan that the same article reports as done."""
    views = index.sentences[article_id]
    for plan in views:
        for done in views:
            # Only a headline or deck against the report below it; asked first, because the
            # pairs of a long article are many.
            found = None if plan.role is done.role else planned_and_done(plan, done)
            if found is None or _other_days(index, plan, done):
                continue
            a, b = index.claim_at(article_id, found[0]), index.claim_at(article_id, found[1])
            if a is not None and b is not None:
                yield _describe(index, a, found[0], b, found[1], _PLAN)
                break


def _compare(
    index: StoryIndex, x: SentenceView, y: SentenceView, shared: int
) -> FindingDraft | None:
    if index.same_outlet(x.article, y.article) or _other_days(index, x, y):
        return None
    step = _step(x, y, shared) or _plan(x, y)
    if step is None:
        return None
    a, b = index.claim_at(x.article, step[0]), index.claim_at(y.article, step[1])
    if a is None or b is None:
        return None
    return _describe(index, index.row_claim(a), step[0], index.row_claim(b), step[1], step[2])


def _other_days(index: StoryIndex, x: SentenceView, y: SentenceView) -> bool:
    ours, theirs = ([
        days for date in index.articles[view.article].sentences[view.index].dates if (days := days_of(date))
    ] for view in (x, y))  # fmt: skip
    return bool(ours and theirs) and not any(
        first.first <= second.last and second.first <= first.last
        for first in ours
        for second in theirs
    )


def _step(x: SentenceView, y: SentenceView, needed: int) -> tuple[Span, Span, str] | None:
    """Return where two sentences stand on different steps of one course of affairs."""
    ours = {status.course: status for status in find_statuses(x.tokens)}
    theirs = {status.course: status for status in find_statuses(y.tokens)}
    for course in sorted(ours.keys() & theirs.keys()):
        first, second = ours[course], theirs[course]
        if first.rank == second.rank:
            continue
        steps = {word for status in (first, second) for word in status.words.split()}
        shared = content_stems(t for t in x.tokens if t.key not in steps) & content_stems(
            t for t in y.tokens if t.key not in steps
        )
        if len(shared) >= needed:
            early, late = (first, second) if first.rank < second.rank else (second, first)
            return (
                first.span,
                second.span,
                f"“{early.words}” is an earlier step than “{late.words}”",
            )
    return None


def _plan(x: SentenceView, y: SentenceView) -> tuple[Span, Span, str] | None:
    """Return where one sentence plans what the other reports as done."""
    found = planned_and_done(x, y)
    if found is not None:
        return found[0], found[1], _PLAN
    found = planned_and_done(y, x)
    return (found[1], found[0], _PLAN) if found is not None else None


def _describe(
    index: StoryIndex, a: ClaimDraft, x: Span, b: ClaimDraft, y: Span, rule: str
) -> FindingDraft:
    hours = index.hours_between(a.article, b.article)
    inside = a.article == b.article
    explained = not inside and hours is not None and hours >= _TIME_TO_HAPPEN
    where = (
        f"{index.outlet(a.article)} prints both {quote_span(index, a.article, x, around=5)} and "
        f"{quote_span(index, b.article, y, around=5)}."
        if inside
        else f"{index.outlet(a.article)} prints {quote_span(index, a.article, x, around=5)}, "
        f"{index.outlet(b.article)} {quote_span(index, b.article, y, around=5)}."
    )
    order = (
        "; the second report is later and may know more" if explained
        else "; both stand in one article" if inside
        else "; the reports are too close in time to explain it" if hours is not None
        else "; the order of the reports is not known"
    )  # fmt: skip
    compatible = explained or (not inside and hours is None)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE if compatible else Outcome.CONFLICT,
        severity=Severity.LOW if compatible else Severity.HIGH if not inside else Severity.MEDIUM,
        claims=(a.id, b.id),
        explanation=where,
        rule=rule[:1].upper() + rule[1:] + order + ".",
        highlights=(mark(a.article, x), mark(b.article, y)),
        confidence=0.65,
        changes_if="an event between the two reports",
        compared=(a.text, b.text),
    )


DETECTOR = Detector(
    SLUG,
    "Status differs",
    "Planned or done, proposed or adopted, investigated or charged: the outlets have the matter at different steps.",
    find,
    find_in_story,
)
