"""Examples from sentence pairs of look-alike events (ECB+ as prepared for this project)."""

from __future__ import annotations

import gzip
import json
import pickle
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from apps.claims.analysis.pairing import FEATURES, PairTable
from apps.claims.analysis.predictions.alignment_sentences import read_topics
from apps.claims.analysis.predictions.alignment_stories import Topic, build_topic
from apps.claims.analysis.sketches import ArticleSketch, sketch_article
from apps.claims.analysis.stories import ARTICLE_FEATURES, SketchWeights, compare_sketches
from apps.claims.analysis.types import ArticleDraft
from apps.claims.analysis.units import Weights
from training.alignment.logistic import Examples


@dataclass(frozen=True, slots=True)
class Split:
    """One half of the data: articles and gold by topic."""

    articles: dict[int, list[ArticleDraft]]
    subtopic: dict[str, str]
    pairs: dict[int, list[dict[str, Any]]]
    queries: dict[int, list[dict[str, Any]]]


def read_lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_split(nlp: Language, folder: Path, name: str, cache: Path | None) -> Split:
    """Return *name* ("train" or "dev"); parsed articles are kept in *cache* if given."""
    docs = read_lines(folder / f"alignment.{name}.docs.jsonl.gz")
    kept = cache / f"alignment.{name}.pickle" if cache else None
    if kept and kept.is_file():
        articles = pickle.loads(kept.read_bytes())
    else:
        articles = read_topics(nlp, docs)
        if kept:
            kept.write_bytes(pickle.dumps(articles))
    topic = {doc["id"]: doc["topic"] for doc in docs}
    pairs: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for pair in read_lines(folder / f"alignment.{name}.gold.jsonl.gz"):
        if pair["label"] >= 0:
            pairs[pair["topic"]].append(pair)
    queries: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for query in read_lines(folder / f"alignment.{name}.queries.jsonl.gz"):
        queries[topic[query["q"][0]]].append(query)
    return Split(articles, {doc["id"]: doc["subtopic"] for doc in docs}, pairs, queries)


def article_examples(split: Split) -> Examples:
    """Return article pairs: of one event, of look-alike events, of unrelated ones.

    Rarity among the articles at hand depends on how many there are, so that pairs are
    drawn from whole topics and from handfuls.
    """
    examples = Examples(ARTICLE_FEATURES)
    sketches = {
        topic: [sketch_article(a) for a in articles] for topic, articles in split.articles.items()
    }

    def add(members: Sequence[ArticleSketch]) -> None:
        weights = SketchWeights(members)
        for i, a in enumerate(members):
            for b in members[:i]:
                same = split.subtopic[a.id] == split.subtopic[b.id]
                examples.add(compare_sketches(a, b, weights), same)

    chance = np.random.default_rng(1)
    everything = [sketch for members in sketches.values() for sketch in members]
    for members in sketches.values():
        add(members)
        for _ in range(12):
            add(
                [
                    members[int(k)]
                    for k in chance.choice(len(members), min(6, len(members)), replace=False)
                ]
            )
    for _ in range(150):
        add([everything[int(k)] for k in chance.choice(len(everything), 6, replace=False)])
    return examples


def sentence_examples(split: Split) -> tuple[Examples, Examples]:
    """Return pairs within one event, and query-candidate pairs, as ``FEATURES`` rows."""
    within, asked = Examples(FEATURES), Examples(FEATURES)
    for topic, articles in split.articles.items():
        built = build_topic(articles)
        table = PairTable(built.units, Weights(built.units))
        pairs = [pair for pair in split.pairs[topic] if pair["scope"] == "within"]
        ours, theirs = (
            np.array([must_find(built, pair[side]) for pair in pairs], dtype=np.int64)
            for side in ("a", "b")
        )
        for pair, row in zip(pairs, table.rows(ours, theirs).tolist(), strict=True):
            within.add(row, pair["label"] == 1)
        for query in split.queries[topic]:
            i = must_find(built, query["q"])
            answers, maybe = spans_of(query["answers"]), spans_of(query["maybe"])
            candidates = np.array(built.by_article[query["doc"]], dtype=np.int64)
            rows = table.rows(np.full(len(candidates), i), candidates)
            for j, row in zip(candidates.tolist(), rows.tolist(), strict=True):
                start = built.units[j].claim.span.start
                if start not in maybe or start in answers:
                    asked.add(row, start in answers)
    return within, asked


def must_find(built: Topic, member: Sequence[Any]) -> int:
    found = built.find(member[0], member[1], member[2])
    if found is None:
        raise ValueError(f"no sentence at {list(member)}")
    return found


def spans_of(answers: Sequence[Sequence[int]]) -> set[int]:
    return {start for start, _ in answers}
