from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    """Makes this folder's commands known to Django and keeps the roles' permissions complete.

    Last in ``INSTALLED_APPS``: its `post_migrate` runs when all permissions are there.
    """

    name = "config"
    label = "config"
    verbose_name = "Installation"

    def ready(self) -> None:
        from config.roles import write_roles

        post_migrate.connect(write_roles, sender=self)
