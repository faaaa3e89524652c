"""People have one name on every page, and what they did stays readable without their account."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.articles.models import Story
from apps.claims.actions import annotate, answer_note, comment, review_verdict
from tests.db.stories import client_of, judge, make_counted_ferry, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return make_counted_ferry()


@pytest.fixture
def reader() -> Client:
    return client_of(make_user("rita", "editor"))


@pytest.mark.parametrize("name", ["claims:apparatus", "claims:apparatus_text", "claims:overview"])
def test_a_note_outlives_the_account_of_whoever_made_it(story, reader, name):
    gone = make_user("gone")
    note = annotate(article=story.articles.first(), start=0, end=9, note="Which?", user=gone)
    answer_note(annotation=note, text="The old one.", user=gone)
    gone.delete()

    response = reader.get(reverse(name, args=[story.slug]))

    html = response.content.decode()
    assert response.status_code == 200
    assert "Which?" in html
    assert "None" not in html


def test_who_judged_read_and_remarked_is_called_alike_on_card_desk_and_paper(story):
    wanda, otto = make_user("ww1"), make_user("oo2")
    for person, first in ((wanda, "Wanda"), (otto, "Otto")):
        person.first_name, person.last_name = first, "Wells"
        person.save()
    review_verdict(verdict=judge(story, wanda), user=otto)
    comment(story=story, finding_key="aboard", text="Called the port.", user=wanda)
    browser = client_of(wanda)

    for address in (
        reverse("claims:finding", args=[story.slug, "aboard"]),
        reverse("claims:desk_queue", args=["done"]),
        reverse("claims:apparatus", args=[story.slug]),
        reverse("claims:apparatus_text", args=[story.slug]),
    ):
        page = browser.get(address).content.decode()
        assert "Wanda Wells" in page, address
        assert "Otto Wells agrees" in page, address
        assert "ww1," not in page and "oo2 agrees" not in page, address
