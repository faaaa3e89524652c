"""A second look at every pair: is each the other's best partner, and do third articles agree?

Two paraphrases may share one weak word, which proves little alone; but when each finds
nothing nearer in the other's article, and a third article's sentence is near both, the
pair is a likely one. Ranks and margins say this without any knowledge of words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from apps.claims.analysis.holdings import Floats, Places, in_blocks, ranges, starts_of
from apps.claims.analysis.units import Unit

AGREEMENT_FEATURES = (
    "odds",
    "odds_high",
    "mutual",
    "best_of_one",
    "least_margin",
    "most_margin",
    "support",
    "supported",
    "odds_mutual",
)

# Log-odds counted for a partner the index did not even propose.
UNSEEN = -6.0
_WIDEST_MARGIN = 4.0
# Third claims looked at for a pair; the best few decide.
_THIRDS = 12


def find_agreement(units: Sequence[Unit], a: Places, b: Places, odds: Floats) -> Floats:
    """Return a row of ``AGREEMENT_FEATURES`` for each pair of units of different articles.

    *odds* are the log-odds of all pairs that were scored, *a* and *b* their units.
    """
    article = np.array([unit.article for unit in units], dtype=np.int64)
    sentence = np.array([unit.claim.sentence for unit in units], dtype=np.int64)
    forth, back = (
        np.clip(odds - rival, -_WIDEST_MARGIN, _WIDEST_MARGIN)
        for rival in _rivals(article, sentence, a, b, odds)
    )
    mutual = ((forth >= 0.0) & (back >= 0.0)).astype(np.float64)
    support = _support(len(units), a, b, odds)
    capped = np.clip(odds, -8.0, 8.0) / 4.0
    return np.stack(
        [
            capped,
            np.maximum(0.0, capped),
            mutual,
            ((forth >= 0.0) != (back >= 0.0)).astype(np.float64),
            np.minimum(forth, back) / _WIDEST_MARGIN,
            np.maximum(forth, back) / _WIDEST_MARGIN,
            np.clip(support, -8.0, 4.0) / 4.0,
            (support > odds).astype(np.float64),
            mutual * capped,
        ],
        axis=1,
    )


def _rivals(
    article: Places, sentence: Places, a: Places, b: Places, odds: Floats
) -> tuple[Floats, Floats]:
    """Return the log-odds of the best partner of *a* in another sentence of *b*'s article,
    and of *b* in another sentence of *a*'s."""
    here, there = np.concatenate([a, b]), np.concatenate([b, a])
    value = np.concatenate([odds, odds])
    counted = np.flatnonzero(value > UNSEEN)
    if not len(counted):
        return np.full(len(a), UNSEEN), np.full(len(a), UNSEEN)
    here, there, value = here[counted], there[counted], value[counted]
    articles = int(article.max(initial=0)) + 1
    group = here * articles + article[there]
    order = np.lexsort((sentence[there], -value, group))
    group, value, place = group[order], value[order], sentence[there][order]
    first = np.flatnonzero(np.diff(group, prepend=-1))
    known, best, best_place = group[first], value[first], place[first]
    # The best of any other sentence than the best one.
    number = np.repeat(np.arange(len(known)), np.diff(first, append=len(group)))
    others = np.flatnonzero(place != best_place[number])
    second = np.full(len(known), UNSEEN)
    other_first = others[np.flatnonzero(np.diff(number[others], prepend=-1))]
    second[number[other_first]] = value[other_first]

    def rivals(ours: Places, theirs: Places) -> Floats:
        wanted = ours * articles + article[theirs]
        found = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
        rival = np.where(best_place[found] != sentence[theirs], best[found], second[found])
        return np.where(known[found] == wanted, rival, UNSEEN)

    return rivals(a, b), rivals(b, a)


def _support(count: int, a: Places, b: Places, odds: Floats) -> Floats:
    """Return the weaker link of the best way from *a* to *b* over a third article."""
    here, there = np.concatenate([a, b]), np.concatenate([b, a])
    value = np.concatenate([odds, odds])
    order = np.lexsort((there, -value, here))
    here, there, value = here[order], there[order], value[order]
    size = np.bincount(here, minlength=count).astype(np.int64)
    start = starts_of(size)
    unit, at = ranges(start, np.minimum(size, _THIRDS))
    # Claim number *count* stands for "no third claim".
    third = np.full((count, _THIRDS), count, dtype=np.int64)
    near = np.full((count, _THIRDS), UNSEEN)
    third[unit, at - start[unit]] = there[at]
    near[unit, at - start[unit]] = value[at]
    support = np.full(len(a), UNSEEN)
    for part, block in in_blocks(a, b):
        table = np.full((len(block.distinct), count + 1), UNSEEN)
        np.put_along_axis(table, third[block.distinct], near[block.distinct], axis=1)
        table[:, count] = UNSEEN
        ways = np.minimum(table[block.row[:, None], third[block.b]], near[block.b])
        support[part] = np.maximum(UNSEEN, ways.max(axis=1, initial=UNSEEN))
    return support
