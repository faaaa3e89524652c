"""What a date in a text was read as, and which way its words look."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_days import make_date
from apps.claims.analysis.time_tense import read_outlook
from apps.claims.analysis.time_words import fold


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A date, range or clock time in a text.

    *kind* is "date", "range", "datetime" or "time". *start* is the first day, *end* the
    first day after a range (None: open). *precision* is "day", "month", "year" or "range";
    *clock* "HH:MM" or "". *relative* when it was resolved against the anchor. *other* is
    the start of the reading not taken (past for future), None when there is one only.
    *bound* is "", "since", "after", "before", "until": the side left open.
    """

    span: Span
    kind: str
    start: date | None
    end: date | None = None
    precision: str = "day"
    clock: str = ""
    relative: bool = False
    other: date | None = None
    other_end: date | None = None
    bound: str = ""


Handler = Callable[[re.Match[str], "Context"], TimeReading | None]


@dataclass(frozen=True, slots=True)
class Context:
    text: str
    anchor: date | None


def span_of(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


# A verb far from the date is believed unless the other reading is this many times nearer.
_MUCH_NEARER = 2


def looks_ahead(text: str, span: Span) -> bool | None:
    """Return whether the clause around *span* speaks of the future, None when it doesn't say."""
    return read_outlook(text, span).ahead


def choose(
    context: Context, span: Span, past: date | None, future: date | None, *, days: int = 1
) -> tuple[date | None, date | None]:
    """Return (taken, other) of a past and a future reading of the same words.

    The verb decides; where it does not say, the nearer day. *days* is the length of what
    begins on these days.
    """
    if past is None or future is None or past == future:
        return past or future, None
    outlook = read_outlook(context.text, span)
    ahead = outlook.ahead
    if context.anchor is not None and not outlook.sure:
        gone = max((context.anchor - past).days - days + 1, 1)
        left = max((future - context.anchor).days, 1)
        if ahead is None:
            ahead = left * 3 < gone * 2
        elif ahead and gone * _MUCH_NEARER <= left:
            ahead = False
        elif not ahead and left * _MUCH_NEARER <= gone:
            ahead = True
    return (future, past) if ahead else (past, future)


def yearless(
    context: Context, span: Span, month: int, day: int, *, weekday: int | None = None
) -> tuple[date | None, date | None]:
    """Return (taken, other) day of this month and day, nearest before and after the anchor.

    With *weekday* (Monday is 0) only a day that is one is taken, if there is one within
    two years.
    """
    anchor = context.anchor
    if anchor is None:
        return None, None
    if weekday is not None:
        named = [
            value
            for value in (make_date(anchor.year + shift, month, day) for shift in (-1, 0, 1))
            if value is not None and value.weekday() == weekday
        ]
        if named:
            return min(named, key=lambda value: abs((value - anchor).days)), None
    past = future = None
    for year in range(anchor.year, max(anchor.year - 9, 1), -1):
        past = make_date(year, month, day)
        if past is not None and past <= anchor:
            break
        past = None
    for year in range(anchor.year, anchor.year + 9):
        future = make_date(year, month, day)
        if future is not None and future >= anchor:
            break
        future = None
    return choose(context, span, past, future)


def group_of(match: re.Match[str], name: str) -> str:
    return match.groupdict().get(name) or ""


def part_of(part: str, reading: TimeReading) -> TimeReading:
    """Narrow a range to its "early", "mid-", "late", "end of" part."""
    word = fold(part).replace("-", " ").strip()
    start, end = reading.start, reading.end
    if not word or start is None or end is None:
        return reading
    if reading.precision == "month":
        if word.startswith("mid"):
            return replace(
                reading, start=start.replace(day=10), end=start.replace(day=21), precision="part"
            )
        if word.startswith(("early", "the beginning", "beginning", "the start", "start")):
            return replace(reading, end=start.replace(day=16), precision="part")
        if word.startswith(("late", "the end", "end")):
            return replace(reading, start=start.replace(day=16), precision="part")
    if reading.precision == "year":
        year = start.year
        if word.startswith(("mid", "the middle", "middle")):
            return replace(reading, start=date(year, 6, 1), end=date(year, 7, 1), precision="month")
        if word.startswith(("the end", "end")):
            return replace(
                reading, start=date(year, 12, 1), end=date(year + 1, 1, 1), precision="month"
            )
        if word.startswith(("early", "the beginning", "beginning", "the start", "start")):
            return replace(reading, end=date(year, 7, 1), precision="year")
        if word.startswith("late"):
            return replace(reading, start=date(year, 7, 1), precision="year")
    return reading
