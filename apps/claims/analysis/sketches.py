"""A small summary of an article, enough to tell whether two articles are one story."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
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


def sketch_article(article: ArticleDraft) -> ArticleSketch:
    """Return the sketch of *article*, made of its headline, deck and body alone."""
    claims = [claim for claim in article.claims if claim.role in STORY_ROLES]
    whole = _outermost(claims)
    terms: Counter[str] = Counter()
    names: Counter[str] = Counter()
    full: set[str] = set()
    spelled: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    lead: list[str] = []
    places: Counter[str] = Counter()
    days: Counter[str] = Counter()
    for index, claim in enumerate(whole):
        boost = (
            _LEAD_BOOST
            if index < _LEAD_CLAIMS
            and (claim.role is not Role.BODY or claim.sentence < _LEAD_CLAIMS)
            else 1.0
        )
        stems = content_stems(claim)
        for term in stems:
            terms[term] += boost  # type: ignore[assignment]  # a Counter may hold floats
        for name in name_stems(claim):
            names[name] += boost  # type: ignore[assignment]  # a Counter may hold floats
        full.update(full_names(claim))
        for word in claim.words:
            if (word.text, word.lemma) not in seen:
                seen.add((word.text, word.lemma))
                spelled.setdefault(stem(word.text), word.text)
                spelled.setdefault(stem(word.lemma or word.text), word.text)
        if boost > 1.0:
            lead.extend(stems)
        places.update(stem(part) for place in claim.places for part in place.split())
        days.update(day.iso[:10] for day in claim.dates if is_full_day(day.iso))
    heavy_terms = _heaviest(
        {term: (1.0 + math.log(n)) * rarity(term) for term, n in terms.items()}, _MOST_TERMS
    )
    heavy_names = _heaviest({name: 1.0 + math.log(n) for name, n in names.items()}, _MOST_NAMES)
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
                (term, spelled[term]) for term, _ in {*heavy_terms, *heavy_names} if term in spelled
            )
        ),
    )


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
        stem(word.text)
        for word in claim.words
        if word.pos == "PROPN"
        and word.lemma.lower() not in STOP_LEMMAS
        and len(word.text) > 1
        and any(char.isalpha() for char in word.text)
    ]


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
