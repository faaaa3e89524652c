"""Between verdicts that differ decides somebody on no side: who gave none and agreed to none."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from apps.articles.models import Story
from apps.claims.actions import adjudicate, review_verdict, undo_last, withdraw_adjudication
from apps.claims.actions.undo import CannotUndo
from apps.claims.desk import DeskFilters, build_desk, find_deciders
from apps.claims.models import Adjudication, Verdict
from tests.db.stories import client_of, judge, make_article, make_finding, make_story, make_user

pytestmark = pytest.mark.django_db

WORD = {"finding_key": "aboard", "value": "supported", "note": "The log says so."}


@pytest.fixture
def story(wanda: User, otto: User, ida: User) -> Story:
    """Wanda and Otto differ, Ida read Wanda's verdict and agreed before Otto gave his."""
    story = make_story()
    make_article(story, "North Post", ["The ferry carried 40 people."])
    make_finding(story, None, [], key="aboard")
    review_verdict(verdict=judge(story, wanda, "disputed"), user=ida)
    judge(story, otto, "supported")
    return story


@pytest.fixture
def una() -> User:
    return make_user("una")


def test_who_agreed_to_one_of_the_verdicts_does_not_decide(story, ida, una):
    with pytest.raises(ValueError, match="agreed to none"):
        adjudicate(story=story, user=ida, **WORD)
    assert not Adjudication.objects.exists()

    adjudicate(story=story, user=una, **WORD)
    assert Adjudication.objects.get().made_by == una


def test_who_agreed_is_told_who_decides_and_offered_no_form(story, ida, una):
    address = reverse("claims:finding", args=[story.slug, "aboard"])

    told = client_of(ida).get(address).content.decode()
    asked = client_of(una).get(address).content.decode()

    assert "You agreed to one of these verdicts." in told
    assert "Which verdict holds?" not in told
    assert "You agreed to one of these verdicts." not in asked
    assert "Which verdict holds?" in asked


def test_the_finding_is_handed_over_only_to_those_who_may_decide(story, una):
    assert find_deciders(Verdict.objects.all()) == [una]


def test_the_desk_asks_only_those_who_may_to_decide(story, ida, una):
    queue = DeskFilters(queue="disagreements")

    assert [entry.is_on_a_side for entry in build_desk(ida, queue).entries] == [True]
    assert [entry.is_on_a_side for entry in build_desk(una, queue).entries] == [False]


def test_who_decided_does_not_agree_to_one_of_them_afterwards(story, otto, una):
    adjudicate(story=story, user=una, **WORD)
    verdict = Verdict.objects.get(author=otto)

    with pytest.raises(ValueError, match="You decided between these verdicts"):
        review_verdict(verdict=verdict, user=una)

    withdraw_adjudication(story=story, finding_key="aboard", user=una)
    assert review_verdict(verdict=verdict, user=una).reviewer == una


def test_a_decision_does_not_come_back_to_who_agreed_to_a_verdict_since(story, otto, una):
    adjudicate(story=story, user=una, **WORD)
    withdraw_adjudication(story=story, finding_key="aboard", user=una)
    Verdict.objects.filter(author=otto).update(reviewer=una)

    with pytest.raises(CannotUndo):
        undo_last(story=story, user=una)

    assert not Adjudication.objects.exists()
