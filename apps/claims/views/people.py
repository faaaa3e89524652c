"""Who asks."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest


def get_user(request: HttpRequest) -> User:
    """Return who is signed in. ``TypeError`` for a view that forgot to ask for it."""
    if not isinstance(request.user, User):
        raise TypeError("only people who signed in decide")
    return request.user
