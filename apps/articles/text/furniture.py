"""Page furniture: lines that a visitor of the page needs and a reader of the news does not."""

from __future__ import annotations

import re

from apps.articles.text.bylines import (
    has_time,
    is_byline,
    is_contributor_note,
    is_only_time,
    split_parts,
)
from apps.articles.text.cues import Cue, find_cue, find_cues
from apps.articles.text.labels import FURNITURE, Page
from apps.articles.text.lines import Line
from apps.articles.text.pictures import (
    CAPTION_SCORE,
    PictureEvidence,
    is_credit_line,
    weigh_picture,
)
from apps.articles.text.types import Role
from apps.articles.text.visitors import has_finite_verb

# "118 Kiln Lane", "12 North Harbour Rd., Elden"; not "304 people on Main Street died."
_STREET = re.compile(
    r"\b\d{1,5}[A-Z]? (?:[NSEW]\.? )?(?:[A-Z0-9][\w.'’-]* ){0,4}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Plaza|Square|Sq|Court|Ct|Pkwy|Parkway|Hwy|Highway|Pl|Place|Terrace)\b"
)
_POSTCODE = re.compile(
    r"\b[A-Z]{2} \d{5}(?:-\d{4})?$|\b(?:P\.?O\.? ?Box|Suite|Floor) \d+|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$"
)
_PHONE = re.compile(
    r"(?:tel|phone|fax|call)[.:]? *[+(]?\d[\d ()./-]{6,}$|^[+(]?\d[\d ()./-]{8,}$", re.IGNORECASE
)
_PHONE_END = re.compile(r"[\d ()./-]{6}")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|https?://|www\.\w", re.IGNORECASE)
# "LISTEN · 3:41", "VIDEO 2:14 Bridge from above", "3:41 Listen".
_PLAYER = re.compile(
    r"^(?:[▶►⏵▸]\s*\d{1,2}:\d\d\b|(?:listen|video|watch|audio|play|podcast|live)\b[\W_]*\d{1,2}:\d\d\b|\d{1,2}:\d\d$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^[(\[]?\d{1,2}[.):\]] ")
_TAG = re.compile(r"^(?:</?[a-zA-Z!][^<>]*>\s*)+$")
_WORDLESS = re.compile(r"^[\W_]*$")
_STARS = re.compile(r"[★☆⭐]{2,}")
_EM_HANDLE = re.compile(r"^(?:[—–-] )?.{0,60}\(@\w+\)|^@\w+$|pic\.twitter\.com/\w+$")
_CLOCK = re.compile(r"^\d{1,2}[:.]\d\d$")
_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun|to|yester)day\b|\bago\b")
_SLASHED = re.compile(r"\s+(?:/|//|>|»|▸)\s+")
MOST_WORDS_IN_A_LINK, MOST_WORDS_IN_AN_OFFER = 5, 9
CAPTION_BOX = 6  # lines: a caption, its buttons, its credit once more


def label_furniture(page: Page) -> None:
    """Label lines whose own words show that they are no text of the article."""
    for index, line in enumerate(page.lines):
        if not page.is_open(index):
            continue
        found = _find_furniture(line)
        if found is not None:
            page.label(index, *found)
    _label_addresses(page)


def _find_furniture(line: Line) -> tuple[Role, str] | None:
    if _WORDLESS.match(line.text):
        return Role.BOILERPLATE, "a rule or sign without words"
    if len(line.text) <= 600:
        if _TAG.match(line.text):
            return Role.BOILERPLATE, "markup left over from the page"
        if _PLAYER.match(line.text) and not line.is_paragraph:
            return Role.BOILERPLATE, "button of a player, with its length"
        if is_byline(line):
            return Role.BYLINE, "names the writer after “By”"
        if is_contributor_note(line):
            return Role.BYLINE, "says who else reported"
        if is_only_time(line):
            return Role.DATELINE, "is a date or time and nothing else"
        if (
            ("@" in line.text or "pic." in line.text)
            and _EM_HANDLE.search(line.text)
            and not line.is_paragraph
        ):
            return Role.BOILERPLATE, "signature of an embedded post"
    cue = find_furniture_cue(line)
    if cue is not None:
        return Role(cue.kind), cue.reason
    if _STARS.search(line.text) and not line.is_paragraph:
        return Role.BOILERPLATE, "stars of a rating"
    if is_link_row(line):
        return Role.BOILERPLATE, "a row of links"
    if _PHONE_END.match(line.text[-6:]) and _PHONE.search(line.text) and not line.is_paragraph:
        return Role.BOILERPLATE, "a telephone number"
    return None


