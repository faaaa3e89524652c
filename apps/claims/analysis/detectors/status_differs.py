"""Planned in one outlet, done in another; looked into here, charged there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_ranges import days_of
from apps.claims.analysis.early_pairs import early_pairs
from apps.claims.analysis.episodes import past_year_of
from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.plans import (
    Step,
    find_reports,
    index_done,
    planned_and_done,
    steps_ahead,
    steps_behind,
)
from apps.claims.analysis.slots import Idea, ideas_of, likeness
from apps.claims.analysis.status import Status, find_statuses
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    ClaimDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import content_stems, find_phrase

SLUG = "status_differs"
# Reports this far apart can both have been right when they were printed.
_TIME_TO_HAPPEN = 18.0
_SHARED = 2
_SHARED_BESIDE_FIGURE = 1.5
_RELATED = 5.0
_SAME_WORD = 0.8
_TELLING = 10
_BREAK = re.compile(r"[,;:.!?](?!\d)")
# Claims and marks of one finding.
_MOST = 6
# Where two sentences differ, in the first and in the second, why, and which is further (0 or 1).
Difference = tuple[Span, Span, str, int]
_PLAN = "planned in one, happened in the other"


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield steps and plans that differ between sentences on one matter.

    Reports that stand on one step against one report on another make one finding.
    """
    index = index_of(story)
    met: set[frozenset[tuple[str, int]]] = set()
    found: dict[tuple[str, int, str], list[FindingDraft]] = defaultdict(list)
    inside = [finding for article in story.articles for finding in _inside(index, article.id)]
    own = {(mark.article, mark.span.start) for finding in inside for mark in finding.highlights[:1]}
    for x, y in [*_in_rows(index), *_on_one_matter(index)]:
        pair = frozenset(((x.article, x.index), (y.article, y.index)))
        if pair in met or index.same_outlet(x.article, y.article) or _other_days(index, x, y):
            continue
        met.add(pair)
        if past_year_of(index, x) != past_year_of(index, y):
            continue
        step = _step(index, x, y, _SHARED) or _plan(x, y) or _turned(index, x, y)
        if step is None:
            continue
        if {(x.article, step[0].start), (y.article, step[1].start)} & own:
            # The planning article itself reports it done: that is its own matter.
            continue
        a, b = index.claim_at(x.article, step[0]), index.claim_at(y.article, step[1])
        if a is not None and b is not None:
            finding = _describe(
                index, index.row_claim(a), step[0], index.row_claim(b), step[1], step[2]
            )
            late = step[1] if step[3] == 1 else step[0]
            further = y if step[3] == 1 else x
            found[further.article, late.start, finding.outcome].append(finding)
    for findings in found.values():
        yield _merged(findings)
    yield from inside


def _in_rows(index: StoryIndex) -> Iterator[tuple[SentenceView, SentenceView]]:
    """Yield the sentences of each row's claims in pairs, the earlier article first."""
    for cluster in index.story.clusters:
        ordered = sorted(
            cluster.claims, key=lambda claim: (index.rank[claim.article], len(claim.span), claim.id)
        )
        views = [view for claim in ordered if (view := index.sentence(claim)) is not None]
        yield from early_pairs(views)


def _on_one_matter(index: StoryIndex) -> Iterator[tuple[SentenceView, SentenceView]]:
    for pair in closest_pairs(index):
        if pair.score >= _RELATED:
            yield pair.a, pair.b


def _merged(findings: list[FindingDraft]) -> FindingDraft:
    first = findings[0]
    return replace(
        first,
        claims=tuple(dict.fromkeys(claim for each in findings for claim in each.claims))[:_MOST],
        highlights=tuple(dict.fromkeys(mark for each in findings for mark in each.highlights))[
            :_MOST
        ],
    )


def _inside(index: StoryIndex, article_id: str) -> Iterator[FindingDraft]:
    """Yield a plan that the same article reports as done."""
    views = index.sentences[article_id]
    by_verb = index_done(views)
    for plan in views:
        for done in find_reports(plan, by_verb):
            # Only a headline or deck against the report below it; asked first, because the
            # pairs of a long article are many.
            found = None if plan.role is done.role else planned_and_done(plan, done)
            if found is None or _other_days(index, plan, done):
                continue
            a, b = index.claim_at(article_id, found[0]), index.claim_at(article_id, found[1])
            if a is not None and b is not None:
                yield _describe(index, a, found[0], b, found[1], _PLAN)
                break


