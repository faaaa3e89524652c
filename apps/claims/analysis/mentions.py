"""Names in an article, linked to the fullest form the article gives."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from apps.articles.text.spans import Span
from apps.articles.text.types import READ_ROLES, SegmentDraft
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.types import MentionDraft

_KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "LOC": "place",
    "NORP": "group",
    "EVENT": "event",
    "MISC": "other",
}
_POSSESSIVE = re.compile(r"[’']s?$")
_EDGE = re.compile(r"^[\s\"“”‘’'(\[,.;:–—-]+|[\s\"“”‘’'()\[\],;:–—-]+$")


@dataclass(slots=True)
class _Name:
    start: int
    end: int
    text: str
    kind: str


def strip_titles(name: str) -> str:
    """Return a person's name without titles in front: "Gov. Ada Byrne" -> "Ada Byrne"."""
    words = name.split()
    titles = read_words("titles")
    while len(words) > 1 and words[0].lower().rstrip(".,") in titles:
        words.pop(0)
    return " ".join(words)


def find_mentions(doc: Doc, segments: Sequence[SegmentDraft] = ()) -> list[MentionDraft]:
    """Return the names of *doc* in text order, not overlapping, with canonical forms.

    With *segments*, only those of parts that are read. Kinds are settled by vote over the
    article: a surname read once as a place is the person it is elsewhere.
    """
    read = [segment.span for segment in segments if segment.role in READ_ROLES]
    names = [name for name in map(_name, doc.ents) if name is not None]
    if segments:
        names = list(_within(names, read))
    names = _vote(names)
    names = _add_missed_surnames(doc, names, read if segments else None)
    canonical = _canonical_names(names)
    return [
        MentionDraft(
            Span(name.start, name.end),
            name.text,
            name.kind,
            canonical[(name.kind, _key(name.text))],
        )
        for name in sorted(names, key=lambda n: (n.start, n.end))
    ]


def _name(ent: DocSpan) -> _Name | None:
    kind = _KINDS.get(ent.label_)
    if kind is None:
        return None
    text, start = ent.text, ent.start_char
    if "\n" in text:
        text = text.split("\n", 1)[0]
    possessive = _POSSESSIVE.search(text)
    if possessive and len(text) > 3:
        text = text[: possessive.start()]
    trimmed = _EDGE.sub("", text)
    if not trimmed or not any(character.isalpha() for character in trimmed):
        return None
    start += text.index(trimmed)
    if trimmed.lower() in {"the", "a", "an"}:
        return None
    if trimmed.lower().startswith("the ") and kind != "person":
        start += 4
        trimmed = trimmed[4:].lstrip()
        start = ent.start_char + ent.text.index(trimmed) if trimmed in ent.text else start
    if not trimmed:
        return None
    return _Name(start, start + len(trimmed), trimmed, kind)


def _within(names: Iterable[_Name], spans: Sequence[Span]) -> Iterable[_Name]:
    cursor = 0
    for name in names:
        while cursor < len(spans) and spans[cursor].end <= name.start:
            cursor += 1
        if (
            cursor < len(spans)
            and spans[cursor].start <= name.start
            and name.end <= spans[cursor].end
        ):
            yield name


def _key(text: str) -> str:
    return re.sub(r"[’']", "'", re.sub(r"\s+", " ", text)).strip(" .").casefold()


def _vote(names: list[_Name]) -> list[_Name]:
    surnames = {
        strip_titles(name.text).split()[-1].casefold()
        for name in names
        if name.kind == "person" and len(strip_titles(name.text).split()) > 1
    }
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        votes[_key(name.text)][name.kind] += 1
    for name in names:
        key = _key(name.text)
        if (
            key in surnames
            and name.kind in {"place", "organisation", "other"}
            and votes[key]["place"] <= max(2, votes[key]["person"])
        ):
            name.kind = "person"
        elif len(votes[key]) > 1:
            best = max(votes[key].values())
            if votes[key][name.kind] < best:
                name.kind = min(kind for kind, count in votes[key].items() if count == best)
    return names


