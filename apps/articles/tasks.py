"""The jobs of importing: feeds, one job for each."""

from __future__ import annotations

from django.db import close_old_connections
from procrastinate.contrib.django import app

from apps.articles.actions.feeds import defer_feeds
from apps.articles.actions.feeds import read_feed as read
from apps.articles.models import Feed


@app.periodic(cron="*/15 * * * *")
@app.task(name="read_feeds", queueing_lock="read_feeds")
def read_feeds(timestamp: int) -> None:
    """Have every active feed read, four times an hour."""
    close_old_connections()
    defer_feeds()


@app.task(name="read_feed")
def read_feed(feed_id: int) -> None:
    """Read a feed that may be gone, or switched off, by now."""
    close_old_connections()
    feed = Feed.objects.select_related("outlet").filter(pk=feed_id, is_active=True).first()
    if feed is not None:
        read(feed=feed)
