"""Links that lead where their words say: into a story, to a row, to an article."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.articles.models import Story
from tests.db.stories import claim_of, make_counted_ferry, make_finding, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return make_counted_ferry()


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(make_user("rhea", "reader"))
    return client


def _read(reader: Client, address: str) -> str:
    return " ".join(reader.get(address).content.decode().split())


def test_a_finding_leads_to_the_top_of_its_story_and_apart_from_that_to_its_row(reader, story):
    html = _read(reader, reverse("claims:finding", args=[story.slug, "aboard"]))
    row = story.groups.get().pk

    assert f'› <a href="{story.get_absolute_url()}" lang="en" dir="auto">{story.title}</a>' in html
    way = f"{story.get_absolute_url()}?rows=all&amp;shared=0#row-{row}"
    assert f'<a href="{way}">the row it stands in</a>' in html


def test_a_row_leads_to_the_top_of_its_story_and_apart_from_that_to_its_place(reader, story):
    row = story.groups.get().pk
    html = _read(reader, reverse("claims:row", args=[story.slug, row]))

    assert f'› <a href="{story.get_absolute_url()}">{story.title}</a>' in html
    way = f"{story.get_absolute_url()}?rows=all&amp;shared=0#row-{row}"
    assert f'<a href="{way}">the row among the others</a>' in html


def test_the_list_leads_to_a_storys_overview_as_well(reader, story):
    html = _read(reader, reverse("claims:stories"))

    assert f'<a href="{reverse("claims:overview", args=[story.slug])}">Overview' in html
    assert f'<h2><a href="{story.get_absolute_url()}"' in html


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_outlet_and_title_lead_to_the_article(client, story, role):
    client.force_login(make_user("rhea", role))
    article = story.articles.order_by("pk")[0]

    html = _read(client, reverse("claims:story_articles", args=[story.slug]))

    link = f'<a class="gathered__title" href="{reverse("claims:article", args=[article.pk])}">'
    assert f'{link}<b>{article.outlet.name}</b> <span lang="en"' in html


def test_every_finding_beside_a_number_says_what_it_says(reader, story):
    claims = [claim_of(article) for article in story.articles.order_by("pk")]
    for claim, number in zip(claims, (40, 60), strict=True):
        claim.quantities.create(
            start=claim.start + claim.quote.index(str(number)),
            end=claim.start + claim.quote.index(str(number)) + 2,
            quote=str(number),
            low=number,
            high=number,
            type="cardinal",
            counted="people",
        )
    scope = make_finding(
        story, story.groups.get(), claims, key="scope", kind="number_scope", words=["40", "60"]
    )
    type(scope).objects.filter(pk=scope.pk).update(explanation="They count another day.")

    html = _read(reader, reverse("claims:numbers", args=[story.slug]))

    assert html.count('class="counted__explained"') == 2
    assert "One says 40, the other says 60." in html
    assert "They count another day." in html