def find_furniture_cue(line: Line, *, tail: bool = False) -> Cue | None:
    """Return the cue that makes *line* boilerplate, byline or dateline, or None.

    In a sentence a prompt counts where a sentence begins, or when it speaks of "our" or
    to "you": "Sign up here." is a prompt, "residents must sign up here" is not.
    """
    cues = find_cues(line, "boilerplate", "byline", "dateline", tail=tail)
    return next((cue for cue in cues if _holds(line, cue)), None)


def _holds(line: Line, cue: Cue) -> bool:
    if cue.kind == "dateline" and (
        line.is_paragraph
        or len(line.words) > 16
        or not (
            has_time(line.text)
            or (len(line.words) <= 8 and not line.is_statement and _DAY.search(line.plain))
        )
    ):
        return False
    if cue.kind == "byline" and cue.where == "end" and "contribut" not in cue.words:
        # "Evening Star Newsroom"; not "It would help thousands of salaried staff."
        longest = 14 if cue.words.endswith("read") else 8
        if len(line.words) > longest or (line.is_statement and len(line.words) > 4):
            return False
    in_sentence = cue.where in ("any", "short", "long") and line.is_prose
    return not in_sentence or _opens_sentence(line, cue)


_ADDRESSING = re.compile(
    r"\b(?:you|your|our|us|we)\b|^(?:all rights|may not be|is licensed|an? (?:earlier|previous))"
)


def _opens_sentence(line: Line, cue: Cue) -> bool:
    if _ADDRESSING.search(cue.words):
        return True
    place = line.plain.find(cue.words)
    return place <= 1 or line.plain[:place].rstrip()[-1:] in tuple('.!?:|·-•"')


def is_link_row(line: Line) -> bool:
    """Whether *line* is short labels between bars, dots or arrows: "Home › World"."""
    if line.is_statement or len(line.text) > 300:
        return False
    parts = [line.text[start:end].split() for start, end in split_parts(line.text)]
    if len(parts) == 1 and len(_SLASHED.findall(line.text)) >= 2:
        parts = [part.split() for part in _SLASHED.split(line.text)]
    longest = max((len(part) for part in parts), default=0)
    if len(parts) >= 2 and longest <= MOST_WORDS_IN_A_LINK:
        timed = [any(_CLOCK.search(word) for word in part) for part in parts]
        return not has_time(line.text) or (all(timed) and len(line.words) <= 3 * len(parts))
    # A list of offers has longer parts, but more than one; "Headline | News | Star" has one.
    longer = sum(len(part) >= 3 for part in parts)
    return len(parts) >= 3 and longest <= MOST_WORDS_IN_AN_OFFER and longer >= 2


def _label_addresses(page: Page) -> None:
    for index, line in enumerate(page.lines):
        if not page.is_open(index) or len(line.words) > 12 or len(line.text) > 200:
            continue
        lower = sum(word[0].islower() for word in line.words)
        if (_STREET.search(line.text) or _POSTCODE.search(line.text)) and lower == 0:
            page.label(index, Role.BOILERPLATE, "a postal address")


