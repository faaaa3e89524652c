"""How far a matter has come: planned or done, looked into, charged, convicted, paid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from apps.articles.text.spans import Span
from apps.claims.analysis.opposites import NEGATIONS
from apps.claims.analysis.types import ClaimDraft, Voice
from apps.claims.analysis.word_lists import word_groups
from apps.claims.analysis.wording import Token, find_phrase

# "Provisional until it is certified", "not charged": the step named is not reached.
_NOT_YET = NEGATIONS | {"until", "unless", "if", "before", "whether", "without"}
_LEAD = 3
# "Withdrawn for the duration of the inquiry" is no more than suspended.
_FOR_NOW = frozenset({"pending", "temporarily", "duration", "until", "meanwhile"})
_TAIL = 5


@dataclass(frozen=True, slots=True)
class Status:
    """A step of a course of affairs: *rank* grows with how far it has come."""

    course: str
    rank: int
    span: Span
    words: str


@cache
def _steps() -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    steps: list[tuple[str, int, tuple[str, ...]]] = []
    for group, phrases in word_groups("status_steps").items():
        course, _, rank = group.rpartition(" ")
        steps.append((course, int(rank), phrases))
    return tuple(steps)


@cache
def _steps_by_first_word() -> dict[str, frozenset[int]]:
    """Return the numbers of the steps a word may begin: most words begin none."""
    found: dict[str, set[int]] = {}
    for number, (_, _, phrases) in enumerate(_steps()):
        for phrase in phrases:
            found.setdefault(phrase.split(" ")[0], set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def find_statuses(tokens: tuple[Token, ...]) -> list[Status]:
    """Return the furthest step of every course the words name, courses in list order."""
    keys = [token.key for token in tokens]
    by_course: dict[str, Status] = {}
    begun = _steps_by_first_word()
    for number in sorted({number for key in keys for number in begun.get(key, ())}):
        course, rank, phrases = _steps()[number]
        place = find_phrase(keys, phrases)
        if place is None:
            continue
        start, end = place
        if _NOT_YET & set(keys[max(0, start - _LEAD) : start]):
            continue
        if rank > 1 and _FOR_NOW & set(keys[end : end + _TAIL]):
            continue
        known = by_course.get(course)
        if known is None or rank > known.rank:
            span = Span(tokens[start].start, tokens[end - 1].end)
            by_course[course] = Status(course, rank, span, " ".join(keys[start:end]))
    return list(by_course.values())


def find_plan(claim: ClaimDraft, tokens: tuple[Token, ...]) -> Span | None:
    """Return the words that put the claim in the future, None for what has happened."""
    keys = [token.key for token in tokens]
    place = find_phrase(keys, word_groups("plans")[""])
    if place is not None:
        return Span(tokens[place[0]].start, tokens[place[1] - 1].end)
    return claim.span if claim.voice is Voice.PLANNED else None
