"""A claim as alignment sees it: sets of comparable things, computed once per claim."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from apps.articles.text.types import Role
from apps.claims.analysis.frames import find_frames
from apps.claims.analysis.rarity import rarity
from apps.claims.analysis.stems import STOP_LEMMAS, content_stem, is_content_word, stem
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.types import ClaimDraft, QuantityDraft, Word

_GRAM = 4
_SMALL = 20
# Number, counted noun, its governor, and that one's: "the deportation of over 250 criminals".
_STEPS_UP = 3
_NAME_KINDS = frozenset({"person", "place", "organisation", "group", "event", "other"})
_NAME_ENTS = frozenset({"PERSON", "ORG", "LOC", "NORP", "EVENT", "MISC", "GPE", "FAC"})
# Words that stand for people whoever they are; as counted things they are one.
_PEOPLE = frozenset(
    "person people man woman child boy girl migrant immigrant alien deportee criminal worker employee resident "
    "victim passenger patient inmate prisoner detainee protester officer soldier civilian student pupil survivor "
    "member fan spectator visitor tenant refugee suspect militant rebel fighter gunman other citizen".split()
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number a claim gives: inclusive ends (None is open) and the stem of what is counted.

    *frames* are the events the counted things took part in: "261 people were deported",
    "the deportation of over 250" and "hundreds deported by" count one thing.
    """

    low: Decimal | None
    high: Decimal | None
    head: str
    unit: str
    type: str
    frames: frozenset[str] = frozenset()
    part_of: bool = False
    synonyms: frozenset[int] = frozenset()

    def same_head(self, other: Count) -> bool:
        """Say whether the counted things have one name, or names that mean alike."""
        return bool(self.head) and (
            self.head == other.head or not self.synonyms.isdisjoint(other.synonyms)
        )

    def is_telling(self) -> bool:
        """Say whether the value itself proves something: not a small number of things."""
        return self.type in ("money", "percent") or (self.low or 0) >= _SMALL


@dataclass(frozen=True, slots=True)
class Unit:
    """What alignment compares of one claim.

    *stems* are its words in order, *context* the stems of the sentences before and after; *clock* says that a time of
    day is given. *article* is the index of its article, *order* its place among that article's claims;
    *depth* 0 for the start of the article to 1 for its end. *lead* is true for headline,
    deck and the first two sentences of the body. *earlier* is how surely the claim tells of
    an earlier event than the news, 0 to 1. All words are stems.
    """

    claim: ClaimDraft
    article: int
    order: int
    depth: float
    lead: bool
    headline: bool
    stems: tuple[str, ...]
    terms: frozenset[str]
    names: frozenset[str]
    frames: frozenset[str]
    quoted: frozenset[str]
    quote_runs: frozenset[str]
    speaker: frozenset[str]
    subject: str
    predicate: str
    object: str
    predicate_frames: frozenset[str]
    counts: tuple[Count, ...]
    days: frozenset[str]
    clock: bool
    context: frozenset[str]
    places: frozenset[str]
    earlier: float = 0.0


def build_unit(
    claim: ClaimDraft,
    stems: Sequence[str],
    *,
    article: int,
    order: int,
    depth: float,
    lead: bool,
    context: frozenset[str] = frozenset(),
    earlier: float = 0.0,
) -> Unit:
    """Return *claim*, whose words have these *stems*, as sets of comparable things; *context*
    are the stems around it."""
    names = name_stems(claim)
    in_quotes = [word for word in claim.words if word.quoted]
    quoted = frozenset(
        [found for word in in_quotes if (found := content_stem(word.pos, word.lemma, word.text))]
    )
    terms = frozenset(stems) | names
    counts = tuple(
        Count(
            quantity.low,
            quantity.high,
            "people"
            if quantity.unit == "people" or quantity.head in _PEOPLE
            else stem(quantity.head),
            quantity.unit,
            quantity.type.value,
            _counted_frames(claim, quantity),
            quantity.part_of,
            synonym_sets(stem(quantity.head)) if quantity.head not in _PEOPLE else frozenset(),
        )
        for quantity in claim.quantities
        if quantity.type.value != "ordinal"
    )
    predicate = (
        stem(claim.predicate) if claim.predicate and claim.predicate not in STOP_LEMMAS else ""
    )
    return Unit(
        claim=claim,
        article=article,
        order=order,
        depth=depth,
        lead=lead,
        headline=claim.role in (Role.HEADLINE, Role.DECK),
        terms=terms,
        stems=tuple(stems),
        names=names,
        frames=find_frames(terms),
        quoted=quoted,
        quote_runs=_quote_runs(in_quotes) if in_quotes else frozenset(),
        speaker=frozenset(
            stem(part)
            for part in (claim.attribution.source_resolved or claim.attribution.source).split()
            if part[:1].isupper()
        ),
        subject=stem(claim.subject) if claim.subject not in STOP_LEMMAS else "",
        predicate=predicate,
        object=stem(claim.object) if claim.object not in STOP_LEMMAS else "",
        predicate_frames=_frames_alone(predicate) if predicate else frozenset(),
        counts=counts,
        days=frozenset(date.iso for date in claim.dates if date.iso[:1] != "T"),
        clock=any("T" in date.iso for date in claim.dates),
        context=context,
        places=frozenset(stem(part) for place in claim.places for part in place.split()),
        earlier=earlier,
    )


