"""`manage.py import_articles`: save articles from files and folders; a worker analyses them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.articles.actions import import_item, open_batch
from apps.articles.importers import Limits, Rejection, read_files
from apps.articles.models import ImportBatch, ImportItem

NOT_EVERYTHING_READ = 1
NOTHING_READ = 2


class Command(BaseCommand):
    help = (
        "Save articles from text and HTML files, folders of them (with a meta.json) and .jsonl "
        "or .jsonl.gz. What can't be read is named on standard error and the rest goes on. "
        "Exit status 1: something could not be read; 2: nothing could."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    def handle(self, *, paths: list[Path], verbosity: int, **options: Any) -> None:
        limits = Limits(
            file_bytes=settings.IMPORT_FILE_BYTES, text_characters=settings.IMPORT_TEXT_CHARACTERS
        )
        batch = open_batch(kind=ImportBatch.Kind.COMMAND)
        counts = dict.fromkeys(ImportItem.Result.values, 0)
        # Each article is saved on its own: a stopped command loses nothing it has said is saved.
        for found in read_files(paths, limits=limits):
            item = import_item(batch=batch, item=found)
            counts[item.result] += 1
            if isinstance(found, Rejection):
                self.stderr.write(f"{found.name}: {found.message}")
            elif verbosity > 0:
                self.stdout.write(f"{item.result}: {item.name}. {item.message}".rstrip(". ") + ".")
        if verbosity > 0:
            self.stdout.write(
                ", ".join(f"{count} {result}" for result, count in counts.items() if count)
            )
        rejected = counts[ImportItem.Result.REJECTED]
        if rejected == sum(counts.values()):
            sys.exit(NOTHING_READ)
        if rejected:
            sys.exit(NOT_EVERYTHING_READ)
