"""One outlet says it is so, another says that it is not, or the opposite."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.denials import (
    Clash,
    all_sentences,
    find_conceded,
    find_denied,
    find_left_open,
    find_nobody,
    find_unchanged,
    frames_of,
)
from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.opposites import find_negation, find_opposites, sides_of
from apps.claims.analysis.phrasing import mark, outlets, quote_span, verb
from apps.claims.analysis.rewording import share_of_shorter
from apps.claims.analysis.stances import Stance, find_clashes
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, words_span

SLUG = "polarity"
# Opposites that cannot both hold of one matter; "rise" and "fall" may be of two things.
_RELATION_WORDS = frozenset(
    {"relations", "relationship", "ties", "talks", "discussions", "alliance"}
)
_EXCLUSIVE = frozenset({"guilt", "vote", "law", "level"})
_WINDOW = 6
_RELATED = 6.0
_COPIED = 0.7
# How many sentences of each side a finding shows, and how long a sentence is shown whole.
_SIDE, _SHORT_SENTENCE = 4, 16


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    reported: set[frozenset[tuple[str, int]]] = set()
    told: set[tuple[str, str, int]] = set()
    for found in (
        _reversed_in_copy, find_nobody, find_unchanged, find_conceded, _opposites, _relations, _none_and_one,
        find_left_open,
        find_denied,
    ):  # fmt: skip
        for a, x, b, y, rule, severity in found(index):
            pair = frozenset(((a.article, a.index), (b.article, b.index)))
            if index.same_outlet(a.article, b.article) or pair in reported:
                continue
            # One denial against one report is enough: copies of it say nothing new.
            if (found.__name__, b.article, b.index) in told:
                continue
            finding = _describe(index, a, x, b, y, rule, severity)
            if finding is not None:
                reported.add(pair)
                told.add((found.__name__, b.article, b.index))
                yield finding
    yield from _stances(index, reported)


def _stances(
    index: StoryIndex, reported: set[frozenset[tuple[str, int]]]
) -> Iterator[FindingDraft]:
    """Yield two sides taken of one subject where only one can hold: late against on time."""
    for clash in find_clashes(index):
        met = [
            frozenset(((a.view.article, a.view.index), (b.view.article, b.view.index)))
            for a in clash.many
            for b in clash.few
        ]
        if any(pair in reported for pair in met):
            continue
        sides = [
            [
                (stance, claim)
                for stance in {stance.view: stance for stance in side}.values()
                if (claim := index.claim_at(stance.view.article, words_span(stance.words)))
            ][:_SIDE]
            for side in (clash.many, clash.few)
        ]
        if not all(sides):
            continue
        many, few = sides
        x, y = many[0][0], few[0][0]
        yield FindingDraft(
            kind=SLUG,
            outcome=Outcome.CONFLICT,
            severity=Severity.HIGH,
            claims=tuple(dict.fromkeys(index.row_claim(claim).id for _, claim in (*many, *few))),
            explanation=(
                f"{outlets(index, [s.view.article for s, _ in many])} "
                f"{verb([s.view.article for s, _ in many], 'prints', 'print')} {_clause(index, x)}, "
                f"{outlets(index, [s.view.article for s, _ in few])} {_clause(index, y)}."
            ),
            rule=(
                f"“{_phrase(x)}” and “{_phrase(y)}” cannot both hold of one subject ({_listed(clash.shared)})."
            ),
            highlights=tuple(
                mark(stance.view.article, words_span(stance.words)) for stance, _ in (*many, *few)
            ),
            confidence=0.6,
            changes_if="if the sentences are about different things or moments",
            compared=(many[0][1].text, few[0][1].text),
        )


def _phrase(stance: Stance) -> str:
    return " ".join(token.text for token in stance.words)


def _clause(index: StoryIndex, stance: Stance) -> str:
    """Return the sentence's words, or those around the phrase in a long one."""
    if len(stance.view.tokens) <= _SHORT_SENTENCE:
        return quote_span(index, stance.view.article, stance.view.span)
    return quote_span(index, stance.view.article, words_span(stance.words), around=6)


def _listed(shared: frozenset[str]) -> str:
    words = sorted(name for name in shared if not name.startswith("~"))
    return ", ".join(words[:3]) if words else "one matter"


def _reversed_in_copy(index: StoryIndex) -> Iterator[Clash]:
    """Yield copies in which a negation came or went, or a word became its opposite."""
    for pair in index.copies:
        if share_of_shorter(pair) < _COPIED or _of_other_days(pair):
            continue
        for edit in pair.diff.edits:
            words = edit.a or edit.b
            one_sided = not (edit.a and edit.b) and len(words) <= 2
            if one_sided and edit.before and edit.after and find_negation(words) is not None:
                yield (
                    pair.a, _around(pair.a, edit.a_at, edit.a), pair.b, _around(pair.b, edit.b_at, edit.b),
                    f"“{words[0].text}” stands on one side only.", Severity.HIGH,
                )  # fmt: skip
            for _, x, y in find_opposites(edit.a, edit.b):
                if len(edit.a) <= 3 and len(edit.b) <= 3:
                    yield (
                        pair.a, (x,), pair.b, (y,),
                        f"The same sentence with “{y.text}” in the place of its opposite, “{x.text}”.", Severity.HIGH,
                    )  # fmt: skip


