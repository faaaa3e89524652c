"""Quotation marks: curly, straight, open ones, and marks that are none."""

from __future__ import annotations

from apps.claims.analysis.quotations import find_quotations


def inner(text: str) -> list[str]:
    return [quotation.inner.of(text) for quotation in find_quotations(text)]


def test_curly_and_straight_marks_are_paired():
    assert inner('“We go,” she said. "They stay."') == ["We go,", "They stay."]


def test_a_speech_left_open_goes_on_in_the_next_paragraph():
    text = "“We saw smoke.\n\n“Then we ran,” he said."

    first, second = find_quotations(text)

    assert (first.closed, second.closed) == (False, True)
    assert second.inner.of(text) == "Then we ran,"


def test_one_stray_straight_mark_spoils_nothing():
    assert inner('A 6" pipe burst.\nThe "old" mill burned.') == ["old"]


def test_apostrophes_are_no_marks():
    assert inner("The workers' pay didn't rise in the '90s.") == []


def test_a_quotation_within_one_is_nested():
    text = "“He called it ‘a ruin’ twice,” she said."

    outer, nested = find_quotations(text)

    assert (outer.nested, nested.nested) == (False, True)


def test_two_apostrophes_are_a_mark_and_one_is_none():
    text = "''We go,'' she said. ''They don't.''"

    assert inner(text) == ["We go,", "They don't."]
    assert [q.span.of(text) for q in find_quotations(text)] == ["''We go,''", "''They don't.''"]
