"""What counts as reviewed: a verdict is a review, an agreeing second reader makes it one by two."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from apps.articles.models import Story
from apps.claims.actions import decide_finding, review_verdict, withdraw_verdict
from apps.claims.comparison import build_comparison, find_finding
from apps.claims.models import Finding, Verdict
from apps.claims.overview import build_overview
from apps.claims.presentation import Filters
from tests.db.stories import (
    claim_of,
    client_of,
    judge,
    make_article,
    make_finding,
    make_row,
    make_story,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ferry() -> Story:
    """Two outlets; a finding on how many were aboard, another on when the ferry sank."""
    story = make_story()
    wire = make_article(story, "Coast Wire", ["It carried 40 people.", "It sank at dawn."])
    mail = make_article(story, "South Mail", ["It carried 60 people.", "It sank."], hours=1)
    aboard = make_row(story, [claim_of(wire), claim_of(mail)], "How many were aboard")
    sank = make_row(story, [claim_of(wire, 1), claim_of(mail, 1)], "When it sank")
    make_finding(story, aboard, [claim_of(wire), claim_of(mail)], key="aboard")
    make_finding(story, sank, [claim_of(wire, 1), claim_of(mail, 1)], key="sank")
    return story


def _page(user: User, address: str) -> str:
    return client_of(user).get(address).content.decode()


# --- states and counts -----------------------------------------------------------------------


def test_a_finding_with_a_verdict_is_no_longer_open_anywhere(ferry: Story, wanda: User) -> None:
    judge(ferry, wanda)

    found = find_finding(ferry, "aboard")
    assert (found.is_open, found.shown_state) == (False, "judged")
    assert build_comparison(ferry, Filters()).counts == {"high": 1}
    assert build_overview(ferry).unreviewed.counts == {"high": 1}
    assert [row.key for row in Finding.objects.still_open()] == ["sank"]


def test_a_finding_is_open_again_when_its_verdict_is_taken_back(ferry: Story, wanda: User) -> None:
    withdraw_verdict(verdict=judge(ferry, wanda), user=wanda)

    assert find_finding(ferry, "aboard").is_open
    assert build_comparison(ferry, Filters()).counts == {"high": 2}


def test_who_agrees_makes_it_reviewed_and_who_differs_does_not(
    ferry: Story, wanda: User, otto: User
) -> None:
    verdict = judge(ferry, wanda)
    review_verdict(verdict=verdict, user=otto)
    assert find_finding(ferry, "aboard").shown_state == "reviewed"

    Verdict.objects.filter(pk=verdict.pk).update(reviewer=None, reviewed_at=None)
    judge(ferry, otto, value="supported")
    assert find_finding(ferry, "aboard").shown_state == "differ"


def test_what_is_to_be_read_blind_is_open_until_it_may_be_seen(
    ferry: Story, wanda: User, otto: User
) -> None:
    judge(ferry, wanda, is_blind=True)
    assert find_finding(ferry, "aboard").is_open
    assert Finding.objects.still_open().count() == 2

    judge(ferry, otto)
    assert find_finding(ferry, "aboard").shown_state == "reviewed"


# --- what pages say --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["finding", "apparatus", "apparatus_text", "finding_text"])
def test_card_print_and_copy_name_whose_words_are_judged_and_who_agrees(
    ferry: Story, wanda: User, otto: User, name: str
) -> None:
    verdict = judge(ferry, wanda, words="It carried 40 people.")
    review_verdict(verdict=verdict, user=otto)
    args = [ferry.slug, "aboard"] if name.startswith("finding") else [ferry.slug]

    page = _page(wanda, f"{reverse(f'claims:{name}', args=args)}?state=decided")

    assert "On Coast Wire:" in page
    assert "otto agrees" in page
    assert "not reviewed" not in page
    assert "reviewed by two" in page


def test_the_form_names_who_says_the_words_that_can_be_judged(ferry: Story, wanda: User) -> None:
    page = _page(wanda, reverse("claims:finding", args=[ferry.slug, "aboard"]))

    assert "Coast Wire: “It carried 40 people.”" in page
    assert "South Mail: “It carried 60 people.”" in page


# --- what was decided, to be handed over -----------------------------------------------------


def test_only_what_was_decided_is_printed_with_the_reason_of_a_dismissal(
    ferry: Story, wanda: User
) -> None:
    decide_finding(
        story=ferry, finding_key="sank", value="dismiss", reason=2, note="Same hour.", user=wanda
    )

    page = _page(wanda, reverse("claims:apparatus", args=[ferry.slug]) + "?state=decided")

    assert "When it sank" in page
    assert "dismissed by wanda" in page
    assert "Trivial difference" in page
    assert "Same hour." in page
    assert "How many were aboard" not in page


def test_what_others_decided_or_on_another_day_is_left_out_when_asked(
    ferry: Story, wanda: User, otto: User
) -> None:
    decide_finding(story=ferry, finding_key="sank", value="confirm", user=otto)
    judge(ferry, wanda)
    today = timezone.localdate()

    def rows(**asked: object) -> list[str]:
        filters = Filters(state="decided", **asked)  # type: ignore[arg-type]  # what the address says
        return sorted(row.title for row in build_comparison(ferry, filters).rows)

    assert rows() == ["How many were aboard", "When it sank"]
    assert rows(done_by="wanda") == ["How many were aboard"]
    assert rows(done_by="wanda", done_since=today) == ["How many were aboard"]
    assert rows(done_since=today + timedelta(days=1)) == []


def test_an_address_that_names_no_day_asks_for_none(ferry: Story, wanda: User) -> None:
    page = reverse("claims:apparatus", args=[ferry.slug])

    assert "How many were aboard" in _page(wanda, f"{page}?since=2031-02-31")
    assert "No claim fits" in _page(wanda, f"{page}?since=2031-02-28")
