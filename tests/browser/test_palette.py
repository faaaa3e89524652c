"""Going somewhere by typing a few letters, in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from tests.browser.looks import LOOKS, read_in, serious_problems

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_few_letters_lead_to_a_page_and_an_act_and_escape_leads_back(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(ferry.get_absolute_url())

    page.keyboard.press("Control+k")
    expect(page.locator("#palette-q")).to_be_focused()
    page.keyboard.type("copies")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("wire=0"))

    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()

    page.keyboard.press("Control+k")
    page.keyboard.type("timel")
    expect(page.locator("#palette a.place").first).to_have_text("Timeline")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/timeline/$"))


@pytest.mark.parametrize("look", LOOKS)
def test_the_palette_can_be_used_by_everybody(
    look: str, browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    found: list[str] = []
    with read_in(look, browser, live_server) as page:
        sign_in(page.context)
        page.goto(ferry.get_absolute_url())
        if look == "phone":
            page.locator("#account > summary").click()
            page.locator("#account").get_by_role("link", name="Go to").click()
        else:
            page.locator(".bar__go").click()
        if look == "no scripts":
            page.locator("#go-words").fill("left out")
            page.get_by_role("button", name="Find").click()
        else:
            expect(page.locator("#palette .place").first).to_be_visible()
            found = serious_problems(page, look)
            page.locator("#palette-q").fill("left out")
        page.get_by_role("link", name="Left out", exact=True).last.click()
        expect(page).to_have_url(re.compile("/left-out/$"))

    assert found == []
