"""When something is said to have happened, and where that lies on an axis of time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from apps.claims.event_times import (
    build_day_ticks,
    build_time_axis,
    describe_stretch,
    read_stretch,
    seconds,
)


def _stretch(iso: str):
    stretch = read_stretch(iso)
    assert stretch is not None
    return stretch


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2031-05-04", "Sun 4 May 2031"),
        ("2031-05-04T21:30", "4 May 2031, 21:30"),
        ("2031-05-04T21:30:00+02:00", "4 May 2031, 21:30"),
        ("2031-05", "May 2031"),
        ("2031-12", "December 2031"),
        ("1998", "1998"),
        ("1998/2001", "1998–2001"),
        ("2031-03/2031-05", "March 2031 – May 2031"),
        ("2031-05-03/2031-05-04", "3 May 2031 – 4 May 2031"),
    ],
)
def test_a_time_is_said_as_exactly_as_it_was_told(iso, words):
    assert describe_stretch(_stretch(iso)) == words


@pytest.mark.parametrize(
    "iso", ["T21:30", "", "soon", "2031-13", "2031-02-30", "0000", "2031/1998"]
)
def test_what_is_no_day_is_not_placed(iso):
    assert read_stretch(iso) is None


@pytest.mark.parametrize(
    ("a", "b", "meets"),
    [
        ("2031-05-04", "2031-05-04T21:30", True),
        ("2031-05-04", "2031-05", True),
        ("2031-05-04", "2031-05-05", False),
        ("2031-05-04T10:00", "2031-05-04T11:00", False),
        ("2031-05-03/2031-05-04", "2031-05-04", True),
    ],
)
def test_two_dates_can_be_one_day_or_not(a, b, meets):
    assert _stretch(a).meets(_stretch(b)) is meets
    assert _stretch(b).meets(_stretch(a)) is meets


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (datetime(2031, 5, 4, 8, tzinfo=UTC), datetime(2031, 5, 4, 9, tzinfo=UTC)),
        (datetime(2031, 5, 1, tzinfo=UTC), datetime(2031, 6, 20, tzinfo=UTC)),
        (datetime(1950, 1, 1, tzinfo=UTC), datetime(2031, 6, 20, tzinfo=UTC)),
    ],
)
def test_an_axis_of_time_names_a_few_days(first, last):
    axis = build_time_axis([first, last])

    assert 0 < axis.place(seconds(first)) < axis.place(seconds(last)) < 100
    assert len(build_day_ticks(axis)) <= 8


def test_an_axis_of_time_needs_a_moment():
    with pytest.raises(ValueError, match="needs a moment"):
        build_time_axis([])
