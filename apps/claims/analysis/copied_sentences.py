"""Sentences that are edited copies of earlier ones, word by word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apps.articles.text.spans import Span
from apps.articles.text.types import ReuseLink, Role
from apps.claims.analysis.wording import Token, WordDiff, compare_wording

# Two sentences are a copy when they share this much, in runs no chance explains.
_COPY_SIMILARITY = 0.5
_COPY_SHARED = 5
_COPY_RUN_WORDS = 8
# A sentence is compared word by word with this many that share the most stems with it.
_MOST_WITH_STEM = 300
_MOST_ORIGINALS = 30
# A text that a hundred outlets print is compared with so many earlier ones: first those it
# has most copied sentences with, the earliest of them, then the earliest of the story.
_MOST_EARLIER = 16
_MOST_COPIED = 12
_RUN = 3


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of a story's article, ready to be compared."""

    article: str
    index: int
    span: Span
    role: Role
    tokens: tuple[Token, ...]
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class CopyPair:
    """A sentence and its edited copy: *a* is the text the copy *b* goes back to, or the
    earlier one. *diff* turns *a* into *b*."""

    a: SentenceView
    b: SentenceView
    diff: WordDiff


def find_copies(
    sentences: Mapping[str, Sequence[SentenceView]],
    rank: Mapping[str, int],
    reuse: Sequence[ReuseLink],
) -> Iterator[CopyPair]:
    """Yield each sentence with its best counterpart in every other article.

    In a story of very many articles only in those it can have been taken from.
    """
    ordered = sorted(sentences, key=lambda article_id: rank[article_id])
    compared = _earlier_articles(ordered, rank, reuse)
    for at, earlier in enumerate(ordered):
        by_stem: dict[str, list[SentenceView]] = defaultdict(list)
        for sentence in sentences[earlier]:
            for stem in sentence.stems:
                by_stem[stem].append(sentence)
        for later in ordered[at + 1 :]:
            if later in compared and earlier not in compared[later]:
                continue
            for copy in sentences[later]:
                best = _best_original(copy, by_stem)
                if best is not None:
                    yield best


def _earlier_articles(
    ordered: Sequence[str], rank: Mapping[str, int], reuse: Sequence[ReuseLink]
) -> dict[str, frozenset[str]]:
    """Return for each article with very many before it those it is compared with."""
    linked: Counter[tuple[str, str]] = Counter()
    if len(ordered) > _MOST_EARLIER + 1:
        for link in reuse:
            linked[link.a, link.b] += 1
            linked[link.b, link.a] += 1
    near: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for (one, other), count in linked.items():
        if one in rank and other in rank and rank[other] < rank[one]:
            near[one].append((-count, rank[other], other))
    compared: dict[str, frozenset[str]] = {}
    for later in ordered[_MOST_EARLIER + 1 :]:
        chosen = {name for _, _, name in sorted(near[later])[:_MOST_COPIED]}
        rest = [
            name
            for name in ordered[: 2 * _MOST_EARLIER]
            if name not in chosen and rank[name] < rank[later]
        ]
        compared[later] = frozenset((*chosen, *rest[: _MOST_EARLIER - len(chosen)]))
    return compared


def _best_original(copy: SentenceView, by_stem: dict[str, list[SentenceView]]) -> CopyPair | None:
    counts: Counter[int] = Counter()
    views: dict[int, SentenceView] = {}
    for stem in copy.stems:
        # No article has as many sentences; a page of one sentence over and over has.
        for sentence in by_stem.get(stem, ())[:_MOST_WITH_STEM]:
            counts[sentence.index] += 1
            views[sentence.index] = sentence
    best: CopyPair | None = None
    nearest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_ORIGINALS]
    for index, shared in sorted(nearest):
        original = views[index]
        if shared < 3 and shared * 2 < min(len(copy.stems), len(original.stems)):
            continue
        diff = compare_wording(original.tokens, copy.tokens)
        in_runs = _words_in_runs(diff, original, copy)
        close = diff.similarity >= _COPY_SIMILARITY and diff.shared >= min(
            _COPY_SHARED, len(copy.tokens), len(original.tokens)
        )
        # A short copy that is all taken from a longer sentence, in one piece.
        taken = _COPY_SHARED <= len(copy.tokens) == in_runs and not diff.edits[1:]
        if not (close and in_runs >= 3) and in_runs < _COPY_RUN_WORDS and not taken:
            continue
        if best is None or diff.shared > best.diff.shared:
            best = CopyPair(original, copy, diff)
    return best


def _words_in_runs(diff: WordDiff, a: SentenceView, b: SentenceView) -> int:
    """Return how many words are shared in runs of three or more."""
    runs, last_a = 0, 0
    for edit in diff.edits:
        run = edit.a_at - last_a
        runs += run if run >= _RUN else 0
        last_a = edit.a_at + len(edit.a)
    tail = len(a.tokens) - last_a
    return runs + (tail if tail >= _RUN else 0)
