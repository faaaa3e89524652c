"""Cut words into marked pieces: what differs, numbers, weakening words, sources.

Works on words and offsets alone; the same input gives the same pieces.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.formats import get_format
from django.utils.translation import gettext, gettext_noop, ngettext_lazy
from rapidfuzz.distance import Indel, Opcode

from apps.articles.text.spans import Span
from apps.claims.analysis.amount_units import unit_named
from apps.claims.analysis.shown_numbers import CURRENCY_SIGNS
from apps.claims.analysis.types import QuantityType
from apps.claims.presentation import Piece

# Where marks overlap the first of these wins: a difference is what the reader came for.
PRIORITY = ("differs", "removed", "added", "number", "hedge", "source", "quote")
_NUMBER = PRIORITY.index("number")
# Readings with less in common than this are other sentences, not edited ones: marking
# nearly every word as different would say nothing.
EDITED_AT = 0.55
# "of", "the": between two changes they are what was left over, not what was kept.
_SHORT_WORD = 3

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|[^\s\w]|_")
_EVEN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})

Mark = tuple[Span, str]


def cut(text: str, marks: Iterable[Mark], *, offset: int = 0) -> tuple[Piece, ...]:
    """Return *text* in pieces that together are *text*.

    *marks* are spans of the article, of which *text* begins at *offset*; what lies outside
    is ignored. Empty text gives no piece.
    """
    wanted: list[tuple[int, int, int]] = []
    for span, mark in marks:
        start, end = max(0, span.start - offset), min(len(text), span.end - offset)
        if start < end:
            wanted.append((start, end, PRIORITY.index(mark)))
    edges = sorted({0, len(text), *(s for s, _, _ in wanted), *(e for _, e, _ in wanted)})
    pieces: list[Piece] = []
    for start, end in itertools.pairwise(edges):
        ranks = [rank for s, e, rank in wanted if s <= start and end <= e]
        mark = PRIORITY[min(ranks)] if ranks else ""
        is_value = _NUMBER in ranks
        if pieces and pieces[-1].mark == mark:
            last = pieces[-1]
            pieces[-1] = Piece(last.text + text[start:end], mark, last.is_value or is_value)
        else:
            pieces.append(Piece(text[start:end], mark, is_value))
    return tuple(pieces)


def cut_short(
    text: str, marks: Sequence[Mark], *, offset: int = 0, most: int = 120
) -> tuple[Piece, ...]:
    """Return what ``cut`` does of at most about *most* characters of *text*: those around the
    first mark, or its beginning. An ellipsis stands for what is left out."""
    if len(text) <= most:
        return cut(text, marks, offset=offset)
    first = min((span for span, _ in marks), default=Span(offset, offset + 1))
    start = max(0, min(first.start - offset - most // 3, len(text) - most))
    end = max(start + most, first.end - offset)
    if start:
        start = text.find(" ", start) + 1
    if end < len(text):
        end = text.rfind(" ", start, end + 1)
    return (
        *((Piece("… "),) if start else ()),
        *cut(text[start:end], marks, offset=offset + start),
        *((Piece(" …"),) if end < len(text) else ()),
    )


def find_edits(reference: str, text: str) -> tuple[list[Mark], list[Mark]]:
    """Return the words of *reference* and of *text* that the other has not in that place.

    Both empty when the two are the same words, or when they have too little in common to
    be one sentence edited. Case, typography and punctuation do not count. Words that only
    *text* has are "added", exchanged ones "differs". What only one of them has at its very
    start or end is where it was cut, not what it changed, and is left out.
    """
    a, b = _words(reference), _words(text)
    a_keys, b_keys = [key for key, _ in a], [key for key, _ in b]
    if not a or not b or Indel.normalized_similarity(a_keys, b_keys) < EDITED_AT:
        return [], []
    in_reference: list[Mark] = []
    in_text: list[Mark] = []
    for tag, a_from, a_to, b_from, b_to in _changes(Indel.opcodes(a_keys, b_keys)):
        at_an_edge = a_from == b_from == 0 or (a_to == len(a) and b_to == len(b))
        if at_an_edge and tag != "replace":
            continue
        if a_from < a_to:
            in_reference.append((Span(a[a_from][1].start, a[a_to - 1][1].end), "differs"))
        if b_from < b_to:
            mark = "added" if tag == "insert" else "differs"
            in_text.append((Span(b[b_from][1].start, b[b_to - 1][1].end), mark))
    return in_reference, in_text


def diff_words(reference: str, text: str) -> tuple[list[Mark], list[Mark]]:
    """Return all words of *reference* and of *text* that the other has not in that place.

    For two sentences known to be one, edited: unlike ``find_edits`` it marks what was cut off
    at an end, and words that only *reference* has are "removed". Changes with nothing but one
    short word between them are one change.
    """
    a, b = _words(reference), _words(text)
    in_reference: list[Mark] = []
    in_text: list[Mark] = []
    opcodes = Indel.opcodes([key for key, _ in a], [key for key, _ in b])
    for _, a_from, a_to, b_from, b_to in _joined(_changes(opcodes), a):
        if a_from < a_to:
            mark = "differs" if b_from < b_to else "removed"
            in_reference.append((Span(a[a_from][1].start, a[a_to - 1][1].end), mark))
        if b_from < b_to:
            mark = "differs" if a_from < a_to else "added"
            in_text.append((Span(b[b_from][1].start, b[b_to - 1][1].end), mark))
    return in_reference, in_text


def _joined(
    changes: Iterable[tuple[str, int, int, int, int]], words: Sequence[tuple[str, Span]]
) -> list[tuple[str, int, int, int, int]]:
    joined: list[tuple[str, int, int, int, int]] = []
    for change in changes:
        tag, a_from, a_to, b_from, b_to = change
        if joined:
            _, first, last, b_first, b_last = joined[-1]
            if a_from - last == b_from - b_last == 1 and len(words[last][0]) <= _SHORT_WORD:
                joined[-1] = ("replace", first, a_to, b_first, b_to)
                continue
        joined.append((tag, a_from, a_to, b_from, b_to))
    return joined


def _changes(opcodes: Iterable[Opcode]) -> list[tuple[str, int, int, int, int]]:
    """Join a deletion and an insertion at one place to a replacement."""
    changes: list[tuple[str, int, int, int, int]] = []
    for code in opcodes:
        if code.tag == "equal":
            continue
        if changes and changes[-1][2] == code.src_start and changes[-1][4] == code.dest_start:
            _, a_from, _, b_from, _ = changes[-1]
            changes[-1] = ("replace", a_from, code.src_end, b_from, code.dest_end)
        else:
            changes.append((code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end))
    return changes


def plain_words(text: str) -> str:
    """Return the words of *text* alone: without case, typography and punctuation."""
    return " ".join(key for key, _ in _words(text))


# The first reading of a row is compared with every other one.
@lru_cache(maxsize=512)
def _words(text: str) -> tuple[tuple[str, Span], ...]:
    return tuple(
        (match.group().translate(_EVEN).casefold(), Span(match.start(), match.end()))
        for match in _WORD.finditer(text)
        if match.group()[0].isalnum()
    )


def describe_interval(
    low: Decimal | None, high: Decimal | None, *, unit: str = "", counted: str = ""
) -> str:
    """Return an interval in words: "251 or more people", "200–999 homes", "$2.5 million".

    "" when both ends are open.
    """
    money = CURRENCY_SIGNS.get(unit, "")
    named = counted or _name_unit(unit, is_one=low == high == 1)
    after = "" if unit == "%" or money else f" {named}".rstrip()

    def measured(words: str) -> str:
        return gettext("%(share)s%%") % {"share": words} if unit == "%" else money + words

    if low is None and high is None:
        return ""
    if low is None or (low == 0 and high is not None and high > 0):
        if high is None:
            return ""
        return gettext("up to %(value)s") % {"value": measured(format_number(high)) + after}
    if high is None:
        return gettext("%(value)s or more") % {"value": measured(format_number(low))} + after
    if low == high:
        return measured(format_number(low)) + after
    return measured(f"{format_number(low)}–{format_number(high)}") + after


def _name_unit(unit: str, *, is_one: bool) -> str:
    """Return a unit in the reader's language: "1 day", "2 days"; as it is, if nobody knows it."""
    name = _UNITS.get(unit)
    if name is not None:
        # The number is put before it, so that nothing is left to be put in.
        return str(name % (1 if is_one else 2))
    form = unit_named(unit) if is_one else None
    return form.singular if form is not None else unit


