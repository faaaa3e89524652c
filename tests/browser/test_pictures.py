"""A few stable pages look as they did: compared with stored pictures by where things stand.

After a change that is meant: ``VARIORUM_PICTURES=new`` writes them anew; look at them before they
are committed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from apps.articles.models import Story
from tests.browser.likeness import SAME_WIDTH_EVERYWHERE, share_differing

pytestmark = pytest.mark.django_db(transaction=True)

STORED = Path(__file__).parent / "pictures"
# Measured: letters of another font differ in up to 1.1 % of a page, parts that moved in 4.7 % or more.
TOLERANCE = 0.02
LARGEST = 60_000  # bytes

DESK = {"width": 960, "height": 640}
PHONE = {"width": 390, "height": 700}
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "stories": ("/", {"viewport": DESK}),
    "matrix": ("{story}", {"viewport": DESK}),
    "matrix-dark": ("{story}", {"viewport": DESK, "color_scheme": "dark"}),
    "matrix-phone": ("{story}", {"viewport": PHONE}),
    "finding": ("{story}findings/aboard/", {"viewport": DESK}),
    "finding-phone-dark": (
        "{story}findings/aboard/",
        {"viewport": PHONE, "color_scheme": "dark"},
    ),
    "numbers": ("{story}numbers/", {"viewport": DESK}),
    "apparatus": ("{story}apparatus/", {"viewport": DESK}),
}


def _open(browser: Any, live_server: Any, sign_in: Any, **options: Any) -> Any:
    options = {"color_scheme": "light", "reduced_motion": "reduce"} | options
    # Half the pixels: a picture is small, and what is compared is where things stand.
    options |= {"device_scale_factor": 0.5, "locale": "en-GB"}
    context = browser.new_context(base_url=live_server.url, **options)
    context.add_init_script(SAME_WIDTH_EVERYWHERE)
    sign_in(context)
    return context.new_page()


def _empty_page(browser: Any) -> Any:
    return browser.new_context().new_page()


@pytest.mark.parametrize("name", PICTURES)
def test_a_page_looks_as_it_did(
    name: str, browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    address, options = PICTURES[name]
    page = _open(browser, live_server, sign_in, **options)
    page.goto(address.format(story=ferry.get_absolute_url()), wait_until="networkidle")
    picture = page.screenshot()
    page.context.close()
    stored = STORED / f"{name}.png"
    if os.environ.get("VARIORUM_PICTURES") == "new":
        stored.write_bytes(picture)

    empty = _empty_page(browser)
    differing = share_differing(empty, stored.read_bytes(), picture)
    empty.context.close()

    assert differing <= TOLERANCE
    assert stored.stat().st_size < LARGEST


@pytest.mark.parametrize(
    "change",
    [
        ".sides { margin-block-start: 24px; }",
        ".grounds { display: none; }",
        ".page { max-width: 40rem; }",
        ".button--main { scale: 3; }",
    ],
)
def test_a_page_whose_parts_have_moved_does_not(
    change: str, browser: Any, live_server: Any, ferry: Story, sign_in: Any
) -> None:
    page = _open(browser, live_server, sign_in, viewport=DESK)
    page.goto(f"{ferry.get_absolute_url()}findings/aboard/", wait_until="networkidle")
    before = page.screenshot()
    page.evaluate(
        "rule => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rule);"
        " document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }",
        change,
    )
    changed = page.screenshot()
    again = page.screenshot()
    page.context.close()

    empty = _empty_page(browser)
    moved = share_differing(empty, before, changed)
    same = share_differing(empty, changed, again)
    empty.context.close()

    assert moved > TOLERANCE
    assert same == 0
