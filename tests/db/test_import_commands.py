"""`import_articles` and `seed` from the command line."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.articles.importers import read_files
from apps.articles.models import Article, ImportBatch, Outlet, Story
from apps.articles.text.types import RawArticle
from apps.claims.actions import annotate
from apps.claims.models import FindingDecision
from tests.db.stories import make_article, make_story, make_user

pytestmark = pytest.mark.django_db


def _import(*paths: Path) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_articles", *map(str, paths), stdout=out, stderr=err)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_a_folder_is_saved_and_its_analysis_deferred(tmp_path: Path):
    (tmp_path / "a.txt").write_text("The ferry sank.")
    (tmp_path / "b.txt").write_text("The ferry did not sink.")
    (tmp_path / "meta.json").write_text(json.dumps([{"file": "a.txt", "outlet": "Harbour Post"}]))

    status, out, err = _import(tmp_path)

    assert (status, err) == (0, "")
    assert out.splitlines() == ["saved: a.txt.", "saved: b.txt.", "2 saved"]
    assert sorted(Article.objects.values_list("outlet__name", flat=True)) == ["Harbour Post", "b"]
    assert ProcrastinateJob.objects.filter(task_name="analyse_article").count() == 2


def test_importing_again_says_which_articles_are_here(tmp_path: Path):
    (tmp_path / "a.txt").write_text("The ferry sank.")
    _import(tmp_path)

    status, out, _ = _import(tmp_path)

    assert status == 0
    assert "already here: a.txt. The same text is already here: a, “a.txt”." in out
    assert Article.objects.count() == 1


def test_what_cannot_be_read_is_named_with_what_to_do_and_the_rest_is_saved(tmp_path: Path):
    (tmp_path / "a.txt").write_text("The ferry sank.")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")

    status, out, err = _import(tmp_path, tmp_path / "missing.txt")

    assert status == 1
    assert "b.pdf: This is a PDF, not text. Save it as text, or paste the text instead." in err
    assert f"{tmp_path / 'missing.txt'}: There is no such file or folder. Check the path." in err
    assert out.splitlines()[-1] == "1 saved, 2 rejected"


def test_with_nothing_readable_the_status_is_2(tmp_path: Path):
    status, _, err = _import(tmp_path / "missing.txt")

    assert status == 2
    assert "There is no such file or folder" in err


def test_seeding_twice_changes_nothing():
    call_command("seed", stdout=StringIO())
    articles = list(Article.objects.order_by("pk").values_list("pk", "text_digest", "version"))
    out = StringIO()

    call_command("seed", stdout=out)

    assert len(articles) >= 15
    assert (
        list(Article.objects.order_by("pk").values_list("pk", "text_digest", "version")) == articles
    )
    assert "0 new articles" in out.getvalue()
    assert set(ImportBatch.objects.values_list("kind", flat=True)) == {"seed"}
    assert all(batch.items.exists() for batch in ImportBatch.objects.all())


def test_the_demonstration_is_removed_with_what_was_decided_and_stays_away():
    call_command("seed", stdout=StringIO())
    first, second = Article.objects.filter(batch__kind="seed").order_by("pk")[:2]
    story = Story.objects.create(title="Shown", slug="shown", is_demonstration=True)
    Article.objects.update(story=story)
    real = make_article(make_story(), "North Post", ["The ferry sank."])
    user = make_user()
    annotate(article=first, start=0, end=4, note="Look", user=user)
    FindingDecision.objects.create(
        story=story, finding_key="k", kind="omission", value="confirm", made_by=user
    )
    out = StringIO()

    call_command("seed", "--remove", stdout=out)

    assert "1 demonstration stories" in out.getvalue()
    assert list(Article.objects.all()) == [real]
    assert list(Outlet.objects.all()) == [real.outlet]
    assert not Story.objects.filter(is_demonstration=True).exists()
    call_command("seed", "--unless-removed", stdout=StringIO())
    assert Article.objects.count() == 1
    call_command("seed", stdout=StringIO())
    assert Article.objects.filter(pk__in=[first.pk, second.pk]).count() == 0
    assert Article.objects.count() > 10


def test_a_story_that_real_articles_were_moved_into_outlives_the_demonstration():
    call_command("seed", stdout=StringIO())
    story = Story.objects.create(title="Shown", slug="shown", is_demonstration=True)
    Article.objects.update(story=story)
    real = make_article(story, "North Post", ["The ferry sank."])

    call_command("seed", "--remove", stdout=StringIO())

    story.refresh_from_db()
    assert list(story.articles.all()) == [real]
    assert not story.is_demonstration


def test_every_seed_states_its_outlet_and_address():
    found = list(read_files([settings.BASE_DIR / "seeds"]))

    assert [item for item in found if not isinstance(item, RawArticle)] == []
    assert all(
        item.outlet and item.url and not item.notes
        for item in found
        if isinstance(item, RawArticle)
    )


def test_a_folder_without_stories_is_no_seed(tmp_path: Path):
    with pytest.raises(CommandError, match="holds no story folders"):
        call_command("seed", "--folder", str(tmp_path))
