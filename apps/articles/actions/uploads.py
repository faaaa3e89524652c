"""The draft between the report on an upload and its confirmation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from apps.articles.actions.importing import import_article, import_item, open_batch
from apps.articles.importers import Rejection
from apps.articles.models import ImportBatch, Upload, UploadItem
from apps.articles.text.types import RawArticle

# How long a report waits for its confirmation.
UPLOAD_LIFETIME = timedelta(days=1)


@transaction.atomic
def open_upload(
    *, kind: str, items: Sequence[tuple[RawArticle | Rejection, dict[str, Any]]], user: User
) -> Upload:
    """Keep what was read, with the report on each item, until it is confirmed.

    Earlier drafts that nobody confirmed within a day are deleted.
    """
    Upload.objects.filter(created_at__lt=timezone.now() - UPLOAD_LIFETIME).delete()
    upload = Upload.objects.create(owner=user, kind=kind)
    UploadItem.objects.bulk_create(
        _upload_item(upload, position, item, report)
        for position, (item, report) in enumerate(items)
    )
    return upload


def _upload_item(
    upload: Upload, position: int, item: RawArticle | Rejection, report: dict[str, Any]
) -> UploadItem:
    if isinstance(item, Rejection):
        return UploadItem(upload=upload, position=position, name=item.name, rejection=item.message)
    return UploadItem(
        upload=upload,
        position=position,
        name=item.name,
        outlet=item.outlet,
        title=item.title,
        url=item.url,
        stated_published="" if item.published is None else item.published.isoformat(),
        external_id=item.external_id,
        text=item.text,
        notes=list(item.notes),
        report=report,
    )


@transaction.atomic
def confirm_upload(*, upload: Upload, corrections: Mapping[int, Mapping[str, Any]]) -> ImportBatch:
    """Save the articles of a draft as corrected, all or none, and delete the draft.

    *corrections* are, by item, ``keep``, ``outlet``, ``title``, ``url``, ``published`` and
    ``replaces`` (an article, or None); what isn't kept is left out. Raises
    `Upload.DoesNotExist` when it was confirmed before.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    batch = open_batch(kind=upload.kind, user=upload.owner)
    for item in upload.items.all():
        if item.rejection:
            import_item(batch=batch, item=Rejection(item.name, item.rejection))
            continue
        values = corrections[item.pk]
        if values["keep"]:
            raw = RawArticle(
                text=item.text,
                name=item.name,
                outlet=values["outlet"],
                title=values["title"],
                url=values["url"],
                published=values["published"],
                external_id=item.external_id,
                notes=tuple(item.notes),
            )
            import_article(raw=raw, batch=batch, replaces=values["replaces"])
    upload.delete()
    return batch


@transaction.atomic
def discard_upload(*, upload: Upload) -> None:
    upload.delete()
