"""The words of a text made comparable, and the edits that turn one wording into another.

Typography never counts as a difference: quotation marks, dashes, white space and case
are levelled before anything is compared. Offsets stay those of the article's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from apps.articles.text.spans import Span
from apps.claims.analysis.word_lists import word_set

# Matches "1,350", "7-4" as "7" and "4", "Bergen's" as "Bergen" and "'s", "don't" whole;
# does not match punctuation on its own.
_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b|[$€£%]|[^\W\d_]\.(?:[^\W\d_]\.)+|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+"
)
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$", re.IGNORECASE)
_CONTRACTED_IS = frozenset("it he she that there what who here where how let".split())
_LEVEL = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
     "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
     "…": "...", "\u00ad": None, "\u200b": None, "\ufeff": None}
)  # fmt: skip


def level(text: str) -> str:
    """Return *text* with quotation marks, dashes and white space made plain, in lower case."""
    return " ".join(text.translate(_LEVEL).lower().split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the article; *key* is what is compared.

    *pos* is a UD label or "" when no parser looked at it, *name* is true inside a name
    (an entity type of the parser or, without one, a capital inside a sentence).
    """

    start: int
    end: int
    text: str
    key: str
    stem: str
    pos: str = ""
    ent: str = ""
    dep: str = ""
    name: bool = False
    lemma: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def content(self) -> bool:
        """Whether the word carries meaning of its own (not "the", "of", "said")."""
        return self.key not in word_set("function_words")


@lru_cache(maxsize=100_000)
def stem(key: str) -> str:
    """Return *key* without its inflection, roughly: "cited", "cites" and "citing" are one.

    Cheap on purpose: it only has to be the same for forms of one word, it need not be a
    word. Numbers and short words come back as they are.
    """
    word = key.replace("'", "")
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, keep in (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return _bare(word[: -len(ending)] + keep)
    for ending in ("ingly", "edly", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return _bare(word[: -len(ending)])
    return _bare(word)


def _bare(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word


def find_tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the words of ``text[start:end]`` in order, with offsets into *text*."""
    stop = len(text) if end is None else end
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, stop):
        first, last, word = match.start(), match.end(), match.group()
        ending = _POSSESSIVE.search(word)
        if ending and ending.start() and word[: ending.start()].lower() not in _CONTRACTED_IS:
            last = first + ending.start()
            word = text[first:last]
        key = level(word)
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", key):
            key = key.replace(",", "")
        inside = bool(tokens) and not re.search(
            r"[.!?:“\"]\s*$", text[max(start, first - 3) : first]
        )
        tokens.append(
            Token(
                first,
                last,
                word,
                key,
                stem(key),
                name=inside and word[:1].isupper() and word not in {"I"},
            )
        )
    return tokens


@dataclass(frozen=True, slots=True)
class Edit:
    """One place where two wordings part: words *a* stand in the first, *b* in the second.

    *before* and *after* are how many words the wordings share directly on either side.
    """

    a: tuple[Token, ...]
    b: tuple[Token, ...]
    before: int
    after: int
    a_at: int
    b_at: int


@dataclass(frozen=True, slots=True)
class WordDiff:
    """Two wordings side by side: *similarity* is 0 to 1, edits are in text order."""

    edits: tuple[Edit, ...]
    similarity: float
    shared: int


def compare_wording(a: Sequence[Token], b: Sequence[Token]) -> WordDiff:
    """Return what has to change for wording *a* to become wording *b*."""
    ours, theirs = [t.key for t in a], [t.key for t in b]
    if ours == theirs:
        return WordDiff((), 1.0, len(ours))
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    edits: list[Edit] = []
    a_at = b_at = before = 0
    for block in [*blocks, None]:
        a_to, b_to = (block.a, block.b) if block else (len(a), len(b))
        if a_to > a_at or b_to > b_at:
            after = block.size if block else 0
            edits.append(Edit(tuple(a[a_at:a_to]), tuple(b[b_at:b_to]), before, after, a_at, b_at))
        if block:
            a_at, b_at, before = block.a + block.size, block.b + block.size, block.size
    shared = sum(block.size for block in blocks)
    total = len(a) + len(b)
    return WordDiff(tuple(edits), 2 * shared / total if total else 1.0, shared)


def content_stems(tokens: Iterable[Token]) -> frozenset[str]:
    """Return the stems of the words that carry meaning."""
    return frozenset(token.stem for token in tokens if token.content)


def words_span(tokens: Sequence[Token]) -> Span:
    """Return the span from the first to the last of *tokens*, which must not be empty."""
    return Span(tokens[0].start, tokens[-1].end)


@lru_cache(maxsize=4096)
def _by_first_word(
    phrases: frozenset[str] | tuple[str, ...],
) -> tuple[dict[str, tuple[tuple[str, ...], ...]], tuple[int, ...]]:
    """Return phrases by first word, longest first, and how long beginnings ("charg*") are."""
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split(" "))
        by_word.setdefault(words[0], []).append(words)
    ordered = {
        word: tuple(sorted(found, key=lambda w: (-len(w), w))) for word, found in by_word.items()
    }
    return ordered, tuple(sorted({len(word) - 1 for word in ordered if word.endswith("*")}))


def find_phrase(keys: Sequence[str], phrases: Iterable[str]) -> tuple[int, int] | None:
    """Return where the first of *phrases* stands among *keys*, as ``(start, end)``.

    A phrase is words with single spaces; a first word ending in ``*`` matches any ending.
    Earlier places win, longer phrases before shorter ones.
    """
    by_word, lengths = _by_first_word(
        phrases if isinstance(phrases, (frozenset, tuple)) else frozenset(phrases)
    )
    if not lengths and by_word.keys().isdisjoint(keys):
        return None
    for at, key in enumerate(keys):
        candidates = by_word.get(key, ())
        for length in lengths:
            if length > len(key):
                break
            candidates += by_word.get(f"{key[:length]}*", ())
        for words in candidates:
            if len(words) == 1 or tuple(keys[at + 1 : at + len(words)]) == words[1:]:
                return at, at + len(words)
    return None
