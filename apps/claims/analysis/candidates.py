"""Which pairs of claims are worth comparing, found through an index of what is rare."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from apps.claims.analysis.units import Unit, Weights

# Partners kept for a claim; measured on the development stories, the right one is
# among the first 20 when it is found at all.
MOST_PARTNERS = 28
# Something in more claims than this finds no partners: keeps the work linear in claims.
_MOST_POSTINGS = 80
_FEW_UNITS = 400
_FRAME_SHARE = 0.5
_SYNONYM_SHARE = 0.4
_COUNT_WORTH = 1.5
_DAY_WORTH = 0.4
_NUMBER_WORTH = 1.0
_RUN_WORTH = 0.5


def find_candidates(units: Sequence[Unit], weights: Weights) -> list[tuple[int, int]]:
    """Return pairs of indices into *units*, lower first, sorted; claims of one sentence
    are never paired. Costs about the same for each claim, however many there are."""
    postings: dict[str, list[int]] = defaultdict(list)
    worth: dict[str, float] = {}
    keys_by_unit: list[list[str]] = []
    for index, unit in enumerate(units):
        keys = _keys(unit, weights, worth)
        keys_by_unit.append(keys)
        for key in keys:
            postings[key].append(index)
    most = len(units) if len(units) <= _FEW_UNITS else _MOST_POSTINGS
    pairs: set[tuple[int, int]] = set()
    for index, keys in enumerate(keys_by_unit):
        unit = units[index]
        scores: Counter[int] = Counter()
        for key in keys:
            found = postings[key]
            if 1 < len(found) <= most:
                value = worth[key]
                for other in found:
                    scores[other] += value  # type: ignore[assignment]  # a Counter may hold floats
        del scores[index]
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        kept = 0
        for other, _ in best:
            partner = units[other]
            if partner.article == unit.article and partner.claim.sentence == unit.claim.sentence:
                continue
            pairs.add((min(index, other), max(index, other)))
            kept += 1
            if kept == MOST_PARTNERS:
                break
    return sorted(pairs)


def _keys(unit: Unit, weights: Weights, worth: dict[str, float]) -> list[str]:
    """Return the index keys of a claim in a fixed order and note what each is worth."""
    keys: list[str] = []
    for term in sorted(unit.terms):
        key = f"t:{term}"
        worth[key] = weights.both[term]
        keys.append(key)
    for frame in sorted(unit.frames):
        key = f"f:{frame}"
        worth[key] = _FRAME_SHARE * weights.frame[frame]
        keys.append(key)
    counted = {
        f"c:{count.head}:{frame}" for count in unit.counts for frame in count.frames if count.head
    }
    for key in sorted(counted):
        worth[key] = _COUNT_WORTH
        keys.append(key)
    # The exact value of a telling number finds "312 homes" for "312 dwellings".
    for value in sorted(
        {f"n:{count.low}:{count.high}" for count in unit.counts if count.is_telling()}
    ):
        worth[value] = _NUMBER_WORTH
        keys.append(value)
    for run in sorted(unit.quote_runs):
        key = f"q:{run}"
        worth[key] = _RUN_WORTH
        keys.append(key)
    for day in sorted(unit.days):
        key = f"d:{day}"
        worth[key] = _DAY_WORTH
        keys.append(key)
    return keys
