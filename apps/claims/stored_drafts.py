"""Drafts as plain JSON values, for the columns that keep what alignment and detectors need.

Lossless: reading back gives a value equal to the one written. Spans are pairs, decimals
are strings (a float would lose digits), words are rows to keep a story's claims small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.types import (
    Attribution,
    AttributionKind,
    ClaimDraft,
    DateDraft,
    MentionDraft,
    Polarity,
    QuantityDraft,
    QuantityType,
    StatementKind,
    Voice,
    Word,
)

Json = dict[str, Any]


def claim_as_json(claim: ClaimDraft) -> Json:
    """Return *claim* without its article, which the row names."""
    return {
        "id": claim.id,
        "sentence": claim.sentence,
        "span": _pair(claim.span),
        "text": claim.text,
        "role": claim.role.value,
        "attribution": _attribution_as_json(claim.attribution),
        "voice": claim.voice.value,
        "polarity": claim.polarity.value,
        "predicate": claim.predicate,
        "subject": claim.subject,
        "object": claim.object,
        "quantities": quantities_as_json(claim.quantities),
        "dates": dates_as_json(claim.dates),
        "mentions": mentions_as_json(claim.mentions),
        "places": list(claim.places),
        "participants": list(claim.participants),
        "quotes": _pairs(claim.quotes),
        "hedges": _pairs(claim.hedges),
        "words": [
            [w.start, w.end, w.text, w.lemma, w.pos, w.dep, w.head, w.ent, w.quoted]
            for w in claim.words
        ],
        "parent": claim.parent,
        "kind": claim.kind.value,
        "form": claim.form,
        "subject_span": _pair_or_none(claim.subject_span),
        "predicate_span": _pair_or_none(claim.predicate_span),
        "object_span": _pair_or_none(claim.object_span),
        "modifiers": _pairs(claim.modifiers),
        "qualifiers": _pairs(claim.qualifiers),
        "reported_through": [_attribution_as_json(outer) for outer in claim.reported_through],
    }


def claim_from_json(data: Mapping[str, Any], *, article: str) -> ClaimDraft:
    """Return the claim ``claim_as_json`` wrote, as one of *article*.

    Rows written before a claim had its parts as spans are read without them.
    """
    return ClaimDraft(
        id=data["id"],
        article=article,
        sentence=data["sentence"],
        span=Span(*data["span"]),
        text=data["text"],
        role=Role(data["role"]),
        attribution=_attribution_from_json(data["attribution"]),
        voice=Voice(data["voice"]),
        polarity=Polarity(data["polarity"]),
        predicate=data["predicate"],
        subject=data["subject"],
        object=data["object"],
        quantities=quantities_from_json(data["quantities"]),
        dates=dates_from_json(data["dates"]),
        mentions=mentions_from_json(data["mentions"]),
        places=tuple(data["places"]),
        participants=tuple(data["participants"]),
        quotes=_spans(data["quotes"]),
        hedges=_spans(data["hedges"]),
        words=tuple(Word(*word) for word in data["words"]),
        parent=data["parent"],
        kind=StatementKind(data.get("kind", StatementKind.FACT.value)),
        form=data.get("form", "sentence"),
        subject_span=_span_or_none(data.get("subject_span")),
        predicate_span=_span_or_none(data.get("predicate_span")),
        object_span=_span_or_none(data.get("object_span")),
        modifiers=_spans(data.get("modifiers", ())),
        qualifiers=_spans(data.get("qualifiers", ())),
        reported_through=tuple(
            _attribution_from_json(outer) for outer in data.get("reported_through", ())
        ),
    )


def _attribution_as_json(attribution: Attribution) -> Json:
    return {
        "kind": attribution.kind.value,
        "source": attribution.source,
        "source_resolved": attribution.source_resolved,
        "cue": attribution.cue,
        "content": attribution.content,
        "source_spans": _pairs(attribution.source_spans),
        "cue_spans": _pairs(attribution.cue_spans),
        "content_spans": _pairs(attribution.content_spans),
    }


def _attribution_from_json(data: Mapping[str, Any]) -> Attribution:
    return Attribution(
        kind=AttributionKind(data["kind"]),
        source=data["source"],
        source_resolved=data["source_resolved"],
        cue=data["cue"],
        content=data["content"],
        source_spans=_spans(data["source_spans"]),
        cue_spans=_spans(data["cue_spans"]),
        content_spans=_spans(data["content_spans"]),
    )


def quantities_as_json(quantities: Iterable[QuantityDraft]) -> list[Json]:
    return [
        {
            "span": _pair(quantity.span),
            "text": quantity.text,
            "low": _digits(quantity.low),
            "high": _digits(quantity.high),
            "type": quantity.type.value,
            "unit": quantity.unit,
            "counted": quantity.counted,
            "head": quantity.head,
            "approximate": quantity.approximate,
            "approximator": quantity.approximator,
            "part_of": quantity.part_of,
            "si": None
            if quantity.si is None
            else [quantity.si[0], _digits(quantity.si[1]), _digits(quantity.si[2])],
        }
        for quantity in quantities
    ]


def quantities_from_json(data: Sequence[Mapping[str, Any]]) -> tuple[QuantityDraft, ...]:
    return tuple(
        QuantityDraft(
            span=Span(*row["span"]),
            text=row["text"],
            low=_decimal(row["low"]),
            high=_decimal(row["high"]),
            type=QuantityType(row["type"]),
            unit=row["unit"],
            counted=row["counted"],
            head=row["head"],
            approximate=row["approximate"],
            approximator=row["approximator"],
            part_of=row["part_of"],
            si=None
            if row["si"] is None
            else (row["si"][0], _decimal(row["si"][1]), _decimal(row["si"][2])),
        )
        for row in data
    )


def dates_as_json(dates: Iterable[DateDraft]) -> list[Json]:
    return [
        {
            "span": _pair(found.span),
            "text": found.text,
            "iso": found.iso,
            "anchor": found.anchor,
            "readings": list(found.readings),
        }
        for found in dates
    ]


def dates_from_json(data: Sequence[Mapping[str, Any]]) -> tuple[DateDraft, ...]:
    return tuple(
        DateDraft(
            span=Span(*row["span"]),
            text=row["text"],
            iso=row["iso"],
            anchor=row["anchor"],
            readings=tuple(row["readings"]),
        )
        for row in data
    )


def mentions_as_json(mentions: Iterable[MentionDraft]) -> list[list[Any]]:
    return [[*_pair(m.span), m.text, m.kind, m.canonical] for m in mentions]


def mentions_from_json(data: Sequence[Sequence[Any]]) -> tuple[MentionDraft, ...]:
    return tuple(
        MentionDraft(span=Span(start, end), text=text, kind=kind, canonical=canonical)
        for start, end, text, kind, canonical in data
    )


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _pair_or_none(span: Span | None) -> list[int] | None:
    return None if span is None else _pair(span)


def _span_or_none(pair: Sequence[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [_pair(span) for span in spans]


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
