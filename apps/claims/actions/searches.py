"""What people keep of their searches: names for them, and the key of their feeds."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from apps.claims.models import FeedKey, SavedSearch

LONGEST_NAME = 120


@transaction.atomic
def save_search(*, owner: User, name: str, query: str) -> SavedSearch:
    """Keep a search by name. A name they have already is given to the new search.

    The one that had it is deleted, and can be brought back under a name of its own.
    """
    name = " ".join(name.split())[:LONGEST_NAME]
    _delete(owner, name)
    return SavedSearch.objects.create(owner=owner, name=name, query=query)


@transaction.atomic
def delete_search(*, search: SavedSearch) -> SavedSearch:
    """Take a saved search off its owner's list; ``restore_search`` brings it back."""
    search.deleted_at = timezone.now()
    search.save(update_fields=["deleted_at"])
    return search


@transaction.atomic
def restore_search(*, search: SavedSearch) -> SavedSearch:
    """Put a deleted search back on the list; one that has taken its name goes instead."""
    _delete(search.owner, search.name)
    search.deleted_at = None
    search.save(update_fields=["deleted_at"])
    return search


def _delete(owner: User, name: str) -> None:
    SavedSearch.objects.filter(owner=owner, name=name, deleted_at=None).update(
        deleted_at=timezone.now()
    )


@transaction.atomic
def make_feed_key(*, owner: User) -> FeedKey:
    """Give a person the key of their feed addresses; addresses with an older one stop working."""
    key, _ = FeedKey.objects.update_or_create(
        owner=owner, defaults={"key": secrets.token_urlsafe(32)}
    )
    return key
