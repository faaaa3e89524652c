"""Where in a matrix the story disagrees: a mark for each row with findings, and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext

# Wide for what misleads: the strip is read without its colours.
WIDTHS = {"high": 10, "medium": 6, "low": 3}
_PARTS = 10


class DensityMark(NamedTuple):
    """A row with findings: *place* counts rows from 0, *width* is of 10. The page goes through
    hundreds of them, so they are taken apart, not looked into."""

    group_id: int
    place: int
    severity: str
    width: int


@dataclass(frozen=True, slots=True)
class DensityPart:
    """A run of rows in words; *group_id* is its first, *counts* are rows by severity."""

    label: str
    group_id: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Density:
    marks: tuple[DensityMark, ...]
    parts: tuple[DensityPart, ...]
    rows: int


def build_density(rows: Sequence[tuple[int, str]], starts: Mapping[int, str]) -> Density:
    """Return the strip beside *rows*, which are pairs of number and severity in their order.

    Parts are those that *starts* name, else tenths, or single rows where there are few.
    """
    marks = tuple(
        DensityMark(pk, place, severity, WIDTHS[severity])
        for place, (pk, severity) in enumerate(rows)
        if severity
    )
    size = max(1, -(-len(rows) // _PARTS))
    runs: list[tuple[str, list[tuple[int, str]]]] = []
    for place, row in enumerate(rows):
        if starts:
            if row[0] in starts or not runs:
                runs.append((starts.get(row[0], ""), []))
        elif place % size == 0:
            last = min(place + size, len(rows))
            words = gettext("Claim %(last)s") if size == 1 else gettext("Claims %(first)s–%(last)s")
            label = words % {"first": place + 1, "last": last}
            runs.append((label, []))
        runs[-1][1].append(row)
    parts = tuple(
        DensityPart(label, run[0][0], dict(Counter(severity for _, severity in run if severity)))
        for label, run in runs
    )
    return Density(marks, parts, len(rows))
