"""Bringing the demonstration stories in, and taking them out again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import models, transaction

from apps.articles.actions.importing import discard_empty_batch, import_item, open_batch
from apps.articles.importers import Rejection, read_files
from apps.articles.models import Article, ImportBatch, ImportItem, Outlet, Story


class NoDemonstration(Exception):
    """A folder holds no stories that can be saved; the message says what is the matter."""


def save_demonstration(*, folder: Path) -> tuple[int, int]:
    """Save the stories of *folder*; those already here are left as they are.

    Returns how many stories there are and how many articles were new. Each article stays
    saved if the process ends. Raises ``NoDemonstration`` without a story to read.
    """
    stories = sorted(path.parent for path in folder.glob("*/meta.json"))
    if not stories:
        raise NoDemonstration(f"{folder} holds no story folders with a meta.json.")
    new = 0
    for story in stories:
        batch = open_batch(kind=ImportBatch.Kind.SEED)
        for found in read_files([story]):
            if isinstance(found, Rejection):
                raise NoDemonstration(f"{found.name}: {found.message}")
            item = import_item(batch=batch, item=found)
            new += item.result != ImportItem.Result.ALREADY_HERE
        discard_empty_batch(batch=batch)
    return len(stories), new


@transaction.atomic
def remove_demonstration() -> tuple[int, int]:
    """Delete the demonstration articles, with what was found in and decided about them.

    Returns how many stories and articles went. A story that other articles were moved
    into stays, with those. The imports stay as the record that there was a demonstration,
    so that a later start does not bring it back; outlets nothing else uses go.
    """
    articles = Article.objects.filter(batch__kind=ImportBatch.Kind.SEED)
    outlets = list(articles.values_list("outlet_id", flat=True).distinct())
    removed = articles.count()
    left = Article.objects.exclude(pk__in=articles).filter(story__is_demonstration=True)
    kept = list(left.values_list("story_id", flat=True).distinct())
    stories = Story.objects.filter(is_demonstration=True).exclude(pk__in=kept)
    stories_removed = stories.count()
    _delete_what_protects(stories)
    _delete_what_protects(articles)
    # A version goes before the one it follows.
    for article in articles.order_by("-version"):
        article.delete()
    stories.delete()
    Story.objects.filter(pk__in=kept).update(is_demonstration=False)
    Outlet.objects.filter(pk__in=outlets, articles__isnull=True, feeds__isnull=True).delete()
    return stories_removed, removed


def was_demonstration_removed() -> bool:
    """Whether there was a demonstration of which nothing is left."""
    batches = ImportBatch.objects.filter(kind=ImportBatch.Kind.SEED)
    return batches.exists() and not Article.objects.filter(batch__in=batches).exists()


def _delete_what_protects(rows: models.QuerySet[Any]) -> None:
    """Delete what protects *rows*: decisions, verdicts and notes, whoever defines them.

    Found by their foreign keys, because articles do not know what is made of them.
    """
    for relation in _protecting(rows.model._meta.related_objects):
        related = relation.related_model._default_manager
        related.filter(**{f"{relation.field.name}__in": rows}).delete()


def _protecting(relations: Iterable[Any]) -> list[Any]:
    return [
        relation
        for relation in relations
        if relation.on_delete is models.PROTECT and relation.related_model is not Article
    ]
