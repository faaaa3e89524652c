"""The words between quotation marks are not the same words."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.phrasing import count_of, mark, outlets, quote_span, verb
from apps.claims.analysis.quote_comparison import by_reading, telling_pairs
from apps.claims.analysis.quotes import Quotation, QuoteMatch, QuoteRelation
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import Detector, FindingDraft, Outcome, Severity, StoryDraft
from apps.claims.analysis.wording import Token

SLUG = "quote_altered"


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    altered = [
        pair for pair in telling_pairs(index) if pair.match.relation is QuoteRelation.ALTERED
    ]
    for pairs in by_reading(altered):
        yield _describe(index, [pair.match for pair in pairs])


def _describe(index: StoryIndex, matches: list[QuoteMatch]) -> FindingDraft:
    match, others = matches[0], [other.b for other in matches]
    a, b = match.a, match.b
    shared = len(a.tokens) + len(b.tokens) - len(match.missing) - len(match.added)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.CONFLICT,
        severity=Severity.HIGH,
        claims=(a.claim.id, *dict.fromkeys(other.claim.id for other in others)),
        explanation=(
            f"{index.outlet(a.article)} quotes {quote_span(index, a.article, a.span)}, "
            f"{outlets(index, [other.article for other in others])} "
            f"{quote_span(index, b.article, b.span)}: {_change(match)}."
        ),
        rule=(
            "Words between quotation marks must be the same, apart from typography: "
            f"{_whose_words(index, matches)}."
        ),
        highlights=(
            *(mark(a.article, token.span) for token in match.missing),
            *(mark(other.b.article, token.span) for other in matches for token in other.added),
        )
        or (mark(a.article, a.span), *(mark(other.article, other.span) for other in others)),
        confidence=round(min(0.95, 0.5 + 0.5 * shared / (len(a.tokens) + len(b.tokens))), 2),
        changes_if="a recording or transcript, or two separate statements with a common phrase",
        compared=(
            a.span.of(index.articles[a.article].text),
            b.span.of(index.articles[b.article].text),
        ),
    )


def _whose_words(index: StoryIndex, matches: list[QuoteMatch]) -> str:
    """Return which side has how many words that the other has not."""
    match, theirs = matches[0], [other.b.article for other in matches]
    first, second = index.outlet(match.a.article), outlets(index, theirs)
    missing, added = len(match.missing), len(match.added)
    if missing and added:
        stands = "stands" if missing == 1 else "stand"
        return f"{count_of(missing, 'word')} {stands} only in {first}, {added} only in {second}"
    if missing:
        lacks = verb(theirs, "lacks", "lack")
        return f"{second} {lacks} {count_of(missing, 'word')} that {first} prints"
    if added:
        adds = verb(theirs, "adds", "add")
        return f"{second} {adds} {count_of(added, 'word')} that {first} does not print"
    return "they stand in another order"


def _change(match: QuoteMatch) -> str:
    missing, added = _words(match.a, match.missing), _words(match.b, match.added)
    if missing and added:
        return f"“{missing}” against “{added}”"
    if not missing and not added:
        return "the same words in another order"
    return f"“{missing}” is gone" if missing else f"“{added}” is new"


def _words(quotation: Quotation, tokens: tuple[Token, ...]) -> str:
    """Return the words that differ, with an ellipsis where others stand between them."""
    places = {token.start: at for at, token in enumerate(quotation.tokens)}
    shown: list[str] = []
    for before, token in zip((None, *tokens), tokens, strict=False):
        if before is not None and places[token.start] != places[before.start] + 1:
            shown.append("…")
        shown.append(token.text)
    return " ".join(shown) if len(shown) <= 9 else " ".join([*shown[:4], "…", *shown[-3:]])


DETECTOR = Detector(
    SLUG,
    "Quotation altered",
    "The same speech is printed in quotation marks with different words.",
    find_in_story=find_in_story,
)
