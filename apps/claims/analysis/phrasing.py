"""How findings speak: who says what, in quotation marks, in plain newsroom English."""

from __future__ import annotations

from collections.abc import Sequence

from apps.articles.text.spans import Span
from apps.claims.analysis.story_index import StoryIndex
from apps.claims.analysis.types import ClaimDraft, Highlight

_LONGEST = 160


def quoted(text: str, *, longest: int = _LONGEST) -> str:
    """Return *text* on one line between curly marks, cut at a word when it is long."""
    words = " ".join(text.split()).strip()
    words = words.strip('“”"') if words[:1] in '“"' and words[-1:] in '”"' else words
    if len(words) > longest:
        words = words[:longest].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return f"“{words}”"


def quote_span(index: StoryIndex, article_id: str, span: Span, *, around: int = 0) -> str:
    """Return the words of *span* in quotation marks, with *around* words on both sides.

    The words around stay inside the sentence.
    """
    text = index.articles[article_id].text
    start, end = span.start, span.end
    if around:
        first, last = _bounds(index, article_id, span)
        for _ in range(around):
            start = max(first, _step_back(text, start))
            end = min(last, _step_on(text, end))
    return quoted(text[start:end].strip(" ,;:–—"))


def _bounds(index: StoryIndex, article_id: str, span: Span) -> tuple[int, int]:
    for facts in index.articles[article_id].sentences:
        if facts.sentence.span.overlaps(span):
            return min(span.start, facts.sentence.span.start), max(
                span.end, facts.sentence.span.end
            )
    return span.start, span.end


def verb(article_ids: Sequence[str], one: str, many: str) -> str:
    """Return *one* for a single article, else *many*: "prints" or "print"."""
    return one if len(set(article_ids)) == 1 else many


def says(index: StoryIndex, claim: ClaimDraft) -> str:
    """Return ``Outlet says “…”`` with the claim's words."""
    return f"{index.outlet(claim.article)} says {quoted(claim.text)}"


def outlets(index: StoryIndex, article_ids: Sequence[str]) -> str:
    """Return the outlets of *article_ids* as "A", "A and B" or "A, B and C", each once."""
    names = list(dict.fromkeys(index.outlet(article_id) for article_id in article_ids))
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def mark(article_id: str, span: Span) -> Highlight:
    return Highlight(article_id, span)


def _step_back(text: str, at: int) -> int:
    at -= 1
    while at > 0 and not text[at - 1].isalnum() and text[at - 1] != "\n":
        at -= 1
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] in "'’-"):
        at -= 1
    return max(0, at)


def _step_on(text: str, at: int) -> int:
    while at < len(text) and not text[at].isalnum() and text[at] != "\n":
        at += 1
    while at < len(text) and (text[at].isalnum() or text[at] in "'’-"):
        at += 1
    return at
