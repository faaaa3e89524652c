"""A claim as alignment sees it: sets of comparable things, computed once per claim."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from apps.articles.text.types import Role
from apps.claims.analysis.frames import find_frames
from apps.claims.analysis.rarity import rarity
from apps.claims.analysis.stems import STOP_LEMMAS, content_stems, is_content_word, stem
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.types import ClaimDraft, QuantityDraft

_GRAM = 4
_SMALL = 20
# Counts of one thing that lie further apart than this are taken for counts of two.
_NEAR = 0.8
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

    def meets(self, other: Count) -> bool:
        """Say whether some value lies in both intervals."""
        return (self.low is None or other.high is None or self.low <= other.high) and (
            other.low is None or self.high is None or other.low <= self.high
        )

    def nearness(self, other: Count) -> float:
        """Return 1 when the intervals meet, falling to 0 as they lie further apart."""
        if self.meets(other):
            return 1.0
        low, high = (self, other) if (self.high or 0) < (other.low or 0) else (other, self)
        if not low.high or not high.low or low.high <= 0:
            return 0.0
        return float(low.high / high.low)

    def same_head(self, other: Count) -> bool:
        """Say whether the counted things have one name, or names that mean alike."""
        return bool(self.head) and (
            self.head == other.head or not self.synonyms.isdisjoint(other.synonyms)
        )

    def counts_same(self, other: Count) -> bool:
        """Say whether both can be the number of the same things in the same event."""
        return (
            self.same_head(other)
            and self.part_of == other.part_of
            and not self.frames.isdisjoint(other.frames)
            and self.nearness(other) >= _NEAR
        )

    def is_telling(self) -> bool:
        """Say whether the value itself proves something: not a small number of things."""
        return self.type in ("money", "percent") or (self.low or 0) >= _SMALL


@dataclass(frozen=True, slots=True)
class Unit:
    """What alignment compares of one claim.

    *context* are the stems of the sentences before and after; *clock* says that a time of
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
    terms: frozenset[str]
    bigrams: frozenset[str]
    names: frozenset[str]
    frames: frozenset[str]
    synonyms: frozenset[int]
    grams: frozenset[str]
    quoted: frozenset[str]
    quote_runs: frozenset[str]
    speaker: frozenset[str]
    subject: str
    predicate: str
    object: str
    predicate_frames: frozenset[str]
    counts: tuple[Count, ...]
    heads: frozenset[str]
    days: frozenset[str]
    clock: bool
    context: frozenset[str]
    places: frozenset[str]
    earlier: float = 0.0


def build_unit(
    claim: ClaimDraft,
    *,
    article: int,
    order: int,
    depth: float,
    lead: bool,
    context: frozenset[str] = frozenset(),
    earlier: float = 0.0,
) -> Unit:
    """Return *claim* as sets of comparable things; *context* are the stems around it."""
    stems = content_stems(claim)
    names = name_stems(claim)
    quoted = frozenset(
        stem(word.lemma or word.text)
        for word in claim.words
        if word.quoted and is_content_word(word)
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
        bigrams=frozenset(f"{a} {b}" for a, b in pairwise(stems)),
        names=names,
        frames=find_frames(terms),
        synonyms=frozenset().union(*(synonym_sets(term) for term in terms)),
        grams=_grams(terms),
        quoted=quoted,
        quote_runs=_quote_runs(claim),
        speaker=frozenset(
            stem(part)
            for part in (claim.attribution.source_resolved or claim.attribution.source).split()
            if part[:1].isupper()
        ),
        subject=stem(claim.subject) if claim.subject not in STOP_LEMMAS else "",
        predicate=predicate,
        object=stem(claim.object) if claim.object not in STOP_LEMMAS else "",
        predicate_frames=find_frames([predicate]) if predicate else frozenset(),
        counts=counts,
        heads=frozenset(count.head for count in counts if count.head),
        days=frozenset(date.iso for date in claim.dates if date.iso[:1] != "T"),
        clock=any("T" in date.iso for date in claim.dates),
        context=context,
        places=frozenset(stem(part) for place in claim.places for part in place.split()),
        earlier=earlier,
    )


def _quote_runs(claim: ClaimDraft) -> frozenset[str]:
    """Return the runs of three words inside quotation marks, plain words included.

    "Nobody won this" has no word that carries meaning, and yet is told by its words.
    """
    words = [
        word.text.lower().replace("’", "'")
        for word in claim.words
        if word.quoted and any(char.isalnum() for char in word.text)
    ]
    return frozenset(" ".join(words[i : i + 3]) for i in range(len(words) - 2))


def _counted_frames(claim: ClaimDraft, quantity: QuantityDraft) -> frozenset[str]:
    """Return the frames of the words that govern or describe the counted things.

    The counted noun itself is left out: that both count migrants is said by *head*.
    """
    inside = [
        i
        for i, word in enumerate(claim.words)
        if quantity.span.start <= word.start < quantity.span.end
    ]
    if not inside:
        return frozenset()
    # From the number up to the counted noun, then one step further up.
    top = inside[0]
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
        if (word.pos == "PROPN" or word.ent in _NAME_ENTS) and is_content_word(word)
    }
    for mention in claim.mentions:
        if mention.kind in _NAME_KINDS:
            for part in mention.canonical.split():
                if (
                    part[:1].isupper()
                    and part.lower() not in STOP_LEMMAS
                    and len(part.strip(".,'’")) > 1
                ):
                    found.add(stem(part.removesuffix("'s").removesuffix("’s").strip(".,")))
    return frozenset(found)


def _grams(terms: Iterable[str]) -> frozenset[str]:
    """Return the character four-grams of *terms*, each with its start marked."""
    grams: set[str] = set()
    for term in terms:
        marked = f"_{term}"
        if len(marked) <= _GRAM:
            grams.add(marked)
        else:
            grams.update(marked[i : i + _GRAM] for i in range(len(marked) - _GRAM + 1))
    return frozenset(grams)


class Weights:
    """How much each shared thing is worth among the claims compared.

    A thing that stands in every claim of the story says little about which two belong
    together, a rare one much; *rarity* adds what is known of English in general.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self.count = max(1, len(units))
        self.term_df: Counter[str] = Counter()
        self.gram_df: Counter[str] = Counter()
        self.frame_df: Counter[str] = Counter()
        self.synonym_df: Counter[int] = Counter()
        for unit in units:
            self.term_df.update(unit.terms)
            self.gram_df.update(unit.grams)
            self.frame_df.update(unit.frames)
            self.synonym_df.update(unit.synonyms)
        self.term = {term: self._idf(df) for term, df in self.term_df.items()}
        self.gram = {gram: self._idf(df) for gram, df in self.gram_df.items()}
        self.frame = {frame: self._idf(df) for frame, df in self.frame_df.items()}
        self.synonym = {number: self._idf(df) for number, df in self.synonym_df.items()}
        self.general = {term: rarity(term) for term in self.term_df}
        self.both = {term: self.term[term] * self.general[term] for term in self.term_df}

    def _idf(self, df: int) -> float:
        return math.log(1.0 + self.count / df) / math.log(1.0 + self.count)


def total(weights: dict[str, float], things: Iterable[str]) -> float:
    """Return the sum of the weights of *things*; unknown ones weigh 1."""
    return sum([weights.get(thing, 1.0) for thing in things])
