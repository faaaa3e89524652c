"""Milliseconds to find the story of one article in archives of growing size.

    python benchmarks/assignment.py [--sizes 1000 10000 100000]

The archive is made of words with the frequencies of real ones (Zipf), five articles a story,
spread over three years; each search is undone. The ratio is to the smallest archive.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from database import scratch_database
from django.db import connection, transaction
from material import describe_machine

from apps.articles.models import Article, Outlet, Story

# The step of the analysis that is measured; as part of it, it has no public name.
from apps.claims.actions.analysis import _find_story
from apps.claims.analysis.sketches import ArticleSketch as SketchDraft
from apps.claims.models import ArticleSketch

WORDS = [f"word{number}" for number in range(30_000)]
WEIGHTS = list(accumulate(1 / (rank + 30) for rank in range(len(WORDS))))
NAMES = [f"name{number}" for number in range(60_000)]
NAME_WEIGHTS = list(accumulate(1 / (rank + 30) for rank in range(len(NAMES))))
BEGIN = datetime(2029, 1, 1, tzinfo=UTC)
DAYS = 1095
CHUNK = 2000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--searches", type=int, default=40)
    options = parser.parse_args()
    print(describe_machine())
    chance = random.Random(7)
    first = 0.0
    with scratch_database():
        outlets = Outlet.objects.bulk_create(
            Outlet(name=f"Outlet {n}", slug=f"outlet-{n}") for n in range(20)
        )
        stored = 0
        for size in sorted(options.sizes):
            began = time.perf_counter()
            fill(chance, outlets, stored, size)
            stored = size
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            filled = time.perf_counter() - began
            known, unknown = measure(chance, outlets, options.searches)
            times = known + unknown
            first = first or statistics.median(times)
            print(
                f"{size:8,} articles: median {statistics.median(times):6.1f} ms"
                f"  (has a story {statistics.median(known):6.1f}, has none {statistics.median(unknown):6.1f})"
                f"  95 % {sorted(times)[int(0.95 * len(times))]:6.1f}  most {max(times):6.1f}"
                f"  RATIO {statistics.median(times) / first:5.2f}   (filled in {filled:.0f} s)",
                flush=True,
            )


def make_sketch(chance: random.Random, number: int, moment: datetime) -> SketchDraft:
    """Return a sketch of an event of its own."""
    drawn = dict.fromkeys(chance.choices(range(len(WORDS)), cum_weights=WEIGHTS, k=160))
    # A sketch lists its heaviest words first, and rare ones are heavy.
    heavy = sorted(drawn, key=lambda rank: -math.log(rank + 30) * chance.uniform(0.5, 1.5))
    terms = [WORDS[rank] for rank in heavy][:96]
    names = list(dict.fromkeys(chance.choices(NAMES, cum_weights=NAME_WEIGHTS, k=24)))
    return SketchDraft(
        id=str(number),
        terms=tuple((term, round(chance.uniform(0.5, 3), 3)) for term in terms),
        names=tuple((name, round(chance.uniform(1, 3), 3)) for name in names),
        full=tuple(f"{a} {b}" for a, b in zip(names[::2], names[1::2], strict=False)),
        lead=tuple(terms[:30]),
        places=tuple(names[:3]),
        days=(moment.date().isoformat(),),
        published=moment.isoformat(),
        spellings=tuple((term, term.title()) for term in terms),
    )


def tell_again(chance: random.Random, sketch: SketchDraft, moment: datetime) -> SketchDraft:
    """Return a sketch of the same event in other words: a third of them changed."""
    other = make_sketch(chance, 0, moment)
    keep = chance.sample(sketch.terms, len(sketch.terms) * 2 // 3)
    names = chance.sample(sketch.names, len(sketch.names) * 2 // 3)
    return SketchDraft(
        id=sketch.id,
        terms=(*keep, *other.terms[: len(sketch.terms) // 3]),
        names=(*names, *other.names[: len(sketch.names) // 3]),
        full=sketch.full,
        lead=sketch.lead,
        places=sketch.places,
        days=sketch.days,
        published=moment.isoformat(),
        spellings=sketch.spellings,
    )


def fill(chance: random.Random, outlets: Sequence[Outlet], first: int, last: int) -> None:
    """Store articles *first* to *last* with their sketches, five to a story."""
    for begin in range(first, last, CHUNK):
        numbers = range(begin, min(last, begin + CHUNK))
        stories = Story.objects.bulk_create(
            Story(title=f"Story {n}", slug=f"story-{n}") for n in numbers[::5]
        )
        sketches: list[SketchDraft] = []
        articles: list[Article] = []
        for at, number in enumerate(numbers):
            if at % 5 == 0:
                event = make_sketch(chance, number, BEGIN + timedelta(days=chance.random() * DAYS))
            moment = datetime.fromisoformat(event.published) + timedelta(hours=at % 5)
            sketches.append(tell_again(chance, event, moment) if at % 5 else event)
            articles.append(_article(outlets[number % 20], number, moment, stories[at // 5]))
        rows = Article.objects.bulk_create(articles)
        ArticleSketch.objects.bulk_create(
            ArticleSketch(article=row, features=sketch.as_json(), terms=list(sketch.key_terms()))
            for row, sketch in zip(rows, sketches, strict=True)
        )


def _article(outlet: Outlet, number: int, moment: datetime, story: Story | None) -> Article:
    return Article(
        outlet=outlet,
        story=story,
        title=f"Article {number}",
        text=f"Text {number}.",
        text_digest=f"{number:064}",
        words_digest=f"{number:064}",
        published_iso=moment.isoformat(),
        published_source="stated",
        published_at=moment,
        state=Article.State.ANALYSED,
        analysed_times=1,
    )


def measure(
    chance: random.Random, outlets: Sequence[Outlet], searches: int
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of searches by articles that have a story, and that have none."""
    events = list(ArticleSketch.objects.order_by("?").values_list("features", flat=True)[:searches])
    known: list[float] = []
    unknown: list[float] = []
    for number, features in enumerate(events):
        event = SketchDraft.from_json(features)
        moment = datetime.fromisoformat(event.published) + timedelta(hours=9)
        for times, sketch in (
            (known, tell_again(chance, event, moment)),
            (unknown, make_sketch(chance, 0, moment)),
        ):
            with transaction.atomic():
                article = _article(outlets[0], 10**9 + number, moment, None)
                article.save()
                began = time.perf_counter()
                _find_story(article, sketch)
                times.append((time.perf_counter() - began) * 1000)
                transaction.set_rollback(True)
    return known, unknown


if __name__ == "__main__":
    main()
