"""Dates and times in a text, resolved against the day it was published.

Works on the text alone. What a bare weekday or month means depends on whether the words
around it look ahead ("will meet on Friday") or back ("met on Friday"); both readings are
kept when the words don't say.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_days import (
    first_of_next_month,
    make_date,
    move_days,
)
from apps.claims.analysis.time_clock import afternoon, is_late
from apps.claims.analysis.time_patterns import match_all, select
from apps.claims.analysis.time_readings import TimeReading as TimeReading
from apps.claims.analysis.time_told import count_from_told, join_weekday
from apps.claims.analysis.time_triggers import find_triggers
from apps.claims.analysis.time_words import LONG_WEEKDAY, MONTH, WEEKDAY, fold
from apps.claims.analysis.types import DateDraft

_RANGE_JOIN = re.compile(r"\s?(?:[-–—~]|to|through|till|until|thru)\s?(?:the\s)?", re.IGNORECASE)


_AND_JOIN = re.compile(r"\s?(?:and|to|[-–—~])\s?(?:the\s)?", re.IGNORECASE)


_TIME_JOIN = re.compile(
    r",?\s?(?:at|on|by|around|about|before|after|just\sbefore|just\safter|shortly\s(?:before|after)|from|for|[-–,])?(?:\s(?:about|around|approximately|roughly|nearly|exactly|just\s(?:before|after)|shortly\s(?:before|after)))?\s?(?:early\s|late\s)?(?:on\s)?",
    re.IGNORECASE,
)


_BOUND_BEFORE = re.compile(
    r"\b(?P<since>since|starting(?:\s(?:on|in|from))?|beginning(?:\s(?:on|in))?|as\sof|from)\s(?:the\s)?$|"
    r"\b(?P<after>after|later\sthan|following)\s(?:the\s)?$|"
    r"\b(?P<before>before|prior\sto|earlier\sthan|ahead\sof)\s(?:the\s)?$|"
    r"\b(?P<until>until|till|by|no\slater\sthan|not\slater\sthan|through|up\sto)\s(?:the\s)?$",
    re.IGNORECASE,
)


_BOUND_AFTER = re.compile(
    r"\s(?:and|or)\s(?P<since>later|after|onwards?|newer)\b|\s(?:and|or)\s(?P<until>earlier|before|older)\b",
    re.IGNORECASE,
)


def find_times(text: str, anchor: date | None) -> list[TimeReading]:
    """Return the dates, ranges and clock times of *text*, left to right, not overlapping.

    Bare weekdays and months need *anchor*, the day the text was published; without one
    only complete dates are found. Text is read in windows at line ends, so cost grows
    linearly with length.
    """
    found: list[TimeReading] = []
    for start, end in _windows(text):
        window = text[start:end]
        if "any" not in find_triggers(window):
            continue
        readings = count_from_told(select(match_all(window, anchor)))
        readings = _join_clocks(window, _join_weekdays(window, readings))
        readings = _join_clock_ranges(window, readings)
        readings = _join_time_ranges(window, readings)
        readings = [_with_bound(window, reading) for reading in readings]
        found.extend(
            replace(r, span=Span(r.span.start + start, r.span.end + start)) for r in readings
        )
    return found


_WINDOW = 600


def _windows(text: str) -> list[tuple[int, int]]:
    """Cut *text* into pieces of whole lines or sentences, at most about 600 characters."""
    windows: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        if len(text) - place <= _WINDOW:
            windows.append((place, len(text)))
            break
        limit = place + _WINDOW
        cut = text.rfind("\n", place + 1, limit)
        if cut <= place:
            cut = max(
                text.rfind(". ", place + 1, limit),
                text.rfind("? ", place + 1, limit),
                text.rfind("! ", place + 1, limit),
            )
            # A full stop of "Oct. 14" is no place to cut.
            while cut > place and re.search(
                rf"(?:{MONTH}|{WEEKDAY}|\b[ap]\.m\.)$",
                text[max(place, cut - 9) : cut + 1],
                re.IGNORECASE,
            ):
                cut = max(text.rfind(". ", place + 1, cut), text.rfind("? ", place + 1, cut))
        if cut <= place:
            cut = text.rfind(" ", place + 1, limit)
        if cut <= place:
            cut = limit - 1
        windows.append((place, cut + 1))
        place = cut + 1
    return windows


_WEEKDAY_ONLY = re.compile(rf"(?:on\s)?{LONG_WEEKDAY}", re.IGNORECASE)


def _join_weekdays(text: str, readings: list[TimeReading]) -> list[TimeReading]:
    """Join "Friday two weeks ago", "two months from today on Tuesday"."""
    joined: list[TimeReading] = []
    for reading in readings:
        if joined and re.fullmatch(
            r",?\s(?:on\s)?", text[joined[-1].span.end : reading.span.start], re.IGNORECASE
        ):
            first = joined[-1]
            merged = None
            if _WEEKDAY_ONLY.fullmatch(first.span.of(text)):
                merged = join_weekday(first, reading)
            elif _WEEKDAY_ONLY.fullmatch(reading.span.of(text).rstrip(".")):
                merged = join_weekday(reading, first)
            if merged is not None:
                joined[-1] = merged
                continue
        joined.append(reading)
    return joined


# "6 a.m.", "06:00", "0600 GMT": the half of the day is told.
_HALF = re.compile(r"[ap]\.?m|\d:\d|\d{4}|noon|midnight|midday", re.IGNORECASE)


def _join_clocks(text: str, readings: list[TimeReading]) -> list[TimeReading]:
    joined: list[TimeReading] = []
    for reading in readings:
        if joined:
            first = joined[-1]
            gap = text[first.span.end : reading.span.start]
            kinds = {first.kind, reading.kind}
            single = _TIME_JOIN.fullmatch(gap) is not None and len(gap) <= 24
            if (
                single
                and "time" in kinds
                and kinds & {"date", "datetime"}
                and not (first.clock and reading.clock)
            ):
                day = first if first.kind != "time" else reading
                clock = first.clock or reading.clock
                timed = reading if reading.kind == "time" else first
                # "At 6 on Monday evening"
                if is_late(day.span.of(text)) and not _HALF.search(timed.span.of(text)):
                    clock = afternoon(clock)
                joined[-1] = replace(
                    day, span=Span(first.span.start, reading.span.end), kind="datetime", clock=clock
                )
                continue
            # "Tuesday, 14 October": a weekday and its date, or "two days from now on Friday".
            if (
                kinds <= {"date", "datetime"}
                and re.fullmatch(r",?\s(?:on\s)?|,\s|\s?\(", gap)
                and first.start is not None
                and first.start == reading.start
            ):
                joined[-1] = replace(
                    reading, span=Span(first.span.start, reading.span.end), kind=first.kind
                )
                continue
        joined.append(reading)
    return joined


_CLOCK_JOIN = re.compile(r"\s?(?:[-–—]|to|until|till|and)\s?", re.IGNORECASE)


def _join_clock_ranges(text: str, readings: list[TimeReading]) -> list[TimeReading]:
    """Join "between 8am and 10pm on Thursday" and "from 7am on Tuesday to noon on Friday"."""
    joined: list[TimeReading] = []
    for reading in readings:
        if joined and joined[-1].clock and reading.clock and not joined[-1].clock_end:
            first = joined[-1]
            gap = text[first.span.end : reading.span.start]
            opener = re.search(
                r"\b(?:from|between)\s$",
                text[max(0, first.span.start - 9) : first.span.start],
                re.IGNORECASE,
            )
            if _CLOCK_JOIN.fullmatch(gap) and (opener or gap.strip().lower() != "and"):
                start = first.start or reading.start
                end = reading.start if first.start is None else reading.start or first.start
                if start is not None and end is not None and reading.start is None:
                    # "10 p.m. to 5 a.m.": over midnight.
                    end = move_days(end, 1) if reading.clock < first.clock else end
                joined[-1] = replace(
                    reading if reading.start is not None else first,
                    span=Span(
                        first.span.start - (len(opener.group()) if opener else 0), reading.span.end
                    ),
                    start=start,
                    last=end,
                    clock=first.clock,
                    clock_end=reading.clock,
                )
                continue
        joined.append(reading)
    return joined


def _join_time_ranges(text: str, readings: list[TimeReading]) -> list[TimeReading]:
    joined: list[TimeReading] = []
    for reading in readings:
        if joined:
            first = joined[-1]
            gap = text[first.span.end : reading.span.start]
            before = text[max(0, first.span.start - 14) : first.span.start]
            opener = re.search(r"\b(?P<word>from|between)\s(?:the\s)?$", before, re.IGNORECASE)
            fits = _RANGE_JOIN.fullmatch(gap) or (
                opener is not None
                and opener.group("word").lower() == "between"
                and _AND_JOIN.fullmatch(gap)
            )
            if (
                fits
                and first.start is not None
                and reading.start is not None
                and not first.clock
                and not reading.clock
                and not first.bound
            ):
                merged = _time_range(
                    first,
                    reading,
                    weekday=_WEEKDAY_ONLY.fullmatch(reading.span.of(text).rstrip(".")) is not None,
                )
                if merged is not None:
                    start = first.span.start - (len(before) - opener.start("word") if opener else 0)
                    joined[-1] = replace(merged, span=Span(start, reading.span.end))
                    continue
        joined.append(reading)
    return joined


def _time_range(first: TimeReading, second: TimeReading, *, weekday: bool) -> TimeReading | None:
    """Join two readings; the second's first day ends the range, as "from May to July" is
    commonly normalised. A yearless end takes the year of the other."""
    start, end = first.start, second.start
    if start is None or end is None:
        return None
    if first.relative and not second.relative and first.precision in {"month", "day"}:
        moved = make_date(
            end.year, start.month, min(start.day, 28) if first.precision == "month" else start.day
        )
        if moved is not None and first.other is not None:
            start = (
                moved if moved <= end else make_date(end.year - 1, start.month, start.day) or moved
            )
    if second.relative and not first.relative and second.other is not None:
        moved = make_date(start.year, end.month, end.day)
        if moved is not None:
            end = (
                moved if moved >= start else make_date(start.year + 1, end.month, end.day) or moved
            )
    if end <= start and second.other is not None and second.other > start:
        end = second.other
    if end <= start and first.other is not None and first.other < end:
        start = first.other
    if (
        first.relative
        and second.relative
        and (
            first.precision == second.precision
            or {first.precision, second.precision} <= {"month", "part"}
        )
    ):
        # Both yearless: the pair with the shortest stretch, from the first day preferred.
        around = _weeks_around(second) if weekday else ()
        pairs = [
            (b - a > _LONG_STRETCH, a != first.start, b - a, a, b)
            for a in (first.start, first.other)
            for b in (*around, second.start, second.other)
            if a and b and a < b
        ]
        if pairs:
            _, _, _, start, end = min(pairs)
    if end <= start:
        return None
    last = _last_day(second, end)
    if second.to_its_end:
        end = move_days(last, 1)
    return TimeReading(
        first.span, "range", start, end,
        "years" if first.precision == second.precision == "year" else
        "months" if first.precision == second.precision == "month" else "range",
        relative=first.relative and second.relative, last=last,
    )  # fmt: skip


# Longer than this, "June 11 to July 19" was not meant.
_LONG_STRETCH = timedelta(200)


def _weeks_around(reading: TimeReading) -> tuple[date, ...]:
    """Return the weekday of *reading* two weeks on: "Monday to Thursday" may begin next week."""
    if reading.start is None:
        return ()
    return tuple(move_days(reading.start, days) for days in (7, -7))


def _last_day(second: TimeReading, start: date) -> date:
    """Return the last day of *second* when it begins on *start*."""
    if second.start is None or second.end is None:
        return start
    if second.precision == "month":
        return move_days(first_of_next_month(start.year, start.month), -1)
    return move_days(start, (second.end - second.start).days - 1)


def _with_bound(text: str, reading: TimeReading) -> TimeReading:
    if reading.kind == "time" or reading.start is None:
        return reading
    before = text[max(0, reading.span.start - 18) : reading.span.start]
    match = _BOUND_BEFORE.search(before)
    tail = _BOUND_AFTER.match(text, reading.span.end)
    if match is not None and match.lastgroup:
        return replace(reading, bound=match.lastgroup, span=reading.span)
    if tail is not None and tail.lastgroup:
        return replace(reading, bound=tail.lastgroup)
    return reading


def bounded_span(text: str, reading: TimeReading) -> Span:
    """Return the span of *reading* with the word that bounds it ("since August")."""
    start, end = reading.span.start, reading.span.end
    match = _BOUND_BEFORE.search(text[max(0, start - 18) : start])
    if match is not None:
        start -= len(text[max(0, start - 18) : start]) - match.start()
    tail = _BOUND_AFTER.match(text, end)
    if tail is not None:
        end = tail.end()
    return Span(start, end)


def iso_text(
    start: date | None,
    end: date | None,
    precision: str,
    clock: str,
    *,
    last: date | None = None,
    clock_end: str = "",
) -> str:
    """Return the ISO 8601 text of a reading; *end* is the first day after a range, *last* the
    last day of a joined one, and *clock_end* the time of day on it."""
    if clock_end:
        until = iso_text(last, None, "day", clock_end)
        return f"{iso_text(start, None, 'day', clock)}/{until}"
    if start is None:
        return f"T{clock}" if clock else ""
    if last is not None and not clock:
        if precision == "years":
            return f"{start.year:04d}/{last.year:04d}"
        if precision == "months":
            return f"{start.year:04d}-{start.month:02d}/{last.year:04d}-{last.month:02d}"
        return f"{start.isoformat()}/{last.isoformat()}"
    if clock:
        return f"{start.isoformat()}T{clock}"
    if precision == "month":
        return f"{start.year:04d}-{start.month:02d}"
    if precision == "year":
        return f"{start.year:04d}"
    if end is not None:
        last = move_days(end, -1)
        if precision == "season":
            return f"{start.year:04d}-{start.month:02d}/{last.year:04d}-{last.month:02d}"
        if precision == "range" and end > start:
            last = end
        return f"{start.isoformat()}/{last.isoformat()}" if last > start else start.isoformat()
    return start.isoformat()


def find_dates(text: str, anchor: date | None) -> list[DateDraft]:
    """Return the dates and times of *text* as drafts, left to right.

    "now" and "at the moment" are left out: they date nothing a reader could compare.
    """
    drafts: list[DateDraft] = []
    for reading in find_times(text, anchor):
        words = reading.span.of(text)
        if fold(words) in _NO_DATE:
            continue
        iso = iso_text(
            reading.start,
            reading.end,
            reading.precision,
            reading.clock,
            last=reading.last,
            clock_end=reading.clock_end,
        )
        if not iso:
            continue
        readings: tuple[str, ...] = ()
        if reading.other is not None:
            other = iso_text(reading.other, reading.other_end, reading.precision, reading.clock)
            readings = (iso, other)
        drafts.append(
            DateDraft(
                reading.span,
                words,
                iso,
                anchor.isoformat() if reading.relative and anchor else None,
                readings,
            )
        )
    return drafts


_NO_DATE = frozenset(
    {
        "now",
        "right now",
        "at the moment",
        "at this moment",
        "at present",
        "at the minute",
        "the end of the day",
        "end of the day",
        "end of day",
    }
)
