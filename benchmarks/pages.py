"""Server time and number of queries of the reading pages, small and large, in a full archive.

    python benchmarks/pages.py [--rounds 40] [--articles 5000]

Beside the small and the large story lies an invented archive of twenty claims an article.
Time is from request to complete answer through the door web servers use, with the settings of
a demonstration (no debugging, named static files, connections that stay and are looked after),
without network; the answer is what a signed-in fact-checker gets. Nothing counts queries
while time is taken.

Each page is asked for in several ways in turn (other filters, other articles, other findings),
and after every fourth answer somebody else confirms a finding or takes that back. Given are
the median and the time that 95 of 100 answers keep (p95), in brackets the least processor time
of ours: that a shared machine stretches least. Beside it medians where the rows of the story have just
changed, and in a process that has just started and has answered nothing. The number of queries
must be the same for both stories.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import random
import re
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

# As pages are served; before the settings are read. Making the archive takes its time.
os.environ.update({"VARIORUM_DEMO": "1", "VARIORUM_PROCESS": "web", "DATABASE_TIMEOUTS": "0"})

from database import scratch_database
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from material import describe_machine
from search import Vocabulary, make_archive

from apps.articles.models import Article, Story
from apps.claims.actions import decide_finding, withdraw_decision
from apps.claims.drawn_parts import forget_parts
from apps.claims.models import Claim, ClaimGroup, FindingSpan, Quantity
from apps.claims.story_memory import forget_all
from config.memory import keep_startup
from tests.db.stories import claim_of, make_matrix, make_user

# How often each page is asked for where rows have changed, and by a process that just started.
_AFTER_CHANGES = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds, queries and compressed bytes of one page."""

    middle: float
    most: float
    ours: float
    queries: int
    size: int
    after_repair: float = 0.0
    fresh: float = 0.0

    def __str__(self) -> str:
        return f"{self.middle:.0f} / {self.most:.0f} ({self.ours:.0f})"


@dataclass(frozen=True, slots=True)
class Page:
    """The ways one page of a story is asked for; *is_part* for what htmx asks for."""

    addresses: Sequence[str]
    is_part: bool = False


class Reader:
    """Somebody who is signed in and asks the application as a web server does."""

    def __init__(self, name: str) -> None:
        from config.wsgi import application

        client = Client()
        client.force_login(make_user(name))
        self._application = application
        self._cookies = "; ".join(f"{key}={one.value}" for key, one in client.cookies.items())

    def ask(self, address: str, *, is_part: bool = False) -> bytes:
        path, _, query = address.partition("?")
        environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_COOKIE": self._cookies}
        if is_part:
            environ["HTTP_HX_REQUEST"] = "true"
        setup_testing_defaults(environ)
        environ["HTTP_HOST"] = "localhost"
        status: list[str] = []

        def begin(line: str, headers: object, error: object = None) -> Callable[[bytes], object]:
            status.append(line)
            return bytes  # nothing is written

        response = self._application(environ, begin)
        content = b"".join(response)
        response.close()
        if not status[0].startswith("200"):
            raise ValueError(f"{address}: {status[0]}")
        return content


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--articles", type=int, default=5000)
    options = parser.parse_args()
    print(describe_machine())
    with scratch_database():
        call_command("collectstatic", interactive=False, verbosity=0)
        chance = random.Random(7)
        make_archive(options.articles, Vocabulary(chance), chance)
        measure_pages(options.rounds)


