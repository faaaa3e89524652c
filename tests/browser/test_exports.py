"""Exports and fact checks in a real browser, by every way of reading."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from apps.claims.actions import review_verdict
from tests.browser.looks import VISITS, problems_in_every_look, read_in
from tests.db.stories import judge, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def checked(ferry: Story) -> Story:
    verdict = judge(
        ferry,
        make_user("wanda"),
        "contradicted by evidence",
        note="The log has 40 names.",
        words="The ferry carried 60 people.",
    )
    review_verdict(verdict=verdict, user=make_user("otto"))
    return ferry


@pytest.mark.parametrize("look", VISITS)
def test_exports_and_fact_checks_can_be_read_by_everybody(
    look: str, browser: Any, live_server: Any, checked: Story, sign_in: Any
) -> None:
    found: list[str] = []
    with read_in(look, browser, live_server) as page:
        sign_in(page.context)
        page.goto(f"{checked.get_absolute_url()}export/")
        expect(page.get_by_role("heading", name="Fact checks")).to_be_visible()
        found += problems_in_every_look(page, look)
        page.get_by_role("link", name="The ferry carried 60 people.").click()
        expect(page.get_by_role("heading", name="Who says it")).to_be_visible()
        expect(page.locator("main")).to_contain_text("The log has 40 names.")
        found += problems_in_every_look(page, look)

    assert not found, "\n".join(found)


def test_machines_find_the_fact_check_in_its_page_and_nothing_is_run(
    page: Any, context: Any, checked: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(f"{checked.get_absolute_url()}reviews/aboard/")

    data = json.loads(page.locator('script[type="application/ld+json"]').text_content())

    assert data["itemReviewed"]["appearance"][0]["publisher"]["name"] == "South Mail"


def test_files_are_taken_along(page: Any, context: Any, checked: Story, sign_in: Any) -> None:
    sign_in(context)
    page.goto(f"{checked.get_absolute_url()}export/")

    for name, file in (
        ("CSV", "story-1-verdicts.csv"),
        ("JSON", "story-1-verdicts.json"),
        ("ClaimReview", "story-1-claimreview.jsonld"),
    ):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        assert download.value.suggested_filename == file
