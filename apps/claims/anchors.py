"""Find the words of a note again in another version of its article, or say they are gone."""

from __future__ import annotations

from collections.abc import Iterator

from apps.articles.text.spans import Span

# Fewer characters than this may stand in a text once by chance: then the words around them
# must be the same as well.
_TELLING = 20
# How many characters of the surroundings must be the same.
_CONTEXT = 12


def find_anchor(text: str, *, quote: str, prefix: str, suffix: str) -> Span | None:
    """Return where the words *quote* of a note stand in *text*; None when that isn't certain.

    The words must be there exactly. Standing there once is enough for long ones; short or
    repeated ones need the words before or after them as well, at one place only.
    """
    places = list(_occurrences(text, quote))
    if len(places) == 1 and len(quote) >= _TELLING:
        return places[0]
    fitting = [place for place in places if _fits(text, place, prefix, suffix)]
    return fitting[0] if len(fitting) == 1 else None


def _occurrences(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield Span(start, start + len(quote))
        start = text.find(quote, start + 1)


def _fits(text: str, place: Span, prefix: str, suffix: str) -> bool:
    before, after = prefix[-_CONTEXT:], suffix[:_CONTEXT]
    return bool(
        (before.strip() and text[: place.start].endswith(before))
        or (after.strip() and text[place.end :].startswith(after))
    )
