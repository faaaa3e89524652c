"""The pages that show a story as pictures, in a real browser and by every way of reading.

Every page fails its test on an error in the console, so the strict policy is tested along.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from tests.browser.looks import VISITS, problems_in_every_look, read_in
from tests.db.stories import make_matrix

pytestmark = pytest.mark.django_db(transaction=True)

VIEWS = (
    "numbers/",
    "numbers/?show=alone",
    "left-out/",
    "left-out/?show=all",
    "timeline/",
    "reuse/",
)


@pytest.mark.parametrize("look", VISITS)
def test_every_view_can_be_read_by_everybody(
    look: str, browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    found: list[str] = []
    with read_in(look, browser, live_server) as page:
        sign_in(page.context)
        for view in VIEWS:
            page.goto(f"{ferry.get_absolute_url()}{view}")
            expect(page.locator("main h1")).to_have_text(ferry.title)
            found += problems_in_every_look(page, look)

    assert not found, "\n".join(found)


# --- numbers ---------------------------------------------------------------------------------


def test_a_conflict_of_numbers_is_seen_at_a_glance(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}numbers/")
    thing = page.locator(".counted").first
    forty, sixty = (
        thing.get_by_role("row", name=re.compile(outlet)).locator(".dot--differs")
        for outlet in ("Coast Wire", "South Mail")
    )

    expect(thing).to_contain_text("Cannot all be true. 40 and 60 have no value in common.")
    assert forty.bounding_box()["x"] < sixty.bounding_box()["x"] - 50


def test_choosing_numbers_changes_the_address_and_keeps_the_focus(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}numbers/")

    page.get_by_role("link", name="Conflicts").press("Enter")

    expect(page).to_have_url(re.compile(r"numbers/\?show=conflicts$"))
    expect(page.locator("#show-conflicts")).to_have_attribute("aria-current", "true")
    expect(page.locator("#show-conflicts")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Conflicts: 1")


# --- left out --------------------------------------------------------------------------------


def test_an_editor_finds_what_one_outlet_left_out(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}left-out/?show=all")
    asleep = page.get_by_role("row", name="What the captain did")
    expect(asleep.get_by_role("cell")).to_contain_text(
        ["perhaps in other words", "perhaps in other words", "paragraph 3"]
    )

    page.get_by_role("link", name="Daily Echo", exact=True).first.press("Enter")

    expect(page).to_have_url(re.compile(r"by=daily-echo&show=all$"))
    expect(page.locator("#by-daily-echo")).to_be_focused()


def test_the_rest_of_a_long_grid_comes_as_it_is_reached(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(f"{make_matrix(3, 60).get_absolute_url()}left-out/?show=all")
    rows = page.locator("tr[id^=presence-]:not(.presence__more)")
    expect(rows).to_have_count(40)

    page.locator(".presence__more").scroll_into_view_if_needed()

    expect(rows).to_have_count(60)
    expect(page.locator(".presence__more")).to_have_count(0)


# --- reuse -----------------------------------------------------------------------------------


def test_two_articles_are_chosen_and_the_address_says_which(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}reuse/")
    expect(page.locator(".pair--same")).to_have_count(1)

    page.get_by_label("Right").focus()
    page.get_by_label("Right").select_option(str(ferry.articles.get(outlet__name="South Mail").pk))

    expect(page.get_by_text("They have no sentence in common.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"reuse/\?left=\d+&right=\d+$"))
    expect(page.get_by_label("Right")).to_be_focused()
    page.go_back()
    expect(page.locator(".pair--same")).to_have_count(1)
