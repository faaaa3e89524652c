"""A clause as a statement: its parts, how firmly it is made, what kind it is, what limits it.

A sentence is looked through once for its hedges, accusing and judging words; each goes to
the clause it stands in, so that "the alleged thief, who fled, was seen" accuses nobody of
having fled.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from apps.articles.text.spans import Span, merge_spans
from apps.claims.analysis.assertion import Assertion, read_assertion
from apps.claims.analysis.clauses import clause_of
from apps.claims.analysis.predications import (
    Predication,
    build_predication,
    phrase_edges,
    shared_modifiers,
    subject_of,
)
from apps.claims.analysis.syntax import Syntax
from apps.claims.analysis.types import AttributionKind, Polarity, StatementKind, Voice
from apps.claims.analysis.voice import choose_voice, find_allegations, find_hedges, is_planned
from apps.claims.analysis.word_lists import word_set

# A statement is somebody's words when this share of it stands in quotation marks.
_QUOTED = 0.5
_CALLING = frozenset("call describe brand label dub denounce condemn slam hail praise".split())


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """Words of a sentence that change how its statements are meant, by their clause.

    *hedges* are all weakening words in text order; the maps hold token indices by the
    index of the predicate they belong to.
    """

    hedges: tuple[Span, ...]
    hedging: dict[int, list[int]]
    accusing: dict[int, list[int]]
    is_question: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated, how firmly and in what way.

    *qualifiers* are the words that limit it (negations, modals, conditions, hedges), inside
    its own words or elsewhere in the sentence, in text order.
    """

    predication: Predication | None
    polarity: Polarity
    voice: Voice
    kind: StatementKind
    qualifiers: tuple[Span, ...]


def read_words(syntax: Syntax, sentence: Span, first: int, after: int) -> SentenceWords:
    """Return the words of a sentence (tokens *first* to *after*) that limit its statements."""
    text = syntax.text
    hedges = tuple(find_hedges(text, sentence.start, sentence.end))
    hedging: dict[int, list[int]] = {}
    for hedge in hedges:
        tokens = _tokens(syntax, hedge)
        if tokens:
            hedging.setdefault(clause_of(syntax, tokens[0]), []).extend(tokens)
    accusing: dict[int, list[int]] = {}
    for span in find_allegations(text, sentence.start, sentence.end):
        tokens = _tokens(syntax, span)
        if tokens:
            accusing.setdefault(clause_of(syntax, tokens[0]), []).extend(tokens)
    last = after - 1
    while last > first and (syntax.words[last] in "\"”’')" or syntax.pos[last] == "SPACE"):
        last -= 1
    return SentenceWords(hedges, hedging, accusing, syntax.words[last] == "?")


def read_statement(
    syntax: Syntax,
    words: SentenceWords,
    root: int,
    span: Span,
    *,
    kind: AttributionKind,
    cue: Sequence[Span] = (),
    denied: bool = False,
    accused: bool = False,
    quoted: int = 0,
) -> Statement:
    """Return the statement that *span* makes; *root* is the token of its predicate, -1 for none.

    *kind* and *cue* are those of its attribution; *denied* and *accused* say that the cue
    denies or accuses. *quoted* is how many of its characters stand in quotation marks.
    """
    assertion = read_assertion(syntax, root, alleged=words.accusing, is_question=words.is_question)
    # What the parse has already counted is not counted again for the cue.
    if any(_stands_in(syntax, token, cue) for token in assertion.above):
        denied = accused = False
    polarity = assertion.polarity
    if denied:
        polarity = Polarity.NEGATIVE if polarity is Polarity.POSITIVE else Polarity.POSITIVE
    voice = choose_voice(
        assertion.voice,
        kind=kind,
        denied=denied,
        accused=accused,
        planned=root < 0 and is_planned(span.of(syntax.text)),
    )
    return Statement(
        _with_bounds(build_predication(syntax, root), words, syntax.text),
        polarity,
        voice,
        _kind_of(syntax, root, span, assertion, voice, kind, quoted),
        _qualifiers(syntax, words, root, span, assertion),
    )


def _with_bounds(
    predication: Predication | None, words: SentenceWords, text: str
) -> Predication | None:
    """Return the parts with the bound of a number before them: "as many as 600 workers"."""
    if predication is None or not words.hedges:
        return predication
    stretched = [
        _stretched(span, words.hedges, text) for span in (predication.subject, predication.object)
    ]
    return replace(predication, subject=stretched[0], object=stretched[1])


def _stretched(span: Span | None, hedges: Sequence[Span], text: str) -> Span | None:
    if span is None:
        return None
    counted = text[span.start].isdigit()
    for hedge in hedges:
        before = counted and not text[hedge.end : span.start].strip()
        if hedge.start < span.start and (before or hedge.end > span.start):
            return Span(hedge.start, span.end)
    return span


def _kind_of(
    syntax: Syntax,
    root: int,
    span: Span,
    assertion: Assertion,
    voice: Voice,
    kind: AttributionKind,
    quoted: int,
) -> StatementKind:
    if kind is AttributionKind.DIRECT or quoted >= _QUOTED * len(span):
        return StatementKind.QUOTATION
    if assertion.is_urged or _judges(syntax, root):
        return StatementKind.EVALUATION
    if assertion.is_ahead:
        return StatementKind.FORECAST
    return StatementKind.FACT


def _judges(syntax: Syntax, root: int) -> bool:
    """Say whether the predicate itself judges: "was a disgrace", "called it unfair"."""
    if root < 0:
        return False
    judging = word_set("judging_words")
    copula = any(syntax.deps[child] == "cop" for child in syntax.children[root])
    if (copula or syntax.deps[root] == "appos") and syntax.lower[root] in judging:
        return True
    calling = syntax.lemmas[root] in _CALLING
    for child in syntax.children[root]:
        dep = syntax.deps[child]
        if copula and dep in {"amod", "conj"} and syntax.lower[child] in judging:
            return True
        if dep == "xcomp" or (calling and dep in {"obj", "obl", "xcomp"}):
            if syntax.lower[child] in judging or (
                calling
                and any(
                    syntax.lower[place] in judging
                    for place in range(syntax.left[child], min(syntax.right[child] + 1, child + 6))
                )
            ):
                return True
    return False


def _qualifiers(
    syntax: Syntax, words: SentenceWords, root: int, span: Span, assertion: Assertion
) -> tuple[Span, ...]:
    tokens = set(assertion.limits)
    ranges = list(assertion.conditions)
    if root >= 0:
        tokens.update(words.hedging.get(root, ()))
        for first, last in shared_modifiers(syntax, root):
            tokens.update(_hedging_between(words, first, last))
        subject = subject_of(syntax, root)
        if subject >= 0 and not span.start <= syntax.starts[subject] < span.end:
            tokens.update(_hedging_between(words, *phrase_edges(syntax, subject)))
    spans = [Span(syntax.starts[token], syntax.ends[token]) for token in tokens]
    spans += [Span(syntax.starts[first], syntax.ends[last]) for first, last in ranges]
    return tuple(_joined(syntax.text, spans))


def _hedging_between(words: SentenceWords, first: int, last: int) -> list[int]:
    return [
        token for tokens in words.hedging.values() for token in tokens if first <= token <= last
    ]


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return *spans* in order, those with only white space between them as one."""
    joined: list[Span] = []
    for span in merge_spans(spans):
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _stands_in(syntax: Syntax, token: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= syntax.starts[token] < span.end for span in spans)


def _tokens(syntax: Syntax, span: Span) -> list[int]:
    return list(range(bisect_right(syntax.ends, span.start), bisect_left(syntax.starts, span.end)))
