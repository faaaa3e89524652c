"""Articles that came in together or look alike, and were taken for another event."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.articles.models import Article, ImportBatch, Story
from apps.claims.related import find_related
from tests.db.stories import make_article, make_story, make_user, sketch_article

pytestmark = pytest.mark.django_db

FIRE = ("dunmore", "mill", "forklift", "exit", "chain", "hydrant", "shift", "loom")
BUDGET = ("budget", "council", "fare", "surcharge", "librari", "deficit", "mayor", "vote")


@pytest.fixture
def mill() -> Story:
    """A fire, told by two; a year-old fire of another story that shares its words."""
    story, before = make_story("Mill burns"), make_story("One year after")
    for outlet in ("Coast Wire", "South Mail"):
        sketch_article(make_article(story, outlet, ["It burned."]), FIRE, day="2031-05-04")
    sketch_article(
        make_article(before, "SafeShift Watch", ["It burned."]), FIRE[:6], day="2030-05-01"
    )
    return story


def _outlets(story: Story) -> list[str]:
    return [related.outlet for related in find_related(story)]


def test_an_article_that_looks_alike_and_is_in_another_story_is_named_with_why(mill):
    (related,) = find_related(mill)

    assert (related.outlet, related.story_title) == ("SafeShift Watch", "One year after")
    assert any("Dunmore" in reason for reason in related.reasons)
    assert 0.05 <= related.score <= 1.0
    assert not related.together


def test_a_story_about_something_else_is_not_named(mill):
    sketch_article(
        make_article(make_story("Budget"), "Herald", ["It passed."]), BUDGET, day="2031-05-04"
    )

    assert _outlets(mill) == ["SafeShift Watch"]


@pytest.mark.parametrize(("shared", "is_named"), [(3, False), (4, True)])
def test_few_words_that_any_two_articles_of_a_day_share_name_none(mill, shared, is_named):
    words = (*BUDGET[:-shared], *FIRE[-shared:])
    herald = make_article(make_story("Budget"), "Herald", ["It passed."])
    sketch_article(herald, words, day="2031-05-04")

    assert ("Herald" in _outlets(mill)) is is_named


def test_what_came_in_together_is_named_however_little_it_shares(mill):
    herald = make_article(make_story("Budget"), "Herald", ["It passed."])
    sketch_article(herald, BUDGET, day="2031-05-04")
    batch = ImportBatch.objects.create(kind="command")
    Article.objects.filter(pk__in=[herald.pk, mill.articles.order_by("pk")[0].pk]).update(
        batch=batch
    )

    assert _outlets(mill) == ["Herald", "SafeShift Watch"]
    assert [related.together for related in find_related(mill)] == [True, False]


def test_what_the_demonstration_brought_did_not_come_in_together(mill):
    herald = make_article(make_story("Budget"), "Herald", ["It passed."])
    sketch_article(herald, BUDGET, day="2031-05-04")
    Article.objects.update(batch=ImportBatch.objects.create(kind="seed"))

    assert _outlets(mill) == ["SafeShift Watch"]


@pytest.mark.parametrize("page", ["overview", "story_articles"])
def test_the_pages_say_it_and_lead_there(client: Client, mill, page):
    client.force_login(make_user("rhea", "reader"))
    other = Story.objects.get(title="One year after")

    html = client.get(reverse(f"claims:{page}", args=[mill.slug])).content.decode()

    assert "Near, but in another story" in html
    assert "SafeShift Watch" in html
    assert f'href="{other.get_absolute_url()}">Its story:' in html


def test_a_story_that_nothing_is_near_says_nothing(client: Client):
    story = make_story()
    sketch_article(make_article(story, "Coast Wire", ["It burned."]), FIRE, day="2031-05-04")
    client.force_login(make_user("rhea", "reader"))

    html = client.get(reverse("claims:story_articles", args=[story.slug])).content.decode()

    assert "Near, but in another story" not in html
