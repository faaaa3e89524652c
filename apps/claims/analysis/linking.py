"""Names of one article linked: who or what each of them stands for, as a canonical name.

People are told apart in ``people``; here organisations (acronyms with their long forms,
short forms), places (aliases, "the Orrow" for the Orrow River) and peoples ("Chilean",
"Chileans"). In doubt a name stays by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.name_forms import (
    fold,
    initials_of,
    is_acronym,
    is_common_word,
    name_suffix,
    organisation_key,
)
from apps.claims.analysis.people import PersonName, link_people, titles_before
from apps.claims.analysis.place_names import alias_of, country_of, known_places


@dataclass(slots=True)
class FoundName:
    """A name as printed: *kind* as for mentions and *guess* the kind the model gave it,
    *headline* where capitals prove nothing, *definite* where "the" stands before it.
    *clues* is what the words around it tell of its kind, once that was looked up."""

    start: int
    end: int
    text: str
    kind: str
    headline: bool = False
    definite: bool = False
    guess: str = ""
    clues: dict[str, float] | None = None

    def __post_init__(self) -> None:
        self.guess = self.guess or self.kind


def link_names(text: str, names: Sequence[FoundName], definitions: Mapping[str, str]) -> list[str]:
    """Return the canonical name of each of *names*, in their order (that of the text).

    *definitions* gives the long form of each acronym that *text* itself explains.
    """
    canonical = [" ".join(name.text.split()) for name in names]
    by_kind: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        by_kind[name.kind].append(at)
    people = [
        PersonName(
            names[at].text, at, names[at].start, titles_before(text, names[at].start), names[at].headline,
            name_suffix(names[at].text) or _generation(text, names[at].start),
            shared=_shared_surname(text, names[at].end),
        )
        for at in by_kind["person"]
    ]  # fmt: skip
    for at, name_ in zip(by_kind["person"], link_people(people), strict=True):
        canonical[at] = name_
    _link_aliases(text, names, canonical)
    things = {kind: [names[at] for at in places] for kind, places in by_kind.items()}
    place_keys = {fold(name.text) for name in things.get("place", ())}
    for kind, places in by_kind.items():
        if kind == "person":
            continue
        if kind == "organisation":
            linked = link_organisations(things[kind], definitions, place_keys)
        elif kind == "place":
            linked = _link_places(things[kind])
        elif kind == "group":
            linked = _link_groups(things[kind], definitions)
        else:
            linked = _link_same(things[kind])
        for at, name_ in zip(places, linked, strict=True):
            canonical[at] = name_
    return canonical


def _link_aliases(text: str, names: Sequence[FoundName], canonical: list[str]) -> None:
    """Give "Ria" the name of who is "known as Ria", wherever it stands."""
    renamed: dict[str, str] = {}
    for at in range(1, len(names)):
        between = text[names[at - 1].end : names[at].start]
        if len(between) < 30 and _KNOWN_AS.fullmatch(between) and names[at].kind == names[at - 1].kind:  # fmt: skip
            renamed[canonical[at]] = canonical[at - 1]
    if renamed:
        canonical[:] = [renamed.get(name, name) for name in canonical]


# Matches ", better known as “"; not ", known for his".
_KNOWN_AS = re.compile(r",? \(?(?:\w+ )?(?:known|nicknamed|called) (?:as )?(?:the )?[“\"‘']?")


# Matches " and Laila Haddad" behind a name; not " and Laila sang".
_SHARED = re.compile(r" (?:and|&) [A-Z][\w’'-]+ ([A-Z][\w’'-]+)")


def _shared_surname(text: str, place: int) -> str:
    """Return the surname that comes only with the next name: "Omar and Laila Haddad"."""
    match = _SHARED.match(text, place)
    return fold(match.group(1)) if match else ""


def _generation(text: str, place: int) -> str:
    """Return the suffix that "the younger" or "the elder" before a name stands for."""
    words = text[max(0, place - 12) : place].lower().split()
    return {"younger": "jr", "elder": "sr", "older": "sr"}.get(words[-1] if words else "", "")


def link_organisations(
    names: Sequence[FoundName], definitions: Mapping[str, str], place_keys: set[str]
) -> list[str]:
    """Return the longest form of each organisation among *names*.

    *place_keys* are folded names of places in the same text: a body is not the town it is
    named after.
    """
    keys = [organisation_key(name.text) or (fold(name.text),) for name in names]
    counts: Counter[tuple[str, ...]] = Counter(keys)
    first: dict[tuple[str, ...], str] = {}
    definite: set[tuple[str, ...]] = set()
    for key, name in zip(keys, names, strict=True):
        held = first.get(key)
        if held is None or (held.isupper() and not name.text.isupper() and not is_acronym(held)):
            first[key] = name.text
        if name.definite:
            definite.add(key)
    target: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_words: dict[tuple[str, ...], tuple[str, ...]] = {}
    ends: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    starts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    acronyms: list[tuple[str, ...]] = []
    for key in counts:
        if len(key) == 1:
            if is_acronym(first[key]):
                acronyms.append(key)
            continue
        # "Health Ministry" and "Ministry of Health".
        same = by_words.setdefault(tuple(sorted(key)), key)
        if same != key:
            target[key] = same
            continue
        ends[key[-1]].append(key)
        starts[key[0]].append(key)
    by_initials = _by_initials(counts, first, acronyms)
    for key in acronyms:
        defined = definitions.get(first[key].replace(".", ""))
        if defined is not None:
            long_key = organisation_key(defined)
            first.setdefault(long_key, defined)
            target[key] = long_key
        elif len(by_initials.get(key, ())) == 1:
            target[key] = by_initials[key][0]
    for key in counts:
        if key in target:
            continue
        # Whose party, whose committee "GOP" and "PAC" are is not said by their letters.
        longer = [
            k
            for k in _few(ends.get(key[-1]))
            if _ends_like(k, key, key in definite)
            and not (len(key) == 1 and is_acronym(first[key]))
        ]
        if not longer and not (len(key) == 1 and key[0] in place_keys):
            longer = [k for k in _few(starts.get(key[0])) if _starts_like(k, key)]
        roots = dict.fromkeys(_root(k, target) for k in longer)
        if len(roots) == 1 and key not in roots:
            target[key] = next(iter(roots))
    roots_of = {key: _root(key, target) for key in counts}
    shown = _usual_forms(counts, roots_of)
    return [" ".join(first[shown[roots_of[key]]].split()) for key in keys]


def _few(keys: Sequence[tuple[str, ...]] | None) -> Sequence[tuple[str, ...]]:
    """Return *keys* unless there are so many that none can be told to be meant."""
    return keys if keys and len(keys) <= _MOST_LONGER else ()


def _usual_forms(
    counts: Mapping[tuple[str, ...], int], roots_of: Mapping[tuple[str, ...], tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the form each body is shown by: the longest, unless a shorter one of several
    words is far more usual ("Fox Media", once "Fox Media Harbor Bureau Chief")."""
    shown: dict[tuple[str, ...], tuple[str, ...]] = {}
    for key, root in roots_of.items():
        held = shown.get(root, root)
        usual = len(key) > 1 and counts[key] >= _USUAL * max(1, counts.get(held, 0))
        shown[root] = key if usual and counts[key] > counts.get(held, 0) else held
    return shown


