"""Going somewhere by typing a few letters."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.claims.palette import SITE_PAGES, STORY_PAGES, find_places
from tests.db.stories import client_of, count_queries, make_matrix, make_story, make_user

pytestmark = pytest.mark.django_db

PAGES = [(words, permission) for _, words, permission in (*STORY_PAGES, *SITE_PAGES)]


def _may_all(permission: str) -> bool:
    return True


def _words(query, story=None):
    groups = find_places(query, story, _may_all)
    return [place.words for group in groups for place in group.places]


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


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        ("reader", {"Desk", "Add articles", "Colleagues"}),
        ("fact-checker", {"Add articles", "Colleagues"}),
        ("editor", {"Colleagues"}),
        ("admin", set()),
    ],
)
def test_every_page_a_role_may_open_is_a_place_and_no_other_is(role, refused):
    story = make_story()
    user = make_user(role, role)
    client = client_of(user)

    offered = {
        place.words: place.href
        for words in ("", *dict(PAGES))
        for group in find_places(words, story, user.has_perm)
        for place in group.places
    }

    assert {words for words, _ in PAGES if words not in offered} == refused
    answers = {
        words: client.get(offered[words]).status_code for words, _ in PAGES if words in offered
    }
    assert set(answers.values()) == {200}, answers


def test_who_has_no_role_is_led_to_no_page_that_needs_one():
    user = make_user("rolf", "reader")
    user.groups.clear()

    offered = {
        place.words
        for words, _ in PAGES
        for group in find_places(words, make_story(), user.has_perm)
        for place in group.places
    }

    assert offered.isdisjoint(words for words, permission in PAGES if permission)


def test_who_did_what_colleagues_and_what_is_muted_are_places():
    story = make_story()

    places = {
        words: [p.href for group in find_places(words, story, _may_all) for p in group.places]
        for words in ("who did", "colleag", "muted")
    }

    assert places == {
        "who did": [reverse("claims:story_history", args=[story.slug])],
        "colleag": [reverse("claims:colleagues")],
        "muted": [f"{reverse('claims:finding_kinds')}#muted"],
    }


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

    few, many = (count_queries(find_places, "o", story, _may_all) for story in (small, large))

    assert few == many == 3
