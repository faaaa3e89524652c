"""Rows that come after the page offer what the first ones do, and do nothing until asked."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from apps.claims.models import Alignment, AlignmentDecision
from tests.browser.looks import sent_from
from tests.db.stories import make_matrix

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_late_row_is_put_right_when_asked_and_sends_nothing_before(
    page: Any, context: Any, transactional_db: None, sign_in: Any
) -> None:
    story = make_matrix(2, 60)
    sign_in(context)
    sent = sent_from(page)
    page.goto(story.get_absolute_url())
    rows = page.locator("#matrix-rows > tr.row")
    expect(rows).to_have_count(60)
    late = rows.nth(58)

    late.locator("td").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel [data-finding]")).to_be_visible()
    page.keyboard.press("Escape")

    assert sent == []
    assert not AlignmentDecision.objects.exists()

    late.locator("td").last.focus()
    page.keyboard.press("y")

    expect(page.locator("#status")).not_to_be_empty()
    assert len(sent) == 1
    number = int(str(late.get_attribute("id")).removeprefix("row-"))
    assert Alignment.objects.filter(group=number, is_confirmed=True).exists()
    expect(page.locator(":focus")).to_have_count(1)


def test_enter_in_the_search_above_late_rows_puts_nothing_right(
    page: Any, context: Any, transactional_db: None, sign_in: Any
) -> None:
    story = make_matrix(2, 60)
    sign_in(context)
    page.goto(story.get_absolute_url())
    expect(page.locator("#matrix-rows > tr.row")).to_have_count(60)

    page.locator(".filters input[type=search]").focus()
    with page.expect_response(lambda response: "/stories/" in response.url):
        page.keyboard.press("Enter")

    expect(page.locator("#matrix-rows > tr.row").last).to_contain_text("boats in bay")
    assert not AlignmentDecision.objects.exists()
