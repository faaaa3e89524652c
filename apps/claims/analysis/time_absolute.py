"""Reads calendar dates: days, months, years, seasons, quarters, holidays, clock times."""

# ruff: noqa: E501 -- a pattern is read more easily on one line

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from apps.claims.analysis.calendar_days import (
    add_months,
    first_of_next_month,
    holiday,
    make_date,
    move_days,
)
from apps.claims.analysis.time_clock import read_clock_words
from apps.claims.analysis.time_readings import (
    Context,
    TimeReading,
    choose,
    group_of,
    part_of,
    span_of,
    yearless,
)
from apps.claims.analysis.time_words import (
    SEASONS,
    day_number,
    fold,
    month_number,
    weekday_number,
    year_number,
)


def read_absolute_day(match: re.Match[str], context: Context) -> TimeReading | None:
    year = year_number(group_of(match, "year"))
    month = month_number(group_of(match, "month"))
    day = day_number(group_of(match, "day"))
    if year is None:
        return None
    value = make_date(year, month, day)
    return None if value is None else TimeReading(span_of(match), "date", value)


def read_month_day(match: re.Match[str], context: Context) -> TimeReading | None:
    month = month_number(group_of(match, "month"))
    if (
        group_of(match, "month").lower() == "may"
        and group_of(match, "month")[0].islower()
        and not _DATE_WORD_BEFORE.search(context.text[max(0, match.start() - 12) : match.start()])
        and not re.search(r"\d", match.group())
    ):
        return None
    named = group_of(match, "named_day")
    # "October, the first snow": no day of the month.
    if re.search(r",\s(?:the\s)?[a-z]+$", match.group(), re.IGNORECASE) and re.match(
        r"\s[a-z]", context.text[match.end() : match.end() + 2]
    ):
        return None
    value, other = yearless(
        context,
        span_of(match),
        month,
        day_number(group_of(match, "day")),
        weekday=weekday_number(named) if named else None,
    )
    return (
        None
        if value is None
        else TimeReading(span_of(match), "date", value, relative=True, other=other)
    )


_ODDS = re.compile(r"\bodds\b|\bbookmakers?\b|\bbookies\b", re.IGNORECASE)


def read_numeric_day(match: re.Match[str], context: Context) -> TimeReading | None:
    year_text = group_of(match, "year")
    first, second = int(group_of(match, "first")), int(group_of(match, "second"))
    if not year_text:
        if _ODDS.search(context.text):
            return None
        month, day = (first, second) if first <= 12 else (second, first)
        value, other = yearless(context, span_of(match), month, day)
        return (
            None
            if value is None
            else TimeReading(span_of(match), "date", value, relative=True, other=other)
        )
    year = year_number(year_text)
    if year is None:
        return None
    value = make_date(year, first, second) or make_date(year, second, first)
    return None if value is None else TimeReading(span_of(match), "date", value)


def read_iso_day(match: re.Match[str], context: Context) -> TimeReading | None:
    value = make_date(
        int(group_of(match, "year")), int(group_of(match, "first")), int(group_of(match, "second"))
    )
    return None if value is None else TimeReading(span_of(match), "date", value)


def _month_range(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), first_of_next_month(year, month)


def read_month_year(match: re.Match[str], context: Context) -> TimeReading | None:
    year = year_number(group_of(match, "year"))
    if year is None or not 1 <= year <= 9998:
        return None
    month_text = group_of(match, "month")
    month = int(month_text) if month_text.isdecimal() else month_number(month_text)
    if not 1 <= month <= 12:
        return None
    start, end = _month_range(year, month)
    return part_of(
        group_of(match, "part"), TimeReading(span_of(match), "range", start, end, "month")
    )


# "April Dunmore", "May Day": part of a name, where no word before it dates.
_NAME_AFTER = re.compile(r"\s(?!(?:After|And|At|In|On|To|By|For)\b)[A-Z][a-z]+")
_DATE_WORD_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|through|during|for|last|this|next|past|early|late|mid|every|before|after|between|and|the|on)[\s-]$",
    re.IGNORECASE,
)


