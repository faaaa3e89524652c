"""Words a copy exchanged for others that say something else: "a witness" / "a suspect"."""

from __future__ import annotations

from functools import cache, lru_cache

from apps.claims.analysis.frames import frames_of_stem
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.meanings import similarity
from apps.claims.analysis.rewording import share_of_shorter, source_words
from apps.claims.analysis.sources import is_told
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex
from apps.claims.analysis.synonyms import synonym_sets
from apps.claims.analysis.uncertainty import find_weakening
from apps.claims.analysis.word_lists import groups_by_word, word_set
from apps.claims.analysis.wording import Edit, Token, words_span

# A copy that kept less than this was written anew, and every word of it may stand elsewhere.
_COPIED = 0.65
_MOST_EDITS = 3
# Longer stretches tell something else altogether.
_LONGEST = 4
_ANCHOR = 3
# Two words nearer than this in meaning are one thing told in other words.
_ALIKE = 0.5
_ONE = frozenset({"a", "an", "each", "every", "per"})
_PRONOUNS = frozenset("it its he his him she her they their them this that these those".split())


def find_exchange(index: StoryIndex, pair: CopyPair, edit: Edit) -> bool:
    """Whether *edit* puts other things in the place of the original's.

    Not when a word stands for the same ("accident" / "crash"), when one side only names or
    points to who it is, nor for numbers, dates, sources, limits and what people are quoted
    with: those differences have rules of their own.
    """
    if pair.diff.similarity < _COPIED or share_of_shorter(pair) < _COPIED:
        return False
    if len(pair.diff.edits) > _MOST_EDITS or edit.before + edit.after < _ANCHOR:
        return False
    if not (0 < len(edit.a) <= _LONGEST and 0 < len(edit.b) <= _LONGEST):
        return False
    a, b = (_content(words) for words in (edit.a, edit.b))
    if not a or not b:
        return False
    if any(is_speech(index, view, words) for view, words in ((pair.a, edit.a), (pair.b, edit.b))):
        return False
    if _other_extent(edit.a, edit.b) or _other_people(a, b):
        return True
    if any(_has_own_rule(words) for words in (edit.a, edit.b)):
        return False
    if _points(edit.a) or _points(edit.b) or any(token.name for token in (*a, *b)):
        return False
    # What is done is told by steps and sides; here it is who, what, where and how much of it.
    if all(any(token.pos == "VERB" for token in words) and len(words) == 1 for words in (a, b)):
        return False
    return not any(_is_one(x, y) for x in a for y in b)


def _other_extent(a: tuple[Token, ...], b: tuple[Token, ...]) -> bool:
    """Whether the words say how far it reaches, or for how long, and differ in it."""
    ours, theirs = (
        {(group, root(token.lemma or token.key)) for token in words for group in _extents(token)}
        for words in (a, b)
    )
    if not ours or not theirs or {group for group, _ in ours}.isdisjoint(g for g, _ in theirs):
        return False
    if any(token.key in word_set("calendar_words") for token in (*a, *b)):
        return False
    counts = [
        frozenset(t.key for t in words if t.pos == "NUM" or t.key[:1].isdigit() or t.key in _ONE)
        for words in (a, b)
    ]
    return ours != theirs or (all(counts) and counts[0] != counts[1])


def _extents(token: Token) -> frozenset[str]:
    return _extents_by_root().get(root(token.lemma or token.key), frozenset())


@cache
def _extents_by_root() -> dict[str, frozenset[str]]:
    return {root(word): groups for word, groups in groups_by_word("extents").items()}


def _other_people(a: list[Token], b: list[Token]) -> bool:
    """Whether one noun for people or their part in it took the place of another."""
    if len(a) != 1 or len(b) != 1 or a[0].name or b[0].name:
        return False
    people = read_words("people")
    if not all({token.key, token.lemma} & people for token in (a[0], b[0])):
        return False
    x, y = (root(words[0].lemma or words[0].key) for words in (a, b))
    return x != y and synonym_sets(x).isdisjoint(synonym_sets(y))


def is_of_a_cause(pair: CopyPair, edit: Edit) -> bool:
    """Whether the exchanged words tell what did it: "after a recount erased" / "a glitch ate"."""
    lead = [token.key for token in pair.b.tokens[max(0, edit.b_at - 2) : edit.b_at]]
    told = all(len(_content(words)) > 1 for words in (edit.a, edit.b))
    return told and not _CAUSES.isdisjoint(lead)


def _content(words: tuple[Token, ...]) -> list[Token]:
    return [token for token in words if token.content]


def _has_own_rule(words: tuple[Token, ...]) -> bool:
    """Whether *words* hold a figure, a unit, a source or a limit."""
    keys = [token.key for token in words]
    return (
        (len(words) == 1 and words[0].key[:1].isdigit())
        or any(key in _CLOCK for key in keys)
        or any(key in _UNITS or key in _TURNED for key in keys)
        or source_words(words) is not None
        or find_weakening(words, _LIMITS) is not None
    )


_CAUSES = frozenset({"after", "because", "by", "from", "due"})
_LIMITS = ("epistemic", "hearsay", "open question", "allegation", "edge", "bound", "tentative")
_CLOCK = frozenset({"am", "pm", "a.m.", "p.m.", "noon", "midnight"})
# "The letter" / "the document was": the sentence was turned round.
_TURNED = frozenset({"was", "were", "is", "are", "been", "be"})
_UNITS = frozenset(
    "percent percentage points point million billion thousand nearly about more less".split()
)


def _points(words: tuple[Token, ...]) -> bool:
    return any(token.key in _PRONOUNS for token in words)


def is_speech(index: StoryIndex, view: SentenceView, words: tuple[Token, ...]) -> bool:
    """Whether *words* are quoted, or say who speaks."""
    span = words_span(words)
    for claim in index.claims_in(view):
        if any(quote.overlaps(span) for quote in claim.quotes):
            return True
        if is_told(claim.attribution) and any(
            place.overlaps(span)
            for place in (*claim.attribution.source_spans, *claim.attribution.cue_spans)
        ):
            return True
    return False


def _is_one(x: Token, y: Token) -> bool:
    groups = groups_by_word("actors")
    if groups.get(x.key, frozenset()) & groups.get(y.key, frozenset()):
        return True
    return stand_for_one(root(x.lemma or x.key), root(y.lemma or y.key))


@lru_cache(maxsize=50_000)
def stand_for_one(x: str, y: str) -> bool:
    """Whether two stems may be words for one thing."""
    if x == y or not synonym_sets(x).isdisjoint(synonym_sets(y)):
        return True
    return bool(frames_of_stem(x) & frames_of_stem(y)) or similarity(x, y) >= _ALIKE
