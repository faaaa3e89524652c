"""Rows put right in a real browser: by keyboard, by mouse, from the card, and without scripts.

Every page fails its test on an error in the console, so the strict policy is tested along.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from apps.claims.actions import compare_story, refuse_row
from apps.claims.models import AlignmentDecision, ClaimGroup
from tests.browser.looks import problems_in_every_look, read_in
from tests.db.stories import claim_of, make_matrix, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def matrix(page: Any, context: Any, ferry: Story, sign_in: Any) -> Any:
    """The matrix of the ferry story, read by an editor."""
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}?sort=position")
    return page


def _row(story: Story, outlet: str, position: int = 0) -> ClaimGroup:
    return ClaimGroup.objects.get(
        alignments__claim=claim_of(story.articles.get(outlet__name=outlet), position)
    )


def _cell(page: Any, row: ClaimGroup, story: Story, outlet: str) -> Any:
    return page.locator(f"#cell-{row.pk}-{story.articles.get(outlet__name=outlet).pk}")


# --- keyboard --------------------------------------------------------------------------------


def test_a_reading_is_moved_by_keyboard_and_undone(matrix: Any, ferry: Story) -> None:
    aboard, sinking = _row(ferry, "South Mail"), _row(ferry, "South Mail", 1)
    _cell(matrix, aboard, ferry, "South Mail").focus()
    matrix.keyboard.press("m")
    expect(matrix.locator("#status")).to_contain_text("Moving “The ferry carried 60 people.”")

    matrix.keyboard.press("ArrowDown")
    matrix.keyboard.press("Enter")

    cell = _cell(matrix, sinking, ferry, "South Mail")
    expect(cell).to_contain_text("The ferry carried 60 people.")
    expect(cell).to_be_focused()
    expect(_cell(matrix, aboard, ferry, "South Mail")).not_to_contain_text("60 people")
    expect(matrix.locator("#status")).to_have_text("Moved.")
    expect(matrix.locator("#steps")).to_contain_text("Moved “The ferry carried 60 people.”")
    assert _row(ferry, "South Mail") == sinking

    matrix.keyboard.press("u")

    expect(_cell(matrix, aboard, ferry, "South Mail")).to_contain_text("60 people")
    expect(matrix.locator("#status")).to_contain_text("Undone: Moved")
    expect(cell).to_be_focused()
    assert not AlignmentDecision.objects.exists()


def test_a_reading_is_taken_out_and_confirmed_by_keyboard(matrix: Any, ferry: Story) -> None:
    aboard = _row(ferry, "South Mail")
    _cell(matrix, aboard, ferry, "Daily Echo").focus()

    matrix.keyboard.press("n")

    expect(matrix.locator("#status")).to_have_text("In a row of its own now.")
    own = _row(ferry, "Daily Echo")
    assert own != aboard
    expect(_cell(matrix, own, ferry, "Daily Echo")).to_be_focused()
    # The new row stands right below the one it came from.
    assert matrix.locator("#matrix-rows > tr").nth(1).get_attribute("id") == f"row-{own.pk}"

    _cell(matrix, aboard, ferry, "South Mail").focus()
    matrix.keyboard.press("y")

    expect(_cell(matrix, aboard, ferry, "South Mail")).to_contain_text("match confirmed")


def test_what_is_being_moved_can_be_left_where_it_is(matrix: Any, ferry: Story) -> None:
    _cell(matrix, _row(ferry, "South Mail"), ferry, "South Mail").focus()
    matrix.keyboard.press("m")
    expect(matrix.locator(".is-lifted")).to_have_count(1)

    matrix.keyboard.press("Escape")
    matrix.keyboard.press("ArrowDown")
    matrix.keyboard.press("Enter")

    expect(matrix.locator("#finding-office")).to_be_visible()
    expect(matrix.locator(".is-lifted")).to_have_count(0)
    assert not AlignmentDecision.objects.exists()


def test_rows_are_merged_by_keyboard(matrix: Any, ferry: Story) -> None:
    aboard, sinking = _row(ferry, "South Mail"), _row(ferry, "South Mail", 1)
    matrix.locator(f"#claim-{sinking.pk}").focus()
    matrix.keyboard.press("m")
    matrix.keyboard.press("ArrowUp")
    matrix.keyboard.press("Enter")

    expect(matrix.locator(f"#row-{sinking.pk}")).to_have_count(0)
    expect(_cell(matrix, aboard, ferry, "Coast Wire")).to_contain_text("It sank at dawn")
    expect(matrix.locator("#row-count")).to_contain_text("of 3 claims")


# --- mouse -----------------------------------------------------------------------------------


def test_a_reading_is_dragged_to_another_row(matrix: Any, ferry: Story) -> None:
    aboard, sinking = _row(ferry, "South Mail"), _row(ferry, "South Mail", 1)
    matrix.set_viewport_size({"width": 1600, "height": 800})
    handle = _cell(matrix, aboard, ferry, "South Mail").locator(".reading__move")

    start, end = handle.bounding_box(), matrix.locator(f"#claim-{sinking.pk}").bounding_box()
    matrix.mouse.move(start["x"] + 12, start["y"] + 12)
    matrix.mouse.down()
    matrix.mouse.move(start["x"] + 30, start["y"] + 30, steps=3)
    matrix.mouse.move(end["x"] + 60, end["y"] + 20, steps=6)
    expect(matrix.locator("#own-row")).to_be_visible()
    expect(matrix.locator(f"#row-{sinking.pk}.is-target")).to_have_count(1)
    matrix.mouse.up()

    expect(_cell(matrix, sinking, ferry, "South Mail")).to_contain_text("60 people")
    expect(matrix.locator("#own-row")).to_be_hidden()
    assert _row(ferry, "South Mail") == sinking


def test_a_row_is_split_and_merged_from_its_card(matrix: Any, ferry: Story) -> None:
    aboard = _row(ferry, "South Mail")
    matrix.locator(f"#card-{aboard.pk}").click()
    card = matrix.locator("#row-card")
    expect(card.locator("h2")).to_be_focused()
    for outlet in ("South Mail", "Daily Echo"):
        card.get_by_role("checkbox", name=re.compile(outlet)).check()
    card.get_by_label("Why, if you like").fill("Other counts.")
    card.get_by_role("button", name="row of their own").click()

    expect(matrix.locator("#panel")).to_be_empty()
    own = _row(ferry, "South Mail")
    expect(_cell(matrix, own, ferry, "Daily Echo")).to_contain_text("40 people")
    expect(_cell(matrix, aboard, ferry, "South Mail")).not_to_contain_text("60 people")

    matrix.locator(f"#card-{own.pk}").click()
    expect(card).to_contain_text("Other counts.")
    card.get_by_label("Search the other rows").fill("struck the rocks")
    expect(card.locator("#row-choices .pick")).to_have_count(1)
    card.locator("#row-choices").get_by_role("radio").check()
    card.get_by_role("button", name="Merge the whole row").click()

    expect(matrix.locator(f"#row-{own.pk}")).to_have_count(0)
    expect(_cell(matrix, aboard, ferry, "South Mail")).to_contain_text("60 people")


def test_a_decision_is_withdrawn_from_the_card_of_its_row(matrix: Any, ferry: Story) -> None:
    aboard = _row(ferry, "South Mail")
    matrix.locator(f"#card-{aboard.pk}").click()
    card = matrix.locator("#row-card")
    card.get_by_role("button", name="All of these are the same claim").click()
    expect(matrix.locator("#panel")).to_be_empty()
    expect(matrix.locator(f"#row-{aboard.pk}")).to_contain_text("put right by editor")
    matrix.locator(f"#card-{aboard.pk}").click()

    card.get_by_role("button", name="Withdraw").click()

    expect(card).to_contain_text("analysis alone lined these up")
    expect(matrix.locator("#status")).to_contain_text("Withdrawn")
    expect(matrix.locator(f"#row-{aboard.pk}")).not_to_contain_text("put right")
    assert not AlignmentDecision.objects.exists()


# --- what stays, what comes ------------------------------------------------------------------


def test_a_repair_far_down_keeps_the_place_and_touches_no_other_row(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.set_viewport_size({"width": 1280, "height": 720})
    story = make_matrix(6, 40)
    page.goto(f"{story.get_absolute_url()}?sort=position")
    expect(page.locator("#matrix-rows > tr")).to_have_count(40)
    row = story.groups.get(key="row33")
    cell = _cell(page, row, story, "Outlet 3")
    cell.scroll_into_view_if_needed()
    page.locator("#matrix-rows > tr").nth(32).evaluate("row => { row.dataset.untouched = 'yes' }")
    # Where the row stands in the window, not how far is scrolled: rows above it are taken to be as
    # tall as others until they are seen, and the browser scrolls on by what that was wrong.
    place = "claim => claim.getBoundingClientRect().top"
    before = page.locator(f"#claim-{row.pk}").evaluate(place)
    assert page.locator("#matrix-scroll").evaluate("box => box.scrollTop") > 500
    cell.focus()
    page.keyboard.press("n")

    expect(page.locator("#status")).to_have_text("In a row of its own now.")
    expect(page.locator("#matrix-rows > tr")).to_have_count(41)
    after = page.locator(f"#claim-{row.pk}").evaluate(place)
    assert after == pytest.approx(before, abs=2)
    expect(page.locator("[data-untouched]")).to_have_count(1)


def test_what_the_comparison_finds_comes_in_by_itself(matrix: Any, ferry: Story) -> None:
    aboard = _row(ferry, "South Mail")
    matrix.goto(f"{ferry.get_absolute_url()}?sort=position&shared=0")
    _cell(matrix, aboard, ferry, "Daily Echo").focus()
    matrix.keyboard.press("n")
    expect(matrix.locator("#progress")).to_contain_text("Comparing")

    compare_story(story=ferry)

    expect(matrix.locator("#progress")).to_contain_text("Compared just now")
    expect(matrix.locator(f"#row-{_row(ferry, 'South Mail', 2).pk}")).to_have_count(1)
    expect(matrix.locator("#matrix-rows")).to_contain_text("The ferry carried 60 people.")


def test_what_somebody_else_moved_first_is_said_and_shown(matrix: Any, ferry: Story) -> None:
    aboard = _row(ferry, "South Mail")
    echo = claim_of(ferry.articles.get(outlet__name="Daily Echo"))
    refuse_row(story=ferry, claim=echo, user=make_user("otto"))
    _cell(matrix, aboard, ferry, "South Mail").focus()

    matrix.keyboard.press("n")

    expect(matrix.locator("#status")).to_contain_text("otto changed this row since you opened it")
    expect(_cell(matrix, aboard, ferry, "Daily Echo")).not_to_contain_text("40 people")
    expect(_cell(matrix, aboard, ferry, "South Mail")).to_contain_text("60 people")
    assert _row(ferry, "South Mail") == aboard


# --- stories and remarks ---------------------------------------------------------------------


def test_an_article_is_split_off_and_undone(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}articles/")
    page.get_by_role("checkbox", name=re.compile("South Mail")).check()
    page.get_by_role("button", name="Split the ticked off").click()
    expect(page.get_by_text("Undo takes it back.")).to_be_visible()
    expect(page.locator(".gathered li")).to_have_count(2)

    page.keyboard.press("u")

    expect(page.locator(".gathered li")).to_have_count(3)


def test_a_remark_is_kept_and_resolved_beside_the_matrix(matrix: Any) -> None:
    matrix.locator("#chip-aboard").click()
    panel = matrix.locator("#panel")
    panel.get_by_text("Add a remark").click()
    panel.get_by_label("Remark, for whoever").fill("Ask the port.")
    panel.get_by_role("button", name="Save remark").click()
    expect(panel).to_contain_text("Ask the port.")

    panel.get_by_text("Resolve…").click()
    panel.get_by_label("Resolved because").fill("The port says 40.")
    panel.get_by_role("button", name="Resolve", exact=True).click()

    expect(panel).to_contain_text("The port says 40.")


# --- without scripts -------------------------------------------------------------------------


def test_rows_are_repaired_without_scripts(
    browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    with read_in("no scripts", browser, live_server) as page:
        sign_in(page.context)
        aboard = _row(ferry, "South Mail")
        page.goto(ferry.get_absolute_url())

        _cell(page, aboard, ferry, "South Mail").get_by_role("link", name="move").click()
        expect(page.get_by_role("checkbox", name=re.compile("South Mail"))).to_be_checked()
        page.get_by_label("Search the other rows").fill("dawn")
        page.get_by_role("button", name="Find").click()
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Move the ticked there").click()
        expect(page.get_by_text("Moved. Undo takes it back.")).to_be_visible()
        assert _row(ferry, "South Mail") == _row(ferry, "South Mail", 1)

        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Undone: Moved")).to_be_visible()
        assert _row(ferry, "South Mail") == aboard


# --- accessibility ---------------------------------------------------------------------------


def test_what_puts_things_right_can_be_used_by_everybody(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    wire = claim_of(ferry.articles.get(outlet__name="Coast Wire"))
    refuse_row(story=ferry, claim=wire, user=make_user("otto"))
    aboard = _row(ferry, "South Mail")
    found: list[str] = []
    sign_in(context)
    addresses = {
        "row": f"{ferry.get_absolute_url()}rows/{aboard.pk}/",
        "card": ferry.get_absolute_url(),
        "moving": ferry.get_absolute_url(),
        "articles": f"{ferry.get_absolute_url()}articles/",
    }
    for name, address in addresses.items():
        page.goto(address)
        if name == "card":
            page.locator(f"#card-{aboard.pk}").click()
            expect(page.locator("#row-card")).to_be_visible()
        if name == "moving":
            _cell(page, aboard, ferry, "South Mail").focus()
            page.keyboard.press("m")
        found += problems_in_every_look(page)

    assert not found, "\n".join(found)
