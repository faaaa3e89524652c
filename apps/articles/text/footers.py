"""The box at the end of a page: a heading, briefs on other matters, offers, links.

Paragraphs of a report mostly have blank lines between them; the parts of a box have none.
Where that is so, lines that stand close together at the end, with page furniture among
them, are no paragraphs of the report; nor is a short line on top of them that does not
speak of it.
"""

from __future__ import annotations

import re

from apps.articles.text.labels import FURNITURE, Page
from apps.articles.text.lines import Line
from apps.articles.text.topics import Subject, find_names, shared_share, shared_words
from apps.articles.text.types import Role

# "Harbour to be dredged: The port will …"; not "Q: Why?", not "18:30: …".
_LABELLED = re.compile(r"[\"“‘]?[A-Z0-9ÁÉÍÓÚÑ][^:.!?“”\"]{2,48}: (?=[\"“‘A-ZÁÉÍÓÚÑ0-9])")
_FEWEST_PARAGRAPHS = 4
_SPACED = 0.8
_LONGEST_HEADING = 7  # words
_LONGEST_NOTE = 14  # words
_MOST_LINES = 12
# What no writer of the report would sign: parts of boxes.
_BOXED = frozenset({Role.BOILERPLATE, Role.TEASER, Role.OTHER_STORY})
# "POLL: Should he go?", "The author owns shares in two of the banks."
_NEVER_REPORTED = re.compile(
    r"[A-Z]{3,}(?: [A-Z]+){0,3}: |(?:The|Our|the|our) (?:author|writer|columnist)\b"
)
_QUOTED = re.compile(r"[\"“”„«»]")
# Which share of the names and words of a line the report may know; below a list's heading more.
_KNOWN_NAMES, _KNOWN_WORDS, _MOST_KNOWN = 0.67, 0.4, 0.7


def label_footer(page: Page, lead: int, core: Subject) -> None:
    """Label the open lines of the boxes that end the page."""
    if not _is_spaced(page, lead):
        return
    end = len(page.lines)
    while end > lead + 1:
        begin = end - 1
        while begin > lead + 1 and page.lines[begin].gap == 0:
            begin -= 1
        if not _label_box(page, begin, end, core):
            return
        end = begin


def _is_spaced(page: Page, lead: int) -> bool:
    """Whether the paragraphs of the report have blank lines, or headings, between them."""
    last = lead + 2 * (len(page.lines) - lead) / 3
    paragraphs = [index for index in page.open_paragraphs() if lead < index <= last]
    apart = sum(
        page.lines[index].gap > 0
        or (_is_heading(page, index - 1) and page.lines[index - 1].gap > 0)
        for index in paragraphs
    )
    return len(paragraphs) >= _FEWEST_PARAGRAPHS and apart >= _SPACED * len(paragraphs)


def _is_heading(page: Page, index: int) -> bool:
    line = page.lines[index]
    return not line.is_statement and 0 < len(line.words) <= _LONGEST_HEADING


def _label_box(page: Page, begin: int, end: int, core: Subject) -> bool:
    """Label one block of lines without a gap; say whether the page may have another above.

    What stands below a heading or furniture of the block is part of the box; above it, a
    paragraph with a prompt right below is still the report's.
    """
    block = range(begin, end)
    if all(page.role(index) in FURNITURE for index in block):
        return True
    if len(block) == 1:
        return page.role(begin) is Role.CAPTION or _label_brief(page, begin, core)
    known = [page.role(index) for index in block]
    if len(block) > _MOST_LINES or not any(role in FURNITURE | _BOXED for role in known):
        return False
    boxed = any(role in _BOXED for role in known)
    inside = listing = False
    for index in block:
        line, role = page.lines[index], page.role(index)
        if role is not None:
            inside = inside or role in FURNITURE or (boxed and role is Role.OTHER_STORY)
            listing = listing or role is Role.TEASER
        elif _is_heading(page, index):
            page.label(index, Role.TEASER, "heading in the box that ends the page")
            inside = True
            # A section of the report is not shouted; a list of others often is.
            listing = listing or line.text.isupper()
        elif not inside:
            top = boxed and (index == begin or not page.is_open(index - 1))
            if top and _is_note(line, core):
                page.label(index, Role.BOILERPLATE, "a note on top of the box that ends the page")
            else:
                _label_brief(page, index, core)
        elif _is_note(line, core):
            page.label(index, Role.BOILERPLATE, "a note in the box that ends the page")
        elif listing or _is_titled(line) or _is_elsewhere(page, index, core):
            if shared_share(line, core) <= _MOST_KNOWN:
                page.label(index, Role.OTHER_STORY, "a brief in the box that ends the page")
    return inside and not page.is_open(begin)


def _is_note(line: Line, core: Subject) -> bool:
    """Whether a short line in a box speaks of something else than the report.

    A plain sentence may share no word with it; one that asks, has a label or no full stop
    may share one; one with a shouted label or about its author may share any.
    """
    if line.is_paragraph or len(line.words) > _LONGEST_NOTE or _QUOTED.search(line.text):
        return False
    if _NEVER_REPORTED.match(line.text):
        return True
    plain = line.is_statement and not line.text.endswith("?") and ":" not in line.text
    return shared_words(line, core) <= (0 if plain else 1)


def _label_brief(page: Page, index: int, core: Subject) -> bool:
    """Label a line that begins with a title of its own and goes on about another matter."""
    line = page.lines[index]
    if not page.is_open(index) or not _is_titled(line) or not _is_elsewhere(page, index, core):
        return False
    page.label(index, Role.OTHER_STORY, "a brief with a title of its own, at the end of the page")
    return True


def _is_titled(line: Line) -> bool:
    match = _LABELLED.match(line.text)
    return match is not None and len(match[0].split()) <= _LONGEST_HEADING and line.is_statement


def _is_elsewhere(page: Page, index: int, core: Subject) -> bool:
    line = page.lines[index]
    names = set(find_names(line))
    known = len(names & (core.names | core.words)) / len(names) if names else 0.0
    title = _LABELLED.match(line.text)
    if title is not None and title[0].isupper():
        # "NOTICES: " opens no paragraph of a report, wherever the notice is from.
        known = 0.0
    return known <= _KNOWN_NAMES and shared_share(line, core) <= _KNOWN_WORDS
