"""Why a cell is empty: left out, not found, not covered, not analysed, or a refused match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import QuerySet

from apps.articles.models import Article
from apps.claims.models import Mention
from apps.claims.presentation import Column

Words = tuple[int, str]

# Kinds of empty cells that say no more than that nothing was lined up.
SILENT = frozenset({"not_found", "not_covered"})


class Said(NamedTuple):
    """A claim of a row: its number, its article, its place in the article, its words."""

    claim_id: int
    article_id: int
    position: int
    quote: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who is named where in a story.

    *names* are those of each claim; *articles_by_name* says which articles name somebody,
    *common_names* are in all of them.
    """

    names: Mapping[int, frozenset[str]]
    articles_by_name: Mapping[str, frozenset[int]]
    common_names: frozenset[str]


def load_coverage(articles: Collection[int], claims: QuerySet[Any, Any] | None = None) -> Coverage:
    """Return who is named in *articles*, or only those who are in *claims*. One query for all,
    two for some."""
    named = Mention.objects.filter(claim__article__in=articles).order_by()
    names: dict[int, set[str]] = defaultdict(set)
    articles_by_name: dict[str, frozenset[int]] = {}
    if claims is None:
        found: dict[str, set[int]] = defaultdict(set)
        for claim_id, article_id, name in named.values_list(
            "claim_id", "claim__article_id", "canonical"
        ):
            names[claim_id].add(name)
            found[name].add(article_id)
        articles_by_name = {name: frozenset(where) for name, where in found.items()}
    else:
        in_claims = Mention.objects.filter(claim__in=claims).order_by()
        for claim_id, name in in_claims.values_list("claim_id", "canonical"):
            names[claim_id].add(name)
        told = named.filter(canonical__in=set().union(*names.values()))
        articles_by_name = {
            name: frozenset(where)
            for name, where in told.values_list("canonical").annotate(
                told_in=ArrayAgg("claim__article_id", distinct=True)
            )
        }
    return Coverage(
        names={claim_id: frozenset(found) for claim_id, found in names.items()},
        articles_by_name=articles_by_name,
        common_names=frozenset(
            name for name, found in articles_by_name.items() if len(found) == len(articles) > 2
        ),
    )


def empty_kinds(
    said: Sequence[Said],
    columns: Sequence[Column],
    coverage: Coverage,
    *,
    group_at: Mapping[tuple[int, int], int],
    articles_of: Mapping[int, Collection[int]],
    refused: Mapping[Words, Collection[Words]],
    missing: Collection[int],
) -> dict[int, str]:
    """Return for each of *columns* without a claim in a row why that is so.

    That nothing was lined up does not say that nothing is there: only what a finding says was
    left out is called so. *said* are the row's claims; *group_at* is the row of the claim at
    (article, position), *articles_of* are the articles of each row, *refused* the words each
    words were refused to be matched with, *missing* the articles of which a finding says that
    they left it out.
    """
    present = {one.article_id for one in said}
    not_matched = {
        article_id for one in said for article_id, _ in refused.get((one.article_id, one.quote), ())
    }
    # An article that has the statement before or after it is about the same thing, and so
    # is one that names somebody of the row who is not in every article anyway.
    covering: set[int] = set()
    for one in said:
        for position in (one.position - 1, one.position + 1):
            neighbour = group_at.get((one.article_id, position))
            if neighbour is not None:
                covering.update(articles_of[neighbour])
    names = {name for one in said for name in coverage.names.get(one.claim_id, ())}
    for name in names - coverage.common_names:
        covering |= coverage.articles_by_name[name]
    kinds = {}
    for column in columns:
        if column.article_id in present:
            continue
        if column.state != Article.State.ANALYSED:
            kind = "not_analysed"
        elif column.article_id in not_matched:
            kind = "refused"
        elif column.article_id in missing:
            kind = "omitted"
        else:
            kind = "not_found" if column.article_id in covering else "not_covered"
        kinds[column.article_id] = kind
    return kinds
