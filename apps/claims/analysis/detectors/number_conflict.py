"""Two outlets count the same thing and cannot both be right about how many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from apps.articles.text.types import Role
from apps.claims.analysis.intervals import Interval, reading
from apps.claims.analysis.number_comparison import (
    NumberPair,
    NumberRelation,
    claim_ids,
    compare_numbers,
    explain_gap,
    number_marks,
    number_words,
    one_per_article,
    uses_in,
)
from apps.claims.analysis.phrasing import mark, outlets, quote_span, verb
from apps.claims.analysis.slots import NumberUse
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.tallies import Tally, find_tallies
from apps.claims.analysis.types import (
    Detector,
    FindingDraft,
    Outcome,
    QuantityType,
    Severity,
    StoryDraft,
)

SLUG = "number_conflict"


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    same = _same_value(index)
    clashes: dict[tuple[Interval, Interval, frozenset[str]], list[NumberPair]] = {}
    for pair in compare_numbers(index):
        if pair.relation is not NumberRelation.CONFLICT:
            continue
        first, second = reading(pair.a.quantity), reading(pair.b.quantity)
        event = pair.a.event | pair.b.event
        turned = (second, first, event)
        clashes.setdefault(turned if turned in clashes else (first, second, event), []).append(pair)
    for (low_side, _, _), pairs in clashes.items():
        ours: dict[tuple[str, int], NumberUse] = {}
        theirs: dict[tuple[str, int], NumberUse] = {}
        for pair in pairs:
            for use in (pair.a, pair.b):
                side = ours if reading(use.quantity) == low_side else theirs
                for told in (use, *same.get(_place(use), ())):
                    side.setdefault(_place(told), told)
        yield describe(
            index,
            one_per_article(list(ours.values())),
            one_per_article(list(theirs.values())),
            pairs[0],
        )
    yield from _votes(index)
    yield from _points_and_percent(index)


def _place(use: NumberUse) -> tuple[str, int]:
    return use.claim.article, use.span.start


def _same_value(index: StoryIndex) -> dict[tuple[str, int], list[NumberUse]]:
    """Return for each number the numbers of other articles that tell the same."""
    same: dict[tuple[str, int], list[NumberUse]] = {}
    for pair in compare_numbers(index):
        if pair.relation is NumberRelation.SAME:
            same.setdefault(_place(pair.a), []).append(pair.b)
            same.setdefault(_place(pair.b), []).append(pair.a)
    return same


def _votes(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield two counts of one vote, the outlets of each count together."""
    tallies = [
        tally
        for article_id in sorted(index.articles, key=index.rank.__getitem__)
        for tally in find_tallies(index, article_id)
    ]
    clashes: dict[tuple[int, int, int, int], list[tuple[Tally, Tally]]] = {}
    for a, b in combinations(tallies, 2):
        if index.same_outlet(a.article, b.article) or not index.same_event(a.article, b.article):
            continue
        # One body votes with as many members; else only a vote or two may be lost on the way.
        alike = a.ayes + a.noes == b.ayes + b.noes or abs(a.ayes - b.ayes) + abs(
            a.noes - b.noes
        ) <= max(2, (a.ayes + a.noes) // 4)
        if (a.ayes, a.noes) != (b.ayes, b.noes) and alike:
            clashes.setdefault((a.ayes, a.noes, b.ayes, b.noes), []).append((a, b))
    for (ayes, noes, other_ayes, other_noes), pairs in clashes.items():
        found = {(tally.article, tally.span.start): tally for pair in pairs for tally in pair}
        claims = {
            claim.id: tally for tally in found.values()
            if tally.sentence.role is Role.BODY and (claim := index.claim_at(tally.article, tally.span)) is not None
        }  # fmt: skip
        if len({tally.article for tally in claims.values()}) < 2:
            continue
        a, b = pairs[0]
        shown = [index.row_claim(index.claims[claim]).id for claim in claims]
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.CONFLICT,
            severity=Severity.HIGH,
            claims=tuple(dict.fromkeys(shown))[:6],
            explanation=(
                f"{index.outlet(a.article)} counts the vote as {quote_span(index, a.article, a.span)}, "
                f"{index.outlet(b.article)} as {quote_span(index, b.article, b.span)}."
            ),
            rule=f"One vote, two counts: {ayes} to {noes} is not {other_ayes} to {other_noes}.",
            highlights=tuple(mark(tally.article, tally.span) for tally in claims.values()),
            confidence=0.75,
            changes_if="if two votes were taken",
            compared=(f"{ayes}-{noes}", f"{other_ayes}-{other_noes}"),
        )


def _points_and_percent(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield "0.4 percentage points" against "0.4 percent" of the same thing."""
    uses = [
        use
        for article_id in sorted(index.articles, key=index.rank.__getitem__)
        for use in uses_in(index, article_id)
    ]
    shares = [use for use in uses if use.quantity.type is QuantityType.PERCENT]
    for a, b in combinations(shares, 2):
        units = {_share_unit(a), _share_unit(b)}
        if len(units) != 2 or a.quantity.low != b.quantity.low or len(a.near & b.near) < 2:
            continue
        if index.same_outlet(a.claim.article, b.claim.article):
            continue
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.CONFLICT,
            severity=Severity.MEDIUM,
            claims=claim_ids([a, b]),
            explanation=(
                f"{index.outlet(a.claim.article)} prints {number_words(index, a)}, "
                f"{index.outlet(b.claim.article)} {number_words(index, b)}."
            ),
            rule="A percentage point is one of a hundred parts of the whole, a percent one of the rate itself.",
            highlights=number_marks([a, b]),
            confidence=0.7,
            changes_if="if the outlet uses “percent” for percentage points",
            compared=(a.claim.text, b.claim.text),
        )


def _share_unit(use: NumberUse) -> str:
    return "points" if "point" in use.quantity.unit else "percent"


def describe(
    index: StoryIndex, ours: list[NumberUse], theirs: list[NumberUse], pair: NumberPair
) -> FindingDraft:
    a, b = ours[0], theirs[0]
    weakest = pair.match.weakest
    confidence = min(0.95, 0.45 + 0.1 * pair.match.score) - (0.15 if weakest else 0.0)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.MEDIUM if weakest else Severity.HIGH,
        claims=claim_ids([*ours, *theirs]),
        explanation=(
            f"{_sayers(index, ours)} {number_words(index, a)}; {_sayers(index, theirs)} {number_words(index, b)}."
        ),
        rule=f"Same thing counted, no value in common: {explain_gap(a.quantity, b.quantity)}.",
        highlights=number_marks([*ours, *theirs]),
        confidence=round(confidence, 2),
        changes_if=(
            f"{weakest}; another scope, day or event for one of the numbers would make them compatible"
            if weakest
            else "another scope, day or event for one of the numbers would make them compatible"
        ),
        compared=(a.claim.text, b.claim.text),
    )


def _sayers(index: StoryIndex, uses: list[NumberUse]) -> str:
    articles = [use.claim.article for use in uses]
    return f"{outlets(index, articles)} {verb(articles, 'prints', 'print')}"


DETECTOR = Detector(
    SLUG,
    "Numbers conflict",
    "Outlets count the same thing for the same event and the values have nothing in common.",
    find_in_story=find_in_story,
)
