"""What a sentence puts ahead and what it puts behind: "may sue", "has filed suit".

A step ahead is a verb that is planned, possible or being weighed; a step behind is a verb in
the past or, surer, in the present perfect. Each keeps who takes it, as far as the clause says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

from apps.articles.text.spans import Span
from apps.claims.analysis.opposites import NEGATIONS
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.types import ClaimDraft
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_phrase

# Weighed or wished, not decided.
_MAYBE = frozenset({"may", "might", "could", "considering", "consider", "considers", "weighing", "mulling", "means to",
    "mean to", "threatened to", "threatens to", "ready to", "prepared to", "wants to", "would like", "whether to",
    "will decide", "to decide", "decide whether", "say whether", "asked for", "hopes for"})  # fmt: skip
_FIRM = frozenset({"due to", "on standby", "on call", "days to", "weeks to", "yet to", "ahead of", "next week", "next month",
    "next year", "weeks off", "weeks away", "days off", "days away", "months off", "months away", "going to", "go to",
    "to open", "to start", "in full swing"})  # fmt: skip
_UNREAL = frozenset("should would could might may must to will can cannot shall 'll".split())
_PERFECT = frozenset({"has", "have", "'ve"})
SPEECH = frozenset(
    "say tell add announce write ask reply note call describe want be have do".split()
)
# What goes on or stands, and is no step taken: "has worked tirelessly", "has become a partner".
_GOING_ON = frozenset(
    "work live remain stay continue try seek struggle face lead serve grow become see know think believe want need "
    "like help support oppose criticise criticize urge warn argue insist praise gain rise fall lose suffer enjoy "
    "play run rule govern prioritise prioritize focus depend exist belong spend wait hope fear call talk fight".split()
)
_PRONOUNS = frozenset("it they he she who we i that which this".split())
_DETERMINERS = frozenset("a an the this that these those its his her their our my your".split())
# Words between an auxiliary and its verb ("has already been"), and behind a plan to its verb.
_REACH = 4
# No report tells more; a book pasted in does.
_MOST = 300


@dataclass(frozen=True, slots=True)
class Step:
    """One step: *span* are the words that say it is ahead or behind, *deed* the verb's stem,
    "" when no verb follows. *actors* are stems of who takes it, empty when not known;
    *perfect* says that it is told in the present perfect or
    with "already"."""

    view: SentenceView
    claim: ClaimDraft
    span: Span
    deed: str
    actors: frozenset[str]
    ahead: bool
    perfect: bool = False


def steps_in(index: StoryIndex, article_id: str) -> list[Step]:
    """Return the steps an article tells, in text order."""
    memo = cast("dict[str, list[Step]]", index.memo.setdefault("steps", {}))
    if article_id not in memo:
        told = (
            step
            for view in index.sentences[article_id]
            for step in (*_ahead(index, view), *_behind(index, view))
        )
        memo[article_id] = list(islice(told, _MOST))
    return memo[article_id]


def _ahead(index: StoryIndex, view: SentenceView) -> Iterator[Step]:
    keys = [token.key for token in view.tokens]
    at = 0
    while (
        place := find_phrase(keys[at:], word_set("plans") | word_set("under_way") | _MAYBE | _FIRM)
    ) is not None:
        start, end = at + place[0], at + place[1]
        at = end
        around = set(keys[max(0, start - 2) : end + 1])
        if around & NEGATIONS or "have" in keys[end : end + 1]:
            continue
        if keys[start:end] == ["due", "to"] and _opens_a_noun(view.tokens[end : end + 1]):
            # "Due to his crackdown" gives a reason, no plan.
            continue
        verb = next((t for t in view.tokens[end - 1 : end + _REACH] if _is_verb(t)), None)
        span = Span(view.tokens[start].start, view.tokens[end - 1].end)
        yield from _step(index, view, span, verb, ahead=True, perfect=False)


def _opens_a_noun(after: Sequence[Token]) -> bool:
    return bool(after) and (
        after[0].key in _DETERMINERS or after[0].pos not in {"VERB", "AUX", "ADV", ""}
    )


def _behind(index: StoryIndex, view: SentenceView) -> Iterator[Step]:
    for at, token in enumerate(view.tokens):
        if not _is_verb(token) or token.dep == "amod":
            continue
        lead = [word.key for word in view.tokens[max(0, at - _REACH) : at]]
        if set(lead) & (_UNREAL | NEGATIONS):
            continue
        perfect = bool(set(lead) & _PERFECT) or "already" in lead
        if perfect and (token.lemma or token.key) in _GOING_ON:
            continue
        if not perfect and not _is_past(token):
            continue
        yield from _step(index, view, token.span, token, ahead=False, perfect=perfect)


def _step(
    index: StoryIndex,
    view: SentenceView,
    span: Span,
    verb: Token | None,
    *,
    ahead: bool,
    perfect: bool,
) -> Iterator[Step]:
    around = [claim for claim in index.claims_in(view) if claim.span.overlap(span) == len(span)]
    if not around:
        return
    claim = min(around, key=lambda claim: (len(claim.span), claim.id))
    yield Step(
        view=view,
        claim=claim,
        span=span,
        deed=root(verb.lemma or verb.key) if verb is not None else "",
        actors=_actors(view, claim),
        ahead=ahead,
        perfect=perfect,
    )


def _actors(view: SentenceView, claim: ClaimDraft) -> frozenset[str]:
    """Return the stems of a claim's subject, of its source where the subject is a pronoun."""
    found: set[str] = set()
    if claim.subject_span is not None:
        words = [token for token in view.tokens if token.span.overlaps(claim.subject_span)]
        found = {root(t.lemma or t.key) for t in words if t.content and t.key not in _PRONOUNS}
    if not found:
        source = claim.attribution.source_resolved or claim.attribution.source
        found = {root(word.lower()) for word in source.split() if word.isalpha()}
    return frozenset(found - {""})


def _is_verb(token: Token) -> bool:
    if token.pos not in {"VERB", ""} or token.name or not token.key.isalpha():
        return False
    return token.content and (token.lemma or token.key) not in SPEECH


def _is_past(token: Token) -> bool:
    if token.key.endswith(("ing", "s")):
        return False
    return token.key.endswith("ed") or bool(token.lemma and token.lemma != token.key)
