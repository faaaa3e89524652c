"""What speaks for two claims, or two words in them, being about one thing: named numbers.

Every detector's judge reads the same description of the pair and adds what its own kind of
difference needs. All numbers are 0 to 1 and symmetric, whichever article came first.
"""

from __future__ import annotations

from collections import Counter
from math import log
from typing import cast

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.counterparts import Counterpart, find_counterparts
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import StoryIndex
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.types import ClaimDraft, Polarity, Voice
from apps.claims.analysis.wording import Token

# A word this many words from another has nothing to do with it.
_REACH = 12
_NEAR = 6
_RARE = 4.0
_MANY_HOURS = 48.0


def pair_features(index: StoryIndex, pair: Counterpart) -> dict[str, float]:
    """Return what any judge wants to know of two claims of different articles."""
    a, b = pair.a, pair.b
    ours, theirs = _stems(index, a), _stems(index, b)
    shared = ours & theirs
    weights = stem_weights(index)
    best_a, best_b = _best_rates(index)
    hours = index.hours_between(a.article, b.article)
    heavy = [sum(weights.get(stem, _RARE) for stem in sorted(stems)) for stems in (ours, theirs)]
    weight = sum(weights.get(stem, _RARE) for stem in sorted(shared))
    return {
        "rate": pair.rate,
        "in_row": float(pair.in_row),
        "copied": float(pair.copy is not None),
        "copy_similarity": pair.copy.diff.similarity if pair.copy else 0.0,
        "one_origin": float(index.same_origin(a.article, b.article)),
        "best_for_a": pair.rate / max(pair.rate, best_a.get((a.id, b.article), 0.0)),
        "best_for_b": pair.rate / max(pair.rate, best_b.get((b.id, a.article), 0.0)),
        "shared_weight": min(1.0, weight / 12.0),
        "shared_of_shorter": weight / max(1e-6, min(heavy)) if weight else 0.0,
        "shared_of_longer": weight / max(1e-6, max(heavy)) if weight else 0.0,
        "rarest_shared": max((weights.get(stem, _RARE) for stem in shared), default=0.0) / _RARE,
        "same_predicate": float(bool(a.predicate) and a.predicate == b.predicate),
        "kin_predicates": float(a.predicate != b.predicate and kin(a.predicate, b.predicate)),
        "same_subject": float(bool(a.subject) and a.subject == b.subject),
        "kin_subjects": float(a.subject != b.subject and kin(a.subject, b.subject)),
        "same_object": float(bool(a.object) and a.object == b.object),
        "kin_objects": float(a.object != b.object and kin(a.object, b.object)),
        "same_people": _overlap(a.participants, b.participants),
        "same_places": _overlap(a.places, b.places),
        "same_voice": float(a.voice is b.voice),
        "one_planned": float((a.voice is Voice.PLANNED) != (b.voice is Voice.PLANNED)),
        "one_negative": float((a.polarity is Polarity.NEGATIVE) != (b.polarity is Polarity.NEGATIVE)),
        "headline": float(Role.HEADLINE in (a.role, b.role)),
        "shorter": min(1.0, 4.0 / max(1, min(len(ours), len(theirs)))),
        "hours_apart": min(1.0, abs(hours) / _MANY_HOURS) if hours is not None else 0.5,
    }  # fmt: skip


