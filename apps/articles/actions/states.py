"""How far the analysis of an article is, and what waits in the queue.

Jobs are deferred by the names of their tasks, in the transaction of the change that needs
them: who analyses, articles do not know.
"""

from __future__ import annotations

import logging

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from apps.articles.models import Article, Story

logger = logging.getLogger(__name__)


def defer_analysis(*, article: Article) -> None:
    """Put the analysis of *article* into the queue; once, however often it is asked for."""
    _defer("analyse_article", f"article-{article.pk}", article_id=article.pk)


def defer_comparison(*, story_id: int) -> None:
    """Put the comparison of a story into the queue; once, however often it is asked for."""
    _defer("compare_story", f"story-{story_id}", story_id=story_id)


def _defer(task: str, lock: str, **arguments: int) -> None:
    try:
        # Its own savepoint: a refused job would otherwise abort the whole transaction.
        with transaction.atomic():
            app.configure_task(task, lock=lock, queueing_lock=lock).defer(**arguments)
    except AlreadyEnqueued:
        logger.debug("%s %s is already in the queue", task, arguments)


@transaction.atomic
def set_state(*, article: Article, state: str) -> Article:
    """Say how far the analysis of *article* is; an earlier failure is forgotten."""
    article.state = state
    article.failure = ""
    fields = ["state", "failure"]
    if state == Article.State.ANALYSED:
        article.analysed_at = timezone.now()
        article.analysed_times = F("analysed_times") + 1
        fields += ["analysed_at", "analysed_times"]
    article.save(update_fields=fields)
    if state == Article.State.ANALYSED:
        article.refresh_from_db(fields=["analysed_times"])
    return article


@transaction.atomic
def mark_failed(*, article: Article, message: str) -> Article:
    """Keep why the analysis of *article* failed, in words a person can act on."""
    article.state = Article.State.FAILED
    article.failure = message
    article.save(update_fields=["state", "failure"])
    return article


@transaction.atomic
def retry_article(*, article: Article) -> Article:
    """Analyse *article* again from the start."""
    set_state(article=article, state=Article.State.WAITING)
    defer_analysis(article=article)
    return article


def mark_stale(story_id: int | None) -> None:
    if story_id is not None:
        Story.objects.filter(pk=story_id).update(
            stale_since=timezone.now(), changed_at=timezone.now()
        )
