"""Which columns a matrix has, in which order, and what their heads say.

Articles of one origin stay together: its first article heads them, the copies follow. Readers
move a family past another, or a copy inside its family; the order is part of the address.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from apps.claims.finding_views import LoadedFindings
from apps.claims.matrix_data import Outline
from apps.claims.models import ClaimGroup
from apps.claims.presentation import Column, Filters, Heading


def articles_by_name(columns: Iterable[Column]) -> dict[str, int]:
    """Return the articles of *columns* by what addresses call them: by name, and by number, as
    addresses once did."""
    columns = tuple(columns)
    return {str(column.article_id): column.article_id for column in columns} | {
        column.name: column.article_id for column in columns if column.name
    }


def name_columns(filters: Filters, columns: Iterable[Column]) -> Filters:
    """Return *filters* with the names of today for those of *columns* that it orders or holds
    others against; what names none of them is left out."""
    columns = tuple(columns)
    found = articles_by_name(columns)
    name_of = {column.article_id: column.name for column in columns}
    named = (name_of[found[name]] for name in filters.order if name in found)
    return replace(
        filters,
        order=tuple(dict.fromkeys(named)),
        reference=name_of.get(found.get(filters.reference, 0), ""),
    )


def arrange(
    columns: Sequence[Column], order: Sequence[int], *, reference: int = 0
) -> tuple[Column, ...]:
    """Return *columns* with the articles of *order* first, as it says; unknown ones are ignored.

    A family stands where its head does. The *reference*, an article, comes before all others.
    """
    arranged = [column for family in _families(columns, order) for column in family]
    arranged.sort(key=lambda column: column.article_id != reference)
    return tuple(arranged)


def fold_copies(outline: Outline) -> Outline:
    """Return *outline* with one column for each origin: as if the copies were not there.

    Rows that only copies tell are gone, and so are findings that rest on copies: those left
    with fewer than two sides, or without the article they are about.
    """
    families = _families(outline.columns, ())
    heads = {family[0].article_id: family for family in families}
    articles_of = {
        pk: kept for pk, found in outline.articles_of.items() if (kept := found & heads.keys())
    }
    views = {
        pk: view
        for pk, view in outline.findings.views.items()
        if _outlasts(outline.articles_about(pk), heads.keys(), is_omission=view.is_omission)
    }
    return replace(
        outline,
        columns=tuple(
            replace(
                column,
                copies=tuple((c.sigil, c.outlet) for c in heads[column.article_id][1:]),
            )
            for column in outline.columns
            if column.article_id in heads
        ),
        groups=tuple(group for group in outline.groups if group.pk in articles_of),
        articles_of=articles_of,
        findings=_only(outline.findings, views.keys()),
    )


def mark_view(columns: Iterable[Column], filters: Filters) -> str:
    """Return what stands for the columns and what they are set against: where it is the same, a
    row whose stamp is the same looks the same."""
    columns = tuple(columns)
    reference = articles_by_name(columns).get(filters.reference, 0)
    shown = (*(column.article_id for column in columns), reference, filters.with_copies)
    return hashlib.blake2b(repr(shown).encode(), digest_size=8).hexdigest()


def build_headings(
    outline: Outline, columns: Sequence[Column], rows: Iterable[ClaimGroup], filters: Filters
) -> tuple[Heading, ...]:
    """Return what stands over each of *columns*: where it can be moved, as query strings, and
    how it stands against the reference over *rows*."""
    reference = articles_by_name(outline.columns).get(filters.reference, 0)
    added: dict[int, int] = defaultdict(int)
    lacking: dict[int, int] = defaultdict(int)
    shown = {column.article_id for column in columns}
    if reference in shown:
        for group in rows:
            present = outline.articles_of[group.pk] & shown
            if reference in present:
                for article_id in shown - present:
                    lacking[article_id] += 1
            else:
                for article_id in present:
                    added[article_id] += 1
    moves = _moves(outline.columns, filters, shown)
    return tuple(
        Heading(
            column=column,
            is_reference=column.article_id == reference,
            added=added[column.article_id],
            lacking=lacking[column.article_id],
            reference_query=filters.as_query(
                reference="" if column.article_id == reference else column.name
            ),
            left_query=moves.get((column.article_id, -1)),
            right_query=moves.get((column.article_id, 1)),
        )
        for column in columns
    )


def _families(columns: Sequence[Column], order: Sequence[int]) -> list[list[Column]]:
    """Return *columns* by origin, each with its head first."""
    place = {article_id: number for number, article_id in reversed(list(enumerate(order)))}
    families: dict[int, list[Column]] = defaultdict(list)
    for column in columns:
        families[column.origin].append(column)

    def rank(column: Column) -> int:
        return place.get(column.article_id, len(order))

    found = [
        [members[0], *sorted(members[1:], key=rank)] for members in families.values() if members
    ]
    return sorted(found, key=lambda family: rank(family[0]))


def _moves(
    columns: Sequence[Column], filters: Filters, shown: Collection[int]
) -> Mapping[tuple[int, int], str]:
    """Return for each article and step, -1 or 1, the query string after that move."""
    found = articles_by_name(columns)
    families = _families(columns, [found[name] for name in filters.order if name in found])
    reference = found.get(filters.reference, 0)
    plain = [column.name for column in columns]
    moves: dict[tuple[int, int], str] = {}

    def note(article_id: int, step: int, moved: Sequence[Sequence[Column]]) -> None:
        order = [column.name for family in moved for column in family]
        moves[article_id, step] = filters.as_query(order=() if order == plain else tuple(order))

    movable = [c.article_id for c in columns if c.article_id in shown]
    movable = [pk for pk in movable if pk != reference]
    heads = [n for n, family in enumerate(families) if family[0].article_id in movable]
    for before, after in itertools.pairwise(heads):
        swapped = list(families)
        swapped[before], swapped[after] = swapped[after], swapped[before]
        note(families[before][0].article_id, 1, swapped)
        note(families[after][0].article_id, -1, swapped)
    for number, family in enumerate(families):
        copies = [n for n, column in enumerate(family) if n and column.article_id in movable]
        for before, after in itertools.pairwise(copies):
            members = list(family)
            members[before], members[after] = members[after], members[before]
            swapped = [*families[:number], members, *families[number + 1 :]]
            note(family[before].article_id, 1, swapped)
            note(family[after].article_id, -1, swapped)
    return moves


def _outlasts(about: Collection[int], kept: Collection[int], *, is_omission: bool) -> bool:
    left = sum(article_id in kept for article_id in about)
    return left >= (min(1, len(about)) if is_omission else min(2, len(about)))


def _only(findings: LoadedFindings, wanted: Collection[int]) -> LoadedFindings:
    return replace(
        findings,
        views={pk: view for pk, view in findings.views.items() if pk in wanted},
        by_group={
            group: tuple(pk for pk in found if pk in wanted)
            for group, found in findings.by_group.items()
        },
    )
