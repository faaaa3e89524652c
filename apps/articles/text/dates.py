"""The day an article was published, when nobody says it: read off the page.

A date in the report is no evidence, reports speak of other days. What counts is where a
date stands: a line that says "Published", the address, a byline, a dateline, a caption.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from apps.articles.text.lines import plain_text
from apps.articles.text.pictures import MONTHS
from apps.articles.text.spans import Span
from apps.articles.text.types import PublishedDate, Role, SegmentDraft

FIRST_YEAR, LAST_YEAR = 1980, 2099
# A page is published within days of its newest picture.
DAYS_AFTER_PICTURES = 7
MOST_PARAGRAPHS_ABOVE = 2
# Characters of a line that are quoted with a date.
_QUOTED_BEFORE, _QUOTED_BEHIND = 60, 30

_MONTH_NUMBERS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,? )?"
# A page's parts run together: "May 8, 20255:01 AM".
_YEAR = r"(?P<year>(?:19|20)\d\d)(?=\D|$|\d{1,2}:\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{MONTHS})"
# "Thursday, March 6, 2025", "6 March 2025", "6th of March, 2025", "Mar. 6 2025".
_WRITTEN = (
    re.compile(rf"\b{_WEEKDAY}{_MONTH} {_DAY},? {_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_WEEKDAY}(?:the )?{_DAY}\.? (?:of )?{_MONTH},? {_YEAR}", re.IGNORECASE),
)
# "2025-03-06", "2025/3/6", "2025-03-06T08:05:00Z".
_ISO = re.compile(
    rf"\b{_YEAR}(?P<mark>[-/.])(?P<number>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)"
)
# "06.03.2025" is the sixth of March, "03/27/2025" and "27/03/2025" the 27th; "03/06/2025" is
# either, and so nothing.
_NUMBERS = re.compile(
    rf"(?<!\d)(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark){_YEAR}(?!\d)"
)
_NO_YEAR = (
    re.compile(rf"\b{_WEEKDAY}{_MONTH} {_DAY}\b(?! ?,? ?(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(rf"\b{_WEEKDAY}{_DAY} {_MONTH}\b(?! ?,? ?(?:19|20)\d\d)", re.IGNORECASE),
)
_TIME = re.compile(
    r"(?:T|\b)(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d)(?:\.\d+)?)?"
    r"\s?(?P<half>[ap]\.?m\b\.?)?,?\s?\(?(?P<zone>Z|UTC|GMT|[A-Z]{2,4}T|BST|[+-]\d\d:?\d\d)?(?![a-z])",
    re.IGNORECASE,
)
# Hours ahead of UTC of zones that mean one thing wherever they are printed. BST, IST and
# CST outside America mean several: without an offset the day is enough.
_ZONES = {
    "z": 0.0, "utc": 0.0, "gmt": 0.0, "wet": 0.0, "west": 1.0, "cet": 1.0, "cest": 2.0, "eet": 2.0, "eest": 3.0,
    "est": -5.0, "edt": -4.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0,
    "akst": -9.0, "akdt": -8.0, "hst": -10.0, "jst": 9.0, "aest": 10.0, "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0,
}  # fmt: skip
_URL_DATE = (
    re.compile(
        r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2}|[a-z]{3})/(?P<day>\d{1,2})(?=/|$|[^\d/])",
        re.IGNORECASE,
    ),
    re.compile(r"(?<!\d)(?P<year>20\d\d)[-_](?P<month>\d{1,2})[-_](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])(?!\d)"),
)
_PUBLISHED = re.compile(
    r"\b(?:first |originally )?(?:published|posted|created|issued|publication date|date)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:last )?(?:updated?|modified|amended|revised)\b", re.IGNORECASE)
_ARCHIVE = re.compile(
    r"\bFILE\b|\bfile (?:photo|picture|image)|\barchive\b|\bundated\b|\bpool photo from\b"
)


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    day: date
    iso: str


def find_published(
    text: str, segments: Sequence[SegmentDraft], *, stated: date | datetime | None, url: str = ""
) -> PublishedDate | None:
    """Return when the article was published, None when nothing on the page tells.

    *stated* wins; a stated time without a zone counts as a day. Else the most reliable
    place that has a date: a line that says "published" (``inferred:published``), the
    address (``inferred:url``), a line that is only a date (``inferred:dateline``), a byline
    (``inferred:byline``), a dateline with a day (its year from the rest of the page), a line
    that says "updated" (``inferred:updated``), captions (``inferred:caption``). A weekday that does
    not fit its date makes the date worthless. Dates within the report never count.
    """
    if stated is not None:
        return PublishedDate(_as_iso(stated), "stated")
    in_url = _find_in_url(url)
    lines = _dated_lines(text, segments)
    for source in ("published", "url", "dateline", "byline"):
        if source == "url":
            if in_url is not None:
                return PublishedDate(in_url.isoformat(), "inferred:url")
            continue
        for named, found in lines:
            if named == source:
                return PublishedDate(found.iso, f"inferred:{source}", found.span)
    pictures = _find_in_captions(text, segments)
    without_year = _find_in_dateline(text, segments, pictures)
    if without_year is not None:
        return without_year
    for named, found in lines:
        if named == "updated":
            return PublishedDate(found.iso, "inferred:updated", found.span)
    if pictures is not None:
        return PublishedDate(pictures.iso, "inferred:caption", pictures.span)
    return None


def quote_date(text: str, span: Span) -> str:
    """Return the words a date stands in, for readers: its line, or with "…" what is near it."""
    first = max(text.rfind(mark, 0, span.start) for mark in "\n\r") + 1
    ends = [place for mark in "\n\r" if (place := text.find(mark, span.end)) >= 0]
    last = min(ends, default=len(text))
    start, end = first, last
    if span.start - first > _QUOTED_BEFORE:
        start = text.find(" ", span.start - _QUOTED_BEFORE, span.start) + 1 or span.start
    if last - span.end > _QUOTED_BEHIND:
        end = max(text.rfind(" ", span.end, span.end + _QUOTED_BEHIND), span.end)
    words = " ".join(text[start:end].split())
    return "… " * (start > first) + words + " …" * (end < last)


def _dated_lines(text: str, segments: Sequence[SegmentDraft]) -> list[tuple[str, _Found]]:
    """Return the dates of lines about the page, each with what it is the date of.

    A bare date counts only near the top: further down it heads an entry of a list or a
    chronicle. Notes of the editors count when they say "published" right before the date.
    """
    dated: list[tuple[str, _Found]] = []
    paragraphs = 0
    for segment in segments:
        if segment.role is Role.BODY:
            paragraphs += 1
        if segment.role not in (Role.DATELINE, Role.BYLINE, Role.BOILERPLATE):
            continue
        for found in _find_dates(text, segment.span):
            source = _source_of(text, segment, found)
            if segment.role is Role.BOILERPLATE:
                near = text[max(segment.span.start, found.span.start - 24) : found.span.start]
                if source == "published" and _PUBLISHED.search(near):
                    dated.append((source, found))
            elif source in ("published", "updated") or paragraphs <= MOST_PARAGRAPHS_ABOVE:
                dated.append((source, found))
    return dated


def _as_iso(stated: date | datetime) -> str:
    if isinstance(stated, datetime):
        return stated.isoformat() if stated.utcoffset() is not None else stated.date().isoformat()
    return stated.isoformat()


def _source_of(text: str, segment: SegmentDraft, found: _Found) -> str:
    """Return what the words in front of a date say it is the date of."""
    before = text[segment.span.start : found.span.start]
    published = [match.end() for match in _PUBLISHED.finditer(before)]
    updated = [match.end() for match in _UPDATED.finditer(before)]
    if published and (not updated or published[-1] > updated[-1]):
        return "published"
    if updated:
        return "updated"
    return "byline" if segment.role is Role.BYLINE else "dateline"


def _find_dates(text: str, span: Span) -> Iterator[_Found]:
    """Yield the complete dates in *span*, left to right, with a time if its zone is known."""
    words = span.of(text)[:400]
    matches: list[tuple[int, int, date]] = []
    for pattern in (*_WRITTEN, _ISO, _NUMBERS):
        for match in pattern.finditer(words):
            day = _read_day(match)
            if day is not None:
                matches.append((match.start(), match.end(), day))
    for start, end, day in sorted(matches):
        iso = day.isoformat() + _find_time(words, start, end)
        yield _Found(Span(span.start + start, span.start + end), day, iso)


def _read_day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if parts.get("first") is not None:
        first, second = int(parts["first"]), int(parts["second"])
        if parts["mark"] == "." or first > 12 or first == second:
            day, month = first, second
        elif second > 12:
            month, day = first, second
        else:
            return None
    else:
        day = int(parts["day"])
        month = (
            int(parts["number"])
            if parts.get("number")
            else _MONTH_NUMBERS[parts["month"][:3].lower()]
        )
    return _make_day(year, month, day, parts.get("weekday"))


def _make_day(year: int, month: int, day: int, weekday: str | None = None) -> date | None:
    if not (
        FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= _last_day(year, month)
    ):
        return None
    made = date(year, month, day)
    if weekday and _WEEKDAYS[made.weekday()] != weekday[:3].lower():
        return None
    return made


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def _find_time(words: str, start: int, end: int) -> str:
    """Return "T08:05:00-07:00" when a time with a known zone stands beside a date, else ""."""
    # The time stands right before ("08:14 GMT, 2 May 2025") or behind, up to a bar.
    before = [match for match in _TIME.finditer(words[:start]) if start - match.end() <= 4]
    behind = re.split(r"[|•·]|\bupdated", words[end : end + 40], maxsplit=1, flags=re.IGNORECASE)[0]
    match = before[-1] if before else _TIME.search(words[: end + len(behind)], end)
    if match is None or match["zone"] is None:
        return ""
    zone = match["zone"].lower()
    if zone[0] in "+-":
        hours = int(zone[1:3]) + int(zone[-2:]) / 60
        offset = hours if zone[0] == "+" else -hours
    elif zone in _ZONES:
        offset = _ZONES[zone]
    else:
        return ""
    if abs(offset) > 14:
        return ""
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if match["half"][0].lower() == "p" else 0)
    sign = "-" if offset < 0 else "+"
    minutes = round(abs(offset) * 60)
    second = match["second"] or "00"
    return f"T{hour:02d}:{match['minute']}:{second}{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def _find_in_url(url: str) -> date | None:
    path = url.split("?", 1)[0]
    for pattern in _URL_DATE:
        for match in pattern.finditer(path):
            written = match["month"].lower()
            month = int(written) if written.isdigit() else _MONTH_NUMBERS.get(written[:3], 0)
            day = _make_day(int(match["year"]), month, int(match["day"]))
            if day is not None:
                return day
    return None


def _find_in_captions(text: str, segments: Sequence[SegmentDraft]) -> _Found | None:
    """Return the newest date of the story's own pictures, near the one most of them have.

    Pictures from the archive say so, or are far older than the rest.
    """
    seen: set[str] = set()
    found: list[_Found] = []
    for segment in segments:
        words = segment.span.of(text)
        plain = plain_text(words)
        if segment.role is not Role.CAPTION or plain in seen or _ARCHIVE.search(words):
            continue
        seen.add(plain)
        found.extend(_find_dates(text, segment.span))
    if not found:
        return None
    counts = Counter(each.day for each in found)
    usual = max(counts, key=lambda day: (counts[day], day))
    near = [
        each for each in found if usual <= each.day <= usual + timedelta(days=DAYS_AFTER_PICTURES)
    ]
    newest = max(each.day for each in near)
    return next(each for each in near if each.day == newest)


def _find_in_dateline(
    text: str, segments: Sequence[SegmentDraft], pictures: _Found | None
) -> PublishedDate | None:
    """Read "OSLO, March 3 (NP) —": day and month there, the year from a picture or copyright."""
    year = pictures.day.year if pictures is not None else _find_copyright_year(text, segments)
    if year is None:
        return None
    for segment in segments:
        if segment.role not in (Role.DATELINE, Role.BYLINE):
            continue
        words = segment.span.of(text)[:200]
        for pattern in _NO_YEAR:
            match = pattern.search(words)
            if match is None:
                continue
            month = _MONTH_NUMBERS[match["month"][:3].lower()]
            day = _make_day(year, month, int(match["day"]), match["weekday"])
            if day is not None:
                span = Span(segment.span.start + match.start(), segment.span.start + match.end())
                return PublishedDate(day.isoformat(), "inferred:dateline", span)
    return None


def _find_copyright_year(text: str, segments: Sequence[SegmentDraft]) -> int | None:
    for segment in segments:
        if segment.role is Role.BOILERPLATE:
            match = re.search(
                r"(?:©|copyright|\(c\))\D{0,10}((?:19|20)\d\d)\b",
                segment.span.of(text),
                re.IGNORECASE,
            )
            if match is not None:
                return int(match[1])
    return None
