"""Numbers as a reader wants them: in a unit both sides know, with its sign, never in seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from apps.claims.analysis.amount_units import unit_named
from apps.claims.analysis.intervals import Interval, loose_reading, reading
from apps.claims.analysis.types import QuantityDraft, QuantityType

# Two outlets' units are made one by multiplying: what that leaves after so many digits is noise.
_DIGITS = 4
# Parts of a week or of a year mean nothing to a reader; parts of an hour or a day do.
_FINER = {"weeks": "days", "fortnights": "days", "years": "months", "decades": "months"}
CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_BROKEN = {QuantityType.MONEY, QuantityType.PERCENT, QuantityType.MEASURE}


def find_shared_unit(units: Iterable[str]) -> str:
    """Return the finest of *units*, in which all of them can be told; "" where there is none.

    Weeks and days are told in days, miles and kilometres in kilometres.
    """
    names = sorted(set(units))
    if len(names) == 1:
        return names[0]
    forms = [unit_named(name) for name in names]
    known = [form for form in forms if form is not None and form.si_unit]
    if len(known) != len(names) or len({form.si_unit for form in known}) != 1:
        return ""
    return min(known, key=lambda form: form.si_factor).name


def convert(value: Decimal, unit: str, other: str) -> Decimal:
    """Return *value*, in *unit*, in *other*, which measures the same, to four digits."""
    ours, theirs = unit_named(unit), unit_named(other)
    if unit == other or ours is None or theirs is None:
        return value
    return _round(value * ours.si_factor / theirs.si_factor)


def show_both(
    a: QuantityDraft, b: QuantityDraft, *, read: Callable[[QuantityDraft], Interval] = reading
) -> tuple[str, str]:
    """Return the values the words of *a* and *b* allow, in one unit where there is one.

    "21 days" and "18.9–23.1 days" for "three weeks" and "about 21 days". *read* is
    ``reading`` or ``loose_reading``.
    """
    unit = find_shared_unit((a.unit, b.unit))
    told = [_told_in(one, unit or one.unit, read) for one in (a, b)]
    if any(not _is_whole(interval) for interval in told):
        finer = _FINER.get(unit)
        if finer is not None:
            unit, told = finer, [_told_in(one, finer, read) for one in (a, b)]
    x, y = (
        _words(one, interval, unit or one.unit) for one, interval in zip((a, b), told, strict=True)
    )
    return x, y


def show_loosely(a: QuantityDraft, b: QuantityDraft) -> tuple[str, str]:
    """Return the same, as widely as a fair reader takes rounded numbers."""
    return show_both(a, b, read=loose_reading)


def show_difference(a: QuantityDraft, b: QuantityDraft) -> str:
    """Return how far two exact values lie apart, "" where that cannot be said in one unit."""
    unit = find_shared_unit((a.unit, b.unit))
    x, y = (_told_in(one, unit, reading).low for one in (a, b))
    if (a.unit != b.unit and not unit) or x is None or y is None:
        return ""
    apart = abs(x - y)
    return _words(a, Interval(apart, apart), unit)


def show_time_between(hours: float) -> str:
    """Return a stretch of *hours* in words: "8 days", "an hour"."""
    whole = round(abs(hours))
    if whole >= 48:
        return f"{round(whole / 24)} days"
    return f"{whole} hours" if whole > 1 else "an hour" if whole == 1 else "less than an hour"


def _told_in(
    quantity: QuantityDraft, unit: str, read: Callable[[QuantityDraft], Interval]
) -> Interval:
    if quantity.si is None:
        return read(quantity)
    low, high = quantity.low, quantity.high
    if quantity.unit != unit:
        form = unit_named(unit)
        if form is None:
            return read(quantity)
        low, high = (
            None if end is None else _round(end / form.si_factor) for end in quantity.si[1:]
        )
    return read(replace(quantity, si=(unit, low, high)))


def _is_whole(interval: Interval) -> bool:
    return all(
        end is None or end == end.to_integral_value() for end in (interval.low, interval.high)
    )


def _round(value: Decimal) -> Decimal:
    if not value:
        return value
    exponent = value.adjusted() - _DIGITS + 1
    # A large whole number keeps its last digits: only fractions are cut.
    return value.quantize(Decimal(1).scaleb(min(0, exponent)))


def _words(quantity: QuantityDraft, interval: Interval, unit: str) -> str:
    low, high = interval.low, interval.high
    if quantity.type is QuantityType.CARDINAL and not unit and high is not None and 0 < high < 1:
        # "Half" and "nearly half" are shares: 50% and 45–50%.
        interval = Interval(None if low is None else low * 100, high * 100)
        unit = "%"
    shown = str(interval)
    if quantity.type in _BROKEN:
        shown = shown.replace("or fewer", "or less")
    if unit == "%":
        head, _, rest = shown.partition(" ")
        return f"{head}% {rest}".rstrip()
    if unit in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[unit] + shown
    if quantity.type is QuantityType.AGE or (unit and quantity.type is not QuantityType.CARDINAL):
        return _with_unit(interval, shown, unit)
    return shown


def _with_unit(interval: Interval, shown: str, unit: str) -> str:
    form = unit_named(unit)
    name = form.singular if form is not None and interval.exact and interval.low == 1 else unit
    head, more, rest = shown.partition(" or ")
    return f"{head} {name}{more}{rest}".rstrip()
