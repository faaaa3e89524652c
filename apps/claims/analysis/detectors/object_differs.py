"""A word more or less before a noun, and the sentence claims something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.number_comparison import claim_ids, number_marks, number_words, uses_in
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.rewording import changed_actor, narrowing_edit, share_of_shorter
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    Detector,
    FindingDraft,
    Outcome,
    QuantityType,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Edit, Token, find_phrase, words_span

SLUG = "object_differs"
# Small and round numbers agree by chance.
_TELLING = 10
_COPIED = 0.6


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    for pair in index.copies:
        if index.same_outlet(pair.a.article, pair.b.article):
            continue
        yield from _superlatives(index, pair)
        for edit in pair.diff.edits:
            words = narrowing_edit(edit)
            if words and not _said_nearby(pair, edit, words) and not _is_first_name(pair, edit):
                yield from _narrowed(index, pair, edit, words)
            actors = changed_actor(edit)
            if actors is not None and share_of_shorter(pair) >= _COPIED:
                yield from _other_actor(index, pair, *actors)
    yield from _other_things(index)
    yield from _other_papers(index)


def _other_actor(index: StoryIndex, pair: CopyPair, x: Token, y: Token) -> Iterator[FindingDraft]:
    a, b = index.claim_at(pair.a.article, x.span), index.claim_at(pair.b.article, y.span)
    if a is None or b is None:
        return
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.HIGH,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(a.article)} prints {quote_span(index, a.article, x.span, around=4)}, "
            f"{index.outlet(b.article)} {quote_span(index, b.article, y.span, around=4)}: somebody else acts."
        ),
        rule=f"The same sentence with “{y.text}” in the place of “{x.text}”; the two are not the same people.",
        highlights=(mark(a.article, x.span), mark(b.article, y.span)),
        confidence=0.75,
        changes_if="if both words stand for the same people here",
        compared=(a.text, b.text, y.key),
    )


def _other_papers(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield one signing told with papers that bind more and less: both words can hold."""
    met: set[frozenset[str]] = set()
    for pair in closest_pairs(index):
        x, y = _paper(pair.a), _paper(pair.b)
        outlets = frozenset((index.outlet(pair.a.article), index.outlet(pair.b.article)))
        if x is None or y is None or x[0] == y[0] or len(outlets) == 1 or outlets in met:
            continue
        a = index.claim_at(pair.a.article, words_span(x[1]))
        b = index.claim_at(pair.b.article, words_span(y[1]))
        if a is None or b is None:
            continue
        met.add(outlets)
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.COMPATIBLE,
            severity=Severity.MEDIUM,
            claims=(a.id, b.id),
            explanation=(
                f"{index.outlet(a.article)} prints {quote_span(index, a.article, words_span(x[1]), around=5)}, "
                f"{index.outlet(b.article)} {quote_span(index, b.article, words_span(y[1]), around=5)}."
            ),
            rule=f"What was signed binds more in one wording: {x[0]} and {y[0]}.",
            highlights=(mark(a.article, words_span(x[1])), mark(b.article, words_span(y[1]))),
            confidence=0.55,
            changes_if="the title of the paper, or a second signing",
            compared=(a.text, b.text, "paper"),
        )


def _paper(view: SentenceView) -> tuple[str, tuple[Token, ...]] | None:
    """Return the kind of paper *view* says was signed; None without a signing or with two."""
    if not any(token.stem in {"sign", "ink", "initial"} for token in view.tokens):
        return None
    keys = [token.key for token in view.tokens]
    for kind in ("intent", "memorandum", "agreement", "treaty"):
        place = find_phrase(keys, word_set("papers", kind))
        if place is not None:
            return kind, view.tokens[place[0] : place[1]]
    return None


