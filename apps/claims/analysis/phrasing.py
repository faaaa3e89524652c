"""How findings speak: who says what, in quotation marks, in plain newsroom English."""

from __future__ import annotations

from collections.abc import Sequence

from apps.articles.text.spans import Span
from apps.claims.analysis.story_index import StoryIndex
from apps.claims.analysis.types import ClaimDraft, Highlight
from apps.claims.analysis.word_lists import word_set

_LONGEST = 160
# How many words more make a phrase whole.
_DANGLING = 3
_CLAUSE_ENDS = ',;:–—()“”"\n'


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
        # A quotation that ends on "of the" or begins with it is cut in the middle.
        for _ in range(_DANGLING):
            if start > first and _first_word(text[start:end]) in word_set("function_words"):
                start = max(first, _step_back(text, start))
            if end < last and _last_word(text[start:end]) in word_set("function_words"):
                end = min(last, _step_on(text, end))
    return quoted(text[start:end].strip(" ,;:–—"))


def clause_span(index: StoryIndex, article_id: str, span: Span, *, longest: int = 14) -> Span:
    """Return *span* with the words around it up to the next comma, dash or quotation mark.

    At most *longest* words are added on a side; the sentence is never left.
    """
    text = index.articles[article_id].text
    first, last = _bounds(index, article_id, span)
    start, end = span.start, span.end
    for _ in range(longest):
        back = max(first, _step_back(text, start))
        if back == start or any(sign in _CLAUSE_ENDS for sign in text[back:start]):
            break
        start = back
    for _ in range(longest):
        on = min(last, _step_on(text, end))
        if on == end or any(sign in _CLAUSE_ENDS for sign in text[end:on].rstrip()):
            break
        end = on
    return Span(start, end)


def _first_word(text: str) -> str:
    words = text.split(maxsplit=1)
    return words[0].strip(".,;:").lower() if words else ""


def _last_word(text: str) -> str:
    words = text.rsplit(maxsplit=1)
    return words[-1].strip(".,;:").lower() if words and text[-1:].isalnum() else ""


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


def count_of(number: int, one: str, many: str = "") -> str:
    """Return "1 word" or "3 words"; *many* is what adding an "s" does not give."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {many or one + 's'}"


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
    while at > 0 and _is_inside(text, at - 1):
        at -= 1
    return max(0, at)


def _step_on(text: str, at: int) -> int:
    while at < len(text) and not text[at].isalnum() and text[at] != "\n":
        at += 1
    while at < len(text) and _is_inside(text, at):
        at += 1
    return at


def _is_inside(text: str, at: int) -> bool:
    """Whether the character at *at* belongs to a word: a letter, "don't", "U.S.", "1,350"."""
    if text[at].isalnum() or text[at] in "'’-":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] == "." and text[max(0, at - 2) : at - 1] in {".", " "} and before.isupper():
        return after.isalnum() or after == " "  # The last full stop of "U.S.".
    return text[at] in ".,:" and before.isalnum() and after.isalnum()
