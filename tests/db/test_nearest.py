"""What comes nearest to a row in the articles that are not in it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.articles.models import Story
from apps.claims.row_cards import build_row_card
from tests.db.stories import (
    claim_of,
    count_queries,
    make_article,
    make_matrix,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Story:
    """Two tell of a visit in one row, a third tells of it in another row, a fourth does not."""
    story = make_story()
    told = make_article(
        story, "Coast Wire", ["The secretary visited Lisse to discuss deportations."]
    )
    again = make_article(story, "South Mail", ["Her Lisse visit was about deportations."])
    other = make_article(
        story, "Night Post", ["It rained.", "Deportations brought the secretary to Lisse."]
    )
    weather = make_article(story, "West Sun", ["The weather was mild."])
    make_row(story, [claim_of(told), claim_of(again)], "The visit")
    make_row(story, [claim_of(other), claim_of(weather)], "The weather")
    make_row(story, [claim_of(other, 1)], "What brought her")
    return story


def _absent(story: Story) -> dict[str, tuple[str, str]]:
    row = story.groups.get(title="The visit")
    card = build_row_card(story, row.pk)
    return {near.column.outlet: (near.quote, cell.label) for cell, near in card.absent}


def test_a_row_offers_what_comes_nearest_in_an_article_that_is_not_in_it(visit):
    absent = _absent(visit)

    assert set(absent) == {"Night Post", "West Sun"}
    assert absent["Night Post"][0] == "Deportations brought the secretary to Lisse."


def test_nothing_is_offered_where_nothing_is_near(visit):
    assert _absent(visit)["West Sun"] == ("", "Seems not to write about this")


def test_the_row_leads_to_what_is_nearest_and_the_left_out_page_to_it(client: Client, visit):
    client.force_login(make_user("rhea", "reader"))
    row, other = (visit.groups.get(title=title) for title in ("The visit", "What brought her"))
    article = visit.articles.get(outlet__name="Night Post")

    html = client.get(reverse("claims:row", args=[visit.slug, row.pk])).content.decode()

    assert f'id="nearest-{article.pk}"' in html
    assert f'href="{reverse("claims:row", args=[visit.slug, other.pk])}"' in html


def test_a_row_of_all_articles_has_nothing_to_offer(visit):
    late = visit.groups.get(title="The visit")
    for group in visit.groups.exclude(pk=late.pk):
        group.alignments.update(group=late)
        group.delete()

    assert _absent(visit) == {}


def test_a_wide_story_needs_as_many_queries_as_a_narrow_one():
    counts = []
    for story in (make_matrix(2, 3), make_matrix(12, 30)):
        row = story.groups.order_by("position")[0]
        row.alignments.order_by("-pk")[0].delete()
        counts.append(count_queries(build_row_card, story, row.pk))

    # In the first, what was taken out is compared with the row: its words are loaded too.
    assert counts[1] <= counts[0]
