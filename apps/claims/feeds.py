"""A search as an Atom feed: what came in last that it finds."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext

from apps.claims.search import find_newest
from apps.claims.search_filters import SearchFilters
from apps.claims.search_hits import Hit
from apps.claims.templatetags.claims import severity_words, spoken_words, state_words

MOST_ENTRIES = 50


def build_feed(
    filters: SearchFilters, *, title: str, page: str, absolute: Callable[[str], str]
) -> str:
    """Return the Atom document of a search: what came in last, by publication, newest first.

    *page* is the address of the search, *absolute* makes addresses whole. The key of the
    reader's own address is nowhere in it: a feed may be passed on. An entry keeps its id
    when its article is analysed again.
    """
    feed = Atom1Feed(
        title=f"{title} · Variorum",
        link=absolute(page),
        description="",
        language=get_language() or "en",
        feed_guid=absolute(page),
    )
    for hit in find_newest(filters, most=MOST_ENTRIES):
        words = "".join(piece.text for piece in hit.pieces)
        heading = "".join(piece.text for piece in hit.title) or words
        address = absolute(hit.href or page)
        feed.add_item(
            title=_without_controls(f"{hit.where.outlet}: {_cut(heading)}"),
            link=address,
            description=_without_controls(_describe(hit, words)),
            unique_id=f"{absolute(page)}#{filters.searched}-{_without_controls(hit.key)}",
            pubdate=hit.where.appeared_at,
            updateddate=hit.where.imported_at,
            author_name=_without_controls(hit.where.outlet),
        )
    return str(feed.writeString("utf-8"))


def _describe(hit: Hit, words: str) -> str:
    """Return what an entry says, as plain text; each reader escapes it."""
    lines = [words]
    if hit.voice:
        lines.append(spoken_words(hit.voice, hit.speaker))
    if hit.where.story:
        lines.append(gettext("Story: %(title)s") % {"title": hit.where.story})
    if hit.where.goes_back_to:
        lines.append(gettext("Based on %(outlet)s") % {"outlet": hit.where.goes_back_to})
    lines += [
        f"{finding.title} ({severity_words(finding.severity)}, {state_words(finding.state)})"
        for finding in hit.findings
    ]
    return "\n".join(lines)


def _cut(words: str, *, most: int = 120) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


def _without_controls(text: str) -> str:
    """Return *text* without the characters XML has no way to write."""
    return "".join(
        c
        for c in text
        if c in "\n\t" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
    )
