"""Names in an article, linked to the fullest form the article gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from apps.articles.text.doc_text import text_of
from apps.articles.text.spans import Span
from apps.articles.text.types import READ_ROLES, Role, SegmentDraft
from apps.claims.analysis.linking import FoundName, link_names
from apps.claims.analysis.name_kinds import settle_kinds
from apps.claims.analysis.name_spans import define_acronyms, find_again, read_names
from apps.claims.analysis.types import MentionDraft


def find_mentions(doc: Doc, segments: Sequence[SegmentDraft] = ()) -> list[MentionDraft]:
    """Return the names of *doc* in text order, not overlapping, with canonical forms.

    With *segments*, only those of parts that are read. Titles before a name are no part of
    it. A name found once is found wherever it stands; its kind is what the whole article
    speaks for, and a part of longer names is settled where it stands.
    """
    text = text_of(doc)
    names = read_names(doc, text)
    read = [segment.span for segment in segments if segment.role in READ_ROLES]
    if segments:
        names = list(_within(names, read))
        _mark_headlines(names, segments)
    definitions = define_acronyms(text, names)
    settle_kinds(text, names)
    again = find_again(text, names, definitions)
    if len(again) != len(names) or any(a is not b for a, b in zip(again, names, strict=True)):
        names = list(_within(again, read)) if segments else again
        settle_kinds(text, names)
    canonical = link_names(text, names, definitions)
    return [
        MentionDraft(Span(name.start, name.end), name.text, name.kind, form)
        for name, form in zip(names, canonical, strict=True)
    ]


def _within(names: Iterable[FoundName], spans: Sequence[Span]) -> Iterator[FoundName]:
    cursor = 0
    for name in names:
        while cursor < len(spans) and spans[cursor].end <= name.start:
            cursor += 1
        if (
            cursor < len(spans)
            and spans[cursor].start <= name.start
            and name.end <= spans[cursor].end
        ):
            yield name


def _mark_headlines(names: Sequence[FoundName], segments: Sequence[SegmentDraft]) -> None:
    spans = [segment.span for segment in segments if segment.role is Role.HEADLINE]
    for name in _within(names, spans):
        name.headline = True
