"""Amounts in a text: numbers with their unit, bound and approximator, as intervals.

Works on the text alone, no parser. ``quantities`` adds what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from apps.articles.text.spans import Span
from apps.claims.analysis.lexicon import read_forms, read_rows
from apps.claims.analysis.numbers import Number, find_numbers
from apps.claims.analysis.types import QuantityType


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount. *span* is the whole phrase with its bound ("more than 40 people" without
    the noun), *core* the figure and unit alone.

    *low* and *high* are as written ("more than 40": 40 and None); *low_open*/*high_open*
    say that the bound itself is excluded. *figure* is the plain value when there is one.
    *style* is "exact", "about", "nearly", "over" (just over), "bound", "range" or "vague".
    """

    span: Span
    core: Span
    type: QuantityType
    unit: str
    low: Decimal | None
    high: Decimal | None
    figure: Decimal | None
    style: str = "exact"
    approximator: str = ""
    low_open: bool = False
    high_open: bool = False
    kind: str = "integer"
    si_unit: str = ""
    si_factor: Decimal = Decimal(1)
    hyphened: bool = False


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    type: QuantityType
    si_unit: str = ""
    si_factor: Decimal = Decimal(1)


def _alternatives(forms: Iterable[str]) -> str:
    return "|".join(
        re.escape(form).replace(r"\ ", r"[\s-]")
        for form in sorted(forms, key=lambda f: (-len(f), f))
    )


@cache
def _units() -> dict[str, _Unit]:
    """Return the unit of each form; forms with capitals or digits keep their case."""
    units: dict[str, _Unit] = {}
    for row in read_rows("units"):
        name, forms, si_unit, factor = row[0], row[1], row[2], row[3]
        for form in read_forms(forms):
            units[form] = _Unit(name, QuantityType.MEASURE, si_unit, Decimal(factor))
    for row in read_rows("currencies"):
        for form in read_forms(row[1]):
            units[form] = _Unit(row[0], QuantityType.MONEY)
    return units


@cache
def _symbols() -> dict[str, str]:
    return {
        form.upper(): row[0]
        for row in read_rows("currencies")
        if len(row) > 2
        for form in read_forms(row[2])
    }


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<hyphen>[-‐‑][^\S\n]?)?(?P<unit>{_alternatives(_units())})(?![\w²³])(?!-(?:old|olds)\b)",
        re.IGNORECASE,
    )


@cache
def _symbol_before() -> re.Pattern[str]:
    forms = []
    for form in sorted(_symbols(), key=lambda f: (-len(f), f)):
        letters, sign = form[:-1], form[-1]
        # "c $ 300" is Canadian money, "a $5 bill" is not Australian.
        spaced = letters.isalpha() and not sign.isalpha() and letters not in {"A", "S", "R"}
        forms.append(f"{letters}[^\\S\\n]?{re.escape(sign)}" if spaced else re.escape(form))
    # Matches "US$", "c $", "USD "; not the "SD" of "NSD ".
    return re.compile(rf"(?<![\w$€£])(?P<symbol>{'|'.join(forms)})[^\S\n]?$", re.IGNORECASE)


@cache
def _symbol_after() -> re.Pattern[str]:
    return re.compile(
        rf"[^\S\n]?(?P<scale>M|m|bn|K|k|T)?(?P<symbol>{_alternatives(_symbols())})(?:[^\S\n](?P<late>hundred|thousand|million|billion|trillion)\b)?(?![\w])",
        re.IGNORECASE,
    )


