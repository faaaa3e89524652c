"""Dates in English: the day first, in few letters."""

from __future__ import annotations

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j M"
YEAR_MONTH_FORMAT = "F Y"
# Ours: Django has no names for them.
WEEKDAY_DATE_FORMAT = "D j M Y"
MONTH_DAY_TIME_FORMAT = "j M, H:i"
LONG_DATETIME_FORMAT = "j F Y, H:i"
