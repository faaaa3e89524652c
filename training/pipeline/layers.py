"""Give a training text the layers it lacks: what is known stays, the teacher adds the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

# Which layers of a set are taken as they are.
KEEPS_PARSE = frozenset({"ewt", "gum", "headlines"})
KEEPS_SENTENCES = frozenset({"silver"})
KEEPS_NAMES = frozenset({"ner-gold", "ner-silver"})
ROOT = "ROOT"
# No sentence is read as longer; the time for a tree grows with the cube.
LONGEST_SENTENCE = 200


@dataclass(frozen=True, slots=True)
class Answers:
    """What the teacher says of the words of a text, one value per word.

    *heads* are indices of words, *starts* those at which a sentence begins.
    """

    tags: list[str]
    forms: list[str]
    heads: list[int]
    relations: list[str]
    marks: list[str]
    starts: list[int]


def find_starts(chances: NDArray[np.float32]) -> list[int]:
    """Return the words that begin a sentence; long ones are cut where it is likeliest."""
    starts = [0]
    for word, chance in enumerate(chances.tolist()):
        while word - starts[-1] >= LONGEST_SENTENCE:
            low = starts[-1] + 1
            starts.append(low + int(chances[low:word].argmax()))
        if word and chance > 0.5:
            starts.append(word)
    return starts


def find_known_starts(doc: Doc, words: Sequence[int]) -> list[int]:
    place = {word: index for index, word in enumerate(words)}
    firsts = (next((t.i for t in s if not t.is_space), None) for s in doc.sents)
    return [place[first] for first in firsts if first is not None]


def build_labelled(doc: Doc, words: Sequence[int], answers: Answers, *, name: str) -> Doc:
    """Return *doc* with every layer: its own where set *name* keeps it, else the answers."""
    size = len(doc)
    # White space hangs on the word before, as in the other documents.
    tags, pos, features = ["_SP"] * size, ["SPACE"] * size, [""] * size
    heads = [max(0, index - 1) for index in range(size)]
    relations, marks = ["dep"] * size, ["O"] * size
    if doc[0].is_space and words:
        heads[: words[0]] = [words[0]] * words[0]
    for index, word in enumerate(words):
        tags[word] = answers.tags[index]
        pos[word], _, features[word] = answers.forms[index].partition("|")
        heads[word] = words[answers.heads[index]]
        relations[word] = answers.relations[index]
        marks[word] = answers.marks[index]
    if name in KEEPS_PARSE:
        tags, pos = [t.tag_ for t in doc], [t.pos_ for t in doc]
        features = [str(t.morph) for t in doc]
        heads, relations = [t.head.i for t in doc], [t.dep_ for t in doc]
    if name in KEEPS_NAMES:
        marks = [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc]
    # A line end inside a name ends it.
    for index in range(1, size):
        if marks[index].startswith("I-") and marks[index - 1] == "O":
            marks[index] = "B" + marks[index][1:]
    lemmas = [token.lemma_ for token in doc]
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=tags,
        pos=pos,
        morphs=features,
        heads=heads,
        deps=relations,
        ents=marks,
        lemmas=lemmas if any(lemmas) else None,
    )
