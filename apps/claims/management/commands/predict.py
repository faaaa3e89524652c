"""`manage.py predict TASK`: the pure code on evaluators' inputs, in their formats."""

from __future__ import annotations

import gzip
import json
import zlib
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from spacy.language import Language

from apps.articles.text.language import load_pipeline
from apps.claims.interchange import write_text
from apps.claims.management.output import check_output

# What a task may read of each line: anything else an input carries is dropped before the
# code sees it, so that no prediction can lean on an answer.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "attribution": ("id", "outlet", "date", "title", "text"),
    "alignment-groups": ("id", "topic", "text"),
    "alignment-pairs": ("id", "topic", "text"),
    "alignment-retrieval": ("id", "topic", "text"),
    "quantities": ("id", "input", "reference_time"),
    "discrepancy": ("id", "a", "b"),
    "unsupported": ("id", "article", "statement"),
}
# The second file of a task: its option and the fields that may be read of it.
EXTRA: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "alignment-pairs": ("pairs", ("topic", "a", "b")),
    "alignment-retrieval": ("queries", ("q", "doc")),
}
# What a line may lack.
OPTIONAL = frozenset({"outlet", "date", "title", "reference_time"})

Record = dict[str, Any]


class Command(BaseCommand):
    help = "Write predictions for one of the evaluators' tasks. Touches no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", choices=sorted(FIELDS))
        parser.add_argument(
            "--input",
            type=Path,
            required=True,
            metavar="FILE",
            help="a JSON object a line; .gz too",
        )
        parser.add_argument("--pairs", type=Path, metavar="FILE", help="for alignment-pairs")
        parser.add_argument("--queries", type=Path, metavar="FILE", help="for alignment-retrieval")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help=".gz too")

    def handle(self, *, task: str, input: Path, output: Path, **options: Any) -> None:
        check_output(output)
        extra: Iterable[Record] = ()
        if task in EXTRA:
            option, fields = EXTRA[task]
            path = options[option]
            if path is None:
                raise CommandError(f"{task} needs --{option} FILE.")
            extra = list(read_records(path, fields))
        count = predict_to(
            output,
            task,
            nlp=load_pipeline(),
            records=read_records(input, FIELDS[task]),
            extra=extra,
        )
        self.stderr.write(f"{task}: {count} predictions")


def read_records(path: Path, fields: Sequence[str]) -> Iterator[Record]:
    """Yield the objects of *path*, with *fields* only. Raises ``CommandError`` on bad input."""
    if not path.is_file():
        raise CommandError(f"{path}: there is no such file.")
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    number = 1
    try:
        with opener(path, "rb") as lines:
            for line in lines:
                if line.strip():
                    yield _read_record(line, fields)
                number += 1
    except (ValueError, OSError, EOFError, zlib.error) as error:
        raise CommandError(f"{path}, line {number}: {error}.") from error


def _read_record(line: bytes, fields: Sequence[str]) -> Record:
    try:
        record = json.loads(line.decode("utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error})") from error
    if not isinstance(record, dict):
        raise ValueError("not an object")
    missing = [field for field in fields if field not in record and field not in OPTIONAL]
    if missing:
        raise ValueError(f"no {', '.join(map(repr, missing))}")
    return {field: record[field] for field in fields if field in record}


def predict_to(
    output: Path,
    task: str,
    *,
    nlp: Language,
    records: Iterable[Record],
    extra: Iterable[Record] = (),
) -> int:
    """Write the predictions of *task* to *output* and return how many there are."""
    module = import_module(f"apps.claims.analysis.predictions.{task.replace('-', '_')}")
    arguments = (extra,) if task in EXTRA else ()
    lines = [
        json.dumps(prediction, ensure_ascii=False)
        for prediction in module.predict(nlp, records, *arguments)
    ]
    write_text(output, "".join(f"{line}\n" for line in lines))
    return len(lines)
