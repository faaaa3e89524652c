"""What kind of thing a name names: the model's guess weighed against what the text shows.

A model that never saw a name guesses by its looks. The words around it know better: titles
and ages make people, "in" and "the town of" places, "the firm" and "Council" bodies. Points
are summed for every spelling; a lone word that is part of longer names is settled where it
stands ("Marsh" the man, "Marsh" the firm).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log2

from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.linking import FoundName
from apps.claims.analysis.name_forms import fold, is_acronym, person_parts
from apps.claims.analysis.people import titles_before
from apps.claims.analysis.place_names import alias_of, country_of, known_places
from apps.claims.analysis.word_lists import word_set

Points = dict[str, float]

# What the other places of a lone word count, where it may also stand for a longer name.
_ELSEWHERE = 0.4
# Signs this strong count wherever they stand; weaker ones are averaged over a name's places.
_PROOF = 1.9
_MOST_TRUST = 2.0

# Titles that also stand before names of places and bodies ("state", "health", "US").
_WEAK_TITLES = frozenset(
    {
        "state", "county", "city", "district", "fire", "police", "health", "education", "us", "u.s", "uk", "first",
        "interim", "acting", "foreign", "interior", "defense", "defence", "finance", "justice", "former", "vice",
        "cardinal", "crown",
    }
)  # fmt: skip
_POSSESSIVE = re.compile(r"[’']s?\b")
_AGE = re.compile(r",? (?:\(?\d{2}\)?(?:,|\)| and\b|\.)|who\b|aged \d)")
_SAYS = re.compile(r" (?:said|says|told|added|asked|thinks|smiled|wrote|recalled|laughed)\b")
# Matches "Arden shares fell"; not "Arden fell".
_ITS_PEOPLE = re.compile(
    r" (?:shares|stock|spokes(?:man|woman|person)|executives?|employees|workers|staff|plant|factory|jet|flights?|planes|customers|"
    r"shareholders|investors|products|stores|fans|players|supporters|manager|coach|striker|forward|goalkeeper|midfielder|defender|chairman|boss)\b"
)
_WHERE = {
    "in": 1.6, "near": 1.6, "outside": 1.2, "across": 1.0, "around": 0.8, "throughout": 1.5, "off": 1.0, "within": 0.8, "at": 0.3,
    "from": 1.3, "to": 0.4, "of": 0.2, "toward": 0.7, "towards": 0.7, "into": 0.6, "via": 0.7, "through": 0.4, "leave": 0.5, "left": 0.3,
    "northern": 1.5, "southern": 1.5, "eastern": 1.5, "western": 1.5, "central": 1.2, "downtown": 1.8, "north": 0.8, "south": 0.8,
    "east": 0.8, "west": 0.8, "won": 0.3,
}  # fmt: skip
_DATELINE = re.compile(r"(?:, [A-Z][\w. ]{1,20})? ?(?:\([A-Z][\w. ]+\) ?)?[—–-] ?[A-Z“\"]")
_OF_BODY = re.compile(
    r"(?:university|ministry|department|bank|office|institute|church|bureau|board|court|house|college|museum|league|association) (?:of|for)\b"
)
_OF_EVENT = re.compile(r"(?:battle|siege|treaty|massacre|feast|festival|day) of\b")
# Matches "Lakemont Wolves"; not "Lakemont".
_TEAM = re.compile(r" [A-Z][a-z]+s$")
_OF_PLACE = re.compile(r"(?:bay|gulf|republic|kingdom|isle|cape|city|port|state|strait|sea) of\b")
_PLACE_STARTS = frozenset({"port", "lake", "mount", "fort", "san", "santa", "saint", "lower", "upper", "rio", "cape", "isle", "east", "west", "north", "south", "new"})  # fmt: skip


@lru_cache(maxsize=20_000)
def _looks(text: str) -> tuple[tuple[str, float], ...]:
    """Return what the words of a name themselves tell."""
    points: Points = defaultdict(float)
    folded = fold(text)
    words = folded.replace(".", "").split()
    several = len(words) > 1
    if several and (words[0] in word_set("event_words", "first")) | (words[-1] in word_set("event_words", "last")):  # fmt: skip
        points["event"] += 3.0
    given = several and (
        words[0] in read_words("names_male") or words[0] in read_words("names_female")
    )
    if given and len(words) < 4 and not (len(words) > 2 and words[-1] in read_words("body_ends")):
        points["person"] += 2.0
    if several and (words[-1] in read_words("body_ends") or words[-1] in read_words("team_ends")):
        points["organisation"] += 0.8 if given and len(words) == 2 else 2.5
    elif several and words[-1] in read_words("place_ends") and not given:
        points["place"] += 2.0
    if _OF_BODY.match(folded):
        points["organisation"] += 2.0
    elif _OF_EVENT.match(folded):
        points["event"] += 2.5
    elif _OF_PLACE.match(folded):
        points["place"] += 2.0
    if several and words[0] in _PLACE_STARTS and words[-1] not in read_words("body_ends"):
        points["place"] += 1.0
    if alias_of(text):
        # "U.S. officials" is read as a people now and then.
        points["place"] += 1.2
    elif folded in known_places():
        points["place"] += 0.5
    elif is_acronym(text):
        points["organisation"] += 1.0
        points["person"] -= 1.0
    if not several and country_of(text) and not alias_of(text):
        points["group"] += 2.0
    return tuple(sorted(points.items()))


def settle_kinds(text: str, names: Sequence[FoundName]) -> None:
    """Give each of *names* (in text order) the kind that the whole article speaks for."""
    for name in names:
        if name.clues is None:
            name.clues = _points_at(text, name)
    points = [name.clues or {} for name in names]
    keys = [fold(name.text) for name in names]
    guesses: dict[str, Counter[str]] = defaultdict(Counter)
    weak: dict[str, Points] = defaultdict(lambda: defaultdict(float))
    proof: dict[str, Points] = defaultdict(dict)
    printed: dict[str, str] = {}
    for key, name, here in zip(keys, names, points, strict=True):
        guesses[key][name.guess] += 1
        if key not in printed or printed[key].isupper():
            printed[key] = name.text
        for kind, value in here.items():
            if value >= _PROOF:
                proof[key][kind] = max(value, proof[key].get(kind, 0.0))
            else:
                weak[key][kind] += value
    totals: dict[str, Points] = {}
    for key, guessed in guesses.items():
        number = sum(guessed.values())
        # The more often the model says one thing, the less a preposition or two is worth.
        trust = min(_MOST_TRUST, 1.0 + 0.3 * log2(number)) / number
        total: Points = {kind: trust * count for kind, count in guessed.items()}
        for kind, value in (*proof[key].items(), *_looks(printed[key])):
            total[kind] = total.get(kind, 0.0) + value
        for kind, value in weak[key].items():
            total[kind] = total.get(kind, 0.0) + value / number
        totals[key] = total
    for key, name in zip(keys, names, strict=True):
        if " " in key:
            name.kind = _best(totals[key])
    parts = _Parts(names)
    for key, name, here in zip(keys, names, points, strict=True):
        if " " in key:
            continue
        carried = parts.points(key, name)
        if not carried:
            name.kind = _best(totals[key])
            continue
        # A part of longer names is settled where it stands.
        total = {kind: _ELSEWHERE * value for kind, value in totals[key].items()}
        for more in (carried, here, {name.guess: 0.5}):
            for kind, value in more.items():
                total[kind] = total.get(kind, 0.0) + value
        name.kind = _best(total)


def _best(points: Mapping[str, float]) -> str:
    return min(points, key=lambda kind: (-points[kind], kind))


def _points_at(text: str, name: FoundName) -> Points:
    """Return what the words around a name tell of its kind."""
    points: Points = defaultdict(float)
    if name.guess in {"group", "event"}:
        return points
    titles = titles_before(text, name.start)
    if titles - _WEAK_TITLES:
        points["person"] += 3.0
    before = text[max(0, name.start - 30) : name.start].split()
    last = before[-1].lower() if before else ""
    if name.definite:
        points["person"] -= 2.0
        points["organisation"] += 1.5 if _TEAM.search(name.text) else 0.3
    elif last in read_words("company_nouns"):
        points["organisation"] += 2.0
    elif last in read_words("roles"):
        points["person"] += 2.0
    elif last == "of" and len(before) > 1 and before[-2].lower() in read_words("place_nouns"):
        points["place"] += 3.0
    elif not _POSSESSIVE.match(text, name.end):
        # "in Marsh's view" is no place.
        points["place"] += _WHERE.get(last, 0.0)
    if (not before or text[name.start - 1] == "\n") and _DATELINE.match(text, name.end):
        points["place"] += 3.0
    if _AGE.match(text, name.end):
        points["person"] += 1.5 if text.startswith(" who", name.end) else 2.5
    if _ITS_PEOPLE.match(text, name.end):
        points["organisation"] += 1.2
        points["person"] -= 0.5
    if _SAYS.match(text, name.end):
        points["person"] += 0.7
        points["organisation"] += 0.4
    return points


class _Parts:
    """Longer names by their first and last words, as the text introduces them."""

    def __init__(self, names: Sequence[FoundName]) -> None:
        self._surnames: dict[str, int] = {}
        self._given: dict[str, int] = {}
        self._starts: dict[str, str] = {}
        self._ends: dict[str, str] = {}
        for name in names:
            words = fold(name.text).split()
            if len(words) < 2:
                continue
            if name.kind == "person":
                parts = person_parts(name.text)
                if len(parts) > 1:
                    for part in parts[1:]:
                        self._surnames.setdefault(part, name.start)
                    self._given.setdefault(parts[0], name.start)
                self._surnames.setdefault(words[-1], name.start)
            elif name.kind in {"organisation", "event"}:
                if words[0] not in read_words("plain_starts") and words[1] not in read_words("place_bodies"):  # fmt: skip
                    self._starts.setdefault(words[0], name.kind)
                self._ends.setdefault(words[-1], name.kind)
            elif name.kind == "place" and words[-1] in read_words("water_words"):
                self._starts.setdefault(words[0], name.kind)

    def points(self, key: str, name: FoundName) -> Points:
        """Return what speaks for a lone word to stand for a longer name."""
        points: Points = {}
        for places, value in ((self._given, 1.2), (self._surnames, 1.5)):
            # Nobody is called by a surname before the full name, but in headlines.
            if key in places and (name.headline or places[key] < name.start):
                points["person"] = value
        kind = self._starts.get(key)
        if kind == "place":
            if name.definite:
                points["place"] = 1.5
        elif kind is not None:
            points[kind] = 1.3
        kind = self._ends.get(key)
        if kind is not None and (name.definite or kind == "event" or key not in read_words("body_words")):  # fmt: skip
            points[kind] = max(points.get(kind, 0.0), 1.5)
        return points
