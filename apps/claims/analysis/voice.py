"""How firmly a statement is made: stated, planned, alleged, denied, conditional; its hedges."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from apps.articles.text.lines import find_runs
from apps.articles.text.spans import Span
from apps.claims.analysis.lexicon import read_rows, read_words
from apps.claims.analysis.types import AttributionKind, Voice


@cache
def _hedges() -> re.Pattern[str]:
    forms = sorted((row[0] for row in read_rows("hedges")), key=lambda form: (-len(form), form))
    joined = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


@cache
def _hedge_words() -> frozenset[str]:
    """Return the longest word of each hedge: without one of them there is no hedge."""
    return frozenset(max(sorted(find_runs(row[0].lower())), key=len) for row in read_rows("hedges"))


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    forms = sorted(
        ("|".join(row[1:]) for row in read_rows("voice_cues") if row[0] == kind),
        key=lambda form: (-len(form), form),
    )
    joined = "|".join(form.replace(" ", r"\s+") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


def find_hedges(text: str, start: int, end: int) -> list[Span]:
    """Return the words of ``text[start:end]`` that weaken it, as offsets of *text*."""
    window = text[start:end]
    if _hedge_words().isdisjoint(find_runs(window.lower())):
        return []
    spans = [
        Span(start + match.start(), start + match.end()) for match in _hedges().finditer(window)
    ]
    # The month and the verb: "in May", "may rise".
    return [
        span
        for span in spans
        if span.of(text) != "May" or (span.start == start and not _month_follows(text, span.end))
    ]


def _month_follows(text: str, place: int) -> bool:
    return bool(re.match(r"\s\d", text[place : place + 3]))


_ENDINGS = (
    ("ied", "y"),
    ("ies", "y"),
    ("ing", ""),
    ("ed", ""),
    ("s", ""),
    ("es", ""),
    ("ed", "e"),
    ("ing", "e"),
    ("d", ""),
)


@lru_cache(maxsize=4096)
def has_cue(cue: str, name: str) -> bool:
    """Return whether a word of *cue*, in any form, is in word list *name*."""
    words = read_words(name)
    for word in cue.lower().split():
        if word in words:
            return True
        for ending, put in _ENDINGS:
            if word.endswith(ending) and word[: -len(ending)] + put in words:
                return True
    return False


def find_allegations(text: str, start: int, end: int) -> list[Span]:
    """Return the words of ``text[start:end]`` that accuse or pass on hearsay, as offsets of *text*."""
    return [
        Span(match.start(), match.end()) for match in _phrases("alleged").finditer(text, start, end)
    ]


def is_planned(words: str) -> bool:
    """Say whether words without a predicate speak of a plan: "Plans for a third bridge"."""
    return bool(_phrases("planned").search(words))


def choose_voice(
    asserted: Voice | None,
    *,
    kind: AttributionKind,
    denied: bool = False,
    accused: bool = False,
    planned: bool = False,
) -> Voice:
    """Return the voice of a statement: the first that fits of denied, alleged, attributed
    (words quoted as said), conditional, planned, attributed, stated.

    *asserted* is what the sentence makes of the clause, None for a plain one; *kind* that
    of the statement's attribution; *denied* and *accused* say that its cue denies or
    accuses; *planned* that its words speak of a plan.
    """
    if denied or asserted is Voice.DENIED:
        return Voice.DENIED
    if accused or asserted is Voice.ALLEGED:
        return Voice.ALLEGED
    if kind is AttributionKind.DIRECT:
        return Voice.ATTRIBUTED
    if asserted is not None:
        return asserted
    if planned:
        return Voice.PLANNED
    return Voice.STATED if kind is AttributionKind.NONE else Voice.ATTRIBUTED
