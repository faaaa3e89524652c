"""How well amounts and dates are read, on sentences labelled by hand.

    python benchmarks/sentences.py quantities|times FILE.jsonl [--errors]

A line a text, fields and conventions in ``sentences/README.md``. A labelled item is found
when something read covers more than half of the shorter of both. Printed for quantities:
items found and of right value; of those with the right value how many have the right unit
and, where a noun is labelled, the right noun; for times: items found and of right value.
Spurious is what was read where nothing is labelled, as a share of all that was read, and
"at a trap" the part of it that lies in words labelled as something else ("Route 66").
"""

from __future__ import annotations

import argparse
import calendar
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import material  # noqa: F401  # makes the project importable

from apps.articles.text.language import load_pipeline, parse_texts
from apps.articles.text.spans import Span
from apps.articles.text.types import PublishedDate, Role, SegmentDraft
from apps.claims.analysis.extract import extract_article
from apps.claims.analysis.types import ArticleDraft, DateDraft, QuantityDraft, QuantityType

Json = Mapping[str, Any]
# Only dates need the day of publication; quantities are labelled without one.
_ANY_DAY = "2026-11-12"
# Other spellings of the labelled unit; "rupee" is not one of INR, nor "degrees" of degF.
_SPELLINGS = {
    "%": "percent",
    "°C": "degC",
    "°F": "degF",
    "astronomical units": "au",
    "Bitcoin": "BTC",
}
# "one" may be a pronoun and "doubled" is a change: read or not, neither is an error.
_NEUTRAL = frozenset({"a", "an", "one", "doubled", "halved", "tripled", "trebled", "quadrupled"})
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")  # "2026-11-12", not "2026-11"
_WEEK = re.compile(r"(\d{4})-W(\d\d)")  # "2026-W46", not "2026-46"
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")  # "2026-Q3", not "2026-3"
_MONTH = re.compile(r"(\d{4})-(\d\d)")  # "2026-11", not "2026"
_YEAR = re.compile(r"(\d{4})")  # "2026", not "26"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("task", choices=("quantities", "times"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", action="store_true", help="print everything that is wrong")
    options = parser.parse_args()
    lines = options.file.read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    count = _count_quantities if options.task == "quantities" else _count_times
    counts: Counter[str] = Counter()
    docs = parse_texts(load_pipeline(), ((case["text"], ()) for case in cases))
    for case, doc in zip(cases, docs, strict=True):
        article = extract_article(
            doc,
            article_id="x",
            outlet="x",
            title="",
            url="",
            published=PublishedDate(case.get("published", _ANY_DAY), "stated"),
            segments=[SegmentDraft(Span(0, len(case["text"])), Role.BODY, "")],
        )
        say = _sayer(case["id"], shown=options.errors)
        count(case, article, counts, say)
    _print(counts, quantities=options.task == "quantities")


def _count_quantities(
    case: Json, article: ArticleDraft, counts: Counter[str], say: Callable[[str, Any], None]
) -> None:
    read = [quantity for fact in article.sentences for quantity in fact.quantities]
    for item in case["items"]:
        near = [quantity for quantity in read if _covers(quantity.span, item)]
        right = [quantity for quantity in near if is_value_right(item, quantity)]
        counts.update(labelled=1, found=bool(near), right=bool(right))
        if not right:
            say("wrong" if near else "missed", (item["surface"], [q.text for q in near]))
            continue
        unit = is_unit_right(item, right[0])
        counts["unit"] += unit
        if not unit:
            say("unit", (item["surface"], item["unit"], right[0].unit))
        if item["counted"]:
            noun = is_noun_right(item["counted"], right[0].counted)
            counts.update({"with noun": 1, "noun": noun})
            if not noun:
                say("noun", (item["surface"], item["counted"], right[0].counted))
    # Plain ordinals are not labelled: reading one is no error.
    spans = [
        q.span
        for q in read
        if q.type is not QuantityType.ORDINAL and q.text.lower() not in _NEUTRAL
    ]
    _count_spurious(case, spans, case["not_quantities"], counts, say)