def measure_pages(rounds: int) -> None:
    reader, other = Reader("bench"), make_user("otto")
    stories = make_matrix(2, 5), make_matrix(20, 200)
    for story in stories:
        _give_numbers_and_days(story)
    # As the web server does.
    keep_startup()
    print(
        "\n| page | 2 × 5: p50 / p95 (ours) | 20 × 200 | rows changed | fresh process"
        " | queries | compressed |"
    )
    print("|---|---:|---:|---:|---:|---|---|")
    found = [_find_pages(story) for story in stories]
    for name in found[0]:
        small, large = (
            _measure(reader, pages[name], rounds, story, _act(story, other))
            for story, pages in zip(stories, found, strict=True)
        )
        _show(name, small, large)
    client = Client()
    client.force_login(make_user("mender"))
    _show("a repair", *(_measure_repair(client, story, max(5, rounds // 4)) for story in stories))


def _find_pages(story: Story) -> dict[str, Page]:
    from django.urls import reverse

    def page(name: str, *more: object) -> str:
        return reverse(f"claims:{name}", args=[story.slug, *more])

    def asked(name: str, *queries: Mapping[str, object]) -> list[str]:
        return [f"{page(name)}{'?' if query else ''}{urlencode(query)}" for query in queries]

    groups = list(story.groups.order_by("position"))
    articles = list(Article.objects.filter(story=story).select_related("outlet").order_by("pk"))
    keys = list(story.findings.order_by("position").values_list("key", flat=True))
    some = max(1, len(groups) // 8)
    one, other = (article.outlet.slug for article in articles[:2])
    filters: list[Mapping[str, object]] = [
        {"severity": "high"},
        {"severity": "low"},
        {"state": "open"},
        {"sort": "time"},
        {"outlet": other, "severity": "medium"},
        {"against": one},
        {"kind": "number_conflict", "sort": "position"},
        {"q": "boats", "sort": "origins"},
    ]
    return {
        "stories": Page([reverse("claims:stories"), reverse("claims:stories") + "?page=2"]),
        "overview": Page(asked("overview", {})),
        "matrix": Page(asked("story", {}, *filters[:4])),
        "a filter": Page(asked("story", *filters), is_part=True),
        "rows that follow": Page(
            asked("story", *({"from": number} for number in range(1, len(groups) - 1, some))),
            is_part=True,
        ),
        "by topic": Page(
            asked("story", {"topics": 1}, {"topics": 1, "severity": "high"}), is_part=True
        ),
        "article": Page([reverse("claims:article", args=[one.pk]) for one in articles[:6]]),
        "reuse": Page(
            asked(
                "reuse",
                {},
                {"show": "changes"},
                {"left": articles[1].pk, "right": articles[0].pk},
            )
        ),
        "numbers": Page(asked("numbers", {}, {"show": "conflicts"}, {"show": "alone"})),
        "timeline": Page(asked("timeline", {})),
        "left out": Page(asked("left_out", {"show": "all"}, {}, {"by": one, "show": "all"})),
        "set aside": Page(asked("set_aside", {})),
        "print": Page(asked("apparatus", {}, {"differences": 1}, {"state": "decided"})),
        "finding": Page([page("finding", key) for key in keys[::some]]),
        "finding in the panel": Page(
            [page("finding", key) + "?in=panel" for key in keys[::some]], is_part=True
        ),
        "row": Page([page("row", group.pk) for group in groups[::some]]),
        "go to": Page([f"{reverse('claims:go')}?story={story.slug}&q={q}" for q in ("", "o")]),
    }


def _act(story: Story, user: User) -> Callable[[], None]:
    """Return what somebody else does on *story*: confirm one finding after the other, and take
    it back."""
    keys = itertools.cycle(story.findings.order_by("position").values_list("key", flat=True))
    confirmed: list[str] = []

    def act() -> None:
        if confirmed:
            withdraw_decision(story=story, finding_key=confirmed.pop(), user=user)
        else:
            confirmed.append(next(keys))
            decide_finding(story=story, finding_key=confirmed[0], value="confirm", user=user)

    return act


def _measure(
    reader: Reader, page: Page, rounds: int, story: Story, act: Callable[[], None]
) -> Measured:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times: list[float] = []
    ours: list[float] = []

    def ask(address: str) -> float:
        worked, began = time.process_time(), time.perf_counter()
        reader.ask(address, is_part=page.is_part)
        took = (time.perf_counter() - began) * 1000
        ours.append((time.process_time() - worked) * 1000)
        return took

    def change_rows() -> None:
        ClaimGroup.objects.filter(pk=story.groups.all()[0].pk).update(title="boats")

    fresh = []
    for address in itertools.islice(itertools.cycle(page.addresses), _AFTER_CHANGES):
        forget_all()
        forget_parts()
        fresh.append(ask(address))
    forget_all()
    forget_parts()
    with CaptureQueriesContext(connection) as queries:
        content = reader.ask(page.addresses[0], is_part=page.is_part)
    # The next request forgets them.
    count = len(queries)
    for address in page.addresses:
        reader.ask(address, is_part=page.is_part)
    ours.clear()
    for number, address in enumerate(itertools.islice(itertools.cycle(page.addresses), rounds)):
        if number % 4 == 3:
            act()
        times.append(ask(address))
    least = min(ours)
    after_repair = []
    for address in itertools.islice(itertools.cycle(page.addresses), _AFTER_CHANGES):
        change_rows()
        after_repair.append(ask(address))
    return Measured(
        statistics.median(times),
        _most(times),
        least,
        count,
        len(gzip.compress(content)),
        statistics.median(after_repair),
        statistics.median(fresh),
    )


def _most(times: list[float]) -> float:
    """Return the time that 95 of 100 keep."""
    return min(statistics.quantiles(times, n=20)[-1], max(times))


def _measure_repair(client: Client, story: Story, rounds: int) -> Measured:
    """Take a reading out of its row as the matrix does, again after each undo."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    html = client.get(f"{story.get_absolute_url()}?rows=all&shared=0").content.decode()
    stamps = re.findall(r'id="row-(\d+)"[^>]*data-stamp="(\w+)"', html)
    columns = re.search(r'data-columns="([0-9,]*)"', html)
    article = Article.objects.filter(story=story).order_by("published_at")[1]
    data = {
        "refuse": claim_of(article, 1).pk,
        "shown": ",".join(f"{number}.{stamp}" for number, stamp in stamps),
        "columns": columns.group(1) if columns else "",
        "whole": "1",
        "query": "?shared=0",
    }
    act, undo = (reverse(f"claims:{name}", args=[story.slug]) for name in ("align", "undo"))
    headers = {"HX-Request": "true"}
    times, ours = [], []
    with CaptureQueriesContext(connection) as queries:
        response = client.post(act, data, headers=headers)
    count = len(queries)
    for _ in range(rounds):
        client.post(undo, data, headers=headers)
        worked, began = time.process_time(), time.perf_counter()
        response = client.post(act, data, headers=headers)
        times.append((time.perf_counter() - began) * 1000)
        ours.append((time.process_time() - worked) * 1000)
        assert b"Taken out of its row." in response.content
    client.post(undo, data, headers=headers)
    size = len(gzip.compress(response.content))
    return Measured(statistics.median(times), _most(times), min(ours), count, size)


def _give_numbers_and_days(story: Story) -> None:
    """Let every outlet count something in every row, a third of them differently where a
    finding says so, and date every fourth."""
    quantities = list(Quantity.objects.filter(claim__article__story=story).select_related("claim"))
    finding_at = {finding.position: finding for finding in story.findings.all()}
    spans, claims = [], []
    for quantity in quantities:
        claim = quantity.claim
        differs = claim.article_id % 3 == 0 and claim.position % 2
        quantity.low = quantity.high = Decimal(100 + claim.position * 7 + differs)
        if claim.position % 2:
            place = {"start": quantity.start, "end": quantity.end, "quote": quantity.quote}
            spans.append(
                FindingSpan(
                    finding=finding_at[claim.position],
                    article_id=claim.article_id,
                    position=claim.article_id,
                    **place,
                )
            )
        if claim.position % 4 == 0:
            day = {
                "span": [claim.start, claim.start + 6],
                "text": claim.quote[:6],
                "anchor": None,
                "readings": [],
            }
            claim.details |= {"dates": [day | {"iso": f"2031-05-{1 + claim.position % 28:02d}"}]}
            claims.append(claim)
    Quantity.objects.bulk_update(quantities, ["low", "high"], batch_size=1000)
    FindingSpan.objects.bulk_create(spans)
    Claim.objects.bulk_update(claims, ["details"], batch_size=1000)


def _show(name: str, small: Measured, large: Measured) -> None:
    queries = f"{small.queries} / {large.queries}"
    sizes = f"{small.size / 1024:.0f} / {large.size / 1024:.0f} kB"
    later = [f"{took:.0f}" if took else "–" for took in (large.after_repair, large.fresh)]
    print(f"| {name} | {small} | {large} | {' | '.join(later)} | {queries} | {sizes} |", flush=True)


if __name__ == "__main__":
    main()
