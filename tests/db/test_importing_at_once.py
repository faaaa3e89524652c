"""Several processes importing at the same time, and one killed half-way."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.articles.actions import import_article, open_batch
from apps.articles.models import Article, ImportBatch, Outlet
from apps.articles.text.types import RawArticle

pytestmark = pytest.mark.django_db(transaction=True)

URL = "https://harbour.example.org/ferry"

COMMAND = """
import sys
from config import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.core.management import call_command
call_command("import_articles", sys.argv[2])
"""


def _import(raw: RawArticle) -> str:
    try:
        item = import_article(raw=raw, batch=open_batch(kind=ImportBatch.Kind.COMMAND))
        return str(item.result)
    finally:
        connection.close()


def test_one_text_imported_by_many_at_once_is_saved_once():
    raw = RawArticle(text="The ferry sank.", name="a.txt", outlet="Harbour Post", url=URL)

    with ThreadPoolExecutor(6) as pool:
        results = sorted(pool.map(_import, [raw] * 6))

    assert results == ["already here"] * 5 + ["saved"]
    assert Outlet.objects.count() == 1


def test_texts_of_one_address_imported_at_once_become_versions_in_a_row():
    raws = [
        RawArticle(
            text=f"The ferry sank; {count} hurt.", name="a.txt", outlet="Harbour Post", url=URL
        )
        for count in range(6)
    ]

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(_import, raws))

    assert sorted(Article.objects.values_list("version", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Article.objects.current().get().version == 6


@pytest.mark.slow
def test_an_import_that_is_killed_can_be_run_again_and_leaves_nothing_twice(tmp_path: Path):
    for number in range(300):
        (tmp_path / f"{number:03}.txt").write_text(f"The ferry number {number} sank.")
    arguments = [
        sys.executable,
        "-c",
        COMMAND,
        str(connection.settings_dict["NAME"]),
        str(tmp_path),
    ]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    running = subprocess.Popen(
        arguments, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL
    )
    until = time.monotonic() + 30
    while Article.objects.count() < 20 and time.monotonic() < until:
        time.sleep(0.01)

    running.kill()
    running.wait()
    saved = Article.objects.count()
    deferred = ProcrastinateJob.objects.filter(task_name="analyse_article").count()
    again = subprocess.run(
        arguments, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, check=False
    )

    assert 20 <= saved < 300
    assert deferred == saved
    assert again.returncode == 0
    assert Article.objects.count() == 300
    assert ProcrastinateJob.objects.filter(task_name="analyse_article").count() == 300
