"""Statements before ", X said" that a parser took for a noun phrase."""

from __future__ import annotations

import pytest

from tests.unit.analysis.docs import build_tree

HUNG = (
    "The DET det 1 | battery NOUN nsubj 7 | {verb} acl 1 | in ADP case 4 | March PROPN obl 2"
    " | , PUNCT punct 6 | Quint PROPN {speaker} | said VERB ROOT 7 say"
)


@pytest.mark.parametrize("verb", ["overheated VERB/VBN", "sank VERB/VBD"])
@pytest.mark.parametrize("speaker", ["nsubj 7", "nmod 1"])
def test_a_verb_hung_on_its_subject_is_the_statement_somebody_made(verb, speaker):
    syntax = build_tree(HUNG.format(verb=verb, speaker=speaker))

    assert (syntax.heads[2], syntax.deps[2], syntax.tags[2]) == (7, "ccomp", "VBD")
    assert (syntax.heads[1], syntax.deps[1]) == (2, "nsubj")
    assert (syntax.heads[6], syntax.deps[6]) == (7, "nsubj")
    assert syntax.table.heads.tolist() == syntax.heads


@pytest.mark.parametrize(
    "table",
    [
        # A report published in March told something: it is no subject of "published".
        "In ADP case 1 | reports NOUN obl 6 | published VERB/VBN acl 1 | recently ADV advmod 2"
        " | , PUNCT punct 6 | Quint PROPN nsubj 6 | said VERB ROOT 6 say",
        # The statement was found: "built in March" only tells of the boat.
        "Boats NOUN nsubj 3 | built VERB/VBN acl 0 | there ADV advmod 1 | sank VERB ccomp 6"
        " | , PUNCT punct 6 | Quint PROPN nsubj 6 | said VERB ROOT 6 say",
        # Nobody speaks.
        "The DET det 1 | boat NOUN nsubj 7 | built VERB/VBN acl 1 | in ADP case 4 | March PROPN obl 2"
        " | , PUNCT punct 7 | soon ADV advmod 7 | sank VERB ROOT 7 sink",
    ],
)
def test_what_the_parser_read_well_stays(table):
    syntax = build_tree(table)
    rows = [cell.split() for cell in table.split("|")]

    assert syntax.heads == [int(row[3]) for row in rows]
    assert syntax.deps == [row[2] for row in rows]