def as_percent(
    low: Decimal | None, high: Decimal | None, *, type: str, unit: str
) -> tuple[Decimal, Decimal] | None:
    """Return a share ("nearly half": 0.45 to 0.5) in percent; None for any other number.

    A count is never a part of one; a measure or a rate may be, and is none.
    """
    if type != QuantityType.CARDINAL or unit not in ("", "people"):
        return None
    if low is None or high is None or not 0 < high < 1:
        return None
    return (low * 100).quantize(_TENTHS), (high * 100).quantize(_TENTHS)


def describe_share(low: Decimal | None, high: Decimal | None, counted: str) -> str:
    """Return percents in words: "45–50% of homes"; "" where nobody knows of what."""
    if not counted:
        return ""
    share = describe_interval(low, high, unit="%")
    return gettext("%(share)s of %(counted)s") % {"share": share, "counted": counted}


_TENTHS = Decimal("0.1")
_UNITS = {
    "seconds": ngettext_lazy("second", "seconds"),
    "minutes": ngettext_lazy("minute", "minutes"),
    "hours": ngettext_lazy("hour", "hours"),
    "days": ngettext_lazy("day", "days"),
    "weeks": ngettext_lazy("week", "weeks"),
    "months": ngettext_lazy("month", "months"),
    "years": ngettext_lazy("year", "years"),
    "decades": ngettext_lazy("decade", "decades"),
    "miles": ngettext_lazy("mile", "miles"),
    "feet": ngettext_lazy("foot", "feet"),
    "inches": ngettext_lazy("inch", "inches"),
    "hectares": ngettext_lazy("hectare", "hectares"),
    "acres": ngettext_lazy("acre", "acres"),
    "tonnes": ngettext_lazy("tonne", "tonnes"),
    "litres": ngettext_lazy("litre", "litres"),
    "knots": ngettext_lazy("knot", "knots"),
    "percentage points": ngettext_lazy("percentage point", "percentage points"),
}
_SCALES = (
    (Decimal(10) ** 12, gettext_noop("%(number)s trillion")),
    (Decimal(10) ** 9, gettext_noop("%(number)s billion")),
    (Decimal(10) ** 6, gettext_noop("%(number)s million")),
)
_PLACES = Decimal("0.001")


