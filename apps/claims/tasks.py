"""The jobs of the queue: one article, one story. Each may run again at any time.

They are deferred by name, with a lock and a queueing lock for each article and story, so
that the same one never runs twice at once and never waits twice.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from apps.articles.actions import mark_failed
from apps.articles.models import Article, Story
from apps.claims import actions  # light: language code is loaded by the first job
from apps.claims.sentence_model import SemanticModelMissing
from config.jobs import when_given_up

logger = logging.getLogger(__name__)

# What passes by itself: the database was away, or somebody held a lock for too long.
PASSING = (OperationalError, InterfaceError)
_RETRY = RetryStrategy(
    # Procrastinate counts retries, not attempts.
    max_attempts=max(1, settings.JOB_ATTEMPTS - 1),
    exponential_wait=4,
    retry_exceptions=PASSING,
)

ANALYSIS_FAILED = (
    "The text could not be analysed ({error}). Try again; if it happens again, report it with "
    "the article's number."
)
DATABASE_AWAY = "The database did not answer while the text was analysed. Try again."
COMPARISON_FAILED = (
    "The articles could not be compared ({error}). Try again; if it happens again, report it "
    "with the story's address."
)


@app.task(name="analyse_article", retry=_RETRY, pass_context=True)
def analyse_article(context: JobContext, article_id: int) -> None:
    """Analyse an article that may be gone by now; what fails is said on the article."""
    _refresh_connection()
    article = (
        Article.objects.select_related("outlet", "story", "batch").filter(pk=article_id).first()
    )
    if article is None:
        return
    # An attempt that was killed between storing its result and saying so left nothing to do.
    if context.job.attempts > 0 and article.state == Article.State.ANALYSED:
        return
    try:
        actions.analyse_article(article=article)
    except PASSING:
        if _is_last(context):
            mark_failed(article=article, message=DATABASE_AWAY)
        raise
    except Exception as error:
        mark_failed(article=article, message=ANALYSIS_FAILED.format(error=type(error).__name__))
        raise


@app.task(name="compare_story", retry=_RETRY, pass_context=True)
def compare_story(context: JobContext, story_id: int) -> None:
    """Compare a story that may be gone by now; what fails is said on the story."""
    _refresh_connection()
    story = Story.objects.filter(pk=story_id).first()
    if story is None:
        return
    try:
        actions.compare_story(story=story)
    except PASSING as error:
        if _is_last(context):
            message = COMPARISON_FAILED.format(error=type(error).__name__)
            actions.mark_comparison_failed(story=story, message=message)
        raise
    except SemanticModelMissing as error:
        actions.mark_comparison_failed(story=story, message=str(error))
        raise
    except Exception as error:
        message = COMPARISON_FAILED.format(error=type(error).__name__)
        actions.mark_comparison_failed(story=story, message=message)
        raise


@app.periodic(cron="*/5 * * * *")
@app.task(name="index_missing", queueing_lock="index_missing", lock="index_missing")
def index_missing(timestamp: int) -> None:
    """Let search find what was analysed before there was a search."""
    _refresh_connection()
    actions.index_missing()


@when_given_up("analyse_article")
def give_up_article(*, message: str, article_id: int) -> None:
    article = Article.objects.filter(pk=article_id).first()
    if article is not None:
        mark_failed(article=article, message=message)


@when_given_up("compare_story")
def give_up_story(*, message: str, story_id: int) -> None:
    story = Story.objects.filter(pk=story_id).first()
    if story is not None:
        actions.mark_comparison_failed(story=story, message=message)


def _refresh_connection() -> None:
    """Leave a connection the server has closed behind; a job's first query would find out."""
    if not connection.in_atomic_block:
        close_old_connections()


def _is_last(context: JobContext) -> bool:
    return context.job.attempts + 1 >= settings.JOB_ATTEMPTS
