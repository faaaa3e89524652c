"""Where the names of an article stand: the model's entities trimmed, joined and found again.

Titles and occupations before a name are no part of it, "Jr." behind it is. What the model
saw once is found wherever it stands, whole or by the part that stands for it later on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.linking import FoundName
from apps.claims.analysis.name_forms import (
    fold,
    gender_known,
    is_acronym,
    is_common_word,
    letters_within,
    name_suffix,
)
from apps.claims.analysis.people import STRONG_TITLES
from apps.claims.analysis.place_names import alias_of, country_of
from apps.claims.analysis.word_lists import word_set

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
_CAPITALISED = re.compile(r"(?<![\w@#/.’'&-])[A-ZÀ-ÖØ-Þ][\w’'&-]*(?:\.[A-Z])*")
# Matches "(ECB)" and ", or ECB," behind a name; not "(the Alliance)".
_ACRONYM_AFTER = re.compile(
    r" \((?:the |or )?[“\"]?([A-Z][A-Za-z&.]{0,8}[A-Z])[”\"]?\)|, or (?:the )?([A-Z][A-Z&.]{1,8}),"
)
# Matches " Jr." and ", III"; not " Independent".
_SUFFIX = re.compile(r",? (?:[JS]r\b\.?|I{2,3}\b|IV\b)")
# Matches "Hurricane " and "St. " before a name; not "hurricane ".
_FRONT = re.compile(r"(?:Hurricane|Cyclone|Typhoon|Storm|Lake|Mount|Port|Fort|R[ií]o|St\.|Saint) $")
_GIVEN = re.compile(r"(?:^|(?<=[\s(“\"]))([A-ZÀ-ÖØ-Þ][\w’'-]+) $")
# Matches "Gov. Ada de la Byrne"; not "Gov. after".
_TITLED = re.compile(
    r"\b([A-Z][a-z]+)\.? (?=([A-ZÀ-ÖØ-Þ][\w’'-]+(?: (?:(?:de|da|di|van|von|der|la|al|bin) ){0,2}(?:[A-Z]\.|[A-ZÀ-ÖØ-Þ][\w’'-]+)){0,3}))"
)
_NICKNAME = re.compile(r" [“\"][A-Z][\w ]{1,15}[”\"] ")
# "Surgeon", "Fisherman", "Photographer": what somebody does, by how the word ends.
_TRADE = re.compile(
    r"[A-Z][a-z]+(?:man|woman|ist|eer|grapher|keeper|maker|fighter|worker|owner|trooper)"
)
# Names are found again where they stand unread; shorter ones are too often other words.
_SHORTEST = 3
# "Capt." has four letters; a full stop behind more ends a sentence.
_LONGEST_SHORT = 4


def read_names(doc: Doc, text: str) -> list[FoundName]:
    """Return the names the model found in *text*, trimmed and joined, in text order."""
    found = [name for name in (_name(ent, text) for ent in doc.ents) if name is not None]
    joined = list(_joined(text, found))
    titled = list(_titled(text, joined))
    return sorted([*joined, *titled], key=lambda name: name.start) if titled else joined


def _titled(text: str, names: Sequence[FoundName]) -> Iterator[FoundName]:
    """Yield people the model missed behind their titles: "Sheriff Orla Quist"."""
    starts = [name.start for name in names]
    end = 0
    for match in _TITLED.finditer(text):
        start = match.start(2)
        title = match.group(1).lower()
        if start < end or title not in STRONG_TITLES:
            continue
        if len(title) > _LONGEST_SHORT and text[match.end(1)] == ".":
            continue  # "for President. Then"
        words = _POSSESSIVE.sub("", match.group(2))
        stop = start + len(words)
        at = bisect_right(starts, stop - 1) - 1
        if at >= 0 and names[at].end > start:
            continue
        parts = [word.lower().rstrip(".") for word in words.split()]
        if parts[0] in read_words("titles") or parts[0] in word_set("calendar_words") or country_of(parts[0]):  # fmt: skip
            continue
        if parts[-1] in read_words("body_ends") or parts[-1] in read_words("body_words"):
            continue
        if len(parts) == 1 and is_common_word(words):
            continue
        end = stop
        yield _found(text, start, stop, "person")


def _name(ent: DocSpan, text: str) -> FoundName | None:
    kind = _KINDS.get(ent.label_)
    if kind is None:
        return None
    start, end = ent.start_char, ent.end_char
    words = text[start:end]
    if "\n" in words:
        words = words.split("\n", 1)[0]
    possessive = _POSSESSIVE.search(words)
    if possessive and len(words) > 3:
        words = words[: possessive.start()]
    trimmed = _EDGE.sub("", words)
    if not trimmed or not any(character.isalpha() for character in trimmed):
        return None
    start += words.index(trimmed)
    if trimmed[:4].lower() == "the ":
        bare = trimmed[4:].lstrip()
        start, trimmed = start + len(trimmed) - len(bare), bare
    if kind == "organisation" and _is_titled_person(trimmed):
        kind = "person"
    if kind == "person":
        bare = _without_titles(trimmed, opening=bool(ent[0].is_sent_start))
        start, trimmed = start + len(trimmed) - len(bare), bare
        start, trimmed = _with_given(text, start, trimmed)
        trimmed = _with_suffix(text, start, trimmed)
    start, trimmed = _with_front(text, start, trimmed)
    if not trimmed or trimmed.islower() or trimmed.lower() in {"the", "a", "an"}:
        return None
    if len(ent) == 1 and kind in {"person", "other"} and _is_common(ent):
        return None
    return _found(text, start, start + len(trimmed), kind)


def _found(text: str, start: int, end: int, kind: str) -> FoundName:
    definite = text[max(0, start - 4) : start].lower() == "the "
    return FoundName(start, end, text[start:end], kind, definite=definite)


def _without_titles(name: str, *, opening: bool) -> str:
    """Cut titles and trades off the front; what follows keeps its place at the end.

    *opening* says that the first word has its capital from the sentence it begins.
    """
    titles = read_words("titles")
    while True:
        word, space, rest = name.partition(" ")
        rest = rest.lstrip()
        if not space or not rest:
            return name
        bare = word.lower().rstrip(".,")
        trade = " " in rest and (
            bare in read_words("roles") or bare in read_words("people") or _TRADE.fullmatch(word)
            or (opening and bare.endswith(("er", "or")) and not gender_known(bare))
        )  # fmt: skip
        if bare not in titles and not trade:
            return name
        name = rest


def _is_titled_person(words: str) -> bool:
    """Whether a "body" is somebody with a title: "Pastor Ada Byrne", not "Mayor's Office"."""
    parts = words.split()
    return (
        len(parts) > 2
        and parts[0].lower().rstrip(".") in STRONG_TITLES
        and parts[-1].lower() not in read_words("body_ends")
        and all(part[0].isupper() and "’" not in part and "'" not in part[-2:] for part in parts)
        and not read_words("titles") & {part.lower() for part in parts[2:]}
    )


def _with_given(text: str, start: int, words: str) -> tuple[int, str]:
    """Take in a given name the model left before a lone surname."""
    if " " in words:
        return start, words
    match = _GIVEN.search(text, max(0, start - 16), start)
    if match is None:
        return start, words
    given = fold(match.group(1))
    if not gender_known(given):
        return start, words
    return match.start(1), text[match.start(1) : start] + words


def _with_suffix(text: str, start: int, words: str) -> str:
    """Take in "Jr." behind a name, and the full stop that belongs to it."""
    end = start + len(words)
    match = _SUFFIX.match(text, end)
    if match:
        return text[start : match.end()]
    return f"{words}." if name_suffix(words) in {"jr", "sr"} and text.startswith(".", end) else words  # fmt: skip


def _with_front(text: str, start: int, words: str) -> tuple[int, str]:
    """Take in the word that belongs to a name and was left before it: "Lake Arrow"."""
    match = _FRONT.search(text, max(0, start - 10), start)
    return (match.start(), text[match.start() : start] + words) if match else (start, words)


def _is_common(ent: DocSpan) -> bool:
    """Whether a lone word is a name only by the capital of its sentence: "Crews", "Rate"."""
    token = ent[0]
    return bool(token.is_sent_start) and token.tag_ in {"NNS", "VB", "VBD", "VBG", "VBZ", "RB", "DT", "PRP", "IN"}  # fmt: skip


def _joined(text: str, names: Sequence[FoundName]) -> Iterator[FoundName]:
    """Yield *names* in order, none overlapping; "Moor & Pike" and 'Ted "Teddy" Moor' as one."""
    held: FoundName | None = None
    for name in names:
        if held is None:
            held = name
            continue
        if name.start < held.end:
            continue
        between = text[held.end : name.start]
        if between == " & ":
            held = _found(text, held.start, name.end, "organisation")
        elif held.kind == name.kind == "person" and _NICKNAME.fullmatch(between):
            held = _found(text, held.start, name.end, "person")
        else:
            yield held
            held = name
    if held is not None:
        yield held


def define_acronyms(text: str, names: Sequence[FoundName]) -> dict[str, str]:
    """Return the long form of each acronym that is explained behind it.

    "the Arctic Fishing Board (AFB)" explains; "Lund (SPD)" does not: its letters are not there.
    """
    found: dict[str, str] = {}
    for name in names:
        if text[name.end : name.end + 1] not in {" ", ","} or " " not in name.text:
            continue
        match = _ACRONYM_AFTER.match(text, name.end)
        acronym = (match.group(1) or match.group(2)) if match else ""
        if is_acronym(acronym):
            acronym = acronym.replace(".", "")
            if letters_within(name.text, acronym):
                found.setdefault(acronym, name.text)
    return found


def find_again(
    text: str, names: Sequence[FoundName], definitions: Mapping[str, str]
) -> list[FoundName]:
    """Return *names* with those that stand once more, whole or by a telling part, in order.

    Parts are surnames of people, first and last words of bodies' names, and acronyms that
    the text explains. A form found whole where less of it was read takes its place.
    """
    kind_of = _forms(names)
    for acronym in definitions:
        kind_of.setdefault(acronym, "organisation")
    by_first: dict[str, list[str]] = defaultdict(list)
    for form in sorted(kind_of, key=lambda form: (-len(form), form)):
        by_first[_first_word(form).lower()].append(form)
    taken = sorted(names, key=lambda name: (name.start, name.end))
    starts = [name.start for name in taken]
    replaced: set[int] = set()
    found: list[FoundName] = []
    end = 0
    for match in _CAPITALISED.finditer(text):
        start = match.start()
        if start < end:
            continue
        forms = by_first.get(_first_word(match.group()).lower(), ())
        at = bisect_right(starts, start) - 1
        here = at >= 0 and taken[at].end > start
        if here and (taken[at].start != start or " " in taken[at].text):
            continue
        for form in forms:
            stop = start + len(form)
            words = text[start:stop]
            if (words != form and words != form.upper()) or _goes_on(text, stop):
                continue
            if kind_of[form] == "person" and " " not in form and is_common_word(form) and not _stands_alone(text, match):  # fmt: skip
                continue
            if here and stop <= taken[at].end:
                break
            last = bisect_right(starts, stop - 1) - 1
            if last > at and taken[last].end > stop:
                continue
            replaced.update(range(at if here else at + 1, last + 1))
            found.append(_found(text, start, stop, kind_of[form]))
            end = stop
            break
        else:
            if not here and country_of(match.group()) and _stands_alone(text, match):
                found.append(_found(text, start, match.end(), "group"))
    kept = [name for place, name in enumerate(taken) if place not in replaced]
    in_order = sorted([*kept, *found], key=lambda name: (name.start, name.end))
    return list(_joined(text, in_order))


def _forms(names: Iterable[FoundName]) -> dict[str, str]:
    """Return what to look for once more, with its kind: whole names before their parts."""
    kind_of: dict[str, str] = {}
    for name in names:
        if name.kind != "other" and len(name.text) >= _SHORTEST:
            kind_of.setdefault(name.text, name.kind)
    for name in names:
        if not name.headline:
            for part in _telling_parts(name):
                kind_of.setdefault(part, name.kind)
    return kind_of


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a capital is no sentence's: "two Poles", not "Poles fell" or "North Pole"."""
    before = text[max(0, match.start() - 2) : match.start()]
    return len(before) == 2 and before[0].islower() and before[1] == " " and not match.group().isupper()  # fmt: skip


