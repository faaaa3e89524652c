"""Quantities of a parsed article: amounts with what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc

from apps.articles.text.doc_text import text_of
from apps.articles.text.spans import Span
from apps.claims.analysis.amounts import Amount, find_amounts, interval, is_approximate
from apps.claims.analysis.quantity_nouns import counts_people, find_counted, find_said_before
from apps.claims.analysis.quantity_refusals import counts_nothing, is_age
from apps.claims.analysis.types import QuantityDraft, QuantityType

_PART_BEFORE = re.compile(
    r"(?:\b(?:including|includes?|included|among\s(?:them|those|these|whom|which)|among\sthe\s[\w\s-]{1,40}|of\s(?:whom|which|them|those|these)(?:\s\w+){0,3}|of\s(?:the|those|these)\s[\w\s-]{1,40}),?|"
    r"\b(?:among)\b[^,;]{0,60},)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)


# "a crowd of 9,417", "a population of 312", "attendance was 5,000"
_CROWD = re.compile(
    r"\b(?P<crowd>crowds?|audience|attendance|population|workforce|congregation|electorate|membership|gathering|turnout|headcount)\b(?:\s\w+){0,3}?\s"
    r"(?:of|was|were|is|at|reached|totall?ed|numbered|to)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)


_OF_PEOPLE = re.compile(
    r"\sof\s(?:whom\b|(?:them|those|these),?\s(?:are\s|were\s|is\s|being\s)?(?:\w+\s)?"
    r"(?:children|women|men|girls|boys|people|civilians|minors|students|workers|officers|soldiers|police|foreigners|passengers|critically|seriously|in\s(?:hospital|intensive|critical)|dead|injured|under|aged))",
    re.IGNORECASE,
)


def find_quantities(doc: Doc, span: Span, *, skip: Iterable[Span] = ()) -> list[QuantityDraft]:
    """Return the quantities of the words in *span* (a sentence), in text order.

    *skip* are spans that are no quantities: dates and names. Spans are offsets into the
    whole text.
    """
    text = text_of(doc)[span.start : span.end]
    inner = [
        Span(max(s.start, span.start) - span.start, min(s.end, span.end) - span.start)
        for s in skip
        if s.overlaps(span)
    ]
    drafts: list[QuantityDraft] = []
    antecedent = people = ("", "")
    for amount in find_amounts(text, skip=inner):
        draft = _draft(doc, span, amount, antecedent, people)
        if draft is None:
            continue
        if draft.head and draft.type is QuantityType.CARDINAL:
            antecedent = (draft.counted, draft.head)
            if draft.unit == "people":
                people = antecedent
        drafts.append(draft)
    return drafts


def _draft(
    doc: Doc,
    sentence: Span,
    amount: Amount,
    antecedent: tuple[str, str],
    people: tuple[str, str],
) -> QuantityDraft | None:
    place = Span(amount.span.start + sentence.start, amount.span.end + sentence.start)
    core = Span(amount.core.start + sentence.start, amount.core.end + sentence.start)
    tokens = doc.char_span(core.start, core.end, alignment_mode="expand")
    text = text_of(doc)
    before = text[max(0, place.start - 80) : place.start]
    if tokens is None or counts_nothing(doc, tokens[0], tokens[-1], amount, sentence, before):
        return None
    if is_age(doc, tokens[0], amount, sentence, before):
        amount = replace(amount, type=QuantityType.AGE, unit="years")
    counted, head, part_of = "", "", False
    crowd = _CROWD.search(before)
    whole = doc.char_span(place.start, place.end, alignment_mode="expand")
    last = whole[-1] if whole is not None else tokens[-1]
    if crowd is not None and amount.type is QuantityType.CARDINAL and not amount.hyphened:
        counted = head = crowd.group("crowd").lower()
    elif amount.unit != "times" and (
        amount.type in {QuantityType.CARDINAL, QuantityType.PERCENT, QuantityType.RATE}
        or amount.hyphened
    ):
        counted, head, part_of = find_counted(doc, tokens[0], last, sentence, amount)
    elif (
        amount.type is QuantityType.MEASURE
        and last.i + 1 < len(doc)
        and doc[last.i + 1].lower_ == "of"
    ):
        # "20 tonnes of gravel"
        counted, head, part_of = find_counted(doc, tokens[0], last, sentence, amount)
    if not counted and amount.type is QuantityType.CARDINAL and not amount.unit:
        counted, head = find_said_before(before, antecedent)
    part_of = part_of or bool(_PART_BEFORE.search(before))
    if head in {"them", "whom", "those", "these", "us"}:
        # "4,100 people in 17 countries, 900 of them children"
        counted, head = people if people[0] and _OF_PEOPLE.match(text, place.end) else antecedent
    low, high = interval(amount)
    unit = amount.unit
    if (
        amount.type is QuantityType.CARDINAL
        and not unit
        and (counts_people(doc, tokens, head, counted, before) or crowd is not None)
    ):
        unit = "people"
    si = None
    if amount.si_unit and amount.type is QuantityType.MEASURE and amount.si_unit != amount.unit:
        si = (
            amount.si_unit,
            None if low is None else low * amount.si_factor,
            None if high is None else high * amount.si_factor,
        )
    return QuantityDraft(
        place, place.of(text_of(doc)), low, high, amount.type, unit, counted, head,
        approximate=is_approximate(amount), approximator=amount.approximator, part_of=part_of, si=si,
    )  # fmt: skip
