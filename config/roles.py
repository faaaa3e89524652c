"""The four roles by name, and their return after the tables were emptied.

What each may do is written by a migration. `flush` empties the groups' tables
too and runs no migration again, so `post_migrate`, which it does send, puts
them back.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connections

READER = "reader"
FACT_CHECKER = "fact-checker"
EDITOR = "editor"
ADMIN = "admin"
ROLES = (READER, FACT_CHECKER, EDITOR, ADMIN)
# The migrations that say what each may do, in order.
GRANTS = (
    ("0002_roles", "create_roles"),
    ("0009_roles_may_mute", "allow_muting"),
    ("0014_roles_may_assign", "allow_assigning"),
)


def restore_roles(**signal: Any) -> None:
    """Create the four groups again if none of them is there; a group changed by hand stays as it is."""
    using: str = signal.get("using", "default")
    if Group._meta.db_table not in connections[using].introspection.table_names():
        return  # migrating step by step, not this far yet
    if Group.objects.using(using).filter(name__in=ROLES).exists():
        return
    with connections[using].schema_editor() as schema_editor:
        for name, function in GRANTS:
            migration = import_module(f"apps.claims.migrations.{name}")
            getattr(migration, function)(apps, schema_editor)
