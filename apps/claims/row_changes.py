"""What is no longer as a page shows it: the rows that changed, came or went, and nothing else.

A page sends the stamps of the rows it shows. So a repair, an undo and a comparison that has
come to its end bring their rows up to date in place, and everything else stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from apps.articles.models import Story
from apps.claims.column_order import articles_by_name
from apps.claims.comparison import (
    build_frame,
    build_row_of,
    filters_from,
    load_matrix,
    select_rows,
)
from apps.claims.matrix_data import load_row_words
from apps.claims.models import ClaimGroup
from apps.claims.presentation import Column, Comparison, Row
from config.numbers import read_number

# "12.0123456789abcdef": a row and its stamp.
_SHOWN = re.compile(r"(?<![0-9])([0-9]{1,12})\.([0-9a-f]{8,16})(?![0-9a-f])")
_MOST_SHOWN = 200_000


@dataclass(frozen=True, slots=True)
class ShownRows:
    """The rows a page shows, by number with their stamps, and its columns by article.

    *is_whole* unless more rows are still to come; *query* is the page's query string.
    """

    stamps: Mapping[int, str]
    articles: tuple[int, ...]
    is_whole: bool
    query: str


@dataclass(frozen=True, slots=True)
class RowChanges:
    """*changed* rows replace themselves; *added* ones come after the row named beside them,
    0 for the top; *gone* are the numbers of rows. *is_other_table* when the columns of the
    page are not those of the story any more: then rows alone cannot bring it up to date.

    *comparison* is what stands around the rows: counts, totals, filters; it has no rows.
    """

    changed: tuple[Row, ...]
    added: tuple[tuple[Row, int], ...]
    gone: tuple[int, ...]
    columns: tuple[Column, ...]
    comparison: Comparison
    is_other_table: bool

    @property
    def count(self) -> int:
        return len(self.changed) + len(self.added) + len(self.gone)


def read_shown(data: QueryDict) -> ShownRows | None:
    """Return what the page shows by its own account, None if it shows no rows."""
    if "shown" not in data:
        return None
    pairs = _SHOWN.findall(str(data["shown"])[:_MOST_SHOWN])
    articles = data.get("columns", "").split(",")[:1000]
    return ShownRows(
        stamps={int(number): stamp for number, stamp in pairs},
        articles=tuple(pk for word in articles if (pk := read_number(word)) is not None),
        is_whole=data.get("whole") == "1",
        query=data.get("query", "").lstrip("?"),
    )


def build_changes(
    story: Story,
    shown: ShownRows,
    *,
    beside: Mapping[int, int] | None = None,
    touched: Collection[int] = (),
) -> RowChanges:
    """Return what changed of what is *shown*, *touched* rows among it whatever they hold.
    *beside* names for a new row the one it came from.

    A row shown that no longer fits the page's filters stays, so that nothing is lost from
    sight by being repaired. The number of queries is fixed.
    """
    beside = beside or {}
    filters = filters_from(QueryDict(shown.query))
    outline = load_matrix(story, filters)
    reference = articles_by_name(outline.columns).get(filters.reference, 0)
    asked, hits, others = select_rows(outline, filters)
    wanted = [*hits, *others]
    by_article = {column.article_id: column for column in outline.columns}
    columns = tuple(by_article[pk] for pk in shown.articles if pk in by_article)
    known = {group.pk: group for group in outline.groups}
    changed = [
        known[pk]
        for pk, stamp in shown.stamps.items()
        if pk in known and (pk in touched or outline.stamp(pk) != stamp)
    ]
    new = [group for group in wanted if group.pk not in shown.stamps] if shown.is_whole else []
    numbers = {group.pk for group in new}
    new += [known[pk] for pk in beside if pk in known and pk not in {*numbers, *shown.stamps}]
    is_other_table = len(columns) != len(shown.articles) or {c.article_id for c in asked} != set(
        shown.articles
    )
    words = load_row_words(outline, [*changed, *new])
    places = _places([group.pk for group in wanted], shown.stamps.keys() & known.keys(), beside)

    def row_of(group: ClaimGroup) -> Row:
        return build_row_of(outline, words, group, columns, reference=reference)

    return RowChanges(
        changed=tuple(row_of(group) for group in changed),
        added=tuple((row_of(group), places.get(group.pk, 0)) for group in new),
        gone=tuple(pk for pk in shown.stamps if pk not in known),
        columns=columns,
        comparison=build_frame(
            outline,
            filters,
            columns,
            rows=[
                known[pk]
                for pk in _order(
                    (pk for pk in shown.stamps if pk in known),
                    ((group.pk, places.get(group.pk, 0)) for group in new),
                    (group.pk for group in wanted),
                )
            ],
            found=len(wanted),
        ),
        is_other_table=is_other_table,
    )


def _places(
    wanted: Sequence[int], shown: Collection[int], beside: Mapping[int, int]
) -> dict[int, int]:
    """Return for each row that is not shown the one it comes after, 0 for none."""
    places: dict[int, int] = {}
    before = 0
    for number in wanted:
        if number not in shown:
            places[number] = before
        before = number
    return places | {new: old for new, old in beside.items() if old in shown}


def _order(
    shown: Iterable[int], added: Iterable[tuple[int, int]], wanted: Iterable[int]
) -> list[int]:
    """Return the rows in the order the page has them in once they are *added*, each after the
    one beside it; those still to come stand last."""
    order = list(shown)
    for number, before in added:
        order.insert(order.index(before) + 1 if before in order else 0, number)
    here = set(order)
    return [*order, *(number for number in wanted if number not in here)]
