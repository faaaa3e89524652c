"""Words of two claims that cannot both hold of one thing: "passed" and "failed", "sounded"
and "never sounded", "adequate" and "inadequate", "on schedule" and "two years late"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from apps.articles.text.spans import Span
from apps.claims.analysis.antonyms import find_sides
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.meanings import similarity
from apps.claims.analysis.opposites import NEGATIONS
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import StoryIndex
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.types import ClaimDraft, Polarity, Voice
from apps.claims.analysis.word_lists import word_groups, word_set
from apps.claims.analysis.wording import Token, find_phrase, stem

# A negation so many words before a word belongs to it.
_REACH = 4
# "Not only" adds, "no less than" counts, "no later than" dates.
_NOT_NEGATING = frozenset({"only", "just", "least", "less", "more", "fewer", "later", "doubt"})
# "Yet to decide", "stopped short of saying", "rather than close".
_OTHERWISE = frozenset({"yet to", "short of", "instead of", "rather than", "far from"})
_NO_OBJECT = frozenset({"nothing", "nobody", "none"})
# Who wins beats somebody who loses: such words exclude each other only of one and the same.
_CONVERSE = frozenset(
    root(word)
    for word in "win lose defeat beat triumph prevail victory buy purchase acquire sell lend borrow".split()
)
_BREAKS = '.?!;:,–—“”"'
_SAID = frozenset({"VERB", "ADJ", "NOUN", "ADV", ""})
# Two words this near in meaning may tell one deed; below it they are other deeds.
_ALIKE = 0.55
# What neither claim predicates is denied by the way.
_BY_THE_WAY = 0.6
_PREFIXES = ("in", "un", "im", "ir", "il", "dis", "non")
_ALWAYS_DENYING = ("un", "dis", "non")
_QUALITIES = ("ity", "ence", "ance", "cy", "ness", "ility")
_SHORTEST = 4
_ONLY_TELLING = frozenset(
    "say tell add note report announce state explain write ask reply respond describe call remark observe show".split()
)


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word of a claim with the side it stands on: *affirmed* is false under a negation.

    *stem* is its root, *told* says that it is what the claim predicates. *of* is the stem of the noun right behind
    an adjective, "" without one.
    """

    token: Token
    stem: str
    affirmed: bool
    told: bool
    of: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Words *x* of one claim and *y* of the other that exclude each other.

    *kind* is "negated" (one word, or two of one meaning, denied on one side only), "open"
    (not said or not decided by one side), "opposite", "prefixed" (a word and its
    opposite with "un-", "in-" …) or "side" (phrases of one matter). *alike* is 0 to 1: how surely the words are of one matter. *matter* names it.
    """

    kind: str
    x: tuple[Token, ...]
    y: tuple[Token, ...]
    alike: float
    matter: str
    told: float


def find_clashing_words(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> Iterator[Clash]:
    """Yield what excludes each other in two claims; the same words are never yielded twice."""
    ours, theirs = said_words(index, a), said_words(index, b)
    yield from _negated(ours, theirs)
    yield from _left_open(index, a, theirs)
    yield from _left_open(index, b, ours, turned=True)
    yield from _opposite(ours, theirs, a, b)
    yield from _sides(index, a, b)


def exclude_each_other(x: Token, y: Token) -> bool:
    """Whether two words of one form exclude each other: "opened" / "closed", "fit" / "unfit"."""
    ours, theirs = (find_sides(root(token.lemma or token.key)) for token in (x, y))
    turned = {(matter, not first) for matter, first in ours}
    return bool(turned & theirs and not ours & theirs) or y.key in _turned_by_prefix(x.key)


def _negated(ours: list[SaidWord], theirs: list[SaidWord]) -> Iterator[Clash]:
    denied = [(x, y) for x in ours if not x.affirmed for y in theirs if y.affirmed]
    stated = [(x, y) for y in theirs if not y.affirmed for x in ours if x.affirmed]
    for x, y in (*denied, *stated):
        alike = _likeness(x.stem, y.stem)
        if alike and not x.told and not y.told:
            alike *= _BY_THE_WAY
        if alike:
            yield Clash("negated", (x.token,), (y.token,), alike, x.stem, (x.told + y.told) / 2)


def _have_one_subject(a: ClaimDraft, b: ClaimDraft) -> bool:
    return bool(a.subject and b.subject) and bool(_likeness(root(a.subject), root(b.subject)))


def _left_open(
    index: StoryIndex, claim: ClaimDraft, others: list[SaidWord], *, turned: bool = False
) -> Iterator[Clash]:
    """Yield what one side would not say or has not decided and the other states."""
    left, asked = _question_of(index, claim)
    for other in others:
        if other.told and other.affirmed and other.stem in asked:
            x, y = left, (other.token,)
            if turned:
                x, y = y, x
            yield Clash("open", x, y, 1.0, other.stem, 1.0)


def _question_of(index: StoryIndex, claim: ClaimDraft) -> tuple[tuple[Token, ...], frozenset[str]]:
    """Return the words that leave something open around *claim*, and the stems of what."""
    key = f"left open in {claim.id}"
    known = index.memo.get(key)
    if known is None:
        view = index.sentence(claim)
        tokens = view.tokens if view is not None else ()
        place = find_phrase([token.key for token in tokens], word_set("undecided"))
        known = ((), frozenset())
        if place is not None:
            asked = frozenset(root(token.lemma or token.key) for token in tokens[place[1] :])
            known = (tokens[place[0] : place[1]], asked)
        index.memo[key] = known
    return cast("tuple[tuple[Token, ...], frozenset[str]]", known)


def _opposite(
    ours: list[SaidWord], theirs: list[SaidWord], a: ClaimDraft, b: ClaimDraft
) -> Iterator[Clash]:
    one = _have_one_subject(a, b)
    by_matter: dict[tuple[str, bool], list[SaidWord]] = {}
    for word in theirs:
        for matter, positive in _matters(word):
            by_matter.setdefault((matter, positive), []).append(word)
    by_key = {word.token.key: word for word in reversed(theirs)}
    for x in ours:
        for matter, positive in sorted(_matters(x)):
            # An article that says "rose" and "fell" in one claim takes no side.
            if any((matter, not positive) in _matters(word) for word in ours):
                continue
            if (matter, positive) in by_matter:
                continue
            for y in by_matter.get((matter, not positive), ()):
                if _of_other_things(x, y) or ({x.stem, y.stem} <= _CONVERSE and not one):
                    continue
                yield Clash("opposite", (x.token,), (y.token,), 0.8, matter, (x.told + y.told) / 2)
        for key in _turned_by_prefix(x.token.key):
            other = by_key.get(key)
            if other is None or _of_other_things(x, other):
                continue
            if x.affirmed == other.affirmed and _denies_by_prefix(x, other):
                matter = min(x.stem, other.stem)
                told = (x.told + other.told) / 2
                yield Clash("prefixed", (x.token,), (other.token,), 1.0, matter, told)


def _matters(word: SaidWord) -> frozenset[tuple[str, bool]]:
    # "A block of flats" stands in nobody's way.
    sides = find_sides(word.stem) if word.token.pos != "NOUN" else frozenset()
    return sides if word.affirmed else frozenset((m, not positive) for m, positive in sides)


def _of_other_things(x: SaidWord, y: SaidWord) -> bool:
    """Whether two adjectives stand before other nouns: "illegal fishing" / "legal advice"."""
    return bool(x.of and y.of) and not _likeness(x.of, y.of)


def _denies_by_prefix(x: SaidWord, y: SaidWord) -> bool:
    """Whether the longer of two words denies the shorter: "im" does so in "impossible" and in
    "impossibility", not in "immigration" or "improve"."""
    longer = max(x, y, key=lambda word: len(word.token.key)).token
    if longer.key.startswith(_ALWAYS_DENYING) or longer.pos in {"ADJ", "ADV", ""}:
        return True
    return longer.key.endswith(_QUALITIES)


@lru_cache(maxsize=50_000)
def _turned_by_prefix(word: str) -> tuple[str, ...]:
    """Return what may be the opposite of *word* by its beginning: "adequate", "inadequate"."""
    longer = [f"{prefix}{word}" for prefix in _PREFIXES] if len(word) >= _SHORTEST else []
    shorter = [word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix)]
    return (*longer, *(rest for rest in shorter if len(rest) >= _SHORTEST))


def _sides(index: StoryIndex, a: ClaimDraft, b: ClaimDraft) -> Iterator[Clash]:
    ours, theirs = _phrases_of(index, a), _phrases_of(index, b)
    for matter in sorted(ours.keys() & theirs.keys()):
        (positive, x), (other, y) = ours[matter], theirs[matter]
        stems = {root(token.lemma or token.key) for token in (*x, *y) if token.content}
        if stems <= _CONVERSE and not _have_one_subject(a, b):
            continue
        if positive != other:
            yield Clash("side", x, y, min(1.0, (len(x) + len(y)) / 4), matter, 0.5)


def _phrases_of(index: StoryIndex, claim: ClaimDraft) -> dict[str, tuple[bool, tuple[Token, ...]]]:
    """Return by matter the side a claim takes on it, with the words that take it."""
    key = f"sides of {claim.id}"
    known = index.memo.get(key)
    if known is None:
        tokens = () if _is_asked(index, claim) else index.tokens(claim)
        keys = [token.key for token in tokens]
        found: dict[str, tuple[bool, tuple[Token, ...]]] = {}
        for matter, sides in _phrase_sides().items():
            places = {
                positive: place
                for positive, phrases in sides.items()
                if (place := find_phrase(keys, phrases)) is not None
            }
            if not places:
                continue
            if len(places) == 2 and len({end - start for start, end in places.values()}) == 1:
                continue  # "Rose in May and fell in June" takes no side.
            positive, (start, end) = max(
                places.items(), key=lambda entry: (entry[1][1] - entry[1][0], -entry[1][0])
            )
            negated = is_negated(tokens, start, index.articles[claim.article].text)
            found[matter] = (positive != negated, tokens[start:end])
        known = index.memo[key] = found
    return cast("dict[str, tuple[bool, tuple[Token, ...]]]", known)


def said_words(index: StoryIndex, claim: ClaimDraft) -> list[SaidWord]:
    """Return the words of a claim that say something, with the side each stands on."""
    key = f"said in {claim.id}"
    known = index.memo.get(key)
    if known is None:
        tokens = index.tokens(claim)
        text = index.articles[claim.article].text
        predicate = root(claim.predicate) if claim.predicate else ""
        teller = [*claim.attribution.source_spans, *_telling_cues(tokens, claim)]
        if _is_asked(index, claim):
            tokens = ()
        said: list[SaidWord] = []
        for at, token in enumerate(tokens):
            if not token.content or token.name or token.pos not in _SAID:
                continue
            if token.key[:1].isdigit() or token.key in word_set("calendar_words"):
                continue
            if any(span.overlaps(token.span) for span in teller):
                continue
            if token.pos == "VERB" and (token.lemma or token.key) in _ONLY_TELLING:
                continue
            stem = root(token.lemma or token.key)
            told = stem == predicate
            denied = is_negated(tokens, at, text) or (told and claim.polarity is Polarity.NEGATIVE)
            denied = denied or claim.voice is Voice.DENIED
            if token.key not in NEGATIONS:
                of = _noun_behind(tokens, at) if token.pos == "ADJ" else ""
                said.append(SaidWord(token, stem, not denied, told, of))
        known = index.memo[key] = said
    return cast("list[SaidWord]", known)


def _noun_behind(tokens: tuple[Token, ...], at: int) -> str:
    """Return the stem of the noun an adjective stands before, other adjectives between them:
    "legal and diplomatic debates"; "" without one."""
    for token in tokens[at + 1 : at + _REACH]:
        if token.pos == "NOUN":
            return root(token.lemma or token.key)
        if token.pos not in {"ADJ", "CCONJ"}:
            break
    return ""


def _telling_cues(tokens: tuple[Token, ...], claim: ClaimDraft) -> Iterator[Span]:
    """Yield the cues that only tell: "said"; who "ordered" or "denied" it has done so."""
    for span in claim.attribution.cue_spans:
        inside = [token for token in tokens if token.span.overlaps(span)]
        if any((token.lemma or token.key) in _ONLY_TELLING for token in inside):
            yield span


def _is_asked(index: StoryIndex, claim: ClaimDraft) -> bool:
    """Whether *claim* ends in a question mark: what is asked is not said."""
    return index.articles[claim.article].text[: claim.span.end].rstrip("”\"’' ").endswith("?")


def is_negated(tokens: tuple[Token, ...], at: int, text: str, *, reach: int = _REACH) -> bool:
    """Whether a negation stands at most *reach* words before token *at*, in its clause, or
    right behind it as what it is done to."""
    for back in range(at - 1, max(-1, at - 1 - reach), -1):
        between = text[tokens[back].end : tokens[back + 1].start]
        if any(sign in between for sign in _BREAKS):
            return False
        key, after = tokens[back].key, tokens[back + 1].key
        if f"{key} {after}" in _OTHERWISE:
            return True
        if after == "to" and tokens[back].stem in undone_stems():
            return True
        if key in NEGATIONS or key.endswith("n't"):
            return after not in _NOT_NEGATING
    # "Has excluded nothing".
    behind = tokens[at + 1 : at + 2] if tokens[at].pos in {"VERB", ""} else ()
    return any(token.key in _NO_OBJECT for token in behind)


@cache
def undone_stems() -> frozenset[str]:
    """Return the stems of verbs whose "to" or "that" did not happen: "refuse", "fail"."""
    return frozenset(stem(word) for word in read_words("negative_verbs"))


@lru_cache(maxsize=50_000)
def _likeness(x: str, y: str) -> float:
    """Return how surely two stems tell one thing, 0 to 1."""
    if x == y:
        return 1.0
    if not synonym_sets(x).isdisjoint(synonym_sets(y)):
        return 0.8
    if frames_of_stem(x) & frames_of_stem(y):
        return 0.6
    near = similarity(x, y)
    return near if near >= _ALIKE else 0.0


@cache
def _phrase_sides() -> dict[str, dict[bool, frozenset[str]]]:
    """Return by matter the phrases of its two sides, True for the one marked "+"."""
    sides: dict[str, dict[bool, frozenset[str]]] = {}
    for group, phrases in word_groups("stances").items():
        matter, _, sign = group.rpartition(" ")
        sides.setdefault(matter, {True: frozenset(), False: frozenset()})[sign == "+"] = frozenset(
            phrases
        )
    return sides
