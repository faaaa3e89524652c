"""Who did what, who is quoted, and where in the article: what two claims have in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from apps.claims.analysis.holdings import Flags, Floats, Holdings, PairBlock, Places, numbered
from apps.claims.analysis.units import Unit, Weights

ROLE_FEATURES = (
    "places",
    "predicate",
    "predicate_frame",
    "subject",
    "object",
    "roles_cross",
    "quotes",
    "quote_run",
    "quote_one_sided",
    "speaker",
    "speakers_differ",
    "both_lead",
    "one_lead",
    "both_headline",
    "depth_gap",
)

# Fewer words than this in quotation marks are a word picked out, not a quotation.
_QUOTATION = 2


class PairRoles:
    """Subjects, verbs, objects, speakers and positions of *units*."""

    def __init__(self, units: Sequence[Unit], _weights: Weights) -> None:
        words = numbered(
            word for unit in units for word in (unit.subject, unit.predicate, unit.object)
        ).reshape(len(units), 3)
        self._subject, self._predicate, self._object = words.T
        self._predicate_frames = Holdings([unit.predicate_frames for unit in units])
        self.places = Holdings([unit.places for unit in units])
        self._quoted = Holdings([unit.quoted for unit in units])
        self.quote_runs = Holdings([unit.quote_runs for unit in units])
        self._speaker = Holdings([unit.speaker for unit in units])
        self._lead = np.array([unit.lead for unit in units], dtype=np.bool_)
        self._headline = np.array([unit.headline for unit in units], dtype=np.bool_)
        self._depth = np.array([unit.depth for unit in units], dtype=np.float64)

    def columns(self, block: PairBlock) -> dict[str, Floats]:
        """Return ``ROLE_FEATURES`` of each pair."""
        a, b = block.a, block.b
        subject, predicate, target = self._subject, self._predicate, self._object
        same_predicate = predicate[a] == predicate[b]
        share_frame = self._predicate_frames.shared(block).count() > 0
        cross = _same(subject[a], target[b]) | _same(target[a], subject[b])
        quoted = np.minimum(self._quoted.size[a], self._quoted.size[b])
        shared_quotes = self._quoted.shared(block).count()
        runs = np.minimum(self.quote_runs.size[a], self.quote_runs.size[b])
        shared_runs = self.quote_runs.shared(block).count()
        speaks = self._speaker.size > 0
        same_speaker = self._speaker.shared(block).count() > 0
        quotes = self._quoted.size >= _QUOTATION
        flags = {
            "places": self.places.shared(block).count() > 0,
            "predicate": _same(predicate[a], predicate[b]),
            "predicate_frame": ~same_predicate & share_frame,
            "subject": _same(subject[a], subject[b]),
            "object": _same(target[a], target[b]),
            "roles_cross": cross,
            "quote_one_sided": quotes[a] != quotes[b],
            "speaker": same_speaker,
            "speakers_differ": speaks[a] & speaks[b] & ~same_speaker,
            "both_lead": self._lead[a] & self._lead[b],
            "one_lead": self._lead[a] != self._lead[b],
            "both_headline": self._headline[a] & self._headline[b],
        }
        return {name: flag.astype(np.float64) for name, flag in flags.items()} | {
            "quotes": np.where(quoted >= _QUOTATION, shared_quotes / np.maximum(1, quoted), 0.0),
            "quote_run": shared_runs / np.maximum(1, runs),
            "depth_gap": np.abs(self._depth[a] - self._depth[b]),
        }


def _same(a: Places, b: Places) -> Flags:
    """Say where both have a word and it is the same."""
    return np.asarray((a == b) & (a > 0))
