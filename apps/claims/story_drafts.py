"""From rows back to drafts: a stored story as the pure code and the export see it. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from apps.articles.actions import find_corrections
from apps.articles.models import Article, Segment, Sentence, Story
from apps.articles.text.spans import Span
from apps.articles.text.types import (
    OriginDraft,
    PublishedDate,
    Role,
    SegmentDraft,
    SentenceDraft,
)
from apps.claims.analysis.article_input import ArticleInput
from apps.claims.analysis.types import (
    ArticleDraft,
    ClusterDraft,
    ComparisonDraft,
    Decision,
    FindingDraft,
    Highlight,
    LinkDraft,
    Outcome,
    Reason,
    SentenceFacts,
    Severity,
    StoryDraft,
)
from apps.claims.models import (
    Alignment,
    AlignmentDecision,
    ArticleSketch,
    Claim,
    ClaimGroup,
    Finding,
    Origin,
)
from apps.claims.stored_drafts import (
    dates_from_json,
    mentions_from_json,
    quantities_from_json,
)

_Row = TypeVar("_Row", Segment, Sentence, Claim)


def article_input(article: Article) -> ArticleInput:
    """Return what the pipeline reads of *article*. Costs a query for people's labels, and
    one for the outlet if it is not loaded."""
    return ArticleInput(
        id=str(article.pk),
        text=article.text,
        outlet=article.outlet.name,
        title=article.title,
        url=article.url,
        stated=parse_stated(article.stated_published),
        corrections=tuple(find_corrections(article)),
    )


def parse_stated(iso: str) -> date | datetime | None:
    """Return a stored date or date-time as it was stated; None for "" and for anything odd."""
    try:
        return date.fromisoformat(iso) if len(iso) == 10 else datetime.fromisoformat(iso)
    except ValueError:
        return None


def load_article_drafts(articles: Sequence[Article]) -> list[ArticleDraft]:
    """Return *articles* as drafts, in their order. Five queries, whatever their number."""
    ids = [article.pk for article in articles]
    segments = _by_article(Segment.objects.filter(article__in=ids).order_by("position"))
    sentences = _by_article(Sentence.objects.filter(article__in=ids).order_by("position"))
    claims = _by_article(Claim.objects.filter(article__in=ids).for_alignment())
    sketches = {
        sketch.article_id: sketch for sketch in ArticleSketch.objects.filter(article__in=ids)
    }
    return [
        _article_draft(
            article,
            segments[article.pk],
            sentences[article.pk],
            claims[article.pk],
            sketches.get(article.pk),
        )
        for article in articles
    ]


def load_decisions(story: Story, articles: Sequence[Article]) -> list[Decision]:
    """Return people's must-links and cannot-links between *articles*, for the pure code.

    A decision made on an earlier version holds for the same words of the current one.
    """
    current = {article.pk: article.pk for article in articles}
    by_url = {article.url: article.pk for article in articles if article.url}
    decisions: list[Decision] = []
    rows = AlignmentDecision.objects.filter(story=story).select_related("a_article", "b_article")
    for row in rows.defer("a_article__text", "b_article__text"):
        a = current.get(row.a_article_id, by_url.get(row.a_article.url))
        b = current.get(row.b_article_id, by_url.get(row.b_article.url))
        if a is not None and b is not None:
            decisions.append(
                Decision(
                    a_article=str(a),
                    a_quote=row.a_quote,
                    b_article=str(b),
                    b_quote=row.b_quote,
                    accept=row.value == AlignmentDecision.Value.ACCEPT,
                    implied=row.is_implied,
                )
            )
    return decisions


def load_comparison(story: Story) -> ComparisonDraft:
    """Return a stored story with its rows and findings, for the export. Nothing is computed,
    and the number of queries does not grow with the story. Reuse is not stored: left out, as
    is what was found in articles that have left the story since."""
    rows = list(Article.objects.current().filter(story=story).select_related("outlet"))
    articles = load_article_drafts(rows)
    current = {row.pk for row in rows}
    claims = {claim.id: claim for article in articles for claim in article.claims}
    id_of = dict(Claim.objects.filter(article__in=rows).values_list("pk", "details__id"))
    alignments: dict[int, list[Alignment]] = defaultdict(list)
    for alignment in Alignment.objects.filter(group__story=story).order_by("position"):
        if alignment.claim_id in id_of:
            alignments[alignment.group_id].append(alignment)
    groups = [
        group
        for group in ClaimGroup.objects.filter(story=story).order_by("position")
        if alignments[group.pk]
    ]
    key_of = {group.pk: group.key for group in groups}
    clusters = tuple(
        ClusterDraft(
            key=group.key,
            title=group.title,
            claims=tuple(claims[id_of[a.claim_id]] for a in alignments[group.pk]),
            links=tuple(_link(a, id_of) for a in alignments[group.pk] if a.linked_to_id in id_of),
        )
        for group in groups
    )
    draft = StoryDraft(
        id="st1",
        title=story.title,
        articles=tuple(articles),
        clusters=clusters,
        origins=tuple(_load_origins(story, current)),
    )
    findings = tuple(
        (key_of.get(finding.group_id or 0), draft_of)
        for finding, draft_of in _load_findings(story, id_of, current)
    )
    return ComparisonDraft(articles=tuple(articles), stories=(draft,), findings={"st1": findings})


def _link(alignment: Alignment, id_of: Mapping[int, str]) -> LinkDraft:
    return LinkDraft(
        a=id_of[alignment.linked_to_id or 0],
        b=id_of[alignment.claim_id],
        score=alignment.score,
        reasons=tuple(Reason(**reason) for reason in alignment.reasons),
        confirmed=alignment.is_confirmed,
    )


def _load_origins(story: Story, current: Collection[int]) -> Iterator[OriginDraft]:
    for origin in Origin.objects.filter(story=story).prefetch_related("articles"):
        articles = [str(article.pk) for article in origin.articles.all() if article.pk in current]
        if articles:
            source = str(origin.source_id) if origin.source_id in current else None
            yield OriginDraft(articles=tuple(articles), source=source, reason=origin.reason)


def _load_findings(
    story: Story, id_of: Mapping[int, str], current: Collection[int]
) -> Iterator[tuple[Finding, FindingDraft]]:
    findings = Finding.objects.filter(story=story).order_by("position")
    claim_ids: dict[int, list[str]] = defaultdict(list)
    # The order of the claims means something, and a many-to-many field keeps none of its own.
    through = Finding.claims.through.objects.filter(finding__story=story).order_by("pk")
    for finding_id, claim_id in through.values_list("finding_id", "claim_id"):
        if claim_id in id_of:
            claim_ids[finding_id].append(id_of[claim_id])
    missing: dict[int, list[str]] = defaultdict(list)
    absent = Finding.missing_in.through.objects.filter(finding__story=story).order_by("pk")
    for finding_id, article_id in absent.values_list("finding_id", "article_id"):
        if article_id in current:
            missing[finding_id].append(str(article_id))
    for finding in findings.prefetch_related("spans"):
        yield (
            finding,
            FindingDraft(
                kind=finding.kind,
                outcome=Outcome(finding.outcome),
                severity=Severity(finding.severity),
                claims=tuple(claim_ids[finding.pk]),
                explanation=finding.explanation,
                rule=finding.rule,
                highlights=tuple(
                    Highlight(str(span.article_id), Span(span.start, span.end))
                    for span in finding.spans.all()
                    if span.article_id in current
                ),
                missing_in=tuple(missing[finding.pk]),
                confidence=finding.confidence,
                changes_if=finding.changes_if,
                needs_person=finding.needs_person,
                compared=tuple(finding.compared),
            ),
        )


def _by_article(rows: Iterable[_Row]) -> dict[int, list[_Row]]:
    by_article: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        by_article[row.article_id].append(row)
    return by_article


def _article_draft(
    article: Article,
    segments: Sequence[Segment],
    sentences: Sequence[Sentence],
    claims: Sequence[Claim],
    sketch: ArticleSketch | None,
) -> ArticleDraft:
    position_of = {segment.pk: segment.position for segment in segments}
    published = (
        PublishedDate(iso=article.published_iso, source=article.published_source)
        if article.published_iso
        else None
    )
    return ArticleDraft(
        id=str(article.pk),
        outlet=article.outlet.name,
        title=article.title,
        url=article.url,
        text=article.text,
        published=published,
        segments=tuple(
            SegmentDraft(
                span=Span(segment.start, segment.end),
                role=Role(segment.role),
                reason=segment.reason,
                duplicate_of=position_of.get(segment.duplicate_of_id or 0),
            )
            for segment in segments
        ),
        sentences=tuple(
            SentenceFacts(
                sentence=SentenceDraft(
                    span=Span(sentence.start, sentence.end),
                    segment=position_of[sentence.segment_id],
                    role=Role(sentence.role),
                ),
                quantities=quantities_from_json(sentence.quantities),
                dates=dates_from_json(sentence.dates),
            )
            for sentence in sentences
        ),
        claims=tuple(claim.as_draft() for claim in claims),
        mentions=mentions_from_json(sketch.mentions) if sketch else (),
    )
