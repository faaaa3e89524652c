"""What counts as a word, and what a typed search asks for."""

from __future__ import annotations

import pytest

from apps.claims.search_words import (
    Term,
    as_tsquery,
    as_weighted_phrase,
    find_known_words,
    find_tokens,
    find_trigrams,
    fold,
    parse_search,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Über São Paulo", "uber sao paulo"),
        ("the U.S. and the UN", "the us and the un"),
        ("1,250 homes, 2.5 metres", "1250 homes 2.5 metres"),
        ("rows 1, 250", "rows 1 250"),
        ("“Nobody—never”", "nobody never"),
        ("Venn’s well-known", "venn s well known"),
        ("cafe\u0301 café", "cafe cafe"),
        ("Straße ﬁre", "strasse fire"),
        ("Лада", "лада"),
        ("<b>|&!:*'\\\"", "b"),
        ("", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_signs(text, folded):
    assert fold(text) == folded


def test_a_word_is_found_where_it_stands():
    text = "In the U.S., 1,250 São"

    assert [text[t.start : t.end] for t in find_tokens(text)] == [
        "In",
        "the",
        "U.S.",
        "1,250",
        "São",
    ]


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("ferry rocks", "(('ferry')) & (('rocks'))"),
        ("“Nobody should” -captain", "((('nobody' <-> 'should'))) & (!('captain'))"),
        ("Venn or Brill ferr*", "(('venn') | ('brill')) & (('ferr':*))"),
        ('"no end', "((('no' <-> 'end')))"),
        ("well-known", "((('well' <-> 'known')))"),
        ("or", ""),
        ("' & | ! :* <-> ()", ""),
        ("'); drop table x; --", "(('drop')) & (('table')) & (('x'))"),
    ],
)
def test_anything_typed_is_a_query_and_nothing_breaks_out_of_it(typed, query):
    assert as_tsquery(parse_search(typed)) == query


def test_other_spellings_stand_beside_what_was_typed():
    query = as_tsquery(parse_search("feryr"), instead={"feryr": ("ferry",)})

    assert query == "(('feryr' | 'ferry'))"


def test_a_phrase_is_never_taken_for_misspelt():
    (word,), (phrase,) = parse_search("feryr"), parse_search('"feryr"')

    assert (word.can_be_misspelt, phrase.can_be_misspelt) == (True, False)


def test_a_name_is_looked_for_in_its_own_part_of_the_words():
    assert as_weighted_phrase("Orla Venn", "B") == "'orla':B <-> 'venn':B"


def test_a_very_long_search_is_cut_not_refused():
    terms = parse_search("x" * 5000 + " " + " ".join(f"w{n}" for n in range(500)))

    assert len(terms) == 24
    assert isinstance(terms[0], Term)
    assert len(terms[0].words[0]) == 40


def test_runs_of_three_letters_know_the_edges_of_a_word():
    assert find_trigrams("lisa") == ["  l", " li", "isa", "lis", "sa "]


def test_short_words_and_numbers_are_no_spellings():
    assert find_known_words("The ferry of 1999 and covid19") == {"ferry"}
