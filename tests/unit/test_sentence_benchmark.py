"""The rules by which ``benchmarks/sentences.py`` calls an amount or a date right."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest

from apps.articles.text.spans import Span
from apps.claims.analysis.types import DateDraft, QuantityDraft, QuantityType

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from sentences import is_date_right, is_noun_right, is_unit_right, is_value_right


def item(low, high, bound, unit=None, counted=None):
    return {"low": low, "high": high, "bound": bound, "unit": unit, "counted": counted}


def quantity(low, high, *, unit="", approximate=False):
    ends = (None if end is None else Decimal(str(end)) for end in (low, high))
    return QuantityDraft(
        Span(0, 1), "x", *ends, QuantityType.CARDINAL, unit=unit, approximate=approximate
    )


@pytest.mark.parametrize(
    ("label", "low", "high", "right"),
    [
        (item(12, 12, "exact"), 12, 12, True),
        (item(12, 12, "exact"), 12, 13, False),
        (item(40, None, "more_than", "people"), 40, None, True),
        (item(40, None, "more_than", "people"), 41, None, True),
        (item(40, None, "more_than", "people"), 42, None, False),
        (item(40, None, "more_than", "km"), 41, None, False),
        (item(40, None, "more_than", "people"), None, 40, False),
        (item(17, None, "at_least"), 17, None, True),
        (item(17, None, "at_least"), 18, None, False),
        (item(None, 50, "less_than"), 0, 49, True),
        (item(None, 50, "at_most"), None, 49, False),
        (item(270, 300, "about"), 285, 300, True),
        (item(270, 300, "about"), 300, 330, False),
        (item(100, 110, "about"), 100, None, True),
        (item(100, 110, "about"), 90, 110, False),
        (item(7.2, 8.8, "about"), 7.6, 8.4, True),
        (item(7.2, 8.8, "about"), 8, 8, False),
        (item(24, 99, "about"), 24, None, True),
        (item(24, 99, "about"), 50, 99, False),
        (item(25, 25, "exact", "percent"), 0.25, 0.25, True),
        (item(25, 25, "exact", "km"), 0.25, 0.25, False),
    ],
)
def test_an_interval_is_as_near_to_the_label_as_the_words_say(label, low, high, right):
    assert is_value_right(label, quantity(low, high)) is right


def test_a_point_is_right_for_a_vague_word_when_it_is_marked_as_vague():
    assert is_value_right(item(7.2, 8.8, "about"), quantity(8, 8, approximate=True))


@pytest.mark.parametrize(
    ("label", "unit", "right"),
    [
        (item(3, 3, "exact", "percent"), "%", True),
        (item(3, 3, "exact", "percentage_points"), "percentage points", True),
        (item(3, 3, "exact", "percentage_points"), "%", False),
        (item(3, 3, "exact", "miles"), "mile", True),
        (item(3, 3, "exact", None, "barges"), "", True),
        (item(3, 3, "exact", None, "barges"), "barge", True),
        (item(3, 3, "exact", None, "barges"), "people", False),
    ],
)
def test_units_agree_whatever_their_spelling(label, unit, right):
    assert is_unit_right(label, quantity(3, 3, unit=unit)) is right


def test_a_noun_may_be_given_with_more_words_but_not_by_another_noun():
    assert is_noun_right("barges", "grain barges")
    assert not is_noun_right("barges", "tugs")
    assert not is_noun_right("barges", "")


@pytest.mark.parametrize(
    ("wanted", "given", "right"),
    [
        ("2031-05-04", "2031-05-04", True),
        ("2031-05-04", "2031-05-04T09:30", True),
        ("2031-05-04T09:30", "2031-05-04", False),
        ("2031-05-04T09:30", "T09:30", True),
        ("2031-05-04T09:30", "2031-05-05T09:30", False),
        ("2031-05", "2031-05-04", False),
        ("2031-Q2", "2031-04/2031-06", True),
        ("2031-Q2", "2031-04/2031-05", False),
        ("2031-W19", "2031-05-05/2031-05-11", True),
        ("1990/1999", "1990-01-01/1999-12-31", True),
    ],
)
def test_a_date_is_right_when_it_is_the_same_stretch_of_time(wanted, given, right):
    label = {"iso": wanted, "alternatives": []}

    assert is_date_right(label, DateDraft(Span(0, 1), "x", given)) is right


def test_an_alternative_reading_is_as_good():
    label = {"iso": "2031-05-02", "alternatives": ["2031-05-09"]}

    assert is_date_right(label, DateDraft(Span(0, 1), "x", "2031-05-09"))
