"""Which rows of a story a few typed words find: words in any of their forms, then what begins so.

A search looks at every claim of the story, whatever else is hidden: who looks for "inmates" and
is not told of the one outlet that counts them takes it for nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from apps.articles.models import Story
from apps.claims.models import Alignment, ClaimGroup, Finding
from apps.claims.search_words import CONFIG, Term, as_tsquery, parse_search

# How well words fit: each is there in one of its forms, or one only begins another word.
SAID, BEGUN = 0, 1


def find_rows(story: Story, typed: str) -> dict[int, int] | None:
    """Return the rows whose title or claims hold every word of *typed*, with how well: ``SAID``,
    or ``BEGUN`` where a word only begins another one ("labor": "laboratory").

    A claim is searched with its speaker and its places; one that is in no row ("a letter of
    intent" of a caption) finds the rows a finding sets it against. "Phrases", -without and "or"
    mean what they mean in the search of everything. None when nothing is asked for. Three queries.
    """
    terms = parse_search(typed)
    if not terms:
        return None
    titles = ClaimGroup.objects.filter(story=story).annotate(
        vector=SearchVector("title", config=CONFIG)
    )
    claims = Alignment.objects.filter(group__story=story)
    compared = Finding.claims.through.objects.filter(
        finding__story=story, finding__group__isnull=False, claim__alignment__isnull=True
    )
    rows: set[int] = set()
    fits: list[dict[int, int]] = [{} for _ in terms]
    for found in (
        _look(titles, terms, row="pk", vector="vector", text="title"),
        _look(claims, terms, row="group_id", vector="claim__words__vector", text="claim__quote"),
        _look(
            compared,
            terms,
            row="finding__group_id",
            vector="claim__words__vector",
            text="claim__quote",
        ),
    ):
        for row, *answers in found:
            rows.add(row)
            for fit, is_said, is_begun in zip(fits, answers[::2], answers[1::2], strict=True):
                if is_said or is_begun:
                    fit[row] = min(SAID if is_said else BEGUN, fit.get(row, BEGUN))
    how_well = {row: _fit(row, terms, fits) for row in sorted(rows)}
    return {row: found for row, found in how_well.items() if found is not None}


def _look(
    rows: QuerySet[Any, Any], terms: Sequence[Term], *, row: str, vector: str, text: str
) -> Iterable[tuple[Any, ...]]:
    """Return for each of *rows* its number, and for each term whether it is said, and begun."""
    answers: dict[str, ExpressionWrapper[Q]] = {}
    for place, term in enumerate(terms):
        # What is not indexed yet is searched by its letters, and so is a word half typed: a
        # stem that goes on ("deportat") is no stem.
        plain = re.escape(term.typed.rstrip("*"))
        wanted = SearchQuery(_as_said(term), config=CONFIG, search_type="raw")
        said = Q(**{vector: wanted}) | Q(**{f"{text}__iregex": rf"\m{plain}\M"})
        begun = Q(**{f"{text}__iregex": rf"\m{plain}"})
        answers[f"is_said_{place}"] = ExpressionWrapper(said, output_field=BooleanField())
        answers[f"is_begun_{place}"] = ExpressionWrapper(begun, output_field=BooleanField())
    found: Iterable[tuple[Any, ...]] = (
        rows.order_by().annotate(**answers).values_list(row, *answers)
    )
    return found


def _as_said(term: Term) -> str:
    """Return *term* alone as a query, whether its words are wanted or not."""
    return as_tsquery([Term(term.typed, term.words, is_start=term.is_start)])


def _fit(row: int, terms: Sequence[Term], fits: Sequence[Mapping[int, int]]) -> int | None:
    """Return how well *row* fits all of *terms*, None when it does not."""
    worst = SAID
    either: list[int] = []
    for term, fit in zip(terms, fits, strict=True):
        found = fit.get(row)
        if term.is_excluded:
            found = None if found == SAID else SAID
        if found is not None:
            either.append(found)
        if term.or_next:
            continue
        if not either:
            return None
        worst = max(worst, min(either))
        either = []
    return worst
