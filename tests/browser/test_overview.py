"""The overview of a story in a real browser, by every way of reading."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
    "no scripts": {"java_script_enabled": False, "viewport": {"width": 1280, "height": 800}},
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_overview_can_be_read_by_everybody(
    look: str, browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **LOOKS[look])
    sign_in(context)
    page = context.new_page()
    found: list[str] = []
    page.goto(f"{ferry.get_absolute_url()}overview/")
    expect(page.get_by_role("heading", name="Where they differ")).to_be_visible()
    expect(page.get_by_role("row", name="Coast Wire").last).to_contain_text("Daily Echo")
    if look != "no scripts":
        if page.evaluate("document.documentElement.scrollWidth") > LOOKS[look]["viewport"]["width"]:
            found.append("wider than the window")
        found += [
            f"{violation['id']}: {violation['nodes'][0]['html'][:200]}"
            for violation in Axe().run(page).response["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
    context.close()

    assert not found, "\n".join(found)


def test_what_differs_leads_to_its_card(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}overview/")

    page.get_by_role("link", name="Numbers conflict").first.click()

    expect(page.locator("main")).to_contain_text("One says 40, the other says 60.")
