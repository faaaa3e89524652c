"""Numbers as intervals: what can be true together, and how to say it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.claims.analysis.types import QuantityDraft, QuantityType

# Below this a round number is taken at its word: "20 dead" is not "about 20 dead".
_ROUND_FROM = Decimal(100)
_SCALES = (
    (Decimal(10) ** 12, "trillion"),
    (Decimal(10) ** 9, "billion"),
    (Decimal(10) ** 6, "million"),
)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from *low* to *high*, both included; None is an open end."""

    low: Decimal | None
    high: Decimal | None

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return not (
            (self.high is not None and other.low is not None and self.high < other.low)
            or (other.high is not None and self.low is not None and other.high < self.low)
        )

    def contains(self, other: Interval) -> bool:
        """Whether every value of *other* lies in this one."""
        return (self.low is None or (other.low is not None and other.low >= self.low)) and (
            self.high is None or (other.high is not None and other.high <= self.high)
        )

    @property
    def width(self) -> Decimal | None:
        return None if self.low is None or self.high is None else self.high - self.low

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high

    def __str__(self) -> str:
        if self.low is None and self.high is None:
            return "any number"
        if self.high is None:
            return f"{show_number(self.low)} or more"
        if self.low is None:
            return f"{show_number(self.high)} or fewer"
        if self.exact:
            return show_number(self.low)
        low, high = show_number(self.low), show_number(self.high)
        scale = low.partition(" ")[2]
        if scale and scale == high.partition(" ")[2]:
            low = low.partition(" ")[0]
        return f"{low}–{high}"


def show_number(value: Decimal | None) -> str:
    """Return *value* as a newspaper prints it: "1,350", "2.75", "1.84 million"; "∞" for an
    open end."""
    if value is None:
        return "∞"
    for scale, name in _SCALES:
        # With more places than this the noughts are easier to read.
        if abs(value) >= scale and value / scale * 1000 % 1 == 0:
            return f"{show_number(value / scale)} {name}"
    if value == value.to_integral_value():
        return f"{int(value):,}"
    return f"{value.normalize():,f}"


def reading(quantity: QuantityDraft) -> Interval:
    """Return the values the words allow, in SI units for measures that have them."""
    if quantity.si is not None:
        return Interval(quantity.si[1], quantity.si[2])
    return Interval(quantity.low, quantity.high)


def is_change(quantity: QuantityDraft) -> bool:
    """Whether the words tell of a change from one value to another, not of a range."""
    return quantity.text.lower().startswith("from ") and quantity.low != quantity.high


def loose_reading(quantity: QuantityDraft) -> Interval:
    """Return *reading* widened by rounding, as a fair reader would.

    A number with two or fewer digits before its noughts is read to its last digit: "4,000"
    stands for 3,500 to 4,500, "3,900" for 3,850 to 3,950. Converted measures get 5 %, since outlets round twice.
    """
    interval = reading(quantity)
    if interval.low is None or interval.high is None:
        return interval
    if quantity.si is not None:
        slack = abs(interval.high) * Decimal("0.05")
    elif quantity.type is QuantityType.PERCENT or not interval.exact:
        slack = Decimal(0)
    else:
        slack = _rounding(interval.low)
    return Interval(interval.low - slack, interval.high + slack)


def _rounding(value: Decimal) -> Decimal:
    if abs(value) < _ROUND_FROM or value != value.to_integral_value():
        return Decimal(0)
    digits = str(abs(int(value)))
    noughts = len(digits) - len(digits.rstrip("0"))
    if not noughts or len(digits) - noughts > 2:
        return Decimal(0)
    return Decimal(10) ** noughts / 2


def can_both_be_true(a: QuantityDraft, b: QuantityDraft) -> bool:
    """Whether some value fits both; two changes ("from $2 to $2.50") must end alike."""
    if is_change(a) and is_change(b):
        return a.high == b.high
    if a.si is not None and a.unit == b.unit and a.low == a.high and b.low == b.high:
        # Only what was converted was rounded on the way.
        return a.low == b.low
    return loose_reading(a).meets(loose_reading(b))


def is_less_exact(a: QuantityDraft, b: QuantityDraft) -> bool:
    """Whether *a* leaves more values open than *b*."""
    wide, narrow = reading(a).width, reading(b).width
    if wide is None:
        return narrow is not None
    return narrow is not None and wide > narrow


def is_misprint(a: Interval, b: Interval) -> bool:
    """Whether one value is the other with digits turned round, one wrong, or a nought more."""
    if not a.exact or not b.exact or a.low is None or b.low is None or a == b:
        return False
    x, y = (value.normalize().as_tuple().digits for value in (a.low, b.low))
    if min(len(x), len(y)) < 2 and x != y:
        return False
    turned = sorted(x) == sorted(y)
    one_wrong = len(x) == len(y) and sum(i != j for i, j in zip(x, y, strict=True)) == 1
    return turned or one_wrong
