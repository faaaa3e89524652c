"""Versions of an article: what changed, which one is read, where the date was read."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.articles.models import Article, Story
from apps.claims.story_articles import build_story_articles
from apps.claims.versions import MOST_CHANGES, find_versions
from tests.db.stories import (
    count_queries,
    make_article,
    make_story,
    make_version,
)

pytestmark = pytest.mark.django_db

FIRST = ["Seven people died in the mill.", "Crews had the upper hand."]
SECOND = [
    "Six people died in the mill.",
    "Crews got the upper hand.",
    "Correction, 11:40 p.m.: an earlier version gave the number of dead as seven.",
]


@pytest.fixture
def fire() -> tuple[Article, Article]:
    story = make_story("The mill fire")
    make_article(story, "Daily Glance", ["Six workers died."])
    old = make_article(story, "WDF", FIRST)
    return old, make_version(old, SECOND)


def test_a_version_says_what_it_changed_and_of_which_sort(reader, fire):
    page = reader.get(fire[1].get_absolute_url()).content.decode()

    changes = page[page.index('id="changes"') : page.index('class="article-text"')]
    sorts = re.findall(r"<b>(Correction notice|Changed fact|Other wording)</b>", changes)
    assert sorts == ["Correction notice", "Changed fact", "Other wording"]
    assert re.search(r"number: <del[^>]*>Seven</del> → <ins[^>]*>Six</ins>", changes)
    assert re.search(r"<del[^>]*>had</del>", changes) and re.search(r"<ins[^>]*>got</ins>", changes)


def test_the_first_version_says_that_it_was_replaced_and_has_no_shares(reader, fire):
    old, new = fire

    page = reader.get(old.get_absolute_url()).content.decode()

    assert "<b>Version 1</b>, replaced on" in page and "by version 2" in page
    assert f'href="{new.get_absolute_url()}#changes"' in page
    assert "only here" not in page and 'id="changes"' not in page
    assert ">WDF</a>" not in page and ">Daily Glance</a>" in page


def test_an_article_that_is_alone_in_its_address_has_no_versions(reader, fire):
    glance = Article.objects.get(outlet__name="Daily Glance")

    page = reader.get(glance.get_absolute_url()).content.decode()

    assert "replaced on" not in page and 'id="changes"' not in page
    assert "only here" in page


def test_shares_wait_for_the_comparison(reader, fire):
    Story.objects.update(stale_since=timezone.now())

    page = reader.get(fire[1].get_absolute_url()).content.decode()

    assert "not compared yet" in page and "only here" not in page


def test_the_articles_tab_and_the_timeline_lead_to_what_changed(reader, fire):
    _, new = fire
    assert new.story is not None

    versions = {a.column.outlet: a.version for a in build_story_articles(new.story).articles}
    pages = [
        reader.get(reverse(f"claims:{name}", args=[new.story.slug])).content.decode()
        for name in ("story_articles", "timeline")
    ]

    assert versions == {"Daily Glance": 1, "WDF": 2}
    assert all(page.count(f"{new.get_absolute_url()}#changes") == 1 for page in pages)


def test_versions_of_one_address_are_set_side_by_side_and_others_are_not(reader, fire):
    old, new = fire

    page = reader.get(find_versions(new).beside)

    assert page.status_code == 200
    assert page.context["page"].direction == "version"
    Article.objects.filter(pk=old.pk).update(url="https://wdf.example/another")
    assert find_versions(new).beside == ""


def test_of_many_changes_the_first_are_shown_and_the_rest_counted():
    story = make_story("Long")
    old = make_article(story, "WDF", [f"Boat {n} lay in bay {n}." for n in range(60)])
    new = make_version(old, [f"Boat {n} sank in bay {n}." for n in range(60)])

    found = find_versions(new)

    assert (len(found.changes), found.more) == (MOST_CHANGES, 60 - MOST_CHANGES)


def test_hostile_words_stay_words(reader):
    story = make_story("Odd")
    old = make_article(story, "WDF", ["<b>Six</b> died there."])
    new = make_version(old, ["<script>Six</script> died there."])

    page = reader.get(new.get_absolute_url()).content.decode()

    assert "<script>Six" not in page and "&lt;" in page


def test_where_a_date_was_read_is_quoted_on_the_article(reader):
    story = make_story("Dated")
    article = make_article(story, "WDF", ["Published May 4, 2031", "The mill burned for a night."])
    article.segments.filter(position=0).update(role="dateline")
    Article.objects.update(published_iso="2031-05-04", published_source="inferred:published")

    page = reader.get(article.get_absolute_url()).content.decode()

    assert "4 May 2031, read in a line that says when it was published: <q" in page
    assert ">Published May 4, 2031</q>" in page


def test_the_page_costs_the_same_for_long_versions_and_short_ones(reader, fire):
    story = make_story("Long")
    make_article(story, "Daily Glance", ["Six workers sat there."])
    old = make_article(story, "WDF", ["Boat one lay there."])
    longer = make_version(old, [f"Boat {n} lay in bay {n}." for n in range(20)])
    counts = []
    for article in (fire[1], longer):
        counts.append(count_queries(reader.get, article.get_absolute_url()))

    assert counts[0] == counts[1]
