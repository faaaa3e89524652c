"""The top of a page: masthead, headline, deck, byline, and where the report begins."""

from __future__ import annotations

import re

from apps.articles.text.bylines import find_dateline
from apps.articles.text.labels import Page
from apps.articles.text.lines import Line, plain_text
from apps.articles.text.topics import describe, find_content, shared_words
from apps.articles.text.types import Role
from apps.articles.text.visitors import find_visitor_line

DECK_SCORE = 4
SUMMARY_HEADING = "heading of the summary below"
LONGEST_HEADLINE, LONGEST_DECK = 30, 50  # words
FARTHEST_BYLINE = 8  # lines
_TITLE_TAIL = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")
_NAME = r"(?:[A-ZÀ-Þ][\w.'’-]+ ){1,3}[A-ZÀ-Þ][\w.'’-]+"
# "Ada Flint", "Ada Flint and Bo Ost".
_NAME_LINE = re.compile(rf"{_NAME}(?:(?:, | and | & |, and ){_NAME}){{0,3}}")
_LATE_NAME = re.compile(
    r"^The ([a-z][a-z' -]{3,60}?)(?= (?:also|has|had|is|was|will|plans?|said|says|and|to|[a-z]+s|[a-z]+ed)\b)"
)


def find_lead(page: Page) -> int:
    """Return the index of the line the report begins with; the number of lines if none does."""
    paragraphs = page.open_paragraphs()
    if not paragraphs:
        paragraphs = [i for i, line in enumerate(page.lines) if line.is_prose and page.is_open(i)]
    if not paragraphs:
        return len(page.lines)
    first = paragraphs[0]
    for index in range(first):
        line = page.lines[index]
        if (
            page.is_open(index)
            and line.is_statement
            and len(line.words) >= 8
            and find_dateline(line.text)
        ):
            return index
    # A paragraph above the writer's name or the day is a deck, however long.
    while (
        len(paragraphs) > 1
        and paragraphs[1] - first <= FARTHEST_BYLINE
        and len(page.lines[first].words) <= LONGEST_DECK
        and not find_dateline(page.lines[first].text)
        and any(
            page.role(index) in (Role.BYLINE, Role.DATELINE)
            for index in range(first + 1, paragraphs[1])
        )
    ):
        page.label(first, Role.DECK, "a sentence above the writer's name or the day")
        paragraphs = paragraphs[1:]
        first = paragraphs[0]
    if len(paragraphs) > 1 and _reads_like_deck(page, first, paragraphs[1]):
        page.label(first, Role.DECK, "one sentence that sums up before the report begins")
        return paragraphs[1]
    return first


# "Sport   Weather   Video": cells of a row that lost its lines; "Log in    The dam broke" has one.
_CELLS = re.compile(r"\S {2,}\S.*\S {2,}\S")
# What stands behind an outlet's name where it introduces itself: "Ebb, the …", "Ebb | Files".
_BEHIND_NAME = re.compile(r"(?:, (?:the|a|an|your)\b|\s*[|·–—-]\s)")


def label_title(page: Page) -> None:
    """Label every line that carries the title the source states, with or without the site's name."""
    title = plain_text(page.title)
    if len(title) < 8:
        return
    for index, line in enumerate(page.lines):
        if page.is_open(index) and _strip_title(line.plain) == _strip_title(title):
            page.label(index, Role.HEADLINE, "is the title the source gives")


def _strip_title(title: str) -> str:
    """Return *title* without the site's name and a full stop behind it."""
    return _TITLE_TAIL.sub("", title).rstrip(". ")