def _telling_parts(name: FoundName) -> Iterator[str]:
    """Yield the words of a longer name that stand for all of it later on."""
    words = name.text.split()
    if len(words) < 2 or not name.text[0].isupper():
        return
    if name.kind == "person":
        bare = [word for word in words if not name_suffix(f"x {word}")]
        if len(bare) > 1 and len(bare[-1]) >= _SHORTEST and bare[-1][0].isupper():
            yield bare[-1]
    elif name.kind == "organisation":
        first, last = words[0], words[-1]
        if (
            first.isalpha() and len(first) > _SHORTEST
            and first.lower() not in read_words("plain_starts")
            and words[1].lower() not in read_words("place_bodies")
            and not country_of(first) and not alias_of(first) and not is_common_word(first)
        ):  # fmt: skip
            yield first
        if (
            last.isalpha() and last[0].isupper() and len(last) > _SHORTEST
            and (last.lower() in read_words("team_ends")
                 or not (last.isupper() or last.lower() in read_words("body_ends") or is_common_word(last)))
        ):  # fmt: skip
            yield last


def _goes_on(text: str, place: int) -> bool:
    """Whether a word does not end at *place*: "Marsh" in "Marshall" and "Marsh-land"."""
    after = text[place : place + 2]
    return after[:1].isalnum() or (after[:1] == "-" and after[1:].isalpha())


def _first_word(words: str) -> str:
    match = re.match(r"\w+", words)
    return match.group() if match else words