def _other_things(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield one number that counts things in one outlet and people in the other."""
    uses = [
        use for article_id in sorted(index.articles, key=index.rank.__getitem__) for use in uses_in(index, article_id)
        if use.quantity.type is QuantityType.CARDINAL and use.head
    ]  # fmt: skip
    seen: set[tuple[str, str, str]] = set()
    for a, b in combinations(uses, 2):
        value = a.quantity.low
        if (
            value is None
            or value != b.quantity.low
            or a.quantity.high != b.quantity.high
            or value != a.quantity.high
        ):
            continue
        if value <= _TELLING or value % 10 == 0 or (a.event and b.event and not a.event & b.event):
            continue
        if not a.classes or not b.classes or a.classes & b.classes or not a.near & b.near:
            continue
        outlets = (a.claim.article, b.claim.article)
        if index.same_outlet(*outlets) or not index.same_event(*outlets):
            continue
        key = (index.outlet(outlets[1]), a.head, b.head)
        if key in seen:
            continue
        seen.add(key)
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.CONFLICT,
            severity=Severity.HIGH,
            claims=claim_ids([a, b]),
            explanation=(
                f"{index.outlet(outlets[0])} counts {number_words(index, a)}, "
                f"{index.outlet(outlets[1])} {number_words(index, b)}."
            ),
            rule=f"The same number, {value}, of different things: “{a.quantity.counted}” and “{b.quantity.counted}”.",
            highlights=number_marks([a, b]),
            confidence=0.7,
            changes_if="if both words stand for the same thing",
            compared=(a.claim.text, b.claim.text),
        )


def _superlatives(index: StoryIndex, pair: CopyPair) -> Iterator[FindingDraft]:
    """Yield "the deadliest" against "one of the deadliest"."""
    softened = _one_of(pair.b) - _one_of(pair.a)
    strengthened = _one_of(pair.a) - _one_of(pair.b)
    alone_a = {token.stem for token in pair.a.tokens if token.key.endswith("est")} - _one_of(pair.a)
    alone_b = {token.stem for token in pair.b.tokens if token.key.endswith("est")} - _one_of(pair.b)
    for stems, soft in ((softened & alone_a, True), (strengthened & alone_b, False)):
        for stem in sorted(stems):
            x = next(token for token in pair.a.tokens if token.stem == stem)
            y = next(token for token in pair.b.tokens if token.stem == stem)
            a, b = index.claim_at(pair.a.article, x.span), index.claim_at(pair.b.article, y.span)
            if a is None or b is None:
                continue
            yield FindingDraft(
                kind=SLUG,
                outcome=Outcome.COMPATIBLE if soft else Outcome.CONFLICT,
                severity=Severity.LOW if soft else Severity.HIGH,
                claims=(index.row_claim(a).id, index.row_claim(b).id),
                explanation=(
                    f"{index.outlet(a.article)} prints {quote_span(index, a.article, x.span, around=3)}, "
                    f"{index.outlet(b.article)} {quote_span(index, b.article, y.span, around=3)}."
                ),
                rule=f"“One of” {'softens' if soft else 'is gone before'} the superlative “{x.text}”.",
                highlights=(mark(a.article, x.span), mark(b.article, y.span)),
                confidence=0.8,
                changes_if="a ranking both outlets can point to",
                compared=(a.text, b.text, x.key),
            )


def _one_of(view: SentenceView) -> frozenset[str]:
    """Return the stems of superlatives that "one of" stands before."""
    found: set[str] = set()
    for at, token in enumerate(view.tokens[:-2]):
        if token.key == "one" and view.tokens[at + 1].key == "of":
            found.update(
                word.stem for word in view.tokens[at + 2 : at + 6] if word.key.endswith("est")
            )
    return frozenset(found)


def _is_first_name(pair: CopyPair, edit: Edit) -> bool:
    """Whether the words are names before a name: "Ada" in "Ada Roe" narrows nothing."""
    words, at, tokens = (
        (edit.a, edit.a_at, pair.a.tokens) if edit.a else (edit.b, edit.b_at, pair.b.tokens)
    )
    following = tokens[at + len(words) : at + len(words) + 1]
    return (
        all(token.text[:1].isupper() and token.ent not in {"NORP", "LOC"} for token in words)
        and len(words) <= 2
        and any(token.name and token.text[:1].isupper() for token in following)
        and not any(token.key in word_set("narrowing_words") for token in words)
    )


def _said_nearby(pair: CopyPair, edit: Edit, words: tuple[Token, ...]) -> bool:
    """Whether the other wording has the same words elsewhere in the sentence."""
    other = pair.b if edit.a else pair.a
    present = {token.stem for token in other.tokens}
    return all(token.stem in present for token in words if token.content)


def _narrowed(
    index: StoryIndex, pair: CopyPair, edit: Edit, words: tuple[Token, ...]
) -> Iterator[FindingDraft]:
    span = words_span(words)
    in_a = bool(edit.a)
    side, other = (pair.a, pair.b) if in_a else (pair.b, pair.a)
    at = edit.b_at if in_a else edit.a_at
    around = other.tokens[max(0, at - 2) : at + 2]
    if not around:
        return
    a = index.claim_at(pair.a.article, span if in_a else words_span(around))
    b = index.claim_at(pair.b.article, words_span(around) if in_a else span)
    if a is None or b is None:
        return
    text = " ".join(token.text for token in words)
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.HIGH,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(side.article)} prints {quote_span(index, side.article, span, around=3)}, "
            f"{index.outlet(other.article)} {quote_span(index, other.article, words_span(around), around=2)}: "
            f"“{text}” changes what is meant."
        ),
        rule=(
            f"The wordings agree around it ({edit.before} words before, {edit.after} after); “{text}” narrows the noun."
        ),
        highlights=(mark(side.article, span), mark(other.article, words_span(around))),
        confidence=0.75,
        changes_if="if the narrower noun is what both outlets mean, as the context may show",
        compared=(a.text, b.text, text),
    )


DETECTOR = Detector(
    SLUG,
    "Object differs",
    "A modifier or an object is different, and with it what is claimed.",
    find_in_story=find_in_story,
)
