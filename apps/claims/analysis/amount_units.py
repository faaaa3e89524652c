"""Units and currencies beside a figure: which one, where it ends, cents after it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from apps.claims.analysis.lexicon import read_forms, read_rows
from apps.claims.analysis.numbers import find_numbers
from apps.claims.analysis.types import QuantityType


@dataclass(frozen=True, slots=True)
class UnitForm:
    name: str
    type: QuantityType
    si_unit: str = ""
    si_factor: Decimal = Decimal(1)
    # What one of them is called: "day" of "days".
    singular: str = ""


def _alternatives(forms: Iterable[str]) -> str:
    return "|".join(
        re.escape(form).replace(r"\ ", r"[\s-]")
        for form in sorted(forms, key=lambda f: (-len(f), f))
    )


@cache
def unit_forms() -> dict[str, UnitForm]:
    """Return the unit of each form; forms with capitals or digits keep their case."""
    units: dict[str, UnitForm] = {}
    for row in read_rows("units"):
        name, forms, si_unit, factor = row[0], read_forms(row[1]), row[2], row[3]
        one = forms[0] if forms[1:2] == (name,) else name
        unit = UnitForm(name, QuantityType.MEASURE, si_unit, Decimal(factor), one)
        units.update(dict.fromkeys(forms, unit))
    for row in read_rows("currencies"):
        for form in read_forms(row[1]):
            units[form] = UnitForm(row[0], QuantityType.MONEY)
    return units


@cache
def _measures() -> dict[str, UnitForm]:
    return {unit.name: unit for unit in unit_forms().values() if unit.type is QuantityType.MEASURE}


def unit_named(name: str) -> UnitForm | None:
    """Return the measure a quantity's *unit* names; None for money, people and the like."""
    return _measures().get(name)


@cache
def symbols() -> dict[str, str]:
    return {
        form.upper(): row[0]
        for row in read_rows("currencies")
        if len(row) > 2
        for form in read_forms(row[2])
    }


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<hyphen>[-‐‑][^\S\n]?)?(?P<unit>{_alternatives(unit_forms())})(?![\w²³])(?!-(?:old|olds)\b)",
        re.IGNORECASE,
    )


@cache
def symbol_before() -> re.Pattern[str]:
    forms = []
    for form in sorted(symbols(), key=lambda f: (-len(f), f)):
        letters, sign = form[:-1], form[-1]
        # "c $ 300" is Canadian money, "a $5 bill" is not Australian.
        spaced = letters.isalpha() and not sign.isalpha() and letters not in {"A", "S", "R"}
        forms.append(f"{letters}[^\\S\\n]?{re.escape(sign)}" if spaced else re.escape(form))
    # Matches "US$", "c $", "USD "; not the "SD" of "NSD ".
    return re.compile(rf"(?<![\w$€£])(?P<symbol>{'|'.join(forms)})[^\S\n]?$", re.IGNORECASE)


@cache
def symbol_after() -> re.Pattern[str]:
    return re.compile(
        rf"[^\S\n]?(?P<scale>M|m|bn|K|k|T)?(?P<symbol>{_alternatives(symbols())})(?:[^\S\n](?P<late>hundred|thousand|million|billion|trillion)\b)?(?![\w])",
        re.IGNORECASE,
    )


SCALE_VALUES = {
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


_DEGREES_END = re.compile(r"[).,;:!?]|$|\s[a-z(]")
# Too short to be a unit anywhere else: "11in", "412p" close to the figure, "45 m" apart from it.
_CLOSE = re.compile(
    r"(?P<inches>in(?!\w|\.\w))|(?P<pence>p(?![\w/]|\.\w))|(?P<metres>m(?![\w²³/]))"
)
_APART = re.compile(r"(?P<metres>[^\S\n]m(?![\w²³]))")
_SHORT = {
    "inches": UnitForm("inches", QuantityType.MEASURE, "m", Decimal("0.0254")),
    "pence": UnitForm("Pence", QuantityType.MONEY),
    "metres": UnitForm("m", QuantityType.MEASURE, "m", Decimal(1)),
}


def _find_close_unit(text: str, place: int) -> tuple[int, UnitForm, bool] | None:
    match = _CLOSE.match(text, place) or _APART.match(text, place)
    if match is None:
        return None
    return match.end(), _SHORT[match.lastgroup or ""], False


_GAP = re.compile(r"[^\S\n]{0,2}")


def find_unit(text: str, place: int) -> tuple[int, UnitForm, bool] | None:
    """Return (end, unit, hyphened) of a unit word right after *place*."""
    gap = _GAP.match(text, place)
    start = gap.end() if gap else place
    match = _unit_pattern().match(text, start)
    if match is None:
        return _find_close_unit(text, place)
    form = match.group("unit")
    folded = re.sub(r"[\s-]+", " ", form)
    entry = unit_forms().get(folded) or unit_forms().get(folded.lower())
    if entry is None:
        return None
    # "14C" and "(106 F)", not "14 C Street".
    if form in {"C", "F"} and start > place and not _DEGREES_END.match(text, match.end()):
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


def find_currency(symbol: str) -> str:
    compact = re.sub(r"\s", "", symbol).upper()
    return symbols().get(compact, "")


# "15 dollars and 50", "thirteen dollars forty-five cents", "10 $ 30 cent"
_MINOR_CENTS = re.compile(
    r"[,\s]+(?:and\s)?(?P<count>\d{1,2}|[a-z]+(?:-[a-z]+)?)\s(?:cents?|pence|p)\b", re.IGNORECASE
)


_MINOR_BARE = re.compile(
    r"\s(?:and\s)?(?P<count>\d{2}|[a-z]+(?:-[a-z]+)?)(?=[\s.,!?;]|$)(?!,\d)(?!\.\d)", re.IGNORECASE
)


def add_minor_money(text: str, end: int, value: Decimal, *, symbol: bool) -> tuple[int, Decimal]:
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
