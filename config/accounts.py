"""The accounts of a demonstration: one for each way to work with it."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import Group, User
from django.db import transaction

from config.roles import ADMIN, EDITOR, FACT_CHECKER, ROLES

# No letters that are read as another one: these are typed from the screen.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
NAMES = {EDITOR: EDITOR, FACT_CHECKER: FACT_CHECKER, ADMIN: ADMIN}


def make_password() -> str:
    """Return a random password that can be typed: about 59 bits, such as ``kfmd-3wqx-9hzt``."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


@transaction.atomic
def create_demo_accounts(*, new_passwords: bool = False) -> dict[str, str]:
    """Create the accounts that are missing. Returns the passwords just made, by user name.

    With *new_passwords* the existing ones get another password as well. Only hashes
    are stored: what is returned can't be had a second time.
    """
    passwords: dict[str, str] = {}
    for role, username in NAMES.items():
        user, is_new = User.objects.get_or_create(
            username=username, defaults={"is_staff": role == ADMIN, "is_superuser": role == ADMIN}
        )
        if not is_new and not new_passwords:
            continue
        passwords[username] = make_password()
        user.set_password(passwords[username])
        user.save(update_fields=["password"])
        # An admin can do all that the other roles can: it is shown in all of them.
        user.groups.set(Group.objects.filter(name__in=ROLES if role == ADMIN else [role]))
    return passwords
