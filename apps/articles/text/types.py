"""What the text room and the importers hand on: values, not rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from apps.articles.text.spans import Span


class Role(StrEnum):
    """What part of a page a segment is. The values are stored and exported."""

    HEADLINE = "headline"
    DECK = "deck"
    BYLINE = "byline"
    DATELINE = "dateline"
    BODY = "body"
    CAPTION = "caption"
    CREDIT = "credit"
    TEASER = "teaser"
    BOILERPLATE = "boilerplate"
    OTHER_STORY = "other_story"


# Claims are looked for here. Captions are read too but never corroborate.
STORY_ROLES = frozenset({Role.HEADLINE, Role.DECK, Role.BODY})
READ_ROLES = STORY_ROLES | {Role.CAPTION}


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as an importer found it; nothing is cleaned and nothing is guessed.

    *text* is exactly what was received (for HTML: what the extractor took out of it).
    *published* is what the source states; None leaves the date to inference.
    *name* tells a person where it came from (file name, line number, URL).
    *external_id* is kept in exports. *notes* tell a person what reading the bytes took
    ("Read as Windows-1252.").
    """

    text: str
    name: str
    outlet: str = ""
    title: str = ""
    url: str = ""
    published: datetime | date | None = None
    external_id: str = ""
    notes: tuple[str, ...] = ()


class ArticleRejected(ValueError):
    """The input holds no article; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class SegmentDraft:
    """A labelled part of an article's text.

    Segments are in text order, do not overlap, and hold every character that is not
    white space. *duplicate_of* is the index of an earlier segment with the same words.
    *reason* is for readers: "repeats the caption above", "between two rating widgets".
    """

    span: Span
    role: Role
    reason: str
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class SentenceDraft:
    """A sentence: its span, the index of the segment it stands in and that one's role."""

    span: Span
    segment: int
    role: Role


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """When an article was published and how that is known.

    *iso* is ``YYYY-MM-DD`` or a date-time with zone; *source* is ``stated`` or
    ``inferred:<role or cue>`` ("inferred:caption", "inferred:dateline"); *span* is where
    in the text it was read, None when it was stated outside the text.
    """

    iso: str
    source: str
    span: Span | None = None

    @property
    def day(self) -> date:
        return date.fromisoformat(self.iso[:10])


@dataclass(frozen=True, slots=True)
class ReuseLink:
    """A sentence of article *a* that stands, whole or edited, in article *b*.

    *similarity* is 0 to 1, 1 for the same words after typographic normalisation.
    """

    a: str
    a_span: Span
    b: str
    b_span: Span
    similarity: float


@dataclass(frozen=True, slots=True)
class OriginDraft:
    """Articles that go back to one text. *source* is the article id the others go back
    to, None when it cannot be known; *reason* says on what evidence."""

    articles: tuple[str, ...]
    source: str | None = None
    reason: str = ""
