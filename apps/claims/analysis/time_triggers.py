"""Which patterns of dates could match a text, by a look at its words.

Seventy patterns would be tried on every sentence. Nearly all of them need a word of a small
class ("Tuesday", "weeks", a figure), most sentences have none, and the same words come again
and again: what a word may begin is asked once.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from apps.articles.text.lines import find_runs
from apps.claims.analysis.calendar_days import holiday_names, holiday_pattern
from apps.claims.analysis.time_words import MONTH, SEASON, UNIT, WEEKDAY

_KNOWN_WORDS = 1 << 14

# By the name of a group that only patterns with such a word have, or of the reading it is for.
_TRIGGERS = {
    name: re.compile(words)
    for name, words in {
        "month": rf"\b{MONTH}",
        "weekday": rf"\b{WEEKDAY}",
        "season": rf"\b{SEASON}\b",
        "length": rf"\b{UNIT}\b",
        "unit": rf"\b{UNIT}\b",
        "quarter": r"\bquarter|\bhalf\b|q[1-4]",
        "word": r"day|night|overnight|morning|afternoon|evening|morrow|now\b|moment|minute|present",
        "decade": r"ties\b",
        "first": r"\d",
        "number": r"\d",
        "last_year": r"\d{4}",
        "told": r"\b(?:following|next|previous|preceding|before|after|earlier)",
        "edge": r"\b(?:week|w)\b",
        "an ordinal in figures": r"\d(?:st|nd|rd|th)",
        "a century": r"\bcentury",
        "a year": r"\d{4}|\b(?:nineteen|eighteen|seventeen|twenty|thousand)\b|\bfy|\bfiscal",
        "a time of day": r"\b(?:noon|midnight|midday|clock|half|quarter|five|ten|twenty|minutes?|morning|afternoon|evening)\b",
        "nine eleven": r"\bsept",
        "any": r"\d|day|night|week|month|year|decade|century|quarter|ago|now|moment|present|minute|hour|noon|spring|summer|autumn|fall|winter|easter|christmas|"  # noqa: E501
        r"thanksgiving|halloween|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon\b|tue|wed|thu|fri|sat\b|sun\b|ties\b|morrow|fools|"  # noqa: E501
        r"fortnight|juneteenth|mayo|teenth|nineteen|eighteen|morning|afternoon|evening|midday|\bpast\b|half",  # noqa: E501
    }.items()
}
# What figures and the marks between them may be, over the borders of words.
_IN_FIGURES = {
    name: re.compile(pattern)
    for name, pattern in {
        "month": r"\d[-/]\d",
        "decade": r"\d0\s?[’']?s\b",
        "a year": r"[’']\d\d",
        "a time of day": r"\d[:.]\d|\d\s?[ap]\.?m|\d{4}|\b(?:at|around|about|before|after|until|by|nearly)\s\d",
        "figures apart": r"\d[-–/.]\d|\d{8}",
        "nine eleven": r"9/11",
    }.items()
}
_TO_THE_HOUR = re.compile(
    r"\bto\s(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|o[’']clock"
)


@cache
def _holiday() -> re.Pattern[str]:
    return re.compile(holiday_pattern())


@cache
def _holiday_words() -> frozenset[str]:
    """Return the word of each holiday that stands in fewest other names, with and without its s."""
    words = {
        max(re.findall(r"\w+", name), key=lambda word: (word != "day", len(word), word))
        for name in holiday_names()
    }
    return frozenset(words | {word.removesuffix("s") for word in words})


@lru_cache(maxsize=_KNOWN_WORDS)
def _read_word(word: str) -> frozenset[str]:
    found = {name for name, trigger in _TRIGGERS.items() if trigger.search(word)}
    if word in _holiday_words():
        found.add("a holiday's word")
    return frozenset(found)


@lru_cache(maxsize=64)
def find_triggers(text: str) -> frozenset[str]:
    """Return what *text* has words for; without "any" no pattern can match.

    Names of groups ("month", "weekday", "holiday") and of kinds of words ("a year").
    """
    lower = text.lower()
    found = frozenset().union(*map(_read_word, find_runs(lower)))
    extra: set[str] = set()
    if "first" in found:
        extra = {name for name, figures in _IN_FIGURES.items() if figures.search(lower)}
    if "a holiday's word" in found and _holiday().search(lower):
        extra |= {"holiday", "any"}
    if "any" not in found and _TO_THE_HOUR.search(lower):
        extra.add("any")
    return found | extra if extra else found
