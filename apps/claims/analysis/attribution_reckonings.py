"""Statements by somebody's reckoning: "by the sheriff's count", "by the estimate of its owner".

The phrase is rare in annotated news and says plainly who says what, so it is a rule.
"""

from __future__ import annotations

from apps.claims.analysis.attribution_candidates import trim
from apps.claims.analysis.attribution_readings import CueReading
from apps.claims.analysis.syntax import Syntax

_RECKONINGS = frozenset(
    {"count", "estimate", "reckoning", "tally", "account", "admission", "calculation", "estimation"}
)


def find_reckonings(syntax: Syntax) -> list[CueReading]:
    """Return "by X's count" as cues, in text order, with X and the rest of the clause.

    None without somebody whose count it is ("by most estimates").
    """
    found: list[CueReading] = []
    for place, lemma in enumerate(syntax.lemmas):
        if lemma not in _RECKONINGS or syntax.pos[place] != "NOUN":
            continue
        head = syntax.heads[place]
        below = {syntax.deps[child]: child for child in syntax.children[place]}
        case, whose = below.get("case", -1), below.get("nmod:poss", below.get("nmod", -1))
        if head == place or case < 0 or whose < 0 or syntax.lower[case] != "by":
            continue
        source = trim(syntax, syntax.left[whose], syntax.right[whose])
        pieces = [
            trim(syntax, first, last)
            for first, last in (
                (syntax.left[head], syntax.left[place] - 1),
                (syntax.right[place] + 1, syntax.right[head]),
            )
            if first <= last
        ]
        content = tuple(piece for piece in pieces if piece is not None)
        if source is None or not content or not syntax.deps[place].startswith("obl"):
            continue
        first = source[0]
        while first < source[1] and syntax.deps[first] in {"case", "det:predet"}:
            first += 1
        last = source[1]
        if syntax.lower[last] in {"'s", "’s", "'", "’"}:
            last -= 1
        found.append(
            CueReading(place, content, ((first, last),), 1.0, 1.0, 1.0, ("reckoning",), ("of",))
        )
    return found
