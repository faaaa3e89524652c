"""Texts nobody means to import and somebody will: generated, the same for the same number.

Each shape bends a little invented news into what broken exports, scrapers, games with
Unicode and plain vandalism produce. A text is a shape, a number and a length.
"""

from __future__ import annotations

import random
from collections.abc import Callable

_SENTENCES = (
    "The harbour board said on Monday that 42 boats had left.",
    "“We counted over 300 people,” said Mara Lindqvist, who runs the port.",
    "Officials denied that any gate was locked.",
    "At least 12 people were hurt, police said, two of them badly.",
    "The council may vote on the $4.5 million plan on 3 May 2031.",
    "According to the ministry, hundreds of residents of Tarnow were moved.",
    "He said: “The bridge was open. It was always open.”",
    "About 60 percent of the crews voted to strike, up from 41% in 2029.",
    "The mayor of Ostwick, Piet Hale, was charged with fraud.",
    "Ferries between Ostwick and Lisse were cancelled because of the wind.",
)
_QUOTES = ['"', "'", "“", "”", "‘", "’", "«", "»", "„", "``", "''", "‹", "›"]
_EMOJI = ["🙂", "👩‍👩‍👧‍👦", "🇸🇪", "✊🏽", "❤️", "🔥"]
_RIGHT_TO_LEFT = [
    "قال",
    "المسؤول",
    "إن",
    "٤٢",
    "שלום",
    "אמר",
    "\u202e",
    "\u202c",
    "\u200f",
    "\u2067",
]
_TAGS = [
    "<p>",
    "</p>",
    "<br/>",
    '<a href="x">',
    "&nbsp;",
    "&amp;quot;",
    "<!--",
    "-->",
    "<script>",
    "{{",
    "]]>",
]
_CONTROLS = ["\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x85", "\u2028", "\u2029", "\ufeff", "\u200b", "\u00ad", "\ud800", "\r", "\t"]  # fmt: skip
_NUMBERS = ["7", "12", "1,200", "3.5", "1/2", "½", "٣", "0", "1e9", "-4", "$5", "50%", "1998", "10-12", "9:75", "31/02/2031", "XIV", "99999999999999999999"]  # fmt: skip
_SEPARATORS = [" ", "\n", "\n\n", ". ", ", ", "", " — ", "; ", "\t", ": "]


def _sentence(chance: random.Random) -> str:
    return chance.choice(_SENTENCES)


def _fill(
    chance: random.Random, length: int, piece: Callable[[], str], glue: tuple[str, ...] = (" ",)
) -> str:
    parts: list[str] = []
    size = 0
    while size < length:
        part = piece() + chance.choice(glue)
        parts.append(part)
        size += max(1, len(part))
    return "".join(parts)[:length]


def unbalanced_quotes(chance: random.Random, length: int) -> str:
    def piece() -> str:
        words = _sentence(chance).split()
        for _ in range(chance.randint(1, 4)):
            words.insert(chance.randint(0, len(words)), chance.choice(_QUOTES))
        return chance.choice([" ", ""]).join(words) if chance.random() < 0.1 else " ".join(words)

    return _fill(chance, length, piece, (" ", "\n\n"))


def only_quotes(chance: random.Random, length: int) -> str:
    marks = chance.sample(_QUOTES, chance.randint(1, 4))
    return _fill(chance, length, lambda: chance.choice(marks), ("", " ") if chance.random() < 0.5 else ("",))  # fmt: skip


def quoted_words(chance: random.Random, length: int) -> str:
    return _fill(
        chance, length, lambda: f"“{' '.join(_sentence(chance).split()[: chance.randint(1, 9)])}”", (" ", ", he said. ", "\n")
    )  # fmt: skip


def emoji(chance: random.Random, length: int) -> str:
    return _fill(
        chance, length, lambda: chance.choice([_sentence(chance), *_EMOJI, *_EMOJI]), ("", " ")
    )


def right_to_left(chance: random.Random, length: int) -> str:
    return _fill(
        chance,
        length,
        lambda: chance.choice([*_RIGHT_TO_LEFT, *_sentence(chance).split()]),
        (" ", " ", ". ", "\n\n"),
    )


