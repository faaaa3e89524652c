"""Who may do what: four groups, each with all the permissions of the one before, except as said.

Written after every `migrate`, so that a permission of a new model reaches the groups
without a migration of its own. Groups may be given more by hand; what is listed here
comes back.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

READER = "reader"
FACT_CHECKER = "fact-checker"
EDITOR = "editor"
ADMIN = "admin"
ROLES = (READER, FACT_CHECKER, EDITOR, ADMIN)

OURS = Q(content_type__app_label__in=["articles", "claims"])

# What people decide and write down about findings, words and alignments.
_JUDGING = ("findingdecision", "alignmentdecision", "annotation", "comment")
# A verdict is the fact-checker's alone: an editor reads it, but does not give one.
_VERDICTS = ("verdict", "evidence")
# Bringing articles in and repairing what was cut.
_IMPORTING = ("article", "story", "outlet", "importbatch", "importitem", "rolecorrection", "feed")


def _may_write(*models: str) -> Q:
    return OURS & Q(content_type__model__in=models) & ~Q(codename__startswith="view_")


PERMISSIONS = {
    READER: OURS & Q(codename__startswith="view_"),
    FACT_CHECKER: (OURS & Q(codename__startswith="view_"))
    | _may_write(*_JUDGING, *_VERDICTS, "rolecorrection"),
    EDITOR: (OURS & Q(codename__startswith="view_")) | _may_write(*_JUDGING, *_IMPORTING),
    ADMIN: OURS | Q(content_type__app_label__in=["auth", "procrastinate"]),
}


def write_roles(**signal: Any) -> None:
    """Create the groups that are missing and give each the permissions it lacks (`post_migrate`)."""
    using: str = signal.get("using", "default")
    for name in ROLES:
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*Permission.objects.using(using).filter(PERMISSIONS[name]))
