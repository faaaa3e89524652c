"""How quickly a browser shows a large matrix, with htmx and without.

    python benchmarks/reading_room.py [--rounds 5]

Chromium opens the matrix of a story of 20 articles and 200 rows on a server in this process and
on this machine: first contentful paint, total blocking time (what tasks of over 50 ms take
beyond that), layout shift, what the first screen weighs (page, styles, scripts, each gzipped)
and the time from choosing a filter to its rows being painted; medians. Without htmx the page
loads the first part of the rows and a filter is a page of its own.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
from typing import Any

from database import scratch_database
from material import describe_machine

from tests.conftest import find_chromium
from tests.db.stories import make_matrix, make_user

_WATCH = """
window.seen = { blocked: 0, shifted: 0 };
new PerformanceObserver((list) => { for (const e of list.getEntries()) window.seen.blocked += Math.max(0, e.duration - 50); }).observe({ type: "longtask", buffered: true });
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.seen.shifted += e.value; }).observe({ type: "layout-shift", buffered: true });
"""
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_FILTER = """(value) => new Promise((done) => {
  const began = performance.now();
  new MutationObserver((_, watcher) => {
    if (document.getElementById("matrix-table").dataset.before) return;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  }).observe(document.getElementById("comparison"), { childList: true, subtree: true });
  document.getElementById("matrix-table").dataset.before = "yes";
  const field = document.getElementById("filter-sort");
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
})"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(describe_machine())
    with scratch_database():
        measure_matrix(options.rounds)


def measure_matrix(rounds: int) -> None:
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test import Client
    from django.test.testcases import LiveServerThread
    from playwright.sync_api import sync_playwright

    # Everything Django does here is done before the browser's loop begins.
    story = make_matrix(20, 200)
    client = Client()
    client.force_login(make_user("bench"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    settings.ALLOWED_HOSTS = ["*"]
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    root = f"http://localhost:{server.port}"
    address = root + story.get_absolute_url()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=["--no-sandbox"]
            )

            def visit(url: str, *, with_htmx: bool) -> dict[str, float]:
                context = browser.new_context(viewport={"width": 1366, "height": 768})
                context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": root}])
                context.add_init_script(_WATCH)
                page = context.new_page()
                answers: list[Any] = []
                page.on("response", lambda answer: answers.append(answer))
                if not with_htmx:
                    page.route("**/htmx*.js", lambda route: route.abort())
                page.goto(url, wait_until="load")
                first = [a for a in answers if a.ok and "from=" not in a.url]
                figures = {
                    "paint": page.evaluate(_PAINT),
                    "kilobytes": sum(len(gzip.compress(a.body())) for a in first) / 1000,
                }
                if with_htmx:
                    page.locator("#matrix-rows .more").wait_for(state="detached", timeout=180_000)
                page.wait_for_timeout(300)
                seen = page.evaluate("window.seen")
                figures |= {"blocked": seen["blocked"], "shifted": seen["shifted"]}
                if with_htmx:
                    figures["filter"] = page.evaluate(_FILTER, "time")
                context.close()
                return figures

            # The first visit warms the server.
            visit(address, with_htmx=True)
            with_htmx = [visit(address, with_htmx=True) for _ in range(rounds)]
            plain = [visit(address, with_htmx=False) for _ in range(rounds)]
            filtered = [visit(f"{address}?sort=time", with_htmx=False) for _ in range(rounds)]
            browser.close()
    finally:
        server.terminate()
        server.join()
    for name, visits in (("with htmx", with_htmx), ("without", plain)):
        middle = {key: statistics.median(v[key] for v in visits) for key in visits[0]}
        wait = middle.get("filter", statistics.median(v["paint"] for v in filtered))
        print(
            f"{name:10} first paint {middle['paint']:5.0f} ms, blocked {middle['blocked']:4.0f} ms, "
            f"shift {middle['shifted']:.3f}, first screen {middle['kilobytes']:4.0f} KB, "
            f"a filter {wait:4.0f} ms"
        )


if __name__ == "__main__":
    main()
