"""Every page at twice the size, in the reader's own colours, without motion, and with words that run
from right to left among those that do not."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from apps.articles.models import Story
from apps.claims.actions import index_missing
from tests.browser.looks import serious_problems
from tests.db.stories import (
    add_quantity,
    claim_of,
    make_article,
    make_finding,
    make_origin,
    make_row,
)

pytestmark = pytest.mark.django_db(transaction=True)

WAYS: dict[str, dict[str, Any]] = {
    # 1440 x 900 at 200 %
    "twice the size": {"viewport": {"width": 720, "height": 450}},
    "own colours": {"forced_colors": "active", "viewport": {"width": 1440, "height": 900}},
    "no motion": {"reduced_motion": "reduce", "viewport": {"width": 1440, "height": 900}},
    "no motion, on a phone": {
        "reduced_motion": "reduce",
        "viewport": {"width": 390, "height": 844},
    },
}
PAGES = (
    "/",
    "/search/?q=ferry",
    "/upload/",
    "/desk/unassigned/",
    "/settings/",
    "/colleagues/",
    "/imports/",
    "/guide/",
    "/help/findings/",
    "{story}",
    "{story}overview/",
    "{story}numbers/",
    "{story}left-out/",
    "{story}timeline/",
    "{story}reuse/",
    "{story}articles/",
    "{story}set-aside/",
    "{story}apparatus/",
    "{story}export/",
    "{story}history/",
    "{story}findings/drowned/",
    "{article}",
)

# What is a table, a map or a wide text of its own may be pushed to the side within itself.
_CUT_OR_TWO_WAYS = """() => [...document.querySelectorAll("main *")].filter((element) => {
  if (!element.checkVisibility() || element.matches("#matrix-scroll, .presence-scroll, [class*='scroll'], textarea")) return false;
  const { overflowX, overflowY, textOverflow, clipPath } = getComputedStyle(element);
  if (clipPath !== "none" || textOverflow === "ellipsis") return false;
  const isWide = element.scrollWidth > element.clientWidth + 1, isTall = element.scrollHeight > element.clientHeight + 1;
  if (!element.clientWidth) return false;
  return (isWide && overflowX === "hidden") || (isWide && isTall && overflowX === "auto" && overflowY === "auto");
}).map((element) => `cut off or scrolled both ways: ${element.outerHTML.slice(0, 120)}`)"""
_MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  const longest = (list) => Math.max(...list.split(",").map((one) => parseFloat(one) * (one.trim().endsWith("ms") ? 0.001 : 1)));
  return longest(style.transitionDuration) > 0.01 || (style.animationName !== "none" && longest(style.animationDuration) > 0.01);
}).map((element) => `moves: ${element.outerHTML.slice(0, 120)}`)"""


@pytest.fixture
def harbour(ferry: Story) -> Story:
    """The ferry story with two more outlets, which write from right to left."""
    sahil = make_article(
        ferry,
        "الساحل اليوم",
        ["حملت العبّارة 60 شخصًا (على الأقل) عندما اصطدمت بالصخور.", "غرقت عند الفجر!"],
        hours=4,
    )
    namal = make_article(
        ferry, "נמל ערב", ["המעבורת נשאה 40 נוסעים, כך נמסר.", "היא טבעה „עם שחר”."], hours=5
    )
    add_quantity(claim_of(sahil), "60", 60, 60, counted="people")
    add_quantity(claim_of(namal), "40", 40, 40, counted="people")
    drowned = make_row(ferry, [claim_of(sahil), claim_of(namal)], "حملت العبّارة … شخصًا")
    make_row(ferry, [claim_of(sahil, 1), claim_of(namal, 1)])
    make_finding(
        ferry, drowned, [claim_of(sahil), claim_of(namal)], key="drowned", words=["60", "40"]
    )
    make_origin(ferry, [sahil], sahil)
    make_origin(ferry, [namal], namal)
    index_missing()
    return ferry


