"""What people are called: in one way on every page, in files and on paper."""

from __future__ import annotations

from django.contrib.auth.models import User


def shown_name(user: User | None) -> str:
    """Return the full name of *user*, else the name of the account; "" for nobody."""
    return (user.get_full_name() or user.get_username()) if user is not None else ""
