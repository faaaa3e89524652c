"""A cause or a blame that only one outlet states."""

from __future__ import annotations

from collections.abc import Iterator

from apps.articles.text.spans import Span
from apps.claims.analysis.causes import (
    REASON,
    Cause,
    Told,
    find_causes,
    is_open_question,
    tell_all,
    topics_of,
)
from apps.claims.analysis.counterparts import find_counterparts
from apps.claims.analysis.exchanged_words import find_exchange, is_of_a_cause
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.rewording import share_of_shorter, source_words
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    Candidate,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Edit, Token, content_stems, find_phrase, words_span

SLUG = "cause_added"
_COPIED = 0.6
_ALONE = "A cause or a motive that no other outlet has; nobody is named as its source."
_OPEN = "One side says the cause is not known; the other states one in its own voice."
_DOUBT = "the outlet may tell as known what others leave out"
# "deliberate" and "deliberately" begin alike.
_BEGINNING = 8
# Things a question and what answers it both speak of.
_SHARED = 2
# What an article is about stands in its first sentences.
_OPENING = 3
_DEEDS = frozenset({"VERB", "AUX"})


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield copies that put in why it happened, or that it was meant."""
    index = index_of(story)
    questions = [told for told in tell_all(index) if is_open_question(told.view)]
    for pair in index.copies:
        if index.same_outlet(pair.a.article, pair.b.article):
            continue
        found = _put_in(index, pair)
        if found:
            yield from _describe(
                index, _asked(index, questions, pair, found), pair.b, words_span(found), Severity.HIGH,
                "The same sentence, and the copy adds why it happened or that it was meant.",
            )  # fmt: skip


def _put_in(index: StoryIndex, pair: CopyPair) -> tuple[Token, ...]:
    """Return the words of the copy that add an intent or a cause; empty when there are none."""
    if share_of_shorter(pair) < _COPIED:
        return ()
    for edit in pair.diff.edits:
        if _is_new_cause(edit) or (is_of_a_cause(pair, edit) and find_exchange(index, pair, edit)):
            return edit.b
        keys = [token.key for token in edit.b]
        for phrases in (word_set("intent"), word_set("causal_words", "before")):
            place = find_phrase(keys, phrases)
            if place is None or find_phrase([token.key for token in pair.a.tokens], phrases):
                continue
            after = edit.b[place[1] : place[1] + 1]
            if keys[place[0]] == "due" and (not after or after[0].pos in _DEEDS):
                continue
            if source_words(edit.b) is None:
                return edit.b if len(edit.b) <= REASON else edit.b[place[0] :]
    return ()


def _is_new_cause(edit: Edit) -> bool:
    """Whether a copy says "after the cable snapped" where the original has no such clause."""
    words = edit.b
    return (
        not edit.a
        and 3 < len(words) <= REASON
        and words[0].key == "after"
        and any(token.pos == "VERB" for token in words)
        and source_words(words) is None
    )


def _asked(
    index: StoryIndex, questions: list[Told], pair: CopyPair, found: tuple[Token, ...]
) -> SentenceView:
    """Return the sentence that leaves open what the copy adds, else the one it copies."""
    added = {token.key[:_BEGINNING] for token in found if token.content}
    for question in questions:
        about = {token.key[:_BEGINNING] for token in question.view.tokens if token.content}
        if added & about and not index.same_outlet(question.view.article, pair.b.article):
            return question.view
    return pair.a


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose the causes outlets tell in their own voice, against what the others leave open."""
    index = index_of(story)
    questions = [told for told in tell_all(index) if is_open_question(told.view)]
    causes = find_causes(index)
    rates = _best_rates(index)
    for cause in causes:
        view = cause.told.view
        others = [
            other for other in index.articles
            if not index.same_outlet(other, view.article) and index.same_event(other, view.article)
        ]  # fmt: skip
        if not others or index.is_copied(view):
            continue
        asked = _best_question(index, questions, cause)
        rivals = [c for c in causes if c is not cause and _is_rival(index, c, cause)]
        features = _features(index, cause, len(others)) | {
            "rate": rates.get((view.article, view.index), 0.0),
            "rivals": min(1.0, len(rivals) / 2),
        }
        same = f"{view.article}.{view.index}"
        stated = words_span(cause.words)
        for finding in _describe(index, None, view, stated, Severity.MEDIUM, _ALONE):
            yield Candidate(finding, features | {"alone": 1.0}, same, _DOUBT)
        if asked is not None:
            shared, question = asked
            features |= {"asked": min(1.0, shared / 3)}
            for finding in _describe(index, question, view, stated, Severity.HIGH, _OPEN):
                yield Candidate(finding, features, same, _DOUBT)


