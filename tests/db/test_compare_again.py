"""Having a story compared again, from the page of its articles."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.articles.models import Story
from tests.db.stories import claim_of, make_article, make_row, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    story = make_story("Dam of Orrin leaks")
    north = make_article(story, "North Post", ["The dam leaks."])
    south = make_article(story, "South Mail", ["Water seeps out."], hours=1)
    make_row(story, [claim_of(north), claim_of(south)], "leak")
    return story


@pytest.fixture
def checker() -> Client:
    client = Client()
    client.force_login(make_user("wanda", "fact-checker"))
    return client


def test_a_story_is_compared_again_by_whoever_may_decide_about_its_rows(
    checker: Client, story: Story
) -> None:
    page = reverse("claims:story_articles", args=[story.slug])
    address = reverse("claims:compare_again", args=[story.slug])
    assert "Compare again" in checker.get(page).content.decode()

    html = checker.post(address, follow=True).content.decode()

    assert "The story is compared again." in html
    assert ProcrastinateJob.objects.filter(task_name="compare_story").count() == 1
    # The page asks how far it is, and offers no second one meanwhile.
    assert 'id="progress"' in html
    assert 'id="compare-again" disabled' in html


def test_a_reader_has_nothing_compared_again(story: Story) -> None:
    reader = Client()
    reader.force_login(make_user("rita", "reader"))
    page = reverse("claims:story_articles", args=[story.slug])

    response = reader.post(reverse("claims:compare_again", args=[story.slug]))

    assert response.status_code == 403
    assert "Compare again" not in reader.get(page).content.decode()
    assert not ProcrastinateJob.objects.exists()
