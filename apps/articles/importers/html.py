"""A web page: the article is what the extractor takes out of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from apps.articles.importers.dates import read_date
from apps.articles.importers.decoding import decode, find_binary_format, replace_unstorable
from apps.articles.importers.text import check_text, read_limited, stem
from apps.articles.importers.types import Importer, Limits, Rejection
from apps.articles.text.types import ArticleRejected, RawArticle

NO_ARTICLE = "This page has no article text. Paste the text instead."

# Matches "<!DOCTYPE html>" and "<html lang=en>" after white space and comments; not "<b>Hi</b>".
_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
# Matches `<meta charset="iso-8859-1">` and `content="text/html; charset=utf-8"`.
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.I)
# A tag of ordinary pages has some dozens of attributes; the parser's time grows with their square.
_LONG_TAG = re.compile(r"<[^<>]{20000,}")
_ATTRIBUTE = re.compile(r"[\s\"'][^\s=\"'<>]+\s*=")
_MOST_ATTRIBUTES = 1_000
# The fewest words that are an article: navigation and cookie banners leave fewer.
_FEWEST_WORDS = 20


def looks_like_html(head: bytes) -> bool:
    return _START.match(head) is not None


def read(name: str, stream: BinaryIO, limits: Limits) -> Iterator[RawArticle | Rejection]:
    """Yield the one article of a page, with what the page states about it.

    The outlet is the page's site name, else its host, else the file's stem.
    """
    html, notes = decode_html(read_limited(stream, limits))
    yield extract_article(html, name=name, limits=limits, notes=notes)


def decode_html(data: bytes, *, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """Return a page's text: a byte order mark wins, then UTF-8, then *charset* or the page's own word.

    UTF-8 goes before the stated charset because bytes that are valid UTF-8 by accident are
    rare, and pages that state the wrong charset are not.
    """
    kind = find_binary_format(data[:16])
    if kind is not None:
        raise ArticleRejected(f"This is {kind}, not a page. Paste the text instead.")
    try:
        return replace_unstorable(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    stated = _CHARSET.search(data[:4096])
    label = charset or (stated.group(1).decode("ascii") if stated else "")
    if label and label.lower() not in {"utf-8", "utf8"}:
        # Browsers read both as Windows-1252 (WHATWG Encoding Standard), so pages rely on it.
        label = (
            "cp1252" if label.lower() in {"iso-8859-1", "latin1", "us-ascii", "ascii"} else label
        )
        try:
            text = data.decode(label)
        except (LookupError, UnicodeDecodeError):
            return decode(data)
        text, notes = replace_unstorable(text)
        return text, (f"Read as {label}.", *notes)
    return decode(data)


def extract_article(
    html: str, *, name: str, limits: Limits, url: str = "", notes: tuple[str, ...] = ()
) -> RawArticle:
    """Return the article of a page. Raises `ArticleRejected` when there is none.

    *url* is where the page was fetched from; a canonical address in the page wins. The
    page's main heading is put before the text when the extractor left it out.
    """
    for tag in _LONG_TAG.finditer(html):
        if len(_ATTRIBUTE.findall(tag.group())) > _MOST_ATTRIBUTES:
            raise ArticleRejected("This page could not be read. Paste the text instead.")
    # Half a second to import: only those who read pages pay for it.
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    try:
        tree = load_html(html)
        document = (
            None
            if tree is None
            else bare_extraction(
                load_html(html),
                url=url or None,
                with_metadata=True,
                include_comments=False,
                include_tables=True,
                # An upper bound of its own, else the answer would depend on today.
                date_extraction_params={
                    "extensive_search": False,
                    "original_date": True,
                    "max_date": "2100-01-01",
                },
            )
        )
    except (LxmlError, RecursionError, ValueError, TypeError, AttributeError) as error:
        raise ArticleRejected("This page could not be read. Paste the text instead.") from error
    # With metadata it is a Document; the dictionary in the signature is of older versions.
    if document is None or isinstance(document, dict):
        raise ArticleRejected(NO_ARTICLE)
    text = document.text or ""
    if len(text.split()) < _FEWEST_WORDS:
        raise ArticleRejected(NO_ARTICLE)
    heading = _find_heading(tree, document.title or "")
    if heading and _squeeze(heading) not in _squeeze(text[: len(heading) + 400]):
        text = f"{heading}\n\n{text}"
    text, more = replace_unstorable(text)
    check_text(text, limits)
    address = _find_canonical(tree) or url or document.url or ""
    published = _find_published(tree) or read_date(document.date or "")
    return RawArticle(
        text=text,
        name=name,
        outlet=_squeeze(document.sitename or "") or host_of(address) or stem(name),
        title=heading or _squeeze(document.title or ""),
        url=address,
        published=published,
        notes=notes + more,
    )


def host_of(url: str) -> str:
    """Return the host of an address without "www.", empty when there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _find_heading(tree: Any, title: str) -> str:
    """Return the page's main heading: its only h1, or the h1 that the title repeats."""
    headings = [heading for node in tree.iter("h1") if (heading := _squeeze(node.text_content()))]
    stated = _squeeze(title).casefold()
    repeated = [
        heading
        for heading in headings
        if heading.casefold() in stated or stated in heading.casefold()
    ]
    if stated and repeated:
        return repeated[0]
    return headings[0] if len(headings) == 1 else ""


def _find_canonical(tree: Any) -> str:
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for address in tree.xpath(path):
            if is_web_address(str(address).strip()):
                return str(address).strip()
    return ""


def is_web_address(address: str) -> bool:
    """Return whether *address* is a whole http or https address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _find_published(tree: Any) -> date | datetime | None:
    """Return the date that the page states for machines, with its time where it has one."""
    for path in (
        "//meta[@property='article:published_time']/@content",
        "//meta[@itemprop='datePublished']/@content",
        "//*[@itemprop='datePublished']/@datetime",
    ):
        for value in tree.xpath(path):
            found = read_date(str(value))
            if found is not None:
                return found
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(str(script))
        except (ValueError, RecursionError):
            continue
        found = _find_in_json(data, depth=0)
        if found is not None:
            return found
    return None


def _find_in_json(data: Any, *, depth: int) -> date | datetime | None:
    if depth > 6:
        return None
    if isinstance(data, dict):
        value = data.get("datePublished")
        found = read_date(value) if isinstance(value, str) else None
        if found is not None:
            return found
        data = list(data.values())
    if isinstance(data, list):
        for part in data:
            found = _find_in_json(part, depth=depth + 1)
            if found is not None:
                return found
    return None


IMPORTER = Importer(
    slug="html",
    title="Web page",
    suffixes=(".html", ".htm", ".xhtml"),
    looks_like=looks_like_html,
    read=read,
)
