"""How quickly a browser shows a large matrix, with htmx and without.

    python benchmarks/reading_room.py [--rounds 5]

Chromium opens the matrix of a story of 20 articles and 200 rows, as an editor, on a server in this
process and on this machine: first contentful paint, total blocking time (what tasks of over 50 ms
take beyond that, until the last row is there), the longest task, layout shift, what the first
screen weighs (page, styles, scripts, each gzipped), elements on the page, and the time from choosing
a filter to its rows being painted, with what of it is the server's and what the browser's after the
answer; medians. Then the matrix is scrolled by 120 pixels a frame: the frames that took over 50 ms.
Without htmx the page has the first part of the rows and a filter is a page of its own.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
from typing import Any

from database import scratch_database
from material import describe_machine

from config.memory import keep_startup
from tests.conftest import find_chromium
from tests.db.stories import make_matrix, make_user

_WATCH = """
window.seen = { blocked: 0, longest: 0, shifted: 0 };
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    window.seen.blocked += Math.max(0, duration - 50);
    window.seen.longest = Math.max(window.seen.longest, duration);
  }
}).observe({ type: "longtask", buffered: true });
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.seen.shifted += e.value; }).observe({ type: "layout-shift", buffered: true });
"""
_SCRIPTS = re.compile(r"/(htmx[^/]*|rows)\.js")
# On a busy machine the page may be loaded before it is painted.
_PAINT = """() => new Promise((done) => {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) done(entry.startTime);
  }).observe({ type: "paint", buffered: true });
})"""
# From the change to the end of the first frame in which its rows are painted: the rows are put in,
# the frame begins, and what follows it runs when the browser's own thread is done with it.
_FILTER = """(value) => new Promise((done) => {
  const began = performance.now();
  const parts = () => {
    const [entry] = performance.getEntriesByType("resource").filter(({ name, startTime }) => startTime >= began && name.includes(`sort=${value}`));
    const painted = performance.now();
    return { filter: painted - began, served: entry.responseEnd - entry.requestStart, shown: painted - entry.responseEnd };
  };
  new MutationObserver((_, watcher) => {
    if (document.getElementById("matrix-rows")?.dataset.before !== undefined) return;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(parts())));
  }).observe(document.getElementById("comparison"), { childList: true, subtree: true });
  document.getElementById("matrix-rows").dataset.before = "";
  const field = document.getElementById("filter-sort");
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
})"""
_SCROLL = """async () => {
  const box = document.getElementById("matrix-scroll");
  const frames = [];
  box.scrollTop = 0;
  await new Promise(requestAnimationFrame);
  let last = performance.now();
  for (let step = 0; step < 100; step += 1) {
    box.scrollTop += 120;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  return frames;
}"""
# Asked for one after the other, each when all rows of the one before are there.
_SORTS = ("time", "position", "origins")


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
    from django.db import connections
    from django.test import Client
    from django.test.testcases import LiveServerThread
    from playwright.sync_api import sync_playwright

    # Everything Django does here is done before the browser's loop begins.
    story = make_matrix(20, 200)
    client = Client()
    client.force_login(make_user("bench", "editor"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    settings.ALLOWED_HOSTS = ["*"]
    # As a web server does: connections to the database last, and what was loaded is no garbage.
    connections.settings["default"]["CONN_MAX_AGE"] = 60
    keep_startup()
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
                    page.route(_SCRIPTS, lambda route: route.abort())
                page.goto(url, wait_until="load")
                first = [a for a in answers if a.ok and "from=" not in a.url]
                figures = {
                    "paint": page.evaluate(_PAINT),
                    "kilobytes": sum(len(gzip.compress(a.body())) for a in first) / 1000,
                }
                rest = page.locator("#matrix-rows > tr[data-more]")
                if with_htmx:
                    rest.wait_for(state="detached", timeout=180_000)
                page.wait_for_timeout(300)
                figures |= page.evaluate("window.seen")
                figures["elements"] = page.locator("*").count()
                if with_htmx:
                    frames = page.evaluate(_SCROLL)
                    figures["slow"] = sum(frame > 50 for frame in frames)
                    figures["frame"] = statistics.median(frames)
                    waits: list[dict[str, float]] = []
                    for sort in _SORTS:
                        waits.append(page.evaluate(_FILTER, sort))
                        rest.wait_for(state="detached", timeout=180_000)
                        page.wait_for_timeout(200)
                    figures |= sorted(waits, key=lambda wait: wait["filter"])[len(waits) // 2]
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
            f"longest task {middle['longest']:4.0f} ms, shift {middle['shifted']:.3f}, first screen "
            f"{middle['kilobytes']:4.0f} KB, {middle['elements']:6.0f} elements, a filter {wait:4.0f} ms"
        )
        if "served" in middle:
            print(
                f"{'':10} of the filter {middle['served']:4.0f} ms are the server's, "
                f"{middle['shown']:4.0f} ms from its answer to the painted rows; scrolled, "
                f"a frame takes {middle['frame']:3.0f} ms, {middle['slow']:3.0f} of 100 over 50 ms"
            )


if __name__ == "__main__":
    main()
