"""A word more or less before a noun, and the sentence claims something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise, takewhile

from apps.articles.text.spans import Span
from apps.claims.analysis.counterparts import find_counterparts
from apps.claims.analysis.exchanged_words import (
    find_exchange,
    is_of_a_cause,
    is_speech,
    stand_for_one,
)
from apps.claims.analysis.number_comparison import claim_ids, number_marks, number_words, uses_in
from apps.claims.analysis.phrasing import count_of, mark, quote_span
from apps.claims.analysis.rewording import changed_actor, narrowing_edit, share_of_shorter
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    ClaimDraft,
    Detector,
    FindingDraft,
    Outcome,
    QuantityType,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Edit, Token, content_stems, find_phrase, words_span

SLUG = "object_differs"
_MOST_SIGNINGS = 40
_SHARED_SIGNING = 3
# Counterparts less likely than this are not asked what a thing is for.
_LIKELY = 0.5
_PURPOSE = frozenset({"for", "concerning", "regarding", "about"})
_LONGEST_PURPOSE = 4
_NEAR_SUPERLATIVE = 6
_LEADING = frozenset({"worst", "best", "first", "only", "least", "most"})
# Small and round numbers agree by chance.
_TELLING = 10
_COPIED = 0.6
# "and laptops" is one more thing, a longer addition a clause of its own.
_MOST_ADDED = 3
_LONGEST_LIMIT = 8
_LIMITING = frozenset({"for", "of", "at", "in", "among", "within"})


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    for pair in index.copies:
        if index.same_outlet(pair.a.article, pair.b.article):
            continue
        yield from _superlatives(index, pair)
        for edit in pair.diff.edits:
            if limit := _limit_of_superlative(pair, edit):
                yield from _narrowed(index, pair, edit, limit)
                continue
            words = narrowing_edit(edit) or _dropped_limit(index, pair, edit)
            if words and not _tells_nothing_new(index, pair, edit, words):
                yield from _narrowed(index, pair, edit, words)
            actors = changed_actor(edit)
            if actors is not None and share_of_shorter(pair) >= _COPIED:
                yield from _exchanged(index, pair, (actors[0],), (actors[1],))
            elif find_exchange(index, pair, edit) and not is_of_a_cause(pair, edit):
                yield from _exchanged(index, pair, edit.a, edit.b)
            elif added := _added_to_list(index, pair, edit):
                yield from _listed(index, pair, added)
    yield from _other_things(index)
    yield from _other_papers(index)
    yield from _other_purposes(index)


def _exchanged(
    index: StoryIndex, pair: CopyPair, before: tuple[Token, ...], after: tuple[Token, ...]
) -> Iterator[FindingDraft]:
    x, y = words_span(before), words_span(after)
    a, b = index.claim_at(pair.a.article, x), index.claim_at(pair.b.article, y)
    if a is None or b is None:
        return
    said, instead = (" ".join(token.text for token in words) for words in (before, after))
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.HIGH,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(a.article)} prints {quote_span(index, a.article, x, around=4)}, "
            f"{index.outlet(b.article)} {quote_span(index, b.article, y, around=4)}."
        ),
        rule=f"The same sentence with “{instead}” in the place of “{said}”; the two are not the same.",
        highlights=(mark(a.article, x), mark(b.article, y)),
        confidence=0.75,
        changes_if="if both words stand for the same here",
        compared=(a.text, b.text, instead.lower()),
    )


def _added_to_list(index: StoryIndex, pair: CopyPair, edit: Edit) -> tuple[Token, ...]:
    """Return "and laptops": one more thing the copy says the same of; empty for clauses."""
    words = edit.b
    if edit.a or not 2 <= len(words) <= _MOST_ADDED or words[0].key not in {"and", "or"}:
        return ()
    if share_of_shorter(pair) < _COPIED or not edit.before or edit.after < 2:
        return ()
    kinds = {token.pos for token in words[1:] if token.content}
    return words if kinds and kinds <= {"NOUN", "ADJ", ""} else ()


def _listed(index: StoryIndex, pair: CopyPair, added: tuple[Token, ...]) -> Iterator[FindingDraft]:
    """Yield what a copy adds to a list, against what the original says of it, if anything."""
    y = words_span(added)
    stems = {token.stem for token in added if token.content}
    elsewhere = [view for view in index.sentences[pair.a.article] if stems <= view.stems]
    spans = [view.span for view in elsewhere[:1]] + [pair.a.span]
    sides = [index.claim_at(pair.a.article, span) for span in spans]
    b = index.claim_at(pair.b.article, y)
    if b is None or any(side is None for side in sides):
        return
    ours = [side for side in sides if side is not None]
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.HIGH,
        claims=(*dict.fromkeys(claim.id for claim in ours), b.id),
        explanation=(
            f"{index.outlet(pair.a.article)} prints {quote_span(index, pair.a.article, spans[0])}, "
            f"{index.outlet(b.article)} {quote_span(index, b.article, y, around=5)}."
        ),
        rule=f"The same sentence with “{' '.join(t.text for t in added)}” put into its list.",
        highlights=(*(mark(pair.a.article, span) for span in spans), mark(b.article, y)),
        confidence=0.7,
        changes_if="if the first outlet means them too without naming them",
        compared=(ours[-1].text, b.text, "list"),
    )


def _dropped_limit(index: StoryIndex, pair: CopyPair, edit: Edit) -> tuple[Token, ...]:
    """Return "for two zones south of the creek": a limit of what is told that the copy lacks."""
    words = edit.a
    if not 3 <= len(words) <= _LONGEST_LIMIT or words[0].key not in _LIMITING or edit.before < 3:
        return ()
    # Another figure tells of another moment: "0.2 percent in early trading", "0.6 percent".
    if any(
        t.key[:1].isdigit()
        for other in pair.diff.edits
        for t in (*other.a, *other.b)
        if other is not edit
    ):
        return ()
    if edit.b and not _begins_a_sentence(index, pair, edit.b[0]):
        return ()
    if any(
        token.pos in {"VERB", "AUX"} or token.key in word_set("calendar_words") for token in words
    ):
        return ()
    nouns = [
        token for token in words if token.content and token.pos in {"NOUN", ""} and not token.name
    ]
    is_copy = index.same_origin(pair.a.article, pair.b.article)
    return words if nouns and is_copy and not is_speech(index, pair.a, words) else ()


def _limit_of_superlative(pair: CopyPair, edit: Edit) -> tuple[Token, ...]:
    """Return "since 2011" behind "the worst flood": the field a superlative leads, gone or put in."""
    words, at, tokens = (
        (edit.a, edit.a_at, pair.a.tokens) if edit.a else (edit.b, edit.b_at, pair.b.tokens)
    )
    if (edit.a and edit.b) or not 2 <= len(words) <= _LONGEST_LIMIT:
        return ()
    if words[0].key not in _LIMITING | {"since"} or any(token.pos == "VERB" for token in words):
        return ()
    before = tokens[max(0, at - _NEAR_SUPERLATIVE) : at]
    leads = bool(_superlatives_in(before)) or any(token.key in _LEADING for token in before)
    return words if leads else ()


def _begins_a_sentence(index: StoryIndex, pair: CopyPair, token: Token) -> bool:
    """Whether *token* stands behind a full stop that did not end the sentence: "4 p.m. Another"."""
    before = index.articles[pair.b.article].text[: token.start].rstrip()
    return before.endswith(".") and token.text[:1].isupper()


def _tells_nothing_new(
    index: StoryIndex, pair: CopyPair, edit: Edit, words: tuple[Token, ...]
) -> bool:
    """Whether the words only say when, or name what the other side names elsewhere."""
    if _said_nearby(pair, edit, words) or _is_first_name(pair, edit):
        return True
    content = [token for token in words if token.content]
    if any(token.key in word_set("calendar_words") for token in content):
        return True
    # "in Arbury" put into a copy only says where this is; so do names the wire has elsewhere.
    return bool(edit.b) and all(
        token.name
        and (
            words[0].key in _LIMITING
            or pair.a.article in index.articles_by_stem.get(token.stem, ())
        )
        for token in content
    )


def _other_papers(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield one signing told with papers that bind more and less: both words can hold.

    Captions count: they often have the paper's title.
    """
    signings = [
        (claim, *paper)
        for article_id in sorted(index.articles, key=index.rank.__getitem__)
        for claim in index.articles[article_id].claims
        if claim.form == "sentence" and (paper := _paper(index.tokens(claim))) is not None
    ][:_MOST_SIGNINGS]
    met: set[frozenset[str]] = set()
    for (a, kind, x), (b, other, y) in combinations(signings, 2):
        outlets = frozenset((index.outlet(a.article), index.outlet(b.article)))
        if kind == other or len(outlets) == 1 or outlets in met:
            continue
        shared = content_stems(index.tokens(a)) & content_stems(index.tokens(b))
        if len(shared) < _SHARED_SIGNING or not index.same_event(a.article, b.article):
            continue
        met.add(outlets)
        yield _compatible(
            index, (a, words_span(x)), (b, words_span(y)), Severity.MEDIUM,
            f"What was signed binds more in one wording: {kind} and {other}.",
            "the title of the paper, or a second signing", "paper",
        )  # fmt: skip


