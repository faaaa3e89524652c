"""Quotation marks of an article, paired: curly, straight, nested, over several paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apps.articles.text.spans import Span

_LINE = re.compile(r"[^\n]+")
# "“word”" and "''word''"; not "don't".
_MARKS = re.compile(r"[“”\"«»„]|''|``")
# A single mark opens after a space or bracket and closes before a space or mark, so
# "don't" and "the workers' pay" are no quotation. Capped: a stray mark must not run on.
_SINGLE = re.compile(
    r"(?<![\w’'])(?:‘(?P<curly>[^‘\n]{1,200}?)’|'(?P<straight>[^'\n\"“”]{2,120}?)')(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks.

    *span* holds the marks, *inner* doesn't. *opened* and *closed* tell which marks are
    there: a speech over several paragraphs is closed in its last one only. *single* is true
    for single marks, *nested* for those inside double ones.
    """

    span: Span
    inner: Span
    opened: bool = True
    closed: bool = True
    nested: bool = False
    single: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """Return the quotations of *text*, by start; nested ones follow the one they are in.

    Pairs are looked for line by line, so that one stray mark spoils one paragraph. A
    mark left open runs to the end of its line if the next line opens again or the mark
    is curly. Empty quotations are left out. Takes time linear in the text's length.
    """
    found: list[Quotation] = []
    lines = [match.span() for match in _LINE.finditer(text)]
    for number, (start, end) in enumerate(lines):
        follow = (
            text[lines[number + 1][0] : lines[number + 1][1]].lstrip()[:1]
            if number + 1 < len(lines)
            else ""
        )
        open_at = -1
        for match in _MARKS.finditer(text, start, end):
            place = match.start()
            # Databases of newspapers print two apostrophes for a quotation mark.
            mark = match.group() if len(match.group()) == 1 else '"'
            if open_at < 0:
                if mark in "“«„" or (mark == '"' and _may_open(text, place, start, end)):
                    open_at = place
            elif (
                mark in "”»"
                or (mark == '"' and text[open_at] in "\"'`")
                or (mark == "“" and text[open_at] == "„")
            ):
                _add(found, text, open_at, match.end(), closed=True)
                open_at = -1
            elif mark == "“" and text[open_at] == "“":
                # A second opening mark: the first was never closed in this line.
                _add(found, text, open_at, place, closed=False)
                open_at = place
        if open_at >= 0 and (text[open_at] not in "\"'`" or (follow in "\"“'`" and follow)):
            _add(found, text, open_at, end, closed=False)
    double = sorted(found, key=lambda quotation: quotation.span)
    singles: list[Quotation] = []
    cursor = 0
    for match in _SINGLE.finditer(text):
        inner = Span(match.start() + 1, match.end() - 1)
        while cursor < len(double) and double[cursor].span.end <= match.start():
            cursor += 1
        nested = cursor < len(double) and double[cursor].span.overlaps(inner)
        singles.append(
            Quotation(Span(match.start(), match.end()), inner, nested=nested, single=True)
        )
    return sorted(
        [*double, *singles], key=lambda quotation: (quotation.span.start, -quotation.span.end)
    )


def _may_open(text: str, place: int, start: int, end: int) -> bool:
    """A straight mark opens unless it follows a digit (inches) or ends its line."""
    after = place + _mark_length(text, place)
    if after >= end:
        return False
    before = text[place - 1] if place > start else " "
    return not (before.isdigit() and not text[after].isalnum())


def _mark_length(text: str, place: int) -> int:
    return 2 if text[place] in "'`" else 1


def _add(found: list[Quotation], text: str, start: int, end: int, *, closed: bool) -> None:
    first = start + _mark_length(text, start)
    last = end
    if closed:
        last -= 2 if text[end - 1] in "'`" else 1
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    if first < last:
        found.append(Quotation(Span(start, end), Span(first, last), closed=closed))
