"""What others carry and this article, which covers the same matter, leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.left_out import find_left_out
from apps.claims.analysis.matters import related_sentences
from apps.claims.analysis.phrasing import mark, outlets, quote_span
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    Candidate,
    ClaimDraft,
    ClusterDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_phrase

SLUG = "omission"
_ORIGINS = 2
_ORIGINS_WITHOUT_CAVEAT = 3
_COVERS = 2
_SHORT = 10
# Another's claim that answers the same question this often says the same in other words.
_LIKELY = 0.5


def find(cluster: ClusterDraft, story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield the articles that cover the matter and lack what several origins have."""
    index = index_of(story)
    claims = [
        claim
        for claim in cluster.claims
        if (view := index.sentence(claim)) and view.role is Role.BODY
    ]
    if not claims:
        return
    carriers = list(dict.fromkeys(claim.article for claim in claims))
    origins = {_origin(index, article_id) for article_id in carriers}
    # One outlet's "not yet" is its own wording; a limit that others print too is a caveat.
    limits = {_origin(index, claim.article) for claim in claims if is_caveat(index, claim)}
    caveat = len(limits) >= _ORIGINS
    if len(origins) < (_ORIGINS if caveat else _ORIGINS_WITHOUT_CAVEAT):
        return
    missing = [
        article.id for article in story.articles
        if all(not index.same_outlet(article.id, carrier) for carrier in carriers)
        and _origin(index, article.id) not in origins
        and _covers(index, article.id, claims)
        and not _has_it(index, article.id, claims, caveat=caveat)
    ]  # fmt: skip
    if not missing:
        return
    yield _lacking(index, claims, carriers, missing, len(origins), caveat=caveat)


def _lacking(
    index: StoryIndex,
    claims: list[ClaimDraft],
    carriers: list[str],
    missing: list[str],
    origins: int,
    *,
    caveat: bool,
) -> FindingDraft:
    shown = list({claim.article: claim for claim in reversed(claims)}.values())[::-1][:4]
    one = len(missing) == 1
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE,
        severity=Severity.MEDIUM if caveat else Severity.LOW,
        claims=tuple(claim.id for claim in shown),
        explanation=(
            f"{outlets(index, missing)} {'covers' if one else 'cover'} the matter but {'lacks' if one else 'lack'} "
            f"what {outlets(index, carriers)} {'has' if len(carriers) == 1 else 'have'}: "
            f"{quote_span(index, shown[0].article, shown[0].span)}."
        ),
        rule=f"{origins} independent origins carry it"
        + (", and it limits what is claimed." if caveat else "."),
        highlights=tuple(mark(claim.article, claim.span) for claim in shown),
        missing_in=tuple(missing),
        confidence=0.6,
        changes_if="if the article says it in other words",
        compared=tuple(claim.text for claim in shown[:1]),
    )


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield a challenge or denial that independent outlets tell and another article lacks."""
    yield from _caveats_of_several(index_of(story))


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose every passage a rewrite left out of the text it goes back to."""
    index = index_of(story)
    for passage in find_left_out(index):
        a = index.claim_at(passage.source, passage.span)
        b = index.claim_at(passage.copy, passage.place.span)
        if a is not None and b is not None:
            yield Candidate(
                _dropped(index, a, passage.span, b),
                passage.features,
                doubt="the passage may be of no weight, or said in other words",
            )


def _caveats_of_several(index: StoryIndex) -> Iterator[FindingDraft]:
    """Yield a challenge or denial that independent outlets tell and another article lacks."""
    told: dict[str, dict[str, SentenceView]] = {}
    for article_id in sorted(index.sentences, key=index.rank.__getitem__):
        for view in index.sentences[article_id]:
            for name, stems in _CAVEATS.items():
                if stems <= view.stems:
                    told.setdefault(name, {}).setdefault(article_id, view)
    for carriers in told.values():
        origins = {_origin(index, article_id) for article_id in carriers}
        claims = [
            claim
            for view in carriers.values()
            if (claim := index.claim_at(view.article, view.span))
        ]
        if len(origins) < _ORIGINS or not claims:
            continue
        missing = [
            article_id for article_id in sorted(index.articles, key=index.rank.__getitem__)
            if article_id not in carriers and _origin(index, article_id) not in origins
            and all(not index.same_outlet(article_id, carrier) for carrier in carriers)
            and _covers(index, article_id, claims, least=_COVERS + 1)
            and not _has_it(index, article_id, claims, caveat=True)
        ]  # fmt: skip
        if missing:
            yield _lacking(index, claims, list(carriers), missing, len(origins), caveat=True)


