"""The patterns of dates, each with the function that reads it, and their choice by length."""

# ruff: noqa: E501 -- a pattern is read more easily on one line

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_days import (
    holiday_pattern,
    move_days,
    nth_weekday,
    shift,
    week_of,
)
from apps.claims.analysis.number_words import ORDINAL_WORDS
from apps.claims.analysis.time_absolute import (
    read_absolute_day,
    read_bare_month,
    read_bare_year,
    read_century,
    read_clock,
    read_decade,
    read_holiday_day,
    read_iso_day,
    read_month_day,
    read_month_days,
    read_month_year,
    read_numeric_day,
    read_quarter,
    read_season,
    read_week_number,
)
from apps.claims.analysis.time_clock import CLOCK
from apps.claims.analysis.time_periods import (
    read_day_of_which_year,
    read_edge_of_period,
    read_listed_day,
    read_loose_quarter,
    read_loose_season,
    read_month_of_which_year,
    read_months_to,
    read_nine_eleven,
    read_split_year,
)
from apps.claims.analysis.time_readings import (
    Context,
    Handler,
    TimeReading,
    group_of,
    looks_ahead,
    span_of,
)
from apps.claims.analysis.time_relative import (
    read_ago,
    read_bare_day,
    read_day_word,
    read_in_length,
    read_period,
    read_span_of_time,
    read_span_turned,
    read_weekday,
    read_weekday_of_month,
    read_weekday_of_week,
)
from apps.claims.analysis.time_told import (
    read_following_name,
    read_later,
    read_next_day,
    read_period_around,
    read_this_time,
)
from apps.claims.analysis.time_triggers import find_triggers
from apps.claims.analysis.time_words import (
    ANY_YEAR,
    COUNT,
    DAY,
    LENGTH,
    LONG_WEEKDAY,
    MONTH,
    ORDINAL_DAY,
    ORDINAL_WORD,
    PART,
    PART_OF_DAY,
    SEASON,
    UNIT,
    WEEKDAY,
    WHICH,
    YEAR,
    YEAR_WORDS,
    count_number,
    count_pairs,
    day_number,
    fold,
    unit_name,
    weekday_number,
)

HOLIDAYS = holiday_pattern()
_PARTS_OF_DAY = frozenset({"night", "evening", "morning", "day"})


