"""Two places for one thing: another direction, or a region that does not hold the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from typing import cast

from apps.claims.analysis.background import past_year_of
from apps.claims.analysis.calendar_ranges import days_of
from apps.claims.analysis.counterparts import Counterpart, find_counterparts
from apps.claims.analysis.intervals import loose_reading
from apps.claims.analysis.meanings import similarity
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.slots import Idea, ideas_of, likeness
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.surroundings import likeness_around, one_affair, surroundings_of
from apps.claims.analysis.types import (
    Candidate,
    DateDraft,
    Detector,
    FindingDraft,
    Outcome,
    QuantityDraft,
    QuantityType,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.whereabouts import Placed, part_words, places_in
from apps.claims.analysis.word_lists import groups_by_word, word_groups, word_set
from apps.claims.analysis.wording import Token, find_phrase, words_span

SLUG = "place_difference"
_DIRECTIONS = {
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw",
    "southeast": "se", "southwest": "sw",
}  # fmt: skip
_OPPOSITES = {"north": "south", "south": "north", "east": "west", "west": "east"}
_OPPOSITE = {_DIRECTIONS[one]: _DIRECTIONS[other] for one, other in _OPPOSITES.items()} | {
    "ne": "sw", "sw": "ne", "nw": "se", "se": "nw",
}  # fmt: skip
_SIDES = frozenset(
    {"of", "side", "end", "bank", "edge", "outskirts", "shore", "wing", "entrance", "gate"}
)
_SHARED = 2.0
_BEHIND = 5
# Sentences with a side of the compass that are compared: a weather report has many.
_MOST = 60
# So few places are all compared with one another.
_FEW = 150
_UNKNOWN = 0.1
Place = tuple[str, int]
Rates = dict[tuple[Place, Place], Counterpart]
_TRIP = frozenset({"tour", "trip", "visit", "journey", "itinerary", "travels"})


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    yield from _directions(index)
    yield from _sides(index)
    yield from _regions(index)


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose places of two outlets that may be of one thing and share no word."""
    index = index_of(story)
    told = {mark for finding in find_in_story(story) for mark in finding.highlights}
    rates = {
        ((pair.a.article, pair.a.sentence), (pair.b.article, pair.b.sentence)): pair
        for pair in reversed(find_counterparts(index))
    }
    likeness = []
    best: dict[tuple[int, str], float] = defaultdict(float)
    for x, y in _pairs(index, rates):
        features = _likeness(index, rates, x, y)
        score = one_affair(features)
        likeness.append((x, y, features, score))
        for mine, other in ((x, y), (y, x)):
            place = (id(mine), other.view.article)
            best[place] = max(best[place], score)
    for x, y, features, score in likeness:
        if not _differ(x, y) or _is_beside(index, x, y) or _is_beside(index, y, x):
            continue
        if {mark(x.view.article, x.span), mark(y.view.article, y.span)} & told:
            continue
        known = (_is_named(index, x, y), _is_named(index, y, x))
        if all(known):
            continue  # Two outlets that name both places tell of two.
        nearest = best[id(x), y.view.article] * best[id(y), x.view.article]
        features |= {
            # A place has its counterpart where no other of that article is nearer.
            "one_thing": features["meant_share"] * score * score / nearest,
            "known": float(known[0] or known[1]),
        }
        for finding in _describe(
            index, (x.view, _words(x)), (y.view, _words(y)), Outcome.CONFLICT, Severity.HIGH,
            f"Two places, no word in common: {_text(index, x)} and {_text(index, y)}."
            if not x.words & y.words else
            f"Two parts of one place: {_text(index, x)} and {_text(index, y)}.",
        ):  # fmt: skip
            yield Candidate(
                finding,
                features,
                same_as="|".join(sorted((" ".join(sorted(x.words)), " ".join(sorted(y.words))))),
                doubt="one place may lie in the other, or the two may be of different things",
            )


def _pairs(index: StoryIndex, rates: Rates) -> Iterator[tuple[Placed, Placed]]:
    """Yield the places worth comparing, the earlier article's first: all in a story of few, else
    those in counterparts."""
    at: dict[Place, list[Placed]] = defaultdict(list)
    for article_id in sorted(index.articles, key=index.rank.__getitem__):
        for placed in places_in(index, article_id):
            at[article_id, placed.view.index].append(placed)
    few = sum(map(len, at.values())) <= _FEW
    for a, b in combinations(at, 2) if few else rates:
        if a not in at or b not in at or index.same_outlet(a[0], b[0]):
            continue
        if (a, b) not in rates and not index.same_event(a[0], b[0]):
            continue
        for x, y in product(at[a], at[b]):
            if x.moves == y.moves and past_year_of(index, x.view) == past_year_of(index, y.view):
                yield x, y


def _likeness(index: StoryIndex, rates: Rates, x: Placed, y: Placed) -> dict[str, float]:
    pair = rates.get(((x.view.article, x.view.index), (y.view.article, y.view.index)))
    return {
        "rate": pair.rate if pair else _UNKNOWN,
        **likeness_around(
            surroundings_of(index, x.view, x.span), surroundings_of(index, y.view, y.span)
        ),
        "one_deed": max(0.0, similarity(root(x.claim.predicate), root(y.claim.predicate)))
        if x.claim.predicate and y.claim.predicate else 0.0,
        "other_part": float(_is_other_part(x, y)),
    }  # fmt: skip


