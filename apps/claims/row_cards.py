"""One row to be repaired: its readings, where they could go, and what people decided about it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from apps.articles.models import Article, Story
from apps.claims.analysis.keys import plain_words
from apps.claims.comparison import build_rows
from apps.claims.matrix_data import Outline, load_decided, load_outline
from apps.claims.models import Alignment, AlignmentDecision, ClaimGroup
from apps.claims.nearest import Nearest, find_nearest
from apps.claims.presentation import Cell, Column, Row, read_words
from apps.claims.story_memory import recall
from config.people import shown_name

MOST_CHOICES = 12
_WORD = re.compile(r"[^\W_]{3,}")
# Decisions stored within this time by the same person are one act.
_ONE_ACT = timedelta(seconds=3)
# What is kept of the words of a row, with what they are found by.
_ROW_BYTES = 10_000

Words = tuple[int, str]


@dataclass(frozen=True, slots=True)
class RowChoice:
    """Another row: what it is called, the letters of the columns in it, a reading of it."""

    group_id: int
    stamp: str
    title: str
    sigils: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class RowDecision:
    """What one person decided in one act: words kept together with, or apart from, others.

    *words* and each of *others* are an outlet with its words; *numbers* the stored rows.
    """

    is_together: bool
    words: tuple[str, str]
    others: tuple[tuple[str, str], ...]
    made_by: str
    made_at: datetime
    note: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RowCard:
    """A row with what can be done to it. *chosen* are the claims ticked; *query* is what other
    rows were searched for, and *others* counts all of them. *absent* are the cells without a
    reading, each with what comes nearest in its article."""

    row: Row
    readings: tuple[tuple[Cell, Column], ...]
    chosen: frozenset[int]
    choices: tuple[RowChoice, ...]
    others: int
    query: str
    decisions: tuple[RowDecision, ...]
    absent: tuple[tuple[Cell, Nearest], ...] = ()

    @property
    def size(self) -> int:
        return sum(len(cell.readings) for cell, _ in self.readings)


def build_row_card(
    story: Story, group_id: int, *, chosen: Collection[int] = (), query: str = ""
) -> RowCard:
    """Return the row with the number *group_id*. Raises ``ClaimGroup.DoesNotExist``.

    The number of queries does not grow with the story.
    """
    outline = load_outline(story)
    group = next((group for group in outline.groups if group.pk == group_id), None)
    if group is None:
        raise ClaimGroup.DoesNotExist(f"story {story.pk} has no row {group_id}")
    decided = load_decided(story)
    row = build_rows(outline, [group], outline.columns, decided)[group_id]
    readings = tuple(
        (cell, column)
        for cell, column in zip(row.cells, outline.columns, strict=True)
        if cell.readings
    )
    sayings = recall(
        story,
        "sayings",
        outline.edition,
        lambda: _load_sayings(story, outline),
        weigh=lambda found: _ROW_BYTES * len(found.quotes),
    )
    query = read_words(query)
    here = outline.claims_of[group_id]
    ticked = frozenset(chosen) & frozenset(here)
    return RowCard(
        row=row,
        readings=readings,
        chosen=ticked,
        choices=_find_choices(outline, group, sayings, ticked or frozenset(here), query),
        others=len(outline.groups) - 1,
        query=query,
        decisions=tuple(find_decisions(story, _words_of(outline, sayings.quotes[group_id]))),
        absent=_find_absent(outline, row, sayings.quotes),
    )


def _find_absent(
    outline: Outline, row: Row, quotes: Mapping[int, Sequence[tuple[int, str]]]
) -> tuple[tuple[Cell, Nearest], ...]:
    pairs = zip(row.cells, outline.columns, strict=True)
    empty = [(cell, column) for cell, column in pairs if not cell.readings]
    nearest = find_nearest(outline, quotes, row.group_id, [column for _, column in empty])
    return tuple((cell, near) for (cell, _), near in zip(empty, nearest, strict=True))


# --- other rows ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sayings:
    """The claims of each row with their words, in the row's order; these words together, without
    case; the long words among them, each once; and in how many rows each word is."""

    quotes: Mapping[int, Sequence[tuple[int, str]]]
    said: Mapping[int, str]
    stems: Mapping[int, frozenset[str]]
    spread: Mapping[str, int]


def _load_sayings(story: Story, outline: Outline) -> _Sayings:
    """One query."""
    quotes: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Alignment.objects.filter(group__story=story).order_by("group", "position")
    for group_id, claim_id, quote in rows.values_list("group_id", "claim_id", "claim__quote"):
        if claim_id in outline.article_of:
            quotes[group_id].append((claim_id, quote))
    said = {pk: " ".join(quote for _, quote in found).casefold() for pk, found in quotes.items()}
    stems = {pk: frozenset(_WORD.findall(text)) for pk, text in said.items()}
    spread = Counter(word for found in stems.values() for word in found)
    return _Sayings(dict(quotes), said, stems, spread)


def _find_choices(
    outline: Outline,
    group: ClaimGroup,
    sayings: _Sayings,
    chosen: Collection[int],
    query: str,
) -> tuple[RowChoice, ...]:
    """Return the other rows that share the rarest words with the chosen claims, best first."""
    quotes, stems, spread = sayings.quotes, sayings.stems, sayings.spread
    mine = frozenset(
        word
        for claim_id, quote in quotes[group.pk]
        if claim_id in chosen
        for word in _WORD.findall(quote.casefold())
    )

    def likeness(other: ClaimGroup) -> float:
        shared = mine & stems[other.pk]
        weight = sum(math.log(1 + len(stems) / spread[word]) for word in sorted(shared))
        return weight / math.sqrt(1 + len(stems[other.pk]))

    searched = [word.casefold() for word in query.split()]
    others = [
        other
        for other in outline.groups
        if other.pk != group.pk and all(word in sayings.said[other.pk] for word in searched)
    ]
    others.sort(key=lambda other: (-likeness(other), abs(other.position - group.position)))
    return tuple(_choice(outline, other, quotes[other.pk]) for other in others[:MOST_CHOICES])


def _choice(outline: Outline, group: ClaimGroup, quotes: Sequence[tuple[int, str]]) -> RowChoice:
    articles = outline.articles_of[group.pk]
    return RowChoice(
        group_id=group.pk,
        stamp=outline.stamp(group.pk),
        title=group.title,
        sigils=tuple(c.sigil for c in outline.columns if c.article_id in articles),
        example=next((q for _, q in quotes if not q.startswith(group.title.rstrip("…"))), ""),
    )


# --- what was decided ------------------------------------------------------------------------


def _words_of(outline: Outline, quotes: Sequence[tuple[int, str]]) -> set[Words]:
    return {(outline.article_of[claim_id], plain_words(quote)) for claim_id, quote in quotes}


def find_decisions(story: Story, words: Collection[Words]) -> list[RowDecision]:
    """Return what people decided about *words*, each an article and a claim's plain words.

    The newest first. What was decided on an earlier version of an article holds for the
    same words of the current one. Two queries.
    """
    current = dict(
        Article.objects.current().filter(story=story).exclude(url="").values_list("url", "pk")
    )
    rows = (
        AlignmentDecision.objects.filter(story=story)
        .select_related("made_by", "a_article__outlet", "b_article__outlet")
        .defer("a_article__text", "b_article__text")
        .order_by("-made_at", "-pk")
    )
    acts: list[list[AlignmentDecision]] = []
    for row in rows:
        a, b = (
            (current.get(article.url, article.pk), plain_words(quote))
            for article, quote in ((row.a_article, row.a_quote), (row.b_article, row.b_quote))
        )
        if a not in words and b not in words:
            continue
        if acts and _is_same_act(acts[-1], row):
            acts[-1].append(row)
        else:
            acts.append([row])
    return [_decision(act) for act in acts]


def _is_same_act(act: Sequence[AlignmentDecision], row: AlignmentDecision) -> bool:
    last = act[-1]
    return (
        row.value == last.value
        and row.made_by_id == last.made_by_id
        and row.note == last.note
        and last.made_at - row.made_at < _ONE_ACT
        and bool(_common_words([*act, row]))
    )


def _sides(row: AlignmentDecision) -> tuple[Words, Words]:
    return (row.a_article_id, row.a_quote), (row.b_article_id, row.b_quote)


def _common_words(act: Sequence[AlignmentDecision]) -> list[Words]:
    """Return the words all decisions of *act* are about."""
    return [side for side in _sides(act[0]) if all(side in _sides(row) for row in act)]


def _decision(act: Sequence[AlignmentDecision]) -> RowDecision:
    first = act[0]
    hub = _common_words(act)[0]
    outlet_of = {row.a_article_id: row.a_article.outlet.name for row in act}
    outlet_of |= {row.b_article_id: row.b_article.outlet.name for row in act}
    others = [side for row in act for side in _sides(row) if side != hub]
    return RowDecision(
        is_together=first.value == AlignmentDecision.Value.ACCEPT,
        words=(outlet_of[hub[0]], hub[1]),
        others=tuple((outlet_of[article_id], quote) for article_id, quote in others),
        made_by=shown_name(first.made_by) or gettext("somebody"),
        made_at=first.made_at,
        note=first.note,
        numbers=tuple(row.pk for row in act),
    )
