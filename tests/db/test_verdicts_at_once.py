"""Two fact-checkers at the same finding at the same moment."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from apps.claims.actions import review_verdict
from apps.claims.models import Adjudication, Verdict
from tests.db.stories import claim_of, judge, make_article, make_finding, make_story, make_user


@pytest.fixture
def story():
    story = make_story()
    north = make_article(story, "North Post", ["The ferry carried 40 people."])
    make_finding(story, None, [claim_of(north)], key="aboard")
    return story


@pytest.mark.django_db(transaction=True)
def test_first_verdicts_given_at_once_judge_the_same_words(story):
    together = Barrier(2)

    def give(user, words):
        try:
            together.wait()
            return judge(story, user, words=words)
        finally:
            connection.close()

    people = [make_user("wanda"), make_user("otto")]
    for _ in range(5):
        Verdict.objects.all().delete()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(give, people, ["40 people", "60 people"]))

        assert len(set(Verdict.objects.values_list("words", flat=True))) == 1


def _press(story, verdict, user, **sent):
    client = Client()
    client.force_login(user)
    address = f"/stories/{story.slug}/verdicts/{verdict.pk}/"
    data = {"act": "review"} | sent
    return client.post(address, data, headers={"HX-Request": "true"}).content.decode()


def _stamp_on_page(story, user):
    client = Client()
    client.force_login(user)
    page = client.get(f"/stories/{story.slug}/findings/aboard/").content.decode()
    return re.search(r'name="seen" value="([^"]+)"', page)[1]


@pytest.mark.django_db
def test_nobody_agrees_to_what_a_verdict_became_after_they_read_it(story):
    wanda, otto = make_user("wanda"), make_user("otto")
    verdict = judge(story, wanda)
    seen = _stamp_on_page(story, otto)
    judge(story, wanda, value="supported")

    page = _press(story, verdict, otto, seen=seen)

    assert "changed since you opened it" in page
    assert Verdict.objects.get().reviewer is None

    _press(story, verdict, otto, seen=_stamp_on_page(story, otto))
    assert Verdict.objects.get().reviewer == otto


@pytest.mark.django_db
def test_nobody_s_name_is_put_in_place_of_a_second_reader_s(story):
    wanda, otto, ida = make_user("wanda"), make_user("otto"), make_user("ida")
    verdict = judge(story, wanda)
    review_verdict(verdict=verdict, user=otto)

    assert "somebody has read it" in _press(story, verdict, ida)
    assert Verdict.objects.get().reviewer == otto
    client = Client()
    client.force_login(ida)
    page = client.get(f"/stories/{story.slug}/findings/aboard/").content.decode()
    assert f"review-{verdict.pk}" not in page


@pytest.mark.django_db
def test_nobody_decides_about_a_verdict_that_came_after_they_read_the_others(story):
    ida = make_user("ida")
    judge(story, make_user("wanda"))
    judge(story, make_user("otto"), value="supported")
    client = Client()
    client.force_login(ida)
    card = f"/stories/{story.slug}/findings/aboard/"

    def decide():
        page = client.get(card).content.decode()
        settle = page[page.index('id="settle-aboard"') :]
        return {
            "value": "supported",
            "note": "The log.",
            "seen": re.search(r'name="seen" value="([^"]+)"', settle)[1],
        }

    form = decide()
    judge(story, make_user("dora"), value="unverifiable")
    page = client.post(f"{card}adjudicate/", form, headers={"HX-Request": "true"}).content.decode()

    assert "changed since you opened them" in page
    assert not Adjudication.objects.exists()

    client.post(f"{card}adjudicate/", decide(), headers={"HX-Request": "true"})
    assert Adjudication.objects.get().made_by == ida
