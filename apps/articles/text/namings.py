"""Where an article names another outlet: in its own text, beside it, or nowhere.

Whose text it is is one question, whether it says so is another: a rewrite of an agency's
report may carry the agency's name under a picture and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from apps.articles.text.types import STORY_ROLES, Role

# So many characters are told around a name.
_MOST = 60


@dataclass(frozen=True, slots=True)
class Naming:
    """Where an outlet is named: *role* of the part, *words* around the name on one line.

    *is_in_text* when an article says it in its own sentences, not in a credit or caption.
    """

    role: Role
    words: str
    is_in_text: bool


def name_pattern(outlet: str) -> str:
    """Return a regular expression, for Python and PostgreSQL, of what *outlet* is called: by its
    name, "Coast Wire", or its initials in capitals, "CW". "" for an outlet without a name.

    Letter by letter: "cw" and "CWX" are something else.
    """
    name = outlet.strip().removeprefix("The ").removeprefix("the ").strip()
    if not name:
        return ""
    initials = "".join(word[0] for word in name.split() if word[:1].isupper())
    called = [re.escape(name), *([initials] if len(initials) > 1 else [])]
    return rf"(^|[^[:alnum:]])({'|'.join(called)})($|[^[:alnum:]])"


def find_naming(outlet: str, parts: Iterable[tuple[Role, str]]) -> Naming | None:
    """Return where *parts* of an article name *outlet*: first in its own sentences, else the
    first time beside them, None nowhere."""
    pattern = name_pattern(outlet)
    if not pattern:
        return None
    wanted = re.compile(pattern.replace("[:alnum:]", r"\w"))
    beside: Naming | None = None
    for role, text in parts:
        match = wanted.search(text)
        if match is None:
            continue
        naming = Naming(role, _around(text, match.start(2), match.end(2)), role in STORY_ROLES)
        if naming.is_in_text:
            return naming
        beside = beside or naming
    return beside


def _around(text: str, start: int, end: int) -> str:
    """Return the bracket a name stands in, "(CW Photo/Ann Lee)", else the words around it."""
    opened = text.rfind("(", 0, start)
    closed = text.find(")", end)
    if opened >= 0 and closed >= 0 and ")" not in text[opened:start] and closed - opened <= _MOST:
        return " ".join(text[opened : closed + 1].split())
    first = max(0, start - (_MOST - (end - start)) // 2)
    last = min(len(text), first + _MOST)
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", end, last), end)
    words = " ".join(text[first:last].split())
    return f"{'… ' if first else ''}{words}{' …' if last < len(text) else ''}"