def read_bare_month(match: re.Match[str], context: Context) -> TimeReading | None:
    text = group_of(match, "month")
    word = text.lower().rstrip(".")
    before = context.text[max(0, match.start() - 12) : match.start()]
    dated = (
        bool(_DATE_WORD_BEFORE.search(before))
        or bool(group_of(match, "which"))
        or bool(group_of(match, "part"))
    )
    if text[0].islower() and not dated:
        return None
    if not dated and _NAME_AFTER.match(context.text, match.end()):
        return None
    if word in {"may", "march", "mar", "jan", "jun", "sep", "dec", "apr", "august"} and not dated:
        return None
    if (
        text == "may"
        and re.search(r"\b(?:and|or|to|for|the|last)\s$", before, re.IGNORECASE)
        and not (group_of(match, "which") or group_of(match, "part"))
    ):
        return None
    if (
        word in {"may", "march"}
        and not re.search(
            r"\b(?:in|since|until|till|by|of|from|through|during|last|this|next|past|early|late|mid|before|after|between)[\s-]$"
            + (r"|\b(?:to|and)\s$" if text[0].isupper() else ""),
            before,
            re.IGNORECASE,
        )
        and not group_of(match, "which")
        and not group_of(match, "part")
    ):
        return None
    if (
        word == "may"
        and text[0].islower()
        and re.match(
            r"\s(?:be|have|not|well|also|take|need|\w+\s(?:you|the))\b", context.text[match.end() :]
        )
    ):
        return None
    anchor = context.anchor
    if anchor is None:
        return None
    month = month_number(text)
    which = fold(group_of(match, "which"))
    this_year = anchor.year
    if which in {"last", "past", "previous"}:
        year = this_year if month < anchor.month else this_year - 1
        start, other = date(year, month, 1), None
    elif which in {"next", "coming", "upcoming"}:
        year = this_year if month > anchor.month else this_year + 1
        start, other = date(year, month, 1), None
    elif which == "this":
        start, other = date(this_year, month, 1), None
    else:
        past = date(this_year if month <= anchor.month else this_year - 1, month, 1)
        future = date(this_year if month >= anchor.month else this_year + 1, month, 1)
        chosen, other = choose(context, span_of(match), past, future, days=31)
        if chosen is None:
            return None
        start = chosen
    end = first_of_next_month(start.year, start.month)
    other_end = None if other is None else first_of_next_month(other.year, other.month)
    reading = TimeReading(
        span_of(match),
        "range",
        start,
        end,
        "month",
        relative=True,
        other=other,
        other_end=other_end,
    )
    return part_of(group_of(match, "part"), reading)


_STREET = re.compile(
    r"\s(?:[A-Z][\w'’.-]*\s){1,4}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Lane|Ln|Drive|Dr|Court|Ct|Place|Way|Terrace|Parkway|Highway|Row|Crescent)\b"
)
_YEAR_WORD_BEFORE = re.compile(
    r"(?:^|\b(?:in|since|by|until|till|from|of|during|before|after|to|through|the|year|years|early|late|mid|for|and|or|on|last|than|between|a|this|around|circa|its|his|their|our|fiscal|class)[\s-]|[,(–—/;:“\"‘'-]\s?)$",
    re.IGNORECASE,
)


# "whose 2005 book", "any 2016 candidate"; "kept pace with 2008,"
_WHOSE = re.compile(
    r"\b(?:whose|her|my|your|any|every|each|all|another|\w+[’']s)\s$", re.IGNORECASE
)
_COMPARED = re.compile(
    r"\b(?:with|like|versus|vs\.?|against|over|as|when|almost|nearly|about|toward|towards|into)\s$",
    re.IGNORECASE,
)


