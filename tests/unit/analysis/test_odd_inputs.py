"""Nothing in the text-level readers raises, and cost stays in step with length."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.claims.analysis.amounts import find_amounts, interval
from apps.claims.analysis.quotations import find_quotations
from apps.claims.analysis.times import find_dates

_PIECES = st.sampled_from(
    [
        "12", "a", "half", "million", "and", "-", "–", "“", "”", '"', "'", "$", "%", "of", "in", "one", "to", "between", "from", "May", "Sun", "last",
        "week", "31", "1998", ".", ",", "\n", "\n\n", "\u202e", "🙂", "<b>", "third", "percent", "ago", "9:75", "٣", "½", "0", "99999999999", "the", "February",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=14), st.sampled_from(["", " "]))
def test_any_string_of_pieces_is_read(pieces, glue):
    text = glue.join(pieces)

    for amount in find_amounts(text):
        low, high = interval(amount)
        assert low is None or high is None or low <= high
        assert amount.span.of(text)
    for found in find_dates(text, date(2025, 1, 31)):
        assert found.span.of(text) == found.text
    for quotation in find_quotations(text):
        assert quotation.span.contains(quotation.inner)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read(text):
    find_amounts(text)
    find_dates(text, date(2025, 1, 31))
    find_quotations(text)


@pytest.mark.parametrize(
    "piece", ["12 ", "“a ", "one hundred and ", "Monday ", "1,", '"', "1/2/", "5-", "million "]
)
def test_ten_times_the_text_takes_about_ten_times_as_long(piece):
    def seconds(times):
        text = piece * times
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            find_amounts(text)
            find_dates(text, date(2025, 1, 31))
            find_quotations(text)
            best = min(best, time.process_time() - began)
        return best

    small, large = seconds(300), seconds(3000)

    assert large < 40 * small + 0.2