def format_number(value: Decimal) -> str:
    """Return *value* for readers: "1,250", "0.333", "689.4 million"."""
    for scale, name in _SCALES:
        if abs(value) >= scale and (value / scale * 1000) % 1 == 0:
            return gettext(name) % {"number": _plain(value / scale)}
    return _plain(value)


def _plain(value: Decimal) -> str:
    if value == value.to_integral_value():
        return _separated(f"{int(value):,}")
    rounded = value.quantize(_PLACES)
    return _separated(f"{rounded:,f}".rstrip("0").rstrip("."))


def _separated(number: str) -> str:
    """Return "1,250.5" with the signs the reader's language puts there."""
    if number.isdecimal():
        return number
    signs = {",": get_format("THOUSAND_SEPARATOR"), ".": get_format("DECIMAL_SEPARATOR")}
    return number.translate(str.maketrans(signs))


def whole_words(text: str, spans: Sequence[Span]) -> bool:
    """Whether *spans* cover nearly all of *text*: then marking them marks nothing."""
    covered = sum(len(span) for span in spans)
    return len(text) > 40 and covered > 0.8 * len(text)


def words_around(
    qualifiers: Iterable[Sequence[int]], *, start: int, end: int, sentence: str, offset: int
) -> tuple[str, ...]:
    """Return the words that limit a claim from outside it, in text order.

    *qualifiers* are (start, end) pairs, *start* and *end* those of the claim, all in the
    article; *sentence* begins at *offset*. A part of a sentence must not look firmer than
    the sentence: "extend sick leave" of "the bill would raise wages and extend sick leave".
    """
    return tuple(
        sentence[first - offset : last - offset]
        for first, last in qualifiers
        if not (start <= first and last <= end) and offset <= first < last <= offset + len(sentence)
    )
