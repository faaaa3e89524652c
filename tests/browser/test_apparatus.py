"""The critical apparatus, copying, and help beside findings in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from tests.browser.looks import VISITS, problems_in_every_look, read_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("look", VISITS)
def test_the_apparatus_and_the_help_can_be_read_by_everybody(
    look: str, browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    found: list[str] = []
    with read_in(look, browser, live_server) as page:
        sign_in(page.context)
        for address, heading in (
            (f"{ferry.get_absolute_url()}apparatus/", "Critical apparatus"),
            ("/help/findings/", "What findings mean"),
            ("/help/findings/number_conflict/", "Numbers conflict"),
            (f"{ferry.get_absolute_url()}findings/aboard/", "Numbers conflict"),
        ):
            page.goto(address)
            expect(page.get_by_role("heading", name=heading).last).to_be_visible()
            found += problems_in_every_look(page, look)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_apparatus_prints_without_its_controls(
    paper: str, page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}apparatus/")

    page.emulate_media(media="print")
    printed = page.pdf(format=paper)

    assert printed.startswith(b"%PDF")
    expect(page.get_by_role("link", name="Copy as text")).to_be_hidden()
    expect(page.get_by_role("navigation", name="This story")).to_be_hidden()
    expect(page.get_by_text("The ferry carried 60 people.").last).to_be_visible()
    expect(page.get_by_text("Numbers conflict")).to_be_visible()


def test_a_finding_is_put_on_the_clipboard_with_its_sources(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{ferry.get_absolute_url()}findings/aboard/")

    page.get_by_role("link", name="Copy with sources").click()

    expect(page.locator("#status")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "South Mail: “The ferry carried 60 people.”" in copied
    assert "https://coastwire.example/ferry" in copied


def test_without_a_clipboard_the_text_is_a_page(
    browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    with read_in("no scripts", browser, live_server) as page:
        sign_in(page.context)
        page.goto(f"{ferry.get_absolute_url()}findings/aboard/")

        page.get_by_role("link", name="Copy with sources").click()

        expect(page.locator("body")).to_contain_text("The ferry carried 60 people.")


def test_help_opens_beside_the_finding_without_leaving_it(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(ferry.get_absolute_url())
    page.locator("a.chip[data-finding=aboard]").first.click()

    page.locator("#panel summary", has_text="means").click()

    expect(page.locator("#panel")).to_contain_text("Left alone")
