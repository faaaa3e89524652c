"""Who says what: source, cue and content of every attributed statement.

Which words are cues, what they report and from whom is learned from annotated news
(``attribution_model``); this module turns the answers into attributions, chains
quotations without a cue to the last speaker, and names the speakers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from spacy.tokens import Doc

from apps.articles.text.doc_text import text_of
from apps.articles.text.spans import Span, build_finder, merge_spans
from apps.articles.text.types import READ_ROLES, SegmentDraft, SentenceDraft
from apps.claims.analysis.attribution_candidates import Ranges, cue_start
from apps.claims.analysis.attribution_features import relate
from apps.claims.analysis.attribution_model import (
    attribution_model,
    read_cues,
    weigh_readings,
)
from apps.claims.analysis.attribution_readings import CueReading
from apps.claims.analysis.attribution_reckonings import find_reckonings
from apps.claims.analysis.lexicon import read_words
from apps.claims.analysis.quotations import Quotation, find_quotations
from apps.claims.analysis.speakers import Speakers
from apps.claims.analysis.syntax import Syntax, build_syntax
from apps.claims.analysis.types import Attribution, AttributionKind, MentionDraft

# Chosen on development articles: where precision with the right source meets recall.
THRESHOLD = 0.3
_FLOOR = 0.15
# Shares of quoted characters that make a statement direct, and mixed.
_DIRECT = 0.8


def find_attributions(
    doc: Doc,
    sentences: Sequence[SentenceDraft],
    segments: Sequence[SegmentDraft],
    *,
    mentions: Sequence[MentionDraft] = (),
    syntax: Syntax | None = None,
    threshold: float = THRESHOLD,
    other_threshold: float | None = None,
) -> list[Attribution]:
    """Return the attributed statements of *doc*, by the start of their content.

    Only those whose cue stands in one of *sentences* with a role that is read (for no
    sentences: anywhere). Quotations of a sentence that nobody is named for go to the
    last speaker if they go on a speech ("floating"). *threshold* is the least probability
    kept, *other_threshold* that of cues that are no reporting words, the same by default.
    *syntax* is that of *doc* with its quotations, where the caller has it already.
    """
    if syntax is None:
        syntax = build_syntax(doc, find_quotations(text_of(doc)))
    read = sorted(sentence.span for sentence in sentences if sentence.role in READ_ROLES)
    near = build_finder(read, read)

    def is_read(place: int) -> bool:
        return not sentences or bool(near(Span(place, place + 1)))

    kept = [
        reading
        for reading in keep_best(syntax, threshold, other_threshold)
        if is_read(syntax.starts[reading.cue])
    ]
    speakers = Speakers(syntax, mentions)
    found = [_attribution(syntax, reading, speakers) for reading in kept]
    found.extend(_floating(syntax, kept, found, is_read))
    return sorted(found, key=lambda a: (a.content_spans, a.cue_spans, a.source_spans))


@cache
def _reporting() -> frozenset[str]:
    return read_words("reporting_verbs") | {"according", "accord"}


def keep_best(
    syntax: Syntax, threshold: float, other_threshold: float | None = None
) -> list[CueReading]:
    """Return the readings worth keeping, in text order; of two with the same content the
    more probable one."""
    if not len(syntax):
        return []
    model, relations = attribution_model(), relate(syntax)
    readings = read_cues(syntax, relations, model, floor=_FLOOR)
    scored: list[tuple[float, CueReading]] = []
    for reading, chance in zip(
        readings, weigh_readings(syntax, relations, model, readings), strict=True
    ):
        speaks = other_threshold is None or syntax.lemmas[reading.cue] in _reporting()
        if chance >= (threshold if speaks else other_threshold or 0.0):
            scored.append((chance, reading))
    read = {reading.cue for _, reading in scored}
    scored.extend((1.0, found) for found in find_reckonings(syntax) if found.cue not in read)
    best: dict[Ranges, tuple[float, CueReading]] = {}
    for chance, reading in scored:
        other = best.get(reading.content)
        if other is None or chance > other[0]:
            best[reading.content] = (chance, reading)
    return sorted((reading for _, reading in best.values()), key=lambda reading: reading.cue)


def cue_range(syntax: Syntax, cue: int) -> tuple[int, int]:
    """Return the tokens of the whole cue: auxiliaries, particle, "according to"."""
    first, last = cue_start(syntax, cue), cue
    for child in syntax.children[cue]:
        if syntax.deps[child] in {"compound:prt", "fixed"} and child == last + 1:
            last = child
    if syntax.lower[cue] == "according" and cue + 1 < len(syntax) and syntax.lower[cue + 1] == "to":
        last = cue + 1
    return first, last


def to_spans(syntax: Syntax, ranges: Ranges) -> list[Span]:
    return merge_spans(Span(syntax.starts[first], syntax.ends[last]) for first, last in ranges)


def _attribution(syntax: Syntax, reading: CueReading, speakers: Speakers) -> Attribution:
    source = to_spans(syntax, reading.source)
    resolved = speakers.resolve(reading.source, reading.cue) if reading.source else ""
    first, last = cue_range(syntax, reading.cue)
    return _make(
        syntax,
        source,
        resolved,
        [Span(syntax.starts[first], syntax.ends[last])],
        to_spans(syntax, reading.content),
    )


def _make(
    syntax: Syntax, source: list[Span], resolved: str, cue: list[Span], content: list[Span]
) -> Attribution:
    text = syntax.text
    return Attribution(
        _kind(content, syntax.quotations),
        _words(text, source),
        resolved or _words(text, source),
        _words(text, cue),
        _words(text, content),
        tuple(source),
        tuple(cue),
        tuple(content),
    )


def _words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def _kind(content: Sequence[Span], quotations: Sequence[Quotation]) -> AttributionKind:
    words = sum(len(span) for span in content)
    quoted = sum(
        span.overlap(quotation.span) for span in content for quotation in _near(quotations, span)
    )
    if quoted == 0:
        return AttributionKind.INDIRECT
    return AttributionKind.DIRECT if quoted >= _DIRECT * words else AttributionKind.MIXED


def _near(quotations: Sequence[Quotation], span: Span) -> list[Quotation]:
    low, high = 0, len(quotations)
    while low < high:
        middle = (low + high) // 2
        if quotations[middle].span.end <= span.start:
            low = middle + 1
        else:
            high = middle
    near: list[Quotation] = []
    while low < len(quotations) and quotations[low].span.start < span.end:
        near.append(quotations[low])
        low += 1
    return near


# A quotation of fewer words is a name or a borrowed term, not speech.
_SPEECH_WORDS = 4
# Floating speech goes back at most this many lines for its speaker.
_LINES_BACK = 2
_RIGHT_BEHIND = 40


def _floating(
    syntax: Syntax,
    kept: Sequence[CueReading],
    found: Sequence[Attribution],
    is_read: Callable[[int], bool],
) -> list[Attribution]:
    """Return attributions of quotations that stand as sentences of their own with no cue.

    They go to the speaker of the quotation before, when it stands close by; otherwise to
    nobody.
    """
    covered = merge_spans(span for attribution in found for span in attribution.content_spans)
    reached = 0
    speech = sorted(
        (
            (attribution.content_spans[-1].end, attribution)
            for attribution in found
            if attribution.source
        ),
        key=lambda item: item[0],
    )
    result: list[Attribution] = []
    cursor = 0
    current: Attribution | None = None
    for quotation in syntax.quotations:
        while cursor < len(speech) and speech[cursor][0] <= quotation.span.start:
            current = speech[cursor][1]
            cursor += 1
        if quotation.inner.of(syntax.text).count(" ") < _SPEECH_WORDS - 1:
            continue
        if not is_read(quotation.inner.start):
            continue
        while reached < len(covered) and covered[reached].end <= quotation.span.start:
            reached += 1
        if reached < len(covered) and covered[reached].start < quotation.span.end:
            continue
        if not _stands_alone(syntax, quotation):
            continue
        content = [quotation.span]
        if current is None or not current.content_spans:
            continue
        between = syntax.text[current.content_spans[-1].end : quotation.span.start]
        lines = len([line for line in between.split("\n") if line.strip()]) - 1
        if lines > _LINES_BACK or len(between) > 600:
            continue
        # Words merely reported lead to a quotation right behind them only.
        if current.kind is AttributionKind.INDIRECT and (
            "\n" in between or len(between) > _RIGHT_BEHIND
        ):
            continue
        result.append(
            _make(syntax, list(current.source_spans), current.source_resolved, [], content)
        )
    return result


def _stands_alone(syntax: Syntax, quotation: Quotation) -> bool:
    """Return whether a quotation begins a line or sentence and ends one."""
    text = syntax.text
    before = text[max(0, quotation.span.start - 40) : quotation.span.start].rstrip(" \t")
    begins = not before or before[-1] in '\n.!?”":—'
    inner = quotation.inner.of(text)
    after = text[quotation.span.end : quotation.span.end + 3].lstrip(" ")
    ends = inner[-1] in ".!?…—" or not after or after[0] == "\n"
    return begins and ends and (not after or not after[0].islower())
