"""A cause or a blame that only one outlet states."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.frames import find_frames
from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.rewording import share_of_shorter, source_words
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import Detector, FindingDraft, Outcome, Severity, StoryDraft
from apps.claims.analysis.uncertainty import find_weakening
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_phrase, words_span

SLUG = "cause_added"
# A cause is told in this many words after "because".
_REASON = 12
_RELATED = 6.0
_COPIED = 0.6
# Frames that say "this is a cause", not what was caused.
_CAUSAL = frozenset({"cause", "investigation"})


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    reported: set[tuple[str, int]] = set()
    for pair in index.copies:
        found = _intent_added(pair)
        if found and not index.same_outlet(pair.a.article, pair.b.article):
            reported.add((pair.b.article, pair.b.index))
            yield from _describe(
                index, pair.a, pair.a.tokens, pair.b, found, Severity.HIGH,
                "The same sentence, and the copy adds that it was meant, or was not.",
            )  # fmt: skip
    for open_question, stated, cause in _known_here_open_there(index):
        if (stated.article, stated.index) not in reported:
            reported.add((stated.article, stated.index))
            yield from _describe(
                index, open_question, open_question.tokens, stated, cause, Severity.HIGH,
                "One side says the cause is not known; the other states one in its own voice.",
            )  # fmt: skip
    for a, b, blame, rule in _blamed(index):
        if (b.article, b.index) not in reported:
            reported.add((b.article, b.index))
            yield from _describe(index, a, a.tokens, b, blame, Severity.MEDIUM, rule)


def _intent_added(pair: CopyPair) -> tuple[Token, ...]:
    """Return the words of the copy that add an intent or a cause; empty when there are none."""
    if share_of_shorter(pair) < _COPIED:
        return ()
    for edit in pair.diff.edits:
        keys = [token.key for token in edit.b]
        for phrases in (word_set("intent"), word_set("causal_words")):
            place = find_phrase(keys, phrases)
            if place is None or find_phrase([token.key for token in pair.a.tokens], phrases):
                continue
            if source_words(edit.b) is None:
                return edit.b if len(edit.b) <= _REASON else edit.b[place[0] :]
    return ()


def _known_here_open_there(
    index: StoryIndex,
) -> Iterator[tuple[SentenceView, SentenceView, tuple[Token, ...]]]:
    sentences = [
        view for article_id in sorted(index.sentences, key=lambda key: index.rank[key])
        for view in index.sentences[article_id]
    ]  # fmt: skip
    unknown = [(view, _effect(view)) for view in sentences if _is_open(view)]
    for view in sentences:
        cause = _cause(view)
        if not cause or index.is_attributed(view) or find_weakening(view.tokens) is not None:
            continue
        effect = _effect(view)
        # The latest open question weighs most: what was not known then is stated now.
        for other, asked in reversed(unknown):
            same = index.same_outlet(other.article, view.article)
            if not same and index.same_event(other.article, view.article) and effect & asked:
                yield other, view, cause


def _is_open(view: SentenceView) -> bool:
    keys = [token.key for token in view.tokens]
    return (
        find_phrase(keys, word_set("unknown_causes")) is not None
        and find_phrase(keys, ("cause", "reason", "why", "blame", "set it off", "motive"))
        is not None
    )


def _cause(view: SentenceView) -> tuple[Token, ...]:
    """Return the words from "because" on; empty when no cause is told."""
    place = find_phrase([token.key for token in view.tokens], word_set("causal_words"))
    if place is None:
        return ()
    # "was due to end" tells of no cause.
    after = view.tokens[place[1] : place[1] + 1]
    if view.tokens[place[0]].key == "due" and (not after or after[0].pos in {"VERB", "AUX"}):
        return ()
    return view.tokens[place[0] : place[1] + _REASON]


def _effect(view: SentenceView) -> frozenset[str]:
    """Return the frames and telling stems of what happened, causal words left out."""
    roots = [root(token.lemma or token.key) for token in view.tokens]
    return frozenset(f"~{frame}" for frame in find_frames(roots) - _CAUSAL)


def _blamed(
    index: StoryIndex,
) -> Iterator[tuple[SentenceView, SentenceView, tuple[Token, ...], str]]:
    """Yield blame that the other report of the matter does not have."""
    for pair in closest_pairs(index):
        if pair.score < _RELATED:
            continue
        for a, b in ((pair.a, pair.b), (pair.b, pair.a)):
            if index.same_outlet(a.article, b.article) or index.is_attributed(b):
                continue
            blame = _blame_noun(b)
            if blame and blame[-1].stem not in {token.stem for token in a.tokens}:
                yield a, b, blame, "Only one side names a failing as the reason."
                continue
            agent = _agent(b)
            named = (
                find_phrase(
                    [token.key for token in a.tokens],
                    ("blamed on", "blamed", "blames", "because of"),
                )
                is not None
            )
            if (
                agent
                and named
                and not {t.stem for t in agent if t.content} & {t.stem for t in a.tokens}
            ):
                yield (
                    a,
                    b,
                    agent,
                    "One side reports whom or what somebody blames; the other names a culprit itself.",
                )


def _blame_noun(view: SentenceView) -> tuple[Token, ...]:
    """Return "over the ministry's reluctance": a failing given as the reason."""
    keys = [token.key for token in view.tokens]
    for at, key in enumerate(keys):
        if key in {"over", "to", "of", "by"} and (
            key == "over" or (keys[at - 1 : at] and keys[at - 1] in {"due", "because", "caused"})
        ):
            for step in range(2, 5):
                if keys[at + step : at + step + 1] and keys[at + step] in word_set("failings"):
                    return view.tokens[at : at + step + 1]
            if keys[at + 1 : at + 2] and keys[at + 1] in word_set("failings"):
                return view.tokens[at : at + 2]
    return ()


def _agent(view: SentenceView) -> tuple[Token, ...]:
    """Return "a hole dug by resort owners": damage with the ones who did it."""
    for at in range(1, len(view.tokens) - 2):
        token = view.tokens[at]
        if token.key != "by" or view.tokens[at - 1].key not in word_set("harmful_participles"):
            continue
        return view.tokens[max(0, at - 2) : at + 3]
    return ()


def _describe(
    index: StoryIndex,
    a: SentenceView,
    x: tuple[Token, ...],
    b: SentenceView,
    y: tuple[Token, ...],
    severity: Severity,
    rule: str,
) -> Iterator[FindingDraft]:
    first, second = index.claim_at(a.article, words_span(x)), index.claim_at(b.article, b.span)
    if first is None or second is None:
        return
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=severity,
        claims=(first.id, second.id),
        explanation=(
            f"{index.outlet(b.article)} states a cause, {quote_span(index, b.article, words_span(y))}; "
            f"{index.outlet(a.article)} prints {quote_span(index, a.article, words_span(x))}."
        ),
        rule=rule,
        highlights=(mark(a.article, words_span(x)), mark(b.article, words_span(y))),
        confidence=0.7 if severity is Severity.HIGH else 0.55,
        changes_if="a finding of investigators, or a source named in the article",
        compared=(first.text, second.text),
    )


DETECTOR = Detector(
    SLUG,
    "Cause added",
    "One outlet states a cause, a motive or a culprit that the others leave open or do not have.",
    find_in_story=find_in_story,
)
