"""How firmly a statement is made."""

from __future__ import annotations

import pytest

from apps.claims.analysis.types import AttributionKind, Voice
from apps.claims.analysis.voice import choose_voice, find_hedges, has_cue, is_planned


def test_quoted_words_that_look_ahead_are_somebodys_words():
    assert choose_voice(Voice.PLANNED, kind=AttributionKind.DIRECT) is Voice.ATTRIBUTED
    assert choose_voice(Voice.PLANNED, kind=AttributionKind.INDIRECT) is Voice.PLANNED


def test_a_denied_statement_is_denied_whatever_else_it_is():
    assert choose_voice(None, kind=AttributionKind.DIRECT, denied=True) is Voice.DENIED
    assert choose_voice(Voice.DENIED, kind=AttributionKind.NONE, accused=True) is Voice.DENIED


def test_a_plain_statement_is_its_sources_or_the_outlets():
    assert choose_voice(None, kind=AttributionKind.INDIRECT) is Voice.ATTRIBUTED
    assert choose_voice(None, kind=AttributionKind.NONE) is Voice.STATED


def test_words_without_a_predicate_may_speak_of_a_plan():
    assert is_planned("Plans for a third bridge")
    assert not is_planned("Bridge over the Orrin")


def test_hedges_are_found_where_they_stand():
    text = "The roof may reportedly have burned."

    assert [span.of(text) for span in find_hedges(text, 0, len(text))] == ["may", "reportedly"]


@pytest.mark.parametrize("cue", ["denied", "denies", "has denied", "rejected"])
def test_any_form_of_denying_is_a_denial(cue):
    assert has_cue(cue, "denials")


def test_saying_is_no_denial():
    assert not has_cue("said", "denials")
