"""What one outlet alone prints, without naming a source."""

from __future__ import annotations

from collections.abc import Iterator

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.opposites import find_negation
from apps.claims.analysis.phrasing import mark, quote_span, quoted
from apps.claims.analysis.rewording import Addition, additions, share_of_shorter
from apps.claims.analysis.sources import is_told
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    ClaimDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_phrase, words_span

SLUG = "unsupported_addition"
_COPIED = 0.45
_SHORT = 10
_OPINIONS = frozenset(
    {"we think", "i think", "we believe", "i believe", "in our view", "in my view"}
)


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    if len({article.outlet for article in story.articles}) < 2:
        return
    seen: set[tuple[str, int]] = set()
    for pair in index.copies:
        if index.same_outlet(pair.a.article, pair.b.article) or share_of_shorter(pair) < _COPIED:
            continue
        for addition in additions(index, pair):
            if _opens_quotation(index, addition) or _names_source(
                index, addition.sentence, addition.span
            ):
                continue
            seen.add((addition.article, addition.sentence.index))
            original = index.claim_at(pair.a.article, pair.a.span)
            claim = index.claim_at(addition.article, addition.span)
            if claim is not None and original is not None:
                yield _added(index, original, claim, addition.span, addition.tokens)
    for article_id, sentences in index.sentences.items():
        for sentence in sentences:
            if (article_id, sentence.index) not in seen:
                scenes = list(_scene(index, sentence))
                yield from scenes or _alone(index, sentence)


def _opens_quotation(index: StoryIndex, addition: Addition) -> bool:
    """Whether the added words are somebody's speech, or lead up to it."""
    words = addition.span.of(index.articles[addition.article].text)
    return any(sign in words for sign in '“”"‘') or _is_quoted(
        index, addition.article, addition.span
    )


def _scene(index: StoryIndex, sentence: SentenceView) -> Iterator[FindingDraft]:
    """Yield how somebody looked or sounded, in a rewrite whose source does not tell it."""
    if not index.originals_of(sentence.article):
        return
    place = find_phrase([token.key for token in sentence.tokens], word_set("demeanour"))
    if place is None:
        return
    words = sentence.tokens[place[0] : place[1]]
    stems = frozenset(token.stem for token in words if token.content)
    span = words_span(words)
    claim = index.claim_at(sentence.article, span)
    if (
        claim is None
        or _is_quoted(index, sentence.article, span)
        or not index.only_in(sentence.article, stems)
    ):
        return
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=Severity.MEDIUM,
        claims=(claim.id,),
        explanation=(
            f"{index.outlet(sentence.article)} adds {quote_span(index, sentence.article, span)}, how somebody looked or "
            "sounded; it rewrites another outlet's report, which does not tell it."
        ),
        rule=f"A rewrite was not there: “{' '.join(token.text for token in words)}” stands in it alone.",
        highlights=(mark(sentence.article, span),),
        confidence=0.65,
        changes_if="a reporter of the outlet on the spot, or another outlet with the same scene",
        compared=(claim.text, "scene"),
    )


def _alone(index: StoryIndex, sentence: SentenceView) -> Iterator[FindingDraft]:
    """Yield a sentence that only this article has, if it accuses or judges."""
    if (
        index.is_copied(sentence)
        or index.is_attributed(sentence)
        or len(sentence.tokens) < 5
        or _is_heading(sentence)
    ):
        return
    # "Nobody was charged" accuses nobody; "we think" is an opinion that says whose it is.
    if find_negation(sentence.tokens) is not None and len(sentence.tokens) <= _SHORT:
        return
    if find_phrase([token.key for token in sentence.tokens], _OPINIONS) is not None:
        return
    serious = [token for token in sentence.tokens if token.stem in word_set("accusing_stems")]
    judging = [token for token in sentence.tokens if token.stem in word_set("judging_stems")]
    heading = sentence.role in (Role.HEADLINE, Role.DECK)
    rewrite = not heading and bool(index.originals_of(sentence.article))
    if not serious and (heading or not (judging or rewrite)):
        return
    new = index.only_in(sentence.article, sentence.stems)
    if len(new) * 2 < len(sentence.stems) or _is_quoted(index, sentence.article, sentence.span):
        return
    if serious and not any(token.stem in new for token in serious):
        return
    claim = index.claim_at(sentence.article, sentence.span)
    if claim is None or not _is_alone(index, claim):
        return
    severity = Severity.MEDIUM if serious else Severity.LOW
    kind = "an accusation" if serious else "a judgement" if judging else "a statement"
    yield FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=severity,
        claims=(claim.id,),
        explanation=(
            f"Only {index.outlet(sentence.article)} says {quote_span(index, sentence.article, sentence.span)}, "
            "and it names no source."
        ),
        rule=(
            f"{kind.capitalize()} found in one outlet: {len(new)} of {len(sentence.stems)} telling words "
            "stand in no other article; nobody is named as its source."
        ),
        highlights=(mark(sentence.article, sentence.span),),
        confidence=0.6,
        changes_if="a source in the article, or another outlet with the same report",
        compared=(claim.text,),
    )


def _is_heading(sentence: SentenceView) -> bool:
    """Whether most words have capitals: a heading says nothing that could need a source."""
    content = [token for token in sentence.tokens if token.content]
    return sum(token.text[:1].isupper() for token in content) > 0.6 * len(content)


def _is_alone(index: StoryIndex, claim: ClaimDraft) -> bool:
    cluster = index.cluster_of.get(claim.id)
    return cluster is None or all(
        index.same_outlet(other.article, claim.article) for other in cluster.claims
    )


def _is_quoted(index: StoryIndex, article_id: str, span: Span) -> bool:
    return any(
        quote.overlap(span) * 2 > len(span)
        for claim in index.claims_of[article_id]
        for quote in claim.quotes
        if claim.span.overlaps(span)
    )


def _names_source(index: StoryIndex, sentence: SentenceView, span: Span) -> bool:
    """Whether the added words name a person or body as their own source."""
    for claim in index.claims_in(sentence):
        attribution = claim.attribution
        inside = is_told(attribution) and any(
            source.overlaps(span) for source in attribution.source_spans
        )
        if inside and any(word[:1].isupper() for word in attribution.source.split()):
            return True
    return False


def _added(
    index: StoryIndex,
    original: ClaimDraft,
    claim: ClaimDraft,
    span: Span,
    tokens: tuple[Token, ...],
) -> FindingDraft:
    serious = any(token.stem in word_set("accusing_stems") for token in tokens)
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=Severity.HIGH if serious else Severity.MEDIUM,
        claims=(original.id, claim.id),
        explanation=(
            f"{index.outlet(claim.article)} adds {quote_span(index, claim.article, span)} to a sentence that "
            f"{index.outlet(original.article)} prints as {quoted(original.text)}; no other outlet has it and no "
            "source is named."
        ),
        rule=f"Otherwise the sentences agree; these {len(tokens)} words stand in one outlet alone.",
        highlights=(mark(claim.article, span),),
        confidence=0.75,
        changes_if="a source in the article, or another outlet with the same report",
        compared=(original.text, claim.text),
    )


DETECTOR = Detector(
    SLUG,
    "Unsupported addition",
    "One outlet alone prints this and names no source for it.",
    find_in_story=find_in_story,
)
