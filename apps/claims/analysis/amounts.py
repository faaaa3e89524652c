"""Amounts in a text: numbers with their unit, bound and approximator, as intervals.

Works on the text alone, no parser. ``quantities`` adds what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from apps.articles.text.spans import Span
from apps.claims.analysis.amount_bounds import fold_words, merge_bounds, with_bounds
from apps.claims.analysis.amount_names import find_masked as find_masked
from apps.claims.analysis.amount_names import is_name
from apps.claims.analysis.amount_units import (
    SCALE_VALUES,
    add_minor_money,
    find_currency,
    find_unit,
    symbol_after,
    symbol_before,
)
from apps.claims.analysis.amount_values import Amount as Amount
from apps.claims.analysis.amount_values import interval as interval
from apps.claims.analysis.amount_values import is_approximate as is_approximate
from apps.claims.analysis.numbers import Number, find_numbers
from apps.claims.analysis.types import QuantityType

# "12 percent", "0.4 of a percentage point"; not "12 percentile".
_PERCENT = re.compile(
    r"[^\S\n]?(?:%|(?:-|‑)?(?:per[\s-]?cents?|pct)\b)|[\s-](?:of[\s]an?\s)?(?P<points>percentage[\s-]points?)\b",
    re.IGNORECASE,
)


_AGE_AFTER = re.compile(r"[\s-]years?[\s-]old(?:s)?\b|[\s-]year-olds?\b", re.IGNORECASE)


_AGE_BEFORE = re.compile(
    r"\b(?:aged|age|ages)\s(?:(?:between|from|just|only|about|around|over|under|at\sleast)\s)?$"
    r"|\b(?:all|both|each|those|people|anyone|everyone|adults|children|men|women|pensioners|residents|voters|patients|drivers|boys|girls|somebody|someone|nobody)\s"
    r"(?:aged\s)?(?:over|under|above|below)(?:\sthe\sage\sof)?\s$|\bthe\sage\sof\s$",
    re.IGNORECASE,
)
_NOUN_FOLLOWS = re.compile(
    r"\s?(?:[%$€£]|per\b|[\w-]+s\b|[\w-]+\s\w+s\b|people|men|women|children|million|billion|thousand)"
)
# What may follow an age that no "years old" names.
_AGE_END = re.compile(
    r"[,.;:!?)”\"’]|$|\s?[-–—]|\s(?:and|or|to|who|when|in|on|at|were|was|are|is|had|have|has|with|by|from|for|as|that|can|will|may|must|should|could|would|died|said|live|than|of|but)\b"
)


_MONTHS_OLD = re.compile(r"[\s-](?:month|week|day)s?[\s-]olds?\b", re.IGNORECASE)


_BETWEEN = re.compile(
    r"(?:^|(?<!\w))(?P<cue>(?:anywhere\s|somewhere\s)?between|(?:ranging\s|range\s|ranges\s|ranged\s)?from)\s(?:the\s|about\s|around\s|roughly\s)?$",
    re.IGNORECASE,
)


_JOIN = re.compile(
    r"\s?(?P<dash>[-–—~])\s?|\s(?P<to>to|through|thru|till)\s(?:about\s|around\s|roughly\s|as\s(?:many|much)\sas\s)?|\s(?P<and>and|or)\s(?:the\s|maybe\s|perhaps\s|possibly\s)?",
    re.IGNORECASE,
)


_VAGUE: dict[str, tuple[int, int]] = {
    "dozens": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "thousands": (2000, 9999),
    "tens of thousands": (20000, 99999),
    "hundreds of thousands": (200000, 999999),
    "millions": (2 * 10**6, 10**7 - 1),
    "tens of millions": (2 * 10**7, 10**8 - 1),
    "hundreds of millions": (2 * 10**8, 10**9 - 1),
    "billions": (2 * 10**9, 10**10 - 1),
    "tens of billions": (2 * 10**10, 10**11 - 1),
    "hundreds of billions": (2 * 10**11, 10**12 - 1),
    "trillions": (2 * 10**12, 10**13 - 1),
    "dozens or hundreds": (24, 999),
    "a handful": (3, 9),
    "several dozen": (36, 96),
    "a few dozen": (36, 72),
    "several hundred": (300, 900),
    "a few hundred": (200, 900),
    "several thousand": (3000, 9000),
    "a few thousand": (2000, 9000),
    "several million": (3 * 10**6, 9 * 10**6),
    "a few million": (2 * 10**6, 9 * 10**6),
    "several hundred thousand": (300000, 900000),
    "several billion": (3 * 10**9, 9 * 10**9),
    "a few billion": (2 * 10**9, 9 * 10**9),
    "a couple": (2, 2),
    "a pair": (2, 2),
    "a couple of hundred": (200, 299),
    "a couple hundred": (200, 299),
    "a couple of dozen": (24, 35),
    "a couple dozen": (24, 35),
    "a couple of thousand": (2000, 2999),
}


# "scores" and "a couple", "a pair", "a handful" count only before "of" or a noun they can count.
_VAGUE_PATTERN = re.compile(
    rf"(?<![\w$€£-])(?P<vague>{'|'.join(sorted((re.escape(k).replace(chr(92) + ' ', chr(92) + 's') for k in _VAGUE), key=lambda f: (-len(f), f)))})(?![\w-])",
    re.IGNORECASE,
)


# "Scores were hurt", "scores more"; not "the scores were level".
_SCORES_OF_PEOPLE = re.compile(
    r"\s(?:(?:are|were|have\sbeen|had\sbeen)\s(?:hurt|injured|wounded|killed|arrested|detained|missing|feared|trapped|dead|treated|evacuated|rescued|displaced)|more\b|others\b|"
    r"(?:dead|injured|hurt|wounded|killed|missing|feared|arrested|died|fled|marched|gathered|protested)\b)",
    re.IGNORECASE,
)
# The longest word of each: a sentence without any of them has no such amount.
_VAGUE_WORDS = frozenset(max(words.split(), key=lambda word: (len(word), word)) for words in _VAGUE)
_WORD = re.compile(r"\w+")
_OF = re.compile(r"\sof\s")
_NEEDS_OF = frozenset({"scores", "a couple", "a pair", "a handful"})


def find_amounts(text: str, *, skip: Iterable[Span] = ()) -> list[Amount]:
    """Return the amounts of *text*, left to right, not overlapping.

    *skip* are spans already read as dates or names; a figure inside is no amount. Masked
    spans (``find_masked``) are always skipped.
    """
    skipped = sorted([*skip, *find_masked(text)])
    amounts = _join_measures(list(_plain_amounts(text, skipped)), text)
    amounts = _join_ranges(text, amounts)
    amounts = [with_bounds(text, amount) for amount in amounts]
    return merge_bounds(text, amounts)


_NUMBER_WORD = re.compile(
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|scores|half|\d+[A-Z]$)",
    re.IGNORECASE,
)


def _inside(text: str, spans: list[Span], start: int, end: int, cursor: int) -> tuple[bool, int]:
    while cursor < len(spans) and spans[cursor].end <= start - 400:
        cursor += 1
    place = cursor
    while place < len(spans) and spans[place].start < end:
        span = spans[place]
        # "Eighty" of "Eighty-six": whoever took it for a name saw a part of the figure.
        part = start <= span.start and span.end <= end and not span.of(text).isdecimal()
        if span.end > start and not (part and _NUMBER_WORD.match(span.of(text))):
            return True, cursor
        place += 1
    return False, cursor


def _plain_amounts(text: str, skipped: list[Span]) -> list[Amount]:
    found: list[Amount] = []
    cursor = 0
    taken = 0
    vague: dict[int, re.Match[str]] = {}
    if not _VAGUE_WORDS.isdisjoint(_WORD.findall(text.lower())):
        vague = {match.start(): match for match in _VAGUE_PATTERN.finditer(text)}
    numbers = find_numbers(text)
    starts = sorted(
        [(number.start, 1, number) for number in numbers] + [(place, 0, None) for place in vague],
        key=lambda item: item[:2],
    )
    for start, _, number in starts:
        if start < taken:
            continue
        if number is None:
            match = vague[start]
            amount = _vague_amount(text, match)
        else:
            if is_name(text, number):
                continue
            amount = _unit_amount(text, number, taken)
        if amount is None:
            continue
        hidden, cursor = _inside(text, skipped, amount.core.start, amount.core.end, cursor)
        if hidden and amount.type is not QuantityType.MONEY:
            continue
        found.append(amount)
        taken = amount.core.end
    return found


def _vague_amount(text: str, match: re.Match[str]) -> Amount | None:
    words = fold_words(match.group("vague"))
    follow = text[match.end() : match.end() + 4].lower()
    if words in _NEEDS_OF and not follow.startswith(" of "):
        if words != "scores" or not _SCORES_OF_PEOPLE.match(text, match.end()):
            return None
    low, high = _VAGUE[words]
    span = Span(match.start(), match.end())
    unit = find_unit(text, match.end())
    core, name, type_, si_unit, factor, hyphened = (
        span,
        "",
        QuantityType.CARDINAL,
        "",
        Decimal(1),
        False,
    )
    of = _OF.match(text, match.end())
    if unit is None and of is not None:
        unit = find_unit(text, of.end() - 1)
    if unit is not None:
        end, entry, hyphened = unit
        core = Span(match.start(), end)
        name, type_, si_unit, factor = entry.name, entry.type, entry.si_unit, entry.si_factor
    exact = low == high
    return Amount(
        core, core, type_, name, Decimal(low), Decimal(high), Decimal(low) if exact else None,
        "exact" if exact else "vague", "" if exact else words, si_unit=si_unit, si_factor=factor, hyphened=hyphened,
    )  # fmt: skip


def _unit_amount(text: str, number: Number, taken: int) -> Amount | None:
    start, end = number.start, number.end
    value = number.value
    name, type_, si_unit, factor, hyphened = "", QuantityType.CARDINAL, "", Decimal(1), False
    before = text[max(taken, start - 24) : start]
    symbol = symbol_before().search(before)
    percent = _PERCENT.match(text, end)
    if symbol is not None:
        name = find_currency(symbol.group("symbol"))
    if symbol is not None and name:
        start -= len(before) - symbol.start()
        type_ = QuantityType.MONEY
        word = find_unit(text, end)  # "$5 dollars"
        if word is not None and word[1].type is QuantityType.MONEY:
            end = word[0]
        end, value = add_minor_money(text, end, value, symbol=True)
    elif percent is not None:
        type_ = QuantityType.PERCENT
        name = "percentage points" if percent.group("points") else "%"
        end = percent.end()
        if number.kind == "fraction" and value < 1 and not number.digits:
            pass
    elif (age := _AGE_AFTER.match(text, end)) is not None:
        type_, name, end = QuantityType.AGE, "years", age.end()
        hyphened = True
    elif (age := _MONTHS_OLD.match(text, end)) is not None:
        type_, name, end = (
            QuantityType.AGE,
            re.sub(r"[\s-]|olds?$", "", age.group()).rstrip("s") + "s",
            age.end(),
        )
        hyphened = True
    elif (
        _AGE_BEFORE.search(before)
        and 0 <= value <= 120
        and number.kind == "integer"
        and (_AGE_END.match(text, end) or not _NOUN_FOLLOWS.match(text, end))
    ):
        type_, name = QuantityType.AGE, "years"
    else:
        after = symbol_after().match(text, end)
        unit = find_unit(text, end)
        if after is not None and (currency := find_currency(after.group("symbol"))):
            type_, name = QuantityType.MONEY, currency
            end = after.end()
            for scale in (after.group("scale"), after.group("late")):
                if scale:
                    value *= SCALE_VALUES[scale.lower()]
            end, value = add_minor_money(text, end, value, symbol=False)
        elif unit is not None:
            end, entry, hyphened = unit
            name, type_, si_unit, factor = entry.name, entry.type, entry.si_unit, entry.si_factor
            if type_ is QuantityType.MONEY:
                end, value = add_minor_money(text, end, value, symbol=False)
        elif number.kind == "fraction" and (part := _PART_OF_UNIT.match(text, end)) is not None:
            unit = find_unit(text, part.end())
            if unit is not None:
                end, entry, hyphened = unit
                name, type_ = entry.name, entry.type
                si_unit, factor = entry.si_unit, entry.si_factor
            elif (points := _PERCENTAGE_POINT.match(text, part.end())) is not None:
                type_, name, end = QuantityType.PERCENT, "percentage points", points.end()
            elif (points := _POINT.match(text, part.end())) is not None and _is_of_percent(
                text, points.end()
            ):
                type_, name, end = QuantityType.PERCENT, "percentage points", points.end()
        elif re.match(r"[-‐‑][A-Za-z]", text[end : end + 2]):
            hyphened = True
    if not name and re.search(r"\bmagnitude(?:\sof|-)?\s?$", before, re.IGNORECASE):
        type_, name = QuantityType.MEASURE, "magnitude"
    elif not name and re.match(r"[\s-]magnitude\b", text[end : end + 11], re.IGNORECASE):
        type_, name = QuantityType.MEASURE, "magnitude"
    if type_ is QuantityType.CARDINAL and not name:
        end, type_, name = _later_unit(text, number, end)
    core = Span(start, end)
    return Amount(
        core, core, type_, name, value, value, value,
        kind=number.kind, si_unit=si_unit, si_factor=factor, hyphened=hyphened,
    )  # fmt: skip


# "half a mile", "a quarter of an hour"
_PART_OF_UNIT = re.compile(r"\s(?:of\s)?an?(?=\s)", re.IGNORECASE)
_PERCENTAGE_POINT = re.compile(r"\spercentage[\s-]points?\b", re.IGNORECASE)
_POINT = re.compile(r"[\s-]points?\b", re.IGNORECASE)
_STRONG = re.compile(r"(?:-|\s\w+\s)strong\b", re.IGNORECASE)
_PER = re.compile(
    r"(?:\s\w+)?\sper\s(?P<base>1,000|10,000|100,000|1\smillion|100|1000|million|thousand)\b(?!\s?%)",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"[\s-](?:times|fold)\b(?=\s(?:as|more|less|the|what|larger|higher|lower|greater|bigger|faster|its|their|his|her|that|over|likelier|likely|those|average|normal|usual|national|annual|current|previous)\b)|-?fold\b",
    re.IGNORECASE,
)
# Points of a share, where the sentence speaks of shares; those of an index or a match are only points.
_OF_SHARES = re.compile(
    r"%|per\s?cent|\bpolls?\b|\bturnout\b|margin\sof\serror|\binflation\b|\binterest\srates?\b|\bvoters?\b|\belections?\b|\bprimary\b|\bcandidates?\b|\bapproval\b|\bRepublicans?\b|\bDemocrats?\b|\bincumbent\b",
    re.IGNORECASE,
)
_OF_INDEX = re.compile(
    r"\b(?:index|dow|nasdaq|nikkei|ftse|dax|s&p|shares|stocks|scored?|scoring|game|games|match|rebounds|season|team|coach|league|table|standings|quarter|assists)\b",
    re.IGNORECASE,
)


def _is_of_percent(text: str, place: int) -> bool:
    return _OF_SHARES.search(text) is not None and _OF_INDEX.search(text) is None


def _later_unit(text: str, number: Number, end: int) -> tuple[int, QuantityType, str]:
    """Return (end, type, unit) of a bare figure with what the words after it make of it.

    "12,000-strong" counts people, "41 per 100,000" is a rate, "four times as many" a
    multiple, and points are percentage points where shares are spoken of.
    """
    if number.kind == "integer" and (strong := _STRONG.match(text, end)) is not None:
        close = strong.end() if strong.group().startswith("-") else end
        return close, QuantityType.CARDINAL, "people"
    if (per := _PER.match(text, end)) is not None:
        return per.end(), QuantityType.RATE, f"per {per.group('base').lower()}"
    if (times := _TIMES.match(text, end)) is not None:
        return times.end(), QuantityType.CARDINAL, "times"
    if (points := _POINT.match(text, end)) is not None and _is_of_percent(text, points.end()):
        return points.end(), QuantityType.PERCENT, "percentage points"
    return end, QuantityType.CARDINAL, ""


def _join_measures(amounts: list[Amount], text: str) -> list[Amount]:
    """Join "5ft 11in", "2 hours and 14 minutes" into one measure in the smaller unit."""
    joined: list[Amount] = []
    for amount in amounts:
        if joined and _is_smaller_part(joined[-1], amount, text):
            first = joined.pop()
            ratio = first.si_factor / amount.si_factor
            value = (first.figure or Decimal(0)) * ratio + (amount.figure or Decimal(0))
            core = Span(first.core.start, amount.core.end)
            amount = replace(
                amount,
                span=core,
                core=core,
                low=value,
                high=value,
                figure=value,
                hyphened=first.hyphened,
            )
        joined.append(amount)
    return joined


def _is_smaller_part(first: Amount, second: Amount, text: str) -> bool:
    if first.type is not QuantityType.MEASURE or second.type is not QuantityType.MEASURE:
        return False
    if (
        not first.si_unit
        or first.si_unit != second.si_unit
        or first.figure is None
        or second.figure is None
    ):
        return False
    gap = text[first.core.end : second.core.start]
    if gap not in {" ", " and ", ""} or not second.si_factor < first.si_factor:
        return False
    if first.figure != first.figure.to_integral_value():
        return False
    return second.figure * second.si_factor < first.si_factor


def _join_ranges(text: str, amounts: list[Amount]) -> list[Amount]:
    joined: list[Amount] = []
    index = 0
    while index < len(amounts):
        first = amounts[index]
        if index + 1 < len(amounts):
            second = amounts[index + 1]
            merged = _range(text, first, second, joined[-1].span.end if joined else 0)
            if merged is not None:
                joined.append(merged)
                index += 2
                continue
        joined.append(first)
        index += 1
    return joined


def _range(text: str, first: Amount, second: Amount, floor: int) -> Amount | None:
    gap = text[first.core.end : second.core.start]
    join = _JOIN.fullmatch(gap)
    if join is None or first.figure is None or second.figure is None:
        return None
    # "$3-4 million", "€80 to 100 a month": the sign is said once.
    sign_once = (
        first.type is QuantityType.MONEY
        and second.type is QuantityType.CARDINAL
        and not second.unit
        and first.core.of(text)[-1:].isdecimal()
        and not join.group("and")
    )
    ages = first.type is QuantityType.AGE and second.type is QuantityType.CARDINAL
    if (
        first.unit
        and first.unit != second.unit
        and not sign_once
        and not (ages and not second.unit)
    ):
        return None
    if (first.kind == "fraction") != (second.kind == "fraction") and first.figure < 1:
        return None
    before = text[max(floor, first.core.start - 30) : first.core.start]
    opener = _BETWEEN.search(before)
    low, high = first.figure, second.figure
    start = first.core.start
    if opener is not None:
        word = opener.group("cue").lower()
        if join.group("and") and "between" not in word:
            return None
        # "rose from 5 to 12" is a change, yet both ends are said to be reached: a range.
        start -= len(before) - opener.start("cue")
    elif join.group("and"):
        # "two or three" yes, "5 or 40" no, "10 and 20" no.
        if join.group("and").lower() != "or" or not 0 < high - low <= max(Decimal(2), low / 2):
            return None
        if first.kind != "integer" or second.kind != "integer":
            return None
    # "2 to 3 million": the magnitude is said once.
    scale = _scale_of(text, second)
    if scale > 1 and _scale_of(text, first) == 1 and low < high / scale * 10 and low < scale:
        low = low * scale
    if low >= high:
        return None
    if (
        join.group("dash")
        and opener is None
        and first.unit == second.unit == ""
        and first.figure < 100
        and high < 100
        and re.match(
            r"\s(?:win|victory|loss|defeat|vote|draw|lead|tie|record|final|decision|score)",
            text[second.core.end : second.core.end + 12],
        )
    ):
        return None
    type_, unit = (first.type, first.unit) if sign_once else (second.type, second.unit)
    if ages and not second.unit:
        type_, unit = QuantityType.AGE, first.unit
    return Amount(
        Span(start, second.core.end), Span(first.core.start, second.core.end), type_, unit, low, high, None, "range",
        kind=second.kind, si_unit=second.si_unit, si_factor=second.si_factor, hyphened=second.hyphened,
    )  # fmt: skip


def _scale_of(text: str, amount: Amount) -> int:
    words = re.findall(
        r"hundred|thousand|million|billion|trillion|(?<=\d)\s?(?:bn|mn|m|k|K|M|B)\b",
        amount.core.of(text).lower(),
    )
    scale = 1
    for word in words:
        scale = max(
            scale, SCALE_VALUES.get(word.strip(), {"mn": 10**6, "b": 10**9}.get(word.strip(), 1))
        )
    return scale
