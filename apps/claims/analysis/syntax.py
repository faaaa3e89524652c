"""A parsed text as plain lists and arrays: what the attribution reader asks thousands of times."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, LENGTH, ORTH, POS, SENT_START, TAG
from spacy.tokens import Doc

from apps.articles.text.doc_text import text_of
from apps.claims.analysis.quotations import Quotation
from apps.claims.analysis.said_clauses import mend_said_clauses

Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]

_ATTRIBUTES = [ORTH, LEMMA, POS, TAG, DEP, ENT_TYPE, HEAD, SENT_START, IDX, LENGTH]
# A "sentence" of more tokens is a list or a text without full stops. Looking through all of
# it for every word would take time that grows with the square of its length.
_LONGEST_SENTENCE = 300
# Printed for a quotation mark by databases of newspapers.
_MARKS = {"''": '"', "``": '"'}

# What a word is as a mark, a bit each (``TokenTable.traits``).
(
    BLANK,
    LONG,
    PAUSE,
    BREAK,
    STOP,
    OPENER,
    AFTER_SPEECH,
    CLOSING,
    OPENING,
    NEVER_FIRST,
    NEVER_LAST,
    PLAIN,
) = (1 << bit for bit in range(12))


@dataclass(frozen=True, slots=True)
class TokenTable:
    """The tokens of a text as arrays, for features computed of many words at once.

    Words and labels are codes (``code_of``), 0 for none; *traits* are bits. *begin* and
    *end* are the first token of a token's sentence and the one after its last. *vectors* has
    the pipeline's own vector of each token and, last, a row of zeros for "no token" (-1).
    """

    lower: Codes
    lemma: Codes
    pos: Codes
    tag: Codes
    dep: Codes
    ent: Codes
    traits: Places
    heads: Places
    left: Places
    right: Places
    begin: Places
    end: Places
    quote: Places
    line: Places
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Syntax:
    """Tokens of a text by index: words, lemmas (lower case), labels, heads, places.

    *children* are in text order, *left*/*right* the first and last token of a subtree,
    *sentence* the index into *bounds*, the (first, after last) tokens of each sentence.
    *quote* is the index into *quotations* of the double quotation a token is in, -1 outside;
    *quoted* lists the quotations with words in each sentence, *reach* the first and last
    token of each. *first_loose* and *last_loose* tell which marks and white space a stretch
    of words sheds at its start and end. *line* is the number of the text line (paragraph).
    *table* holds the same as arrays.
    """

    text: str
    words: list[str]
    lower: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    ents: list[str]
    starts: list[int]
    ends: list[int]
    children: list[Sequence[int]]
    left: list[int]
    right: list[int]
    sentence: list[int]
    bounds: list[tuple[int, int]]
    quote: list[int]
    quoted: list[list[int]]
    reach: list[tuple[int, int]]
    first_loose: list[bool]
    last_loose: list[bool]
    line: list[int]
    quotations: list[Quotation]
    table: TokenTable

    def __len__(self) -> int:
        return len(self.words)


@lru_cache(maxsize=1 << 15)
def code_of(word: str) -> int:
    """Return the number that stands for *word* in features: the same in every process."""
    return crc32(word.encode("utf-8", "surrogatepass")) or 1


@lru_cache(maxsize=1 << 15)
def _traits_of(word: str) -> int:
    traits = LONG if len(word) > 3 else 0
    if not word.strip():
        return traits | BLANK
    if word == "--":
        return traits | PAUSE | PLAIN
    if len(word) == 1:
        for marks, trait in _TRAITS:
            if word in marks:
                traits |= trait
    return traits if word in "“”\"‘’'" else traits | PLAIN


_TRAITS = (
    (",?!—–", PAUSE), (',.;:“"', BREAK), (".", STOP), (',:“"', OPENER), ("\"”’'", AFTER_SPEECH),
    ('"”', CLOSING), ('"“', OPENING), ("”", NEVER_FIRST), ("“", NEVER_LAST),
)  # fmt: skip


def build_syntax(doc: Doc, quotations: Sequence[Quotation]) -> Syntax:
    """Return the lists and arrays of *doc*; single and nested quotations are left out."""
    text = text_of(doc)
    size = len(doc)
    columns = doc.to_array(_ATTRIBUTES).reshape(size, len(_ATTRIBUTES))
    strings = doc.vocab.strings
    keys = [columns[:, place].tolist() for place in range(6)]
    word_of, lemma_of, pos_of, tag_of, dep_of, ent_of = (
        {key: strings[key] for key in set(column)} for column in keys
    )
    if any(mark in text for mark in _MARKS):
        word_of = {key: _MARKS.get(word, word) for key, word in word_of.items()}
    lower_of = {key: word.lower() for key, word in word_of.items()}
    lemma_of = {key: lemma.lower() for key, lemma in lemma_of.items()}
    words = [word_of[key] for key in keys[0]]
    traits_of = {key: _traits_of(word) for key, word in word_of.items()}
    traits = np.array([traits_of[key] for key in keys[0]], dtype=np.int64)
    pos_codes = _codes(pos_of, keys[2])
    plain = (traits & PLAIN > 0) & (pos_codes == code_of("PUNCT"))
    numbers = columns[:, 6:].astype(np.int64)
    heads: list[int] = (numbers[:, 0] + np.arange(size)).tolist()
    lemmas = [lemma_of[key] for key in keys[1]]
    pos = [pos_of[key] for key in keys[2]]
    tags = [tag_of[key] for key in keys[3]]
    deps = [dep_of[key] for key in keys[4]]
    bounds = _bounds(numbers[:, 1], size)
    mend_said_clauses(words, lemmas, pos, bounds, tags, deps, heads)
    starts: list[int] = numbers[:, 2].tolist()
    children: list[Sequence[int]] = [()] * size
    for index, head in enumerate(heads):
        if head != index:
            siblings = children[head]
            if siblings:
                siblings.append(index)  # type: ignore[attr-defined]  # a list: not ()
            else:
                children[head] = [index]
    left, right = list(range(size)), list(range(size))
    _spread_edges(heads, left, right)
    firsts = np.array([first for first, _ in bounds], dtype=np.int64)
    afters = np.array([after for _, after in bounds], dtype=np.int64)
    places = np.repeat(np.arange(len(bounds)), afters - firsts)
    sentence: list[int] = places.tolist()
    double = [
        quotation for quotation in quotations if not quotation.nested and not quotation.single
    ]
    quote, reach = _quote_numbers(starts, double)
    quoted: list[list[int]] = [[] for _ in bounds]
    for number, (first, last) in enumerate(reach):
        if first <= last:
            for place in range(sentence[first], sentence[last] + 1):
                quoted[place].append(number)
    line = _line_numbers(words)
    table = TokenTable(
        lower=_codes(lower_of, keys[0]),
        lemma=_codes(lemma_of, keys[1]),
        pos=pos_codes,
        tag=_code_all(tags),
        dep=_code_all(deps),
        ent=_codes(ent_of, keys[5]),
        traits=traits,
        heads=np.array(heads, dtype=np.int64),
        left=np.array(left, dtype=np.int64),
        right=np.array(right, dtype=np.int64),
        begin=firsts[places],
        end=afters[places],
        quote=np.array(quote, dtype=np.int64),
        line=np.array(line, dtype=np.int64),
        vectors=_vectors(doc),
    )
    return Syntax(
        text=text,
        words=words,
        lower=[lower_of[key] for key in keys[0]],
        lemmas=lemmas,
        pos=pos,
        tags=tags,
        deps=deps,
        heads=heads,
        ents=[ent_of[key] for key in keys[5]],
        starts=starts,
        ends=(numbers[:, 2] + numbers[:, 3]).tolist(),
        children=children,
        left=left,
        right=right,
        sentence=sentence,
        bounds=bounds,
        quote=quote,
        quoted=quoted,
        reach=reach,
        first_loose=(plain | (traits & (BLANK | NEVER_FIRST) > 0)).tolist(),
        last_loose=(plain | (traits & (BLANK | NEVER_LAST) > 0)).tolist(),
        line=line,
        quotations=double,
        table=table,
    )


def _codes(words: dict[int, str], keys: list[int]) -> Codes:
    codes = {key: code_of(word) if word else 0 for key, word in words.items()}
    return np.array([codes[key] for key in keys], dtype=np.uint32)


def _code_all(words: Sequence[str]) -> Codes:
    return np.array([code_of(word) if word else 0 for word in words], dtype=np.uint32)


def _vectors(doc: Doc) -> Vectors:
    tensor = np.asarray(doc.tensor, dtype=np.float32)
    if tensor.ndim != 2 or len(tensor) != len(doc):
        tensor = np.zeros((len(doc), 0), dtype=np.float32)
    return np.vstack([tensor, np.zeros((1, tensor.shape[1]), dtype=np.float32)])


def _bounds(sentence_starts: Places, size: int) -> list[tuple[int, int]]:
    """Return the (first, after last) tokens of sentences, long ones cut."""
    firsts = np.flatnonzero(sentence_starts == 1).tolist()
    if size and (not firsts or firsts[0] != 0):
        firsts.insert(0, 0)
    bounds: list[tuple[int, int]] = []
    for first, after in pairwise([*firsts, size]):
        cuts = range(first, after, _LONGEST_SENTENCE)
        bounds.extend((cut, min(after, cut + _LONGEST_SENTENCE)) for cut in cuts)
    return bounds


def _quote_numbers(
    starts: Sequence[int], quotations: Sequence[Quotation]
) -> tuple[list[int], list[tuple[int, int]]]:
    """Return for each token the quotation whose inner words it begins in (-1 for none), and
    for each quotation its first and last token (the last before the first for none)."""
    numbers = [-1] * len(starts)
    reach: list[tuple[int, int]] = []
    low = 0
    for number, quotation in enumerate(quotations):
        first = bisect_left(starts, quotation.inner.start, low)
        low = after = bisect_left(starts, quotation.inner.end, first)
        reach.append((first, after - 1))
        for index in range(first, after):
            numbers[index] = number
    return numbers, reach


def _line_numbers(words: Sequence[str]) -> list[int]:
    breaking = {word for word in set(words) if "\n" in word}
    numbers: list[int] = []
    line = 0
    for index in [index for index, word in enumerate(words) if word in breaking]:
        numbers.extend([line] * (index + 1 - len(numbers)))
        line += words[index].count("\n")
    numbers.extend([line] * (len(words) - len(numbers)))
    return numbers


def _spread_edges(heads: list[int], left: list[int], right: list[int]) -> None:
    """Set the edges of every subtree, children before heads, without recursion."""
    size = len(heads)
    waiting = [0] * size
    for index, head in enumerate(heads):
        if head != index:
            waiting[head] += 1
    ready = [index for index in range(size) if waiting[index] == 0]
    while ready:
        index = ready.pop()
        head = heads[index]
        if head == index:
            continue
        if left[index] < left[head]:
            left[head] = left[index]
        if right[index] > right[head]:
            right[head] = right[index]
        waiting[head] -= 1
        if waiting[head] == 0:
            ready.append(head)
