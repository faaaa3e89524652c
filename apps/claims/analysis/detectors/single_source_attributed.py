"""What one outlet alone reports, with its source named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apps.articles.text.types import Role
from apps.claims.analysis.additions import rate_elsewhere
from apps.claims.analysis.amounts import find_amounts
from apps.claims.analysis.matters import closest_pairs
from apps.claims.analysis.number_comparison import told_numbers
from apps.claims.analysis.number_pairs import propose_pairs, tellings
from apps.claims.analysis.phrasing import mark, quote_span
from apps.claims.analysis.quote_comparison import compare_quotes
from apps.claims.analysis.sources import is_source, is_told, plain_source
from apps.claims.analysis.story_index import SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    AttributionKind,
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
from apps.claims.analysis.wording import find_phrase, find_tokens

SLUG = "single_source_attributed"
_LONG = 30
_SAME_MATTER = 0.35
_SAME_NUMBER = 3.0
# Shorter quotations are colour.
_SPEECH = 14
# A speech that shares so many telling words with other outlets bears on the story.
_BEARS_ON = 4
# What passers-by say shares few words with the rest of the story, a statement on it many.
_ON_THE_MATTER = 6
# "told us", "seen by this newspaper", "our reporter hears".
_TO_US = re.compile(
    r"\b(?:told|tells|telling|to|by|from|with) (?:us|me|our \w+|this (?:newspaper|station|paper|reporter|programme))\b"
    r"|\bour (?:reporter|correspondent|camera|programme|newsroom)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\b(?:told|tells|seen by|obtained by|shown to|shared with|interview with)\b")
_BEFORE = frozenset({"had", "been", "was", "were"})


def find(cluster: ClusterDraft, story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield what accuses, counts or is a longer speech on the story, in rows of one outlet."""
    index = index_of(story)
    if len({article.outlet for article in story.articles}) < 2:
        return
    outlet_ids = {claim.article for claim in cluster.claims}
    first = cluster.claims[0]
    if any(not index.same_outlet(first.article, other) for other in outlet_ids):
        return
    for claim in cluster.claims:
        if is_told(claim.attribution) and _matters(index, claim):
            yield _describe(index, claim)
            return


def _matters(index: StoryIndex, claim: ClaimDraft) -> bool:
    """Whether the statement bears on the story: it shares names or matter with others."""
    sentence = index.sentence(claim)
    if sentence is None or index.is_copied(sentence):
        return False
    if not is_source(claim.attribution.source):
        return False
    serious = any(token.stem in word_set("accusing_stems") for token in sentence.tokens)
    new = index.only_in(claim.article, sentence.stems)
    shared = sentence.stems - new
    if claim.attribution.kind is AttributionKind.DIRECT:
        # Speeches on one matter are still two speeches: only the same words count as told.
        return (
            not _quoted_elsewhere(index, sentence)
            and len(claim.text.split()) >= _SPEECH
            and (serious or len(shared) >= _BEARS_ON)
        )
    if _is_nameless(index, sentence):
        return len(shared) >= 2
    if _told_elsewhere(index, sentence) or len(new) * 3 < len(sentence.stems):
        return False
    return len(shared) >= 2 and (
        serious or bool(claim.quantities) or bool(find_amounts(claim.text))
    )


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    """Yield what somebody whom one outlet alone names says at length about the story's matter."""
    index = index_of(story)
    for article_id in sorted(index.articles, key=index.rank.__getitem__):
        for view in index.sentences[article_id]:
            claim = _told(index, view)
            if (
                claim is not None
                and claim.attribution.kind is AttributionKind.DIRECT
                and len(claim.text.split()) >= _SPEECH
                and len(view.stems - index.only_in(article_id, view.stems)) >= _ON_THE_MATTER
                and _is_known_here_alone(index, article_id, _source_of(claim))
                and not index.is_copied(view)
                and not _quoted_elsewhere(index, view)
            ):
                yield _describe(index, claim)


def find_candidates(story: StoryDraft) -> Iterator[Candidate]:
    """Propose what somebody told one outlet alone, sentence by sentence."""
    index = index_of(story)
    if len({article.outlet for article in story.articles}) < 2:
        return
    for article_id in sorted(index.articles, key=index.rank.__getitem__):
        for view in index.sentences[article_id]:
            if view.role is not Role.BODY or index.is_copied(view):
                continue
            claim = _told(index, view)
            if claim is not None and not _quoted_elsewhere(index, view):
                yield Candidate(
                    _describe(index, claim),
                    _features(index, view, claim),
                    doubt="the matter may be of no weight, or told elsewhere in other words",
                )


def _told(index: StoryIndex, view: SentenceView) -> ClaimDraft | None:
    """Return what somebody tells in a sentence, the longest claim; of an unread source the whole."""
    told = [claim for claim in index.claims_in(view) if is_told(claim.attribution)]
    if told:
        return max(told, key=lambda claim: (len(claim.span), claim.id))
    if index.is_attributed(view) or _is_nameless(index, view) or _is_told_to_us(index, view):
        return index.claim_at(view.article, view.span)
    return None


