"""Which paragraphs of a page tell another story: names and words they share, or do not."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from apps.articles.text.lines import Line, read_words

# Fewer paragraphs without a dateline or byline of their own are no story.
FEWEST_PARAGRAPHS = 4
# Below less than this many different words, nothing can be said to be off the subject.
FEWEST_WORDS = 40
BREAK_SCORE, MARKED_BREAK_SCORE = 2.0, 0.8
# Longer texts are looked at only where furniture stands, and not everywhere there.
MOST_PARAGRAPHS, MOST_BREAKS = 150, 40

# Pages say the same words again and again: these many are looked at once.
KNOWN_WORDS = 1 << 15

# Names of days and months start with a capital and name no subject.
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sept sep oct nov dec today tomorrow yesterday "
    "mr mrs ms dr sen rep gov president minister secretary prime chief king queen pope st".split()
)
_POSSESSIVE = re.compile(r"['’]s?$")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:][\"'”’»)]*\s+|[\"“‘'(]\s*|^\W+)$")
_NAME_WORD = re.compile(r"[A-ZÀ-Þ][\w.'’-]*")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a stretch of text is about: its names and its content words, as stems."""

    names: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=KNOWN_WORDS)
def stem(word: str) -> str:
    """Return a crude stem: "protesters" and "protester", "Iran's" and "Iran" are one."""
    base = _POSSESSIVE.sub("", word.casefold())
    for ending, least in (("ies", 6), ("ing", 7), ("ed", 6), ("es", 6), ("s", 4)):
        if base.endswith(ending) and len(base) >= least and not base.endswith("ss"):
            return base[: -len(ending)]
    return base


def find_names(line: Line, known: frozenset[str] = frozenset()) -> list[str]:
    """Return the stems of capitalised words of *line* that do not open a sentence.

    A word that opens a sentence counts when the next word is capitalised too
    ("Maria Lund said"), or when it is in *known*, names found within sentences elsewhere.
    """
    names: list[str] = []
    matches = list(_NAME_WORD.finditer(line.text))
    for index, match in enumerate(matches):
        name = _name_stem(match[0])
        if name is None:
            continue
        start = match.start()
        if start == 0 or _SENTENCE_START.search(line.text[max(0, start - 4) : start]):
            following = matches[index + 1] if index + 1 < len(matches) else None
            paired = following is not None and following.start() - match.end() == 1
            if not paired and name not in known:
                continue
        names.append(name)
    return names


@lru_cache(maxsize=KNOWN_WORDS)
def _name_stem(written: str) -> str | None:
    """Return the stem of a capitalised word, ``None`` for one that names nothing."""
    word = written.rstrip(".")
    folded = _POSSESSIVE.sub("", word.casefold())
    if folded in _CALENDAR or folded in read_words("function_words.txt") or len(folded) < 2:
        return None
    return stem(word)


def find_content(words: Iterable[str]) -> list[str]:
    """Return the stems of words that are neither function words, calendar nor numbers."""
    return [content for content in map(_content_stem, words) if content is not None]


@lru_cache(maxsize=KNOWN_WORDS)
def _content_stem(word: str) -> str | None:
    folded = word.casefold()
    if len(folded) < 3 or folded[0].isdigit():
        return None
    if folded in _CALENDAR or folded in read_words("function_words.txt"):
        return None
    return stem(folded)


def describe(lines: Iterable[Line]) -> Subject:
    """Return the subject of *lines* taken together."""
    names: set[str] = set()
    words: set[str] = set()
    for line in lines:
        names.update(find_names(line))
        words.update(find_content(line.words))
    return Subject(frozenset(names), frozenset(words))


def shared_words(line: Line, subject: Subject) -> int:
    """Return how many different content words of *line* occur in *subject*."""
    return len(set(find_content(line.words)) & subject.words)


def shared_share(line: Line, subject: Subject) -> float:
    """Return which part of the content words of *line* occur in *subject*, 0 to 1."""
    words = set(find_content(line.words))
    return len(words & subject.words) / len(words) if words else 0.0


def is_off_subject(lines: Sequence[Line], subject: Subject) -> bool:
    """Whether *lines* share next to nothing with *subject*.

    Names weigh most: at most a quarter of their names may be known, and of their other
    words at most two fifths, since every report says "people" and "year". Nothing to go by (no names, few words)
    is no evidence: the answer is False.
    """
    names: set[str] = set()
    words: set[str] = set()
    for line in lines:
        names.update(find_names(line))
        words.update(find_content(line.words))
    if len(names) + len(words) < 8:
        return False
    known_names = len(names & (subject.names | subject.words))
    known_words = len(words & subject.words)
    if names and known_names > 0.34 * len(names):
        return False
    return known_words <= 0.4 * len(words)


