"""Planned in one outlet, done in another; looked into here, charged there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_ranges import days_of
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.status import Status, find_plan, find_statuses
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import (
    ClaimDraft,
    ClusterDraft,
    Detector,
    FindingDraft,
    Outcome,
    Polarity,
    Severity,
    StoryDraft,
    Voice,
)
from apps.claims.analysis.wording import content_stems

SLUG = "status_differs"
# Reports this far apart can both have been right when they were printed.
_TIME_TO_HAPPEN = 12.0
_SHARED = 2


def find(cluster: ClusterDraft, story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    seen: set[frozenset[str]] = set()
    ordered = sorted(
        cluster.claims, key=lambda claim: (index.rank[claim.article], len(claim.span), claim.id)
    )
    for a, b in combinations(ordered, 2):
        if a.article != b.article and index.same_outlet(a.article, b.article):
            continue
        if _other_days(a, b) or a.polarity is not b.polarity:
            continue
        pair = frozenset((a.article, b.article))
        step = _step(index, a, b) or _plan(index, a, b)
        if step is None or pair in seen:
            continue
        seen.add(pair)
        yield _describe(index, a, step[0], b, step[1], step[2])


def _other_days(a: ClaimDraft, b: ClaimDraft) -> bool:
    ours = [days for date in a.dates if (days := days_of(date))]
    theirs = [days for date in b.dates if (days := days_of(date))]
    return bool(ours and theirs) and not any(
        x.first <= y.last and y.first <= x.last for x in ours for y in theirs
    )


def _step(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> tuple[Span, Span, str] | None:
    """Return where two claims stand on different steps of one course of affairs."""
    ours = {status.course: status for status in find_statuses(index.tokens(a))}
    theirs = {status.course: status for status in find_statuses(index.tokens(b))}
    for course in ours.keys() & theirs.keys():
        x, y = ours[course], theirs[course]
        if x.rank != y.rank and _same_matter(index, a, x, b, y):
            return (
                x.span,
                y.span,
                f"“{x.words}” is an earlier step than “{y.words}”"
                if x.rank < y.rank
                else (f"“{y.words}” is an earlier step than “{x.words}”"),
            )
    return None


def _same_matter(index: StoryIndex, a: ClaimDraft, x: Status, b: ClaimDraft, y: Status) -> bool:
    """Whether both claims are about one case, sum or deal: words beside the step agree."""
    steps = {word for status in (x, y) for word in status.words.split()}
    ours = content_stems(token for token in index.tokens(a) if token.key not in steps)
    theirs = content_stems(token for token in index.tokens(b) if token.key not in steps)
    return len(ours & theirs) >= _SHARED


def _plan(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> tuple[Span, Span, str] | None:
    """Return where one claim is a plan and the other says that it happened."""
    if a.predicate != b.predicate or not a.predicate:
        return None
    tokens_a, tokens_b = index.tokens(a), index.tokens(b)
    plan_a, plan_b = find_plan(a, tokens_a), find_plan(b, tokens_b)
    if (plan_a is None) == (plan_b is None):
        return None
    done = b if plan_a else a
    if done.voice not in (Voice.STATED, Voice.ATTRIBUTED) or done.polarity is Polarity.NEGATIVE:
        return None
    if len(content_stems(tokens_a) & content_stems(tokens_b)) < _SHARED + 1:
        return None
    return plan_a or a.span, plan_b or b.span, "planned in one, happened in the other"


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
)
