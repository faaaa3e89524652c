"""Two outlets count the same thing and cannot both be right about how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from apps.articles.text.types import Role
from apps.claims.analysis.background import past_year_of
from apps.claims.analysis.intervals import can_both_be_true
from apps.claims.analysis.number_comparison import (
    NumberRelation,
    claim_ids,
    explain_gap,
    is_scale_against_exact,
    number_marks,
    number_words,
    one_per_article,
    tells_the_whole,
    uses_in,
)
from apps.claims.analysis.number_pairs import (
    ProposedPair,
    compact,
    pair_key,
    propose_pairs,
    tellings,
    weakest_link,
)
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.slots import NumberUse
from apps.claims.analysis.stakes import is_much_at_stake
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.tallies import Tally, find_tallies
from apps.claims.analysis.types import (
    Candidate,
    Detector,
    FindingDraft,
    Outcome,
    QuantityType,
    Severity,
    StoryDraft,
)

SLUG = "number_conflict"
# What a scale and an exact number must share to be of one count, in the weights of a slot.
_SURE_SLOT = 6.0


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose numbers of two outlets that cannot both be true of one thing."""
    index = index_of(story)
    for pair in propose_pairs(index):
        a, b = pair.a, pair.b
        if (
            index.same_outlet(a.claim.article, b.claim.article)
            or can_both_be_true(a.quantity, b.quantity)
            or pair.features["number_replaced"]
            or pair.features["number_both_known"]
            or pair.features["number_other_year"]
            or pair.rest is not None
            or a.per != b.per
            or _is_scale(pair)
            or tells_the_whole(index, a, b)
            or tells_the_whole(index, b, a)
        ):
            continue
        yield Candidate(
            describe(index, pair),
            compact(pair.features),
            same_as=pair_key(pair),
            doubt=weakest_link(pair),
            at_stake=is_much_at_stake(index, pair),
        )


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    yield from _votes(index)
    yield from _points_and_percent(index)
    yield from _scales(index)


def _scales(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield "101 were Chileans" against "hundreds of Chileans": a scale that does not hold."""
    pairs: dict[tuple[str, str, str], list[ProposedPair]] = {}
    for pair in propose_pairs(index):
        a, b = pair.a, pair.b
        if (
            pair.relation is NumberRelation.CONFLICT
            and _is_scale(pair)
            and not pair.features["number_known_there"]
            and not index.same_outlet(a.claim.article, b.claim.article)
        ):
            low, high = sorted((a.quantity.text.lower(), b.quantity.text.lower()))
            pairs.setdefault((low, high, a.head), []).append(pair)
    for together in pairs.values():
        uses = one_per_article([use for pair in together for use in (pair.a, pair.b)])
        yield replace(
            describe(index, together[0]),
            claims=claim_ids(uses), highlights=number_marks(uses), confidence=0.65,
        )  # fmt: skip


def _is_scale(pair: ProposedPair) -> bool:
    """Whether a scale and an exact number surely answer one question: a rule's matter."""
    return is_scale_against_exact(pair.a, pair.b) and pair.match.score >= _SURE_SLOT


def _votes(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield two counts of one vote, the outlets of each count together."""
    tallies = [
        tally
        for article_id in sorted(index.articles, key=index.rank.__getitem__)
        for tally in find_tallies(index, article_id)
        if not past_year_of(index, tally.sentence)
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
    # By who says "percent" and of how much: all who say "points" stand against it.
    pairs: dict[tuple[Decimal | None, str], list[tuple[NumberUse, NumberUse]]] = {}
    for a, b in combinations(shares, 2):
        units = {_share_unit(a), _share_unit(b)}
        if len(units) != 2 or a.quantity.low != b.quantity.low or len(a.near & b.near) < 2:
            continue
        if index.same_outlet(a.claim.article, b.claim.article):
            continue
        odd = a if _share_unit(a) == "percent" else b
        pairs.setdefault((odd.quantity.low, odd.claim.article), []).append((a, b))
    for together in pairs.values():
        a, b = max(together, key=lambda pair: len(pair[0].near & pair[1].near))
        uses = one_per_article([a, b, *(use for pair in together for use in pair)])
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.CONFLICT,
            severity=Severity.MEDIUM,
            claims=claim_ids(uses),
            explanation=(
                f"{index.outlet(a.claim.article)} prints {number_words(index, a)}, "
                f"{index.outlet(b.claim.article)} {number_words(index, b)}."
            ),
            rule="A percentage point is one of a hundred parts of the whole, a percent one of the rate itself.",
            highlights=number_marks(uses),
            confidence=0.7,
            changes_if="if the outlet uses “percent” for percentage points",
            compared=(a.claim.text, b.claim.text),
        )


def _share_unit(use: NumberUse) -> str:
    return "points" if "point" in use.quantity.unit else "percent"


def describe(index: StoryIndex, pair: ProposedPair) -> FindingDraft:
    a, b = pair.a, pair.b
    uses = [*tellings(index, a), *tellings(index, b)]
    # Of a count that grows the later report may simply know more.
    grown = bool(pair.features["number_update"]) and not pair.features["number_edited"]
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE if grown else Outcome.CONFLICT,
        severity=(
            Severity.LOW if grown else Severity.MEDIUM if pair.match.weakest else Severity.HIGH
        ),
        needs_person="the later report may know of more" if grown else "",
        claims=claim_ids(uses),
        explanation=(
            f"{index.outlet(a.claim.article)} prints {number_words(index, a)}; "
            f"{index.outlet(b.claim.article)} prints {number_words(index, b)}."
        ),
        rule=f"Same thing counted, no value in common: {explain_gap(a.quantity, b.quantity)}.",
        highlights=number_marks(uses),
        changes_if="another scope, day or event for one of the numbers would make them compatible",
        compared=(a.claim.text, b.claim.text),
    )


DETECTOR = Detector(
    SLUG,
    "Numbers conflict",
    "Outlets count the same thing for the same event and the values have nothing in common.",
    find_in_story=find_in_story,
    find_candidates=find_candidates,
)
