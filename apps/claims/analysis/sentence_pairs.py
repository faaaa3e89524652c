"""Whether two sentences state different facts: what speaks for it, as named numbers.

The first sentence is taken as the statement, the second as what it is held against; it
may say much more. Used where two sentences are given without articles around them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from apps.articles.text.spans import Span
from apps.claims.analysis.amounts import Amount, find_amounts, interval
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.opposites import find_negation, find_opposites
from apps.claims.analysis.rarity import rarity
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.time_readings import TimeReading
from apps.claims.analysis.times import find_times
from apps.claims.analysis.types import QuantityType
from apps.claims.analysis.wording import Token, find_tokens

# Matches "2014"; not "2,014" or "12014".
_YEAR = re.compile(r"(?<![\d,.])(1[5-9]\d\d|20\d\d)(?![\d,]|\.\d)")
_BEFORE = re.compile(
    r"\b(?:before|prior to|earlier than|until|till|by|up to)\s+(?:the\s+)?(?:year\s+|end of\s+)?$",
    re.I,
)
_AFTER = re.compile(r"\b(?:after|since|later than|following|from)\s+(?:the\s+)?(?:year\s+)?$", re.I)
_WINDOW = 5
_HEADLINE = 15
_NEAR_ENOUGH = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The named features of a pair, and what kind of fact is most likely to differ."""

    features: dict[str, float]
    kind: str


def compare_sentences(a: str, b: str) -> Comparison:
    """Return what speaks for and against *a* and *b* stating different facts."""
    ours, theirs = find_tokens(a), find_tokens(b)
    times_a, times_b = _times(a, b)
    taken_a, taken_b = [time.span for time in times_a], [time.span for time in times_b]
    numbers = _compare_numbers(a, ours, taken_a, b, theirs, taken_b)
    dates = _compare_times(a, ours, times_a, b, theirs, times_b)
    words = _compare_words(
        ours, theirs, [*taken_a, *_number_spans(a, taken_a)], [*taken_b, *_number_spans(b, taken_b)]
    )
    features = {**numbers, **dates, **words, **_brief(ours, theirs, numbers, dates, words)}
    if numbers["number clash"] or numbers["number unmatched"]:
        kind = "number"
    elif dates["date clash"]:
        kind = "date"
    elif words["name missing"] > 0:
        kind = "name"
    else:
        kind = "other"
    return Comparison(features, kind)


def _brief(
    ours: list[Token],
    theirs: list[Token],
    numbers: dict[str, float],
    dates: dict[str, float],
    words: dict[str, float],
) -> dict[str, float]:
    """Return what counts otherwise between two headlines: they name only the main fact."""
    brief = float(len(ours) <= _HEADLINE and len(theirs) <= _HEADLINE and numbers["no number"] == 0)
    both = {**numbers, **dates, **words}
    watched = (
        "number clash",
        "number exact",
        "number unmatched",
        "date clash",
        "opposite",
        "names missing share",
        "bounds differ",
    )
    return {"brief": brief, **{f"brief {name}": brief * both[name] for name in watched}}


# --- numbers -------------------------------------------------------------------------


def _number_spans(text: str, taken: Sequence[Span]) -> list[Span]:
    return [amount.span for amount in find_amounts(text, skip=taken)]


def _context(tokens: Sequence[Token], span: Span) -> dict[str, float]:
    """Return stems near *span* with weights that fall with distance."""
    at = [i for i, token in enumerate(tokens) if span.overlaps(token.span)]
    if not at:
        return {}
    weights: dict[str, float] = {}
    for i, token in enumerate(tokens):
        distance = at[0] - i if i < at[0] else i - at[-1]
        if distance <= 0 or not token.content or token.key[:1].isdigit():
            continue
        weight = rarity(root(token.key)) * (
            1.5 if distance <= 2 else 1.0 if distance <= _WINDOW else 0.4
        )
        for name in (root(token.key), *frames_of_stem(root(token.key))):
            weights[name] = max(weights.get(name, 0.0), weight)
    return weights


def _affinity(x: dict[str, float], y: dict[str, float]) -> float:
    return sum(min(x[word], y[word]) for word in sorted(x.keys() & y.keys()))


def _fits(x: Amount, y: Amount) -> bool:
    """Whether the figure *y* satisfies what *x* says, or the other way round."""
    low, high = interval(x)
    if y.figure is not None:
        if (low is None or y.figure >= low) and (high is None or y.figure <= high):
            return True
    else:
        y_low, y_high = interval(y)
        if (low is None or y_high is None or y_high >= low) and (
            high is None or y_low is None or y_low <= high
        ):
            return True
    if x.style == "exact" and y.style != "exact" and x.figure is not None:
        y_low, y_high = interval(y)
        return (y_low is None or x.figure >= y_low) and (y_high is None or x.figure <= y_high)
    if x.figure is not None and y.figure is not None and "about" in (x.style, y.style, "x"):
        return (
            x.style in {"about", "nearly"}
            and abs(x.figure - y.figure) <= abs(x.figure) * _NEAR_ENOUGH * 5
        )
    return False


