"""Words are cut as the treebanks cut them."""

from __future__ import annotations

import pytest
import spacy

from training.pipeline.tokenizer import build_blank

NLP = build_blank()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("her co-founder wrote", ["her", "co-founder", "wrote"]),
        ("a so-called friend", ["a", "so", "-", "called", "friend"]),
        ("Stop!!! Really?!", ["Stop", "!!!", "Really", "?!"]),
        ("Sens. Rudd and Moss", ["Sens.", "Rudd", "and", "Moss"]),
        ("call 555-010-0199.", ["call", "555-010-0199", "."]),
        ("in 1990-2001", ["in", "1990", "-", "2001"]),
        ("we DON’T know", ["we", "DO", "N’T", "know"]),
        ("they wanna go", ["they", "wan", "na", "go"]),
    ],
)
def test_words_are_cut_as_in_the_treebanks(text, words):
    assert [token.text for token in NLP(text)] == words


def test_the_tokenizer_is_saved_with_the_pipeline(tmp_path):
    NLP.to_disk(tmp_path)

    loaded = spacy.load(tmp_path)

    assert [token.text for token in loaded("Wow!!! A re-elected mayor")] == [
        "Wow",
        "!!!",
        "A",
        "re-elected",
        "mayor",
    ]
