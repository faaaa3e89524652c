"""Who and what the articles of a story name, each once, across outlets and spellings.

Every article names its own people, bodies and places in full (``mentions``); here these
are matched: full names first, then other spellings, then surnames alone. Two that one
article tells apart are never made one. Near-linear in the number of mentions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from apps.claims.analysis.linking import FoundName, group_key, link_organisations
from apps.claims.analysis.name_forms import (
    fold,
    is_acronym,
    name_suffix,
    person_parts,
    sound_key,
)
from apps.claims.analysis.people import People, Person, name_of, narrow, titles_before
from apps.claims.analysis.place_names import alias_of, country_of, place_key
from apps.claims.analysis.places import NamedPlace, Place, read_places
from apps.claims.analysis.types import ArticleDraft, EntityDraft, MentionDraft

# A lone word read as another kind in few places is what it is in this many times more.
_OUTVOTED = 3
# Names no longer than this sound like too many others.
_SHORT = 4


@dataclass(slots=True)
class _Local:
    """What one article names by one canonical name."""

    article: int
    kind: str
    name: str
    forms: Counter[str] = field(default_factory=Counter)
    mentions: list[MentionDraft] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    definite: bool = False
    group: int = -1


def link_entities(articles: Sequence[ArticleDraft]) -> list[EntityDraft]:
    """Return the people, bodies, places, peoples and events of a story's *articles*.

    In order of first mention. Names are those of the fullest form any article prints.
    """
    locals_ = [one for at, article in enumerate(articles) for one in _locals(at, article)]
    _settle_kinds(locals_)
    names: list[str] = []
    by_kind: dict[str, list[_Local]] = defaultdict(list)
    for one in locals_:
        by_kind[one.kind].append(one)
    _join_organisations(by_kind["organisation"], by_kind["place"], names)
    _join_people(by_kind["person"], names)
    for kind in sorted(by_kind.keys() - {"organisation", "person"}):
        _join_same(by_kind[kind], names, by_sound=kind == "place")
    members: dict[int, list[_Local]] = defaultdict(list)
    for one in locals_:
        members[one.group].append(one)
    return [_entity(articles, names[group], members[group]) for group in members]


def _locals(at: int, article: ArticleDraft) -> list[_Local]:
    found: dict[tuple[str, str], _Local] = {}
    for mention in article.mentions:
        key = (mention.kind, mention.canonical)
        one = found.get(key)
        if one is None:
            one = found[key] = _Local(at, mention.kind, mention.canonical)
        one.forms[mention.text] += 1
        one.mentions.append(mention)
        start = mention.span.start
        if mention.kind == "person":
            one.titles |= titles_before(article.text, start)
        elif article.text[max(0, start - 4) : start].lower() == "the ":
            one.definite = True
    return list(found.values())


def _settle_kinds(locals_: Sequence[_Local]) -> None:
    """Give a name one kind in the whole story: long names by vote, lone words by a clear one."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for one in locals_:
        votes[fold(one.name)][one.kind] += len(one.mentions)
    for one in locals_:
        count = votes[fold(one.name)]
        if len(count) == 1 or one.kind == "group":
            continue
        kind, most = min(count.items(), key=lambda item: (-item[1], item[0]))
        if kind != "group" and (" " in one.name or most >= _OUTVOTED * count[one.kind]):
            one.kind = kind
    surnames = Counter(
        parts[-1]
        for name in {one.name for one in locals_ if one.kind == "person"}
        if len(parts := person_parts(name)) > 1
    )
    starts = {fold(one.name).split()[0] for one in locals_ if one.kind == "organisation" and " " in one.name}  # fmt: skip
    for one in locals_:
        # A headline's "Marsh" that one article takes for a firm is the Marsh all write about.
        if one.kind in {"organisation", "other"} and not one.definite:
            word = fold(one.name)
            if surnames[word] and word not in starts and "place" not in votes[word]:
                one.kind = "person"


# --- people ----------------------------------------------------------------------------


def _join_people(locals_: Sequence[_Local], names: list[str]) -> None:
    people = People()
    full = [one for one in locals_ if len(person_parts(one.name)) > 1]
    lone = [one for one in locals_ if len(person_parts(one.name)) < 2]
    first_of_all = len(names)
    for one in sorted(full, key=_fullest_first):
        parts, suffix = person_parts(one.name), name_suffix(one.name)
        at = _known(people, one, parts, suffix)
        if at is None:
            at = people.add(parts, suffix)
        _add(people.all[at], one, fuller=suffix)
        one.group = first_of_all + at
    for one in sorted(lone, key=lambda one: (-len(one.mentions), one.article, one.name)):
        at = _bearer(people, one)
        if at is None:
            at = people.add(person_parts(one.name) or (fold(one.name),), "")
        _add(people.all[at], one)
        one.group = first_of_all + at
    names.extend(name_of(person) for person in people.all)


def _fullest_first(one: _Local) -> tuple[int, bool, int, int, str]:
    parts = person_parts(one.name)
    return (-len(parts), not name_suffix(one.name), -len(one.mentions), one.article, one.name)


def _known(people: People, one: _Local, parts: tuple[str, ...], suffix: str) -> int | None:
    """Return the person a full name of another article belongs to, None for a new one."""
    for found in (people.find_full(parts, suffix), people.find_spelled(parts, suffix)):
        same = [
            at for at in found if people.all[at].parts == parts and people.all[at].suffix == suffix
        ]
        if len(same) == 1:
            return same[0]
        apart = [at for at in found if one.article not in people.all[at].articles]
        if len(apart) == 1:
            return apart[0]
        if apart:
            return None
    return None


