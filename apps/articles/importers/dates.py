"""Dates as files state them."""

from __future__ import annotations

import re
from datetime import date, datetime

# Matches "2025-03-15" and "20250315"; not "2025-03" (a month is no date of publication).
_DAY = re.compile(r"\A\d{4}-?\d{2}-?\d{2}\Z")


def read_date(value: str) -> date | datetime | None:
    """Return an ISO 8601 date or date-time; None when *value* is neither.

    A date-time keeps its zone, and stays without one when it has none: whose clock that
    is, the site decides.
    """
    value = value.strip()
    try:
        if _DAY.match(value):
            return date.fromisoformat(value)
        if len(value) > 10 and value[10] in "Tt ":
            return datetime.fromisoformat(value)
    except ValueError:
        return None
    return None
