"""Resolved dates as ranges of days, so that "spring 2023" can meet "2023-04"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from apps.claims.analysis.types import DateDraft

# Matches "2025", "2025-03", "2025-03-15", the last also with "T18:00"; not "T18:00" alone.
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?$")


@dataclass(frozen=True, slots=True)
class Days:
    """All days from *first* to *last*, both included."""

    first: date
    last: date


def days_of(value: DateDraft) -> Days | None:
    """Return the days *value* may mean; None for a bare time of day or an odd value."""
    first, _, last = value.iso.partition("/")
    start, end = _range(first), _range(last or first)
    return Days(start.first, end.last) if start and end and start.first <= end.last else None


def _range(iso: str) -> Days | None:
    match = _ISO.match(iso)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return Days(date(year, 1, 1), date(year, 12, 31))
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return Days(date(year, month, 1), date(year, month, length))
    if not 1 <= day <= length:
        return None
    return Days(date(year, month, day), date(year, month, day))


def show_days(value: DateDraft) -> str:
    """Return the date as a reader writes it: "1 July 2026", "April 2024", "16–30 June 2026"."""
    first, _, last = value.iso.partition("/")
    if not last or first == last:
        return show_day(first)
    begin, end = show_day(first).split(), show_day(last).split()
    if len(begin) == len(end):
        # The month and the year both ends share are said once.
        while len(begin) > 1 and begin[-1] == end[len(begin) - 1]:
            begin.pop()
    return f"{' '.join(begin)}–{' '.join(end)}"


def show_day(iso: str) -> str:
    """Return an ISO date in words, whatever it gives: "1 July 2026", "April 2024", "2023"."""
    match = _ISO.match(iso)
    if match is None:
        return iso
    year, month, day = match.groups()
    if month is None:
        return year
    name = calendar.month_name[int(month)]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"