_SCALE_VALUES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "m": 10**6,
    "bn": 10**9,
    "k": 1000,
    "t": 10**12,
}
# "12 percent", "0.4 of a percentage point"; not "12 percentile".
_PERCENT = re.compile(
    r"[^\S\n]?(?:%|(?:-|‑)?(?:per[\s-]?cents?|pct)\b)|[\s-](?:of[\s]an?\s)?(?P<points>percentage[\s-]points?)\b",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(r"[\s-]years?[\s-]old(?:s)?\b|[\s-]year-olds?\b", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"\b(?:aged|age|ages)\s$", re.IGNORECASE)
_MONTHS_OLD = re.compile(r"[\s-](?:month|week|day)s?[\s-]olds?\b", re.IGNORECASE)
# Words before a figure and what they do to it.
_ABOUT = (
    r"about|around|some|roughly|approximately|approx\.?|an\sestimated|estimated(?:\sat)?|circa|in\sthe\sregion\sof|"
    r"in\sthe\sneighbou?rhood\sof|on\sthe\sorder\sof|somewhere\saround|an\saverage\sof|a\sreported|as\sestimated"
)
_BEFORE = re.compile(
    rf"""(?:^|(?<![\w-]))(?P<cue>
      (?P<lower_equal>(?:(?:more|larger|greater|higher|bigger|over|above)(?:\sthan)?[\s,]*(?:or|and)\s(?:is\s)?equal(?:ly)?(?:\sto|\sthan)?)
        |at\sleast(?:\sor\sequal\sto)?|at\sthe\svery\sleast|no\s(?:fewer|less|lower|smaller)\sthan|not\s(?:fewer|less)\sthan|a\sminimum\sof|minimum(?:\sof)?
        |equal(?:\sto)?\sor\s(?:more|larger|greater|higher|bigger)\sthan|starting\sat|as\sfew\sas)
    | (?P<upper_equal>(?:(?:less|smaller|fewer|lower|under|below)(?:\sthan)?[\s,]*(?:or|and)\s(?:is\s)?equal(?:ly)?(?:\sto|\sthan)?)
        |at\smost|at\sthe\smost|no\s(?:more|larger|greater|higher|bigger)\sthan|not\smore\sthan|a\smaximum\sof|maximum(?:\sof)?
        |up\sto|as\s(?:many|much|high|long|large|big|far)\sas|equal(?:\sto)?\sor\s(?:less|smaller|fewer|lower)\sthan|capped\sat)
    | (?P<just_over>(?:just|slightly|a\slittle|a\sbit|barely|marginally)\s(?:over|above|more\sthan|north\sof))
    | (?P<nearly>nearly|almost|close\sto|approaching|just\s(?:under|below|shy\sof|short\sof|less\sthan)|(?:slightly|a\slittle|a\sbit)\s(?:under|below|less\sthan|fewer\sthan)
        |not\squite|shy\sof|virtually)
    | (?P<lower>(?:well\s|far\s|many\s|much\s)?(?:more|larger|greater|higher|bigger|older|longer|taller|heavier|farther)\sthan|(?:well\s)?over(?:\sthe)?|(?:well\s)?above|exceed(?:s|ed|ing)?|in\sexcess\sof
        |upwards?\sof|north\sof|surpass(?:es|ed|ing)?|topp(?:ed|ing)|tops)
    | (?P<upper>(?:well\s|far\s)?(?:less|fewer|smaller|lower|younger|shorter)\sthan|(?:well\s)?under|(?:well\s)?below|south\sof)
    | (?P<equal>(?:is\s)?equal(?:s|ling)?\sto|equals)
    | (?P<about>{_ABOUT})
    )(?:\s(?:the|a|an|of|about|around|some|equal\sto))?\s$""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    r"""\s?(?:
      (?P<lower>(?:,?\s?(?:or|and)\s(?:even\s)?(?:(?:is\s)?(?:more|greater|higher|larger|bigger|above|over|older|up|upwards?|better|beyond)(?:\sthan)?)\b|-plus\b|\splus\b|\+(?![\d])))
    | (?P<upper>,?\s?(?:or|and)\s(?:even\s)?(?:(?:is\s)?(?:less|fewer|lower|smaller|below|under|younger|down)(?:\sthan)?)\b)
    | (?P<equal>\s?(?:or|and)\s(?:is\s)?equal(?:s)?(?:\sto|\sthan)?\b)
    | (?P<about>\s?(?:or\sso|or\sthereabouts|give\sor\stake|more\sor\sless)\b|-odd\b|-ish\b|-some\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
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
_NEEDS_OF = frozenset({"scores", "a couple", "a pair", "a handful"})
# Parts of names and codes: "Boeing 737", "Highway 61", "No. 4", "Title 42"; not "By 40 people".
_NAME_BEFORE = re.compile(
    r"(?:^|(?<=[\s(\"“'‘]))(?:No\.?|Nos\.?|Number|#|Route|Highway|Hwy\.?|Interstate|Flight|Title|Article|Section|Sec\.|Chapter|Paragraph|Part|Act|Bill|"
    r"Proposition|Prop\.?|Measure|Amendment|Resolution|Rule|Room|Suite|Apt\.?|Apartment|Unit|Gate|Platform|Line|Terminal|Runway|Channel|Studio|"
    r"Pier|Ward|District|Precinct|Zone|Area|Block|Building|Level|Floor|Phase|Stage|Grade|Class|Type|Category|Tier|Group|Division|Formula|Level|Volume|Vol\.|"
    r"Season|Episode|Week|Day|Game|Round|Lap|Windows|iPhone|Galaxy|Pixel|Model|Mark|Mk|Version|Boeing|Airbus|Apollo|Falcon|Super\sBowl|UFC|Euro|"
    r"Exit|Mile\sMarker|Box|Page|page|pages|p\.|pp\.|Fig\.|Figure|Table|Psalm|Verse|Studios|Bus|Tram|Route|Ladder|Engine|Company|Station|School|Post|Local|Camp|Case|Docket|"
    r"Form|Schedule|Code|Area\sCode|area\scode|ZIP|zip\scode|Lot|Exhibit|Count|Counts|Appendix|Agent|Team|Track|Theorem|Notre|Sunday|Studio)[\s-]$"
)
_ADDRESS_AFTER = re.compile(
    r",?\s(?:(?:North|South|East|West|N\.|S\.|E\.|W\.|NE|NW|SE|SW|Upper|Lower|Old|New)\s)?(?:[A-Z][\w'’.-]*\s){0,3}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Way|Terrace|Parkway|Pkwy|Highway|Hwy|Row|Crescent)\b\.?"
)
_STATE_BEFORE = re.compile(r"\b[A-Z]{2}\s$")
_PHONE = re.compile(
    r"(?<![\w.])(?:\+?\d{1,3}[\s.-])?\(?\d{3}\)?[\s.-]\d{3,4}[\s.-]\d{4}(?:/\d+)?(?!\w)|(?<!\w)\+\d[\d\s-]{7,}\d"
)
_RUN = re.compile(r"\S+")
_ADDRESS_PART = re.compile(r"https?://|www\.|@|/[\w-]+/")
_ORDINAL_TAIL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d:])\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?)?(?=\W|$)|(?<![\d:])\d{1,2}\s?(?:a\.m\.|p\.m\.|am\b|pm\b)",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"(?<![\w-])\d{1,3}[-–]\d{1,3}(?![\w-]|[-–]\w|\s?(?:%|percent|per\scent|million|billion|year|month|week|day|hour|minute|people))"
)


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower())