def _root(
    key: tuple[str, ...], target: Mapping[tuple[str, ...], tuple[str, ...]]
) -> tuple[str, ...]:
    seen = {key}
    while key in target and target[key] not in seen:
        key = target[key]
        seen.add(key)
    return key


def _by_initials(
    counts: Mapping[tuple[str, ...], int],
    first: Mapping[tuple[str, ...], str],
    acronyms: Sequence[tuple[str, ...]],
) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    if acronyms:
        by_letters: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for key in counts:
            if len(key) > 1:
                for letters in sorted(initials_of(first[key])):
                    by_letters[letters].append(key)
        for acronym in acronyms:
            letters = first[acronym].replace(".", "")
            longs = (
                *by_letters.get(letters.upper(), ()),
                *by_letters.get(letters.rstrip("s").upper(), ()),
            )
            found[acronym] = list(dict.fromkeys(longs))
    return found


def _ends_like(longer: tuple[str, ...], key: tuple[str, ...], definite: bool) -> bool:
    """Whether *key* is the end of a longer name: "Judiciary Committee", "the Guard".

    A court or party of a state is not the nation's: what is cut off may name no place
    but a country.
    """
    if len(longer) <= len(key) or longer[-len(key) :] != key:
        return False
    if " ".join(key) in known_places():
        return False
    if len(key) == 1:
        return definite or (
            key[0] in read_words("team_ends")
            or not (key[0] in read_words("body_words") or is_common_word(key[0]))
        )
    front = " ".join(longer[: -len(key)])
    if front in _NATIONS or country_of(front):
        return True
    return front not in known_places() and key[0] not in read_words("body_words")


