"""The whole road from texts to findings, without a database.

label -> parse -> split -> extract (one article at a time), then gather -> align -> detect
(one story at a time). `manage.py compare` walks it in memory; the actions walk the same
functions and store what comes out of each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import tee

from spacy.language import Language
from spacy.tokens import Doc

from apps.articles.text.dates import find_published
from apps.articles.text.language import parse_texts
from apps.articles.text.origins import find_origins
from apps.articles.text.reuse import OriginInput, find_reuse
from apps.articles.text.roles import is_section_heading, label_roles
from apps.articles.text.spans import Span
from apps.articles.text.types import STORY_ROLES, PublishedDate, Role, SegmentDraft
from apps.claims.analysis.align import align_story
from apps.claims.analysis.article_input import ArticleInput
from apps.claims.analysis.detectors import find_findings
from apps.claims.analysis.extract import extract_article
from apps.claims.analysis.naming import shorten
from apps.claims.analysis.semantic import Embedder
from apps.claims.analysis.stories import gather_stories
from apps.claims.analysis.types import (
    ArticleDraft,
    ClusterDraft,
    ComparisonDraft,
    Decision,
    FindingDraft,
    StoryDraft,
)

STAGES = ("extract", "align", "findings")


def label_article(source: ArticleInput) -> list[SegmentDraft]:
    """Return the labelled parts of the article's text, people's labels included."""
    return label_roles(
        source.text, title=source.title, outlet=source.outlet, corrections=source.corrections
    )


def has_story_text(segments: Iterable[SegmentDraft]) -> bool:
    """Whether anything of the page is the story itself: a headline alone is not."""
    return any(segment.role in (Role.BODY, Role.DECK) for segment in segments)


def read_articles(nlp: Language, sources: Iterable[ArticleInput]) -> Iterator[ArticleDraft]:
    """Yield each of *sources* analysed, in order; texts are parsed in batches."""
    labelled = ((source, label_article(source)) for source in sources)
    to_parse, to_join = tee(labelled)
    docs = parse_texts(
        nlp,
        (
            (source.text, [segment.span.start for segment in segments])
            for source, segments in to_parse
        ),
    )
    for doc, (source, segments) in zip(docs, to_join, strict=True):
        yield read_article(doc, source, segments)


def read_article(doc: Doc, source: ArticleInput, segments: Sequence[SegmentDraft]) -> ArticleDraft:
    """Return what a parsed article says, with the date it was published if that is known."""
    published = find_published(source.text, segments, stated=source.stated, url=source.url)
    return extract_article(
        doc,
        article_id=source.id,
        outlet=source.outlet,
        title=source.title or get_headline(source.text, segments),
        url=source.url,
        published=published,
        segments=segments,
    )


def get_headline(text: str, segments: Sequence[SegmentDraft]) -> str:
    """Return the words of the first headline, else of the first story text; "" for none.

    A heading between paragraphs names a part of the report, not the report.
    """
    for roles in (frozenset({Role.HEADLINE}), STORY_ROLES):
        for segment in segments:
            if segment.role in roles and not is_section_heading(segment):
                return shorten(segment.span.of(text))
    return ""


def in_order_of_publication(articles: Iterable[ArticleDraft]) -> list[ArticleDraft]:
    """Return *articles* oldest first; those without a date last; ties by id.

    A bare day counts from its first moment, in UTC as any time without a zone.
    """
    return sorted(
        articles,
        key=lambda article: (
            article.published is None,
            _moment(article.published) if article.published else 0.0,
            article.id,
        ),
    )


def _moment(published: PublishedDate) -> float:
    moment = datetime.fromisoformat(published.iso)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def name_story(articles: Sequence[ArticleDraft]) -> str:
    """Return the headline of the article that came first, the name of the story until a
    person gives it another; "" without articles.

    An article without a headline is titled with its first words: those name a story only
    where no article has better.
    """
    ordered = [article for article in in_order_of_publication(articles) if article.title]
    with_headline = [
        article
        for article in ordered
        if any(
            segment.role is Role.HEADLINE and not is_section_heading(segment)
            for segment in article.segments
        )
    ]
    return next((article.title for article in with_headline + ordered), "")


def build_story(
    story_id: str,
    articles: Sequence[ArticleDraft],
    *,
    title: str = "",
    decisions: Sequence[Decision] = (),
    embed: Embedder | None = None,
) -> StoryDraft:
    """Return the story of *articles* with origins and rows: people's *decisions* are obeyed.

    *embed* is the optional sentence model; rows do without.
    """
    ordered = in_order_of_publication(articles)
    reuse = find_reuse({article.id: story_sentences(article) for article in ordered})
    origins = find_origins([_origin_input(article) for article in ordered], reuse)
    alignment = align_story(ordered, reuse=reuse, decisions=decisions, embed=embed)
    clusters = _with_keys_apart(alignment.clusters)
    return StoryDraft(
        id=story_id,
        title=title or name_story(ordered),
        articles=tuple(ordered),
        clusters=tuple(clusters),
        origins=tuple(origins),
        reuse=tuple(reuse),
        counterparts=alignment.counterparts,
    )


def compare_articles(
    articles: Sequence[ArticleDraft],
    *,
    stage: str = "findings",
    one_story: bool = False,
    embed: Embedder | None = None,
) -> ComparisonDraft:
    """Return the stories *articles* make, and what differs in each, up to *stage*.

    *one_story* takes all articles as one story instead of gathering them, *embed* is the
    optional sentence model.
    """
    if stage not in STAGES:
        raise ValueError(f"stage {stage!r}: one of {', '.join(STAGES)}")
    if stage == "extract":
        return ComparisonDraft(articles=tuple(articles))
    if one_story:
        members = [tuple(article.id for article in articles)] if articles else []
    else:
        members = gather_stories(articles)
    by_id = {article.id: article for article in articles}
    stories = tuple(
        build_story(f"st{number}", [by_id[article_id] for article_id in ids], embed=embed)
        for number, ids in enumerate(members, start=1)
    )
    findings: dict[str, tuple[tuple[str | None, FindingDraft], ...]] = {}
    if stage == "findings":
        findings = {story.id: tuple(find_findings(story)) for story in stories}
    return ComparisonDraft(articles=tuple(articles), stories=stories, findings=findings)


def _with_keys_apart(clusters: Iterable[ClusterDraft]) -> list[ClusterDraft]:
    """Number the keys that occur again: an article may print the same words twice."""
    seen: Counter[str] = Counter()
    apart: list[ClusterDraft] = []
    for cluster in clusters:
        seen[cluster.key] += 1
        number = seen[cluster.key]
        apart.append(cluster if number == 1 else replace(cluster, key=f"{cluster.key}-{number}"))
    return apart


def story_sentences(article: ArticleDraft) -> list[tuple[Span, str]]:
    """The sentences that tell the story, each printed once."""
    return [
        (facts.sentence.span, facts.sentence.span.of(article.text))
        for facts in article.sentences
        if facts.sentence.role in STORY_ROLES
        and article.segments[facts.sentence.segment].duplicate_of is None
    ]


def _origin_input(article: ArticleDraft) -> OriginInput:
    return OriginInput(
        id=article.id,
        text=article.text,
        outlet=article.outlet,
        published=article.published.iso if article.published else "",
        segments=article.segments,
    )
