"""The matrix as a reader arranges it, in a real browser: columns, copies, reference, marks."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from tests.browser.looks import VISITS, problems_in_every_look, read_in
from tests.db.stories import make_matrix

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def matrix(page: Any, context: Any, ferry: Story, sign_in: Any) -> Any:
    """The matrix of the ferry story, read by an editor."""
    sign_in(context)
    page.goto(f"{ferry.get_absolute_url()}?shared=0")
    return page


def _heads(page: Any) -> list[str]:
    return page.locator("thead .outlet__name").all_text_contents()


def _column(page: Any, outlet: str) -> Any:
    return page.locator("thead th[data-outlet]").filter(
        has=page.locator(".outlet__name", has_text=outlet)
    )


def _choose(page: Any, outlet: str, words: str) -> None:
    column = _column(page, outlet)
    if column.locator("details[open]").count() == 0:
        column.locator("summary").click()
    column.get_by_text(words, exact=True).click()


def test_w_folds_the_copies_and_brings_them_back(matrix: Any) -> None:
    matrix.keyboard.press("w")

    expect(matrix.locator("thead th[data-outlet]")).to_have_count(2)
    expect(matrix.locator("#matrix-table thead")).to_contain_text("with 1 copy: B Daily Echo")
    expect(matrix).to_have_url(re.compile(r"wire=0"))
    expect(matrix.locator("#status")).to_contain_text("2 columns")

    matrix.keyboard.press("w")

    expect(matrix.locator("thead th[data-outlet]")).to_have_count(3)


def test_x_goes_through_the_marks_without_asking_and_keeps_them_in_the_address(
    matrix: Any,
) -> None:
    asked: list[str] = []
    matrix.wait_for_load_state("networkidle")
    matrix.on(
        "request", lambda request: asked.append(request.url) if "/stories/" in request.url else None
    )

    matrix.keyboard.press("x")
    expect(matrix).to_have_url(re.compile(r"diff=values"))
    matrix.keyboard.press("x")
    expect(matrix).to_have_url(re.compile(r"diff=normalised"))
    assert asked == []
    matrix.keyboard.press("x")

    expect(matrix).to_have_url(re.compile(r"diff=only"))
    expect(matrix.locator("#matrix-rows > tr.row")).to_have_count(3)
    expect(matrix.locator(".reading__same:visible")).to_have_text(["the same words as A"])
    matrix.keyboard.press("w")
    expect(matrix).to_have_url(re.compile(r"wire=0.*diff=only"))


def test_a_column_is_moved_pinned_and_made_wider_with_the_keyboard(matrix: Any) -> None:
    summary = _column(matrix, "South Mail").locator("summary")
    summary.focus()
    matrix.keyboard.press("Enter")
    matrix.keyboard.press("Tab")
    matrix.keyboard.press("Tab")
    expect(matrix.get_by_text("Move left", exact=True)).to_be_focused()
    matrix.keyboard.press("Enter")

    expect(matrix.locator("thead th[data-outlet]").first).to_contain_text("South Mail")
    assert _heads(matrix) == ["South Mail", "Coast Wire", "Daily Echo"]

    before = _column(matrix, "South Mail").bounding_box()["width"]
    _choose(matrix, "South Mail", "Wider")
    assert _column(matrix, "South Mail").bounding_box()["width"] > before + 20
    _choose(matrix, "South Mail", "Pin")
    expect(_column(matrix, "South Mail").locator("[data-column='pin']")).to_have_attribute(
        "aria-pressed", "true"
    )
    matrix.reload()
    assert _column(matrix, "South Mail").bounding_box()["width"] > before + 20
    assert _column(matrix, "South Mail").evaluate("th => getComputedStyle(th).position") == "sticky"


def test_a_column_is_dragged_by_its_letter_and_by_its_edge(matrix: Any) -> None:
    _column(matrix, "South Mail").locator(".sigil").drag_to(_column(matrix, "Coast Wire"))
    expect(matrix).to_have_url(re.compile(r"order="))
    expect(matrix.locator("thead th[data-outlet]").first).to_contain_text("South Mail")

    box = _column(matrix, "South Mail").bounding_box()
    matrix.mouse.move(box["x"] + box["width"] - 1, box["y"] + 10)
    matrix.mouse.down()
    matrix.mouse.move(box["x"] + box["width"] - 101, box["y"] + 10, steps=4)
    matrix.mouse.up()

    assert _column(matrix, "South Mail").bounding_box()["width"] == pytest.approx(
        box["width"] - 100, abs=8
    )


def test_a_reference_comes_first_stays_in_view_and_says_what_it_lacks(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.set_viewport_size({"width": 900, "height": 700})
    page.goto(f"{ferry.get_absolute_url()}?shared=0")
    page.locator("#view-against").select_option(label="C South Mail")

    expect(page.locator("thead th.is-reference")).to_contain_text("South Mail")
    assert _heads(page)[0] == "South Mail"
    expect(page.locator(".cell--added")).to_have_count(1)
    expect(page.locator(".cell--lacks")).to_have_count(2)
    page.locator("#matrix-scroll").evaluate("box => box.scrollTo(900, 0)")
    expect(page.locator("thead th.is-reference .outlet__name")).to_be_in_viewport()
    page.locator("#view-rest").select_option(label="claims it lacks")
    expect(page.locator("#matrix-rows > tr.row")).to_have_count(1)


def test_another_view_leaves_the_reader_at_the_same_row(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(make_matrix(6, 80).get_absolute_url())
    row = page.locator("#matrix-rows > tr.row").nth(55)
    row.evaluate("row => row.scrollIntoView({ block: 'center' })")
    expect(page.locator("#matrix-rows > tr.row")).to_have_count(80)
    before = row.bounding_box()["y"]

    # Clicked without a mouse, which would have to scroll.
    link = _column(page, "Outlet 3").get_by_text("Move left", exact=True)
    link.evaluate("link => link.click()")
    expect(page.locator("thead th[data-outlet]").nth(2)).to_contain_text("Outlet 3")
    expect(page.locator("#matrix-rows > tr.row")).to_have_count(80)

    assert page.locator("#matrix-rows > tr.row").nth(55).bounding_box()["y"] == pytest.approx(
        before, abs=4
    )


def test_everything_that_others_see_works_without_scripts(
    browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    with read_in("no scripts", browser, live_server) as page:
        sign_in(page.context)
        page.goto(f"{ferry.get_absolute_url()}?shared=0")

        _choose(page, "South Mail", "Move left")
        assert _heads(page) == ["South Mail", "Coast Wire", "Daily Echo"]
        page.locator("#wire").click()
        assert _heads(page) == ["South Mail", "Coast Wire"]
        page.locator("#view-against").select_option(label="A Coast Wire")
        page.locator("#view-bar").get_by_role("button", name="Apply").click()
        assert _heads(page) == ["Coast Wire", "South Mail"]
        assert "wire=0" in page.url


@pytest.mark.parametrize("look", VISITS)
def test_the_matrix_can_be_read_by_everybody(
    look: str, browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    found: list[str] = []
    with read_in(look, browser, live_server) as page:
        sign_in(page.context)
        mail = ferry.articles.get(outlet__name="South Mail").pk
        for query in (
            "?shared=0",
            f"?shared=0&against={mail}&diff=normalised",
            "?wire=0&diff=only",
        ):
            page.goto(f"{ferry.get_absolute_url()}{query}")
            found += problems_in_every_look(page, look)

    assert found == []


def test_the_strip_and_its_table_lead_to_a_row_without_asking_for_a_page(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.set_viewport_size({"width": 1280, "height": 720})
    story = make_matrix(4, 60)
    page.goto(f"{story.get_absolute_url()}?sort=position")
    expect(page.locator("#matrix-rows > tr.row")).to_have_count(60)
    row = page.locator("#matrix-rows > tr.row").nth(54)

    page.locator("svg.density a").nth(54).click()
    expect(row.locator("th")).to_be_focused()
    expect(row).to_be_in_viewport()
    page.locator("#density-menu > summary").click()
    page.get_by_role("link", name="Claims 1–6").click()
    expect(page.locator("#matrix-rows > tr.row th").first).to_be_focused()
    assert "rows=all" not in page.url

    page.locator("#view-topics").check()
    expect(page.locator("tr.topic")).to_have_text(["Other claims (60)"])
    expect(page.locator("#view-topics")).to_be_focused()


def test_what_stands_around_the_rows_follows_a_decision_and_its_undo(
    matrix: Any, ferry: Story
) -> None:
    row = matrix.locator("#matrix-rows > tr.row").first
    expect(row).to_have_class(re.compile("row--high"))
    expect(matrix.locator("svg.density .density__high")).to_have_count(1)
    matrix.keyboard.press("j")
    expect(matrix.locator("#finding-aboard")).to_be_visible()

    matrix.keyboard.press("d")
    matrix.keyboard.press("3")

    expect(matrix.locator("#chip-aboard")).to_contain_text("dismissed")
    expect(matrix.locator("#panel").locator(":focus")).to_have_count(1)
    expect(matrix.locator("svg.density .density__high")).to_have_count(0)
    expect(row).not_to_have_class(re.compile("row--high"))
    expect(matrix.locator("#counts")).not_to_contain_text("high")
    expect(matrix.locator("#density-menu tbody tr").first).to_contain_text("–")

    matrix.keyboard.press("u")

    expect(matrix.locator("svg.density .density__high")).to_have_count(1)
    expect(row).to_have_class(re.compile("row--high"))
    expect(matrix.locator("#panel > .htmx-request")).to_have_count(0)
    matrix.locator("#chip-aboard").focus()
    matrix.keyboard.press("c")
    expect(matrix.locator("#chip-aboard")).to_contain_text("confirmed")
    expect(matrix.locator("#chip-aboard")).to_be_focused()


def test_what_is_decided_while_the_finding_loads_again_is_what_it_shows(
    matrix: Any, ferry: Story
) -> None:
    matrix.keyboard.press("j")
    matrix.locator("#dismiss-aboard > summary").click()
    matrix.keyboard.press("3")
    card = matrix.locator("#finding-aboard")
    expect(card).to_contain_text("Dismissed")
    late: list[Any] = []
    matrix.route("**/findings/aboard/?in=panel", lambda route: late.append(route))
    with matrix.expect_request("**/findings/aboard/?in=panel"):
        matrix.locator("#undo").click()
    expect(matrix.locator("#chip-aboard")).not_to_contain_text("dismissed")

    matrix.locator("#confirm-aboard").click()
    expect(card).to_contain_text("Confirmed")

    # What would have shown it as it was before does not come any more.
    assert [route.request.failure for route in late] == ["net::ERR_ABORTED"]


def test_what_is_printed_is_what_the_matrix_shows(matrix: Any) -> None:
    matrix.keyboard.press("w")
    expect(matrix).to_have_url(re.compile(r"wire=0"))
    matrix.locator("#filter-sort").select_option("time")
    expect(matrix).to_have_url(re.compile(r"sort=time"))

    matrix.locator("#print-tab").click()

    expect(matrix).to_have_url(re.compile(r"/apparatus/\?.*sort=time"))
    expect(matrix).to_have_url(re.compile(r"wire=0"))


def test_j_walks_on_into_rows_that_were_still_to_come(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    held: list[Any] = []
    page.route(re.compile(r"from="), lambda route: held.append(route))
    page.goto(make_matrix(3, 20).get_absolute_url())
    expect(page.locator("tr.more")).to_have_count(1)
    here = page.locator("#matrix-rows > tr.row").count()
    page.locator("#matrix-rows > tr.row .chip").nth(here - 1).focus()

    page.keyboard.press("j")
    expect(page.locator("#status")).to_have_text("More claims are coming")
    held[0].continue_()

    expect(page.locator("#matrix-rows > tr.row")).to_have_count(20)
    expect(page.locator("#matrix-rows > tr.row .chip").nth(here)).to_be_focused()


def test_rows_that_do_not_come_leave_the_way_to_them_open(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    failing = [True]
    page.route(
        re.compile(r"from="),
        lambda route: route.fulfill(body="") if failing and failing.pop() else route.continue_(),
    )
    page.goto(make_matrix(3, 20).get_absolute_url())
    link = page.locator("tr.more a")
    expect(page.locator("#status")).to_contain_text("did not come")
    page.locator("#matrix-rows > tr.row th").last.focus()
    page.keyboard.press("ArrowDown")
    expect(link).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.locator("#matrix-rows > tr.row")).to_have_count(20)
    assert "rows=all" not in page.url
    expect(page.locator("#matrix-rows > tr.row th").nth(12)).to_be_focused()


def test_a_filter_keeps_the_focus_in_the_rows_and_the_place_across(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.set_viewport_size({"width": 900, "height": 720})
    page.goto(make_matrix(6, 30).get_absolute_url())
    expect(page.locator("#matrix-rows > tr.row")).to_have_count(30)
    chip = page.locator("#chip-finding27")
    chip.focus()
    page.locator("#matrix-scroll").evaluate("box => box.scrollTo({ left: 300 })")

    page.locator("#view-topics").evaluate("box => box.click()")

    expect(page).to_have_url(re.compile("topics=1"))
    expect(page.locator("#matrix-rows > tr.row")).to_have_count(30)
    expect(chip).to_be_focused()
    assert page.locator("#matrix-scroll").evaluate("box => box.scrollLeft") == 300


def test_rows_that_look_the_same_stay_what_they_are_when_they_are_sorted(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    story = make_matrix(3, 30)
    page.goto(story.get_absolute_url())
    expect(page.locator("#matrix-rows > tr.row")).to_have_count(30)
    page.locator("#matrix-rows > tr.row").evaluate_all(
        "rows => rows.forEach(row => { row.untouched = true; })"
    )

    page.locator("#filter-sort").select_option("position")

    expect(page).to_have_url(re.compile("sort=position"))
    expect(page.locator("#matrix-rows > tr.row")).to_have_count(30)
    positions = page.locator("#matrix-rows > tr.row").evaluate_all(
        "rows => rows.map(row => row.id)"
    )
    asked_for = [
        f"row-{pk}" for pk in story.groups.order_by("position").values_list("pk", flat=True)
    ]
    assert positions == asked_for
    assert page.locator("#matrix-rows > tr.row").evaluate_all(
        "rows => rows.every(row => row.untouched)"
    )

    page.locator("#view-against").select_option(index=1)

    expect(page.locator("thead th.is-reference")).to_have_count(1)
    expect(page.locator("#matrix-rows > tr.row")).to_have_count(30)
    assert not page.locator("#matrix-rows > tr.row").evaluate_all(
        "rows => rows.some(row => row.untouched)"
    )


def test_rows_a_search_took_away_come_back_without_being_sent_again(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    story = make_matrix(3, 30)
    # A bay's number begins with its story's: a count that it begins with, too, is in every row.
    count = next(n for n in range(10, 30) if not str(story.pk).startswith(str(n)))
    page.goto(story.get_absolute_url())
    rows = page.locator("#matrix-rows > tr.row")
    expect(rows).to_have_count(30)
    rows.evaluate_all("rows => rows.forEach(row => { row.untouched = true; })")

    page.locator("#filter-q").fill(f"counted {count} boats")
    expect(page).to_have_url(re.compile("q="))
    expect(rows).not_to_have_count(30)
    expect(page.locator("#matrix-rows > tr[data-more]")).to_have_count(0)
    # Nothing of the others is left on the page, for nobody to find or to be told of.
    left = rows.count()
    expect(page.locator("#matrix-table tbody tr")).to_have_count(left)
    with page.expect_response(re.compile("/stories/")) as answer:
        page.locator("#filter-q").fill("")

    expect(rows).to_have_count(30)
    assert "<td" not in answer.value.text().split("</thead>")[-1]
    assert rows.evaluate_all("rows => rows.every(row => row.untouched)")


def test_a_filter_far_down_shows_the_reader_the_same_row_at_once(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(make_matrix(6, 60).get_absolute_url())
    rows = page.locator("#matrix-rows > tr.row")
    expect(rows).to_have_count(60)
    claim = page.locator(f"#{rows.nth(40).get_attribute('id')} > th")
    claim.evaluate("claim => claim.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(300)
    before = claim.bounding_box()["y"]
    # Where it stands in the first frame after the rows were put in.
    claim.evaluate(
        """claim => { document.addEventListener("htmx:afterSettle", () => requestAnimationFrame(() =>
        setTimeout(() => { document.body.dataset.seen = claim.getBoundingClientRect().top; })), { once: true }); }"""
    )

    page.locator("#view-topics").evaluate("box => box.click()")

    expect(page.locator("body")).to_have_attribute("data-seen", re.compile(r"\d"))
    seen = float(page.locator("body").get_attribute("data-seen"))
    assert seen == pytest.approx(before, abs=4)
    expect(rows).to_have_count(60)
    assert claim.bounding_box()["y"] == pytest.approx(before, abs=4)


def test_j_is_not_held_up_by_rows_of_a_matrix_that_went(
    page: Any, context: Any, ferry: Story, sign_in: Any
) -> None:
    sign_in(context)
    held: list[Any] = []
    page.route(re.compile(r"from="), lambda route: held.append(route))
    page.goto(make_matrix(3, 45).get_absolute_url())
    expect(page.locator("tr.more")).to_have_count(1)
    chips = page.locator("#matrix-rows > tr.row .chip")
    chips.last.focus()
    page.keyboard.press("j")
    expect(page.locator("#status")).to_have_text("More claims are coming")
    # What follows is asked for when all rows that came are in.
    with page.expect_request(re.compile(r"sort=position.*from=")):
        page.locator("#filter-sort").select_option("position")
    here = page.locator("#matrix-rows > tr.row").count()
    chips.nth(here - 1).focus()

    page.keyboard.press("j")
    expect(page.locator("#status")).to_have_text("More claims are coming")
    page.wait_for_timeout(700)
    for route in held:
        route.continue_()

    expect(page.locator("#matrix-rows > tr.row")).to_have_count(45)
    expect(chips.nth(here)).to_be_focused()


def test_filters_ways_back_and_clearing_leave_the_console_empty(
    page: Any, context: Any, ferry: Story, sign_in: Any, console: list[str]
) -> None:
    sign_in(context)
    story = make_matrix(4, 30)
    rows = page.locator("#matrix-rows > tr.row")
    page.goto(story.get_absolute_url())
    expect(rows).to_have_count(30)

    page.locator("#filter-q").fill("boats in bay")
    expect(page).to_have_url(re.compile("q="))
    page.locator("#filter-sort").select_option("position")
    expect(page).to_have_url(re.compile("sort=position"))
    page.locator("#counts").get_by_text("high").click()
    expect(rows).to_have_count(10)
    page.go_back()
    expect(page).to_have_url(re.compile("sort=position"))
    expect(rows).to_have_count(30)
    # The search is emptied and the page left for one before it while the answer is on its way.
    page.locator("#filter-q").fill("")
    page.go_back()
    page.wait_for_timeout(700)
    page.locator("#filter-q").fill("nobody wrote this")
    expect(page.locator("#matrix-rows")).to_have_count(0)
    page.get_by_role("link", name="Clear filters").first.click()
    expect(rows).to_have_count(30)
    page.go_back()
    expect(page.locator("#matrix-rows")).to_have_count(0)
    page.go_forward()
    expect(rows).to_have_count(30)

    assert console == []
