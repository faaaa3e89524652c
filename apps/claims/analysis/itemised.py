"""Totals with a list of numbers beside them that nearly, but not quite, adds up.

Whether the list itemises the total is for the judge; here stands what speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from apps.articles.text.spans import Span
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.sums import comparable
from apps.claims.analysis.types import QuantityDraft, QuantityType

_SUMMED = frozenset({QuantityType.CARDINAL, QuantityType.MONEY, QuantityType.MEASURE})
# Parts of a list stand this close together, in characters.
_LIST_GAP = 90
_OF_REACH = 16
_NEAR = Decimal("0.12")
# How far the sum may be from the total, as a share of it, and still be meant to be it.
_MOST_OFF = Decimal("0.3")
# A list explains a total of its own sentence or of one so many sentences before.
_SENTENCES_BACK = 2
_MOST_PARTS = 6
# Matches what stands between two parts of one list: ", 52 at the clinic and ".
_JOINT = re.compile(r",|;|\band\b|\bwhile\b", re.IGNORECASE)
_BROKEN = re.compile(
    r"[.!?:](?:\s|$)|\bof (?:the|those|these|them)\b|\bfrom\b.*\bto\b|\bincluding\b"
)
_LEADS = (":", "—", "–", " - ")
_OF = re.compile(r"\bof (?:the|those|these|its|their)\s*$", re.IGNORECASE)
# Matches " minutes to eleven", not " minutes of talks".
_CLOCK = re.compile(
    r" (?:minutes? )?(?:to|past) (?:\d|noon|midnight|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
# Matches the "one" of "one of perjury", "one at the clinic".
_ONE_OF = re.compile(r" (?:of|in|at|for|from|by|on|to)\b")
# Matches "The employers number 214", "those hurt numbered 31".
_NUMBERED = re.compile(r"\bnumber(?:s|ed)?\s+(\d[\d,]*\d|\d)\b(?!\.\d)")
_REST = re.compile(r"\b(?:rest|remaining|remainder|other|others)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:among|including|such as|some of)\b", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:total|in all|altogether|together|tally|number(?:s|ed)?|sum|all told|toll)\b", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Itemised:
    """A total and the parts that may be meant to make it; *whole* and *sizes* in one scale.

    The parts never add up to the total. *features* are named numbers, 0 to 1.
    """

    total: QuantityDraft
    parts: tuple[QuantityDraft, ...]
    whole: Decimal
    sizes: tuple[Decimal, ...]
    features: dict[str, float]


def find_itemised(index: StoryIndex, article_id: str) -> Iterator[Itemised]:
    """Yield totals with lists that miss them, in text order, each list with each total near it."""
    views = index.sentences[article_id]
    text = index.articles[article_id].text
    exact = [_exact(index, view, text) for view in views]
    printed = _printed(index)
    explained: set[int] = set()
    for at, view in enumerate(views):
        for parts in _lists(text, exact[at], printed):
            if parts[-1].span.start in explained:
                continue
            nearby = [(view, total) for total in exact[at] if total not in parts]
            nearby += [
                (views[back], total)
                for back in range(max(0, at - _SENTENCES_BACK), at)
                for total in exact[back]
            ]
            fitting = [(other, total, _fit(total, parts)) for other, total in nearby]
            off = [abs(sum(fit[1]) - fit[0]) / fit[0] for _, _, fit in fitting if fit is not None]
            if off and min(off) <= _NEAR:
                # The whole list belongs to a total; its first number is none.
                explained.add(parts[-1].span.start)
            if 0 in off:
                continue
            for other, total, fit in fitting:
                if fit is None or abs(sum(fit[1]) - fit[0]) > fit[0] * _MOST_OFF:
                    continue
                yield Itemised(
                    total, parts, fit[0], tuple(fit[1]),
                    _features(text, view, other, total, parts, fit[0], sum(fit[1], Decimal(0))),
                )  # fmt: skip


def _exact(index: StoryIndex, view: SentenceView, text: str) -> list[QuantityDraft]:
    """Return the exact numbers of a sentence; "one" only where it counts one of several."""
    facts = index.articles[view.article].sentences[view.index]
    found = [
        quantity for quantity in facts.quantities
        if quantity.type in _SUMMED and quantity.low is not None
        and quantity.low == quantity.high and not quantity.approximate
        and _CLOCK.match(text, quantity.span.end) is None
        and (quantity.low > 1 or (quantity.low == 1 and _ONE_OF.match(text, quantity.span.end)))
    ]  # fmt: skip
    match = _NUMBERED.search(text, view.span.start, view.span.end)
    if match is not None and not any(q.span.start == match.start(1) for q in found):
        value = Decimal(match[1].replace(",", ""))
        span = Span(match.start(1), match.end(1))
        found.append(QuantityDraft(span, match[1], value, value, QuantityType.CARDINAL))
    return sorted(found, key=lambda quantity: quantity.span.start)


def _lists(
    text: str, quantities: Sequence[QuantityDraft], printed: Sequence[Decimal]
) -> Iterator[tuple[QuantityDraft, ...]]:
    """Yield runs of two or more numbers joined by commas and "and"."""
    run: list[QuantityDraft] = []
    runs: list[list[QuantityDraft]] = []
    for quantity in quantities:
        between = text[run[-1].span.end : quantity.span.start] if run else ""
        joined = (
            bool(run)
            and quantity.type is run[-1].type
            and len(between) <= _LIST_GAP
            and _JOINT.search(between) is not None
            and _BROKEN.search(between) is None
        )
        if joined:
            run.append(quantity)
        else:
            runs.append(run)
            run = [quantity]
    runs.append(run)
    for found in runs:
        if 2 <= len(found) <= _MOST_PARTS:
            yield tuple(found)
        if 3 <= len(found) <= _MOST_PARTS + 1 and _is_headed(text, found, printed):
            yield tuple(found[1:])


def _is_headed(text: str, run: Sequence[QuantityDraft], printed: Sequence[Decimal]) -> bool:
    """Whether the first of a list is its total ("Of the 412 ballots, 251 went …").

    Without such words it may be ("43 patients, 29 men and 16 women"), unless an article
    of the story prints a number that the whole list makes.
    """
    if _OF.search(text[max(0, run[0].span.start - _OF_REACH) : run[0].span.start]):
        return True
    whole = sum((quantity.low or Decimal(0)) for quantity in run)
    return not any(abs(value - whole) <= whole * _NEAR for value in printed)


def _printed(index: StoryIndex) -> list[Decimal]:
    """Return every number of the story's articles, ranges by their ends; worked out once."""
    known = index.memo.get("printed numbers")
    if known is None:
        known = sorted({
            value
            for article in index.articles.values()
            for facts in article.sentences
            for quantity in facts.quantities
            for value in (quantity.low, quantity.high)
            if value is not None
        })  # fmt: skip
        index.memo["printed numbers"] = known
    return cast("list[Decimal]", known)