def _other_days(index: StoryIndex, x: SentenceView, y: SentenceView) -> bool:
    ours, theirs = ([
        days for date in index.articles[view.article].sentences[view.index].dates if (days := days_of(date))
    ] for view in (x, y))  # fmt: skip
    return bool(ours and theirs) and not any(
        first.first <= second.last and second.first <= first.last
        for first in ours
        for second in theirs
    )


def _step(index: StoryIndex, x: SentenceView, y: SentenceView, needed: int) -> Difference | None:
    """Return where two sentences stand on different steps of one course of affairs."""
    ours, theirs = _statuses(index, x), _statuses(index, y)
    for course in sorted(ours.keys() & theirs.keys()):
        first, second = ours[course], theirs[course]
        if first.rank == second.rank:
            continue
        # "The deal was reached in two days of talks" names both steps itself.
        further = y if first.rank < second.rank else x
        if find_phrase(
            [token.key for token in further.tokens], (min(first, second, key=_rank).words,)
        ):
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
                int(late is second),
            )
    return None


def _statuses(index: StoryIndex, view: SentenceView) -> dict[str, Status]:
    """Return the furthest step of each course a sentence names; worked out once."""
    memo = index.memo.setdefault("statuses", {})
    known = cast("dict[tuple[str, int], dict[str, Status]]", memo)
    place = (view.article, view.index)
    if place not in known:
        known[place] = {status.course: status for status in find_statuses(view.tokens)}
    return known[place]


def _rank(status: Status) -> int:
    return status.rank


def _turned(index: StoryIndex, x: SentenceView, y: SentenceView) -> Difference | None:
    """Return where a deed that may or will be done in one sentence has been done in the other."""
    for plan, done, turned in ((x, y, False), (y, x, True)):
        behind = steps_behind(index.articles[done.article].text, done.tokens)
        if not behind:
            continue
        for ahead in steps_ahead(index.articles[plan.article].text, plan.tokens):
            for step in behind:
                if _one_deed(index, plan, ahead, done, step):
                    first, second = (step, ahead) if turned else (ahead, step)
                    return first.span, second.span, _PLAN, int(not turned)
    return None


def _one_deed(
    index: StoryIndex, plan: SentenceView, ahead: Step, done: SentenceView, behind: Step
) -> bool:
    """Whether two steps are of one deed: its word recurs, or its figure with the matter."""
    ours, theirs = _matter(plan), _matter(done)
    # "Will appeal", "has lodged an appeal": the verb of one is among the words of the other;
    # a common object alone makes no common deed.
    verbs = [(a, b) for a in ahead.deed[:1] for b in behind.deed]
    verbs += [(a, b) for a in ahead.deed for b in behind.deed[:1]]
    alike = max((a.likeness(b) for a, b in verbs), default=0.0)
    shared = likeness(ours, theirs)
    if alike >= _SAME_WORD and shared >= _SHARED:
        return True
    figures = _figures(index, plan, ahead) & _figures(index, done, behind)
    return bool(figures) and shared >= _SHARED_BESIDE_FIGURE


def _matter(view: SentenceView) -> tuple[Idea, ...]:
    return ideas_of([
        token for token in view.tokens
        if token.content and token.key[:1].isalpha() and token.key not in word_set("calendar_words")
    ])  # fmt: skip


def _figures(index: StoryIndex, view: SentenceView, step: Step) -> frozenset[tuple[str, object]]:
    """Return the telling figures of a step's clause, by kind and middle value."""
    return frozenset(
        (quantity.type.value, (quantity.low + quantity.high) / 2)
        for quantity in index.articles[view.article].sentences[view.index].quantities
        if quantity.low is not None and quantity.high is not None and quantity.high >= _TELLING
        and not _BREAK.search(_between(index.articles[view.article].text, quantity.span, step.span))
    )  # fmt: skip


def _between(text: str, a: Span, b: Span) -> str:
    return text[min(a.end, b.end) : max(a.start, b.start)]


def _plan(x: SentenceView, y: SentenceView) -> Difference | None:
    """Return where one sentence plans what the other reports as done."""
    found = planned_and_done(x, y)
    if found is not None:
        return found[0], found[1], _PLAN, 1
    found = planned_and_done(y, x)
    return (found[1], found[0], _PLAN, 0) if found is not None else None


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
    find_in_story=find_in_story,
)