def find_masked(text: str) -> list[Span]:
    """Return spans whose digits count nothing: phone numbers, web addresses, clock times."""
    spans: list[Span] = []
    spans.extend(Span(match.start(), match.end()) for match in _PHONE.finditer(text))
    if _ADDRESS_PART.search(text):
        spans.extend(
            Span(match.start(), match.end())
            for match in _RUN.finditer(text)
            if _ADDRESS_PART.search(match.group())
        )
    for match in _CLOCK.finditer(text):
        clock = match.group().lower()
        if ":" in clock or "m" in clock:
            spans.append(Span(match.start(), match.end()))
    return sorted(spans)


def find_amounts(text: str, *, skip: Iterable[Span] = ()) -> list[Amount]:
    """Return the amounts of *text*, left to right, not overlapping.

    *skip* are spans already read as dates or names; a figure inside is no amount. Masked
    spans (``find_masked``) are always skipped.
    """
    skipped = sorted([*skip, *find_masked(text)])
    amounts = list(_plain_amounts(text, skipped))
    amounts = _join_ranges(text, amounts)
    amounts = [_bounded(text, amount) for amount in amounts]
    return _merge_bounds(text, amounts)


def _inside(spans: list[Span], start: int, end: int, cursor: int) -> tuple[bool, int]:
    while cursor < len(spans) and spans[cursor].end <= start - 400:
        cursor += 1
    place = cursor
    while place < len(spans) and spans[place].start < end:
        if spans[place].end > start:
            return True, cursor
        place += 1
    return False, cursor


def _plain_amounts(text: str, skipped: list[Span]) -> list[Amount]:
    found: list[Amount] = []
    cursor = 0
    taken = 0
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
            if _is_name(text, number):
                continue
            amount = _unit_amount(text, number, taken)
        if amount is None:
            continue
        hidden, cursor = _inside(skipped, amount.core.start, amount.core.end, cursor)
        if hidden and amount.type is not QuantityType.MONEY:
            continue
        found.append(amount)
        taken = amount.core.end
    return found


