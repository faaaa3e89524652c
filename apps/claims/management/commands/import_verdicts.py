"""`manage.py import_verdicts`: what people decided about a story elsewhere, read back."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.articles.models import Story
from apps.claims.actions import read_verdicts
from apps.claims.actions.reading_verdicts import VerdictsRefused


class Command(BaseCommand):
    help = (
        "Read what `export_verdicts` wrote into a story. Nothing that is here is overwritten, and"
        " reading a file twice changes nothing. People without an account here get one that cannot"
        " sign in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--story", metavar="STORY", help="its slug here; default: as in the file"
        )

    def handle(self, *, file: Path, story: str | None, **options: Any) -> None:
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except ValueError as error:
            raise CommandError(f"{file} is no JSON: {error}") from error
        slug = story or _slug_in(document)
        row = Story.objects.filter(slug=slug).first()
        if row is None:
            raise CommandError(f"There is no story {slug!r} here: name one with --story.")
        try:
            done = read_verdicts(story=row, document=document)
        except VerdictsRefused as error:
            raise CommandError(f"{file}: {error} Nothing was stored.") from error
        self.stdout.write(
            f"{done.added} added, {done.same} were here already,"
            f" {done.different} are here but say something else and stay as they are."
        )
        if done.people:
            self.stdout.write(f"Accounts made, which cannot sign in: {', '.join(done.people)}.")


def _slug_in(document: object) -> str:
    story = document.get("story") if isinstance(document, dict) else None
    slug = story.get("slug") if isinstance(story, dict) else None
    return slug if isinstance(slug, str) else ""
