"""Accounts of colleagues: one role each, a first password, signing in or not.

Nobody is deleted here: what they did keeps their name.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext, gettext_noop

# The roles in the order they are offered; each is a group with its permissions.
ROLES = (
    gettext_noop("editor"),
    gettext_noop("fact-checker"),
    gettext_noop("admin"),
    gettext_noop("reader"),
)
# Letters and digits that are not taken for one another when read out.
_LEGIBLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PASSWORD_LENGTH = 14


class CannotChange(ValueError):
    """The account is not theirs to change; the message says why."""


@transaction.atomic
def add_colleague(*, username: str, name: str, role: str) -> tuple[User, str]:
    """Make an account with *role* and return it with its password, which is kept nowhere."""
    if role not in ROLES:
        raise ValueError(f"There is no role {role!r}.")
    first, _, last = name.strip().partition(" ")
    password = get_random_string(_PASSWORD_LENGTH, _LEGIBLE)
    user = User.objects.create_user(username, password=password, first_name=first, last_name=last)
    _set_role(user, role)
    return user, password


@transaction.atomic
def change_role(*, colleague: User, role: str, by: User) -> None:
    """Give *colleague* another role instead of those they have. ``CannotChange`` for oneself."""
    if role not in ROLES:
        raise ValueError(f"There is no role {role!r}.")
    _check(colleague, by)
    _set_role(colleague, role)


@transaction.atomic
def set_active(*, colleague: User, is_active: bool, by: User) -> None:
    """Let *colleague* sign in, or no longer. ``CannotChange`` for oneself."""
    _check(colleague, by)
    colleague.is_active = is_active
    colleague.save(update_fields=["is_active"])


@transaction.atomic
def renew_password(*, colleague: User, by: User) -> str:
    """Give *colleague* a new password and return it; the old one stops. Not one's own."""
    _check(colleague, by)
    password = get_random_string(_PASSWORD_LENGTH, _LEGIBLE)
    colleague.set_password(password)
    colleague.save(update_fields=["password"])
    return password


def _check(colleague: User, by: User) -> None:
    if colleague.pk == by.pk:
        raise CannotChange(gettext("Nobody changes their own account here: ask another admin."))
    if colleague.is_superuser and not by.is_superuser:
        raise CannotChange(
            gettext("This account runs the site: it is changed where the site is run.")
        )


def _set_role(user: User, role: str) -> None:
    user.groups.set([Group.objects.get(name=role)])
    # Only admins have a use for the administration.
    is_staff = role == "admin" or user.is_superuser
    if user.is_staff != is_staff:
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])
