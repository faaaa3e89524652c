"""Dates that count from one told before: "six months later", "the following day"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_days import (
    add_months,
    first_of_next_month,
    move_days,
    shift,
    week_of,
)
from apps.claims.analysis.time_readings import (
    Context,
    Step,
    TimeReading,
    group_of,
    looks_ahead,
    span_of,
)
from apps.claims.analysis.time_relative import coarse_unit
from apps.claims.analysis.time_words import (
    count_pairs,
    fold,
    month_number,
    unit_name,
    weekday_number,
)

_COARSENESS = {"day": 0, "month": 1, "year": 2, "decade": 3, "century": 4}


def read_later(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "three days later", "a year earlier": from the date told before, else from print.

    Without a date before it and with a verb that looks back, "two days later" names no day
    that can be told.
    """
    pairs = count_pairs(group_of(match, "length"))
    anchor = context.anchor
    if anchor is None or not pairs or any(count > 5000 for count, _ in pairs):
        return None
    if all(unit in {"hour", "minute", "second"} for _, unit in pairs):
        return None
    back = fold(group_of(match, "way")) in {"earlier", "before", "previously"}
    sign = -1 if back else 1
    day = anchor
    for count, unit in pairs:
        day = shift(day, count, unit, sign)
    stray = not back and looks_ahead(context.text, span_of(match)) is False
    unit = pairs[-1][1]
    return TimeReading(
        span_of(match), "date", day, relative=True,
        precision=coarse_unit(unit) if back else "day",
        step=Step("count", sign=sign, pairs=tuple(pairs), stray=stray),
    )  # fmt: skip


def read_next_day(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the following day", "the previous evening", "the night before", "the day after"."""
    if context.anchor is None:
        return None
    way = fold(group_of(match, "told"))
    unit = fold(group_of(match, "tunit"))
    back = way in {"previous", "preceding", "before", "earlier"}
    step = Step("count", sign=-1 if back else 1, pairs=((Decimal(1), "day"),), stray=not back)
    if unit in {"week", "month", "year"}:
        step = replace(step, pairs=((Decimal(1), unit),), whole=True)
        if not back:
            return None if way == "next" else _period(context, match, step, unit)
        return _period(context, match, step, unit)
    kind = "date" if unit == "day" else "datetime"
    day = move_days(context.anchor, -1 if back else 1)
    return TimeReading(span_of(match), kind, day, relative=True, step=step)


def _period(context: Context, match: re.Match[str], step: Step, unit: str) -> TimeReading | None:
    if context.anchor is None:
        return None
    start, end = _whole(shift(context.anchor, Decimal(1), unit, step.sign), unit)
    return TimeReading(
        span_of(match), "range", start, end, unit, relative=True, step=replace(step, stray=False)
    )


def _whole(day: date, unit: str) -> tuple[date, date]:
    if unit == "week":
        return week_of(day), move_days(week_of(day), 7)
    if unit == "month":
        return day.replace(day=1), first_of_next_month(day.year, day.month)
    return date(day.year, 1, 1), date(day.year + 1, 1, 1)


def read_following_name(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the following January", "the next Friday" after a date told before it.

    Alone they are left to the readers of months and weekdays.
    """
    anchor = context.anchor
    if anchor is None:
        return None
    month, weekday = group_of(match, "month"), group_of(match, "weekday")
    if month:
        step = Step("month", number=month_number(month))
        year = anchor.year + (step.number <= anchor.month)
        start = date(year, step.number, 1)
        end = first_of_next_month(year, step.number)
        return TimeReading(span_of(match), "range", start, end, "month", relative=True, step=step)
    step = Step("weekday", number=weekday_number(weekday))
    day = move_days(anchor, (step.number - anchor.weekday() - 1) % 7 + 1)
    return TimeReading(span_of(match), "date", day, relative=True, step=step)


def count_from_told(readings: list[TimeReading]) -> list[TimeReading]:
    """Return *readings* (text order) with those that count from one before them moved.

    What can count from nothing and looks back is left out.
    """
    told: TimeReading | None = None
    found: list[TimeReading] = []
    for reading in readings:
        moved: TimeReading | None = reading
        if reading.step is not None and reading.step.kind != "print":
            if told is not None and told.start is not None:
                moved = _moved(reading, reading.step, told.start, told)
            elif reading.step.stray:
                moved = None
        if moved is None:
            continue
        found.append(moved)
        if moved.start is not None and moved.kind != "time":
            told = moved
    return found


def _moved(reading: TimeReading, step: Step, start: date, told: TimeReading) -> TimeReading:
    if step.kind == "month":
        year = start.year + (step.number <= start.month and told.precision != "year")
        if told.precision == "year":
            year = start.year + 1
        first = date(min(year, 9998), step.number, 1)
        return replace(reading, start=first, end=first_of_next_month(first.year, first.month))
    if step.kind == "weekday":
        day = move_days(start, (step.number - start.weekday() - 1) % 7 + 1)
        return replace(reading, start=day)
    day = start
    for count, unit in step.pairs:
        day = shift(day, count, unit, step.sign)
    unit = unit_name(step.pairs[-1][1])
    if step.whole:
        first, end = _whole(day, unit)
        return replace(reading, start=first, end=end)
    coarse = max(coarse_unit(unit), told.precision, key=lambda name: _COARSENESS.get(name, 0))
    if coarse not in {"month", "year"}:
        return replace(reading, start=day, precision="day")
    first, end = _whole(day, coarse)
    return replace(reading, kind="range", start=first, end=end, precision=coarse)


def read_period_around(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the week before last", "the year after next", "this time last year"."""
    anchor = context.anchor
    if anchor is None:
        return None
    unit = fold(group_of(match, "unit"))
    steps = -2 if "last" in fold(match.group()) else 2
    start, end = _whole(shift(anchor, Decimal(2), unit, 1 if steps > 0 else -1), unit)
    return TimeReading(span_of(match), "range", start, end, unit, relative=True)


def read_this_time(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "this time last year", "the same week next month": about that day."""
    anchor = context.anchor
    if anchor is None:
        return None
    unit = fold(group_of(match, "unit"))
    sign = -1 if fold(group_of(match, "which")) == "last" else 1
    day = shift(anchor, Decimal(1), unit, sign)
    if unit == "year":
        day = add_months(anchor, 12 * sign)
        start, end = _whole(day, "month")
        return TimeReading(span_of(match), "range", start, end, "month", relative=True)
    return TimeReading(span_of(match), "date", day, relative=True)


def join_weekday(day: TimeReading, counted: TimeReading) -> TimeReading | None:
    """Return "Friday two weeks ago", "five years ago on Sunday" as one day, None when it is none.

    Weeks are counted to the nearest such weekday going back, to the one of that week going
    ahead; months and years from the weekday itself going back, to the next one going ahead.
    """
    step = counted.step
    if step is None or step.kind != "print" or day.start is None or counted.start is None:
        return None
    unit = unit_name(step.pairs[-1][1])
    weekday = day.start.weekday()
    span = Span(min(day.span.start, counted.span.start), max(day.span.end, counted.span.end))
    target = counted.start
    if unit in {"day", "week", "fortnight"}:
        if step.sign < 0:
            value = move_days(target, (weekday - target.weekday() + 3) % 7 - 3)
        else:
            value = move_days(week_of(target), weekday)
    elif step.sign < 0:
        value = day.start
        for count, name in step.pairs:
            value = shift(value, count, name, -1)
    else:
        value = move_days(target, (weekday - target.weekday()) % 7)
    return TimeReading(span, "date", value, relative=True)