_KINDS = {
    QuantityType.CARDINAL: "count", QuantityType.ORDINAL: "rank", QuantityType.PERCENT: "percent",
    QuantityType.MONEY: "money", QuantityType.MEASURE: "measure", QuantityType.AGE: "count", QuantityType.RATE: "rate",
}  # fmt: skip


def _amounts(text: str, taken: Sequence[Span]) -> list[Amount]:
    return [amount for amount in find_amounts(text, skip=taken) if not _is_word_one(text, amount)]


def _is_word_one(text: str, amount: Amount) -> bool:
    return (
        amount.figure == 1
        and text[amount.core.start : amount.core.end].lower() in {"one", "a", "an"}
        and (amount.style == "exact")
    )


def _compare_numbers(
    a: str, ours: list[Token], taken_a: list[Span], b: str, theirs: list[Token], taken_b: list[Span]
) -> dict[str, float]:
    mine, others = _amounts(a, taken_a), _amounts(b, taken_b)
    contexts = [_context(theirs, amount.span) for amount in others]
    clash = fit = unmatched = exact = other_figure = 0
    margin = bound_clash = bound_fit = 0.0
    for x in mine:
        context = _context(ours, x.span)
        scored: list[tuple[float, int]] = []
        for j, y in enumerate(others):
            same_kind = _KINDS[x.type] == _KINDS[y.type]
            loose = {_KINDS[x.type], _KINDS[y.type]} <= {"count", "rank", "measure", "money"}
            if not same_kind and not loose:
                continue
            score = _affinity(context, contexts[j]) + (0.6 if same_kind else 0.0)
            score += 0.8 if x.unit and x.unit == y.unit else 0.0
            if x.figure is not None and x.figure == y.figure:
                score += 1.0
            scored.append((score, j))
        if not scored:
            unmatched += 1
            continue
        scored.sort(key=lambda entry: (-entry[0], entry[1]))
        best = others[scored[0][1]]
        bounded = x.style in {"bound", "range", "over"}
        if _fits(x, best):
            fit += 1
            exact += x.figure == best.figure
            other_figure += x.style == best.style == "bound" and x.figure != best.figure
            bound_fit += bounded
        else:
            clash += 1
            bound_clash += bounded
            alternative = max(
                (score for score, j in scored[1:] if _fits(x, others[j])), default=None
            )
            margin = max(
                margin, 3.0 if alternative is None else min(3.0, scored[0][0] - alternative)
            )
    return {
        "number clash": float(clash > 0),
        "number clash margin": margin,
        "number fit": float(fit > 0 and not clash),
        "number exact": float(exact > 0 and not clash),
        "number unmatched": float(unmatched > 0 and not clash and not fit),
        "bounds differ": float(other_figure > 0),
        "bound clash": float(bound_clash > 0),
        "bound fit": float(bound_fit > 0 and not clash),
        "no number": float(not mine),
        "other number": float(not mine and bool(others)),
    }


# --- dates ---------------------------------------------------------------------------


def _times(a: str, b: str) -> tuple[list[TimeReading], list[TimeReading]]:
    """Return the dates of both texts; a date without a year takes the other text's year."""
    years = [int(match.group()) for text in (a, b) for match in _YEAR.finditer(text)]
    anchor = date(years[0] if years else 2000, 7, 1)
    return _dated(a, anchor), _dated(b, anchor)


def _dated(text: str, anchor: date) -> list[TimeReading]:
    return [
        _of_year(time, anchor.year) for time in find_times(text, anchor) if time.start is not None
    ]


def _of_year(time: TimeReading, year: int) -> TimeReading:
    """Return the reading that lies in *year*: the tense of two texts without a day of
    printing does not tell their years apart."""
    if (
        time.start is None
        or time.other is None
        or time.start.year == year
        or time.other.year != year
    ):
        return time
    return replace(time, start=time.other, end=time.other_end)


