"""What cleaning labelled as not the story, article by article, and what people put back."""

from __future__ import annotations

from dataclasses import dataclass

from apps.articles.models import Article, RoleCorrection, Segment, Story
from apps.articles.text.types import STORY_ROLES


@dataclass(frozen=True, slots=True)
class SetAside:
    """An article's parts that are not the story, in text order, and the labels people gave.

    *repeats* say again, word for word, what an earlier part of the article says.
    """

    article: Article
    segments: tuple[Segment, ...]
    repeats: tuple[Segment, ...]
    corrections: tuple[RoleCorrection, ...]


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
    for segment in Segment.objects.filter(article__in=by_id, by_person=False).order_by("position"):
        if segment.role not in STORY_ROLES:
            segments[segment.article_id].append(segment)
    labelled = RoleCorrection.objects.filter(article__in=by_id).select_related("made_by")
    for correction in labelled.order_by("start"):
        corrections[correction.article_id].append(correction)
    return [
        SetAside(
            article,
            tuple(segment for segment in segments[pk] if segment.duplicate_of_id is None),
            tuple(segment for segment in segments[pk] if segment.duplicate_of_id is not None),
            tuple(corrections[pk]),
        )
        for pk, article in by_id.items()
    ]
