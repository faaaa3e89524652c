"""Server time and number of queries of the reading pages, small and large.

    python benchmarks/pages.py [--rounds 15]

The ratio is the time of the large page over that of the small one; the number of queries
must be the same. Time is from request to complete answer, templates included, without
network; the answer is what a signed-in fact-checker gets.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import time

from database import scratch_database
from material import describe_machine

from apps.articles.models import Article
from tests.db.stories import make_article, make_matrix, make_story, make_user


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
    pages: dict[str, list[str]] = {
        "matrix 2 x 5 / 20 x 200": [reverse("claims:story", args=[story.slug]) for story in (small, large)],
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


def _show(name: str, small: tuple[float, int, int], large: tuple[float, int, int]) -> None:
    print(
        f"{name:30} {small[0]:7.1f} / {large[0]:7.1f} ms  RATIO {large[0] / small[0]:5.1f}"
        f"   queries {small[1]} / {large[1]}   gzip {small[2] / 1024:.0f} / {large[2] / 1024:.0f} kB",
        flush=True,
    )


if __name__ == "__main__":
    main()
