"""The words of a text as search compares them, and what a typed search asks for.

No database: the same text gives the same words, when it is stored and when it is looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

# PostgreSQL's configuration of stems, when storing and when looking; made by a migration.
CONFIG = "variorum"
# What one search may ask for; more is not read.
MOST_TERMS = 24
LONGEST_WORD = 40
# Words shorter than this are not taken for misspelt: nearly everything is near them.
SHORTEST_CORRECTED = 4

# "U.S.", "1,250.5", "word"; not the comma of "1, 250".
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|\d+(?:[.,]\d+)*(?![^\W_])|[^\W_](?:[^\W_]|[\u0300-\u036f])*"
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d)")
# A phrase in quotation marks of any kind, with a minus before it or not; or a run without spaces.
_PARTS = re.compile(r"""(-?)["“”„«»]([^"“”„«»]*)["“”„«»]?|(\S+)""")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands, and what it is compared as."""

    start: int
    end: int
    folded: str


def find_tokens(text: str) -> list[Token]:
    """Return the words of *text* in order; numbers and initials ("U.S.") are one each."""
    return [
        Token(match.start(), match.end(), folded)
        for match in _TOKEN.finditer(text)
        if (folded := _fold_word(match.group()))
    ]


def fold(text: str) -> str:
    """Return the words of *text* with a space between: no case, accents or punctuation.

    "U.S." is "us", "São Paulo’s" "sao paulo s", "1,250" "1250".
    """
    return " ".join(token.folded for token in find_tokens(text))


def _fold_word(word: str) -> str:
    if word.isascii() and word.isalpha():  # Nearly all are.
        return word.lower()
    plain = unicodedata.normalize("NFKD", word).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    if plain[:1].isdigit():
        plain = _BETWEEN_DIGITS.sub("", plain)
        return re.sub(r"[^\w.]", "", plain)
    return "".join(c for c in plain if c.isalnum())


def find_trigrams(word: str) -> list[str]:
    """Return the different runs of three letters of a folded word, its edges as spaces."""
    padded = f"  {word} "
    return sorted({padded[place : place + 3] for place in range(len(padded) - 2)})


def find_known_words(text: str) -> set[str]:
    """Return the words of *text* that a misspelt one may have been meant to be."""
    return {
        word
        for word in fold(text).split()
        if SHORTEST_CORRECTED <= len(word) <= LONGEST_WORD and word.isalpha()
    }


@dataclass(frozen=True, slots=True)
class Term:
    """Something a search asks for: a word, or several in this order.

    *typed* is what stands in the box; *or_next* joins it to the next by "or"; *is_start*
    is for "ferr*".
    """

    typed: str
    words: tuple[str, ...]
    is_excluded: bool = False
    is_start: bool = False
    is_phrase: bool = False
    or_next: bool = False

    @property
    def can_be_misspelt(self) -> bool:
        """Whether it is a plain word: what stands in quotation marks is meant as it is."""
        return not (self.is_phrase or self.is_start or self.is_excluded) and len(self.words) == 1


def parse_search(typed: str) -> tuple[Term, ...]:
    """Return what *typed* asks for: words, "phrases", -without, either or, start*.

    Anything can be typed; signs that mean nothing are left out. Empty without a word.
    """
    terms: list[Term] = []
    for match in _PARTS.finditer(typed):
        minus, phrase, run = match.groups()
        if run is not None and run.casefold() == "or":
            if terms:
                terms[-1] = replace(terms[-1], or_next=True)
            continue
        shown = phrase if run is None else run.lstrip("-")
        words = tuple(fold(shown).split())
        if not words or len(terms) == MOST_TERMS:
            continue
        terms.append(
            Term(
                typed=shown.strip(),
                words=tuple(word[:LONGEST_WORD] for word in words[:MOST_TERMS]),
                is_excluded=bool(minus) if run is None else run.startswith("-"),
                is_start=run is not None and run.endswith("*"),
                is_phrase=run is None,
            )
        )
    return (*terms[:-1], replace(terms[-1], or_next=False)) if terms else ()


def as_tsquery(terms: Sequence[Term], *, instead: Mapping[str, Sequence[str]] = {}) -> str:
    """Return *terms* in PostgreSQL's syntax, "" for none; nothing typed can break out of it.

    *instead* are further spellings of a word, "ferr*" for all that begin so.
    """
    joined: list[str] = []
    either: list[str] = []
    for term in terms:
        wanted = " <-> ".join(_lexeme(word) for word in term.words[:-1])
        last = _lexeme(term.words[-1], is_start=term.is_start)
        wanted = f"({wanted} <-> {last})" if wanted else last
        for other in instead.get(term.words[0], ()) if term.can_be_misspelt else ():
            wanted += f" | {_lexeme(other.rstrip('*'), is_start=other.endswith('*'))}"
        either.append(f"!({wanted})" if term.is_excluded else f"({wanted})")
        if not term.or_next:
            joined.append(f"({' | '.join(either)})")
            either = []
    return " & ".join(joined)


def as_weighted_phrase(name: str, weight: str) -> str:
    """Return a query for the words of a name in this order, in one part of the stored words."""
    return " <-> ".join(_lexeme(word, weight) for word in fold(name).split()[:MOST_TERMS])


def _lexeme(word: str, weight: str = "", *, is_start: bool = False) -> str:
    # Folded words are letters, digits and full stops: no quotation mark can be in them.
    signs = ("*" if is_start else "") + weight
    return f"'{word}'" + (f":{signs}" if signs else "")


def find_marked(
    tokens: Iterable[Token], stems: Mapping[str, str], wanted: frozenset[str], starts: Sequence[str]
) -> list[Token]:
    """Return those of *tokens* that a search was for: *wanted* are stems, *starts* beginnings."""
    return [
        token
        for token in tokens
        if stems.get(token.folded, "") in wanted
        or (starts and token.folded.startswith(tuple(starts)))
    ]
