"""Sides a sentence takes on a matter where only one of two can hold: late or on time.

A side is a phrase of the lexicon, turned round by a negation before it. Two outlets clash
when they take different sides on one matter and speak of the same subject.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from apps.claims.analysis.background import find_episodes
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.opposites import NEGATIONS
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.uncertainty import find_weakening
from apps.claims.analysis.word_lists import word_groups, word_set
from apps.claims.analysis.wording import Token, find_phrase

# A negation so many words before a phrase belongs to it.
_NEGATION_REACH = 3
# Words this far before and behind a phrase can be its subject and object.
_BEFORE, _BEHIND = 9, 6
_TELLING = 4
_LONG_FIGURE = 4
# "the former deputy minister remains": no longer, or the subject is somewhere else.
_DESCRIPTION = 5
# Words that count or measure; they are no subject.
_NO_SUBJECT = frozenset(
    "euro euros dollar dollars pound pounds percent cent cents million billion thousand hundred people person man "
    "men woman women time times part number case end way group".split()
)
_PRONOUNS = frozenset(
    "he she it they him her them his its their this that these those both".split()
)
_REFERRING = frozenset({"the", "its", "his", "her", "their"})
# The side of these is one of degree or of time: only a shared figure proves one subject.
_FIGURES = frozenset({"growth", "winner", "profit"})


@dataclass(frozen=True, slots=True)
class Stance:
    """Where *view* takes a side: *words* say so, *subjects* are what it is said of.

    *names* are the subjects that are names; *figures* the numbers beside the words.
    """

    view: SentenceView
    matter: str
    positive: bool
    words: tuple[Token, ...]
    subjects: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Clash:
    """Stances of one subject that cannot all be right: *many* agree, *few* contradict them.

    Both are in order of publication, never empty; *shared* is what they speak of.
    """

    many: tuple[Stance, ...]
    few: tuple[Stance, ...]
    shared: frozenset[str]


def find_clashes(index: StoryIndex) -> Iterator[Clash]:
    """Yield the opposite sides outlets take, once for all sentences on one subject."""
    by_matter: dict[str, list[Stance]] = defaultdict(list)
    for article_id in sorted(index.sentences, key=index.rank.__getitem__):
        for stance in _of_article(index, article_id):
            by_matter[stance.matter].append(stance)
    for matter in sorted(by_matter):
        stances = by_matter[matter]
        groups: list[tuple[set[int], set[str]]] = []
        for i, a in enumerate(stances):
            for j in range(i + 1, len(stances)):
                b = stances[j]
                shared = _same_subject(index, a, b)
                if not shared or any(_both_sides(stances, side, shared) for side in (a, b)):
                    continue
                group = next((g for g in groups if g[0] & {i, j} and g[1] & shared), None)
                if group is None:
                    groups.append(({i, j}, set(shared)))
                else:
                    group[0].update((i, j))
                    group[1].update(shared)
        for places, subjects in groups:
            yield _clash([stances[at] for at in sorted(places)], frozenset(subjects))


def _clash(stances: list[Stance], shared: frozenset[str]) -> Clash:
    yes = tuple(stance for stance in stances if stance.positive)
    no = tuple(stance for stance in stances if not stance.positive)
    articles = [len({stance.view.article for stance in side}) for side in (yes, no)]
    first_yes = stances[0].positive
    if articles[0] > articles[1] or (articles[0] == articles[1] and first_yes):
        return Clash(yes, no, shared)
    return Clash(no, yes, shared)


def _both_sides(stances: list[Stance], of: Stance, shared: frozenset[str]) -> bool:
    """Whether the same article takes the other side too, of the same subject.

    Somebody named beside whom *of* is not about is another subject.
    """
    return any(
        other.view.article == of.view.article
        and other.positive != of.positive
        and other.subjects & shared
        and (not other.names or other.names <= (of.names | shared))
        for other in stances
    )


def _same_subject(index: StoryIndex, a: Stance, b: Stance) -> frozenset[str]:
    """Return what both stances speak of; empty when they agree or may be of two things."""
    if a.positive == b.positive or index.same_outlet(a.view.article, b.view.article):
        return frozenset()
    if not index.same_event(a.view.article, b.view.article):
        return frozenset()
    if a.matter in _FIGURES and not a.figures & b.figures:
        return frozenset()
    if a.names and b.names and not a.names & b.names:
        return frozenset()
    # One long number is as good as a name: "the 2,300 who were told to leave".
    figures = {figure for figure in a.figures & b.figures if len(figure) >= _LONG_FIGURE}
    shared = (a.subjects & b.subjects) | figures
    return shared if any(not name.startswith("~") for name in shared) else frozenset()


def _of_article(index: StoryIndex, article_id: str) -> Iterator[Stance]:
    before: tuple[Token, ...] = ()
    earlier = find_episodes(index.articles[article_id])
    for view in index.sentences[article_id]:
        if view.index not in earlier:
            yield from _of_sentence(
                view, before, index.articles[article_id].text, _protagonist(index)
            )
        # "No." names nothing: what it answers does.
        before = view.tokens if len(view.tokens) >= _TELLING else (*before, *view.tokens)


def _of_sentence(
    view: SentenceView, before: tuple[Token, ...], text: str, protagonist: str
) -> Iterator[Stance]:
    keys = [token.key for token in view.tokens]
    for matter, sides in _phrases().items():
        found = [
            (place[1] - place[0], place, positive)
            for positive, phrases in sides.items()
            if (place := find_phrase(keys, phrases)) is not None
        ]
        if not found:
            continue
        _, (start, end), positive = max(found, key=lambda entry: (entry[0], -entry[1][0]))
        negated = _is_negated(view.tokens, start, text)
        if negated and "until" not in keys[end:]:
            positive = not positive
        elif find_weakening(view.tokens) is not None:
            continue  # "whether it was late" takes no side.
        around = view.tokens[max(0, start - _BEFORE) : start] + view.tokens[end : end + _BEHIND]
        lead_words = view.tokens[max(0, start - _BEFORE) : start]
        names = _names(lead_words)
        subjects = _things(around)
        pronoun = bool(set(keys[max(0, start - 2) : start + 1]) & _PRONOUNS)
        if pronoun or _refers_back(lead_words):
            subjects |= _things(before) | _things(view.tokens[:start])
            names = frozenset()
        if not pronoun and protagonist not in _things(around):
            subjects -= {protagonist}
        if protagonist in subjects or _is_person(lead_words):
            subjects |= {protagonist}
        matter_stems = {
            root(word) for phrase in (*sides[True], *sides[False]) for word in phrase.split()
        }
        subjects = frozenset(name for name in subjects if name not in matter_stems)
        yield Stance(
            view,
            matter,
            positive,
            view.tokens[max(0, start - 2) : end],
            subjects,
            names,
            frozenset(t.key for t in view.tokens if t.key[:1].isdigit()),
        )


def _protagonist(index: StoryIndex) -> str:
    """Return the stem of the name most sentences print of a person; "" without persons."""
    known = index.memo.get("protagonist")
    if known is None:
        known = index.memo["protagonist"] = _most_printed(index)
    return cast("str", known)


def _most_printed(index: StoryIndex) -> str:
    counts = Counter(
        root(token.key)
        for views in index.sentences.values()
        for view in views
        for token in view.tokens
        if token.ent == "PERSON" and token.content and token.key not in word_set("name_titles")
    )
    return max(counts, key=lambda name: (counts[name], name)) if counts else ""


def _is_person(lead: tuple[Token, ...]) -> bool:
    """Whether the subject is "the former mayor", "the accused": a person known from before."""
    keys = [token.key for token in lead]
    return (
        not any(token.name and token.content for token in lead)
        and "the" in keys[:2]
        and len(keys) <= _DESCRIPTION
        and any(key in read_words("people") for key in keys)
    )


def _is_negated(tokens: tuple[Token, ...], start: int, text: str) -> bool:
    """Whether a negation stands shortly before token *start*, in its sentence and clause."""
    for at in range(start - 1, max(-1, start - 1 - _NEGATION_REACH), -1):
        between = text[tokens[at].end : tokens[at + 1].start]
        if any(sign in between for sign in ".?!;:"):
            return False
        if tokens[at].key in NEGATIONS or tokens[at].key.endswith("n't"):
            return True
    return False


def _names(tokens: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(
        root(token.key)
        for token in tokens
        if token.name and token.content and token.key not in word_set("name_titles")
    )


def _refers_back(lead: tuple[Token, ...]) -> bool:
    """Whether the subject is named in the sentence before: "it", "the firm itself"."""
    return not any(token.name and token.content for token in lead) and (
        not any(token.pos == "NOUN" for token in lead)
        or any(token.key in _PRONOUNS or token.key in _REFERRING for token in lead)
    )


def _things(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Return the nouns and names among *tokens*, and frames for nouns of one event."""
    found: set[str] = set()
    for token in tokens:
        if not token.content or token.key in word_set("calendar_words") or token.key[:1].isdigit():
            continue
        if not token.name and token.pos not in {"NOUN", ""}:
            continue
        if (token.key in word_set("name_titles") and token.name) or token.key in _NO_SUBJECT:
            continue
        stem = root(token.lemma or token.key)
        found.add(stem)
        if not token.name:
            found.update(f"~{frame}" for frame in frames_of_stem(stem))
    return frozenset(found)


@cache
def _phrases() -> dict[str, dict[bool, frozenset[str]]]:
    """Return by matter the phrases of its two sides, True for the one marked "+"."""
    sides: dict[str, dict[bool, frozenset[str]]] = {}
    for group, phrases in word_groups("stances").items():
        matter, _, sign = group.rpartition(" ")
        sides.setdefault(matter, {True: frozenset(), False: frozenset()})[sign == "+"] = frozenset(
            phrases
        )
    return sides
