"""One name, two spellings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from apps.articles.text.types import Role
from apps.claims.analysis.name_forms import same_sound
from apps.claims.analysis.phrasing import mark
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import (
    Detector,
    EntityDraft,
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
# Letters two given names of one titled person share at their beginning: "Signe", "Sigrid".
_BEGINNING = 3
_BODIES = frozenset({"organisation", "other", "group", "place"})
# Articles shown with one spelling.
_MOST = 4
# Names with the same initials that are compared: a list of members has hundreds.
_MOST_ALIKE = 150


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    names: Names = {}
    for article_id in sorted(index.articles, key=lambda article_id: index.rank[article_id]):
        for mention in index.articles[article_id].mentions:
            parts = _parts(mention.text)
            if parts and _is_printed(index, article_id, mention):
                names.setdefault(parts, {}).setdefault(article_id, mention)
    for first, second in _candidates(index, names):
        places = _of_two_outlets(index, names[first], names[second])
        if places is None:
            continue
        (a, x), (b, y) = places
        if _is_inflected(first, second) and "person" not in (x.kind, y.kind):
            continue
        mine, theirs = index.entity_named(a, x.canonical), index.entity_named(b, y.canonical)
        if mine is not None and theirs is not None and mine is not theirs and _told_apart(index, mine, theirs):  # fmt: skip
            continue
        linked = mine is theirs is not None
        alike = linked and (_sound_alike(first, second) or _near(first, second))
        if (
            alike
            or _one_name(first, second, x.kind, y.kind)
            or _one_title(index, (a, x, first), (b, y, second))
            or _one_body(first, second, x.kind, y.kind)
        ):
            yield from _describe(index, names[first], first, names[second], second)


Names = dict[tuple[str, ...], dict[str, MentionDraft]]


def _is_printed(index: StoryIndex, article_id: str, mention: MentionDraft) -> bool:
    """Whether a name stands in the article's own words, a caption's included."""
    return index.claim_at(article_id, mention.span) is not None or any(
        segment.role is Role.CAPTION and segment.span.overlaps(mention.span)
        for segment in index.articles[article_id].segments
    )


def _of_two_outlets(
    index: StoryIndex, ours: dict[str, MentionDraft], theirs: dict[str, MentionDraft]
) -> tuple[tuple[str, MentionDraft], tuple[str, MentionDraft]] | None:
    """Return the first places of two outlets that print one spelling each, in a claim on one side."""
    for a, x in ours.items():
        for b, y in theirs.items():
            if index.same_outlet(a, b):
                continue
            if index.claim_at(a, x.span) is not None or index.claim_at(b, y.span) is not None:
                return (a, x), (b, y)
    return None


def _is_inflected(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two names are one in singular and plural: "Chilean", "Chileans"."""
    return len(first) == len(second) and all(
        x == y or x + "s" == y or y + "s" == x for x, y in zip(first, second, strict=True)
    )


def _candidates(
    index: StoryIndex, names: Names
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the names worth comparing: with the same initials, or linked to one person.

    A hundred articles name thousands; most pairs have nothing in common.
    """
    buckets: dict[tuple[object, ...], list[tuple[str, ...]]] = {}
    for parts, printed in names.items():
        key = ("", parts[0][:3]) if len(parts) == 1 else tuple(part[0] for part in parts)
        buckets.setdefault((len(parts), *key), []).append(parts)
        article_id, mention = next(iter(printed.items()))
        entity = index.entity_named(article_id, mention.canonical)
        if entity is not None and len(parts) > 1:
            buckets.setdefault((len(parts), id(entity)), []).append(parts)
    order = {parts: at for at, parts in enumerate(names)}
    pairs = {pair for bucket in buckets.values() for pair in combinations(bucket[:_MOST_ALIKE], 2)}
    yield from sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))


def _told_apart(index: StoryIndex, a: EntityDraft, b: EntityDraft) -> bool:
    """Whether an article's text names both: then they are two, however alike their names are.

    Captions are written by others, and often in haste.
    """
    return not _telling(index, a).isdisjoint(_telling(index, b))


def _telling(index: StoryIndex, entity: EntityDraft) -> frozenset[str]:
    """Return the articles that name somebody in a claim."""
    return frozenset(
        article for article, span in entity.mentions if index.claim_at(article, span) is not None
    )


def _sound_alike(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether each word of one name sounds like its counterpart: "Qassari", "Kassari"."""
    return len(first) == len(second) > 1 and all(
        same_sound(x, y) for x, y in zip(first, second, strict=True)
    )


def _near(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two linked names differ by a letter or two of one word: "Nilda", "Nélida"."""
    if len(first) != len(second):
        return False
    differing = [(x, y) for x, y in zip(first, second, strict=True) if x != y]
    return len(differing) == 1 and all(
        x[0] == y[0] and Levenshtein.distance(x, y) <= 2 for x, y in differing
    )


def _one_title(
    index: StoryIndex,
    a: tuple[str, MentionDraft, tuple[str, ...]],
    b: tuple[str, MentionDraft, tuple[str, ...]],
) -> bool:
    """Whether two people of one title and surname have given names that begin alike."""
    (first_id, x, first), (second_id, y, second) = a, b
    if not len(first) == len(second) == 2 or first[1] != second[1] or x.kind != "person" != y.kind:
        return False
    return (
        first[0][:_BEGINNING] == second[0][:_BEGINNING]
        and first[0] != second[0]
        and bool(_title(index, first_id, x))
        and _title(index, first_id, x) == _title(index, second_id, y)
    )


def _title(index: StoryIndex, article_id: str, mention: MentionDraft) -> str:
    """Return the title a name begins with or stands behind, "" without one."""
    text = index.articles[article_id].text
    words = [*text[: mention.span.start].split()[-1:], *mention.text.split()[:1]]
    plain = [level(word).strip(".,'") for word in words]
    return next((word for word in reversed(plain) if word in word_set("name_titles")), "")


def _one_body(first: tuple[str, ...], second: tuple[str, ...], kind: str, other: str) -> bool:
    """Whether two names of bodies of several words differ by the spelling of one long word."""
    if len(first) != len(second) or len(first) == 1 or not {kind, other} <= _BODIES:
        return False
    differing = [(x, y) for x, y in zip(first, second, strict=True) if x != y]
    return len(differing) == 1 and all(
        min(len(x), len(y)) > _LONG and x[:3] == y[:3] and Levenshtein.distance(x, y) <= 2
        and not x.startswith(y) and not y.startswith(x)
        for x, y in differing
    )  # fmt: skip


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
    places = _of_two_outlets(index, ours, theirs)
    if places is None:
        return
    (a, x), (b, y) = places
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
