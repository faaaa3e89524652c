"""The guided tour: every step points at what is there, in the demonstration story as analysed."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from apps.articles.actions import save_demonstration
from apps.articles.models import Article, ImportBatch, Story
from apps.claims.actions import analyse_article, compare_story
from apps.claims.guide import FIRST_ARTICLE, STEPS, build_guide, find_story
from tests.db.stories import make_article, make_story, make_user

pytestmark = pytest.mark.django_db


def seed_mill() -> Story:
    """Save the demonstration stories, and read and compare the one the guide is about."""
    call_command("seed", stdout=StringIO())
    for name in ("Northern Press", "Daily Glance", "WDF Channel 6", "Dunmore Falls Ledger"):
        articles = Article.objects.filter(outlet__name=name, text__contains="Harrow & Teale")
        analyse_article(article=articles.get())
    story = find_story()
    assert story is not None
    return compare_story(story=story)


def make_mill() -> Story:
    """A story with the guide's first article and nothing found in it."""
    story = make_story("Fire at a mill")
    make_article(story, "Northern Press", ["Six workers died."], url=FIRST_ARTICLE)
    return story


def _sign_in(client: Client, role: str) -> None:
    client.force_login(make_user(role.replace("-", ""), role))


def test_each_step_points_at_something_on_its_page(client):
    seed_mill()
    admin = make_user("adam", "admin")
    client.force_login(admin)

    guide = build_guide(admin)

    assert [found.step.name for found in guide.steps] == [step.name for step in STEPS]
    for found in guide.steps:
        assert found.place is not None, found.step.name
        html = client.get(found.address).content.decode()
        assert html.count(f'id="{found.place.element}"') == 1, found.step.name
        assert f'data-points-at="{found.place.element}"' in html
        assert f"{found.number} of {len(STEPS)}" in html


def test_what_a_step_says_is_on_the_page_it_leads_to(client):
    seed_mill()
    client.force_login(make_user("adam", "admin"))
    said = {
        "row": ("Six workers died", "people are dead"),
        "article": ("overheated in the dyeing hall",),
        "decide": ("long put output before people",),
        "set-aside": ("Alder Street Elementary",),
    }

    for name, words in said.items():
        html = client.get(reverse("claims:guide_step", args=[name]), follow=True).content.decode()
        text = " ".join(re.sub(r"<[^>]+>", "", html).split())
        for word in words:
            assert word in text, (name, word)


@pytest.mark.parametrize(
    ("role", "last"), [("reader", "reuse"), ("fact-checker", "desk"), ("editor", "upload")]
)
def test_a_role_is_shown_what_it_may_do(role: str, last: str):
    make_mill()

    steps = build_guide(make_user("rhea", role)).steps

    assert steps[-1].step.name == last
    assert [found.number for found in steps] == list(range(1, len(steps) + 1))


def test_a_step_the_story_does_not_show_is_passed_over(client):
    make_mill()
    _sign_in(client, "editor")

    page = client.get(reverse("claims:guide")).content.decode()
    onward = client.get(reverse("claims:guide_step", args=["overview"]))

    assert "not in the story as it stands" in page
    assert onward.url == f"{reverse('articles:upload')}?guide=upload#paste"


def test_back_passes_missing_steps_over_in_the_other_direction(client):
    make_mill()
    _sign_in(client, "reader")

    answer = client.get(reverse("claims:guide_step", args=["reuse"]) + "?back")

    assert answer.url == reverse("claims:guide")


@pytest.mark.parametrize("query", ["guide=row", "guide=nonsense", "guide=%00", "guide="])
def test_a_page_never_shows_a_step_that_is_not_there(client, query: str):
    story = make_mill()
    _sign_in(client, "editor")

    html = client.get(f"{story.get_absolute_url()}?{query}").content.decode()

    assert 'id="guide"' not in html


def test_closing_the_guide_keeps_what_else_the_address_says(client):
    make_mill()
    _sign_in(client, "editor")

    html = client.get(f"{reverse('articles:upload')}?a=1&guide=upload&b=2").content.decode()

    assert f'href="{reverse("articles:upload")}?a=1&amp;b=2" id="guide-close"' in html


def test_the_guide_leads_on_where_there_is_no_demonstration(client):
    _sign_in(client, "admin")

    html = client.get(reverse("claims:guide")).content.decode()

    assert "The demonstration stories are not here" in html
    assert f'action="{reverse("claims:begin_guide")}"' in html


def test_who_adds_no_articles_is_told_who_can_bring_the_demonstration(client):
    _sign_in(client, "reader")

    html = client.get(reverse("claims:guide")).content.decode()
    answer = client.post(reverse("claims:begin_guide"))

    assert "Somebody who may add articles" in html
    assert answer.status_code == 403
    assert not Article.objects.exists()


def test_the_demonstration_is_brought_in_by_a_button(client):
    _sign_in(client, "editor")

    answer = client.post(reverse("claims:begin_guide"), follow=True)

    assert Article.objects.filter(batch__kind=ImportBatch.Kind.SEED).count() >= 15
    assert answer.redirect_chain[0][0] == reverse("claims:guide")


def test_bringing_the_demonstration_in_twice_changes_nothing():
    folder = settings.BASE_DIR / "seeds"
    stories, articles = save_demonstration(folder=folder)

    assert save_demonstration(folder=folder) == (stories, 0)
    assert articles == Article.objects.count()


def test_the_guide_is_found_from_the_menu_the_help_and_the_empty_stories(client):
    _sign_in(client, "reader")
    address = f'href="{reverse("claims:guide")}"'

    for name in ("stories", "finding_kinds", "search"):
        html = client.get(reverse(f"claims:{name}")).content.decode()
        assert address in html, name
    assert address in client.get(reverse("claims:stories")).content.decode().split("<main")[1]


def test_another_story_with_the_same_words_is_not_taken_for_the_demonstration():
    make_article(make_story(), "North Mail", ["Six workers died."], url="https://example.org/a")

    assert find_story() is None
