"""What a date in a text was read as, and which way its words look."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from apps.articles.text.spans import Span
from apps.claims.analysis.calendar_days import make_date
from apps.claims.analysis.time_words import fold


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A date, range or clock time in a text.

    *kind* is "date", "range", "datetime" or "time". *start* is the first day, *end* the
    first day after a range (None: open). *precision* is "day", "month", "year" or "range";
    *clock* "HH:MM" or "". *relative* when it was resolved against the anchor. *other* is
    the start of the reading not taken (past for future), None when there is one only.
    *bound* is "", "since", "after", "before", "until": the side left open.
    """

    span: Span
    kind: str
    start: date | None
    end: date | None = None
    precision: str = "day"
    clock: str = ""
    relative: bool = False
    other: date | None = None
    other_end: date | None = None
    bound: str = ""


# Words that look ahead or back from a bare "Friday" or "September".
_AHEAD = re.compile(
    r"\b(?:will|won[’']t|would|shall|going\sto|set\s(?:to|for|on)|scheduled|plans?|planned|planning|due|upcoming|expected|expects?|next|until|till|deadline|"
    r"starting|beginning|effective|by|may|might|can|could|should|must|be\sheld|ahead|wants?\sto|hopes?\sto|intends?\sto|to\s(?:be|begin|start|open|visit|meet|vote|hold|take|travel)|take\sup|takes\seffect)\b|[’']ll\b",
    re.IGNORECASE,
)


_BACK = re.compile(
    r"\b(?:was|were|had|did|said|told|last|since|ago|has|have|killed|died|struck|hit|held|met|voted|announced|signed|visited|arrived|took|made|went|came|began|wrote|"
    r"found|won|lost|got|rose|fell|left|shut|cut|put|set|led|saw|gave|spoke|sent|brought|kept|\w{2,}ed)\b",
    re.IGNORECASE,
)


def looks_ahead(text: str, span: Span) -> bool | None:
    """Return whether the clause around *span* speaks of the future, None when it doesn't say.

    Looks at the clause the span stands in: back to the last comma, semicolon or sentence
    end, at most 120 characters, and 60 characters ahead.
    """
    before = text[max(0, span.start - 120) : span.start]
    before = re.split(r"[.;:!?\n][\s”\"]|\n", before)[-1]
    after = re.split(r"[.;:!?\n](?:[\s”\"]|$)|\n", text[span.end : span.end + 90])[0]
    near = re.split(r",\s", before)[-1]
    for window in (near + " | " + re.split(r",\s", after)[0], before + " | " + after):
        ahead, back = list(_AHEAD.finditer(window)), list(_BACK.finditer(window))
        if ahead or back:
            # "said it will open on Friday": the verb nearest to the date decides.
            middle = window.index("|")
            nearest_ahead = min((abs(hit.start() - middle) for hit in ahead), default=10**6)
            nearest_back = min((abs(hit.start() - middle) for hit in back), default=10**6)
            if ahead and re.search(r"\b(?:said|told|says)\b", window, re.IGNORECASE):
                others = [hit for hit in back if hit.group().lower() not in {"said", "told", "set"}]
                nearest_back = min((abs(hit.start() - middle) for hit in others), default=10**6)
            return nearest_ahead <= nearest_back
    return None


Handler = Callable[[re.Match[str], "Context"], TimeReading | None]


@dataclass(frozen=True, slots=True)
class Context:
    text: str
    anchor: date | None


def span_of(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


def choose(
    context: Context, span: Span, past: date | None, future: date | None
) -> tuple[date | None, date | None]:
    """Return (taken, other) of a past and a future reading of the same words."""
    if past is None or future is None or past == future:
        return past or future, None
    ahead = looks_ahead(context.text, span)
    return (future, past) if ahead else (past, future)


def yearless(context: Context, span: Span, month: int, day: int) -> tuple[date | None, date | None]:
    anchor = context.anchor
    if anchor is None:
        return None, None
    past = future = None
    for year in range(anchor.year, max(anchor.year - 9, 1), -1):
        past = make_date(year, month, day)
        if past is not None and past <= anchor:
            break
        past = None
    for year in range(anchor.year, anchor.year + 9):
        future = make_date(year, month, day)
        if future is not None and future >= anchor:
            break
        future = None
    return choose(context, span, past, future)


def group_of(match: re.Match[str], name: str) -> str:
    return match.groupdict().get(name) or ""


def part_of(part: str, reading: TimeReading) -> TimeReading:
    """Narrow a range to its "early", "mid-", "late", "end of" part."""
    word = fold(part).replace("-", " ").strip()
    start, end = reading.start, reading.end
    if not word or start is None or end is None:
        return reading
    if reading.precision == "month":
        if word.startswith("mid"):
            return replace(
                reading, start=start.replace(day=10), end=start.replace(day=21), precision="part"
            )
        if word.startswith(("early", "the beginning", "beginning", "the start", "start")):
            return replace(reading, end=start.replace(day=16), precision="part")
        if word.startswith(("late", "the end", "end")):
            return replace(reading, start=start.replace(day=16), precision="part")
    if reading.precision == "year":
        year = start.year
        if word.startswith(("mid", "the middle", "middle")):
            return replace(reading, start=date(year, 6, 1), end=date(year, 7, 1), precision="month")
        if word.startswith(("the end", "end")):
            return replace(
                reading, start=date(year, 12, 1), end=date(year + 1, 1, 1), precision="month"
            )
        if word.startswith(("early", "the beginning", "beginning", "the start", "start")):
            return replace(reading, end=date(year, 7, 1), precision="year")
        if word.startswith("late"):
            return replace(reading, start=date(year, 7, 1), precision="year")
    return reading
