"""Times of day, in digits and in words: "7.30pm", "1930 GMT", "half past six", "ten to seven"."""

from __future__ import annotations

import re

from apps.claims.analysis.time_words import fold

_SMALL = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=1,
    )
} | {"twenty-five": 25, "twenty five": 25, "quarter": 15, "a quarter": 15, "half": 30}
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])"
_MINUTES = (
    r"(?:(?:five|ten|twenty|twenty[\s-]five|(?:one|two|three|four|six|seven|eight|nine|eleven|twelve|thirteen|fourteen|\d{1,2})(?=\sminutes?))"
    r"(?:\sminutes?)?|a\squarter|quarter|half)"
)
ZONE = (
    r"(?:\s?\(?(?:[ECMP][SD]?T|CES?T|EES?T|WES?T|GMT|UTC|BST|AES?T|AEDT|IST|JST|KST|SAST|WIB|Z(?=\W|$)|"
    r"(?:eastern|central|pacific|mountain|local)(?:\s(?:standard|daylight))?\stime|local)\b\)?)"
)
_PART = r"(?:\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight|tonight|that\s(?:morning|afternoon|evening|night)))"
# Words before an hour without "o'clock": "shortly after five that afternoon".
_AFTER_WORD = r"(?:(?<=\bat\s)|(?<=\baround\s)|(?<=\babout\s)|(?<=\bbefore\s)|(?<=\bafter\s)|(?<=\buntil\s)|(?<=\bby\s)|(?<=\bnearly\s))"
# What must follow a bare "at 6" or "at 11.15" before it is a time of day.
_DAY_FOLLOWS = (
    r"(?=\s(?:on\s(?:\w+,?\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|"
    r"tonight|this\s(?:morning|afternoon|evening)|last\snight|in\sthe\s(?:morning|afternoon|evening)|at\snight|that\s(?:morning|afternoon|evening|night)))"
)
_ON_THE_CLOCK = (
    rf"(?:{_HOUR}|midnight|noon|midday)\b(?:\s?(?:a\.?m\.?|p\.?m\.?)(?!\w)|\so[’']clock)?"
    r"(?=[,.;:!?)”\"’]|$|\s(?:[–—-]|on|in|and|when|as|with|at|but|this|that|yesterday|today|tomorrow|last|local|GMT|BST|UTC|[ECMP]S?T|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)(?![.,]\d)"
)
CLOCK = (
    r"(?:(?:"
    rf"\d{{1,2}}(?:[:.]\d{{2}})?(?::\d{{2}})?\s?(?:a\.m\.|p\.m\.|a\.m|p\.m|am\b|pm\b)|\d{{1,2}}:\d{{2}}[ap]\b"
    r"|(?<!:)\d{1,2}:\d{2}(?![:\d])|(?<!\bin\s)(?<!\bof\s)\d{1,2}:\d{2}:\d{2}(?!\d)"
    r"|noon\b|midnight\b|midday\b"
    rf"|{_HOUR}\so[’']clock"
    # "ten to twelve" is a time where a word that dates stands before it and no noun after it.
    rf"|(?:a\squarter|quarter|half)\s(?:past|to|after|before|of|until)\s{_ON_THE_CLOCK}"
    rf"|{_MINUTES}\s(?:past|after|before)\s{_ON_THE_CLOCK}"
    rf"|(?:(?<=\bat\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\bafter\s)|(?<=\bbefore\s)|(?<=\bwas\s)|(?<=\babout\s)|(?<=\bringing\s)|(?<=\bstruck\s)){_MINUTES}\sto\s{_ON_THE_CLOCK}"
    r"|(?:[01]\d|2[0-3])[0-5]\d(?=\s?(?:GMT|UTC|BST|CES?T|EES?T|[ECMP][SD]T|IST|JST|hours|hrs|local\stime)\b)(?:\s?(?:hours|hrs)\b)?"
    r"|(?<=\bat\s)0\d[0-5]\d(?=[\s,.;]|$)(?!\s\d)"
    rf"|{_AFTER_WORD}{_HOUR}(?:\.[0-5]\d)?{_DAY_FOLLOWS}"
    rf"){ZONE}?{_PART}?)"
)
_WORDED = re.compile(
    rf"(?P<minutes>{_MINUTES})\s(?P<way>past|to|after|before|of|until)\s(?P<hour>{_HOUR}|midnight|noon|midday)",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::\d{2})?\s?(?P<half>[ap]\.?m|[ap]\b)?",
    re.IGNORECASE,
)
_FOUR = re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})(?!\d)")
_LATE = re.compile(r"\b(?:afternoon|evening|night|tonight)\b|p\.?m", re.IGNORECASE)


def read_clock_words(words: str) -> str:
    """Return the time of day *words* name as "HH:MM", "" when they name none.

    "in the evening" and "p.m." count from noon; without them the figures stand as printed.
    """
    folded = fold(words).replace("’", "'")
    worded = _WORDED.match(folded)
    if worded is not None:
        minute = _count(worded.group("minutes").removesuffix("s").removesuffix(" minute"))
        named = worded.group("hour")
        hour = {"midnight": 0, "noon": 12, "midday": 12}.get(named)
        if hour is None:
            hour = _SMALL.get(named) or int(named)
        total = hour * 60 + (minute if worded.group("way") in {"past", "after"} else -minute)
        return _shown(total // 60 % 24, total % 60, folded)
    if folded.startswith(("noon", "midday")):
        return "12:00"
    if folded.startswith("midnight"):
        return "00:00"
    four = _FOUR.match(folded)
    if four is not None:
        return _shown(int(four.group("hour")), int(four.group("minute")), "")
    match = _FIGURES.match(folded)
    if match is not None:
        hour, minute = int(match.group("hour")), int(match.group("minute") or 0)
        half = match.group("half") or ""
        if half.startswith("a") and hour == 12:
            hour = 0
        return _shown(hour, minute, half + folded[match.end() :])
    hour = _SMALL.get(folded.split(" ")[0].split("-")[0], 0)
    return _shown(hour, 0, folded) if hour else ""


def is_late(words: str) -> bool:
    """Return whether *words* name the half of the day after noon: "Monday evening"."""
    return _LATE.search(words) is not None


def afternoon(clock: str) -> str:
    """Return "HH:MM" twelve hours later where that is the same figure on a clock's face."""
    hour = int(clock[:2])
    return f"{hour + 12:02d}{clock[2:]}" if 0 < hour < 12 else clock


def _count(words: str) -> int:
    words = words.strip()
    return _SMALL.get(words) or (int(words) if words.isdecimal() else 0)


def _shown(hour: int, minute: int, rest: str) -> str:
    if hour > 23 or minute > 59:
        return ""
    clock = f"{hour:02d}:{minute:02d}"
    return afternoon(clock) if _LATE.search(rest) or rest.startswith("p") else clock
