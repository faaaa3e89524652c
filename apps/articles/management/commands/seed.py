"""`manage.py seed`: save the demonstration stories; running it again changes nothing.

`manage.py seed --remove` takes them out again."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.articles.actions import (
    discard_empty_batch,
    import_item,
    open_batch,
    remove_demonstration,
    was_demonstration_removed,
)
from apps.articles.importers import Rejection, read_files
from apps.articles.models import ImportBatch, ImportItem


class Command(BaseCommand):
    help = "Save the demonstration stories of a folder; those already here are left as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "seeds", help="default: seeds/"
        )
        parser.add_argument(
            "--remove",
            action="store_true",
            help="delete them, with everything decided about them; they stay away until asked for",
        )
        parser.add_argument(
            "--unless-removed", action="store_true", help="do nothing if they were removed"
        )

    def handle(
        self,
        *,
        folder: Path,
        remove: bool,
        unless_removed: bool,
        verbosity: int,
        **options: Any,
    ) -> None:
        if remove:
            removed, articles = remove_demonstration()
            if verbosity > 0:
                self.stdout.write(f"{removed} demonstration stories, {articles} articles deleted.")
            return
        if unless_removed and was_demonstration_removed():
            return
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
