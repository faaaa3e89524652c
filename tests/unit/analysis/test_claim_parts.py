"""Clauses and attributions of one sentence brought together."""

from __future__ import annotations

from apps.articles.text.spans import Span
from apps.claims.analysis.claim_parts import find_parts
from apps.claims.analysis.types import NOBODY, Attribution, AttributionKind
from tests.unit.analysis.docs import build_tree


def pinned(text: str, source: str, cue: str, content: str) -> Attribution:
    def place(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return Attribution(
        AttributionKind.INDIRECT,
        source,
        source,
        cue,
        content,
        (place(source),),
        (place(cue),),
        (place(content),),
    )


WARNED = (
    "Shares NOUN nsubj 1|fell VERB ROOT 1 fall|after SCONJ mark 4|firms NOUN nsubj 4|"
    "warned VERB advcl 1 warn|that SCONJ mark 7|profits NOUN nsubj 7|shrank VERB ccomp 4 shrink|"
    "in ADP case 9|May PROPN obl 7|. PUNCT punct 1"
)


def test_a_clause_filled_by_an_attribution_is_what_was_said():
    syntax = build_tree(WARNED)
    firms = pinned(syntax.text, "firms", "warned", "that profits shrank in May")

    whole, *parts = find_parts(syntax, Span(0, len(syntax.text)), [firms])

    assert (whole.attribution, whole.root) == (NOBODY, 1)
    assert [(part.span.of(syntax.text), part.root) for part in parts] == [
        ("firms warned that profits shrank in May", 7)
    ]
    assert parts[0].attribution is firms


CALLED = (
    "She PRON nsubj 1|left VERB ROOT 1 leave|the DET det 3|talks NOUN obj 1|early ADV advmod 1|, PUNCT punct 6|"
    "calling VERB/VBG advcl 1 call|them PRON obj 6|unfair ADJ xcomp 6|. PUNCT punct 1"
)


def test_a_content_that_is_no_statement_is_shown_with_its_cue():
    syntax = build_tree(CALLED)
    she = pinned(syntax.text, "She", "calling", "them unfair")

    parts = find_parts(syntax, Span(0, len(syntax.text)), [she])

    assert [part.span.of(syntax.text) for part in parts[1:]] == ["calling them unfair"]
    assert parts[1].attribution is she


TOLD = (
    "Ada PROPN nsubj 1|said VERB ROOT 1 say|Bo PROPN nsubj 3|told VERB ccomp 1 tell|Cy PROPN obj 3|"
    "it PRON nsubj 7|was AUX cop 7|over ADJ ccomp 3|. PUNCT punct 1"
)


def test_a_said_b_told_c_keeps_who_passed_it_on():
    syntax = build_tree(TOLD)
    ada = pinned(syntax.text, "Ada", "said", "Bo told Cy it was over")
    bo = pinned(syntax.text, "Bo", "told", "it was over")

    whole, *parts = find_parts(syntax, Span(0, len(syntax.text)), [ada, bo])

    assert whole.attribution is ada
    assert [(part.span.of(syntax.text), part.outer) for part in parts] == [("it was over", (ada,))]
    assert parts[0].attribution is bo


def test_a_sentence_without_words_of_others_is_its_own_only_claim():
    syntax = build_tree("Doors NOUN nsubj 1|opened VERB ROOT 1|. PUNCT punct 1")

    parts = find_parts(syntax, Span(0, len(syntax.text)), [])

    assert [(part.root, part.parent, part.form) for part in parts] == [(1, -1, "sentence")]
