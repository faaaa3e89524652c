"""A later report replaces an earlier figure: an update, not a disagreement."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from apps.articles.text.types import Role
from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.number_comparison import (
    UPDATE_HOURS,
    NumberRelation,
    claim_ids,
    number_marks,
    number_words,
)
from apps.claims.analysis.number_pairs import ProposedPair, pair_key, propose_pairs
from apps.claims.analysis.opposites import NEGATIONS
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.shown_numbers import show_time_between
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    Candidate,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.wording import Token

SLUG = "superseded"


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose later numbers of one outlet, and counts that grew from outlet to outlet."""
    index = index_of(story)
    for pair in propose_pairs(index):
        if pair.relation is NumberRelation.SUPERSEDED:
            same = index.same_outlet(pair.a.claim.article, pair.b.claim.article)
            features = pair.features | {"superseded_same_outlet": float(same)}
            yield Candidate(describe(index, pair), features, same_as=pair_key(pair))


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    yield from _no_longer(index_of(story))


def _no_longer(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield "no talks are planned" when a later report of the outlet tells of talks."""
    ordered = sorted(index.articles, key=index.rank.__getitem__)
    for first, second in combinations(ordered, 2):
        hours = index.hours_between(first, second)
        if not index.same_outlet(first, second) or hours is None or hours < UPDATE_HOURS:
            continue
        seen: set[str] = set()
        for view in sorted(index.sentences[first], key=lambda view: view.role is not Role.BODY):
            noun = _denied(view)
            if noun is None or noun.stem in seen:
                continue
            later = next(
                (other for other in index.sentences[second]
                 if other.role is Role.BODY and _tells_of(other, noun)), None
            )  # fmt: skip
            if later is not None:
                seen.add(noun.stem)
                yield from _describe_end(index, view, noun, later)


def _denied(view: SentenceView) -> Token | None:
    """Return the happening a sentence says there is none of ("no talks", "no arrests")."""
    for at, token in enumerate(view.tokens[:-1]):
        after, next_one = view.tokens[at + 1], view.tokens[at + 2 : at + 3]
        if next_one and next_one[0].pos in {"NOUN", "PROPN"}:
            continue
        if (
            token.key == "no"
            and after.pos == "NOUN"
            and frames_of_stem(root(after.lemma or after.key))
        ):
            return after
    return None


def _tells_of(view: SentenceView, noun: Token) -> bool:
    for at, token in enumerate(view.tokens):
        if token.pos == "NOUN" and token.stem == noun.stem:
            return not NEGATIONS & {word.key for word in view.tokens[max(0, at - 3) : at]}
    return False


def _describe_end(
    index: StoryIndex, view: SentenceView, noun: Token, later: SentenceView
) -> Iterator[FindingDraft]:
    told = next(token for token in later.tokens if token.stem == noun.stem)
    a, b = index.claim_at(view.article, noun.span), index.claim_at(later.article, told.span)
    if a is None or b is None:
        return
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE,
        severity=Severity.LOW,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(view.article)} first printed {quote_span(index, view.article, noun.span, around=4)}; "
            f"later it printed {quote_span(index, later.article, told.span, around=4)}."
        ),
        rule="A later report of the same outlet tells of what its earlier one had none of.",
        highlights=(mark(view.article, noun.span), mark(later.article, told.span)),
        confidence=0.55,
        changes_if="if two different matters are meant",
        compared=(a.text, b.text),
    )


def describe(index: StoryIndex, pair: ProposedPair) -> FindingDraft:
    a, b = pair.a, pair.b
    same = index.same_outlet(a.claim.article, b.claim.article)
    hours = index.hours_between(a.claim.article, b.claim.article)
    later = f"{show_time_between(hours)} later" if hours is not None else "later"
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE,
        severity=Severity.LOW,
        claims=claim_ids([a, b]),
        explanation=(
            f"{index.outlet(a.claim.article)} first printed {number_words(index, a)}; "
            f"{later}, {'it' if same else index.outlet(b.claim.article)} printed {number_words(index, b)}."
        ),
        rule=(
            "A later report of the same outlet replaces its earlier one."
            if same
            else f"A running count that grew between two reports, published {later}."
        ),
        highlights=number_marks([a, b]),
        confidence=0.85 if same else 0.6,
        changes_if="if both figures were given for the same moment, they would conflict",
        compared=(a.claim.text, b.claim.text),
    )


DETECTOR = Detector(
    SLUG,
    "Replaced by a later report",
    "A later report of the same outlet, or a later count, replaces the earlier figure.",
    find_in_story=find_in_story,
    find_candidates=find_candidates,
)