def no_punctuation(chance: random.Random, length: int) -> str:
    return _fill(chance, length, lambda: _sentence(chance).translate(_WITHOUT).lower())


_WITHOUT = str.maketrans("", "", ".,:“”$%")


def html_remains(chance: random.Random, length: int) -> str:
    return _fill(
        chance,
        length,
        lambda: chance.choice([_sentence(chance), *(chance.choice(_TAGS) for _ in range(3))]),
        ("", " ", "\n"),
    )


def long_words(chance: random.Random, length: int) -> str:
    def piece() -> str:
        if chance.random() < 0.5:
            return _sentence(chance)
        return chance.choice(["a", "Ab", "9", "x-", "a.", "$", "é", "1,", "http://a.b/", "@", "#", "_"]) * chance.randint(50, 5000)  # fmt: skip

    return _fill(chance, length, piece)


def only_digits(chance: random.Random, length: int) -> str:
    glue = tuple(chance.sample(_SEPARATORS, 3))
    return _fill(chance, length, lambda: chance.choice(_NUMBERS), glue)


def short_lines(chance: random.Random, length: int) -> str:
    words = [word for words in _SENTENCES for word in words.split()]
    return _fill(
        chance,
        length,
        lambda: " ".join(chance.choice(words) for _ in range(chance.randint(1, 4))),
        ("\n", "\n", "\n\n", "\r\n"),
    )


def repeated_sentence(chance: random.Random, length: int) -> str:
    sentence = _sentence(chance)
    return _fill(chance, length, lambda: sentence, (chance.choice([" ", "\n", "\n\n"]),))


def nearly_repeated(chance: random.Random, length: int) -> str:
    sentence = _sentence(chance)

    def piece() -> str:
        words = sentence.split()
        words[chance.randrange(len(words))] = str(chance.randint(1, 900))
        return " ".join(words)

    return _fill(chance, length, piece, (chance.choice([" ", "\n\n"]),))


def one_paragraph(chance: random.Random, length: int) -> str:
    return _fill(chance, length, lambda: _sentence(chance))


def control_characters(chance: random.Random, length: int) -> str:
    def piece() -> str:
        words = list(_sentence(chance))
        for _ in range(chance.randint(1, 6)):
            words.insert(chance.randint(0, len(words)), chance.choice(_CONTROLS))
        return "".join(words)

    return _fill(chance, length, piece, (" ", "\n"))


def blank(chance: random.Random, length: int) -> str:
    return _fill(chance, length, lambda: chance.choice([" ", "\n", "\t", "\u00a0", "\u3000", "\u200b"]), ("",))  # fmt: skip


def any_characters(chance: random.Random, length: int) -> str:
    return "".join(chr(chance.choice([chance.randint(0, 0x2FF), chance.randint(0, 0xFFFF), chance.randint(0, 0x10FFFF)])) for _ in range(length))  # fmt: skip


def capitals(chance: random.Random, length: int) -> str:
    return _fill(chance, length, lambda: _sentence(chance).upper(), (" ", "\n\n"))


def brackets(chance: random.Random, length: int) -> str:
    return _fill(
        chance, length, lambda: chance.choice(["(", ")", "[", "]", "((", "—", "-", "...", _sentence(chance)]), ("", " ")
    )  # fmt: skip


def mixture(chance: random.Random, length: int) -> str:
    others = [shape for shape in SHAPES.values() if shape is not mixture]
    parts = [chance.choice(others)(chance, max(1, length // 4)) for _ in range(4)]
    return "\n\n".join(parts)[:length]


SHAPES: dict[str, Callable[[random.Random, int], str]] = {
    shape.__name__: shape
    for shape in (
        unbalanced_quotes,
        only_quotes,
        quoted_words,
        emoji,
        right_to_left,
        no_punctuation,
        html_remains,
        long_words,
        only_digits,
        short_lines,
        repeated_sentence,
        nearly_repeated,
        one_paragraph,
        control_characters,
        blank,
        any_characters,
        capitals,
        brackets,
        mixture,
    )
}


def make_odd_text(shape: str, number: int, *, length: int) -> str:
    """Return text *number* of a *shape*, at most *length* characters; the same every time."""
    return SHAPES[shape](random.Random(f"{shape} {number}"), length)
