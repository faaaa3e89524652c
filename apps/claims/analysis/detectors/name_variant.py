"""One name, two spellings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from apps.claims.analysis.phrasing import mark
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import (
    Detector,
    FindingDraft,
    MentionDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import level

SLUG = "name_variant"
_LONG = 6
# Articles shown with one spelling.
_MOST = 4


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    names: dict[tuple[str, ...], dict[str, MentionDraft]] = {}
    for article_id in sorted(index.articles, key=lambda article_id: index.rank[article_id]):
        for mention in index.articles[article_id].mentions:
            parts = _parts(mention.text)
            if parts and index.claim_at(article_id, mention.span) is not None:
                names.setdefault(parts, {}).setdefault(article_id, mention)
    for first, second in combinations(names, 2):
        (a, x), (b, y) = next(iter(names[first].items())), next(iter(names[second].items()))
        if a != b and not index.same_outlet(a, b) and _one_name(first, second, x.kind, y.kind):
            yield from _describe(index, names[first], first, names[second], second)


def _parts(name: str) -> tuple[str, ...]:
    """Return the words of a name without titles and possessives, in lower case."""
    words = [level(word).removesuffix("'s").strip(".,'") for word in name.split()]
    return tuple(word for word in words if word.isalpha() and word not in word_set("name_titles"))


def _one_name(first: tuple[str, ...], second: tuple[str, ...], kind: str, other: str) -> bool:
    """Whether two names are spellings of one: full names with a letter or two exchanged."""
    if len(first) != len(second) or first == second:
        return False
    distances = [Levenshtein.distance(x, y) for x, y in zip(first, second, strict=True)]
    if len(first) == 1:
        x, y = first[0], second[0]
        return (
            {kind, other} <= {"place", "group"} and min(len(x), len(y)) > _LONG and distances[0] == 1
            and not x.startswith(y) and not y.startswith(x) and x[:3] == y[:3]
        )  # fmt: skip
    return (
        kind == other == "person"
        and all(
            distance <= (1 if len(x) < _LONG else 2) and x[0] == y[0]
            for distance, x, y in zip(distances, first, second, strict=True)
        )
        and sum(distances) <= 3
        and 1 - sum(distances) / max(1, sum(map(len, first))) >= 0.75
    )


def _describe(
    index: StoryIndex,
    ours: dict[str, MentionDraft],
    first: tuple[str, ...],
    theirs: dict[str, MentionDraft],
    second: tuple[str, ...],
) -> Iterator[FindingDraft]:
    told = [*list(ours.items())[:_MOST], *list(theirs.items())[:_MOST]]
    found = [index.claim_at(article_id, mention.span) for article_id, mention in told]
    claims = tuple(dict.fromkeys(claim.id for claim in found if claim is not None))
    (a, x), (b, y) = next(iter(ours.items())), next(iter(theirs.items()))
    changed = sum(Levenshtein.distance(u, v) for u, v in zip(first, second, strict=True))
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.SAME,
        severity=Severity.LOW,
        claims=claims,
        explanation=f"{index.outlet(a)} spells the name “{x.text}”, {index.outlet(b)} “{y.text}”.",
        rule=f"The names differ by {changed} letter{'s' if changed > 1 else ''} and stand in one story.",
        highlights=tuple(mark(article_id, mention.span) for article_id, mention in told),
        confidence=0.75,
        changes_if="if they are two different people or places",
        compared=(x.text, y.text),
    )


DETECTOR = Detector(
    SLUG,
    "Name spelled differently",
    "Two spellings of what is very likely one name.",
    find_in_story=find_in_story,
)
