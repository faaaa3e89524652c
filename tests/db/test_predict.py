"""Predictions for evaluators: what may be read, what is written. No database is touched."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.claims.management.commands.evaluate import pick_figures
from apps.claims.management.commands.predict import FIELDS, read_records


def write_lines(path: Path, records: list[dict]) -> Path:
    text = "".join(json.dumps(record) + "\n" for record in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def test_only_the_fields_of_a_task_are_read(tmp_path):
    record = {"id": "1", "topic": 3, "subtopic": "the answer", "text": "It sank.", "url": "x"}
    path = write_lines(tmp_path / "docs.jsonl.gz", [record])

    assert list(read_records(path, FIELDS["alignment-groups"])) == [
        {"id": "1", "topic": 3, "text": "It sank."}
    ]


def test_predictions_are_one_object_a_line_with_the_input_s_ids(tmp_path):
    path = write_lines(
        tmp_path / "in.jsonl",
        [
            {"id": "q1", "input": "40 boats", "reference_time": None, "expected": "secret"},
            {"id": "q2", "input": "no boats here", "reference_time": None},
        ],
    )
    output = tmp_path / "out.jsonl.gz"

    call_command("predict", "quantities", input=path, output=output)

    lines = gzip.decompress(output.read_bytes()).decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["q1", "q2"]


def test_a_missing_or_broken_input_is_named(tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": 1}\nnot json\n')

    with pytest.raises(CommandError, match="no such file"):
        list(read_records(tmp_path / "nowhere.jsonl", ("id",)))
    with pytest.raises(CommandError, match="line 2"):
        list(read_records(broken, ("id",)))


@pytest.mark.parametrize("line", ['{"id": "q1"}', "[1]", '"text"', "\xff"])
def test_a_line_that_lacks_what_a_task_reads_is_named(tmp_path, line):
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"id": "q0", "input": "ten"}\n' + line.encode("latin-1") + b"\n")

    with pytest.raises(CommandError, match="line 2"):
        list(read_records(path, ("id", "input", "reference_time")))


def test_a_damaged_archive_is_named(tmp_path):
    path = tmp_path / "lines.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "q0"}\n' * 500)[:-20])

    with pytest.raises(CommandError, match="lines"):
        list(read_records(path, ("id",)))


def test_a_task_with_a_second_file_asks_for_it(tmp_path):
    path = write_lines(tmp_path / "docs.jsonl", [])

    with pytest.raises(CommandError, match="--pairs"):
        call_command("predict", "alignment-pairs", input=path, output=tmp_path / "out.jsonl")


def test_the_table_of_figures_follows_paths_and_shows_what_is_missing():
    scores = {"all": {"f": 0.51234, "n": 7}, "headline": 0.5, "rows": [1, 2]}

    assert list(pick_figures(scores, ("all.f", "all.n", "headline", "all.x", "rows"))) == [
        ("all.f", "0.5123"),
        ("all.n", "7"),
        ("headline", "0.5000"),
        ("all.x", "-"),
    ]
