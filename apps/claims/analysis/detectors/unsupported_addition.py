"""What one outlet alone prints, without naming a source."""

from __future__ import annotations

from collections.abc import Iterator

from apps.claims.analysis.additions import Added, find_added
from apps.claims.analysis.phrasing import mark, quote_span, quoted
from apps.claims.analysis.story_index import StoryIndex, index_of
from apps.claims.analysis.types import (
    Candidate,
    ClaimDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set

SLUG = "unsupported_addition"
# One such word may be used of the weather; several are charges.
_CHARGE_SHEET = 3
_DOUBT = "it may be the outlet's own reporting, or a matter of course"


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose what one outlet adds to a copied sentence, to its source or to the story."""
    index = index_of(story)
    if len({article.outlet for article in story.articles}) < 2:
        return
    for added in find_added(index):
        claim = index.claim_at(added.sentence.article, added.span)
        if claim is None:
            continue
        finding = _put_in(index, added, claim) if added.original else _alone(index, added, claim)
        if finding is not None:
            yield Candidate(
                finding,
                added.features,
                same_as=f"{added.sentence.article} {added.sentence.index}",
                doubt=_DOUBT,
            )


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield sentences of one outlet that accuse of several things and name no source."""
    index = index_of(story)
    if len({article.outlet for article in story.articles}) < 2:
        return
    for added in find_added(index):
        article_id = added.sentence.article
        stems = {token.stem for token in added.tokens} & word_set("accusing_stems")
        claim = index.claim_at(article_id, added.span)
        new = index.only_in(article_id, frozenset(stems))
        if added.original is None and claim is not None and len(new) >= _CHARGE_SHEET:
            yield _alone(index, added, claim)


def _put_in(index: StoryIndex, added: Added, claim: ClaimDraft) -> FindingDraft | None:
    if added.original is None:
        return None
    original = index.claim_at(added.original.article, added.original.span)
    if original is None:
        return None
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=_severity(added),
        claims=(original.id, claim.id),
        explanation=(
            f"{index.outlet(claim.article)} adds {quote_span(index, claim.article, added.span)} to a sentence that "
            f"{index.outlet(original.article)} prints as {quoted(original.text)}; no other outlet has it and no "
            "source is named."
        ),
        rule=(
            f"Otherwise the sentences agree; {'this one word stands' if len(added.tokens) == 1 else f'these {len(added.tokens)} words stand'} "
            "in one outlet alone."
        ),
        highlights=(mark(claim.article, added.span),),
        changes_if="a source in the article, or another outlet with the same report",
        compared=(original.text, claim.text),
    )


def _alone(index: StoryIndex, added: Added, claim: ClaimDraft) -> FindingDraft:
    article_id, span = added.sentence.article, added.span
    new = index.only_in(article_id, added.sentence.stems)
    where = (
        "it rewrites another outlet's report, which does not have it, and names no source"
        if added.features["rewrite"]
        else "and it names no source"
    )
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=_severity(added),
        claims=(claim.id,),
        explanation=f"Only {index.outlet(article_id)} says {quote_span(index, article_id, span)}; {where}."
        if added.features["rewrite"]
        else f"Only {index.outlet(article_id)} says {quote_span(index, article_id, span)}, {where}.",
        rule=(
            f"{_kind(added)} found in one outlet: {_how_much(len(new), len(added.sentence.stems))} "
            "in no other article; nobody is named as its source."
        ),
        highlights=(mark(article_id, span),),
        changes_if="a source in the article, or another outlet with the same report",
        compared=(claim.text,),
    )


def _how_much(new: int, of: int) -> str:
    """Return "2 of 3 telling words stand", "all 3 telling words stand"."""
    if new == of:
        return "its one telling word stands" if of == 1 else f"all {of} telling words stand"
    return f"{new} of {of} telling words {'stands' if new == 1 else 'stand'}"


def _kind(added: Added) -> str:
    if _accuses(added):
        return "An accusation"
    if added.features["judging"] or added.features["is_figure"]:
        return "A judgement"
    return "A statement"


def _accuses(added: Added) -> bool:
    return bool(added.features["serious"] or added.features["is_motive"])


def _severity(added: Added) -> Severity:
    """Accusations weigh most; what only comments weighs least."""
    if _accuses(added):
        return Severity.HIGH
    if added.original is None and not added.features["has_name"]:
        return Severity.LOW
    return Severity.MEDIUM


DETECTOR = Detector(
    SLUG,
    "Unsupported addition",
    "One outlet alone prints this and names no source for it.",
    find_in_story=find_in_story,
    find_candidates=find_candidates,
)
