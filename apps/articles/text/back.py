"""What stands around and below the report: lists of stories, prompts, briefs, a second story."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from apps.articles.text.bylines import find_dateline
from apps.articles.text.cues import find_cue
from apps.articles.text.furniture import find_furniture_cue, is_contact, is_furniture
from apps.articles.text.labels import Page
from apps.articles.text.lines import make_line
from apps.articles.text.prompts import is_author_note, is_media_call, is_prompt
from apps.articles.text.spans import Span
from apps.articles.text.topics import (
    Subject,
    describe,
    find_appended_story,
    find_names,
    is_off_subject,
    shared_words,
    stem,
)
from apps.articles.text.types import Role
from apps.articles.text.visitors import find_visitor_line

LONGEST_BOX = 4  # lines
LONGEST_SIGNATURE = 9  # words

# "MARKETS: ", "Weather: ", "IN BRIEF. Water board: ", "ELSEWHERE | ".
_LABELLED = re.compile(
    r"((?:[A-Z][A-Z'’& ]{2,25}[.|–—-]\s+)?[A-Z][\w'’& ]{1,30}):\s+(?=\S)"
    r"|([A-Z][A-Z'’& ]{2,30})(?:\.| ?[|–—-])\s+(?=\S)"
)
# Labels that lead away from the story, whatever follows: "From our newsroom: ", "Also tonight: ".
_ELSEWHERE = re.compile(
    r"(?:from (?:our|the) |also\b|more |other |elsewhere|next\b|up next|coming up|meanwhile|separately|in (?:other|brief)\b"
    r"|around |in case you|(?:today|tonight|this week)\b)"
)


def label_teasers(page: Page, lead: int) -> None:
    """Label headings of lists of other stories, and the headlines below them."""
    last = max(page.open_paragraphs(), default=-1)
    index = lead + 1
    while index < len(page.lines):
        line = page.lines[index]
        cue = find_cue(line, "heading") if page.is_open(index) and len(line.words) <= 8 else None
        if cue is None or line.is_prose:
            index += 1
            continue
        page.label(index, Role.TEASER, cue.reason)
        index += 1
        while index < len(page.lines):
            below = page.lines[index]
            if page.role(index) is Role.BOILERPLATE:
                break
            if page.is_open(index):
                if below.is_paragraph or (below.is_prose and index < last):
                    break
                if find_cue(below, "heading") is not None:
                    break
                # Within the report a blank line ends the list: a heading may follow.
                if index < last and below.gap > 0 and page.lines[index - 1].gap == 0:
                    break
                page.label(index, Role.TEASER, f"in a list of other stories below “{line.text}”")
            index += 1


def label_prompts(page: Page, lead: int) -> None:
    """Label what the outlet says to its visitors about itself, and notes on its writers."""
    outlet = frozenset(word.casefold() for word in re.findall(r"\w{3,}", page.outlet)) - {
        "the",
        "news",
    }
    writers = frozenset(
        word.casefold()
        for index in page.labels
        if page.role(index) is Role.BYLINE
        for word in page.lines[index].words
        if word[0].isupper() and len(word) > 2
    )
    last = max(page.open_paragraphs(), default=-1)
    for index, line in enumerate(page.lines):
        if not page.is_open(index) or index == lead:
            continue
        if is_prompt(line, outlet):
            page.label(index, Role.BOILERPLATE, "asks visitors of the page for something")
        elif index > lead and (reason := find_visitor_line(line)):
            page.label(index, Role.BOILERPLATE, reason)
        elif index > lead and is_media_call(line):
            page.label(index, Role.TEASER, "calls to watch, read or listen to something else")
        elif index >= last and index > lead and is_author_note(line, writers):
            page.label(index, Role.BYLINE, "says who the writer is")


def label_between_furniture(page: Page, core: Subject) -> None:
    """Label short lines between two parts of the page's furniture: parts of one box.

    A sentence is left alone unless the box goes on with four lines of furniture around
    it, and whatever speaks of the story stays.
    """
    lines = page.lines
    index = 0
    while index < len(lines):
        if not page.is_open(index):
            index += 1
            continue
        end = index
        while end < len(lines) and page.is_open(end) and not lines[end].is_paragraph:
            end += 1
        enclosed = is_box(page, index - 1) and is_box(page, end)
        if enclosed and end - index <= LONGEST_BOX:
            thick = sum(is_box(page, i) for i in (index - 2, index - 1, end, end + 1)) == 4
            for inner in range(index, end):
                short = len(lines[inner].words) <= 20 and (not lines[inner].is_statement or thick)
                if short and shared_words(lines[inner], core) <= 1:
                    page.label(
                        inner, Role.BOILERPLATE, "stands between parts of the page's furniture"
                    )
        index = max(end, index + 1)


def is_box(page: Page, index: int) -> bool:
    """Whether a line is part of a box of the page: prompts, buttons, lists of stories."""
    return page.role(index) in (Role.BOILERPLATE, Role.TEASER)


def label_rubrics(page: Page, core: Subject) -> None:
    """Label briefs on other subjects: "MARKETS: The crown fell …" below the report."""
    lines = page.lines
    under_heading = False
    # A transcript names its speakers again and again: "LUND: No." "HOST: Why?"
    openings = Counter(_name_of(match) for line in lines if (match := _LABELLED.match(line.text)))
    for index, line in enumerate(lines):
        role = page.role(index)
        if role is Role.TEASER and find_cue(line, "heading") is not None:
            under_heading = index > len(lines) / 2
            continue
        if role is not None or not line.is_prose or index <= len(lines) / 2:
            continue
        label = _LABELLED.match(line.text)
        cue = find_cue(line, "rubric") if len(line.words) <= 40 else None
        rubric = label is not None and (cue is not None or _is_rubric(_name_of(label)))
        shouted = (
            label is not None
            and label[1] is not None
            and _name_of(label).isupper()
            and len(_name_of(label).split()) <= 3
            and openings[_name_of(label)] == 1
            and not {stem(word) for word in _name_of(label).split()} & core.names
        )
        if not (rubric or shouted or (under_heading and label is not None)):
            continue
        names = (
            set(find_names(make_line(line.text, Span(label.end(), len(line.text)))))
            if label
            else set()
        )
        known = len(names & (core.names | core.words)) / len(names) if names else 0.0
        most = 0.6 if under_heading else 0.5 if rubric else 0.34
        if known <= most and (names or is_off_subject([line], core)):
            page.label(
                index,
                Role.OTHER_STORY,
                f"a brief on another subject, “{_name_of(label) if label else ''}”",
            )


def _name_of(label: re.Match[str]) -> str:
    return (label[1] or label[2]).strip()


def _is_rubric(label: str) -> bool:
    name = re.split(r"[.|–—]\s", label)[0] + ":"
    line = make_line(name, Span(0, len(name)))
    return _ELSEWHERE.match(line.plain) is not None or find_cue(line, "rubric") is not None


def label_appended_story(page: Page, core: Subject) -> None:
    """Label a second story of several paragraphs that was pasted along with the first."""
    lines = page.lines
    paragraphs = [i for i in range(len(lines)) if lines[i].is_prose and page.is_open(i)]
    breaks: list[int] = []
    marked: list[int] = []
    for above, index in pairwise(paragraphs):
        between = range(above + 1, index)
        # "4 min read" names no writer.
        signed = any(
            page.role(i) is Role.BYLINE
            and len(lines[i].words) <= LONGEST_SIGNATURE
            and find_names(lines[i])
            for i in between
        )
        if find_dateline(lines[index].text) or signed:
            marked.append(index)
        elif any(not page.is_open(i) for i in between):
            breaks.append(index)
    found = find_appended_story(lines, paragraphs, breaks, marked=marked)
    if found is None:
        return
    begin = found.index
    story = describe(lines[index] for index in paragraphs if index >= begin)
    own = story.names - core.names
    # Its headline and its byline stand above its first paragraph.
    while begin > 0 and begin - 1 not in paragraphs and page.role(begin - 1) is not Role.CAPTION:
        heading = lines[begin - 1]
        if not page.is_open(begin - 1) and page.role(begin - 1) is not Role.BYLINE:
            break
        if page.is_open(begin - 1) and not set(find_names(heading)) & own:
            break
        begin -= 1
    end = max(
        index
        for index in range(begin, len(lines))
        if page.is_open(index) or page.role(index) in (Role.BYLINE, Role.CAPTION, Role.OTHER_STORY)
    )
    for index in range(begin, end + 1):
        role = page.role(index)
        if role is Role.CAPTION and set(find_names(lines[index])) & (core.names - story.names):
            continue
        if role in (None, Role.BYLINE, Role.DATELINE, Role.CAPTION, Role.CREDIT, Role.OTHER_STORY):
            reason = (
                found.reason
                if index == found.index
                else "belongs to the other story that begins above"
            )
            page.relabel(index, Role.OTHER_STORY, reason)


def label_end(page: Page, core: Subject) -> None:
    """Label what stands below the last paragraph of the report."""
    lines = page.lines
    # Prompts that might be news elsewhere ("the group is a registered charity") are
    # prompts here: walk up from the bottom as long as there is no plain paragraph.
    index = len(lines) - 1
    while index >= 0:
        line = lines[index]
        if page.is_open(index):
            cue = find_furniture_cue(line, tail=True) if index else None
            if cue is not None:
                page.label(index, Role(cue.kind), cue.reason)
            elif is_contact(line) and not line.is_paragraph:
                page.label(
                    index,
                    Role.BOILERPLATE,
                    "an address to write to or click on, at the end of the page",
                )
            elif line.is_prose or (not is_furniture(page, index + 1) and index + 1 < len(lines)):
                break
        elif page.role(index) in (Role.HEADLINE, Role.BODY, Role.OTHER_STORY):
            break
        index -= 1
    last = _last_prose(page, len(lines))
    # A short sentence off the subject deep among furniture does not hold up the report's end.
    while last > 0 and not lines[last].is_paragraph and shared_words(lines[last], core) <= 1:
        above = [i for i in range(max(0, last - 4), last) if is_box(page, i)]
        if len(above) < 3 or not is_box(page, last - 1):
            break
        page.label(last, Role.BOILERPLATE, "a short sentence among the page's furniture")
        last = _last_prose(page, last)
    below_furniture = False
    for index in range(last + 1, len(lines)):
        if not page.is_open(index):
            below_furniture = below_furniture or is_furniture(page, index)
            continue
        line = lines[index]
        if last < 0 or line.is_statement:
            continue
        if len(line.words) <= 3:
            page.label(index, Role.BOILERPLATE, "a short label below the report")
        elif below_furniture:
            page.label(index, Role.TEASER, "a headline below the report, among page furniture")
        elif (
            not line.is_bullet
            and not shared_words(line, core)
            and not lines[last].text.endswith(":")
        ):
            page.label(
                index, Role.TEASER, "a headline below the report that shares no word with it"
            )


def _last_prose(page: Page, end: int) -> int:
    """Return the last open line of sentences above *end*, -1 without one."""
    for index in range(end - 1, -1, -1):
        if page.is_open(index) and page.lines[index].is_prose:
            return index
    return -1
