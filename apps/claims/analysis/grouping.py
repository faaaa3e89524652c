"""Grouping by average link under people's decisions and under what can never be together."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations
from math import inf

Pair = tuple[int, int]


def average_link(
    count: int,
    scores: Mapping[Pair, float],
    *,
    at_least: float,
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
    unseen: float = 0.0,
    most_partners: int = 1_000_000,
    may_join: Callable[[list[int], list[int]], bool] | None = None,
) -> list[list[int]]:
    """Return the groups of ``range(count)``, each sorted, in order of their first member.

    Two groups are joined while the average of *scores* between their members is at least
    *at_least*, the best pair of groups first; ties go to the lower numbers, so that the
    answer never depends on chance. Pairs of *scores* have their lower number first, each
    stands once. A pair that is not in *scores* counts *unseen* below
    *at_least*, as many of them as a member with *most_partners* can have. *must* pairs are together before anything else; *cannot* pairs and groups
    that *may_join* refuses never come together by score. A *must* wins over a *cannot*.
    Costs about ``len(scores) * log(len(scores))``.
    """
    members: dict[int, list[int]] = {i: [i] for i in range(count)}
    owner = list(range(count))
    for i, j in sorted(must):
        a, b = sorted((owner[i], owner[j]))
        if a != b:
            for k in members[b]:
                owner[k] = a
            members[a] = sorted(members[a] + members.pop(b))
    # Sums between groups; a pair of members without a score is below the threshold.
    missing = at_least - unseen
    sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    if len(members) == count:
        for (i, j), score in scores.items():
            sums[i][j] = sums[j][i] = (score, 1)
    else:
        for (i, j), score in sorted(scores.items()):
            a, b = owner[i], owner[j]
            if a != b:
                total, seen = sums[a].get(b, (0.0, 0))
                sums[a][b] = sums[b][a] = (total + score, seen + 1)
    apart: dict[int, set[int]] = defaultdict(set)
    for i, j in cannot:
        a, b = owner[i], owner[j]
        if a != b:
            apart[a].add(b)
            apart[b].add(a)

    def link(a: int, b: int) -> float:
        total, seen = sums[a][b]
        fewer, more = len(members[a]), len(members[b])
        if fewer > more:
            fewer, more = more, fewer
        # Nobody is compared with everybody: in large groups as many pairs count as unseen as
        # were seen, not all the others.
        pairs = fewer * more
        if more > most_partners:
            pairs = min(pairs, max(2 * seen, fewer * most_partners))
        return (total + missing * (pairs - seen)) / pairs

    version = dict.fromkeys(members, 0)
    queue: list[tuple[float, int, int, int, int]] = []

    def push(a: int, b: int) -> None:
        if a > b:
            a, b = b, a
        value = link(a, b)
        if value >= at_least:
            heapq.heappush(queue, (-value, a, b, version[a], version[b]))

    if len(members) == count:
        # Most pairs of two lone claims are too weak from the start.
        queue = [(-score, a, b, 0, 0) for (a, b), score in scores.items() if score >= at_least]
        heapq.heapify(queue)
    else:
        for a, near in sums.items():
            for b in near:
                if a < b:
                    push(a, b)
    while queue:
        _, a, b, a_version, b_version = heapq.heappop(queue)
        if (
            a not in members
            or b not in members
            or version[a] != a_version
            or version[b] != b_version
        ):
            continue
        if b in apart[a] or (may_join is not None and not may_join(members[a], members[b])):
            continue
        members[a] = sorted(members[a] + members.pop(b))
        version[a] += 1
        for other in apart.pop(b, set()):
            apart[other].discard(b)
            apart[other].add(a)
            apart[a].add(other)
        gone = sums.pop(b)
        for other in gone:
            if other == a:
                continue
            total, seen = gone[other]
            mine, mine_seen = sums[a].get(other, (0.0, 0))
            sums[a][other] = sums[other][a] = (total + mine, seen + mine_seen)
            del sums[other][b]
        sums[a].pop(b, None)
        for other in sums[a]:
            push(a, other)
    return sorted(members.values(), key=lambda group: group[0])


def spanning_pairs(
    members: Sequence[int], scores: Mapping[Pair, float], first: AbstractSet[Pair]
) -> list[Pair]:
    """Return the pairs that hold a group together, sorted: those of *first*, then the strongest.

    *members* are ascending, pairs have their lower number first. A pair without a score is
    weaker than any that has one; ties go to the lower numbers.
    """

    def rank(pair: Pair) -> tuple[bool, float, Pair]:
        return pair not in first, -scores.get(pair, -inf), pair

    inside = frozenset(members)
    held = {pair for pair in first if inside.issuperset(pair)}
    tree = _spanning_tree(sorted(held | scores.keys(), key=rank))
    if len(tree) < len(members) - 1:
        tree = _spanning_tree(sorted(combinations(members, 2), key=rank))
    return sorted(tree)


def _spanning_tree(pairs: Iterable[Pair]) -> list[Pair]:
    """Return those of *pairs*, best first, that join what was apart (Kruskal's algorithm)."""
    root: dict[int, int] = {}

    def find(i: int) -> int:
        while root.get(i, i) != i:
            root[i] = root.get(root[i], root[i])
            i = root[i]
        return i

    tree: list[Pair] = []
    for i, j in pairs:
        a, b = find(i), find(j)
        if a != b:
            root[b] = a
            tree.append((i, j))
    return tree
