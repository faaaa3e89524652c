"""`manage.py export_story`: a stored story in the shape `compare` prints."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path, PurePath
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.articles.models import Story
from apps.claims.interchange import (
    ArticleSource,
    Json,
    build_interchange,
    choose_ids,
    rename_articles,
    render_json,
    write_text,
)
from apps.claims.management.output import check_output
from apps.claims.story_drafts import load_comparison


def export_story(story: Story) -> Json:
    """Return *story* as exported: articles keep the ids they came with."""
    rows = story.articles.filter(is_current=True).order_by("pk")
    named = list(rows.values_list("pk", "external_id", "name", "outlet__slug"))
    ids = choose_ids([(external_id, name) for _, external_id, name, _ in named])
    id_of = {str(pk): chosen for (pk, *_), chosen in zip(named, ids, strict=True)}
    sources = [
        ArticleSource(chosen, PurePath(name).name, slug)
        for (_, _, name, slug), chosen in zip(named, ids, strict=True)
    ]
    comparison = rename_articles(load_comparison(story), id_of)
    return build_interchange(comparison, sources=sources)


class Command(BaseCommand):
    help = "Print a story as JSON (variorum/1): its articles, claims, rows and findings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", metavar="STORY", help="its slug, as in its address")
        parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")

    def handle(self, *, story: str, output: Path | None, **options: Any) -> None:
        if output is not None:
            check_output(output)
        row = Story.objects.filter(slug=story).first()
        if row is None:
            raise CommandError(f"There is no story {story!r}: take the end of its address.")
        text = render_json(export_story(row))
        if output is None:
            self.stdout.write(text, ending="")
        else:
            write_text(output, text)
