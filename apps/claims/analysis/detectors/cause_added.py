"""A cause or a blame that only one outlet states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apps.claims.analysis.frames import find_frames
from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.rewording import share_of_shorter, source_words
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import Detector, FindingDraft, Outcome, Severity, StoryDraft
from apps.claims.analysis.uncertainty import find_weakening
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, content_stems, find_phrase, words_span

SLUG = "cause_added"
# A cause is told in this many words after "because".
_REASON = 12
_RELATED = 6.0
_COPIED = 0.6
# "deliberate" and "deliberately" begin alike.
_BEGINNING = 8
# Frames that say "this is a cause", not what was caused.
_CAUSAL = frozenset({"cause", "investigation"})


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    reported: set[tuple[str, int]] = set()
    questions = [told for told in _told(index) if _is_open(told.view)]
    for pair in index.copies:
        found = _intent_added(pair)
        if found and not index.same_outlet(pair.a.article, pair.b.article):
            reported.add((pair.b.article, pair.b.index))
            yield from _describe(
                index, _asked(index, questions, pair, found), pair.b, found, Severity.HIGH,
                "The same sentence, and the copy adds why it happened or that it was meant.",
            )  # fmt: skip
    for told in _told(index):
        stated = _cause(told)
        if stated is None or (told.view.article, told.view.index) in reported:
            continue
        cause, effect, group = stated
        if not _own_voice(index, told.view):
            continue
        # The latest open question weighs most: what was not known then is stated now.
        asked = [
            question.view
            for question in reversed(questions)
            if _other_report(index, question.view, told.view)
            and _topics(effect) & _topics((*question.before, *question.view.tokens))
        ]
        if asked and group != "motive":
            reported.add((told.view.article, told.view.index))
            yield from _describe(
                index, asked[0], told.view, cause, Severity.HIGH,
                "One side says the cause is not known; the other states one in its own voice.",
            )  # fmt: skip
        elif group != "verb" and _alone(index, told.view, cause, effect):
            reported.add((told.view.article, told.view.index))
            yield from _describe(
                index, None, told.view, cause, Severity.MEDIUM,
                "A cause or a motive that no other outlet has; nobody is named as its source.",
            )  # fmt: skip
    for a, b, blame, rule in _blamed(index):
        if (b.article, b.index) not in reported:
            reported.add((b.article, b.index))
            yield from _describe(index, a, b, blame, Severity.MEDIUM, rule)


def _intent_added(pair: CopyPair) -> tuple[Token, ...]:
    """Return the words of the copy that add an intent or a cause; empty when there are none."""
    if share_of_shorter(pair) < _COPIED:
        return ()
    for edit in pair.diff.edits:
        keys = [token.key for token in edit.b]
        for phrases in (word_set("intent"), word_set("causal_words", "before")):
            place = find_phrase(keys, phrases)
            if place is None or find_phrase([token.key for token in pair.a.tokens], phrases):
                continue
            if source_words(edit.b) is None:
                return edit.b if len(edit.b) <= _REASON else edit.b[place[0] :]
    return ()


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


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with the one before it, which says what "it" is."""

    view: SentenceView
    before: tuple[Token, ...]


def _told(index: StoryIndex) -> Iterator[Told]:
    for article_id in sorted(index.sentences, key=index.rank.__getitem__):
        before: tuple[Token, ...] = ()
        for view in index.sentences[article_id]:
            yield Told(view, before)
            before = view.tokens


def _is_open(view: SentenceView) -> bool:
    keys = [token.key for token in view.tokens]
    return (
        find_phrase(keys, word_set("unknown_causes")) is not None
        and find_phrase(keys, word_set("causes_asked")) is not None
    )


def _own_voice(index: StoryIndex, view: SentenceView) -> bool:
    return (
        not index.is_attributed(view)
        and find_weakening(view.tokens) is None
        and not any(quote.overlaps(view.span) for c in index.claims_in(view) for quote in c.quotes)
    )


def _other_report(index: StoryIndex, a: SentenceView, b: SentenceView) -> bool:
    return not index.same_outlet(a.article, b.article) and index.same_event(a.article, b.article)


def _cause(told: Told) -> tuple[tuple[Token, ...], tuple[Token, ...], str] | None:
    """Return the words that tell a cause, those that tell what it did, and the group of the
    word that ties them; None when no cause is told."""
    tokens = told.view.tokens
    keys = [token.key for token in tokens]
    for group in ("before", "verb", "motive"):
        place = find_phrase(keys, word_set("causal_words", group))
        if place is None:
            continue
        # "was due to end" tells of no cause.
        after = tokens[place[1] : place[1] + 1]
        if keys[place[0]] == "due" and (not after or after[0].pos in {"VERB", "AUX"}):
            continue
        if group == "verb":
            cause, effect = tokens[: place[1]], tokens[place[1] :]
            if not any(token.content for token in tokens[: place[0]]):
                continue
        else:
            cause, effect = tokens[place[0] : place[1] + _REASON], tokens[: place[0]]
            effect = effect if place[0] else tokens[_REASON // 2 :]
        # "weakened it", "he needed": what happened is told in the sentence before.
        if len([token for token in effect if token.content]) < 2:
            effect = (*told.before, *effect)
        return cause, effect, group
    return None


def _topics(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Return the things and happenings spoken of: noun stems and frames, no names."""
    roots = [root(token.lemma or token.key) for token in tokens]
    nouns = {
        root(token.lemma or token.key)
        for token in tokens
        if token.pos == "NOUN" and token.content and token.key not in word_set("calendar_words")
    }
    return frozenset(nouns) | frozenset(f"~{frame}" for frame in find_frames(roots) - _CAUSAL)


def _alone(
    index: StoryIndex, view: SentenceView, cause: tuple[Token, ...], effect: tuple[Token, ...]
) -> bool:
    """Whether nobody else prints the cause, and what it explains is told by most outlets."""
    if index.is_copied(view):
        return False
    reason = frozenset(token.stem for token in cause if token.content and not token.name)
    told = max(
        (
            len(reason & other.stems)
            for article_id, sentences in index.sentences.items()
            if not index.same_outlet(article_id, view.article)
            for other in sentences
        ),
        default=0,
    )
    if len(reason) < 2 or told * 2 > len(reason):
        return False
    outlets = {index.outlet(article_id) for article_id in index.articles}
    telling = [
        stem
        for stem in content_stems(effect)
        if len({index.outlet(a) for a in index.articles_by_stem.get(stem, ())})
        >= max(2, len(outlets) / 2)
    ]
    return bool(telling) and any(
        other != view.article and index.same_event(other, view.article) for other in index.articles
    )


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
    a: SentenceView | None,
    b: SentenceView,
    y: tuple[Token, ...],
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
            f"{index.outlet(b.article)} states a cause, {quote_span(index, b.article, words_span(y))}; {against}."
        ),
        rule=rule,
        highlights=(
            *((mark(a.article, a.span),) if a is not None else ()),
            mark(b.article, words_span(y)),
        ),
        missing_in=_silent(index, b) if a is None else (),
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
)
