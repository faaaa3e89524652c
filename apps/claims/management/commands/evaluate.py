"""`manage.py evaluate`: predictions and stories against the outside scorers, as one table."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from apps.articles.text.language import load_pipeline
from apps.claims.management.commands.predict import EXTRA, FIELDS, predict_to, read_records


@dataclass(frozen=True, slots=True)
class Task:
    """*input*, *gold* and *extra* are file names with ``{split}`` in them; *figures* are the
    paths of the headline numbers in the scorer's answer."""

    name: str
    scorer: str
    input: str
    gold: str
    figures: tuple[str, ...]
    extra: str = ""


TASKS = (
    Task(
        "attribution",
        "score_attribution.py",
        "attribution.{split}.jsonl",
        "attribution.{split}.jsonl",
        ("attribution_with_source.f", "attribution.f"),
    ),
    Task(
        "alignment-groups",
        "score_alignment.py",
        "alignment.{split}.docs.jsonl",
        "alignment.{split}.gold.jsonl",
        ("all.f", "within.f"),
    ),
    Task(
        "alignment-pairs",
        "score_alignment.py",
        "alignment.{split}.docs.jsonl",
        "alignment.{split}.gold.jsonl",
        ("within_macro_auc", "all.ap"),
        extra="alignment.{split}.gold.jsonl",
    ),
    Task(
        "alignment-retrieval",
        "score_alignment.py",
        "alignment.{split}.docs.jsonl",
        "alignment.{split}.queries.jsonl",
        ("hit1_strict", "hit1_lenient"),
        extra="alignment.{split}.queries.jsonl",
    ),
    Task(
        "quantities",
        "score_quantities.py",
        "quantities.{split}.jsonl",
        "quantities.{split}.jsonl",
        ("macro_full_f",),
    ),
    Task(
        "discrepancy",
        "score_discrepancy.py",
        "discrepancy.{split}.jsonl",
        "discrepancy.{split}.jsonl",
        ("headline", "vitaminc.couple_accuracy"),
    ),
    Task(
        "unsupported",
        "score_unsupported.py",
        "unsupported.{split}.jsonl",
        "unsupported.{split}.jsonl",
        ("statement.balanced_accuracy", "tokens.f"),
    ),
)
STORIES = "stories"


class Command(BaseCommand):
    help = "Run predict and the scorers over a data folder and print one table."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, required=True, metavar="DIR")
        parser.add_argument("--scorers", type=Path, required=True, metavar="DIR")
        parser.add_argument("--split", default="dev", help="which files of the folder (dev)")
        parser.add_argument(
            "--task",
            action="append",
            choices=[*(task.name for task in TASKS), STORIES],
            help="only this one; may be given more than once",
        )
        parser.add_argument(
            "--keep", type=Path, metavar="DIR", help="keep predictions and the scorers' answers"
        )

    def handle(
        self,
        *,
        data: Path,
        scorers: Path,
        split: str,
        task: Sequence[str] | None,
        keep: Path | None,
        **options: Any,
    ) -> None:
        for folder in (data, scorers):
            if not folder.is_dir():
                raise CommandError(f"{folder}: there is no such folder.")
        with TemporaryDirectory() as temporary:
            target = keep or Path(temporary)
            target.mkdir(parents=True, exist_ok=True)
            for wanted in TASKS:
                if task and wanted.name not in task:
                    continue
                started = time.monotonic()
                scores = _score_task(wanted, data, scorers, split, target)
                seconds = time.monotonic() - started
                for figure, value in pick_figures(scores, wanted.figures):
                    self.stdout.write(f"{wanted.name:20} {figure:36} {value:>8} {seconds:7.1f} s")
            if not task or STORIES in task:
                started = time.monotonic()
                scores = _score_stories(data / STORIES, scorers, target)
                seconds = time.monotonic() - started
                for figure, value in pick_figures(scores, tuple(scores.get("summary", {}))):
                    self.stdout.write(f"{STORIES:20} {figure:36} {value:>8} {seconds:7.1f} s")


def pick_figures(scores: Mapping[str, Any], figures: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield name and value of each of *figures* ("all.f") that *scores* has, "-" without one."""
    for figure in figures:
        value: Any = scores.get("summary", {}).get(figure, scores) if figure else scores
        if value is scores:
            for part in figure.split("."):
                value = value.get(part) if isinstance(value, Mapping) else None
        if isinstance(value, float):
            yield figure, f"{value:.4f}"
        elif not isinstance(value, Mapping | list):
            yield figure, "-" if value is None else str(value)


def _find(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise CommandError(f"{folder / name}: there is no such file, nor with .gz.")


def _score_task(task: Task, data: Path, scorers: Path, split: str, target: Path) -> dict[str, Any]:
    predictions = target / f"{task.name}.jsonl"
    extra: list[dict[str, Any]] = []
    if task.extra:
        extra = list(read_records(_find(data, task.extra.format(split=split)), EXTRA[task.name][1]))
    predict_to(
        predictions,
        task.name,
        nlp=load_pipeline(),
        records=read_records(_find(data, task.input.format(split=split)), FIELDS[task.name]),
        extra=extra,
    )
    gold = _find(data, task.gold.format(split=split))
    return _run_scorer(
        [scorers / task.scorer, "--gold", gold, "--pred", predictions],
        target / f"{task.name}.scores.json",
    )


def _score_stories(stories: Path, scorers: Path, target: Path) -> dict[str, Any]:
    exports = target / "exports"
    exports.mkdir(exist_ok=True)
    for folder in sorted(path for path in stories.iterdir() if (path / "gold.json").is_file()):
        # The answers lie in the same folder and are no article.
        texts = sorted(path for path in folder.iterdir() if path.name != "gold.json")
        call_command("compare", *_with_meta(folder, texts), output=exports / f"{folder.name}.json")
    return _run_scorer(
        [scorers / "score_stories.py", "--stories", stories, "--exports", exports],
        target / "stories.scores.json",
    )


def _with_meta(folder: Path, texts: Sequence[Path]) -> list[str]:
    return [str(folder)] if (folder / "meta.json").is_file() else [str(path) for path in texts]


def _run_scorer(arguments: Sequence[str | Path], answer: Path) -> dict[str, Any]:
    run = subprocess.run(  # noqa: S603 - the scorers are the caller's own programs
        [sys.executable, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        raise CommandError(f"{arguments[0]} failed: {run.stderr.strip()[-2000:]}")
    answer.write_text(run.stdout, encoding="utf-8")
    scores: dict[str, Any] = json.loads(run.stdout)
    return scores
