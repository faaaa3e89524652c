from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Makes the commands of this folder (`migrate`, `worker`, `demo_accounts`) known to Django."""

    name = "config"
    label = "config"
    verbose_name = "Installation"
