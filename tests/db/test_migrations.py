"""What a migration does with what is there already."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError

from apps.claims.actions import annotate, answer_note, comment, resolve_note
from tests.db.stories import make_article, make_story, make_user

pytestmark = pytest.mark.django_db


def _go_back() -> None:
    with connection.schema_editor() as schema_editor:
        import_module("apps.claims.migrations.0018_answered_notes").keep_answers(
            apps, schema_editor
        )


def test_nobody_goes_back_to_where_answers_to_notes_have_no_place():
    wanda = make_user()
    article = make_article(make_story(), "North Post", ["The ferry carried 40 people."])
    note = annotate(article=article, start=0, end=9, note="Which?", user=wanda)
    comment(story=article.story, finding_key="aboard", text="Called the port.", user=wanda)
    resolve_note(annotation=note, because="The old one.", user=wanda)

    _go_back()
    answer_note(annotation=note, text="The old one.", user=wanda)

    with pytest.raises(IrreversibleError, match="Answers to notes: 1"):
        _go_back()
