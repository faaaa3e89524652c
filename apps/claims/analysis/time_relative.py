"""Reads dates that count from the day of publication: weekdays, "last week", "two days ago"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_days import (
    add_months,
    first_of_next_month,
    make_date,
    move_days,
    shift,
    week_of,
)
from apps.claims.analysis.time_readings import (
    Context,
    Step,
    TimeReading,
    choose,
    group_of,
    looks_ahead,
    part_of,
    span_of,
)
from apps.claims.analysis.time_tense import read_outlook
from apps.claims.analysis.time_words import (
    count_number,
    count_pairs,
    day_number,
    fold,
    unit_name,
    weekday_number,
)


def read_day_word(match: re.Match[str], context: Context) -> TimeReading | None:
    anchor = context.anchor
    if anchor is None:
        return None
    word = fold(group_of(match, "word"))
    shifts = {
        "yesterday": -1,
        "tomorrow": 1,
        "day before yesterday": -2,
        "day after tomorrow": 2,
        "the day before": -1,
        "day before": -1,
        "last night": -1,
    }
    if word == "overnight":
        # The night that ended on the day of printing; ahead, the one that begins on it.
        ahead = looks_ahead(context.text, span_of(match)) is True
        start = anchor if ahead else move_days(anchor, -1)
        return TimeReading(
            span_of(match), "range", start, move_days(start, 2), "night", relative=True
        )
    shift = shifts.get(word.removeprefix("the "), shifts.get(word, 0))
    value = move_days(anchor, shift)
    moment = (
        word
        in {
            "now",
            "right now",
            "at the moment",
            "at present",
            "at this moment",
            "at the minute",
            "currently",
        }
        or "night" in word
        or "end of" in word
        or bool(re.search(r"morning|afternoon|evening|tonight", word))
    )
    return TimeReading(
        span_of(match),
        "datetime" if moment or group_of(match, "part") else "date",
        value,
        relative=True,
    )


# "Friday Okafor signed", "the Sunday Ledger": a name that begins with a weekday.
_NAME_AFTER = re.compile(
    r"\s(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]*\s\d|(?:Morning|Afternoon|Evening|Night|After|And|At|In|On|To|By|For|As|With)\b)[A-Z][a-z]+"
)
_NAMED = re.compile(r"(?:^|[.!?\n][”\"’]?\s|\b[Tt]he\s)[“\"‘]?$")


def read_weekday(match: re.Match[str], context: Context) -> TimeReading | None:
    text = group_of(match, "weekday")
    anchor = context.anchor
    if anchor is None:
        return None
    word = text.lower().rstrip(".")
    if len(word) <= 4 and text[0].islower():
        return None
    if word in {"sat", "sun", "mon", "wed", "thu", "fri"} and not text[0].isupper():
        return None
    if (
        word in {"sun", "sat", "mon"}
        and not text.endswith(".")
        and not group_of(match, "which")
        and not re.search(
            r"\b(?:on|this|next|last)\s$",
            context.text[max(0, match.start() - 6) : match.start()],
            re.IGNORECASE,
        )
    ):
        return None
    if text.isupper() and word in {"sun", "sat", "mon", "wed"}:
        return None
    before = context.text[max(0, match.start() - 12) : match.start()]
    if _NAME_AFTER.match(context.text, match.end()) and _NAMED.search(before):
        return None
    number = weekday_number(text)
    which = fold(group_of(match, "which"))
    monday = week_of(anchor)
    span = span_of(match)
    kind = "datetime" if group_of(match, "part") and fold(group_of(match, "part")) else "date"
    if which in {"last", "past", "previous"}:
        # In news "last Friday" is the Friday before, in this week or the one before.
        value = move_days(anchor, -((anchor.weekday() - number - 1) % 7 + 1))
        strict = move_days(monday, number - 7)
        return TimeReading(
            span,
            kind,
            strict if which == "previous" else value,
            relative=True,
            other=None if strict == value else strict,
        )
    if which in {"next", "upcoming", "coming", "following"}:
        nearest = move_days(anchor, (number - anchor.weekday() - 1) % 7 + 1)
        strict = move_days(monday, number + 7)
        if which == "next":
            return TimeReading(
                span, kind, strict, relative=True, other=None if strict == nearest else nearest
            )
        return TimeReading(span, kind, nearest, relative=True)
    if which == "this":
        return TimeReading(span, kind, move_days(monday, number), relative=True)
    past = move_days(anchor, -((anchor.weekday() - number) % 7))
    future = move_days(anchor, (number - anchor.weekday()) % 7)
    if past == future == anchor:
        return TimeReading(span, kind, anchor, relative=True)
    # News that only names a weekday tells of the one gone by, unless a verb says otherwise.
    outlook = read_outlook(context.text, span)
    if outlook.ahead or (outlook.nearer and future - anchor < anchor - past):
        return TimeReading(span, kind, future, relative=True, other=past)
    return TimeReading(span, kind, past, relative=True, other=future)


def read_weekday_of_week(match: re.Match[str], context: Context) -> TimeReading | None:
    anchor = context.anchor
    if anchor is None:
        return None
    which = fold(group_of(match, "which"))
    shift = {"last": -7, "past": -7, "previous": -7, "next": 7, "following": 7, "coming": 7}.get(
        which, 0
    )
    value = move_days(week_of(anchor), shift + weekday_number(group_of(match, "weekday")))
    return TimeReading(span_of(match), "date", value, relative=True)


def read_weekday_of_month(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "Friday the 13th": the nearest such day that is that weekday."""
    anchor = context.anchor
    if anchor is None:
        return None
    weekday, day = weekday_number(group_of(match, "weekday")), day_number(group_of(match, "day"))
    past = future = None
    for step in range(60):
        month = add_months(anchor.replace(day=1), -step)
        value = make_date(month.year, month.month, day)
        if past is None and value is not None and value <= anchor and value.weekday() == weekday:
            past = value
        month = add_months(anchor.replace(day=1), step)
        value = make_date(month.year, month.month, day)
        if future is None and value is not None and value >= anchor and value.weekday() == weekday:
            future = value
    # Taken: the nearer one.
    if past is not None and future is not None and (future - anchor) < (anchor - past):
        past, future = future, past
    return (
        None
        if past is None and future is None
        else TimeReading(
            span_of(match), "date", past or future, relative=True, other=future if past else None
        )
    )


