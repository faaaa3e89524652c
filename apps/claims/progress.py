"""How far a story is: what the pages say while articles are still being read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext

from apps.articles.models import Article, Story
from apps.articles.phrases import say


@dataclass(frozen=True, slots=True)
class Progress:
    """*text* says it in words; *is_done* when nothing is under way; *failed* counts articles
    that could not be read; *failure* is why the last comparison came to nothing."""

    is_done: bool
    text: str
    failed: int = 0
    failure: str = ""


def build_progress(story: Story) -> Progress:
    """Return how far the reading and comparing of *story* is. One query."""
    counts = (
        Article.objects.current()
        .filter(story=story)
        .aggregate(
            total=Count("pk"),
            waiting=Count(
                "pk", filter=Q(state__in=[Article.State.WAITING, Article.State.ANALYSING])
            ),
            failed=Count("pk", filter=Q(state=Article.State.FAILED)),
        )
    )
    total, waiting, failed = counts["total"], counts["waiting"], counts["failed"]
    if waiting:
        text = ngettext(
            "Reading %(waiting)s of %(total)s article",
            "Reading %(waiting)s of %(total)s articles",
            total,
        )
        return Progress(False, text % {"waiting": waiting, "total": total}, failed)
    if story.failure:
        return Progress(True, gettext("Not compared"), failed, say(story.failure))
    if story.stale_since is not None and (
        story.compared_at is None or story.compared_at < story.stale_since
    ):
        return Progress(False, gettext("Comparing"), failed)
    if story.compared_at is None:
        return Progress(True, gettext("Not yet compared"), failed)
    # The first unit is enough: "3 days ago", not "3 days, 2 hours ago".
    ago = timesince(story.compared_at, depth=1)
    return Progress(
        True,
        gettext("Compared just now")
        if ago.startswith("0")
        else gettext("Compared %(time)s ago") % {"time": ago},
        failed,
    )
