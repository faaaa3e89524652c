"""Editors and fact-checkers share out findings; fact-checkers decide between verdicts."""

from __future__ import annotations

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

VIEW = {"view_assignment", "view_adjudication"}
ASSIGN = VIEW | {"add_assignment", "change_assignment", "delete_assignment"}
SETTLE = {"add_adjudication", "change_adjudication", "delete_adjudication"}
ROLES = {
    "reader": VIEW,
    "fact-checker": ASSIGN | SETTLE,
    "editor": ASSIGN,
    "admin": ASSIGN | SETTLE,
}


def allow_assigning(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Django makes permissions after the last migration; here they are needed before it.
    config = installed_apps.get_app_config("claims")
    create_permissions(config, verbosity=0, using=schema_editor.connection.alias)
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, codenames in ROLES.items():
        group, _ = group_model.objects.get_or_create(name=name)
        group.permissions.add(
            *permission_model.objects.filter(
                content_type__app_label="claims", codename__in=codenames
            )
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0013_desk")]

    operations = [migrations.RunPython(allow_assigning, migrations.RunPython.noop)]
