"""Two places for one thing: another direction, or a region that does not hold the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from apps.claims.analysis.intervals import loose_reading
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    Detector,
    FindingDraft,
    Outcome,
    QuantityDraft,
    QuantityType,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import groups_by_word, word_groups, word_set
from apps.claims.analysis.wording import Token, find_phrase, words_span

SLUG = "place_difference"
_DIRECTIONS = {
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw",
    "southeast": "se", "southwest": "sw",
}  # fmt: skip
_TRIP = frozenset({"tour", "trip", "visit", "journey", "itinerary", "travels"})


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    yield from _directions(index)
    yield from _regions(index)


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
)
