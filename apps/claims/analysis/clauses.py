"""Statements below the sentence: conjuncts, clauses, participles, appositions, "including" parts.

Works on Universal Dependencies. A clause is where the parse says somebody does or is
something; which of its words stand in the claim is decided by the edges of its subtree,
so that every part is one run of the sentence's own words.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from apps.articles.text.spans import Span, trim_span
from apps.claims.analysis.predications import (
    SUBJECTS,
    has_subject,
    is_verbal,
    lower_clause_words,
    phrase_edges,
)
from apps.claims.analysis.syntax import Syntax

_MIN_WORDS = 3
# A part this long is the sentence itself.
_WHOLE = 0.9
# Relative pronouns and marks make a clause no statement by themselves.
_LIMITING_MARKS = frozenset({"if", "unless", "whether", "without", "lest", "provided", "nor"})
_QUOTES = "\"“”‘’'"
_CLOSING = "\"”’')%$"
_PARTICIPLES = frozenset({"VBG", "VBN"})
_RELATIVE = frozenset({"acl:relcl", "advcl:relcl"})
_NAMES = frozenset({"PROPN", "NOUN"})
_COMPLETING = frozenset("than as of from about against on at into to".split())
_LONGEST_CHAIN = 40
# A head of more words is a list that was read as a sentence: looking at all of them for each
# of them would take time that grows with the square of its length.
_MOST_CHILDREN = 40
# "among them two children", "of whom four": who the part is taken from.
_AMONG = frozenset({"among", "amongst"})
_THEM = frozenset({"them", "whom", "these", "those", "which"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that states something.

    *root* is the token of its predicate; of an apposition the noun that is said to hold;
    of an "including" part the predicate it takes part in. *kind* is "predicate", "clause",
    "content", "adverbial", "relative", "participle", "apposition" or "part".
    """

    span: Span
    root: int
    kind: str


def find_clauses(
    syntax: Syntax,
    sentence: Span,
    first: int,
    after: int,
    *,
    cues: AbstractSet[int] = frozenset(),
) -> list[Clause]:
    """Return the parts of a sentence that state something of their own, in text order.

    The sentence is the tokens *first* to *after* (exclusive) and is not among the parts.
    Parts are one run of words, at least three, and shorter than the sentence. *cues* are
    tokens that only say who says it: "…, analysts say" is no second statement.
    """
    found: list[Clause] = []
    opened: set[int] = set()
    for token in range(first, after):
        kind = _kind(syntax, token)
        if not kind:
            continue
        if kind == "predicate" and token in cues:
            continue
        if kind == "predicate":
            head = first_conjunct(syntax, token)
            if head not in opened and first <= head < token:
                opened.add(head)
                last = _end_of_first_conjunct(syntax, head, token)
                head = _matrix_verb(syntax, head, first)
                _add(
                    found, syntax, sentence, syntax.left[head], last, head, _head_kind(syntax, head)
                )
        left = syntax.left[token]
        if kind == "apposition":
            left = phrase_edges(syntax, syntax.heads[token])[0]
        if kind == "relative":
            left = max(left, syntax.heads[token] + 1)
        _add(found, syntax, sentence, left, syntax.right[token], token, kind)
    found.extend(_parts(syntax, sentence, first, after))
    unique: dict[Span, Clause] = {}
    for clause in found:
        words = clause.span.of(syntax.text).count(" ") + 1
        if len(clause.span) < _WHOLE * len(sentence) and words >= _MIN_WORDS:
            unique.setdefault(clause.span, clause)
    return sorted(unique.values(), key=lambda clause: clause.span)


def first_conjunct(syntax: Syntax, token: int) -> int:
    """Return the conjunct all others of a coordination hang on."""
    for _ in range(_LONGEST_CHAIN):
        if not _is_conjunct(syntax, token):
            break
        token = syntax.heads[token]
    return token


