"""Which rows hold one statement in several articles: what a story's outlets agree on.

A row is one answer to "what belongs together", and much that belongs together does not say the
same. So this asks for more than a row does, and leaves out what is in doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from apps.claims.analysis.opposites import find_negation, find_opposites
from apps.claims.analysis.types import Polarity, Voice
from apps.claims.analysis.wording import Token, find_tokens
from apps.claims.matrix_data import Outline
from apps.claims.models import Alignment
from apps.claims.pieces import plain_words

# Links at least this sure join statements that are the same. At 0.75, one in three rows of the
# demonstration stories joined what only shares its words ("asked for water" and "water tanks").
_SURE = 0.9
# Of this many articles in a row one may be lined up with less: it is then not counted.
_FOR_EACH_IN_DOUBT = 5
# Who says it does not change what is said; whether it happened, is planned or alleged does.
_PLAIN = frozenset({Voice.STATED.value, Voice.ATTRIBUTED.value})


class _Member(NamedTuple):
    """A claim of a row: *is_sure* when it is the row's first or surely linked to another."""

    article_id: int
    quote: str
    is_sure: bool
    voice: str
    polarity: str


def find_agreements(outline: Outline, rows: Collection[int]) -> dict[int, frozenset[int]]:
    """Return by row the articles that surely say the same, of those of *rows* that have such
    articles of more than one origin.

    Not in it are rows where many were lined up with doubt, where one denies what another says
    or uses the opposite word, or where one alleges or plans what another states. One query.
    """
    origin_of = {column.article_id: column.origin for column in outline.columns}
    agreements = {}
    for row, members in _load_members(outline, rows).items():
        sure = _sure(members)
        told_in = frozenset(member.article_id for member in sure)
        doubted = {member.article_id for member in members} - told_in
        if (
            len({origin_of[article] for article in told_in}) > 1
            and len(doubted) <= (len(told_in) + len(doubted)) // _FOR_EACH_IN_DOUBT
            and _say_the_same(sure)
        ):
            agreements[row] = told_in
    return agreements


def _load_members(outline: Outline, rows: Collection[int]) -> dict[int, list[_Member]]:
    articles = [column.article_id for column in outline.columns]
    members: dict[int, list[_Member]] = defaultdict(list)
    for row, article_id, quote, linked_to, score, is_confirmed, voice, polarity in (
        Alignment.objects.filter(group__in=rows, claim__article__in=articles)
        .order_by("group_id", "position")
        .values_list(
            "group_id",
            "claim__article_id",
            "claim__quote",
            "linked_to_id",
            "score",
            "is_confirmed",
            "claim__voice",
            "claim__details__polarity",
        )
    ):
        is_sure = linked_to is None or is_confirmed or score >= _SURE
        members[row].append(_Member(article_id, quote, is_sure, voice, polarity or ""))
    return members


def _sure(members: Sequence[_Member]) -> list[_Member]:
    """Return the members that are surely linked, or say what one of these says, word for word."""
    words = {plain_words(member.quote) for member in members if member.is_sure}
    return [member for member in members if member.is_sure or plain_words(member.quote) in words]


def _say_the_same(members: Sequence[_Member]) -> bool:
    voices = {"" if member.voice in _PLAIN else member.voice for member in members}
    if len(voices) > 1:
        return False
    told = [find_tokens(member.quote) for member in members]
    if len({_is_denied(member, tokens) for member, tokens in zip(members, told, strict=True)}) > 1:
        return False
    first, *others = told
    return not any(find_opposites(first, other) for other in others)


def _is_denied(member: _Member, tokens: Sequence[Token]) -> bool:
    return member.polarity == Polarity.NEGATIVE or find_negation(tokens) is not None
