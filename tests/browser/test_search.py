"""Searching in a real browser, by every way of reading; an error in the console fails a test."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from apps.claims.actions import index_missing

pytestmark = pytest.mark.django_db(transaction=True)

VIEWS = (
    "",
    "?q=ferry",
    "?q=feryr&in=articles",
    "?in=speakers&q=orla",
    "?q=ferry&outlet=south-mail&severity=high&least=50&since=2031-01-01",
    "?q=nothingatall",
)
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
    "no scripts": {"java_script_enabled": False, "viewport": {"width": 1280, "height": 800}},
}


@pytest.fixture
def searched(ferry: Story) -> Story:
    index_missing()
    return ferry


@pytest.mark.parametrize("look", LOOKS)
def test_every_search_can_be_read_by_everybody(
    look: str, browser: Any, live_server: Any, searched: Story, sign_in: Any
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **LOOKS[look])
    sign_in(context)
    page = context.new_page()
    found: list[str] = []
    for view in VIEWS:
        page.goto(f"/search/{view}")
        expect(page.locator("main h1")).to_have_text("Search")
        if look == "no scripts":
            continue
        for menu in page.locator(".found details").all():
            menu.locator("summary").click()
            found += _problems(Axe(), page, view, LOOKS[look]["viewport"]["width"])
        found += _problems(Axe(), page, view, LOOKS[look]["viewport"]["width"])
    context.close()

    assert not found, "\n".join(found)


def _problems(axe: Any, page: Any, view: str, width: int) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    return ([f"{view} is wider than the window"] if wide else []) + [
        f"{view}: {violation['id']}: {violation['nodes'][0]['html'][:200]}"
        for violation in axe.run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]


def test_typing_and_choosing_change_hits_address_and_nothing_else(
    page: Any, context: Any, searched: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto("/search/")

    page.keyboard.type("ferry")
    expect(page.locator(".hit")).to_have_count(3)
    expect(page.locator("#search-q")).to_be_focused()
    page.get_by_label("South Mail").press("Space")

    expect(page.locator(".hit")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/search/\?q=ferry&outlet=south-mail$"))
    expect(page.get_by_label("South Mail")).to_be_focused()
    expect(page.get_by_label("South Mail")).to_be_checked()
    expect(page.locator("#search-said")).to_have_text("1 claim")

    page.go_back()
    expect(page.locator(".hit")).to_have_count(3)
    expect(page.get_by_label("South Mail")).not_to_be_checked()


def test_without_scripts_a_search_is_narrowed_and_saved(
    browser: Any, live_server: Any, searched: Story, sign_in: Any
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    sign_in(context)
    page = context.new_page()
    page.goto("/search/")

    page.get_by_label("Words to look for").fill("ferry")
    page.get_by_label("South Mail").check()
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator(".hit")).to_have_count(1)
    page.locator("#keep-search summary").click()
    page.get_by_label("Name of this search").fill("Ours on the ferry")
    page.get_by_role("button", name="Save this search").click()
    expect(page.get_by_role("link", name="Ours on the ferry")).to_be_visible()
    page.get_by_role("button", name="Delete Ours on the ferry").click()
    expect(page.get_by_text("Deleted: Ours on the ferry.")).to_be_visible()
    page.get_by_role("button", name="Bring back Ours on the ferry").click()

    expect(page.get_by_role("link", name="Ours on the ferry")).to_be_visible()
    context.close()


def test_the_slash_key_goes_to_the_search_box(
    page: Any, context: Any, searched: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto("/search/?q=ferry")

    page.keyboard.press("/")

    expect(page.locator("#search-q")).to_be_focused()
