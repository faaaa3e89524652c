"""Names to put in place of those in the training texts, so that none is learned by heart.

People's names come from the lists of ``faker`` (MIT), all of its countries that write with
Latin letters and, transliterated, Russia, Ukraine and Bulgaria. Places come from GeoNames,
organisations are put together from patterns or taken from the other training texts.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import faker.providers.person

from training.pipeline.conllu import Name, NamedText
from training.pipeline.peoples import read_demonyms
from training.pipeline.places import COUNTRIES, list_cities, list_countries

_NAME = re.compile(r"[A-ZÀ-Þ][\w'’\-]*(?: [A-ZÀ-Þ][\w'’\-]*)?")
_ROMANISED_LETTERS = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
_LETTERS = dict(
    zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", _ROMANISED_LETTERS.split(), strict=True)
) | {"ё": "yo", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "'": ""}
# How often a country's names are drawn, beside 2 for every other.
_WEIGHTS = {
    "en_US": 20,
    "en_GB": 8,
    "en_IN": 6,
    "ru_RU": 5,
    "uk_UA": 5,
    "es_MX": 5,
    "fr_FR": 5,
    "de_DE": 5,
    "fr_DZ": 5,
    "en_PK": 4,
    "ja_JP": 4,
    "zh_CN": 4,
    "tr_TR": 4,
}
_FEWEST = 15
_LONGEST_PERSON = 4

_FIELDS = (
    "Health Justice Education Defense Defence Energy Labor Agriculture Transport Commerce Finance "
    "Interior Housing Environment Tourism Culture Fisheries Intelligence Immigration Science Sports "
    "Trade Industry Customs Forestry Statistics"
).split()
_INITIALS = "ABCDEFGHILMNOPRSTUW"


@dataclass(frozen=True, slots=True)
class PeopleOf:
    """First and last names of one country, in alphabetic order."""

    first: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamePools:
    people: tuple[PeopleOf, ...]
    weights: tuple[int, ...]
    organisations: tuple[str, ...]

    def draw_people(self, rng: random.Random) -> PeopleOf:
        return rng.choices(self.people, self.weights)[0]


def build_pools(texts: Iterable[NamedText]) -> NamePools:
    """Return the pools; organisations are those named in *texts*."""
    people: list[PeopleOf] = []
    weights: list[int] = []
    for module in sorted(m.name for m in pkgutil.iter_modules(faker.providers.person.__path__)):
        names = _read_people(module)
        if min(len(names.first), len(names.last)) >= _FEWEST:
            people.append(names)
            weights.append(_WEIGHTS.get(module, 2))
    organisations = {
        text.text[start:end]
        for text in texts
        for start, end, label in text.names
        if label == "ORG" and end - start > 2 and text.text[start].isupper()
    }
    return NamePools(
        tuple(people),
        tuple(weights),
        tuple(sorted(name for name in organisations if "\n" not in name)),
    )


def _read_people(country: str) -> PeopleOf:
    provider = importlib.import_module(f"faker.providers.person.{country}").Provider
    found: dict[str, set[str]] = {"first": set(), "last": set()}
    # Only what the country's own list holds, not the general one it inherits from.
    for attribute, values in sorted(vars(provider).items()):
        which = attribute.split("_")[0]
        if which in found and isinstance(values, (list, tuple, dict)):
            names = (romanise(name) for name in values if isinstance(name, str))
            found[which] |= {name for name in names if _NAME.fullmatch(name) and name.isprintable()}
    return PeopleOf(
        *(
            tuple(sorted(name for name in found[which] if all(ord(c) < 0x250 for c in name)))
            for which in ("first", "last")
        )
    )


def romanise(name: str) -> str:
    """Return "Щукин" as "Shchukin" and "MEI-LING" as "Mei-Ling"."""
    if not re.search("[Ѐ-ӿ]", name):
        return name.title() if name.isupper() and len(name) > 3 else name
    letters = "".join(_LETTERS.get(letter, letter) for letter in name.lower()).replace("_", "")
    return re.sub(r"(?:^|(?<=[ \-]))\w", lambda match: match[0].upper(), letters)


def compose_organisation(pools: NamePools, rng: random.Random) -> str:
    city, country = rng.choice(list_cities()), rng.choice(list_countries())
    field, other = rng.choice(_FIELDS), rng.choice(_FIELDS)
    last = rng.choice(pools.draw_people(rng).last)
    return rng.choice(
        (
            f"Ministry of {field}",
            f"{field} Ministry",
            f"Department of {field}",
            f"{field} Department",
            f"{city} Police Department",
            f"{city} Police",
            f"University of {city}",
            f"{last} University",
            f"{last} Institute",
            f"{last} & Sons LLP",
            f"{last} Group",
            f"{last} Corp.",
            f"{last} Inc.",
            f"{last} Foundation",
            f"{city} Times",
            f"{city} Post",
            f"{city} City Council",
            f"{city} Fire Department",
            f"{country} Army",
            f"National {field} Agency",
            f"{field} Council",
            f"Center for {field} and {other}",
            f"Committee on {field}",
            f"{city} United",
            f"{city} General Hospital",
            f"Bank of {country}",
            f"Association of {field} Professionals",
            f"International {field} Organization",
            f"{field} and {other} Commission",
            "".join(rng.choice(_INITIALS) for _ in range(rng.choice((3, 3, 3, 4, 4, 5)))),
        )
    )


def swap_names(
    paragraphs: Sequence[NamedText], pools: NamePools, rng: random.Random
) -> tuple[NamedText, ...]:
    """Return a document's paragraphs with other names, the same one for the same one.

    Who is "Ada Holm" first and "Holm" later stays one person. People are nearly always
    renamed, places, organisations and peoples about half the time; dates never.
    """
    written = {
        (text.text[start:end], label) for text in paragraphs for start, end, label in text.names
    }
    # Whole names first: they tell which of their words is the last name.
    order = sorted(written, key=lambda name: (-len(name[0].split()), name))
    people = _People(pools, rng)
    new = {
        name: people.rename(name[0]) if name[1] == "PERSON" else _rename(*name, pools, rng)
        for name in order
    }
    return tuple(_put_names(text, new) for text in paragraphs)


def _put_names(text: NamedText, new: dict[tuple[str, str], str]) -> NamedText:
    pieces, names, place, length = list[str](), list[Name](), 0, 0
    for start, end, label in text.names:
        name = new[text.text[start:end], label]
        pieces += (text.text[place:start], name)
        length += start - place
        names.append((length, length + len(name), label))
        place, length = end, length + len(name)
    return NamedText("".join((*pieces, text.text[place:])), tuple(names))


class _People:
    """What the people of one document are called now."""

    def __init__(self, pools: NamePools, rng: random.Random) -> None:
        self._pools = pools
        self._rng = rng
        self._families: dict[str, tuple[PeopleOf, str]] = {}
        self._first: dict[str, str] = {}

    def rename(self, name: str) -> str:
        words = name.split(" ")
        if len(words) > _LONGEST_PERSON or not all(word.strip(".") for word in words):
            return name
        if len(words) == 1 and (name in self._first or self._rng.random() < 0.1):
            return self._first.get(name, name)
        if words[-1] not in self._families:
            people = self._pools.draw_people(self._rng)
            self._families[words[-1]] = (people, self._rng.choice(people.last))
        people, last = self._families[words[-1]]
        if len(words) == 1:
            return last
        if words[0] not in self._first:
            self._first[words[0]] = self._rng.choice(people.first)
        # Initials and "de", "van" stay.
        middle = (
            self._rng.choice(people.first) if len(word) > 2 and word[0].isupper() else word
            for word in words[1:-1]
        )
        return " ".join((self._first[words[0]], *middle, last))


def _rename(name: str, label: str, pools: NamePools, rng: random.Random) -> str:
    if label == "LOC" and rng.random() < 0.6:
        if name in COUNTRIES:
            return rng.choice(list_countries())
        return rng.choice(list_cities()) if len(name.split()) <= 2 else name
    if label == "ORG" and rng.random() < 0.5:
        if pools.organisations and rng.random() < 0.5:
            return rng.choice(pools.organisations)
        return compose_organisation(pools, rng)
    if label == "NORP" and name in read_demonyms() and rng.random() < 0.4:
        same_number = sorted(
            word for word in read_demonyms() if word.endswith("s") == name.endswith("s")
        )
        return rng.choice(same_number)
    return name
