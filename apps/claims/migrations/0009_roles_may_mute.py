"""Editors and fact-checkers mute a kind of finding in a story, admins in all of them."""

from __future__ import annotations

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

VIEW = {"view_mutedkind"}
MUTE = VIEW | {"add_mutedkind", "delete_mutedkind"}
ROLES = {
    "reader": VIEW,
    "fact-checker": MUTE,
    "editor": MUTE,
    "admin": MUTE | {"mute_everywhere"},
}


def allow_muting(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
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
    dependencies = [("claims", "0008_muted_kinds")]

    operations = [migrations.RunPython(allow_muting, migrations.RunPython.noop)]
