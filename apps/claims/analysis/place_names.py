"""Other names of places, and adjectives of countries: word lists alone, no gazetteer."""

from __future__ import annotations

from functools import cache, lru_cache

from apps.claims.analysis.lexicon import read_forms, read_rows
from apps.claims.analysis.name_forms import fold


@lru_cache(maxsize=20_000)
def place_key(name: str) -> str:
    """Return a place's name folded: no article, no possessive, no hyphens, "St." written out."""
    key = fold(name).replace("-", " ").removeprefix("the ").removesuffix("'s").removesuffix("'")
    key = f"saint {key[4:]}" if key.startswith("st. ") else key
    return key if "." in key and len(key) <= 6 else key.strip(" .,")


@cache
def _aliases() -> dict[str, str]:
    """Other names to the usual one: all of these name one place wherever they are printed."""
    return {
        place_key(form): row[0]
        for name in ("us_state_abbreviations", "place_aliases")
        for row in read_rows(name)
        for form in read_forms(row[1])
    }


def alias_of(name: str) -> str:
    """Return the usual name of a place printed under another ("the U.K."), else ""."""
    return _aliases().get(place_key(name.replace(", ", " ")), "")


@cache
def _demonyms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for row in read_rows("demonyms"):
        for form in read_forms(row[1]):
            forms[fold(form)] = row[0]
            forms.setdefault(fold(form) + "s", row[0])
    return forms


def country_of(word: str) -> str:
    """Return the country of an adjective or a people ("Salvadorans"), "" for other words."""
    return _demonyms().get(place_key(word), "")


@cache
def known_states() -> frozenset[str]:
    """Return the folded names of parts of countries that news name without the country."""
    rows = (*read_rows("us_state_abbreviations"), *read_rows("place_divisions"))
    return frozenset(fold(row[0]) for row in rows)


@cache
def known_places() -> frozenset[str]:
    """Return the folded names of countries and their best known parts."""
    return known_states() | {fold(row[0]) for row in read_rows("demonyms")}
