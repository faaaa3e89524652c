"""What is kept out is counted in one way: before saving, on the set-aside page, on the article."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.articles.models import Segment
from apps.claims.actions import relabel
from apps.claims.set_aside import build_set_aside, describe_set_aside
from tests.db.stories import make_article, make_story, make_user

pytestmark = pytest.mark.django_db

FOUR = ["The ferry ran aground.", "Boats wait.", "Boats wait.", "Photo: Ola Berg"]


@pytest.fixture
def story():
    """An article with a caption, the same once more, and a credit."""
    story = make_story()
    article = make_article(story, "North Post", FOUR)
    first, second, credit = Segment.objects.filter(article=article).order_by("position")[1:]
    Segment.objects.filter(pk__in=[first.pk, second.pk]).update(role="caption")
    Segment.objects.filter(pk=second.pk).update(duplicate_of=first)
    Segment.objects.filter(pk=credit.pk).update(role="credit")
    return story


@pytest.fixture
def edda(client: Client):
    user = make_user("edda", "editor")
    client.force_login(user)
    return user


COUNTS = "2 captions (1 of them a repeat), 1 credit"


def test_the_article_and_the_page_of_its_story_say_the_same(client, story, edda):
    (part,) = build_set_aside(story)

    article = client.get(part.article.get_absolute_url()).content.decode()
    page = client.get(reverse("claims:set_aside", args=[story.slug])).content.decode()

    assert part.counts == describe_set_aside(part.article) == COUNTS
    assert f"Set aside: {COUNTS}" in article
    assert f"Set aside: {COUNTS}" in page


def test_a_part_put_back_is_no_longer_counted_nor_listed_twice(story, edda):
    article = story.articles.get()
    credit = Segment.objects.get(article=article, role="credit")
    relabel(article=article, start=credit.start, end=credit.end, role="body", user=edda)

    (part,) = build_set_aside(story)

    assert part.counts == describe_set_aside(article) == "2 captions (1 of them a repeat)"
    assert [segment.role for segment in part.segments] == ["caption"]
    assert [correction.quote for correction in part.corrections] == ["Photo: Ola Berg"]


def test_what_a_person_sets_aside_is_counted(story, edda):
    article = story.articles.get()
    relabel(article=article, start=0, end=22, role="teaser", user=edda)

    assert describe_set_aside(article) == "2 captions (1 of them a repeat), 1 credit, 1 teaser"


def test_putting_a_part_back_leads_back_to_it(client, story, edda):
    credit = Segment.objects.get(article__story=story, role="credit")
    address = reverse("claims:set_aside", args=[story.slug])
    place = f"part-{credit.article_id}-{credit.start}"
    page = client.get(address).content.decode()
    assert f'id="{place}"' in page
    assert f'value="{address}#{place}"' in page

    data = {"start": credit.start, "end": credit.end, "role": "body"}
    response = client.post(
        reverse("claims:relabel", args=[credit.article_id]), {**data, "next": f"{address}#{place}"}
    )

    assert response["Location"] == f"{address}#{place}"
    assert client.get(address).content.decode().count(f'id="{place}"') == 1


def test_the_reason_stands_beside_what_was_set_aside_and_not_beside_the_report(client, story, edda):
    html = client.get(story.articles.get().get_absolute_url()).content.decode()

    assert html.count("para__reason") == 3
