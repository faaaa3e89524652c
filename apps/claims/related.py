"""Articles that came in together with those of a story, or look like them, and are in another.

Two fires are two events. Who expects an article here sees where it is and what speaks for it
and how much, instead of missing it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from apps.articles.models import Article, ImportBatch, Story
from apps.articles.moments import label_moment
from apps.articles.phrases import say
from apps.claims.analysis.sketches import ArticleSketch as SketchDraft
from apps.claims.analysis.stories import story_match
from apps.claims.models import ArticleSketch
from apps.claims.sketch_terms import find_rare_terms

MOST_RELATED = 5
# A larger import is an archive: that two articles came with it says nothing.
_MOST_TOGETHER = 40
# Looked at by their words, then compared as closely as when an article comes in.
_LOOKED_AT, _COMPARED, _MEMBERS = 400, 12, 12
# Fewer shared words are shared by chance, and so little likeness is that of any two articles.
_FEWEST_SHARED = 4
_LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Related:
    """An article of another story. *together* when it came in with one of this; *reasons* say
    what it shares, *score* how likely it is about the same event, 0 to 1."""

    article_id: int
    outlet: str
    title: str
    published_label: str
    story_slug: str
    story_title: str
    together: bool
    reasons: tuple[str, ...]
    score: float


def find_related(story: Story) -> tuple[Related, ...]:
    """Return the articles of other stories most like those of *story*, one for each story, what
    came in together first. Six queries."""
    own = list(
        ArticleSketch.objects.filter(article__story=story, article__is_current=True)
        .order_by("article_id")
        .values_list("features", "terms", "article__batch")[:_MEMBERS]
    )
    if not own:
        return ()
    terms = sorted({term for _, found, _ in own for term in found})
    together = set(
        ImportBatch.objects.filter(pk__in={batch for *_, batch in own if batch})
        .exclude(kind=ImportBatch.Kind.SEED)
        .annotate(size=Count("articles"))
        .filter(size__lte=_MOST_TOGETHER)
        .values_list("pk", flat=True)
    )
    looked_at = (
        ArticleSketch.objects.filter(
            article__is_current=True,
            article__story__isnull=False,
            article__story__is_demonstration=story.is_demonstration,
        )
        .filter(Q(terms__overlap=find_rare_terms(terms)) | Q(article__batch__in=together))
        .exclude(article__story=story)
        .order_by("-article_id")
        .values_list("article_id", "terms", "article__batch")[:_LOOKED_AT]
    )
    known = frozenset(terms)
    ranked = sorted(
        (
            (batch in together, len(known & set(found)), article_id)
            for article_id, found, batch in looked_at
        ),
        reverse=True,
    )
    wanted = {
        article_id: came_along
        for came_along, shared, article_id in ranked[:_COMPARED]
        if came_along or shared >= _FEWEST_SHARED
    }
    return _compare([SketchDraft.from_json(features) for features, _, _ in own], wanted)


def _compare(members: Sequence[SketchDraft], wanted: dict[int, bool]) -> tuple[Related, ...]:
    """Return the best article of each story of *wanted*, which says what came in together."""
    related: dict[str, Related] = {}
    articles = (
        Article.objects.filter(pk__in=wanted)
        .select_related("outlet", "story", "sketch")
        .defer("text", "story_reasons")
    )
    found = []
    for article in articles:
        if article.story is None:
            continue
        score, reasons = story_match(SketchDraft.from_json(article.sketch.features), members)
        if score < _LEAST and not wanted[article.pk]:
            continue
        found.append(
            Related(
                article_id=article.pk,
                outlet=article.outlet.name,
                title=article.title,
                published_label=label_moment(article.published_iso, article.published_at),
                story_slug=article.story.slug,
                story_title=article.story.title,
                together=wanted[article.pk],
                reasons=tuple(say(reason.text) for reason in reasons),
                score=score,
            )
        )
    for one in sorted(found, key=lambda one: (not one.together, -one.score, one.article_id)):
        related.setdefault(one.story_slug, one)
    return tuple(related.values())[:MOST_RELATED]
