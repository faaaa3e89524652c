"""`manage.py compare`: from files to differences in one go, without a database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.articles.importers import Rejection, read_files
from apps.articles.text.language import load_pipeline
from apps.articles.text.types import RawArticle
from apps.claims.analysis.article_input import ArticleInput
from apps.claims.analysis.pipeline import (
    STAGES,
    compare_articles,
    has_story_text,
    read_articles,
)
from apps.claims.analysis.types import ArticleDraft
from apps.claims.interchange import (
    ArticleSource,
    build_interchange,
    choose_ids,
    render_json,
    write_text,
)
from apps.claims.management.output import check_output
from apps.claims.sentence_model import SemanticModelMissing, get_sentence_model

NOT_EVERYTHING_READ = 1
NOTHING_READ = 2


class Command(BaseCommand):
    help = (
        "Clean, split, extract, gather into stories, align and compare articles; prints one "
        "JSON object. Touches no database. Exit status 1: something could not be read; "
        "2: nothing could, and nothing was written."
    )
    # Checks would load every page's code; this command needs none of it.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help="text or HTML files, folders of them (with a meta.json), .jsonl or .jsonl.gz",
        )
        parser.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")
        parser.add_argument(
            "--one-story", action="store_true", help="take all articles as one story"
        )
        parser.add_argument(
            "--stage", choices=STAGES, default="findings", help="stop after this (default: the end)"
        )

    def handle(
        self,
        *,
        paths: Sequence[Path],
        output: Path | None,
        one_story: bool,
        stage: str,
        **options: Any,
    ) -> None:
        if output is not None:
            check_output(output, returncode=NOTHING_READ)
        try:
            embed = get_sentence_model()
        except SemanticModelMissing as error:
            raise CommandError(str(error), returncode=NOTHING_READ) from error
        raws: list[RawArticle] = []
        refused = 0
        for item in read_files(paths):
            if isinstance(item, Rejection):
                refused += 1
                self.stderr.write(f"{item.name}: {item.message}")
            else:
                raws.append(item)
        ids = choose_ids([(raw.external_id, raw.name) for raw in raws])
        articles: list[ArticleDraft] = []
        for raw, article in zip(raws, self._read(raws, ids), strict=True):
            if has_story_text(article.segments):
                articles.append(article)
            else:
                refused += 1
                self.stderr.write(
                    f"{raw.name}: There is no article text in it, only headings, captions or "
                    "page furniture. Check that the whole article was copied."
                )
        if not articles:
            self.stderr.write("Nothing could be read, so nothing was written.")
            sys.exit(NOTHING_READ)
        comparison = compare_articles(articles, stage=stage, one_story=one_story, embed=embed)
        sources = [
            ArticleSource(article_id, PurePath(raw.name).name)
            for article_id, raw in zip(ids, raws, strict=True)
        ]
        text = render_json(build_interchange(comparison, sources=sources))
        if output is None:
            self.stdout.write(text, ending="")
        else:
            write_text(output, text)
        if refused:
            sys.exit(NOT_EVERYTHING_READ)

    def _read(self, raws: Sequence[RawArticle], ids: Sequence[str]) -> list[ArticleDraft]:
        if not raws:
            return []
        inputs = [
            ArticleInput(
                id=article_id,
                text=raw.text,
                outlet=raw.outlet,
                title=raw.title,
                url=raw.url,
                stated=_in_site_zone(raw),
            )
            for article_id, raw in zip(ids, raws, strict=True)
        ]
        return list(read_articles(load_pipeline(), inputs))


def _in_site_zone(raw: RawArticle) -> Any:
    """The stated date; a date-time without a zone is one of the site's zone."""
    stated = raw.published
    if isinstance(stated, datetime) and timezone.is_naive(stated):
        return timezone.make_aware(stated)
    return stated
