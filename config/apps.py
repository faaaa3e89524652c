from __future__ import annotations

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    """Makes this folder's commands known to Django, names models in the reader's language, and
    puts the roles back after a flush.

    Django sends `post_migrate` only for apps with models, so it listens to that of `claims`,
    the last of ours.
    """

    name = "config"
    label = "config"
    verbose_name = "Installation"

    def ready(self) -> None:
        from config.model_names import translate_names
        from config.roles import restore_roles

        translate_names()
        post_migrate.connect(restore_roles, sender=apps.get_app_config("claims"))
