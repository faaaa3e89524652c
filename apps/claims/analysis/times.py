"""Dates and times in a text, resolved against the day it was published.

Works on the text alone. What a bare weekday or month means depends on whether the words
around it look ahead ("will meet on Friday") or back ("met on Friday"); both readings are
kept when the words don't say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from apps.articles.text.spans import Span
from apps.claims.analysis.numbers import ORDINAL_WORDS, find_numbers
from apps.claims.analysis.types import DateDraft


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A date, range or clock time in a text.

    *kind* is "date", "range", "datetime" or "time". *start* is the first day, *end* the
    first day after a range (None: open). *precision* is "day", "month", "year" or "range";
    *clock* "HH:MM" or "". *relative* when it was resolved against the anchor. *other* is
    the start of the reading not taken (past for future), None when there is one only.
    *bound* is "", "since", "after", "before", "until": the side left open.
    """

    span: Span
    kind: str
    start: date | None
    end: date | None = None
    precision: str = "day"
    clock: str = ""
    relative: bool = False
    other: date | None = None
    other_end: date | None = None
    bound: str = ""


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wednes wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)
_WEEKDAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"mon|tues|tue|weds|wed|thurs|thur|thu|fri|sat|sun)\b\.?"
)
_LONG_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_DAY_WORDS = {
    word: value for word, value in ORDINAL_WORDS.items() if value <= 31 and not word.endswith("s")
}
_DAY_WORDS |= {word.replace("-", " "): value for word, value in _DAY_WORDS.items()}
_DAY_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "thirty one": 31, "thirty-one": 31,
}  # fmt: skip
for _one, _value in list(_DAY_COUNTS.items())[:9]:
    _DAY_COUNTS[f"twenty {_one}"] = _DAY_COUNTS[f"twenty-{_one}"] = 20 + _value
_DAY_WORD = "|".join(
    sorted((re.escape(word) for word in {**_DAY_WORDS, **_DAY_COUNTS}), key=lambda f: (-len(f), f))
)
_ORDINAL_WORD = "|".join(
    sorted((re.escape(word) for word in _DAY_WORDS), key=lambda f: (-len(f), f))
)
_DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d]|[.,]\d)|(?:{_DAY_WORD})\b)"
_ORDINAL_DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)\b|(?:{_ORDINAL_WORD})\b)"
_YEAR = r"(?:1[0-9]\d{2}|20\d{2}|21\d{2})(?![\d]|[.,]\d|%)"
_YEAR_WORDS = (
    r"(?:(?:nineteen|eighteen|seventeen|twenty)(?:\shundred)?(?:\sand)?[\s-]+(?:hundred|oh[\s-]\w+|(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)"
    r"|two\sthousand(?:\s(?:and\s)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?))?)\b"
)
_ANY_YEAR = rf"(?:{_YEAR}|'\d{{2}}\b|’\d{{2}}\b|{_YEAR_WORDS})"
_COUNT = (
    r"(?:\d{1,4}(?:\.\d+)?|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|couple\sof|a\scouple\sof|a\sfew|few|several|half\san?|a\sdozen)"
    r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_UNIT = r"(?:business\sdays?|working\sdays?|week\s?days?|fortnights?|days?|weeks?|weekends?|months?|quarters?|years?|yrs?|decades?|century|centuries|hours?|hrs?|minutes?|mins?|seconds?|secs?)"
_PART_OF_DAY = (
    r"(?:early\s|late\s)?(?:morning|afternoon|evening|night|lunchtime|midday|noon|overnight)"
)
_ZONE = r"(?:\s?\(?(?:[ECMP][SD]?T|CES?T|GMT|UTC|BST|AEST|AEDT|IST|JST|(?:eastern|central|pacific|mountain|local)(?:\s(?:standard|daylight))?\stime|local)\b\)?)"
_CLOCK = (
    rf"(?:(?:\d{{1,2}}(?:[:.]\d{{2}})?(?::\d{{2}})?\s?(?:a\.m\.|p\.m\.|a\.m|p\.m|am\b|pm\b|a\b|p\b)|\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?!\d)|noon\b|midnight\b|midday\b"
    rf"|\d{{1,2}}\so[’']clock|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\so[’']clock){_ZONE}?)"
)
_HOLIDAYS = r"(?:christmas(?:\s(?:day|eve))?|new\syear[’']?s?(?:\s(?:day|eve))?|easter(?:\s(?:sunday|monday))?|good\sfriday|thanksgiving(?:\sday)?|halloween|valentine[’']?s\sday|independence\sday|labou?r\sday|memorial\sday|veterans\sday|election\sday|mlk\sday|martin\sluther\sking(?:\sjr\.?)?\sday|st\.?\spatrick[’']?s\sday|boxing\sday|april\sfools?[’']?\sday|mother[’']?s\sday|father[’']?s\sday|juneteenth|groundhog\sday|earth\sday|presidents[’']?\sday|columbus\sday|black\sfriday|cyber\smonday|may\sday|bastille\sday|canada\sday|australia\sday|cinco\sde\smayo|inauguration\sday)(?![\w])"
_SEASONS = {
    "spring": (3, 6),
    "summer": (6, 9),
    "autumn": (9, 12),
    "fall": (9, 12),
    "winter": (12, 3),
}
_SEASON = r"(?:spring|summer|autumn|fall|winter)"


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower()).strip()


def _month_number(text: str) -> int:
    return _MONTHS[text.lower().rstrip(".")]


def _weekday_number(text: str) -> int:
    word = text.lower().rstrip(".")
    return _WEEKDAYS.get(word, 2 if word == "weds" else 0)


def _day_number(text: str) -> int:
    folded = _fold(text)
    if folded in _DAY_WORDS:
        return _DAY_WORDS[folded]
    if folded in _DAY_COUNTS:
        return _DAY_COUNTS[folded]
    return int(re.sub(r"\D", "", folded) or 0)