@lru_cache(maxsize=65536)
def _frames_alone(word: str) -> frozenset[str]:
    return find_frames((word,))


def _quote_runs(quoted: Sequence[Word]) -> frozenset[str]:
    """Return the runs of three words of those inside quotation marks, plain words included.

    "Nobody won this" has no word that carries meaning, and yet is told by its words.
    """
    words = [
        word.text.lower().replace("’", "'")
        for word in quoted
        if any(char.isalnum() for char in word.text)
    ]
    return frozenset(" ".join(words[i : i + 3]) for i in range(len(words) - 2))


def _counted_frames(claim: ClaimDraft, quantity: QuantityDraft) -> frozenset[str]:
    """Return the frames of the words that govern or describe the counted things.

    The counted noun itself is left out: that both count migrants is said by *head*.
    """
    start, end = quantity.span.start, quantity.span.end
    top = next((i for i, word in enumerate(claim.words) if start <= word.start < end), None)
    if top is None:
        return frozenset()
    # From the number up to the counted noun, then one step further up.
    seen = {top}
    path = [top]
    while len(path) <= _STEPS_UP:
        head = claim.words[top].head
        if head in seen:
            break
        seen.add(head)
        path.append(head)
        top = head
        if claim.words[top].pos in ("VERB", "AUX"):
            break
    nearby = set(path)
    for i, word in enumerate(claim.words):
        if word.head in seen and word.dep.split(":")[0] in (
            "acl",
            "nmod",
            "cop",
        ):
            nearby.add(i)
    counted = stem(quantity.head)
    stems = [
        stem(claim.words[i].lemma)
        for i in sorted(nearby)
        if is_content_word(claim.words[i]) and claim.words[i].dep not in ("amod", "compound")
    ]
    return find_frames([word for word in stems if word != counted])


def name_stems(claim: ClaimDraft) -> frozenset[str]:
    """Return the stems of all name words, of names as printed and in their fullest form."""
    found = {
        stem(word.text)
        for word in claim.words
        if (word.pos == "PROPN" or word.ent in _NAME_ENTS)
        and content_stem(word.pos, word.lemma, word.text)
    }
    for mention in claim.mentions:
        if mention.kind in _NAME_KINDS:
            found |= _canonical_stems(mention.canonical)
    return frozenset(found)


@lru_cache(maxsize=65536)
def _canonical_stems(name: str) -> frozenset[str]:
    """Return the stems of the words that make a name in its fullest form."""
    return frozenset(
        stem(part.removesuffix("'s").removesuffix("’s").strip(".,"))
        for part in name.split()
        if part[:1].isupper() and part.lower() not in STOP_LEMMAS and len(part.strip(".,'’")) > 1
    )


def grams_of(terms: Iterable[str]) -> frozenset[str]:
    """Return the character four-grams of *terms*, each with its start marked."""
    return frozenset().union(*[_grams(term) for term in terms])


@lru_cache(maxsize=65536)
def _grams(term: str) -> frozenset[str]:
    marked = f"_{term}"
    if len(marked) <= _GRAM:
        return frozenset((marked,))
    return frozenset(marked[i : i + _GRAM] for i in range(len(marked) - _GRAM + 1))


class Weights:
    """How much each shared thing is worth among the claims compared.

    A thing that stands in every claim of the story says little about which two belong
    together, a rare one much; *rarity* adds what is known of English in general.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self.count = max(1, len(units))
        terms = Counter(chain.from_iterable(unit.terms for unit in units))
        frames = Counter(chain.from_iterable(unit.frames for unit in units))
        idf = {df: self._idf(df) for df in {*terms.values(), *frames.values()}}
        self.term = {term: idf[df] for term, df in terms.items()}
        self.frame = {frame: idf[df] for frame, df in frames.items()}
        self.general = {term: rarity(term) for term in terms}
        self.both = {term: self.term[term] * self.general[term] for term in terms}

    def rarities(self, units_with: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Return what things are worth that so many of the units hold each."""
        return np.asarray(np.log(1.0 + self.count / units_with) / math.log(1.0 + self.count))

    def _idf(self, df: int) -> float:
        return math.log(1.0 + self.count / df) / math.log(1.0 + self.count)
