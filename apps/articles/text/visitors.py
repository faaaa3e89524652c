"""Lines that a page speaks to its visitors, told by what they do rather than by their words.

A report tells what happened; a page asks its visitor to do something with the page
("Tap a star"), says in what state the page is ("No comments yet"), or names its parts
("3 of 12 photos"). Small classes of words carry this: what can be done on a page, what
a page consists of, and how those parts are. Any two of them together count, so that
combinations nobody has listed are found; a verb in the past or a quotation speaks
against it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from apps.articles.text.lines import Line, read_words

LONGEST_CALL = 25  # words
LONGEST_LABEL = 9  # words
KNOWN_WORDS = 1 << 14  # words that are looked at once

_SPEECH = re.compile(
    r"[\"“”„«»]|(?:^|\s)[‘'][A-Z]|\b(?:said|says|told|tells|asked|according|say|reads?,)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?:|·•»]+(?:[.!?:|·•»]+|$)")
_ADDRESS = re.compile(r"\b(?:you|your|yours|you're|you've|our|us|we)\b")
_YOU, _WE = (
    re.compile(r"\b(?:you|your|you're|you've)\b"),
    re.compile(r"\b(?:we|us|our|we're|we've)\b"),
)
_READERS = re.compile(
    r"^\d[\d.,]*k? (?:people|readers|users|visitors|members) (?:are|have|like|found|read)\b.* (?:this|it)\b"
)
_DEIXIS = re.compile(r"\b(?:this|these|our|your)\b(?: [\w-]+)? ([\w-]+)")
_THIS_IS = re.compile(r"^this (?:is|was) an? (?:[\w-]+ ){0,2}(?:story|article|report)\b")
_WORD = re.compile(r"[a-z][\w'-]*")
_PAST_ENDING = re.compile(r"[a-z]{3,}ed")
_NO_PAST = frozenset(
    "need feed speed indeed seed proceed exceed succeed embed united breed".split()
)
# "1.2K shares", "(0 votes)", "No comments yet", "3 of 12", "5 min".
_COUNTED = re.compile(r"(?:\b\d[\d.,]*[km]?\b|\bno\b)(?: of \d[\d.,]*)? (?:new |more )?([a-z-]+)")
# "Photo 3 of 12", "1 / 14", "(2/8)", "page 2 of 3".
_COUNTER = re.compile(r"^\W*(?:[a-z]+ )?\d{1,3} ?(?:of|/) ?\d{1,3}\W*$")
_POLL = re.compile(r"\b(?:yes|no)\b[ :]*\d{1,3} ?%.*\b(?:yes|no)\b[ :]*\d{1,3} ?%")
# "ends // bo/al", "-30-", "ENDS", "more to follow": how agencies close a report.
_SIGN_OFF = re.compile(
    r"^\W*(?:ends?|end of (?:text|report|story)|-?30-?|mf|mtf|more to (?:come|follow))\b(?:[\W_]+[a-z]{1,3})*\W*$"
)
_DEGREES = re.compile(r"-?\d{1,3} ?°|\b\d{1,2} ?degrees\b")
_CHANGE = re.compile(r"[+\-±▲▼] ?\d[\d.,]* ?%?")
# "Amended on 4 March: …", "We have corrected …"; not "Updated rules came into force".
_AMENDED = re.compile(
    r"^(?:we have |we've )(?:since )?(?:corrected|amended|clarified|updated|edited|changed|revised|removed)\b"
    r"|^(?:corrected|amended|clarified|updated|edited|revised|republished)(?: (?:on|at|by|to|with)\b|:)"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
# "Have your say: desk@star.example"
_ONLY_MAIL = re.compile(r"[^:]{2,40}:\s*[\w.+-]+@[\w.-]+$")
_LET_KNOW = re.compile(r"\b(?:let us know|tell us|write to us|get in touch)\b")


@cache
def _things() -> frozenset[str]:
    words = read_words("page_things.txt")
    return words | {f"{word}s" for word in words} | {"stories", "galleries", "replies", "queries"}


@cache
def _page_words() -> frozenset[str]:
    return _things() | read_words("page_actions.txt") | read_words("page_states.txt")


@lru_cache(maxsize=KNOWN_WORDS)
def is_page_word(word: str) -> bool:
    """Whether *word*, case folded, or the verb it is a form of belongs to pages: "logged", "sharing"."""
    if word in _page_words():
        return True
    actions = read_words("page_actions.txt")
    for ending in ("ing", "ed", "d", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            if {stem, f"{stem}e" if ending == "ing" else stem} & actions:
                return True
            if stem[-1] == stem[-2] and stem[:-1] in actions:
                return True
    return False


def _tells_past(words: list[str]) -> bool:
    """Whether *words* have a past tense that no "have" or "be" in front makes a state of today."""
    finite = read_words("finite_verbs.txt")
    for index, word in enumerate(words):
        if word in ("was", "were", "had", "did"):
            return True
        irregular = word in finite and word not in PRESENT and not word.endswith("s")
        if not irregular and not is_past(word):
            continue
        before = words[max(0, index - 2) : index]
        state = any(each in _AUXILIARY or each.endswith("'ve") for each in before)
        if not state and not (is_page_word(word) and index == 0):
            return True
    return False


PRESENT = frozenset(
    "am are is be been being have has do does can may must will would should could might cannot shall continue remain don't".split()
)
_AUXILIARY = frozenset("have has be been is are get being must can may".split())


def is_past(word: str) -> bool:
    """Whether *word*, case folded, has the ending of a past tense or of a participle."""
    return _PAST_ENDING.fullmatch(word) is not None and word not in _NO_PAST


def has_finite_verb(words: tuple[str, ...]) -> bool:
    """Whether any of *words*, as they stand, makes a sentence that reports something."""
    finite = read_words("finite_verbs.txt")
    return any(word.casefold().replace("’", "'") in finite or is_past(word) for word in words)


def find_visitor_line(line: Line) -> str:
    """Return why *line* speaks to visitors of the page, "" when it does not.

    Looks at the line alone; quotations and reported speech never count.
    """
    if len(line.text) > 600:
        return ""
    if not line.words or len(line.words) > LONGEST_CALL or _SPEECH.search(line.text):
        return ""
    shape = _find_shape(line)
    if shape:
        return shape
    plain = line.plain
    words = _WORD.findall(plain)
    things = _things()
    if _calls(line):
        return "asks visitors to do something with the page"
    page_words = {word for word in words if is_page_word(word)}
    held = [word for word in words if word in things]
    deictic = any(match[1] in things for match in _DEIXIS.finditer(plain)) or any(
        match[1] in things for match in re.finditer(r"\b(?:this|these|our|your) ([\w-]+)", plain)
    )
    addressed = _ADDRESS.search(plain) is not None
    past = _tells_past(words)
    if (deictic or (addressed and held)) and len(page_words) >= 2 and len(words) <= 20:
        if (deictic or not past) and len(page_words) * 5 >= len(words):
            return "speaks to visitors about the page"
    own = read_words("outlet_words.txt") | read_words("service_words.txt")
    if not past and _YOU.search(plain) and _WE.search(plain) and (page_words or own & set(words)):
        return "the outlet speaks to its visitors"
    if _THIS_IS.match(plain) and len(page_words) >= 2:
        return "speaks to visitors about the page"
    content = [word for word in words if word not in read_words("function_words.txt")]
    if len(page_words) >= 3 and len(page_words) * 4 >= len(content) * 3 and not past and held:
        return "tells in what state the page is"
    if _YOU.search(plain) and len(content) >= 2 and not past and all(map(is_page_word, content)):
        return "tells visitors what they can do on the page"
    if _READERS.match(plain) and page_words:
        return "counts what visitors do"
    # "Live blog closed": a state of the page without "is" tells nothing of the world.
    if has_finite_verb(tuple(word for word in line.words if not is_page_word(word.casefold()))):
        return ""
    counted = [match for match in _COUNTED.finditer(plain) if match[1] in things]
    if counted and len(words) <= 8 and len(page_words) >= 1 and not line.is_prose:
        return "counts parts of the page"
    if (
        0 < len(line.words) <= LONGEST_LABEL
        and not line.is_statement
        and not line.text.endswith(":")
        and (held or len(words) <= 3)
        and len([word for word in content if is_page_word(word)]) * 2 >= max(1, len(content))
        and content
        and is_page_word(content[0])
    ):
        return "names parts of the page and tells nothing"
    return ""


def _find_shape(line: Line) -> str:
    plain = line.plain
    if line.is_paragraph:
        return ""
    if _SIGN_OFF.match(plain):
        return "closes the report as agencies do"
    if _COUNTER.match(plain):
        return "a counter of pictures or pages"
    if _POLL.search(plain):
        return "result of a poll on the page"
    if _AMENDED.match(plain):
        return "note of the editors on this page"
    if not line.is_statement and not re.search(r"\w\w|\d", line.text):
        return "a sign without words"
    if _ONLY_MAIL.match(line.text):
        return "an address to write to"
    if has_finite_verb(line.words):
        return ""
    if _MAIL.search(line.text):
        return "an address to write to"
    if _DEGREES.search(plain) and len(line.words) <= 10:
        return "a table of the weather"
    if not line.is_statement and len(line.words) <= 20:
        if len(_CHANGE.findall(plain)) >= 2:
            return "a table of prices"
    return ""


def _calls(line: Line) -> bool:
    """Whether a sentence of *line* begins with something to do and goes on with a thing of the page."""
    actions, things = read_words("page_actions.txt"), _things()
    called = False
    for match in _SENTENCE.finditer(line.plain):
        words = _WORD.findall(match[0])
        polite = words[:1] == ["please"]
        if polite:
            words = words[1:]
        if not words or (words[0] not in actions and not polite):
            # What else the line reports is worth more than the call in it.
            asks = match[0].rstrip().endswith("?")
            if line.is_prose and not asks and _tells_past(words):
                return False
            continue
        rest = words[1:]
        # "Share prices fell", "Comment was not available", "Support for the plan fell".
        clause = rest[: next((i for i, w in enumerate(rest) if w in _SUBORDINATE), len(rest))]
        finite = read_words("finite_verbs.txt")
        if any(word in finite or is_past(word) for word in clause):
            continue
        here = bool(rest) and rest[-1] == "here"
        called = called or here or _LET_KNOW.search(match[0]) is not None
        called = called or any(word in things for word in rest[:8])
        called = called or (polite and len(words) <= 12)
    return called


_SUBORDINATE = frozenset("if that what how who when where whether why which as because to".split())
