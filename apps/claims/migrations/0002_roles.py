"""The four roles, as groups with permissions. Running it again changes nothing."""

from __future__ import annotations

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# What the product's own pages and the admin ask for; a history table is never written by hand.
_VIEW = {
    "articles": (
        "outlet", "story", "article", "segment", "sentence", "rolecorrection",
        "importbatch", "importitem", "feed",
    ),
    "claims": (
        "claim", "quantity", "mention", "claimgroup", "alignment", "origin", "finding",
        "findingspan", "alignmentdecision", "findingdecision", "verdict", "evidence",
        "annotation", "comment",
    ),
}  # fmt: skip
_DECIDE = ("findingdecision", "alignmentdecision", "annotation", "comment")
_JUDGE = ("verdict", "evidence")
_REPAIR = ("rolecorrection", "story", "article")
_IMPORT = ("importbatch", "importitem", "outlet", "feed")


def _write(models: tuple[str, ...]) -> set[str]:
    return {f"{verb}_{model}" for verb in ("add", "change", "delete") for model in models}


READER = {f"view_{model}" for models in _VIEW.values() for model in models}
EDITOR = READER | _write(_DECIDE) | _write(_REPAIR) - {"delete_article", "delete_story"}
EDITOR |= {"add_importbatch", "add_importitem", "add_outlet"}
FACT_CHECKER = READER | _write(_DECIDE) | _write(_JUDGE)
ADMIN = EDITOR | FACT_CHECKER | _write(_REPAIR) | _write(_IMPORT)
ROLES = {"reader": READER, "fact-checker": FACT_CHECKER, "editor": EDITOR, "admin": ADMIN}


def create_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Django makes permissions after the last migration; here they are needed before it.
    for label in (*_VIEW, "auth"):
        config = installed_apps.get_app_config(label)
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, codenames in ROLES.items():
        group, _ = group_model.objects.get_or_create(name=name)
        permissions = permission_model.objects.filter(
            content_type__app_label__in=list(_VIEW), codename__in=codenames
        )
        if name == "admin":
            permissions |= permission_model.objects.filter(
                content_type__app_label="auth", content_type__model__in=["user", "group"]
            )
        group.permissions.set(permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
