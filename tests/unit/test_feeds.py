"""Which pages a feed points to."""

from __future__ import annotations

import pytest

from apps.articles.feeds import find_feed_links
from apps.articles.text.types import ArticleRejected

URL = "https://harbour.example.org/feeds/all.xml"

RSS = b"""<?xml version="1.0"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><link>https://harbour.example.org/</link>
<atom:link rel="self" href="https://harbour.example.org/feeds/all.xml"/>
<item><title>B</title><link>https://harbour.example.org/b</link></item>
<item><title>A</title><link> /a </link></item>
<item><title>A again</title><link>/a</link></item>
<item><title>Odd</title><link>javascript:alert(1)</link></item>
<item><title>None</title></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://harbour.example.org/"/>
<entry><link rel="enclosure" href="/sound.mp3"/><link rel="alternate" href="/c"/></entry>
<entry><link href="/d?x=1&amp;y=2"/></entry></feed>"""

RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item><link>https://harbour.example.org/e</link></item></rdf:RDF>"""


@pytest.mark.parametrize(
    ("content", "paths"), [(RSS, ["b", "a"]), (ATOM, ["c", "d?x=1&y=2"]), (RDF, ["e"])]
)
def test_entries_are_found_in_their_order_each_once(content: bytes, paths: list[str]):
    assert find_feed_links(content, url=URL) == [
        f"https://harbour.example.org/{path}" for path in paths
    ]


@pytest.mark.parametrize(
    "content", [b"", b"<html><body>Not found</body></html>", b"{}", b"\x00\x01", b"<rss"]
)
def test_what_is_no_feed_is_said(content: bytes):
    if content == b"<rss":
        assert find_feed_links(content, url=URL) == []
        return
    with pytest.raises(ArticleRejected, match="no RSS or Atom feed"):
        find_feed_links(content, url=URL)


def test_a_feed_cannot_make_us_read_files_or_grow_without_end():
    evil = b"""<!DOCTYPE rss [<!ENTITY x SYSTEM "file:/etc/hostname"><!ENTITY y "aaaaaaaaaa">
    <!ENTITY z "&y;&y;&y;&y;">]><rss><channel><item><link>https://harbour.example.org/&x;&z;</link></item></channel></rss>"""

    (link,) = find_feed_links(evil, url=URL)

    assert link == "https://harbour.example.org/"


def test_an_archive_of_a_feed_is_read_from_its_newest_pages():
    items = b"".join(b"<item><link>/%d</link></item>" % number for number in range(500))

    links = find_feed_links(b"<rss><channel>" + items + b"</channel></rss>", url=URL)

    assert len(links) == 50
    assert links[0].endswith("/0")
