"""Searching in a real browser, by every way of reading; an error in the console fails a test."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from apps.claims.actions import index_missing
from tests.browser.looks import VISITS, problems_in_every_look, read_in

pytestmark = pytest.mark.django_db(transaction=True)

VIEWS = (
    "",
    "?q=ferry",
    "?q=feryr&in=articles",
    "?in=speakers&q=orla",
    "?q=ferry&outlet=south-mail&severity=high&least=50&since=2031-01-01",
    "?q=nothingatall",
)


@pytest.fixture
def searched(ferry: Story) -> Story:
    index_missing()
    return ferry


@pytest.mark.parametrize("look", VISITS)
def test_every_search_can_be_read_by_everybody(
    look: str, browser: Any, live_server: Any, searched: Story, sign_in: Any
) -> None:
    found: list[str] = []
    with read_in(look, browser, live_server) as page:
        sign_in(page.context)
        for view in VIEWS:
            page.goto(f"/search/{view}")
            expect(page.locator("main h1")).to_have_text("Search")
            menus = [] if look == "no scripts" else page.locator(".found details").all()
            for menu in menus:
                menu.locator("summary").click()
                found += problems_in_every_look(page, look)
            if not menus:
                found += problems_in_every_look(page, look)

    assert not found, "\n".join(found)


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
    with read_in("no scripts", browser, live_server) as page:
        sign_in(page.context)
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


def test_the_slash_key_goes_to_the_search_box(
    page: Any, context: Any, searched: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto("/search/?q=ferry")

    page.keyboard.press("/")

    expect(page.locator("#search-q")).to_be_focused()
