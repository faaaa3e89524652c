"""What pins a statement on somebody, and what only tells what they did, on parses built by hand."""

from __future__ import annotations

import pytest

from apps.articles.text.spans import Span
from apps.claims.analysis.pinning import pins_a_statement
from apps.claims.analysis.types import Attribution, AttributionKind
from tests.unit.analysis.docs import build_tree


def pinned(table: str, source: str, cue: str, content: str) -> bool:
    syntax = build_tree(table)

    def spans(words: str) -> tuple[Span, ...]:
        start = syntax.text.index(words)
        return (Span(start, start + len(words)),) if words else ()

    return pins_a_statement(
        syntax,
        Attribution(
            AttributionKind.INDIRECT, source, source, cue, content,
            spans(source), spans(cue), spans(content),
        ),
    )  # fmt: skip


SAID = "The DET det 1 | warden NOUN nsubj 2 | said VERB ROOT 2 say | boats NOUN nsubj 4 boat | sank VERB ccomp 2 sink"
SHOWED = (
    "The DET det 1 | {} NOUN nsubj 2 | showed VERB ROOT 2 show | that SCONJ mark 5 | boats NOUN nsubj 5 boat"
    " | sank VERB ccomp 2 sink"
)


def test_what_somebody_said_is_theirs():
    assert pinned(SAID, "The warden", "said", "boats sank")


@pytest.mark.parametrize("who", ["sheriff", "survey", "ministry", "seismologist"])
def test_what_people_bodies_and_papers_show_is_theirs(who: str) -> None:
    assert pinned(SHOWED.format(who), f"The {who}", "showed", "that boats sank")


@pytest.mark.parametrize("what", ["trip", "exchange", "hole"])
def test_what_a_thing_shows_is_nobodys(what: str) -> None:
    assert not pinned(SHOWED.format(what), f"The {what}", "showed", "that boats sank")


def test_only_people_know():
    table = SHOWED.format("warden").replace("showed VERB ROOT 2 show", "knew VERB ROOT 2 know")

    assert pinned(table, "The warden", "knew", "that boats sank")


def test_who_shows_a_thing_says_nothing():
    table = "The DET det 1 | warden NOUN nsubj 2 | showed VERB ROOT 2 show | boats NOUN obj 2 boat"

    assert not pinned(table, "The warden", "showed", "boats")


def test_a_tour_that_will_conclude_concludes_nothing():
    table = (
        "Her PRON nmod:poss 1 | tour NOUN nsubj 3 | will AUX aux 3 | conclude VERB/VB ROOT 3"
        " | in ADP case 5 | Ostby PROPN obl 3"
    )

    assert not pinned(table, "Her tour", "will conclude", "in Ostby")


@pytest.mark.parametrize("verb", ["plans", "agreed", "hopes"])
def test_what_somebody_plans_to_do_is_not_what_they_said(verb: str) -> None:
    lemma = {"plans": "plan", "agreed": "agree", "hopes": "hope"}[verb]
    table = (
        f"The DET det 1 | warden NOUN nsubj 2 | {verb} VERB ROOT 2 {lemma} | to PART mark 4"
        " | leave VERB/VB xcomp 2"
    )

    assert not pinned(table, "The warden", verb, "to leave")


def test_by_somebodys_count_is_theirs_and_a_verb_taken_for_a_noun_is_none():
    count = (
        "By ADP case 3 | the DET det 2 | sheriff NOUN nmod:poss 3 | count NOUN obl 5 | boats NOUN nsubj 5 boat"
        " | sank VERB ROOT 5 sink"
    )
    promises = (
        "The DET det 1 | exchange NOUN nsubj 2 | promises NOUN ROOT 2 promise | to PART mark 4"
        " | help VERB/VB xcomp 2"
    )

    assert pinned(count, "sheriff", "count", "boats sank")
    assert not pinned(promises, "The exchange", "promises", "to help")


def test_where_a_tour_ends_is_no_conclusion():
    table = (
        "Noem PROPN nsubj 1 | concluded VERB ROOT 1 conclude | her PRON nmod:poss 3 | tour NOUN obj 1"
        " | in ADP case 5 | Ostby PROPN obl 1 | , PUNCT punct 9 | where ADV advmod 9 | she PRON nsubj 9"
        " | spoke VERB ccomp 1 speak"
    )
    said = (
        "Noem PROPN nsubj 1 | concluded VERB ROOT 1 conclude | that SCONJ mark 4 | boats NOUN nsubj 4 boat"
        " | sank VERB ccomp 1 sink"
    )

    assert not pinned(table, "Noem", "concluded", "where she spoke")
    assert pinned(said, "Noem", "concluded", "that boats sank")


def test_what_somebody_promises_to_do_is():
    table = (
        "The DET det 1 | sheriff NOUN nsubj 2 | promised VERB ROOT 2 promise | to PART mark 4"
        " | leave VERB/VB xcomp 2"
    )

    assert pinned(table, "The sheriff", "promised", "to leave")
    assert not pinned(table.replace("sheriff", "bridge"), "The bridge", "promised", "to leave")


def test_what_two_sides_sign_is_no_statement():
    table = "The DET det 1 | sheriffs NOUN nsubj 2 sheriff | signed VERB ROOT 2 sign | a DET det 4 | pact NOUN obj 2"

    assert not pinned(table, "The sheriffs", "signed", "a pact")


def test_when_somebody_spoke_is_not_what_they_said():
    table = (
        "Wardens NOUN nsubj 1 sheriff | spoke VERB ROOT 1 speak | before SCONJ mark 4 | boats NOUN nsubj 4 boat"
        " | sank VERB ccomp 1 sink"
    )

    assert not pinned(table, "Wardens", "spoke", "boats sank")


def test_what_something_is_called_is_somebodys_word():
    table = (
        "The DET det 1 | sheriff NOUN nsubj 2 | called VERB ROOT 2 call | it PRON obj 2 | a DET det 5"
        " | disgrace NOUN xcomp 2"
    )
    asked = "The DET det 1 | sheriff NOUN nsubj 2 | called VERB ROOT 2 call | boats NOUN obj 2 boat"

    assert pinned(table, "The sheriff", "called", "it a disgrace")
    assert not pinned(asked, "The sheriff", "called", "boats")


def test_what_is_put_into_a_statement_pins_it():
    table = (
        "Boats NOUN nsubj 1 boat | sank VERB ROOT 1 sink | , PUNCT punct 4 | records NOUN nsubj 4 record"
        " | show VERB parataxis 1 show"
    )

    assert pinned(table, "records", "show", "Boats sank")
