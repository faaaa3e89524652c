"""Which night "overnight" is."""

from __future__ import annotations

from datetime import date

from apps.articles.text.spans import Span
from apps.claims.analysis.nights import keep_known_nights
from apps.claims.analysis.types import DateDraft

PUBLISHED = date(2026, 2, 12)
NIGHT = DateDraft(Span(30, 39), "overnight", "2026-02-11/2026-02-12", "2026-02-12")


def told(iso: str) -> DateDraft:
    return DateDraft(Span(0, 9), iso, iso)


def test_overnight_is_the_night_before_the_article():
    assert keep_known_nights([NIGHT], None, PUBLISHED) == [NIGHT]
    assert keep_known_nights([NIGHT], told("2026-02-10"), PUBLISHED) == [NIGHT]


def test_overnight_behind_a_day_of_last_year_is_a_night_nobody_knows():
    assert keep_known_nights([NIGHT], told("2025-02-11T07:10"), PUBLISHED) == []


def test_a_day_of_these_weeks_in_the_sentence_brings_the_article_back_to_now():
    near = told("2026-02-11")

    assert keep_known_nights([near, NIGHT], told("2025-02-11"), PUBLISHED) == [near, NIGHT]


def test_other_dates_stay_as_they_were_read():
    sunday = DateDraft(Span(0, 6), "Sunday", "2026-02-15", "2026-02-12")

    assert keep_known_nights([sunday], told("2025-10"), PUBLISHED) == [sunday]
