"""Bylines and datelines: who wrote it, where, when."""

from __future__ import annotations

import re

from apps.articles.text.lines import Line, find_runs
from apps.articles.text.pictures import MONTHS

_NAME = r"(?:[A-ZÀ-Þ][\w.'’-]+|[A-ZÀ-Þ]\.)"
_PERSON = rf"{_NAME}(?: (?:{_NAME}|de|da|di|van|von|der|al|bin|el|la)){{0,4}}"
# "By Ann Lee", "By ANN LEE and BO OST | City reporter"; not "By the river, four men …",
# not "By Monday noon she had left."
_BY = re.compile(rf"(?:^|[|·•/\\–—-] ?)(?:by|By|BY) (?!(?:{MONTHS}|\w+day)\b){_PERSON}")
# No dashes: sentences have them too.
_SEPARATOR = re.compile(r"\s+[|·•\\›»>]\s+|\s*[|·•]\s*")
_TIME = re.compile(
    rf"\b(?:{MONTHS}\.? \d{{1,2}}|\d{{1,2}}\.? {MONTHS}|\d{{1,2}}[:.]\d\d|(?:19|20)\d\d|\d{{1,2}} ?[ap]\.?m\b)",
    re.IGNORECASE,
)
# A run of digits is one number: cut up in every possible way, it takes time without end.
_ONLY_TIME = re.compile(
    rf"^[\W_]*(?:(?:{MONTHS}|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
    r"|at|on|the|of|\d{1,14}(?!\d)(?:st|nd|rd|th)?|[ap]\.?m\.?|noon|Z|UTC|GMT|BST|IST|[ECMP][SD]?T|CES?T|AE[SD]T"
    r"|updated|published|posted|last|first|hours?|hrs?|minutes?|mins?|days?|ago|today|yesterday)"
    r"[\s,.:|/·•–—-]*+){2,14}$",
    re.IGNORECASE,
)
# At the start of a report: "OSLO (NP) — ", "NEW YORK, May 3 (Reuters) - ", "Lima, Peru (AP) —",
# "WASHINGTON — The"; not "NASA — which", not "(CORRECTED) ", not "Anna Lund — the mayor —".
_PLACE_CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,40}?"
_PLACE_ANY = r"[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,3}"
_REGION = r"(?:, [A-ZÀ-Þ][\w.'’ -]{1,30})"
_DAY = rf"(?:,? (?:{MONTHS} \d{{1,2}}|\d{{1,2}} {MONTHS})(?:,? (?:19|20)\d\d)?)"
_AGENCY = r"(?: ?[(\[][A-Z][\w .&'’/-]{1,40}[)\]])"
_DASH = r" ?(?:—|–|--?|:)\s+"
_DATELINES = (
    re.compile(rf"{_PLACE_CAPS}(?:/{_PLACE_CAPS})?{_REGION}{{0,2}}{_DAY}?{_AGENCY}{_DASH}"),
    re.compile(rf"{_PLACE_ANY}(?:/{_PLACE_ANY})?{_REGION}{{0,2}}{_DAY}?{_AGENCY}{_DASH}"),
    re.compile(rf"{_PLACE_CAPS}(?:/{_PLACE_CAPS})?{_REGION}{{0,2}}{_DAY}{_DASH}"),
    re.compile(
        rf"[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{{3,40}}?{_REGION}{{0,2}} ?(?:—|–|--)\s+(?=[\"“‘']?[A-ZÀ-Þ0-9])"
    ),
    re.compile(rf"{_PLACE_CAPS}{_REGION} ?(?:—|–|--|-)\s+(?=[\"“‘']?[A-ZÀ-Þ0-9])"),
    re.compile(
        r"\((?:[A-Z]{2,8}|Reuters|Bloomberg)\)(?: ?(?:—|–|--|-))?\s+(?=[\"“‘']?[A-ZÀ-Þ0-9])"
    ),
)


def find_dateline(text: str) -> int:
    """Return where the dateline that opens *text* ends, behind its dash; 0 without one."""
    start = text[:160]
    for pattern in _DATELINES:
        match = pattern.match(start)
        if match is not None and match.end() < len(text.rstrip()):
            return match.end()
    return 0


def is_byline(line: Line) -> bool:
    """Whether *line* names its writers: "By Ann Lee | City reporter".

    Long lines and sentences never do, whatever word they begin with.
    """
    if len(line.words) > 25 or line.is_paragraph:
        return False
    match = _BY.search(line.text) if "by" in find_runs(line.plain) else None
    if match is None:
        return False
    rest = line.text[match.end() :]
    # "By Kesh Valley standards, it was a mild winter." goes on with small words.
    lower = [word for word in re.findall(r"[^\W\d_]+", rest) if word.islower()]
    return not (line.is_statement and len(lower) >= 3) and len(lower) <= 10


def is_contributor_note(line: Line) -> bool:
    """Whether *line* says who else reported: "Lund reported from Oslo." Near misses are
    sentences about what the police reported."""
    return len(line.words) <= 40 and _REPORTED_FROM.match(line.text) is not None


_AGENCY_WRITER = (
    r"(?:(?:The )?[A-Z][\w&.'’ -]{1,40}? )?"
    r"(?:writers?|reporters?|correspondents?|journalists?|staff|producers?|video journalists?) "
)
# "Lund reported from Oslo.", "Press writer Bo Ost in Oslo contributed."; not "Police
# reported from the scene that …", not "Lund reported from Oslo that the talks failed."
_REPORTED_FROM = re.compile(
    rf"(?:{_AGENCY_WRITER})?{_PERSON}(?:(?:, | and |, and | in ){_PERSON})* "
    r"(?:also )?(?:reported from [A-ZÀ-Þ][\w.'’-]+(?:[ ,]+(?:[A-ZÀ-Þ][\w.'’-]+|and|in))*[.;]"
    r"|contributed(?: (?:to|from|reporting)[^.]{0,60})?\.)"
)


def has_time(text: str) -> bool:
    return _TIME.search(text) is not None


def is_only_time(line: Line) -> bool:
    """Whether *line* is a date or a time of day and nothing else."""
    return len(line.words) <= 12 and has_time(line.text) and _ONLY_TIME.match(line.text) is not None


def split_parts(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of the parts of *text* between " | ", " · ", " \\ " and the like.

    Method: separators with space around them; a lone bar or middle dot needs none.
    """
    parts: list[tuple[int, int]] = []
    begin = 0
    for match in _SEPARATOR.finditer(text):
        if match.start() > begin:
            parts.append((begin, match.start()))
        begin = match.end()
    if begin < len(text):
        parts.append((begin, len(text)))
    return parts
