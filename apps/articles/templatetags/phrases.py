"""Stored sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django import template

from apps.articles.models import Article
from apps.articles.moments import label_here, label_moment
from apps.articles.phrases import say

register = template.Library()


@register.filter
def in_language(text: object) -> str:
    """Return a sentence that is kept in English in the reader's language."""
    return say(str(text))


@register.filter
def all_in_language(texts: Iterable[object]) -> list[str]:
    """Return sentences that are kept in English in the reader's language."""
    return [say(str(text)) for text in texts]


@register.filter
def published_label(article: Article) -> str:
    """Return when an article was published, on the clock it was stated by."""
    return label_moment(article.published_iso, article.published_at)


@register.filter
def with_zone(moment: datetime) -> str:
    """Return when something was done here, with the zone of the site's clock."""
    return label_here(moment)