def _of_other_days(pair: CopyPair) -> bool:
    """Whether the copy has other figures or days: then it tells of another moment."""
    changed = [token for edit in pair.diff.edits for token in (*edit.a, *edit.b)]
    return any(
        token.key[:1].isdigit() or token.key in word_set("calendar_words") for token in changed
    )


def _around(view: SentenceView, at: int, words: tuple[Token, ...]) -> tuple[Token, ...]:
    return view.tokens[max(0, at - 2) : at + len(words) + 2]


def _opposites(index: StoryIndex) -> Iterator[Clash]:
    for pair in closest_pairs(index):
        if pair.score < _RELATED:
            continue
        for matter, x, y in find_opposites(pair.a.tokens, pair.b.tokens):
            if matter not in _EXCLUSIVE or not _beside(pair.a, x) & _beside(pair.b, y):
                continue
            if matter == "level" and not _same_figures(pair.a, pair.b):
                continue
            # "a block of flats" is no verdict on anything.
            if "NOUN" in (x.pos, y.pos):
                continue
            yield (
                pair.a, (x,), pair.b, (y,),
                f"“{x.text}” and “{y.text}” are opposites, said of one matter.",
                Severity.HIGH,
            )  # fmt: skip


def _same_figures(a: SentenceView, b: SentenceView) -> bool:
    """Whether the figures of one sentence are among the other's: else two changes are told."""
    ours, theirs = (
        {token.key for token in view.tokens if token.key[:1].isdigit()} for view in (a, b)
    )
    return not ours or not theirs or bool(ours & theirs)


def _relations(index: StoryIndex) -> Iterator[Clash]:
    """Yield one relation called sour here and friendly there, once for two articles."""
    spoken = [
        (view, side) for view in all_sentences(index) if (side := _relation(view)) is not None
    ]
    met: set[frozenset[str]] = set()
    for at, (a, (x, names)) in enumerate(spoken):
        for b, (y, others) in spoken[at + 1 :]:
            pair = frozenset((a.article, b.article))
            if a.article == b.article or pair in met or not find_opposites((x,), (y,)):
                continue
            if names & others and index.same_event(a.article, b.article):
                met.add(pair)
                yield (
                    a, (x,), b, (y,),
                    f"“{x.text}” and “{y.text}” are opposites, said of one relation.", Severity.MEDIUM,
                )  # fmt: skip


def _relation(view: SentenceView) -> tuple[Token, frozenset[str]] | None:
    """Return the word that judges a relation between named sides, with the sides' names."""
    sides = sides_of(view.tokens).get("relation", {})
    if len(sides) != 1:
        return None
    (word,) = sides.values()
    spoken_of = any(token.key in _RELATION_WORDS for token in view.tokens)
    names = frozenset(
        token.stem[:6] for token in view.tokens
        if token.name and token.content and token.key not in word_set("name_titles")
    )  # fmt: skip
    return (word, names) if spoken_of and names else None


def _beside(sentence: SentenceView, token: Token) -> frozenset[str]:
    """Return what stands within six words of *token*: stems of nouns and frames of them."""
    at = sentence.tokens.index(token)
    names: set[str] = set()
    for i, word in enumerate(sentence.tokens):
        if i == at or abs(i - at) > _WINDOW or not word.content or word.name:
            continue
        names.add(root(word.lemma or word.key))
        names.update(f"~{frame}" for frame in frames_of(word))
    return frozenset(names)


def _none_and_one(index: StoryIndex) -> Iterator[Clash]:
    """Yield "none of them exits" with "one of them an exit" of the same set."""
    for pair in closest_pairs(index):
        if pair.score < _RELATED:
            continue
        for a, b in ((pair.a, pair.b), (pair.b, pair.a)):
            ours, theirs = (
                _of_them(a, {"none"}),
                _of_them(b, {"one", "two", "three", "some", "several"}),
            )
            if not ours or not theirs:
                continue
            if {root(t.key) for t in ours if t.content} & {
                root(t.key) for t in theirs if t.content
            }:
                yield a, ours, b, theirs, "“none of” and “one of” the same set.", Severity.HIGH


def _of_them(sentence: SentenceView, counts: set[str]) -> tuple[Token, ...]:
    for at, token in enumerate(sentence.tokens[:-2]):
        if token.key in counts and sentence.tokens[at + 1].key == "of":
            return sentence.tokens[at : at + 7]
    return ()


def _describe(
    index: StoryIndex,
    a: SentenceView,
    x: tuple[Token, ...],
    b: SentenceView,
    y: tuple[Token, ...],
    rule: str,
    severity: Severity,
) -> FindingDraft | None:
    if index.rank[b.article] < index.rank[a.article]:
        a, x, b, y = b, y, a, x
    first, second = (
        index.claim_at(a.article, words_span(x)),
        index.claim_at(b.article, words_span(y)),
    )
    if first is None or second is None:
        return None
    first, second = index.row_claim(first), index.row_claim(second)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=severity,
        claims=(first.id, second.id),
        explanation=(
            f"{index.outlet(a.article)} prints {quote_span(index, a.article, words_span(x), around=3)}, "
            f"{index.outlet(b.article)} {quote_span(index, b.article, words_span(y), around=3)}."
        ),
        rule=rule,
        highlights=(mark(a.article, words_span(x)), mark(b.article, words_span(y))),
        confidence=0.65,
        changes_if="if the two sentences are about different things or moments",
        compared=(first.text, second.text),
    )


DETECTOR = Detector(
    SLUG,
    "Said and denied",
    "One outlet asserts what another denies, or they say opposite things of one matter.",
    find_in_story=find_in_story,
)
