"""What part of a page each stretch of its text is.

A pasted page is cut into lines, every line gets a role, and the reason is kept in words
that a person can check. Nothing is removed and nothing is rewritten: a person can
relabel any span, and theirs is the last word.

Rules run one after the other, the surest first; what no rule claims is body. Losing a
sentence of the report is worse than keeping a line too many, so a rule that would take
running text away needs two independent kinds of evidence.

Headings of sections within the report are ``headline`` (they are titles of what
follows), with :data:`SECTION_HEADING` as their reason. They claim nothing that the
section below does not say in full, so nothing should be compared with them; ask
:func:`is_section_heading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from apps.articles.text.back import (
    label_appended_story,
    label_between_furniture,
    label_end,
    label_prompts,
    label_rubrics,
    label_teasers,
)
from apps.articles.text.bylines import find_dateline, split_parts
from apps.articles.text.cues import find_cue
from apps.articles.text.footers import label_footer
from apps.articles.text.front import SUMMARY_HEADING, find_lead, label_front, label_title
from apps.articles.text.furniture import (
    is_furniture,
    label_furniture,
    label_pictures,
)
from apps.articles.text.items import label_items
from apps.articles.text.labels import Label, Page
from apps.articles.text.lines import Line, make_line, plain_text, split_lines
from apps.articles.text.pictures import find_credit
from apps.articles.text.spans import Span, trim_span
from apps.articles.text.tail import label_tail
from apps.articles.text.topics import (
    Subject,
    describe,
    shared_words,
)
from apps.articles.text.types import Role, SegmentDraft

SECTION_HEADING = "heading of the section below"
BY_A_PERSON = "labelled by a person"
LONGEST_HEADING = 14  # words

# "Oslo: The bridge fell"; whether it is a place is asked of the rest of the page.
_COLON_DATELINE = re.compile(
    r"([A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,2}): (?=[\"“‘']?[A-ZÀ-Þ0-9])"
)
# "Q: Why now?", "LUND: No."; not "Conclusion: A year of waiting".
_SPEAKER = re.compile(r"(?:[QA]|[A-Z][A-Z .'’]+):\s")


def is_section_heading(segment: SegmentDraft) -> bool:
    """Whether *segment* is a heading within the report or of its summary, not the article's headline."""
    return segment.role is Role.HEADLINE and segment.reason.startswith(
        (SECTION_HEADING, SUMMARY_HEADING)
    )


def label_roles(
    text: str, *, title: str = "", outlet: str = "", corrections: Sequence[tuple[Span, Role]] = ()
) -> list[SegmentDraft]:
    """Return the segments of *text*: in order, not overlapping, no visible character left out.

    *title* and *outlet* are what the source states, "" if nothing. *corrections* are
    spans a person labelled; the last one wins where they overlap. A segment is a
    paragraph or a part of one (dateline, picture credit). ``duplicate_of`` names the
    first segment with the same words. Never raises; empty for a text of white space.
    """
    page = Page(_read_lines(text), title, outlet)
    label_title(page)
    label_furniture(page)
    label_pictures(page)
    _label_inline_headers(page)
    _label_points_elsewhere(page)
    lead = find_lead(page)
    label_front(page, lead)
    _label_run_ons(page)
    core = _find_core(page)
    label_teasers(page, lead)
    label_prompts(page, lead)
    label_between_furniture(page, core)
    label_rubrics(page, core)
    label_footer(page, lead, core)
    label_appended_story(page, core)
    label_items(page)
    label_tail(page, lead, core)
    label_end(page, core)
    _label_headings(page, lead)
    pieces = [piece for index in range(len(page.lines)) for piece in _cut(text, page, index)]
    pieces = _apply_corrections(text, pieces, corrections)
    return _mark_duplicates(text, pieces)


