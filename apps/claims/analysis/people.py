"""Which names of people are one person's: full names first, then surnames alone.

Full names gather by agreement of all their parts. A surname alone goes to the one person
who carries it; where several do, title, gender and nearness in the text decide, and where
they do not, it stays by itself: two people made one is worse than one person made two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.name_forms import (
    gender_of,
    has_short_forms,
    is_short_for,
    name_suffix,
    names_agree,
    names_vary,
    person_parts,
    same_sound,
    sound_key,
)

# A surname two people carry is the one's named this many times nearer before it.
_NEARER = 3
# … and no further than this, in characters.
_NEAR = 150
# Who is named this many times as often is whom a text is about.
_MAINLY = 2
# … and twice more outside headlines, each of which counts three.
_CLEARLY = 6
_MALE = frozenset({"mr", "sir", "lord", "king", "prince", "father", "brother", "pope", "councilman", "congressman", "chairman", "spokesman"})  # fmt: skip
_FEMALE = frozenset({"mrs", "ms", "miss", "dame", "lady", "queen", "princess", "mother", "sister", "councilwoman", "congresswoman", "chairwoman", "spokeswoman"})  # fmt: skip
# Letters that begin a surname's index entry: spellings of one share the first one's sound.
_INDEXED = 2
# Shorter surnames sound like too many others.
_SOUND_LENGTH = 4
# A text with more people of one name is a list, or no text; the rest stay by themselves.
_MOST_NAMESAKES = 60


# Titles that stand before names of people alone ("state" and "health" do not).
STRONG_TITLES = read_words("titles") - {
    "state", "county", "city", "district", "fire", "police", "health", "education", "us", "u.s", "uk", "first",
    "interim", "acting", "foreign", "interior", "defense", "defence", "finance", "justice", "former", "vice",
    "cardinal", "crown", "general", "chief", "prime", "deputy", "assistant", "attorney", "father", "sister", "brother",
    "emir", "da", "king", "queen", "prince", "princess", "chair", "coach",
}  # fmt: skip


@dataclass(slots=True)
class PersonName:
    """A name as printed somewhere: *order* is its place among all, *place* its character
    offset, *titles* the words before it that say what somebody is, *shared* the folded
    surname that comes only with the next name ("Omar and Laila Haddad")."""

    text: str
    order: int
    place: int
    titles: frozenset[str] = frozenset()
    headline: bool = False
    suffix: str = ""
    shared: str = ""


@dataclass(slots=True)
class Person:
    """A person in the making. *forms* counts the names as printed."""

    parts: tuple[str, ...]
    suffix: str = ""
    forms: Counter[str] = field(default_factory=Counter)
    titles: set[str] = field(default_factory=set)
    last_seen: int = -1
    # Whether the text calls this person by the given name alone.
    familiar: bool = False
    # Whether it calls them by the surname alone.
    called: bool = False
    # Texts this person was told apart from others in.
    articles: set[int] = field(default_factory=set)

    @property
    def gender(self) -> str:
        if self.titles & _MALE:
            return "m" if not self.titles & _FEMALE else ""
        if self.titles & _FEMALE:
            return "f"
        return gender_of(self.parts[0]) if len(self.parts) > 1 else ""


class People:
    """The people of one article or story, found by any part of their names."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self._by_part: dict[str, list[int]] = defaultdict(list)
        self._by_sound: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_surname_sound: dict[str, list[int]] = defaultdict(list)

    def add(self, parts: tuple[str, ...], suffix: str) -> int:
        self.all.append(Person(parts, suffix))
        at = len(self.all) - 1
        self._index(at, parts)
        return at

    def _index(self, at: int, parts: tuple[str, ...]) -> None:
        for part in dict.fromkeys(parts):
            self._by_part[part].append(at)
        key = (parts[0][:1], sound_key(parts[-1])[:_INDEXED])
        self._by_sound[key].append(at)
        self._by_surname_sound[sound_key(parts[-1])].append(at)

    def find_full(self, parts: tuple[str, ...], suffix: str) -> list[int]:
        """Return the people a full name can be the name of, in order of appearance."""
        near: dict[int, None] = {}
        for part in parts[1:]:
            near.update(dict.fromkeys(islice(self._by_part.get(part, ()), _MOST_NAMESAKES)))
        return [
            at
            for at in sorted(near)
            if _suffixes_agree(self.all[at].suffix, suffix)
            and names_agree(self.all[at].parts, parts)
        ]

    def find_spelled(self, parts: tuple[str, ...], suffix: str) -> list[int]:
        """Return the people whose full name is *parts* in another spelling."""
        near = self._by_sound.get((parts[0][:1], sound_key(parts[-1])[:_INDEXED]), ())
        if len(near) > _MOST_NAMESAKES:
            return []
        return [
            at
            for at in near
            if _suffixes_agree(self.all[at].suffix, suffix)
            and names_vary(self.all[at].parts, parts)
        ]

    def bearers_by_sound(self, part: str) -> list[int]:
        """Return who carries a surname that sounds like *part*: another transliteration."""
        key = sound_key(part)
        if len(key) < _SOUND_LENGTH:
            return []
        return [
            at
            for at in self._by_surname_sound.get(key, ())
            if same_sound(self.all[at].parts[-1], part)
        ]

    def bearers(self, part: str) -> list[int]:
        """Return who carries *part* as the last surname, else as another but the first name,
        else as the given name or what is short for it."""
        found = self._by_part.get(part, ())
        if len(found) > _MOST_NAMESAKES:
            return list(found[:2])  # nobody can tell
        last = [
            at for at in found if part == self.all[at].parts[-1] and len(self.all[at].parts) > 1
        ]
        inner = last or [at for at in found if part in self.all[at].parts[1:]]
        if inner or found:
            return inner or list(found)
        if not has_short_forms(part):
            return []
        return [
            at
            for at, one in enumerate(self.all)
            if len(one.parts) > 1 and is_short_for(part, one.parts[0])
        ]


