"""Statements by somebody's count, on parses built by hand."""

from __future__ import annotations

from apps.claims.analysis.attribution_reckonings import find_reckonings
from tests.unit.analysis.docs import build_tree


def test_by_somebodys_count_is_an_attribution():
    syntax = build_tree(
        "By ADP case 4 | the DET det 2 | warden NOUN nmod:poss 4 | 's PART case 2 | count NOUN obl 8 | , PUNCT punct 8"
        " | forty NUM nummod 7 | boats NOUN nsubj 8 | sank VERB ROOT 8 | . PUNCT punct 8"
    )

    (reading,) = find_reckonings(syntax)

    assert (reading.cue, reading.source, reading.content) == (4, ((1, 2),), ((6, 8),))


def test_by_the_estimate_of_somebody_too():
    syntax = build_tree(
        "Boats NOUN nsubj 1 | sank VERB ROOT 1 | by ADP case 4 | the DET det 4 | estimate NOUN obl 1"
        " | of ADP case 7 | the DET det 7 | harbourmaster NOUN nmod 4"
    )

    (reading,) = find_reckonings(syntax)

    assert (reading.source, reading.content) == (((6, 7),), ((0, 1),))


def test_most_estimates_are_nobodys():
    syntax = build_tree(
        "By ADP case 2 | most ADJ amod 2 | estimates NOUN obl 4 estimate | boats NOUN nsubj 4 | sank VERB ROOT 4"
    )

    assert find_reckonings(syntax) == []
