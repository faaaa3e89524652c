"""The recipe of the language model is whole: steps, their order, the config, packaging."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
import srsly
from spacy.util import load_config, load_model_from_config

from training.pipeline.package import package

FOLDER = Path(__file__).resolve().parents[2] / "training" / "pipeline"
PROJECT = srsly.read_yaml(FOLDER / "project.yml")


def test_every_step_is_a_module_that_the_folder_can_run():
    steps = [command["name"] for command in PROJECT["commands"]]

    assert PROJECT["workflows"]["all"] == steps
    for command in PROJECT["commands"]:
        for line in command["script"]:
            assert line.startswith(f"python . {command['name']} ")
        assert (FOLDER / f"{command['name']}.py").is_file()


def test_every_input_of_a_step_was_made_by_an_earlier_one():
    there = {path.name for path in FOLDER.iterdir()}
    made: set[str] = set()
    for command in PROJECT["commands"]:
        for needed in command.get("deps", []):
            assert needed in made | there, (command["name"], needed)
        made |= set(command.get("outputs", []))


def test_the_config_describes_a_pipeline_spacy_can_build():
    config = load_config(FOLDER / "config.cfg")

    nlp = load_model_from_config(config, auto_fill=True, validate=True)

    assert nlp.pipe_names == [
        "tok2vec",
        "tagger",
        "morphologizer",
        "trainable_lemmatizer",
        "parser",
        "ner",
    ]


def _save_pipeline(folder):
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.vocab.strings.add("https://secret.example/unheard-of")
    nlp.to_disk(folder)


def test_a_package_has_its_papers_and_no_word_it_was_trained_on(tmp_path):
    _save_pipeline(tmp_path / "model")

    package(tmp_path / "model", tmp_path / "target", version="1.2.3")

    meta = srsly.read_json(tmp_path / "target" / "meta.json")
    strings = (tmp_path / "target" / "vocab" / "strings.json").read_text(encoding="utf-8")
    assert (meta["version"], meta["license"]) == ("1.2.3", "CC BY-SA 4.0")
    assert "secret.example" not in strings
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "target"]


def test_a_package_replaces_the_one_before(tmp_path):
    _save_pipeline(tmp_path / "model")
    package(tmp_path / "model", tmp_path / "target", version="1.0.0")

    package(tmp_path / "model", tmp_path / "target", version="2.0.0")

    assert spacy.load(tmp_path / "target").meta["version"] == "2.0.0"


def test_a_package_that_is_too_big_leaves_the_one_before(tmp_path, monkeypatch):
    _save_pipeline(tmp_path / "model")
    package(tmp_path / "model", tmp_path / "target", version="1.0.0")
    monkeypatch.setattr("training.pipeline.package.MOST_MEGABYTES", 0)

    with pytest.raises(ValueError, match="at most 0 are wanted"):
        package(tmp_path / "model", tmp_path / "target", version="2.0.0")

    assert spacy.load(tmp_path / "target").meta["version"] == "1.0.0"
