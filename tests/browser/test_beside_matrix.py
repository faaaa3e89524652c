"""What stands around the matrix leaves room for it: the open finding, and the filters."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from apps.claims.models import Assignment
from tests.browser.looks import problems_in_every_look
from tests.db.stories import judge, make_matrix, make_user

pytestmark = pytest.mark.django_db(transaction=True)

LAPTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def matrix(page: Any, context: Any, ferry: Story, sign_in: Any) -> Any:
    sign_in(context)
    page.set_viewport_size(LAPTOP)
    page.goto(f"{ferry.get_absolute_url()}?shared=0")
    return page


def _open(page: Any) -> Any:
    page.locator("#chip-aboard").click()
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_be_visible()
    return panel


def _bottom(locator: Any) -> float:
    box = locator.bounding_box()
    return float(box["y"] + box["height"])


def test_four_columns_are_read_beside_an_open_finding(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.set_viewport_size(LAPTOP)
    page.goto(make_matrix(5, 3).get_absolute_url())
    page.locator("a[data-finding]").first.click()
    expect(page.locator("#panel h2")).to_be_visible()

    left = page.locator("#panel").bounding_box()["x"]
    heads = page.locator("thead th[data-outlet]")
    seen = [heads.nth(at).bounding_box() for at in range(5)]

    assert sum(head["x"] + head["width"] <= left for head in seen) >= 4


@pytest.mark.parametrize("size", [LAPTOP, {"width": 1024, "height": 600}, PHONE])
def test_confirm_stays_in_sight_above_what_was_said_last(matrix: Any, size: dict[str, int]) -> None:
    matrix.set_viewport_size(size)
    panel = _open(matrix)
    panel.locator("[data-focus]").evaluate(
        "head => { const more = document.createElement('p'); "
        "more.textContent = 'word '.repeat(900); head.after(more); }"
    )
    matrix.locator("#status").evaluate("line => { line.textContent = 'Undone.'; }")

    confirm = panel.get_by_role("button", name="Confirm")
    expect(confirm).to_be_in_viewport(ratio=1)
    assert _bottom(confirm) <= matrix.locator("#status").bounding_box()["y"]
    hit = confirm.evaluate(
        "button => { const box = button.getBoundingClientRect(); "
        "return button.contains(document.elementFromPoint(box.x + 9, box.bottom - 3)); }"
    )
    assert hit


def test_the_finding_is_as_wide_as_its_reader_made_it_also_the_next_time(matrix: Any) -> None:
    panel = _open(matrix)
    before = panel.bounding_box()["width"]

    grip = matrix.get_by_role("separator", name="Width of the finding")
    grip.press("ArrowLeft")
    grip.press("ArrowLeft")

    assert panel.bounding_box()["width"] == pytest.approx(before + 32, abs=1)
    assert grip.get_attribute("aria-valuenow") == "20"
    matrix.reload()
    assert _open(matrix).bounding_box()["width"] == pytest.approx(before + 32, abs=1)
    box = grip.bounding_box()
    matrix.mouse.move(box["x"] + 4, 500)
    matrix.mouse.down()
    matrix.mouse.move(box["x"] - 96, 500)
    matrix.mouse.up()
    assert panel.bounding_box()["width"] == pytest.approx(before + 132, abs=6)
    grip.press("Home")
    assert panel.bounding_box()["width"] == pytest.approx(before, abs=1)


def test_filters_not_in_use_are_folded_and_one_in_use_never_is(matrix: Any) -> None:
    differences, alone = matrix.locator("#filter-differences"), matrix.locator("#filter-shared")
    # The address asks for what one outlet alone says, so that is in sight.
    expect(alone).to_be_visible()
    expect(differences).to_be_hidden()

    matrix.get_by_text("More filters").click()
    differences.check()
    alone.uncheck()
    matrix.get_by_text("More filters").click()

    expect(differences).to_be_visible()
    expect(alone).to_be_hidden()
    matrix.set_viewport_size(PHONE)
    expect(differences).to_be_visible()
    expect(matrix.locator("#filter-state")).to_be_hidden()
    expect(matrix.locator("#choice-kind")).to_be_hidden()


def test_claims_begin_in_the_upper_third_of_a_laptop_s_window(matrix: Any) -> None:
    assert matrix.locator("#matrix-rows > tr").first.bounding_box()["y"] <= 300


def test_nothing_stands_in_anybody_s_way_beside_the_matrix(matrix: Any) -> None:
    _open(matrix)
    matrix.get_by_text("More filters").click()

    assert problems_in_every_look(matrix) == []


def test_an_editor_hands_a_disagreement_over_beside_the_matrix(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    for name, value in (("wells", "supported"), ("oda", "disputed")):
        judge(ferry, make_user(name), value)
    make_user("ida")
    sign_in(context)
    page.set_viewport_size(LAPTOP)
    page.goto(ferry.get_absolute_url())
    panel = _open(page)

    expect(panel.locator(".handover")).to_contain_text("decided by a fact-checker or an admin")
    assert problems_in_every_look(page) == []
    page.set_viewport_size(LAPTOP)
    panel.get_by_label("Leave it to").select_option("ida")
    panel.get_by_role("button", name="Hand over").click()

    expect(page.locator("#status")).to_have_text("Assigned to ida.")
    assert Assignment.objects.get().assignee.username == "ida"
