"""Totals and the parts they are said to be made of, inside one sentence or two."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.types import QuantityDraft, QuantityType

_SUMMED = frozenset({QuantityType.CARDINAL, QuantityType.MONEY})
# Parts of a list stand this close together, in characters.
_LIST_GAP = 60
_LEADS = (":", "—", "–")
# "Of the 870, the list shows 510 in …, 240 in … and 110 in …".
_OF = ("of the", "of those", "of these", "of its", "of their")
_OF_REACH = 40


@dataclass(frozen=True, slots=True)
class Sum:
    """A total with its parts in text order, *whole* and *sizes* in one scale."""

    sentence: SentenceView
    total: QuantityDraft
    parts: tuple[QuantityDraft, ...]
    whole: Decimal
    sizes: tuple[Decimal, ...]

    @property
    def adds_up(self) -> bool:
        return sum(self.sizes) == self.whole


def exact_quantities(index: StoryIndex, sentence: SentenceView) -> list[QuantityDraft]:
    """Return the exact counts and sums of money of a sentence, "one" left out."""
    facts = index.articles[sentence.article].sentences[sentence.index]
    return [
        quantity for quantity in facts.quantities
        if quantity.type in _SUMMED and quantity.low is not None and quantity.low == quantity.high and quantity.low > 1
    ]  # fmt: skip


def find_sums(index: StoryIndex, article_id: str) -> list[Sum]:
    """Return the totals an article itemises, right or wrong, one a sentence at most."""
    found = []
    for sentence in index.sentences[article_id]:
        quantities = exact_quantities(index, sentence)
        if len(quantities) > 2:
            found.extend(_first_sum(index, sentence, quantities))
    return found


def _first_sum(
    index: StoryIndex, sentence: SentenceView, quantities: list[QuantityDraft]
) -> list[Sum]:
    text = index.articles[sentence.article].text
    for at, total in enumerate(quantities):
        parts = list_from(text, quantities[at + 1 :], total)
        if len(parts) < 2 or not _introduces(text, sentence, total, parts[0]):
            continue
        whole, sizes = comparable(total, parts)
        if all(size < whole for size in sizes):
            return [Sum(sentence, total, tuple(parts), whole, tuple(sizes))]
    return []


def _introduces(
    text: str, sentence: SentenceView, total: QuantityDraft, part: QuantityDraft
) -> bool:
    """Whether the words say that the parts make the total: a colon, "of the 870"."""
    if any(lead in text[total.span.end : part.span.start] for lead in _LEADS):
        return True
    before = (
        text[max(sentence.span.start, total.span.start - 12) : total.span.start].lower().strip()
    )
    between = text[total.span.end : part.span.start]
    return before.endswith(_OF) and "," in between and len(between) <= _OF_REACH


def list_from(
    text: str, quantities: list[QuantityDraft], total: QuantityDraft
) -> list[QuantityDraft]:
    """Return the numbers of the list that follows, joined by commas and "and"."""
    parts: list[QuantityDraft] = []
    for quantity in quantities:
        if quantity.type is not total.type and quantity.unit:
            break
        if parts:
            between = text[parts[-1].span.end : quantity.span.start]
            if (
                "including" in between
                or len(between) > _LIST_GAP
                or not ("," in between or " and " in between)
                or "." in between
            ):
                break
        parts.append(quantity)
    return parts


def comparable(total: QuantityDraft, parts: list[QuantityDraft]) -> tuple[Decimal, list[Decimal]]:
    """Return total and parts in one scale: "18 million dollars: 9 to save, 6 to build"."""
    whole = total.low or Decimal(0)
    sizes = [part.low or Decimal(0) for part in parts]
    if total.type is QuantityType.MONEY and all(
        part.type is QuantityType.CARDINAL for part in parts
    ):
        for scale in (Decimal(10) ** 9, Decimal(10) ** 6, Decimal(10) ** 3):
            if whole >= scale and whole % scale == 0:
                return whole / scale, sizes
    return whole, sizes
