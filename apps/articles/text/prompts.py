"""Lines in which the outlet speaks to its visitors about itself."""

from __future__ import annotations

import re

from apps.articles.text.lines import Line, read_words
from apps.articles.text.visitors import has_finite_verb

LONGEST_PROMPT = 25  # words

_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b")
_WE = re.compile(r"\b(?:we|us|our|ours)\b")
_SENTENCE_OPENER = re.compile(r"(?:^|[.!?:|·•»]\s+|\s[-–—]\s)[\W_]*([A-Za-z]+)")
_SPEECH = re.compile(r"[\"“”]|\b(?:said|says|told|asked|according)\b", re.IGNORECASE)
# Calls that stand alone in a line without a full stop: "Watch the moment the dam broke".
_MEDIA_CALL = re.compile(
    r"^[\W_]*(?:watch|listen|click|tap|read|see also|scroll|swipe)\b(?! out\b)", re.IGNORECASE
)
_WRITES = re.compile(
    r"\b(?:reporter|correspondent|editor|columnist|writer|journalist|producer|freelancer|freelance|contributor|anchor|author"
    r"|photographer|covers|reports on|writes about)\b"
)


def is_prompt(line: Line, outlet_words: frozenset[str]) -> bool:
    """Whether *line* asks its visitors for something the outlet wants.

    Two things come together: it addresses them ("you", or a sentence that begins with a
    verb such as "Join"), and it speaks of the outlet ("we", its name, its newsletter).
    "Call the county if you have no water" lacks the second. Speech is never a prompt.
    *outlet_words* are the words of the outlet's name, case folded.
    """
    if len(line.words) > LONGEST_PROMPT or _SPEECH.search(line.text):
        return False
    openers = {match[1].casefold() for match in _SENTENCE_OPENER.finditer(line.text)}
    asks = _YOU.search(line.plain) is not None or bool(openers & read_words("prompt_verbs.txt"))
    # "Comment was not available" reports, whatever it begins with.
    if not asks or (_YOU.search(line.plain) is None and has_finite_verb(line.words)):
        return False
    words = {word.casefold().removesuffix("'s").removesuffix("’s") for word in line.words}
    own = len(words & read_words("service_words.txt")) + (_WE.search(line.plain) is not None)
    if outlet_words and len(words & outlet_words) >= max(1, len(outlet_words) / 2):
        own += 1
    # A sentence in the third person may have "your" in it; then one sign is too few.
    needed = (
        1 if openers & read_words("prompt_verbs.txt") or line.text.rstrip().endswith("?") else 2
    )
    return own >= needed


def is_media_call(line: Line) -> bool:
    """Whether *line* calls to watch, read or listen, and is no sentence of the report."""
    return (
        not line.is_statement and len(line.words) <= 16 and _MEDIA_CALL.match(line.text) is not None
    )


def is_author_note(line: Line, writers: frozenset[str]) -> bool:
    """Whether *line* says who one of *writers* is; their last names, case folded."""
    if len(line.words) > 45 or not line.words or _SPEECH.search(line.text):
        return False
    opening = {word.casefold().removesuffix("'s").removesuffix("’s") for word in line.words[:3]}
    return bool(opening & writers) and _WRITES.search(line.plain) is not None
