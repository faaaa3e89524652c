"""The language model: loading it, and parsing any text with it without touching a character.

This is the only place that calls ``spacy.load``. What the model knows and gets wrong is
in ``models/README.md``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

MODEL_FOLDER = Path(__file__).resolve().parents[3] / "models" / "en_news"

# Longer texts are parsed in pieces: memory then stays that of one piece (about 25 MB),
# whatever the length of the text. Nearly every article is one piece.
PIECE_LENGTH = 20_000

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
    # numpy's matrix product is 1.4 times as fast as the one spaCy comes with, but only on
    # one thread; with more, the threads wait for each other and it takes three times as long.
    if os.environ.get("OPENBLAS_NUM_THREADS") == "1":
        ops = NumpyOps(use_blis=False)
        for _, pipe in nlp.pipeline:
            for node in pipe.model.walk() if hasattr(pipe, "model") else ():
                node.ops = ops
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
    text = _LONE_SURROGATE.sub("\ufffd", text)
    inner = sorted({start for start in starts if 0 < start < len(text)})
    docs = [
        _parse_piece(nlp, text, start, end, inner)
        for start, end in _cut_pieces(text, inner, piece_length)
    ]
    if len(docs) == 1:
        return docs[0]
    joined = Doc.from_docs(docs, ensure_whitespace=False)
    return joined if joined is not None else nlp.make_doc("")


def parse_texts(nlp: Language, items: Iterable[tuple[str, Sequence[int]]]) -> Iterator[Doc]:
    """Yield a Doc for each (text, starts), in order; see :func:`parse_text`.

    Texts are not batched: a batch changes the last digits of the model's arithmetic with
    its neighbours, and the same article must read the same in every run. It would gain 5 %.
    """
    for text, starts in items:
        yield parse_text(nlp, text, starts)


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


def _parse_piece(nlp: Language, text: str, start: int, end: int, starts: Sequence[int]) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    norms: list[str] = []
    openings: list[int] = []
    marks = [start, *(mark for mark in starts if start < mark < end), end]
    for left, right in pairwise(marks):
        if not text[left].isspace():
            openings.append(len(words))
        for chunk in _cut_long_words(text, left, right):
            for token in nlp.tokenizer(chunk):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
                norms.append(token.norm_)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    # The tokenizer's exceptions say that "n't" is read as "not"; the model looks at that.
    for token, norm in zip(doc, norms, strict=True):
        token.norm_ = norm
    for index in openings:
        doc[index].is_sent_start = True
    parsed: Doc = nlp(doc)
    # The model's inner numbers: nobody reads them, and they are most of a Doc's size.
    parsed.tensor = parsed.tensor[:0]
    return parsed


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
