"""`manage.py analyse`: read articles again, or compare stories again."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.articles.actions import defer_comparison, retry_article
from apps.articles.models import Article, Story
from apps.claims.actions import analyse_article, compare_story


class Command(BaseCommand):
    help = (
        "Analyse again: the articles of the stories named, all with --all, those that failed "
        "with --failed. Waits for the worker unless --now is given. People's work is kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("stories", nargs="*", metavar="STORY", help="slugs of stories")
        parser.add_argument("--article", type=int, action="append", default=[], metavar="ID")
        parser.add_argument("--all", action="store_true", help="every current article")
        parser.add_argument("--failed", action="store_true", help="articles that failed")
        parser.add_argument(
            "--compare-only", action="store_true", help="do not read the texts again"
        )
        parser.add_argument("--now", action="store_true", help="here instead of in the worker")

    def handle(
        self, *, stories: Sequence[str], article: Sequence[int], now: bool, **options: Any
    ) -> None:
        chosen_stories = list(Story.objects.filter(slug__in=stories))
        unknown = sorted(set(stories) - {story.slug for story in chosen_stories})
        if unknown:
            raise CommandError(f"There is no story {', '.join(unknown)}.")
        articles = Article.objects.current()
        if options["all"]:
            chosen_stories = list(Story.objects.with_articles())
        elif options["failed"]:
            articles = articles.filter(state=Article.State.FAILED)
        elif article:
            articles = Article.objects.filter(pk__in=article)
        elif stories:
            articles = articles.filter(story__in=chosen_stories)
        else:
            raise CommandError("Name stories, or give --article, --failed or --all.")
        count = 0
        if not options["compare_only"]:
            for row in articles.select_related("outlet", "story", "batch").order_by("pk"):
                if now:
                    analyse_article(article=row)
                else:
                    retry_article(article=row)
                count += 1
        to_compare = {story.pk: story for story in chosen_stories}
        if now:
            found = Story.objects.filter(articles__in=articles)
            to_compare |= {story.pk: story for story in found}
        for story in to_compare.values():
            if now:
                compare_story(story=story)
            else:
                defer_comparison(story_id=story.pk)
        verb = "analysed" if now else "queued"
        self.stdout.write(f"{verb}: {count} articles, {len(to_compare)} stories to compare")