def label_front(page: Page, lead: int) -> None:
    """Label the open lines above the report."""
    lines = page.lines
    opening = [lines[index] for index in page.open_paragraphs() if index >= lead][:3]
    subject = describe(opening)
    report = describe(lines[index] for index in page.open_paragraphs() if index >= lead)
    headline = _find_headline(page, lead, opening)
    if headline is not None:
        page.label(
            headline, Role.HEADLINE, "the line at the top that shares most words with the report"
        )
    titles = {lines[i].plain for i in range(len(lines)) if page.role(i) is Role.HEADLINE}
    if titles:
        for index, line in enumerate(lines):
            if line.plain in titles and page.is_open(index):
                page.label(index, Role.HEADLINE, "repeats the headline")
    tops = [index for index in range(lead) if page.role(index) is Role.HEADLINE]
    top = tops[0] if tops else -1
    outlet = set(find_content(re.findall(r"\w+", page.outlet)))
    for index in range(lead):
        if not page.is_open(index):
            continue
        line = lines[index]
        shared = shared_words(line, subject)
        if _is_outlet_line(line, outlet):
            role = Role.BYLINE if index > top >= 0 else Role.BOILERPLATE
            page.label(index, role, "is the outlet's name")
        elif index != top and _CELLS.search(line.text) and not line.is_statement:
            page.label(index, Role.BOILERPLATE, "labels in a row above the report")
        elif index != top and _introduces_outlet(line, page.outlet):
            page.label(index, Role.BOILERPLATE, "says what the outlet is, above the report")
        elif index != top and (reason := find_visitor_line(line)):
            page.label(index, Role.BOILERPLATE, reason)
        elif index < top:
            if line.is_paragraph:
                page.label(index, Role.BODY, "text of the report")
            elif len(line.words) >= 5 and (shared >= 2 or line.is_statement):
                page.label(index, Role.DECK, "stands above the headline and shares its words")
            else:
                page.label(
                    index,
                    Role.BOILERPLATE,
                    "stands above the headline and says nothing of the story",
                )
        elif line.is_bullet:
            role = Role.DECK if len(line.words) > 2 else Role.BOILERPLATE
            page.label(index, role, "a point of the summary above the report")
        elif index + 1 < len(lines) and lines[index + 1].is_bullet and not line.is_statement:
            page.label(index, Role.HEADLINE, SUMMARY_HEADING)
        elif line.is_prose and line.is_statement:
            if any(page.role(above) in (Role.BYLINE, Role.DATELINE) for above in range(index)):
                page.label(index, Role.BODY, "a short sentence that opens the report")
            else:
                page.label(index, Role.DECK, "a sentence between headline and report")
        elif (
            _NAME_LINE.fullmatch(line.text)
            and shared == 0
            and page.role(index - 1) is Role.HEADLINE
        ):
            page.label(index, Role.BYLINE, "stands below the headline like a writer's name")
        elif len(line.words) <= 4 and shared == 0:
            page.label(index, Role.BOILERPLATE, "a short label above the report")
        elif not line.is_statement and not shared_words(line, report):
            page.label(index, Role.BOILERPLATE, "shares no word with the report below")
        elif len(line.words) <= 2:
            page.label(index, Role.BOILERPLATE, "a short label above the report")
        else:
            page.label(index, Role.DECK, "stands between headline and report")


def _find_headline(page: Page, lead: int, opening: list[Line]) -> int | None:
    """Return the open line above *lead* that is most likely the headline, None if there is one already."""
    if any(page.role(index) is Role.HEADLINE for index in range(len(page.lines))):
        return None
    subject = describe(opening)
    first = next((index for index in range(lead) if page.is_open(index)), None)
    candidates = [
        (index, page.lines[index])
        for index in range(min(lead, 60))
        if page.is_open(index)
        and not page.lines[index].is_bullet
        and 2 < len(page.lines[index].words) <= LONGEST_HEADLINE
        # Some feeds end headlines with a full stop; then only the first line can be one.
        and (
            not page.lines[index].text.endswith(".")
            or (index == first and len(page.lines[index].words) <= 20)
        )
    ]
    if not candidates:
        return None
    # "Hill Valley Post" shares words with a dateline; a longer line below it is the headline.
    longer = [
        item for item in candidates if len(item[1].words) >= 5 and shared_words(item[1], subject)
    ]
    if longer:
        candidates = [item for item in candidates if not _is_nameplate(item[1])] or candidates
    best = max(candidates, key=lambda item: (min(4, shared_words(item[1], subject)), -item[0]))
    if shared_words(best[1], subject) >= 1:
        # The first of several that share words: decks share as many as headlines do.
        floor = max(1, min(2, shared_words(best[1], subject)))
        return next(i for i, line in candidates if shared_words(line, subject) >= floor)
    return next((i for i, line in candidates if len(line.words) >= 4), None)


def _is_nameplate(line: Line) -> bool:
    return len(line.words) <= 4 and all(word[0].isupper() for word in line.words)


def _is_outlet_line(line: Line, outlet: set[str]) -> bool:
    words = set(find_content(line.words))
    return bool(outlet) and len(line.words) <= 6 and len(words & outlet) >= max(1, len(words) / 2)


def _introduces_outlet(line: Line, outlet: str) -> bool:
    """Whether a line is the outlet's name and what it is: "Ebb, the paper of the coast"."""
    name = plain_text(outlet).removeprefix("the ")
    rest = line.plain.removeprefix("the ")
    if not name or not rest.startswith(name) or line.is_statement:
        return False
    return _BEHIND_NAME.match(rest[len(name) :]) is not None


def _reads_like_deck(page: Page, index: int, following: int) -> bool:
    """Whether the paragraph at *index* sums up and the report begins with the next one.

    Pages whose headline was not pasted begin with the deck. Its marks: one short
    sentence, a longer paragraph below that starts afresh, "also" with nothing before
    it, or a title in small letters for somebody whom the next paragraph introduces by
    name. A lead has one or two of them, a deck nearly all.
    """
    line, lead = page.lines[index], page.lines[following]
    if find_dateline(line.text) or (find_dateline(lead.text) == 0 and len(line.words) > 32):
        return False
    if "“" in line.text or '"' in line.text or re.search(r"[.!?]\s+[A-Z“\"]", line.text[:-2]):
        return False
    score = 1
    score += len(line.words) <= 30
    score += len(lead.words) >= 1.3 * len(line.words)
    score += re.search(r"\balso\b", line.plain) is not None
    score += 2 * (find_dateline(lead.text) > 0)
    late = _LATE_NAME.match(line.text)
    if late is not None:
        named = re.search(rf"\b{re.escape(late[1])} [A-ZÀ-Þ]", lead.text, re.IGNORECASE)
        score += 2 * (named is not None)
    return score >= DECK_SCORE
