"""Nobody takes a finding from somebody else unseen: a page that is out of date says who has it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from apps.articles.models import Story
from apps.claims.actions import assign_finding, give_back_finding
from apps.claims.actions.assigning import TakenMeanwhile
from apps.claims.models import Assignment, UndoStep
from tests.db.stories import client_of, make_article, make_finding, make_story, make_user

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def story() -> Story:
    story = make_story()
    make_article(story, "North Post", ["The ferry carried 40 people."])
    make_finding(story, None, [], key="aboard")
    return story


@pytest.fixture
def otto(story: Story) -> User:
    """Somebody who took the finding after others had looked at it."""
    otto = make_user("otto")
    otto.first_name, otto.last_name = "Otto", "Wells"
    otto.save()
    assign_finding(story=story, finding_key="aboard", assignee=otto, user=otto)
    return otto


def _holder() -> str:
    return Assignment.objects.get().assignee.get_username()


def test_what_somebody_took_since_stays_theirs_and_is_said(story, wanda, otto):
    with pytest.raises(TakenMeanwhile, match="Otto Wells has it since you looked"):
        assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda, had="")

    assert _holder() == "otto"
    assert not UndoStep.objects.filter(made_by=wanda).exists()


def test_what_is_seen_to_be_somebody_s_is_taken_over(story, wanda, otto):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda, had="otto")

    assert _holder() == "wanda"


def test_what_was_given_to_somebody_else_since_is_not_given_back(story, wanda, otto):
    with pytest.raises(TakenMeanwhile, match="Otto Wells"):
        give_back_finding(story=story, finding_key="aboard", user=wanda, had="wanda")

    assert _holder() == "otto"


def test_what_became_one_s_own_or_nobody_s_since_is_no_reason_to_ask(story, wanda, otto):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=otto)
    assign_finding(story=story, finding_key="aboard", assignee=otto, user=wanda, had="otto")
    give_back_finding(story=story, finding_key="aboard", user=otto, had="wanda")
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda, had="otto")

    assert _holder() == "wanda"


@pytest.mark.parametrize("place", ["", "?in=panel", "?in=desk"])
def test_the_card_of_an_old_page_shows_who_has_it_and_offers_to_take_over(
    story, wanda, otto, place
):
    address = reverse("claims:assign", args=[story.slug, "aboard"]) + place

    answer = client_of(wanda).post(address, {"to": "wanda", "had": ""}, headers=HTMX)

    html = answer.content.decode()
    assert "Otto Wells has it since you looked" in html
    assert 'name="had" value="otto"' in html
    assert "Take over" in html
    assert _holder() == "otto"


def test_without_a_script_the_page_says_so_too(story, wanda, otto):
    address = reverse("claims:assign", args=[story.slug, "aboard"])

    page = client_of(wanda).post(address, {"to": "wanda", "had": ""}, follow=True)

    assert "Otto Wells has it since you looked" in page.content.decode()
    assert _holder() == "otto"


def test_every_form_says_whose_work_the_page_shows(story, wanda, otto):
    page = client_of(wanda).get(reverse("claims:finding", args=[story.slug, "aboard"]))

    html = page.content.decode()
    assert html.count('name="had" value="otto"') == html.count('/aboard/assign/" hx-post') == 2
