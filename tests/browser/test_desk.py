"""The Desk in a real browser: by every way of reading, by keyboard, and with forms alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from apps.articles.models import Story
from apps.claims.actions import assign_finding
from apps.claims.models import Assignment, Verdict
from tests.browser.looks import VISITS, problems_in_every_look, read_in
from tests.db.stories import judge, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def judged(ferry: Story) -> Story:
    """One finding waits for a second reader, on another two people differ."""
    wanda, otto = make_user("wanda"), make_user("otto")
    judge(ferry, wanda, "supported", key="office", note="On the list.")
    judge(ferry, wanda, "disputed", key="asleep")
    judge(ferry, otto, "unverifiable", key="asleep")
    return ferry


@pytest.mark.parametrize("look", VISITS)
def test_every_queue_can_be_read_by_everybody(
    look: str, browser: Any, live_server: Any, judged: Story, sign_in: Any
) -> None:
    found: list[str] = []
    with read_in(look, browser, live_server) as page:
        sign_in(page.context, role="fact-checker")
        me = User.objects.get(username="factchecker")
        for queue, words in (
            ("", "Nothing waits for you"),
            ("unassigned/", "The ferry carried 60 people."),
            ("second-reading/", "On the list."),
            ("disagreements/", "Unverifiable"),
            ("done/", "Nothing done yet"),
        ):
            page.goto(f"/desk/{queue}")
            expect(page.locator("main")).to_contain_text(words)
            found += problems_in_every_look(page, look)
        assign_finding(story=judged, finding_key="aboard", assignee=me, user=me)
        page.goto("/desk/")
        expect(page.locator("main")).to_contain_text("Assigned to you")
        found += problems_in_every_look(page, look)
        page.goto(f"{judged.get_absolute_url()}findings/asleep/")
        expect(page.locator("main")).to_contain_text("The verdicts differ")
        found += problems_in_every_look(page, look)

    assert not found, "\n".join(found)


def test_a_finding_is_taken_given_back_and_undone_by_keyboard(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context, role="fact-checker")
    page.goto("/desk/unassigned/")
    titles = page.locator("[data-entry]")
    expect(titles).to_have_count(3)

    page.keyboard.press("j")
    expect(titles.first).to_be_focused()
    page.keyboard.press("j")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("a")
    second = page.locator(".desk-entry").nth(1)
    expect(second).to_contain_text("Assigned to you")
    expect(page.locator("#status")).to_contain_text("Yours now")
    expect(page.locator("#desk-tab-mine")).to_contain_text("1")
    expect(titles.nth(1)).to_be_focused()
    assert Assignment.objects.get().finding_key == "office"

    page.keyboard.press("k")
    expect(titles.first).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator(".messages")).to_contain_text("Undone")
    expect(page).to_have_url(re.compile("/desk/unassigned/$"))
    assert not Assignment.objects.exists()

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(
        f"{page.url.split('/desk')[0]}{ferry.get_absolute_url()}findings/aboard/"
    )


def test_the_key_takes_the_finding_beside_the_matrix(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context, role="fact-checker")
    page.goto(ferry.get_absolute_url())
    page.keyboard.press("j")
    expect(page.locator("#panel article.finding")).to_be_visible()

    page.keyboard.press("a")
    expect(page.locator("#panel")).to_contain_text("Assigned to you")
    expect(page.locator("#chip-aboard .chip__assignee")).to_contain_text("factchecker")

    page.keyboard.press("a")
    expect(page.locator("#panel")).to_contain_text("Nobody’s work yet")
    expect(page.locator("#chip-aboard .chip__assignee")).to_have_count(0)


def test_filters_and_queues_change_in_place_and_are_addresses(
    page: Any, context: Any, judged: Story, sign_in: Any
) -> None:
    sign_in(context, role="fact-checker")
    page.goto("/desk/unassigned/")
    expect(page.locator("[data-entry]")).to_have_count(1)

    page.get_by_label("Severity").select_option("low")
    expect(page.get_by_role("heading", name="Nothing here fits")).to_be_visible()
    assert page.url.endswith("/desk/unassigned/?severity=low")

    page.get_by_role("link", name="Disagreements").click()
    expect(page.locator("[data-entry]")).to_have_count(1)
    assert page.url.endswith("/desk/disagreements/?severity=low")
    page.reload()
    expect(page.locator("[data-entry]")).to_have_count(1)


def test_a_verdict_of_somebody_else_is_read_and_agreed_to_on_the_desk(
    page: Any, context: Any, judged: Story, sign_in: Any
) -> None:
    sign_in(context, role="fact-checker")
    page.goto("/desk/second-reading/")

    page.get_by_role("button", name="I have read the evidence and agree").click()

    expect(page.locator(".desk-entry")).to_contain_text("factchecker agrees")
    assert Verdict.objects.get(finding_key="office").reviewer is not None


def test_with_forms_alone_a_finding_is_assigned_to_somebody_else(
    browser: Any, live_server: Any, judged: Story, sign_in: Any
) -> None:
    with read_in("no scripts", browser, live_server) as page:
        sign_in(page.context, role="editor")
        page.goto("/desk/unassigned/?severity=high")

        page.locator(".assignment__others summary").click()
        page.get_by_label("Whose work").select_option("wanda")
        page.get_by_role("button", name="Assign", exact=True).click()

        expect(page.locator(".messages")).to_contain_text("Assigned to wanda.")
        assert page.url.endswith("/desk/unassigned/?severity=high")
        assert Assignment.objects.get().assignee.username == "wanda"
