"""Which parts of a sentence are claims, and whom each of them is pinned on.

Two readings of a sentence are brought together: its clauses, as the parser sees them, and
its attributions, as the attribution reader sees them. A clause takes the attribution whose
content it lies in, or that fills it ("the firm warned that profits fell"); the content of
an attribution is a claim of its own where no clause is just that.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from apps.articles.text.spans import Span
from apps.claims.analysis.clauses import Clause, find_clauses, span_of
from apps.claims.analysis.predications import find_root, is_statement
from apps.claims.analysis.syntax import Syntax
from apps.claims.analysis.types import NOBODY, Attribution, AttributionKind

# An attribution is the whole sentence's when its source, cue and content fill this share of it.
_WHOLE = 0.6
# A text without full stops is one sentence of thousands of clauses; nobody compares those.
_MOST_PARTS = 40
_INNER = 0.8
_ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class Part:
    """A claim in the making: its words, its predicate's token (-1 for none), its form (as in
    a claim) and attribution.

    *outer* are the attributions around its own, widest first. *parent* is the place, among
    the parts of the sentence, of the smallest one around it; -1 for the sentence itself.
    """

    span: Span
    root: int
    form: str = "sentence"
    attribution: Attribution = NOBODY
    outer: tuple[Attribution, ...] = ()
    parent: int = -1


def find_parts(syntax: Syntax, sentence: Span, attributions: Sequence[Attribution]) -> list[Part]:
    """Return the sentence as a claim, then its parts in text order, wider ones first.

    *attributions* are those whose content reaches into the sentence.
    """
    first, after = tokens_of(syntax, sentence)
    top = find_root(syntax, first, after)
    whole = _attribution_filling(syntax, sentence, top, attributions)
    top = _statement_root(syntax, top, whole, sentence)
    cues = {
        token
        for attribution in attributions
        for cue in attribution.cue_spans
        if cue.overlaps(sentence)
        for token in range(*tokens_of(syntax, cue))
    }
    clauses = find_clauses(syntax, sentence, first, after, cues=cues)[:_MOST_PARTS]
    found = _clause_parts(syntax, clauses, attributions, cues, top)
    contents = _content_parts(syntax, sentence, attributions, whole, found)
    if whole is NOBODY and top in cues:
        # "Rivals see an opening": the whole sentence is its own cue.
        whole = next((part.attribution for part in contents if part.root == top), whole)
        contents = [part for part in contents if part.attribution is not whole]
    # A content ends where the reader of attributions says, a clause where the parser does.
    found = [
        part for part in found if not any(_nearly_equal(part.span, c.span) for c in contents)
    ] + contents
    found.sort(key=lambda part: (part.span.start, -part.span.end))
    ordered = [Part(sentence, top, attribution=whole), *found[: 2 * _MOST_PARTS]]
    return [
        Part(
            part.span,
            part.root,
            part.form,
            part.attribution,
            _outer_attributions(part, attributions),
            _holder(ordered, place),
        )
        for place, part in enumerate(ordered)
    ]


def _clause_parts(
    syntax: Syntax,
    clauses: Sequence[Clause],
    attributions: Sequence[Attribution],
    cues: AbstractSet[int],
    top: int,
) -> list[Part]:
    found: list[Part] = []
    said: set[int] = {top}
    # Wider clauses first: "the firm warned that profits fell" makes "profits fell" needless.
    for clause in sorted(clauses, key=lambda clause: -len(clause.span)):
        if clause.kind == "content" and clause.root in said:
            continue
        # A headline's predicate that the parser hung on its subject.
        if clause.kind in {"relative", "participle"} and clause.root == top:
            continue
        attribution = _attribution_around(clause.span, attributions)
        if attribution is NOBODY:
            attribution = _attribution_filling(syntax, clause.span, clause.root, attributions)
        root = _statement_root(syntax, clause.root, attribution, clause.span)
        if root in cues and attribution is NOBODY:
            continue
        if clause.kind != "part":
            said.add(root)
        found.append(Part(clause.span, root, clause.kind, attribution))
    return found


def _content_parts(
    syntax: Syntax,
    sentence: Span,
    attributions: Sequence[Attribution],
    whole: Attribution,
    clauses: list[Part],
) -> list[Part]:
    """Return what attributions other than the sentence's own say in it.

    A clause that is just that gets the attribution in place.

    A content that is no statement by itself ("called it *unfair*") is shown with its cue.
    """
    found: list[Part] = []
    for attribution in attributions:
        if attribution is whole:
            continue
        for content in attribution.content_spans:
            if len(found) >= _MOST_PARTS:
                return found
            if not content.overlaps(sentence):
                continue
            piece = Span(max(content.start, sentence.start), min(content.end, sentence.end))
            root = find_root(syntax, *tokens_of(syntax, piece))
            if root >= 0 and is_statement(syntax, root):
                first, after = tokens_of(syntax, piece)
                piece = span_of(syntax, piece, first, after - 1) or piece
            else:
                piece = _with_cue(piece, attribution, sentence)
                root = find_root(syntax, *tokens_of(syntax, piece))
            root = _statement_root(syntax, root, attribution, piece)
            same = next((place for place, part in enumerate(clauses) if part.root == root), -1)
            if same >= 0 and clauses[same].span.contains(piece):
                # The clause is what was said, or says who said it: "who denies wrongdoing".
                clauses[same] = replace(clauses[same], attribution=attribution)
                continue
            if len(piece) < len(sentence) and not any(part.span == piece for part in found):
                found.append(Part(piece, root, "content", attribution))
    return found


def _with_cue(piece: Span, attribution: Attribution, sentence: Span) -> Span:
    """Return *piece* stretched to the cue, if that stands in the same sentence."""
    cues = [cue for cue in attribution.cue_spans if sentence.contains(cue)]
    return Span(
        min([piece.start, *(cue.start for cue in cues)]),
        max([piece.end, *(cue.end for cue in cues)]),
    )


def _holder(parts: Sequence[Part], place: int) -> int:
    """Return the place of the smallest part that holds the one at *place*, -1 for the first."""
    if place == 0:
        return -1
    span = parts[place].span
    holders = [
        other
        for other in range(1, place)
        if parts[other].span.contains(span) and parts[other].span != span
    ]
    return min(holders, key=lambda other: len(parts[other].span)) if holders else 0


def _attribution_filling(
    syntax: Syntax, span: Span, root: int, attributions: Sequence[Attribution]
) -> Attribution:
    """Return the attribution whose source, cue and content fill most of *span*.

    The predicate must be among them: in "shares fell after the firm warned that profits had
    shrunk", however long the warning, that shares fell is nobody's word but the outlet's.
    """
    best, best_share = NOBODY, 0.0
    for attribution in attributions:
        said = (*attribution.source_spans, *attribution.cue_spans)
        covered = sum(part.overlap(span) for part in attribution.content_spans)
        around = sum(part.overlap(span) for part in said)
        share = (covered + around) / len(span)
        if not covered or share < _WHOLE or share <= best_share:
            continue
        if root < 0 or stands_in(syntax, root, (*attribution.content_spans, *said)):
            best, best_share = attribution, share
    return best


def _attribution_around(span: Span, attributions: Sequence[Attribution]) -> Attribution:
    """Return the innermost attribution whose content holds most of *span*."""
    holding = [
        attribution
        for attribution in attributions
        if sum(part.overlap(span) for part in attribution.content_spans) >= _INNER * len(span)
    ]
    return min(holding, key=lambda a: sum(len(part) for part in a.content_spans), default=NOBODY)


def _outer_attributions(part: Part, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return the attributions whose content holds the part's own source or cue, widest first."""
    own = part.attribution
    said = (*own.source_spans, *own.cue_spans)
    holding = [
        other
        for other in attributions
        if other is not own
        and any(content.contains(words) for content in other.content_spans for words in said)
        and any(content.overlaps(part.span) for content in other.content_spans)
    ]
    return tuple(
        sorted(holding, key=lambda other: -sum(len(words) for words in other.content_spans))
    )


