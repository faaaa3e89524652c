"""Saving what importers found: a new article, a new version, or the one already here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction

from apps.articles.actions.outlets import create_outlet, find_outlet
from apps.articles.actions.publication import format_published, moment_of
from apps.articles.actions.states import defer_analysis, mark_stale
from apps.articles.importers import Rejection
from apps.articles.models import Article, ImportBatch, ImportItem, RoleCorrection
from apps.articles.text.canonical import canonical_url, text_digest
from apps.articles.text.types import RawArticle

UNKNOWN_OUTLET = "Unknown outlet"

# Imports take turns: two at once could each find that the text isn't here yet.
_IMPORT_LOCK = 0x7661_7269


@transaction.atomic
def import_batch(
    *,
    kind: str,
    items: Iterable[RawArticle | Rejection],
    user: User | None = None,
) -> ImportBatch:
    """Save what an importer found, each item on its own, and say what became of it.

    Use `open_batch` and `import_item` where each article should stay saved if the process
    is killed half-way.
    """
    batch = open_batch(kind=kind, user=user)
    for item in items:
        import_item(batch=batch, item=item)
    return batch


def open_batch(*, kind: str, user: User | None = None) -> ImportBatch:
    return ImportBatch.objects.create(kind=kind, created_by=user)


@transaction.atomic
def discard_empty_batch(*, batch: ImportBatch) -> bool:
    """Delete *batch* if nothing new came of it; return whether it was."""
    if batch.items.exclude(result=ImportItem.Result.ALREADY_HERE).exists():
        return False
    batch.delete()
    return True


@transaction.atomic
def import_item(*, batch: ImportBatch, item: RawArticle | Rejection) -> ImportItem:
    """Save one article, or record why there is none."""
    if isinstance(item, Rejection):
        return ImportItem.objects.create(
            batch=batch,
            position=batch.items.count(),
            name=item.name,
            result=ImportItem.Result.REJECTED,
            message=item.message,
        )
    return import_article(raw=item, batch=batch)


@transaction.atomic
def import_article(
    *, raw: RawArticle, batch: ImportBatch, replaces: Article | None = None
) -> ImportItem:
    """Save *raw* as a new article, as a new version of one, or find that it is already here.

    The same words of the same outlet, whatever the white space between them, are the same
    article; it takes a date stated now if none was stated before. The same address with other words is a new version, and so is what a person
    says *replaces* an article: it takes the story, the outlet unless a known one is
    stated, and the corrections whose words it still has; the earlier version stays and is
    no longer current. Analysis is deferred with the save.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])
    url = canonical_url(raw.url) if raw.url else ""
    previous = _find_previous(url, replaces)
    outlet = find_outlet(raw.outlet) or (previous.outlet if previous is not None else None)
    if outlet is None:
        outlet = create_outlet(name=raw.outlet or UNKNOWN_OUTLET)
    digest = digest_words(raw.text)
    same = (
        outlet.articles.filter(words_digest=digest)
        .order_by("-is_current", "-version", "pk")
        .select_related("outlet")
        .first()
    )
    if same is not None:
        _take_date(same, raw.published)
        return _record(batch, raw, ImportItem.Result.ALREADY_HERE, same, describe_same(same))
    article = Article(
        outlet=outlet,
        batch=batch,
        name=raw.name,
        external_id=raw.external_id,
        url=url,
        title=raw.title,
        text=raw.text,
        text_digest=text_digest(raw.text),
        words_digest=digest,
        **_published_fields(raw.published),
    )
    if previous is not None:
        _replace_version(article, previous)
    article.save(force_insert=True)
    if previous is not None:
        _carry_corrections(previous, article)
        mark_stale(article.story_id)
    defer_analysis(article=article)
    if previous is None:
        return _record(batch, raw, ImportItem.Result.SAVED, article, " ".join(raw.notes))
    message = f"Version {article.version} of an article that was here with another text."
    return _record(batch, raw, ImportItem.Result.NEW_VERSION, article, message)


def _take_date(article: Article, published: date | datetime | None) -> None:
    """Give *article* a date that is stated now, unless one was stated before; read it again then."""
    if published is None or article.stated_published:
        return
    for field, value in _published_fields(published).items():
        setattr(article, field, value)
    article.save(update_fields=list(_published_fields(published)))
    mark_stale(article.story_id)
    defer_analysis(article=article)


def _find_previous(url: str, replaces: Article | None) -> Article | None:
    """Return the current article of an address, else the one a person named if it is current."""
    current = Article.objects.current().select_related("outlet", "story")
    found = current.filter(url=url).first() if url else None
    if found is None and replaces is not None:
        found = current.filter(pk=replaces.pk).first()
    return found


def describe_same(article: Article) -> str:
    """Say which article has the same words."""
    title = article.title or article.name
    if article.is_current:
        return f"The same text is already here: {article.outlet}, “{title}”."
    return (
        f"The same text is already here as version {article.version} of {article.outlet}, “{title}”; "
        "a later version has replaced it."
    )


def digest_words(text: str) -> str:
    """Return a digest of the words of *text*, whatever white space stands between them."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def _replace_version(article: Article, previous: Article) -> None:
    article.url = article.url or previous.url
    article.version = previous.version + 1
    article.previous = previous
    article.story = previous.story
    article.story_is_fixed = previous.story_is_fixed
    article.story_reasons = previous.story_reasons
    if not article.stated_published and previous.published_source == "stated":
        article.stated_published = previous.stated_published
        article.published_iso = previous.published_iso
        article.published_source = previous.published_source
        article.published_at = previous.published_at
    previous.is_current = False
    previous.save(update_fields=["is_current"])


def _carry_corrections(previous: Article, article: Article) -> None:
    """Copy the labels people gave to words that stand in the new text once."""
    for correction in previous.role_corrections.order_by("pk"):
        start = article.text.find(correction.quote)
        if start < 0 or article.text.find(correction.quote, start + 1) >= 0:
            continue
        RoleCorrection.objects.create(
            article=article,
            start=start,
            end=start + len(correction.quote),
            quote=correction.quote,
            role=correction.role,
            made_by=correction.made_by,
        )


def _record(
    batch: ImportBatch, raw: RawArticle, result: str, article: Article, message: str
) -> ImportItem:
    return ImportItem.objects.create(
        batch=batch,
        position=batch.items.count(),
        name=raw.name,
        result=result,
        message=message,
        article=article,
    )


def _published_fields(published: date | datetime | None) -> dict[str, Any]:
    if published is None:
        return {}
    iso = format_published(published)
    return {
        "stated_published": iso,
        "published_iso": iso,
        "published_source": "stated",
        "published_at": moment_of(iso),
    }