def _matrix_verb(syntax: Syntax, token: int, first: int) -> int:
    """Return the verb an infinitive belongs to: "was told" of "was told to leave and walk"."""
    for _ in range(_LONGEST_CHAIN):
        head = syntax.heads[token]
        if syntax.deps[token] != "xcomp" or has_subject(syntax, token) or not first <= head < token:
            break
        token = head
    return token


def _is_conjunct(syntax: Syntax, token: int) -> bool:
    return syntax.heads[token] != token and (
        syntax.deps[token] == "conj" or _follows_semicolon(syntax, token)
    )


def _follows_semicolon(syntax: Syntax, token: int) -> bool:
    """Say whether a second main clause begins here: "…; his condition is stable"."""
    left = syntax.left[token]
    return (
        syntax.deps[token] == "parataxis"
        and syntax.heads[token] < left
        and (syntax.words[left - 1] == ";" or syntax.words[left] == ";")
    )


def _kind(syntax: Syntax, token: int) -> str:
    dep, head = syntax.deps[token], syntax.heads[token]
    if dep == "appos":
        return "apposition" if _asserts(syntax, head, token) else ""
    if dep == "ROOT" or not is_verbal(syntax, token):
        return ""
    if dep == "conj" and _shares_noun(syntax, token, head):
        return "participle"
    if dep == "conj":
        return "predicate" if _is_predicate(syntax, head) else ""
    if dep == "parataxis":
        if not has_subject(syntax, token):
            return ""
        return "predicate" if _follows_semicolon(syntax, token) else "clause"
    if dep in _RELATIVE:
        return "relative" if lower_clause_words(syntax, token) else ""
    tag = syntax.tags[token]
    if dep == "advcl":
        if has_subject(syntax, token) or _has_limiting_mark(syntax, token):
            return "adverbial"
        if tag not in _PARTICIPLES or _is_purpose(syntax, token):
            return ""
        # "Later than planned", "as expected" compare.
        opening = {syntax.lower[child] for child in syntax.children[token] if child < token}
        # "Accused of fixing matches", "barred from entering" complete their verb.
        return "" if opening & _COMPLETING else "adverbial"
    if dep == "acl":
        if has_subject(syntax, token) and not _is_purpose(syntax, token):
            return "content"
        return "participle" if tag in _PARTICIPLES and lower_clause_words(syntax, token) else ""
    if dep in {"ccomp", "csubj", "csubj:pass"}:
        return "content" if has_subject(syntax, token) else ""
    return ""


def _is_predicate(syntax: Syntax, head: int) -> bool:
    if syntax.pos[head] in {"VERB", "AUX"}:
        return is_verbal(syntax, head)
    return any(
        syntax.deps[child] == "cop" or syntax.deps[child] in SUBJECTS
        for child in syntax.children[head][:_MOST_CHILDREN]
    )


def _shares_noun(syntax: Syntax, token: int, head: int) -> bool:
    """Say whether this is a second participle after a noun: "backed by A and opposed by B"."""
    return syntax.tags[token] in _PARTICIPLES and any(
        head < child < token and syntax.deps[child] == "acl" and syntax.tags[child] in _PARTICIPLES
        for child in syntax.children[head][:_MOST_CHILDREN]
    )


def _head_kind(syntax: Syntax, head: int) -> str:
    """Return what the first of several conjuncts is: a reduced clause, or a predicate."""
    kind = _kind(syntax, head)
    return "predicate" if kind in {"", "content"} else kind


def _has_limiting_mark(syntax: Syntax, token: int) -> bool:
    return any(
        syntax.lower[child] in _LIMITING_MARKS and syntax.deps[child] in {"mark", "case"}
        for child in syntax.children[token]
    )


def _is_purpose(syntax: Syntax, token: int) -> bool:
    return any(
        syntax.lower[child] == "to" and syntax.deps[child] == "mark"
        for child in syntax.children[token]
    )