def _vague_amount(text: str, match: re.Match[str]) -> Amount | None:
    words = _fold(match.group("vague"))
    follow = text[match.end() : match.end() + 4].lower()
    if words in _NEEDS_OF and not follow.startswith(" of "):
        return None
    low, high = _VAGUE[words]
    span = Span(match.start(), match.end())
    unit = _find_unit(text, match.end())
    core, name, type_, si_unit, factor, hyphened = (
        span,
        "",
        QuantityType.CARDINAL,
        "",
        Decimal(1),
        False,
    )
    of = re.compile(r"\sof\s").match(text, match.end())
    if unit is None and of is not None:
        unit = _find_unit(text, of.end() - 1)
    if unit is not None:
        end, entry, hyphened = unit
        core = Span(match.start(), end)
        name, type_, si_unit, factor = entry.name, entry.type, entry.si_unit, entry.si_factor
    exact = low == high
    return Amount(
        core, core, type_, name, Decimal(low), Decimal(high), Decimal(low) if exact else None,
        "exact" if exact else "vague", "" if exact else words, si_unit=si_unit, si_factor=factor, hyphened=hyphened,
    )  # fmt: skip


def _is_name(text: str, number: Number) -> bool:
    if not number.digits:
        return False
    before = text[max(0, number.start - 24) : number.start]
    if _NAME_BEFORE.search(before) or before.endswith("#"):
        return True
    follow = text[number.end : number.end + 60]
    if _ORDINAL_TAIL.match(follow):
        return True
    if number.kind == "integer" and number.value < 100000 and _ADDRESS_AFTER.match(follow):
        return True
    five = text[number.start : number.end]
    if len(five) == 5 and five.isdecimal() and _STATE_BEFORE.search(before):
        return True
    # "3D", "5G", "737s": letters glued behind that are no unit and no magnitude.
    glued = re.match(r"[A-Za-z]+", follow)
    if (
        glued
        and glued.group() not in _units()
        and glued.group().upper() not in _symbols()
        and not glued.group().lower().endswith(("usd", "gbp", "eur"))
    ):
        return True
    # "45-nation" counts; "20-20", "9/11", "24/7" do not.
    if re.match(r"/\d", follow) or re.search(r"\d/$", before):
        return True
    return bool(re.match(r"\.\d", follow))


def _find_unit(text: str, place: int) -> tuple[int, _Unit, bool] | None:
    """Return (end, unit, hyphened) of a unit word right after *place*."""
    gap = re.compile(r"[^\S\n]{0,2}").match(text, place)
    start = gap.end() if gap else place
    match = _unit_pattern().match(text, start)
    if match is None:
        return None
    form = match.group("unit")
    folded = re.sub(r"[\s-]+", " ", form)
    entry = _units().get(folded) or _units().get(folded.lower())
    if entry is None:
        return None
    if len(form) <= 2 and start > place and form in {"m", "g", "C", "mi", "lb"} and form != "m":
        pass
    if form == "C" and start > place:
        return None
    # "2 second-half goals", "won" as a verb, "marks", "real", "yard": a unit only after a count.
    if (
        form.lower() in {"won", "real", "mark", "rand", "kip", "dong", "sen", "ether", "lire"}
        and place == start
    ):
        return None
    if form.lower() in {"won", "real"}:
        return None
    if form.lower() == "second" and match.group("hyphen") is None:
        return None
    return match.end(), entry, match.group("hyphen") is not None


def _unit_amount(text: str, number: Number, taken: int) -> Amount | None:
    start, end = number.start, number.end
    value = number.value
    name, type_, si_unit, factor, hyphened = "", QuantityType.CARDINAL, "", Decimal(1), False
    before = text[max(taken, start - 24) : start]
    symbol = _symbol_before().search(before)
    percent = _PERCENT.match(text, end)
    if symbol is not None:
        name = _currency(symbol.group("symbol"))
    if symbol is not None and name:
        start -= len(before) - symbol.start()
        type_ = QuantityType.MONEY
        word = _find_unit(text, end)  # "$5 dollars"
        if word is not None and word[1].type is QuantityType.MONEY:
            end = word[0]
        end, value = _minor_money(text, end, value, symbol=True)
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
    elif _AGE_BEFORE.search(before):
        type_, name = QuantityType.AGE, "years"
    else:
        after = _symbol_after().match(text, end)
        unit = _find_unit(text, end)
        if after is not None and (currency := _currency(after.group("symbol"))):
            type_, name = QuantityType.MONEY, currency
            end = after.end()
            for scale in (after.group("scale"), after.group("late")):
                if scale:
                    value *= _SCALE_VALUES[scale.lower()]
            end, value = _minor_money(text, end, value, symbol=False)
        elif unit is not None:
            end, entry, hyphened = unit
            name, type_, si_unit, factor = entry.name, entry.type, entry.si_unit, entry.si_factor
            if type_ is QuantityType.MONEY:
                end, value = _minor_money(text, end, value, symbol=False)
        elif re.match(r"[-‐‑][A-Za-z]", text[end : end + 2]):
            hyphened = True
    if not name and re.search(r"\bmagnitude(?:\sof|-)?\s?$", before, re.IGNORECASE):
        type_, name = QuantityType.MEASURE, "magnitude"
    elif not name and re.match(r"[\s-]magnitude\b", text[end : end + 11], re.IGNORECASE):
        type_, name = QuantityType.MEASURE, "magnitude"
    core = Span(start, end)
    return Amount(
        core, core, type_, name, value, value, value,
        kind=number.kind, si_unit=si_unit, si_factor=factor, hyphened=hyphened,
    )  # fmt: skip