def _differ(x: Placed, y: Placed) -> bool:
    """Whether two places have no name or noun in common, or are two parts of one thing."""
    if _is_other_part(x, y):
        return True
    return not x.names & y.names and not x.words & y.words and bool(x.names or y.names)


def _is_other_part(x: Placed, y: Placed) -> bool:
    """Whether the two are the same thing but for its side or number: "the ninth level"."""
    mine, his = x.words - y.words, y.words - x.words
    parts = part_words()
    return bool(x.noun) and x.noun == y.noun and bool(mine & parts) and bool(his & parts)


def _is_beside(index: StoryIndex, x: Placed, y: Placed) -> bool:
    """Whether the sentence of *x* names the place of *y*, too."""
    return (y.names - x.names or y.words) <= _roots(index, x.view)


def _is_named(index: StoryIndex, x: Placed, y: Placed) -> bool:
    """Whether the article of *x* names the place of *y*, too: then there may be two."""
    words = y.names - x.names or y.words
    return any(words <= _roots(index, view) for view in index.sentences[x.view.article])


def _roots(index: StoryIndex, view: SentenceView) -> frozenset[str]:
    """Return the roots of the telling words of a sentence; worked out once."""
    memo = cast("dict[Place, frozenset[str]]", index.memo.setdefault("roots of sentences", {}))
    place = (view.article, view.index)
    if place not in memo:
        memo[place] = frozenset(
            root(form)
            for token in view.tokens
            if token.content
            for form in (token.key, token.lemma)
        )
    return memo[place]


def _words(placed: Placed) -> tuple[Token, ...]:
    return tuple(token for token in placed.view.tokens if token.span.overlaps(placed.span))


def _text(index: StoryIndex, placed: Placed) -> str:
    return quote_span(index, placed.view.article, placed.span)


