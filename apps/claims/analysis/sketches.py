"""A small summary of an article, enough to tell whether two articles are one story."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from apps.articles.text.types import STORY_ROLES, Role
from apps.claims.analysis.rarity import rarity
from apps.claims.analysis.stems import STOP_LEMMAS, content_stems, stem
from apps.claims.analysis.types import ArticleDraft, ClaimDraft

_MOST_TERMS = 96
_MOST_NAMES = 48
_LEAD_CLAIMS = 8
_LEAD_BOOST = 2.0


@dataclass(frozen=True, slots=True)
class ArticleSketch:
    """What is kept of an article to find its story: a few kilobytes at most.

    *terms* and *names* are stems with their weight in the article, heaviest first; *full*
    are names of two words or more ("mine street"); *lead* are the stems of headline and
    first sentences; *places* are stems too. *days* are full ISO dates the text names,
    *published* the article's own, "" when unknown. *spellings* give the article's own word
    for a stem, to show to readers.
    """

    id: str
    terms: tuple[tuple[str, float], ...]
    names: tuple[tuple[str, float], ...]
    full: tuple[str, ...]
    lead: tuple[str, ...]
    places: tuple[str, ...]
    days: tuple[str, ...]
    published: str = ""
    spellings: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return plain lists and strings; ``from_json`` gives an equal sketch back."""
        return {
            "id": self.id,
            "terms": [list(item) for item in self.terms],
            "names": [list(item) for item in self.names],
            "full": list(self.full),
            "lead": list(self.lead),
            "places": list(self.places),
            "days": list(self.days),
            "published": self.published,
            "spellings": [list(item) for item in self.spellings],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ArticleSketch:
        return cls(
            id=data["id"],
            terms=tuple((str(term), float(weight)) for term, weight in data["terms"]),
            names=tuple((str(name), float(weight)) for name, weight in data["names"]),
            full=tuple(data["full"]),
            lead=tuple(data["lead"]),
            places=tuple(data["places"]),
            days=tuple(data["days"]),
            published=data["published"],
            spellings=tuple((str(a), str(b)) for a, b in data["spellings"]),
        )

    def key_terms(self, most: int = 24) -> tuple[str, ...]:
        """Return the heaviest stems, names first: what an index of sketches should hold."""
        keys = [name for name, _ in self.names[:most]] + [term for term, _ in self.terms[:most]]
        return tuple(dict.fromkeys(keys))


def sketch_article(
    article: ArticleDraft,
    *,
    stems: Mapping[str, Sequence[str]] | None = None,
    spelled: bool = True,
) -> ArticleSketch:
    """Return the sketch of *article*, made of its headline, deck and body alone.

    *stems* are those of claims by id, where they are known already; without *spelled* it has
    no spellings, which only readers need.
    """
    claims = [claim for claim in article.claims if claim.role in STORY_ROLES]
    whole = _outermost(claims)
    terms: list[str] = []
    names: list[str] = []
    full: set[str] = set()
    lead: list[str] = []
    lead_names: list[str] = []
    places: set[str] = set()
    days: set[str] = set()
    for index, claim in enumerate(whole):
        leads = index < _LEAD_CLAIMS and (
            claim.role is not Role.BODY or claim.sentence < _LEAD_CLAIMS
        )
        known = stems.get(claim.id) if stems else None
        (lead if leads else terms).extend(content_stems(claim) if known is None else known)
        (lead_names if leads else names).extend(name_stems(claim))
        full.update(full_names(claim))
        for place in claim.places:
            places.update(stem(part) for part in place.split())
        for day in claim.dates:
            if is_full_day(day.iso):
                days.add(day.iso[:10])
    heavy_terms = _heaviest(
        {
            term: (1.0 + math.log(n)) * rarity(term)
            for term, n in _weighted_counts(terms, lead).items()
        },
        _MOST_TERMS,
    )
    heavy_names = _heaviest(
        {name: 1.0 + math.log(n) for name, n in _weighted_counts(names, lead_names).items()},
        _MOST_NAMES,
    )
    spellings = _spellings(whole) if spelled else {}
    return ArticleSketch(
        id=article.id,
        terms=heavy_terms,
        names=heavy_names,
        full=tuple(sorted(full)),
        lead=tuple(sorted(set(lead))),
        places=tuple(sorted(places)),
        days=tuple(sorted(days)),
        published=article.published.iso if article.published else "",
        spellings=tuple(
            sorted(
                (term, spellings[term])
                for term, _ in {*heavy_terms, *heavy_names}
                if term in spellings
            )
        ),
    )


def _weighted_counts(words: Iterable[str], lead: Iterable[str]) -> dict[str, float]:
    """Return how often each word stands in an article; those of its lead weigh more."""
    found: dict[str, float] = dict(Counter(words))
    for word, times in Counter(lead).items():
        found[word] = found.get(word, 0.0) + _LEAD_BOOST * times
    return found


def _spellings(claims: Iterable[ClaimDraft]) -> dict[str, str]:
    """Return the first spelling of each stem."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for claim in claims:
        for word in claim.words:
            if (word.text, word.lemma) not in seen:
                seen.add((word.text, word.lemma))
                found.setdefault(stem(word.text), word.text)
                found.setdefault(stem(word.lemma or word.text), word.text)
    return found


def _outermost(claims: Iterable[ClaimDraft]) -> list[ClaimDraft]:
    """Return the claims that no other claim of the list holds, so that no word counts twice."""
    kept: list[ClaimDraft] = []
    for claim in sorted(claims, key=lambda c: (c.span.start, -c.span.end)):
        if not kept or not kept[-1].span.contains(claim.span):
            kept.append(claim)
    return kept


def name_stems(claim: ClaimDraft) -> list[str]:
    """Return the stems of the words of names in *claim*, repeats included."""
    return [
        found
        for word in claim.words
        if word.pos == "PROPN" and (found := _name_stem(word.text, word.lemma))
    ]


@lru_cache(maxsize=65536)
def _name_stem(text: str, lemma: str) -> str:
    """Return the stem of a word of a name, nothing for one that could be of any name."""
    is_telling = lemma.lower() not in STOP_LEMMAS and len(text) > 1 and any(map(str.isalpha, text))
    return stem(text) if is_telling else ""


def full_names(claim: ClaimDraft) -> set[str]:
    """Return the names of two words or more in *claim*, in stems: runs of proper nouns."""
    found: set[str] = set()
    run: list[str] = []
    for word in (*claim.words, None):
        if word is not None and word.pos == "PROPN" and word.text[:1].isupper():
            if word.lemma.lower() not in STOP_LEMMAS:
                run.append(stem(word.text))
            continue
        # Long runs are headlines in capitals, not names.
        if 2 <= len(run) <= 3:
            found.add(" ".join(run[-2:]))
        run = []
    return found


def is_full_day(iso: str) -> bool:
    """Say whether *iso* names one calendar day: no month, year, range or clock time."""
    if len(iso) < 10 or "/" in iso:
        return False
    try:
        date.fromisoformat(iso[:10])
    except ValueError:
        return False
    return True


def _heaviest(weights: Mapping[str, float], most: int) -> tuple[tuple[str, float], ...]:
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return tuple((name, round(weight, 3)) for name, weight in ordered[:most])
