"""Arithmetic with days: months, weeks, weekdays, holidays of the calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from apps.claims.analysis.lexicon import read_forms, read_rows
from apps.claims.analysis.time_words import fold


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the day, None when there is no such day."""
    if not (1 <= month <= 12 and 1 <= year <= 9998 and 1 <= day <= 31):
        return None
    last = (first_of_next_month(year, month) - timedelta(1)).day
    return date(year, month, day) if day <= last else None


def first_of_next_month(year: int, month: int) -> date:
    return date(year + (month == 12), month % 12 + 1, 1)


def add_months(day: date, months: int) -> date:
    """Return *day* moved by *months*, the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    year = min(max(year, 1), 9998)
    last = (first_of_next_month(year, month + 1) - timedelta(1)).day
    return date(year, month + 1, min(day.day, last))


def move_days(day: date, days: int) -> date:
    ordinal = min(max(day.toordinal() + days, 1), date(9998, 12, 31).toordinal())
    return date.fromordinal(ordinal)


def week_of(day: date) -> date:
    return move_days(day, -day.weekday())


def easter(year: int) -> date:
    """Return Easter Sunday. Method: the anonymous Gregorian computus (Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the *nth* weekday of a month; -1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return move_days(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = move_days(first_of_next_month(year, month), -1)
    return move_days(last, -((last.weekday() - weekday) % 7))


@cache
def _holidays() -> dict[str, str]:
    """Return the rule of each holiday by its folded name."""
    return {form: row[1] for row in read_rows("holidays") for form in read_forms(row[0])}


def holiday_names() -> list[str]:
    """Return the names of all holidays, folded and without their marks: "mothers day"."""
    return sorted(_holidays())


def holiday_pattern() -> str:
    """Return a pattern of all names of holidays, "Mother's Day" with or without its mark."""
    forms = sorted(_holidays(), key=lambda form: (-len(form), form))
    written = [
        re.sub(r"s(?=\\ day|\\ eve|\\ night|$)", "[’']?s[’']?", re.escape(form))
        .replace(r"\ jr", r"\ jr\.?")
        .replace("st\\ ", "st\\.?\\ ")
        .replace(r"\ ", r"\s")
        for form in forms
    ]
    return rf"(?:{'|'.join(written)})(?![\w])"


def holiday(name: str, year: int) -> date | None:
    """Return the day of a holiday in *year*, None when the name or its day is not known."""
    folded = re.sub(r"[’'.]", "", fold(name))
    rule = _holidays().get(folded)
    if rule is None:
        return None
    parts = rule.split()
    if parts[0] == "easter":
        return move_days(easter(year), int(parts[1]))
    if len(parts[0]) == 5:
        return date(year, int(parts[0][:2]), int(parts[0][3:]))
    if len(parts[0]) == 10:
        return next(
            (date.fromisoformat(part) for part in parts if part.startswith(f"{year:04d}-")), None
        )
    nth, weekday, month = (int(part) for part in parts[:3])
    day = nth_weekday(year, month, weekday, nth)
    return move_days(day, int(parts[3])) if len(parts) > 3 else day


def shift(day: date, count: Decimal, unit: str, sign: int) -> date:
    number = int(count)
    if unit == "business":
        left = number
        while left > 0:
            day = move_days(day, sign)
            if day.weekday() < 5:
                left -= 1
        return day
    if unit in {"day", "week", "fortnight", "weekend"}:
        days = count * {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}[unit]
        return move_days(day, sign * int(days))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months is not None:
        return add_months(day, sign * int(count * months))
    return day  # hours and less: the same day, near enough
