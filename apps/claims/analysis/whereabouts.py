"""Where an article puts things: "off Kettle Head", "in the high school gym", "on the ninth level".

A place is a phrase behind a preposition whose last words are a name or a noun of somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from apps.articles.text.spans import Span
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.types import ClaimDraft
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token

_AT = frozenset({"in", "at", "on", "inside", "outside", "near", "off", "beside", "behind", "under", "along", "around",
    "aboard", "across", "opposite", "where"})  # fmt: skip
# Nobody is in, off or outside a person.
_ONLY_PLACES = frozenset({"in", "inside", "near", "off", "outside"})
_FROM_OR_TO = frozenset({"to", "from", "into", "towards", "toward", "through"})
_OF = frozenset({"of", "the", "a", "an", "'s", "its", "their", "her", "his", "our", "and"})
# Nouns of somewhere; names need none.
_SOMEWHERE = frozenset(
    "side end shore bank edge wing entrance gate level floor storey deck corner yard garden gym hall courthouse "
    "court church chapel school hospital clinic station terminal airport runway port harbour harbor quay pier bridge "
    "street road avenue square park stadium office headquarters embassy ministry parliament palace house "
    "villa flat apartment hotel bar restaurant shop mall warehouse factory mill mine plant farm field "
    "forest wood hill mountain valley river lake island coast beach border capital province region "
    "district county suburb mainland countryside tunnel shaft cellar basement roof attic kitchen lobby car bus train "
    "boat ship plane hallway stairs east west north south studio theatre theater "
    "reservoir dam call podium stage scene".split()
)
_PARTS = frozenset(
    "north south east west northern southern eastern western upper lower left right first second third fourth fifth "
    "sixth seventh eighth ninth tenth eleventh twelfth front rear back inner outer near far".split()
)
_LONGEST = 8
# Frames of what happens: the fire of a mill is not where its mill is.
_HAPPENINGS = frozenset(
    "attack bombing collapse crash dying earthquake explosion fire flood injury landslide protest shooting "
    "storm wildfire".split()
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A place with where it stands: *span* is the phrase without its preposition.

    *words* are the stems of its telling words, *names* those of them that are names,
    *noun* the stem of the noun of somewhere, "" for a bare name; *moves* says that
    something goes there or comes from there.
    """

    view: SentenceView
    claim: ClaimDraft
    span: Span
    words: frozenset[str]
    names: frozenset[str]
    noun: str
    moves: bool


def places_in(index: StoryIndex, article_id: str) -> list[Placed]:
    """Return the places an article names behind a preposition, in text order."""
    return index.found_in("whereabouts", article_id, _in_sentence)


def _in_sentence(index: StoryIndex, view: SentenceView) -> Iterator[Placed]:
    text = index.articles[view.article].text
    at = 0
    while at < len(view.tokens):
        token = view.tokens[at]
        at += 1
        if _is_part(view.tokens[at - 1 : at + 1]) and text[token.end] != "-":
            # "It was the ninth level that gave way."
            phrase = _phrase(text, view.tokens, at - 1)
        elif token.key in _AT | _FROM_OR_TO:
            phrase = _phrase(text, view.tokens, at)
        else:
            continue
        telling = [word for word in phrase if word.content and word.key[:1].isalpha()]
        names = [word for word in telling if word.name]
        nouns = [word for word in telling if not word.name and root(word.key) in somewhere()]
        if not phrase or _is_happening(phrase):
            continue
        if not (nouns or any(word.ent != "PERSON" or token.key in _ONLY_PLACES for word in names)):
            continue
        claim = index.claim_at(view.article, Span(phrase[0].start, phrase[-1].end))
        if claim is None:
            continue
        yield Placed(
            view=view,
            claim=claim,
            span=Span(phrase[0].start, phrase[-1].end),
            words=frozenset(root(word.lemma or word.key) for word in telling),
            names=frozenset(root(word.key) for word in names),
            noun=_head(nouns),
            moves=token.key in _FROM_OR_TO,
        )
        at += len(phrase)


def _is_happening(phrase: list[Token]) -> bool:
    """Whether a phrase is of what happens somewhere: "the county's worst accident", "the mill
    fire", not "the county's high court"."""
    last = phrase[-1]
    return (
        not last.name
        and last.pos in {"NOUN", ""}
        and root(last.key) not in somewhere()
        and bool(frames_of_stem(root(last.key)) & _HAPPENINGS)
    )


def _head(nouns: list[Token]) -> str:
    """Return the stem of the first noun of somewhere, "end" in "the eastern end of the runway"."""
    stems = [root(noun.key) for noun in nouns]
    return next((stem for stem in stems if stem not in part_words()), "".join(stems[:1]))


def _is_part(pair: tuple[Token, ...]) -> bool:
    return len(pair) == 2 and root(pair[0].key) in part_words() and root(pair[1].key) in somewhere()


def _phrase(text: str, tokens: tuple[Token, ...], start: int) -> list[Token]:
    """Return the noun phrase that begins at *start*, names joined by "of" included."""
    found: list[Token] = []
    for token in tokens[start : start + _LONGEST]:
        if found and any(sign in text[found[-1].end : token.start] for sign in ',;:.!?()—–“”"'):
            break
        if token.key in word_set("calendar_words") or token.key == "last":
            break
        noun_like = token.name or token.pos in {"NOUN", "PROPN", "ADJ", "NUM", ""}
        if token.key in _OF or (noun_like and token.key not in _AT | _FROM_OR_TO):
            found.append(token)
            continue
        break
    while found and found[-1].key in _OF:
        found.pop()
    return found


@cache
def part_words() -> frozenset[str]:
    """Return stems of the words that tell one part of a thing from another."""
    return frozenset(root(word) for word in _PARTS)


@cache
def somewhere() -> frozenset[str]:
    """Return stems of the nouns of somewhere: "church", "shore"."""
    return frozenset(root(word) for word in _SOMEWHERE)
