"""What comes nearest to a row in the articles that are not in it: lining up is never complete.

An empty cell says that nothing was lined up, which is less than that nothing is there. Its
article's nearest words let a reader see in a moment which of the two it is.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from apps.claims.analysis.wording import content_stems, find_tokens
from apps.claims.matrix_data import Outline
from apps.claims.presentation import Column

# Less alike than this (a cosine of rare words) is no nearer than any other sentence.
_LEAST = 0.2


@dataclass(frozen=True, slots=True)
class Nearest:
    """The claim of *column* nearest to a row, and the row it stands in; "" and None when no
    claim is near."""

    column: Column
    quote: str = ""
    group_id: int | None = None


def find_nearest(
    outline: Outline,
    quotes: Mapping[int, Sequence[tuple[int, str]]],
    group_id: int,
    columns: Iterable[Column],
) -> tuple[Nearest, ...]:
    """Return the nearest claim in each of *columns*, articles without a claim in the row.

    *quotes* are the claims of each row, by number, with their words. Claims are compared by the
    stems they share, rare ones counting more. No query.
    """
    columns = tuple(columns)
    if not columns:
        return ()
    stems = {claim: _stems(quote) for claims in quotes.values() for claim, quote in claims}
    spread = Counter(stem for found in stems.values() for stem in found)
    weight = {stem: math.log((1 + len(stems)) / count) for stem, count in spread.items()}
    length = {claim: _sum(weight, found) for claim, found in stems.items()}
    here = [claim for claim, _ in quotes[group_id]]

    def likeness(claim: int) -> float:
        return max(
            _sum(weight, stems[claim] & stems[other])
            / math.sqrt(length[claim] * length[other] or 1.0)
            for other in here
        )

    elsewhere: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for other_group, claims in quotes.items():
        if other_group != group_id:
            for claim, quote in claims:
                elsewhere[outline.article_of[claim]].append((claim, quote, other_group))
    found = []
    for column in columns:
        best = max(
            (
                (likeness(claim), -claim, quote, row)
                for claim, quote, row in elsewhere[column.article_id]
            ),
            default=None,
        )
        is_near = best is not None and best[0] >= _LEAST
        found.append(Nearest(column, best[2], best[3]) if best and is_near else Nearest(column))
    return tuple(found)


# Of a large story, some 5 MB: reading its words again for each row looked at would take 150 ms.
@lru_cache(maxsize=8192)
def _stems(quote: str) -> frozenset[str]:
    return content_stems(find_tokens(quote))


def _sum(weight: Mapping[str, float], stems: Collection[str]) -> float:
    return sum(weight[stem] for stem in sorted(stems))