def _read_lines(text: str) -> list[Line]:
    """Return the lines of *text*, with a line that carries the page's whole head cut up."""
    lines: list[Line] = []
    for line in split_lines(text):
        parts = split_parts(line.text) if len(line.text) < 3000 else []
        last = line.text[parts[-1][0] :] if len(parts) >= 3 else ""
        # "Bridge falls \ The Star \ Ann Lee \ A bridge fell on Monday, killing no one."
        if (
            len(lines) < 15
            and len(last.split()) >= 12
            and line.is_statement
            and all(0 < end - start <= 120 for start, end in parts[:-1])
        ):
            base = line.span.start
            for number, (start, end) in enumerate(parts):
                # Separators belong to the part above, so that no character is lost.
                stop = parts[number + 1][0] if number + 1 < len(parts) else len(line.text)
                span = trim_span(text, base + (start if number else 0), base + stop)
                if span is not None:
                    piece = make_line(text, span, line.gap if number == 0 else -1)
                    piece = replace(piece, plain=plain_text(line.text[start:end]))
                    lines.append(piece)
        else:
            lines.append(line)
    return lines


def _label_inline_headers(page: Page) -> None:
    """Label the sentence that ends a line of headline, outlet and writers: a deck."""
    for index, line in enumerate(page.lines):
        follows = index > 0 and line.gap == -1
        ends = index + 1 == len(page.lines) or page.lines[index + 1].gap != -1
        if follows and ends and page.is_open(index):
            page.label(index, Role.DECK, "sums up in the line that carries headline and writers")
        elif follows and len(line.words) <= 6:
            page.label(
                index, Role.BYLINE, "between headline and first sentence, in one line with them"
            )


def _label_run_ons(page: Page) -> None:
    """Label a line that continues the sentence of the line above like that line."""
    for index in range(1, len(page.lines)):
        above, line = page.lines[index - 1], page.lines[index]
        label = page.labels.get(index - 1)
        if (
            label is not None
            and label.role is Role.BOILERPLATE
            and page.is_open(index)
            and line.gap == 0
            and line.text[0].islower()
            and not above.is_statement
            and len(above.words) >= 4
        ):
            page.label(index, label.role, "continues the line above")


