"""Docs built by hand: what a model would tag is not tested, only what is made of it."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

# A bare Vocab knows no lower case.
_VOCAB = spacy.blank("en").vocab


def build_doc(*rows: tuple[str, str, str, int] | tuple[str, str, str, int, str]) -> Doc:
    """Return a Doc of rows (word, pos, dep, head index[, lemma]); a space follows each word
    unless the next one is a mark. Each root begins a sentence at its leftmost word."""
    words = [row[0] for row in rows]
    spaces = [
        index + 1 < len(words)
        and words[index + 1] not in {".", ",", "”", "'s", ":", "%"}
        and word not in {"“", "$"}
        for index, word in enumerate(words)
    ]
    tags = {"VERB": "VBD", "NOUN": "NN", "PROPN": "NNP", "ADJ": "JJ", "NUM": "CD", "PUNCT": "."}
    return Doc(
        _VOCAB,
        words=words,
        spaces=spaces,
        pos=[row[1] for row in rows],
        tags=[tags.get(row[1], "XX") for row in rows],
        deps=[row[2] for row in rows],
        heads=[row[3] for row in rows],
        lemmas=[row[4] if len(row) > 4 else row[0].lower() for row in rows],
        sent_starts=[index == 0 for index in range(len(rows))],
    )
