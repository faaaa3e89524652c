"""Two texts as one story through the whole pipeline, timed step by step, every span checked."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from spacy.language import Language

from apps.articles.text.language import parse_text
from apps.articles.text.spans import Span
from apps.claims.analysis.article_input import ArticleInput
from apps.claims.analysis.detectors import find_findings
from apps.claims.analysis.pipeline import build_story, label_article, read_article
from apps.claims.analysis.types import ArticleDraft, ComparisonDraft
from apps.claims.interchange import ArticleSource, build_interchange, render_json

STEPS = ("label", "parse", "extract", "align", "detect", "export")


def compare_texts(nlp: Language, texts: Sequence[str]) -> tuple[ComparisonDraft, dict[str, float]]:
    """Return what *texts* make as one story, and the seconds of each of ``STEPS``."""
    took = dict.fromkeys(STEPS, 0.0)
    drafts: list[ArticleDraft] = []
    for number, text in enumerate(texts):
        # One with a date, the next without: both happen.
        stated = datetime(2031, 5, 5, 9, tzinfo=UTC) + timedelta(hours=number)
        source = ArticleInput(
            id=f"odd{number}",
            text=text,
            outlet=f"Outlet {number}",
            stated=stated if number % 2 == 0 else None,
        )
        began = time.process_time()
        segments = label_article(source)
        labelled = time.process_time()
        doc = parse_text(nlp, text, [segment.span.start for segment in segments])
        parsed = time.process_time()
        drafts.append(read_article(doc, source, segments))
        took["label"] += labelled - began
        took["parse"] += parsed - labelled
        took["extract"] += time.process_time() - parsed
    began = time.process_time()
    story = build_story("st1", drafts)
    aligned = time.process_time()
    findings = tuple(find_findings(story))
    detected = time.process_time()
    comparison = ComparisonDraft(tuple(drafts), (story,), {story.id: findings})
    sources = [ArticleSource(draft.id, f"{draft.id}.txt") for draft in drafts]
    render_json(build_interchange(comparison, sources=sources))
    took["align"] = aligned - began
    took["detect"] = detected - aligned
    took["export"] = time.process_time() - detected
    return comparison, took


def find_inexact(comparison: ComparisonDraft) -> Iterator[str]:
    """Yield a line for every span outside its text, or whose words are not those stored."""
    text_of = {article.id: article.text for article in comparison.articles}
    for article in comparison.articles:
        text = article.text
        for segment in article.segments:
            yield from _check(text, segment.span, None, "segment")
        for facts in article.sentences:
            around = facts.sentence.span
            yield from _check(text, around, around.of(text).strip(), "sentence")
            if not article.segments[facts.sentence.segment].span.contains(around):
                yield f"sentence {around} leaves its segment"
            for item in (*facts.quantities, *facts.dates):
                yield from _check(text, item.span, item.text, type(item).__name__)
        for mention in article.mentions:
            yield from _check(text, mention.span, mention.text, "mention")
        for claim in article.claims:
            yield from _check(text, claim.span, claim.text, "claim")
            for item in (*claim.quantities, *claim.dates, *claim.mentions):
                yield from _check(text, item.span, item.text, f"{type(item).__name__} of a claim")
            for word in claim.words:
                yield from _check(text, Span(word.start, word.end), word.text, "word")
            for span in (*claim.quotes, *claim.hedges):
                yield from _check(text, span, None, "quote or hedge")
            attribution = claim.attribution
            for spans, words in (
                (attribution.source_spans, attribution.source),
                (attribution.cue_spans, attribution.cue),
                (attribution.content_spans, attribution.content),
            ):
                for span in spans:
                    yield from _check(text, span, None, "attribution")
                    if " ".join(span.of(text).split()) not in " ".join(words.split()):
                        yield f"attribution {span}: {span.of(text)!r} is not in {words!r}"
    for story in comparison.stories:
        rows = [claim.id for cluster in story.clusters for claim in cluster.claims]
        if len(rows) != len(set(rows)):
            yield "a claim stands in two rows"
        for _, finding in comparison.findings[story.id]:
            for highlight in finding.highlights:
                yield from _check(text_of[highlight.article], highlight.span, None, finding.kind)


def _check(text: str, span: Span, words: str | None, what: str) -> Iterator[str]:
    if span.end > len(text):
        yield f"{what} {span} is outside a text of {len(text)} characters"
    elif words is not None and span.of(text) != words:
        yield f"{what} {span}: {span.of(text)!r} is not {words!r}"
