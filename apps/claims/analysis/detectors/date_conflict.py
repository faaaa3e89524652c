"""The same happening on two different days, or at two different hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, pairwise, product
from math import log, log1p

from apps.claims.analysis.calendar_ranges import show_day, show_days
from apps.claims.analysis.counterparts import Counterpart, find_counterparts
from apps.claims.analysis.dated import Dated, dated_in
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.surroundings import (
    likeness_around,
    likeness_of_deeds,
    one_affair,
    surroundings_of,
)
from apps.claims.analysis.types import (
    Candidate,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)

SLUG = "date_conflict"
# Words that date more than this many sentences of a story tell no happening from another.
_COMMON = 30
# So few dates are all compared with one another.
_FEW = 120
# The rate of two sentences that nothing proposed as counterparts.
_UNKNOWN = 0.1
# A year and a day are not two answers to one question.
_OTHER_GRAIN = 0.75
# How near the deeds of two dates are taken to be where one hangs on none.
_NO_DEED = 0.3
# Deeds less alike than this are two, each with an hour of its own.
_UNLIKE_DEEDS = 0.1
# A date whose twin in the other article fits nearly as well is no odd one.
_AGREED = 0.6
# Days with so little alike beside them are compared only in likely counterparts.
_SOME_LIKENESS, _LIKELY = 0.05, 0.6
# What "one_thing" is made of tells a judge nothing more.
_MEANS = ("meant_share", "meant_best")
# Only one visit is the last: two dates of it exclude each other where so much is alike.
_LATEST = frozenset({"last", "latest"})
_ONE_LATEST = 0.3
_LATEST_CONFIDENCE = 0.65
Pair = tuple[Dated, Dated]


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose dates of two outlets that may be of one happening and have no time in common."""
    index = index_of(story)
    rates = _rates(index)
    likeness = [(x, y, _likeness(index, rates, x, y)) for x, y in _pairs(index, rates)]
    best: dict[tuple[int, str], float] = defaultdict(float)
    agreeing: dict[tuple[int, str], float] = defaultdict(float)
    for x, y, features in likeness:
        for mine, other in ((x, y), (y, x)):
            place = (id(mine), other.article)
            best[place] = max(best[place], _score(features))
            if not x.clashes(y):
                agreeing[place] = max(agreeing[place], _score(features))
    for x, y, features in likeness:
        if not x.clashes(y) or _other_grain(x, y) > _OTHER_GRAIN:
            continue
        if _is_printed(index, x, y) or _is_printed(index, y, x):
            # An outlet that prints both dates says itself that there are two happenings.
            continue
        if (
            features["meant_near"] < _SOME_LIKENESS
            and features["rate"] < _LIKELY
            and not features["time_of_day"]
        ):
            continue
        if features["time_of_day"] and features["one_deed"] < _UNLIKE_DEEDS:
            continue  # Candles lit at nine, a fire out before noon: hours are of one deed each.
        if _of_one_latest(index, x, y, features):
            continue
        score = _score(features)
        ours, theirs = (id(x), y.article), (id(y), x.article)
        features |= {
            # A date has its counterpart where nothing else of the other article is nearer.
            "one_thing": features["meant_share"] * score * score / (best[ours] * best[theirs]),
            "agreed": float(max(agreeing[ours], agreeing[theirs]) >= _AGREED * score),
        }
        for name in _MEANS:
            del features[name]
        yield Candidate(
            _describe(index, x, y),
            features,
            same_as="|".join(sorted((x.date.iso, y.date.iso))),
            doubt="the two dates may be of different happenings",
        )


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield two dates of what both outlets call the last of its kind: "last visited"."""
    index = index_of(story)
    rates = _rates(index)
    likeness = [(x, y, _likeness(index, rates, x, y)) for x, y in _pairs(index, rates)]
    found = [
        (x, y, features)
        for x, y, features in likeness
        if x.clashes(y) and _of_one_latest(index, x, y, features)
    ]
    told: set[frozenset[str]] = set()
    for x, y, _ in sorted(found, key=lambda one: -_score(one[2])):
        dates = frozenset((x.date.iso, y.date.iso))
        # Whoever copied one of the two dates has nothing new to say.
        if dates not in told:
            told.add(dates)
            yield replace(_describe(index, x, y), confidence=_LATEST_CONFIDENCE)


def _of_one_latest(index: StoryIndex, x: Dated, y: Dated, features: Mapping[str, float]) -> bool:
    """Whether both date the last happening of its kind, in sentences that may tell one thing,
    and neither article prints the other's date."""
    return (
        bool(x.days and y.days)
        and not (x.ahead or y.ahead)
        and x.end == y.end == ""
        and min(features["rate"], features["meant_near"]) >= _ONE_LATEST
        and _tells_of_latest(x)
        and _tells_of_latest(y)
        and not (_is_printed(index, x, y) or _is_printed(index, y, x))
    )


def _tells_of_latest(dated: Dated) -> bool:
    """Whether "last" stands before the date and dates it: not "last week", "at last"."""
    tokens = [token for token in dated.view.tokens if token.end <= dated.date.span.start]
    return any(
        token.key in _LATEST
        and after.pos in {"VERB", "NOUN", ""}
        and not token.span.overlaps(dated.date.span)
        and not any(other.span.overlaps(token.span) for other in dated.claim.dates)
        for token, after in pairwise(tokens)
    )


