"""An editor's whole work without a mouse, from signing in to signing out.

After every step the focus is somewhere and can be seen, and what happened is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from apps.claims.actions import index_missing
from apps.claims.models import Annotation, Assignment, FindingDecision
from tests.db.stories import make_finding, make_matrix, make_user

pytestmark = pytest.mark.django_db(transaction=True)

_HELD = """() => {
  const held = document.activeElement;
  if (!held || held === document.body) return "nothing";
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(held);
  const box = held.getBoundingClientRect();
  if (!held.checkVisibility() || box.width < 1) return `hidden: ${held.outerHTML.slice(0, 80)}`;
  if (box.bottom <= 0 || box.top >= innerHeight) return `out of sight: ${held.outerHTML.slice(0, 80)}`;
  const isSeen = (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  return isSeen ? "" : `not marked: ${held.outerHTML.slice(0, 80)}`;
}"""


def _holds_focus(page: Any) -> None:
    assert page.evaluate(_HELD) == ""


@pytest.fixture
def press(page: Any) -> Callable[..., None]:
    """Press keys one after the other."""

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)

    return press


def _tab_to(page: Any, place: Any, *, at_most: int) -> None:
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if place.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"not reached in {at_most} Tabs: {place}")


def _arrive(page: Any, address: str) -> None:
    """Wait for another page and its scripts."""
    expect(page).to_have_url(re.compile(address))
    page.wait_for_load_state()


def test_an_editor_works_through_a_story_without_a_mouse(
    page: Any, ferry: Story, press: Callable[..., None]
) -> None:
    index_missing()
    make_user("wanda", "editor")
    status = page.locator("#status")

    # Signing in: the first box has the focus, Enter sends.
    page.goto("/")
    expect(page.locator("#id_username")).to_be_focused()
    page.keyboard.type("wanda")
    press("Tab")
    page.keyboard.type("long enough to pass")
    press("Enter")
    expect(page.locator("#finder-q")).to_be_visible()
    _arrive(page, r"/$")

    # The list of stories: / to its box, Enter to the first found, Enter to the story.
    press("/")
    expect(page.locator("#finder-q")).to_be_focused()
    page.keyboard.type("ferry")
    press("Enter")
    expect(page.locator(".story-line h2 a")).to_be_focused()
    _holds_focus(page)
    press("Enter")
    _arrive(page, ferry.get_absolute_url())

    # The palette: to the overview, whose heading has the focus then; and on to the comparison.
    press("Control+k")
    page.keyboard.type("overv")
    expect(page.locator("#palette a.place").first).to_have_text("Overview")
    press("Enter")
    _arrive(page, "/overview/$")
    expect(page.locator("main h1")).to_be_focused()
    _holds_focus(page)
    _tab_to(page, page.locator(".tabs").get_by_role("link", name="Comparison"), at_most=3)
    press("Enter")
    expect(page.locator("#matrix-rows tr")).to_have_count(3)

    # Searching: Escape leaves the box and the words, Enter goes to the first row.
    press("/")
    page.keyboard.type("ferry")
    expect(page.locator("#matrix-rows tr")).to_have_count(1)
    expect(status).to_contain_text("1 of 4 claims")
    press("Escape")
    expect(page.locator("#filter-q")).to_have_value("ferry")
    expect(page.locator("#matrix-scroll")).to_be_focused()
    _holds_focus(page)
    press("/")
    expect(page.locator("#filter-q")).to_be_focused()
    press("Enter")
    expect(page.locator("#matrix-rows th")).to_be_focused()
    _tab_to(page, page.locator("#chip-aboard"), at_most=3)
    press("/", "Delete")
    expect(page.locator("#matrix-rows tr")).to_have_count(3)

    # In the grid: down, right, and Enter opens the finding of the row.
    press("Escape", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowDown")
    expect(page.locator("#matrix-rows tr").nth(1).locator("td").nth(1)).to_be_focused()
    press("Enter")
    expect(page.locator("#finding-office h2")).to_be_focused()
    _holds_focus(page)
    press("Escape")
    expect(page.locator("#chip-office")).to_be_focused()
    _holds_focus(page)

    # j and k, then every decision; u takes them back.
    press("k")
    expect(page.locator("#finding-aboard")).to_be_visible()
    expect(status).to_contain_text("Finding 1 of 3")
    press("c")
    expect(status).to_have_text("Confirmed.")
    expect(page.locator("#chip-aboard")).to_be_focused()
    press("j")
    expect(page.locator("#finding-office")).to_be_visible()
    press("d")
    expect(page.locator("#panel :focus")).to_have_count(1)
    press("3")
    expect(status).to_contain_text("Dismissed")
    _holds_focus(page)
    assert set(FindingDecision.objects.values_list("value", flat=True)) == {"confirm", "dismiss"}
    press("u")
    expect(status).to_contain_text("Undone")
    expect(page.locator("#chip-office")).not_to_contain_text("dismissed")
    expect(page.locator("#panel").get_by_text("Dismiss…")).to_be_visible()
    expect(page.locator("#panel > .htmx-request")).to_have_count(0)
    _holds_focus(page)
    press("a")
    expect(page.locator("#chip-office")).to_contain_text("wanda")
    _holds_focus(page)
    assert Assignment.objects.get().finding_key == "office"

    # What is marked, and copies folded.
    press("x")
    expect(status).to_have_text("Marks: values")
    press("w")
    expect(status).to_contain_text("2 columns")
    _holds_focus(page)
    press("w")
    expect(page.locator("thead th[data-outlet]")).to_have_count(3)

    # The sheet of all keys.
    press("?")
    expect(page.locator("#keys-sheet")).to_be_visible()
    press("Escape")
    expect(page.locator("#keys-sheet")).not_to_be_visible()
    _holds_focus(page)

    # An article: from mark to mark, and a note on a passage.
    article = ferry.articles.get(outlet__name="Coast Wire")
    page.locator("thead .outlet__name").first.focus()
    press("Enter")
    _arrive(page, article.get_absolute_url())
    press("j")
    expect(page.locator("a.anchored").first).to_be_focused()
    expect(page.locator(".peek")).to_contain_text("The ferry carried 60 people.")
    _holds_focus(page)
    press("j")
    expect(page.locator("a.anchored").nth(1)).to_be_focused()
    _holds_focus(page)
    page.locator(".para__note").nth(1).focus()
    press("Enter")
    expect(page.get_by_label("Your note")).to_be_visible()
    page.get_by_label("Words, exactly as printed").focus()
    press("Control+a")
    page.keyboard.type("the harbour office")
    press("Tab")
    page.keyboard.type("Which office?")
    _tab_to(page, page.get_by_role("button", name="Save note"), at_most=2)
    press("Enter")
    expect(page.locator(".margin-note--note")).to_contain_text("Which office?")
    assert Annotation.objects.get().quote == "the harbour office"

    # Print, then signing out.
    page.goto(ferry.get_absolute_url())
    page.locator("#print-tab").focus()
    press("Enter")
    _arrive(page, "/apparatus/")
    expect(page.locator("main h1")).to_be_visible()
    page.locator("#account > summary").focus()
    press("Enter")
    _tab_to(page, page.get_by_role("button", name="Sign out"), at_most=12)
    _holds_focus(page)
    press("Enter")
    _arrive(page, "/accounts/login/")


def test_e_opens_the_evidence_of_the_open_finding(
    page: Any, context: Any, ferry: Story, sign_in: Any, press: Callable[..., None]
) -> None:
    sign_in(context, role="fact-checker")
    page.goto(ferry.get_absolute_url())

    press("j")
    expect(page.locator("#finding-aboard")).to_be_visible()
    press("e")

    expect(page.get_by_label("Verdict on the claim")).to_be_visible()
    assert page.locator("#panel .verdict[open]").count() == 1
    _holds_focus(page)


def test_j_stays_among_the_claims_that_were_searched_for(
    page: Any, context: Any, ferry: Story, sign_in: Any, press: Callable[..., None]
) -> None:
    make_finding(ferry, None, [], key="whole", kind="omission", outcome="compatible")
    sign_in(context)
    page.goto(ferry.get_absolute_url())
    expect(page.locator("#chip-whole")).to_be_visible()

    page.goto(f"{ferry.get_absolute_url()}?q=sank")
    press("j")

    expect(page.locator("#chip-office")).to_be_focused()
    expect(page.locator("#chip-whole")).to_have_count(0)
    press("j")
    expect(page.locator("#status")).to_have_text("That was the last finding")


@pytest.mark.parametrize("tab", ["overview/", "numbers/", "timeline/"])
def test_slash_leads_to_the_search_from_a_page_without_one(
    page: Any, context: Any, ferry: Story, sign_in: Any, press: Callable[..., None], tab: str
) -> None:
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}{tab}")

    press("/")

    page.wait_for_url("**/search/")
    expect(page.locator("#search-q")).to_be_focused()


@pytest.mark.parametrize("asked", ["kind=attribution_lost", "severity=medium"])
def test_j_passes_by_what_a_row_has_beside_the_findings_asked_for(
    page: Any,
    context: Any,
    ferry: Story,
    sign_in: Any,
    press: Callable[..., None],
    asked: str,
) -> None:
    sinking = ferry.groups.get(title="When it sank")
    make_finding(ferry, sinking, [], key="dawn", kind="date_conflict")
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}?{asked}")
    expect(page.locator("#chip-dawn")).to_be_visible()

    press("j")

    expect(page.locator("#chip-office")).to_be_focused()
    press("j")
    expect(page.locator("#status")).to_have_text("That was the last finding")


def test_j_leads_out_of_a_list_in_which_other_letters_choose(
    page: Any, context: Any, ferry: Story, sign_in: Any, press: Callable[..., None]
) -> None:
    sign_in(context)
    page.goto(ferry.get_absolute_url())
    page.locator("#filter-state").focus()
    press("o")
    expect(page).to_have_url(re.compile("state=open"))
    expect(page.locator("#filter-state")).to_be_focused()

    press("j")

    expect(page.locator("#finding-aboard")).to_be_visible()
    expect(page.locator("#chip-aboard")).to_be_focused()
    assert not FindingDecision.objects.exists()


def test_a_link_past_the_filters_leads_to_the_claims(
    page: Any, context: Any, ferry: Story, sign_in: Any, press: Callable[..., None]
) -> None:
    sign_in(context)
    page.goto(ferry.get_absolute_url())

    press("/", "Tab")
    expect(page.get_by_role("link", name="Skip to the claims")).to_be_focused()
    _holds_focus(page)
    press("Enter")

    expect(page.locator("#matrix-rows th").first).to_be_focused()
    assert "#" not in page.url


def test_with_shortcuts_off_no_letter_does_anything_and_arrows_scroll(
    page: Any, context: Any, ferry: Story, sign_in: Any, press: Callable[..., None]
) -> None:
    sign_in(context)
    page.goto(ferry.get_absolute_url())
    page.locator("#account > summary").click()
    page.get_by_role("button", name="Shortcuts: on").click()
    expect(page.locator("#status")).to_have_text("Shortcuts: off")
    page.goto(ferry.get_absolute_url())
    address = page.url
    page.locator("#matrix-rows th").first.focus()

    press(*"jkcdaexwu?mny1", "/", "ArrowDown", "Enter")

    expect(page.locator("#matrix-rows th").first).to_be_focused()
    expect(page.locator("#panel")).to_be_empty()
    expect(page.locator("#keys-sheet")).not_to_be_visible()
    expect(page.locator("#status")).to_be_empty()
    assert page.url == address
    assert not FindingDecision.objects.exists()
    # Escape and Enter in a box are nobody's slip: they go on working.
    page.locator("#filter-q").focus()
    page.keyboard.type("sank")
    press("Escape")
    expect(page.locator("#filter-q")).to_have_value("sank")


def test_the_columns_of_the_open_finding_are_in_view_beside_it(
    page: Any, context: Any, ferry: Story, sign_in: Any, press: Callable[..., None]
) -> None:
    sign_in(context)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(make_matrix(5, 4).get_absolute_url())
    box = page.locator("#matrix-scroll")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")

    press("j")
    expect(page.locator("#panel h2")).to_be_visible()

    letters = page.locator(".chip[aria-current='true'] .chip__sigils").inner_text().split()
    right = page.locator("#panel").bounding_box()["x"]
    for letter in letters:
        head = page.locator("thead th[data-outlet]").filter(
            has=page.locator(".sigil", has_text=letter)
        )
        place = head.bounding_box()
        assert place["x"] + place["width"] <= right
    assert len(letters) >= 2
    press("Escape")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_the_first_claim_is_on_the_first_screen_of_a_phone_and_no_keys_are_promised(
    browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
    )
    sign_in(context)
    page = context.new_page()
    page.goto(ferry.get_absolute_url())

    assert page.locator("#matrix-rows .row__title").first.bounding_box()["y"] < 560
    assert page.locator("#matrix-rows .reading").first.bounding_box()["y"] < 844
    assert page.locator("kbd:visible").count() == 0
    page.locator("#filters-more > summary").tap()
    page.locator("#diff-menu > summary").tap()
    sheet = page.locator("#diff-menu .menu__sheet").bounding_box()
    assert sheet["y"] >= 0
    assert sheet["y"] + sheet["height"] <= 844
    context.close()


def test_what_happened_is_said_without_covering_anything(
    page: Any, context: Any, ferry: Story, sign_in: Any, press: Callable[..., None]
) -> None:
    sign_in(context)
    page.goto(ferry.get_absolute_url())
    press("x")
    expect(page.locator("#status")).to_have_text("Marks: values")
    foot = page.locator("#status").bounding_box()
    box = page.locator("#matrix-scroll").bounding_box()

    assert box["y"] + box["height"] <= foot["y"] + 1
    assert foot["y"] + foot["height"] == page.viewport_size["height"]


def test_typing_fast_and_choosing_twice_leaves_the_console_empty(
    page: Any, context: Any, ferry: Story, sign_in: Any, console: list[str]
) -> None:
    sign_in(context)
    page.goto(ferry.get_absolute_url())
    page.route(re.compile(r"\?q="), lambda route: page.wait_for_timeout(400) or route.continue_())
    page.locator("#filter-q").focus()
    page.keyboard.type("ferry carried", delay=150)
    expect(page.locator("#status")).to_contain_text("1 of 4 claims")

    page.goto(f"{ferry.get_absolute_url()}numbers/")
    page.locator("#show-alone").dispatch_event("click")
    page.locator("#show-all").dispatch_event("click")
    expect(page.locator("#status")).to_contain_text("Counted by several")

    assert console == []


def test_an_error_in_any_console_is_heard(
    browser: Any, live_server: Any, console: list[str]
) -> None:
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/accounts/login/")

    page.evaluate("console.error('a complaint')")
    with context.expect_event("weberror"):
        page.evaluate("setTimeout(() => { throw new Error('thrown') })")
    with context.expect_console_message(lambda message: "Content Security" in message.text):
        page.evaluate("document.body.setAttribute('style', 'color: red')")
    context.close()

    heard = " ".join(console)
    console.clear()
    assert "a complaint" in heard
    assert "thrown" in heard
    assert "Content Security Policy" in heard
