"""Analysis in the queue: killed workers, failing texts, one comparison a story."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.articles.actions import import_article, mark_failed, open_batch, retry_article
from apps.articles.models import Article, Story
from apps.articles.text.types import RawArticle
from apps.claims import actions, tasks
from apps.claims.models import Claim
from config.jobs import recover_stalled_jobs

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from config import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.core.management import call_command
call_command("worker", *sys.argv[2:])
"""
PLACES = ("Alder Bay", "Birk Sound", "Corran Point", "Dunlow", "Esker Hill")


def start_worker(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, connection.settings_dict["NAME"], *arguments],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def save(number: int) -> Article:
    place = PLACES[number % len(PLACES)]
    text = (
        f"Storm {number} floods {place}\n\n"
        f"{place.upper()}, May 4 - Flood water damaged {number + 20} homes in {place} on Sunday, "
        f"the mayor's office said.\n\n"
        f'"We have never seen water this high," resident number {number} said.\n'
    )
    batch = open_batch(kind="command")
    item = import_article(
        raw=RawArticle(text=text, name=f"{number}.txt", outlet=f"Paper {number % 7}"), batch=batch
    )
    assert item.article is not None
    return item.article


def context(attempts: int = 0) -> SimpleNamespace:
    return SimpleNamespace(job=SimpleNamespace(attempts=attempts))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_during_an_import_of_40_articles_loses_none_and_reads_none_twice() -> None:
    for number in range(40):
        save(number)

    worker = start_worker()
    deadline = time.monotonic() + 120
    while Article.objects.filter(analysed_times__gt=0).count() < 12:
        assert time.monotonic() < deadline and worker.poll() is None, "the worker does not work"
        time.sleep(0.02)
    worker.kill()
    worker.wait()
    assert Article.objects.filter(analysed_times__gt=0).count() < 40
    # As when the next worker comes after the silence that tells a dead one.
    recover_stalled_jobs(silence=0, attempts=3)
    second = start_worker("--until-empty")
    second.wait(timeout=240)

    articles = Article.objects.all()
    assert {article.state for article in articles} == {"analysed"}
    assert {article.analysed_times for article in articles} == {1}
    assert all(article.story_id for article in articles)
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"succeeded"}
    assert not Story.objects.filter(articles__isnull=False, stale_since__isnull=False).exists()
    positions = list(Claim.objects.values_list("article_id", "position"))
    assert len(positions) == len(set(positions)) > 40


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_reading_one_event_at_once_make_one_story() -> None:
    for number, words in enumerate(("late on", "on", "early on", "around noon on", "by"), start=1):
        import_article(
            raw=RawArticle(
                text=f"Crane falls at Torvik harbour\n\nA loading crane fell onto a warehouse at "
                f"Torvik harbour {words} Sunday, police spokesman Jonas Eide said. Union leader "
                f"Marta Lunde had warned the port company about rust for {number + 2} years.\n",
                name=f"{number}.txt",
                outlet=f"Paper {number}",
            ),
            batch=open_batch(kind="command"),
        )

    workers = [start_worker("--until-empty") for _ in range(2)]
    for worker in workers:
        worker.wait(timeout=240)

    assert Story.objects.filter(articles__isnull=False).distinct().count() == 1
    assert set(Article.objects.values_list("state", flat=True)) == {"analysed"}
    story = Story.objects.get()
    assert story.compared_at is not None and story.stale_since is None
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"succeeded"}


@pytest.mark.django_db
def test_an_article_that_was_stored_before_its_worker_died_is_not_read_again() -> None:
    article = save(1)
    actions.analyse_article(article=article)

    tasks.analyse_article(context(attempts=1), article_id=article.pk)

    assert Article.objects.get(pk=article.pk).analysed_times == 1


@pytest.mark.django_db
def test_a_text_that_breaks_the_analysis_fails_alone_and_says_so(monkeypatch) -> None:
    from apps.claims.analysis import pipeline

    def broken(*arguments: object) -> object:
        raise ZeroDivisionError("no words")

    article = save(1)
    monkeypatch.setattr(pipeline, "read_articles", broken)
    with pytest.raises(ZeroDivisionError):
        tasks.analyse_article(context(), article_id=article.pk)

    article.refresh_from_db()
    assert article.state == "failed"
    assert "Try again" in article.failure

    monkeypatch.undo()
    retry_article(article=article)
    tasks.analyse_article(context(), article_id=article.pk)
    assert Article.objects.get(pk=article.pk).state == "analysed"


@pytest.mark.django_db
def test_a_database_that_was_away_is_tried_again_before_the_article_fails(monkeypatch) -> None:
    def away(**options: object) -> None:
        raise OperationalError("server closed the connection")

    article = save(1)
    monkeypatch.setattr(actions, "analyse_article", away)

    with pytest.raises(OperationalError):
        tasks.analyse_article(context(attempts=0), article_id=article.pk)
    assert Article.objects.get(pk=article.pk).state == "waiting"

    with pytest.raises(OperationalError):
        tasks.analyse_article(context(attempts=2), article_id=article.pk)
    assert Article.objects.get(pk=article.pk).state == "failed"


@pytest.mark.django_db
def test_a_job_for_an_article_that_is_gone_ends_quietly() -> None:
    tasks.analyse_article(context(), article_id=10**9)
    tasks.compare_story(context(), story_id=10**9)


@pytest.mark.django_db
def test_many_articles_of_one_story_wait_for_one_comparison() -> None:
    first, second = save(0), save(5)
    for article in (first, second):
        actions.analyse_article(article=article)

    assert first.story_id is None  # the rows in memory are from before
    stories = set(Article.objects.values_list("story_id", flat=True))
    waiting = ProcrastinateJob.objects.filter(task_name="compare_story", status="todo")
    assert sorted(job.args["story_id"] for job in waiting) == sorted(stories)


@pytest.mark.django_db
def test_a_comparison_that_fails_says_so_on_the_story(monkeypatch) -> None:
    article = save(1)
    actions.analyse_article(article=article)
    story = Article.objects.get(pk=article.pk).story
    assert story is not None

    def broken(**options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "compare_story", broken)
    with pytest.raises(ZeroDivisionError):
        tasks.compare_story(context(), story_id=story.pk)

    story.refresh_from_db()
    assert "could not be compared" in story.failure
    assert story.stale_since is None


@pytest.mark.django_db
def test_a_job_given_up_marks_its_article() -> None:
    article = save(1)

    tasks.give_up_article(message="It stopped three times.", article_id=article.pk)

    article.refresh_from_db()
    assert (article.state, article.failure) == ("failed", "It stopped three times.")
    assert mark_failed(article=article, message="again").failure == "again"