def _count_times(
    case: Json, article: ArticleDraft, counts: Counter[str], say: Callable[[str, Any], None]
) -> None:
    # Facts are in places of the article already, whatever their sentence.
    read = [found for fact in article.sentences for found in fact.dates]
    for item in case["items"]:
        near = [found for found in read if _covers(found.span, item)]
        right = any(is_date_right(item, found) for found in near)
        counts.update(labelled=1, found=bool(near), right=right)
        if not right:
            given = [found.iso for found in near]
            say("wrong" if near else "missed", (item["surface"], item["iso"], given))
    _count_spurious(case, [found.span for found in read], case["not_times"], counts, say)


def _count_spurious(
    case: Json,
    spans: Iterable[Span],
    traps: Iterable[str],
    counts: Counter[str],
    say: Callable[[str, Any], None],
) -> None:
    text = case["text"]
    places = [Span(text.index(trap), text.index(trap) + len(trap)) for trap in traps]
    for span in spans:
        counts["read"] += 1
        if not any(_covers(span, item) for item in case["items"]):
            trapped = any(span.overlap(place) for place in places)
            counts.update({"spurious": 1, "at a trap": trapped})
            say("trap" if trapped else "spurious", span.of(text))


def is_value_right(item: Json, quantity: QuantityDraft) -> bool:
    """Return whether an interval is the labelled one, as near as its wording says.

    Exact numbers and ranges must be equal. Vague words leave room: an end may be as far off
    as another careful reader would put it. A share may be a fraction: a quarter is 25 or 0.25.
    """
    low, high = (None if end is None else float(end) for end in (quantity.low, quantity.high))
    scales = [1.0]
    if item["unit"] == "percent" and quantity.unit != "%":
        scales.append(100.0)
    return any(
        _is_interval_right(
            item,
            None if low is None else low * scale,
            None if high is None else high * scale,
            vague=quantity.approximate,
        )
        for scale in scales
    )


def _is_interval_right(item: Json, low: float | None, high: float | None, *, vague: bool) -> bool:
    bound, start, end = item["bound"], item["low"], item["high"]
    # "more than 40 people" is 41 and up as well as 40 and up; of kilometres it is not.
    step = 1 if item["unit"] in {None, "people", "years"} else 0
    if bound == "more_than":
        return _is_one_of(low, start, start + step) and (high is None or high > start)
    if bound == "at_least":
        return _is_one_of(low, start) and (high is None or high > start)
    if bound == "less_than":
        return _is_one_of(high, end, end - step) and (low is None or low < end)
    if bound == "at_most":
        return _is_one_of(high, end) and (low is None or low < end)
    if bound != "about":
        return _is_one_of(low, start) and _is_one_of(high, end)
    if low is None or not (vague or low != high):
        return False
    return _is_about(start, end, low, high)


def _is_about(start: float, end: float, low: float, high: float | None) -> bool:
    """Compare with the labels of vague words, whose ends tell which word it was."""
    if _is_one_of(start, 0.9 * end):  # nearly N: 0.9 N to N, and not N to 1.1 N
        return (
            _is_within(low, 0.75 * end, end)
            and _is_within(high, 0.95 * end, 1.1 * end)
            and _is_within(low + (high or 0), 0, 2 * end)
        )
    if _is_one_of(end, 1.1 * start):  # just over N: N to 1.1 N
        return _is_within(low, 0.98 * start, 1.05 * start) and (
            high is None or _is_within(high, start, 1.25 * start)
        )
    if _is_one_of(end * 0.9, start * 1.1):  # about N: 0.9 N to 1.1 N
        middle = (start + end) / 2
        return _is_within(low, 0.8 * middle, 1.02 * middle) and _is_within(
            high, 0.98 * middle, 1.2 * middle
        )
    # Dozens, hundreds, a handful: nobody agrees where they end.
    return _is_within(low, 0.5 * start, 1.5 * start) and (
        high is None or _is_within(high, 0.5 * end, 2.1 * end)
    )


