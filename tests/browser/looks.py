"""The ways a page is read, and what stands in somebody's way on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
    "no scripts": {"java_script_enabled": False, "viewport": {"width": 1280, "height": 800}},
}
WITH_SCRIPTS = [look for look in LOOKS if look != "no scripts"]
# What a page is opened as that `problems_in_every_look` looks over.
VISITS = ("light", "no scripts")

_WIDEST = """[...document.querySelectorAll("body *")].filter((element) =>
  element.getBoundingClientRect().right > innerWidth + 1).map((element) => element.outerHTML.slice(0, 90)).slice(0, 3).join(" | ")"""


@contextmanager
def read_in(look: str, browser: Any, live_server: Any, **options: Any) -> Iterator[Any]:
    """Open an empty page that is read as *look*; nobody is signed in. Closes its context."""
    options = {"base_url": live_server.url, "reduced_motion": "reduce"} | LOOKS[look] | options
    context = browser.new_context(**options)
    context.set_default_timeout(10_000)
    try:
        yield context.new_page()
    finally:
        context.close()


def sent_from(page: Any) -> list[str]:
    """Return a list that keeps the address of everything *page* posts from now on."""
    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(request.url) if request.method == "POST" else None
    )
    return sent


def let_it_answer(page: Any) -> None:
    """Let the page do what it does at a key or a click: what it sends, it has sent then."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def serious_problems(page: Any, look: str = "light") -> list[str]:
    """Return what axe calls serious or critical on *page*, and whether it is too wide for it.

    Axe is a script: of a page without scripts only the width is told.
    """
    found = [] if look == "no scripts" else _violations(page)
    if page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]:
        found.append(f"wider than the window: {page.evaluate(_WIDEST)}")
    return found


def problems_in_every_look(page: Any, look: str = "light") -> list[str]:
    """Return what stands in somebody's way on *page* as it is, with where it stands.

    With scripts the page is looked at in every look that has them, and is light again then.
    """
    found = []
    for one in [look] if look == "no scripts" else reversed(WITH_SCRIPTS):
        page.set_viewport_size(LOOKS[one]["viewport"])
        page.emulate_media(color_scheme=LOOKS[one].get("color_scheme"), reduced_motion="reduce")
        place = f"{page.url}, {one}"
        found += [f"{place}: {problem}" for problem in serious_problems(page, one)]
    return found


def _violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:200]}"
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