def read_bare_year(match: re.Match[str], context: Context) -> TimeReading | None:
    text = context.text
    year = year_number(group_of(match, "year"))
    if year is None:
        return None
    named = bool(group_of(match, "named")) or bool(group_of(match, "part"))
    before = text[max(0, match.start() - 14) : match.start()]
    after = text[match.end() : match.end() + 14]
    if not named:
        if not 1900 <= year <= 2100 and _STREET.match(context.text, match.end()):
            return None  # "of 1218 Maple Avenue"
        if re.match(r"[-–]\d{4}[-–]\d", after):
            return None  # a telephone number
        joined = re.match(r"\s?(?:[-–~]|to\b|through\b)\s?(?:1[5-9]|20)\d\d\b", after)
        told = _YEAR_WORD_BEFORE.search(before) or (
            1900 <= year <= 2100
            and (
                _WHOSE.search(before)
                or (_COMPARED.search(before) and re.match(r"\s?(?:[,.;:)]|$)", after))
            )
        )
        if not (told or joined) or not 1000 <= year <= 2199:
            return None
        if re.match(
            r"\s?(?:percent|%|per\scent|people|dollars|euros|pounds|miles|km|meters|metres|feet|tons|tonnes|homes|hours|workers|troops|soldiers|jobs|votes|points|years|pieces)\b",
            after,
        ):
            return None
        # "a 1500 metre race", "1500 soldiers"; years of the modern age need no more proof.
        if not 1700 <= year <= 2100 and not re.search(
            r"\b(?:in|since|of|year|from|by|until|before|after)\s$", before, re.IGNORECASE
        ):
            return None
        if re.search(r"[$€£]\s?$|[-–/.]$", before) and not re.search(
            r"\b(?:mid|early|late)-$|\d{4}[-–/]$", before
        ):
            return None
        if re.match(r"[-–/.]\d", after) and not re.match(r"[-–]\d{2,4}\b", after):
            return None
    start = date(year, 1, 1)
    return part_of(
        group_of(match, "part"),
        TimeReading(span_of(match), "range", start, date(year + 1, 1, 1), "year"),
    )


def read_decade(match: re.Match[str], context: Context) -> TimeReading | None:
    text = group_of(match, "decade")
    words = {
        "twenties": 20,
        "thirties": 30,
        "forties": 40,
        "fifties": 50,
        "sixties": 60,
        "seventies": 70,
        "eighties": 80,
        "nineties": 90,
    }
    folded = fold(text)
    if folded in words:
        start = 1900 + words[folded]
    else:
        digits = re.sub(r"\D", "", folded)
        start = (
            int(digits) if len(digits) == 4 else (1900 if int(digits) >= 20 else 2000) + int(digits)
        )
    length = 100 if start % 100 == 0 and start < 2000 else 10
    reading = TimeReading(
        span_of(match), "range", date(start, 1, 1), date(start + length, 1, 1), "decade"
    )
    part = fold(group_of(match, "part"))
    if part.startswith("early"):
        return replace(reading, end=date(start + 4, 1, 1))
    if part.startswith("late"):
        return replace(reading, start=date(start + 6, 1, 1))
    if part.startswith("mid"):
        return replace(reading, start=date(start + 3, 1, 1), end=date(start + 7, 1, 1))
    return reading


def read_century(match: re.Match[str], context: Context) -> TimeReading | None:
    number = day_number(group_of(match, "day"))
    if not 1 <= number <= 90:
        return None
    start = max((number - 1) * 100, 1)
    return TimeReading(
        span_of(match), "range", date(start, 1, 1), date(number * 100, 1, 1), "century"
    )


def read_season(match: re.Match[str], context: Context) -> TimeReading | None:
    first, _last = SEASONS[group_of(match, "season").lower()]
    year_text, which = group_of(match, "year"), fold(group_of(match, "which"))
    anchor = context.anchor
    relative = True
    if year_text:
        year = year_number(year_text)
        relative = False
    elif anchor is None:
        return None
    elif which in {"last", "past", "previous"}:
        year = (
            anchor.year - 1
            if date(anchor.year, first, 1) >= anchor
            or add_months(date(anchor.year, first, 1), 3) > anchor
            else anchor.year
        )
    elif which in {"next", "coming"}:
        year = anchor.year + 1 if date(anchor.year, first, 1) <= anchor else anchor.year
    else:
        year = anchor.year
    if year is None:
        return None
    start = date(year, first, 1)
    return TimeReading(
        span_of(match), "range", start, add_months(start, 3), "season", relative=relative
    )


