"""What a cue could report and whom from, on parses built by hand."""

from __future__ import annotations

from apps.claims.analysis.attribution_candidates import Ranges
from apps.claims.analysis.attribution_contents import find_contents
from apps.claims.analysis.attribution_sources import find_sources
from apps.claims.analysis.quotations import find_quotations
from apps.claims.analysis.syntax import Syntax, build_syntax
from tests.unit.analysis.docs import build_doc, build_tree


def words(syntax: Syntax, ranges: Ranges) -> str:
    return " … ".join(" ".join(syntax.words[a : b + 1]) for a, b in ranges)


def contents(syntax: Syntax, cue: int) -> set[str]:
    return {words(syntax, ranges) for ranges in find_contents(syntax, cue)}


def sources(syntax: Syntax, cue: int) -> set[str]:
    return {words(syntax, ranges) for ranges in find_sources(syntax, cue)}


CLAUSE = "Byrne PROPN nsubj 1 | said VERB ROOT 1 say | that SCONJ mark 5 | the DET det 4 | ferry NOUN nsubj 5 | sank VERB ccomp 1 | . PUNCT punct 1"


def test_a_clause_is_reported_without_its_that():
    assert "the ferry sank" in contents(build_tree(CLAUSE), 1)


def test_the_subject_speaks_or_nobody():
    assert sources(build_tree(CLAUSE), 1) >= {"Byrne", ""}


def test_a_cue_is_never_part_of_what_it_reports():
    syntax = build_tree(CLAUSE)

    assert all(
        not first <= 1 <= last for ranges in find_contents(syntax, 1) for first, last in ranges
    )


def test_a_quotation_goes_on_after_the_speaker_is_named():
    doc = build_doc(
        ("“", "PUNCT", "punct", 2),
        ("They", "PRON", "nsubj", 2),
        ("left", "VERB", "ccomp", 6),
        (",", "PUNCT", "punct", 2),
        ("”", "PUNCT", "punct", 2),
        ("she", "PRON", "nsubj", 6),
        ("said", "VERB", "ROOT", 6, "say"),
        (".", "PUNCT", "punct", 6),
        ("“", "PUNCT", "punct", 10),
        ("Nobody", "PRON", "nsubj", 10),
        ("stayed", "VERB", "ROOT", 10),
        (".", "PUNCT", "punct", 10),
        ("”", "PUNCT", "punct", 10),
    )
    syntax = build_syntax(doc, find_quotations(doc.text))

    assert any("They left" in found and "Nobody stayed" in found for found in contents(syntax, 6))


def test_long_lists_are_cut_and_an_empty_text_has_nothing():
    many = build_doc(*[("word", "NOUN", "dep" if index else "ROOT", 0) for index in range(650)])

    assert [end - first for first, end in build_syntax(many, ()).bounds][:1] == [300]
    assert build_syntax(build_doc(), ()).bounds == []
