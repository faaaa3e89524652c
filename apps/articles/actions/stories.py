"""Which articles make a story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.db import transaction

from apps.articles.actions.outlets import free_slug
from apps.articles.actions.states import defer_comparison, mark_stale
from apps.articles.models import Article, ImportBatch, Story


def is_demonstration(article: Article) -> bool:
    """Tell whether *article* came with the product to show how it works."""
    return article.batch is not None and article.batch.kind == ImportBatch.Kind.SEED


@transaction.atomic
def create_story(*, article: Article) -> Story:
    """Make a story that begins with *article*, and put the article in it."""
    title = article.title or article.name or f"Article {article.pk}"
    story = Story.objects.create(
        title=title,
        # Long enough to be told apart, short enough to be sent around.
        slug=free_slug(Story, title, 72, "story"),
        is_demonstration=is_demonstration(article),
    )
    return assign_story(article=article, story=story, reasons=["the first article of its story"])


@transaction.atomic
def assign_story(*, article: Article, story: Story, reasons: Sequence[str]) -> Story:
    """Put *article* into *story* for *reasons*, unless a person has decided where it belongs.

    Returns the story the article is in.
    """
    if article.story_is_fixed and article.story is not None:
        return article.story
    if article.story_id != story.pk:
        mark_stale(article.story_id)
    article.story = story
    article.story_reasons = list(reasons)
    article.save(update_fields=["story", "story_reasons"])
    mark_stale(story.pk)
    return story


@transaction.atomic
def name_story(*, story: Story, title: str, by_person: bool = False) -> Story:
    """Name a story; what a person named keeps its name when analysis would rename it."""
    if story.title_is_fixed and not by_person:
        return story
    story.title = title
    story.title_is_fixed = story.title_is_fixed or by_person
    story.save(update_fields=["title", "title_is_fixed", "changed_at"])
    return story


@transaction.atomic
def move_to_story(*, article: Article, story: Story | None, user: User) -> Story:
    """Move *article* where a person says it belongs, into a story of its own for None.

    Both stories are compared again, and analysis will not move the article back. Moving
    it again undoes this; history keeps every move.
    """
    before = article.story_id
    article.story_is_fixed = False
    if story is None:
        story = create_story(article=article)
    article.story = story
    article.story_is_fixed = True
    article.story_reasons = [f"moved here by {user.get_username()}"]
    article.save(update_fields=["story", "story_is_fixed", "story_reasons"])
    for story_id in {before, story.pk} - {None}:
        mark_stale(story_id)
        defer_comparison(story_id=story_id)  # type: ignore[arg-type]  # None is taken out above
    return story


@transaction.atomic
def merge_stories(*, into: Story, others: Iterable[Story], user: User) -> Story:
    """Move every article of *others* into *into*.

    The emptied stories stay, out of sight, because people's decisions hang on them.
    """
    for other in others:
        if other.pk == into.pk:
            continue
        for article in other.articles.select_related("batch"):
            move_to_story(article=article, story=into, user=user)
    return into


@transaction.atomic
def split_story(*, articles: Sequence[Article], user: User) -> Story:
    """Move *articles* out into a story of their own, named after the first."""
    first, *others = articles
    story = move_to_story(article=first, story=None, user=user)
    for article in others:
        move_to_story(article=article, story=story, user=user)
    return story
