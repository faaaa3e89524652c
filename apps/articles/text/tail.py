"""What stands below the last paragraph of a report and looks like sentences: the outlet on itself."""

from __future__ import annotations

import re

from apps.articles.text.labels import Page
from apps.articles.text.lines import Line, make_line, read_words
from apps.articles.text.spans import Span
from apps.articles.text.topics import Subject, find_content, shared_words
from apps.articles.text.types import Role
from apps.articles.text.visitors import PRESENT, has_finite_verb, is_past

LONGEST_NOTE, LONGEST_OFFER, LONGEST_LINE_ON_ITSELF = 40, 20, 16  # words
_SPEECH = re.compile(
    r"[\"“”„«»]|\b(?:said|says?|told|asked|according|warned|showed)\b|\b(?:read|ran|went)\.$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\S[^.!?]*[.!?]*")
_WE = re.compile(r"\b(?:we|us|our)\b")
# "is funded by", "Published by": a state, not something that happened.
_PARTICIPLE = re.compile(
    r"\b(?:is|are|be|been)\b (?:\w+ ){0,4}?\w+ed\b|^\w+ed\b|\w+ed (?:by|with|from|on|under|in)\b"
)
_STATES = frozenset({"is", "are", "be", "can", "may", "must"})
_MONEY = re.compile(r"[$£€¥]\s?\d|\b\d[\d.,]* (?:crowns|dollars|euros|pounds|cents|pence)\b")
_PLACE_TO_WRITE = re.compile(
    r"\b(?:[Bb]ox|[Ss]uite|[Rr]oom) \d+\b|\b[Mm]ember of\b|\b[Pp]ages? \d+"
)
_NAME_RUN = re.compile(r"[A-ZÀ-Þ0-9][\w.&'’-]*(?: [A-ZÀ-Þ0-9][\w.&'’-]*)*")
# Words many outlets have in their names, and sentences of any report begin with.
_COMMON_IN_NAMES = frozenset(
    "city county national state public radio tv television channel press evening morning business united free first".split()
)
# "Copyright Coast Press Agency"; not "Copyright in the plans lies with the board".
_COPYRIGHT = re.compile(r"^(?:Copyright|COPYRIGHT) [A-Z]")
# "Notices: The Star will appear …"
_TITLE = re.compile(r"^[A-Z][\w ]{2,20}: (?=[A-Z])")
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
    found = {word.casefold() for word in re.findall(r"[A-ZÀ-Þ][\w&]+", page.outlet)}
    found -= _COMMON_IN_NAMES
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
    if len(line.text) > 600:
        return ""
    title = _TITLE.match(line.text)
    if title is not None:
        # "Notices: The Star will appear a day late" is judged by what follows.
        line = make_line(line.text, Span(title.end(), len(line.text)))
    if _COPYRIGHT.match(line.text) and len(line.words) <= LONGEST_OFFER:
        return "copyright notice"
    if not line.words or len(line.words) > LONGEST_NOTE or _SPEECH.search(line.text):
        return ""
    words = [word.casefold() for word in line.words]
    own, finite = read_words("outlet_words.txt"), read_words("finite_verbs.txt")
    held = {word for word in words if word in own}
    past = any(
        (
            word != "read"
            and is_past(word)
            and (word not in own or not _PARTICIPLE.search(line.plain))
        )
        or (
            word in finite and word not in PRESENT and not word.endswith("s")
            # "Is put together by", "can be heard", "may read": a state of today.
            and not _STATES & set(words[max(0, at - 2) : at])
        )
        or word == "was"
        for at, word in enumerate(words)
    )  # fmt: skip
    first = words[1] if words[0] == "the" and len(words) > 1 else words[0]
    others = set(find_content(line.words)) - set(find_content([first]))
    known = len(others & core.words)
    # What it says of readers and issues may share more words with a report.
    few = known <= 2 + (len(held) >= 2)
    if not past and first in names and few and (held or not has_finite_verb(line.words)):
        return "the outlet speaks of itself"
    if not past and known <= 1 and len(line.words) <= LONGEST_LINE_ON_ITSELF and first in names:
        return "the outlet speaks of itself"
    speaking = _WE.search(line.plain) is not None or not has_finite_verb(
        tuple(word for word in words if word not in own)
    )
    stating = len(held) >= 3 and re.search(r"\b(?:is|are)\b", line.plain) is not None
    if not past and known <= 1 and ((len(held) >= 2 and speaking) or stating):
        return "says who makes, pays or checks the page"
    if len(line.words) < 3 or shared_words(line, core) > 2:
        return ""
    if _only_calls(line) and len(line.words) <= LONGEST_OFFER:
        return "asks readers for something, below the report"
    if has_finite_verb(line.words):
        return ""
    if _MONEY.search(line.text):
        return "an offer with its price, below the report"
    if _PLACE_TO_WRITE.search(line.text):
        return "an address, below the report"
    return ""


def _only_calls(line: Line) -> bool:
    """Whether every sentence calls on the reader or asks: "Need help? Clip this box."; one call is too few."""
    actions, calls, asks = read_words("page_actions.txt"), 0, 0
    for match in _SENTENCE.finditer(line.text):
        words = match[0].split()
        first = words[0].strip("\"'“‘(").casefold()
        rest = tuple(word.strip(".,!?") for word in words[1:])
        if match[0].rstrip().endswith("?"):
            asks += 1
        elif first in actions and rest and rest[0] != "and" and not rest[0][:1].isupper():
            if has_finite_verb(rest):
                return False
            calls += 1 + (rest[-1] in ("here", "below", "now"))
        else:
            return False
    return calls >= 1 and calls + asks >= 2
