"""Arithmetic with days: months, weeks, weekdays, holidays of the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

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


def holiday(name: str, year: int) -> date | None:
    """Return the day of a holiday in *year*, None when the name is not known."""
    folded = fold(name).replace("’", "'").replace("'", "").replace(".", "")
    fixed = {
        "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
        "new years eve": (12, 31), "new years day": (1, 1), "new years": (1, 1), "new year": (1, 1),
        "halloween": (10, 31), "valentines day": (2, 14), "independence day": (7, 4), "veterans day": (11, 11),
        "st patricks day": (3, 17), "april fools day": (4, 1), "april fool day": (4, 1), "juneteenth": (6, 19),
        "groundhog day": (2, 2), "earth day": (4, 22), "may day": (5, 1), "bastille day": (7, 14),
        "canada day": (7, 1), "australia day": (1, 26), "cinco de mayo": (5, 5), "inauguration day": (1, 20),
        "new year day": (1, 1), "new year eve": (12, 31),
    }  # fmt: skip
    if folded in fixed:
        return date(year, *fixed[folded])
    moving = {
        "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "labor day": (9, 0, 1), "labour day": (9, 0, 1),
        "memorial day": (5, 0, -1), "mlk day": (1, 0, 3), "presidents day": (2, 0, 3), "columbus day": (10, 0, 2),
        "mothers day": (5, 6, 2), "fathers day": (6, 6, 3),
    }  # fmt: skip
    if folded in moving:
        return nth_weekday(year, *moving[folded])
    if folded.startswith("martin luther"):
        return nth_weekday(year, 1, 0, 3)
    if folded in {"black friday", "cyber monday"}:
        return move_days(nth_weekday(year, 11, 3, 4), 1 if folded == "black friday" else 4)
    if folded == "election day":
        return move_days(nth_weekday(year, 11, 0, 1), 1)
    shifts = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2}
    return move_days(easter(year), shifts[folded]) if folded in shifts else None


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