_NATIONS = frozenset({"us", "uk", "eu", "national", "federal", "american", "british", "house", "senate"})  # fmt: skip


def _starts_like(longer: tuple[str, ...], key: tuple[str, ...]) -> bool:
    """Whether *key* is the beginning of a longer name: "Vantor" for Vantor Paving."""
    if len(longer) <= len(key) or longer[: len(key)] != key:
        return False
    if len(key) == 1:
        return (
            longer[1] not in read_words("place_bodies")
            and key[0] not in read_words("plain_starts")
            and not country_of(key[0])
            and not alias_of(key[0])
            and len(key[0]) > 2
        )
    return key[-1] not in _SMALL_ENDS and longer[len(key)] not in read_words("part_words")


_MOST_LONGER = 40
# A shorter form printed this many times as often is what a body is called.
_USUAL = 3
_SMALL_ENDS = frozenset({"of", "for", "and"})


def _link_places(names: Sequence[FoundName]) -> list[str]:
    """Return the usual name of each place: "the U.S." is the United States."""
    first: dict[str, str] = {}
    longer: dict[str, set[str]] = defaultdict(set)
    keys: list[str] = []
    for name in names:
        key = alias_of(name.text) or fold(name.text).replace("-", " ").strip(" .")
        keys.append(key)
        held = first.get(key)
        if held is None or (held.isupper() and not name.text.isupper()):
            first[key] = alias_of(name.text) or name.text
        words = key.split()
        if len(words) == 2 and words[1] in read_words("water_words"):
            longer[words[0]].add(key)
        elif len(words) == 2 and words[0] in read_words("water_words"):
            longer[words[1]].add(key)
    linked: list[str] = []
    for name, key in zip(names, keys, strict=True):
        # "the Orrow" is a river, "Orrow" a town on it.
        rivers = longer.get(key, set()) if name.definite else set()
        linked.append(" ".join(first[next(iter(rivers)) if len(rivers) == 1 else key].split()))
    return linked


def group_key(text: str) -> str:
    """Return one key for the forms of a people or party: "Chileans", "Chilean"."""
    key = fold(text).replace("-", " ").strip(" .")
    if key.endswith("ies") and len(key) > 5:
        return f"{key[:-3]}y"
    return key[:-1] if key.endswith("s") and not key.endswith(("ss", "us", "is")) and len(key) > 3 else key  # fmt: skip


def _link_groups(names: Sequence[FoundName], definitions: Mapping[str, str]) -> list[str]:
    first: dict[str, str] = {}
    keys = [group_key(name.text) for name in names]
    for key, name in zip(keys, names, strict=True):
        held = first.get(key)
        if held is None or (held.isupper() and not name.text.isupper()):
            first[key] = name.text
    return [" ".join(first[key].split()) for key in keys]


def _link_same(names: Sequence[FoundName]) -> list[str]:
    """Return one spelling of each event or other thing: "Petra" is Hurricane Petra."""
    first: dict[str, str] = {}
    longer: dict[str, set[str]] = defaultdict(set)
    keys = [" ".join(organisation_key(name.text)) or fold(name.text) for name in names]
    for key, name in zip(keys, names, strict=True):
        held = first.get(key)
        if held is None or (held.isupper() and not name.text.isupper()):
            first[key] = name.text
        if " " in key:
            longer[key.split()[-1]].add(key)
    whole = {key: next(iter(ones)) for key, ones in longer.items() if len(ones) == 1}
    return [" ".join(first[whole.get(key, key)].split()) for key in keys]
