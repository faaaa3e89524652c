"""The same happening on two different days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from apps.claims.analysis.calendar_ranges import show_days
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.happenings import Happening, happenings, is_one_happening
from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    Detector,
    FindingDraft,
    Outcome,
    QuantityType,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.wording import find_phrase

SLUG = "date_conflict"
_RELATED = 3.5
# Words that date more than this many sentences of a story tell no happening from another.
_COMMON = 60
_AHEAD = frozenset(
    {"will", "starting in", "starting on", "from", "beginning", "takes effect", "would"}
)


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield different dates of one happening, whatever rows tell it."""
    index = index_of(story)
    told: set[tuple[object, ...]] = set()
    for x, y in [*_dated_alike(index), *_same_figure(index)]:
        if _knows(index, x, y) or _knows(index, y, x):
            continue
        # Copies of one report disagree with the third in the same way: once is enough.
        key = tuple(sorted((x.date.iso, y.date.iso)))
        if key not in told:
            told.add(key)
            yield _describe(index, x, y)


def _dated_alike(index: StoryIndex) -> Iterator[tuple[Happening, Happening]]:
    """Yield the dates of one happening that have no day in common, earlier article first."""
    places: dict[str, list[Happening]] = defaultdict(list)
    for article_id in sorted(index.articles, key=index.rank.__getitem__):
        for happening in happenings(index, article_id):
            for key in _keys(happening):
                places[key].append(happening)
    related = _related(index)
    seen: set[tuple[int, int]] = set()
    for _, dated in sorted(places.items()):
        if len(dated) > _COMMON:
            continue
        for x, y in combinations(dated, 2):
            pair = (id(x), id(y))
            if pair in seen or x.article == y.article:
                continue
            seen.add(pair)
            if index.same_outlet(x.article, y.article) or not index.same_event(
                x.article, y.article
            ):
                continue
            near = _row(index, x) is _row(index, y) or _place_pair(x, y) in related
            if not x.meets(y) and is_one_happening(x, y, related=near):
                yield x, y


def _keys(happening: Happening) -> frozenset[str]:
    deeds = {f"~{frame}" for idea in happening.deed for frame in idea.frames} | {
        f"={number}" for idea in happening.deed for number in idea.synonyms
    }
    return frozenset(
        {idea.stem for idea in (*happening.deed, *happening.parts)}
        | deeds
        | {f"~{frame}" for frame in happening.frames}
    )


def _row(index: StoryIndex, happening: Happening) -> object:
    return index.row_of(happening.claim) or happening


def _related(index: StoryIndex) -> frozenset[frozenset[tuple[str, int]]]:
    return frozenset(
        frozenset(((pair.a.article, pair.a.index), (pair.b.article, pair.b.index)))
        for pair in closest_pairs(index)
        if pair.score >= _RELATED
    )


def _place_pair(x: Happening, y: Happening) -> frozenset[tuple[str, int]]:
    return frozenset(((x.article, x.view.index), (y.article, y.view.index)))


def _knows(index: StoryIndex, x: Happening, y: Happening) -> bool:
    """Whether the article of *x* dates such a happening as *y* does, too: then there are two."""
    return any(
        other is not x and other.meets(y) and is_one_happening(other, y, related=False)
        for other in happenings(index, x.article)
    )


def _same_figure(index: StoryIndex) -> Iterator[tuple[Happening, Happening]]:
    """Yield different starts two outlets give for one change of the same amount."""
    dated: dict[tuple[str, Decimal], list[Happening]] = defaultdict(list)
    for article_id in sorted(index.articles, key=index.rank.__getitem__):
        for happening in happenings(index, article_id):
            keys = [token.key for token in happening.view.tokens]
            if find_phrase(keys, _AHEAD) is not None:
                for figure in _figures(index, happening.view):
                    dated[figure].append(happening)
    for _, told in sorted(dated.items()):
        for x, y in combinations(told, 2):
            if index.same_outlet(x.article, y.article) or not index.same_event(
                x.article, y.article
            ):
                continue
            if (
                not x.meets(y)
                and _topics(x.view) & _topics(y.view)
                and _alone(index, x)
                and _alone(index, y)
            ):
                yield x, y


def _alone(index: StoryIndex, happening: Happening) -> bool:
    """Whether the sentence dates nothing else."""
    return sum(other.view is happening.view for other in happenings(index, happening.article)) == 1


def _figures(index: StoryIndex, view: SentenceView) -> frozenset[tuple[str, Decimal]]:
    """Return sums of money and percentages, which hardly agree by chance; ranges by their end."""
    return frozenset(
        (quantity.unit, quantity.high)
        for quantity in index.articles[view.article].sentences[view.index].quantities
        if quantity.type in (QuantityType.MONEY, QuantityType.PERCENT) and quantity.high is not None
    )


def _topics(view: SentenceView) -> frozenset[str]:
    return frozenset().union(
        *(frames_of_stem(root(token.lemma or token.key)) for token in view.tokens)
    )


def _describe(index: StoryIndex, x: Happening, y: Happening) -> FindingDraft:
    a, b, ours, theirs = x.claim, y.claim, x.date, y.date
    anchors = [date.anchor for date in (ours, theirs) if date.anchor]
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.HIGH,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(a.article)} dates it {quote_span(index, a.article, ours.span, around=4)}, "
            f"{index.outlet(b.article)} {quote_span(index, b.article, theirs.span, around=4)}."
        ),
        rule=(
            f"Resolved dates have no day in common: {show_days(ours)} and {show_days(theirs)}"
            + (f", counted from {' and '.join(sorted(set(anchors)))}." if anchors else ".")
        ),
        highlights=(mark(a.article, ours.span), mark(b.article, theirs.span)),
        confidence=0.6 if anchors else 0.75,
        changes_if="two separate happenings, or an article dated another day than assumed",
        compared=(a.text, b.text),
    )


DETECTOR = Detector(
    SLUG,
    "Dates conflict",
    "The same happening is dated differently, and the dates have no day in common.",
    find_in_story=find_in_story,
)
