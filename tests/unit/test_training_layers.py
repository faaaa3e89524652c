"""Training texts keep what people annotated and get the rest from the teacher."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.tokens import Doc, Span

from training.pipeline.encoding import LOOKS, Encoded, cut_batches, describe_looks
from training.pipeline.layers import (
    LONGEST_SENTENCE,
    Answers,
    build_labelled,
    find_known_starts,
    find_starts,
)

VOCAB = spacy.blank("en").vocab


def _named():
    doc = Doc(
        VOCAB,
        words=["Ida", "won", ".", "\n", "Rain", "fell"],
        spaces=[True, False, False, False, True, False],
    )
    doc.ents = [Span(doc, 0, 1, label="PERSON")]
    return doc


ANSWERS = Answers(
    tags=["NNP", "VBD", ".", "NN", "VBD"],
    forms=["PROPN|Number=Sing", "VERB|", "PUNCT|", "NOUN|Number=Sing", "VERB|"],
    heads=[1, 1, 1, 4, 4],
    relations=["nsubj", "ROOT", "punct", "nsubj", "ROOT"],
    marks=["B-LOC", "O", "O", "B-ORG", "I-ORG"],
    starts=[0, 3],
)
WORDS = (0, 1, 2, 4, 5)


def test_a_text_with_names_gets_a_tree_and_keeps_its_names():
    doc = build_labelled(_named(), WORDS, ANSWERS, name="ner-gold")

    assert doc.text == "Ida won.\nRain fell"
    assert [(name.text, name.label_) for name in doc.ents] == [("Ida", "PERSON")]
    assert [token.head.text for token in doc] == ["won", "won", "won", ".", "fell", "fell"]
    assert [str(token.morph) for token in doc][:2] == ["Number=Sing", ""]
    assert [sentence.text for sentence in doc.sents] == ["Ida won.\n", "Rain fell"]


def test_a_text_with_a_tree_keeps_it_and_gets_names():
    parsed = build_labelled(_named(), WORDS, ANSWERS, name="articles")
    other = Answers(
        tags=["X"] * 5,
        forms=["X|"] * 5,
        heads=[0, 0, 0, 0, 0],
        relations=["ROOT", "dep", "dep", "dep", "dep"],
        marks=["B-PERSON", "O", "O", "O", "O"],
        starts=[0],
    )

    doc = build_labelled(parsed, WORDS, other, name="ewt")

    assert [token.tag_ for token in doc] == ["NNP", "VBD", ".", "_SP", "NN", "VBD"]
    assert [(name.text, name.label_) for name in doc.ents] == [("Ida", "PERSON")]


def test_a_name_ends_at_a_line_end():
    answers = Answers(
        ANSWERS.tags,
        ANSWERS.forms,
        ANSWERS.heads,
        ANSWERS.relations,
        ["O", "O", "B-LOC", "I-LOC", "O"],
        [0, 3],
    )

    doc = build_labelled(_named(), WORDS, answers, name="articles")

    assert [name.text for name in doc.ents] == [".", "Rain"]


def test_sentences_begin_where_it_is_likely_and_never_go_on_for_ever():
    likely = np.array([0.1, 0.2, 0.9, 0.5], np.float32)
    endless = np.full(LONGEST_SENTENCE + 50, 0.1, np.float32)
    endless[120] = 0.3

    assert find_starts(likely) == [0, 2]
    assert find_starts(endless) == [0, 120]


def test_known_sentences_are_counted_in_words():
    doc = build_labelled(_named(), WORDS, ANSWERS, name="articles")

    assert find_known_starts(doc, WORDS) == [0, 3]


def test_batches_hold_every_text_once_the_short_ones_first():
    texts = [Encoded((0,), tuple(range(size)), (0,), ()) for size in (400, 3, 5000, 80)]

    assert [index for batch in cut_batches(texts) for index in batch] == [1, 3, 0, 2]
    assert len(cut_batches(texts)) == 2


def test_capitals_and_line_ends_are_told_to_a_reader_of_small_letters():
    looks = [describe_looks(token) for token in _named()]

    assert all(len(look) == LOOKS for look in looks)
    assert looks[0] != looks[4] and looks[4] != looks[5]
