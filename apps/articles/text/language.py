"""The language model: loading it, and parsing any text with it without touching a character.

This is the only place that calls ``spacy.load``. What the model knows and gets wrong is
in ``models/README.md``.
"""

from __future__ import annotations

import gc
import os
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from apps.articles.text.alone import read_alone
from apps.articles.text.doc_text import keep_text

MODEL_FOLDER = Path(__file__).resolve().parents[3] / "models" / "en_news"

# Longer texts are parsed in pieces: memory then stays that of one piece (about 25 MB),
# whatever the length of the text. Nearly every article is one piece.
PIECE_LENGTH = 20_000

# A text, where something begins in it, and the (start, end) of its pieces.
_Text: TypeAlias = tuple[str, list[int], list[tuple[int, int]]]

# spaCy's tokenizer peels punctuation off a word one character at a time, in time that
# grows with the square of the word's length. 20,000 quotation marks take half a minute.
LONGEST_WORD = 200
LONGEST_ADDRESS = 2_000
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
# Matches "https://a.example/b", "(www.a.example"; not "a.example:80".
_ADDRESS = re.compile(r"\W?(?:[a-z][a-z0-9+.-]{1,15}://|www\.)", re.IGNORECASE)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

# Good places to cut a long text, best first. A piece begins a sentence, so a cut in the
# middle of one is the last resort.
_CUTS = (
    re.compile(r"\n[^\S\n]*\n\s*"),
    re.compile(r"\n\s*"),
    re.compile(r"[.!?][”’\"')\]]*\s+(?=[A-Z“‘\"'(\[])"),
    re.compile(r"\s+"),
)


def load_pipeline() -> Language:
    """Return the pipeline, loaded once per process (one to three seconds).

    The folder is the environment's ``VARIORUM_MODEL`` or else ``models/en_news``.
    Raises ``OSError`` when there is no model in it.
    """
    return _load(os.environ.get("VARIORUM_MODEL") or str(MODEL_FOLDER))


@cache
def _load(folder: str) -> Language:
    nlp = spacy.load(folder)
    read_alone(nlp)
    # The model and all that it brought live as long as the process. Walking them again and
    # again, the garbage collector took an eighth of the time of reading an article.
    gc.collect()
    gc.freeze()
    return nlp


def parse_text(
    nlp: Language, text: str, starts: Iterable[int] = (), *, piece_length: int = PIECE_LENGTH
) -> Doc:
    """Parse *text*; a token and a sentence begin at each of *starts* (character offsets).

    ``doc.text == text``, with one exception that no file or database can hold: a lone
    surrogate is read as U+FFFD, so that offsets hold. Offsets of *starts* that are outside
    the text or before white space are no error, they begin nothing. A text longer than
    *piece_length* characters is parsed in pieces, cut at one of *starts* if possible.
    The same text gives the same Doc whatever was parsed before it.
    """
    (doc,) = parse_texts(nlp, [(text, starts)], piece_length=piece_length)
    return doc


def parse_texts(
    nlp: Language, items: Iterable[tuple[str, Iterable[int]]], *, piece_length: int = PIECE_LENGTH
) -> Iterator[Doc]:
    """Yield a Doc for each (text, starts), in order; see :func:`parse_text`.

    Texts are parsed together as long as they have at most *piece_length* characters: that
    takes three quarters of the time. A pipeline from :func:`load_pipeline` reads the same
    article the same in every batch.
    """
    batch: list[_Text] = []
    size = 0
    for text, starts in items:
        if batch and size + len(text) > piece_length:
            yield from _parse_batch(nlp, batch)
            batch, size = [], 0
        inner = sorted({start for start in starts if 0 < start < len(text)})
        text = _LONE_SURROGATE.sub("\ufffd", text)
        batch.append((text, inner, list(_cut_pieces(text, inner, piece_length))))
        size += len(text)
    yield from _parse_batch(nlp, batch)


