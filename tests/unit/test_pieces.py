"""Marked words: cut exactly, differences only where words differ, intervals in plain words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from apps.articles.text.spans import Span
from apps.claims.anchors import find_anchor
from apps.claims.pieces import (
    PRIORITY,
    as_percent,
    cut,
    describe_interval,
    describe_share,
    diff_words,
    find_edits,
    format_number,
    words_around,
)
from apps.claims.presentation import Piece


def edits(reference: str, text: str) -> tuple[list[str], list[tuple[str, str]]]:
    theirs, ours = find_edits(reference, text)
    return [span.of(reference) for span, _ in theirs], [(span.of(text), m) for span, m in ours]


# --- cutting -----------------------------------------------------------------------------------


def test_marks_cut_the_words_at_their_edges():
    pieces = cut(
        "about 40 boats", [(Span(106, 108), "number"), (Span(100, 105), "hedge")], offset=100
    )

    assert pieces == (
        Piece("about", "hedge"),
        Piece(" "),
        Piece("40", "number", is_value=True),
        Piece(" boats"),
    )


def test_a_difference_is_shown_before_a_number():
    assert cut("40 boats", [(Span(0, 2), "number"), (Span(0, 8), "differs")]) == (
        Piece("40 boats", "differs", is_value=True),
    )


def test_marks_outside_the_words_are_ignored():
    assert cut("boats", [(Span(50, 60), "number")]) == (Piece("boats"),)
    assert cut("", []) == ()


@given(
    st.text(max_size=60),
    st.lists(
        st.tuples(st.integers(0, 70), st.integers(1, 20), st.sampled_from(PRIORITY)), max_size=8
    ),
)
def test_the_pieces_together_are_always_the_words(text, marks):
    spans = [(Span(start, start + length), mark) for start, length, mark in marks]

    assert "".join(piece.text for piece in cut(text, spans)) == text


# --- what differs ------------------------------------------------------------------------------


def test_an_added_word_is_marked_in_the_copy_alone():
    assert edits(
        "a tariff on car imports on Friday", "a tariff on Lisse car imports on Friday"
    ) == (
        [],
        [("Lisse", "added")],
    )


def test_exchanged_words_are_marked_on_both_sides():
    assert edits("the crew of 40 left the ship", "the crew of 60 left the ship") == (
        ["40"],
        [("60", "differs")],
    )


def test_typography_and_case_are_no_difference():
    assert edits("The mayor’s “plan” failed", 'the mayor\'s "plan" failed') == ([], [])


def test_words_beyond_the_cut_of_a_shorter_excerpt_are_no_difference():
    assert edits(
        "a tariff on car imports on Friday", "Officials announced a tariff on car imports on Friday"
    ) == ([], [])


def test_sentences_with_little_in_common_are_not_compared_word_by_word():
    assert edits("The ferry carried forty people.", "Rain fell on the hills all night.") == ([], [])


# --- intervals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "unit", "counted", "words"),
    [
        ("251", None, "people", "", "251 or more people"),
        ("200", "999", "", "homes", "200–999 homes"),
        ("40", "40", "", "boats", "40 boats"),
        (None, "12", "", "boats", "up to 12 boats"),
        ("0", "12", "", "boats", "up to 12 boats"),
        ("0", "0", "", "boats", "0 boats"),
        ("25", "25", "%", "", "25%"),
        ("25", None, "%", "", "25% or more"),
        ("689400000", "689400000", "USD", "", "$689.4 million"),
        ("2.50", "2.50", "USD", "", "$2.5"),
        (None, None, "", "boats", ""),
        ("21", "21", "days", "", "21 days"),
        ("1", "1", "days", "", "1 day"),
        ("1", "1", "barrels", "", "1 barrel"),
        ("1", "2", "days", "", "1–2 days"),
        ("55", "55", "km", "", "55 km"),
    ],
)
def test_an_interval_is_said_in_words(low, high, unit, counted, words):
    bounds = [None if bound is None else Decimal(bound) for bound in (low, high)]

    assert describe_interval(bounds[0], bounds[1], unit=unit, counted=counted) == words


def test_units_are_told_in_the_reader_s_language():
    with override("de"):
        assert describe_interval(None, Decimal(21), unit="days") == "bis zu 21 Tage"
        assert describe_interval(Decimal(1), Decimal(1), unit="weeks") == "1 Woche"


@pytest.mark.parametrize(
    ("low", "high", "counted", "words"),
    [
        ("0.45", "0.5", "homes", "45–50% of homes"),
        ("0.333333", "0.333333", "voters", "33.3% of voters"),
        ("0.45", "0.5", "", ""),
    ],
)
def test_a_share_is_said_in_percent(low, high, counted, words):
    share = as_percent(Decimal(low), Decimal(high), type="cardinal", unit="")

    assert share is not None
    assert describe_share(*share, counted) == words


@pytest.mark.parametrize(
    ("low", "high", "type", "unit"),
    [
        ("1", "1", "cardinal", ""),
        ("0.5", "1.5", "cardinal", ""),
        ("0.5", "0.5", "measure", "hours"),
        ("0.5", "0.5", "cardinal", "hours"),
        ("0.4", "0.4", "percent", "%"),
        ("0.5", None, "cardinal", ""),
        ("0", "0", "cardinal", ""),
    ],
)
def test_what_is_no_part_of_one_is_no_share(low, high, type, unit):
    bounds = [None if bound is None else Decimal(bound) for bound in (low, high)]

    assert as_percent(bounds[0], bounds[1], type=type, unit=unit) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [("1250", "1,250"), ("0.3333333", "0.333"), ("1234567", "1,234,567"), ("2000000", "2 million")],
)
def test_a_number_is_written_for_readers(value, words):
    assert format_number(Decimal(value)) == words


# --- notes -------------------------------------------------------------------------------------

TEXT = "The port closed. The port opened again on Tuesday after an inspection."


def test_a_note_on_long_words_is_found_where_they_stand_once():
    place = find_anchor(
        "New lead. " + TEXT, quote="opened again on Tuesday", prefix="x", suffix="y"
    )

    assert place is not None and place.of("New lead. " + TEXT) == "opened again on Tuesday"


def test_a_note_on_repeated_words_is_found_by_what_stands_around_them():
    place = find_anchor(TEXT, quote="The port", prefix="closed. ", suffix=" opened again")

    assert place == Span(17, 25)


@pytest.mark.parametrize(
    ("quote", "prefix", "suffix"),
    [
        ("The port", "", ""),
        ("The port", "elsewhere ", " was sold"),
        ("opened again on Monday", "The port ", " after"),
        ("", "", ""),
    ],
)
def test_a_note_whose_place_is_not_certain_is_not_moved_to_other_words(quote, prefix, suffix):
    assert find_anchor(TEXT, quote=quote, prefix=prefix, suffix=suffix) is None


# --- what limits a part ------------------------------------------------------------------------


def test_a_part_keeps_the_words_of_its_sentence_that_limit_it():
    sentence = "It would raise pay and may extend leave."

    found = words_around(
        [(103, 108), (123, 126)], start=123, end=139, sentence=sentence, offset=100
    )

    assert found == ("would",)


def test_words_of_another_sentence_limit_nothing():
    assert words_around([(3, 8)], start=123, end=139, sentence="It would.", offset=100) == ()


def test_a_diff_marks_what_was_taken_out_put_in_and_exchanged_also_at_the_ends():
    before = "Officials said the old bridge was closed on Monday."
    after = "The old bridge was shut on Monday, at last."

    ours, theirs = diff_words(before, after)

    assert [(mark, span.of(before)) for span, mark in ours] == [
        ("removed", "Officials said"),
        ("differs", "closed"),
    ]
    assert [(mark, span.of(after)) for span, mark in theirs] == [
        ("differs", "shut"),
        ("added", "at last"),
    ]


def test_changes_with_one_short_word_between_them_are_one():
    ours, theirs = diff_words("a ton of coal arrived", "a ship of iron arrived")

    assert len(ours) == len(theirs) == 1
