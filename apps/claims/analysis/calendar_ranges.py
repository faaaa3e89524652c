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
    """Return the date as a reader writes it: "1 July 2026", "April 2024", "2023"."""
    first, _, last = value.iso.partition("/")
    shown = [_show(part) for part in (first, last) if part]
    return "–".join(shown)


def _show(iso: str) -> str:
    match = _ISO.match(iso)
    if match is None:
        return iso
    year, month, day = match.groups()
    if month is None:
        return year
    name = calendar.month_name[int(month)]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"
