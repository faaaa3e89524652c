"""Server time and number of queries of the reading pages, small and large, in a full archive.

    python benchmarks/pages.py [--rounds 20] [--articles 5000]

Beside the small and the large story lies an invented archive of twenty claims an article.
Time is from request to complete answer, database and templates included, without network;
the answer is what a signed-in fact-checker gets. Given are the median and the time that 95 of
100 answers keep (p95), in brackets the least processor time of ours: that a shared machine
stretches least. The number of queries must be the same for both stories.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import statistics
import time
from dataclasses import dataclass
from decimal import Decimal

from database import scratch_database
from django.test import Client
from material import describe_machine
from search import Vocabulary, make_archive

from apps.articles.models import Article, Story
from apps.claims.models import Claim, FindingSpan, Quantity
from config.memory import keep_startup
from tests.db.stories import claim_of, make_matrix, make_user

HTMX = {"HX-Request": "true"}


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds, queries and compressed bytes of one page."""

    middle: float
    most: float
    ours: float
    queries: int
    size: int

    def __str__(self) -> str:
        return f"{self.middle:.0f} / {self.most:.0f} ({self.ours:.0f})"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--articles", type=int, default=5000)
    options = parser.parse_args()
    print(describe_machine())
    with scratch_database():
        chance = random.Random(7)
        make_archive(options.articles, Vocabulary(chance), chance)
        measure_pages(options.rounds)


def measure_pages(rounds: int) -> None:
    from django.urls import reverse

    client = Client()
    client.force_login(make_user("bench"))
    stories = make_matrix(2, 5), make_matrix(20, 200)
    for story in stories:
        _give_numbers_and_days(story)
    # As the web server does.
    keep_startup()

    def page(name: str, story: Story, *more: object) -> str:
        return reverse(f"claims:{name}", args=[story.slug, *more])

    print("\n| page | 2 × 5: p50 / p95 (ours) | 20 × 200 | queries | compressed |")
    print("|---|---:|---:|---:|---:|")
    addresses = [
        {
            "stories": (reverse("claims:stories"), False),
            "overview": (page("overview", story), False),
            "matrix": (page("story", story), False),
            "a filter": (page("story", story) + "?severity=high", True),
            "rows that follow": (page("story", story) + f"?from={min(8, len(groups) - 2)}", True),
            "by topic": (page("story", story) + "?topics=1", True),
            "article": (reverse("claims:article", args=[articles[1].pk]), False),
            "reuse": (page("reuse", story), False),
            "numbers": (page("numbers", story), False),
            "timeline": (page("timeline", story), False),
            "left out": (page("left_out", story) + "?show=all", False),
            "set aside": (page("set_aside", story), False),
            "print": (page("apparatus", story), False),
            "finding": (page("finding", story, key), False),
            "finding in the panel": (page("finding", story, key) + "?in=panel", True),
            "row": (page("row", story, groups[0].pk), False),
            "go to": (reverse("claims:go") + f"?story={story.slug}", False),
        }
        for story in stories
        for groups in [list(story.groups.order_by("position"))]
        for articles in [list(Article.objects.filter(story=story).order_by("pk"))]
        for key in [story.findings.order_by("position")[0].key]
    ]
    for name in addresses[0]:
        small, large = (_measure(client, *found[name], rounds) for found in addresses)
        _show(name, small, large)
    _show("a repair", *(_measure_repair(client, story, rounds) for story in stories))


def _measure(client: Client, address: str, is_part: bool, rounds: int) -> Measured:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    headers = HTMX if is_part else {}
    client.get(address, headers=headers)
    times, ours = [], []
    for _ in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        response = client.get(address, headers=headers)
        ours.append((time.process_time() - worked) * 1000)
        times.append((time.perf_counter() - began) * 1000)
        assert response.status_code == 200, (address, response.status_code)
    with CaptureQueriesContext(connection) as queries:
        client.get(address, headers=headers)
    size = len(gzip.compress(response.content))
    return _measured(times, ours, len(queries), size)


def _measured(times: list[float], ours: list[float], queries: int, size: int) -> Measured:
    most = statistics.quantiles(times, n=20)[-1]
    return Measured(statistics.median(times), min(most, max(times)), min(ours), queries, size)


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
    times, ours, size, count = [], [], 0, 0
    for _ in range(rounds + 1):
        with CaptureQueriesContext(connection) as queries:
            began, worked = time.perf_counter(), time.process_time()
            response = client.post(act, data, headers=HTMX)
            ours.append((time.process_time() - worked) * 1000)
            times.append((time.perf_counter() - began) * 1000)
        assert b"Taken out of its row." in response.content
        size, count = len(gzip.compress(response.content)), len(queries)
        client.post(undo, data, headers=HTMX)
    return _measured(times[1:], ours[1:], count, size)


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
    print(f"| {name} | {small} | {large} | {queries} | {sizes} |", flush=True)


if __name__ == "__main__":
    main()
