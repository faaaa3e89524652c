"""Make training texts look like what comes in: quotation marks, headlines, paragraphs.

Treebanks have straight quotation marks and few headlines; news has both kinds of marks
and a title in capitals above every text. All that varies is drawn from the generator
passed in, so one seed gives one result.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from training.pipeline.conllu import Sentence

_LOWER_IN_TITLES = frozenset(
    "a an the of in on at to for and but or nor as by with from vs via per is it its be".split()
)
_TITLE_WORD = re.compile(r"[^\W\d_][\w’']*")
_CHUNK_SENTENCES = (1, 2, 3, 4, 6, 8, 10, 12)
TEST_CHUNK = 10
SEPARATORS = ("\n\n", "\n", " ")
_HEADLINE_WORDS = range(5, 17)


def curl_quotes(text: str) -> str:
    """Return *text* with typographic quotation marks and apostrophes, as long as before.

    A mark opens after white space or an opening bracket, before anything but white space.
    """
    letters = list(text)
    for place, letter in enumerate(text):
        if letter not in "\"'":
            continue
        before = text[place - 1] if place else " "
        after = text[place + 1] if place + 1 < len(text) else " "
        opens = not after.isspace() and (before.isspace() or before in "([—")
        if letter == '"':
            letters[place] = "“" if opens else "”"
        else:
            # "'90s" and "'em" begin with an apostrophe, quoted words with a mark.
            letters[place] = "‘" if opens and not _is_elision(text, place) else "’"
    return "".join(letters)


def _is_elision(text: str, place: int) -> bool:
    return (
        re.match(r"'(?:\d\ds?|em|til|tis|twas|cause|n)\b", text[place:], re.IGNORECASE) is not None
    )


def write_as_title(text: str) -> str:
    """Return *text* in Title Case, little words small, as long as before."""

    def write(match: re.Match[str]) -> str:
        word = match[0]
        if word in _LOWER_IN_TITLES and match.start() > 0:
            return word
        first = word[0].upper()
        return (first if len(first) == 1 else word[0]) + word[1:]

    return _TITLE_WORD.sub(write, text)


def cut_chunks(
    sentences: Sequence[Sentence], rng: random.Random | None
) -> Iterator[tuple[Sentence, ...]]:
    """Yield runs of one to twelve sentences; of ten where nothing is drawn (tests)."""
    start = 0
    while start < len(sentences):
        length = TEST_CHUNK if rng is None else rng.choice(_CHUNK_SENTENCES)
        yield tuple(sentences[start : start + length])
        start += length


def draw_separator(rng: random.Random) -> str:
    """Return what stands between paragraphs: mostly an empty line or a new one."""
    return rng.choices(SEPARATORS, (0.4, 0.4, 0.2))[0]


def curl_sentences(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sentence.with_text(curl_quotes(sentence.text)) for sentence in sentences)


def make_headline(sentence: Sentence) -> Sentence | None:
    """Return *sentence* as a title line of its own without the full stop.

    None for what no editor would print so: very short or long, without a verb or name,
    beginning with a quotation mark or bracket.
    """
    words = sentence.words
    if len(words) not in _HEADLINE_WORDS or words[0].tag in ("``", "''", "-LRB-"):
        return None
    if any(word.pos in ("X", "INTJ") for word in words):
        return None
    if not any(word.pos in ("VERB", "PROPN") for word in words):
        return None
    line = sentence.with_text(write_as_title(sentence.text))
    last = len(words) - 1
    if words[last].form == "." and all(word.head != last for word in words):
        line = replace(line, text=line.text[: words[last - 1].end], words=line.words[:last])
    return replace(line, starts_paragraph=True, space_after=True)


def add_headlines(
    sentences: Sequence[Sentence], headlines: Sequence[Sentence], rng: random.Random
) -> tuple[Sentence, ...]:
    """Return *sentences* under one or two title lines, or now and then around one."""
    lines = tuple(rng.choice(headlines) for _ in range(rng.choice((1, 1, 1, 2))))
    if rng.random() < 0.35:
        lines = curl_sentences(lines)
    place = rng.randrange(1, len(sentences)) if len(sentences) > 2 and rng.random() < 0.25 else 0
    after = (replace(sentences[place], starts_paragraph=True), *sentences[place + 1 :])
    return (*sentences[:place], *lines, *after)
