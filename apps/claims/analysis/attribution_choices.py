"""Features of what a cue could report and from whom: columns for many candidates at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from apps.claims.analysis.attribution_candidates import Ranges
from apps.claims.analysis.attribution_features import (
    AGENT,
    CCOMP,
    OBJECT,
    OWNER,
    PARATAXIS,
    PASSIVE,
    SUBJECT,
    XCOMP,
    Flags,
    Relations,
)
from apps.claims.analysis.attribution_scorer import Templates, make_templates
from apps.claims.analysis.syntax import Codes, Places, Syntax, code_of

_NAMES = 4
_NAMED = tuple(f"n{number}" for number in range(_NAMES))
_CUE = ("lemma", "pos", "dep", "quote", "tail", "comp", "reports", "has")


class Choice(NamedTuple):
    """A stretch of words that *cue* may report or name as its source, and how it was found."""

    cue: int
    ranges: Ranges
    names: tuple[str, ...]


_CONTENT_COLUMNS = (
    *_CUE, "side", "gap", "length", "share", "edge", "parts", "tpos", "tdep", "thead", "first", "before", "after", "lpos",
    "fpos", "apos", "adep", "ain", "bin", "verbs", "speaks", "unsaid", *_NAMED,
)  # fmt: skip
_CONTENT_SPECS = (
    "side gap", "length", "length pos", "share quote", "share quote length", "edge side", "edge side quote comp",
    "lemma side", "lemma length", "lemma share quote", "parts quote dep", "parts side", "tail edge side",
    "tail reports edge side", "tail share side", "tpos tdep pos", "lemma tpos tdep", "thead tdep pos", "first side",
    "before side", "after side", "lpos", "before after", "fpos lpos", "apos adep ain", "ain tail edge", "bin fpos before",
    "ain adep lemma", "verbs pos", "verbs lemma", "verbs comp", "speaks reports", "speaks length", "after share side",
    "after ain apos", "first before", "lpos after",
    "unsaid share", "unsaid share reports", "unsaid quote parts",
    "n*", "n* lemma", "n* pos dep", "n* comp pos", "n* quote share", "n* comp quote", "n* lemma quote", "n* lemma comp",
    "n* tail reports", "n* tail comp has", "n* tail reports quote", "n* ain adep", "n* after ain", "n* verbs", "n* length",
)  # fmt: skip

_SOURCE_COLUMNS = (
    *_CUE, "none", "kind", "side", "gap", "quoted", "length", "first", "hlemma", "hdep", "hpos", "after", *_NAMED,
)  # fmt: skip
_SOURCE_SPECS = (
    "none", "none lemma", "none pos dep has", "none lemma has", "none has", "none quote has", "none reports has pos",
    "kind pos", "kind lemma", "side gap pos", "quoted", "length", "first", "hlemma", "tail reports kind side",
    "hdep hpos dep", "hdep kind", "after side", "quoted kind side",
    "n*", "n* lemma", "n* kind", "n* pos dep", "n* has pos", "n* lemma kind", "n* lemma has", "n* quoted",
    "n* tail reports", "n* gap", "n* hdep", "n* quote",
)  # fmt: skip


@cache
def content_templates() -> Templates:
    return make_templates(_CONTENT_COLUMNS, _CONTENT_SPECS)


@cache
def source_templates() -> Templates:
    return make_templates(_SOURCE_COLUMNS, _SOURCE_SPECS)


def _cue_columns(syntax: Syntax, relations: Relations, cues: Places) -> dict[str, Codes | Places]:
    table = syntax.table
    below = relations.below[cues]
    return {
        "lemma": table.lemma[cues],
        "pos": table.pos[cues],
        "dep": table.dep[cues],
        "quote": relations.context[cues],
        "tail": relations.tail[cues],
        "comp": below & (CCOMP | XCOMP | OBJECT | PARATAXIS | PASSIVE),
        "reports": relations.reports[cues],
        "has": below & (SUBJECT | AGENT | OWNER | PASSIVE),
    }


@lru_cache(maxsize=1 << 14)
def _name_codes(names: tuple[str, ...]) -> tuple[int, ...]:
    codes = [code_of(name) for name in names[:_NAMES]]
    return (*codes, *[0] * (_NAMES - len(codes)))


def _name_columns(choices: Sequence[Choice]) -> dict[str, Codes]:
    names = np.array([_name_codes(choice.names) for choice in choices], dtype=np.uint32)
    return {column: names[:, place] for place, column in enumerate(_NAMED)}


def _tops(syntax: Syntax, first: Places, last: Places) -> Places:
    """Return the word each range hangs on: the highest one above its first within it."""
    heads = syntax.table.heads
    top = first.copy()
    for _ in range(12):
        head = heads[top]
        inside = (head >= first) & (head <= last) & (head != top)
        if not inside.any():
            break
        top = np.where(inside, head, top)
    return top


def _total(flags: Codes | Places | Flags) -> Places:
    return np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])


def content_rows(
    syntax: Syntax, relations: Relations, choices: Sequence[Choice]
) -> tuple[Codes, Places]:
    """Return the columns and the tokens to look at of each of *choices*."""
    table, size = syntax.table, len(syntax)
    cues = np.array([choice.cue for choice in choices], dtype=np.int64)
    first = np.array([choice.ranges[0][0] for choice in choices], dtype=np.int64)
    stop = np.array([choice.ranges[0][1] for choice in choices], dtype=np.int64)
    last = np.array([choice.ranges[-1][1] for choice in choices], dtype=np.int64)
    owner = np.array(
        [row for row, choice in enumerate(choices) for _ in choice.ranges], dtype=np.int64
    )
    edges = np.array(
        [edge for choice in choices for edge in choice.ranges], dtype=np.int64
    ).reshape(-1, 2)

    def count(flags: Codes | Places | Flags) -> Places:
        total = _total(flags)
        each = total[edges[:, 1] + 1] - total[edges[:, 0]]
        return np.bincount(owner, each, minlength=len(choices)).astype(np.int64)

    words = count(np.ones(size, dtype=np.int64))
    quoted = count(table.quote >= 0)
    share = np.where(
        quoted == 0,
        0,
        np.where(10 * quoted >= 9 * words, 1, np.where(10 * quoted >= 4 * words, 2, 3)),
    )
    verbal = np.isin(table.pos, [code_of("VERB"), code_of("AUX")])
    begin, end = table.begin[cues], table.end[cues]
    spoken = _total((table.quote >= 0) & (table.pos != code_of("PUNCT")))
    here = spoken[end] - spoken[begin]
    within = np.minimum(np.maximum(edges, begin[owner, None]), end[owner, None] - 1)
    ahead = edges[:, 0] >= end[owner]
    covered = np.where(
        ahead | (edges[:, 1] < begin[owner]), 0, spoken[within[:, 1] + 1] - spoken[within[:, 0]]
    )
    unsaid = here - np.bincount(owner, covered, minlength=len(choices)).astype(np.int64)
    side = np.where(first > cues, 1, np.where(last < cues, 2, 3))
    top = _tops(syntax, first, stop)
    before = np.where(first > 0, first - 1, -1)
    after = np.where(last + 1 < size, last + 1, -1)
    after_head = np.where(after >= 0, table.heads[after], -1)
    columns = {
        **_cue_columns(syntax, relations, cues),
        **_name_columns(choices),
        "side": side,
        "gap": np.minimum(
            6, np.where(side == 1, first - cues, np.where(side == 2, cues - last, 0))
        ),
        "length": np.minimum(7, _bit_length(words)),
        "share": share,
        "edge": 2 * (first <= begin + 1) + (last >= end - 2),
        "parts": _bit_length(np.bincount(owner, minlength=len(choices))),
        "tpos": table.pos[top],
        "tdep": table.dep[top],
        "thead": table.heads[top] == cues,
        "first": table.lower[first],
        "before": _at(table.lower, before),
        "after": _at(table.lower, after),
        "lpos": table.pos[last],
        "fpos": table.pos[first],
        "apos": _at(table.pos, after),
        "adep": _at(table.dep, after),
        "ain": 1 * (after_head >= first) + (after_head > last) + 3 * (after_head == cues),
        "bin": (table.heads[before] >= first) & (table.heads[before] <= last),
        "verbs": np.minimum(3, count(verbal)),
        "speaks": np.minimum(2, count(relations.reports)),
        "unsaid": np.where(relations.context[cues] == 1, 9, np.minimum(4, _bit_length(unsaid))),
    }
    slots = np.stack([cues, first, last, before, after, top], axis=1)
    return _stack(columns, _CONTENT_COLUMNS), slots


def source_rows(
    syntax: Syntax, relations: Relations, choices: Sequence[Choice]
) -> tuple[Codes, Places]:
    """Return the columns and the tokens to look at of each of *choices*; no ranges: nobody."""
    table, size = syntax.table, len(syntax)
    cues = np.array([choice.cue for choice in choices], dtype=np.int64)
    none = np.array([not choice.ranges for choice in choices], dtype=bool)
    first = np.array([c.ranges[0][0] if c.ranges else -1 for c in choices], dtype=np.int64)
    last = np.array([c.ranges[-1][1] if c.ranges else -1 for c in choices], dtype=np.int64)
    top = np.where(none, -1, _tops(syntax, np.maximum(first, 0), np.maximum(last, 0)))
    after = np.where(~none & (last + 1 < size), last + 1, -1)
    side = np.where(first > cues, 1, 2)
    number = table.quote[first]
    columns = {
        **_cue_columns(syntax, relations, cues),
        **_name_columns(choices),
        "none": none,
        "kind": relations.kind[top],
        "side": side,
        "gap": np.minimum(5, np.where(side == 1, first - cues, cues - last)),
        "quoted": (number >= 0) & (number != table.quote[cues]),
        "length": np.minimum(6, _bit_length(last - first + 1)),
        "first": _at(table.lower, first),
        "hlemma": _at(table.lemma, top),
        "hdep": _at(table.dep, top),
        "hpos": _at(table.pos, top),
        "after": _at(table.lower, after),
    }
    for name in ("kind", "side", "gap", "quoted", "length", "first", "hlemma", "hdep", "after"):
        columns[name] = np.where(none, 0, columns[name])
    return _stack(columns, _SOURCE_COLUMNS), np.stack([cues, first, last, top], axis=1)


def _at(codes: Codes, places: Places) -> Codes:
    return np.where(places >= 0, codes[places], np.uint32(0))


def _bit_length(numbers: Places) -> Places:
    lengths: Places = np.ceil(np.log2(np.maximum(numbers, 0) + 1)).astype(np.int64)
    return lengths


def _stack(columns: dict[str, Codes], names: Sequence[str]) -> Codes:
    return np.stack([np.asarray(columns[name]).astype(np.uint32) for name in names], axis=1)
