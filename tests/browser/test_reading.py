"""An editor's and a fact-checker's work on the reading pages, in a real browser.

Every page fails its test on an error in the console, so the strict policy is tested along.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import RoleCorrection, Story
from apps.claims.models import AlignmentDecision, Annotation, FindingDecision, Verdict
from tests.browser.looks import problems_in_every_look, read_in
from tests.db.stories import make_matrix

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def matrix(page: Any, context: Any, ferry: Story, sign_in: Any) -> Any:
    """The matrix of the ferry story, read by an editor."""
    sign_in(context)
    page.goto(ferry.get_absolute_url())
    return page


def _chip(page: Any, key: str) -> Any:
    return page.locator(f"#chip-{key}")


# --- filters ---------------------------------------------------------------------------------


def test_a_filter_changes_the_rows_and_the_address_and_going_back_undoes_both(
    matrix: Any, ferry: Story, live_server: Any
) -> None:
    expect(matrix.locator("#matrix-rows tr")).to_have_count(3)

    matrix.locator("#choice-severity > summary").click()
    matrix.get_by_label("medium", exact=True).check()

    expect(matrix.locator("#matrix-rows tr")).to_have_count(1)
    expect(matrix).to_have_url(f"{live_server.url}{ferry.get_absolute_url()}?severity=medium")

    matrix.go_back()

    expect(matrix.locator("#matrix-rows tr")).to_have_count(3)
    expect(matrix).to_have_url(f"{live_server.url}{ferry.get_absolute_url()}")
    expect(matrix.locator("header.bar")).to_have_count(1)
    expect(matrix.get_by_label("medium", exact=True)).not_to_be_checked()


def test_typing_a_search_keeps_the_focus_and_every_letter(matrix: Any) -> None:
    matrix.keyboard.press("/")
    matrix.keyboard.type("when it sank", delay=60)

    expect(matrix.locator("#matrix-rows tr")).to_have_count(1)
    expect(matrix.locator("#filter-q")).to_be_focused()
    expect(matrix.locator("#filter-q")).to_have_value("when it sank")


def test_a_count_by_severity_leads_to_what_is_open(matrix: Any) -> None:
    matrix.locator("#counts").get_by_text("1 high").click()

    expect(matrix.locator("#matrix-rows tr")).to_have_count(1)
    expect(matrix).to_have_url(re.compile(r"severity=high&state=open$"))


def test_the_first_column_and_the_head_stay_in_view(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(make_matrix(8, 30).get_absolute_url())
    head, first = (
        page.locator("#matrix-table thead th").nth(0),
        page.locator("#matrix-rows th").nth(17),
    )

    expect(page.locator("#matrix-rows > tr.row")).to_have_count(30)
    page.locator("#matrix-scroll").evaluate("box => box.scrollTo(900, 1500)")

    expect(head).to_be_in_viewport()
    expect(first).to_be_in_viewport()
    assert first.bounding_box()["x"] == pytest.approx(0, abs=1)


# --- decisions -------------------------------------------------------------------------------


def test_a_finding_is_read_confirmed_and_undone_beside_the_matrix(matrix: Any) -> None:
    _chip(matrix, "aboard").click()
    panel = matrix.locator("#panel")
    expect(panel).to_contain_text("40 is outside 60–60.")
    expect(panel.locator("h2")).to_be_focused()

    panel.get_by_role("button", name="Confirm").click()

    expect(panel).to_contain_text("Confirmed by")
    expect(_chip(matrix, "aboard")).to_contain_text("confirmed")
    expect(matrix.locator("#counts")).not_to_contain_text("high")
    expect(matrix.locator("#status")).to_have_text("Confirmed.")
    assert FindingDecision.objects.get().value == "confirm"

    matrix.locator("#undo").click()

    expect(matrix.locator("#status")).to_contain_text("Undone: Confirmed")
    expect(_chip(matrix, "aboard")).not_to_contain_text("confirmed")
    expect(matrix.locator("#counts")).to_contain_text("1 high")
    expect(panel.get_by_role("button", name="Confirm")).to_be_visible()
    assert not FindingDecision.objects.exists()


def test_a_finding_is_dismissed_with_a_reason(matrix: Any) -> None:
    _chip(matrix, "asleep").click()
    panel = matrix.locator("#panel")
    panel.get_by_text("Dismiss…").click()
    panel.get_by_label("Note, if you like").fill("Told by the coroner.")
    panel.get_by_role("button", name="Trivial difference").click()

    expect(panel).to_contain_text("Trivial difference")
    expect(_chip(matrix, "asleep")).to_contain_text("dismissed")
    decision = FindingDecision.objects.get()
    assert (decision.reason, decision.note) == (2, "Told by the coroner.")


def test_work_is_done_with_the_keyboard_alone(matrix: Any) -> None:
    matrix.keyboard.press("j")
    expect(_chip(matrix, "aboard")).to_be_focused()
    expect(matrix.locator("#finding-aboard")).to_be_visible()
    matrix.keyboard.press("c")
    expect(_chip(matrix, "aboard")).to_contain_text("confirmed")

    matrix.keyboard.press("j")
    expect(_chip(matrix, "office")).to_be_focused()
    expect(matrix.locator("#finding-office")).to_be_visible()
    matrix.keyboard.press("d")
    matrix.keyboard.press("3")
    expect(_chip(matrix, "office")).to_contain_text("dismissed")
    assert FindingDecision.objects.get(finding_key="office").reason == 3

    matrix.keyboard.press("u")
    expect(_chip(matrix, "office")).not_to_contain_text("dismissed")
    assert not FindingDecision.objects.filter(finding_key="office").exists()

    matrix.keyboard.press("k")
    expect(_chip(matrix, "aboard")).to_be_focused()
    expect(matrix.locator("#status")).to_contain_text("Finding 1 of 3")
    matrix.keyboard.press("Escape")
    expect(matrix.locator("#panel")).to_be_empty()
    expect(_chip(matrix, "aboard")).to_be_focused()


def test_quick_steps_end_at_the_last_finding_asked_for(matrix: Any) -> None:
    for _ in range(3):
        matrix.keyboard.press("j")

    expect(_chip(matrix, "asleep")).to_be_focused()
    expect(matrix.locator("#finding-asleep")).to_be_visible()


def test_a_letter_pressed_too_early_decides_nothing_about_the_finding_before(matrix: Any) -> None:
    matrix.keyboard.press("j")
    expect(matrix.locator("#finding-aboard")).to_be_visible()
    matrix.route(re.compile("findings/office"), lambda route: None)

    matrix.keyboard.press("j")
    matrix.keyboard.press("c")

    expect(matrix.locator("#status")).to_have_text("The finding is still being opened")
    assert not FindingDecision.objects.exists()


def test_arrows_walk_from_cell_to_cell_and_enter_opens_the_rows_finding(matrix: Any) -> None:
    matrix.locator("#matrix-scroll").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"):
        matrix.keyboard.press(key)
    expect(matrix.locator("#matrix-rows tr").nth(1).locator("td").nth(1)).to_be_focused()

    matrix.keyboard.press("Enter")

    expect(matrix.locator("#finding-office")).to_be_visible()


def test_shortcuts_can_be_looked_up_and_switched_off(matrix: Any) -> None:
    matrix.keyboard.press("?")
    expect(matrix.locator("#keys-sheet")).to_be_visible()
    matrix.keyboard.press("Escape")
    expect(matrix.locator("#keys-sheet")).not_to_be_visible()

    matrix.locator("#account > summary").click()
    matrix.get_by_role("button", name="Shortcuts: on").click()
    expect(matrix.locator("#status")).to_have_text("Shortcuts: off")
    matrix.reload()
    matrix.keyboard.press("j")

    expect(matrix.locator("#panel")).to_be_empty()
    expect(matrix.locator("html")).to_have_attribute("data-keys", "off")


def test_marks_are_taken_away_and_brought_back(matrix: Any) -> None:
    mark = matrix.locator("tbody mark").first
    shown = mark.evaluate("element => getComputedStyle(element).textDecorationLine")

    matrix.keyboard.press("x")
    matrix.keyboard.press("x")

    assert shown == "underline"
    assert mark.evaluate("element => getComputedStyle(element).textDecorationLine") == "none"


def test_a_swap_keeps_the_focus_and_the_place(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(make_matrix(6, 40).get_absolute_url())
    scroll = page.locator("#matrix-scroll")
    chip = page.locator("#chip-finding33")
    chip.scroll_into_view_if_needed()
    before = scroll.evaluate("box => box.scrollTop")

    chip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()
    page.locator("#panel").get_by_role("button", name="Confirm").press("Enter")

    expect(page.locator("#panel")).to_contain_text("Confirmed")
    expect(page.locator("#panel").locator(":focus")).to_have_count(1)
    assert before > 500
    assert scroll.evaluate("box => box.scrollTop") == pytest.approx(before, abs=40)


def test_a_reading_that_does_not_belong_is_refused_from_its_cell(matrix: Any) -> None:
    cell = matrix.locator("#matrix-rows tr").first.locator("td").nth(2)
    cell.get_by_text("why here?").click()
    expect(cell).to_contain_text("both name the ferry")

    cell.get_by_role("button", name="Not the same").click()

    expect(matrix.locator("#status")).to_have_text("Taken out of its row.")
    expect(cell).not_to_contain_text("The ferry carried")
    assert {row.value for row in AlignmentDecision.objects.all()} == {"refuse"}


# --- fact-checking ---------------------------------------------------------------------------


def test_a_verdict_needs_evidence_and_is_kept_with_it(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context, role="fact-checker")
    page.goto(f"{ferry.get_absolute_url()}findings/aboard/")
    page.get_by_text("Give a verdict").click()
    page.get_by_label("Verdict on the claim").select_option("disputed")
    page.get_by_role("button", name="Save verdict").click()
    expect(page.get_by_text("no verdict without them")).to_be_visible()
    assert not Verdict.objects.exists()

    page.get_by_label("Address of the evidence").fill("https://harbour.example/log")
    page.get_by_label("The words you rely on").fill("forty souls")
    page.get_by_role("button", name="Save verdict").click()

    expect(page.locator(".verdicts")).to_contain_text("forty souls")
    assert Verdict.objects.get().value == "disputed"


# --- the article -----------------------------------------------------------------------------


def test_pointing_at_marked_words_shows_how_others_put_it(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(ferry.articles.get(outlet__name="Coast Wire").get_absolute_url())
    peek, mark = page.locator(".peek"), page.locator("a.anchored").first
    place = page.locator(".para").nth(1).bounding_box()

    mark.hover()
    expect(peek).to_contain_text("The ferry carried 60 people.")
    assert page.locator(".para").nth(1).bounding_box() == place
    page.mouse.move(0, 0)
    expect(peek).to_have_count(0)

    mark.focus()
    expect(peek).to_contain_text("The ferry carried 60 people.")


def test_marked_words_open_their_note_in_the_margin(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(ferry.articles.get(outlet__name="Coast Wire").get_absolute_url())
    words = page.locator(".margin-note").first.get_by_text("The ferry carried 60 people.")

    page.locator("a.anchored").first.click()
    expect(words).to_be_visible()
    page.locator("a.anchored").first.click()
    expect(words).not_to_be_visible()


def test_selected_words_are_given_a_note(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    article = ferry.articles.get(outlet__name="Coast Wire")
    page.goto(article.get_absolute_url())

    # Three clicks select the paragraph: over several marks.
    page.locator(".para__text").nth(2).click(click_count=3)
    page.get_by_role("button", name="Note", exact=True).click()
    page.get_by_label("Your note").fill("Check who said this.")
    page.get_by_role("button", name="Save note").click()

    expect(page.locator(".margin-note--note")).to_contain_text("Check who said this.")
    note = Annotation.objects.get()
    assert note.quote == article.text[note.start : note.end]
    assert note.quote.startswith("“Nobody should have sailed")


def test_words_are_selected_by_dragging_over_a_mark(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    article = ferry.articles.get(outlet__name="South Mail")
    page.goto(article.get_absolute_url())
    box = page.locator(".para__text a.anchored").nth(1).bounding_box()

    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 12, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="Note", exact=True).click()
    page.get_by_label("Your note").fill("When exactly?")
    page.get_by_role("button", name="Save note").click()

    expect(page.locator(".margin-note--note")).to_contain_text("When exactly?")
    note = Annotation.objects.get()
    assert note.quote == article.text[note.start : note.end]
    assert note.quote in "It sank at dawn."


# --- set aside -------------------------------------------------------------------------------


def test_a_part_is_put_back(page: Any, context: Any, ferry: Story, sign_in: Any) -> None:
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}set-aside/")
    page.get_by_role("button", name="Put back").click()

    expect(page.get_by_text("The article is being read again.")).to_be_visible()
    assert RoleCorrection.objects.get().quote == "Comments are closed."


# --- without scripts -------------------------------------------------------------------------


@pytest.fixture
def plain(browser: Any, live_server: Any, ferry: Story, sign_in: Any) -> Any:
    """A browser that runs no scripts, with an editor signed in."""
    with read_in("no scripts", browser, live_server) as page:
        sign_in(page.context)
        yield page


def test_everything_works_without_scripts(plain: Any, ferry: Story) -> None:
    plain.goto("/")
    plain.get_by_role("link", name=ferry.title, exact=True).click()
    expect(plain.locator("#matrix-rows tr")).to_have_count(3)

    plain.get_by_label("Search the claims").fill("sank")
    plain.get_by_role("button", name="Show").click()
    expect(plain.locator("#matrix-rows tr")).to_have_count(1)
    plain.get_by_role("link", name="Clear filters").click()

    _chip(plain, "aboard").click()
    plain.get_by_role("button", name="Confirm").click()
    expect(plain.get_by_text("Confirmed by")).to_be_visible()
    plain.get_by_text("Dismiss…").click()
    plain.get_by_role("button", name="Explained by time of writing").click()
    expect(plain.get_by_text("Explained by time of writing").first).to_be_visible()

    plain.get_by_role("link", name=ferry.title, exact=True).click()
    plain.get_by_role("button", name="Undo").click()
    expect(plain.get_by_text("Undone: Dismissed")).to_be_visible()
    assert FindingDecision.objects.get().value == "confirm"


def test_a_note_is_written_without_scripts(plain: Any, ferry: Story) -> None:
    plain.goto(ferry.articles.get(outlet__name="Coast Wire").get_absolute_url())
    plain.locator(".para__note").nth(1).click(force=True)
    plain.get_by_label("Words, exactly as printed").fill("the harbour office")
    plain.get_by_label("Your note").fill("Which office?")
    plain.get_by_role("button", name="Save note").click()

    expect(plain.locator(".margin-note--note")).to_contain_text("Which office?")
    assert Annotation.objects.get().quote == "the harbour office"


def test_marked_words_lead_to_their_note_without_scripts(plain: Any, ferry: Story) -> None:
    plain.goto(ferry.articles.get(outlet__name="Coast Wire").get_absolute_url())

    plain.locator("a.anchored").first.click()

    expect(plain.get_by_text("The ferry carried 60 people.")).to_be_visible()


# --- accessibility ---------------------------------------------------------------------------


def test_the_pages_of_a_story_can_be_read_by_everybody(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    found: list[str] = []
    sign_in(context, role="fact-checker")
    addresses = {
        "stories": "/",
        "matrix": ferry.get_absolute_url(),
        "matrix with a finding": ferry.get_absolute_url(),
        "empty matrix": f"{ferry.get_absolute_url()}?q=zeppelin",
        "finding": f"{ferry.get_absolute_url()}findings/aboard/",
        "article": ferry.articles.get(outlet__name="South Mail").get_absolute_url(),
        "set aside": f"{ferry.get_absolute_url()}set-aside/",
        "nothing here": "/stories/none/",
    }
    for name, address in addresses.items():
        page.goto(address)
        if name == "matrix with a finding":
            _chip(page, "aboard").click()
            page.locator("#panel").get_by_text("Dismiss…").click()
            page.locator("#panel").get_by_text("Give a verdict").click()
        if name == "article":
            for note in page.locator(".margin-note > summary").all():
                note.click()
        found += problems_in_every_look(page)

    assert not found, "\n".join(found)


def test_a_phone_names_the_outlet_of_every_reading(
    browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    with read_in("phone", browser, live_server) as page:
        sign_in(page.context)
        page.goto(ferry.get_absolute_url())

        outlets = ("Coast Wire", "Daily Echo", "South Mail")
        cells = page.locator("#matrix-rows tr").first.locator("td")
        names = cells.evaluate_all(
            "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
        )

        assert [outlet in name for outlet, name in zip(outlets, names, strict=True)] == [True] * 3