# Stems that together tell of one kind of objection.
_CAVEATS = {
    "court": frozenset({"challeng", "court"}),
    "lawsuit": frozenset({"lawsuit"}),
    "appeal": frozenset({"appeal", "court"}),
    "denial": frozenset({"deni", "alleg"}),
    "evidence": frozenset({"evidenc", "littl"}),
}


def _limits(tokens: tuple[Token, ...]) -> bool:
    """Whether the words limit or deny something: a caveat's phrase, or a short negation."""
    if find_phrase([token.key for token in tokens], word_set("caveats")) is not None:
        return True
    return len(tokens) <= _SHORT and any(
        token.key in {"no", "not", "nobody", "none", "nothing"} for token in tokens
    )


def is_caveat(index: StoryIndex, claim: ClaimDraft) -> bool:
    return _limits(index.tokens(claim))


def _origin(index: StoryIndex, article_id: str) -> str:
    """Return a name for the text an article goes back to: one for all its rewrites."""
    origin = index.story.origin_of(article_id)
    return f"origin {origin}" if origin >= 0 else f"outlet {index.outlet(article_id)}"


def _covers(
    index: StoryIndex, article_id: str, claims: list[ClaimDraft], *, least: int = _COVERS
) -> bool:
    """Whether the article speaks of what the claims are about, in one of its sentences."""
    about = frozenset().union(
        *(sentence.stems for claim in claims if (sentence := index.sentence(claim)) is not None)
    )
    return any(len(about & sentence.stems) >= least for sentence in index.sentences[article_id])


def _has_it(index: StoryIndex, article_id: str, claims: list[ClaimDraft], *, caveat: bool) -> bool:
    """Whether a sentence of the article says it or is on the same matter, though in no common
    row; headline and deck count.

    For a caveat only a sentence that limits too will do.
    """
    views = [view for claim in claims if (view := index.sentence(claim)) is not None]
    near = [
        other
        for pair in related_sentences(index)
        for view, other in ((pair.a, pair.b), (pair.b, pair.a))
        if other.article == article_id and view in views
    ]
    answers = _answers(index)
    for claim in [claim for view in views for claim in index.claims_in(view)]:
        for other in answers.get(claim.id, ()):
            view = index.sentence(index.claims[other])
            if view is not None and view.article == article_id:
                near.append(view)
    return any(not caveat or _limits(view.tokens) for view in near)


def _answers(index: StoryIndex) -> dict[str, list[str]]:
    """Return for each claim those of other articles that likely say the same."""
    known = index.memo.get("likely answers")
    if known is None:
        found: dict[str, list[str]] = {}
        for pair in index.story.counterparts:
            if pair.rate >= _LIKELY and pair.a in index.claims and pair.b in index.claims:
                found.setdefault(pair.a, []).append(pair.b)
                found.setdefault(pair.b, []).append(pair.a)
        known = index.memo["likely answers"] = found
    return cast("dict[str, list[str]]", known)


def _dropped(index: StoryIndex, a: ClaimDraft, span: Span, b: ClaimDraft) -> FindingDraft:
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.COMPATIBLE,
        severity=Severity.MEDIUM,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(b.article)} rewrites {index.outlet(a.article)} and leaves out "
            f"{quote_span(index, a.article, span)}, beside {quote_span(index, b.article, b.span)}."
        ),
        rule="A copied text without a passage that limits what it claims.",
        highlights=(mark(a.article, span),),
        missing_in=(b.article,),
        confidence=0.75,
        changes_if="if the copy says it in other words elsewhere",
        compared=(span.of(index.articles[a.article].text), b.article),
    )


DETECTOR = Detector(
    SLUG,
    "Left out",
    "The article covers the matter and lacks what independent others, or its own source text, carry.",
    find,
    find_in_story,
    find_candidates,
)