def _features(index: StoryIndex, view: SentenceView, claim: ClaimDraft) -> dict[str, float]:
    new = index.only_in(view.article, view.stems)
    keys = [token.key for token in view.tokens]
    source = _source_of(claim)
    own = _is_known_here_alone(index, view.article, source)
    quoted = sum(
        quote.overlap(view.span) for quote in {q for c in index.claims_in(view) for q in c.quotes}
    )
    return {
        "to_us": float(_is_told_to_us(index, view)),
        "nameless": float(_is_nameless(index, view)),
        "unread": float(not claim.attribution.source),
        "source_known": float(is_source(source)),
        "own_source": float(own),
        "own_speech": float(own and claim.attribution.kind is AttributionKind.DIRECT),
        "body_source": float(_is_body(source)),
        "accuses": float(
            any(t.stem in word_set("accusing_stems") and t.stem in new for t in view.tokens)
            or find_phrase(keys, word_set("colour", "motive")) is not None
        ),
        "figures": float(bool(claim.quantities)),
        "share_new": len(new) / max(1, len(view.stems)),
        "shared_words": min(1.0, len(view.stems - new) / 8.0),
        "has_counterpart": rate_elsewhere(index, view),
        "quoted_share": min(1.0, quoted / max(1, len(view.span))),
        "direct": float(claim.attribution.kind is AttributionKind.DIRECT),
        "of_the_past": float(bool(_BEFORE & set(keys))),
        "from_rewrite": float(bool(index.originals_of(view.article))),
        "in_words": min(1.0, len(keys) / _LONG),
    }


def _source_of(claim: ClaimDraft) -> str:
    return claim.attribution.source_resolved or claim.attribution.source


def _is_known_here_alone(index: StoryIndex, article_id: str, source: str) -> bool:
    """Whether the source has a name that no other article prints."""
    names = {token.stem for token in find_tokens(source) if token.text[:1].isupper()}
    names = {name for name in names if name in index.articles_by_stem}
    return bool(names) and all(index.articles_by_stem[name] == {article_id} for name in names)


def _is_told_to_us(index: StoryIndex, view: SentenceView) -> bool:
    """Whether the outlet says that it was told itself; "come to our country" is a speaker's "us"."""
    text = view.span.of(index.articles[view.article].text)
    for quote in sorted({q for c in index.claims_in(view) for q in c.quotes}):
        begin, end = (max(0, place - view.span.start) for place in (quote.start, quote.end))
        text = text[:begin] + " " * len(text[begin:end]) + text[end:]
    return _TO_US.search(text) is not None or _names_outlet(index, view, text)


def _names_outlet(index: StoryIndex, view: SentenceView, text: str) -> bool:
    """Whether the outlet names itself as the one who was told: "told the Echo"."""
    match = _TOLD.search(text)
    if match is None:
        return False
    outlet = set(re.findall(r"[A-Z]\w+", index.outlet(view.article))) - {"The"}
    return any(word in text[match.end() : match.end() + 40] for word in outlet)


def _is_body(source: str) -> bool:
    words = {word.strip(".,").lower() for word in source.split()}
    return bool(words & word_set("speaking_bodies"))


def _is_nameless(index: StoryIndex, view: SentenceView) -> bool:
    keys = [token.key for token in view.tokens]
    return find_phrase(keys, word_set("nameless_sources")) is not None


def _quoted_elsewhere(index: StoryIndex, sentence: SentenceView) -> bool:
    """Whether another outlet quotes the same words, whole or in part."""
    return any(
        quotation.article == sentence.article and sentence.span.contains(quotation.span)
        for pair in compare_quotes(index)
        if not index.same_outlet(pair.match.a.article, pair.match.b.article)
        for quotation in (pair.match.a, pair.match.b)
    )


def _told_elsewhere(index: StoryIndex, sentence: SentenceView) -> bool:
    """Whether another outlet has a sentence on the same matter, in words or in numbers."""
    for pair in closest_pairs(index):
        if sentence in (pair.a, pair.b) and pair.share >= _SAME_MATTER:
            other = pair.b if sentence is pair.a else pair.a
            if not index.same_outlet(sentence.article, other.article):
                return True
    return any(
        use.claim.article == sentence.article and sentence.span.contains(use.span)
        for pair in propose_pairs(index)
        if pair.match.score >= _SAME_NUMBER
        and not index.same_outlet(pair.a.claim.article, pair.b.claim.article)
        for use in (pair.a, pair.b)
    ) or any(
        not index.same_outlet(sentence.article, other.claim.article)
        for use in told_numbers(index, sentence.article)
        if sentence.span.contains(use.span)
        for other in tellings(index, use)
    )


def _describe(index: StoryIndex, claim: ClaimDraft) -> FindingDraft:
    view = index.sentence(claim)
    nameless = view is not None and _is_nameless(index, view)
    source = plain_source(_source_of(claim))
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=Severity.MEDIUM if nameless else Severity.LOW,
        claims=(claim.id,),
        explanation=(
            f"Only {index.outlet(claim.article)} reports {quote_span(index, claim.article, claim.span)}"
            + (f"; its source is {source}." if source else ", from a source it does not name.")
        ),
        rule="One outlet alone, source named."
        if not nameless
        else "One outlet alone, source not named in full.",
        highlights=(mark(claim.article, claim.span),),
        changes_if="a second, independent report",
        compared=(claim.text,),
    )


DETECTOR = Detector(
    SLUG,
    "Single source",
    "One outlet alone reports this; it says who told it.",
    find,
    find_in_story,
    find_candidates,
)