def _add(person: Person, one: _Local, *, fuller: str = "") -> None:
    person.forms.update(one.forms)
    person.titles |= one.titles
    person.articles.add(one.article)
    person.suffix = person.suffix or fuller


def _bearer(people: People, one: _Local) -> int | None:
    """Return the one person of the story a lone surname stands for, None while that is open."""
    parts = person_parts(one.name)
    if not parts:
        return None
    # A given name alone ("Mike") is somebody else in every other article.
    found = [
        at for at in people.bearers(parts[-1])
        if len(people.all[at].parts) == 1 or parts[-1] in people.all[at].parts[1:]
    ] or people.bearers_by_sound(parts[-1])  # fmt: skip
    # Where an article names the person in full and leaves the surname open, so do we.
    found = [at for at in found if one.article not in people.all[at].articles]
    if len(found) > 1:
        found = narrow(people, found, name_suffix(one.name), frozenset(one.titles))
    return found[0] if len(found) == 1 else None


# --- everything else ---------------------------------------------------------------------


def _join_organisations(
    locals_: Sequence[_Local], places: Sequence[_Local], names: list[str]
) -> None:
    """Join bodies by words, initials and short forms, whichever article explains them."""
    explained: dict[str, set[str]] = defaultdict(set)
    for one in locals_:
        for form in one.forms:
            if is_acronym(form) and form != one.name:
                explained[form.replace(".", "")].add(one.name)
    known = {form: next(iter(longs)) for form, longs in explained.items() if len(longs) == 1}
    found = [FoundName(0, 0, one.name, "organisation", definite=one.definite) for one in locals_]
    linked = link_organisations(found, known, {fold(place.name) for place in places})
    groups: dict[str, int] = {}
    for one, name in zip(locals_, linked, strict=True):
        if name not in groups:
            groups[name] = len(names)
            names.append(name)
        one.group = groups[name]


def _join_same(locals_: Sequence[_Local], names: list[str], *, by_sound: bool) -> None:
    """Join names of one spelling; with *by_sound* also those no article tells apart."""
    groups: dict[str, int] = {}
    printed: dict[int, Counter[str]] = defaultdict(Counter)
    within: dict[int, set[int]] = defaultdict(set)
    sounding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for one in sorted(locals_, key=lambda one: (-len(one.mentions), one.article, one.name)):
        key = group_key(one.name) if one.kind == "group" else place_key(alias_of(one.name) or one.name)  # fmt: skip
        sound = tuple(sound_key(word) for word in key.split())
        group = groups.get(key)
        if group is None and by_sound and len("".join(sound)) > _SHORT:
            alike = [at for at in sounding[sound] if one.article not in within[at]]
            group = alike[0] if len(alike) == 1 else None
        if group is None:
            group = len(names)
            names.append("")
            sounding[sound].append(group)
        groups.setdefault(key, group)
        printed[group][one.name] += len(one.mentions)
        within[group].add(one.article)
        one.group = group
    for group, forms in printed.items():
        names[group] = min(forms, key=lambda form: (form.isupper(), -forms[form], form))


def _entity(articles: Sequence[ArticleDraft], name: str, members: Sequence[_Local]) -> EntityDraft:
    forms: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for one in members:
        forms.update(one.forms)
        kinds[one.kind] += len(one.mentions)
    kind = min(kinds, key=lambda kind: (-kinds[kind], kind))
    return EntityDraft(
        name=name,
        kind=kind,
        forms=tuple(sorted(forms, key=lambda form: (-forms[form], form))),
        canonical=tuple(
            dict.fromkeys(
                (articles[one.article].id, mention.kind, mention.canonical)
                for one in members
                for mention in one.mentions[:1]
            )
        ),
        mentions=tuple(
            (articles[one.article].id, mention.span)
            for one in sorted(members, key=lambda one: one.article)
            for mention in one.mentions
        ),
        country=country_of(name) if kind == "group" else "",
    )


def names_by_article(entities: Iterable[EntityDraft]) -> dict[tuple[str, str], EntityDraft]:
    """Return each entity by article and the name it has there (in lower case).

    Where an article has one name for a person and something else, the person is meant:
    this is asked about speakers.
    """
    found: dict[tuple[str, str], EntityDraft] = {}
    for entity in entities:
        for article, _, name in entity.canonical:
            key = (article, name.lower())
            if key not in found or entity.kind == "person":
                found[key] = entity
    return found


def read_entity_places(
    articles: Sequence[ArticleDraft], entities: Sequence[EntityDraft]
) -> dict[str, tuple[Place, ...]]:
    """Return how each place name of a story is to be read; see ``places.read_places``."""
    texts = {article.id: article.text for article in articles}
    starts: dict[tuple[str, int], EntityDraft] = {}
    for entity in entities:
        if entity.kind == "place":
            starts.update(((article, span.start), entity) for article, span in entity.mentions)
    named: list[NamedPlace] = []
    for entity in entities:
        if entity.kind != "place":
            continue
        held: list[str] = []
        for article, span in entity.mentions:
            if texts[article][span.end : span.end + 2] == ", ":
                holder = starts.get((article, span.end + 2))
                if holder is not None and holder is not entity:
                    held.append(holder.name)
        named.append(NamedPlace(entity.name, tuple(dict.fromkeys(held)), len(entity.mentions)))
    peoples = [entity.name for entity in entities if entity.kind == "group"]
    return read_places(named, peoples)
