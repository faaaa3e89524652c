"""Times as they are told: a day, a month, a year, a moment; where they begin and end.

Works on ISO words alone, in the local time of whoever wrote them: a newspaper's "Tuesday" is
its own Tuesday, and so is its hour of publication. Local times are held as if in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.formats import date_format

from apps.claims.axes import Axis, Tick, percent

_HOUR = 3600.0
_DAY = 24 * _HOUR
# Steps of an axis of time, in days.
_STEPS = (1, 2, 3, 7, 14, 30, 61, 91, 182, 365)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """From *start* to *end*, local; equal for a moment. The end of a day is the next midnight."""

    start: datetime
    end: datetime

    @property
    def is_moment(self) -> bool:
        return self.start == self.end

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def meets(self, other: Stretch) -> bool:
        """Whether some moment lies in both; two days beside one another share none."""
        if self.is_moment or other.is_moment:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


def read_stretch(iso: str) -> Stretch | None:
    """Return when *iso* is: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, ``…THH:MM`` or ``A/B``.

    None for a clock time without a day, and for anything odd.
    """
    first, slash, last = iso.partition("/")
    if slash:
        begin, finish = read_stretch(first), read_stretch(last)
        if begin is None or finish is None or finish.end < begin.start:
            return None
        return Stretch(begin.start, finish.end)
    try:
        if "T" in iso[1:]:
            moment = datetime.fromisoformat(iso).replace(tzinfo=UTC)
            return Stretch(moment, moment)
        if len(iso) == 10:
            day = _midnight(date.fromisoformat(iso))
            return Stretch(day, day + timedelta(days=1))
        if len(iso) == 7:
            month = _midnight(date.fromisoformat(f"{iso}-01"))
            following = (month + timedelta(days=32)).replace(day=1)
            return Stretch(month, following)
        if len(iso) == 4:
            year = int(iso)
            return Stretch(_midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1)))
    except (ValueError, OverflowError):
        return None
    return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def describe_stretch(stretch: Stretch) -> str:
    """Return a stretch in words: "14 Oct 2025, 21:30", "14 Oct 2025", "October 2025", "1998"."""
    start, last = stretch.start, stretch.end - timedelta(days=1)
    if stretch.is_moment:
        return date_format(start, "DATETIME_FORMAT")
    if stretch.length == timedelta(days=1):
        return date_format(start, "WEEKDAY_DATE_FORMAT")
    if (start.month, start.day) == (1, 1) and (last.month, last.day) == (12, 31):
        return str(start.year) if last.year == start.year else f"{start.year}–{last.year}"
    if start.day == 1 and stretch.end.day == 1:
        first, end = (date_format(day, "YEAR_MONTH_FORMAT") for day in (start, last))
        return first if first == end else f"{first} – {end}"
    return f"{date_format(start)} – {date_format(last)}"


def seconds(moment: datetime) -> float:
    """Return *moment* as a number for an axis."""
    return moment.timestamp()


def build_time_axis(moments: list[datetime]) -> Axis:
    """Return an axis with room for *moments*. Raises ``ValueError`` without one."""
    if not moments:
        raise ValueError("an axis of time needs a moment")
    low, high = seconds(min(moments)), seconds(max(moments))
    room = max(0.04 * (high - low), 2 * _HOUR)
    return Axis(low - room, high + room)


def build_day_ticks(axis: Axis, *, most: int = 7) -> tuple[Tick, ...]:
    """Return the midnights of an axis with their dates, every so many days."""
    days = (axis.high - axis.low) / _DAY
    step = next((one for one in _STEPS if days / one <= most), None)
    if step is None:
        step = 365 * (int(days / 365 / most) + 1)
    start = datetime.fromtimestamp(axis.low, UTC).date()
    ticks: list[Tick] = []
    # Whole steps from a fixed Monday, so that the same axis has the same dates every time.
    number = -(-(start - date(1970, 1, 5)).days // step)
    while True:
        day = date(1970, 1, 5) + timedelta(days=number * step)
        at = seconds(_midnight(day))
        if at > axis.high:
            return tuple(ticks)
        if at >= axis.low:
            place = axis.place(at)
            anchor = "start" if place < 6 else "end" if place > 94 else "middle"
            label = date_format(day, "MONTH_DAY_FORMAT" if step < 300 else "Y")
            ticks.append(Tick(percent(place), label, anchor))
        number += 1
