"""What was done with a finding: by whom, when, in order, also after it was undone."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.claims.actions import (
    adjudicate,
    assign_finding,
    comment,
    decide_finding,
    give_back_finding,
    resolve_comment,
    review_verdict,
    undo_last,
)
from apps.claims.finding_history import build_history
from tests.db.stories import (
    claim_of,
    count_queries,
    judge,
    make_article,
    make_finding,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    story = make_story()
    north = make_article(story, "North Post", ["The ferry carried 40 people."])
    make_finding(story, None, [claim_of(north)], key="aboard")
    return story


def _said(story, user):
    return [(act.who, act.what) for act in build_history(story, "aboard", user)]


@pytest.mark.django_db(transaction=True)  # what is done at once happens at one time
def test_everything_done_with_a_finding_is_told_in_order(story, wanda, otto):
    more = {"story": story, "finding_key": "aboard"}
    assign_finding(**more, assignee=otto, user=wanda)
    give_back_finding(**more, user=otto)
    decide_finding(**more, value="dismiss", reason=2, user=wanda)
    decide_finding(**more, value="confirm", user=otto)
    review_verdict(verdict=judge(story, wanda), user=otto)
    remark = comment(**more, text="Called the port.", user=wanda)
    resolve_comment(remark=remark, because="They called back.", user=otto)

    assert [what for _, what in _said(story, wanda)] == [
        "assigned it to otto",
        "gave it back",
        "dismissed it: Trivial difference",
        "confirmed it",
        "gave the verdict “disputed”",
        "read a verdict and agreed",
        "remarked",
        "resolved a remark",
    ]


def test_what_was_undone_stays_in_history(story, wanda):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    undo_last(story=story, user=wanda)

    assert [what for _, what in _said(story, wanda)] == ["confirmed it", "opened it again"]


def test_who_judges_otherwise_after_agreeing_is_said_to_agree_no_longer(story, wanda, otto):
    review_verdict(verdict=judge(story, wanda), user=otto)
    judge(story, otto, "supported")

    assert [what for _, what in _said(story, wanda)] == [
        "gave the verdict “disputed”",
        "read a verdict and agreed",
        "agreed no longer",
        "gave the verdict “supported”",
    ]


def test_who_was_signed_in_did_it(story, wanda, otto):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    client = Client()
    client.force_login(otto)

    client.post(f"/stories/{story.slug}/findings/aboard/assign/", {"to": ""})

    assert _said(story, wanda)[-1] == ("otto", "gave it back")


def test_a_sealed_verdict_is_told_without_what_it_says(story, wanda, otto):
    judge(story, wanda, note="Counted twice.", is_blind=True)

    (act,) = build_history(story, "aboard", otto)
    assert (act.who, act.what, act.note) == ("wanda", "gave a verdict", "")
    assert _said(story, wanda) == [("wanda", "gave the verdict “disputed”")]

    judge(story, otto, "supported")
    assert _said(story, otto)[0] == ("wanda", "gave the verdict “disputed”")


def test_who_decided_between_verdicts_is_told(story, wanda, otto):
    judge(story, wanda)
    judge(story, otto, "supported")
    ida = make_user("ida")
    adjudicate(story=story, finding_key="aboard", value="supported", note="The log.", user=ida)

    act = build_history(story, "aboard", wanda)[-1]

    assert (act.who, act.what, act.note) == ("ida", "decided for “supported”", "The log.")


def test_history_is_a_page_and_a_part_of_the_card(story, wanda):
    client = Client()
    client.force_login(wanda)
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    address = f"/stories/{story.slug}/findings/aboard/history/"

    page = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "<html" in page and "confirmed it" in page
    assert "<html" not in part and "confirmed it" in part
    assert address in client.get(f"/stories/{story.slug}/findings/aboard/").content.decode()
    assert client.get(f"/stories/{story.slug}/findings/nothing/history/").status_code == 404


def test_the_number_of_queries_does_not_grow(story, wanda):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    few = count_queries(build_history, story, "aboard", wanda)
    for reason in range(1, 7):
        decide_finding(
            story=story, finding_key="aboard", value="dismiss", reason=reason, user=wanda
        )
        comment(story=story, finding_key="aboard", text=f"Again {reason}", user=wanda)

    assert count_queries(build_history, story, "aboard", wanda) == few
