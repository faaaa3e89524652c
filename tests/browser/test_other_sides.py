"""A finding across two rows in a real browser: from cell to cell, from chip to chip and back;
and how much of the matrix a phone shows at once."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from tests.browser.looks import LOOKS, VISITS, problems_in_every_look, read_in
from tests.db.stories import (
    claim_of,
    make_article,
    make_finding,
    make_origin,
    make_row,
    make_story,
)

pytestmark = pytest.mark.django_db(transaction=True)

EARLY = "Inspectors last came to the mill in April of that year."
LATE = "The last time anybody walked the floor was in the spring before."


@pytest.fixture
def mill(transactional_db: None) -> Story:
    """Two rows set against each other by one finding, and twelve more between them."""
    story = make_story("Fire at the mill")
    many = [f"Witness {number} came out by the yard." for number in range(12)]
    north = make_article(story, "North Post", [EARLY, *many])
    south = make_article(story, "South Mail", [EARLY, *many], hours=1)
    ledger = make_article(story, "Ledger", ["A fire broke out.", LATE], hours=2)
    make_row(story, [claim_of(north), claim_of(south)], "When inspectors came")
    for number in range(1, 13):
        make_row(story, [claim_of(north, number), claim_of(south, number)])
    make_row(story, [claim_of(ledger, 1)], "When the floor was walked")
    make_finding(
        story,
        story.groups.get(position=0),
        [claim_of(north), claim_of(ledger, 1)],
        key="when",
        kind="date_conflict",
        words=["April", "the spring before"],
    )
    make_origin(story, [north, south], north)
    make_origin(story, [ledger], ledger)
    return story


def _cell(story: Story, title: str, outlet: str) -> str:
    row = story.groups.get(title=title)
    return f"cell-{row.pk}-{story.articles.get(outlet__name=outlet).pk}"


@pytest.fixture
def matrix(page: Any, context: Any, mill: Story, sign_in: Any) -> Any:
    sign_in(context)
    page.goto(f"{mill.get_absolute_url()}?sort=position")
    return page


def test_a_cell_leads_to_the_words_in_the_other_row_and_back(matrix: Any, mill: Story) -> None:
    empty = _cell(mill, "When inspectors came", "Ledger")
    there = _cell(mill, "When the floor was walked", "Ledger")
    back = _cell(mill, "When the floor was walked", "North Post")

    expect(matrix.locator(f"#{there}")).to_be_attached()
    matrix.locator(f"#{empty} a").press("Enter")
    expect(matrix.locator(f"#{there}")).to_be_focused()
    expect(matrix.locator(f"#{there}")).to_be_in_viewport()

    matrix.locator(f"#{back} a").press("Enter")
    expect(matrix.locator(f"#{_cell(mill, 'When inspectors came', 'North Post')}")).to_be_focused()
    expect(matrix.locator("#panel")).to_be_empty()


def test_the_finding_opens_from_both_rows_and_gives_the_focus_back_where_it_came_from(
    matrix: Any, mill: Story
) -> None:
    other = mill.groups.get(title="When the floor was walked").pk
    chip = matrix.locator(f"#chip-when-{other}")

    chip.press("Enter")
    expect(matrix.locator("#panel h2")).to_be_visible()
    expect(matrix.locator("a[data-finding][aria-current]")).to_have_count(2)
    matrix.keyboard.press("Escape")

    expect(chip).to_be_focused()


def test_j_meets_a_finding_of_two_rows_once(matrix: Any) -> None:
    expect(matrix.locator("a[data-finding='when']")).to_have_count(2)

    matrix.keyboard.press("j")
    expect(matrix.locator("#chip-when")).to_be_focused()
    matrix.keyboard.press("j")

    expect(matrix.locator("#status")).to_have_text("That was the last finding")


@pytest.mark.parametrize("look", VISITS)
def test_both_sides_are_read_in_every_way(
    look: str, browser: Any, live_server: Any, mill: Story, sign_in: Any
) -> None:
    with read_in(look, browser, live_server) as page:
        sign_in(page.context)
        page.goto(f"{mill.get_absolute_url()}?rows=all")
        cell = page.locator(f"#{_cell(mill, 'When inspectors came', 'Ledger')}")

        expect(cell).to_contain_text("in another row")
        expect(cell).to_contain_text(LATE)
        assert problems_in_every_look(page, look) == []


def test_without_scripts_the_words_lead_to_the_page_of_their_row(
    browser: Any, live_server: Any, mill: Story, sign_in: Any
) -> None:
    with read_in("no scripts", browser, live_server) as page:
        sign_in(page.context)
        page.goto(mill.get_absolute_url())
        link = page.locator(f"#{_cell(mill, 'When inspectors came', 'Ledger')} a")
        link.click()
        page.wait_for_url(f"**/rows/{mill.groups.get(title='When the floor was walked').pk}/")

        expect(page.locator("#row-card")).to_contain_text("When the floor was walked")


# --- on a phone ------------------------------------------------------------------------------


@pytest.fixture
def phone(matrix: Any) -> Any:
    matrix.set_viewport_size(LOOKS["phone"]["viewport"])
    matrix.reload()
    return matrix


def test_the_first_claim_stands_on_the_first_half_of_the_screen(phone: Any) -> None:
    expect(phone.locator("#view-bar")).to_be_hidden()
    expect(phone.locator(".matrix thead")).to_be_hidden()
    expect(phone.locator(".tabs a", has_text="Overview")).to_be_in_viewport(ratio=0.9)

    first = phone.locator("#matrix-rows > .row").first.bounding_box()

    assert first["y"] < 844 / 2


def test_how_claims_are_shown_is_unfolded_with_the_filters_and_cut_off_nowhere(phone: Any) -> None:
    phone.locator("#filters-more > summary").click()

    for place in ("#view-against", "#wire", "#diff-menu"):
        expect(phone.locator(place)).to_be_in_viewport(ratio=1)
    expect(phone.locator(".matrix thead")).to_be_visible()


def test_a_cell_names_what_its_outlet_is_based_on(phone: Any, mill: Story) -> None:
    cell = phone.locator(f"#{_cell(mill, 'When inspectors came', 'South Mail')}")

    said = cell.evaluate("(cell) => getComputedStyle(cell, '::before').content")

    assert cell.get_attribute("data-based") == "North Post"
    assert "↳" in said


def test_the_search_stays_in_reach_of_an_open_finding(phone: Any) -> None:
    phone.locator("#chip-when").click()
    expect(phone.locator("#panel h2")).to_be_visible()
    phone.evaluate("scrollTo(0, 0)")

    search, panel = (phone.locator(place).bounding_box() for place in ("#filter-q", "#panel"))

    assert search["y"] + search["height"] <= panel["y"]
    phone.locator("#filter-q").fill("floor")
    expect(phone.locator("#row-count")).to_contain_text("2 of 14")