def _statement_root(syntax: Syntax, root: int, attribution: Attribution, span: Span) -> int:
    """Return the predicate of what is said, not of the saying: "deport" for "261 were
    deported, officials said"."""
    if root < 0 or attribution.kind is AttributionKind.NONE:
        return root
    if not stands_in(syntax, root, attribution.cue_spans):
        return root
    for content in attribution.content_spans:
        if content.overlaps(span):
            piece = Span(max(content.start, span.start), min(content.end, span.end))
            inner = find_root(syntax, *tokens_of(syntax, piece))
            # "Refused to sign", "backed the plan": what was done is the refusing and backing.
            if inner >= 0 and is_statement(syntax, inner):
                return inner
    return root


def stands_in(syntax: Syntax, token: int, spans: Sequence[Span]) -> bool:
    """Say whether *token* is among the words of *spans*."""
    return any(
        span.start < syntax.ends[token] and syntax.starts[token] < span.end for span in spans
    )


def tokens_of(syntax: Syntax, span: Span) -> tuple[int, int]:
    """Return the first token of *span* and the one after its last."""
    return bisect_right(syntax.ends, span.start), bisect_left(syntax.starts, span.end)


def _nearly_equal(a: Span, b: Span) -> bool:
    return a.overlap(b) >= _ALIKE * max(len(a), len(b))
