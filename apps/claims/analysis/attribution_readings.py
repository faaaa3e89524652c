"""Whole readings, a cue with what it reports and from whom, and features of being right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from apps.claims.analysis.attribution_candidates import Ranges
from apps.claims.analysis.attribution_features import Relations
from apps.claims.analysis.attribution_scorer import Templates, make_templates
from apps.claims.analysis.syntax import Codes, Places, Syntax, code_of


@dataclass(frozen=True, slots=True)
class CueReading:
    """A cue with its best content and source, as token ranges, and how probable each is."""

    cue: int
    content: Ranges
    source: Ranges
    cue_probability: float
    content_probability: float
    source_probability: float
    content_names: tuple[str, ...]
    source_names: tuple[str, ...]


def overlap(a: Ranges, b: Ranges) -> float:
    """Return the Jaccard of two sorted lists of token ranges; 1 for two empty ones."""
    if not a or not b:
        return 1.0 if a == b else 0.0
    shared = 0
    for first, last in a:
        for begin, end in b:
            if begin <= last and first <= end:
                shared += min(last, end) - max(first, begin) + 1
    if not shared:
        return 0.0
    total = sum(last - first + 1 for first, last in (*a, *b))
    return shared / (total - shared)


_KEEP_COLUMNS = (
    "cue", "cuef", "content", "contentf", "source", "sourcef", "lemma", "pos", "dep", "quote", "tail", "reports", "name", "who", "size",
    "parts", "rival", "inside", "kind", "comp",
)  # fmt: skip
_KEEP_SPECS = (
    "cue", "cuef", "content", "contentf", "source", "sourcef", "cue content", "cue source", "content source", "cue content source", "pos",
    "cue pos", "name", "name quote", "who", "quote", "cue quote", "size", "cue size", "parts quote", "reports pos",
    "reports cue", "tail reports cue", "reports content", "rival", "rival cue", "rival reports", "inside", "inside quote", "inside reports cue",
    "lemma", "kind", "kind reports", "dep pos", "rival content", "comp pos", "who kind",
)  # fmt: skip


@cache
def keep_templates() -> Templates:
    return make_templates(_KEEP_COLUMNS, _KEEP_SPECS)


def keep_rows(
    syntax: Syntax, relations: Relations, readings: Sequence[CueReading]
) -> tuple[Codes, Places]:
    """Return the columns that tell whether whole readings are right, and tokens to look at."""
    table = syntax.table
    cues = np.array([reading.cue for reading in readings], dtype=np.int64)
    rivals, inside = _rivals(readings)
    sure_cue, sure_content, sure_source = np.array(
        [(r.cue_probability, r.content_probability, r.source_probability) for r in readings]
    ).T
    columns: dict[str, object] = {
        "cue": _buckets(sure_cue),
        "cuef": _buckets(sure_cue, parts=3),
        "content": _buckets(sure_content),
        "contentf": _buckets(sure_content, parts=2),
        "source": _buckets(sure_source),
        "sourcef": _buckets(sure_source, parts=2),
        "lemma": table.lemma[cues],
        "pos": table.pos[cues],
        "dep": table.dep[cues],
        "quote": relations.context[cues],
        "tail": relations.tail[cues],
        "reports": relations.reports[cues],
        "name": [code_of(r.content_names[0]) for r in readings],
        "who": [code_of(r.source_names[0]) for r in readings],
        "size": [sum(b - a + 1 for a, b in r.content).bit_length() for r in readings],
        "parts": [min(3, len(r.content)) for r in readings],
        "rival": rivals,
        "inside": inside,
        "kind": relations.kind[[r.source[-1][-1] if r.source else -1 for r in readings]],
        "comp": relations.below[cues],
    }
    rows = np.stack(
        [np.asarray(columns[name]).astype(np.int64).astype(np.uint32) for name in _KEEP_COLUMNS],
        axis=1,
    )
    slots = np.array(
        [
            [r.cue, r.content[0][0], r.content[-1][1], r.source[-1][-1] if r.source else -1]
            for r in readings
        ],
        dtype=np.int64,
    )
    return rows, slots


def _rivals(readings: Sequence[CueReading]) -> tuple[list[int], list[int]]:
    """Return for each reading whether a likelier one reports nearly the same words (2), some
    of them (1) or none, and whether its cue stands in what a likelier one reports."""
    rivals, inside = [0] * len(readings), [0] * len(readings)
    order = sorted(range(len(readings)), key=lambda i: readings[i].content[0][0])
    open_: list[int] = []
    for i in order:
        mine = readings[i]
        begin = mine.content[0][0]
        open_ = [j for j in open_ if readings[j].content[-1][1] >= begin][-12:]
        for j in open_:
            other = readings[j]
            shared = overlap(mine.content, other.content)
            level = 2 if shared >= 0.5 else 1 if shared > 0 else 0
            low = i if mine.cue_probability < other.cue_probability else j
            rivals[low] = max(rivals[low], level)
        open_.append(i)
    spans = sorted(
        (first, last, number)
        for number, reading in enumerate(readings)
        for first, last in reading.content
    )
    cursor = 0
    active: list[tuple[int, int, int]] = []
    for i in sorted(range(len(readings)), key=lambda i: readings[i].cue):
        cue = readings[i].cue
        while cursor < len(spans) and spans[cursor][0] <= cue:
            active.append(spans[cursor])
            cursor += 1
        active = [span for span in active if span[1] >= cue][-12:]
        inside[i] = min(2, sum(span[2] != i for span in active))
    return rivals, inside


def _buckets(chances: npt.NDArray[np.float64], parts: int = 1) -> Places:
    """Return the log-odds of *chances* in steps of 1 / *parts*, between -6 and 6, plus 20."""
    odds = np.log(np.maximum(chances, 1e-6) / np.maximum(1 - chances, 1e-6))
    limit = 6 * parts
    found: Places = (20 + np.clip(np.round(odds * parts), -limit, limit)).astype(np.int64)
    return found