def _suffixes_agree(a: str, b: str) -> bool:
    """Father and son are two; a name without "Jr." may be either's."""
    return not a or not b or a == b


def link_people(names: Sequence[PersonName]) -> list[str]:
    """Return the fullest name of the person behind each of *names*, in their order.

    *names* are those of one article, in text order. A full name comes without title.
    """
    people = People()
    person_of: dict[tuple[tuple[str, ...], str], int] = {}
    forms: dict[tuple[tuple[str, ...], str], list[PersonName]] = defaultdict(list)
    for name in names:
        forms[person_parts(name.text), name.suffix].append(name)
    full = [form for form in forms if len(form[0]) > 1]
    for form in sorted(full, key=lambda f: (-len(f[0]), not f[1], forms[f][0].order)):
        # Who prints "George Lunde Jr." and "George Lunde" in one text means son and father.
        found = [at for at in people.find_full(*form) if people.all[at].suffix == form[1]]
        at = found[0] if len(found) == 1 else people.add(*form)
        person_of[form] = at
        for name in forms[form]:
            people.all[at].forms[name.text] += 0 if name.headline else 2
            people.all[at].forms[name.text] += 1
            people.all[at].titles |= name.titles
    for parts, _ in forms:
        if len(parts) == 1:
            called = people.bearers(parts[0])
            if len(called) == 1 and people.all[called[0]].parts[0] == parts[0]:
                people.all[called[0]].familiar = True
    found_names: list[int | None] = []
    alone: dict[str, int] = {}
    for name in names:
        form = (person_parts(name.text), name.suffix)
        known = person_of.get(form)
        if known is None and form[0]:
            known = _bearer(people, form[0][-1], form[1], name)
            if known is None and not people.bearers(form[0][-1]):
                known = alone.get(form[0][-1])
                if known is None:
                    known = alone[form[0][-1]] = len(people.all)
                    people.all.append(Person(form[0]))
                people.all[known].forms[name.text] += 1
        if known is not None:
            person = people.all[known]
            if len(form[0]) > 1 or person.last_seen >= 0:
                person.called |= len(form[0]) == 1 and form[0][0] in person.parts[1:]
                person.last_seen = name.place
            people.all[known].titles |= name.titles
        found_names.append(known)
    canonical = [name_of(person) for person in people.all]
    return [
        canonical[at] if at is not None else " ".join(name.text.split())
        for at, name in zip(found_names, names, strict=True)
    ]


