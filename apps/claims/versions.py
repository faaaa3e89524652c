"""The read side of an article's versions: what replaced it, and what it changed of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from apps.articles.models import Article
from apps.articles.text.spans import Span
from apps.claims.analysis.version_changes import SentenceChange, compare_versions
from apps.claims.pieces import cut
from apps.claims.presentation import Piece

# More changes than this are read side by side.
MOST_CHANGES = 40

_KINDS = {
    "correction": gettext_noop("correction notice"),
    "fact": gettext_noop("changed fact"),
    "added": gettext_noop("new sentence"),
    "removed": gettext_noop("taken out"),
    "wording": gettext_noop("other wording"),
}
_FACTS = {
    "number": gettext_noop("number"),
    "date": gettext_noop("date"),
    "name": gettext_noop("name"),
    "status": gettext_noop("status"),
}


@dataclass(frozen=True, slots=True)
class ShownFact:
    """*label* is "number", "date", "name" or "status", in the reader's language."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A changed sentence: what it was and what it is, cut into pieces; empty for none."""

    kind: str
    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    facts: tuple[ShownFact, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """*newer* replaced the article, *earlier* is what it replaced. *changes* are those of
    *earlier*, *more* how many are left out, *moved* sentences in another place; *beside* is the
    address of both side by side, "" without one. *is_cut* when they were too long to compare whole.
    """

    newer: Article | None = None
    earlier: Article | None = None
    changes: tuple[ShownChange, ...] = ()
    more: int = 0
    moved: int = 0
    is_cut: bool = False
    beside: str = ""


def find_versions(article: Article) -> Versions:
    """Return what stands before and after *article*. One query, a second for a later version."""
    newer = Article.objects.filter(previous=article).defer("text").first()
    if article.previous_id is None:
        return Versions(newer)
    earlier = Article.objects.get(pk=article.previous_id)
    day = date.fromisoformat(article.published_iso[:10]) if article.published_iso else None
    found = compare_versions(earlier.text, article.text, day=day)
    return Versions(
        newer,
        earlier,
        tuple(_show(change) for change in found.changes[:MOST_CHANGES]),
        max(0, len(found.changes) - MOST_CHANGES),
        found.moved,
        found.is_cut,
        _side_by_side(earlier, article),
    )


def _side_by_side(earlier: Article, article: Article) -> str:
    if article.story is None or not article.url or earlier.url != article.url:
        return ""
    query = urlencode({"left": earlier.pk, "right": article.pk, "show": "changes"})
    return f"{reverse('claims:reuse', args=[article.story.slug])}?{query}"


def _show(change: SentenceChange) -> ShownChange:
    return ShownChange(
        change.kind,
        gettext(_KINDS[change.kind]),
        _cut(change.before, change.out if change.after else None, "removed"),
        _cut(change.after, change.put_in if change.before else None, "added"),
        tuple(
            ShownFact(gettext(_FACTS[fact.kind]), fact.before, fact.after) for fact in change.facts
        ),
    )


def _cut(text: str, spans: Sequence[Span] | None, mark: str) -> tuple[Piece, ...]:
    """Return *text* with *spans* marked, the whole of it for None; no piece of no text."""
    if not text:
        return ()
    marked = [Span(0, len(text))] if spans is None else spans
    return cut(text, [(span, mark) for span in marked])
