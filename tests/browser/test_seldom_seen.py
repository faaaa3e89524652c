"""Parts of pages that only some stories have: later versions, articles near by, notes and answers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Article, Story
from apps.claims.actions import annotate, answer_note, resolve_note
from tests.browser.looks import problems_in_every_look, read_in, serious_problems
from tests.db.stories import make_article, make_story, make_user, make_version, sketch_article

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("lisse", "ferry", "harbour", "rock", "captain", "dawn", "deck", "horn")


@pytest.fixture
def replaced(ferry: Story) -> Article:
    """The first version of an article whose second corrects a number, and changes other words."""
    old = make_article(
        ferry,
        "Harbour Radio",
        ["The ferry carried 70 people.", "Divers had found the hull."],
        hours=4,
    )
    make_version(
        old,
        [
            "The ferry carried 60 people.",
            "Divers have found the hull.",
            "Correction: an earlier version said that 70 people were aboard.",
        ],
        hours=5,
    )
    return old


@pytest.fixture
def noted(ferry: Story) -> Article:
    """An article with a note that was answered and is open, and another that was resolved."""
    wanda, otto = make_user("wanda"), make_user("otto")
    article = ferry.articles.get(outlet__name="South Mail")
    for words, note in (("60 people", "On which list?"), ("at dawn", "By whose clock?")):
        start = article.text.index(words)
        last = annotate(article=article, start=start, end=start + len(words), note=note, user=wanda)
        answer_note(annotation=last, text="The harbour office says so.", user=otto)
    resolve_note(annotation=last, because="It says so now.", user=otto)
    return article


@pytest.fixture
def near(ferry: Story) -> Story:
    """The ferry story, while another story has an article that looks like its own."""
    for article in ferry.articles.all():
        sketch_article(article, NAMES, day="2031-05-04")
    before = make_article(make_story("One year before"), "Pier Watch", ["A ferry sank there."])
    sketch_article(before, NAMES[:6], day="2030-05-01")
    return ferry


def test_what_a_version_changed_is_read_in_every_look(
    page: Any, context: Any, replaced: Article, sign_in: Any
) -> None:
    sign_in(context)
    new = replaced.next

    page.goto(new.get_absolute_url())
    expect(page.locator("#changes")).to_contain_text("Correction notice")
    found = problems_in_every_look(page)
    page.goto(replaced.get_absolute_url())
    expect(page.locator("main")).to_contain_text("replaced on")
    found += problems_in_every_look(page)

    assert found == []


def test_articles_near_by_are_read_in_every_look(
    page: Any, context: Any, near: Story, sign_in: Any
) -> None:
    sign_in(context)
    found = []
    for address in ("overview/", "articles/"):
        page.goto(f"{near.get_absolute_url()}{address}")
        expect(page.get_by_role("region", name="Near, but in another story")).to_be_visible()
        found += problems_in_every_look(page)

    assert found == []


def test_notes_and_their_forms_are_read_in_every_look(
    page: Any, context: Any, noted: Article, sign_in: Any
) -> None:
    sign_in(context, role="fact-checker")
    page.goto(noted.get_absolute_url())
    page.get_by_text("Answer…").first.click()
    page.get_by_text("Resolve…").first.click()
    expect(page.get_by_label("Your answer").first).to_be_visible()
    expect(page.get_by_label("Resolved because").first).to_be_visible()
    found = problems_in_every_look(page)

    page.locator(".para__note").first.click(force=True)
    expect(page.get_by_label("Your note")).to_be_visible()
    found += problems_in_every_look(page)
    for address in ("/desk/", f"{noted.story.get_absolute_url()}overview/"):
        page.goto(address)
        expect(page.locator("main")).to_contain_text("1 open note")
        found += problems_in_every_look(page)

    assert found == []


def test_without_scripts_a_note_is_answered_and_resolved(
    browser: Any, live_server: Any, noted: Article, sign_in: Any
) -> None:
    with read_in("no scripts", browser, live_server) as page:
        sign_in(page.context, role="fact-checker")
        page.goto(noted.get_absolute_url())

        page.get_by_text("Answer…").first.click()
        page.get_by_label("Your answer").first.fill("The second list.")
        page.get_by_role("button", name="Save answer").first.click()
        expect(page.locator(".margin-note__answer").last).to_be_visible()
        page.get_by_text("Resolve…").click()
        page.get_by_label("Resolved because").fill("Both lists agree.")
        page.get_by_role("button", name="Resolve", exact=True).click()

        expect(page.locator(".margin-note--resolved")).to_have_count(2)
        expect(page.locator("main")).to_contain_text("The second list.")
        assert serious_problems(page, "no scripts") == []
