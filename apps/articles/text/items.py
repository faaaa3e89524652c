"""Short items on other subjects below a report: under a label of their own, or after a break."""

from __future__ import annotations

from collections.abc import Sequence

from apps.articles.text.cues import find_cue
from apps.articles.text.labels import Page
from apps.articles.text.lines import Line
from apps.articles.text.topics import Subject, describe, find_content, find_names, is_off_subject
from apps.articles.text.types import Role
from apps.articles.text.visitors import has_finite_verb

LONGEST_LABEL = 5  # words
MOST_ITEM_PARAGRAPHS = 5
LONGEST_ITEM = 40  # lines
# Labels looked below; a page with more of them is a list.
MOST_TRIES = 20
FEWEST_REPORT_PARAGRAPHS = 3
# An item without a label has to be as far from the report as two stories are.
FEWEST_NAMES, FEWEST_ITEM_WORDS, MOST_SHARED = 2, 12, 0.12


def label_items(page: Page) -> None:
    """Label appended short items as another story, together with their labels, pictures and writers."""
    lines = page.lines
    paragraphs = page.open_paragraphs()
    if len(paragraphs) <= FEWEST_REPORT_PARAGRAPHS:
        return
    least = paragraphs[FEWEST_REPORT_PARAGRAPHS - 1]
    tries = 0
    for index in range(max(least + 1, len(lines) // 2), len(lines)):
        if tries >= MOST_TRIES:
            break
        if not is_item_label(page, index):
            continue
        block = _block(page, index + 1)
        prose = [lines[i] for i in block if lines[i].is_prose]
        if not 0 < len(prose) <= MOST_ITEM_PARAGRAPHS or any(line.is_bullet for line in prose):
            continue
        tries += 1
        report = describe(lines[i] for i in paragraphs if i < index)
        if _is_rubric_label(lines[index]):
            apart = is_off_subject(prose, report)
        else:
            apart = _is_apart(prose, report, 0.2, 0.25)
        if apart:
            page.relabel(index, Role.TEASER, "label of an item on another subject")
            _take(page, block, f"an item on another subject below “{lines[index].text}”", report)
            return
    _label_after_break(page, paragraphs, least)


def is_item_label(page: Page, index: int) -> bool:
    """Whether a line is no more than the name of a rubric: "The Latest:", "ELSEWHERE"."""
    line = page.lines[index]
    if page.role(index) not in (None, Role.TEASER, Role.BOILERPLATE) or line.is_prose:
        return False
    if not 0 < len(line.words) <= LONGEST_LABEL or index + 1 >= len(page.lines):
        return False
    if _is_rubric_label(line):
        return True
    if not page.is_open(index):
        return False
    shaped = line.text.endswith(":") or (line.text.isupper() and not line.is_statement)
    return (
        shaped
        and not line.is_bullet
        and not has_finite_verb(line.words)
        and not any(character.isdigit() for character in line.text)
    )


def _is_rubric_label(line: Line) -> bool:
    return find_cue(line, "rubric", "heading") is not None


def _block(page: Page, first: int) -> list[int]:
    """Return the lines from *first* on that may belong to one item: no furniture of the page between."""
    block: list[int] = []
    paragraphs = 0
    for index in range(first, min(len(page.lines), first + LONGEST_ITEM)):
        paragraphs += page.lines[index].is_prose
        if paragraphs > MOST_ITEM_PARAGRAPHS + 1:
            break
        if page.role(index) in (Role.BOILERPLATE, Role.TEASER, Role.HEADLINE):
            if page.lines[index].is_prose or not block:
                continue
            break
        block.append(index)
    return block


def _label_after_break(page: Page, paragraphs: list[int], least: int) -> None:
    """Label the last paragraphs below a break that name nobody and nothing the report names."""
    lines = page.lines
    last = paragraphs[-1]
    start = last
    while start > least and page.is_open(start - 1) and start - 1 in paragraphs:
        start -= 1
    if start <= least or start < len(lines) / 2 or last - start >= MOST_ITEM_PARAGRAPHS:
        return
    above = page.labels.get(start - 1)
    if above is None or above.role not in (Role.BOILERPLATE, Role.TEASER):
        return
    item = [lines[index] for index in range(start, last + 1)]
    report = describe(lines[i] for i in paragraphs if i < start)
    ruled = not lines[start - 1].words
    most_known, most_shared = (0.2, 0.2) if ruled else (0.0, MOST_SHARED)
    if _is_apart(item, report, most_known, most_shared):
        reason = "an item after a break that shares no name with the report"
        _take(page, list(range(start, len(lines))), reason, report)


def _is_apart(item: Sequence[Line], report: Subject, most_known: float, most_shared: float) -> bool:
    """Whether at most these shares (0 to 1) of the names and words of *item* occur in *report*.

    At (0, 0.12) two in a hundred ends of single articles on politics are apart, at
    (0.2, 0.2) five; of beginnings of other articles on the same politics 12 and 36.
    """
    names = {name for line in item for name in find_names(line)}
    words = {word for line in item for word in find_content(line.words)}
    return (
        len(names) >= FEWEST_NAMES
        and len(words) >= FEWEST_ITEM_WORDS
        and len(names & (report.names | report.words)) <= most_known * len(names)
        and len(words & report.words) <= most_shared * len(words)
    )


def _take(page: Page, block: list[int], reason: str, report: Subject) -> None:
    for index in block:
        role, line = page.role(index), page.lines[index]
        if role is Role.CAPTION and _is_of(line, report):
            continue
        if role in (None, Role.BYLINE, Role.DATELINE, Role.CAPTION, Role.CREDIT):
            page.relabel(index, Role.OTHER_STORY, reason)


def _is_of(line: Line, report: Subject) -> bool:
    names = set(find_names(line))
    return bool(names & report.names)
