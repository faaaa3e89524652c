"""The learned reader of attributions: which words are cues, what they report, from whom."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from apps.claims.analysis.attribution_candidates import Ranges, find_contents, find_sources
from apps.claims.analysis.attribution_features import (
    content_features,
    cue_features,
    is_cue_candidate,
    quote_context,
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


def read_cues(
    syntax: Syntax, models: Mapping[str, LinearModel], *, floor: float
) -> list[CueReading]:
    """Return every cue whose probability is at least *floor*, in text order."""
    found: list[CueReading] = []
    lowest = math.log(floor / (1 - floor))
    for index in range(len(syntax)):
        if not is_cue_candidate(syntax, index):
            continue
        score = models["cue"].score(cue_features(syntax, index))
        if score < lowest:
            continue
        contents = list(find_contents(syntax, index).items())
        if not contents:
            continue
        scores = [
            models["content"].score(content_features(syntax, index, ranges, names))
            for ranges, names in contents
        ]
        content_chances = softmax(scores)
        best = max(range(len(contents)), key=lambda i: (scores[i], -i))
        sources = list(find_sources(syntax, index).items())
        source_scores = [
            models["source"].score(source_features(syntax, index, ranges, names))
            for ranges, names in sources
        ]
        source_chances = softmax(source_scores)
        who = max(range(len(sources)), key=lambda i: (source_scores[i], -i))
        found.append(
            CueReading(
                index,
                contents[best][0],
                sources[who][0],
                logistic(score),
                content_chances[best],
                source_chances[who],
                tuple(contents[best][1]),
                tuple(sources[who][1]),
            )
        )
    return found


def _bucket(chance: float) -> int:
    return max(-6, min(6, round(math.log(max(chance, 1e-6) / max(1 - chance, 1e-6)))))


def keep_features(syntax: Syntax, reading: CueReading) -> list[str]:
    """Return what tells whether a whole reading is right."""
    cue, content, source = (
        _bucket(reading.cue_probability),
        _bucket(reading.content_probability),
        _bucket(reading.source_probability),
    )
    lemma, pos = syntax.lemmas[reading.cue], syntax.pos[reading.cue]
    size = sum(last - first + 1 for first, last in reading.content)
    quote = quote_context(syntax, reading.cue)
    return [
        f"c={cue}", f"t={content}", f"s={source}", f"ct={cue}|{content}", f"cs={cue}|{source}", f"ts={content}|{source}", f"cts={min(cue, 3)}|{min(content, 3)}|{min(source, 3)}",
        f"p={pos}", f"cp={cue}|{pos}", f"l={lemma}", f"n={reading.content_names[0]}", f"nq={reading.content_names[0]}|{quote}",
        f"sn={reading.source_names[0]}", f"q={quote}", f"cq={cue}|{quote}", f"size={size.bit_length()}", f"csize={cue}|{size.bit_length()}", f"np={len(reading.content)}|{quote}",
        f"tn={content}|{reading.content_names[0]}",
    ]  # fmt: skip
