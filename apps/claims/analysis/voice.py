"""How firmly a statement is made: stated, planned, alleged, denied, conditional; its hedges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Token

from apps.articles.text.spans import Span
from apps.claims.analysis.lexicon import read_rows, read_words
from apps.claims.analysis.types import AttributionKind, Polarity, Voice

_NEGATORS = frozenset(
    {
        "not",
        "n't",
        "n’t",
        "no",
        "never",
        "neither",
        "nor",
        "none",
        "nobody",
        "nothing",
        "without",
        "cannot",
        "nowhere",
    }
)


@cache
def _hedges() -> re.Pattern[str]:
    forms = sorted((row[0] for row in read_rows("hedges")), key=lambda form: (-len(form), form))
    joined = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    forms = sorted(
        ("|".join(row[1:]) for row in read_rows("voice_cues") if row[0] == kind),
        key=lambda form: (-len(form), form),
    )
    joined = "|".join(form.replace(" ", r"\s+") for form in forms)
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


def find_hedges(text: str, start: int, end: int) -> list[Span]:
    """Return the words of ``text[start:end]`` that weaken it, as offsets of *text*."""
    window = text[start:end]
    spans = [
        Span(start + match.start(), start + match.end()) for match in _hedges().finditer(window)
    ]
    # The month and the verb: "in May", "may rise".
    return [
        span
        for span in spans
        if span.of(text) != "May" or (span.start == start and not _month_follows(text, span.end))
    ]


def _month_follows(text: str, place: int) -> bool:
    return bool(re.match(r"\s\d", text[place : place + 3]))


_ENDINGS = (
    ("ied", "y"),
    ("ies", "y"),
    ("ing", ""),
    ("ed", ""),
    ("s", ""),
    ("es", ""),
    ("ed", "e"),
    ("ing", "e"),
    ("d", ""),
)


def has_cue(cue: str, name: str) -> bool:
    """Return whether a word of *cue*, in any form, is in word list *name*."""
    words = read_words(name)
    for word in cue.lower().split():
        if word in words:
            return True
        for ending, put in _ENDINGS:
            if word.endswith(ending) and word[: -len(ending)] + put in words:
                return True
    return False


def find_polarity(tokens: Sequence[Token], root: Token | None) -> Polarity:
    """Return negative when the statement's own predicate is negated.

    A negator counts when it hangs on the root, its auxiliary or its subject ("no door
    was locked"), not deep inside a modifier ("a man with no licence was held").
    """
    if root is None:
        return Polarity.POSITIVE
    inside = {token.i for token in tokens}
    flips = 0
    for child in root.children:
        if child.i not in inside:
            continue
        if child.lower_ in _NEGATORS and child.dep_ in {
            "advmod",
            "neg",
            "det",
            "aux",
            "cc",
            "cc:preconj",
            "discourse",
        }:
            flips += 1
        elif child.dep_ in {"nsubj", "nsubj:pass", "obj", "obl"} and child.lower_ in _NEGATORS:
            flips += 1
        elif child.dep_ in {"nsubj", "nsubj:pass", "obj"} and any(
            grand.lower_ in {"no", "neither"} and grand.dep_ in {"det", "advmod", "cc:preconj"}
            for grand in child.children
        ):
            flips += 1
    if root.lemma_.lower() in read_words("negative_verbs") and any(
        child.dep_ == "xcomp" for child in root.children
    ):
        flips += 1
    return Polarity.NEGATIVE if flips % 2 else Polarity.POSITIVE


def find_voice(
    text: str,
    span: Span,
    root: Token | None,
    *,
    kind: AttributionKind,
    denied: bool = False,
    accused: bool = False,
) -> Voice:
    """Return the voice of the words in *span*: the first that fits of denied, alleged,
    attributed (words quoted as said), conditional, planned, attributed, stated.

    *kind* is that of the claim's attribution; *denied* and *accused* say that its cue
    denies or accuses.
    """
    if denied:
        return Voice.DENIED
    words = span.of(text)
    if accused or _phrases("alleged").search(words):
        return Voice.ALLEGED
    if kind is AttributionKind.DIRECT:
        return Voice.ATTRIBUTED
    if root is not None and _is_conditional(root):
        return Voice.CONDITIONAL
    if _is_planned(words, root):
        return Voice.PLANNED
    return Voice.STATED if kind is AttributionKind.NONE else Voice.ATTRIBUTED


def _is_conditional(root: Token) -> bool:
    for child in root.children:
        if child.dep_ == "advcl" and any(
            grand.dep_ == "mark" and grand.lower_ in {"if", "unless"} for grand in child.children
        ):
            return True
    return False


def _is_planned(words: str, root: Token | None) -> bool:
    if root is None:
        return bool(_phrases("planned").search(words))
    auxiliaries = {child.lower_ for child in root.children if child.dep_ in {"aux", "aux:pass"}}
    if auxiliaries & {"will", "'ll", "’ll", "shall"}:
        return True
    lemma = root.lemma_.lower()
    below = [child for child in root.children if child.dep_ in {"xcomp", "ccomp", "advcl"}]
    if lemma in read_words("plan_verbs") and any(
        any(grand.lower_ == "to" and grand.dep_ == "mark" for grand in child.children)
        for child in below
    ):
        return not auxiliaries & {"had"}
    if lemma in read_words("plan_adjectives") and any(
        child.dep_ in {"cop", "aux:pass"} for child in root.children
    ):
        return bool(below) or bool(_phrases("planned").search(words))
    if root.dep_ in {"xcomp", "ccomp"} and any(
        child.lower_ == "to" and child.dep_ == "mark" for child in root.children
    ):
        head = root.head.lemma_.lower()
        return head in read_words("plan_verbs") or head in read_words("plan_adjectives")
    match = _phrases("planned").search(words)
    return match is not None and match.start() < 0.6 * len(words) and root.tag_ not in {"VBD"}