def read_bare_day(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the 18th" after a word that dates ("on the 18th")."""
    anchor = context.anchor
    if anchor is None:
        return None
    day = day_number(group_of(match, "day"))
    which = fold(group_of(match, "which"))
    month = anchor.replace(day=1)
    if which:
        month = add_months(month, {"next": 1, "last": -1, "previous": -1}.get(which, 0))
        value = make_date(month.year, month.month, day)
        return None if value is None else TimeReading(span_of(match), "date", value, relative=True)
    here = make_date(month.year, month.month, day)
    past = (
        here
        if here is not None and here <= anchor
        else make_date(*_year_month(add_months(month, -1)), day)
    )
    future = (
        here
        if here is not None and here >= anchor
        else make_date(*_year_month(add_months(month, 1)), day)
    )
    value, other = choose(context, span_of(match), past, future)
    return (
        None
        if value is None
        else TimeReading(span_of(match), "date", value, relative=True, other=other)
    )


def _year_month(day: date) -> tuple[int, int]:
    return day.year, day.month


def read_period(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "last week", "this month", "next year", "the weekend"."""
    anchor = context.anchor
    if anchor is None:
        return None
    which = fold(group_of(match, "which"))
    unit = fold(group_of(match, "unit"))
    shift = {
        "last": -1,
        "past": -1,
        "previous": -1,
        "next": 1,
        "coming": 1,
        "upcoming": 1,
        "following": 1,
    }.get(which, 0)
    span = span_of(match)
    part = fold(group_of(match, "part"))
    if unit == "weekend":
        start = move_days(week_of(anchor), 5 + 7 * shift)
        if (
            which in {"", "the", "over the"}
            and looks_ahead(context.text, span) is not True
            and start > anchor
        ):
            other, start = start, move_days(start, -7)
            return TimeReading(
                span,
                "range",
                start,
                move_days(start, 2),
                "weekend",
                relative=True,
                other=other,
                other_end=move_days(other, 2),
            )
        return TimeReading(span, "range", start, move_days(start, 2), "weekend", relative=True)
    if unit == "week":
        if which == "past" and not shift:
            shift = -1
        start = move_days(week_of(anchor), 7 * shift)
        end = move_days(start, 7)
        if part.startswith("later"):
            start = move_days(start, 3)
        elif part.startswith(("earlier", "early")):
            end = move_days(start, 3)
        return TimeReading(span, "range", start, end, "week", relative=True)
    if unit == "fortnight":
        start = move_days(anchor, -14 if shift <= 0 else 1)
        return TimeReading(span, "range", start, move_days(start, 14), "range", relative=True)
    if unit == "month":
        start = add_months(anchor.replace(day=1), shift)
        end = first_of_next_month(start.year, start.month)
        reading = TimeReading(span, "range", start, end, "month", relative=True)
        if part.startswith("later"):
            return replace(reading, start=start.replace(day=16), precision="part")
        if part.startswith("earlier"):
            return replace(reading, precision="month")
        return part_of(part, reading)
    if unit == "quarter":
        start = add_months(date(anchor.year, (anchor.month - 1) // 3 * 3 + 1, 1), 3 * shift)
        return TimeReading(span, "range", start, add_months(start, 3), "quarter", relative=True)
    if unit == "year":
        year = min(max(anchor.year + shift, 1), 9997)
        reading = TimeReading(
            span, "range", date(year, 1, 1), date(year + 1, 1, 1), "year", relative=True
        )
        if part.startswith("later"):
            return replace(reading, start=date(year, 7, 1))
        if part.startswith("earlier"):
            return reading
        return part_of(part, reading)
    if unit == "decade":
        start_year = anchor.year // 10 * 10 + 10 * shift
        return TimeReading(
            span,
            "range",
            date(start_year, 1, 1),
            date(start_year + 10, 1, 1),
            "decade",
            relative=True,
        )
    if unit == "century":
        start_year = anchor.year // 100 * 100 + 100 * shift
        return TimeReading(
            span,
            "range",
            date(max(start_year, 1), 1, 1),
            date(start_year + 100, 1, 1),
            "century",
            relative=True,
        )
    return None


def read_ago(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "two weeks ago", "in three days", "two weeks from now", "three days later"."""
    if context.anchor is None:
        return None
    pairs = count_pairs(group_of(match, "length"))
    if not pairs or any(count > 5000 for count, _ in pairs):
        return None
    way = fold(group_of(match, "way"))
    sign = (
        -1
        if way
        in {"ago", "earlier", "before", "back", "prior", "previously", "before today", "before now"}
        else 1
    )
    day = context.anchor
    for count, unit in pairs:
        day = shift(day, count, unit, sign)
    small = all(unit in {"hour", "minute", "second"} for _, unit in pairs)
    return TimeReading(
        span_of(match), "datetime" if small else "date", day, relative=True,
        precision=coarse_unit(pairs[-1][1]), step=Step("print", sign=sign, pairs=tuple(pairs)),
    )  # fmt: skip


def coarse_unit(unit: str) -> str:
    """Return how exactly a count of *unit* tells the day: "ten years ago" names a year."""
    if unit in {"year", "decade", "century"}:
        return "year"
    return "month" if unit in {"month", "quarter"} else "day"


# "could last two weeks": a verb.
_LAST_IS_VERB = re.compile(
    r"\b(?:could|can|will|would|may|might|should|must|to|not|only|usually|often|typically|ll|they|it|that|which)\s$",
    re.IGNORECASE,
)


def read_span_of_time(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "the past three weeks", "next 10 days", "within 9 months"."""
    anchor = context.anchor
    if anchor is None:
        return None
    pairs = count_pairs(group_of(match, "length"))
    if not pairs or any(count > 5000 for count, _ in pairs):
        return None
    if any(unit in {"hour", "minute", "second"} for _, unit in pairs):
        return None
    which = fold(group_of(match, "which"))
    if which == "last" and _LAST_IS_VERB.search(
        context.text[max(0, match.start() - 12) : match.start()]
    ):
        return None
    unit = pairs[0][1]
    count = int(pairs[0][0])
    past = which in {"last", "past", "previous", "preceding", "over the last", "over the past"}
    span = span_of(match)
    if unit == "quarter":
        this = date(anchor.year, (anchor.month - 1) // 3 * 3 + 1, 1)
        if past:
            return TimeReading(
                span, "range", add_months(this, -3 * count), this, relative=True, precision="range"
            )
        return TimeReading(
            span,
            "range",
            add_months(this, 3),
            add_months(this, 3 + 3 * count),
            relative=True,
            precision="range",
        )
    if unit in {"decade", "century"}:
        size = 10 if unit == "decade" else 100
        this_year = anchor.year // size * size
        low, high = (
            (this_year - size * count, this_year)
            if past
            else (this_year + (size if which != "this" else 0), this_year + size * (count + 1))
        )
        return TimeReading(
            span,
            "range",
            date(max(low, 1), 1, 1),
            date(max(high, 2), 1, 1),
            relative=True,
            precision="range",
        )
    day = anchor
    for number, name in pairs:
        day = shift(day, number, name, -1 if past else 1)
    if past:
        return TimeReading(span, "range", day, anchor, relative=True, precision="range")
    if which.startswith("within"):
        return TimeReading(span, "range", anchor, day, relative=True, precision="range")
    return TimeReading(
        span, "range", move_days(anchor, 1), move_days(day, 1), relative=True, precision="range"
    )


# "the second time in eight days", "the worst in years", "ran it in 9 seconds": so long it took.
_WITHIN = re.compile(
    r"\b(?:time|times|once|twice|worst|best|most|least|only|first|\w+est|third|\w+th|up|down|rise|drop|gain|fall|increase|jump|earns?|earned|makes?|than|ran|run|finished|completed|covered|times?)\b[^,;.]{0,40}\bin\s$",
    re.IGNORECASE,
)


def read_in_length(match: re.Match[str], context: Context) -> TimeReading | None:
    """Read "in three weeks" as a day to come, where the words look ahead or say nothing.

    "In two years it has doubled" is a stretch of time, not a day.
    """
    if context.anchor is None:
        return None
    if looks_ahead(context.text, span_of(match)) is False:
        return None
    if _WITHIN.search(context.text[max(0, match.start() - 60) : match.start()]):
        return None
    reading = read_ago(match, context)
    if reading is None:
        return None
    before = match.start() - 3
    return replace(reading, span=Span(max(before, 0), match.end()))


def read_span_turned(match: re.Match[str], context: Context) -> TimeReading | None:
    anchor = context.anchor
    if anchor is None:
        return None
    count, unit = count_number(group_of(match, "first")), unit_name(group_of(match, "tail"))
    if count == 1:
        return None  # "July 1 next year"
    if count > 5000 or unit in {"hour", "minute", "second"}:
        return None
    if fold(group_of(match, "which")) in {"past", "previous", "last"}:
        return TimeReading(
            span_of(match), "range", shift(anchor, count, unit, -1), anchor, "range", relative=True
        )
    return TimeReading(
        span_of(match),
        "range",
        move_days(anchor, 1),
        move_days(shift(anchor, count, unit, 1), 1),
        "range",
        relative=True,
    )
