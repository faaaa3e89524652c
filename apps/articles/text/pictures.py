"""Captions and picture credits: what tells them from the sentences of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apps.articles.text.lines import Line, find_runs, plain_text, read_words
from apps.articles.text.spans import Span

CAPTION_SCORE = 3
LONGEST_CAPTION = 110  # words

MONTHS = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# "Tuesday, March 4, 2025", "on Tuesday 4 March 2025"; not "on Tuesday", not "March 2025".
_FULL_DATE = re.compile(
    rf"\b(?:{_WEEKDAY},? )(?:{MONTHS} \d{{1,2}},? (?:19|20)\d\d|\d{{1,2}} {MONTHS},? (?:19|20)\d\d)\b"
)
_PICTURE_WORD = (
    r"(?:photo(?:s|graph|graphy|graphs)?|picture|pictures|image|images|handout|courtesy|file|pool"
    r"|illustration|graphic|screenshot|screengrab|stills?|video|footage|getty|reuters|afp|epa|shutterstock|via)"
)
_NAME = r"[A-ZÀ-Þ0-9][\w.&'’-]*(?: (?:[A-ZÀ-Þ0-9&][\w.&'’-]*|of|the|for|de|van|von|al|du|la))*"
# "(AP Photo/Ann Lee)", "(Courtesy Hill Museum)", "[Photo: A. Lee]", "(Star/J. Ortega)";
# not "(and/or)", "(km/h)", "(AP)", "(Warning: the video contains graphic images.)".
_BRACKETS_AT_END = re.compile(r"([(\[])([^()\[\]]{3,140})[)\]]\.?$")
_CREDIT_WORD = re.compile(
    r"\b(?:photo|photos|photograph|photography|picture|image|images|handout|courtesy|screenshot|screengrab|illustration"
    r"|getty|shutterstock|file)\b|\bvia\b",
    re.IGNORECASE,
)
_NAME_SLASH_NAME = re.compile(rf"{_NAME} ?/ ?{_NAME}(?: ?/ ?{_NAME})*\.?")
# The only words in small letters that a credit has.
_SMALL_CREDIT_WORDS = frozenset(
    "photo photos photograph photographs photography picture pictures image images by from of the and for via courtesy "
    "handout pool file screenshot screengrab illustration submitted contributed provided video frame grab still taken "
    "credit de van von al la del stock archive archives used with permission special to".split()
)
# "Divers search the river. Alder Star", "The dam from the air. | NP"; not "Gov. Ada Flint",
# "Ost vs. Alder". Paragraphs end with a full stop, names behind one are a credit.
_NAMES_BEHIND_SENTENCE = re.compile(
    rf"(?:[a-zà-ÿ]{{3}}|\d|[)”’\"])[.!?][”’\")]? (?:[|—–-] ?)?((?:(?:photo|photos|picture|image)s?[: ]+(?:by )?)?{_NAME}(?:[ /|,&]+{_NAME}){{0,4}}"
    rf"|{_NAME}(?: {_NAME}){{0,3}} (?:photo|picture|image)s?(?:[:/] ?| by ){_NAME}(?:[ /]{_NAME}){{0,3}})$"
)
LONGEST_LINE_WITH_NAMES = 60  # words
_AGENCY = (
    r"(?:Getty Images|Getty|AFP|AP|AP Photo|Associated Press|Reuters|REUTERS|EPA|Shutterstock|Alamy|Bloomberg"
    r"|PA|PA Wire|Pool|Handout|Anadolu|Zuma|Xinhua|Sipa USA)"
)
_KIND_OF_PICTURE = r"(?i:archive|archival|file|library|stock|undated|handout|viewer|reader|courtesy|satellite|drone|aerial|contributed|submitted|police|court|family|agency)"
# "Photo: Ann Lee", "Star photo by Ann Lee", "Ann Lee/Getty Images", "| AP", "Image credit: X".
_CREDIT_AT_END = re.compile(
    rf"(?:(?<=[.!?”\"')] )|(?<=^)|(?<=[|–—-] ))"
    rf"(?:(?i:(?:{_PICTURE_WORD}|credit)(?: credit| by| courtesy(?: of)?)?\s?[:/|])\s?{_NAME}(?:[ ,/|]+{_NAME}){{0,3}}(?: (?:archives?|files?|collection|library|handout|press office))?"
    rf"|(?:{_NAME} )?(?i:photos?|photographs?|pictures?|images?|illustrations?|graphics?|video|footage) "
    rf"(?:by|courtesy of|courtesy) (?:{_NAME}(?:[ ,/|]+{_NAME}){{0,3}}|the (?:author|writer|reporter|family))"
    rf"|(?i:photos?|images?|pictures?) courtesy(?: of)? {_NAME}"
    rf"|{_NAME}(?: ?[/|] ?{_NAME})* ?[/|] ?{_AGENCY}(?: via [\w ]+)?"
    rf"|(?:{_KIND_OF_PICTURE} (?:photo|picture|image|photograph|frame|footage|still)s?|screenshot)(?:,? (?:from |of |in )?(?:{MONTHS} )?(?:19|20)\d\d)?"
    rf"|(?i:credit|photo credit|picture credit|image credit): (?:\w+ ){{0,2}}{_NAME}"
    rf"|Credit(?:\.\.\.|…)\s?{_NAME}(?: for {_NAME})?"
    rf"|{_NAME} via (?:AP|Reuters|REUTERS|Getty Images|AFP|Storyful|Facebook|X|Twitter|Instagram)"
    rf"|(?:Getty Images|AP Photo|Shutterstock|Handout photo|Courtesy photo)"
    r")\.?$"
)
# One of these, or a slash or bar, is in every credit that _CREDIT_AT_END finds.
_CREDIT_RUNS = frozenset(
    "photo photos photograph photographs photography picture pictures image images handout courtesy file pool illustration "
    "illustrations graphic graphics screenshot screengrab video footage getty reuters afp epa shutterstock via credit frame "
    "frames still stills footages".split()
)
_COUNTER = re.compile(r"^\(?(?:photo |image |slide )?\d{1,3} (?:of|/) \d{1,3}\b\)?", re.IGNORECASE)
_COUNTER_INSIDE = re.compile(r"\((?:photo |image )?\d{1,3} of \d{1,3}\)", re.IGNORECASE)
_OPENING = re.compile(
    r"^[(\[]?(?:FILE\s?[-–—:]"
    r"|(?:slideshow|slide|gallery|photo gallery|photo|picture|image|fig(?:ure)?\.?)(?: (?:no\. ?)?\d+)?(?: ?(?:of|/) ?\d+)?[:.|–—-]"
    r"|(?:photos?|picture|image|caption|photo caption|in pictures?|pictured)(?: \d+)?:"
    r"|image caption[:,]?)\s",
    re.IGNORECASE,
)
# Nothing but a set of pictures is numbered or called like this.
_GALLERY_OPENING = re.compile(
    r"^[(\[]?(?:slideshow|slide|gallery|photo gallery|(?:photo|picture|image) (?:no\. ?)?\d+)\b",
    re.IGNORECASE,
)
# Where people stand in the picture: ", left," "(right)" "second from left".
_POSITION = re.compile(
    r"(?:, |\()(?:at |far |top |bottom |front |back )?(?:left|right|center|centre|foreground|background)\b[,)]"
    r"|\b(?:second|third|fourth) from (?:the )?(?:left|right)\b|\bfrom left\b|\bat (?:left|right|center|podium)\b",
    re.IGNORECASE,
)
_POSITION_RUNS = frozenset("left right center centre foreground background podium".split())
_PICTURED_PARTS = ("photo", "image", "picture", "seen", "shown")
_PICTURED = re.compile(
    r"\b(?:is|are|was|were) (?:seen|pictured|shown|photographed)\b|\bpictured\b"
    r"|\b(?:undated|file|aerial|handout) (?:photo|picture|image|photograph)\b"
    r"|\b(?:this|in an?) [\w ]{0,20}(?:photo|image)\b",
    re.IGNORECASE,
)
_DOUBLE_MARK = re.compile(r"[\"“”„«»]")
_SAYING_RUNS = frozenset("said says told asked added announced according reported".split())
_SAYING = re.compile(
    r"\b(?:said|says|told|asked|added|announced|according to|reported)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PictureEvidence:
    """Why a line may be a caption. *score* counts points, CAPTION_SCORE is enough."""

    score: int
    reasons: tuple[str, ...]
    credit: Span | None


def find_credit(line: Line) -> Span | None:
    """Return the span of the picture credit that ends *line*, offsets into the article."""
    if len(line.words) > LONGEST_CAPTION:
        return None
    # A credit is short; looking at the end alone keeps long lines cheap.
    cut = max(0, len(line.text) - 200)
    tail = line.text[cut:]
    match = _BRACKETS_AT_END.search(tail) if tail.rstrip(".").endswith((")", "]")) else None
    if match is None or not _names_picture(match[1], match[2]):
        match = _CREDIT_AT_END.search(tail) if _may_credit(tail) else None
    place = -1 if match is None else match.start()
    if match is None and not line.is_statement and 5 <= len(line.words) <= LONGEST_LINE_WITH_NAMES:
        match = _NAMES_BEHIND_SENTENCE.search(tail)
        # "… the opening bell. Subscribe" asks for something.
        asks = match is not None and match[1].casefold() in read_words("prompt_verbs.txt")
        place = -1 if match is None or asks else match.start(1)
    if place < 0 or (cut and place == 0):
        return None
    start = line.span.start + cut + place
    return Span(start, line.span.end)


def _may_credit(tail: str) -> bool:
    return "/" in tail or "|" in tail or not _CREDIT_RUNS.isdisjoint(find_runs(plain_text(tail)))


def _names_picture(bracket: str, inner: str) -> bool:
    small = {word for word in re.findall(r"[^\W\d_]+", inner) if word.islower()}
    if not small <= _SMALL_CREDIT_WORDS:
        return False
    if _CREDIT_WORD.search(inner):
        return True
    return (
        bracket == "(" and not inner.endswith(".") and _NAME_SLASH_NAME.fullmatch(inner) is not None
    )


def is_credit_line(line: Line) -> bool:
    """Whether the whole of *line* names where a picture comes from."""
    credit = find_credit(line)
    return credit is not None and credit.start - line.span.start <= 2


def weigh_picture(line: Line) -> PictureEvidence:
    """Collect what speaks for *line* being a caption, without looking at its neighbours."""
    if len(line.words) > LONGEST_CAPTION or len(line.words) < 2:
        return PictureEvidence(0, (), None)
    score = 0
    reasons: list[str] = []
    credit = find_credit(line)
    if credit is not None:
        score += 3
        reasons.append("ends with a picture credit")
    runs = find_runs(line.plain)
    if _COUNTER.match(line.text) or ("of" in runs and _COUNTER_INSIDE.search(line.text)):
        score += 3
        reasons.append("carries a slide number")
    if _OPENING.match(line.text):
        score += 3 if _GALLERY_OPENING.match(line.text) else 2
        reasons.append("opens like a picture caption")
    if "day" in line.text and _FULL_DATE.search(line.text):
        score += 2
        reasons.append("gives weekday, date and year in full")
    if not _POSITION_RUNS.isdisjoint(runs) and _POSITION.search(line.text):
        score += 2
        reasons.append("says where people stand in a picture")
    if any(part in line.plain for part in _PICTURED_PARTS) and _PICTURED.search(line.text):
        score += 2
        reasons.append("speaks of a picture")
    if _describes(line):
        score += 1
        reasons.append("describes in the present tense")
    if score >= 2 and credit is None and not line.is_statement and len(line.words) >= 5:
        score += 1
        reasons.append("ends without a full stop")
    # Reported speech is a paragraph's business; a caption that quotes has a credit too.
    if _OPENING.match(line.text) and line.text[0] in "[(":
        score += 1
        reasons.append("stands in brackets")
    if credit is None and line.is_statement and not _SAYING_RUNS.isdisjoint(runs):
        score -= 2 * (_SAYING.search(line.text) is not None)
    if credit is None and _DOUBLE_MARK.search(line.text):
        score -= 1
    return PictureEvidence(score, tuple(reasons), credit)


def _describes(line: Line) -> bool:
    verbs = read_words("caption_verbs.txt")
    return not verbs.isdisjoint(line.words[1:14])
