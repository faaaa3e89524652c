"""Lines of plain texts as claims, for inputs where every line is one sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from apps.articles.text.language import parse_text
from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.mentions import find_mentions
from apps.claims.analysis.predications import find_root, object_of, predicate_of, subject_of
from apps.claims.analysis.quantities import find_quantities
from apps.claims.analysis.stems import STOP_LEMMAS
from apps.claims.analysis.syntax import Syntax, build_syntax
from apps.claims.analysis.times import find_dates
from apps.claims.analysis.types import ArticleDraft, ClaimDraft, DateDraft, MentionDraft, Word

_LINE = re.compile(r"\S[^\n]*")
_OPENING, _CLOSING = "“„«", "”»"
_SAYING = frozenset("say tell report announce add state note explain warn claim".split())


def read_topics(nlp: Language, records: Iterable[dict[str, Any]]) -> dict[Any, list[ArticleDraft]]:
    """Return the documents of each topic as articles, topics and documents in input order."""
    topics: dict[Any, list[ArticleDraft]] = defaultdict(list)
    for record in records:
        topics[record["topic"]].append(read_lines(nlp, record["id"], record["text"]))
    return dict(topics)


def read_lines(nlp: Language, article_id: str, text: str) -> ArticleDraft:
    """Return an article with one claim a line; the first line is taken for its headline."""
    lines = [
        Span(match.start(), match.start() + len(match.group().rstrip()))
        for match in _LINE.finditer(text)
    ]
    doc = parse_text(nlp, text, [line.start for line in lines])
    return article_of_lines(doc, article_id, lines)


def article_of_lines(doc: Doc, article_id: str, lines: Sequence[Span]) -> ArticleDraft:
    """Return the article of a parsed text whose sentences are *lines*."""
    mentions = find_mentions(doc)
    syntax = build_syntax(doc, ())
    claims = tuple(
        _line_claim(doc, syntax, article_id, number, line, mentions)
        for number, line in enumerate(lines)
    )
    return ArticleDraft(
        id=article_id,
        outlet=article_id,
        title="",
        url="",
        text=doc.text,
        published=None,
        segments=(),
        sentences=(),
        claims=claims,
        mentions=tuple(mentions),
    )


def _line_claim(
    doc: Doc,
    syntax: Syntax,
    article_id: str,
    number: int,
    line: Span,
    mentions: Sequence[MentionDraft],
) -> ClaimDraft:
    tokens = list(doc.char_span(line.start, line.end, alignment_mode="expand") or ())
    first, after = (tokens[0].i, tokens[-1].i + 1) if tokens else (0, 0)
    root = _statement(syntax, find_root(syntax, first, after))
    subject, object_ = subject_of(syntax, root), object_of(syntax, root)
    own = [mention for mention in mentions if line.contains(mention.span)]
    dates = _dates(doc.text, line)
    skip = [date.span for date in dates] + [m.span for m in own if m.kind != "group"]
    return ClaimDraft(
        id=f"{article_id}.c{number + 1}",
        article=article_id,
        sentence=number,
        span=line,
        text=line.of(doc.text),
        role=Role.HEADLINE if number == 0 else Role.BODY,
        predicate=predicate_of(syntax, root),
        subject="" if subject < 0 else syntax.lemmas[subject],
        object="" if object_ < 0 else syntax.lemmas[object_],
        quantities=tuple(find_quantities(doc, line, skip=skip)),
        dates=dates,
        mentions=tuple(own),
        places=tuple(dict.fromkeys(m.canonical for m in own if m.kind == "place")),
        words=_words(tokens),
    )


def _statement(syntax: Syntax, root: int) -> int:
    """Return what is said rather than the saying."""
    if root >= 0 and syntax.lemmas[root] in _SAYING:
        for child in syntax.children[root]:
            if (
                syntax.deps[child] in ("ccomp", "parataxis")
                and syntax.lemmas[child] not in STOP_LEMMAS
            ):
                return child
    return root


def _dates(text: str, line: Span) -> tuple[DateDraft, ...]:
    return tuple(
        DateDraft(
            Span(date.span.start + line.start, date.span.end + line.start),
            date.text,
            date.iso,
            date.anchor,
            date.readings,
        )
        for date in find_dates(line.of(text), None)
    )


def _words(tokens: Sequence[Token]) -> tuple[Word, ...]:
    place = {token.i: number for number, token in enumerate(tokens)}
    words: list[Word] = []
    quoted = False
    for number, token in enumerate(tokens):
        mark = token.text in _OPENING or token.text in _CLOSING or token.text == '"'
        if token.text == '"':
            quoted = not quoted
        elif token.text in _OPENING:
            quoted = True
        elif token.text in _CLOSING:
            quoted = False
        words.append(
            Word(
                start=token.idx,
                end=token.idx + len(token),
                text=token.text,
                lemma=token.lemma_,
                pos=token.pos_,
                dep=token.dep_,
                head=place.get(token.head.i, number),
                ent=token.ent_type_,
                quoted=quoted and not mark,
            )
        )
    return tuple(words)
