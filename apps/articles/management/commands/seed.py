"""`manage.py seed`: save the demonstration stories; running it again changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.articles.actions import discard_empty_batch, import_item, open_batch
from apps.articles.importers import Rejection, read_files
from apps.articles.models import ImportBatch, ImportItem


class Command(BaseCommand):
    help = "Save the demonstration stories of a folder; those already here are left as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "seeds", help="default: seeds/"
        )

    def handle(self, *, folder: Path, verbosity: int, **options: Any) -> None:
        stories = sorted(path.parent for path in folder.glob("*/meta.json"))
        if not stories:
            raise CommandError(f"{folder} holds no story folders with a meta.json.")
        new = 0
        for story in stories:
            batch = open_batch(kind=ImportBatch.Kind.SEED)
            for found in read_files([story]):
                if isinstance(found, Rejection):
                    raise CommandError(f"{found.name}: {found.message}")
                item = import_item(batch=batch, item=found)
                new += item.result != ImportItem.Result.ALREADY_HERE
            discard_empty_batch(batch=batch)
        if verbosity > 0:
            self.stdout.write(f"{len(stories)} demonstration stories, {new} new articles.")
