"""Stretches of time told without a number: "a year of free checks", "less than an hour"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from apps.articles.text.spans import Span
from apps.claims.analysis.types import QuantityDraft, QuantityType

# Unit as other measures print it, the base it is compared in, and its size there.
_UNITS = {
    "minute": ("minutes", "s", 60),
    "hour": ("hours", "s", 3600),
    "day": ("days", "s", 86400),
    "week": ("weeks", "s", 604800),
    "month": ("months", "months", 1),
    "year": ("years", "months", 12),
    "decade": ("years", "months", 120),
}
_LENGTHS = {"decade": 10}
# Matches "a year of free checks", "a week's pay", "less than a minute and a half", "for a month";
# not "$2 a day", "three times a week", "a year ago", "a day later".
_PERIOD = re.compile(
    r"(?P<bound>\b(?:less than|under|within|more than|over|at least|for|lasted|took|just|only|about|needed)\s+)?"
    r"\b(?P<core>an?\s+(?P<unit>minute|hour|day|week|month|year|decade)(?P<half>\s+and\s+a\s+half)?)\b"
    r"(?P<owner>['’]s\b|\s+of\b)?(?!\s+(?:ago|later|earlier|before|after|when|that|from|in which))",
    re.IGNORECASE,
)
_LOWER = ("more than", "over", "at least")
_UPPER = ("less than", "under", "within")


def find_lone_periods(text: str, span: Span) -> Iterator[QuantityDraft]:
    """Yield the periods of one in the words of *span*, as measures in text order."""
    for match in _PERIOD.finditer(text, span.start, span.end):
        if not (match["bound"] or match["half"] or match["owner"]):
            continue
        name, base, size = _UNITS[match["unit"].lower()]
        length = Decimal(_LENGTHS.get(match["unit"].lower(), 1))
        if match["half"]:
            length += Decimal("0.5")
        bound = " ".join((match["bound"] or "").lower().split())
        low = Decimal(0) if bound in _UPPER else length
        high = None if bound in _LOWER else length
        scale = Decimal(size) / Decimal(_LENGTHS.get(match["unit"].lower(), 1))
        start = match.start() if bound in (*_LOWER, *_UPPER) else match.start("core")
        found = Span(start, match.end("core"))
        yield QuantityDraft(
            span=found, text=found.of(text), low=low, high=high, type=QuantityType.MEASURE,
            unit=name, si=(base, low * scale, None if high is None else high * scale),
        )  # fmt: skip
