"""How time grows: with the articles of a story, and with the length of one text.

    python benchmarks/growth.py                          stories of 5, 20 and 100 articles
    python benchmarks/growth.py --lengths 10000 100000 1000000

The exponent is the slope of a line through the logarithms: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Sequence

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from material import describe_machine, load_seeds, make_text, rename

from apps.articles.text.language import load_pipeline
from apps.claims.analysis.article_input import ArticleInput
from apps.claims.analysis.detectors import find_findings
from apps.claims.analysis.pipeline import build_story, compare_articles, read_articles
from apps.claims.analysis.stories import gather_stories
from apps.claims.analysis.types import ArticleDraft


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[5, 20, 100], metavar="ARTICLES")
    parser.add_argument("--lengths", type=int, nargs="*", default=[], metavar="CHARACTERS")
    options = parser.parse_args()
    print(describe_machine())
    if options.lengths:
        measure_lengths(sorted(options.lengths))
    elif options.sizes:
        print("one story of many articles, in the worst case told by all of them")
        measure_stories(sorted(options.sizes), one_event=True)
        print("as many articles of as many stories as it takes, gathered first")
        measure_stories(sorted(options.sizes), one_event=False)


def measure_stories(sizes: Sequence[int], *, one_event: bool) -> None:
    """Print seconds of gather, align and detect, and the exponents in claims.

    *one_event* repeats the articles of one event with their figures and a few words
    changed, as a story with many outlets; else every story is another event.
    """
    nlp = load_pipeline()
    sources = (_tell_again if one_event else _tell_others)(max(sizes))
    began = time.process_time()
    articles = list(read_articles(nlp, sources))
    reading = time.process_time() - began
    print(f"reading {len(articles)} articles: {reading:.1f} s")
    claims: list[int] = []
    rows: list[tuple[float, float, float]] = []
    for size in sizes:
        members = articles[:size]
        began = time.process_time()
        stories = gather_stories(members)
        gathered = time.process_time()
        by_id = {article.id: article for article in members}
        sets = [[article.id for article in members]] if one_event else [list(s) for s in stories]
        built = [build_story(f"st{n}", [by_id[id] for id in ids]) for n, ids in enumerate(sets)]
        aligned = time.process_time()
        found = sum(len(find_findings(story)) for story in built)
        detected = time.process_time()
        claims.append(sum(len(article.claims) for article in members))
        rows.append((gathered - began, aligned - gathered, detected - aligned))
        read = reading * _share(members, articles)
        print(
            f"{size:4} articles {claims[-1]:6,} claims {len(stories):3} stories: gather {rows[-1][0]:6.2f} s"
            f"  align {rows[-1][1]:6.2f}  detect {rows[-1][2]:6.2f}  findings {found:5}"
            f"  beyond reading {sum(rows[-1]) / read:5.2f} of the time of reading",
            flush=True,
        )
    if len(sizes) > 1:
        names = ("gather", "align", "detect")
        parts = "  ".join(
            f"{name} {fit(claims, [row[at] for row in rows]):.2f}" for at, name in enumerate(names)
        )
        print(f"EXPONENT in claims: all {fit(claims, [sum(row) for row in rows]):.2f}  {parts}")


def measure_lengths(lengths: Sequence[int]) -> None:
    """Print the seconds one text of each length takes in the whole pipeline."""
    nlp = load_pipeline()
    list(read_articles(nlp, [ArticleInput("warm", "The ferry sank at dawn.")]))
    seconds: list[float] = []
    for length in lengths:
        text = make_text(length)
        began = time.process_time()
        (article,) = read_articles(nlp, [ArticleInput("long", text, outlet="North")])
        read = time.process_time() - began
        compare_articles([article], one_story=True)
        seconds.append(time.process_time() - began)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{len(text):9,} characters {len(article.claims):7,} claims: read {read:7.2f} s"
            f"  compare {seconds[-1] - read:7.2f} s  memory so far {most:.0f} MB",
            flush=True,
        )
    if len(lengths) > 1:
        print(f"EXPONENT in characters: {fit(lengths, seconds):.2f}")


def fit(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return the slope of log seconds over log sizes; times below 1 ms count as 1 ms."""
    return float(np.polyfit(np.log(sizes), np.log(np.maximum(seconds, 1e-3)), 1)[0])


def _share(members: Sequence[ArticleDraft], articles: Sequence[ArticleDraft]) -> float:
    return sum(len(a.text) for a in members) / sum(len(a.text) for a in articles)


def _tell_again(count: int) -> list[ArticleInput]:
    """Return *count* articles on one event: its five, then the five with other people in them."""
    articles = load_seeds()["mill-fire-dunmore"]
    told: list[ArticleInput] = []
    number = 0
    while len(told) < count:
        for article in rename(articles, number) if number else articles:
            # Same place and days in all: otherwise they would be other events.
            told.append(article)
        number += 1
    return told[:count]


def _tell_others(count: int) -> list[ArticleInput]:
    told: list[ArticleInput] = []
    number = 0
    while len(told) < count:
        for articles in load_seeds().values():
            told.extend(rename(articles, number))
        number += 1
    return told[:count]


if __name__ == "__main__":
    main()
