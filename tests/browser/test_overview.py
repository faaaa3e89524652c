"""The overview of a story in a real browser, by every way of reading."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from tests.browser.looks import VISITS, problems_in_every_look, read_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("look", VISITS)
def test_the_overview_can_be_read_by_everybody(
    look: str, browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    found: list[str] = []
    with read_in(look, browser, live_server) as page:
        sign_in(page.context)
        page.goto(f"{ferry.get_absolute_url()}overview/")
        expect(page.get_by_role("heading", name="Where they differ")).to_be_visible()
        expect(page.get_by_role("row", name="Coast Wire").last).to_contain_text("Daily Echo")
        found += problems_in_every_look(page, look)

    assert not found, "\n".join(found)


def test_what_differs_leads_to_its_card(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}overview/")

    page.get_by_role("link", name="Numbers conflict").first.click()

    expect(page.locator("main")).to_contain_text("One says 40, the other says 60.")