def _shifted_from(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "three weeks from tomorrow", "2 days after May 5": a shift from another date."""
    inner_text = group_of(match, "base")
    length = fold(group_of(match, "length"))
    if length.startswith("the "):
        length = f"one {'day' if length[4:] in _PARTS_OF_DAY else length[4:]}"
    inner_start = match.start("base")
    inner = [
        reading
        for reading in _single_readings(context.text, context.anchor, inner_start, match.end())
        if reading.span.start <= inner_start + 4
    ]
    if not inner or not inner_text:
        return None
    base = inner[0]
    if base.start is None:
        return None
    way = fold(group_of(match, "way"))
    sign = -1 if way in {"before", "prior to", "ahead of"} else 1
    day = base.start
    # A shift from a yearless day goes from the one still to come, unless the words look back.
    if base.relative and base.other is not None and context.anchor is not None:
        if looks_ahead(context.text, span_of(match)) is False:
            day = min(base.start, base.other)
        else:
            day = max(base.start, base.other)
    for count, unit in count_pairs(length):
        if unit in {"hour", "minute", "second"}:
            return None
        day = shift(day, count, unit, sign)
    return TimeReading(Span(match.start(), base.span.end), "date", day, relative=base.relative)


def _week_of_day(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the week commencing February 4", "w/c 4 Feb", "the week ending 7 November"."""
    # Without the words before it: with them this reader would be asked again, for ever.
    start = match.start("base")
    base = [
        replace(reading, span=Span(reading.span.start + start, reading.span.end + start))
        for reading in select(match_all(group_of(match, "base"), context.anchor))
        if reading.span.start == 0 and reading.kind == "date"
    ]
    if not base or base[0].start is None:
        return None
    day = base[0].start
    edge = fold(group_of(match, "edge"))
    if edge in {"", "of", "commencing", "beginning", "starting"}:
        day = week_of(day)
    elif edge in {"ending", "ended", "to"}:
        day = move_days(day, -6)
    return TimeReading(
        Span(match.start(), base[0].span.end), "range", day, move_days(day, 7), "week",
        relative=base[0].relative,
    )  # fmt: skip


def _part_of_period(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the first week of 2019", "the last three days of May", "first ten days of last year"."""
    base = [
        reading
        for reading in _single_readings(
            context.text, context.anchor, match.start("base"), match.end()
        )
        if reading.start and reading.end
    ]
    if not base or base[0].start is None or base[0].end is None:
        return None
    whole = base[0]
    start, end = base[0].start, base[0].end
    count = int(count_number(group_of(match, "count") or "one"))
    which = fold(group_of(match, "nth"))
    unit = unit_name(group_of(match, "unit"))
    span = Span(match.start(), whole.span.end)
    last = which in {"last", "final"}
    nth = 1 if last else ORDINAL_WORDS.get(which, day_number(which) if which[:1].isdecimal() else 1)
    if unit == "week":
        # A week belongs to the period that holds its Thursday, as in ISO 8601.
        first = move_days(week_of(move_days(start, 3)), 0)
        if first.toordinal() + 3 < start.toordinal():
            first = move_days(first, 7)
        final = week_of(move_days(end, -4))
        low = move_days(final, -7 * (count - 1)) if last else move_days(first, 7 * (nth - 1))
        return TimeReading(
            span, "range", low, move_days(low, 7 * count), "week", relative=whole.relative
        )
    if unit == "weekend":
        saturday = move_days(start, (5 - start.weekday()) % 7 + 7 * (nth - 1))
        if last:
            saturday = move_days(end, -1 - (move_days(end, -1).weekday() - 5) % 7)
        return TimeReading(
            span, "range", saturday, move_days(saturday, 2), "weekend", relative=whole.relative
        )
    if unit not in {"day", "month", "quarter", "year", "decade"}:
        return None
    if last:
        low, high = shift(end, Decimal(count), unit, -1), end
    else:
        low = shift(start, Decimal(nth - 1), unit, 1)
        high = shift(low, Decimal(count), unit, 1)
    if unit == "day" and count == 1:
        return TimeReading(span, "date", low, relative=whole.relative)
    return TimeReading(
        span,
        "range",
        low,
        high,
        "month" if unit == "month" and count == 1 else "range",
        relative=whole.relative,
    )


def _nth_weekday_of(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the third Tuesday of May 2019"."""
    base = [
        reading
        for reading in _single_readings(
            context.text, context.anchor, match.start("base"), match.end()
        )
        if reading.precision == "month"
    ]
    if not base or base[0].start is None:
        return None
    which = fold(group_of(match, "nth"))
    nth = (
        -1
        if which in {"last", "final"}
        else ORDINAL_WORDS.get(which, day_number(which) if which[:1].isdecimal() else 1)
    )
    month = base[0].start
    value = nth_weekday(month.year, month.month, weekday_number(group_of(match, "weekday")), nth)
    other = base[0].other
    other_value = (
        None
        if other is None
        else nth_weekday(other.year, other.month, weekday_number(group_of(match, "weekday")), nth)
    )
    return TimeReading(
        Span(match.start(), base[0].span.end),
        "date",
        value,
        relative=base[0].relative,
        other=other_value,
    )


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Handler, frozenset[str]], ...]:
    day_prefix = rf"(?:(?P<named_day>{WEEKDAY}),?\s(?:the\s)?)?(?:the\s)?"
    rows: list[tuple[str, Handler]] = [
        (r"(?:the\s)?(?:9/11(?!/)|(?:sept(?:ember|\.)?\s(?:11|eleven)(?:th)?)(?=,?\s(?:terror|attack|hijack|memorial|victim)))", read_nine_eleven),
        (rf"{day_prefix}(?P<month>{MONTH})[\s,./-]*(?:the\s)?(?P<day>{DAY})(?:\s?,\s?|\s(?:of\s)?|[-/])(?P<year>{ANY_YEAR})", read_absolute_day),
        (rf"{day_prefix}(?P<day>{DAY})[\s-]*(?:of\s)?[\s,./-]?(?P<month>{MONTH})[\s,./-]*(?:of\s|in\s)?(?P<year>{ANY_YEAR})", read_absolute_day),
        (rf"(?P<year>{YEAR})[\s./-](?P<month>{MONTH})[\s./-](?P<day>{DAY})", read_absolute_day),
        (rf"(?P<year>{YEAR})[\s./-](?P<day>{DAY})[\s./-](?P<month>{MONTH})", read_absolute_day),
        (rf"(?P<month>{MONTH})[./-](?P<year>{YEAR})[./-](?P<day>{DAY})", read_absolute_day),
        (rf"(?P<day>{DAY})[./-](?P<year>{YEAR})[./-](?P<month>{MONTH})", read_absolute_day),
        (rf"{day_prefix}(?P<month>{MONTH})(?:\s?,\s?|[\s/-])(?:the\s)?(?P<day>{DAY})(?!\s?[-–]\s?\d|:|\s(?:percent|people|years|days|weeks|months|minutes|hours|million|billion|thousand)|%)", read_month_day),
        (rf"{day_prefix}(?P<day>{ORDINAL_DAY}|\d{{1,2}})\s?(?:of\s|-|/)?(?P<month>{MONTH})(?!\s?{YEAR})", read_month_day),
        (rf"(?:(?:from|between|on)\s)?(?P<month>{MONTH})\s(?:the\s)?(?P<day>{DAY})\s?(?:[-–—]|to|through|till|until|and)\s?(?:the\s)?(?P<last>{DAY})(?!\s?(?:percent|%|people|\w+day))(?:,?\s(?P<year>{ANY_YEAR}))?", read_month_days),
        (rf"(?:(?:from|between)\s)?(?:the\s)?(?P<day>{DAY})\s?(?:[-–—]|to|through|till|until|and)\s?(?:the\s)?(?P<last>{DAY})\s(?:of\s)?(?P<month>{MONTH})(?:,?\s(?P<year>{ANY_YEAR}))?", read_month_days),
        (r"(?<![\d/.-])(?P<year>\d{4})[-/.](?P<first>0?[1-9]|1[0-2])[-/.](?P<second>0?[1-9]|[12]\d|3[01])(?![\d/])", read_iso_day),
        (r"(?<!\d)(?P<year>19\d{2}|20\d{2})(?P<first>0[1-9]|1[0-2])(?P<second>0[1-9]|[12]\d|3[01])(?!\d)", read_iso_day),
        (rf"(?:{WEEKDAY},?\s)?(?<![\d/.-])(?P<first>0?[1-9]|[12]\d|3[01])(?P<mark>[/.-])(?P<second>0?[1-9]|[12]\d|3[01])(?P=mark)(?P<year>\d{{4}}|\d{{2}})(?![\d/]|[.-]\d)", read_numeric_day),
        (rf"(?:{WEEKDAY},?\s)?(?<![\d/.$€£-])(?<!\d\s)(?P<first>0?[1-9]|1[0-2])/(?P<second>0?[1-9]|[12]\d|3[01])(?![\d/])(?!\s(?:of|an?|miles?|inch(?:es)?|hours?|cups?|pounds?|acres?|shot|favou?rite|outsider|years?|percent)\b)", read_numeric_day),
        (rf"(?P<part>{PART})?(?P<month>{MONTH})(?:\s|,\s|[-/]|\sof\s|\sin\s)(?P<year>{ANY_YEAR}|(?<=of\s)\d{{2}}\b)", read_month_year),
        (r"(?<![\d/-])(?P<year>(?:19|20)\d{2})[-/](?P<month>0?[1-9]|1[0-2])(?![\d/-])", read_month_year),
        (r"(?<![\d/-])(?P<month>0?[1-9]|1[0-2])[-/](?P<year>(?:19|20)\d{2})(?![\d/-])", read_month_year),
        (rf"(?P<part>{PART})?(?:(?P<which>{WHICH})\s)?(?P<month>{MONTH})(?!\s?\d{{1,2}}(?!\d)|[’']s\s)", read_bare_month),
        (rf"(?P<part>{PART})?(?:the\s)?(?P<named>(?:calendar\s|fiscal\s)?year\s)(?:of\s)?(?P<year>{ANY_YEAR})", read_bare_year),
        (rf"(?P<part>{PART})?(?<![\w$€£,.#])(?P<year>{YEAR})(?![\w%]|,\d)", read_bare_year),
        (rf"(?<=\bin\s)(?P<named>)(?P<year>{YEAR_WORDS})", read_bare_year),
        (r"(?:the\s)?(?P<part>early|late|mid)?[\s-]?(?:the\s)?(?P<decade>(?:1[0-9]|20)\d0\s?[’']?s\b|[’'][1-9]0s\b|(?<=the\s)[2-9]0s\b|(?<=the\s)(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b)", read_decade),
        (rf"(?:the\s)?(?P<day>{ORDINAL_DAY})[\s-]century", read_century),
        (rf"(?:(?:the\s)?(?:early|late|mid)[\s-])?(?:the\s)?(?P<season>{SEASON})(?:\s(?:of\s)?|,\s)(?P<year>{YEAR}|(?<=of\s)[’']\d\d\b)(?:[-–/]\d\d(?!\d))?", read_season),
        (rf"(?P<which>last|this|next|past|previous|coming)\s(?P<season>{SEASON})\b", read_season),
        (rf"(?P<year>{YEAR})?\s?\b(?P<quarter>Q[1-4])\b(?:\s(?:of\s)?(?P<after>))?", read_quarter),
        (rf"\b(?P<quarter>Q[1-4])[\s,]*(?:of\s)?(?P<year>{ANY_YEAR})", read_quarter),
        (rf"(?:the\s)?(?P<quarter>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[\s-](?:quarter|(?P<half>half))\s(?:of\s)?(?:(?P<which>last|this|next)\syear|(?P<year>{ANY_YEAR}))", read_quarter),
        (r"(?P<word>(?:the\s)?day\s(?:before\syesterday|after\stomorrow)|yesterday|today|tomorrow|tonight|this\s(?:morning|afternoon|evening|night)|last\snight|"
         r"right\snow|at\s(?:the|this)\s(?:moment|minute)|at\spresent(?!\s\w+\s(?:level|rate))|(?<!\w)now(?!\s(?:that|defunct))|(?:the\s)?end\sof\s(?:the\s)?day|overnight(?!\s(?:on|into|to|from|between)\s)(?=[,.;:!?”]|$|\s(?:in|after|as|by|and|when|at|but|when)\b))(?P<part>\s(?:morning|afternoon|evening|night))?", read_day_word),
        (rf"(?:(?:early|late|later|the\send\sof)\s)?(?:(?:on\s)?(?P<which>{WHICH})\s)?(?<!\bsuper\s)(?<!\bash\s)(?<!\bshrove\s)(?<!\bpalm\s)(?<!\bbloody\s)(?<!\bholy\s)(?P<weekday>{WEEKDAY})(?![-’'](?!s\b)\w)(?!\s(?-i:Night\s(?:Live|Football|Baseball)|Times|Telegraph|Mail|Mirror|Express|Post|Herald|School|League)\b)(?:,?\s(?P<part>{PART_OF_DAY})\b)?", read_weekday),
        (rf"(?P<which>last|next|this|following|coming)\sweek(?:[’']s)?,?\s(?:on\s)?(?P<weekday>{WEEKDAY})", read_weekday_of_week),
        (rf"(?P<weekday>{WEEKDAY}),?\s(?:of\s)?(?P<which>last|next|this|the\sfollowing)\sweek", read_weekday_of_week),
        (rf"(?P<weekday>{WEEKDAY}),?\s(?:the\s)?(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)|{ORDINAL_WORD})\b(?!\s(?:of\s)?{MONTH})", read_weekday_of_month),
        (r"(?<=\bon\s)(?:the\s)(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th))\b(?!\s(?:of|floor|century|street|st\b|ave|birthday|anniversary|hole|day|time|\w+(?:ment|ion)))", read_bare_day),
        (r"(?:the\s|on\sthe\s|around\sthe\s)?(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th))\s(?:of\s)?(?P<which>this|next|last)\smonth", read_bare_day),
        (rf"(?P<part>(?:later|earlier|early|late|(?:the\s)?(?:end|beginning|start|middle)\sof)\s)?(?P<which>{WHICH})[\s-](?P<unit>weekend|week|fortnight|month|quarter|year|decade|century)(?![-’']?\w)(?![\s-](?:old|long))", read_period),
        (r"(?:(?<=\bthat\s)|(?<=\bat\s)|(?<=\bon\s)|(?<=\bsince\s)|(?<=\bover\s)|(?<=\bduring\s)|(?<=\bfor\s)|(?<=\bin\s)|(?<=\bof\s))(?:the\s)?(?P<which>)(?P<unit>weekend)\b", read_period),
        (rf"(?P<length>{LENGTH})\s(?P<way>ago|from\snow|from\stoday|hence|back|before\stoday|before\snow|after\stoday)\b", read_ago),
        (rf"(?<=\bin\s)(?P<way>)(?P<length>(?:about\s|just\s)?{LENGTH})(?![\s-](?:time\b)?(?:of|old|from|ago|later|after|before)\b)(?:[’']s?\stime\b)?", read_in_length),
        (rf"(?:the\s)?(?P<which>last|past|previous|preceding|next|coming|following|upcoming|within\s(?:the\s)?(?:next\s|past\s)?)\s?(?P<length>{LENGTH})", read_span_of_time),
        (rf"(?P<length>(?P<first>{COUNT})\s(?P<which>past|previous|next|upcoming|last|following)\s(?P<tail>{UNIT}))\b", read_span_turned),
        (rf"(?P<length>(?:{LENGTH}|the\s(?:day|night|evening|morning|week|month|year)))\s(?P<way>after|before|from|prior\sto|ahead\sof|following|since|(?<=week\s)on|(?<=fortnight\s)on)\s(?:the\s)?(?P<base>(?:{MONTH}|{WEEKDAY}|\d{{1,4}}|yesterday|today|tomorrow|{HOLIDAYS}|the\s|next|last|{ORDINAL_DAY})[^.;!?\n]{{0,40}})", _shifted_from),
        (rf"(?:(?P<which>last|this|next|this\spast|past|coming)\s)?(?P<holiday>{HOLIDAYS})(?:,?\s(?:of\s)?(?P<year>{ANY_YEAR}))?(?!\s(?:eve|islands?|tree|song|card|dinner|carol|party)s?\b)", read_holiday_day),
        (r"(?<![\w])(?:the\s)?weeks?\s(?:number\s|no\.?\s)?(?P<number>\d{1,2})(?![\d:.]\d|\d)(?:\sof\s(?:the\syear\s)?(?:(?P<year>\d{4})|(?P<which>last|this|next)\syear))?", read_week_number),
        (rf"(?:the\s)?(?P<nth>first|last|final|second|third|fourth|fifth|\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORD})\s(?:(?P<count>{COUNT})\s)?(?P<unit>{UNIT})\s(?:of|in)\s(?:the\s)?(?P<base>(?:{MONTH}|\d{{4}}|last|this|next|year|the\s)[^.;!?\n]{{0,24}})", _part_of_period),
        (rf"(?:the\s)?(?P<nth>first|last|final|second|third|fourth|fifth)\s(?P<weekday>{LONG_WEEKDAY})\s(?:of|in)\s(?P<base>(?:{MONTH}|last|this|next)[^.;!?\n]{{0,24}})", _nth_weekday_of),
        (rf"(?P<length>{LENGTH})\s(?P<way>earlier|later|afterwards?|previously|before(?=[,.;:!?”]|$))\b(?!\sthan)", read_later),
        (r"(?:on\s)?(?:the|that)\s(?P<told>following|next|previous|preceding)\s(?P<tunit>day|morning|afternoon|evening|night|week|month|year)(?![-’'\w])", read_next_day),
        (r"the\s(?P<tunit>day|morning|evening|night|week|month|year)\s(?P<told>before|after|earlier)(?=[,.;:!?)”]|$|\s(?:and|but|when)\b)", read_next_day),
        (rf"the\s(?:following|next)\s(?P<month>{MONTH})(?!\s\d)", read_following_name),
        (rf"the\s(?:following|next)\s(?P<weekday>{LONG_WEEKDAY})\b", read_following_name),
        (r"the\s(?P<unit>week|month|year)\s(?:before\slast|after\snext)\b", read_period_around),
        (r"(?:this|the\ssame)\stime\s(?P<which>last|next)\s(?P<unit>week|month|year)\b", read_this_time),
        (rf"{day_prefix}(?P<month>{MONTH})\s(?:the\s)?(?P<day>{DAY}),?\s(?:of\s)?(?P<which>this|last|next)\syear\b", read_day_of_which_year),
        (rf"{day_prefix}(?P<day>{ORDINAL_DAY}|\d{{1,2}})\s(?:of\s)?(?P<month>{MONTH}),?\s(?:of\s)?(?P<which>this|last|next)\syear\b", read_day_of_which_year),
        (rf"(?:the\s)?(?:week\s(?P<edge>commencing|beginning|starting|of|ending|to|ended)|w/c)\s(?:on\s)?(?:the\s)?(?P<base>(?:{WEEKDAY},?\s)?(?:{MONTH}|{ORDINAL_DAY}|\d{{1,2}}\s)[^.;!?\n]{{0,24}})", _week_of_day),
        (r"(?<![\d$€£/-])(?:the\s)?(?P<year>1[5-9]\d\d|20\d\d)(?P<mark>[-–/])(?P<last_year>\d{2})(?![\d/-]|\.\d)(?P<what>\s(?:season|campaign|budget|academic|school|financial|fiscal|term|winter|tour)\b)?", read_split_year),
        (r"(?P<part>(?:the\s)?(?:very\s)?(?:end|start|beginning|turn|middle|close)\sof\s)(?:the|this)\s(?P<unit>week|month|year|decade|century)\b", read_edge_of_period),
        (r"(?P<part>)(?<=\bby\s)(?:the\s)?(?P<unit>year|month)[’'s]*[\s-]end\b", read_edge_of_period),
        (rf"(?P<part>{PART})?(?P<month>{MONTH}),?\s(?:of\s)?(?P<which>this|last|next)\syear\b", read_month_of_which_year),
        (rf"the\s(?P<length>{LENGTH}|year)\s(?:to|ended|ending|through)\s(?:the\send\sof\s)?(?P<month>{MONTH})(?:\s\d{{1,2}}(?!\d))?(?:,?\s(?P<year>{YEAR}))?", read_months_to),
        (rf"(?P<listed>(?:[12]?\d|3[01])(?:st|nd|rd|th)?)(?=(?:,\s[1-3]?\d(?:st|nd|rd|th)?)*,?\s(?:and|or)\s[1-3]?\d(?:st|nd|rd|th)?\s(?:of\s)?(?P<month_named>{MONTH}))", read_listed_day),
        (r"(?:the\s)?(?<!fiscal\s)(?P<quarter>first|second|third|fourth|final)[\s-]quarter(?!s|[\s-]?final|back)(?:\sof\sthe\s(?:year|calendar\syear))?", read_loose_quarter),
        (r"(?:the\s)?(?P<quarter>first|second)\s(?P<half>half)\sof\sthe\s(?:calendar\s|financial\s)?year\b", read_loose_quarter),
        (rf"(?:(?<=\bin\s)|(?<=\bover\s)|(?<=\bduring\s)|(?<=\bsince\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\bthis\s)|(?<=\bfrom\s)|(?<=\bfor\s))(?:the\s)?(?P<part>early\s|late\s|mid-?)?(?P<season>{SEASON})(?=[,.;:!?”]|$|\s(?!of\b|in\b|\d))", read_loose_season),
        (r"(?:FY|fiscal)[\s-]?(?P<year>20\d\d|[’']?\d\d)(?P<named>)(?!\d)", read_bare_year),
        (CLOCK, read_clock),
    ]  # fmt: skip
    return tuple(
        (
            re.compile(
                rf"(?<![\w$€£]){pattern}" if not pattern.startswith("(?<") else pattern,
                re.IGNORECASE,
            ),
            handler,
            _find_needs(pattern, handler),
        )
        for pattern, handler in rows
    )


def _find_needs(pattern: str, handler: Handler) -> frozenset[str]:
    """Return the triggers without which *pattern* matches nothing."""
    needs = {name for name in _TELLING_GROUPS if f"(?P<{name}>" in pattern}
    if handler in _COUNTED_IN_WORDS:
        needs.discard("first")
    if handler in _NEEDS:
        needs.add(_NEEDS[handler])
    return frozenset(needs)


def _single_readings(text: str, anchor: date | None, start: int, end: int) -> list[TimeReading]:
    """Return non-overlapping single readings in ``text[start:end]``, offsets of *text*."""
    # The word before decides whether "may" is a month, so the window holds it too.
    first = max(0, start - 4)
    readings = select(match_all(text[first:end], anchor))
    moved = [
        replace(reading, span=Span(reading.span.start + first, reading.span.end + first))
        for reading in readings
    ]
    return [reading for reading in moved if reading.span.start >= start]


# What the patterns of these readings need beside, or instead of, what their groups say.
_NEEDS: dict[Handler, str] = {
    read_bare_year: "a year",
    read_century: "a century",
    read_bare_day: "an ordinal in figures",
    read_clock: "a time of day",
    read_nine_eleven: "nine eleven",
    read_iso_day: "figures apart",
    read_numeric_day: "figures apart",
    read_split_year: "figures apart",
    read_listed_day: "month",
    read_week_number: "unit",
}
# A pattern with a group of this name cannot match a text without such a word.
_TELLING_GROUPS = (
    "month", "weekday", "holiday", "season", "length", "unit", "quarter", "word", "decade", "first", "number",
    "last_year", "told", "edge",
)  # fmt: skip
# Its first count may be a word.
_COUNTED_IN_WORDS = frozenset({read_span_turned})


@lru_cache(maxsize=1024)
def _patterns_for(present: frozenset[str]) -> tuple[tuple[re.Pattern[str], Handler], ...]:
    return tuple((pattern, handler) for pattern, handler, needs in _patterns() if needs <= present)


def match_all(text: str, anchor: date | None) -> list[TimeReading]:
    """Return every reading of every pattern in *text*, overlapping ones too."""
    context = Context(text, anchor)
    found: list[TimeReading] = []
    for pattern, handler in _patterns_for(find_triggers(text)):
        for match in pattern.finditer(text):
            if match.start() == match.end():
                continue
            reading = handler(match, context)
            if reading is not None:
                found.append(reading)
    return found


def select(readings: list[TimeReading]) -> list[TimeReading]:
    """Keep the longest reading of each place, text order, no overlaps."""
    taken: list[TimeReading] = []
    for reading in sorted(readings, key=lambda r: (-len(r.span), r.span.start, r.kind)):
        if not any(reading.span.overlaps(other.span) for other in taken):
            taken.append(reading)
    return sorted(taken, key=lambda r: r.span)
