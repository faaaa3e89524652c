"""What kind of statement a clause makes, and what limits it."""

from __future__ import annotations

from apps.articles.text.spans import Span
from apps.claims.analysis.statements import read_statement, read_words
from apps.claims.analysis.types import AttributionKind, StatementKind, Voice
from tests.unit.analysis.docs import build_tree


def read(table: str, root: int, start: str = "", *, kind=AttributionKind.NONE, **options):
    syntax = build_tree(table)
    sentence = Span(0, len(syntax.text))
    words = read_words(syntax, sentence, 0, len(syntax))
    span = Span(syntax.text.index(start), len(syntax.text))
    statement = read_statement(syntax, words, root, span, kind=kind, **options)
    return statement, [part.of(syntax.text) for part in statement.qualifiers]


THIEF = (
    "The DET det 2|alleged ADJ amod 2|thief NOUN nsubj 6|, PUNCT punct 4|aged VERB/VBN acl 2|"
    "40 NUM obl 4|fled VERB ROOT 6 flee"
)


def test_an_accusing_word_counts_in_its_own_clause_only():
    assert read(THIEF, 6)[0].voice is Voice.ALLEGED
    assert read(THIEF, 4, "aged")[0].voice is Voice.STATED


SHARED = (
    "He PRON nsubj 2|allegedly ADV advmod 2|stole VERB ROOT 2 steal|cars NOUN obj 2|and CCONJ cc 5|"
    "sold VERB conj 2 sell|them PRON obj 5"
)


def test_a_second_predicate_keeps_the_word_that_accuses():
    statement, qualifiers = read(SHARED, 5, "sold")

    assert statement.voice is Voice.ALLEGED
    assert qualifiers == ["allegedly"]


def test_a_condition_limits_as_a_whole():
    table = (
        "It PRON nsubj 2|would AUX aux 2|shut VERB/VB ROOT 2|if SCONJ mark 5|they PRON nsubj 5|"
        "struck VERB advcl 2 strike"
    )

    assert read(table, 2)[1] == ["would", "if they struck"]


def test_the_hedge_of_a_shared_subject_is_kept():
    table = (
        "Up ADP advmod 2|to ADP fixed 0|300 NUM nummod 3|cooks NOUN nsubj 4|left VERB ROOT 4 leave|"
        "and CCONJ cc 6|blocked VERB conj 4|roads NOUN obj 6"
    )

    assert read(table, 6, "blocked")[1] == ["Up to"]


def test_kinds_of_statement():
    quoted = "We PRON nsubj 1|won VERB ROOT 1 win"
    ahead = "Prices NOUN nsubj 2|could AUX aux 2|rise VERB/VB ROOT 2"
    past = "Prices NOUN nsubj 3|could AUX aux 3|have AUX aux 3|risen VERB/VBN ROOT 3 rise"
    judged = "It PRON nsubj 3|was AUX cop 3|a DET det 3|disgrace NOUN ROOT 3"
    measured = "It PRON nsubj 3|was AUX cop 3|a DET det 3|bridge NOUN ROOT 3"

    assert read(quoted, 1, quoted=6)[0].kind is StatementKind.QUOTATION
    assert read(quoted, 1, quoted=1)[0].kind is StatementKind.FACT
    assert read(ahead, 2)[0].kind is StatementKind.FORECAST
    assert read(past, 3)[0].kind is StatementKind.FACT
    assert read(judged, 3)[0].kind is StatementKind.EVALUATION
    assert read(measured, 3)[0].kind is StatementKind.FACT


def test_a_denial_seen_in_the_parse_is_not_counted_again_for_its_cue():
    table = "She PRON nsubj 1|denied VERB ROOT 1 deny|that SCONJ mark 4|he PRON nsubj 4|fled VERB ccomp 1 flee"

    statement, _ = read(
        table, 4, "he", kind=AttributionKind.INDIRECT, cue=[Span(4, 10)], denied=True
    )

    assert statement.voice is Voice.DENIED
    assert statement.polarity.value == "negative"


def test_a_bound_belongs_to_the_number_it_stands_before():
    table = (
        "As ADP case 1|many ADJ advcl 6|as ADV advmod 3|600 NUM nummod 4|cooks NOUN nsubj 6|could AUX aux 6|"
        "leave VERB/VB ROOT 6"
    )
    statement, _ = read(table, 6)

    assert statement.predication is not None and statement.predication.subject is not None
    assert (
        statement.predication.subject.of("As many as 600 cooks could leave")
        == "As many as 600 cooks"
    )