def _parse_batch(nlp: Language, batch: Sequence[_Text]) -> Iterator[Doc]:
    pieces = (
        _make_piece(nlp, text, start, end, starts)
        for text, starts, cuts in batch
        for start, end in cuts
    )
    # A text of several pieces is alone in its batch and has no more than one in memory.
    parsed = nlp.pipe(pieces, batch_size=max(1, len(batch)))
    for text, _, cuts in batch:
        docs = list(islice(parsed, len(cuts)))
        whole = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
        whole = whole if whole is not None else nlp.make_doc("")
        keep_text(whole, text)
        yield whole


def _cut_pieces(text: str, starts: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """Yield consecutive (start, end) that cover *text*, none longer than *length*."""
    begin, index = 0, 0
    while len(text) - begin > length:
        limit = begin + length
        while index < len(starts) and starts[index] <= limit:
            index += 1
        # A piece of less than half the length would be cut for a segment far away.
        if index and starts[index - 1] > begin + length // 2:
            cut = starts[index - 1]
        else:
            cut = _find_cut(text, begin + length // 2, limit)
        yield begin, cut
        begin = cut
    if begin < len(text):
        yield begin, len(text)


def _find_cut(text: str, low: int, high: int) -> int:
    for pattern in _CUTS:
        cut = 0
        for match in pattern.finditer(text, low, high):
            cut = match.end()
        if cut > low:
            return cut
    return high


def _make_piece(nlp: Language, text: str, start: int, end: int, starts: Sequence[int]) -> Doc:
    marks = [start, *starts[bisect_right(starts, start) : bisect_left(starts, end)]]
    marks = [mark for mark in marks if not text[mark].isspace()]
    doc, places = None, None
    # Nearly always: every mark is behind white space and no word is endless.
    if all(text[mark - 1].isspace() for mark in marks if mark > start) and not _LONG_WORD.search(
        text, start, end
    ):
        doc = nlp.tokenizer(text[start:end])
        places = _find_tokens(doc, [mark - start for mark in marks])
    if doc is None or places is None:
        doc, places = _make_cut_piece(nlp, text, marks, start, end)
    for place in places:
        doc[place].is_sent_start = True
    return doc


def _find_tokens(doc: Doc, marks: Sequence[int]) -> list[int] | None:
    """Return the places of the tokens that begin at *marks*, ``None`` if one begins nothing."""
    starts = doc.to_array("IDX")
    places = np.searchsorted(starts, np.asarray(marks, dtype=starts.dtype))
    if places.size and (places[-1] == len(starts) or not np.array_equal(starts[places], marks)):
        return None
    return [int(place) for place in places]


def _make_cut_piece(
    nlp: Language, text: str, marks: Sequence[int], start: int, end: int
) -> tuple[Doc, list[int]]:
    """Return the tokens of a text that has to be cut within words, and those at *marks*."""
    words: list[str] = []
    spaces: list[bool] = []
    norms: list[str] = []
    places: list[int] = []
    for left, right in pairwise(sorted({start, *marks, end})):
        if left in marks:
            places.append(len(words))
        for chunk in _cut_long_words(text, left, right):
            for token in nlp.tokenizer(chunk):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
                norms.append(token.norm_)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    # The tokenizer's exceptions say that "n't" is read as "not"; the model looks at that.
    for token, norm in zip(doc, norms, strict=True):
        token.norm_ = norm
    return doc, places


def _cut_long_words(text: str, start: int, end: int) -> Iterator[str]:
    """Yield *text* from *start* to *end* with over-long words cut, addresses whole."""
    begin = start
    for match in _LONG_WORD.finditer(text, start, end):
        if _ADDRESS.match(text, match.start()) and len(match[0]) <= LONGEST_ADDRESS:
            continue
        for cut in range(match.start() + LONGEST_WORD, match.end(), LONGEST_WORD):
            yield text[begin:cut]
            begin = cut
    yield text[begin:end]
