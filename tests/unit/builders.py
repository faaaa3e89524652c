"""Stories built by hand for tests: a claim a sentence, no parser, nothing guessed.

a = article("north", said("At least 40 people were hurt.", number("At least 40", 40, None, counted="people")))
b = article("south", said("40 people were hurt.", number("40", 40, counted="people")))
cluster, story = row(a, b)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from apps.articles.text.spans import Span
from apps.articles.text.types import OriginDraft, PublishedDate, Role, SegmentDraft, SentenceDraft
from apps.claims.analysis.types import (
    NOBODY,
    ArticleDraft,
    Attribution,
    AttributionKind,
    ClaimDraft,
    ClusterDraft,
    DateDraft,
    FindingDraft,
    MentionDraft,
    Polarity,
    QuantityDraft,
    QuantityType,
    SentenceFacts,
    StoryDraft,
    Voice,
    Word,
)


@dataclass(frozen=True)
class Number:
    """A quantity by its words; its span is looked up in the sentence."""

    text: str
    low: Decimal | None
    high: Decimal | None
    counted: str = ""
    unit: str = ""
    type: QuantityType = QuantityType.CARDINAL
    approximate: bool = False
    part_of: bool = False
    si: tuple[str, Decimal | None, Decimal | None] | None = None


@dataclass(frozen=True)
class Day:
    """A resolved date by its words."""

    text: str
    iso: str
    anchor: str | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence and what extraction would have found in it."""

    text: str
    numbers: tuple[Number, ...] = ()
    days: tuple[Day, ...] = ()
    source: str = ""
    cue: str = ""
    resolved: str = ""
    kind: AttributionKind = AttributionKind.INDIRECT
    voice: Voice = Voice.STATED
    polarity: Polarity = Polarity.POSITIVE
    predicate: str = ""
    subject: str = ""
    object: str = ""
    role: Role = Role.BODY
    names: tuple[tuple[str, str], ...] = ()


def number(
    text: str,
    low: float | None,
    high: float | str | None = "same",
    *,
    counted: str = "",
    unit: str = "",
    type: QuantityType = QuantityType.CARDINAL,
    approximate: bool = False,
    part_of: bool = False,
    si: tuple[str, float, float] | None = None,
) -> Number:
    """A quantity: one value, or *low* and *high*; None is an open end."""
    upper = low if high == "same" else high
    return Number(
        text,
        None if low is None else Decimal(str(low)),
        None if upper is None else Decimal(str(upper)),
        counted,
        unit,
        type,
        approximate,
        part_of,
        None if si is None else (si[0], Decimal(str(si[1])), Decimal(str(si[2]))),
    )


def day(text: str, iso: str, anchor: str | None = None) -> Day:
    return Day(text, iso, anchor)


def said(
    text: str,
    *facts: Number | Day,
    source: str = "",
    cue: str = "",
    resolved: str = "",
    kind: AttributionKind = AttributionKind.INDIRECT,
    voice: Voice | None = None,
    polarity: Polarity = Polarity.POSITIVE,
    predicate: str = "",
    subject: str = "",
    object: str = "",
    role: Role = Role.BODY,
    names: Sequence[tuple[str, str]] = (),
) -> Sentence:
    """A sentence; with *source* it is attributed, its whole text the content."""
    return Sentence(
        text,
        tuple(fact for fact in facts if isinstance(fact, Number)),
        tuple(fact for fact in facts if isinstance(fact, Day)),
        source,
        cue,
        resolved or source,
        kind,
        voice or (Voice.ATTRIBUTED if source else Voice.STATED),
        polarity,
        predicate,
        subject,
        object,
        role,
        tuple(names),
    )


def article(
    article_id: str,
    *sentences: Sentence | str,
    outlet: str = "",
    published: str = "2024-05-02T12:00:00+00:00",
) -> ArticleDraft:
    """An article of *sentences*, a paragraph and a claim each; ``published=""`` for no date."""
    items = [said(item) if isinstance(item, str) else item for item in sentences]
    text = "\n\n".join(item.text for item in items)
    segments: list[SegmentDraft] = []
    facts: list[SentenceFacts] = []
    claims: list[ClaimDraft] = []
    at = 0
    for index, item in enumerate(items):
        span = Span(at, at + len(item.text))
        segments.append(SegmentDraft(span, item.role, "a paragraph"))
        claim = _claim(article_id, index, span, item)
        claims.append(claim)
        facts.append(
            SentenceFacts(SentenceDraft(span, index, item.role), claim.quantities, claim.dates)
        )
        at = span.end + 2
    return ArticleDraft(
        id=article_id,
        outlet=outlet or article_id.title(),
        title=items[0].text if items else "",
        url="",
        text=text,
        published=PublishedDate(published, "stated") if published else None,
        segments=tuple(segments),
        sentences=tuple(facts),
        claims=tuple(claims),
        mentions=tuple(mention for claim in claims for mention in claim.mentions),
    )