def _add_missed_surnames(doc: Doc, names: list[_Name], read: Sequence[Span] | None) -> list[_Name]:
    full = {
        strip_titles(name.text).split()[-1]
        for name in names
        if name.kind == "person" and len(strip_titles(name.text).split()) > 1
    }
    full = {surname for surname in full if len(surname) > 2 and surname[0].isupper()}
    covered = sorted((name.start, name.end) for name in names)
    cursor = 0
    missed: list[_Name] = []
    for token in doc:
        if token.text not in full:
            continue
        start, end = token.idx, token.idx + len(token.text)
        while cursor < len(covered) and covered[cursor][1] <= start:
            cursor += 1
        if cursor < len(covered) and covered[cursor][0] < end:
            continue
        missed.append(_Name(start, end, token.text, "person"))
    if read is not None:
        missed = list(_within(missed, read))
    return names + missed


def _canonical_names(names: Sequence[_Name]) -> dict[tuple[str, str], str]:
    """Return the canonical form of each (kind, key)."""
    canonical: dict[tuple[str, str], str] = {}
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[tuple[str, str], str] = {}
    for name in names:
        by_kind[name.kind][_key(name.text)] += 1
        first.setdefault((name.kind, _key(name.text)), name.text)
    for kind, keys in by_kind.items():
        for key in keys:
            canonical[(kind, key)] = re.sub(r"\s+", " ", first[(kind, key)])
        if kind == "person":
            _link_people(keys, first, canonical)
        elif kind == "organisation":
            _link_acronyms(keys, first, canonical)
    return canonical


def _link_people(
    keys: Counter[str], first: dict[tuple[str, str], str], canonical: dict[tuple[str, str], str]
) -> None:
    stripped = {key: strip_titles(first[("person", key)]) for key in keys}
    # Titles go: "Mayor Ada Byrne" and "Ada Byrne" are one; the name alone is canonical.
    full = [key for key in keys if len(stripped[key].split()) > 1]
    best: dict[str, str] = {}
    for key in full:
        name = re.sub(r"\s+", " ", stripped[key])
        words = name.split()
        ends = (words[0].casefold(), words[-1].casefold())
        longer = [
            other for other in full if other != key and _extends(stripped[other].split(), words)
        ]
        target = (
            min(longer, key=lambda other: (-len(stripped[other].split()), first[("person", other)]))
            if longer
            else key
        )
        canonical[("person", key)] = re.sub(r"\s+", " ", stripped[target])
        best.setdefault(ends[1], canonical[("person", key)])
    firsts: dict[str, set[str]] = defaultdict(set)
    for key in full:
        firsts[stripped[key].split()[0].casefold()].add(canonical[("person", key)])
    for key in keys:
        words = stripped[key].split()
        if len(words) != 1:
            continue
        word = words[0].casefold()
        canonical[("person", key)] = best.get(word) or (
            next(iter(firsts[word])) if len(firsts.get(word, ())) == 1 else stripped[key]
        )


def _extends(longer: list[str], shorter: list[str]) -> bool:
    """Return whether "Ada M. Byrne" extends "Ada Byrne"."""
    return (
        len(longer) > len(shorter)
        and longer[-1].casefold() == shorter[-1].casefold()
        and longer[0].casefold() == shorter[0].casefold()
    )


def _link_acronyms(
    keys: Counter[str], first: dict[tuple[str, str], str], canonical: dict[tuple[str, str], str]
) -> None:
    long_forms = {key: first[("organisation", key)] for key in keys if len(key.split()) > 1}
    for key in keys:
        text = first[("organisation", key)].replace(".", "")
        if not (2 <= len(text) <= 6 and text.isupper()):
            continue
        for long_form in sorted(long_forms.values()):
            words = [word for word in re.split(r"[\s-]+", long_form) if word]
            initials = "".join(word[0] for word in words if word[0].isupper())
            if initials == text:
                canonical[("organisation", key)] = long_form
                break
