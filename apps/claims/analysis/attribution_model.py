"""The learned reader of attributions: which words are cues, what they report, from whom."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from apps.claims.analysis.attribution_choices import (
    Choice,
    content_rows,
    content_templates,
    source_rows,
    source_templates,
)
from apps.claims.analysis.attribution_contents import find_contents
from apps.claims.analysis.attribution_features import (
    Relations,
    cue_rows,
    cue_templates,
    find_candidates,
)
from apps.claims.analysis.attribution_readings import CueReading, keep_rows, keep_templates, overlap
from apps.claims.analysis.attribution_scorer import Scorer, unpack_scorers
from apps.claims.analysis.attribution_sources import find_sources
from apps.claims.analysis.syntax import Places, Syntax, code_of

_WEIGHTS = Path(__file__).parent / "weights" / "attribution.npz"


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """What was learned: *scorers* "cue", "content", "source" and "keep", and for pairs of
    lemma and part of speech what was seen of them as cues (``SEEN``, ``NEVER``, 0)."""

    seen: npt.NDArray[np.int8]
    scorers: Mapping[str, Scorer]


SEEN, NEVER = 1, 2


@cache
def attribution_model() -> AttributionModel:
    """Return the model that ships with the product, read once per process."""
    with np.load(_WEIGHTS, allow_pickle=False) as stored:
        return AttributionModel(stored["seen"], unpack_scorers(stored))


def seen_places(syntax: Syntax, tokens: Places, size: int) -> Places:
    """Return the place of each token's lemma and part of speech in a table of *size*."""
    table = syntax.table
    mixed = (table.lemma[tokens] ^ (table.pos[tokens] * np.uint32(0x9E3779B1))) * np.uint32(
        0x85EBCA77
    )
    places: Places = ((mixed ^ (mixed >> np.uint32(15))) & np.uint32(size - 1)).astype(np.int64)
    return places


def likely_candidates(syntax: Syntax, seen: npt.NDArray[np.int8]) -> Places:
    """Return the tokens that are worth scoring as cues, in text order.

    Most words never introduce speech, and asking for them first is cheap. Verbs are tried
    unless they are common and never do; others if they were seen to.
    """
    cues = find_candidates(syntax)
    known = seen[seen_places(syntax, cues, len(seen))]
    verb = syntax.table.pos[cues] == code_of("VERB")
    likely: Places = cues[(known == SEEN) | (verb & (known != NEVER))]
    return likely


def read_cues(
    syntax: Syntax, relations: Relations, model: AttributionModel, *, floor: float
) -> list[CueReading]:
    """Return every cue whose probability is at least *floor*, in text order."""
    scorers = model.scorers
    cues = likely_candidates(syntax, model.seen)
    if not len(cues):
        return []
    vectors = syntax.table.vectors
    scores = scorers["cue"].score(cue_templates(), cue_rows(syntax, relations, cues), vectors)
    chosen = scores >= math.log(floor / (1 - floor))
    contents: list[Choice] = []
    sources: list[Choice] = []
    ends: list[tuple[int, float, int, int]] = []
    for cue, score in zip(cues[chosen].tolist(), scores[chosen].tolist(), strict=True):
        found = find_contents(syntax, cue)
        if not found:
            continue
        contents.extend(Choice(cue, ranges, tuple(names)) for ranges, names in found.items())
        sources.extend(
            Choice(cue, ranges, tuple(names)) for ranges, names in find_sources(syntax, cue).items()
        )
        ends.append((cue, score, len(contents), len(sources)))
    if not ends:
        return []
    content_chances = _chances(
        scorers["content"].score(
            content_templates(), content_rows(syntax, relations, contents), vectors
        ),
        [end[2] for end in ends],
    )
    source_chances = _chances(
        scorers["source"].score(
            source_templates(), source_rows(syntax, relations, sources), vectors
        ),
        [end[3] for end in ends],
    )
    readings: list[CueReading] = []
    first_content = first_source = 0
    for cue, score, end_content, end_source in ends:
        what, sure = _safest(
            contents[first_content:end_content], content_chances[first_content:end_content]
        )
        who, known = _safest(
            sources[first_source:end_source], source_chances[first_source:end_source]
        )
        first_content, first_source = end_content, end_source
        readings.append(
            CueReading(
                cue, what.ranges, who.ranges, logistic(score), sure, known, what.names, who.names
            )
        )
    return readings


def weigh_readings(
    syntax: Syntax,
    relations: Relations,
    model: AttributionModel,
    readings: Sequence[CueReading],
) -> list[float]:
    """Return for each reading how probable it is that the whole of it is right."""
    if not readings:
        return []
    scores: list[float] = (
        model.scorers["keep"]
        .score(keep_templates(), keep_rows(syntax, relations, readings), syntax.table.vectors)
        .tolist()
    )
    return [logistic(score) for score in scores]


def logistic(score: float) -> float:
    return 0.0 if score < -40 else 1.0 / (1.0 + math.exp(-score))


# Candidates less likely than the best few, or than this, change nothing.
_WEIGHED = 8
_UNLIKELY = 0.01
# A choice so likely is taken as it is; so clear, without asking what lies near it.
_CERTAIN = 0.7
_CLEAR = 0.93
# How much closeness counts beside being near enough: keeps the likeliest among equals.
_CLOSENESS = 0.3


def _chances(scores: npt.NDArray[np.float64], ends: Sequence[int]) -> list[float]:
    """Return the softmax of *scores* within groups of rows, given the end of each."""
    firsts = np.array([0, *ends[:-1]])
    sizes = np.array(ends) - firsts
    powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, firsts), sizes))
    chances: list[float] = (powers / np.repeat(np.add.reduceat(powers, firsts), sizes)).tolist()
    return chances


def _safest(choices: Sequence[Choice], chances: Sequence[float]) -> tuple[Choice, float]:
    """Return the choice most likely to share half its words with the right one, and how likely.

    Method: minimum Bayes risk decoding. Many candidates differ by a trailing phrase; the
    likeliest of them may stand apart from the rest.
    """
    highest = max(chances)
    if highest >= _CLEAR:
        return choices[chances.index(highest)], highest
    order = sorted(range(len(choices)), key=chances.__getitem__, reverse=True)[:_WEIGHED]
    top = order[0]
    if chances[top] >= _CERTAIN:
        mine = choices[top].ranges
        near_top = sum(
            chances[i]
            for i in order
            if i == top or (chances[i] >= _UNLIKELY and overlap(mine, choices[i].ranges) >= 0.5)
        )
        return choices[top], min(near_top, 1.0)
    order = [i for i in order if chances[i] >= _UNLIKELY]
    near = [chances[i] for i in order]
    close = [chances[i] for i in order]
    for place, i in enumerate(order):
        mine = choices[i].ranges
        for other in range(place):
            j = order[other]
            shared = overlap(mine, choices[j].ranges)
            close[place] += chances[j] * shared
            close[other] += chances[i] * shared
            if shared >= 0.5:
                near[place] += chances[j]
                near[other] += chances[i]
    best = max(range(len(order)), key=lambda place: near[place] + _CLOSENESS * close[place])
    return choices[order[best]], min(near[best], 1.0)
