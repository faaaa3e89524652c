"""What the words of two claims have in common: the same ones, synonyms, frames, names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

import numpy as np

from apps.claims.analysis.holdings import (
    Flags,
    Floats,
    Holdings,
    PairBlock,
    Places,
    Shared,
    ranges,
    starts_of,
)
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.units import Unit, Weights, grams_of

WORD_FEATURES = (
    "term_cosine",
    "term_covered",
    "general_cosine",
    "general_covered",
    "rarest_term",
    "soft_covered",
    "soft_share",
    "synonyms",
    "rarest_synonym",
    "frames",
    "frames_covered",
    "names",
    "names_covered",
    "names_differ",
    "context",
    "length_ratio",
    "short",
)
BIGRAM_FEATURES = ("bigrams",)
GRAM_FEATURES = ("near_words", "near_covered")

# A synonym proves less than the word itself.
_SYNONYM_SHARE = 0.8


class PairWords:
    """Stems, frames, names and surroundings of *units*; ask it for ``WORD_FEATURES``."""

    def __init__(self, units: Sequence[Unit], weights: Weights) -> None:
        self.terms = Holdings([unit.terms for unit in units])
        self.both = self.terms.weigh(weights.both)
        self._general = self.terms.weigh(weights.general)
        self._both_total = self.terms.totals(self.both)
        self._general_total = self.terms.totals(self._general)
        self._both_norm = np.sqrt(self.terms.totals(self.both**2))
        self._general_norm = np.sqrt(self.terms.totals(self._general**2))
        self._synonyms = _Synonyms(self.terms, self.both, weights)
        self.frames = Holdings([unit.frames for unit in units])
        self.frame = self.frames.weigh(weights.frame)
        self._frame_total = self.frames.totals(self.frame)
        self._names = Holdings([unit.names for unit in units])
        self._name = self._names.weigh(weights.term)
        self._name_total = self._names.totals(self._name)
        self._context = Holdings([unit.context for unit in units])
        self._near = self._context.weigh(weights.both)
        self._near_total = self._context.totals(self._near)

    def columns(self, block: PairBlock) -> dict[str, Floats]:
        a, b = block.a, block.b
        terms = self.terms.shared(block)
        shared, least = terms.total(self.both), _least(self._both_total, block)
        soft, rarest_synonym = self._synonyms.weigh(block, terms)
        frames = self.frames.shared(block).total(self.frame)
        either = self._frame_total[a] + self._frame_total[b] - frames
        names = self._names.shared(block)
        shared_names = names.total(self._name)
        both_name = (self._names.size[a] > 0) & (self._names.size[b] > 0)
        words = np.maximum(1, self.terms.size)
        fewer, more = np.minimum(words[a], words[b]), np.maximum(words[a], words[b])
        around = self._context.shared(block).total(self._near)
        return {
            "term_cosine": terms.total(self.both**2) / _product(self._both_norm, block),
            "term_covered": shared / least,
            "general_cosine": terms.total(self._general**2) / _product(self._general_norm, block),
            "general_covered": terms.total(self._general) / _least(self._general_total, block),
            "rarest_term": terms.greatest(self.both),
            "soft_covered": (shared + soft) / least,
            "soft_share": (shared + soft) / np.maximum(self._both_total[a], self._both_total[b]),
            "synonyms": np.minimum(1.0, soft / 2.0),
            "rarest_synonym": rarest_synonym,
            "frames": frames / either,
            "frames_covered": frames / _least(self._frame_total, block),
            "names": np.minimum(1.0, shared_names / 2.0),
            "names_covered": shared_names / _least(self._name_total, block),
            "names_differ": (both_name & (names.count() == 0)).astype(np.float64),
            "context": around / np.maximum(self._near_total[a], self._near_total[b]),
            "length_ratio": fewer / more,
            "short": 1.0 / fewer,
        }


class PairBigrams:
    """Neighbouring stems of *units*; ask it for ``BIGRAM_FEATURES``."""

    def __init__(self, units: Sequence[Unit], _weights: Weights) -> None:
        self._bigrams = Holdings([{f"{a} {b}" for a, b in pairwise(unit.stems)} for unit in units])

    def columns(self, block: PairBlock) -> dict[str, Floats]:
        return {"bigrams": np.minimum(1.0, self._bigrams.shared(block).count() / 3.0)}


class PairGrams:
    """Runs of letters in *units*; ask it for ``GRAM_FEATURES``."""

    def __init__(self, units: Sequence[Unit], weights: Weights) -> None:
        self._grams = Holdings([grams_of(unit.terms) for unit in units])
        held = np.bincount(self._grams.items, minlength=len(self._grams.things))
        self._gram = weights.rarities(held)
        self._total = self._grams.totals(self._gram)
        self._norm = np.sqrt(self._grams.totals(self._gram**2))

    def columns(self, block: PairBlock) -> dict[str, Floats]:
        shared = self._grams.shared(block)
        return {
            "near_words": shared.total(self._gram**2) / _product(self._norm, block),
            "near_covered": shared.total(self._gram) / _least(self._total, block),
        }


class _Synonyms:
    """Which stems of which claims stand in which sets of synonyms."""

    def __init__(self, terms: Holdings, both: Floats, weights: Weights) -> None:
        self._terms, self._both = terms, both
        sets = [synonym_sets(term) for term in terms.things]
        numbers = sorted(set(chain.from_iterable(sets)))
        place = {number: index for index, number in enumerate(numbers)}
        self._count = max(1, len(numbers))
        # Entries: a claim, a set, a stem of that claim in that set; sorted in this order.
        of_term = np.array([place[number] for found in sets for number in found], dtype=np.int64)
        size = np.array([len(found) for found in sets], dtype=np.int64)
        start = starts_of(size)
        unit = np.repeat(np.arange(len(terms.size)), terms.size)
        entry, at = ranges(start[terms.items], size[terms.items])
        owner, term, number = unit[entry], terms.items[entry], of_term[at]
        order = np.lexsort((term, number, owner))
        self._owner, self._term, self._number = owner[order], term[order], number[order]
        self._key = self._owner * self._count + self._number
        held = np.bincount(np.unique(self._key) % self._count, minlength=self._count)
        self._weight = weights.rarities(np.maximum(1, held))
        self._held = unit * max(1, len(terms.things)) + terms.items
        self._size = np.bincount(self._owner, minlength=len(terms.size))
        self._start = starts_of(self._size)

    def weigh(self, block: PairBlock, terms: Shared) -> tuple[Floats, Floats]:
        """Return the summed and the greatest weight of words of the first claims that the
        second have a synonym for and not the word; of several synonyms the best counts."""
        count = len(block)
        pair, at = ranges(self._start[block.b], self._size[block.b])
        number, theirs = self._number[at], self._term[at]
        known = np.zeros((len(block.distinct), self._count), dtype=np.bool_)
        mine, of_mine = ranges(self._start[block.distinct], self._size[block.distinct])
        known[mine, self._number[of_mine]] = True
        met = np.flatnonzero(known[block.row[pair], number])
        pair, number, theirs = pair[met], number[met], theirs[met]
        own = self._is_held(block.a[pair], theirs)
        pair, number, theirs = pair[~own], number[~own], theirs[~own]
        key = block.a[pair] * self._count + number
        first, last = (np.searchsorted(self._key, key, side=side) for side in ("left", "right"))
        entry, at = ranges(first, last - first)
        pair, number, theirs, ours = pair[entry], number[entry], theirs[entry], self._term[at]
        lone = ~self._is_held(block.b[pair], ours)
        pair, number, theirs, ours = pair[lone], number[lone], theirs[lone], ours[lone]
        value = np.minimum(np.minimum(self._both[ours], self._both[theirs]), self._weight[number])
        word = pair * max(1, len(self._terms.things)) + ours
        order = np.argsort(word, kind="stable")
        word, value = word[order], value[order]
        first = np.flatnonzero(np.diff(word, prepend=-1))
        if not len(first):
            return np.zeros(count), np.zeros(count)
        best = _SYNONYM_SHARE * np.maximum.reduceat(value, first)
        found = Shared(pair[order][first], np.arange(len(first)), count)
        return found.total(best), found.greatest(best)

    def _is_held(self, unit: Places, term: Places) -> Flags:
        key = unit * max(1, len(self._terms.things)) + term
        at = np.minimum(np.searchsorted(self._held, key), len(self._held) - 1)
        return np.asarray(self._held[at] == key)


def _least(totals: Floats, block: PairBlock) -> Floats:
    return np.minimum(totals[block.a], totals[block.b])


def _product(norms: Floats, block: PairBlock) -> Floats:
    return norms[block.a] * norms[block.b]
