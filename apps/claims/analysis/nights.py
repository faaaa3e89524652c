"""Which night "overnight" is: the one before the article, unless it tells of another time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from apps.claims.analysis.calendar_ranges import days_of
from apps.claims.analysis.types import DateDraft

# What is told of days further back than these is no news of the last night.
_RECENT = 7
_NIGHT = "overnight"


def keep_known_nights(
    dates: Iterable[DateDraft], told: DateDraft | None, anchor: date | None
) -> list[DateDraft]:
    """Return *dates*, those of one sentence in text order, without nights nobody can know.

    *told* is the date the article told last, *anchor* the day it was published. "The charger
    was left on overnight" behind "on Feb. 11, 2025", in an article of 2026, is a night of
    then, and not the one before the article.
    """
    kept: list[DateDraft] = []
    for found in dates:
        if found.text.lower() == _NIGHT and _is_long_past(told, anchor):
            continue
        kept.append(found)
        told = found
    return kept


def _is_long_past(told: DateDraft | None, anchor: date | None) -> bool:
    days = None if told is None or anchor is None else days_of(told)
    return days is not None and anchor is not None and (anchor - days.last).days > _RECENT