def _currency(symbol: str) -> str:
    compact = re.sub(r"\s", "", symbol).upper()
    return _symbols().get(compact, "")


# "15 dollars and 50", "thirteen dollars forty-five cents", "10 $ 30 cent"
_MINOR_CENTS = re.compile(
    r"[,\s]+(?:and\s)?(?P<count>\d{1,2}|[a-z]+(?:-[a-z]+)?)\s(?:cents?|pence|p)\b", re.IGNORECASE
)
_MINOR_BARE = re.compile(
    r"\s(?:and\s)?(?P<count>\d{2}|[a-z]+(?:-[a-z]+)?)(?=[\s.,!?;]|$)(?!,\d)(?!\.\d)", re.IGNORECASE
)


def _minor_money(text: str, end: int, value: Decimal, *, symbol: bool) -> tuple[int, Decimal]:
    match = _MINOR_CENTS.match(text, end)
    bare = False
    if match is None and not symbol and value == value.to_integral_value():
        match = _MINOR_BARE.match(text, end)
        bare = True
    if match is None:
        return end, value
    words = find_numbers(match.group("count"))
    if len(words) != 1 or words[0].end != len(match.group("count")) or words[0].kind != "integer":
        return end, value
    count = words[0].value
    if not 0 < count < 100:
        return end, value
    if bare:
        # "dollars 50" ends the phrase or goes on with "more"; "dollars two hundred times" does not.
        rest = text[match.end() : match.end() + 24].strip().lower()
        follow = rest.split(" ", 1)[0] if rest else ""
        if (
            follow
            and follow[0].isalpha()
            and follow not in {"more", "and", "for", "each", "per", "in", "or"}
        ):
            return end, value
        if find_numbers(
            text[match.end() : match.end() + 12].split(".")[0].strip()[:10]
        ) and follow not in {"and"}:
            return end, value
    return match.end(), value + count / 100


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
    if first.unit and first.unit != second.unit and not (first.hyphened and first.unit == ""):
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
    type_ = second.type
    return Amount(
        Span(start, second.core.end), Span(first.core.start, second.core.end), type_, second.unit, low, high, None, "range",
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
            scale, _SCALE_VALUES.get(word.strip(), {"mn": 10**6, "b": 10**9}.get(word.strip(), 1))
        )
    return scale


