"""Which rows hold one statement in several articles: what a story's outlets agree on.

A row is one answer to "what belongs together", and much that belongs together does not say the
same. So this asks for more than a row does, and leaves out what is in doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from apps.articles.text.spans import Span
from apps.claims.analysis.intervals import can_both_be_true
from apps.claims.analysis.opposites import find_negation, find_opposites
from apps.claims.analysis.types import Polarity, QuantityDraft, QuantityType, Voice
from apps.claims.analysis.wording import Token, find_tokens
from apps.claims.matrix_data import Outline
from apps.claims.models import Alignment, Quantity
from apps.claims.pieces import plain_words
from apps.claims.presentation import FindingView
from apps.claims.story_memory import recall

# Links at least this sure join statements that are the same. Read on the development stories:
# with what else is asked for below, one of 26 rows shown was wrong, at 0.8 six of 32.
_SURE = 0.85
# Who says it does not change what is said; whether it happened, is planned or alleged does.
_PLAIN = frozenset({Voice.STATED.value, Voice.ATTRIBUTED.value})
# So many wordings are all held against one another, of more only the first against each.
_MOST_HELD = 6
# What is kept of a reading that says the same as others.
_MEMBER_BYTES = 700
# Kinds that put a statement in doubt even as a question: the values or the words may not agree.
_CONTRADICTING = frozenset(
    {
        "arithmetic_gap", "attribution_lost", "cause_added", "date_conflict", "hedge_dropped",
        "internal_conflict", "number_conflict", "object_differs", "place_difference", "polarity",
        "quote_altered", "quote_reattributed", "status_differs", "superseded",
    }
)  # fmt: skip


class _Member(NamedTuple):
    """A claim of a row; *linked_to* is the claim it surely says the same as, None if none."""

    claim_id: int
    article_id: int
    start: int
    end: int
    quote: str
    linked_to: int | None
    voice: str
    polarity: str
    clocks: frozenset[str]


def find_agreements(outline: Outline, rows: Collection[int]) -> dict[int, frozenset[int]]:
    """Return by row the articles that surely say the same, of those of *rows* that have such
    articles of more than one origin.

    Not in it are rows whose title asks, because outlets differ; where a finding that nobody
    dismissed speaks against what they say; where one denies it, uses the opposite word, another
    number or another hour; and where one alleges or plans what another states. One query, a
    second after the rows changed, or somebody dismissed a finding or opened it again.
    """
    views = outline.findings.views.items()
    heard = frozenset(pk for pk, view in views if view.state != "dismissed")
    said = recall(
        outline.story,
        "said alike",
        outline.edition and (outline.edition, outline.columns, frozenset(rows), heard),
        lambda: _find_said(outline, rows),
        weigh=lambda found: _MEMBER_BYTES * sum(map(len, found.values())),
    )
    numbers = _load_numbers([one.claim_id for members in said.values() for one in members])
    return {
        row: frozenset(one.article_id for one in members)
        for row, members in said.items()
        if _count_the_same(members, numbers)
    }


def _find_said(outline: Outline, rows: Collection[int]) -> dict[int, list[_Member]]:
    """Return by row those of its readings that surely say the same, their numbers aside."""
    origin_of = {column.article_id: column.origin for column in outline.columns}
    contested, spans = _find_contested(outline)
    asked = {
        group.pk
        for group in outline.groups
        if not group.title.endswith("?") and group.pk not in contested
    }.intersection(rows)
    said: dict[int, list[_Member]] = {}
    for row, members in _load_members(outline, asked).items():
        alike = max(
            _join(members),
            key=lambda found: (len({origin_of[one.article_id] for one in found}), len(found)),
        )
        if (
            len({origin_of[one.article_id] for one in alike}) > 1
            and not any(_is_contested(one, spans) for one in alike)
            and _say_the_same(alike)
        ):
            said[row] = alike
    return said


def _find_contested(outline: Outline) -> tuple[set[int], dict[int, list[Span]]]:
    """Return the rows, and by article the words, that findings nobody dismissed speak against."""
    row_of = {claim: row for row, claims in outline.claims_of.items() for claim in claims}
    rows: set[int] = set()
    spans: dict[int, list[Span]] = defaultdict(list)
    for pk, view in outline.findings.views.items():
        if view.state == "dismissed" or not _speaks_against(view):
            continue
        if view.group_id is not None:
            rows.add(view.group_id)
        compared = outline.findings.claims.get(pk, ())
        rows.update(row_of[claim] for claim in compared if claim in row_of)
        for one in outline.findings.spans.get(pk, ()):
            spans[one.article_id].append(Span(one.start, one.end))
    return rows, spans


def _speaks_against(view: FindingView) -> bool:
    """Whether it doubts what is said: not that it is told less exactly, cut, or by fewer."""
    if view.outcome in ("conflict", "unsupported") or view.kind in _CONTRADICTING:
        return True
    return view.severity != "low" and not view.is_omission


def _is_contested(member: _Member, spans: Mapping[int, Iterable[Span]]) -> bool:
    own = Span(member.start, member.end)
    return any(span.overlaps(own) for span in spans.get(member.article_id, ()))


def _load_members(outline: Outline, rows: Collection[int]) -> dict[int, list[_Member]]:
    articles = [column.article_id for column in outline.columns]
    members: dict[int, list[_Member]] = defaultdict(list)
    for (
        row,
        linked_to,
        score,
        confirmed,
        dates,
        polarity,
        pk,
        article,
        start,
        end,
        quote,
        voice,
    ) in (
        Alignment.objects.filter(group__in=rows, claim__article__in=articles)
        .order_by("group_id", "position")
        .values_list(
            "group_id",
            "linked_to_id",
            "score",
            "is_confirmed",
            "claim__details__dates",
            "claim__details__polarity",
            "claim_id",
            "claim__article_id",
            "claim__start",
            "claim__end",
            "claim__quote",
            "claim__voice",
        )
    ):
        sure = linked_to if confirmed or score >= _SURE else None
        members[row].append(
            _Member(pk, article, start, end, quote, sure, voice, polarity or "", _clocks(dates))
        )
    return members


def _clocks(dates: Sequence[Mapping[str, Any]] | None) -> frozenset[str]:
    """Return the times of day among *dates*: "18:00"."""
    return frozenset(date["iso"].partition("T")[2] for date in dates or () if "T" in date["iso"])


def _join(members: Sequence[_Member]) -> list[list[_Member]]:
    """Return *members* in sets that are surely linked, or say the same word for word."""
    root = {member.claim_id: member.claim_id for member in members}

    def find(claim: int) -> int:
        while root[claim] != claim:
            claim = root[claim]
        return claim

    by_words: dict[str, int] = {}
    for member in members:
        same = by_words.setdefault(plain_words(member.quote), member.claim_id)
        for other in (same, member.linked_to):
            if other is not None and other in root:
                root[find(member.claim_id)] = find(other)
    sets: dict[int, list[_Member]] = defaultdict(list)
    for member in members:
        sets[find(member.claim_id)].append(member)
    return list(sets.values())


def _say_the_same(members: Sequence[_Member]) -> bool:
    voices = {"" if member.voice in _PLAIN else member.voice for member in members}
    if len(voices) > 1:
        return False
    told = {plain_words(member.quote): find_tokens(member.quote) for member in members}
    if len({_is_denied(one, told[plain_words(one.quote)]) for one in members}) > 1:
        return False
    first, *others = told.values()
    held = [(first, other) for other in others]
    held += combinations(others[: _MOST_HELD - 1], 2)
    if any(find_opposites(one, other) for one, other in held):
        return False
    times = {member.clocks for member in members if member.clocks}
    return all(a & b for a, b in combinations(times, 2))


def _is_denied(member: _Member, tokens: Sequence[Token]) -> bool:
    return member.polarity == Polarity.NEGATIVE or find_negation(tokens) is not None


def _load_numbers(claims: Collection[int]) -> dict[int, list[QuantityDraft]]:
    """Return what each of *claims* counts and measures. One query."""
    numbers: dict[int, list[QuantityDraft]] = defaultdict(list)
    for claim_id, quote, low, high, unit, kind in Quantity.objects.filter(
        claim__in=claims
    ).values_list("claim_id", "quote", "low", "high", "unit", "type"):
        draft = QuantityDraft(Span(0, len(quote)), quote, low, high, QuantityType(kind), unit=unit)
        numbers[claim_id].append(draft)
    return numbers


def _count_the_same(
    members: Sequence[_Member], numbers: Mapping[int, Sequence[QuantityDraft]]
) -> bool:
    """Whether of any two that give numbers of one kind some can both be true."""
    given = [by_kind for one in members if (by_kind := _by_kind(numbers.get(one.claim_id, ())))]
    return all(
        any(can_both_be_true(x, y) for x in a[kind] for y in b[kind])
        for a, b in combinations(given, 2)
        for kind in a.keys() & b.keys()
    )


def _by_kind(numbers: Iterable[QuantityDraft]) -> dict[tuple[str, str], list[QuantityDraft]]:
    by_kind: dict[tuple[str, str], list[QuantityDraft]] = defaultdict(list)
    for number in numbers:
        if number.type is not QuantityType.ORDINAL:
            by_kind[number.type.value, number.unit].append(number)
    return by_kind
