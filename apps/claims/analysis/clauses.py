"""Statements below the sentence: coordinated predicates, clauses, "including" parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from apps.articles.text.spans import Span, trim_span
from apps.claims.analysis.doc_text import text_of

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer")
_OBJECTS = ("obj", "obl", "obl:agent", "ccomp", "xcomp", "iobj")
_MIN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that states something. *root* is its predicate's token; *kind*
    is "predicate", "clause", "adverbial", "relative" or "part"."""

    span: Span
    root: Token
    kind: str


def find_root(tokens: Sequence[Token]) -> Token | None:
    """Return the token of *tokens* that the others hang on, None when there is none."""
    inside = {token.i for token in tokens}
    roots = [token for token in tokens if token.head.i not in inside or token.head.i == token.i]
    verbs = [token for token in roots if token.pos_ in {"VERB", "AUX"} or _has_subject(token)]
    return next(iter(verbs or roots), None)


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in token.children)


def predicate_of(root: Token | None) -> str:
    """Return the lemma of a predicate, with its particle; the noun of "was a member"."""
    if root is None:
        return ""
    lemma = root.lemma_.lower()
    particle = next((child.lower_ for child in root.children if child.dep_ == "compound:prt"), "")
    return f"{lemma} {particle}" if particle else lemma


def subject_of(root: Token | None) -> Token | None:
    """Return the head of the subject; a coordinated predicate takes the first one's."""
    while root is not None:
        for child in root.children:
            if child.dep_ in _SUBJECTS:
                return child
        if root.dep_ in {"conj", "xcomp", "advcl"} and root.head.i != root.i:
            root = root.head
            continue
        if root.dep_ == "acl:relcl" or root.dep_ == "acl":
            return root.head
        return None
    return None


def object_of(root: Token | None) -> Token | None:
    if root is None:
        return None
    for dep in _OBJECTS:
        for child in root.children:
            if child.dep_ == dep:
                return child
    return None


def find_clauses(doc: Doc, sentence: Span, tokens: Sequence[Token]) -> list[Clause]:
    """Return the parts of a sentence that state something of their own, in text order.

    The sentence itself is not among them. Parts are contiguous, at least three words,
    and shorter than the sentence.
    """
    inside = {token.i for token in tokens}
    found: list[Clause] = []
    first_conjuncts: set[int] = set()
    for token in tokens:
        kind = _kind(token)
        if not kind:
            continue
        head = token.head
        if kind == "predicate" and head.i in inside:
            first = _first_conjunct(token)
            if first.i not in first_conjuncts:
                first_conjuncts.add(first.i)
                span = _span_of(doc, sentence, first.left_edge.i, _end_before(token, first), inside)
                if span is not None and not any(clause.root.i == first.i for clause in found[-60:]):
                    found.append(Clause(span, first, "predicate"))
        span = _span_of(doc, sentence, token.left_edge.i, token.right_edge.i, inside)
        if span is not None:
            found.append(Clause(span, token, kind))
    found.extend(_parts(doc, sentence, tokens, inside))
    unique: dict[Span, Clause] = {}
    for clause in found:
        if (
            len(clause.span) < 0.9 * len(sentence)
            and clause.span.of(text_of(doc)).count(" ") >= _MIN_WORDS - 1
        ):
            unique.setdefault(clause.span, clause)
    return sorted(unique.values(), key=lambda clause: clause.span)


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def _end_before(token: Token, first: Token) -> int:
    """Return the last token of the first conjunct: before the "and" of the next one."""
    conjuncts = [child for child in first.children if child.dep_ == "conj"]
    start = min(conjunct.left_edge.i for conjunct in conjuncts) if conjuncts else token.left_edge.i
    end = start - 1
    doc = token.doc
    while end > first.i and (doc[end].is_punct or doc[end].dep_ == "cc"):
        end -= 1
    return end


def _kind(token: Token) -> str:
    verbal = token.pos_ in {"VERB", "AUX"} or any(child.dep_ == "cop" for child in token.children)
    if not verbal:
        return ""
    if token.dep_ == "conj" and (token.head.pos_ in {"VERB", "AUX"} or _has_subject(token.head)):
        return "predicate"
    if token.dep_ == "parataxis" and _has_subject(token):
        return "clause"
    if token.dep_ == "advcl" and (_has_subject(token) or token.tag_ == "VBG"):
        return "adverbial"
    if token.dep_ in {"acl:relcl", "advcl:relcl"} and any(
        child.dep_ in {"obj", "obl", "obl:agent", "ccomp", "xcomp", "cop", "nsubj:pass", "aux:pass"}
        for child in token.children
    ):
        return "relative"
    return ""


def _span_of(doc: Doc, sentence: Span, first: int, last: int, inside: set[int]) -> Span | None:
    while (
        first in inside
        and first < last
        and (
            (
                doc[first].dep_ in {"cc", "punct", "mark"}
                and doc[first].lower_ not in {"if", "unless"}
            )
            or (doc[first].is_punct and doc[first].text not in "\"“‘'")
        )
    ):
        first += 1
    while last > first and doc[last].is_punct and doc[last].text not in "\"”’')%$":
        last -= 1
    start = max(doc[first].idx, sentence.start)
    end = min(doc[last].idx + len(doc[last]), sentence.end)
    return trim_span(text_of(doc), start, end) if start < end else None


def _parts(doc: Doc, sentence: Span, tokens: Sequence[Token], inside: set[int]) -> list[Clause]:
    """Find "including 21 ...", "among them two ...": a part with a number of its own."""
    found: list[Clause] = []
    for token in tokens:
        if token.lower_ == "including" and token.i + 1 in inside:
            head = token.head if token.dep_ == "case" and token.head.i > token.i else None
            last = head.right_edge.i if head is not None else token.right_edge.i
            if last <= token.i:
                continue
            if not any(
                t.pos_ in {"NUM", "PROPN"} for t in doc[token.i + 1 : min(last, max(inside)) + 1]
            ):
                continue
            span = _span_of(doc, sentence, token.i, last, inside)
            if span is not None:
                found.append(Clause(span, head or token, "part"))
    return found
