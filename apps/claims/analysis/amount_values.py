"""What an amount in a text is: an interval with unit, bound and approximator."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.articles.text.spans import Span
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
