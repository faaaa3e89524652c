"""What cleaning labelled as not the story, article by article, and what people put back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from apps.articles.models import Article, RoleCorrection, Segment, Story
from apps.articles.preflight import count_parts, describe_counts
from apps.articles.text.types import STORY_ROLES


@dataclass(frozen=True, slots=True)
class SetAside:
    """An article's parts that are not the story, in text order, and the labels people gave.

    *repeats* say again, word for word, what an earlier part of the article says. *counts*
    says how many parts of each role there are, in the words of the report before saving.
    """

    article: Article
    segments: tuple[Segment, ...]
    repeats: tuple[Segment, ...]
    corrections: tuple[RoleCorrection, ...]
    counts: str


def build_set_aside(story: Story) -> list[SetAside]:
    """Return every current article of *story*, oldest first. Three queries."""
    articles = (
        Article.objects.current()
        .filter(story=story)
        .select_related("outlet")
        .defer("text")
        .order_by("published_at", "pk")
    )
    by_id = {article.pk: article for article in articles}
    segments: dict[int, list[Segment]] = {pk: [] for pk in by_id}
    corrections: dict[int, list[RoleCorrection]] = {pk: [] for pk in by_id}
    labelled = RoleCorrection.objects.filter(article__in=by_id).select_related("made_by")
    for correction in labelled.order_by("start"):
        corrections[correction.article_id].append(correction)
    for segment in _find_parts().filter(article__in=by_id).order_by("position"):
        # What a person has labelled stands among the labels, before it is read again.
        places = ((c.start, c.end) for c in corrections[segment.article_id])
        if (segment.start, segment.end) not in places:
            segments[segment.article_id].append(segment)
    return [
        SetAside(
            article,
            tuple(segment for segment in segments[pk] if segment.duplicate_of_id is None),
            tuple(segment for segment in segments[pk] if segment.duplicate_of_id is not None),
            tuple(corrections[pk]),
            _count(segments[pk], corrections[pk]),
        )
        for pk, article in by_id.items()
    ]


def describe_set_aside(article: Article) -> str:
    """Say what was set aside of *article*, as the page of its story does. Two queries."""
    corrections = list(article.role_corrections.all())
    places = {(correction.start, correction.end) for correction in corrections}
    parts = _find_parts().filter(article=article).defer("quote").order_by("position")
    return _count([s for s in parts if (s.start, s.end) not in places], corrections)


def _find_parts() -> QuerySet[Segment]:
    """Return what machines set aside, in any article."""
    story = [role.value for role in STORY_ROLES]
    return Segment.objects.filter(by_person=False).exclude(role__in=story)


def _count(segments: Iterable[Segment], corrections: Iterable[RoleCorrection]) -> str:
    parts = [(s.start, s.role, s.duplicate_of_id is not None) for s in segments]
    parts += [(c.start, c.role, False) for c in corrections if c.role not in STORY_ROLES]
    return describe_counts(count_parts([(role, again) for _, role, again in sorted(parts)]))
