"""Planned in one outlet, done in another; looked into here, charged there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from apps.articles.text.spans import Span
from apps.claims.analysis.background import past_year_of
from apps.claims.analysis.calendar_ranges import days_of
from apps.claims.analysis.counterparts import Counterpart, find_counterparts
from apps.claims.analysis.meanings import similarity
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.plans import find_reports, index_done, planned_and_done
from apps.claims.analysis.status import Status, find_statuses
from apps.claims.analysis.steps import SPEECH, Step, steps_in
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex, index_of
from apps.claims.analysis.surroundings import (
    likeness_around,
    likeness_of_deeds,
    one_affair,
    surroundings_of,
)
from apps.claims.analysis.types import (
    Candidate,
    ClaimDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.wording import Edit, Token

SLUG = "status_differs"
# Reports this far apart can both have been right when they were printed.
_TIME_TO_HAPPEN = 18.0
# So many pairs of sentences are all compared; of more, only counterparts.
_FEW = 12_000
# Of each step the nearest so many of every other article are proposed.
_NEAREST = 4
_FEW_STANDING = 60
_UNKNOWN = 0.1
_LEAST = 0.3
# Neither the deed nor who does it is known to be one.
_STRANGE = 0.35
_PLAN = "planned in one, happened in the other"
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Side:
    """Words of one sentence that say how far a matter has come."""

    view: SentenceView
    span: Span


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield plans that the same article reports as done."""
    index = index_of(story)
    for article in story.articles:
        yield from _inside(index, article.id)


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose sentences of two outlets that may have one matter at different steps."""
    index = index_of(story)
    rates = _rates(index)
    yield from _turned(index, rates)
    yield from _on_courses(index, rates)
    yield from _retold(index, rates)


def _rates(index: StoryIndex) -> dict[tuple[Place, Place], Counterpart]:
    """Return the likeliest counterpart of each two sentences, by both orders."""
    found: dict[tuple[Place, Place], Counterpart] = {}
    for pair in find_counterparts(index):
        a, b = (pair.a.article, pair.a.sentence), (pair.b.article, pair.b.sentence)
        found.setdefault((a, b), pair)
        found.setdefault((b, a), pair)
    return found


def _turned(
    index: StoryIndex, rates: dict[tuple[Place, Place], Counterpart]
) -> Iterator[Candidate]:
    """Propose what is ahead in one outlet and behind in another."""
    near: dict[tuple[int, str], list[tuple[float, Step, Step, dict[str, float]]]] = defaultdict(
        list
    )
    told: dict[int, float] = defaultdict(float)
    for plan, done in _pairs(index, rates):
        features = _likeness(index, rates, plan, done)
        score = _score(features)
        if plan.view.article == done.view.article:
            # What the planning article itself reports done is its own matter.
            told[id(plan)] = max(told[id(plan)], score)
        elif score >= _LEAST:
            near[id(plan), done.view.article].append((score, plan, done, features))
    for entries in near.values():
        entries.sort(key=lambda entry: -entry[0])
        for score, plan, done, features in entries[:_NEAREST]:
            features["told_there"] = min(1.0, told[id(plan)] / score)
            yield from _candidate(
                index, _Side(plan.view, plan.span), _Side(done.view, done.span), _PLAN, features
            )


def _pairs(
    index: StoryIndex, rates: dict[tuple[Place, Place], Counterpart]
) -> Iterator[tuple[Step, Step]]:
    """Yield (ahead, behind): those of one article, and those of two that may be compared: all
    in a story of few, else those in counterparts."""
    ahead: dict[Place, list[Step]] = defaultdict(list)
    behind: dict[Place, list[Step]] = defaultdict(list)
    for article_id in sorted(index.articles, key=index.rank.__getitem__):
        steps = steps_in(index, article_id)
        for step in steps:
            (ahead if step.ahead else behind)[_place(step.view)].append(step)
        plans = [step for step in steps if step.ahead]
        for plan, done in product(plans, [step for step in steps if not step.ahead]):
            if plan.view is not done.view:
                yield plan, done
    few = len(ahead) * len(behind) <= _FEW
    for a, b in product(ahead, behind) if few else rates:
        if a[0] == b[0] or a not in ahead or b not in behind or index.same_outlet(a[0], b[0]):
            continue
        if (a, b) in rates or index.same_event(a[0], b[0]):
            yield from product(ahead[a], behind[b])


def _place(view: SentenceView) -> Place:
    return view.article, view.index


def _shared(
    index: StoryIndex, rates: dict[tuple[Place, Place], Counterpart], x: _Side, y: _Side
) -> dict[str, float]:
    """Return what any two sentences on one matter have in common."""
    pair = rates.get((_place(x.view), _place(y.view)))
    return {
        "rate": pair.rate if pair else _UNKNOWN,
        **likeness_around(
            surroundings_of(index, x.view, x.span), surroundings_of(index, y.view, y.span)
        ),
    }


def _likeness(
    index: StoryIndex, rates: dict[tuple[Place, Place], Counterpart], plan: Step, done: Step
) -> dict[str, float]:
    one_deed = likeness_of_deeds(plan.deed, done.deed)
    one_actor = _one_actor(plan.actors, done.actors)
    return {
        **_shared(index, rates, _Side(plan.view, plan.span), _Side(done.view, done.span)),
        "turned": 1.0,
        "one_deed": one_deed,
        "one_actor": one_actor,
        "deed_or_actor": max(one_deed, one_actor),
        "stranger": float(max(one_deed, one_actor) < _STRANGE),
        "perfect": float(done.perfect),
    }


def _score(features: dict[str, float]) -> float:
    deed_and_actor = 0.5 * features["one_deed"] + 0.5 * features["one_actor"]
    return one_affair(features) + deed_and_actor + 0.3 * features["perfect"]


def _one_actor(a: frozenset[str], b: frozenset[str]) -> float:
    return max((max(0.0, similarity(x, y)) for x in sorted(a) for y in sorted(b)), default=0.0)


def _on_courses(
    index: StoryIndex, rates: dict[tuple[Place, Place], Counterpart]
) -> Iterator[Candidate]:
    """Propose sentences that name different steps of one course of affairs."""
    standing: dict[str, list[tuple[SentenceView, Status]]] = defaultdict(list)
    for article_id in sorted(index.articles, key=index.rank.__getitem__):
        for view in index.sentences[article_id]:
            for status in find_statuses(view.tokens):
                standing[status.course].append((view, status))
    copies = {(_place(copy.a), _place(copy.b)): copy for copy in index.copies}
    for _, told in sorted(standing.items()):
        ranks: dict[str, set[int]] = defaultdict(set)
        for view, status in told:
            ranks[view.article].add(status.rank)
        for (x, first), (y, second) in combinations(told, 2):
            if first.rank == second.rank or x.article == y.article:
                continue
            if index.same_outlet(x.article, y.article):
                continue
            if (_place(x), _place(y)) not in rates and (
                len(told) > _FEW_STANDING or not index.same_event(x.article, y.article)
            ):
                continue
            early, late = (first, second) if first.rank < second.rank else (second, first)
            features = _shared(index, rates, _Side(x, first.span), _Side(y, second.span))
            copy = copies.get((_place(x), _place(y)))
            features |= {
                "on_course": 1.0,
                "exchanged": float(copy is not None and _exchanged(copy, first.span, second.span)),
                "told_there": float(
                    first.rank in ranks[y.article] or second.rank in ranks[x.article]
                ),
            }
            sides = (_Side(x, first.span), _Side(y, second.span))
            if late is first:
                sides = (sides[1], sides[0])
            rule = f"“{early.words}” is an earlier step than “{late.words}”"
            yield from _candidate(index, *sides, rule, features)


def _retold(
    index: StoryIndex, rates: dict[tuple[Place, Place], Counterpart]
) -> Iterator[Candidate]:
    """Propose copies that changed nothing but the tense of a verb: "held", "holds"."""
    for copy in index.copies:
        if index.same_outlet(copy.a.article, copy.b.article):
            continue
        for edit in copy.diff.edits:
            if len(edit.a) != 1 or len(edit.b) != 1 or not _is_tense(edit.a[0], edit.b[0]):
                continue
            x, y = _Side(copy.a, edit.a[0].span), _Side(copy.b, edit.b[0].span)
            features = _shared(index, rates, x, y)
            features |= {"on_course": 1.0, "exchanged": 1.0}
            rule = f"“{edit.a[0].text}” and “{edit.b[0].text}” are of different times"
            yield from _candidate(index, x, y, rule, features)


def _is_tense(a: Token, b: Token) -> bool:
    return (
        bool(a.lemma) and a.lemma == b.lemma and a.pos == b.pos == "VERB" and a.lemma not in SPEECH
    )


def _exchanged(copy: CopyPair, a: Span, b: Span) -> bool:
    """Whether one step stands in a copy where the other stood in its source."""

    def holds(edit: Edit) -> bool:
        return any(token.span.overlaps(a) for token in edit.a) and any(
            token.span.overlaps(b) for token in edit.b
        )

    return any(holds(edit) for edit in copy.diff.edits)


def _candidate(
    index: StoryIndex, early: _Side, late: _Side, rule: str, features: dict[str, float]
) -> Iterator[Candidate]:
    """Yield the candidate of two sentences; *late* has the matter further on."""
    x, y = early.view, late.view
    a, b = index.claim_at(x.article, early.span), index.claim_at(y.article, late.span)
    if a is None or b is None:
        return
    if past_year_of(index, x) != past_year_of(index, y):
        return
    features["other_days"] = float(_other_days(index, x, y))
    finding = _describe(index, index.row_claim(a), early.span, index.row_claim(b), late.span, rule)
    yield Candidate(
        finding,
        features,
        same_as=f"{late.view.article}:{late.span.start}",
        doubt="the two may be steps of different matters",
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


def _describe(
    index: StoryIndex, a: ClaimDraft, x: Span, b: ClaimDraft, y: Span, rule: str
) -> FindingDraft:
    """Describe a matter that has come further in *b* than in *a*."""
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
    find_candidates=find_candidates,
)
