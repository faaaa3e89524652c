"""The learned reader of attributions: which words are cues, what they report, from whom."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from apps.claims.analysis.attribution_candidates import Ranges, find_contents, find_sources
from apps.claims.analysis.attribution_features import (
    content_features,
    cue_context,
    cue_features,
    is_cue_candidate,
    source_features,
)
from apps.claims.analysis.linear import LinearModel, load_models, logistic, softmax
from apps.claims.analysis.syntax import Syntax

_WEIGHTS = Path(__file__).parent / "weights" / "attribution.npz"


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


@cache
def attribution_models() -> dict[str, LinearModel]:
    """Return the models that ship with the product, read once per process."""
    return load_models(_WEIGHTS)


def seen_feature(syntax: Syntax, index: int) -> str:
    return f"{syntax.lemmas[index]}|{syntax.pos[index]}"


def read_cues(
    syntax: Syntax, models: Mapping[str, LinearModel], *, floor: float
) -> list[CueReading]:
    """Return every cue whose probability is at least *floor*, in text order."""
    found: list[CueReading] = []
    lowest = math.log(floor / (1 - floor))
    seen = models.get("seen")
    for index in range(len(syntax)):
        if not is_cue_candidate(syntax, index):
            continue
        # Most nouns and adjectives never introduce speech; asking for them first is cheap.
        if (
            seen is not None
            and syntax.pos[index] != "VERB"
            and seen.score([seen_feature(syntax, index)]) < 0.5
        ):
            continue
        score = models["cue"].score(cue_features(syntax, index))
        if score < lowest:
            continue
        contents = list(find_contents(syntax, index).items())
        if not contents:
            continue
        context = cue_context(syntax, index)
        scores = [
            models["content"].score(content_features(syntax, context, ranges, names))
            for ranges, names in contents
        ]
        best, content_chance = _safest([ranges for ranges, _ in contents], softmax(scores))
        sources = list(find_sources(syntax, index).items())
        source_scores = [
            models["source"].score(source_features(syntax, context, ranges, names))
            for ranges, names in sources
        ]
        who, source_chance = _safest([ranges for ranges, _ in sources], softmax(source_scores))
        found.append(
            CueReading(
                index,
                contents[best][0],
                sources[who][0],
                logistic(score),
                content_chance,
                source_chance,
                tuple(contents[best][1]),
                tuple(sources[who][1]),
            )
        )
    return found


# Candidates less likely than the best few change nothing.
_WEIGHED = 8
# How much closeness counts beside being near enough: keeps the likeliest among equals.
_CLOSENESS = 0.3


def _safest(candidates: Sequence[Ranges], chances: Sequence[float]) -> tuple[int, float]:
    """Return the candidate most likely to share half its words with the right one, and how likely.

    Method: minimum Bayes risk decoding. Many candidates differ by a trailing phrase; the
    likeliest of them may stand apart from the rest.
    """
    order = sorted(range(len(candidates)), key=lambda i: (-chances[i], i))[:_WEIGHED]
    best, best_value, best_chance = order[0], -1.0, 0.0
    for i in order:
        near = close = 0.0
        for j in order:
            shared = 1.0 if i == j else _overlap(candidates[i], candidates[j])
            close += chances[j] * shared
            if shared >= 0.5:
                near += chances[j]
        value = near + _CLOSENESS * close
        if value > best_value + 1e-9:
            best, best_value, best_chance = i, value, near
    return best, min(best_chance, 1.0)


def _overlap(a: Ranges, b: Ranges) -> float:
    """Return the Jaccard of two sorted lists of token ranges; 1 for two empty ones."""
    if not a or not b:
        return 1.0 if a == b else 0.0
    shared = 0
    for first, last in a:
        for begin, end in b:
            shared += max(0, min(last, end) - max(first, begin) + 1)
    total = sum(last - first + 1 for first, last in (*a, *b))
    return shared / (total - shared)


def _bucket(chance: float, parts: int = 1) -> int:
    """Return the log-odds of *chance* in steps of 1 / *parts*, between -6 and 6."""
    odds = math.log(max(chance, 1e-6) / max(1 - chance, 1e-6))
    return max(-6 * parts, min(6 * parts, round(odds * parts)))


def keep_features(syntax: Syntax, reading: CueReading) -> list[str]:
    """Return what tells whether a whole reading is right."""
    cue, content, source = (
        _bucket(reading.cue_probability),
        _bucket(reading.content_probability),
        _bucket(reading.source_probability),
    )
    context = cue_context(syntax, reading.cue)
    pos, quote, tail, reports = context.pos, context.quote, context.tail, context.reports
    size = sum(last - first + 1 for first, last in reading.content)
    name, who = reading.content_names[0], reading.source_names[0]
    fine = _bucket(reading.cue_probability, parts=2)
    sure = _bucket(reading.content_probability, parts=2)
    return [
        f"c={cue}", f"cf={fine}", f"t={content}", f"tf={sure}", f"s={source}", f"ct={cue}|{content}", f"cs={cue}|{source}",
        f"ts={content}|{source}", f"cts={min(cue, 3)}|{min(content, 3)}|{min(source, 3)}", f"p={pos}", f"cp={cue}|{pos}",
        f"n={name}", f"nq={name}|{quote}", f"sn={who}", f"q={quote}", f"cq={cue}|{quote}", f"size={size.bit_length()}",
        f"csize={cue}|{size.bit_length()}", f"np={len(reading.content)}|{quote}", f"rv={reports}|{pos}", f"rvc={reports}|{cue}",
        f"tail={tail}|{reports}|{cue}", f"rvt={reports}|{content}",
    ]  # fmt: skip
