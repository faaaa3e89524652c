"""Subject, predicate, object and modifiers of a clause."""

from __future__ import annotations

from apps.claims.analysis.predications import build_predication, find_root, subject_of
from tests.unit.analysis.docs import build_tree


def words(table: str, root: int) -> tuple[str, str, str, list[str]]:
    syntax = build_tree(table)
    found = build_predication(syntax, root)
    assert found is not None
    subject, object_ = (
        "" if span is None else span.of(syntax.text) for span in (found.subject, found.object)
    )
    return (
        subject,
        found.predicate.of(syntax.text),
        object_,
        [span.of(syntax.text) for span in found.modifiers],
    )


def test_a_plan_has_the_object_of_what_is_planned():
    table = (
        "The DET det 1|museum NOUN nsubj 2|plans VERB/VBZ ROOT 2 plan|to PART mark 4|return VERB/VB xcomp 2|"
        "the DET det 6|masks NOUN obj 4|in ADP case 8|May PROPN obl 4"
    )

    assert words(table, 2) == ("The museum", "plans to return", "the masks", ["in May"])


def test_a_passive_with_its_auxiliaries():
    table = (
        "He PRON nsubj:pass 4|has AUX aux 4|not PART advmod 4|been AUX aux:pass 4|charged VERB/VBN ROOT 4|"
        "with ADP case 6|theft NOUN obl 4"
    )

    assert words(table, 4) == ("He", "has not been charged", "", ["with theft"])


def test_what_somebody_is():
    table = (
        "She PRON nsubj 4|was AUX cop 4|the DET det 4|second ADJ amod 4|mayor NOUN ROOT 4|"
        "of ADP case 6|Torvik PROPN nmod 4"
    )

    assert words(table, 4) == ("She", "was the second mayor", "", ["of Torvik"])


def test_a_second_predicate_shares_subject_and_day():
    table = (
        "On ADP case 1|Friday PROPN obl 4|, PUNCT punct 4|cooks NOUN nsubj 4|left VERB ROOT 4|"
        "and CCONJ cc 6|blocked VERB conj 4|the DET det 8|road NOUN obj 6"
    )

    assert words(table, 6) == ("cooks", "blocked", "the road", ["On Friday"])


def test_a_conjunct_with_its_own_subject_shares_no_day():
    table = (
        "On ADP case 1|Friday PROPN obl 3|cooks NOUN nsubj 3|left VERB ROOT 3|"
        "and CCONJ cc 6|guards NOUN nsubj 6|came VERB conj 3"
    )

    assert words(table, 6) == ("guards", "came", "", [])


def test_who_fled_is_the_person_described():
    table = (
        "The DET det 1|driver NOUN nsubj 6|, PUNCT punct 4|who PRON nsubj 4|fled VERB acl:relcl 1|"
        ", PUNCT punct 1|died VERB ROOT 6"
    )

    assert words(table, 4)[0] == "The driver"
    assert words(table, 6)[0] == "The driver"


def test_told_to_leave_has_the_one_told_for_subject():
    active = (
        "Police NOUN nsubj 1|told VERB ROOT 1|us PRON obj 1|to PART mark 4|leave VERB/VB xcomp 1"
    )
    passive = "We PRON nsubj:pass 2|were AUX aux:pass 2|told VERB/VBN ROOT 2|to PART mark 4|leave VERB/VB xcomp 2"

    assert build_tree(active).words[subject_of(build_tree(active), 4)] == "us"
    assert build_tree(passive).words[subject_of(build_tree(passive), 4)] == "We"


def test_a_headline_read_as_a_noun_has_its_verb_for_predicate():
    plan = "Toyama PROPN ROOT 0|to PART mark 2|build VERB/VB acl 0|plant NOUN obj 2"
    noun = "Bid NOUN ROOT 0|for ADP case 3|new ADJ amod 3|plant NOUN nmod 0|to PART mark 5|fail VERB/VB acl 3"

    assert find_root(build_tree(plan), 0, 4) == 2
    assert find_root(build_tree(noun), 0, 6) == 0


def test_promises_he_made_are_what_he_made():
    made = "The DET det 1|promises NOUN nsubj 4|he PRON nsubj 3|made VERB acl:relcl 1|failed VERB ROOT 4"
    died = "The DET det 1|day NOUN nsubj 4|he PRON nsubj 3|died VERB acl:relcl 1|came VERB ROOT 4"

    assert words(made, 3)[2] == "The promises"
    assert words(died, 3)[2] == ""


def test_the_day_is_no_object():
    table = (
        "The DET det 1|king NOUN nsubj 2|meets VERB/VBZ ROOT 2|ministers NOUN obj 2|on ADP case 5|"
        "Thursday PROPN nmod 3"
    )
    syntax = build_tree(table)
    syntax.ents[5] = "DATE"

    found = build_predication(syntax, 2)

    assert found is not None and found.object is not None
    assert found.object.of(syntax.text) == "ministers"
    assert [span.of(syntax.text) for span in found.modifiers] == ["on Thursday"]


def test_what_was_voted_is_the_closing_not_the_pool():
    table = (
        "They PRON nsubj 1|voted VERB ROOT 1|on ADP case 3|Monday PROPN obl 1|to PART mark 5|"
        "close VERB/VB xcomp 1|the DET det 7|pool NOUN obj 5"
    )

    assert words(table, 1)[1:3] == ("voted", "to close the pool")


def test_a_report_that_the_parser_read_as_a_noun_has_its_verb():
    plant = (
        "The DET det 1|plant NOUN ROOT 1|, PUNCT punct 3|built VERB/VBN acl 1|in ADP case 5|1987 NUM obl 3|"
        ", PUNCT punct 7|closed VERB/VBN acl 1|early ADV advmod 7"
    )
    fragment = "A DET det 1|plant NOUN ROOT 1|, PUNCT punct 3|built VERB/VBN acl 1|in ADP case 5|1987 NUM obl 3"
    headline = "Man NOUN ROOT 0|found VERB/VBN acl 0|dead ADJ xcomp 1"

    assert find_root(build_tree(plant), 0, 9) == 7
    assert find_root(build_tree(fragment), 0, 6) == 1
    assert find_root(build_tree(headline), 0, 3) == 1
