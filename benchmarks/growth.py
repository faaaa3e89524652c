"""How time grows: with the articles of a story, and with the length of one text.

    python benchmarks/growth.py                          stories of 5, 20, 100 and 400 articles
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
from many_outlets import tell_event
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
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[5, 20, 100, 400], metavar="ARTICLES"
    )
    parser.add_argument("--lengths", type=int, nargs="*", default=[], metavar="CHARACTERS")
    options = parser.parse_args()
    print(describe_machine())
    if options.lengths:
        measure_lengths(sorted(options.lengths))
    elif options.sizes:
        sizes = sorted(options.sizes)
        most = sizes[-1]
        print("one event as many outlets cover it (many_outlets.py)")
        measure_stories(sizes, tell_event(most), one_story=True)
        print("one story of five reports told again and again, all names exchanged each time")
        measure_stories(sizes, _tell_again(most), one_story=True)
        print("as many articles of as many stories as it takes, gathered first")
        measure_stories(sizes, _tell_others(most), one_story=False)


def measure_stories(
    sizes: Sequence[int], sources: Sequence[ArticleInput], *, one_story: bool
) -> None:
    """Print seconds of gather, align and detect for the first of *sources*, and the exponents
    in claims.

    *one_story* compares all of them as one story, else the stories they are gathered into.
    """
    nlp = load_pipeline()
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
        sets = [[article.id for article in members]] if one_story else [list(s) for s in stories]
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
    """Return *count* articles on one event: its five, then the five with other people in them.

    More equal sentences than real coverage has, and no name in common.
    """
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