def _sides(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield one happening put on opposite sides: "north of the town", "on its south side"."""
    seen: set[tuple[str, int]] = set()
    views = [
        view for article_id in sorted(index.sentences, key=index.rank.__getitem__)
        for view in index.sentences[article_id] if len(_side(view)) == 1
    ]  # fmt: skip
    for x, y in combinations(views[:_MOST], 2):
        if index.same_outlet(x.article, y.article) or not index.same_event(x.article, y.article):
            continue
        mine, his = _side(x), _side(y)
        if _OPPOSITE[mine[0][0]] != his[0][0]:
            continue
        if past_year_of(index, x) != past_year_of(index, y) or (y.article, y.index) in seen:
            continue
        near, far = _around(x, mine[0][1]), _around(y, his[0][1])
        shared = likeness(near, far) + float(_same_day(index, x, y)) + float(_of_one(x, y))
        if shared < _SHARED or _names_both(index, x, y, mine[0][0], his[0][0]):
            continue
        # Copies of one report differ from the third in the same way: once is enough.
        seen.add((y.article, y.index))
        yield from _describe(
            index, (x, (mine[0][1],)), (y, (his[0][1],)), Outcome.CONFLICT, Severity.HIGH,
            f"One thing on opposite sides: {mine[0][1].text} and {his[0][1].text}.",
        )  # fmt: skip


def _side(view: SentenceView) -> list[tuple[str, Token]]:
    """Return the sides a sentence names with their words; "North Carolina" is none."""
    return [
        (_DIRECTIONS[token.key.removesuffix("ern")], token)
        for at, token in enumerate(view.tokens)
        if token.key.removesuffix("ern") in _OPPOSITES and not token.text[:1].isupper()
        and {word.key for word in view.tokens[at + 1 : at + 3]} & _SIDES
    ]  # fmt: skip


def _of_one(x: SentenceView, y: SentenceView) -> bool:
    """Whether both are a side of one named thing: "the east bank of the Sill"."""
    return bool(_named_behind(x) & _named_behind(y))


def _named_behind(view: SentenceView) -> frozenset[str]:
    ((_, side),) = _side(view)
    behind = [token for token in view.tokens if token.start >= side.end][:_BEHIND]
    if len(behind) < 2 or behind[0].key not in _SIDES - {"of"} or behind[1].key != "of":
        return frozenset()
    return frozenset(root(token.key) for token in behind[2:] if token.name and token.content)


def _around(view: SentenceView, word: Token) -> tuple[Idea, ...]:
    return ideas_of([
        token for token in view.tokens
        if token.content and token.key[:1].isalpha() and token.key not in word_set("calendar_words")
        and token is not word and token.key not in _SIDES
    ])  # fmt: skip


def _same_day(index: StoryIndex, x: SentenceView, y: SentenceView) -> bool:
    ours, theirs = ({
        (days.first, days.last)
        for date in index.articles[view.article].sentences[view.index].dates
        for iso in (date.iso, *date.readings)
        if (days := days_of(DateDraft(date.span, date.text, iso))) is not None
    } for view in (x, y))  # fmt: skip
    return bool(ours & theirs)


def _names_both(index: StoryIndex, x: SentenceView, y: SentenceView, mine: str, his: str) -> bool:
    """Whether one of the articles names the other's side, too: then there are two places."""
    return any(
        side == other
        for view, other in ((x, his), (y, mine))
        for sentence in index.sentences[view.article]
        for side, _ in _side(sentence)
    )


Bearing = tuple[SentenceView, QuantityDraft, str, tuple[Token, ...]]


def _directions(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield equal distances in different directions."""
    bearings = [
        bearing
        for sentences in index.sentences.values()
        for view in sentences
        for bearing in _bearings(index, view)
    ]
    for (view, x, ours, mine), (other, y, theirs, his) in combinations(bearings, 2):
        if index.same_outlet(view.article, other.article) or not index.same_event(
            view.article, other.article
        ):
            continue
        if ours == theirs or not loose_reading(x).meets(loose_reading(y)):
            continue
        yield from _describe(
            index, (view, mine), (other, his), Outcome.CONFLICT, Severity.HIGH,
            f"The distances agree ({x.text}, {y.text}), the directions do not: {mine[0].text} and {his[0].text}.",
        )  # fmt: skip


def _bearings(index: StoryIndex, view: SentenceView) -> Iterator[Bearing]:
    """Yield "18 kilometres northeast of Bergen": distance, direction and its words."""
    for quantity in index.articles[view.article].sentences[view.index].quantities:
        if quantity.type is not QuantityType.MEASURE or quantity.si is None:
            continue
        after = [token for token in view.tokens if token.start >= quantity.span.end][:4]
        for size in (2, 1):
            key = "".join(token.key.replace("-", "") for token in after[:size])
            if key in _DIRECTIONS and len(after) > size and after[size].key in {"of", "from"}:
                yield view, quantity, _DIRECTIONS[key], tuple(after[:size])
                break


def _regions(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield regions of one trip of which neither holds the other, and wider ones."""
    first_use: dict[tuple[str, str], tuple[SentenceView, tuple[Token, ...]]] = {}
    for article_id in sorted(index.sentences, key=lambda article_id: index.rank[article_id]):
        for view in index.sentences[article_id]:
            keys = [token.key for token in view.tokens]
            place = find_phrase(keys, word_set("regions"))
            if place is not None and _TRIP & set(keys[max(0, place[0] - 5) : place[0]]):
                region = " ".join(keys[place[0] : place[1]])
                first_use.setdefault(
                    (article_id, _base(region)), (view, view.tokens[place[0] : place[1]])
                )
    seen: set[frozenset[str]] = set()
    for (a, ours), (b, theirs) in combinations(first_use, 2):
        pair = frozenset((ours, theirs))
        if ours == theirs or pair in seen or index.same_outlet(a, b) or not index.same_event(a, b):
            continue
        if (a, theirs) in first_use or (b, ours) in first_use:
            continue
        seen.add(pair)
        within = _holds(ours, theirs) or _holds(theirs, ours)
        rule = (
            "One region lies within the other."
            if within
            else "Neither region lies within the other."
        )
        yield from _describe(
            index, first_use[a, ours], first_use[b, theirs], Outcome.COMPATIBLE, Severity.LOW, rule
        )


def _base(region: str) -> str:
    """Return a region's name for its name or adjective ("latin american" -> "latin america")."""
    return word_groups("regions")[sorted(groups_by_word("regions")[region])[0]][0]


def _holds(outer: str, inner: str) -> bool:
    group = next(iter(sorted(groups_by_word("regions")[inner])))
    return group.startswith(f"{outer} > ") or f" {outer} > " in group


def _describe(
    index: StoryIndex,
    a: tuple[SentenceView, tuple[Token, ...]],
    b: tuple[SentenceView, tuple[Token, ...]],
    outcome: Outcome,
    severity: Severity,
    rule: str,
) -> Iterator[FindingDraft]:
    if index.rank[b[0].article] < index.rank[a[0].article]:
        a, b = b, a
    (view, mine), (other, his) = a, b
    ours, theirs = (
        index.claim_at(view.article, words_span(mine)),
        index.claim_at(other.article, words_span(his)),
    )
    if ours is None or theirs is None:
        return
    ours, theirs = index.row_claim(ours), index.row_claim(theirs)
    yield FindingDraft(
        kind=SLUG,
        outcome=outcome,
        severity=severity,
        claims=(ours.id, theirs.id),
        explanation=(
            f"{index.outlet(view.article)} prints {quote_span(index, view.article, words_span(mine), around=4)}, "
            f"{index.outlet(other.article)} {quote_span(index, other.article, words_span(his), around=4)}."
        ),
        rule=rule,
        highlights=(mark(view.article, words_span(mine)), mark(other.article, words_span(his))),
        confidence=0.7,
        changes_if="if the two places are of different things",
        compared=(ours.text, theirs.text),
    )


DETECTOR = Detector(
    SLUG,
    "Place differs",
    "One thing is put in two places: another direction, a wider or another region.",
    find_in_story=find_in_story,
    find_candidates=find_candidates,
)