def _asserts(syntax: Syntax, head: int, token: int) -> bool:
    """Say whether "X, the mayor of Y" says that X is the mayor, not that Paris is in Texas."""
    if head >= token or syntax.pos[head] not in _NAMES or syntax.pos[token] not in _NAMES:
        return False
    if syntax.ents[head] == syntax.ents[token] == "LOC":
        return False
    left = syntax.left[token]
    gap = syntax.words[max(head + 1, left - 2) : left + 1]
    if not any(word in {",", "-", "–", "—", "(", ":"} for word in gap):
        return False
    # "The Signal Workers' Union (SWU)", "Ada Lind (D-Torvik)": names and labels say nothing.
    if "(" in gap and (syntax.left[token] == syntax.right[token] or syntax.words[token].isupper()):
        return False
    # A list that the parser read as an apposition: "tables, chairs and lamps".
    return not any(syntax.deps[child] in {"conj", "appos"} for child in syntax.children[token])


def _end_of_first_conjunct(syntax: Syntax, first: int, token: int) -> int:
    """Return the last token of the first conjunct: before the "and" of the next one."""
    later = [
        syntax.left[child]
        for child in syntax.children[first]
        if child > first and _is_conjunct(syntax, child) and is_verbal(syntax, child)
    ]
    end = min(later, default=syntax.left[token]) - 1
    while end > first and (syntax.pos[end] == "PUNCT" or syntax.deps[end] == "cc"):
        end -= 1
    return end


def _add(
    found: list[Clause], syntax: Syntax, sentence: Span, first: int, last: int, root: int, kind: str
) -> None:
    span = span_of(syntax, sentence, first, last)
    if span is not None:
        found.append(Clause(span, root, kind))


def span_of(syntax: Syntax, sentence: Span, first: int, last: int) -> Span | None:
    """Return tokens *first* to *last* without the marks, conjunctions and stops at their ends.

    A mark that limits what is said ("if", "unless", "whether", "nor") stays.
    """
    while first < last and (
        syntax.words[first] == "”"
        or (
            syntax.deps[first] in {"cc", "punct", "mark"}
            and syntax.lower[first] not in _LIMITING_MARKS
            and syntax.words[first] not in _QUOTES
        )
        or (syntax.pos[first] == "PUNCT" and syntax.words[first] not in _QUOTES)
        or syntax.pos[first] == "SPACE"
    ):
        first += 1
    while last > first and (
        (syntax.pos[last] == "PUNCT" and syntax.words[last] not in _CLOSING)
        or syntax.words[last] == "“"
        or syntax.pos[last] == "SPACE"
    ):
        last -= 1
    start = max(syntax.starts[first], sentence.start)
    end = min(syntax.ends[last], sentence.end)
    return trim_span(syntax.text, start, end) if start < end else None


def _parts(syntax: Syntax, sentence: Span, first: int, after: int) -> list[Clause]:
    """Find "including 21 ...", "among them two ...": a part that is counted or named."""
    found: list[Clause] = []
    for token in range(first, after - 1):
        word = syntax.lower[token]
        if word == "including":
            head = syntax.heads[token] if syntax.deps[token] == "case" else -1
            last = syntax.right[head] if head > token else syntax.right[token]
            last = min(last, after - 1)
            inside = range(token + 1, last + 1)
        elif word in _AMONG and syntax.lower[token + 1] in _THEM:
            last = token + 1
            while last + 1 < after and syntax.pos[last + 1] not in {"PUNCT", "VERB", "AUX"}:
                last += 1
            inside = range(token + 2, last + 1)
        else:
            continue
        if any(syntax.pos[place] in {"NUM", "PROPN"} for place in inside):
            _add(found, syntax, sentence, token, last, clause_of(syntax, token), "part")
    return found


def clause_of(syntax: Syntax, token: int) -> int:
    """Return the predicate of the clause *token* stands in, itself if it is one."""
    for _ in range(_LONGEST_CHAIN):
        head = syntax.heads[token]
        if head == token or is_verbal(syntax, token) or syntax.deps[token] in SUBJECTS[2:4]:
            break
        token = head
    return token
