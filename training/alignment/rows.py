"""Examples from the invented stories an editor grouped claim by claim."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from apps.articles.importers import read_files
from apps.articles.text.reuse import find_reuse
from apps.articles.text.spans import Span
from apps.articles.text.types import STORY_ROLES, RawArticle, ReuseLink
from apps.claims.analysis.agreement import AGREEMENT_FEATURES, find_agreement
from apps.claims.analysis.align import build_units
from apps.claims.analysis.learned import claim_weights
from apps.claims.analysis.pair_scores import Scorer
from apps.claims.analysis.pairing import FEATURES
from apps.claims.analysis.pipeline import ArticleInput, read_articles
from apps.claims.analysis.stories import gather_stories
from apps.claims.analysis.types import ArticleDraft
from apps.claims.analysis.units import Unit
from training.alignment.logistic import Examples, Fitted

_COPY = 0.75
_UNLISTED = 0.5
_HARD = 3.0
# Of the pairs that the weights of today find this unlikely, and rightly, one in so many
# is learned from, with the weight of all: they are most pairs and teach the least.
_EASY = -6.0
_EASY_KEPT = 6
_REUSE = FEATURES.index("reuse")


@dataclass(slots=True)
class GoldStory:
    """A story's articles about the main event, and what the editor said of their claims.

    *everything* are all articles of the folder, one of which may be about another event.
    """

    name: str
    everything: list[ArticleDraft]
    articles: list[ArticleDraft]
    reuse: list[ReuseLink]
    gold: dict[str, Any]
    files: dict[str, str]
    units: list[Unit] = field(default_factory=list)


def read_story(nlp: Language, folder: Path) -> GoldStory:
    """Return the largest story the product finds among the articles of *folder*."""
    raw = [item for item in read_files([folder]) if isinstance(item, RawArticle)]
    inputs = [
        ArticleInput(
            id=f"{number:02}",
            text=item.text,
            title=item.title,
            outlet=item.outlet,
            url=item.url,
            stated=item.published,
        )
        for number, item in enumerate(raw, start=1)
    ]
    articles = list(read_articles(nlp, inputs))
    main = set(max(gather_stories(articles), key=len))
    kept = [article for article in articles if article.id in main]
    names = sorted(path.name for path in folder.glob("*.txt"))
    files = {
        name: article.id
        for name in names
        for article in kept
        if article.text == (folder / name).read_text(encoding="utf-8")
    }
    story = GoldStory(
        folder.name,
        articles,
        kept,
        find_reuse({article.id: story_sentences(article) for article in kept}),
        json.loads((folder / "gold.json").read_text(encoding="utf-8")),
        files,
    )
    story.units = build_units(story.articles)
    return story


def story_sentences(article: ArticleDraft) -> list[tuple[Span, str]]:
    return [
        (facts.sentence.span, facts.sentence.span.of(article.text))
        for facts in article.sentences
        if facts.sentence.role in STORY_ROLES
        and article.segments[facts.sentence.segment].duplicate_of is None
    ]


class Labels:
    """What the editor's groups say of two claims: True, False, or None for "do not ask".

    A claim is a member when it fits a fragment nearly as well as the best claim does. Two
    claims that merely lie in sentences which share a group, or in one finding, are
    neither. Whole copies are positives though the editor lists few of them.
    """

    def __init__(self, story: GoldStory) -> None:
        self._story = story
        self._text = {article.id: article.text for article in story.articles}
        self.tight: dict[int, set[str]] = defaultdict(set)
        self._loose: dict[int, set[str]] = defaultdict(set)
        self._sentence: dict[tuple[int, int], set[str]] = defaultdict(set)
        self._hard: set[tuple[int, int]] = set()
        for group in story.gold["groups"]:
            for member in group["members"]:
                for index in self._fitting(member, near_best=0.6):
                    self.tight[index].add(group["id"])
                for index in self._fitting(member, near_best=0.0):
                    self._loose[index].add(group["id"])
                    unit = story.units[index]
                    self._sentence[unit.article, unit.claim.sentence].add(group["id"])
        for section in ("findings", "must_not_flag"):
            for number, entry in enumerate(story.gold[section]):
                if len(entry["members"]) > 1:
                    for member in entry["members"]:
                        for index in self._fitting(member, near_best=0.0):
                            self._loose[index].add(f"{section}.{number}")
        for first, second in story.gold["hard_negatives"]:
            for i in self._fitting(first, near_best=0.6):
                for j in self._fitting(second, near_best=0.6):
                    self._hard.add((min(i, j), max(i, j)))

    def _fitting(self, member: dict[str, str], *, near_best: float) -> list[int]:
        article = self._story.files.get(member["file"])
        if article is None:
            return []
        start = self._text[article].index(member["fragment"])
        end = start + len(member["fragment"])
        found: list[tuple[float, int]] = []
        for index, unit in enumerate(self._story.units):
            span = unit.claim.span
            shared = min(span.end, end) - max(span.start, start)
            if unit.claim.article == article and shared >= 0.5 * min(len(span), end - start):
                found.append((shared / (max(span.end, end) - min(span.start, start)), index))
        best = max((fit for fit, _ in found), default=0.0)
        return [index for fit, index in found if fit >= near_best * best]

    def ask(self, i: int, j: int, *, reuse: float) -> tuple[bool, float] | None:
        """Return the label of a pair and its weight, or None."""
        a, b = self._story.units[i], self._story.units[j]
        if self.tight[i] & self.tight[j]:
            return True, 1.0
        if (i, j) in self._hard:
            return False, _HARD
        if (
            self._loose[i] & self._loose[j]
            or self._sentence[a.article, a.claim.sentence]
            & self._sentence[b.article, b.claim.sentence]
        ):
            return None
        if reuse > 0.0:
            return (True, 1.0) if reuse >= _COPY else None
        return False, 1.0 if self.tight[i] and self.tight[j] else _UNLISTED


def claim_examples(story: GoldStory) -> Examples:
    """Return the pairs of claims of different articles that the editor's groups judge.

    Of easy negatives only some are kept, weighed for the rest.
    """
    labels = Labels(story)
    scorer = Scorer(story.units, story.articles, story.reuse)
    known = claim_weights()
    columns = np.array([known.weights.get(name, 0.0) for name in FEATURES])
    article = np.array([unit.article for unit in story.units])
    easy = 0
    examples = Examples(FEATURES)
    for i in range(len(story.units)):
        others = np.flatnonzero(article[i + 1 :] != article[i]) + i + 1
        rows = scorer.table.rows(np.full(len(others), i), others)
        for j, row in zip(others.tolist(), rows.tolist(), strict=True):
            judged = labels.ask(i, j, reuse=row[_REUSE])
            if not judged:
                continue
            right, weight = judged
            if not right and known.bias + float(columns @ row) < _EASY:
                easy += 1
                if easy % _EASY_KEPT:
                    continue
                weight *= _EASY_KEPT
            examples.add(row, right, weight=weight)
    return examples


def agreement_examples(story: GoldStory, model: Fitted) -> Examples:
    """Return the candidate pairs of a story as *model* and the ranks among them see them."""
    labels = Labels(story)
    scorer = Scorer(story.units, story.articles, story.reuse)
    examples = Examples(AGREEMENT_FEATURES)
    article = np.array([unit.article for unit in story.units])
    a, b = scorer.find_candidates()
    across = article[a] != article[b]
    a, b = a[across], b[across]
    odds = model.odds(scorer.table.rows(a, b))
    rows = find_agreement(story.units, a, b, odds)
    for i, j, row in zip(a.tolist(), b.tolist(), rows.tolist(), strict=True):
        judged = labels.ask(i, j, reuse=scorer.copies.get((i, j), 0.0))
        if judged:
            examples.add(row, judged[0], weight=judged[1])
    return examples