@dataclass(frozen=True, slots=True)
class Break:
    """Where another story begins: *index* of its first line, and why that is believed."""

    index: int
    reason: str


def find_appended_story(
    lines: Sequence[Line],
    paragraphs: Sequence[int],
    breaks: Sequence[int],
    *,
    marked: Iterable[int] = (),
) -> Break | None:
    """Find a story of several paragraphs that was appended below the first one.

    *paragraphs* are the indexes of lines with running text, *breaks* those paragraphs
    that follow page furniture or a gallery (elsewhere a story does not begin), *marked*
    those breaks that begin like a story, with a dateline or byline of their own.

    A long report also turns to its background late, so a break must be the place where
    what is above and what is below differ most of all places in the text, and must
    differ as two stories do, see :func:`_weigh_cut`.
    """
    starts = set(marked)
    candidates = sorted(set(breaks) | starts)[:MOST_BREAKS]
    if len(paragraphs) < 4 or not candidates:
        return None
    known = frozenset(name for index in paragraphs for name in find_names(lines[index]))
    names = [frozenset(find_names(lines[index], known)) for index in paragraphs]
    words = [frozenset(find_content(lines[index].words)) for index in paragraphs]
    position_of = {index: position for position, index in enumerate(paragraphs)}
    cuts = {
        position_of[index] for index in candidates if 2 <= position_of[index] < len(paragraphs) - 1
    }
    if len(paragraphs) <= MOST_PARAGRAPHS:
        # The last paragraphs of any report differ from the rest: too few to compare with.
        cuts.update(range(2, len(paragraphs) - FEWEST_PARAGRAPHS + 1))
    weighed = {cut: _weigh_cut(names, words, cut) for cut in sorted(cuts)}
    best = max(weighed.values(), default=0.0)
    for index in candidates:
        cut = position_of[index]
        if weighed.get(cut, -1.0) < best or cut not in weighed:
            continue
        is_marked = index in starts
        if len(paragraphs) - cut < (2 if is_marked else FEWEST_PARAGRAPHS):
            continue
        if not is_marked and len(frozenset().union(*words[:cut])) < FEWEST_WORDS:
            continue
        if best < (MARKED_BREAK_SCORE if is_marked else BREAK_SCORE):
            continue
        above = frozenset().union(*names[:cut])
        below = Counter(name for held in names[cut:] for name in held if name not in above)
        if not below:
            continue
        new = min(below, key=lambda name: (-below[name], name))
        named = _as_written(lines, paragraphs[cut:], new)
        return Break(index, f"another subject begins here: “{named}”, not named before")
    return None


def _weigh_cut(names: Sequence[frozenset[str]], words: Sequence[frozenset[str]], cut: int) -> float:
    """Return how much the paragraphs from *cut* on look like another story; 0 is even odds.

    Weights were fitted (logistic regression) to 5,000 cuts through 924 news articles on
    one country's politics against 8,000 joints of two of them: names that ruled above and are gone, a
    new name that rules below, words and names in common, given how much was said above.
    At BREAK_SCORE one cut in a hundred through a single article is taken for a joint and four
    joints in five are found.
    """
    above = Counter(name for held in names[:cut] for name in held)
    below = Counter(name for held in names[cut:] for name in held)
    if not above or not below:
        return -10.0
    mentions = sum(above.values())
    kept = sum(count for name, count in above.items() if name in below) / mentions
    ruling = sorted(above, key=lambda name: (-above[name], name))[:3]
    gone = sum(name not in below for name in ruling) / len(ruling)
    words_above = frozenset().union(*words[:cut])
    words_below = frozenset().union(*words[cut:])
    if not words_above or not words_below:
        return -10.0
    shared = len(words_above & words_below) / len(words_below)
    newest = max((count for name, count in below.items() if name not in above), default=0)
    rules = newest / (len(names) - cut)
    return (
        -6.07
        + 1.58 * gone
        - 21.26 * shared
        + 1.39 * math.log(len(words_above))
        + 8.71 * rules
        - 3.95 * kept
    )


def _as_written(lines: Sequence[Line], indexes: Sequence[int], name: str) -> str:
    for index in indexes:
        for match in _NAME_WORD.finditer(lines[index].text):
            if stem(match[0].rstrip(".")) == name:
                return _POSSESSIVE.sub("", match[0].rstrip("."))
    return name
