"""Docs built by hand: what a model would tag is not tested, only what is made of it."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from apps.claims.analysis.syntax import Syntax, build_syntax

# A bare Vocab knows no lower case.
_VOCAB = spacy.blank("en").vocab


def build_doc(*rows: tuple[str, str, str, int] | tuple[str, str, str, int, str]) -> Doc:
    """Return a Doc of rows (word, pos, dep, head index[, lemma]); a space follows each word
    unless the next one is a mark. Each root begins a sentence at its leftmost word.

    A verb is in the past tense unless its form is given behind its pos: "VERB/VBN".
    """
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
        pos=[row[1].partition("/")[0] for row in rows],
        tags=[row[1].partition("/")[2] or tags.get(row[1], "XX") for row in rows],
        deps=[row[2] for row in rows],
        heads=[row[3] for row in rows],
        lemmas=[row[4] if len(row) > 4 else row[0].lower() for row in rows],
        sent_starts=[index == 0 for index in range(len(rows))],
    )


def build_tree(table: str) -> Syntax:
    """Return the syntax of a text written as "word pos dep head [lemma]" between bars."""
    rows: list[tuple[str, str, str, int] | tuple[str, str, str, int, str]] = []
    for cell in table.split("|"):
        word, pos, dep, head, *lemma = cell.split()
        rows.append((word, pos, dep, int(head), *lemma))  # type: ignore[arg-type]  # 4 or 5
    return build_syntax(build_doc(*rows), ())
