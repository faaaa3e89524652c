"""The model a site may name: off by default, and what is missing is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.claims import sentence_model
from apps.claims.sentence_model import SemanticModelMissing, find_model_file, get_sentence_model


def name_model(settings, folder: Path | str) -> None:
    settings.SEMANTIC_MODEL = str(folder)
    sentence_model._open.cache_clear()


def pretend_installed(monkeypatch, *, installed: bool) -> None:
    monkeypatch.setattr(sentence_model, "find_spec", lambda name: object() if installed else None)


def test_no_model_is_used_unless_settings_name_one(settings):
    name_model(settings, "")

    assert get_sentence_model() is None


def test_a_model_without_the_extra_says_what_to_install(settings, monkeypatch, tmp_path):
    pretend_installed(monkeypatch, installed=False)
    name_model(settings, tmp_path)

    with pytest.raises(
        SemanticModelMissing, match="needs onnxruntime and tokenizers, not installed here"
    ):
        get_sentence_model()


def test_a_folder_without_a_model_is_named(monkeypatch, tmp_path):
    pretend_installed(monkeypatch, installed=True)

    with pytest.raises(SemanticModelMissing, match="there is no model") as refused:
        find_model_file(tmp_path / "nowhere")

    assert str(tmp_path / "nowhere") in str(refused.value)


@pytest.mark.parametrize("place", ["model.onnx", "onnx/model.onnx"])
def test_a_model_is_found_where_such_models_are_published(place: str, monkeypatch, tmp_path):
    pretend_installed(monkeypatch, installed=True)
    file = tmp_path / place
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"")
    (tmp_path / "tokenizer.json").write_text("{}")

    assert find_model_file(tmp_path) == file


def test_a_model_without_its_tokenizer_is_none(monkeypatch, tmp_path):
    pretend_installed(monkeypatch, installed=True)
    (tmp_path / "model.onnx").write_bytes(b"")

    with pytest.raises(SemanticModelMissing):
        find_model_file(tmp_path)


def test_compare_refuses_to_start_without_the_model_it_was_told_to_use(settings, tmp_path):
    name_model(settings, tmp_path / "nowhere")
    page = tmp_path / "page.txt"
    page.write_text("Bees return to the orchard\n\nThe hives were opened on Friday.\n")

    with pytest.raises(CommandError, match="VARIORUM_SEMANTIC_MODEL"):
        call_command("compare", str(page))
