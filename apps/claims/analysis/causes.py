"""Sentences that tell why something happened, and sentences that leave it open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from apps.claims.analysis.frames import find_frames
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.uncertainty import find_weakening
from apps.claims.analysis.whereabouts import somewhere
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_phrase

# A cause is told in this many words after "because".
REASON = 12
# Frames that say "this is a cause", not what was caused.
_CAUSAL = frozenset({"cause", "investigation"})
# How far behind "by" and "over" the noun for a failing stands.
_FAILING_WITHIN = 5
# What comes from somewhere has a cause or a way behind it.
_COMING = frozenset({"came", "come", "comes", "sprang", "springing"})
_ABOUT = frozenset(
    "across all around as behind both every far here inside near outside there".split()
)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with the one before it, which says what "it" is."""

    view: SentenceView
    before: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause an outlet tells in its own voice.

    *words* tell it, *effect* what it did; *group* is how: "before" ("because"), "verb"
    ("had weakened it"), "motive" ("in a bid to"), "failing" ("over the ministry's
    refusal") or "culprit" ("a hole dug by the owners").
    """

    told: Told
    words: tuple[Token, ...]
    effect: tuple[Token, ...]
    group: str


def find_causes(index: StoryIndex) -> list[Cause]:
    """Return the causes outlets tell themselves, in order of publication; worked out once."""
    known = index.memo.get("causes")
    if known is None:
        known = [
            cause
            for told in tell_all(index)
            if _in_own_voice(index, told.view)
            for cause in (_cause(told) or _blame(told),)
            if cause is not None
        ]
        index.memo["causes"] = known
    return cast("list[Cause]", known)


def tell_all(index: StoryIndex) -> Iterator[Told]:
    for article_id in sorted(index.sentences, key=index.rank.__getitem__):
        before: tuple[Token, ...] = ()
        for view in index.sentences[article_id]:
            yield Told(view, before)
            before = view.tokens


def is_open_question(view: SentenceView) -> bool:
    """Whether a sentence says that a cause is not known or is looked for."""
    keys = [token.key for token in view.tokens]
    if find_phrase(keys, word_set("inquiring")) is not None:
        return True
    return (
        find_phrase(keys, word_set("unknown_causes")) is not None
        and find_phrase(keys, word_set("causes_asked")) is not None
    )


def _in_own_voice(index: StoryIndex, view: SentenceView) -> bool:
    return (
        not index.is_attributed(view)
        and find_weakening(view.tokens) is None
        and not any(quote.overlaps(view.span) for c in index.claims_in(view) for quote in c.quotes)
    )


def _cause(told: Told) -> Cause | None:
    tokens = told.view.tokens
    keys = [token.key for token in tokens]
    for group in ("before", "verb", "motive"):
        place = find_phrase(keys, word_set("causal_words", group))
        if place is None:
            continue
        # "was due to end" tells of no cause, "thanks to all who came" neither.
        after = tokens[place[1] : place[1] + 1]
        if keys[place[0]] == "due" and (not after or after[0].pos in {"VERB", "AUX"}):
            continue
        if keys[place[0]] in _COMING and _is_way(tokens[place[1] :]):
            continue
        if group == "verb":
            words, effect = tokens[: place[1]], tokens[place[1] :]
            if not any(token.content for token in tokens[: place[0]]):
                continue
        else:
            words, effect = tokens[place[0] : place[1] + REASON], tokens[: place[0]]
            effect = effect if place[0] else tokens[REASON // 2 :]
        # "weakened it", "he needed": what happened is told in the sentence before.
        if len([token for token in effect if token.content]) < 2:
            effect = (*told.before, *effect)
        return Cause(told, words, effect, group)
    return None


def _is_way(behind: tuple[Token, ...]) -> bool:
    """Say whether people and things come from where the words say: "from across the county",
    "from all over", "from Ostby"; not "from a faulty heater"."""
    if not behind or behind[0].pos in {"ADP", "ADV"} or behind[0].key in _ABOUT:
        return True
    first = next((token for token in behind[:_FAILING_WITHIN] if token.content), None)
    return first is not None and (first.name or root(first.key) in somewhere())


def _blame(told: Told) -> Cause | None:
    """Return "over the ministry's reluctance" or "a hole dug by the owners"."""
    tokens = told.view.tokens
    keys = [token.key for token in tokens]
    for at, key in enumerate(keys):
        lead = keys[at - 1] if at else ""
        if key == "over" or (key in {"to", "of", "by"} and lead in {"due", "because", "caused"}):
            for step in range(1, _FAILING_WITHIN):
                if keys[at + step : at + step + 1] and keys[at + step] in word_set("failings"):
                    words = tokens[at : at + step + 1]
                    return Cause(told, words, (*tokens[:at], *tokens[at + step + 1 :]), "failing")
        if key == "by" and lead in word_set("harmful_participles"):
            words = tokens[max(0, at - 2) : at + 3]
            return Cause(told, words, tokens[:at], "culprit")
    return None


def topics_of(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Return the things and happenings spoken of: noun stems and frames, no names."""
    roots = [root(token.lemma or token.key) for token in tokens]
    nouns = {
        root(token.lemma or token.key)
        for token in tokens
        if token.pos in {"NOUN", ""}
        and token.content
        and not token.name
        and token.key not in word_set("calendar_words")
    }
    return frozenset(nouns) | frozenset(f"~{frame}" for frame in find_frames(roots) - _CAUSAL)
