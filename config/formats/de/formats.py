"""Dates in German: months in few letters, with the full stops an ordinal takes."""

from __future__ import annotations

DATE_FORMAT = "j. N Y"
DATETIME_FORMAT = "j. N Y, H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j. N"
YEAR_MONTH_FORMAT = "F Y"
WEEKDAY_DATE_FORMAT = "D, j. N Y"
MONTH_DAY_TIME_FORMAT = "j. N, H:i"
LONG_DATETIME_FORMAT = "j. F Y, H:i"
