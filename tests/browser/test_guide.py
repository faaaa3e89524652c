"""The guided tour in a real browser: what it points at is seen, has the focus, and is left again."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Article, Story
from apps.claims.guide import FIRST_ARTICLE
from tests.browser.looks import LOOKS, read_in, serious_problems
from tests.db.stories import claim_of, make_article, make_finding, make_row, make_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mill(transactional_db: None) -> Story:
    """As much of the demonstration story as three steps need, among rows before and after."""
    story = make_story("Fire at a textile mill")
    filler = [f"Something else was told, number {n}." for n in range(24)]
    wire = make_article(
        story, "Northern Press", ["Six workers died.", *filler], url=FIRST_ARTICLE, is_wire=True
    )
    glance = make_article(story, "Daily Glance", ["Six workers died.", *filler], hours=2)
    channel = make_article(story, "WDF Channel 6", ["Seven people are dead."], hours=3)
    for n in range(1, 13):
        make_row(story, [claim_of(wire, n), claim_of(glance, n)])
    dead = make_row(story, [claim_of(a) for a in (wire, glance, channel)], "How many died")
    make_finding(
        story, dead, [claim_of(channel), claim_of(wire)], key="dead", words=["Seven", "Six"]
    )
    for n in range(13, 20):
        make_row(story, [claim_of(wire, n), claim_of(glance, n)])
    return story


@pytest.mark.parametrize("look", LOOKS)
def test_the_guide_can_be_read_by_everybody(
    look: str, browser: Any, live_server: Any, mill: Story, sign_in: Any
) -> None:
    found: list[str] = []
    with read_in(look, browser, live_server) as page:
        sign_in(page.context, role="reader")

        page.goto("/guide/")
        found += serious_problems(page, look)
        page.get_by_role("link", name="Begin").click()
        expect(page.get_by_role("complementary", name="A story at a glance")).to_be_visible()
        page.get_by_role("link", name="Next", exact=True).click()
        strip = page.get_by_role("complementary", name="One row, one question")
        expect(strip).to_be_in_viewport()
        row = page.locator("tr.row", has_text="Seven people are dead")
        expect(row).to_be_in_viewport()
        expect(row).to_have_css("outline-style", "solid")
        found += serious_problems(page, look)

    assert not found, "\n".join(found)


def test_what_a_step_points_at_has_the_focus_and_is_described_by_it(
    page: Any, context: Any, mill: Story, sign_in: Any
) -> None:
    sign_in(context)

    page.goto("/guide/row/")

    row = page.locator("tr.row", has_text="Seven people are dead")
    expect(row).to_be_focused()
    expect(row).to_have_attribute("aria-describedby", "guide-title guide-text")
    above = page.locator("#guide").bounding_box()["y"]
    assert row.bounding_box()["y"] < above, "the strip covers what it points at"


def test_the_way_back_through_the_guide_is_the_browsers(
    page: Any, context: Any, mill: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto("/guide/overview/")
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.locator("#guide-title")).to_contain_text("One row, one question")

    page.go_back()

    expect(page.locator("#guide-title")).to_contain_text("A story at a glance")


def test_the_guide_is_closed_and_the_page_stays(
    page: Any, context: Any, mill: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto("/guide/row/")

    page.get_by_role("link", name="Close the guide").click()

    expect(page.locator("#guide")).to_have_count(0)
    expect(page.locator("tr.row", has_text="Seven people are dead")).to_have_count(1)
    page.locator("#account summary").click()
    page.locator("#account").get_by_role("link", name="Guided tour").click()
    expect(page.get_by_role("heading", name="Guided tour")).to_be_visible()


def test_a_row_that_was_replaced_is_still_marked_and_takes_no_focus(
    page: Any, context: Any, mill: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto("/guide/row/")
    row = page.locator("tr.row", has_text="Seven people are dead")
    expect(row).to_be_focused()

    page.locator(".filters input[type=search]").fill("dead")

    expect(page.locator("tr.row")).to_have_count(1)
    expect(row).to_have_class("row row--high is-pointed-at")
    expect(page.locator(".filters input[type=search]")).to_be_focused()


def test_who_has_no_demonstration_brings_it_in_with_a_button(
    page: Any, context: Any, transactional_db: None, sign_in: Any
) -> None:
    sign_in(context)
    page.goto("/guide/")

    page.get_by_role("button", name="Bring them in").click()

    expect(page.locator("main")).to_contain_text("The demonstration stories are being read")
    assert Article.objects.count() >= 15
