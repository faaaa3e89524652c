"""The product as a German reader has it: no English word of ours, nothing cut off or in the way."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from apps.articles.models import Article, Story
from apps.claims.models import ClaimGroup, ReaderSettings
from config.catalogues import DOMAINS, read_catalogue
from tests.browser.looks import VISITS, problems_in_every_look, read_in

pytestmark = pytest.mark.django_db(transaction=True)

# What a page says that is German, or should be: text and what is said instead of it.
_SAID = """[...document.querySelectorAll("body, body *")]
  .filter((element) => element.closest("[lang]").lang === "de" && !element.matches("script, template"))
  .flatMap((element) => [
    ...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data),
    ...["aria-label", "title", "placeholder"].map((name) => element.getAttribute(name) ?? ""),
  ]).concat(document.title.split(" · ")).map((words) => words.trim().replace(/\\s+/g, " ")).filter(Boolean)"""
# "%(n)s": words stand before, between and after these, and beside "<b>" for themselves.
_VALUE = re.compile(r"%\(\w+\)s")
_TAG = re.compile(r"<[^>]+>")


def _parts(message: str) -> list[str]:
    """Return what a message says between its tags, as a page shows it."""
    words = (" ".join(part.replace("&nbsp;", " ").split()) for part in _TAG.split(message))
    return [part for part in words if part]


@cache
def _english_only() -> tuple[frozenset[str], list[re.Pattern[str]]]:
    """Return what reads otherwise in German: whole strings, and those with values in them."""
    messages = [m for domain in DOMAINS for m in read_catalogue("de", domain) if m.id]
    german = {
        part
        for m in messages
        for form in (m.string if isinstance(m.string, (tuple, list)) else [m.string])
        for part in _parts(form)
    }
    english = {
        part
        for m in messages
        for source in ([m.id] if isinstance(m.id, str) else m.id)
        for part in _parts(source)
        if part not in german and re.search("[a-z]{3}", _VALUE.sub("", part))
    }
    with_values = [part for part in english if _VALUE.search(part)]
    patterns = [
        re.compile(".+".join(re.escape(words) for words in _VALUE.split(part)))
        for part in with_values
    ]
    return frozenset(english.difference(with_values)), patterns


@cache
def _is_english(words: str) -> bool:
    whole, patterns = _english_only()
    return words in whole or any(pattern.fullmatch(words) for pattern in patterns)


def _left_in_english(page: Any) -> list[str]:
    return sorted(words for words in set(page.evaluate(_SAID)) if _is_english(words))


def _pages(story: Story) -> dict[str, str]:
    return {
        "stories": "/",
        "settings": "/settings/",
        "desk": "/desk/unassigned/",
        "imports": "/imports/",
        "colleagues": "/colleagues/",
        "guide": "/guide/",
        "search": "/search/?q=ferry",
        "upload": reverse("articles:upload"),
        "matrix": story.get_absolute_url(),
        "finding": reverse("claims:finding", args=[story.slug, "aboard"]),
        "row": reverse("claims:row", args=[story.slug, ClaimGroup.objects.first().pk]),
        "article": reverse("claims:article", args=[Article.objects.first().pk]),
        "help": "/help/findings/",
        **{
            name: reverse(f"claims:{name}", args=[story.slug])
            for name in (
                "overview", "numbers", "left_out", "timeline", "reuse", "set_aside", "story_articles",
                "story_history", "apparatus", "exports",
            )
        },
    }  # fmt: skip


@pytest.mark.parametrize("look", VISITS)
def test_no_page_says_anything_in_english_that_can_be_said_in_german(
    look: str, browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    found = {}
    with read_in(look, browser, live_server, locale="de-DE") as page:
        sign_in(page.context, role="admin", name="wells")
        for name, address in _pages(ferry).items():
            page.goto(address)
            # Long words are what a phone has no room for.
            problems = _left_in_english(page) + problems_in_every_look(page, look)
            if problems:
                found[name] = problems

    assert found == {}


def test_one_english_sentence_on_a_page_is_noticed(page: Any) -> None:
    page.set_content(
        """<html lang="de"><title>Settings · Variorum</title><h1>Geführter Rundgang</h1><a title="Guided tour">G</a>
        <p>Coast Wire</p><p lang="en">Keyboard shortcuts</p>
        <p>You are signed in as <b>wanda</b>.</p><p>7 open notes</p></html>"""
    )

    assert _left_in_english(page) == [
        "7 open notes",
        "Guided tour",
        "Settings",
        "You are signed in as",
    ]


def test_a_german_browser_is_greeted_in_german_and_works_in_it(
    browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    context = browser.new_context(base_url=live_server.url, locale="de-AT")
    page = context.new_page()
    page.goto("/accounts/login/")
    expect(page.get_by_role("heading", name="Anmelden")).to_be_visible()
    greeting = _left_in_english(page)

    sign_in(context, name="wells")
    page.goto(ferry.get_absolute_url())
    page.keyboard.press("j")
    expect(page.locator("#status")).to_contain_text("Befund 1 von 3")
    expect(page.locator("#finding-aboard")).to_be_visible()
    page.keyboard.press("c")
    expect(page.locator("#panel")).to_contain_text("Bestätigt")
    card = _left_in_english(page)
    page.keyboard.press("Control+k")
    expect(page.locator("#palette .place").first).to_be_visible()
    palette = _left_in_english(page)
    context.close()

    assert (greeting, card, palette) == ([], [], [])


def test_dates_and_numbers_are_written_as_germans_do(
    browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    context = browser.new_context(base_url=live_server.url, locale="de-DE")
    sign_in(context)
    page = context.new_page()
    page.goto(reverse("claims:article", args=[Article.objects.first().pk]))

    expect(page.locator(".reader__facts")).to_contain_text(re.compile(r"\d\. \w+\.? \d{4}, \d\d:"))
    expect(page.locator(".shares")).to_contain_text(re.compile(r"\d\s%"))
    context.close()


def test_the_language_is_chosen_on_the_page_of_settings_without_scripts_too(
    browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    with read_in("no scripts", browser, live_server, locale="en-GB") as page:
        sign_in(page.context)
        page.goto("/settings/")
        page.get_by_label("Language of the interface").select_option("de")
        page.get_by_label("dark").check()
        page.get_by_role("button", name="Save").click()

        expect(page.get_by_role("heading", name="Einstellungen")).to_be_visible()
        expect(page.locator(".messages")).to_have_text("Gespeichert.")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        assert ReaderSettings.objects.get().language == "de"
        page.locator("#account > summary").click()
        page.locator("#switch-appearance").click()
        expect(page.locator("html")).to_have_attribute("data-theme", "automatic")


def test_what_is_chosen_in_one_browser_holds_in_another(
    browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    sign_in(context)
    page = context.new_page()
    page.goto(ferry.get_absolute_url())
    page.locator("#account > summary").click()
    page.locator("#switch-appearance").click()
    expect(page.locator("#status")).to_have_text("Appearance: light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.locator("#switch-appearance")).to_be_focused()
    other = browser.new_context(base_url=live_server.url)
    other.add_cookies(context.cookies())
    elsewhere = other.new_page()
    elsewhere.goto("/")

    expect(elsewhere.locator("html")).to_have_attribute("data-theme", "light")
    context.close()
    other.close()