def _is_one_of(value: float | None, *wanted: float | None) -> bool:
    # Labels of thirds are rounded, hence the tolerance of one in ten thousand.
    return any(
        value is None and want is None
        if value is None or want is None
        else abs(value - want) <= 1e-4 * abs(want)
        for want in wanted
    )


def _is_within(value: float | None, least: float, most: float) -> bool:
    slack = 1e-4 * abs(most)
    return value is not None and least - slack <= value <= most + slack


def is_unit_right(item: Json, quantity: QuantityDraft) -> bool:
    """Return whether the unit is the labelled one; a counted noun may stand for none."""
    unit = _plain(_SPELLINGS.get(quantity.unit, quantity.unit))
    if item["unit"] is None:
        return not unit or unit == _plain(item["counted"] or "")
    if item["unit"] == "percent" and not unit:
        return quantity.high is not None and quantity.high <= 1
    return unit == _plain(item["unit"])


def is_noun_right(wanted: str, given: str) -> bool:
    """Return whether the nouns are the same or the one given holds all that is labelled."""
    mine, theirs = wanted.lower(), given.lower()
    return bool(theirs) and (mine.split()[-1] == theirs.split()[-1] or mine in theirs)


def _plain(unit: str) -> str:
    return unit.lower().replace("_", " ").rstrip("s")


def is_date_right(item: Json, found: DateDraft) -> bool:
    """Return whether a date is one of the labelled values.

    Right is the same stretch of days however written ("2026-Q1" is "2026-01/2026-03"). A
    clock time may be added to a labelled day; a labelled clock time must be there, and may
    stand without its day. A day within a labelled month is another date.
    """
    return any(_is_same_time(value, found.iso) for value in (item["iso"], *item["alternatives"]))


def _is_same_time(wanted: str, given: str) -> bool:
    mine, theirs = wanted.split("/"), given.split("/")
    if "T" in wanted:
        return len(mine) == len(theirs) and all(map(_is_same_minute, mine, theirs))
    days = [_days(end.split("T")[0]) for end in mine]
    other = [_days(end.split("T")[0]) for end in theirs]
    first, last, start, end = days[0], days[-1], other[0], other[-1]
    if first is None or last is None or start is None or end is None:
        return wanted == given
    return (first[0], last[1]) == (start[0], end[1])


def _is_same_minute(wanted: str, given: str) -> bool:
    day, _, clock = wanted.partition("T")
    other_day, _, other_clock = given.partition("T")
    return clock[:5] == other_clock[:5] and other_day in {"", day}


def _days(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a day, week, month, quarter or year."""
    if match := _DAY.fullmatch(text):
        day = date(*map(int, match.groups()))
        return day, day
    if match := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + timedelta(days=6)
    if match := _QUARTER.fullmatch(text):
        return _months(int(match[1]), 3 * int(match[2]) - 2, 3 * int(match[2]))
    if match := _MONTH.fullmatch(text):
        return _months(int(match[1]), int(match[2]), int(match[2]))
    if match := _YEAR.fullmatch(text):
        return _months(int(match[1]), 1, 12)
    return None


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _covers(span: Span, item: Json) -> bool:
    place = Span(item["start"], item["end"])
    return 2 * span.overlap(place) > min(span.end - span.start, place.end - place.start)


def _sayer(name: str, *, shown: bool) -> Callable[[str, Any], None]:
    def say(what: str, detail: Any) -> None:
        if shown:
            print(f"  {name} {what:9} {detail}")

    return say


def _print(counts: Counter[str], *, quantities: bool) -> None:
    rows = [("found", "found", "labelled"), ("right value", "right", "labelled")]
    if quantities:
        rows += [("right unit", "unit", "right"), ("counted noun", "noun", "with noun")]
    rows += [("spurious", "spurious", "read"), ("  at a trap", "at a trap", "read")]
    for name, part, whole in rows:
        share = counts[part] / max(1, counts[whole])
        print(f"{name:14} {share:.3f}  {counts[part]} of {counts[whole]}")


if __name__ == "__main__":
    main()
