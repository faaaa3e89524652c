"""Words around an amount that bound or blur it: "more than", "or so", "nearly"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from apps.articles.text.spans import Span
from apps.claims.analysis.amount_values import Amount

# Words before a figure and what they do to it.
_ABOUT = (
    r"about|around|some|roughly|approximately|approx\.?|an\sestimated|estimated(?:\sat)?|circa|in\sthe\sregion\sof|"
    r"estimated\s(?:\w+\s){1,3}of|at\sa\sconservative\sestimate|barely|scarcely|more\slike|perhaps|maybe|possibly|in\sthe\sorder\sof|to\sthe\stune\sof|an\sapproximate|"
    r"in\sthe\sneighbou?rhood\sof|on\sthe\sorder\sof|somewhere\saround|an\saverage\sof|a\sreported|as\sestimated"
)


_BEFORE = re.compile(
    rf"""(?:^|(?<![\w-]))(?P<cue>
      (?P<lower_equal>(?:(?:more|larger|greater|higher|bigger|over|above)(?:\sthan)?[\s,]*(?:or|and)\s(?:is\s)?equal(?:ly)?(?:\sto|\sthan)?)
        |at\sleast(?:\sor\sequal\sto)?|at\sthe\svery\sleast|no\s(?:fewer|less|lower|smaller)\sthan|not\s(?:fewer|less)\sthan|a\sminimum\sof|minimum(?:\sof)?
        |equal(?:\sto)?\sor\s(?:more|larger|greater|higher|bigger)\sthan|starting\sat|as\s(?:few|little|low)\sas|a\sgood|at\sminimum)
    | (?P<upper_equal>(?:(?:less|smaller|fewer|lower|under|below)(?:\sthan)?[\s,]*(?:or|and)\s(?:is\s)?equal(?:ly)?(?:\sto|\sthan)?)
        |at\smost|at\sthe\smost|no\s(?:more|larger|greater|higher|bigger)\sthan|not\smore\sthan|a\smaximum\sof|maximum(?:\sof)?
        |up\sto|as\s(?:many|much|high|long|large|big|far)\sas|equal(?:\sto)?\sor\s(?:less|smaller|fewer|lower)\sthan|capped\sat|anything\sup\sto|limited\sto)
    | (?P<just_over>(?:just|slightly|a\s(?:little|bit|shade|touch|fraction|tad|whisker|hair)|barely|marginally|fractionally)\s(?:over|above|more\sthan|north\sof))
    | (?P<nearly>nearly|almost|close\sto|approaching|(?:just|slightly|marginally|fractionally|a\s(?:little|bit|shade|touch|fraction|tad|whisker|hair))\s(?:under|below|shy\sof|short\sof|less\sthan|fewer\sthan)
        |not\squite|nigh\son|getting\son\sfor|knocking\son|pushing|bordering\son|the\sbest\spart\sof|the\sbetter\spart\sof|all\sbut\s(?=a\s)|shy\sof|virtually)
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
      (?P<lower>(?:,?\s?(?:or|and)\s(?:even\s)?(?:(?:is\s)?(?:more|greater|higher|larger|bigger|above|over|older|up|upwards?|better|beyond|counting)(?:\sthan)?)\b|-plus\b|\splus\b|\+(?![\d])))
    | (?P<upper>,?\s?(?:or|and)\s(?:even\s)?(?:(?:is\s)?(?:less|fewer|lower|smaller|below|under|younger|down)(?:\sthan)?)\b)
    | (?P<equal>\s?(?:or|and)\s(?:is\s)?equal(?:s)?(?:\sto|\sthan)?\b)
    | (?P<about>\s?(?:or\sso|or\sthereabouts|give\sor\stake|more\sor\sless)\b|-odd\b|-ish\b|-some\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def fold_words(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower())


# "raised over 10 years" lasts so long, "for over 10 years" longer.
_OVER_TIME = re.compile(r"over(?:\sthe)?", re.IGNORECASE)
_STRETCH = re.compile(
    # Not the hour of "over 70 kilometres an hour".
    r"(?<!\ban\s)(?<!\ba\s)(?<!\bper\s)\b(?:minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|centuries|summers?|winters?|seasons?|"
    r"games?|match(?:es)?|rounds?|innings?|legs?|laps?|sessions?|holes?|generations?|semesters?|terms?)\b",
    re.IGNORECASE,
)
_LONGER_BEFORE = re.compile(
    r"\b(?:for|in|within|after|of|took|takes?|taking|taken|lasted|lasts?|lasting|spent|spend|spending|spans?|spanned|spanning|waited|wait|waiting|last|been|is|was|were|are|at|to|with|"
    r"and|or|well|just|served|serve|serving|lived|worked|stretched|that|ago|than|by|until|from|a|played|managed|coached|missed|covering|covered|some|now)\s$",
    re.IGNORECASE,
)


def _is_during(text: str, amount: Amount, start: int, cue: str) -> bool:
    """Return whether "over" before a length of time says how long, not how much more."""
    if _OVER_TIME.fullmatch(cue.strip()) is None:
        return False
    words = text[amount.core.start : amount.core.end + 14]
    stretch = any(True for _ in _STRETCH.finditer(words))
    if not stretch or amount.hyphened:
        return False
    return _LONGER_BEFORE.search(text[max(0, start - 14) : start]) is None


def with_bounds(text: str, amount: Amount) -> Amount:
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
        if kind == "lower" and _is_during(
            text, amount, start - len(before) + match.start("cue"), cue
        ):
            return amount
        start -= len(before) - match.start("cue")
        word = fold_words(cue)
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
                fold_words(tail.group().strip()),
            )
            low_open = exclusive and "equal" not in before[-12:]
        elif kind == "upper" and style in {"exact", "about", "range"} and amount.style != "range":
            style, low, high, end, word = (
                "bound",
                None,
                value,
                tail.end(),
                fold_words(tail.group().strip()),
            )
            high_open = exclusive and "equal" not in before[-12:]
        elif kind == "equal" and style == "bound":
            end, low_open, high_open = tail.end(), False, False
        elif kind == "about" and style == "exact":
            style, end, word = "about", tail.end(), fold_words(tail.group().strip())
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


def merge_bounds(text: str, amounts: list[Amount]) -> list[Amount]:
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
