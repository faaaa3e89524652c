"""Claims of an article: what it states, who it pins it on, with numbers, dates and names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from apps.articles.text.doc_text import text_of
from apps.articles.text.roles import is_section_heading
from apps.articles.text.sentences import split_sentences
from apps.articles.text.spans import Span, build_finder, merge_spans
from apps.articles.text.types import READ_ROLES, PublishedDate, SegmentDraft, SentenceDraft
from apps.claims.analysis.attribution import find_attributions
from apps.claims.analysis.claim_parts import Part, find_parts, stands_in, tokens_of
from apps.claims.analysis.mentions import find_mentions
from apps.claims.analysis.nights import keep_known_nights
from apps.claims.analysis.pinning import pins_a_statement
from apps.claims.analysis.predications import (
    object_of,
    predicate_of,
    shared_spans,
    subject_of,
)
from apps.claims.analysis.quantities import find_quantities
from apps.claims.analysis.quotations import Quotation, find_quotations
from apps.claims.analysis.statements import SentenceWords, read_statement, read_words
from apps.claims.analysis.syntax import Syntax, build_syntax
from apps.claims.analysis.times import find_dates
from apps.claims.analysis.types import (
    NOBODY,
    ArticleDraft,
    Attribution,
    AttributionKind,
    ClaimDraft,
    DateDraft,
    MentionDraft,
    QuantityDraft,
    SentenceFacts,
    Word,
)
from apps.claims.analysis.voice import has_cue

# Lower than the reader's own for plain reporting words, higher for all the rest: a
# statement wrongly called somebody's opinion misleads, and so does a lost "officials said".
_SPEECH_THRESHOLD = 0.2
_OTHER_THRESHOLD = 0.45
_PARTICIPANTS = frozenset({"person", "organisation", "group"})


def extract_article(
    doc: Doc,
    *,
    article_id: str,
    outlet: str,
    title: str,
    url: str,
    published: PublishedDate | None,
    segments: Sequence[SegmentDraft],
) -> ArticleDraft:
    """Return the analysed article: its sentences with numbers and dates, its claims and names.

    Only parts that are read (headline, deck, body, caption; duplicates left out) make
    claims. Every such sentence is a claim; attributed statements, clauses and parts inside
    it are claims with the sentence's as ``parent``. Ids are "<article>.c1", in text order.
    """
    text = text_of(doc)
    anchor = None if published is None else published.day
    drafts = split_sentences(doc, segments)
    mentions = find_mentions(doc, segments)
    quotations = find_quotations(text)
    near_mentions = build_finder(mentions, [mention.span for mention in mentions])
    near_quotations = build_finder(quotations, [quotation.span for quotation in quotations])
    facts: list[SentenceFacts] = []
    told: DateDraft | None = None
    for draft in drafts:
        found = [_moved(date, draft.span.start) for date in find_dates(draft.span.of(text), anchor)]
        dates = keep_known_nights(found, told, anchor)
        if dates and draft.role in READ_ROLES:
            told = dates[-1]
        skip = [date.span for date in dates] + [
            mention.span for mention in near_mentions(draft.span) if mention.kind != "group"
        ]
        facts.append(
            SentenceFacts(draft, tuple(find_quantities(doc, draft.span, skip=skip)), tuple(dates))
        )
    read = [
        (index, fact)
        for index, fact in enumerate(facts)
        if fact.sentence.role in READ_ROLES
        and segments[fact.sentence.segment].duplicate_of is None
        # A heading within the report says nothing that its section does not say in full.
        and not is_section_heading(segments[fact.sentence.segment])
    ]
    syntax = build_syntax(doc, quotations)
    attributions = [
        attribution
        for attribution in find_attributions(
            doc,
            [fact.sentence for _, fact in read],
            segments,
            mentions=mentions,
            syntax=syntax,
            threshold=_SPEECH_THRESHOLD,
            other_threshold=_OTHER_THRESHOLD,
        )
        if _makes_a_part(doc, attribution)
    ]
    claims: list[ClaimDraft] = []
    by_sentence = _by_sentence(attributions, [fact.sentence for _, fact in read])
    for place, (index, fact) in enumerate(read):
        quoted = near_quotations(fact.sentence.span)
        named = near_mentions(fact.sentence.span)
        span = fact.sentence.span
        words = read_words(syntax, span, *tokens_of(syntax, span))
        made = find_parts(syntax, span, by_sentence[place])
        first = len(claims) + 1
        for part in made:
            parent = f"{article_id}.c{first + part.parent}" if part.parent >= 0 else ""
            claims.append(
                _claim(
                    syntax,
                    words,
                    article_id,
                    len(claims) + 1,
                    index,
                    fact,
                    part,
                    parent,
                    quoted,
                    named,
                )
            )
    return ArticleDraft(
        article_id,
        outlet,
        title,
        url,
        text,
        published,
        tuple(segments),
        tuple(facts),
        tuple(claims),
        tuple(mentions),
    )


def _makes_a_part(doc: Doc, attribution: Attribution) -> bool:
    """Return whether what an attribution is about is a claim of its own, whoever it is pinned on.

    Annotators also mark "her trip signals resolve" and "both sides signed a pact", which
    make none. Kept: quoted words, reporting words, whole clauses with somebody.
    """
    if attribution.kind is not AttributionKind.INDIRECT:
        return True
    if has_cue(attribution.cue, "reporting_verbs") or "according" in attribution.cue.lower():
        return True
    clause = any(
        token.pos_ in {"VERB", "AUX"}
        for span in attribution.content_spans
        for token in doc.char_span(span.start, span.end, alignment_mode="expand") or ()
    )
    return clause and not _THING.match(attribution.source)


# "This collaboration", "each stop", "her trip": things that show, not people who say.
_THING = re.compile(r"(?:this|that|these|those|which|each|every|it|its)\b", re.IGNORECASE)


def _moved(date: DateDraft, by: int) -> DateDraft:
    return replace(date, span=Span(date.span.start + by, date.span.end + by))


def _by_sentence(
    attributions: Sequence[Attribution], sentences: Sequence[SentenceDraft]
) -> list[list[Attribution]]:
    """Return for each sentence the attributions whose content reaches into it."""
    result: list[list[Attribution]] = [[] for _ in sentences]
    near = build_finder(range(len(sentences)), [sentence.span for sentence in sentences])
    for attribution in attributions:
        reached = {index for span in attribution.content_spans for index in near(span)}
        for index in reached:
            result[index].append(attribution)
    return result


def _claim(
    syntax: Syntax,
    words: SentenceWords,
    article_id: str,
    number: int,
    sentence: int,
    fact: SentenceFacts,
    draft: Part,
    parent: str,
    quotations: Sequence[Quotation],
    mentions: Sequence[MentionDraft],
) -> ClaimDraft:
    text, span = syntax.text, draft.span
    root = draft.root
    subject, object_ = subject_of(syntax, root), object_of(syntax, root)
    inside = [mention for mention in mentions if span.contains(mention.span)]
    quoted = [q for q in quotations if q.inner.overlaps(span)]
    quotes = tuple(
        Span(max(q.inner.start, span.start), min(q.inner.end, span.end))
        for q in quoted
        if not q.nested
    )
    around = (*draft.outer, draft.attribution)
    pinned = [
        one for one in around if one.kind is AttributionKind.NONE or pins_a_statement(syntax, one)
    ]
    attribution = pinned[-1] if pinned else NOBODY
    # "She refused to sign" says what she did, in nobody's words but the outlet's.
    said = attribution.cue_spans
    told = root < 0 or not stands_in(syntax, root, said) or ends_with_speaker(text, attribution)
    statement = read_statement(
        syntax,
        words,
        root,
        span,
        kind=attribution.kind if told else AttributionKind.NONE,
        cue=attribution.cue_spans,
        denied=has_cue(attribution.cue, "denials"),
        accused=has_cue(attribution.cue, "accusing"),
        quoted=sum(len(quote) for quote in quotes),
    )
    predication = statement.predication
    # A second predicate happens to the first one's subject, on the day named before it.
    reach = [span, *shared_spans(syntax, root)]
    if predication is not None and predication.subject is not None:
        reach.append(predication.subject)
    held = [mention for mention in mentions if any(part.contains(mention.span) for part in reach)]
    return ClaimDraft(
        id=f"{article_id}.c{number}",
        article=article_id,
        sentence=sentence,
        span=span,
        text=span.of(text),
        role=fact.sentence.role,
        attribution=attribution,
        voice=statement.voice,
        polarity=statement.polarity,
        predicate=predicate_of(syntax, root),
        subject="" if subject < 0 else syntax.lemmas[subject],
        object="" if object_ < 0 else syntax.lemmas[object_],
        quantities=_inside_quantities(fact.quantities, span),
        dates=tuple(date for date in fact.dates if any(part.contains(date.span) for part in reach)),
        mentions=tuple(inside),
        places=_unique(mention.canonical for mention in held if mention.kind == "place"),
        participants=_unique(
            mention.canonical for mention in held if mention.kind in _PARTICIPANTS
        ),
        quotes=quotes,
        hedges=tuple(hedge for hedge in words.hedges if span.contains(hedge)),
        words=_words(syntax, span, quoted),
        parent=parent,
        kind=statement.kind,
        form=draft.form,
        subject_span=None if predication is None else predication.subject,
        predicate_span=None if predication is None else predication.predicate,
        object_span=None if predication is None else predication.object,
        modifiers=()
        if predication is None
        else tuple(
            words for words in predication.modifiers if not any(words.overlaps(cue) for cue in said)
        ),
        qualifiers=statement.qualifiers,
        reported_through=tuple(pinned[:-1]),
    )


def ends_with_speaker(text: str, attribution: Attribution) -> bool:
    """Whether all that is said stands before a comma and who says it: "overpaid, it said".

    Then the sentence states it, even where no predicate was found in it. "The fire was
    reported at 7" and "nobody knew" have no such speaker.
    """
    contents = attribution.content_spans
    behind = (*attribution.source_spans, *attribution.cue_spans)
    if not (contents and attribution.source_spans and attribution.cue_spans):
        return False
    end, start = contents[-1].end, min(span.start for span in behind)
    return "," in text[end - 1 : start] and has_cue(attribution.cue, "reporting_verbs")


def _inside_quantities(
    quantities: Sequence[QuantityDraft], span: Span
) -> tuple[QuantityDraft, ...]:
    return tuple(quantity for quantity in quantities if span.contains(quantity.span))


def _unique(names: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))  # type: ignore[call-overload]  # an iterable of str


def _words(syntax: Syntax, span: Span, quoted: Sequence[Quotation]) -> tuple[Word, ...]:
    words, starts, heads = syntax.words, syntax.starts, syntax.heads
    tokens = [token for token in range(*tokens_of(syntax, span)) if not words[token].isspace()]
    place = {token: index for index, token in enumerate(tokens)}
    inside: set[int] = set()
    for part in merge_spans(quotation.inner for quotation in quoted):
        inside.update(range(bisect_left(starts, part.start), bisect_left(starts, part.end)))
    return tuple(
        Word(
            starts[token],
            syntax.ends[token],
            syntax.text[starts[token] : syntax.ends[token]],
            syntax.lemmas[token],
            syntax.pos[token],
            syntax.deps[token],
            place.get(heads[token], index),
            syntax.ents[token],
            token in inside,
        )
        for index, token in enumerate(tokens)
    )
