"""Claims and articles built by hand for tests of stories and rows: no model is asked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from apps.articles.text.spans import Span
from apps.articles.text.types import PublishedDate, Role, SegmentDraft, SentenceDraft
from apps.claims.analysis.types import (
    ArticleDraft,
    ClaimDraft,
    QuantityDraft,
    QuantityType,
    SentenceFacts,
    Word,
)

_POS = {"N": "NOUN", "P": "PROPN", "V": "VERB", "A": "ADJ", "M": "NUM", "I": "ADP"}


def build_article(
    name: str,
    sentences: Sequence[str],
    *,
    published: str = "",
    roles: Sequence[Role] | None = None,
    parts: Sequence[tuple[int, str]] = (),
) -> ArticleDraft:
    """Return an article whose sentences are words with a tag, "sink/V boat/N the".

    Words without a tag are function words; "/P" marks names. A number word before a noun
    counts it. *parts* adds, for a sentence, a claim of the words that stand in it.
    """
    text = ""
    drafts: list[SentenceDraft] = []
    claims: list[ClaimDraft] = []
    for number, tagged in enumerate(sentences):
        role = roles[number] if roles else Role.BODY
        start = len(text)
        words, quantities = _read(tagged, start)
        text += " ".join(word.text for word in words)
        drafts.append(SentenceDraft(Span(start, len(text)), number, role))
        claims.append(_claim(name, len(claims), number, text, start, words, quantities, role))
        for sentence, part in parts:
            if sentence == number:
                begin = start + text[start:].index(part)
                span = Span(begin, begin + len(part))
                inner = [word for word in words if span.start <= word.start < span.end]
                counted = [q for q in quantities if span.contains(q.span)]
                claims.append(_claim(name, len(claims), number, text, begin, inner, counted, role))
        text += "\n"
    return ArticleDraft(
        id=name,
        outlet=name.title(),
        title="",
        url="",
        text=text,
        published=PublishedDate(published, "stated") if published else None,
        segments=tuple(SegmentDraft(draft.span, draft.role, "") for draft in drafts),
        sentences=tuple(SentenceFacts(draft) for draft in drafts),
        claims=tuple(claims),
    )


def _read(tagged: str, start: int) -> tuple[list[Word], list[QuantityDraft]]:
    words: list[Word] = []
    quantities: list[QuantityDraft] = []
    pieces = tagged.split()
    place = start
    for number, piece in enumerate(pieces):
        text, _, tag = piece.partition("/")
        # A number hangs on the next word; every other word on the verb.
        verb = next((k for k, p in enumerate(pieces) if p.endswith("/V")), number)
        head = number + 1 if tag == "M" and number + 1 < len(pieces) else verb
        words.append(
            Word(
                start=place,
                end=place + len(text),
                text=text,
                lemma=text.lower(),
                pos=_POS.get(tag, "DET"),
                dep="nummod" if tag == "M" else "obj",
                head=head,
            )
        )
        if tag == "M":
            noun = pieces[number + 1].partition("/")[0] if number + 1 < len(pieces) else ""
            value = Decimal(text)
            quantities.append(
                QuantityDraft(
                    Span(place, place + len(text)),
                    text,
                    value,
                    value,
                    QuantityType.CARDINAL,
                    counted=noun,
                    head=noun,
                )
            )
        place += len(text) + 1
    return words, quantities


def _claim(
    article: str,
    number: int,
    sentence: int,
    text: str,
    start: int,
    words: Sequence[Word],
    quantities: Sequence[QuantityDraft],
    role: Role,
) -> ClaimDraft:
    """A part keeps the words' heads by place in the sentence; what points outside is cut."""
    end = words[-1].end
    words = [word._replace(head=min(word.head, len(words) - 1)) for word in words]
    verb = next((word.lemma for word in words if word.pos == "VERB"), "")
    return ClaimDraft(
        id=f"{article}.c{number}",
        article=article,
        sentence=sentence,
        span=Span(start, end),
        text=text[start:end],
        role=role,
        predicate=verb,
        quantities=tuple(quantities),
        words=tuple(words),
    )
