"""Where an article's date comes from, in words, with the words it was read in."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from apps.articles.models import Article, Segment
from apps.articles.moments import label_iso
from apps.articles.text.dates import find_published, quote_date
from apps.articles.text.spans import Span
from apps.articles.text.types import Role, SegmentDraft

_SOURCES = {
    "published": gettext_noop("%(day)s, read in a line that says when it was published"),
    "updated": gettext_noop("%(day)s, read in a line that says when it was updated"),
    "url": gettext_noop("%(day)s, read in the address"),
    "dateline": gettext_noop("%(day)s, read in the dateline"),
    "byline": gettext_noop("%(day)s, read in the byline"),
    "caption": gettext_noop("%(day)s, read in a caption"),
    "credit": gettext_noop("%(day)s, read in a credit"),
}


@dataclass(frozen=True, slots=True)
class DateSource:
    """*label* says where a date was read, *quote* the words there; "" for an address."""

    label: str
    quote: str


def describe_source(iso: str, source: str) -> str:
    """Say where a date comes from: "15 Mar 2025, read in a caption", "15 Mar 2025, as stated"."""
    day = {"day": label_iso(iso)}
    if source == "stated":
        return gettext("%(day)s, as stated") % day
    words = _SOURCES.get(
        source.removeprefix("inferred:"), gettext_noop("%(day)s, read in the text")
    )
    return gettext(words) % day


def find_source(article: Article) -> DateSource | None:
    """Return where the date of *article* was read, None for one that was stated or is missing.

    Read again rather than stored: the text and its labels are the evidence. One query where it
    was read.
    """
    if not article.published_source.startswith("inferred"):
        return None
    drafts = [
        SegmentDraft(Span(segment.start, segment.end), Role(segment.role), segment.reason)
        for segment in Segment.objects.filter(article=article).order_by("position")
    ]
    found = find_published(article.text, drafts, stated=None, url=article.url)
    quote = ""
    if found is not None and found.iso == article.published_iso and found.span is not None:
        quote = quote_date(article.text, found.span)
    return DateSource(describe_source(article.published_iso, article.published_source), quote)
