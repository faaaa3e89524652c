"""READ side of importing: how far a batch is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from apps.articles.models import Article, ImportBatch, ImportItem, Story

_DONE = {Article.State.ANALYSED, Article.State.FAILED}
# After a number: "3 saved".
_RESULT_WORDS = {
    "saved": gettext_lazy("saved"),
    "new version": gettext_lazy("new version"),
    "already here": gettext_lazy("already here"),
    "rejected": gettext_lazy("rejected"),
}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One item: *state* is that of its article, empty where none was saved."""

    item: ImportItem
    article: Article | None
    state: str
    is_new: bool

    @property
    def is_failed(self) -> bool:
        return self.state == Article.State.FAILED


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """A batch, line by line. *done* of *total* new articles are analysed or have failed.

    *stories* are those of its articles, *comparing* how many of them are still compared.
    """

    batch: ImportBatch
    lines: list[BatchLine]
    done: int
    total: int
    stories: list[Story]
    comparing: int
    summary: str

    @property
    def is_done(self) -> bool:
        return self.done >= self.total and not self.comparing


def build_batch(batch: ImportBatch) -> BatchProgress:
    """Return how far *batch* is. Costs one query, whatever its size."""
    items = batch.items.select_related("article__outlet", "article__story").defer("article__text")
    lines = [_build_line(item) for item in items]
    new = [line for line in lines if line.is_new]
    counts = Counter(line.item.result for line in lines)
    stories: dict[int, Story] = {}
    for line in lines:
        if line.article is not None and line.article.story is not None:
            stories.setdefault(line.article.story.pk, line.article.story)
    return BatchProgress(
        batch=batch,
        lines=lines,
        done=sum(line.state in _DONE for line in new),
        total=len(new),
        stories=list(stories.values()),
        # A comparison that failed is not waited for: it was said, and only a person can help.
        comparing=sum(
            story.stale_since is not None and not story.failure for story in stories.values()
        ),
        summary=", ".join(
            f"{counts[result]} {_RESULT_WORDS[result]}"
            for result in ImportItem.Result.values
            if counts[result]
        ),
    )


def _build_line(item: ImportItem) -> BatchLine:
    is_new = item.result in {ImportItem.Result.SAVED, ImportItem.Result.NEW_VERSION}
    article = item.article
    return BatchLine(
        item=item,
        article=article,
        state=article.state if article is not None and is_new else "",
        is_new=is_new and article is not None,
    )
