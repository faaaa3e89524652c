"""Every quotation of a story against its counterparts in the other articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from apps.articles.text.spans import Span
from apps.claims.analysis.early_pairs import early_pairs_by_key
from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.name_forms import person_parts, same_letters, same_sound
from apps.claims.analysis.quotes import (
    Quotation,
    QuoteMatch,
    QuoteRelation,
    compare_quotations,
    find_quotations,
)
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_phrase, level

# How much of a "missing" part must stand in another quotation of the same article for
# the cut to be none: "A," she said. "B." carries the same words as "A B."
_ELSEWHERE = 0.8
# No article has so many quotations that share a word with one of another's and are not it.
_MOST_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class QuotePair:
    """The same speech in two articles; ``match.a`` was published first."""

    match: QuoteMatch
    speakers_differ: bool


def compare_quotes(index: StoryIndex) -> list[QuotePair]:
    """Return the pairs of quotations of one speech, once for each pair of articles.

    A quotation is compared with its closest counterpart in the other article.
    """
    known = index.memo.get("quote pairs")
    if known is not None:
        return cast("list[QuotePair]", known)
    by_article = find_quotations(index)
    ordered = sorted(by_article, key=lambda article_id: index.rank[article_id])
    pairs: list[QuotePair] = []
    for first, second in early_pairs_by_key(
        {name: [run for quote in by_article[name] for run in _runs(quote)] for name in ordered}
    ):
        pairs.extend(_pairs(index, by_article[first], by_article[second]))
    index.memo["quote pairs"] = pairs
    return pairs


def _runs(quotation: Quotation) -> list[tuple[str, ...]]:
    """Return the runs of two words in a quotation, all of it when it is shorter."""
    return list(pairwise(quotation.keys)) or [tuple(quotation.keys)]


def telling_pairs(index: StoryIndex) -> list[QuotePair]:
    """Return the pairs that say something new: each reading against the earliest one.

    Three articles with one speech make three pairs. Where both sides of a pair are
    compared with an earlier quotation already, their own pair only repeats it. Articles
    of one outlet are left out.
    """
    pairs = compare_quotes(index)
    earlier: dict[tuple[str, Span], set[tuple[str, Span]]] = {}
    for pair in pairs:
        earlier.setdefault(place_of(pair.match.b), set()).add(place_of(pair.match.a))
    return [
        pair
        for pair in pairs
        if not index.same_outlet(pair.match.a.article, pair.match.b.article)
        and not earlier.get(place_of(pair.match.a), set())
        & earlier.get(place_of(pair.match.b), set())
    ]


def place_of(quotation: Quotation) -> tuple[str, Span]:
    return quotation.article, quotation.span


def by_reading(pairs: Iterable[QuotePair]) -> list[list[QuotePair]]:
    """Return *pairs* gathered by what is compared: copies of one reading come together."""
    groups: dict[tuple[object, ...], list[QuotePair]] = {}
    for pair in pairs:
        reading = (place_of(pair.match.a), tuple(pair.match.b.keys), pair.speakers_differ)
        groups.setdefault(reading, []).append(pair)
    return list(groups.values())


def _pairs(
    index: StoryIndex, ours: list[Quotation], theirs: list[Quotation]
) -> Iterator[QuotePair]:
    found: list[tuple[float, int, int, QuoteMatch]] = []
    places: dict[str, list[int]] = {}
    for j, b in enumerate(theirs):
        for key in set(b.keys):
            places.setdefault(key, []).append(j)
    for i, a in enumerate(ours):
        for j in _candidates(a, places):
            b = theirs[j]
            match = compare_quotations(a, b, trusted=_is_trusted(index, a, b))
            if match is None:
                continue
            changed = len(match.missing) + len(match.added)
            shared = (len(a.tokens) + len(b.tokens) - changed) / 2
            found.append((-shared, i, j, match))
    used_a: set[int] = set()
    used_b: set[int] = set()
    for _, i, j, match in sorted(found, key=lambda entry: entry[:3]):
        if i in used_a or j in used_b:
            continue
        used_a.add(i)
        used_b.add(j)
        if match.relation is QuoteRelation.CUT:
            short_side = theirs if len(match.a.tokens) >= len(match.b.tokens) else ours
            if stands_elsewhere(match.missing, short_side):
                match = QuoteMatch(QuoteRelation.SAME, match.a, match.b)
        yield QuotePair(match, speakers_differ(index, match.a, match.b))


def _candidates(quotation: Quotation, places: dict[str, list[int]]) -> list[int]:
    """Return the quotations that share most different words with *quotation*, in text order.

    A page of nothing but quotations would otherwise be compared pair by pair.
    """
    shared: Counter[int] = Counter()
    for key in set(quotation.keys):
        shared.update(places.get(key, ()))
    closest = sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_MOST_CANDIDATES]
    return sorted(j for j, _ in closest)


def _is_trusted(index: StoryIndex, a: Quotation, b: Quotation) -> bool:
    """Whether the two stand in one row, or in sentences that are copies or closest to each other."""
    cluster = index.cluster_of.get(a.claim.id)
    if cluster is not None and cluster is index.cluster_of.get(b.claim.id):
        return True
    # Two people may quote a few words alike in sentences on one matter.
    if speakers_differ(index, a, b):
        return False
    sides = (index.sentence(a.claim), index.sentence(b.claim))
    if all(sides) and tuple(map(_place, sides)) in _close_sentences(index):
        return True
    # "barely adequate": words nobody else in the story uses, quoted twice.
    last = a.tokens[-1]
    return (
        last.key == b.tokens[-1].key
        and index.same_event(a.article, b.article)
        and last.stem not in _stems_outside_quotations(index)
    )


def _place(view: SentenceView | None) -> tuple[str, int]:
    return (view.article, view.index) if view else ("", -1)


def _close_sentences(index: StoryIndex) -> set[tuple[tuple[str, int], ...]]:
    """Return the places of sentences that are copies, or closest to each other."""
    known = index.memo.get("sentences of one speech")
    if known is None:
        known = {(_place(pair.a), _place(pair.b)) for pair in index.copies}
        known |= {(_place(pair.a), _place(pair.b)) for pair in closest_pairs(index)}
        index.memo["sentences of one speech"] = known
    return cast("set[tuple[tuple[str, int], ...]]", known)


def _stems_outside_quotations(index: StoryIndex) -> set[str]:
    """Return the stems of all words of the story that somebody says in their own voice."""
    known = index.memo.get("stems outside quotations")
    if known is None:
        stems: set[str] = set()
        for views in index.sentences.values():
            for view in views:
                quotes = {quote for claim in index.claims_in(view) for quote in claim.quotes}
                stems.update(
                    token.stem
                    for token in view.tokens
                    if not any(quote.contains(token.span) for quote in quotes)
                )
        known = index.memo["stems outside quotations"] = stems
    return cast("set[str]", known)


def stands_elsewhere(missing: tuple[Token, ...], quotations: list[Quotation]) -> bool:
    """Whether the words *missing* from one quotation stand in others of the article."""
    if not missing:
        return True
    wanted = [token.key for token in missing]
    return any(
        sum(key in set(quotation.keys) for key in wanted) >= _ELSEWHERE * len(wanted)
        and find_phrase(quotation.keys, [" ".join(wanted[:3])]) is not None
        for quotation in quotations
    )


def speakers_differ(index: StoryIndex, a: Quotation, b: Quotation) -> bool:
    """Whether two named speakers are different people: pronouns and titles prove nothing.

    Spellings of one person are one; two full names with one surname are two people. What
    a body says somebody says for it, so that a person and a body, or an office, or a lone
    name that is nobody's surname, may be one speaker.
    """
    ours, theirs = _names(a.speaker), _names(b.speaker)
    if not ours or not theirs:
        return False
    x, y = index.entity_named(a.article, a.speaker), index.entity_named(b.article, b.speaker)
    if x is not None and y is not None:
        if x is y or {x.kind, y.kind} == {"person", "organisation"}:
            return False
        first, second = person_parts(x.name), person_parts(y.name)
        if x.kind == y.kind == "person" and min(len(first), len(second)) > 1:
            return not _one_spelt_twice(first, second)
    people = [found is not None and found.kind == "person" for found in (x, y)]
    if people != [False, False] and not all(
        found is not None or _may_name_a_person(index, quotation.speaker)
        for found, quotation in ((x, a), (y, b))
    ):
        return False
    return not ours & theirs


def _may_name_a_person(index: StoryIndex, name: str) -> bool:
    """Whether an unknown name is that of a person: "Osei" where an Osei is named, "Mina Osei"."""
    words = name.split()
    if len(words) > 1:
        return words[0][:1].isupper()
    return any(
        entity.kind == "person" and level(words[0]) in person_parts(entity.name)[-1:]
        for entity in index.entities
    )


def _one_spelt_twice(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names that are given the same words are one, misspelt: Imogen and Imogene."""
    return len(a) == len(b) and all(
        same_letters(x, y) or same_sound(x, y) for x, y in zip(a, b, strict=True)
    )


def _names(speaker: str) -> frozenset[str]:
    words = [word.strip(".,'’") for word in speaker.split()]
    return frozenset(
        level(word).removesuffix("'s")
        for word in words
        if word[:1].isupper()
        and level(word) not in word_set("name_titles")
        and level(word) not in word_set("function_words")
    )
