"""Help on each kind of finding, beside it and on pages of its own."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.claims.finding_titles import all_titles
from tests.db.stories import claim_of, make_article, make_finding, make_row, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def rhea(client: Client):
    user = make_user("rhea", "reader")
    client.force_login(user)
    return user


def test_the_page_of_all_kinds_leads_to_each(client, rhea):
    html = client.get(reverse("claims:finding_kinds")).content.decode()

    for kind, title in all_titles().items():
        assert reverse("claims:finding_kind", args=[kind]) in html, title


def test_every_kind_has_a_page(client, rhea):
    for kind, title in all_titles().items():
        response = client.get(reverse("claims:finding_kind", args=[kind]))

        assert response.status_code == 200
        assert f"<h1>{title}</h1>" in response.content.decode()


def test_an_unknown_kind_is_nothing_here(client, rhea):
    assert client.get(reverse("claims:finding_kind", args=["weather"])).status_code == 404


def test_help_is_for_people_who_signed_in(client):
    response = client.get(reverse("claims:finding_kinds"))

    assert response.status_code == 302


@pytest.mark.parametrize("place", ["", "?in=panel"])
def test_a_finding_card_says_what_its_kind_means(client, rhea, place: str):
    story = make_story()
    north = make_article(story, "North Mail", ["It carried 40 people."])
    south = make_article(story, "South Mail", ["It carried 60 people."])
    row = make_row(story, [claim_of(north), claim_of(south)])
    make_finding(story, row, [claim_of(north), claim_of(south)], key="aboard")

    response = client.get(
        reverse("claims:finding", args=[story.slug, "aboard"]) + place,
        headers={"HX-Request": "true"} if place else {},
    )

    html = response.content.decode()
    assert "What “Numbers conflict” means" in html
    assert "Left alone" in html
    assert reverse("claims:finding_kind", args=["number_conflict"]) in html


def test_a_card_of_a_kind_that_is_gone_has_no_help(client, rhea):
    story = make_story()
    north = make_article(story, "North Mail", ["It carried 40 people."])
    row = make_row(story, [claim_of(north)])
    make_finding(story, row, [claim_of(north)], key="old", kind="weather")

    html = client.get(reverse("claims:finding", args=[story.slug, "old"])).content.decode()

    assert "Weather" in html
    assert "What “" not in html