def read_quarter(match: re.Match[str], context: Context) -> TimeReading | None:
    words = {
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "final": 4,
        "last": 4,
        "1st": 1,
        "2nd": 2,
        "3rd": 3,
        "4th": 4,
    }
    text = fold(group_of(match, "quarter"))
    number = words.get(text) or int(re.sub(r"\D", "", text) or 0)
    year = year_number(group_of(match, "year")) if group_of(match, "year") else None
    relative = year is None
    which = fold(group_of(match, "which"))
    if year is None:
        if context.anchor is None:
            return None
        year = context.anchor.year + (1 if which == "next" else -1 if which == "last" else 0)
    half = group_of(match, "half")
    length = 6 if half else 3
    if not 1 <= number <= 12 // length:
        return None
    start = date(year, 1 + length * (number - 1), 1)
    return TimeReading(
        span_of(match), "range", start, add_months(start, length), "quarter", relative=relative
    )


def read_holiday_day(match: re.Match[str], context: Context) -> TimeReading | None:
    name = group_of(match, "holiday")
    year_text, which = group_of(match, "year"), fold(group_of(match, "which"))
    anchor = context.anchor
    if name == "new year" and not which:
        return None  # "a new year": no day
    if year_text:
        year = year_number(year_text)
        value = None if year is None else holiday(name, year)
        return None if value is None else TimeReading(span_of(match), "date", value)
    if anchor is None:
        return None
    if which in {"last", "this past", "past"}:
        value = holiday(name, anchor.year)
        if value is not None and value >= anchor:
            value = holiday(name, anchor.year - 1)
        return None if value is None else TimeReading(span_of(match), "date", value, relative=True)
    if which == "this":
        value = holiday(name, anchor.year)
        return None if value is None else TimeReading(span_of(match), "date", value, relative=True)
    days = [
        day
        for day in (holiday(name, anchor.year + shift) for shift in (-1, 0, 1))
        if day is not None
    ]
    past = max((day for day in days if day <= anchor), default=None)
    future = min((day for day in days if day >= anchor), default=None)
    if which in {"next", "coming"}:
        return (
            None if future is None else TimeReading(span_of(match), "date", future, relative=True)
        )
    value, other = choose(context, span_of(match), past, future)
    return (
        None
        if value is None
        else TimeReading(span_of(match), "date", value, relative=True, other=other)
    )


def read_week_number(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "week 31 of 2027": weeks of ISO 8601, which begin on Monday."""
    number = int(group_of(match, "number"))
    year = year_number(group_of(match, "year")) if group_of(match, "year") else None
    if year is None:
        if context.anchor is None:
            return None
        year = context.anchor.year + {"last": -1, "next": 1}.get(fold(group_of(match, "which")), 0)
    if not 1 <= number <= 53:
        return None
    start = move_days(date(year, 1, 4), -date(year, 1, 4).weekday() + 7 * (number - 1))
    return TimeReading(
        span_of(match),
        "range",
        start,
        move_days(start, 7),
        "week",
        relative=not group_of(match, "year"),
    )


def read_clock(match: re.Match[str], context: Context) -> TimeReading | None:
    value = read_clock_words(match.group())
    if not value:
        return None
    if re.match(r"\d{1,2}\s?(?:a|p)$", match.group(), re.IGNORECASE):
        return None
    return TimeReading(span_of(match), "time", None, clock=value, precision="clock")


_TWO_DAYS = re.compile(r"^(?!.*\b(?:between|from)\b).*\d\S*\s(?:and|or)\s", re.IGNORECASE)


def read_month_days(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "November 18-19", "from 4 to 23 May 2019": two days of one month."""
    month = month_number(group_of(match, "month"))
    first, last = day_number(group_of(match, "day")), day_number(group_of(match, "last"))
    year_text = group_of(match, "year")
    if year_text:
        year = year_number(year_text)
        if year is None:
            return None
        start, end = make_date(year, month, first), make_date(year, month, last)
        other = None
    else:
        start, other = yearless(context, span_of(match), month, first)
        end = None if start is None else make_date(start.year, month, last)
    if start is None or end is None or end <= start:
        return None
    if last > first + 1 and _TWO_DAYS.search(match.group()):
        return None  # "on 2 and 4 October": two days, each read alone
    other_end = None if other is None else make_date(other.year, month, last)
    return TimeReading(
        span_of(match),
        "range",
        start,
        end,
        "range",
        relative=not year_text,
        other=other,
        other_end=other_end,
    )