def _year_number(text: str) -> int | None:
    folded = _fold(text).replace("’", "'")
    if folded.isdecimal():
        value = int(folded)
        if len(folded) == 2:
            return value + (1900 if value >= 40 else 2000)
        return value
    if folded.startswith("'"):
        value = int(folded[1:])
        return value + (1900 if value >= 40 else 2000)
    words = folded.replace("-", " ").replace(" and ", " ").split()
    if words[:2] == ["two", "thousand"]:
        rest = find_numbers(" ".join(words[2:])) if words[2:] else []
        return 2000 + (int(rest[0].value) if rest else 0)
    century = {"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20}.get(words[0])
    if century is None:
        return None
    rest_words = [word for word in words[1:] if word not in {"hundred", "oh"}]
    numbers = find_numbers(" ".join(rest_words)) if rest_words else []
    return century * 100 + (int(numbers[0].value) if numbers else 0)


def _count_number(text: str) -> Decimal:
    folded = _fold(text)
    if re.fullmatch(r"[\d.]+", folded):
        return Decimal(folded)
    special = {
        "a": 1,
        "an": 1,
        "couple of": 2,
        "a couple of": 2,
        "a few": 3,
        "few": 3,
        "several": 3,
        "a dozen": 12,
    }
    if folded in special:
        return Decimal(special[folded])
    if folded.startswith("half"):
        return Decimal("0.5")
    numbers = find_numbers(folded)
    return numbers[0].value if numbers else Decimal(1)


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the day, None when there is no such day."""
    if not (1 <= month <= 12 and 1 <= year <= 9998 and 1 <= day <= 31):
        return None
    last = (first_of_next_month(year, month) - timedelta(1)).day
    return date(year, month, day) if day <= last else None


def first_of_next_month(year: int, month: int) -> date:
    return date(year + (month == 12), month % 12 + 1, 1)


def add_months(day: date, months: int) -> date:
    """Return *day* moved by *months*, the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    year = min(max(year, 1), 9998)
    last = (first_of_next_month(year, month + 1) - timedelta(1)).day
    return date(year, month + 1, min(day.day, last))


def _move_days(day: date, days: int) -> date:
    ordinal = min(max(day.toordinal() + days, 1), date(9998, 12, 31).toordinal())
    return date.fromordinal(ordinal)


def _week_of(day: date) -> date:
    return _move_days(day, -day.weekday())


def easter(year: int) -> date:
    """Return Easter Sunday. Method: the anonymous Gregorian computus (Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the *nth* weekday of a month; -1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return _move_days(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = _move_days(first_of_next_month(year, month), -1)
    return _move_days(last, -((last.weekday() - weekday) % 7))


def holiday(name: str, year: int) -> date | None:
    """Return the day of a holiday in *year*, None when the name is not known."""
    folded = _fold(name).replace("’", "'").replace("'", "").replace(".", "")
    fixed = {
        "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
        "new years eve": (12, 31), "new years day": (1, 1), "new years": (1, 1), "new year": (1, 1),
        "halloween": (10, 31), "valentines day": (2, 14), "independence day": (7, 4), "veterans day": (11, 11),
        "st patricks day": (3, 17), "april fools day": (4, 1), "april fool day": (4, 1), "juneteenth": (6, 19),
        "groundhog day": (2, 2), "earth day": (4, 22), "may day": (5, 1), "bastille day": (7, 14),
        "canada day": (7, 1), "australia day": (1, 26), "cinco de mayo": (5, 5), "inauguration day": (1, 20),
        "new year day": (1, 1), "new year eve": (12, 31),
    }  # fmt: skip
    if folded in fixed:
        return date(year, *fixed[folded])
    moving = {
        "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "labor day": (9, 0, 1), "labour day": (9, 0, 1),
        "memorial day": (5, 0, -1), "mlk day": (1, 0, 3), "presidents day": (2, 0, 3), "columbus day": (10, 0, 2),
        "mothers day": (5, 6, 2), "fathers day": (6, 6, 3),
    }  # fmt: skip
    if folded in moving:
        return _nth_weekday(year, *moving[folded])
    if folded.startswith("martin luther"):
        return _nth_weekday(year, 1, 0, 3)
    if folded in {"black friday", "cyber monday"}:
        return _move_days(_nth_weekday(year, 11, 3, 4), 1 if folded == "black friday" else 4)
    if folded == "election day":
        return _move_days(_nth_weekday(year, 11, 0, 1), 1)
    shifts = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2}
    return _move_days(easter(year), shifts[folded]) if folded in shifts else None


# Words that look ahead or back from a bare "Friday" or "September".
_AHEAD = re.compile(
    r"\b(?:will|won[’']t|would|shall|going\sto|set\s(?:to|for|on)|scheduled|plans?|planned|planning|due|upcoming|expected|expects?|next|until|till|deadline|"
    r"starting|beginning|effective|by|may|might|can|could|should|must|be\sheld|ahead|wants?\sto|hopes?\sto|intends?\sto|to\s(?:be|begin|start|open|visit|meet|vote|hold|take|travel)|take\sup|takes\seffect)\b|[’']ll\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:was|were|had|did|said|told|last|since|ago|has|have|killed|died|struck|hit|held|met|voted|announced|signed|visited|arrived|took|made|went|came|began|wrote|"
    r"found|won|lost|got|rose|fell|left|shut|cut|put|set|led|saw|gave|spoke|sent|brought|kept|\w{2,}ed)\b",
    re.IGNORECASE,
)


def looks_ahead(text: str, span: Span) -> bool | None:
    """Return whether the clause around *span* speaks of the future, None when it doesn't say.

    Looks at the clause the span stands in: back to the last comma, semicolon or sentence
    end, at most 120 characters, and 60 characters ahead.
    """
    before = text[max(0, span.start - 120) : span.start]
    before = re.split(r"[.;:!?\n][\s”\"]|\n", before)[-1]
    after = re.split(r"[.;:!?\n](?:[\s”\"]|$)|\n", text[span.end : span.end + 90])[0]
    near = re.split(r",\s", before)[-1]
    for window in (near + " | " + re.split(r",\s", after)[0], before + " | " + after):
        ahead, back = list(_AHEAD.finditer(window)), list(_BACK.finditer(window))
        if ahead or back:
            # "said it will open on Friday": the verb nearest to the date decides.
            middle = window.index("|")
            nearest_ahead = min((abs(hit.start() - middle) for hit in ahead), default=10**6)
            nearest_back = min((abs(hit.start() - middle) for hit in back), default=10**6)
            if ahead and re.search(r"\b(?:said|told|says)\b", window, re.IGNORECASE):
                others = [hit for hit in back if hit.group().lower() not in {"said", "told", "set"}]
                nearest_back = min((abs(hit.start() - middle) for hit in others), default=10**6)
            return nearest_ahead < nearest_back
    return None


Handler = Callable[[re.Match[str], "_Context"], TimeReading | None]


@dataclass(frozen=True, slots=True)
class _Context:
    text: str
    anchor: date | None


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


def _choose(
    context: _Context, span: Span, past: date | None, future: date | None
) -> tuple[date | None, date | None]:
    """Return (taken, other) of a past and a future reading of the same words."""
    if past is None or future is None or past == future:
        return past or future, None
    ahead = looks_ahead(context.text, span)
    return (future, past) if ahead else (past, future)


def _yearless(
    context: _Context, span: Span, month: int, day: int
) -> tuple[date | None, date | None]:
    anchor = context.anchor
    if anchor is None:
        return None, None
    past = future = None
    for year in range(anchor.year, max(anchor.year - 9, 1), -1):
        past = make_date(year, month, day)
        if past is not None and past <= anchor:
            break
        past = None
    for year in range(anchor.year, anchor.year + 9):
        future = make_date(year, month, day)
        if future is not None and future >= anchor:
            break
        future = None
    return _choose(context, span, past, future)


def _clock_value(text: str) -> str:
    folded = _fold(text).replace("’", "'")
    if folded.startswith(("noon", "midday")):
        return "12:00"
    if folded.startswith("midnight"):
        return "00:00"
    match = re.match(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?\s?(a|p)?", folded)
    if match is None:
        numbers = find_numbers(folded)
        return f"{int(numbers[0].value):02d}:00" if numbers else ""
    hour, minute = int(match.group(1)), int(match.group(2) or 0)
    if match.group(3) == "p" and hour < 12:
        hour += 12
    if match.group(3) == "a" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""


def _group(match: re.Match[str], name: str) -> str:
    return match.groupdict().get(name) or ""


def _absolute_day(match: re.Match[str], context: _Context) -> TimeReading | None:
    year = _year_number(_group(match, "year"))
    month = _month_number(_group(match, "month"))
    day = _day_number(_group(match, "day"))
    if year is None:
        return None
    value = make_date(year, month, day)
    return None if value is None else TimeReading(_span(match), "date", value)


def _month_day(match: re.Match[str], context: _Context) -> TimeReading | None:
    month = _month_number(_group(match, "month"))
    if (
        _group(match, "month").lower() == "may"
        and _group(match, "month")[0].islower()
        and not _DATE_WORD_BEFORE.search(context.text[max(0, match.start() - 12) : match.start()])
        and not re.search(r"\d", match.group())
    ):
        return None
    value, other = _yearless(context, _span(match), month, _day_number(_group(match, "day")))
    return (
        None
        if value is None
        else TimeReading(_span(match), "date", value, relative=True, other=other)
    )


def _numeric_day(match: re.Match[str], context: _Context) -> TimeReading | None:
    year_text = _group(match, "year")
    first, second = int(_group(match, "first")), int(_group(match, "second"))
    if not year_text:
        month, day = (first, second) if first <= 12 else (second, first)
        value, other = _yearless(context, _span(match), month, day)
        return (
            None
            if value is None
            else TimeReading(_span(match), "date", value, relative=True, other=other)
        )
    year = _year_number(year_text)
    if year is None:
        return None
    value = make_date(year, first, second) or make_date(year, second, first)
    return None if value is None else TimeReading(_span(match), "date", value)


def _iso_day(match: re.Match[str], context: _Context) -> TimeReading | None:
    value = make_date(
        int(_group(match, "year")), int(_group(match, "first")), int(_group(match, "second"))
    )
    return None if value is None else TimeReading(_span(match), "date", value)


def _month_range(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), first_of_next_month(year, month)


def _month_year(match: re.Match[str], context: _Context) -> TimeReading | None:
    year = _year_number(_group(match, "year"))
    if year is None or not 1 <= year <= 9998:
        return None
    month_text = _group(match, "month")
    month = int(month_text) if month_text.isdecimal() else _month_number(month_text)
    if not 1 <= month <= 12:
        return None
    start, end = _month_range(year, month)
    return _part(_group(match, "part"), TimeReading(_span(match), "range", start, end, "month"))


def _part(part: str, reading: TimeReading) -> TimeReading:
    """Narrow a range to its "early", "mid-", "late", "end of" part."""
    word = _fold(part).replace("-", " ").strip()
    start, end = reading.start, reading.end
    if not word or start is None or end is None:
        return reading
    if reading.precision == "month":
        if word.startswith("mid"):
            return replace(
                reading, start=start.replace(day=10), end=start.replace(day=21), precision="part"
            )
        if word.startswith(("early", "the beginning", "beginning", "the start", "start")):
            return replace(reading, end=start.replace(day=16), precision="part")
        if word.startswith(("late", "the end", "end")):
            return replace(reading, start=start.replace(day=16), precision="part")
    if reading.precision == "year":
        year = start.year
        if word.startswith(("mid", "the middle", "middle")):
            return replace(reading, start=date(year, 6, 1), end=date(year, 7, 1), precision="month")
        if word.startswith(("the end", "end")):
            return replace(
                reading, start=date(year, 12, 1), end=date(year + 1, 1, 1), precision="month"
            )
        if word.startswith(("early", "the beginning", "beginning", "the start", "start")):
            return replace(reading, end=date(year, 7, 1), precision="year")
        if word.startswith("late"):
            return replace(reading, start=date(year, 7, 1), precision="year")
    return reading


_DATE_WORD_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|through|during|for|last|this|next|past|early|late|mid|every|before|after|between|and|the|on)[\s-]$",
    re.IGNORECASE,
)


def _bare_month(match: re.Match[str], context: _Context) -> TimeReading | None:
    text = _group(match, "month")
    word = text.lower().rstrip(".")
    before = context.text[max(0, match.start() - 12) : match.start()]
    dated = (
        bool(_DATE_WORD_BEFORE.search(before))
        or bool(_group(match, "which"))
        or bool(_group(match, "part"))
    )
    if text[0].islower() and not dated:
        return None
    if word in {"may", "march", "mar", "jan", "jun", "sep", "dec", "apr", "august"} and not dated:
        return None
    if (
        text == "may"
        and re.search(r"\b(?:and|or|to|for|the|last)\s$", before, re.IGNORECASE)
        and not (_group(match, "which") or _group(match, "part"))
    ):
        return None
    if (
        word in {"may", "march"}
        and not re.search(
            r"\b(?:in|since|until|till|by|of|from|through|during|last|this|next|past|early|late|mid|before|after|to|between|and)[\s-]$",
            before,
            re.IGNORECASE,
        )
        and not _group(match, "which")
        and not _group(match, "part")
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
    month = _month_number(text)
    which = _fold(_group(match, "which"))
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
        chosen, other = _choose(context, _span(match), past, future)
        if chosen is None:
            return None
        start = chosen
    end = first_of_next_month(start.year, start.month)
    other_end = None if other is None else first_of_next_month(other.year, other.month)
    reading = TimeReading(
        _span(match), "range", start, end, "month", relative=True, other=other, other_end=other_end
    )
    return _part(_group(match, "part"), reading)


_YEAR_WORD_BEFORE = re.compile(
    r"(?:^|\b(?:in|since|by|until|till|from|of|during|before|after|to|through|the|year|years|early|late|mid|for|and|or|on|last|than|between|a|this|around|circa|its|his|their|our|fiscal|class)[\s-]|[,(–—/;:“\"‘'-]\s?)$",
    re.IGNORECASE,
)


def _bare_year(match: re.Match[str], context: _Context) -> TimeReading | None:
    text = context.text
    year = _year_number(_group(match, "year"))
    if year is None:
        return None
    named = bool(_group(match, "named")) or bool(_group(match, "part"))
    before = text[max(0, match.start() - 14) : match.start()]
    after = text[match.end() : match.end() + 14]
    if not named:
        if not _YEAR_WORD_BEFORE.search(before) or not 1000 <= year <= 2199:
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
    return _part(
        _group(match, "part"),
        TimeReading(_span(match), "range", start, date(year + 1, 1, 1), "year"),
    )


def _decade(match: re.Match[str], context: _Context) -> TimeReading | None:
    text = _group(match, "decade")
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
    folded = _fold(text)
    if folded in words:
        start = 1900 + words[folded]
    else:
        digits = re.sub(r"\D", "", folded)
        start = (
            int(digits) if len(digits) == 4 else (1900 if int(digits) >= 20 else 2000) + int(digits)
        )
    length = 100 if start % 100 == 0 and start < 2000 else 10
    reading = TimeReading(
        _span(match), "range", date(start, 1, 1), date(start + length, 1, 1), "decade"
    )
    part = _fold(_group(match, "part"))
    if part.startswith("early"):
        return replace(reading, end=date(start + 4, 1, 1))
    if part.startswith("late"):
        return replace(reading, start=date(start + 6, 1, 1))
    if part.startswith("mid"):
        return replace(reading, start=date(start + 3, 1, 1), end=date(start + 7, 1, 1))
    return reading


def _century(match: re.Match[str], context: _Context) -> TimeReading | None:
    number = _day_number(_group(match, "day"))
    if not 1 <= number <= 90:
        return None
    start = max((number - 1) * 100, 1)
    return TimeReading(
        _span(match), "range", date(start, 1, 1), date(number * 100, 1, 1), "century"
    )


def _season(match: re.Match[str], context: _Context) -> TimeReading | None:
    first, _last = _SEASONS[_group(match, "season").lower()]
    year_text, which = _group(match, "year"), _fold(_group(match, "which"))
    anchor = context.anchor
    relative = True
    if year_text:
        year = _year_number(year_text)
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
        _span(match), "range", start, add_months(start, 3), "season", relative=relative
    )


def _quarter(match: re.Match[str], context: _Context) -> TimeReading | None:
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
    text = _fold(_group(match, "quarter"))
    number = words.get(text) or int(re.sub(r"\D", "", text) or 0)
    year = _year_number(_group(match, "year")) if _group(match, "year") else None
    relative = year is None
    which = _fold(_group(match, "which"))
    if year is None:
        if context.anchor is None:
            return None
        year = context.anchor.year + (1 if which == "next" else -1 if which == "last" else 0)
    half = _group(match, "half")
    length = 6 if half else 3
    if not 1 <= number <= 12 // length:
        return None
    start = date(year, 1 + length * (number - 1), 1)
    return TimeReading(
        _span(match), "range", start, add_months(start, length), "quarter", relative=relative
    )


def _day_word(match: re.Match[str], context: _Context) -> TimeReading | None:
    anchor = context.anchor
    if anchor is None:
        return None
    word = _fold(_group(match, "word"))
    shifts = {
        "yesterday": -1,
        "tomorrow": 1,
        "day before yesterday": -2,
        "day after tomorrow": 2,
        "the day before": -1,
        "day before": -1,
        "last night": -1,
    }
    shift = shifts.get(word.removeprefix("the "), shifts.get(word, 0))
    value = _move_days(anchor, shift)
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
        _span(match),
        "datetime" if moment or _group(match, "part") else "date",
        value,
        relative=True,
    )


def _weekday(match: re.Match[str], context: _Context) -> TimeReading | None:
    text = _group(match, "weekday")
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
        and not _group(match, "which")
        and not re.search(
            r"\b(?:on|this|next|last)\s$",
            context.text[max(0, match.start() - 6) : match.start()],
            re.IGNORECASE,
        )
    ):
        return None
    if text.isupper() and word in {"sun", "sat", "mon", "wed"}:
        return None
    number = _weekday_number(text)
    which = _fold(_group(match, "which"))
    monday = _week_of(anchor)
    span = _span(match)
    kind = "datetime" if _group(match, "part") and _fold(_group(match, "part")) else "date"
    if which in {"last", "past", "previous"}:
        # In news "last Friday" is the Friday before, in this week or the one before.
        value = _move_days(anchor, -((anchor.weekday() - number - 1) % 7 + 1))
        strict = _move_days(monday, number - 7)
        return TimeReading(
            span,
            kind,
            strict if which == "previous" else value,
            relative=True,
            other=None if strict == value else strict,
        )
    if which in {"next", "upcoming", "coming", "following"}:
        nearest = _move_days(anchor, (number - anchor.weekday() - 1) % 7 + 1)
        strict = _move_days(monday, number + 7)
        if which == "next":
            return TimeReading(
                span, kind, strict, relative=True, other=None if strict == nearest else nearest
            )
        return TimeReading(span, kind, nearest, relative=True)
    if which == "this":
        return TimeReading(span, kind, _move_days(monday, number), relative=True)
    past = _move_days(anchor, -((anchor.weekday() - number) % 7))
    future = _move_days(anchor, (number - anchor.weekday()) % 7)
    if past == future == anchor:
        return TimeReading(span, kind, anchor, relative=True)
    value_taken, other = _choose(context, span, past, future)
    return TimeReading(span, kind, value_taken, relative=True, other=other)


def _weekday_of_week(match: re.Match[str], context: _Context) -> TimeReading | None:
    anchor = context.anchor
    if anchor is None:
        return None
    which = _fold(_group(match, "which"))
    shift = {"last": -7, "past": -7, "previous": -7, "next": 7, "following": 7, "coming": 7}.get(
        which, 0
    )
    value = _move_days(_week_of(anchor), shift + _weekday_number(_group(match, "weekday")))
    return TimeReading(_span(match), "date", value, relative=True)


def _weekday_of_month(match: re.Match[str], context: _Context) -> TimeReading | None:
    """Read "Friday the 13th": the nearest such day that is that weekday."""
    anchor = context.anchor
    if anchor is None:
        return None
    weekday, day = _weekday_number(_group(match, "weekday")), _day_number(_group(match, "day"))
    past = future = None
    for shift in range(60):
        month = add_months(anchor.replace(day=1), -shift)
        value = make_date(month.year, month.month, day)
        if past is None and value is not None and value <= anchor and value.weekday() == weekday:
            past = value
        month = add_months(anchor.replace(day=1), shift)
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
            _span(match), "date", past or future, relative=True, other=future if past else None
        )
    )


def _bare_day(match: re.Match[str], context: _Context) -> TimeReading | None:
    """Read "the 18th" after a word that dates ("on the 18th")."""
    anchor = context.anchor
    if anchor is None:
        return None
    day = _day_number(_group(match, "day"))
    which = _fold(_group(match, "which"))
    month = anchor.replace(day=1)
    if which:
        month = add_months(month, {"next": 1, "last": -1, "previous": -1}.get(which, 0))
        value = make_date(month.year, month.month, day)
        return None if value is None else TimeReading(_span(match), "date", value, relative=True)
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
    value, other = _choose(context, _span(match), past, future)
    return (
        None
        if value is None
        else TimeReading(_span(match), "date", value, relative=True, other=other)
    )


def _year_month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _period(match: re.Match[str], context: _Context) -> TimeReading | None:
    """Read "last week", "this month", "next year", "the weekend"."""
    anchor = context.anchor
    if anchor is None:
        return None
    which = _fold(_group(match, "which"))
    unit = _fold(_group(match, "unit"))
    shift = {
        "last": -1,
        "past": -1,
        "previous": -1,
        "next": 1,
        "coming": 1,
        "upcoming": 1,
        "following": 1,
    }.get(which, 0)
    span = _span(match)
    part = _fold(_group(match, "part"))
    if unit == "weekend":
        start = _move_days(_week_of(anchor), 5 + 7 * shift)
        if (
            which in {"", "the", "over the"}
            and looks_ahead(context.text, span) is not True
            and start > anchor
        ):
            other, start = start, _move_days(start, -7)
            return TimeReading(
                span,
                "range",
                start,
                _move_days(start, 2),
                "weekend",
                relative=True,
                other=other,
                other_end=_move_days(other, 2),
            )
        return TimeReading(span, "range", start, _move_days(start, 2), "weekend", relative=True)
    if unit == "week":
        if which == "past" and not shift:
            shift = -1
        start = _move_days(_week_of(anchor), 7 * shift)
        end = _move_days(start, 7)
        if part.startswith("later"):
            start = _move_days(start, 3)
        elif part.startswith(("earlier", "early")):
            end = _move_days(start, 3) if shift == 0 else _move_days(start, 3)
        return TimeReading(span, "range", start, end, "week", relative=True)
    if unit == "fortnight":
        start = _move_days(anchor, -14 if shift <= 0 else 1)
        return TimeReading(span, "range", start, _move_days(start, 14), "range", relative=True)
    if unit == "month":
        start = add_months(anchor.replace(day=1), shift)
        end = first_of_next_month(start.year, start.month)
        reading = TimeReading(span, "range", start, end, "month", relative=True)
        if part.startswith("later"):
            return replace(reading, start=start.replace(day=16), precision="part")
        if part.startswith("earlier"):
            return replace(reading, precision="month")
        return _part(part, reading)
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
        return _part(part, reading)
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


def _unit_name(text: str) -> str:
    folded = _fold(text)
    if folded.startswith(("business", "working", "weekday", "week day")):
        return "business"
    singular = {
        "yrs": "year",
        "yr": "year",
        "hrs": "hour",
        "hr": "hour",
        "mins": "minute",
        "min": "minute",
        "secs": "second",
        "sec": "second",
        "centuries": "century",
    }
    return singular.get(folded, folded.removesuffix("s"))


def _shift(day: date, count: Decimal, unit: str, sign: int) -> date:
    number = int(count)
    if unit == "business":
        left = number
        while left > 0:
            day = _move_days(day, sign)
            if day.weekday() < 5:
                left -= 1
        return day
    if unit in {"day", "week", "fortnight", "weekend"}:
        days = count * {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}[unit]
        return _move_days(day, sign * int(days))
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months is not None:
        return add_months(day, sign * int(count * months))
    return day  # hours and less: the same day, near enough


def _count_pairs(text: str) -> list[tuple[Decimal, str]]:
    return [
        (_count_number(match.group(1)), _unit_name(match.group(2)))
        for match in _COUNT_UNIT.finditer(text)
    ]


_COUNT_UNIT = re.compile(rf"\b({_COUNT})[\s-]?({_UNIT})\b", re.IGNORECASE)


def _ago(match: re.Match[str], context: _Context) -> TimeReading | None:
    """Read "two weeks ago", "in three days", "two weeks from now", "three days later"."""
    if context.anchor is None:
        return None
    pairs = _count_pairs(_group(match, "length"))
    if not pairs or any(count > 5000 for count, _ in pairs):
        return None
    way = _fold(_group(match, "way"))
    sign = (
        -1
        if way
        in {"ago", "earlier", "before", "back", "prior", "previously", "before today", "before now"}
        else 1
    )
    day = context.anchor
    for count, unit in pairs:
        day = _shift(day, count, unit, sign)
    small = all(unit in {"hour", "minute", "second"} for _, unit in pairs)
    if small and "way" in match.groupdict() and way in {"later", "earlier", "after", "before"}:
        return None
    return TimeReading(_span(match), "datetime" if small else "date", day, relative=True)


def _span_of_time(match: re.Match[str], context: _Context) -> TimeReading | None:
    """Read "the past three weeks", "next 10 days", "within 9 months"."""
    anchor = context.anchor
    if anchor is None:
        return None
    pairs = _count_pairs(_group(match, "length"))
    if not pairs or any(count > 5000 for count, _ in pairs):
        return None
    if any(unit in {"hour", "minute", "second"} for _, unit in pairs):
        return None
    which = _fold(_group(match, "which"))
    unit = pairs[0][1]
    count = int(pairs[0][0])
    past = which in {"last", "past", "previous", "preceding", "over the last", "over the past"}
    span = _span(match)
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
        day = _shift(day, number, name, -1 if past else 1)
    if past:
        return TimeReading(span, "range", day, anchor, relative=True, precision="range")
    if which.startswith("within"):
        return TimeReading(span, "range", anchor, day, relative=True, precision="range")
    return TimeReading(
        span, "range", _move_days(anchor, 1), _move_days(day, 1), relative=True, precision="range"
    )


def _shifted_from(match: re.Match[str], context: _Context) -> TimeReading | None:
    """Read "three weeks from tomorrow", "2 days after May 5": a shift from another date."""
    inner_text = _group(match, "base")
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
    way = _fold(_group(match, "way"))
    sign = -1 if way in {"before", "prior to", "ahead of"} else 1
    day = base.start
    # A shift from a yearless day goes from the one still to come.
    if base.relative and base.other is not None and context.anchor is not None:
        day = max(base.start, base.other)
    for count, unit in _count_pairs(_group(match, "length")):
        if unit in {"hour", "minute", "second"}:
            return None
        day = _shift(day, count, unit, sign)
    return TimeReading(Span(match.start(), base.span.end), "date", day, relative=base.relative)


def _holiday_day(match: re.Match[str], context: _Context) -> TimeReading | None:
    name = _group(match, "holiday")
    year_text, which = _group(match, "year"), _fold(_group(match, "which"))
    anchor = context.anchor
    if year_text:
        year = _year_number(year_text)
        value = None if year is None else holiday(name, year)
        return None if value is None else TimeReading(_span(match), "date", value)
    if anchor is None:
        return None
    if which in {"last", "this past", "past"}:
        value = holiday(name, anchor.year)
        if value is not None and value >= anchor:
            value = holiday(name, anchor.year - 1)
        return None if value is None else TimeReading(_span(match), "date", value, relative=True)
    if which == "this":
        value = holiday(name, anchor.year)
        return None if value is None else TimeReading(_span(match), "date", value, relative=True)
    days = [
        day
        for day in (holiday(name, anchor.year + shift) for shift in (-1, 0, 1))
        if day is not None
    ]
    past = max((day for day in days if day <= anchor), default=None)
    future = min((day for day in days if day >= anchor), default=None)
    if which in {"next", "coming"}:
        return None if future is None else TimeReading(_span(match), "date", future, relative=True)
    value, other = _choose(context, _span(match), past, future)
    return (
        None
        if value is None
        else TimeReading(_span(match), "date", value, relative=True, other=other)
    )


def _week_number(match: re.Match[str], context: _Context) -> TimeReading | None:
    """Read "week 31 of 2027": weeks of ISO 8601, which begin on Monday."""
    number = int(_group(match, "number"))
    year = _year_number(_group(match, "year")) if _group(match, "year") else None
    if year is None:
        if context.anchor is None:
            return None
        year = context.anchor.year + {"last": -1, "next": 1}.get(_fold(_group(match, "which")), 0)
    if not 1 <= number <= 53:
        return None
    start = _move_days(date(year, 1, 4), -date(year, 1, 4).weekday() + 7 * (number - 1))
    return TimeReading(
        _span(match),
        "range",
        start,
        _move_days(start, 7),
        "week",
        relative=not _group(match, "year"),
    )


def _part_of_period(match: re.Match[str], context: _Context) -> TimeReading | None:
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
    count = int(_count_number(_group(match, "count") or "one"))
    which = _fold(_group(match, "nth"))
    unit = _unit_name(_group(match, "unit"))
    span = Span(match.start(), whole.span.end)
    last = which in {"last", "final"}
    nth = (
        1 if last else ORDINAL_WORDS.get(which, _day_number(which) if which[:1].isdecimal() else 1)
    )
    if unit == "week":
        # A week belongs to the period that holds its Thursday, as in ISO 8601.
        first = _move_days(_week_of(_move_days(start, 3)), 0)
        if first.toordinal() + 3 < start.toordinal():
            first = _move_days(first, 7)
        final = _week_of(_move_days(end, -4))
        low = _move_days(final, -7 * (count - 1)) if last else _move_days(first, 7 * (nth - 1))
        return TimeReading(
            span, "range", low, _move_days(low, 7 * count), "week", relative=whole.relative
        )
    if unit == "weekend":
        saturday = _move_days(start, (5 - start.weekday()) % 7 + 7 * (nth - 1))
        if last:
            saturday = _move_days(end, -1 - (_move_days(end, -1).weekday() - 5) % 7)
        return TimeReading(
            span, "range", saturday, _move_days(saturday, 2), "weekend", relative=whole.relative
        )
    if unit not in {"day", "month", "quarter", "year", "decade"}:
        return None
    if last:
        low, high = _shift(end, Decimal(count), unit, -1), end
    else:
        low = _shift(start, Decimal(nth - 1), unit, 1)
        high = _shift(low, Decimal(count), unit, 1)
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


def _nth_weekday_of(match: re.Match[str], context: _Context) -> TimeReading | None:
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
    which = _fold(_group(match, "nth"))
    nth = (
        -1
        if which in {"last", "final"}
        else ORDINAL_WORDS.get(which, _day_number(which) if which[:1].isdecimal() else 1)
    )
    month = base[0].start
    value = _nth_weekday(month.year, month.month, _weekday_number(_group(match, "weekday")), nth)
    other = base[0].other
    other_value = (
        None
        if other is None
        else _nth_weekday(other.year, other.month, _weekday_number(_group(match, "weekday")), nth)
    )
    return TimeReading(
        Span(match.start(), base[0].span.end),
        "date",
        value,
        relative=base[0].relative,
        other=other_value,
    )


def _clock(match: re.Match[str], context: _Context) -> TimeReading | None:
    value = _clock_value(match.group())
    if not value:
        return None
    if re.match(r"\d{1,2}\s?(?:a|p)$", match.group(), re.IGNORECASE):
        return None
    if re.fullmatch(r"\d{1,2}\.\d{2}", match.group()):
        return None
    return TimeReading(_span(match), "time", None, clock=value, precision="clock")


def _month_days(match: re.Match[str], context: _Context) -> TimeReading | None:
    """Read "November 18-19", "from 4 to 23 May 2019": two days of one month."""
    month = _month_number(_group(match, "month"))
    first, last = _day_number(_group(match, "day")), _day_number(_group(match, "last"))
    year_text = _group(match, "year")
    if year_text:
        year = _year_number(year_text)
        if year is None:
            return None
        start, end = make_date(year, month, first), make_date(year, month, last)
        other = None
    else:
        start, other = _yearless(context, _span(match), month, first)
        end = None if start is None else make_date(start.year, month, last)
    if start is None or end is None or end <= start:
        return None
    other_end = None if other is None else make_date(other.year, month, last)
    return TimeReading(
        _span(match),
        "range",
        start,
        end,
        "range",
        relative=not year_text,
        other=other,
        other_end=other_end,
    )


_WHICH = r"last|past|previous|next|this|coming|upcoming|following"
_PART = r"(?:the\s)?(?:end|beginning|start|middle)\sof\s(?:the\s)?|(?:early|late|mid)(?:[\s-](?:in\s)?)|later\sin\s|earlier\sin\s|early\sin\s|late\sin\s|(?:later|earlier)\s"
_LENGTH = rf"(?:{_COUNT})[\s-]?{_UNIT}(?:(?:,?\sand\s|,?\s)(?:{_COUNT})[\s-]?{_UNIT})*"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Handler], ...]:
    day_prefix = rf"(?:{_WEEKDAY},?\s(?:the\s)?)?(?:the\s)?"
    rows: list[tuple[str, Handler]] = [
        (rf"{day_prefix}(?P<month>{_MONTH})[\s,./-]*(?:the\s)?(?P<day>{_DAY})(?:\s?,\s?|\s(?:of\s)?|[-/])(?P<year>{_ANY_YEAR})", _absolute_day),
        (rf"{day_prefix}(?P<day>{_DAY})[\s-]*(?:of\s)?[\s,./-]?(?P<month>{_MONTH})[\s,./-]*(?:of\s|in\s)?(?P<year>{_ANY_YEAR})", _absolute_day),
        (rf"(?P<year>{_YEAR})[\s./-](?P<month>{_MONTH})[\s./-](?P<day>{_DAY})", _absolute_day),
        (rf"(?P<year>{_YEAR})[\s./-](?P<day>{_DAY})[\s./-](?P<month>{_MONTH})", _absolute_day),
        (rf"(?P<month>{_MONTH})[./-](?P<year>{_YEAR})[./-](?P<day>{_DAY})", _absolute_day),
        (rf"(?P<day>{_DAY})[./-](?P<year>{_YEAR})[./-](?P<month>{_MONTH})", _absolute_day),
        (rf"{day_prefix}(?P<month>{_MONTH})(?:\s?,\s?|[\s/-])(?:the\s)?(?P<day>{_DAY})(?!\s?[-–]\s?\d|:|\s(?:percent|people|years|days|weeks|months|minutes|hours|million|billion|thousand)|%)", _month_day),
        (rf"{day_prefix}(?P<day>{_ORDINAL_DAY}|\d{{1,2}})\s?(?:of\s|-|/)?(?P<month>{_MONTH})(?!\s?{_YEAR})", _month_day),
        (rf"(?:(?:from|between|on)\s)?(?P<month>{_MONTH})\s(?:the\s)?(?P<day>{_DAY})\s?(?:[-–—]|to|through|till|until|and)\s?(?:the\s)?(?P<last>{_DAY})(?!\s?(?:percent|%|people|\w+day))(?:,?\s(?P<year>{_ANY_YEAR}))?", _month_days),
        (rf"(?:(?:from|between)\s)?(?:the\s)?(?P<day>{_DAY})\s?(?:[-–—]|to|through|till|until|and)\s?(?:the\s)?(?P<last>{_DAY})\s(?:of\s)?(?P<month>{_MONTH})(?:,?\s(?P<year>{_ANY_YEAR}))?", _month_days),
        (r"(?<![\d/.-])(?P<year>\d{4})[-/.](?P<first>0?[1-9]|1[0-2])[-/.](?P<second>0?[1-9]|[12]\d|3[01])(?![\d/])", _iso_day),
        (r"(?<!\d)(?P<year>19\d{2}|20\d{2})(?P<first>0[1-9]|1[0-2])(?P<second>0[1-9]|[12]\d|3[01])(?!\d)", _iso_day),
        (rf"(?:{_WEEKDAY},?\s)?(?<![\d/.-])(?P<first>0?[1-9]|[12]\d|3[01])(?P<mark>[/.-])(?P<second>0?[1-9]|[12]\d|3[01])(?P=mark)(?P<year>\d{{4}}|\d{{2}})(?![\d/]|[.-]\d)", _numeric_day),
        (rf"(?:{_WEEKDAY},?\s)?(?<![\d/.$€£-])(?P<first>0?[1-9]|1[0-2])/(?P<second>0?[1-9]|[12]\d|3[01])(?![\d/])", _numeric_day),
        (rf"(?P<part>{_PART})?(?P<month>{_MONTH})(?:\s|,\s|[-/]|\sof\s|\sin\s)(?P<year>{_ANY_YEAR}|(?<=of\s)\d{{2}}\b)", _month_year),
        (r"(?<![\d/-])(?P<year>(?:19|20)\d{2})[-/](?P<month>0?[1-9]|1[0-2])(?![\d/-])", _month_year),
        (r"(?<![\d/-])(?P<month>0?[1-9]|1[0-2])[-/](?P<year>(?:19|20)\d{2})(?![\d/-])", _month_year),
        (rf"(?P<part>{_PART})?(?:(?P<which>{_WHICH})\s)?(?P<month>{_MONTH})(?!\s?\d{{1,2}}(?!\d)|[’']s\s)", _bare_month),
        (rf"(?P<part>{_PART})?(?:the\s)?(?P<named>(?:calendar\s|fiscal\s)?year\s)(?:of\s)?(?P<year>{_ANY_YEAR})", _bare_year),
        (rf"(?P<part>{_PART})?(?<![\w$€£,.#])(?P<year>{_YEAR})(?![\w%]|,\d)", _bare_year),
        (rf"(?<=\bin\s)(?P<named>)(?P<year>{_YEAR_WORDS})", _bare_year),
        (r"(?:the\s)?(?P<part>early|late|mid)?[\s-]?(?:the\s)?(?P<decade>(?:1[5-9]|20)\d0\s?[’']?s\b|[’'][1-9]0s\b|(?<=the\s)[2-9]0s\b|(?<=the\s)(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b)", _decade),
        (rf"(?:the\s)?(?P<day>{_ORDINAL_DAY})[\s-]century", _century),
        (rf"(?:(?:the\s)?(?:early|late|mid)[\s-])?(?:the\s)?(?P<season>{_SEASON})(?:\s(?:of\s)?|,\s)(?P<year>{_YEAR})", _season),
        (rf"(?P<which>last|this|next|past|previous|coming)\s(?P<season>{_SEASON})\b", _season),
        (rf"(?P<year>{_YEAR})?\s?\b(?P<quarter>Q[1-4])\b(?:\s(?:of\s)?(?P<after>))?", _quarter),
        (rf"\b(?P<quarter>Q[1-4])[\s,]*(?:of\s)?(?P<year>{_ANY_YEAR})", _quarter),
        (rf"(?:the\s)?(?P<quarter>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[\s-](?:quarter|(?P<half>half))\s(?:of\s)?(?:(?P<which>last|this|next)\syear|(?P<year>{_ANY_YEAR}))", _quarter),
        (r"(?P<word>(?:the\s)?day\s(?:before\syesterday|after\stomorrow)|yesterday|today|tomorrow|tonight|this\s(?:morning|afternoon|evening|night)|last\snight|"
         r"right\snow|at\s(?:the|this)\s(?:moment|minute)|at\spresent(?!\s\w+\s(?:level|rate))|(?<!\w)now(?!\s(?:that|defunct))|(?:the\s)?end\sof\s(?:the\s)?day)(?P<part>\s(?:morning|afternoon|evening|night))?", _day_word),
        (rf"(?:(?:early|late|later|the\send\sof)\s)?(?:(?:on\s)?(?P<which>{_WHICH})\s)?(?P<weekday>{_WEEKDAY})(?![-’'](?!s\b)\w)(?:,?\s(?P<part>{_PART_OF_DAY})\b)?", _weekday),
        (rf"(?P<which>last|next|this|following|coming)\sweek(?:[’']s)?,?\s(?:on\s)?(?P<weekday>{_WEEKDAY})", _weekday_of_week),
        (rf"(?P<weekday>{_WEEKDAY}),?\s(?:of\s)?(?P<which>last|next|this|the\sfollowing)\sweek", _weekday_of_week),
        (rf"(?P<weekday>{_WEEKDAY}),?\s(?:the\s)?(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)|{_ORDINAL_WORD})\b(?!\s(?:of\s)?{_MONTH})", _weekday_of_month),
        (r"(?<=\bon\s)(?:the\s)(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th))\b(?!\s(?:of|floor|century|street|st\b|ave|birthday|anniversary|hole|day|time|\w+(?:ment|ion)))", _bare_day),
        (r"(?:the\s|on\sthe\s|around\sthe\s)?(?P<day>(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th))\s(?:of\s)?(?P<which>this|next|last)\smonth", _bare_day),
        (rf"(?P<part>(?:later|earlier|early|late|(?:the\s)?(?:end|beginning|start|middle)\sof)\s)?(?P<which>{_WHICH})[\s-](?P<unit>weekend|week|fortnight|month|quarter|year|decade|century)(?![-’']?\w)(?![\s-](?:old|long))", _period),
        (r"(?:(?<=\bthat\s)|(?<=\bover\s)|(?<=\bduring\s)|(?<=\bfor\s)|(?<=\bin\s)|(?<=\bof\s))(?:the\s)?(?P<which>)(?P<unit>weekend)\b", _period),
        (rf"(?P<length>{_LENGTH})\s(?P<way>ago|earlier|later|from\snow|from\stoday|hence|back|before\stoday|before\snow|after\stoday)\b", _ago),
        (rf"(?<=\bin\s)(?P<way>)(?P<length>(?:about\s|just\s)?{_LENGTH})(?![\s-](?:time\b)?(?:of|old|from|ago|later|after|before)\b)", _in_length),
        (rf"(?:the\s)?(?P<which>last|past|previous|preceding|next|coming|following|upcoming|within\s(?:the\s)?(?:next\s|past\s)?)\s?(?P<length>{_LENGTH})", _span_of_time),
        (rf"(?P<length>(?P<first>{_COUNT})\s(?P<which>past|previous|next|upcoming|last|following)\s(?P<tail>{_UNIT}))\b", _span_turned),
        (rf"(?P<length>(?:{_LENGTH}))\s(?P<way>after|before|from|prior\sto|ahead\sof|following|since)\s(?:the\s)?(?P<base>(?:{_MONTH}|{_WEEKDAY}|\d{{1,4}}|yesterday|today|tomorrow|{_HOLIDAYS}|the\s|next|last|{_ORDINAL_DAY})[^.;!?\n]{{0,40}})", _shifted_from),
        (rf"(?:(?P<which>last|this|next|this\spast|past|coming)\s)?(?P<holiday>{_HOLIDAYS})(?:,?\s(?:of\s)?(?P<year>{_ANY_YEAR}))?(?!\s(?:eve|islands?|tree|song|card|dinner|carol|party)s?\b)", _holiday_day),
        (r"(?<![\w])(?:the\s)?weeks?\s(?:number\s|no\.?\s)?(?P<number>\d{1,2})(?![\d:.]\d|\d)(?:\sof\s(?:the\syear\s)?(?:(?P<year>\d{4})|(?P<which>last|this|next)\syear))?", _week_number),
        (rf"(?:the\s)?(?P<nth>first|last|final|second|third|fourth|fifth|\d{{1,2}}(?:st|nd|rd|th)|{_ORDINAL_WORD})\s(?:(?P<count>{_COUNT})\s)?(?P<unit>{_UNIT})\s(?:of|in)\s(?:the\s)?(?P<base>(?:{_MONTH}|\d{{4}}|last|this|next|year|the\s)[^.;!?\n]{{0,24}})", _part_of_period),
        (rf"(?:the\s)?(?P<nth>first|last|final|second|third|fourth|fifth)\s(?P<weekday>{_LONG_WEEKDAY})\s(?:of|in)\s(?P<base>(?:{_MONTH}|last|this|next)[^.;!?\n]{{0,24}})", _nth_weekday_of),
        (_CLOCK, _clock),
    ]  # fmt: skip
    return tuple(
        (
            re.compile(
                rf"(?<![\w$€£]){pattern}" if not pattern.startswith("(?<") else pattern,
                re.IGNORECASE,
            ),
            handler,
        )
        for pattern, handler in rows
    )


def _in_length(match: re.Match[str], context: _Context) -> TimeReading | None:
    """Read "in three weeks" as a day to come, where the words look ahead or say nothing.

    "In two years it has doubled" is a stretch of time, not a day.
    """
    if context.anchor is None:
        return None
    if looks_ahead(context.text, _span(match)) is False:
        return None
    reading = _ago(match, context)
    if reading is None:
        return None
    before = match.start() - 3
    return replace(reading, span=Span(max(before, 0), match.end()))


def _span_turned(match: re.Match[str], context: _Context) -> TimeReading | None:
    anchor = context.anchor
    if anchor is None:
        return None
    count, unit = _count_number(_group(match, "first")), _unit_name(_group(match, "tail"))
    if count > 5000 or unit in {"hour", "minute", "second"}:
        return None
    if _fold(_group(match, "which")) in {"past", "previous", "last"}:
        return TimeReading(
            _span(match), "range", _shift(anchor, count, unit, -1), anchor, "range", relative=True
        )
    return TimeReading(
        _span(match),
        "range",
        _move_days(anchor, 1),
        _move_days(_shift(anchor, count, unit, 1), 1),
        "range",
        relative=True,
    )


def _single_readings(text: str, anchor: date | None, start: int, end: int) -> list[TimeReading]:
    """Return non-overlapping single readings in ``text[start:end]``, offsets of *text*."""
    # The word before decides whether "may" is a month, so the window holds it too.
    first = max(0, start - 4)
    readings = _select(_match_all(text[first:end], anchor))
    moved = [
        replace(reading, span=Span(reading.span.start + first, reading.span.end + first))
        for reading in readings
    ]
    return [reading for reading in moved if reading.span.start >= start]


_ANY_TIME_WORD = re.compile(
    r"\d|day|night|week|month|year|decade|century|quarter|ago|now|moment|present|minute|hour|noon|spring|summer|autumn|fall|winter|easter|christmas|"
    r"thanksgiving|halloween|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon\b|tue|wed|thu|fri|sat\b|sun\b|o[’']clock|ties\b|morrow|fools|"
    r"fortnight|juneteenth|mayo|new\syear|teenth|nineteen|eighteen",
    re.IGNORECASE,
)


def _match_all(text: str, anchor: date | None) -> list[TimeReading]:
    context = _Context(text, anchor)
    found: list[TimeReading] = []
    for pattern, handler in _patterns():
        for match in pattern.finditer(text):
            if match.start() == match.end():
                continue
            reading = handler(match, context)
            if reading is not None:
                found.append(reading)
    return found


def _select(readings: list[TimeReading]) -> list[TimeReading]:
    """Keep the longest reading of each place, text order, no overlaps."""
    taken: list[TimeReading] = []
    for reading in sorted(readings, key=lambda r: (-len(r.span), r.span.start, r.kind)):
        if not any(reading.span.overlaps(other.span) for other in taken):
            taken.append(reading)
    return sorted(taken, key=lambda r: r.span)


_RANGE_JOIN = re.compile(r"\s?(?:[-–—~]|to|through|till|until|thru)\s?(?:the\s)?", re.IGNORECASE)
_AND_JOIN = re.compile(r"\s?(?:and|to|[-–—~])\s?(?:the\s)?", re.IGNORECASE)
_TIME_JOIN = re.compile(
    r",?\s?(?:at|on|by|around|about|before|after|just\sbefore|just\safter|shortly\s(?:before|after)|from|for|[-–,])?\s?(?:early\s|late\s)?(?:on\s)?",
    re.IGNORECASE,
)
_BOUND_BEFORE = re.compile(
    r"\b(?P<since>since|starting(?:\s(?:on|in|from))?|beginning(?:\s(?:on|in))?|as\sof|from)\s(?:the\s)?$|"
    r"\b(?P<after>after|later\sthan|following)\s(?:the\s)?$|"
    r"\b(?P<before>before|prior\sto|earlier\sthan|ahead\sof)\s(?:the\s)?$|"
    r"\b(?P<until>until|till|by|no\slater\sthan|not\slater\sthan|through|up\sto)\s(?:the\s)?$",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    r"\s(?:and|or)\s(?P<since>later|after|onwards?|newer)\b|\s(?:and|or)\s(?P<until>earlier|before|older)\b",
    re.IGNORECASE,
)


def find_times(text: str, anchor: date | None) -> list[TimeReading]:
    """Return the dates, ranges and clock times of *text*, left to right, not overlapping.

    Bare weekdays and months need *anchor*, the day the text was published; without one
    only complete dates are found. Text is read in windows at line ends, so cost grows
    linearly with length.
    """
    found: list[TimeReading] = []
    for start, end in _windows(text):
        window = text[start:end]
        if not _ANY_TIME_WORD.search(window):
            continue
        readings = _join_clocks(window, _select(_match_all(window, anchor)))
        readings = _join_time_ranges(window, readings)
        readings = [_with_bound(window, reading) for reading in readings]
        found.extend(
            replace(r, span=Span(r.span.start + start, r.span.end + start)) for r in readings
        )
    return found


_WINDOW = 600


def _windows(text: str) -> list[tuple[int, int]]:
    """Cut *text* into pieces of whole lines or sentences, at most about 600 characters."""
    windows: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        if len(text) - place <= _WINDOW:
            windows.append((place, len(text)))
            break
        limit = place + _WINDOW
        cut = text.rfind("\n", place + 1, limit)
        if cut <= place:
            cut = max(
                text.rfind(". ", place + 1, limit),
                text.rfind("? ", place + 1, limit),
                text.rfind("! ", place + 1, limit),
            )
            # A full stop of "Oct. 14" is no place to cut.
            while cut > place and re.search(
                rf"(?:{_MONTH}|{_WEEKDAY}|\b[ap]\.m\.)$",
                text[max(place, cut - 9) : cut + 1],
                re.IGNORECASE,
            ):
                cut = max(text.rfind(". ", place + 1, cut), text.rfind("? ", place + 1, cut))
        if cut <= place:
            cut = text.rfind(" ", place + 1, limit)
        if cut <= place:
            cut = limit - 1
        windows.append((place, cut + 1))
        place = cut + 1
    return windows


def _join_clocks(text: str, readings: list[TimeReading]) -> list[TimeReading]:
    joined: list[TimeReading] = []
    for reading in readings:
        if joined:
            first = joined[-1]
            gap = text[first.span.end : reading.span.start]
            kinds = {first.kind, reading.kind}
            single = _TIME_JOIN.fullmatch(gap) is not None and len(gap) <= 20
            if (
                single
                and "time" in kinds
                and kinds & {"date", "datetime"}
                and not (first.clock and reading.clock)
            ):
                day = first if first.kind != "time" else reading
                clock = first.clock or reading.clock
                joined[-1] = replace(
                    day, span=Span(first.span.start, reading.span.end), kind="datetime", clock=clock
                )
                continue
            # "Tuesday, 14 October": a weekday and its date, or "two days from now on Friday".
            if (
                kinds <= {"date", "datetime"}
                and re.fullmatch(r",?\s(?:on\s)?|,\s|\s?\(", gap)
                and first.start is not None
                and first.start == reading.start
            ):
                joined[-1] = replace(
                    reading, span=Span(first.span.start, reading.span.end), kind=first.kind
                )
                continue
        joined.append(reading)
    return joined


def _join_time_ranges(text: str, readings: list[TimeReading]) -> list[TimeReading]:
    joined: list[TimeReading] = []
    for reading in readings:
        if joined:
            first = joined[-1]
            gap = text[first.span.end : reading.span.start]
            before = text[max(0, first.span.start - 14) : first.span.start]
            opener = re.search(r"\b(?P<word>from|between)\s(?:the\s)?$", before, re.IGNORECASE)
            fits = _RANGE_JOIN.fullmatch(gap) or (
                opener is not None
                and opener.group("word").lower() == "between"
                and _AND_JOIN.fullmatch(gap)
            )
            if (
                fits
                and first.start is not None
                and reading.start is not None
                and not first.clock
                and not reading.clock
                and not first.bound
            ):
                merged = _time_range(first, reading)
                if merged is not None:
                    start = first.span.start - (len(before) - opener.start("word") if opener else 0)
                    joined[-1] = replace(merged, span=Span(start, reading.span.end))
                    continue
        joined.append(reading)
    return joined


def _time_range(first: TimeReading, second: TimeReading) -> TimeReading | None:
    """Join two readings; the second's first day ends the range, as "from May to July" is
    commonly normalised. A yearless end takes the year of the other."""
    start, end = first.start, second.start
    if start is None or end is None:
        return None
    if first.relative and not second.relative and first.precision in {"month", "day"}:
        moved = make_date(
            end.year, start.month, min(start.day, 28) if first.precision == "month" else start.day
        )
        if moved is not None and first.other is not None:
            start = (
                moved if moved <= end else make_date(end.year - 1, start.month, start.day) or moved
            )
    if second.relative and not first.relative and second.other is not None:
        moved = make_date(start.year, end.month, end.day)
        if moved is not None:
            end = (
                moved if moved >= start else make_date(start.year + 1, end.month, end.day) or moved
            )
    if end <= start and second.other is not None and second.other > start:
        end = second.other
    if end <= start and first.other is not None and first.other < end:
        start = first.other
    if (
        first.relative
        and second.relative
        and first.other is not None
        and second.other is not None
        and first.precision == second.precision
    ):
        # Both yearless: the pair with the shortest stretch.
        pairs = [
            (b - a, a, b)
            for a in (first.start, first.other)
            for b in (second.start, second.other)
            if a and b and a < b
        ]
        if pairs:
            _, start, end = min(pairs, key=lambda item: (item[0], -item[1].toordinal()))
    if end <= start:
        return None
    return TimeReading(
        first.span, "range", start, end, "range", relative=first.relative and second.relative
    )


def _with_bound(text: str, reading: TimeReading) -> TimeReading:
    if reading.kind == "time" or reading.start is None:
        return reading
    before = text[max(0, reading.span.start - 18) : reading.span.start]
    match = _BOUND_BEFORE.search(before)
    tail = _BOUND_AFTER.match(text, reading.span.end)
    if match is not None and match.lastgroup:
        return replace(reading, bound=match.lastgroup, span=reading.span)
    if tail is not None and tail.lastgroup:
        return replace(reading, bound=tail.lastgroup)
    return reading


def bounded_span(text: str, reading: TimeReading) -> Span:
    """Return the span of *reading* with the word that bounds it ("since August")."""
    start, end = reading.span.start, reading.span.end
    match = _BOUND_BEFORE.search(text[max(0, start - 18) : start])
    if match is not None:
        start -= len(text[max(0, start - 18) : start]) - match.start()
    tail = _BOUND_AFTER.match(text, end)
    if tail is not None:
        end = tail.end()
    return Span(start, end)


def iso_text(start: date | None, end: date | None, precision: str, clock: str) -> str:
    """Return the ISO 8601 text of a reading; *end* is the first day after a range."""
    if start is None:
        return f"T{clock}" if clock else ""
    if clock:
        return f"{start.isoformat()}T{clock}"
    if precision == "month":
        return f"{start.year:04d}-{start.month:02d}"
    if precision == "year":
        return f"{start.year:04d}"
    if end is not None:
        last = _move_days(end, -1)
        if precision == "season":
            return f"{start.year:04d}-{start.month:02d}/{last.year:04d}-{last.month:02d}"
        if precision == "range" and end > start:
            last = end
        return f"{start.isoformat()}/{last.isoformat()}" if last > start else start.isoformat()
    return start.isoformat()


def find_dates(text: str, anchor: date | None) -> list[DateDraft]:
    """Return the dates and times of *text* as drafts, left to right.

    "now" and "at the moment" are left out: they date nothing a reader could compare.
    """
    drafts: list[DateDraft] = []
    for reading in find_times(text, anchor):
        words = reading.span.of(text)
        if _fold(words) in _NO_DATE:
            continue
        iso = iso_text(reading.start, reading.end, reading.precision, reading.clock)
        if not iso:
            continue
        readings: tuple[str, ...] = ()
        if reading.other is not None:
            other = iso_text(reading.other, reading.other_end, reading.precision, reading.clock)
            readings = (iso, other)
        drafts.append(
            DateDraft(
                reading.span,
                words,
                iso,
                anchor.isoformat() if reading.relative and anchor else None,
                readings,
            )
        )
    return drafts


_NO_DATE = frozenset(
    {
        "now",
        "right now",
        "at the moment",
        "at this moment",
        "at present",
        "at the minute",
        "the end of the day",
        "end of the day",
        "end of day",
    }
)
