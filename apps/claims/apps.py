from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register


class ClaimsConfig(AppConfig):
    name = "apps.claims"
    label = "claims"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from apps.articles.phrases import add_phrases
        from apps.claims.finding_help import check_help
        from apps.claims.phrases import PHRASES

        register(check_help)
        add_phrases(PHRASES)
