"""A parsed text as plain lists: what the attribution reader asks thousands of times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from apps.claims.analysis.doc_text import text_of
from apps.claims.analysis.quotations import Quotation

# A "sentence" of more tokens is a list or a text without full stops. Looking through all of
# it for every word would take time that grows with the square of its length.
_LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Syntax:
    """Tokens of a text by index: words, lemmas (lower case), labels, heads, places.

    *children* are in text order, *left*/*right* the first and last token of a subtree,
    *sentence* the index into *bounds*, the (first, after last) tokens of each sentence.
    *quote* is the index into *quotations* of the double quotation a token is in, -1 outside.
    *line* is the number of the text line (paragraph).
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
    children: list[list[int]]
    left: list[int]
    right: list[int]
    sentence: list[int]
    bounds: list[tuple[int, int]]
    quote: list[int]
    line: list[int]
    quotations: list[Quotation]

    def __len__(self) -> int:
        return len(self.words)


def build_syntax(doc: Doc, quotations: Sequence[Quotation]) -> Syntax:
    """Return the lists of *doc*; nested quotations are left out."""
    text = text_of(doc)
    size = len(doc)
    words: list[str] = [""] * size
    lower: list[str] = [""] * size
    lemmas: list[str] = [""] * size
    pos: list[str] = [""] * size
    tags: list[str] = [""] * size
    deps: list[str] = [""] * size
    heads: list[int] = [0] * size
    ents: list[str] = [""] * size
    starts: list[int] = [0] * size
    ends: list[int] = [0] * size
    children: list[list[int]] = [[] for _ in range(size)]
    sentence: list[int] = [0] * size
    bounds: list[tuple[int, int]] = []
    first = 0
    for token in doc:
        index = token.i
        words[index] = token.text
        lower[index] = token.lower_
        lemmas[index] = token.lemma_.lower()
        pos[index] = token.pos_
        tags[index] = token.tag_
        deps[index] = token.dep_
        heads[index] = token.head.i
        ents[index] = token.ent_type_
        starts[index] = token.idx
        ends[index] = token.idx + len(token.text)
        if heads[index] != index:
            children[heads[index]].append(index)
        if index and (token.is_sent_start or index - first >= _LONGEST_SENTENCE):
            bounds.append((first, index))
            first = index
        sentence[index] = len(bounds)
    if size:
        bounds.append((first, size))
    left, right = list(range(size)), list(range(size))
    _spread_edges(heads, left, right)
    double = [
        quotation
        for quotation in quotations
        if not quotation.nested and text[quotation.span.start] not in "'‘"
    ]
    quote, line = [-1] * size, [0] * size
    cursor, lines = 0, 0
    for index in range(size):
        while cursor < len(double) and double[cursor].span.end <= starts[index]:
            cursor += 1
        if (
            cursor < len(double)
            and double[cursor].inner.start <= starts[index] < double[cursor].inner.end
        ):
            quote[index] = cursor
        line[index] = lines
        lines += words[index].count("\n")
    return Syntax(
        text, words, lower, lemmas, pos, tags, deps, heads, ents, starts, ends,
        children, left, right, sentence, bounds, quote, line, double,
    )  # fmt: skip


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