def _days(time: TimeReading) -> tuple[date, date]:
    start = _day(time.start) or date(1, 1, 1)
    end = _day(time.end) or start
    # Readings end with the first day after a month or a year.
    if end > start and end.day == 1:
        end -= timedelta(days=1)
    return start, end


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _compare_times(
    a: str,
    ours: list[Token],
    times_a: list[TimeReading],
    b: str,
    theirs: list[Token],
    times_b: list[TimeReading],
) -> dict[str, float]:
    clash = fit = order_clash = order_fit = 0
    for x in times_a:
        if not times_b:
            continue
        start, end = _days(x)
        lead = a[max(0, x.span.start - 24) : x.span.start]
        before, after = bool(_BEFORE.search(lead)), bool(_AFTER.search(lead))
        context = _context(ours, x.span)
        scored = sorted(
            (
                (_affinity(context, _context(theirs, y.span)) + _like(x, y), -j)
                for j, y in enumerate(times_b)
            ),
            reverse=True,
        )
        y = times_b[-scored[0][1]]
        first, last = _days(y)
        if before and not re.search(r"\bby\s+$", lead):
            good = last < start
        elif after:
            good = first > end or (first >= start and end - start > timedelta(days=1))
        else:
            good = first <= end and start <= last
            if not good:
                good = any(s <= end and start <= e for s, e in map(_days, times_b))
        fit += good
        clash += not good
        order_fit += good and (before or after)
        order_clash += (not good) and (before or after)
    return {
        "date clash": float(clash > 0),
        "date fit": float(fit > 0 and not clash),
        "order clash": float(order_clash > 0),
        "order fit": float(order_fit > 0 and not clash),
        "date one-sided": float(bool(times_a) != bool(times_b)),
    }


def _like(x: TimeReading, y: TimeReading) -> float:
    ours, theirs = _days(x), _days(y)
    same_grain = abs((ours[1] - ours[0]).days - (theirs[1] - theirs[0]).days) <= 3
    return 0.5 if same_grain else 0.0


# --- words ---------------------------------------------------------------------------


def _compare_words(
    ours: list[Token], theirs: list[Token], skip_a: Sequence[Span], skip_b: Sequence[Span]
) -> dict[str, float]:
    mine = _telling(ours, skip_a)
    others = _telling(theirs, skip_b)
    there, here = _forms(others), _forms(mine)
    missing = [token for token in mine if not _stands_in(token, there)]
    extra = [token for token in others if not _stands_in(token, here)]
    missing_weight = sum(rarity(root(token.key)) for token in missing)
    total = sum(rarity(root(token.key)) for token in mine) or 1.0
    missing_names = [token for token in missing if token.name]
    extra_names = [token for token in extra if token.name]
    swapped = _swaps(ours, theirs, missing, extra)
    opposites = find_opposites(ours, theirs)
    negated = (find_negation(ours) is None) != (find_negation(theirs) is None)
    name_total = sum(token.name for token in mine) or 1
    return {
        "covered": 1.0 - missing_weight / total,
        "missing words": min(5.0, float(len(missing))),
        "one missing": float(len(missing) == 1),
        "none missing": float(not missing),
        "name missing": min(3.0, float(len(missing_names))),
        "names missing share": len(missing_names) / name_total,
        "name swapped": float(any(token.name for token, _ in swapped) and bool(extra_names)),
        "word swapped": float(any(not token.name for token, _ in swapped)),
        "swaps": min(3.0, float(len(swapped))),
        "opposite": float(bool(opposites)),
        "negated": float(negated),
        "negation here": float(find_negation(ours) is not None),
        "last missing": float(bool(mine) and mine[-1] in missing),
        "length": min(2.0, len(theirs) / (len(ours) or 1)),
    }


def _telling(tokens: Sequence[Token], skip: Sequence[Span]) -> list[Token]:
    return [
        token
        for token in tokens
        if token.content and not any(span.overlaps(token.span) for span in skip)
    ]


def _forms(tokens: Sequence[Token]) -> frozenset[str]:
    forms: set[str] = set()
    for token in tokens:
        stem = root(token.key)
        forms.update((token.key, stem, stem[:5] if len(stem) > 5 else stem))
        forms.update(f"frame {frame}" for frame in frames_of_stem(stem))
    return frozenset(forms)


def _stands_in(token: Token, forms: frozenset[str]) -> bool:
    stem = root(token.key)
    if token.key in forms or stem in forms or (len(stem) > 5 and stem[:5] in forms):
        return True
    return not token.name and any(f"frame {frame}" in forms for frame in frames_of_stem(stem))


def _swaps(
    ours: list[Token], theirs: list[Token], missing: list[Token], extra: list[Token]
) -> list[tuple[Token, Token]]:
    """Return missing and extra words that stand beside the same word on both sides."""
    swaps: list[tuple[Token, Token]] = []
    beside_extra: dict[tuple[str, int], Token] = {}
    places = {token.start: i for i, token in enumerate(theirs)}
    for token in extra:
        i = places[token.start]
        for step in (-1, 1):
            if 0 <= i + step < len(theirs):
                beside_extra.setdefault((theirs[i + step].stem, step), token)
    places = {token.start: i for i, token in enumerate(ours)}
    for token in missing:
        i = places[token.start]
        for step in (-1, 1):
            if 0 <= i + step < len(ours) and (ours[i + step].stem, step) in beside_extra:
                other = beside_extra[(ours[i + step].stem, step)]
                if token.name == other.name:
                    swaps.append((token, other))
                    break
    return swaps
