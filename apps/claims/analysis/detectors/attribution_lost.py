"""Alleged or attributed in one outlet, plain fact in the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import cast

from apps.articles.text.spans import Span
from apps.claims.analysis.matters import RelatedPair, closest_pairs
from apps.claims.analysis.phrasing import clause_span, mark, quote_span, quoted
from apps.claims.analysis.rewording import (
    attribution_in,
    is_source_edit,
    share_of_shorter,
    source_words,
)
from apps.claims.analysis.story_index import CopyPair, SentenceView, StoryIndex, index_of
from apps.claims.analysis.types import (
    AttributionKind,
    ClaimDraft,
    Detector,
    FindingDraft,
    Outcome,
    Severity,
    StoryDraft,
    Voice,
)
from apps.claims.analysis.uncertainty import find_weakening
from apps.claims.analysis.word_lists import word_set
from apps.claims.analysis.wording import Token, find_phrase, level

SLUG = "attribution_lost"
# How far behind "allegations", in words, what is alleged still stands.
_REACH = 14
_SHARED = 2
_COPIED = 0.65
_FEW = 3
# "members of the Red Tide": so many words after the noun its name stands, if at all.
_NAMED_WITHIN = 5
_EXAMPLES = frozenset({"including", "such", "like", "namely", "among", "especially"})


def find_in_story(story: StoryDraft) -> Iterator[FindingDraft]:
    index = index_of(story)
    reported: set[tuple[str, str]] = set()
    for pair in index.copies:
        yield from _from_copy(index, pair, reported)
    told: dict[str, list[FindingDraft]] = {}
    for sentence, allegation, content in _allegations(index):
        for finding in _stated_elsewhere(index, sentence, allegation, content, reported):
            told.setdefault(finding.claims[-1], []).append(finding)
    for findings in told.values():
        yield _merged(findings)
    for related in closest_pairs(index):
        yield from _told_by_witnesses(index, related, reported)


def _told_by_witnesses(
    index: StoryIndex, related: RelatedPair, reported: set[tuple[str, str]]
) -> Iterator[FindingDraft]:
    """Yield what people say in one outlet, without proof, and another states as fact."""
    for a, b in ((related.a, related.b), (related.b, related.a)):
        if index.same_outlet(a.article, b.article) or not _is_plain(index, b):
            continue
        source = attribution_in(index, a)
        if (
            source is None
            or not source.attribution.source
            or source.attribution.kind is AttributionKind.DIRECT
        ):
            continue
        words = {level(word) for word in source.attribution.source.split()}
        if not words & word_set("lay_sources") or not source.attribution.source[:1].isalpha():
            continue
        said = [token for token in a.tokens if _within(token, source)]
        rare = {token.stem for token in said if token.content} & {
            token.stem for token in b.tokens if token.content
        }
        named = {
            token.stem for token in (*said, *b.tokens) if token.name or not token.key.isalpha()
        }
        # A name and a figure are no statement: "the captain, with 11,000 hours".
        rare = {stem for stem in rare - named if len(index.articles_by_stem.get(stem, ())) <= _FEW}
        claim = index.claim_at(b.article, b.span)
        if len(rare) < 3 or claim is None or (source.article, claim.id) in reported:
            continue
        reported.add((source.article, claim.id))
        spans = (*source.attribution.source_spans, *source.attribution.cue_spans) or (a.span,)
        where = Span(min(span.start for span in spans), max(span.end for span in spans))
        yield _describe(
            index, source, where, claim, b.span,
            f"Told by {' '.join(source.attribution.source.split())} in one outlet, stated by the other: "
            f"{', '.join(sorted(rare))}.", 0.7,
        )  # fmt: skip


def _within(token: Token, claim: ClaimDraft) -> bool:
    """Whether *token* is of what is said, not of who says it."""
    attribution = claim.attribution
    return not any(
        span.overlaps(token.span) for span in (*attribution.source_spans, *attribution.cue_spans)
    )


def _from_copy(
    index: StoryIndex, pair: CopyPair, reported: set[tuple[str, str]]
) -> Iterator[FindingDraft]:
    """Yield the sentence whose copy dropped "according to …" or "the firm expects"."""
    if share_of_shorter(pair) < _COPIED or index.same_outlet(pair.a.article, pair.b.article):
        return
    if index.is_attributed(pair.b) or source_words(pair.b.tokens) is not None:
        return
    # "Held on allegations of …" has moved the accusation, not dropped it.
    if _accuses(pair.a.tokens) and _accuses(pair.b.tokens):
        return
    for edit in pair.diff.edits:
        where = source_words(edit.a) if is_source_edit(edit) else None
        if where is None or _is_speech(index, pair.a):
            continue
        claim = index.claim_at(pair.b.article, pair.b.span)
        source = index.claim_at(pair.a.article, pair.a.span)
        if claim is None or source is None:
            return
        reported.add((source.article, claim.id))
        yield _describe(
            index, source, where, claim, pair.b.span,
            f"The copy keeps {share_of_shorter(pair):.0%} of its words and drops who said it.", 0.85,
        )  # fmt: skip
        return


def _accuses(tokens: tuple[Token, ...]) -> bool:
    return find_phrase([token.key for token in tokens], word_set("allegation_words")) is not None


def _is_speech(index: StoryIndex, sentence: SentenceView) -> bool:
    source = attribution_in(index, sentence)
    return source is not None and source.attribution.kind is AttributionKind.DIRECT


def _allegations(index: StoryIndex) -> Iterator[tuple[SentenceView, Span, tuple[Token, ...]]]:
    """Yield what is only alleged: the sentence, the word that says so, what it covers."""
    for sentences in index.sentences.values():
        for sentence in sentences:
            keys = [token.key for token in sentence.tokens]
            at = 0
            while (place := find_phrase(keys[at:], word_set("allegation_words"))) is not None:
                start, end = at + place[0], at + place[1]
                content = tuple(
                    token for token in sentence.tokens[end : end + _REACH] if token.content
                )
                if len(content) >= _SHARED:
                    span = Span(sentence.tokens[start].start, sentence.tokens[end - 1].end)
                    yield sentence, span, content
                at = end


def _stated_elsewhere(
    index: StoryIndex,
    source: SentenceView,
    allegation: Span,
    content: tuple[Token, ...],
    reported: set[tuple[str, str]],
) -> Iterator[FindingDraft]:
    stems = {_merge(token.stem): token for token in content}
    near = _sharing(index, stems)
    for article_id, sentences in sorted(near.items(), key=lambda item: index.rank[item[0]]):
        if article_id == source.article or index.same_outlet(article_id, source.article):
            continue
        best: tuple[int, SentenceView, list[Token]] | None = None
        for sentence in sentences:
            shared = [
                token for token in sentence.tokens if token.content and _merge(token.stem) in stems
            ]
            kinds = {_merge(token.stem) for token in shared}
            if len(kinds) < _SHARED + 1 or not any(token.name for token in shared):
                continue
            if not any(_is_status_noun(token) for token in shared) or not _is_plain(
                index, sentence
            ):
                continue
            if _names_another_group(source, sentence):
                continue
            if best is None or len(kinds) > best[0]:
                best = (len(kinds), sentence, shared)
        if best is None:
            continue
        _, sentence, shared = best
        a = index.claim_at(source.article, allegation)
        stated = _tightest(sentence.tokens, shared)
        b = index.claim_at(article_id, stated)
        if a is None or b is None or (a.article, b.id) in reported:
            continue
        reported.add((a.article, b.id))
        where = clause_span(index, source.article, _up_to_comma(index, source, allegation, content))
        stated = _with_its_noun(index, article_id, stated)
        yield _describe(
            index, a, where, b, stated,
            f"{quoted(allegation.of(index.articles[source.article].text))} covers "
            f"{', '.join(sorted({token.text.lower() for token in shared}))}; the other side states it.",
            0.7,
        )  # fmt: skip


def _sharing(index: StoryIndex, stems: Iterable[str]) -> dict[str, list[SentenceView]]:
    """Return the sentences of each article with enough of *stems*, in text order."""
    known = index.memo.get("sentences by merged stem")
    if known is None:
        places: dict[str, list[tuple[str, int]]] = {}
        for article_id, views in index.sentences.items():
            for at, view in enumerate(views):
                for stem in {_merge(stem) for stem in view.stems}:
                    places.setdefault(stem, []).append((article_id, at))
        known = index.memo["sentences by merged stem"] = places
    by_stem = cast("dict[str, list[tuple[str, int]]]", known)
    counts = Counter(place for stem in stems for place in by_stem.get(stem, ()))
    near: dict[str, list[SentenceView]] = {}
    for (article_id, at), count in sorted(counts.items()):
        if count > _SHARED:
            near.setdefault(article_id, []).append(index.sentences[article_id][at])
    return near


def _names_another_group(source: SentenceView, sentence: SentenceView) -> bool:
    """Whether what *sentence* calls people members of has a name *source* does not know."""
    known = {token.stem for token in source.tokens}
    for at, token in enumerate(sentence.tokens):
        if _is_status_noun(token):
            near = sentence.tokens[at + 1 : at + 1 + _NAMED_WITHIN]
            name = next((other for other in near if other.name), None)
            if name is not None and name.stem not in known:
                return True
    return False


def _with_its_noun(index: StoryIndex, article_id: str, span: Span) -> Span:
    """Return the clause of *span*, with the clause before when it only lists examples."""
    clause = clause_span(index, article_id, span, longest=6)
    text = index.articles[article_id].text
    if clause.of(text).split(maxsplit=1)[0].lower() in _EXAMPLES and clause.start >= 3:
        before = text.rfind(" ", 0, clause.start - 1) + 1
        return clause_span(index, article_id, Span(before, clause.end), longest=4)
    return clause


def _up_to_comma(
    index: StoryIndex, source: SentenceView, allegation: Span, content: tuple[Token, ...]
) -> Span:
    """Return the allegation with what it covers, without a clause that only follows it."""
    text = index.articles[source.article].text
    for before, token in pairwise(content[1:]):
        if "," in text[before.end : token.start]:
            return Span(allegation.start, before.end)
    return Span(allegation.start, content[-1].end)


def _merged(findings: list[FindingDraft]) -> FindingDraft:
    """Return one finding for one plain statement, whoever else hedges it."""
    first = max(findings, key=lambda finding: (finding.confidence, -findings.index(finding)))
    others = [finding for finding in findings if finding is not first][:3]
    return replace(
        first,
        claims=(
            *dict.fromkeys(claim for finding in (first, *others) for claim in finding.claims[:-1]),
            first.claims[-1],
        ),
        highlights=tuple(
            dict.fromkeys(spot for finding in (first, *others) for spot in finding.highlights)
        ),
    )


def _tightest(tokens: tuple[Token, ...], shared: list[Token]) -> Span:
    """Return the shortest stretch of *tokens* that has three kinds of the shared words."""
    best = Span(shared[0].start, shared[-1].end)
    for i, first in enumerate(shared):
        kinds: set[str] = set()
        for last in shared[i:]:
            kinds.add(_merge(last.stem))
            if len(kinds) > _SHARED:
                if last.end - first.start < len(best):
                    best = Span(first.start, last.end)
                break
    return best


def _merge(stem: str) -> str:
    """Return one stem for being a member and belonging."""
    return "member" if stem in {"belong", "membership", "member"} else stem


def _is_status_noun(token: Token) -> bool:
    return _merge(token.stem) in word_set("accused_as")


def _is_plain(index: StoryIndex, sentence: SentenceView) -> bool:
    """Whether *sentence* states something in the outlet's own voice, without a hedge."""
    return find_weakening(sentence.tokens) is None and not index.is_attributed(sentence)


def _describe(
    index: StoryIndex,
    a: ClaimDraft,
    where: Span,
    b: ClaimDraft,
    stated: Span,
    rule: str,
    confidence: float,
) -> FindingDraft:
    serious = a.voice is Voice.ALLEGED or confidence < 0.8
    return FindingDraft(
        kind=SLUG,
        outcome=Outcome.UNSUPPORTED,
        severity=Severity.HIGH if serious else Severity.MEDIUM,
        claims=(a.id, b.id),
        explanation=(
            f"{index.outlet(a.article)} prints it with its source, {quote_span(index, a.article, where)}; "
            f"{index.outlet(b.article)} states {quote_span(index, b.article, stated)} in its own voice."
        ),
        rule=rule,
        highlights=(mark(a.article, where), mark(b.article, stated)),
        confidence=confidence,
        changes_if="a source named elsewhere in the second article, or a ruling that settles the matter",
        compared=(a.text, b.text),
    )


DETECTOR = Detector(
    SLUG,
    "Attribution lost",
    "One outlet says who claims it; another prints the same as plain fact.",
    find_in_story=find_in_story,
)
