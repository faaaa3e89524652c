"""Speakers by name, on parses built by hand."""

from __future__ import annotations

import pytest

from apps.articles.text.spans import Span
from apps.claims.analysis.quotations import find_quotations
from apps.claims.analysis.speakers import Speakers
from apps.claims.analysis.syntax import build_syntax
from apps.claims.analysis.types import MentionDraft
from tests.unit.analysis.docs import build_doc, build_tree


def person(text: str, words: str, canonical: str) -> MentionDraft:
    start = text.index(words)
    return MentionDraft(Span(start, start + len(words)), words, "person", canonical)


def test_a_surname_is_given_in_full():
    doc = build_doc(("Byrne", "PROPN", "nsubj", 1), ("spoke", "VERB", "ROOT", 1))
    speakers = Speakers(build_syntax(doc, []), [person(doc.text, "Byrne", "Ada Byrne")])

    assert speakers.resolve(((0, 0),), 1) == "Ada Byrne"


def test_she_is_the_woman_named_before_and_not_the_man():
    doc = build_doc(
        ("Ada", "PROPN", "nsubj", 1),
        ("met", "VERB", "ROOT", 1),
        ("Robert", "PROPN", "obj", 1),
        ("before", "SCONJ", "mark", 5),
        ("she", "PRON", "nsubj", 5),
        ("spoke", "VERB", "advcl", 1),
    )
    text = doc.text
    mentions = [person(text, "Ada", "Mary Byrne"), person(text, "Robert", "Robert Hale")]

    speakers = Speakers(build_syntax(doc, []), mentions)

    assert speakers.resolve(((4, 4),), 5) == "Mary Byrne"


def test_officials_stay_officials_and_stand_in_a_label_without_their_capital():
    doc = build_doc(("Officials", "NOUN", "nsubj", 1), ("spoke", "VERB", "ROOT", 1))

    assert Speakers(build_syntax(doc, []), []).resolve(((0, 0),), 1) == "officials"


@pytest.mark.parametrize(
    ("table", "resolved"),
    [
        ("The DET det 1 | sheriff NOUN nsubj 2 | spoke VERB ROOT 2", "the sheriff"),
        ("A DET det 1 | judge NOUN nsubj 2 | spoke VERB ROOT 2", "a judge"),
        ("U.S. PROPN compound 1 | officials NOUN nsubj 2 | spoke VERB ROOT 2", "U.S. officials"),
        ("NATO NOUN nsubj 1 | spoke VERB ROOT 1", "NATO"),
    ],
)
def test_only_the_capital_of_a_sentence_goes(table: str, resolved: str) -> None:
    syntax = build_tree(table)
    last = len(syntax) - 2

    assert Speakers(syntax, []).resolve(((0, last),), last + 1) == resolved


def test_anybody_who_is_no_speaker():
    syntax = build_tree(
        "for ADP case 1 | anybody PRON obl 3 | who PRON nsubj 3 | thinks VERB acl:relcl 1 think"
    )

    assert Speakers(syntax, []).resolve(((2, 2),), 3) == ""


def test_somebodys_lawyer_is_not_that_somebody():
    doc = build_doc(
        ("Byrne", "PROPN", "nmod:poss", 2),
        ("'s", "PART", "case", 0),
        ("lawyer", "NOUN", "nsubj", 3),
        ("spoke", "VERB", "ROOT", 3),
    )
    speakers = Speakers(build_syntax(doc, []), [person(doc.text, "Byrne", "Ada Byrne")])

    assert speakers.resolve(((0, 2),), 3) == "Byrne's lawyer"


def test_who_is_the_noun_it_hangs_on():
    doc = build_doc(
        ("Ada", "PROPN", "nsubj", 3),
        ("who", "PRON", "nsubj", 2),
        ("spoke", "VERB", "acl:relcl", 0),
        ("left", "VERB", "ROOT", 3),
    )
    speakers = Speakers(build_syntax(doc, []), [person(doc.text, "Ada", "Ada Byrne")])

    assert speakers.resolve(((1, 1),), 2) == "Ada Byrne"


def test_the_edges_of_a_subtree_hold_all_its_words():
    doc = build_doc(
        ("The", "DET", "det", 1),
        ("mill", "NOUN", "nsubj", 2),
        ("burned", "VERB", "ROOT", 2),
        ("“", "PUNCT", "punct", 2),
    )

    syntax = build_syntax(doc, find_quotations(doc.text))

    assert (syntax.left[2], syntax.right[2]) == (0, 3)
    assert syntax.children[2] == [1, 3]


def test_he_is_the_titled_man_of_the_paragraph_whom_the_name_finder_missed():
    doc = build_doc(
        ("Mr", "PROPN", "nmod:desc", 1),
        ("Hale", "PROPN", "nsubj", 2),
        ("waited", "VERB", "ROOT", 2),
        ("until", "SCONJ", "mark", 5),
        ("he", "PRON", "nsubj", 5),
        ("spoke", "VERB", "advcl", 2),
    )

    assert Speakers(build_syntax(doc, []), []).resolve(((4, 4),), 5) == "Mr Hale"


def test_a_name_without_title_or_first_name_may_be_a_company():
    doc = build_doc(
        ("Norvane", "PROPN", "nsubj", 1),
        ("waited", "VERB", "ROOT", 1),
        ("until", "SCONJ", "mark", 4),
        ("he", "PRON", "nsubj", 4),
        ("spoke", "VERB", "advcl", 1),
    )

    assert Speakers(build_syntax(doc, []), []).resolve(((3, 3),), 4) == "he"


def test_it_is_the_body_the_sentence_before_was_about():
    doc = build_doc(
        ("The", "DET", "det", 1),
        ("company", "NOUN", "nsubj", 2),
        ("waited", "VERB", "ROOT", 2),
        (".", "PUNCT", "punct", 2),
        ("It", "PRON", "nsubj", 5),
        ("apologised", "VERB", "ROOT", 5),
    )

    assert Speakers(build_syntax(doc, []), []).resolve(((4, 4),), 5) == "the company"


def test_it_is_nobody_after_a_thing():
    doc = build_doc(
        ("The", "DET", "det", 1),
        ("bridge", "NOUN", "nsubj", 2),
        ("fell", "VERB", "ROOT", 2),
        (".", "PUNCT", "punct", 2),
        ("It", "PRON", "nsubj", 5),
        ("shook", "VERB", "ROOT", 5),
    )

    assert Speakers(build_syntax(doc, []), []).resolve(((4, 4),), 5) == "It"