def _features(index: StoryIndex, cause: Cause, others: int) -> dict[str, float]:
    view = cause.told.view
    reason = content_stems(token for token in cause.words if not token.name)
    elsewhere = [
        len(reason & other.stems)
        for article_id, sentences in index.sentences.items()
        if not index.same_outlet(article_id, view.article)
        for other in sentences
    ]
    telling = [
        len({index.outlet(a) for a in index.articles_by_stem.get(stem, ())})
        for stem in content_stems(cause.effect)
    ]
    keys = [token.key for token in cause.words]
    about = {topic for topic in topics_of(cause.effect) if not topic.startswith("~")}
    opened = [
        any(about & topics_of(sentence.tokens) for sentence in sentences[:_OPENING])
        for sentences in index.sentences.values()
    ]
    return {
        "effect_opens": sum(opened) / max(1, len(opened)),
        "cause_before": float(cause.group == "before"),
        "cause_verb": float(cause.group == "verb"),
        "motive": float(cause.group == "motive"),
        "failing": float(cause.group in {"failing", "culprit"}),
        "because": float("because" in keys),
        "told_elsewhere": max(elsewhere, default=0) / max(1, len(reason)),
        "thin_reason": float(len(reason) < 2),
        "effect_told": max(telling, default=0) / (others + 1),
        "effect_told_twice": sorted(telling)[-2] / (others + 1) if len(telling) > 1 else 0.0,
        "names_in_reason": float(any(token.name for token in cause.words)),
        "first_person": float(any(t.key in _WE for t in view.tokens)),
    }


_WE = frozenset({"i", "we", "our", "my", "us", "you"})


def _best_question(
    index: StoryIndex, questions: list[Told], cause: Cause
) -> tuple[int, SentenceView] | None:
    """Return the open question of another outlet that shares most with the cause and its effect.

    The latest of equals: what was not known then is stated now.
    """
    view = cause.told.view
    effect = topics_of(cause.effect)
    about = effect | topics_of(cause.words)
    best: tuple[int, SentenceView] | None = None
    for question in questions:
        other = question.view
        if index.same_outlet(other.article, view.article) or not index.same_event(
            other.article, view.article
        ):
            continue
        asked = topics_of((*question.before, *other.tokens))
        shared = len(about & asked) if effect & asked else 0
        if shared >= _SHARED and (best is None or shared >= best[0]):
            best = shared, other
    return best


def _is_rival(index: StoryIndex, other: Cause, cause: Cause) -> bool:
    """Whether another outlet gives some reason for the same."""
    a, b = other.told.view, cause.told.view
    return not index.same_outlet(a.article, b.article) and bool(
        topics_of(other.effect) & topics_of(cause.effect)
    )


def _best_rates(index: StoryIndex) -> dict[tuple[str, int], float]:
    """Return for each sentence how likely its likeliest counterpart is."""
    best: dict[tuple[str, int], float] = {}
    for pair in find_counterparts(index):
        for claim in (pair.a, pair.b):
            key = (claim.article, claim.sentence)
            best[key] = max(best.get(key, 0.0), pair.rate)
    return best


def _describe(
    index: StoryIndex,
    a: SentenceView | None,
    b: SentenceView,
    stated: Span,
    severity: Severity,
    rule: str,
) -> Iterator[FindingDraft]:
    first = index.claim_at(a.article, a.span) if a is not None else None
    second = index.claim_at(b.article, b.span)
    if second is None or (a is not None and first is None):
        return
    against = (
        f"{index.outlet(a.article)} prints {quote_span(index, a.article, a.span)}"
        if a is not None
        else "no other outlet has it, and no source is named"
    )
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=severity,
        claims=(*((first.id,) if first is not None else ()), second.id),
        explanation=(
            f"{index.outlet(b.article)} states a cause, {quote_span(index, b.article, stated)}; {against}."
        ),
        rule=rule,
        highlights=(
            *((mark(a.article, a.span),) if a is not None else ()),
            mark(b.article, stated),
        ),
        missing_in=_silent(index, b),
        confidence=0.7 if severity is Severity.HIGH else 0.55,
        changes_if="a finding of investigators, or a source named in the article",
        compared=(first.text if first is not None else "", second.text),
    )


def _silent(index: StoryIndex, view: SentenceView) -> tuple[str, ...]:
    """Return the articles of other outlets that tell of the event without the cause."""
    return tuple(
        article_id
        for article_id in sorted(index.articles, key=index.rank.__getitem__)
        if not index.same_outlet(article_id, view.article)
        and index.same_event(article_id, view.article)
    )


DETECTOR = Detector(
    SLUG,
    "Cause added",
    "One outlet states a cause, a motive or a culprit that the others leave open or do not have.",
    find_in_story=find_in_story,
    find_candidates=find_candidates,
)
