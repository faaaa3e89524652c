"""Read treebanks in the CoNLL-U format and names in the IOB2 format of Universal NER.

Formats: https://universaldependencies.org/format.html and https://www.universalner.org.
Texts come back as they were written: every word knows its place in its sentence's text.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

Name = tuple[int, int, str]
"""A name: [start, end) character offsets and a label."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a treebank; [start, end) are its places in the sentence's text.

    *head* is the index of the word it hangs on, its own index for the root.
    """

    form: str
    lemma: str
    pos: str
    tag: str
    features: str
    head: int
    relation: str
    remarks: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    words: tuple[Word, ...]
    starts_paragraph: bool = False
    # False when the next sentence follows without a space.
    space_after: bool = True

    def with_text(self, text: str) -> Sentence:
        """Return the sentence with other letters at the same places.

        Raises ``ValueError`` when *text* is longer or shorter.
        """
        if len(text) != len(self.text):
            raise ValueError(f"other length than {self.text!r}: {text!r}")
        words = tuple(replace(word, form=text[word.start : word.end]) for word in self.words)
        return replace(self, text=text, words=words)


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class NamedText:
    """A paragraph and the names in it, in the order of the text, none inside another."""

    text: str
    names: tuple[Name, ...]


def open_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text file, packed (``.gz``) or not, without line ends."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def read_treebank(lines: Iterable[str]) -> Iterator[Document]:
    """Yield the documents of a CoNLL-U file, in order. Empty nodes ("8.1") are left out.

    Sentences before the first ``# newdoc`` belong to a document without a name.
    """
    name, sentences = "", list[Sentence]()
    rows, starts_paragraph = list[list[str]](), False
    for line in (*lines, ""):
        if line.startswith("# newdoc"):
            if sentences:
                yield Document(name, tuple(sentences))
            name, sentences = line.partition("=")[2].strip(), []
        # Matches "# newpar", "# newpar id = a"; not "# newpar_block = p (1 s)".
        elif re.match(r"# newpar(?!_)", line):
            starts_paragraph = True
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            sentences.append(_build_sentence(rows, starts_paragraph=starts_paragraph))
            rows, starts_paragraph = [], False
    if sentences:
        yield Document(name, tuple(sentences))


def _build_sentence(rows: list[list[str]], *, starts_paragraph: bool) -> Sentence:
    rows = [row for row in rows if "." not in row[0]]
    text, words = "", list[Word]()
    space = True
    index = 0
    while index < len(rows):
        row = rows[index]
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            parts = rows[index + 1 : index + 2 + last - first]
        else:
            parts = [row]
        for part, form in zip(parts, cut_contraction(row[1], [p[1] for p in parts]), strict=True):
            words.append(_build_word(part, form, len(words), len(text)))
            text += form
        space = "SpaceAfter=No" not in row[9].split("|")
        text += " " if space else ""
        index += len(parts) + ("-" in row[0])
    return Sentence(text.rstrip(" "), tuple(words), starts_paragraph, space)


def cut_contraction(form: str, parts: list[str]) -> list[str]:
    """Return as many pieces of *form* as there are *parts*, cut where they would end.

    "don't" as "do", "n't" is cut so. Where the parts are spelled otherwise ("its" as
    "it", "'s") each keeps its length as far as every later part has a letter left.
    """
    pieces, rest = [], form
    for later, part in zip(range(len(parts) - 1, -1, -1), parts, strict=True):
        length = len(rest) if later == 0 else max(1, min(len(part), len(rest) - later))
        pieces.append(rest[:length])
        rest = rest[length:]
    return pieces


def _build_word(row: list[str], form: str, index: int, start: int) -> Word:
    head = int(row[6]) - 1 if row[6].isdigit() and row[6] != "0" else index
    return Word(
        form=form,
        lemma=form if row[2] == "_" else row[2],
        pos=row[3],
        tag=row[4],
        features="" if row[5] == "_" else row[5],
        head=head,
        relation="ROOT" if head == index else row[7],
        remarks=row[9],
        start=start,
        end=start + len(form),
    )


# Universal NER's labels; OTH is whatever else has a name.
_UNER_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
_SENTENCES_A_PARAGRAPH = 8


def read_names(lines: Iterable[str]) -> Iterator[tuple[str, tuple[NamedText, ...]]]:
    """Yield (document's name, its sentences with their names) of an IOB2 file, in order.

    A sentence whose words are not all in its text is left out.
    """
    name, sentences = "", list[NamedText]()
    text, rows = "", list[tuple[str, str]]()
    for line in (*lines, ""):
        if line.startswith("# newdoc"):
            if sentences:
                yield name, tuple(sentences)
            name, sentences = line.partition("=")[2].strip(), []
        elif line.startswith("# text ="):
            text = line.partition("=")[2].strip()
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            rows.append((columns[1], columns[2]))
        elif not line and rows:
            named = _place_names(text, rows)
            if named is not None:
                sentences.append(named)
            rows = []
    if sentences:
        yield name, tuple(sentences)


def _place_names(text: str, rows: list[tuple[str, str]]) -> NamedText | None:
    names, place = list[Name](), 0
    for form, mark in rows:
        start = text.find(form, place)
        if start < 0:
            return None
        place = start + len(form)
        if mark.startswith("I-") and names:
            names[-1] = (names[-1][0], place, names[-1][2])
        elif mark != "O":
            names.append((start, place, _UNER_LABELS.get(mark[2:], "MISC")))
    return NamedText(text, tuple(names))


def join_named(parts: Iterable[NamedText], separator: str) -> NamedText:
    """Return *parts* as one text with *separator* between them, names moved along."""
    text, names = "", list[Name]()
    for number, part in enumerate(parts):
        text += separator if number else ""
        names += ((start + len(text), end + len(text), label) for start, end, label in part.names)
        text += part.text
    return NamedText(text, tuple(names))


def gather_paragraphs(sentences: tuple[NamedText, ...], separator: str) -> tuple[NamedText, ...]:
    """Return paragraphs of eight sentences: the corpus does not say where they were."""
    return tuple(
        join_named(sentences[start : start + _SENTENCES_A_PARAGRAPH], separator)
        for start in range(0, len(sentences), _SENTENCES_A_PARAGRAPH)
    )
