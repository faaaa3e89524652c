"""Which articles make a story, as people decide it: steps that can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from apps.articles.actions import merge_stories, move_to_story, split_story
from apps.articles.models import Article, Story
from apps.claims.actions.steps import PLACES, Values, remember, snapshot
from apps.claims.analysis.naming import shorten

_LABEL = 70


class StoryChanged(ValueError):
    """The articles are no longer where the person saw them; the message says so."""


@transaction.atomic
def move_articles(
    *, story: Story, articles: Sequence[Article], to: Story | None, user: User
) -> Story:
    """Move *articles* of *story* to another one, for None into a story of their own.

    They stay there whatever analysis finds. Returns where they are. Raises ``StoryChanged``
    when one of them has left *story*, ``ValueError`` when there is nothing to move.
    """
    Story.objects.select_for_update().get(pk=story.pk)
    if not articles:
        raise ValueError(gettext("Choose the articles that belong elsewhere."))
    if to is not None and to.pk == story.pk:
        raise ValueError(gettext("They are in that story already: choose another one."))
    here = Article.objects.current().filter(story=story)
    still_here = here.filter(pk__in=[article.pk for article in articles]).select_related("batch")
    found = list(still_here.order_by("published_at", "pk"))
    if len(found) != len(articles):
        raise StoryChanged(
            gettext(
                "Not all of these articles are in this story any more. Nothing was moved: look again."
            )
        )
    if to is None and len(found) == here.count():
        raise ValueError(gettext("That is the whole story: leave at least one article in it."))
    row: Values = {"articles": [article.pk for article in found]}
    before = snapshot(PLACES, row)
    if to is None:
        to = split_story(articles=found, user=user)
        verb = "Split off"
    else:
        for article in found:
            move_to_story(article=article, story=to, user=user)
        verb = f"Moved to “{shorten(to.title, length=_LABEL)}”"
    remember(story, user, f"{verb}: {_name(found)}", PLACES, row, before)
    return to


@transaction.atomic
def join_stories(*, into: Story, other: Story, user: User) -> Story:
    """Take all articles of *other* into *into*. ``ValueError`` for itself or an empty story."""
    if into.pk == other.pk:
        raise ValueError(gettext("That is this story: choose another one."))
    list(Story.objects.select_for_update().filter(pk__in=[into.pk, other.pk]).order_by("pk"))
    articles = list(other.articles.order_by("published_at", "pk"))
    if not articles:
        raise StoryChanged(gettext("That story has no articles any more. Nothing was merged."))
    row: Values = {"articles": [article.pk for article in articles]}
    before = snapshot(PLACES, row)
    merge_stories(into=into, others=[other], user=user)
    label = f"Merged “{shorten(other.title, length=_LABEL)}” into this story"
    remember(into, user, label, PLACES, row, before)
    return into


def _name(articles: Sequence[Article]) -> str:
    first = articles[0]
    words = f"“{shorten(first.title or first.name, length=_LABEL)}”"
    return f"{words} and {len(articles) - 1} more" if len(articles) > 1 else words
