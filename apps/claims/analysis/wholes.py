"""What an article tells of all or of none of something, and where it names one of them.

"All four lifts were working" beside "the second lift, which hung between two floors": the
words need not exclude each other, but a person should look at both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.background import past_year_of
from apps.claims.analysis.clashes import exclude_each_other
from apps.claims.analysis.stems import stem as root
from apps.claims.analysis.story_index import SentenceView, StoryIndex
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token

_ALL = frozenset({"all", "every", "each", "both"})
_NONE = frozenset({"no", "none", "never", "not"})
_ONE = frozenset({"single"})
_MORE = frozenset({"more", "longer", "further", "other", "others", "less", "fewer", "new"})
# Plans, duties and conditions tell nothing of what is.
_OPEN = frozenset(
    "if unless whether should must would could can may might will shall until for".split()
)
_PART = frozenset(
    "first second third fourth fifth sixth last another some several one two three four five six seven eight nine "
    "ten half most".split()
)
# Measures and stretches of time are counted everywhere.
_UNITS = frozenset(
    root(word)
    for word in "percent cent euro dollar pound crown year month week day night evening morning hour minute time way "
    "case metre meter mile kilometre kilometer foot inch ton tonne degree".split()
)
# Words from "all" to the thing, and from "never" or "not" to it, past its verb.
_NEAR, _FAR = 4, 8
_BEFORE = 4
_MANY = 13


@dataclass(frozen=True, slots=True)
class Whole:
    """Words that tell of *all* of a thing, or of none; *told* are the words about it."""

    all: bool
    span: Span
    thing: Token
    told: tuple[Token, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Instance:
    """A sentence on all or none of something, and one that names an instance: *x* and *y*."""

    whole: SentenceView
    one: SentenceView
    x: Span
    y: Span
    all: bool


def find_instances(index: StoryIndex, article_id: str) -> Iterator[Instance]:
    """Yield what is told of all or none of a thing with each sentence that names one of them.

    Only the outlet's own words and what it reports in its own words count, of one time.
    """
    views = [
        view for view in index.sentences[article_id]
        if view.role is Role.BODY and not _is_asked(index, view)
    ]  # fmt: skip
    for view in views:
        wholes = list(_wholes(view))
        if not wholes or past_year_of(index, view) or _is_speech(index, view):
            continue
        for whole in wholes:
            for other in views:
                if other is view or past_year_of(index, other):
                    continue
                span = _instance(whole, other)
                if span is not None:
                    yield Instance(view, other, whole.span, span, whole.all)
                    break


def _wholes(view: SentenceView) -> Iterator[Whole]:
    tokens = view.tokens
    if tokens and tokens[0].pos == "VERB":
        return  # "Publish every contract": a demand.
    for at, token in enumerate(tokens):
        every = token.key in _ALL
        after = tokens[at + 1 : at + 1 + (_NEAR if every or token.key in {"no", "none"} else _FAR)]
        if not every and (token.key not in _NONE or (after and after[0].key in _MORE)):
            continue
        if token.key == "not" and not any(
            word.key == "single" or (word is after[0] and word.key == "one") for word in after
        ):
            continue
        near = {word.key for word in tokens[max(0, at - _BEFORE) : at + _FAR]}
        thing = _thing(after)
        if thing is None or near & _OPEN:
            continue
        told = tuple(
            word for word in tokens[at + 1 :]
            if word.content and word is not thing and not word.name and word.key not in _PART
        )  # fmt: skip
        count = next((int(w.key) for w in after if w.key.isdigit()), 0)
        yield Whole(every, Span(token.start, thing.end), thing, told, count)


def _thing(after: tuple[Token, ...]) -> Token | None:
    """Return the counted thing: the first plain noun, no measure, not behind a preposition."""
    for at, word in enumerate(after):
        if word.pos == "ADP" and (at or word.key != "of"):
            return None
        if word.key in _PART or word.key in _ONE or word.pos not in {"NOUN", ""}:
            continue
        if word.key.isalpha() and word.content and not word.name:
            # "Council members": the last noun of a row is the thing.
            if at + 1 < len(after) and after[at + 1].pos == "NOUN":
                continue
            known = _stem(word) in _UNITS or word.key in word_set("calendar_words")
            return None if known else word
    return None


def _instance(whole: Whole, view: SentenceView) -> Span | None:
    """Return the words of *view* that name one or some of what *whole* tells of."""
    thing = _stem(whole.thing)
    for at, word in enumerate(view.tokens):
        if _stem(word) != thing or word.name or not word.content:
            continue
        before = view.tokens[max(0, at - _BEFORE) : at]
        if any(b.key in _ALL or b.key in _NONE for b in before):
            continue
        counts = [int(b.key) for b in before if b.key.isdigit()]
        # "162 passengers" are all of them, "two passengers" some.
        if any(count >= (whole.count or _MANY) for count in counts):
            continue
        part = bool(counts) or any(b.key in _PART for b in before)
        against = any(exclude_each_other(x, y) for x in whole.told for y in before[-2:])
        if part or (whole.all and against):
            return Span(before[0].start, word.end)
    return None


def _is_speech(index: StoryIndex, view: SentenceView) -> bool:
    quotes = {quote for claim in index.claims_in(view) for quote in claim.quotes}
    return 2 * sum(quote.overlap(view.span) for quote in quotes) > len(view.span)


def _is_asked(index: StoryIndex, view: SentenceView) -> bool:
    return view.span.of(index.articles[view.article].text).rstrip("”\"’' ").endswith("?")


def _stem(token: Token) -> str:
    return root(token.lemma or token.key)
