"""What stands below the last paragraph of a report and looks like sentences: the outlet on itself."""

from __future__ import annotations

import re

from apps.articles.text.labels import Page
from apps.articles.text.lines import Line, read_words
from apps.articles.text.topics import Subject, find_content, shared_words
from apps.articles.text.types import Role
from apps.articles.text.visitors import has_finite_verb, is_past

LONGEST_NOTE, LONGEST_OFFER = 40, 20  # words
_SPEECH = re.compile(
    r"[\"“”„«»]|\b(?:said|says?|told|asked|according|warned|showed)\b|\b(?:read|ran|went)\.$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\S[^.!?]*[.!?]*")
_MONEY = re.compile(r"[$£€¥]\s?\d|\b\d[\d.,]* (?:crowns|dollars|euros|pounds|cents|pence)\b")
_PLACE_TO_WRITE = re.compile(r"\b(?:[Bb]ox|[Ss]uite|[Rr]oom) \d+\b|\b[Mm]ember of\b")
_PRESENT = frozenset(
    "am are is be been being has have do does can may will cannot continue remain subscribe".split()
)
_NAME_RUN = re.compile(r"[A-ZÀ-Þ0-9][\w.&'’-]*(?: [A-ZÀ-Þ0-9][\w.&'’-]*)*")
# Words of mastheads that name sections and days, not the outlet.
_NOT_A_NAME = frozenset(
    "the a news live daily updated published home alerts jobs shop by photo photos picture courtesy credit".split()
)


def find_outlet_names(page: Page, lead: int) -> frozenset[str]:
    """Return the words an outlet's name may begin with, case folded.

    Method: the first names of what stands above the report as furniture or byline, of
    copyright lines and of picture credits ("Star/Ann Lee"), and the outlet the source
    states.
    """
    found: set[str] = {page.outlet.casefold().split(" ")[0]} if page.outlet else set()
    for index, label in page.labels.items():
        text = page.lines[index].text
        if label.role is Role.BOILERPLATE and index < lead and len(text) <= 200:
            text = text.removeprefix("The ").removeprefix("THE ")
        elif label.role is Role.BYLINE and index < lead and "," in text and len(text) <= 200:
            text = text.rsplit(",", 1)[1].strip()
        elif label.role in (Role.CAPTION, Role.CREDIT) and "/" in text[-80:]:
            text = re.split(r"[(\[.:]\s*", text[-80:].rsplit("/", 1)[0])[-1].strip()
        else:
            continue
        run = _NAME_RUN.match(text)
        if run is not None:
            found.add(run[0].split(" ")[0].casefold().strip(".'’"))
    return frozenset(word for word in found if len(word) > 1) - _NOT_A_NAME


def label_tail(page: Page, lead: int, core: Subject) -> None:
    """Label notes of the outlet on itself, from the bottom up to the first sentence of the report."""
    names = find_outlet_names(page, lead)
    lines = page.lines
    for index in range(len(lines) - 1, lead + 1, -1):
        if not page.is_open(index):
            if page.role(index) in (Role.HEADLINE, Role.BODY):
                return
            continue
        reason = _find_note(lines[index], names, core)
        if reason:
            page.label(index, Role.BOILERPLATE, reason)
        elif lines[index].is_prose or lines[index].is_statement:
            return


def _find_note(line: Line, names: frozenset[str], core: Subject) -> str:
    if not line.words or len(line.words) > LONGEST_NOTE or _SPEECH.search(line.text):
        return ""
    words = [word.casefold() for word in line.words]
    own, finite = read_words("outlet_words.txt"), read_words("finite_verbs.txt")
    held = {word for word in words if word in own}
    past = any(
        (is_past(word) and word not in own)
        or (word in finite and word not in _PRESENT and not word.endswith("s"))
        or word == "was"
        for word in words
    )
    first = words[1] if words[0] == "the" and len(words) > 1 else words[0]
    others = set(find_content(line.words)) - set(find_content([first]))
    known = len(others & core.words)
    if not past and first in names and known <= 2 and (held or not has_finite_verb(line.words)):
        return "the outlet speaks of itself"
    if not past and len(held) >= 2 and known <= 1:
        return "says who makes, pays or checks the page"
    if len(line.words) < 3 or shared_words(line, core) > 2:
        return ""
    if _only_calls(line) and len(line.words) <= LONGEST_OFFER:
        return "asks readers for something, below the report"
    if has_finite_verb(line.words) or shared_words(line, core) > 1:
        return ""
    if _MONEY.search(line.text):
        return "an offer with its price, below the report"
    if _PLACE_TO_WRITE.search(line.text):
        return "an address, below the report"
    return ""


def _only_calls(line: Line) -> bool:
    """Whether every sentence calls on the reader or asks, and one calls: "Need help? Clip this box."."""
    actions, called = read_words("page_actions.txt"), False
    for match in _SENTENCE.finditer(line.text):
        words = match[0].split()
        first = words[0].strip("\"'“‘(").casefold()
        rest = tuple(words[1:])
        if first in actions and rest and rest[0] != "and" and not rest[0][0].isupper():
            if has_finite_verb(tuple(word.strip(".,!?") for word in rest)):
                return False
            called = True
        elif not match[0].rstrip().endswith("?"):
            return False
    return called