def _paper(tokens: tuple[Token, ...]) -> tuple[str, tuple[Token, ...]] | None:
    """Return the kind of paper that was signed; None without a signing or a paper."""
    keys = [token.key for token in tokens]
    signed = [at for at, token in enumerate(tokens) if token.stem in {"sign", "ink", "initial"}]
    if not signed or "to" in keys[signed[0] - 1 : signed[0]]:
        return None
    for kind in ("intent", "memorandum", "agreement", "treaty"):
        place = find_phrase(keys, word_set("papers", kind))
        if place is not None:
            return kind, tokens[place[0] : place[1]]
    return None


def _other_purposes(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield one thing that is for or about something else in two reports of independent words:
    "a register of boats for tax collectors" / "a register of boats concerning smugglers"."""
    met: set[tuple[str, str, frozenset[str]]] = set()
    for pair in find_counterparts(index):
        if pair.rate < _LIKELY:
            break
        a, b = pair.a, pair.b
        if pair.copy is not None or index.same_outlet(a.article, b.article):
            continue
        for thing, x in _purposes(index.tokens(a)):
            for other, y in _purposes(index.tokens(b)):
                if thing != other or _near(x, y):
                    continue
                key = (index.outlet(a.article), index.outlet(b.article), thing)
                if key in met or not index.same_event(a.article, b.article):
                    continue
                met.add(key)
                finding = _compatible(
                    index, (a, words_span(x)), (b, words_span(y)), Severity.LOW,
                    f"One thing, “{' '.join(sorted(thing))}”, is for or about something else.",
                    "if it serves both", "purpose",
                )  # fmt: skip
                yield replace(finding, needs_person="both purposes may be meant")


def _purposes(tokens: tuple[Token, ...]) -> Iterator[tuple[frozenset[str], tuple[Token, ...]]]:
    """Yield the stems of a thing of two words with what it is for or about."""
    for at in range(2, len(tokens) - 1):
        thing = tokens[at - 2 : at]
        if tokens[at].key not in _PURPOSE or not all(t.content and not t.name for t in thing):
            continue
        if thing[0].pos not in {"ADJ", "NOUN", ""} or thing[1].pos not in {"NOUN", ""}:
            continue
        behind = tuple(takewhile(_is_of_a_noun, tokens[at + 1 : at + 1 + _LONGEST_PURPOSE]))
        telling = [token for token in behind if token.content and token.pos in {"NOUN", ""}]
        if telling and not any(token.key in word_set("calendar_words") for token in behind):
            yield frozenset(token.stem for token in thing), (tokens[at], *behind)


def _is_of_a_noun(token: Token) -> bool:
    return token.pos in {"NOUN", "ADJ", "DET", "PRON", ""} and not token.key[:1].isdigit()


def _near(x: tuple[Token, ...], y: tuple[Token, ...]) -> bool:
    ours, theirs = (
        [root(token.lemma or token.key) for token in words if token.content] for words in (x, y)
    )
    return any(stand_for_one(a, b) for a in ours for b in theirs)


def _compatible(
    index: StoryIndex,
    first: tuple[ClaimDraft, Span],
    second: tuple[ClaimDraft, Span],
    severity: Severity,
    rule: str,
    changes_if: str,
    what: str,
) -> FindingDraft:
    (a, x), (b, y) = first, second
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE,
        severity=severity,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(a.article)} prints {quote_span(index, a.article, x, around=5)}, "
            f"{index.outlet(b.article)} {quote_span(index, b.article, y, around=5)}."
        ),
        rule=rule,
        highlights=(mark(a.article, x), mark(b.article, y)),
        confidence=0.55,
        changes_if=changes_if,
        compared=(a.text, b.text, what),
    )


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
    alone_a = _superlatives_in(pair.a.tokens) - _one_of(pair.a)
    alone_b = _superlatives_in(pair.b.tokens) - _one_of(pair.b)
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
            found |= _superlatives_in(view.tokens[at + 2 : at + 6])
    return frozenset(found)


def _superlatives_in(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Return the stems of "deadliest", and of "serious" in "most serious"."""
    most = {
        word.stem
        for sign, word in pairwise(tokens)
        if sign.key == "most" and word.pos in {"ADJ", ""}
    }
    return frozenset(most | {token.stem for token in tokens if token.key.endswith("est")})


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
    # What stands in its place begins a sentence of its own.
    ends = bool(edit.a and edit.b)
    around = other.tokens[max(0, at - (4 if ends else 2)) : at + (0 if ends else 2)]
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
        rule=f"The wordings agree {_how_far(edit)}; “{text}” narrows the noun.",
        highlights=(mark(side.article, span), mark(other.article, words_span(around))),
        confidence=0.75,
        changes_if="if the narrower noun is what both outlets mean, as the context may show",
        compared=(a.text, b.text, text),
    )


def _how_far(edit: Edit) -> str:
    """Return "in 8 words before it and 1 word after it": how much two wordings share there."""
    sides = ((edit.before, "before it"), (edit.after, "after it"))
    told = [f"{count_of(words, 'word')} {where}" for words, where in sides if words]
    return f"in {' and '.join(told)}"


DETECTOR = Detector(
    SLUG,
    "Object differs",
    "A modifier or an object is different, and with it what is claimed.",
    find_in_story=find_in_story,
)
