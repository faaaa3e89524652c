"""Words that give page furniture away, read from ``lexicons/furniture.txt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from apps.articles.text.lines import LEXICONS, Line, find_runs, plain_text

MOST_WORDS = {
    "line": 12,
    "start": 40,
    "opening": 60,
    "end": 40,
    "any": 40,
    "short": 16,
    "long": 400,
    "tail": 60,
}
# What the lexicon calls an outlet's own word on what it got wrong.
_CORRECTION = "notice of a correction"
_SECTION = re.compile(r"\[(\w+) (\w+)\] (.+)")


def is_correction_notice(reason: str) -> bool:
    """Say whether *reason*, why a part of a page is what it is, names a notice of a correction."""
    return reason.startswith(_CORRECTION)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words found in a line. *kind* and *where* are those of the lexicon's section,
    *meaning* what readers are told, *words* the words as they stand in the lexicon."""

    kind: str
    where: str
    meaning: str
    words: str

    @property
    def reason(self) -> str:
        return f"{self.meaning}: “{self.words}”"


@dataclass(frozen=True, slots=True)
class _Section:
    kind: str
    where: str
    meaning: str
    pattern: re.Pattern[str]
    # One run of letters of each phrase, so that a line without any of them is not searched.
    runs: frozenset[str]


def _phrase_pattern(phrase: str) -> str:
    parts = []
    for word in phrase.split():
        if word == "*":
            parts.append(r"(?:\S+ ){0,3}\S+")
        else:
            parts.append(re.escape(word).replace(r"\#", r"\d[\d,.]*"))
    return " ".join(parts)


@cache
def read_cues() -> tuple[_Section, ...]:
    """Return the sections of the lexicon in file order, each as one pattern."""
    sections: list[tuple[str, str, str, list[str]]] = []
    for raw in (LEXICONS / "furniture.txt").read_text("utf-8").splitlines():
        line = raw.strip()
        # Comments stand above the first section; below, # is a number.
        if not line or (not sections and line.startswith("#")):
            continue
        if header := _SECTION.fullmatch(line):
            kind, where, meaning = header.groups()
            if where not in MOST_WORDS:
                raise ValueError(f"furniture.txt: unknown place {where!r} in {line!r}")
            sections.append((kind, where, meaning, []))
        else:
            sections[-1][3].append(plain_text(line))
    return tuple(
        _Section(kind, where, meaning, _compile(where, phrases), _choose_runs(phrases))
        for kind, where, meaning, phrases in sections
    )


def _choose_runs(phrases: list[str]) -> frozenset[str]:
    """Return the longest run of each phrase; empty when a phrase has none of its own."""
    chosen: set[str] = set()
    for phrase in phrases:
        words = " ".join(word for word in phrase.split() if word != "*" and "#" not in word)
        runs = find_runs(words)
        if not runs:
            return frozenset()
        chosen.add(max(runs, key=lambda run: (len(run), run)))
    return frozenset(chosen)


@cache
def _read_sections(kinds: tuple[str, ...], tail: bool) -> tuple[_Section, ...]:
    return tuple(
        section
        for section in read_cues()
        if section.kind in kinds and (tail or section.where != "tail")
    )


def _compile(where: str, phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    either = "|".join(_phrase_pattern(phrase) for phrase in longest_first)
    if where == "line":
        return re.compile(rf"\W*(?:{either})\W*\Z")
    if where in ("start", "opening"):
        return re.compile(rf"[^\w#©]*(?:{either})(?!\w)")
    if where == "end":
        return re.compile(rf"(?<!\w)(?:{either})[^\w]*\Z")
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def find_cue(line: Line, *kinds: str, tail: bool = False) -> Cue | None:
    """Return the first cue of one of *kinds* in *line*, or None.

    Sections are tried in the lexicon's order. Cues that hold only after the article's
    last paragraph are tried with *tail* alone. A cue between quotation marks with words
    around it is somebody's speech and does not count.
    """
    return next(find_cues(line, *kinds, tail=tail), None)


def find_cues(line: Line, *kinds: str, tail: bool = False) -> Iterator[Cue]:
    """Yield the first cue of every section of one of *kinds* in *line*, see :func:`find_cue`."""
    runs = find_runs(line.plain)
    for section in _read_sections(kinds, tail):
        if section.runs and section.runs.isdisjoint(runs):
            continue
        if len(line.words) > MOST_WORDS[section.where]:
            continue
        if section.where in ("line", "start", "opening"):
            match = section.pattern.match(line.plain)
        else:
            match = section.pattern.search(line.plain)
        if match is None or (section.where != "line" and _is_speech(line.plain, match)):
            continue
        if section.where in ("start", "end") and line.is_paragraph:
            continue
        yield Cue(section.kind, section.where, section.meaning, match[0].strip(" -|·:,\"'"))


def _is_speech(plain: str, match: re.Match[str]) -> bool:
    before = plain[: match.start()].count('"')
    return before % 2 == 1 and '"' in plain[match.end() :]
