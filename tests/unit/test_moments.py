"""Times of publication keep the clock they were stated by."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from apps.articles.moments import label_moment


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-02-19", "19 Feb 2026"),
        ("2026-02-19T22:05:00-05:00", "19 Feb 2026, 22:05 UTC−5"),
        ("2026-02-20T03:05:00+00:00", "20 Feb 2026, 03:05 UTC"),
        ("2026-02-20T03:05:00Z", "20 Feb 2026, 03:05 UTC"),
        ("2026-02-20T08:35:00+05:30", "20 Feb 2026, 08:35 UTC+5:30"),
        ("2026-02-19T23:35:00-03:30", "19 Feb 2026, 23:35 UTC−3:30"),
        ("", "20 Feb 2026"),
    ],
)
def test_a_moment_stays_on_the_clock_it_was_stated_by(iso, words):
    moment = datetime(2026, 2, 20, 3, 5, tzinfo=UTC)

    assert label_moment(iso, moment) == words


def test_what_has_no_date_says_so():
    assert label_moment("", None) == "no date"