@pytest.mark.parametrize("way", WAYS)
def test_every_page_can_be_read(
    way: str, browser: Any, live_server: Any, harbour: Story, sign_in: Any
) -> None:
    context = browser.new_context(base_url=live_server.url, **WAYS[way])
    sign_in(context, role="admin")
    page = context.new_page()
    article = harbour.articles.get(outlet__name="الساحل اليوم").get_absolute_url()
    found: list[str] = []
    for address in PAGES:
        answer = page.goto(address.format(story=harbour.get_absolute_url(), article=article))
        problems = [] if answer.ok else [f"answered {answer.status}"]
        problems += serious_problems(page)
        problems += page.evaluate(_CUT_OR_TWO_WAYS)
        if way.startswith("no motion"):
            problems += page.evaluate(_MOVING)
        found += [f"{address}: {problem}" for problem in problems]
    context.close()

    assert found == []


def test_in_the_readers_own_colours_what_is_current_does_not_look_like_the_rest(
    browser: Any, live_server: Any, harbour: Story, sign_in: Any
) -> None:
    context = browser.new_context(base_url=live_server.url, **WAYS["own colours"])
    sign_in(context)
    page = context.new_page()
    page.goto(harbour.get_absolute_url())
    page.locator("#chip-drowned").press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()

    def line(selector: str) -> str:
        return str(
            page.locator(selector).first.evaluate(
                "e => { const s = getComputedStyle(e); return s.borderBottomStyle + s.borderBottomWidth + s.borderBottomColor; }"
            )
        )

    assert line(".tabs a[aria-current]") != line(".tabs a:not([aria-current])")
    assert line(".bar__links a[aria-current]") != line(".bar__links a:not([aria-current])")
    assert line("#chip-drowned") != line("#chip-aboard")
    outline = page.locator("#panel h2").evaluate("e => getComputedStyle(e).outlineStyle")
    underline = page.locator("tbody mark").first.evaluate(
        "e => getComputedStyle(e).textDecorationLine"
    )
    assert (outline, underline) == ("solid", "underline")
    context.close()


_PLACES = """(element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const boxes = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.data.length; at += 1) {
      if (!node.data[at].trim()) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const { left, right, top } = range.getBoundingClientRect();
      boxes.push({ letter: node.data[at], left, right, top });
    }
  }
  return boxes;
}"""


def test_words_from_right_to_left_stand_the_right_way_round_with_their_marks(
    page: Any, context: Any, harbour: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(harbour.get_absolute_url())

    quote = page.locator("td blockquote").filter(has_text="غرقت عند الفجر")
    letters = quote.evaluate(_PLACES)
    assert quote.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert letters[0]["letter"] == "غ"
    assert letters[-1]["letter"] == "!"
    assert letters[-1]["right"] <= letters[0]["left"]

    # A number runs from left to right, and its mark is around it and nothing else.
    counted = page.locator("td blockquote").filter(has_text="حملت العبّارة")
    mark = counted.locator("mark").first
    digits = mark.evaluate(_PLACES)
    assert [one["letter"] for one in digits] == ["6", "0"]
    assert digits[0]["left"] < digits[1]["left"]
    # Brackets are mirrored: the one that opens is the one on the right, where both are in a line.
    counted.evaluate("e => { e.style.whiteSpace = 'nowrap'; }")
    brackets = {b["letter"]: b for b in counted.evaluate(_PLACES) if b["letter"] in "()"}
    assert brackets["("]["top"] == brackets[")"]["top"]
    assert brackets["("]["left"] > brackets[")"]["left"]

    # English beside it is as it was.
    english = page.locator("td blockquote").filter(has_text="It sank at dawn.").first
    assert english.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert page.locator("html").get_attribute("dir") == "ltr"


def test_the_margin_of_an_article_keeps_other_outlets_words_the_right_way_round(
    page: Any, context: Any, harbour: Story, sign_in: Any
) -> None:
    sign_in(context)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(harbour.articles.get(outlet__name="الساحل اليوم").get_absolute_url())
    text = page.locator(".para__text").first
    assert text.evaluate("e => getComputedStyle(e).direction") == "rtl"

    page.locator("a.anchored").first.focus()

    expect(page.locator(".peek")).to_contain_text("המעבורת נשאה 40 נוסעים")
    words = page.locator(".margin-note .words > span").first
    assert words.evaluate("e => getComputedStyle(e).direction") == "rtl"
