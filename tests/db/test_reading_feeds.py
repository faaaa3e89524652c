"""Feeds: new pages come in once, each on its own, and what is wrong is said on the feed."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.articles.actions.feeds import defer_feeds, read_feed
from apps.articles.models import Article, Feed, ImportItem, Outlet

pytestmark = pytest.mark.django_db

PROSE = "".join(
    f"<p>The {ordinal} ferry left Port Orla with {count} people on board, the harbour office said on Saturday.</p>"
    for ordinal, count in (("first", 41), ("second", 57), ("third", 12))
)


class Site:
    """A web site on this machine: *pages* by path, and which paths were *asked* for."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.asked: list[str] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            with connection:
                path = connection.recv(65_536).split(b" ")[1].decode()
                self.asked.append(path)
                body = self.pages.get(path, "").encode()
                status = "200 OK" if body else "404 Not Found"
                head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
                connection.sendall(head.encode() + body)

    def connect(self, host: str, port: int) -> socket.socket:
        return socket.create_connection(self.listening.getsockname())

    def put_feed(self, *paths: str) -> None:
        items = "".join(
            f"<item><link>http://harbour.example.org{path}</link></item>" for path in paths
        )
        self.pages["/feed"] = f"<rss><channel>{items}</channel></rss>"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    for path in ("/a", "/b"):
        made.pages[path] = (
            f"<html><body><article><h1>Ferries {path}</h1>{PROSE}</article></body></html>"
        )
    yield made
    made.listening.shutdown(socket.SHUT_RDWR)
    made.listening.close()


@pytest.fixture
def feed() -> Feed:
    outlet = Outlet.objects.create(name="Harbour Post", slug="harbour-post")
    return Feed.objects.create(url="http://harbour.example.org/feed", outlet=outlet)


def test_new_pages_come_in_the_oldest_first_under_the_outlet_of_the_feed(site: Site, feed: Feed):
    site.put_feed("/b", "/a")

    read_feed(feed=feed, connect=site.connect)

    articles = Article.objects.order_by("pk")
    assert [article.url for article in articles] == [
        "https://harbour.example.org/a",
        "https://harbour.example.org/b",
    ]
    assert {article.outlet for article in articles} == {feed.outlet}
    assert ProcrastinateJob.objects.filter(task_name="analyse_article").count() == 2


def test_a_page_that_was_read_or_refused_is_not_asked_for_again(site: Site, feed: Feed):
    site.put_feed("/gone", "/a")
    read_feed(feed=feed, connect=site.connect)
    site.asked.clear()

    again = read_feed(feed=feed, connect=site.connect)

    assert again is None
    assert site.asked == ["/feed"]
    assert "404" in ImportItem.objects.get(name="http://harbour.example.org/gone").message


def test_a_page_added_later_is_the_only_one_fetched(site: Site, feed: Feed):
    site.put_feed("/a")
    read_feed(feed=feed, connect=site.connect)
    site.put_feed("/b", "/a")
    site.asked.clear()

    read_feed(feed=feed, connect=site.connect)

    assert site.asked == ["/feed", "/b"]


def test_what_is_wrong_with_a_feed_is_said_on_it_until_it_works(site: Site, feed: Feed):
    read_feed(feed=feed, connect=site.connect)
    broken = feed.failure
    site.put_feed()

    read_feed(feed=feed, connect=site.connect)

    assert "404" in broken
    assert feed.failure == "" and feed.fetched_at is not None


def test_only_active_feeds_are_put_into_the_queue_and_once(feed: Feed):
    Feed.objects.create(url="http://harbour.example.org/old", outlet=feed.outlet, is_active=False)

    defer_feeds()
    defer_feeds()

    jobs = ProcrastinateJob.objects.filter(task_name="read_feed")
    assert [job.args for job in jobs] == [{"feed_id": feed.pk}]
