"""Sentences of different articles that are about one matter, whatever rows they stand in.

Alignment asks whether two claims answer one question. Rules about status, denial or cause
need less: the same case, told from both sides. Rare words and names shared by two
sentences show it; the rarer in the story, the more.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import log
from typing import cast

from apps.claims.analysis.early_pairs import early_pairs
from apps.claims.analysis.frames import find_frames, frames_of_stem
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token

# Below this sum of weights two sentences merely share a word.
LEAST = 3.0
_LEAST_SHARE = 0.3
_ENOUGH = 6.0
_SCALES = frozenset({"hundred", "thousand", "million", "billion", "trillion", "percent", "dollars"})
_FRAME_SHARE = 0.5
_COMMON = 0.3
# In a very long text even rare words stand in hundreds of places: pairs of them are no news.
_MOST_PLACES = 200
# Of a word in more sentences than this, each of them is paired with the earliest ones.
_MOST_ALIKE = 60
# In a story of two short articles every shared word would look common.
_SMALL_STORY = 60


@dataclass(frozen=True, slots=True)
class RelatedPair:
    """Two sentences on one matter; *a* is of the earlier article. *score* is the weight of
    what they share, *share* that weight against the lighter sentence, 0 to 1."""

    a: SentenceView
    b: SentenceView
    score: float
    share: float
    shared: frozenset[str]


def terms_of(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Return what a sentence is about: word stems, and frames for words of one event."""
    terms: set[str] = set()
    for token in tokens:
        if (
            not token.content
            or token.key in word_set("calendar_words")
            or not token.key[:1].isalnum()
        ):
            continue
        if token.key in _SCALES:
            continue
        stem = root(token.lemma or token.key)
        terms.add(stem)
        if not token.name:
            terms.update(f"~{frame}" for frame in frames_of_stem(stem))
    # "came down" tells of a collapse only together.
    around = [root(token.lemma or token.key) for token in tokens]
    terms.update(
        f"~{frame}"
        for frame in find_frames(around)
        if not any(frame in frames_of_stem(s) for s in around)
    )
    return frozenset(terms)


def related_sentences(index: StoryIndex) -> list[RelatedPair]:
    """Return the related sentence pairs of different articles, strongest first."""
    known = index.memo.get("related sentences")
    if known is not None:
        return cast("list[RelatedPair]", known)
    terms = {
        (article_id, sentence.index): terms_of(sentence.tokens)
        for article_id, sentences in index.sentences.items()
        for sentence in sentences
    }
    places: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for place, names in terms.items():
        for name in names:
            places[name].append(place)
    total = max(_SMALL_STORY, len(terms))
    weights = {
        name: (
            log((1 + total) / (1 + len(where))) * (_FRAME_SHARE if name.startswith("~") else 1.0)
        )
        for name, where in places.items()
    }
    views = {
        (article_id, sentence.index): sentence
        for article_id, sentences in index.sentences.items()
        for sentence in sentences
    }
    scores: dict[tuple[tuple[str, int], tuple[str, int]], set[str]] = defaultdict(set)
    for name, where in places.items():
        if len(where) > min(_COMMON * total, _MOST_PLACES):
            continue
        for x, y in early_pairs(where, most=_MOST_ALIKE):
            if x[0] != y[0]:
                scores[(x, y) if index.rank[x[0]] < index.rank[y[0]] else (y, x)].add(name)
    heavy = {place: sum(weights[name] for name in sorted(names)) for place, names in terms.items()}
    pairs: list[RelatedPair] = []
    for (x, y), shared in scores.items():
        # A word and its frame are one reason, not two.
        plain = {name for name in shared if not name.startswith("~")}
        framed = {name for name in shared if name.startswith("~") and not _explained(name, plain)}
        score = sum(weights[name] for name in sorted((*plain, *framed)))
        if score < LEAST or not index.same_event(x[0], y[0]):
            continue
        lighter = min(heavy[x], heavy[y]) or 1.0
        if score < _ENOUGH and score < _LEAST_SHARE * lighter:
            continue
        pairs.append(
            RelatedPair(
                views[x], views[y], score, min(1.0, score / lighter), frozenset(plain | framed)
            )
        )
    pairs.sort(
        key=lambda pair: (-pair.score, pair.a.article, pair.a.index, pair.b.article, pair.b.index)
    )
    index.memo["related sentences"] = pairs
    return pairs


def _explained(frame: str, stems: set[str]) -> bool:
    """Whether *frame* is shared only because a word that evokes it is."""
    return any(frame[1:] in frames_of_stem(stem) for stem in stems)


def closest_pairs(index: StoryIndex) -> list[RelatedPair]:
    """Return the related pairs in which one sentence is the other's closest in its article.

    At most one pair for every sentence and other article, in the order of
    ``related_sentences``.
    """
    known = index.memo.get("closest pairs")
    if known is not None:
        return cast("list[RelatedPair]", known)
    met: set[tuple[str, int, str]] = set()
    closest: list[RelatedPair] = []
    for pair in related_sentences(index):
        from_a = (pair.a.article, pair.a.index, pair.b.article)
        from_b = (pair.b.article, pair.b.index, pair.a.article)
        if from_a not in met or from_b not in met:
            closest.append(pair)
        met.update((from_a, from_b))
    index.memo["closest pairs"] = closest
    return closest