def _fit(
    total: QuantityDraft, parts: Sequence[QuantityDraft]
) -> tuple[Decimal, list[Decimal]] | None:
    """Return total and parts in one scale; None when they cannot be whole and parts."""
    units = {part.unit for part in parts}
    if total.type is QuantityType.CARDINAL:
        if parts[0].type is not QuantityType.CARDINAL:
            return None
    elif not units <= {total.unit, ""}:
        return None
    whole, sizes = comparable(total, list(parts))
    return None if whole <= max(sizes) else (whole, sizes)


def _features(
    text: str,
    view: SentenceView,
    other: SentenceView,
    total: QuantityDraft,
    parts: Sequence[QuantityDraft],
    whole: Decimal,
    summed: Decimal,
) -> dict[str, float]:
    first, last = parts[0].span.start, parts[-1].span.end
    before = total.span.end <= first
    between = text[total.span.end : first] if before else text[last : total.span.start]
    lead = text[max(other.span.start, total.span.start - _OF_REACH) : total.span.start]
    off = abs(summed - whole) / whole
    after = [_next_word(text, part) for part in parts]
    around = text[max(view.span.start, first - 40) : min(view.span.end, last + 40)]
    same_thing = sum(
        bool(part.head) and (part.head == total.head or part.unit == total.unit != "")
        for part in parts
    )
    return {
        "itemised_off": float(off / _MOST_OFF),
        "itemised_near": float(off <= _NEAR),
        "itemised_three": float(len(parts) >= 3),
        "itemised_large": min(1.0, float(whole) / 30.0),
        "itemised_one_sentence": float(view is other),
        "itemised_next": float(view is not other and view.index - other.index == 1),
        "itemised_before": float(before),
        "itemised_lead": float(before and any(sign in between for sign in _LEADS)),
        "itemised_of": float(bool(_OF.search(lead))),
        "itemised_close": float(view is other and len(between) <= 60),
        "itemised_rest": float(bool(_REST.search(around))),
        "itemised_some": float(bool(_SOME.search(between)) if before else 0.0),
        "itemised_whole": float(bool(_WHOLE.search(text[other.span.start : other.span.end]))),
        "itemised_same_thing": same_thing / len(parts),
        "itemised_bare": sum(not part.unit and not part.head for part in parts) / len(parts),
        "itemised_parallel": float(len(set(after)) < len(after)),
        "itemised_money": float(total.type is QuantityType.MONEY),
        "itemised_ends": float(last + 60 >= view.span.end),
    }  # fmt: skip


def _next_word(text: str, part: QuantityDraft) -> str:
    words = text[part.span.end : part.span.end + 40].split()
    return words[0].lower() if words else ""
