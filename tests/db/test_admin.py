"""The administration: the archive can be searched and repaired, and texts can't be changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.articles.actions import create_story, import_batch, mark_failed
from apps.articles.models import Article, ImportBatch, Story
from apps.articles.text.types import RawArticle

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> User:
    user = User.objects.create_user("noor", is_staff=True)
    user.groups.add(Group.objects.get(name="admin"))
    client.force_login(user)
    return user


def _import(*titles: str) -> list[Article]:
    raws = [
        RawArticle(
            text=f"The text of {title}.",
            name=f"{title}.txt",
            title=title,
            outlet=f"Outlet of {title}",
        )
        for title in titles
    ]
    articles = list(import_batch(kind=ImportBatch.Kind.UPLOAD, items=raws).articles.order_by("pk"))
    for article in articles:
        create_story(article=article)
    ProcrastinateJob.objects.all()._raw_delete("default")
    return articles


def _act(client: Client, model: str, action: str, rows: list[Any], **data: str) -> Any:
    chosen = {"action": action, "_selected_action": [row.pk for row in rows], **data}
    return client.post(reverse(f"admin:articles_{model}_changelist"), chosen, follow=True)


def _jobs(task: str) -> list[dict[str, int]]:
    return list(
        ProcrastinateJob.objects.filter(task_name=task)
        .order_by("id")
        .values_list("args", flat=True)
    )


@pytest.mark.parametrize(
    "model", ["outlet", "story", "article", "importbatch", "rolecorrection", "feed"]
)
def test_every_list_opens_and_can_be_searched(client: Client, admin: User, model: str):
    _import("Ferry", "Fair")

    response = client.get(
        reverse(f"admin:articles_{model}_changelist"),
        {"q": "Ferry"} if model != "importbatch" else {},
    )

    assert response.status_code == 200


@pytest.mark.parametrize("model", ["outlet", "story", "article", "importbatch"])
def test_every_row_opens(client: Client, admin: User, model: str):
    (article,) = _import("Ferry")
    row = {
        "outlet": article.outlet,
        "story": article.story,
        "article": article,
        "importbatch": article.batch,
    }[model]
    assert row is not None

    response = client.get(reverse(f"admin:articles_{model}_change", args=[row.pk]))

    assert response.status_code == 200


def test_the_list_of_articles_leads_to_the_upload_page_and_adds_no_other_way(
    client: Client, admin: User
):
    page = client.get(reverse("admin:articles_article_changelist")).content.decode()

    assert reverse("articles:upload") in page and "Upload articles" in page
    assert client.get(reverse("admin:articles_article_add")).status_code == 403


def test_a_text_is_shown_and_cannot_be_changed(client: Client, admin: User):
    (article,) = _import("Ferry")
    url = reverse("admin:articles_article_change", args=[article.pk])
    data = {
        "title": "Ferry lost",
        "outlet": article.outlet_id,
        "story": article.story_id,
        "text": "Another text.",
        "segments-TOTAL_FORMS": 0,
        "segments-INITIAL_FORMS": 0,
    }

    page = client.get(url).content.decode()
    response = client.post(url, data)

    article.refresh_from_db()
    assert response.status_code == 302
    assert "The text of Ferry." in page and 'name="text"' not in page
    assert (article.title, article.text) == ("Ferry lost", "The text of Ferry.")
    assert _jobs("analyse_article") == [{"article_id": article.pk}]


def test_another_story_chosen_in_the_form_is_a_move_that_stays(client: Client, admin: User):
    ferry, fair = _import("Ferry", "Fair")
    data = {
        "title": ferry.title,
        "outlet": ferry.outlet_id,
        "story": fair.story_id,
        "segments-TOTAL_FORMS": 0,
        "segments-INITIAL_FORMS": 0,
    }

    client.post(reverse("admin:articles_article_change", args=[ferry.pk]), data)

    ferry.refresh_from_db()
    assert (ferry.story, ferry.story_is_fixed) == (fair.story, True)
    assert len(_jobs("compare_story")) == 2
    assert _jobs("analyse_article") == []


def test_a_story_named_by_a_person_keeps_its_name(client: Client, admin: User):
    (article,) = _import("Ferry")
    story = article.story
    assert story is not None
    data = {"title": "The Marigold", "articles-TOTAL_FORMS": 0, "articles-INITIAL_FORMS": 0}

    client.post(reverse("admin:articles_story_change", args=[story.pk]), data)

    story.refresh_from_db()
    assert (story.title, story.title_is_fixed) == ("The Marigold", True)


def test_failed_articles_are_analysed_again(client: Client, admin: User):
    articles = _import("Ferry", "Fair")
    for article in articles:
        mark_failed(article=article, message="Too long.")

    _act(client, "article", "analyse_again", articles)

    assert set(Article.objects.values_list("state", flat=True)) == {Article.State.WAITING}
    assert len(_jobs("analyse_article")) == 2


def test_articles_are_moved_to_a_story_after_it_was_asked_which(client: Client, admin: User):
    ferry, fair, feast = _import("Ferry", "Fair", "Feast")

    asked = _act(client, "article", "move", [fair, feast]).content.decode()
    _act(client, "article", "move", [fair, feast], confirmed="1", story=str(ferry.story_id))

    assert "Move to a story" in asked
    assert ferry.story is not None
    assert ferry.story.articles.count() == 3


def test_articles_moved_to_no_story_make_one_of_their_own(client: Client, admin: User):
    ferry, fair = _import("Ferry", "Fair")

    _act(client, "article", "move", [ferry, fair], confirmed="1", story="")

    ferry.refresh_from_db()
    fair.refresh_from_db()
    assert ferry.story == fair.story and ferry.story is not None
    assert ferry.story.slug == "ferry-2"


def test_stories_are_merged_and_one_alone_is_not(client: Client, admin: User):
    ferry, fair = _import("Ferry", "Fair")

    alone = _act(client, "story", "merge", [ferry.story]).content.decode()
    _act(client, "story", "merge", [ferry.story, fair.story])

    assert "two or more" in alone
    assert Story.objects.with_articles().count() == 1


def test_an_editor_without_access_to_the_administration_is_sent_to_sign_in(client: Client):
    user = User.objects.create_user("ed")
    user.groups.add(Group.objects.get(name="editor"))
    client.force_login(user)

    assert client.get(reverse("admin:articles_article_changelist")).status_code == 302


@pytest.mark.parametrize("model", ["outlet", "story", "article", "importbatch"])
def test_lists_need_no_more_queries_for_many_rows(
    client: Client, admin: User, django_assert_max_num_queries: Any, model: str
):
    def count(start: int, end: int) -> int:
        for number in range(start, end):
            _import(f"Title {number}")
        with django_assert_max_num_queries(30) as captured:
            client.get(reverse(f"admin:articles_{model}_changelist"))
        return len(captured)

    count(0, 2)
    assert count(2, 3) == count(3, 20)