def word_features(
    index: StoryIndex, a: ClaimDraft, x: Span, b: ClaimDraft, y: Span
) -> dict[str, float]:
    """Return how alike the surroundings of two spans are, each in the sentence of its claim."""
    ours, theirs = around(index, a, x), around(index, b, y)
    weights = stem_weights(index)
    shared = ours.keys() & theirs.keys()
    near = sum(
        weights.get(stem, _RARE) * _nearness(ours[stem]) * _nearness(theirs[stem])
        for stem in sorted(shared)
    )
    ideas_a, ideas_b = _ideas(ours), _ideas(theirs)
    meant = sum(
        _nearness(ideas_a[idea]) * _nearness(ideas_b[idea])
        for idea in sorted(ideas_a.keys() & ideas_b.keys())
    )
    closest = [min(places.values(), default=_REACH) for places in (ours, theirs)]
    beside = [
        {stem for stem, place in places.items() if place <= near_by + 1}
        for places, near_by in ((ours, closest[0]), (theirs, closest[1]))
    ]
    return {
        "near_words": min(1.0, near / 6.0),
        "near_ideas": min(1.0, meant / 3.0),
        "beside_same": float(bool(beside[0] & beside[1])),
    }


def around(index: StoryIndex, claim: ClaimDraft, span: Span) -> dict[str, int]:
    """Return the stems of the content words around *span* with their distance in words."""
    view = index.sentence(claim)
    tokens = view.tokens if view is not None else index.tokens(claim)
    inside = [at for at, t in enumerate(tokens) if t.start < span.end and t.end > span.start]
    if not inside:
        return {}
    first, last = inside[0], inside[-1]
    found: dict[str, int] = {}
    for at, token in enumerate(tokens):
        distance = first - at if at < first else at - last
        if first <= at <= last or distance > _REACH or not token.content:
            continue
        stem = _stem(token)
        found[stem] = min(found.get(stem, _REACH), distance)
    return found


def kin(a: str, b: str) -> bool:
    """Whether two lemmas are synonyms or tell one kind of event."""
    if not a or not b:
        return False
    x, y = root(a.split()[0]), root(b.split()[0])
    return (
        x == y
        or bool(frames_of_stem(x) & frames_of_stem(y))
        or not set(synonym_sets(x)).isdisjoint(synonym_sets(y))
    )


def _stem(token: Token) -> str:
    return root(token.lemma or token.key)


def _stems(index: StoryIndex, claim: ClaimDraft) -> frozenset[str]:
    return frozenset(_stem(token) for token in index.tokens(claim) if token.content)


def _ideas(around_it: dict[str, int]) -> dict[str, int]:
    """Return frames and synonym sets of words with their distance; words are left out."""
    found: dict[str, int] = {}
    for stem, place in around_it.items():
        names = {f"~{frame}" for frame in frames_of_stem(stem)}
        names |= {f"={number}" for number in synonym_sets(stem)}
        for name in names:
            found[name] = min(found.get(name, _REACH), place)
    return found


def _nearness(distance: int) -> float:
    return 1.0 if distance <= _NEAR // 2 else max(0.2, 1.0 - (distance - _NEAR // 2) / _REACH)


def _overlap(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    ours, theirs = {name.lower() for name in a}, {name.lower() for name in b}
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0


def stem_weights(index: StoryIndex) -> dict[str, float]:
    """Return how telling each stem is in the story, 0 to ``_RARE``: few sentences, much weight."""
    known = index.memo.get("stem weights")
    if known is None:
        counts = Counter(
            stem
            for views in index.sentences.values()
            for view in views
            for stem in {_stem(token) for token in view.tokens if token.content}
        )
        total = max(60, sum(len(views) for views in index.sentences.values()))
        known = {stem: min(_RARE, log((1 + total) / (1 + count))) for stem, count in counts.items()}
        index.memo["stem weights"] = known
    return cast("dict[str, float]", known)


def _best_rates(
    index: StoryIndex,
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """Return the best rate of each claim in each other article, for earlier and later sides."""
    known = index.memo.get("best rates")
    if known is None:
        best: tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]] = ({}, {})
        for pair in find_counterparts(index):
            for side, (claim, other) in enumerate(((pair.a, pair.b), (pair.b, pair.a))):
                key = (claim.id, other.article)
                best[side][key] = max(best[side].get(key, 0.0), pair.rate)
        known = best
        index.memo["best rates"] = known
    return cast("tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]", known)
