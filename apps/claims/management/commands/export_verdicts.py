"""`manage.py export_verdicts`: what people decided about a story, to be read elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.articles.models import Story
from apps.claims.interchange import write_text
from apps.claims.management.output import check_output
from apps.claims.verdict_exchange import export_verdicts, render_verdicts


class Command(BaseCommand):
    help = (
        "Print what people decided about a story as JSON (variorum-verdicts/1): verdicts with their"
        " evidence, second readings, confirmations, dismissals and remarks, with who and when."
        " Verdicts that are still to be read blind are in it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", metavar="STORY", help="its slug, as in its address")
        parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")

    def handle(self, *, story: str, output: Path | None, **options: Any) -> None:
        if output is not None:
            check_output(output)
        row = Story.objects.filter(slug=story).first()
        if row is None:
            raise CommandError(f"There is no story {story!r}: take the end of its address.")
        text = render_verdicts(export_verdicts(row, with_sealed=True))
        if output is None:
            self.stdout.write(text, ending="")
        else:
            write_text(output, text)
