"""Reads stretches of the calendar without a year of their own: quarters, seasons, edges of a year."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from apps.claims.analysis.calendar_days import (
    add_months,
    first_of_next_month,
    make_date,
    move_days,
    week_of,
)
from apps.claims.analysis.time_readings import (
    Context,
    TimeReading,
    choose,
    group_of,
    part_of,
    span_of,
    yearless,
)
from apps.claims.analysis.time_words import (
    SEASONS,
    count_pairs,
    day_number,
    fold,
    month_number,
    year_number,
)

_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
# "the third quarter" of a match is no date.
_SPORT = re.compile(
    r"\b(?:touchdowns?|quarterback|field\sgoals?|scored|scoring|rebounds?|halftime|half-time|buzzer|baskets?|layup|"
    r"free\sthrows?|coach|trailed|trailing|led\sby|lead|defen[cs]e|yards?|overtime|the\sball|points?\s(?:in|of)\sthe|kick)\b",
    re.IGNORECASE,
)


def read_day_of_which_year(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "July 1 next year", "3 May last year"."""
    if context.anchor is None:
        return None
    shift = {"last": -1, "next": 1}.get(fold(group_of(match, "which")), 0)
    value = make_date(
        context.anchor.year + shift,
        month_number(group_of(match, "month")),
        day_number(group_of(match, "day")),
    )
    return None if value is None else TimeReading(span_of(match), "date", value, relative=True)


