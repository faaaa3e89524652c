from __future__ import annotations

import spacy
from spacy.tokens import Doc

from apps.claims.analysis.predictions.unsupported import join_words
from apps.claims.analysis.support import StatementWord, read_support

ARTICLE = "The ferry Aurora carried 55 people to Bergen on Sunday. Its captain, Mina Osei, praised the crew."


def words(text: str) -> dict[str, dict[str, float]]:
    nlp = spacy.blank("en")
    doc = Doc(nlp.vocab, words=text.split(" "))
    support = read_support(ARTICLE, doc)
    return {doc.text[word.start : word.end]: word.features for word in support.words}


def test_a_word_the_text_has_is_backed_and_one_it_lacks_is_not():
    found = words("The ferry carried mules to Bergen")

    assert found["mules"]["absent"] == 1.0
    assert found["ferry"]["absent"] == found["Bergen"]["absent"] == 0.0


def test_a_number_the_text_does_not_give_is_not_backed():
    assert words("The ferry carried 55 people")["55"]["number absent"] == 0.0
    assert words("The ferry carried 61 people")["61"]["number absent"] == 1.0


def test_doubtful_words_are_joined_with_what_stands_between_them():
    statement = [
        StatementWord(0, 3, {}),
        StatementWord(4, 8, {}),
        StatementWord(9, 12, {}),
        StatementWord(13, 20, {}),
    ]

    assert join_words(statement, [0.9, 0.1, 0.8, 0.0]) == [[0, 12]]
    assert join_words(statement, [0.1, 0.2, 0.0, 0.0]) == [[4, 8]]
    assert join_words([], []) == []
