"""The read side of the story list: the last changed first, with what is open in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Left
from django.http import QueryDict
from django.utils.translation import gettext

from apps.articles.models import Article, Outlet, Story
from apps.articles.moments import UNDATED, label_iso
from apps.claims.models import Finding, Origin
from apps.claims.presentation import (
    SEVERITIES,
    STORY_SORTS,
    StoryFilters,
    StoryLine,
    StoryList,
    read_words,
)
from config.numbers import read_number

PAGE_SIZE = 30
_WAITING = (Article.State.WAITING, Article.State.ANALYSING)


def story_filters_from(query: QueryDict | Mapping[str, str]) -> StoryFilters:
    """Return what the URL asks for; unknown values are dropped."""
    sort = query.get("sort") or ""
    severity = query.get("severity") or ""
    page = query.get("page") or ""
    return StoryFilters(
        query=read_words(query.get("q")),
        outlet=read_words(query.get("outlet"), length=80),
        severity=severity if severity in SEVERITIES else "",
        sort=sort if sort in STORY_SORTS else "newest",
        page=max(1, read_number(page, digits=7) or 1),
    )


def build_story_list(filters: StoryFilters | None = None) -> StoryList:
    """Return one page of the stories that have articles; seven queries, however many there are."""
    filters = filters or StoryFilters()
    found = _sorted(_filtered(filters), filters.sort)
    total = found.count()
    first = (filters.page - 1) * PAGE_SIZE
    stories = list(found[first : first + PAGE_SIZE])
    told: dict[int, list[_Told]] = defaultdict(list)
    for story_id, *row in (
        Article.objects.current()
        .filter(story__in=stories)
        .order_by()
        .values_list("story_id", "outlet__name")
        .annotate(
            articles=Count("pk"),
            waiting=Count("pk", filter=Q(state__in=_WAITING)),
            failed=Count("pk", filter=Q(state=Article.State.FAILED)),
            first=Min("published_at"),
            # Days as they were stated: the same moment is another day elsewhere.
            days=ArrayAgg(Left("published_iso", 10), filter=~Q(published_iso=""), distinct=True),
            earliest=Min("pk"),
        )
    ):
        told[story_id].append(_Told(*row))
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    open_findings = Finding.objects.still_open().filter(story__in=stories).order_by()
    for story_id, severity, count in open_findings.values_list("story_id", "severity").annotate(
        Count("pk")
    ):
        counts[story_id][severity] = count
    origins = {
        story_id: (count, joined)
        for story_id, count, joined in Origin.objects.filter(story__in=stories)
        .order_by()
        .values_list("story_id")
        .annotate(
            origins=Count("pk", distinct=True),
            joined=Count("articles", distinct=True, filter=Q(articles__is_current=True)),
        )
    }
    lines = tuple(
        _line(story, told[story.pk], counts[story.pk], origins.get(story.pk, (0, 0)))
        for story in stories
    )
    outlets = Outlet.objects.filter(articles__isnull=False).distinct().order_by("name")
    return StoryList(
        lines=lines,
        filters=filters,
        total=total,
        previous=filters.as_query(page=filters.page - 1) or "page=1" if filters.page > 1 else "",
        next=filters.as_query(page=filters.page + 1) if first + PAGE_SIZE < total else "",
        outlets=tuple(outlets.values_list("slug", "name")),
    )


def _filtered(filters: StoryFilters) -> QuerySet[Story]:
    articles = Article.objects.current().filter(story=OuterRef("pk"))
    stories = Story.objects.filter(Exists(articles))
    for word in filters.query.split():
        stories = stories.filter(
            Q(title__icontains=word)
            | Exists(articles.filter(Q(title__icontains=word) | Q(outlet__name__icontains=word)))
        )
    if filters.outlet:
        stories = stories.filter(Exists(articles.filter(outlet__slug=filters.outlet)))
    if filters.severity:
        opened = Finding.objects.still_open().filter(story=OuterRef("pk"))
        stories = stories.filter(Exists(opened.filter(severity=filters.severity)))
    return stories


def _sorted(stories: QuerySet[Story], sort: str) -> QuerySet[Story]:
    if sort == "title":
        return stories.order_by("title", "pk")
    if sort == "findings":
        count = (
            Finding.objects.still_open()
            .filter(story=OuterRef("pk"))
            .order_by()
            .values("story_id")
            .annotate(n=Count("pk"))
        )
        return stories.annotate(n=Coalesce(Subquery(count.values("n")), 0)).order_by("-n", "-pk")
    if sort == "outlets":
        outlets = Count("articles__outlet", filter=Q(articles__is_current=True), distinct=True)
        return stories.annotate(n=outlets).order_by("-n", "-pk")
    return stories.order_by("-changed_at", "-pk")


class _Told(NamedTuple):
    """What one outlet has of a story."""

    outlet: str
    articles: int
    waiting: int
    failed: int
    first: datetime | None
    days: list[str] | None
    earliest: int


def _line(
    story: Story,
    told: Sequence[_Told],
    counts: Mapping[str, int],
    origins: tuple[int, int],
) -> StoryLine:
    count, joined = origins
    articles = sum(one.articles for one in told)
    undated = datetime.max.replace(tzinfo=UTC)
    in_order = sorted(told, key=lambda one: (one.first or undated, one.earliest))
    return StoryLine(
        slug=story.slug,
        title=story.title,
        outlets=tuple(one.outlet for one in in_order),
        articles=articles,
        # Articles that are not compared yet each count as an origin of their own.
        origins=count + max(0, articles - joined),
        counts=dict(counts),
        published_label=_label_days([day for one in told for day in one.days or ()]),
        waiting=sum(one.waiting for one in told),
        failed=sum(one.failed for one in told),
        is_demonstration=story.is_demonstration,
        changed_at=story.changed_at,
    )


def _label_days(days: Sequence[str]) -> str:
    if not days:
        return gettext(UNDATED)
    first, last = label_iso(min(days)), label_iso(max(days))
    if first == last:
        return first
    return gettext("%(first)s to %(last)s") % {"first": first, "last": last}