def label_pictures(page: Page) -> None:
    """Label captions, credits and the buttons of galleries.

    A line is a caption by its own marks, or by weaker marks beside other pictures: next
    to a caption, under a gallery's button, above a credit, or repeated on the page.
    """
    evidence: dict[int, PictureEvidence] = {}
    seen: dict[str, int] = {}
    for line in page.lines:
        seen[line.plain] = seen.get(line.plain, 0) + 1
    for index, line in enumerate(page.lines):
        if not page.is_open(index):
            continue
        if is_credit_line(line):
            page.label(index, Role.CREDIT, "names where a picture comes from")
            continue
        weighed = weigh_picture(line)
        cue = find_cue(line, "credit", "gallery", "captioned")
        if (
            cue is not None
            and weighed.score < CAPTION_SCORE
            and len(line.words) <= 8
            and not line.is_prose
        ):
            role = Role.CREDIT if cue.kind == "credit" else Role.BOILERPLATE
            page.label(index, role, cue.reason)
            if cue.kind == "captioned":
                _label_captioned(page, index)
            continue
        evidence[index] = weighed
        if (
            weighed.score >= CAPTION_SCORE
            and _has_hard_mark(weighed)
            and (weighed.credit is not None or not page_title_like(page, index))
        ):
            page.label(index, Role.CAPTION, _picture_reason(weighed))
    for index, weighed in evidence.items():
        if not page.is_open(index):
            continue
        line = page.lines[index]
        bonus, why = _neighbour_bonus(page, index)
        above_credit = bonus == 2
        if seen[line.plain] > 1 and len(line.words) >= 8:
            bonus, why = bonus + 1, why or "repeated on the page"
        if weighed.score >= 2 and bonus and weighed.score + bonus >= CAPTION_SCORE:
            page.label(index, Role.CAPTION, f"{_picture_reason(weighed)}; {why}")
        elif (
            _NUMBERED.match(line.text)
            and len(line.words) <= 20
            and not has_finite_verb(line.words)
            and any(
                page.role(near) is Role.CAPTION and _NUMBERED.match(page.lines[near].text)
                for near in (index - 1, index + 1)
            )
        ):
            page.label(index, Role.CAPTION, "numbered like the caption beside it")
        elif (
            weighed.score >= 0
            and above_credit
            and len(line.words) <= 35
            and not page_title_like(page, index)
        ):
            page.label(index, Role.CAPTION, why)


def _label_captioned(page: Page, index: int) -> None:
    """Label the caption and the credit above "hide caption" and the like, which repeats the credit."""
    above = index - 1
    while (
        above >= index - 2 and above >= 0 and find_cue(page.lines[above], "captioned") is not None
    ):
        above -= 1
    if above < 1 or not page.is_open(above) or page.lines[above].is_paragraph:
        return
    credit = page.lines[above]
    if len(credit.words) <= 10 and not credit.is_statement:
        for other in range(above, min(len(page.lines), index + CAPTION_BOX)):
            if page.lines[other].plain == credit.plain:
                page.label(
                    other,
                    Role.CREDIT,
                    "names where a picture comes from, above the button of its caption",
                )
        above -= 1
    if (
        above >= 0
        and page.is_open(above)
        and len(page.lines[above].words) <= 60
        and not page_title_like(page, above)
    ):
        page.label(above, Role.CAPTION, "stands above the button that hides a caption")


def _has_hard_mark(weighed: PictureEvidence) -> bool:
    """Whether there is more than a date and the present tense, which reports have too."""
    return (
        weighed.credit is not None
        or weighed.score >= CAPTION_SCORE + 1
        or "ends without a full stop" in weighed.reasons
    )


def page_title_like(page: Page, index: int) -> bool:
    """Whether a line may be the page's headline: among the first, with no sentence's end."""
    return index <= 3 and not page.lines[index].is_statement


def _neighbour_bonus(page: Page, index: int) -> tuple[int, str]:
    below, above = page.labels.get(index + 1), page.labels.get(index - 1)
    line = page.lines[index]
    if below is not None and below.role is Role.CREDIT and page.lines[index + 1].gap == 0:
        # A short paragraph may well stand above a picture whose caption is missing.
        describes = weigh_picture(line).score >= 1
        return (2 if describes or not line.is_statement else 1), "stands above a picture credit"
    for label in (above, below):
        if label is not None and label.role is Role.CAPTION:
            return 1, "stands beside another caption"
    if (
        above is not None
        and "picture" in above.reason
        and above.role in (Role.BOILERPLATE, Role.CREDIT)
    ):
        return 1, "stands below a button of the picture"
    return 0, ""


def _picture_reason(weighed: PictureEvidence) -> str:
    return " and ".join(weighed.reasons[:2]) or "stands beside pictures"


def is_furniture(page: Page, index: int) -> bool:
    return page.role(index) in FURNITURE


def is_contact(line: Line) -> bool:
    """Whether *line* is short and gives an address to write to or click on."""
    return len(line.words) <= 20 and _CONTACT.search(line.text) is not None