def read_month_of_which_year(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "June next year", "September of last year"."""
    if context.anchor is None:
        return None
    year = context.anchor.year + {"last": -1, "next": 1}.get(fold(group_of(match, "which")), 0)
    start = date(year, month_number(group_of(match, "month")), 1)
    end = first_of_next_month(start.year, start.month)
    return part_of(
        group_of(match, "part"),
        TimeReading(span_of(match), "range", start, end, "month", relative=True),
    )


def read_split_year(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the 2025-26 season", "1914-18", "2026/27": whole years from the first to the last.

    "2010-11" alone may be a month; a year and the next one is read as such only where the
    two figures can be no month, or a word for a season follows.
    """
    first, last = int(group_of(match, "year")), int(group_of(match, "last_year"))
    until = first // 100 * 100 + last
    if until <= first:
        until += 100
    if until - first > 60:
        return None
    if 1 <= last <= 12 and not group_of(match, "what") and until != first + 1:
        return None
    if group_of(match, "mark") == "/" and until != first + 1:
        return None
    return TimeReading(
        span_of(match), "range", date(first, 1, 1), date(until + 1, 1, 1), "years",
        last=date(until, 12, 31),
    )  # fmt: skip


def read_edge_of_period(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the end of the month", "the start of the year", "the turn of the year", "year-end"."""
    anchor = context.anchor
    if anchor is None:
        return None
    unit = fold(group_of(match, "unit"))
    part = fold(group_of(match, "part")).removeprefix("the ").removeprefix("very ") or "end of"
    span = span_of(match)
    if part.startswith("turn"):
        if unit == "century":
            return TimeReading(span, "range", date(2000, 1, 1), date(2001, 1, 1), "year")
        if unit != "year":
            return None
        past, future = date(anchor.year, 1, 1), date(anchor.year + 1, 1, 1)
        start, other = choose(context, span, past, future, days=31)
        if start is None:
            return None
        return TimeReading(
            span, "range", start, add_months(start, 1), "month", relative=True, other=other
        )
    ends = part.startswith(("end", "close"))
    if unit == "week":
        monday = week_of(anchor)
        if ends:
            return TimeReading(
                span, "range", move_days(monday, 4), move_days(monday, 7), "week", relative=True
            )
        return TimeReading(span, "range", monday, move_days(monday, 2), "week", relative=True)
    if unit == "month":
        start = anchor.replace(day=1)
        end = first_of_next_month(start.year, start.month)
        return TimeReading(span, "range", start, end, "month", relative=True)
    if unit == "year":
        month = 12 if ends else 6 if part.startswith("middle") else 1
        start = date(anchor.year, month, 1)
        return TimeReading(span, "range", start, add_months(start, 1), "month", relative=True)
    size = 10 if unit == "decade" else 100
    first = anchor.year // size * size
    if part.startswith("middle") or first < 1:
        return None
    year = first + size - 1 if ends else first
    return TimeReading(span, "range", date(year, 1, 1), date(year + 1, 1, 1), "year", relative=True)


def read_loose_quarter(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the first quarter", "second half of the year": of the year the verb points to."""
    anchor = context.anchor
    if anchor is None or ("of the" not in fold(match.group()) and _SPORT.search(context.text)):
        return None
    number = _NUMBERS[fold(group_of(match, "quarter"))]
    length = 6 if group_of(match, "half") else 3
    month = 1 + length * (number - 1)
    span = span_of(match)
    if "of the" in fold(match.group()):
        start, other = date(anchor.year, month, 1), None
    else:
        past = date(anchor.year - (month > anchor.month), month, 1)
        future = date(anchor.year + (month < anchor.month), month, 1)
        chosen, other = choose(context, span, past, future, days=31 * length)
        if chosen is None:
            return None
        start = chosen
    return TimeReading(
        span, "range", start, add_months(start, length), "quarter", relative=True, other=other,
        other_end=None if other is None else add_months(other, length),
    )  # fmt: skip


def read_loose_season(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "in the spring", "over the summer", "by late autumn": the season the verb points to."""
    anchor = context.anchor
    if anchor is None:
        return None
    season = group_of(match, "season")
    before = context.text[max(0, match.start() - 7) : match.end()]
    if season.lower() in {"spring", "fall"} and not re.search(
        r"\bthe\s|\bthis\s|early\s|late\s|mid", before, re.IGNORECASE
    ):
        return None
    month = SEASONS[season.lower()][0]
    span = span_of(match)
    past = date(anchor.year - (month > anchor.month), month, 1)
    future = date(anchor.year + (month < anchor.month), month, 1)
    if re.search(r"\bthis\s", before, re.IGNORECASE):
        start, other = date(anchor.year, month, 1), None
    else:
        chosen, other = choose(context, span, past, future, days=92)
        if chosen is None:
            return None
        start = chosen
    return TimeReading(
        span, "range", start, add_months(start, 3), "season", relative=True, other=other,
        other_end=None if other is None else add_months(other, 3),
    )  # fmt: skip


def read_nine_eleven(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "9/11" and "the September 11 attacks": the day of 2001, whenever it is told."""
    if match.group().isdecimal():
        return None
    return TimeReading(span_of(match), "date", date(2001, 9, 11))


def read_months_to(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the year to June", "the three months ended Sept. 30": the stretch that ends there."""
    anchor = context.anchor
    pairs = count_pairs(group_of(match, "length")) or [(Decimal(1), "year")]
    months = sum(
        int(count) * {"month": 1, "quarter": 3, "year": 12}.get(unit, 0) for count, unit in pairs
    )
    if anchor is None or not 0 < months <= 240:
        return None
    month = month_number(group_of(match, "month"))
    year = year_number(group_of(match, "year")) if group_of(match, "year") else None
    if year is None:
        past = date(anchor.year - (month > anchor.month), month, 1)
        future = date(anchor.year + (month < anchor.month), month, 1)
        chosen, _ = choose(context, span_of(match), past, future, days=31)
        if chosen is None:
            return None
    else:
        chosen = date(year, month, 1)
    end = first_of_next_month(chosen.year, chosen.month)
    return TimeReading(
        span_of(match), "range", add_months(end, -months), end, "months",
        relative=not group_of(match, "year"), last=move_days(end, -1),
    )  # fmt: skip


def read_listed_day(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read the "2" of "on 2 and 4 October", the "15" of "Nov. 12, 13 and 15"."""
    value, other = yearless(
        context,
        span_of(match),
        month_number(group_of(match, "month_named")),
        day_number(group_of(match, "listed")),
    )
    return (
        None
        if value is None
        else TimeReading(span_of(match), "date", value, relative=True, other=other)
    )