def _rates(index: StoryIndex) -> dict[tuple[tuple[str, int], tuple[str, int]], Counterpart]:
    """Return the likeliest counterpart of each two sentences."""
    found: dict[tuple[tuple[str, int], tuple[str, int]], Counterpart] = {}
    for pair in find_counterparts(index):
        place = ((pair.a.article, pair.a.sentence), (pair.b.article, pair.b.sentence))
        found.setdefault(place, pair)
    return found


def _pairs(
    index: StoryIndex, rates: dict[tuple[tuple[str, int], tuple[str, int]], Counterpart]
) -> list[Pair]:
    """Return the dates worth comparing, the earlier article's first: all in a story of few, else
    those that stand in counterparts or share a word."""
    at: dict[tuple[str, int], list[Dated]] = defaultdict(list)
    by_word: dict[str, list[Dated]] = defaultdict(list)
    for article_id in sorted(index.articles, key=index.rank.__getitem__):
        for dated in dated_in(index, article_id):
            at[article_id, dated.view.index].append(dated)
            for stem in sorted({*surroundings_of(index, dated.view, dated.date.span).stems}):
                by_word[stem].append(dated)
    found: dict[tuple[int, int], Pair] = {}
    for a, b in rates:
        found.update({(id(x), id(y)): (x, y) for x, y in product(at.get(a, ()), at.get(b, ()))})
    everything = [dated for told in at.values() for dated in told]
    alike = [everything] if len(everything) <= _FEW else [by_word[stem] for stem in sorted(by_word)]
    for together in alike:
        if len(together) <= max(_COMMON, _FEW if together is everything else 0):
            found.update({(id(x), id(y)): (x, y) for x, y in combinations(together, 2)})
    return [
        (x, y)
        for x, y in found.values()
        if not index.same_outlet(x.article, y.article) and index.same_event(x.article, y.article)
    ]


def _likeness(
    index: StoryIndex,
    rates: dict[tuple[tuple[str, int], tuple[str, int]], Counterpart],
    x: Dated,
    y: Dated,
) -> dict[str, float]:
    pair = rates.get(((x.article, x.view.index), (y.article, y.view.index)))
    around = likeness_around(
        surroundings_of(index, x.view, x.date.span), surroundings_of(index, y.view, y.date.span)
    )
    return {
        "rate": pair.rate if pair else _UNKNOWN,
        **around,
        "one_deed": _one_deed(x, y),
        "same_end": float(x.end == y.end),
        "both_hold": float(x.allows(y) or y.allows(x)),
        "both_ahead": float(x.ahead and y.ahead),
        "one_ahead": float(x.ahead != y.ahead and bool(x.days and y.days)),
        "time_of_day": float(x.days_meet(y)),
        "closeness": 1.0 / (1.0 + log1p(x.days_apart(y)) + log1p(x.minutes_apart(y) / 60.0)),
    }


def _score(features: dict[str, float]) -> float:
    return one_affair(features) + 0.5 * features["one_deed"]


def _one_deed(x: Dated, y: Dated) -> float:
    """Return how near the deeds are that two dates hang on; little is known without them."""
    return likeness_of_deeds(x.deed[0], y.deed[0]) if x.deed and y.deed else _NO_DEED


def _other_grain(x: Dated, y: Dated) -> float:
    """Return how much longer one time is than the other: 0 for two days, 1 for a day and a year."""
    if not x.days or not y.days:
        return 0.0
    spans = [min((days.last - days.first).days + 1 for days in dated.days) for dated in (x, y)]
    return min(1.0, abs(log(spans[0]) - log(spans[1])) / log(365.0))


def _is_printed(index: StoryIndex, x: Dated, y: Dated) -> bool:
    """Whether the article of *x* prints the date of *y*, too: then there may be two."""
    beside = index.articles[x.article].sentences[x.view.index].dates
    return any(value.iso == y.date.iso for value in beside) or any(
        other is not x and (y.date.iso == other.date.iso) for other in dated_in(index, x.article)
    )


def _describe(index: StoryIndex, x: Dated, y: Dated) -> FindingDraft:
    a, b, ours, theirs = x.claim, y.claim, x.date, y.date
    anchors = [date.anchor for date in (ours, theirs) if date.anchor]
    hours = not x.days or not y.days or x.days_meet(y)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.MEDIUM if hours else Severity.HIGH,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(a.article)} dates it {quote_span(index, a.article, ours.span, around=4)}, "
            f"{index.outlet(b.article)} {quote_span(index, b.article, theirs.span, around=4)}."
        ),
        rule=(
            f"The times of day are not the same: {_clock(x)} and {_clock(y)}."
            if hours
            else f"Resolved dates have no day in common: {show_days(ours)} and {show_days(theirs)}"
            + (
                f", counted from {' and '.join(map(show_day, sorted(set(anchors))))}."
                if anchors
                else "."
            )
        ),
        highlights=(mark(a.article, ours.span), mark(b.article, theirs.span)),
        changes_if="two separate happenings, or an article dated another day than assumed",
        compared=(a.text, b.text),
    )


def _clock(dated: Dated) -> str:
    minute = dated.minute or 0
    return f"{minute // 60:02d}:{minute % 60:02d}"


DETECTOR = Detector(
    SLUG,
    "Dates conflict",
    "The same happening is dated differently, and the dates have no day, or no hour, in common.",
    find_in_story=find_in_story,
    find_candidates=find_candidates,
)
