"""What a date in a text was read as, and which way its words look."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_days import make_date
from apps.claims.analysis.time_tense import read_outlook
from apps.claims.analysis.time_words import fold


@dataclass(frozen=True, slots=True)
class Step:
    """How a reading counts from the date told before it.

    *kind* is "count" (*pairs* of number and unit, *sign* 1 or -1; *whole* for the whole
    week or month), "month" or "weekday" (*number*: the next such after it), "print" for a
    count from the day of printing, which only a weekday beside it moves. *stray* when
    without a date before it the words name no day.
    """

    kind: str
    sign: int = 1
    pairs: tuple[tuple[Decimal, str], ...] = ()
    number: int = 0
    whole: bool = False
    stray: bool = False


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A date, range or clock time in a text.

    *kind* is "date", "range", "datetime" or "time". *start* is the first day, *end* the
    first day after a range (None: open). *precision* is "day", "month", "year" or "range";
    *clock* "HH:MM" or "". *relative* when it was resolved against the anchor. *other* is
    the start of the reading not taken (past for future), None when there is one only.
    *bound* is "", "since", "after", "before", "until": the side left open. *last* is the
    last day of a joined range ("October to December": *end* is the first of December).
    *clock_end* is the time of day a stretch of hours ends. *step* counts from a date before.
    *to_its_end*: as the end of a range it counts up to its last day ("the end of June").
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
    last: date | None = None
    clock_end: str = ""
    step: Step | None = None
    to_its_end: bool = False


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
    """Narrow a range to its "early", "mid-", "late", "end of" part, in both its readings."""
    word = fold(part).replace("-", " ").strip().removeprefix("the ")
    if not word or reading.start is None or reading.end is None:
        return reading
    narrowed = _narrow(word, reading.precision, reading.start, reading.end)
    if narrowed is None:
        return reading
    start, end, precision = narrowed
    other, other_end = reading.other, reading.other_end
    if other is not None and other_end is not None:
        second = _narrow(word, reading.precision, other, other_end)
        if second is not None:
            other, other_end = second[0], second[1]
    return replace(
        reading, start=start, end=end, precision=precision, other=other, other_end=other_end,
        to_its_end=word.startswith("end"),
    )  # fmt: skip


def _narrow(word: str, precision: str, start: date, end: date) -> tuple[date, date, str] | None:
    """Return (first day, day after the last, precision) of a part of a month or a year."""
    early = word.startswith(("early", "beginning", "start"))
    if precision == "month":
        if word.startswith("mid"):
            return start.replace(day=10), start.replace(day=21), "part"
        if early:
            return start, start.replace(day=16), "part"
        if word.startswith(("late", "end")):
            return start.replace(day=16), end, "part"
    if precision == "year":
        year = start.year
        if word.startswith("mid"):
            return date(year, 6, 1), date(year, 7, 1), "month"
        if word.startswith("end"):
            return date(year, 12, 1), date(year + 1, 1, 1), "month"
        if early:
            return start, date(year, 7, 1), "year"
        if word.startswith("late"):
            return date(year, 7, 1), end, "year"
    return None
