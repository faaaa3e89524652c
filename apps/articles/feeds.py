"""RSS and Atom: which pages a feed points to."""

from __future__ import annotations

from urllib.parse import urljoin

from apps.articles.importers.html import is_web_address
from apps.articles.text.types import ArticleRejected

# A feed names its newest pages; one that names more is an archive.
_MOST_LINKS = 50


def find_feed_links(content: bytes, *, url: str) -> list[str]:
    """Return the addresses of a feed's entries, in its order, each once.

    *url* is the feed's own, for entries that give theirs in short. Raises
    `ArticleRejected` when it is no feed. Entities are not expanded and nothing else is
    fetched, whatever the feed asks for.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or etree.QName(root).localname not in {"rss", "RDF", "feed"}:
        raise ArticleRejected("This address holds no RSS or Atom feed. Check it.")
    links: list[str] = []
    for entry in root.iter("{*}item", "{*}entry"):
        for link in entry.iterchildren("{*}link"):
            if link.get("rel", "alternate") != "alternate":
                continue
            address = urljoin(url, (link.get("href") or link.text or "").strip())
            if is_web_address(address) and address not in links:
                links.append(address)
                break
    return links[:_MOST_LINKS]
