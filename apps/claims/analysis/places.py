"""Places of the world: what a name stands for here, and what lies in what.

One name may be read in several ways. The other places of an article or story choose: what
is printed behind a comma ("Paris, Texas"), the countries and parts of countries named, the
neighbours. Where they do not, the readings stay open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log10

from apps.claims.analysis.place_names import alias_of, country_of, place_key
from apps.claims.analysis.place_table import Place, readings_by_key

__all__ = ["NamedPlace", "Place", "contains", "find_country_of", "find_place", "find_readings", "read_places"]  # fmt: skip

# How much each sign is worth, where a tenfold population is worth 1.
_HELD = 6.0
_PART_NAMED = 1.3
_COUNTRY_NAMED = 0.9
_NEIGHBOUR_NAMED = 0.3
_IS_COUNTRY = 0.6
_IS_CAPITAL = 1.6
# Readings this near to the best one stay open.
_OPEN = 0.6
# A city this small that nothing else speaks for may be another one, or nobody's map's.
_SURE_SIZE = 300_000
_SMALL_TOWN = 100_000
_MOST_READINGS = 4
# A city this many times larger than the next of its name is what the name means.
_FAR_BETTER = 10


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A name of places in one text or story.

    *held_by* are names printed behind a comma after it, *count* how often it stands there.
    """

    name: str
    held_by: tuple[str, ...] = ()
    count: int = 1


@dataclass(slots=True)
class _Votes:
    """What the places of a text speak for, each with the names that say so."""

    countries: dict[str, Counter[str]] = field(default_factory=dict)
    parts: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, place: Place, name: str, count: int) -> None:
        if place.country:
            self.countries.setdefault(place.country, Counter())[name] += count
        if place.kind == "state":
            self.parts.setdefault(place.name, Counter())[name] += count
        elif place.kind in {"city", "county"} and place.within[0] != place.country:
            self.parts.setdefault(place.within[0], Counter())[name] += count


def find_readings(name: str) -> tuple[Place, ...]:
    """Return the places *name* can stand for, the best known first; empty for none."""
    table = readings_by_key()
    usual = alias_of(name)
    return table.get(place_key(usual), ()) if usual else table.get(place_key(name), ())


def find_place(name: str) -> Place | None:
    """Return the best known place *name* stands for, None when the gazetteer has none."""
    return next(iter(find_readings(name)), None)


def find_country_of(word: str) -> str:
    """Return the country of an adjective or a people ("Salvadorans"), "" for other words."""
    return country_of(word)


def contains(outer: str, inner: str) -> bool | None:
    """Return whether *inner* lies in *outer*; None when either is no place we know.

    Where a name has several readings, any that lies there counts.
    """
    big, small = find_readings(outer), find_readings(inner)
    if not big or not small:
        return None
    return any(holder.name in place.within for holder in big for place in small)


def read_places(
    places: Iterable[NamedPlace], peoples: Iterable[str] = ()
) -> dict[str, tuple[Place, ...]]:
    """Return how each name is to be read among the others: one reading, or those open.

    *peoples* are adjectives and names of peoples in the same text ("Texan", "French"): they
    speak for their countries. Names the gazetteer lacks have no reading. Near-linear.
    """
    named = {place.name: place for place in places}
    readings = {name: find_readings(name) for name in named}
    votes = _Votes()
    for word in peoples:
        country = country_of(word)
        if country:
            votes.countries.setdefault(country, Counter())[word] += 1
    for name, found in readings.items():
        if len(found) == 1 or (found and found[0].size > _FAR_BETTER * found[1].size):
            if found[0].size >= _SURE_SIZE or found[0].kind in {"country", "state"}:
                votes.add(found[0], name, named[name].count)
    for name, place in named.items():
        for holder in place.held_by:
            inside = [reading for reading in readings[name] if _lies_in(reading, holder)]
            if inside:
                votes.add(inside[0], name, place.count)
    return {
        name: _choose(name, found, named[name].held_by, votes) for name, found in readings.items()
    }


def _lies_in(place: Place, holder: str) -> bool:
    return any(reading.name in place.within for reading in find_readings(holder))


def _choose(
    name: str, readings: tuple[Place, ...], held_by: tuple[str, ...], votes: _Votes
) -> tuple[Place, ...]:
    scored = [
        (_score(place, name, held_by, votes), -order, place) for order, place in enumerate(readings)
    ]
    scored.sort(key=lambda entry: entry[:2], reverse=True)
    if not scored:
        return ()
    best = scored[0][0]
    return tuple(place for score, _, place in scored if best - score <= _OPEN)[:_MOST_READINGS]


def _score(place: Place, name: str, held_by: tuple[str, ...], votes: _Votes) -> float:
    score = log10(place.size + 10)
    if place.kind in {"country", "state"}:
        score += _IS_COUNTRY
    if place.capital:
        score += _IS_CAPITAL
    if any(_lies_in(place, holder) for holder in held_by):
        score += _HELD
    part = place.name if place.kind == "state" else place.within[0] if place.within else ""
    named = _PART_NAMED * _strength(votes.parts.get(part), name)
    named += _COUNTRY_NAMED * _strength(votes.countries.get(place.country), name)
    # Some small town of every name lies in every large state.
    score += named / 2 if place.kind == "city" and place.size < _SMALL_TOWN else named
    if place.kind == "country":
        near = max((_strength(votes.countries.get(n), name) for n in place.neighbours), default=0.0)
        score += _NEIGHBOUR_NAMED * near
    return score


def _strength(said: Mapping[str, int] | None, name: str) -> float:
    """Return 0 when nobody but *name* itself says it, up to 2 the more names say it."""
    others = len([other for other in said if other != name]) if said else 0
    return min(2.0, 0.5 + 0.5 * others) if others else 0.0


def is_sure(readings: tuple[Place, ...]) -> bool:
    """Whether a name has one reading, of a place that is known without further signs."""
    return len(readings) == 1 and (readings[0].kind != "city" or readings[0].size >= _SURE_SIZE)
