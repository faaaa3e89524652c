"""Who says what: source, cue and content of every attributed statement."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from apps.articles.text.spans import Span, merge_spans, trim_span
from apps.articles.text.types import READ_ROLES, SegmentDraft, SentenceDraft
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.quotations import Quotation, find_quotations
from apps.claims.analysis.types import Attribution, AttributionKind


def find_attributions(
    doc: Doc, sentences: Sequence[SentenceDraft], segments: Sequence[SegmentDraft]
) -> list[Attribution]:
    """Return the attributed statements of *doc*, by the start of their content."""
    found: list[Attribution] = []
    quotations = [quotation for quotation in find_quotations(doc.text) if not quotation.nested]
    reporting = read_words("reporting_verbs")
    for sentence in sentences:
        if sentence.role not in READ_ROLES:
            continue
        tokens = doc.char_span(sentence.span.start, sentence.span.end, alignment_mode="expand")
        if tokens is None:
            continue
        for token in tokens:
            if token.lemma_.lower() in reporting and token.pos_ == "VERB":
                attribution = _verb_attribution(doc, sentence, token, quotations)
                if attribution is not None:
                    found.append(attribution)
            elif (
                token.lower_ == "according"
                and token.i + 1 < len(doc)
                and doc[token.i + 1].lower_ == "to"
            ):
                found.extend(_according(doc, sentence, token))
    return sorted(found, key=lambda a: (a.content_spans, a.cue_spans))


def _subtree_span(token: Token, sentence: Span) -> Span | None:
    indices = [t.i for t in token.subtree]
    start, end = token.doc[min(indices)], token.doc[max(indices)]
    return trim_span(
        token.doc.text, max(start.idx, sentence.start), min(end.idx + len(end), sentence.end)
    )


def _verb_attribution(
    doc: Doc, sentence: SentenceDraft, verb: Token, quotations: Sequence[Quotation]
) -> Attribution | None:
    subject = next(
        (child for child in verb.children if child.dep_ in {"nsubj", "nsubj:pass"}), None
    )
    content: list[Span] = []
    for child in verb.children:
        if child.dep_ == "ccomp":
            span = _subtree_span(child, sentence.span)
            if span is not None:
                content.append(span)
    if not content:
        near = [
            q.span
            for q in quotations
            if q.span.overlaps(sentence.span)
            and not q.inner.contains(Span(verb.idx, verb.idx + len(verb)))
        ]
        content = [
            Span(max(s.start, sentence.span.start), min(s.end, sentence.span.end)) for s in near
        ]
    if not content or subject is None:
        return None
    source = _subtree_span(subject, sentence.span)
    if source is None:
        return None
    cue = Span(verb.idx, verb.idx + len(verb))
    return _make(doc, [source], [cue], merge_spans(content), quotations)


def _according(doc: Doc, sentence: SentenceDraft, token: Token) -> list[Attribution]:
    to = doc[token.i + 1]
    noun = (
        token.head
        if token.dep_ == "case"
        else next((c for c in token.children if c.dep_ in {"obl", "obj"}), None)
    )
    if noun is None or noun.i <= to.i:
        return []
    last = noun.right_edge
    source = trim_span(doc.text, to.idx + len(to), min(last.idx + len(last), sentence.span.end))
    cue = Span(token.idx, to.idx + len(to))
    if source is None:
        return []
    before = trim_span(doc.text, sentence.span.start, cue.start)
    after = trim_span(doc.text, min(source.end + 1, sentence.span.end), sentence.span.end)
    content = max([s for s in (before, after) if s is not None], key=len, default=None)
    return [] if content is None else [_make(doc, [source], [cue], [content], [])]


def _make(
    doc: Doc,
    source: list[Span],
    cue: list[Span],
    content: list[Span],
    quotations: Sequence[Quotation],
) -> Attribution:
    text = doc.text
    words = sum(len(span) for span in content)
    quoted = sum(span.overlap(q.span) for span in content for q in quotations)
    kind = (
        AttributionKind.DIRECT
        if quoted >= 0.8 * words
        else AttributionKind.MIXED
        if quoted
        else AttributionKind.INDIRECT
    )
    join = lambda spans: " … ".join(span.of(text) for span in spans)  # noqa: E731
    return Attribution(
        kind,
        join(source),
        join(source),
        join(cue),
        join(content),
        tuple(source),
        tuple(cue),
        tuple(content),
    )
