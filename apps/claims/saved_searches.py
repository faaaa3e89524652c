"""The read side of what a person keeps of their searches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from apps.claims.models import SavedSearch

# Deleted searches are offered for this long.
BROUGHT_BACK_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SavedSearches:
    """A person's searches by name, and those they deleted lately, the last first.

    *current* is the name under which the search shown is saved, "" when it is not.
    """

    kept: tuple[SavedSearch, ...]
    deleted: tuple[SavedSearch, ...]
    current: str = ""


def load_saved_searches(owner: User, query: str = "") -> SavedSearches:
    """Return what *owner* saved; *query* is that of the search shown. One query."""
    lately = timezone.now() - BROUGHT_BACK_FOR
    rows = SavedSearch.objects.filter(
        Q(deleted_at=None) | Q(deleted_at__gte=lately), owner=owner
    ).order_by("name", "pk")
    kept = tuple(row for row in rows if row.deleted_at is None)
    deleted = sorted(
        ((row.deleted_at, row.pk, row) for row in rows if row.deleted_at is not None), reverse=True
    )
    return SavedSearches(
        kept=kept,
        deleted=tuple(row for _, _, row in deleted[:5]),
        current=next((row.name for row in kept if query and row.query == query), ""),
    )
