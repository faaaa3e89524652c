"""Whether a sentence really says that one of its clauses is so."""

from __future__ import annotations

import pytest

from apps.claims.analysis.assertion import read_assertion
from apps.claims.analysis.types import Polarity, Voice
from tests.unit.analysis.docs import build_tree


def read(table: str, root: int, **options):
    syntax = build_tree(table)
    found = read_assertion(syntax, root, alleged=options.pop("alleged", {}), **options)
    limits = [syntax.words[token] for token in sorted(found.limits)]
    return found.voice, found.polarity, limits


def test_a_visit_that_will_come_is_planned_and_one_that_came_is_said():
    coming = "She PRON nsubj 2|will AUX aux 2|visit VERB/VB ROOT 2"
    came = "She PRON nsubj 1|visited VERB ROOT 1 visit"

    assert read(coming, 2) == (Voice.PLANNED, Polarity.POSITIVE, ["will"])
    assert read(came, 1) == (None, Polarity.POSITIVE, [])


@pytest.mark.parametrize(
    "table",
    [
        "She PRON nsubj:pass 2|is AUX aux:pass 2 be|set VERB/VBN ROOT 2|to PART mark 4|go VERB/VB xcomp 2",
        "She PRON nsubj 1|plans VERB/VBZ ROOT 1 plan|to PART mark 3|go VERB/VB xcomp 1",
        "She PRON nsubj 3|is AUX aux 3 be|to PART mark 3|go VERB/VB ROOT 3",
    ],
)
def test_plans_in_many_words(table):
    syntax = build_tree(table)
    root = syntax.deps.index("ROOT")

    assert read(table, root)[0] is Voice.PLANNED


def test_a_plan_of_the_past_is_no_plan_any_more():
    table = "She PRON nsubj 2|had AUX aux 2 have|planned VERB/VBN ROOT 2 plan|to PART mark 4|go VERB/VB xcomp 2"

    assert read(table, 2)[0] is None


@pytest.mark.parametrize("auxiliary", ["now ADV advmod 2", "have AUX aux 2"])
def test_what_two_have_agreed_is_agreed_and_what_they_agreed_to_do_is_planned(auxiliary):
    table = (
        f"They PRON nsubj 2|{auxiliary}|agreed VERB/VBN ROOT 2 agree|to PART mark 4"
        "|share VERB/VB xcomp 2"
    )

    assert read(table, 2)[0] is None
    assert read(table, 4)[0] is Voice.PLANNED


def test_a_headline_that_agrees_looks_ahead():
    table = "Firm NOUN nsubj 1|agrees VERB/VBZ ROOT 1 agree|to PART mark 3|pay VERB/VB xcomp 1"

    assert read(table, 1)[0] is Voice.PLANNED


NOT_OPENED = "Doors NOUN nsubj 3|did AUX aux 3|not PART advmod 3|open VERB/VB ROOT 3"


@pytest.mark.parametrize(
    ("table", "root"),
    [
        (NOT_OPENED, 3),
        ("No DET det 1|door NOUN nsubj 2|opened VERB ROOT 2", 2),
        ("Few ADJ amod 1|doors NOUN nsubj 2|opened VERB ROOT 2", 2),
        ("Police NOUN nsubj 1|found VERB ROOT 1 find|no DET det 3|link NOUN obj 1", 1),
        ("They PRON nsubj 1|failed VERB ROOT 1 fail|to PART mark 3|come VERB/VB xcomp 1", 1),
        ("They PRON nsubj 1|declined VERB ROOT 1 decline|to ADP case 3|comment NOUN obl 1", 1),
        (
            "Neither CCONJ cc:preconj 1|bank NOUN nsubj 4|nor CCONJ cc 3|shop NOUN conj 1|opened VERB ROOT 4",
            4,
        ),
        ("She PRON nsubj 3|no ADV advmod 2|longer ADV advmod 3|works VERB/VBZ ROOT 3", 3),
    ],
)
def test_what_is_denied_is_negative(table, root):
    assert read(table, root)[1] is Polarity.NEGATIVE


@pytest.mark.parametrize(
    ("table", "root"),
    [
        ("Men NOUN nsubj 3|without ADP case 2|permits NOUN nmod 0|left VERB ROOT 3 leave", 3),
        ("Sales NOUN nsubj 1|declined VERB ROOT 1 decline|to ADP case 3|4% NUM obl 1", 1),
        ("A DET det 2|few ADJ amod 2|doors NOUN nsubj 3|opened VERB ROOT 3", 3),
        ("They PRON nsubj 3|not PART advmod 3|only ADV advmod 3|came VERB ROOT 3 come", 3),
    ],
)
def test_what_only_looks_like_a_denial_is_not(table, root):
    assert read(table, root)[1] is Polarity.POSITIVE


def reported(verb: str, *, negated: bool = False, mark: str = "that") -> tuple:
    lead = (
        "They PRON nsubj 3|did AUX aux 3|not PART advmod 3|"
        if negated
        else ("They PRON nsubj 3|all DET det 0|now ADV advmod 3|")
    )
    return read(
        f"{lead}{verb} VERB ROOT 3 {verb}|{mark} SCONJ mark 6|he PRON nsubj 6|fled VERB ccomp 3 flee",
        6,
    )


def test_what_was_denied_is_denied_and_what_is_not_disputed_is_not():
    assert reported("deny")[:2] == (Voice.DENIED, Polarity.NEGATIVE)
    assert reported("dispute", negated=True)[:2] == (None, Polarity.POSITIVE)