def _find_core(page: Page) -> Subject:
    """Return what the page's story is about: its headline and its first paragraphs."""
    heads = [
        line for i, line in enumerate(page.lines) if page.role(i) in (Role.HEADLINE, Role.DECK)
    ]
    # A brief on another subject may be the fourth paragraph of a short page.
    paragraphs = [
        index
        for index in page.open_paragraphs()
        if index <= len(page.lines) / 2 or not _SPEAKER.match(page.lines[index].text)
    ]
    first = paragraphs[: max(4, len(paragraphs) // 3)]
    return describe([*heads, *(page.lines[index] for index in first)])


def _label_points_elsewhere(page: Page) -> None:
    """Label lines that name other stories in so many words ("RELATED: …")."""
    for index, line in enumerate(page.lines):
        if not page.is_open(index) or line.is_paragraph:
            continue
        cue = find_cue(line, "teaser")
        # A headline may begin "Watch: "; then it stands first.
        if cue is not None and index > 0:
            page.label(index, Role.TEASER, cue.reason)


def _label_headings(page: Page, lead: int) -> None:
    """Label headings of sections, and everything still open as body."""
    lines = page.lines
    for index, line in enumerate(lines):
        if not page.is_open(index):
            continue
        below = next((i for i in range(index + 1, len(lines)) if not is_furniture(page, i)), None)
        if (
            index > lead
            and 0 < len(line.words) <= LONGEST_HEADING
            and (not line.is_statement or line.text.endswith("?"))
            and not line.is_bullet
            and line.text[0] not in "“\"‘'(—–-"
            and not line.text[0].islower()
            and re.search(r"[^\W\d_]{3}", line.text) is not None
            and _SPEAKER.match(line.text) is None
            and line.text[-1] not in ":,;—–-"
            and below is not None
            and lines[below].is_prose
            and page.role(below) is None
            and (index == 0 or lines[index - 1].is_prose or not page.is_open(index - 1))
        ):
            if (
                _is_title_case(line)
                or line.is_statement
                or shared_words(line, _section(lines, below))
            ):
                page.label(index, Role.HEADLINE, SECTION_HEADING)
            else:
                page.label(index, Role.TEASER, "a line that shares no word with what follows")
        else:
            page.label(index, Role.BODY, "text of the report")


def _section(lines: Sequence[Line], first: int) -> Subject:
    """Return what the paragraphs below a heading are about."""
    return describe(lines[first : first + 4])


def _is_title_case(line: Line) -> bool:
    """Whether most longer words of *line* are capitalised: "A Search Until Dark"."""
    longer = [word for word in line.words[1:] if len(word) > 3]
    return (
        sum(word[0].isupper() for word in longer) > len(longer) / 2
        if longer
        else len(line.words) > 1
    )


def _cut(text: str, page: Page, index: int) -> Iterable[tuple[Span, Label]]:
    """Yield the segments of a line: a dateline and a picture credit stand by themselves."""
    line, label = page.lines[index], page.labels[index]
    if label.role is Role.BODY:
        follows = any(
            page.role(above) is Role.BODY and page.lines[above].is_paragraph
            for above in range(max(0, index - 3), index)
        )
        end = 0 if follows else find_dateline(line.text) or _find_colon_dateline(text, line)
        if end:
            dateline = trim_span(text, line.span.start, line.span.start + end)
            rest = trim_span(text, line.span.start + end, line.span.end)
            if dateline is not None and rest is not None:
                yield (
                    dateline,
                    Label(Role.DATELINE, "place and agency in front of the first sentence"),
                )
                yield rest, label
                return
    if label.role is Role.CAPTION:
        credit = find_credit(line)
        caption = trim_span(text, line.span.start, credit.start) if credit is not None else None
        if credit is not None and caption is not None:
            yield caption, label
            yield credit, Label(Role.CREDIT, "names where the picture comes from")
            return
    yield line.span, label


def _find_colon_dateline(text: str, line: Line) -> int:
    """Return where "Oslo: " in front of a report ends, 0 if it is no place.

    A word before a colon is a place when the page says "in Oslo" or "from Oslo" too.
    """
    match = _COLON_DATELINE.match(line.text)
    if match is None or not line.is_paragraph:
        return 0
    place = re.compile(
        rf"\b(?:in|at|from|near|to|of|between|around|outside) {re.escape(match[1])}\b"
    )
    return (
        match.end()
        if place.search(text, line.span.end) or place.search(line.text, match.end())
        else 0
    )


def _apply_corrections(
    text: str, pieces: list[tuple[Span, Label]], corrections: Sequence[tuple[Span, Role]]
) -> list[tuple[Span, Label]]:
    """Return *pieces* cut at the edges of *corrections*, with the person's label inside."""
    for correction, role in corrections:
        cut: list[tuple[Span, Label]] = []
        for span, label in pieces:
            if not span.overlaps(correction):
                cut.append((span, label))
                continue
            start, end = max(span.start, correction.start), min(span.end, correction.end)
            for left, right, kept in (
                (span.start, start, label),
                (start, end, Label(role, BY_A_PERSON)),
                (end, span.end, label),
            ):
                part = trim_span(text, left, right)
                if part is not None:
                    cut.append((part, kept))
        pieces = cut
    return pieces


def _mark_duplicates(text: str, pieces: Sequence[tuple[Span, Label]]) -> list[SegmentDraft]:
    first: dict[str, int] = {}
    segments: list[SegmentDraft] = []
    for index, (span, label) in enumerate(pieces):
        # What stood between parts of a line ("Bridge falls | The Star") does not count.
        plain = plain_text(span.of(text)).strip(" \\|·•")
        earlier = first.setdefault(plain, index)
        if earlier == index:
            segments.append(SegmentDraft(span, label.role, label.reason))
        else:
            reason = f"{label.reason}; repeats an earlier part of the page"
            segments.append(SegmentDraft(span, label.role, reason, duplicate_of=earlier))
    return segments
