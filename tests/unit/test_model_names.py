"""The administration names models and fields in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.utils import translation

from config.model_names import APPS, FIELDS, MODELS, OURS


def _shown() -> Iterator[type[Model]]:
    """Yield our models that the administration shows, by themselves or inside another."""
    for model, page in admin.site._registry.items():
        if model._meta.app_label in OURS:
            yield model
            yield from (inline.model for inline in page.inlines)


def test_every_name_the_administration_shows_is_marked_for_translation() -> None:
    models = {
        str(name)
        for model in _shown()
        for name in (model._meta.verbose_name, model._meta.verbose_name_plural)
    }
    fields = {
        str(field.verbose_name)
        for model in _shown()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
    }

    assert models - set(MODELS) == set()
    assert fields - {"ID"} - set(FIELDS) - set(MODELS) == set()
    assert {str(apps.get_app_config(label).verbose_name) for label in OURS} == set(APPS)


def test_a_field_is_called_by_the_language_of_the_page() -> None:
    field = apps.get_model("articles", "Article")._meta.get_field("imported_at")

    assert str(field.verbose_name) == "imported at"
    with translation.override("de"):
        assert str(field.verbose_name) == "aufgenommen am"


def test_migrations_know_nothing_of_it() -> None:
    field = apps.get_model("articles", "Article")._meta.get_field("imported_at")

    assert "verbose_name" not in field.deconstruct()[3]
