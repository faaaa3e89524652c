"""How firmly a statement is made."""

from __future__ import annotations

import pytest

from apps.articles.text.spans import Span
from apps.claims.analysis.types import AttributionKind, Polarity, Voice
from apps.claims.analysis.voice import find_hedges, find_polarity, find_voice, has_cue
from tests.unit.analysis.docs import build_doc


def voice(doc, root, **options):
    kind = options.pop("kind", AttributionKind.NONE)
    return find_voice(doc.text, Span(0, len(doc.text)), doc[root], kind=kind, **options)


def test_a_visit_that_will_come_is_planned_and_one_that_came_is_stated():
    coming = build_doc(
        ("She", "PRON", "nsubj", 2), ("will", "AUX", "aux", 2), ("visit", "VERB", "ROOT", 2)
    )
    came = build_doc(("She", "PRON", "nsubj", 1), ("visited", "VERB", "ROOT", 1, "visit"))

    assert voice(coming, 2) is Voice.PLANNED
    assert voice(came, 1) is Voice.STATED


def test_set_to_visit_is_planned():
    doc = build_doc(
        ("She", "PRON", "nsubj:pass", 2),
        ("is", "AUX", "aux:pass", 2, "be"),
        ("set", "VERB", "ROOT", 2),
        ("to", "PART", "mark", 4),
        ("visit", "VERB", "xcomp", 2),
    )

    assert voice(doc, 2) is Voice.PLANNED


def test_quoted_words_that_look_ahead_are_somebodys_words():
    doc = build_doc(
        ("We", "PRON", "nsubj", 2), ("will", "AUX", "aux", 2), ("win", "VERB", "ROOT", 2)
    )

    assert voice(doc, 2, kind=AttributionKind.DIRECT) is Voice.ATTRIBUTED


def test_a_denied_statement_is_denied_whatever_else_it_is():
    doc = build_doc(("Doors", "NOUN", "nsubj", 1), ("locked", "VERB", "ROOT", 1))

    assert voice(doc, 1, kind=AttributionKind.INDIRECT, denied=True) is Voice.DENIED


def test_an_alleged_thief_is_alleged():
    doc = build_doc(
        ("The", "DET", "det", 2),
        ("alleged", "ADJ", "amod", 2),
        ("thief", "NOUN", "nsubj", 3),
        ("fled", "VERB", "ROOT", 3),
    )

    assert voice(doc, 3) is Voice.ALLEGED


def test_if_makes_it_conditional():
    doc = build_doc(
        ("It", "PRON", "nsubj", 1),
        ("shuts", "VERB", "ROOT", 1),
        ("if", "SCONJ", "mark", 4),
        ("they", "PRON", "nsubj", 4),
        ("strike", "VERB", "advcl", 1),
    )

    assert voice(doc, 1) is Voice.CONDITIONAL


def test_not_negates_and_no_door_too():
    plain = build_doc(("Doors", "NOUN", "nsubj", 1), ("opened", "VERB", "ROOT", 1))
    negated = build_doc(
        ("Doors", "NOUN", "nsubj", 3),
        ("did", "AUX", "aux", 3),
        ("not", "PART", "advmod", 3),
        ("open", "VERB", "ROOT", 3),
    )
    no_door = build_doc(
        ("No", "DET", "det", 1), ("door", "NOUN", "nsubj", 2), ("opened", "VERB", "ROOT", 2)
    )

    assert find_polarity(list(plain), plain[1]) is Polarity.POSITIVE
    assert find_polarity(list(negated), negated[3]) is Polarity.NEGATIVE
    assert find_polarity(list(no_door), no_door[2]) is Polarity.NEGATIVE


def test_a_negation_inside_a_modifier_negates_nothing():
    doc = build_doc(
        ("Men", "NOUN", "nsubj", 3),
        ("without", "ADP", "case", 2),
        ("permits", "NOUN", "nmod", 0),
        ("left", "VERB", "ROOT", 3, "leave"),
    )

    assert find_polarity(list(doc), doc[3]) is Polarity.POSITIVE


def test_hedges_are_found_where_they_stand():
    text = "The roof may reportedly have burned."

    assert [span.of(text) for span in find_hedges(text, 0, len(text))] == ["may", "reportedly"]


@pytest.mark.parametrize("cue", ["denied", "denies", "has denied", "rejected"])
def test_any_form_of_denying_is_a_denial(cue):
    assert has_cue(cue, "denials")


def test_saying_is_no_denial():
    assert not has_cue("said", "denials")
