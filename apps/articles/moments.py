"""When something was published, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

UNDATED = gettext_noop("no date")
_DAY = len("2026-02-19")


def label_moment(iso: str, moment: datetime | None) -> str:
    """Return when something was published, as exact as it was stated, on the clock it was stated
    by: "19 Feb 2026", "19 Feb 2026, 22:05 UTC−5".

    *iso* is a day or a date-time with its zone, *moment* the same for sorting. Without *iso* it
    is the day of *moment* in the site's zone, without both "no date". Nothing is moved to
    another clock: an article of the 19th must not come out on the 20th.
    """
    if iso:
        return label_iso(iso)
    if moment is None:
        return gettext(UNDATED)
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def label_iso(iso: str) -> str:
    """Return an ISO day or date-time in words, with the zone where there is one."""
    stated = datetime.fromisoformat(iso)
    if len(iso) <= _DAY:
        return date_format(stated, "DATE_FORMAT")
    words = date_format(stated.replace(tzinfo=None), "DATETIME_FORMAT")
    offset = stated.utcoffset()
    return words if offset is None else f"{words} {name_offset(offset)}"


def label_here(moment: datetime) -> str:
    """Return when something was done in this product, in the site's zone, which is named."""
    local = timezone.localtime(moment)
    offset = local.utcoffset() or timedelta()
    return f"{date_format(local, 'DATETIME_FORMAT')} {name_offset(offset)}"


def name_offset(offset: timedelta) -> str:
    """Return "UTC", "UTC−5" or "UTC+5:30"."""
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
