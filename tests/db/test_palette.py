"""Going somewhere by typing a few letters."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.claims.palette import find_places
from tests.db.stories import count_queries, make_matrix, make_story, make_user

pytestmark = pytest.mark.django_db


def _words(query, story=None):
    return [place.words for group in find_places(query, story) for place in group.places]


def test_every_word_typed_has_to_be_in_a_place():
    make_story("Ferry runs aground")
    make_story("Ferry ablaze")

    assert _words("ferry ground") == ["Ferry runs aground"]
    assert _words("FERRY") == ["Ferry ablaze", "Ferry runs aground"]
    assert _words("no such thing") == []


def test_a_story_offers_its_pages_outlets_and_kinds_of_findings():
    story = make_matrix(2, 3)

    assert _words("numbers", story) == ["Numbers", "Numbers conflict"]
    assert _words("outlet 1", story) == ["Read Outlet 1", "Compare against Outlet 1", "Only Outlet 1"]  # fmt: skip


def test_the_page_works_with_any_words_and_any_story(client: Client):
    client.force_login(make_user())
    story = make_story("<b>Ferry</b> & co")

    html = client.get(reverse("claims:go"), {"q": "<b>", "story": story.slug}).content.decode()

    assert "<b>Ferry" not in html
    assert "&lt;b&gt;Ferry&lt;/b&gt; &amp; co" in html
    assert client.get(reverse("claims:go"), {"q": "\0%_'", "story": "gone"}).status_code == 200
    assert client.get(reverse("claims:go"), {"q": "x" * 5000}).status_code == 200


def test_only_people_who_signed_in_are_told_what_there_is(client: Client):
    assert client.get(reverse("claims:go")).status_code == 302


def test_places_cost_the_same_queries_in_a_large_story():
    small, large = make_matrix(2, 3), make_matrix(12, 20)

    few, many = (count_queries(find_places, "o", story) for story in (small, large))

    assert few == many == 3
