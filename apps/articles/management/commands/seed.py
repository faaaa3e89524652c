"""`manage.py seed`: save the demonstration stories; running it again changes nothing.

`manage.py seed --remove` takes them out again."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.articles.actions import (
    NoDemonstration,
    remove_demonstration,
    save_demonstration,
    was_demonstration_removed,
)


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
        try:
            stories, new = save_demonstration(folder=folder)
        except NoDemonstration as error:
            raise CommandError(str(error)) from error
        if verbosity > 0:
            self.stdout.write(f"{stories} demonstration stories, {new} new articles.")
