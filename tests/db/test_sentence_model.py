"""The optional sentence model where stories are compared: by a worker."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from apps.claims import sentence_model, tasks
from apps.claims.comparison import build_comparison
from apps.claims.models import Alignment
from apps.claims.sentence_model import SemanticModelMissing
from tests.db.stories import make_article, make_row, make_story

pytestmark = pytest.mark.django_db


def compare(story) -> None:
    tasks.compare_story(SimpleNamespace(job=SimpleNamespace(attempts=0)), story_id=story.pk)


def make_sale():
    story = make_story("An orchard changes hands")
    make_article(
        story, "Elm Post", ["The beekeeper sold all her forty hives on Sunday.", "It rained."]
    )
    make_article(
        story, "Elm Star", ["The beekeeper sold her forty hives on Sunday evening."], hours=2
    )
    return story


def reasons() -> list[str]:
    return [text for (found,) in Alignment.objects.values_list("reasons") for text in _texts(found)]


def _texts(found) -> list[str]:
    return [reason["text"] for reason in found]


def test_a_worker_asks_the_model_that_settings_name(settings, monkeypatch):
    def embed(texts: Sequence[str]):
        return np.array([[1.0, 0.0] if "hives" in text else [0.0, 1.0] for text in texts])

    settings.SEMANTIC_MODEL = "a folder"
    monkeypatch.setattr(sentence_model, "_open", lambda folder: embed)

    compare(make_sale())

    assert "close in meaning" in reasons()


def test_without_a_model_nothing_is_said_of_meaning():
    compare(make_sale())

    assert "close in meaning" not in reasons()


def test_a_story_that_lacks_the_model_it_was_to_be_compared_with_says_so(settings, tmp_path: Path):
    settings.SEMANTIC_MODEL = str(tmp_path / "nowhere")
    sentence_model._open.cache_clear()
    story = make_sale()

    with pytest.raises(SemanticModelMissing):
        compare(story)

    story.refresh_from_db()
    assert "VARIORUM_SEMANTIC_MODEL" in story.failure


def test_a_reader_is_shown_what_share_each_reason_has():
    story = make_sale()
    first, second = (article.claims.first() for article in story.articles.order_by("pk"))
    group = make_row(story, [first, second])
    Alignment.objects.filter(group=group, claim=second).update(
        reasons=[
            {"code": "meaning", "text": "close in meaning", "weight": 0.62},
            {"code": "decision", "text": "confirmed by a person", "weight": 1.0},
        ]
    )

    (row,) = build_comparison(story).rows

    assert row.cells[1].readings[0].why == ("close in meaning (62%)", "confirmed by a person")
