"""What an editor marked in a story, and which candidates of a detector agree with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from apps.articles.importers import read_files
from apps.articles.text.spans import Span
from apps.articles.text.types import RawArticle
from apps.claims.analysis.article_input import ArticleInput
from apps.claims.analysis.pipeline import compare_articles, read_articles
from apps.claims.analysis.types import ArticleDraft, Candidate, Outcome, StoryDraft

_LOUD = (Outcome.CONFLICT, Outcome.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class MarkedStory:
    """A folder of articles as the product reads and gathers them, and the editor's marks."""

    name: str
    stories: tuple[StoryDraft, ...]
    gold: dict[str, Any]
    file_of: dict[str, str]

    def places(self, members: Sequence[dict[str, str]]) -> list[tuple[str, Span]]:
        """Return (article id, span) of the members whose file is one of the articles."""
        texts = {
            self.file_of[article.id]: article
            for story in self.stories
            for article in story.articles
            if article.id in self.file_of
        }
        found = []
        for member in members:
            article = texts.get(member["file"])
            if article is not None:
                start = article.text.index(member["fragment"])
                found.append((article.id, Span(start, start + len(member["fragment"]))))
        return found


def read_articles_of(nlp: Language, folder: Path) -> list[ArticleDraft]:
    """Return the analysed articles of *folder*, their ids their places in it."""
    raw = [item for item in read_files([folder]) if isinstance(item, RawArticle)]
    return list(
        read_articles(
            nlp,
            [
                ArticleInput(
                    id=f"{number:02}", text=item.text, title=item.title, outlet=item.outlet,
                    url=item.url, stated=item.published,
                )
                for number, item in enumerate(raw, start=1)
            ],
        )
    )  # fmt: skip


def mark_story(folder: Path, articles: Sequence[ArticleDraft]) -> MarkedStory:
    """Compare *articles* as the product does and lay the editor's marks beside them."""
    text_of = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    files = {
        article.id: name
        for article in articles
        for name, text in text_of.items()
        if article.text == text
    }
    return MarkedStory(
        name=folder.name,
        stories=compare_articles(articles, stage="align").stories,
        gold=json.loads((folder / "gold.json").read_text(encoding="utf-8")),
        file_of=files,
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the marks say of a candidate: *label* None means "do not ask", *weight* how
    much it counts, *finding* which marked finding it is, "" for none."""

    label: bool | None
    weight: float = 1.0
    finding: str = ""


class Marks:
    """The marks of one story, looked up by candidate."""

    def __init__(self, marked: MarkedStory) -> None:
        self._findings = [
            (entry, marked.places(entry["members"])) for entry in marked.gold["findings"]
        ]
        self._quiet = [marked.places(entry["members"]) for entry in marked.gold["must_not_flag"]]

    def expected(self, slug: str) -> Iterator[tuple[str, str]]:
        """Yield id and must / should / could of each marked finding of the kind *slug*."""
        for entry, places in self._findings:
            if entry["kind"] == slug and places:
                yield entry["id"], entry["must"]

    def judge(self, slug: str, candidate: Candidate, story: StoryDraft) -> Verdict:
        spans = _spans(candidate, story)
        near = False
        for entry, places in self._findings:
            if not places or not (
                _touches(spans, places, one_sided=len(spans) == 1)
                or (slug == entry["kind"] and self._leaves_out(candidate, spans, entry, places))
            ):
                continue
            if entry["kind"] == slug:
                return Verdict(True, finding=entry["id"])
            near = True
        if near:
            # One difference under another name is neither right nor a false alarm.
            return Verdict(None)
        loud = candidate.finding.outcome in _LOUD
        if loud and any(_touches(spans, p, one_sided=False) for p in self._quiet if p):
            return Verdict(False, 3.0)
        return Verdict(False)

    def _leaves_out(
        self,
        candidate: Candidate,
        spans: dict[str, list[Span]],
        entry: dict[str, Any],
        places: Sequence[tuple[str, Span]],
    ) -> bool:
        """Whether an omission names the passage and the article that lacks it."""
        if entry["kind"] != "omission" or len(places) < 2:
            return False
        (article, place), (lacking, _) = places[0], places[-1]
        return lacking in candidate.finding.missing_in and any(
            _meets(span, place) for span in spans.get(article, ())
        )


def _spans(candidate: Candidate, story: StoryDraft) -> dict[str, list[Span]]:
    """Return the words a candidate is about, by article: its marks, else its claims."""
    spans: dict[str, list[Span]] = {}
    for mark in candidate.finding.highlights:
        spans.setdefault(mark.article, []).append(mark.span)
    claims = {c.id: c for article in story.articles for c in article.claims}
    for claim_id in candidate.finding.claims:
        claim = claims.get(claim_id)
        if claim is not None and claim.article not in spans:
            spans.setdefault(claim.article, []).append(claim.span)
    return spans


def _touches(
    spans: dict[str, list[Span]], places: Sequence[tuple[str, Span]], *, one_sided: bool
) -> bool:
    """Say whether the words lie in a member of every file (of one file: in all members)."""
    met = [
        (article, any(_meets(span, place) for span in spans.get(article, ())))
        for article, place in places
    ]
    files = {article for article, _ in met}
    if len(files) == 1:
        return all(hit for _, hit in met)
    if one_sided:
        # Additions and stale context have one side that matters: the last one's.
        return any(hit for article, hit in met if article == places[-1][0])
    return all(any(hit for other, hit in met if other == article) for article in files)


def _meets(span: Span, place: Span) -> bool:
    shared = min(span.end, place.end) - max(span.start, place.start)
    return shared > 0 and 2 * shared >= min(span.end - span.start, place.end - place.start)
