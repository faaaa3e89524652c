"""The articles of a story with the reasons each is in it, and stories it could be confused with."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from apps.articles.models import Article, Story
from apps.articles.moments import label_moment
from apps.articles.phrases import say
from apps.claims.columns import build_columns
from apps.claims.presentation import Column, read_words

MOST_STORIES = 10


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article with why it is here, in words; *is_fixed* when a person put it here. *version*
    is above 1 when it replaced an earlier text."""

    column: Column
    reasons: tuple[str, ...]
    is_fixed: bool
    version: int = 1


@dataclass(frozen=True, slots=True)
class OtherStory:
    slug: str
    title: str
    articles: int
    published_label: str


@dataclass(frozen=True, slots=True)
class StoryArticles:
    """*others* are stories near in time, or those that fit *query*."""

    articles: tuple[StoryArticle, ...]
    others: tuple[OtherStory, ...]
    query: str


def build_story_articles(story: Story, *, query: str = "") -> StoryArticles:
    """Return the current articles of *story* in the order of its columns. Six queries."""
    rows = {
        pk: (reasons, is_fixed, version)
        for pk, reasons, is_fixed, version in Article.objects.current()
        .filter(story=story)
        .values_list("pk", "story_reasons", "story_is_fixed", "version")
    }
    query = read_words(query)
    return StoryArticles(
        articles=tuple(
            StoryArticle(
                column,
                tuple(say(str(reason)) for reason in rows[column.article_id][0]),
                rows[column.article_id][1],
                rows[column.article_id][2],
            )
            for column in build_columns(story)
            if column.article_id in rows
        ),
        others=tuple(_find_others(story, query)),
        query=query,
    )


def _find_others(story: Story, query: str) -> list[OtherStory]:
    articles = Article.objects.current().filter(story=OuterRef("pk"))
    found = Story.objects.filter(Exists(articles)).exclude(pk=story.pk)
    for word in query.split():
        found = found.filter(
            Q(title__icontains=word)
            | Exists(articles.filter(Q(title__icontains=word) | Q(outlet__name__icontains=word)))
        )
    # The last changed come first: an event is in the news for some days.
    stories = found.annotate(count=Count("articles", filter=Q(articles__is_current=True)))
    rows = stories.order_by("-changed_at", "-pk").values_list(
        "slug", "title", "count", "changed_at"
    )
    return [
        OtherStory(slug, title, count, label_moment("", changed_at))
        for slug, title, count, changed_at in rows[:MOST_STORIES]
    ]
