"""How a person wants their pages: kept with the account, not with a browser."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from apps.claims.models import ReaderSettings


@transaction.atomic
def change_settings(
    *,
    owner: User,
    language: str | None = None,
    appearance: str | None = None,
    shortcuts: bool | None = None,
) -> ReaderSettings:
    """Keep what is given and leave the rest as it was; a *language* of "" is the browser's."""
    given = {"language": language, "appearance": appearance, "shortcuts": shortcuts}
    changes = {name: value for name, value in given.items() if value is not None}
    changed, _ = ReaderSettings.objects.update_or_create(owner=owner, defaults=changes)
    return changed