def _bearer(people: People, part: str, suffix: str, name: PersonName) -> int | None:
    """Return the person a lone surname or given name stands for, None while that is open."""
    found = people.bearers(part)
    if name.shared:
        # That Omar may be a Haddad, no other Omar; "Aronsen and Laila Haddad" share nothing.
        found = [
            at
            for at in found
            if part != people.all[at].parts[0] or name.shared in people.all[at].parts[1:]
        ]
    if len(found) < 2:
        return found[0] if found else None
    found = narrow(people, found, suffix, name.titles)
    if len(found) == 1:
        return found[0]
    # Whom the text calls by the surname once it goes on calling so, whoever is named between.
    called = [at for at in found if people.all[at].called]
    if len(called) == 1:
        return called[0]
    seen = sorted(
        (at for at in found if people.all[at].last_seen >= 0),
        key=lambda at: -people.all[at].last_seen,
    )
    if len(seen) == 1:
        return seen[0]
    # The one the text is about; in a headline nobody was introduced yet.
    weight = sorted(((sum(people.all[at].forms.values()), -at) for at in found), reverse=True)
    if weight[0][0] >= max(_MAINLY * weight[1][0], weight[1][0] + _CLEARLY):
        return -weight[0][1]
    if len(seen) < 2:
        return None
    near, next_ = (name.place - people.all[at].last_seen for at in seen[:2])
    return seen[0] if near <= _NEAR and near * _NEARER <= next_ else None


def narrow(people: People, found: list[int], suffix: str, titles: frozenset[str]) -> list[int]:
    """Return those of *found* that suffix, form of address, title and habit speak for."""
    found = [at for at in found if suffix and people.all[at].suffix == suffix] or found
    found = _by_gender(people, found, titles) or found
    telling = titles - _MALE - _FEMALE
    found = [at for at in found if telling & people.all[at].titles] or found
    # Who is called "Rosa" later on is not the one called by their common surname.
    return [at for at in found if not people.all[at].familiar] or found


def _by_gender(people: People, found: list[int], titles: frozenset[str]) -> list[int]:
    wanted = "m" if titles & _MALE else "f" if titles & _FEMALE else ""
    return [at for at in found if not wanted or people.all[at].gender in ("", wanted)]


def name_of(person: Person) -> str:
    """Return the fullest of a person's printed names: most parts, then in ordinary
    capitals, then most often. A longer name that only a headline made up is left out."""
    common = max(person.forms, key=lambda form: (person.forms[form], form))
    surname = person_parts(common)[-1:]
    best = min(
        person.forms,
        key=lambda form: (
            person_parts(form)[-1:] != surname and person.forms[form] * 2 < person.forms[common],
            -len(person_parts(form)) - bool(name_suffix(form)),
            form.isupper(),
            sum(len(part) == 1 for part in person_parts(form)),
            -person.forms[form],
            form,
        ),
    )
    return " ".join(best.split())


def titles_before(text: str, place: int) -> frozenset[str]:
    """Return the title words right before a name at *place*, folded: "Deputy Mayor Byrne"."""
    words = text[max(0, place - 40) : place].split()
    if not words or text[place - 1 : place] not in {" ", "\n", "\u00a0"}:
        return frozenset()
    titles = read_words("titles")
    found: list[str] = []
    for word in reversed(words):
        bare = word.lower().rstrip(".")
        if bare not in titles:
            break
        found.append(_LONG.get(bare, bare))
    return frozenset(found)


_LONG = {
    "gov": "governor", "sen": "senator", "rep": "representative", "prof": "professor", "lt": "lieutenant",
    "capt": "captain", "sgt": "sergeant", "gen": "general", "col": "colonel", "rev": "reverend",
    "cmdr": "commander", "adm": "admiral", "supt": "superintendent", "maj": "major", "cpl": "corporal",
    "pres": "president", "atty": "attorney", "councilor": "councillor",
}  # fmt: skip
