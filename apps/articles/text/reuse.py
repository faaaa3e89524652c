"""Which words stand in several articles: sentences that are copies, and runs of words.

``find_reuse`` lists pairs of sentences that are the same words, edited words or reordered
words; ``find_dependences`` counts the runs of five words two articles share outside
quotation marks, from which ``origins`` tells who goes back to whom.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TypeVar

from rapidfuzz.distance import Indel

from apps.articles.text.spans import Span
from apps.articles.text.types import STORY_ROLES, ReuseLink, SegmentDraft

# A pair of sentences is reuse from here on. Edited agency copy measured on made-up
# rewrites lies above .6, sentences that only tell the same event below .5.
REUSE_AT = 0.6
_FEWEST_WORDS = 4
_SHINGLE = 3
_RUN = 5
# What stands in more sentences or articles than this (a text a hundred outlets took over, or
# "the end of the") is held against the first so many of them only: the earliest, from which
# the others were taken. That keeps the work in proportion to the text.
_MOST_POSTINGS = 30
_FIRST = 16
# Shorter sentences look alike by chance and need a closer match.
_SHORT_SENTENCE = 8
_SHORT_REUSE_AT = 0.75
_FEWEST_OWN_WORDS = 6

_Posting = TypeVar("_Posting")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A quotation that opens a paragraph and is not closed in it goes on in the next one. Single
# marks hold apostrophes: 'I don't know' is one quotation, the owners' boat is none.
QUOTE = re.compile(
    r"“[^“”]{1,1200}(?:”|(?=\n)|$)"
    r"|\"[^\"\n]{1,1200}\"|(?<!\S)\"(?=\S)[^\"\n]{1,1200}(?=\n|$)"
    r"|(?<!\w)‘(?:[^‘’\n]|(?<=\w)’(?=\w)){1,600}’(?!\w)"
    r"|(?<!\w)'(?:[^'\n]|(?<=\w)'(?=\w)){8,600}'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class OriginInput:
    """What finding origins needs of an article.

    *published* is ISO 8601 or "". *segments* keep captions and page furniture out of the
    evidence; without them the whole text counts.
    """

    id: str
    text: str
    outlet: str = ""
    published: str = ""
    segments: tuple[SegmentDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much of one article stands in another; *runs* are five-word runs outside quotes.

    *of_a* and *of_b* are shares of each article's own runs, 0 to 1; *ordered* is the share
    of shared runs that come in the same order; *longest* counts words.
    """

    a: str
    b: str
    shared: int
    of_a: float
    of_b: float
    ordered: float
    longest: int
    sentences: int


def find_words(text: str) -> list[tuple[str, int, int]]:
    """Return the words of *text* in lower case with their offsets; apostrophes are straight."""
    return [
        (match.group().lower().replace("’", "'"), match.start(), match.end())
        for match in _WORD.finditer(text)
    ]


def find_reuse(sentences_by_article: Mapping[str, Sequence[tuple[Span, str]]]) -> list[ReuseLink]:
    """Return pairs of sentences of different articles that are one sentence, edited or not.

    A sentence is linked to its best match in each other article. Links are ordered by the
    articles' order in the mapping, then by place. Very short sentences are left out.
    """
    entries: list[tuple[int, Span, list[str]]] = []
    articles = list(sentences_by_article)
    for number, article in enumerate(articles):
        for span, text in sentences_by_article[article]:
            words = [word.lower() for word in _WORD.findall(text.replace("’", "'"))]
            if len(words) >= _FEWEST_WORDS:
                entries.append((number, span, words))
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for i, j in _candidates(entries):
        similarity = compare_words(entries[i][2], entries[j][2])
        shorter = min(len(entries[i][2]), len(entries[j][2]))
        if similarity < (REUSE_AT if shorter > _SHORT_SENTENCE else _SHORT_REUSE_AT):
            continue
        for here, there in ((i, j), (j, i)):
            key = (here, entries[there][0])
            found = best.get(key)
            if found is None or (-similarity, there) < (-found[0], found[1]):
                best[key] = (similarity, there)
    pairs = {
        (min(here, there), max(here, there)): similarity
        for (here, _), (similarity, there) in best.items()
    }
    return [
        ReuseLink(
            a=articles[entries[i][0]],
            a_span=entries[i][1],
            b=articles[entries[j][0]],
            b_span=entries[j][1],
            similarity=round(similarity, 4),
        )
        for (i, j), similarity in sorted(pairs.items())
    ]


def compare_words(a: Sequence[str], b: Sequence[str]) -> float:
    """Return how much two word lists are one sentence: 0 to 1, 1 for the same words.

    The best of three readings: words in order; the same words in another order; the
    shorter one kept whole inside the longer one.
    """
    if list(a) == list(b):
        return 1.0
    in_order = Indel.normalized_similarity(a, b)
    shared = sum((Counter(a) & Counter(b)).values())
    reordered = 0.95 * 2.0 * shared / (len(a) + len(b))
    shorter = min(len(a), len(b))
    common = (len(a) + len(b) - Indel.distance(a, b)) / 2
    # A clause cut out of a long sentence is reuse; four common words of a long one are not.
    kept = 0.9 * common / shorter if shorter >= 8 and common >= 0.8 * shorter else 0.0
    # Runs, not scattered function words, make a copy.
    if not _shares_run(a, b):
        return min(0.5, in_order)
    return max(in_order, reordered, kept)


