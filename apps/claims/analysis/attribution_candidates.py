"""What attribution candidates are made of: stretches of words, cues, clauses and subjects.

Candidates are lists of token ranges, both ends included.
"""

from __future__ import annotations

from apps.claims.analysis.syntax import Syntax

Ranges = tuple[tuple[int, int], ...]

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})


def trim(syntax: Syntax, first: int, last: int) -> tuple[int, int] | None:
    """Return the range without marks and white space at its edges; None if nothing is left.

    Quotation marks stay when their partner does not fall outside.
    """
    loose = syntax.first_loose
    while first <= last and loose[first]:
        first += 1
    loose = syntax.last_loose
    while last > first and loose[last]:
        last -= 1
    return (first, last) if first <= last else None


def cue_start(syntax: Syntax, cue: int) -> int:
    """Return the first token of the cue with its auxiliaries and adverbs: "has also said"."""
    start = cue
    for child in reversed(syntax.children[cue]):
        if (
            child < cue
            and syntax.deps[child] in {"aux", "aux:pass", "cop", "advmod", "neg"}
            and child >= start - 3
        ):
            start = min(start, child)
    return start


def own_subject(syntax: Syntax, cue: int) -> int:
    for child in syntax.children[cue]:
        if syntax.deps[child] in SUBJECTS:
            return child
    return -1


def clause_range(syntax: Syntax, cue: int) -> tuple[int, int]:
    """Return the tokens of "he said", "according to the police": cue with subject and aux."""
    first = cue_start(syntax, cue)
    last = cue
    subject = own_subject(syntax, cue)
    if subject >= 0:
        first = min(first, syntax.left[subject])
        if subject > cue:
            last = max(last, syntax.right[subject])
    return first, last
