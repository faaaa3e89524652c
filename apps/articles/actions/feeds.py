"""Reading feeds: each new page they point to is imported on its own."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from apps.articles.actions.importing import import_item, open_batch
from apps.articles.feeds import find_feed_links
from apps.articles.fetching import Connect, connect_public, fetch, fetch_article
from apps.articles.importers import Limits, Rejection
from apps.articles.importers.jsonl import add_meta
from apps.articles.models import Article, Feed, ImportBatch, ImportItem
from apps.articles.text.canonical import canonical_url
from apps.articles.text.types import ArticleRejected, RawArticle

logger = logging.getLogger(__name__)


def read_feed(*, feed: Feed, connect: Connect = connect_public) -> ImportBatch | None:
    """Import the pages of *feed* that were never tried; None when there are none.

    Each page is saved on its own, so that a stopped worker loses nothing and does nothing
    twice. A page that holds no article is recorded and not asked for again. What is wrong
    with the feed itself is kept on it, in words a person can act on.
    """
    limits = Limits(
        file_bytes=settings.IMPORT_FILE_BYTES, text_characters=settings.IMPORT_TEXT_CHARACTERS
    )
    try:
        page = fetch(feed.url, limits=limits, connect=connect)
        links = find_feed_links(page.content, url=page.url)
    except ArticleRejected as error:
        _note_fetched(feed, failure=str(error))
        return None
    _note_fetched(feed, failure="")
    new = _find_untried(links)
    if not new:
        return None
    batch = open_batch(kind=ImportBatch.Kind.FEED)
    for link in new:
        import_item(batch=batch, item=_fetch_item(link, feed, limits, connect))
    logger.info("read feed %s: %d new pages", feed.url, len(new))
    return batch


def _fetch_item(link: str, feed: Feed, limits: Limits, connect: Connect) -> RawArticle | Rejection:
    try:
        found = fetch_article(link, limits=limits, connect=connect)
    except ArticleRejected as error:
        return Rejection(link, str(error))
    return add_meta(
        found, RawArticle(text="", name="", outlet=feed.outlet.name, url=found.url or link)
    )


def _find_untried(links: list[str]) -> list[str]:
    """Return the links that no article has and no import has tried, the oldest first."""
    canonical = {link: canonical_url(link) for link in links}
    here = set(Article.objects.filter(url__in=canonical.values()).values_list("url", flat=True))
    tried = set(ImportItem.objects.filter(name__in=links).values_list("name", flat=True))
    # Feeds begin with the newest; a story's first article should come first.
    return [link for link in reversed(links) if link not in tried and canonical[link] not in here]


@transaction.atomic
def _note_fetched(feed: Feed, *, failure: str) -> None:
    feed.fetched_at = timezone.now()
    feed.failure = failure
    feed.save(update_fields=["fetched_at", "failure"])


def defer_feeds() -> int:
    """Put every active feed into the queue, once; return how many there are."""
    feeds = list(Feed.objects.filter(is_active=True).values_list("pk", flat=True))
    for feed_id in feeds:
        lock = f"feed-{feed_id}"
        try:
            with transaction.atomic():
                app.configure_task("read_feed", lock=lock, queueing_lock=lock).defer(
                    feed_id=feed_id
                )
        except AlreadyEnqueued:
            logger.debug("feed %d is already in the queue", feed_id)
    return len(feeds)