def _shares_run(a: Sequence[str], b: Sequence[str]) -> bool:
    runs = {tuple(a[i : i + _SHINGLE]) for i in range(len(a) - _SHINGLE + 1)}
    return any(tuple(b[i : i + _SHINGLE]) in runs for i in range(len(b) - _SHINGLE + 1))


def _candidates(entries: Sequence[tuple[int, Span, list[str]]]) -> list[tuple[int, int]]:
    """Return pairs of entries of different articles that share two runs of three words,
    or one run when a sentence has few."""
    postings: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, (_, _, words) in enumerate(entries):
        for shingle in set(zip(words, words[1:], words[2:], strict=False)):
            postings[shingle].append(index)
    # Most runs stand in one sentence only.
    shared = Counter(
        chain.from_iterable(_pairs(found) for found in postings.values() if len(found) > 1)
    )
    return sorted(
        (i, j)
        for (i, j), count in shared.items()
        if (count >= 2 or min(len(entries[i][2]), len(entries[j][2])) <= 8)
        and entries[i][0] != entries[j][0]
    )


def _pairs(found: Sequence[_Posting]) -> Iterator[tuple[_Posting, _Posting]]:
    """Yield the pairs of *found*, the earlier first; of very many those with the first few."""
    first = len(found) if len(found) <= _MOST_POSTINGS else _FIRST
    for position, one in enumerate(found[:first]):
        for other in found[position + 1 :]:
            yield one, other


def find_dependences(
    articles: Sequence[OriginInput], reuse: Sequence[ReuseLink]
) -> list[Dependence]:
    """Return how much each pair of articles shares; pairs that share no run are left out.

    Runs that stand in very many articles count between the first of them and every other.
    """
    runs_by_article = [_unquoted_runs(article) for article in articles]
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for index, runs in enumerate(runs_by_article):
        for run, place in runs.items():
            places[run].append((index, place))
    shared: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for found in places.values():
        for (i, place_i), (j, place_j) in _pairs(found):
            shared[i, j].append((place_i, place_j))
    by_id = {article.id: article for article in articles}
    sentences: Counter[tuple[str, str]] = Counter()
    own_words: dict[tuple[str, Span], list[str]] = {}
    for link in reuse:
        if link.a not in by_id or link.b not in by_id:
            continue
        for name, span in ((link.a, link.a_span), (link.b, link.b_span)):
            if (name, span) not in own_words:
                own_words[name, span] = _own_words(by_id[name].text, span)
        if _is_copied(own_words[link.a, link.a_span], own_words[link.b, link.b_span]):
            sentences[link.a, link.b] += 1
            sentences[link.b, link.a] += 1
    return [
        Dependence(
            a=articles[i].id,
            b=articles[j].id,
            shared=len(pairs),
            of_a=len(pairs) / max(1, len(runs_by_article[i])),
            of_b=len(pairs) / max(1, len(runs_by_article[j])),
            ordered=_ordered_share(pairs),
            longest=_longest_run(pairs),
            sentences=sentences[articles[i].id, articles[j].id],
        )
        for (i, j), pairs in sorted(shared.items())
    ]


def _is_copied(a: Sequence[str], b: Sequence[str]) -> bool:
    """Say whether two sentences are alike in the words the reporter wrote."""
    return min(len(a), len(b)) >= _FEWEST_OWN_WORDS and compare_words(a, b) >= REUSE_AT


def _own_words(text: str, span: Span) -> list[str]:
    """Return the words of *span* outside quotation marks; a quotation may begin before it."""
    before = text.rfind("\n", 0, span.start) + 1
    line = text[before : span.end]
    blanked = QUOTE.sub(lambda match: " " * len(match.group()), line)
    return [word for word, _, _ in find_words(blanked[span.start - before :])]


def _unquoted_runs(article: OriginInput) -> dict[tuple[str, ...], int]:
    """Return each run of five words outside quotation marks with its first place."""
    text = article.text
    quoted = [False] * (len(text) + 1)
    for match in QUOTE.finditer(text):
        quoted[match.start() : match.end()] = [True] * (match.end() - match.start())
    parts = [
        segment.span
        for segment in article.segments
        if segment.role in STORY_ROLES and segment.duplicate_of is None
    ]
    if not article.segments and text:
        parts = [Span(0, len(text))]
    runs: dict[tuple[str, ...], int] = {}
    place = 0
    for part in parts:
        words = find_words(part.of(text))
        place += _RUN
        for i in range(len(words) - _RUN + 1):
            place += 1
            run = words[i : i + _RUN]
            if any(quoted[part.start + start] for _, start, _ in run):
                continue
            runs.setdefault(tuple(word for word, _, _ in run), place)
    return runs


def _ordered_share(pairs: Sequence[tuple[int, int]]) -> float:
    """Return the share of neighbouring shared runs that come in the same order, 0 to 1."""
    if len(pairs) < 2:
        return 1.0
    ordered = sorted(pairs)
    forward = sum(a[1] < b[1] for a, b in pairwise(ordered))
    return forward / (len(ordered) - 1)


def _longest_run(pairs: Sequence[tuple[int, int]]) -> int:
    """Return the length in words of the longest stretch shared word for word."""
    longest = current = 0
    previous = (-2, -2)
    for pair in sorted(pairs):
        current = current + 1 if pair == (previous[0] + 1, previous[1] + 1) else 1
        longest = max(longest, current)
        previous = pair
    return longest + _RUN - 1 if longest else 0