def _bounded(text: str, amount: Amount) -> Amount:
    """Return *amount* with the words before and after it that bound or blur it."""
    start, end = amount.span.start, amount.span.end
    before = text[max(0, start - 48) : start]
    match = _BEFORE.search(before)
    tail = _AFTER.match(text, end)
    low, high, figure = amount.low, amount.high, amount.figure
    style, word = amount.style, amount.approximator
    low_open = high_open = False
    value = figure if figure is not None else low
    if match is not None and "\n\n" not in match.group("cue"):
        cue = match.group("cue")
        kind = match.lastgroup if match.lastgroup != "cue" else None
        kind = kind or next(
            name for name, hit in match.groupdict().items() if hit and name != "cue"
        )
        if kind == "about" and cue.lower() == "some" and amount.hyphened:
            kind = ""
        if (
            kind == "lower"
            and cue.lower().startswith(("over", "well over"))
            and re.match(
                r"\s?(?:weeks?|months?|years?|days?|hours?|minutes?)\b",
                text[amount.core.end : amount.core.end + 9],
            )
        ):
            kind = "lower"
        start -= len(before) - match.start("cue")
        word = _fold(cue)
        if amount.style == "vague":
            if kind in {"upper_equal", "upper"}:
                low, style = Decimal(0), "bound"
            elif kind in {"lower", "lower_equal"}:
                high, style = None, "bound"
        elif kind == "lower_equal":
            style, high = "bound", (None if amount.style != "range" else high)
        elif kind == "lower":
            style, high, low_open = "bound", None, True
        elif kind == "upper_equal":
            style, low = "bound", None
        elif kind == "upper":
            style, low, high_open = "bound", None, True
        elif kind == "nearly":
            style = "nearly"
        elif kind == "just_over":
            style = "over"
        elif kind == "about":
            style = "about" if amount.style == "exact" else amount.style
        elif kind == "equal":
            style = "range" if amount.style == "exact" else amount.style
            word = ""
    if tail is not None:
        kind = tail.lastgroup or ""
        exclusive = tail.group().lower().rstrip().endswith("than")
        if kind == "lower" and style in {"exact", "about", "range"} and amount.style != "range":
            style, low, high, end, word = (
                "bound",
                value,
                None,
                tail.end(),
                _fold(tail.group().strip()),
            )
            low_open = exclusive and "equal" not in before[-12:]
        elif kind == "upper" and style in {"exact", "about", "range"} and amount.style != "range":
            style, low, high, end, word = (
                "bound",
                None,
                value,
                tail.end(),
                _fold(tail.group().strip()),
            )
            high_open = exclusive and "equal" not in before[-12:]
        elif kind == "equal" and style == "bound":
            end, low_open, high_open = tail.end(), False, False
        elif kind == "about" and style == "exact":
            style, end, word = "about", tail.end(), _fold(tail.group().strip())
    if (start, end, style) == (amount.span.start, amount.span.end, amount.style):
        return amount
    return replace(
        amount,
        span=Span(start, end),
        low=low,
        high=high,
        style=style,
        approximator=word,
        low_open=low_open,
        high_open=high_open,
    )


def _merge_bounds(text: str, amounts: list[Amount]) -> list[Amount]:
    """Join "greater than 100 and less than 300" into one amount."""
    merged: list[Amount] = []
    for amount in amounts:
        if (
            merged
            and merged[-1].style == amount.style == "bound"
            and merged[-1].unit in {"", amount.unit}
        ):
            first = merged[-1]
            gap = text[first.span.end : amount.span.start].strip().lower()
            if gap in {"and", "but", ", and", ", but", "and is"}:
                low = first.low if first.high is None else amount.low
                high = amount.high if amount.low is None else first.high
                one_each = (first.low is None) != (amount.low is None)
                if one_each and low is not None and high is not None and low < high:
                    merged[-1] = replace(
                        amount,
                        span=Span(first.span.start, amount.span.end),
                        core=Span(first.core.start, amount.core.end),
                        low=low,
                        high=high,
                        figure=None,
                        style="range",
                        low_open=first.low_open if first.high is None else amount.low_open,
                        high_open=amount.high_open if amount.low is None else first.high_open,
                    )
                    continue
        merged.append(amount)
    return merged


TENTH = Decimal("0.1")


def interval(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    """Return the inclusive interval *amount* stands for, None for an open end.

    "over 250" whole things: 251 and None; "about 40": 36 to 44; "nearly 60": 54 to 60;
    "just over 60": 60 to 66; "up to 40": 0 to 40; "fewer than 40": 0 to 39.
    """
    low, high = amount.low, amount.high
    whole = amount.type in {QuantityType.CARDINAL, QuantityType.AGE} and amount.kind == "integer"
    if amount.style == "about" and amount.figure is not None:
        width = abs(amount.figure) * TENTH
        return amount.figure - width, amount.figure + width
    if amount.style == "nearly" and amount.figure is not None:
        return amount.figure - abs(amount.figure) * TENTH, amount.figure
    if amount.style == "over" and amount.figure is not None:
        return amount.figure, amount.figure + abs(amount.figure) * TENTH
    if amount.low_open and low is not None and whole and low == low.to_integral_value():
        low += 1
    if amount.high_open and high is not None and whole and high == high.to_integral_value():
        high -= 1
    if low is None and high is not None and high >= 0:
        low = Decimal(0)
    return low, high


def is_approximate(amount: Amount) -> bool:
    """Return whether a word, not an explicit range, makes the value inexact."""
    return amount.style in {"about", "nearly", "over", "bound", "vague"} or (
        amount.style == "range" and bool(amount.approximator)
    )
