"""Votes and scores: "7-4", "seven in favour, five against", and how many could vote."""

from __future__ import annotations

import re
from dataclasses import dataclass

from apps.articles.text.spans import Span
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.numbers import find_numbers
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex

# Matches "7-4", "7–4", "7 to 4"; not "2025-26", "9 a.m. to 5".
_SCORE = re.compile(
    r"(?<![\d-])(\d{1,3})(?:\s?[-–]\s?|\sto\s)(\d{1,3})(?![\d-]|\s?(?:a\.m|p\.m|percent|%))"
)
_WORD = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
# Matches "Seven members in favor, five against", "7 for and 5 against".
_COUNTED = re.compile(
    rf"\b({_WORD})\b[^.,;:]{{0,30}}?\b(?:in favou?r|for|yes|voted yes|backed)\b[^.;:]{{0,30}}?\b({_WORD})\b[^.,;:]{{0,20}}?"
    r"\b(?:against|opposed|no)\b",
    re.IGNORECASE,
)
# Matches "Four of the council's seven members backed", "six of nine judges rejected".
_OF_BODY = re.compile(
    rf"\b({_WORD})\s+of\s+(?:the\s+|its\s+|their\s+)?(?:[\w'’]+\s+){{0,3}}?({_WORD})\s+(?:\w+\s+)?"
    r"(?:members?|councill?ors|senators|lawmakers|judges|justices|directors|commissioners|panelists|jurors)\s+"
    r"(?:(?P<for>backed|supported|approved|favou?red|voted for|voted in favou?r|voted yes|wanted)"
    r"|(?P<against>rejected|opposed|dissented|voted against|voted no))\b",
    re.IGNORECASE,
)
# Matches "All 11 members", "the 11-member council", "all eleven councillors".
_BODY = re.compile(
    rf"\b(?:all|the)\s+({_WORD})[\s-](?:members?|councillors|senators|lawmakers|judges)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """A vote: how many for, how many against, and where it says so."""

    article: str
    sentence: SentenceView
    span: Span
    ayes: int
    noes: int


def find_tallies(index: StoryIndex, article_id: str) -> list[Tally]:
    """Return the votes of an article in text order; scores of games are no votes."""
    text = index.articles[article_id].text
    found: list[Tally] = []
    for sentence in index.sentences[article_id]:
        for match in _COUNTED.finditer(text, sentence.span.start, sentence.span.end):
            found.append(
                Tally(
                    article_id,
                    sentence,
                    Span(match.start(), match.end()),
                    _value(match[1]),
                    _value(match[2]),
                )
            )
        for match in _OF_BODY.finditer(text, sentence.span.start, sentence.span.end):
            some, rest = _value(match[1]), _value(match[2]) - _value(match[1])
            if rest >= 0:
                ayes, noes = (some, rest) if match["for"] else (rest, some)
                span = Span(match.start(), match.end())
                found.append(Tally(article_id, sentence, span, ayes, noes))
        if not _about_votes(sentence):
            continue
        for match in _SCORE.finditer(text, sentence.span.start, sentence.span.end):
            found.append(
                Tally(
                    article_id,
                    sentence,
                    Span(match.start(), match.end()),
                    int(match[1]),
                    int(match[2]),
                )
            )
    return found


def find_bodies(index: StoryIndex, article_id: str) -> list[tuple[int, Span]]:
    """Return how many members a voting body has, as the article says, with the words."""
    text = index.articles[article_id].text
    return [
        (_value(match[1]), Span(match.start(), match.end()))
        for sentence in index.sentences[article_id]
        for match in _BODY.finditer(text, sentence.span.start, sentence.span.end)
    ]


def about(tally: Tally) -> frozenset[str]:
    """Return the stems of the sentence's words, to tell a committee's vote from a council's."""
    return frozenset(root(token.key) for token in tally.sentence.tokens if token.content)


def _about_votes(sentence: SentenceView) -> bool:
    stems = {root(token.lemma or token.key) for token in sentence.tokens} | {
        root(token.key) for token in sentence.tokens
    }
    frames = frozenset().union(*(frames_of_stem(stem) for stem in stems)) if stems else frozenset()
    # Who voted played no match, whatever "strike" or "draw" may mean elsewhere.
    if {"vote", "voted"} & stems:
        return True
    return (
        bool({"approv", "pass", "council", "senate", "committee"} & stems) and "match" not in frames
    )


def _value(word: str) -> int:
    numbers = find_numbers(word)
    return int(numbers[0].value) if numbers else 0
