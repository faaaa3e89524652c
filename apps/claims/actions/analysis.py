"""Everything that writes claims, rows and findings: what analysis rebuilds.

What people decide is written beside this, in ``decisions``; no function here touches it.
The language code is imported where it runs: a web process, which imports this to decide and
to defer, would otherwise carry spaCy (150 MB, a second at start) for nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from apps.articles.actions import (
    assign_story,
    create_story,
    defer_comparison,
    is_demonstration,
    name_story,
    replace_reading,
    set_state,
)
from apps.articles.models import Article, Story
from apps.articles.text.types import OriginDraft
from apps.claims.actions.carrying import carry_judgements, carry_matches
from apps.claims.actions.indexing import index_article
from apps.claims.actions.storing_rows import store_groups
from apps.claims.analysis.keys import claim_key
from apps.claims.analysis.naming import name_finding
from apps.claims.analysis.types import (
    ArticleDraft,
    ClaimDraft,
    FindingDraft,
    Reason,
    StoryDraft,
)
from apps.claims.models import (
    ArticleSketch,
    Claim,
    ClaimGroup,
    Finding,
    FindingSpan,
    Mention,
    Origin,
    Quantity,
)
from apps.claims.placing import place_findings
from apps.claims.sketch_terms import find_rare_terms
from apps.claims.stored_drafts import (
    claim_as_json,
    dates_as_json,
    mentions_as_json,
    quantities_as_json,
)
from apps.claims.story_drafts import article_input, load_article_drafts, load_decisions

if TYPE_CHECKING:
    from apps.claims.analysis.sketches import ArticleSketch as SketchDraft

logger = logging.getLogger(__name__)

BATCH = 1000
# One article finds its story at a time: two about the same event, analysed at once, would
# each begin a story of their own.
_STORY_LOCK = 0x7661_7273
# A story is looked for among this many articles that share the most of the heaviest words
# and were published within this time; neither grows with the archive.
_CANDIDATE_ARTICLES = 60
# Of those, the stories whose articles share the most: reading sketches is most of the time.
_CANDIDATE_STORIES = 12
_CANDIDATE_TIME = timedelta(days=60)
_FEWEST_SHARED_TERMS = 2
_MOST_MEMBERS = 25


# --- one article -----------------------------------------------------------------------------


def analyse_article(*, article: Article) -> Article:
    """Label, parse and read *article*, store what was found and find its story.

    May be run again at any time: what an earlier run stored is replaced, people's work is
    left alone. The text is read before anything is locked; everything is stored at once.
    """
    from apps.articles.text.language import load_pipeline
    from apps.claims.analysis.pipeline import read_articles

    set_state(article=article, state=Article.State.ANALYSING)
    (draft,) = read_articles(load_pipeline(), [article_input(article)])
    stored = _store_reading(article=article, draft=draft)
    logger.info("analysed article %d: %d claims", article.pk, len(draft.claims))
    return stored


@transaction.atomic
def _store_reading(*, article: Article, draft: ArticleDraft) -> Article:
    from apps.claims.analysis.pipeline import has_story_text
    from apps.claims.analysis.stories import sketch_article

    # Story before article, as a comparison does: the other way round they could wait for
    # each other for ever.
    list(Story.objects.select_for_update().filter(articles=article.pk).values_list("pk"))
    article = (
        Article.objects.select_for_update(of=("self",))
        .select_related("outlet", "story", "batch")
        .get(pk=article.pk)
    )
    if not article.title and draft.title:
        article.title = draft.title
        article.save(update_fields=["title"])
    sentences = replace_reading(
        article=article,
        segments=draft.segments,
        sentences=[facts.sentence for facts in draft.sentences],
        published=draft.published,
        details=[
            (quantities_as_json(facts.quantities), dates_as_json(facts.dates))
            for facts in draft.sentences
        ],
    )
    _store_claims(article, draft.claims, [sentence.pk for sentence in sentences])
    index_article(article=article)
    sketch = sketch_article(draft)
    ArticleSketch.objects.update_or_create(
        article=article,
        defaults={
            "features": sketch.as_json(),
            "terms": list(sketch.key_terms()),
            "mentions": mentions_as_json(draft.mentions),
        },
    )
    if article.is_current:
        if has_story_text(draft.segments):
            _find_story(article, sketch)
        if article.story_id is not None:
            defer_comparison(story_id=article.story_id)
    return set_state(article=article, state=Article.State.ANALYSED)


def _store_claims(
    article: Article, claims: Sequence[ClaimDraft], sentence_ids: Sequence[int]
) -> None:
    # Claims of sentences that are gone went with them; this is for those that are left.
    Claim.objects.filter(article=article).delete()
    rows = [
        Claim(
            article=article,
            sentence_id=sentence_ids[claim.sentence],
            position=position,
            key=claim_key(str(article.pk), claim.text),
            start=claim.span.start,
            end=claim.span.end,
            quote=claim.text,
            role=claim.role.value,
            attribution_kind=claim.attribution.kind.value,
            source=claim.attribution.source,
            source_resolved=claim.attribution.source_resolved,
            cue=claim.attribution.cue,
            content=claim.attribution.content,
            voice=claim.voice.value,
            polarity=claim.polarity.value,
            predicate=claim.predicate,
            subject=claim.subject,
            object=claim.object,
            details=claim_as_json(claim),
        )
        for position, claim in enumerate(claims)
    ]
    Claim.objects.bulk_create(rows, batch_size=BATCH)
    row_of = {claim.id: row for claim, row in zip(claims, rows, strict=True)}
    parts = []
    for claim, row in zip(claims, rows, strict=True):
        if claim.parent in row_of:
            row.parent = row_of[claim.parent]
            parts.append(row)
    Claim.objects.bulk_update(parts, ["parent"], batch_size=BATCH)
    Quantity.objects.bulk_create(
        (
            Quantity(
                claim=row,
                start=quantity.span.start,
                end=quantity.span.end,
                quote=quantity.text,
                low=quantity.low,
                high=quantity.high,
                unit=quantity.unit,
                counted=quantity.counted,
                head=quantity.head,
                type=quantity.type.value,
                is_approximate=quantity.approximate,
                approximator=quantity.approximator,
                is_part=quantity.part_of,
            )
            for claim, row in zip(claims, rows, strict=True)
            for quantity in claim.quantities
        ),
        batch_size=BATCH,
    )
    Mention.objects.bulk_create(
        (
            Mention(
                claim=row,
                start=mention.span.start,
                end=mention.span.end,
                quote=mention.text,
                kind=mention.kind,
                canonical=mention.canonical,
            )
            for claim, row in zip(claims, rows, strict=True)
            for mention in claim.mentions
        ),
        batch_size=BATCH,
    )


# --- which story -----------------------------------------------------------------------------


def _find_story(article: Article, sketch: SketchDraft) -> Story:
    """Put *article* into the story it fits best, or into one of its own.

    Where a person put it, or where it still fits, it stays. Works on sketches alone, of a
    bounded number of articles.
    """
    from apps.claims.analysis.stories import JOIN_AT, story_match

    if article.story is not None and (article.story_is_fixed or article.previous_id is not None):
        return assign_story(article=article, story=article.story, reasons=article.story_reasons)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_STORY_LOCK])
    best: tuple[float, int, tuple[Reason, ...]] | None = None
    for story_id, members in _candidate_stories(article, sketch).items():
        score, reasons = story_match(sketch, members)
        # Staying costs nothing: an article moves only to where it fits clearly better.
        preference = score + (0.1 if story_id == article.story_id else 0.0)
        if score >= JOIN_AT and (best is None or (preference, -story_id) > (best[0], -best[1])):
            best = (preference, story_id, reasons)
    if best is not None:
        story = Story.objects.get(pk=best[1])
        return assign_story(
            article=article, story=story, reasons=[reason.text for reason in best[2]]
        )
    if article.story is not None and not _has_other_articles(article):
        return assign_story(article=article, story=article.story, reasons=article.story_reasons)
    return create_story(article=article)


def _has_other_articles(article: Article) -> bool:
    others = Article.objects.current().filter(story=article.story_id).exclude(pk=article.pk)
    return others.exists()


def _candidate_stories(article: Article, sketch: SketchDraft) -> dict[int, list[SketchDraft]]:
    """Return the sketches of the stories of articles that share words with *sketch*.

    Demonstration stories take in demonstration articles only: invented outlets would be
    counted beside real ones.
    """
    from apps.claims.analysis.sketches import ArticleSketch as SketchDraft

    terms = list(sketch.key_terms())
    found: list[int] = []
    if terms:
        window = ""
        parameters: list[Any] = [
            find_rare_terms(terms),
            terms,
            article.pk,
            is_demonstration(article),
        ]
        if article.published_at is not None:
            window = "AND (article.published_at IS NULL OR article.published_at BETWEEN %s AND %s)"
            parameters += [
                article.published_at - _CANDIDATE_TIME,
                article.published_at + _CANDIDATE_TIME,
            ]
        with connection.cursor() as cursor:
            # The planner thinks reading the archive cheap: it does not know what comparing
            # two lists of words costs. Undone below; with the transaction at the latest.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                f"""
                WITH sketch AS MATERIALIZED (
                    SELECT article_id, terms FROM claims_articlesketch
                     WHERE terms && %s::text[]
                )
                SELECT article.story_id,
                       (SELECT count(*) FROM unnest(sketch.terms) AS term
                         WHERE term = ANY(%s::text[])) AS shared
                  FROM sketch
                  JOIN articles_article AS article ON article.id = sketch.article_id
                  JOIN articles_story AS story ON story.id = article.story_id
                 WHERE article.id <> %s
                   AND story.is_demonstration = %s AND article.is_current {window}
                 ORDER BY shared DESC, article.id DESC LIMIT {_CANDIDATE_ARTICLES}
                """,  # noqa: S608 - only constants are put in
                parameters,
            )
            ranked = cursor.fetchall()
            cursor.execute("SET LOCAL enable_seqscan = on")
            likely = [story_id for story_id, shared in ranked if shared >= _FEWEST_SHARED_TERMS]
        found = list(dict.fromkeys(likely))[:_CANDIDATE_STORIES]
    if article.story_id is not None:
        found.append(article.story_id)
    members: dict[int, list[SketchDraft]] = {story_id: [] for story_id in found}
    rows = (
        ArticleSketch.objects.filter(article__story__in=members, article__is_current=True)
        .exclude(article=article)
        .order_by("article__published_at", "article_id")
        .values_list("article__story_id", "features")
    )
    for story_id, features in rows:
        if len(members[story_id]) < _MOST_MEMBERS:
            members[story_id].append(SketchDraft.from_json(features))
    return {story_id: sketches for story_id, sketches in members.items() if sketches}


# --- one story -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _StoryState:
    """A story as it was read: which analysis of which articles, and since when it is stale."""

    articles: tuple[tuple[int, int], ...]
    stale_since: datetime | None


def compare_story(*, story: Story) -> Story:
    """Line up the claims of *story* and look for differences; other stories are not touched.

    Rows and findings whose key is found again keep their identity. Nothing is locked while
    it computes; if an article was read anew or a row repaired meanwhile, the result is
    dropped and the comparison that was deferred then (or is now) does it again.
    """
    from apps.claims.analysis.detectors import find_findings
    from apps.claims.analysis.pipeline import build_story
    from apps.claims.analysis.pipeline import name_story as suggest_name
    from apps.claims.sentence_model import get_sentence_model

    with transaction.atomic():
        story = Story.objects.select_for_update().get(pk=story.pk)
        state, rows = _read_state(story)
        articles = load_article_drafts(rows)
        carry_matches(story=story)
        decisions = load_decisions(story, rows)
    draft = build_story(
        str(story.pk),
        articles,
        title=story.title,
        decisions=decisions,
        embed=get_sentence_model(),
    )
    findings = place_findings(draft, find_findings(draft))
    with transaction.atomic():
        story = Story.objects.select_for_update().get(pk=story.pk)
        now, _ = _read_state(story)
        is_outdated = not set(state.articles) <= set(now.articles)
        if is_outdated or load_decisions(story, rows) != decisions:
            defer_comparison(story_id=story.pk)
            return story
        _store_comparison(story, draft, findings)
        carry_judgements(
            story=story,
            finding_keys=list(story.findings.values_list("key", flat=True)),
        )
        story.compared_at = timezone.now()
        if story.stale_since == state.stale_since:
            story.stale_since = None
        story.failure = ""
        story.save(update_fields=["compared_at", "stale_since", "failure"])
        if not story.title_is_fixed and articles:
            story = name_story(story=story, title=suggest_name(articles) or story.title)
    logger.info(
        "compared story %d: %d articles, %d rows, %d findings",
        story.pk,
        len(articles),
        len(draft.clusters),
        len(findings),
    )
    return story


@transaction.atomic
def mark_comparison_failed(*, story: Story, message: str) -> Story:
    """Keep why *story* could not be compared, in words a person can act on."""
    story.failure = message
    story.stale_since = None
    story.save(update_fields=["failure", "stale_since"])
    return story


def _read_state(story: Story) -> tuple[_StoryState, list[Article]]:
    rows = list(
        Article.objects.current()
        .filter(story=story, analysed_times__gt=0)
        .select_related("outlet")
        .order_by("pk")
    )
    state = _StoryState(
        tuple((article.pk, article.analysed_times) for article in rows), story.stale_since
    )
    return state, rows


def _store_comparison(
    story: Story, draft: StoryDraft, findings: Sequence[tuple[str | None, FindingDraft]]
) -> None:
    pk_of = _claim_ids(draft)
    group_of = store_groups(story, draft.clusters, pk_of)
    _store_findings(story, draft, findings, pk_of, group_of)
    ClaimGroup.objects.filter(story=story).exclude(
        pk__in=[group.pk for group in group_of.values()]
    ).delete()
    _store_origins(story, draft.origins)


def _claim_ids(draft: StoryDraft) -> dict[str, int]:
    """Return the row of each claim by its id in the run."""
    articles = [int(article.id) for article in draft.articles]
    rows = Claim.objects.filter(article__in=articles).values_list("details__id", "pk")
    return dict(rows)


def _store_findings(
    story: Story,
    draft: StoryDraft,
    findings: Sequence[tuple[str | None, FindingDraft]],
    pk_of: Mapping[str, int],
    group_of: Mapping[str, ClaimGroup],
) -> None:
    articles = Article.objects.filter(pk__in=[int(article.id) for article in draft.articles])
    outlets = {str(pk): slug for pk, slug in articles.values_list("pk", "outlet__slug")}
    by_key: dict[str, tuple[str | None, FindingDraft]] = {}
    for cluster_key, finding in findings:
        # Two articles of one outlet may carry the same words: one finding, met once.
        by_key.setdefault(name_finding(draft, finding, outlets=outlets), (cluster_key, finding))
    rows = Finding.objects.bulk_create(
        [
            Finding(
                story=story,
                group=group_of.get(cluster_key) if cluster_key is not None else None,
                key=key,
                kind=finding.kind,
                outcome=finding.outcome.value,
                severity=finding.severity.value,
                explanation=finding.explanation,
                rule=finding.rule,
                changes_if=finding.changes_if,
                needs_person=finding.needs_person,
                confidence=finding.confidence,
                position=position,
                compared=list(finding.compared),
            )
            for position, (key, (cluster_key, finding)) in enumerate(by_key.items())
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["story", "key"],
        update_fields=[
            "group",
            "kind",
            "outcome",
            "severity",
            "explanation",
            "rule",
            "changes_if",
            "needs_person",
            "confidence",
            "position",
            "compared",
        ],
    )
    Finding.objects.filter(story=story).exclude(pk__in=[row.pk for row in rows]).delete()
    text_of = {article.id: article.text for article in draft.articles}
    drafts = [finding for _, finding in by_key.values()]
    _replace_links(story, rows, drafts, pk_of)
    FindingSpan.objects.filter(finding__story=story).delete()
    FindingSpan.objects.bulk_create(
        (
            FindingSpan(
                finding=row,
                article_id=int(highlight.article),
                position=position,
                start=highlight.span.start,
                end=highlight.span.end,
                quote=highlight.span.of(text_of[highlight.article]),
            )
            for row, finding in zip(rows, drafts, strict=True)
            for position, highlight in enumerate(finding.highlights)
        ),
        batch_size=BATCH,
    )


def _replace_links(
    story: Story,
    rows: Sequence[Finding],
    drafts: Sequence[FindingDraft],
    pk_of: Mapping[str, int],
) -> None:
    claim_links = Finding.claims.through
    claim_links.objects.filter(finding__story=story).delete()
    claim_links.objects.bulk_create(
        (
            claim_links(finding_id=row.pk, claim_id=pk_of[claim_id])
            for row, finding in zip(rows, drafts, strict=True)
            for claim_id in dict.fromkeys(finding.claims)
        ),
        batch_size=BATCH,
    )
    gaps = Finding.missing_in.through
    gaps.objects.filter(finding__story=story).delete()
    gaps.objects.bulk_create(
        (
            gaps(finding_id=row.pk, article_id=int(article_id))
            for row, finding in zip(rows, drafts, strict=True)
            for article_id in dict.fromkeys(finding.missing_in)
        ),
        batch_size=BATCH,
    )


def _store_origins(story: Story, origins: Sequence[OriginDraft]) -> None:
    Origin.objects.filter(story=story).delete()
    rows = Origin.objects.bulk_create(
        Origin(
            story=story,
            position=position,
            source_id=int(origin.source) if origin.source else None,
            reason=origin.reason,
        )
        for position, origin in enumerate(origins)
    )
    links = Origin.articles.through
    links.objects.bulk_create(
        links(origin_id=row.pk, article_id=int(article_id))
        for row, origin in zip(rows, origins, strict=True)
        for article_id in origin.articles
    )
