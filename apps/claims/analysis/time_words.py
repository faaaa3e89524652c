"""How English writes months, days, years, counts and clock times; their values."""

# ruff: noqa: E501 -- a pattern is read more easily on one line

from __future__ import annotations

import re
from decimal import Decimal

from apps.claims.analysis.number_words import ORDINAL_WORDS
from apps.claims.analysis.numbers import find_numbers

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


MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)


WEEKDAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"mon|tues|tue|weds|wed|thurs|thur|thu|fri|sat|sun)\b\.?"
)


LONG_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"


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


ORDINAL_WORD = "|".join(
    sorted((re.escape(word) for word in _DAY_WORDS), key=lambda f: (-len(f), f))
)


DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d]|[.,]\d)|(?:{_DAY_WORD})\b)"


ORDINAL_DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)\b|(?:{ORDINAL_WORD})\b)"


YEAR = r"(?:1[0-9]\d{2}|20\d{2}|21\d{2})(?![\d]|[.,]\d|%)"


YEAR_WORDS = (
    r"(?:(?:nineteen|eighteen|seventeen|twenty)(?:\shundred)?(?:\sand)?[\s-]+(?:hundred|oh[\s-]\w+|(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)"
    r"|two\sthousand(?:\s(?:and\s)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?))?)\b"
)


ANY_YEAR = rf"(?:{YEAR}|'\d{{2}}\b|’\d{{2}}\b|{YEAR_WORDS})"


COUNT = (
    r"(?:\d{1,4}(?:\.\d+)?|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|couple\sof|a\scouple\sof|a\sfew|few|several|half\san?|a\sdozen)"
    r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)"
)


UNIT = r"(?:business\sdays?|working\sdays?|week\s?days?|fortnights?|days?|weeks?|weekends?|months?|quarters?|years?|yrs?|decades?|century|centuries|hours?|hrs?|minutes?|mins?|seconds?|secs?)"


PART_OF_DAY = (
    r"(?:early\s|late\s)?(?:morning|afternoon|evening|night|lunchtime|midday|noon|overnight)"
)


SEASONS = {
    "spring": (3, 6),
    "summer": (6, 9),
    "autumn": (9, 12),
    "fall": (9, 12),
    "winter": (12, 3),
}


SEASON = r"(?:spring|summer|autumn|fall|winter)"


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower()).strip()


def month_number(text: str) -> int:
    return _MONTHS[text.lower().rstrip(".")]


def weekday_number(text: str) -> int:
    word = text.lower().rstrip(".")
    return _WEEKDAYS.get(word, 2 if word == "weds" else 0)


def day_number(text: str) -> int:
    folded = fold(text)
    if folded in _DAY_WORDS:
        return _DAY_WORDS[folded]
    if folded in _DAY_COUNTS:
        return _DAY_COUNTS[folded]
    return int(re.sub(r"\D", "", folded) or 0)


def year_number(text: str) -> int | None:
    folded = fold(text).replace("’", "'")
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


def count_number(text: str) -> Decimal:
    folded = fold(text)
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


def unit_name(text: str) -> str:
    folded = fold(text)
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


def count_pairs(text: str) -> list[tuple[Decimal, str]]:
    return [
        (count_number(match.group(1)), unit_name(match.group(2)))
        for match in _COUNT_UNIT.finditer(text)
    ]


_COUNT_UNIT = re.compile(rf"\b({COUNT})[\s-]?({UNIT})\b", re.IGNORECASE)


WHICH = r"last|past|previous|next|this|coming|upcoming|following"


PART = r"(?:the\s)?(?:end|beginning|start|middle)\sof\s(?:the\s)?|(?:early|late|mid)(?:[\s-](?:in\s)?)|later\sin\s|earlier\sin\s|early\sin\s|late\sin\s|(?:later|earlier)\s"


LENGTH = rf"(?:{COUNT})[\s-]?{UNIT}(?:(?:,?\sand\s|,?\s)(?:{COUNT})[\s-]?{UNIT})*"