def test_what_nobody_said_is_left_open():
    assert reported("say", negated=True)[0] is Voice.CONDITIONAL
    assert reported("say")[0] is None


def test_what_is_known_holds_even_when_not_known():
    assert reported("realise", negated=True)[:2] == (None, Polarity.POSITIVE)


def test_what_is_not_believed_is_negative():
    assert reported("believe", negated=True)[1] is Polarity.NEGATIVE
    assert reported("believe")[1] is Polarity.POSITIVE


def test_a_question_is_left_open():
    assert reported("ask", mark="whether")[0] is Voice.CONDITIONAL
    assert reported("say", negated=True, mark="whether")[0] is Voice.CONDITIONAL
    asked = "Did AUX aux 2|he PRON nsubj 2|flee VERB/VB ROOT 2|? PUNCT punct 2"
    assert read(asked, 2, is_question=True)[0] is Voice.CONDITIONAL


def test_no_evidence_that_it_happened():
    table = (
        "Police NOUN nsubj 1|found VERB ROOT 1 find|no DET det 3|evidence NOUN obj 1|that SCONJ mark 6|"
        "he PRON nsubj 6|fled VERB acl 3 flee"
    )

    _, polarity, limits = read(table, 6)
    assert polarity is Polarity.NEGATIVE
    assert "no" in limits


def test_if_and_unless_make_both_sides_conditional():
    table = "It PRON nsubj 1|shuts VERB/VBZ ROOT 1 shut|unless SCONJ mark 4|they PRON nsubj 4|strike VERB/VBP advcl 1"

    assert read(table, 1)[0] is Voice.CONDITIONAL
    assert read(table, 4)[0] is Voice.CONDITIONAL


def test_because_makes_nothing_conditional():
    table = "It PRON nsubj 1|shut VERB ROOT 1|because SCONJ mark 4|they PRON nsubj 4|struck VERB advcl 1"

    assert read(table, 1)[0] is None
    assert read(table, 4)[0] is None


WOULD = (
    "It PRON nsubj 2|would AUX aux 2|raise VERB/VB ROOT 2|pay NOUN obj 2|and CCONJ cc 5|"
    "extend VERB/VB conj 2|leave NOUN obj 5"
)


def test_would_holds_for_the_second_verb_too():
    assert read(WOULD, 5) == (Voice.CONDITIONAL, Polarity.POSITIVE, ["would"])


def test_would_told_in_the_past_is_a_plan():
    table = (
        "It PRON nsubj 1|said VERB ROOT 1 say|it PRON nsubj 4|would AUX aux 4|close VERB/VB ccomp 1"
    )

    assert read(table, 4)[0] is Voice.PLANNED


def test_did_not_sign_or_send_denies_both():
    table = (
        "He PRON nsubj 3|did AUX aux 3|not PART advmod 3|sign VERB/VB ROOT 3|{} CCONJ cc 5|"
        "{} conj 3|it PRON obj 5"
    )

    assert read(table.format("or", "send VERB/VB"), 5)[1] is Polarity.NEGATIVE
    assert read(table.format("but", "sent VERB"), 5)[1] is Polarity.POSITIVE


def test_hearsay_is_alleged():
    table = "He PRON nsubj:pass 2|is AUX aux:pass 2|believed VERB/VBN ROOT 2 believe|to PART mark 4|flee VERB/VB xcomp 2"

    assert read(table, 2)[0] is Voice.ALLEGED


def test_an_aside_is_not_denied_with_its_sentence():
    table = (
        "She PRON nsubj 1|denied VERB ROOT 1 deny|the DET det 3|charge NOUN obj 1|, PUNCT punct 6|"
        "which PRON nsubj 6|surprised VERB acl:relcl 3|us PRON obj 6"
    )

    assert read(table, 6)[:2] == (None, Polarity.POSITIVE)


def test_no_doubt_that_leaves_nothing_open():
    table = (
        "There PRON expl 1|is VERB/VBZ ROOT 1 be|{} DET det 3|doubt NOUN nsubj 1|that SCONJ mark 6|"
        "he PRON nsubj 6|fled VERB acl 3 flee"
    )

    assert read(table.format("no"), 6)[:2] == (None, Polarity.POSITIVE)
    assert read(table.format("some"), 6)[0] is Voice.CONDITIONAL


def test_a_day_set_for_it_is_a_plan():
    table = "It PRON nsubj 2|is AUX cop 2|due ADJ ROOT 2|{} ADV obl 2"
    syntax = build_tree(table.format("tomorrow"))

    assert read_assertion(syntax, 2, alleged={}).voice is Voice.PLANNED
    assert read(table.format("everywhere"), 2)[0] is None


def test_the_condition_of_an_infinitive_is_that_of_its_verb():
    table = (
        "They PRON nsubj 1|threatened VERB ROOT 1 threaten|to PART mark 3|strike VERB/VB xcomp 1|"
        "unless SCONJ mark 6|pay NOUN nsubj 6|rises VERB/VBZ advcl 3"
    )

    assert read(table, 1)[0] is Voice.CONDITIONAL


def test_should_with_a_day_looks_ahead_and_without_one_judges():
    table = "It PRON nsubj 2|should AUX aux 2|close VERB/VB ROOT 2|{} ADV obl 2"
    dated, plain = build_tree(table.format("Friday")), build_tree(table.format("now"))
    dated.ents[3] = "DATE"

    assert read_assertion(dated, 2, alleged={}).is_ahead
    assert read_assertion(plain, 2, alleged={}).is_urged