def story(
    *articles: ArticleDraft,
    rows: Sequence[Sequence[tuple[str, int]]] = (),
    origins: Sequence[tuple[str, ...]] = (),
) -> StoryDraft:
    """A story with *rows* of (article id, sentence number); other claims get rows of their own.

    In *origins* the first article of a tuple is the text the others go back to.
    """
    by_id = {item.id: item for item in articles}
    placed: set[str] = set()
    clusters: list[ClusterDraft] = []
    for members in rows:
        claims = tuple(by_id[article_id].claims[at] for article_id, at in members)
        placed.update(claim.id for claim in claims)
        clusters.append(ClusterDraft(f"row{len(clusters)}", claims[0].text, claims))
    for item in articles:
        for claim in item.claims:
            if claim.id not in placed:
                clusters.append(ClusterDraft(f"row{len(clusters)}", claim.text, (claim,)))
    return StoryDraft(
        "st1",
        "A story",
        tuple(articles),
        tuple(clusters),
        tuple(OriginDraft(ids, ids[0] if len(ids) > 1 else None) for ids in origins),
    )


def row(*articles: ArticleDraft) -> tuple[ClusterDraft, StoryDraft]:
    """One row of the first claims of *articles*, and their story."""
    built = story(*articles, rows=[[(item.id, 0) for item in articles]])
    return built.clusters[0], built


def in_words(draft: ArticleDraft) -> ArticleDraft:
    """*draft* with the words of its claims, as a parser that knows no grammar would leave them."""

    def words_of(claim: ClaimDraft) -> tuple[Word, ...]:
        found = re.finditer(r"\w+|[^\w\s]", claim.text)
        return tuple(
            Word(
                claim.span.start + match.start(), claim.span.start + match.end(),
                match[0], match[0].lower(), "X", "dep", at,
            )
            for at, match in enumerate(found)
        )  # fmt: skip

    return replace(
        draft, claims=tuple(replace(claim, words=words_of(claim)) for claim in draft.claims)
    )


def kinds(findings: Sequence[FindingDraft]) -> list[str]:
    return [finding.kind for finding in findings]


def _claim(article_id: str, index: int, span: Span, item: Sentence) -> ClaimDraft:
    def place(words: str) -> Span:
        start = item.text.index(words)
        return Span(span.start + start, span.start + start + len(words))

    attribution = NOBODY
    if item.source or item.cue:
        attribution = Attribution(
            item.kind,
            source=item.source,
            source_resolved=item.resolved,
            cue=item.cue,
            content=item.text,
            source_spans=(place(item.source),) if item.source in item.text and item.source else (),
            cue_spans=(place(item.cue),) if item.cue else (),
            content_spans=(span,),
        )
    quantities = tuple(
        QuantityDraft(
            span=place(fact.text), text=fact.text, low=fact.low, high=fact.high, type=fact.type, unit=fact.unit,
            counted=fact.counted, head=fact.counted.split()[-1].lower() if fact.counted else "",
            approximate=fact.approximate, part_of=fact.part_of, si=fact.si,
        )
        for fact in item.numbers
    )  # fmt: skip
    quotes = tuple(
        Span(span.start + match.start(1), span.start + match.end(1))
        for match in re.finditer(r"[“\"]([^“”\"]+)[”\"]", item.text)
    )
    return replace(
        ClaimDraft(f"{article_id}.c{index + 1}", article_id, index, span, item.text, item.role),
        attribution=attribution,
        voice=item.voice,
        polarity=item.polarity,
        predicate=item.predicate,
        subject=item.subject,
        object=item.object,
        quantities=quantities,
        dates=tuple(
            DateDraft(place(fact.text), fact.text, fact.iso, fact.anchor) for fact in item.days
        ),
        mentions=tuple(MentionDraft(place(name), name, kind, name) for name, kind in item.names),
        quotes=quotes,
    )
