"""Numbers, percentages, money, ranges and dates of short texts, in the evaluator's format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from apps.articles.text.spans import Span
from apps.claims.analysis.amounts import Amount, find_amounts
from apps.claims.analysis.times import TimeReading, bounded_span, find_times
from apps.claims.analysis.types import QuantityType


def predict(nlp: Any, records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one prediction a record. *nlp* is not needed: the texts are no sentences."""
    for record in records:
        text = record["input"]
        stated = record.get("reference_time")
        anchor = date.fromisoformat(stated[:10]) if stated else None
        times = find_times(text, anchor)
        dates = [time for time in times if time.start is not None or time.end is not None]
        items = [_date_item(text, time) for time in dates]
        taken = [time.span for time in dates if not _only_year(text, time.span)]
        for amount in find_amounts(text, skip=taken):
            items.extend(_amount_items(amount))
        items.sort(key=lambda item: (item["start"], item["end"], item["type"]))
        yield {"id": record["id"], "items": items}


def _only_year(text: str, span: Span) -> bool:
    return len(span) == 4 and span.of(text).isdecimal()


def _amount_items(amount: Amount) -> Iterator[dict[str, Any]]:
    core = {"start": amount.core.start, "end": amount.core.end}
    if amount.type is QuantityType.MONEY and amount.figure is not None:
        yield {**core, "type": "currency", "value": float(amount.figure), "unit": amount.unit}
    elif amount.type is QuantityType.PERCENT and amount.figure is not None:
        yield {**core, "type": "percentage", "value": float(amount.figure)}
    elif amount.style in {"bound", "range"}:
        yield {
            "start": amount.span.start,
            "end": amount.span.end,
            "type": "numberrange",
            "low": None if amount.low is None else float(amount.low),
            "high": None if amount.high is None else float(amount.high),
        }
    elif amount.figure is not None:
        yield {**core, "type": "number", "value": float(amount.figure)}


def _date_item(text: str, time: TimeReading) -> dict[str, Any]:
    span = {"start": time.span.start, "end": time.span.end}
    if time.kind in {"date", "datetime"} and time.start is not None and not time.bound:
        return {**span, "type": time.kind, "value": time.start.isoformat()}
    start, end = time.start, time.end
    if time.bound:
        # "since August" begins with the month, "after August" when it is over.
        whole = bounded_span(text, time)
        span = {"start": whole.start, "end": whole.end}
        last = time.end if time.end is not None and time.kind == "range" else time.start
        if time.bound == "since":
            end = None
        elif time.bound == "after":
            start, end = last, None
        else:
            start, end = None, time.start
    return {
        **span,
        "type": "daterange",
        "start_date": None if start is None else start.isoformat(),
        "end_date": None if end is None else end.isoformat(),
    }
