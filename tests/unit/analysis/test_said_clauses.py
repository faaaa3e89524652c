"""Statements that a parser hung on a noun, before ", X said" and behind "X told Y that"."""

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


TOLD = (
    "Quint PROPN nsubj 1 | told VERB ROOT 1 tell | crews NOUN {heard} 1 | that SCONJ {mark} 5 | boats NOUN {boats} 5"
    " | sank VERB acl:relcl {noun} | nearby ADV advmod 5"
)


@pytest.mark.parametrize("heard", ["iobj", "obj", "obl"])
def test_what_somebody_was_told_hangs_on_the_telling(heard):
    syntax = build_tree(TOLD.format(heard=heard, mark="mark", boats="nsubj", noun=2))

    assert (syntax.heads[5], syntax.deps[5]) == (1, "ccomp")


@pytest.mark.parametrize(
    ("mark", "boats", "verb"),
    [
        # "Told crews that sank boats": of the crews.
        ("nsubj", "obj", "told VERB ROOT 1 tell"),
        # "Met crews that boats sank" is nobody's word.
        ("mark", "nsubj", "met VERB ROOT 1 meet"),
    ],
)
def test_a_clause_that_tells_of_the_noun_stays_with_it(mark, boats, verb):
    table = TOLD.format(heard="obj", mark=mark, boats=boats, noun=2)
    syntax = build_tree(table.replace("told VERB ROOT 1 tell", verb))

    assert (syntax.heads[5], syntax.deps[5]) == (2, "acl:relcl")
