"""Server time and number of queries of the reading pages, small and large.

    python benchmarks/pages.py [--rounds 15]

The ratio is the time of the large page over that of the small one; the number of queries
must be the same. Time is from request to complete answer, templates included, without
network; the answer is what a signed-in fact-checker gets.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import time
from decimal import Decimal

from database import scratch_database
from material import describe_machine

from apps.articles.models import Article, Story
from apps.claims.models import Claim, FindingSpan, Quantity
from tests.db.stories import claim_of, make_article, make_matrix, make_story, make_user


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    print(describe_machine())
    with scratch_database():
        measure_pages(options.rounds)


def measure_pages(rounds: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = Client()
    client.force_login(make_user("bench"))
    small, large = make_matrix(2, 5), make_matrix(20, 200)
    long_article = make_article(make_story(), "Long Post", [f"Sentence {n} says {n}." for n in range(200)])  # fmt: skip
    for story in (small, large):
        _give_numbers_and_days(story)
    pages: dict[str, list[str]] = {
        "matrix 2 x 5 / 20 x 200": [reverse("claims:story", args=[story.slug]) for story in (small, large)],
        **{
            f"{name} 2 x 5 / 20 x 200": [
                reverse(f"claims:{page}", args=[story.slug]) + query for story in (small, large)
            ]
            for name, page, query in (
                ("numbers", "numbers", ""),
                ("left out", "left_out", "?show=all"),
                ("timeline", "timeline", ""),
                ("reuse", "reuse", ""),
            )
        },
        "article of 5 / 200 sentences": [
            reverse("claims:article", args=[Article.objects.filter(story=small).order_by("pk")[0].pk]),
            reverse("claims:article", args=[long_article.pk]),
        ],
        "finding in 2 x 5 / 20 x 200": [
            reverse("claims:finding", args=[story.slug, finding.key])
            for story in (small, large)
            if (finding := story.findings.order_by("position").first()) is not None
        ],
    }  # fmt: skip

    def measure_repair(story: Story) -> tuple[float, int, int]:
        """Take a reading out of its row as the matrix does, again after each undo."""
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
        times, size, count = [], 0, 0
        for _ in range(rounds + 1):
            with CaptureQueriesContext(connection) as queries:
                began = time.perf_counter()
                response = client.post(act, data, headers={"HX-Request": "true"})
                times.append((time.perf_counter() - began) * 1000)
            assert b"Taken out of its row." in response.content
            size, count = len(gzip.compress(response.content)), len(queries)
            client.post(undo, data, headers={"HX-Request": "true"})
        return statistics.median(times[1:]), count, size

    def measure(url: str) -> tuple[float, int, int]:
        client.get(url)
        times = []
        for _ in range(rounds):
            began = time.perf_counter()
            response = client.get(url)
            times.append((time.perf_counter() - began) * 1000)
            assert response.status_code == 200, (url, response.status_code)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return statistics.median(times), len(queries), len(gzip.compress(response.content))

    few = measure(reverse("claims:stories"))
    for number in range(100):
        make_article(make_story(f"Story {number}"), "Long Post", [f"Ship {number} has left."])
    _show("story list, 3 / 103 stories", few, measure(reverse("claims:stories")))
    for name, urls in pages.items():
        if len(urls) == 2:
            _show(name, *map(measure, urls))
    _show("repair in 2 x 5 / 20 x 200", measure_repair(small), measure_repair(large))


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


def _show(name: str, small: tuple[float, int, int], large: tuple[float, int, int]) -> None:
    print(
        f"{name:30} {small[0]:7.1f} / {large[0]:7.1f} ms  RATIO {large[0] / small[0]:5.1f}"
        f"   queries {small[1]} / {large[1]}   gzip {small[2] / 1024:.0f} / {large[2] / 1024:.0f} kB",
        flush=True,
    )


if __name__ == "__main__":
    main()
