"""`manage.py export_story`: a stored story in the shape `compare` prints."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path, PurePath
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.articles.models import Story
from apps.claims.interchange import (
    ArticleSource,
    build_interchange,
    render_json,
    write_text,
)
from apps.claims.story_drafts import load_comparison


class Command(BaseCommand):
    help = "Print a story as JSON (variorum/1): its articles, claims, rows and findings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", metavar="STORY", help="its slug, as in its address")
        parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")

    def handle(self, *, story: str, output: Path | None, **options: Any) -> None:
        row = Story.objects.filter(slug=story).first()
        if row is None:
            raise CommandError(f"There is no story {story!r}: take the end of its address.")
        names = row.articles.filter(is_current=True).values_list("pk", "name")
        sources = [ArticleSource(str(pk), PurePath(name).name) for pk, name in names]
        text = render_json(build_interchange(load_comparison(row), sources=sources))
        if output is None:
            self.stdout.write(text, ending="")
        else:
            write_text(output, text)
