"""Sentences taken apart into what each of their clauses states."""

from __future__ import annotations

from apps.articles.text.spans import Span
from apps.claims.analysis.clauses import find_clauses
from tests.unit.analysis.docs import build_tree


def parts(table: str, **options) -> list[tuple[str, str]]:
    syntax = build_tree(table)
    sentence = Span(0, len(syntax.text))
    found = find_clauses(syntax, sentence, 0, len(syntax), **options)
    return [(clause.kind, clause.span.of(syntax.text)) for clause in found]


LEFT_AND_BLOCKED = (
    "Nine NUM nummod 1|cooks NOUN nsubj 2|left VERB ROOT 2|the DET det 4|mill NOUN obj 2|"
    "and CCONJ cc 6|blocked VERB conj 2|the DET det 8|road NOUN obj 6|. PUNCT punct 2"
)


def test_two_predicates_with_one_subject_are_two_statements():
    assert parts(LEFT_AND_BLOCKED) == [
        ("predicate", "Nine cooks left the mill"),
        ("predicate", "blocked the road"),
    ]


def test_who_says_it_is_no_second_statement():
    assert parts(LEFT_AND_BLOCKED, cues={6}) == []


def test_two_things_done_in_one_predicate_are_one_statement():
    one = (
        "Nine NUM nummod 1|cooks NOUN nsubj 2|left VERB ROOT 2|mill NOUN obj 2|"
        "and CCONJ cc 5|yard NOUN conj 3|. PUNCT punct 2"
    )

    assert parts(one) == []


MAYOR = (
    "Ada PROPN nsubj 8|, PUNCT punct 3|the DET det 3|mayor NOUN appos 0|of ADP case 5|"
    "Torvik PROPN nmod 3|, PUNCT punct 0|also ADV advmod 8|left VERB ROOT 8|"
    "the DET det 10|talks NOUN obj 8|. PUNCT punct 8"
)


def test_an_apposition_says_what_somebody_is():
    assert parts(MAYOR) == [("apposition", "Ada, the mayor of Torvik")]


def test_a_town_beside_its_country_says_nothing():
    table = (
        "She PRON nsubj 1|died VERB ROOT 1|in ADP case 3|Lund PROPN obl 1|, PUNCT punct 5|"
        "Sweden PROPN appos 3|. PUNCT punct 1"
    )
    syntax = build_tree(table)
    syntax.ents[3] = syntax.ents[5] = "LOC"

    assert find_clauses(syntax, Span(0, len(syntax.text)), 0, len(syntax)) == []


def test_a_relative_clause_and_a_participle_are_statements():
    relative = (
        "The DET det 1|bridge NOUN nsubj 7|, PUNCT punct 4|which PRON nsubj 4|opened VERB acl:relcl 1|"
        "in ADP case 6|1931 NUM obl 4|closed VERB ROOT 7|on ADP case 9|Friday PROPN obl 7|. PUNCT punct 7"
    )
    participle = (
        "A DET det 1|bus NOUN nsubj 5|carrying VERB/VBG acl 1|40 NUM nummod 4|people NOUN obj 2|"
        "crashed VERB ROOT 5|near ADP case 7|Holt PROPN obl 5|. PUNCT punct 5"
    )

    assert parts(relative) == [("relative", "which opened in 1931")]
    assert parts(participle) == [("participle", "carrying 40 people")]


def test_a_condition_keeps_its_if():
    table = (
        "The DET det 1|mill NOUN nsubj 2|closes VERB ROOT 2|if SCONJ mark 6|the DET det 5|"
        "owners NOUN nsubj 6|leave VERB advcl 2|. PUNCT punct 2"
    )

    assert parts(table) == [("adverbial", "if the owners leave")]


def test_a_purpose_is_no_statement():
    table = (
        "She PRON nsubj 1|ran VERB ROOT 1|fast ADV advmod 1|to PART mark 4|catch VERB/VB advcl 1|"
        "the DET det 6|bus NOUN obj 4|. PUNCT punct 1"
    )

    assert parts(table) == []


def test_an_including_part_needs_something_counted_or_named():
    table = (
        "Police NOUN nsubj 1|held VERB ROOT 1|nine NUM nummod 3|men NOUN obj 1|, PUNCT punct 6|"
        "including VERB/VBG case 7|two {} 7|{} NOUN nmod 3|. PUNCT punct 1"
    )

    assert parts(table.format("NUM nummod", "brothers")) == [("part", "including two brothers")]
    assert parts(table.format("ADJ amod", "others")) == []


def test_clauses_beside_a_semicolon_stand_for_themselves():
    table = (
        "Doctors NOUN nsubj 1|removed VERB ROOT 1|the DET det 3|bullet NOUN obj 1|; PUNCT punct 7|"
        "she PRON nsubj 7|is AUX cop 7|stable ADJ parataxis 1|. PUNCT punct 1"
    )

    assert parts(table) == [
        ("predicate", "Doctors removed the bullet"),
        ("predicate", "she is stable"),
    ]


def test_a_thousand_verbs_in_a_row_take_time_in_proportion():
    table = "|".join(
        ["They PRON nsubj 1", "ran VERB ROOT 1"]
        + [
            f"ran VERB conj {number - 1} run|far ADV advmod {number}"
            for number in range(2, 1000, 2)
        ]
    )

    assert len(parts(table)) < 1000


def test_the_first_of_two_infinitives_is_shown_with_its_verb():
    table = (
        "We PRON nsubj:pass 2|were AUX aux:pass 2|told VERB/VBN ROOT 2|to PART mark 4|leave VERB/VB xcomp 2|"
        "the DET det 6|train NOUN obj 4|and CCONJ cc 8|walk VERB/VB conj 4|along ADP case 10|it PRON obl 8"
    )

    assert parts(table) == [
        ("predicate", "We were told to leave the train"),
        ("predicate", "walk along it"),
    ]


def test_a_gerund_that_completes_its_verb_is_no_statement():
    table = (
        "He PRON nsubj:pass 2|was AUX aux:pass 2|{} VERB/VBN ROOT 2|{} SCONJ mark 4|fixing VERB/VBG advcl 2|"
        "four NUM nummod 6|games NOUN obj 4"
    )

    assert parts(table.format("accused", "of")) == []
    assert parts(table.format("seen", "while")) == [("adverbial", "fixing four games")]
