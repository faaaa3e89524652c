"""How long lining up claims takes, against a sentence encoder with TF-IDF in the same run.

    python benchmarks/pairing_speed.py --model FOLDER [--rounds 3]

*FOLDER* holds all-MiniLM-L6-v2 as ``VARIORUM_SEMANTIC_MODEL`` would name it; without it, or
without the extra ``semantic``, the comparison is skipped and only our own time is printed.
Both get the same sentences of the same stories, one thread each, processor time, in turns.
"""

from __future__ import annotations

import argparse
import gc
import os
import time
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import numpy as np
import numpy.typing as npt
from material import ROOT, describe_machine, load_stories

from apps.articles.text.language import load_pipeline, parse_texts
from apps.articles.text.reuse import find_reuse
from apps.articles.text.types import STORY_ROLES
from apps.claims.analysis.align import align_story
from apps.claims.analysis.article_input import ArticleInput
from apps.claims.analysis.pipeline import (
    in_order_of_publication,
    label_article,
    read_article,
    story_sentences,
)
from apps.claims.analysis.semantic import Embedder
from apps.claims.analysis.types import ArticleDraft
from apps.claims.sentence_model import SemanticModelMissing, SentenceModel

Array = npt.NDArray[np.float32]
Stories = list[list[ArticleDraft]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=ROOT / "var" / "all-MiniLM-L6-v2")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(describe_machine())
    sources = list(load_stories().values())
    parsing, extracting, stories = read(sources)
    sentences = sum(len(texts) for story in stories for texts in sentences_of(story))
    print(f"{len(stories)} stories, {sum(map(len, stories))} articles, {sentences} sentences")
    try:
        SentenceModel(options.model)
        has_model = True
    except SemanticModelMissing as error:
        print(f"SKIPPED the comparison with the sentence encoder: {error}")
        has_model = False
    align(stories)  # the first run reads weights and word lists
    # Nobody holds twenty stories at once but this benchmark: spare both sides walking them.
    gc.collect()
    gc.freeze()
    ours, theirs = [], []
    for _ in range(options.rounds):
        ours.append(timed(lambda: align(stories)))
        if has_model:
            # A new one each round: it remembers what it has read.
            model = SentenceModel(options.model)
            theirs.append(timed(lambda model=model: pair_by_encoder(stories, model)))
    per_1000 = 1000.0 / sentences
    own = median(ours) * per_1000
    print(
        f"per 1,000 sentences: alignment {own:.2f} s, extraction {extracting * per_1000:.2f} s, "
        f"labels and parse {parsing * per_1000:.2f} s"
    )
    if theirs:
        other = median(theirs) * per_1000
        spread = sorted(b / a for a, b in zip(ours, theirs, strict=True))
        print(
            f"sentence encoder with TF-IDF {other:.2f} s\n"
            f"RATIO beyond parsing: alignment alone {other / own:.1f} "
            f"(rounds {', '.join(f'{value:.1f}' for value in spread)}), "
            f"with extraction {other / (own + extracting * per_1000):.1f}"
        )


def timed(work: object) -> float:
    began = time.process_time()
    work()  # type: ignore[operator]  # a function without arguments
    return time.process_time() - began


def read(sources: Sequence[Sequence[ArticleInput]]) -> tuple[float, float, Stories]:
    """Return the seconds of labelling and parsing, those of extracting, and the articles."""
    nlp = load_pipeline()
    parsing = extracting = 0.0
    stories: Stories = []
    for number, inputs in enumerate([sources[0], *sources]):
        began = time.process_time()
        segments = [label_article(source) for source in inputs]
        docs = list(
            parse_texts(
                nlp,
                [
                    (source.text, [segment.span.start for segment in found])
                    for source, found in zip(inputs, segments, strict=True)
                ],
            )
        )
        parsed = time.process_time()
        articles = [
            read_article(doc, source, found)
            for doc, source, found in zip(docs, inputs, segments, strict=True)
        ]
        if number:  # the first story only warms up
            parsing += parsed - began
            extracting += time.process_time() - parsed
            stories.append(in_order_of_publication(articles))
    return parsing, extracting, stories


def sentences_of(story: Sequence[ArticleDraft]) -> list[list[str]]:
    return [
        [
            facts.sentence.span.of(article.text)
            for facts in article.sentences
            if facts.sentence.role in STORY_ROLES
        ]
        for article in story
    ]


def align(stories: Stories) -> None:
    """Line up every story: copies, units, candidates, scores, rows and their reasons."""
    for story in stories:
        reuse = find_reuse({article.id: story_sentences(article) for article in story})
        align_story(story, reuse=reuse)


def pair_by_encoder(stories: Stories, embed: Embedder) -> None:
    """Find each sentence's counterpart in each other article: cosine plus TF-IDF cosine."""
    for story in stories:
        by_article = sentences_of(story)
        texts = [text for part in by_article for text in part]
        vectors, words = embed(texts), tf_idf(texts)
        alike = vectors @ vectors.T + words @ words.T
        ends = np.cumsum([0, *(len(part) for part in by_article)])
        for start, end in pairwise(ends):
            if start < end:
                alike[:, start:end].argmax(axis=1)


def tf_idf(texts: Sequence[str]) -> Array:
    """Return one row of length 1 for each text."""
    counts = [Counter(text.lower().split()) for text in texts]
    shared = Counter(word for count in counts for word in count)
    place = {word: column for column, word in enumerate(sorted(shared))}
    rows = np.zeros((len(texts), len(place)), dtype=np.float32)
    for row, count in zip(rows, counts, strict=True):
        for word, times in count.items():
            row[place[word]] = times * np.log(1.0 + len(texts) / shared[word])
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))


if __name__ == "__main__":
    main()
