"""The read side of the article page: one outlet's full text with what stands in its margin."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Window
from django.db.models.functions import Left, RowNumber
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from apps.articles.models import Article, Segment, Sentence
from apps.articles.phrases import say
from apps.articles.text.cues import is_correction_notice
from apps.articles.text.spans import Span
from apps.articles.text.types import READ_ROLES, STORY_ROLES, Role
from apps.claims.anchors import find_anchor
from apps.claims.columns import build_column, build_columns
from apps.claims.finding_views import NO_FINDINGS, LoadedFindings, load_findings, mark_of
from apps.claims.models import Alignment, Annotation, Claim
from apps.claims.presentation import (
    ArticlePage,
    FindingView,
    MarginMark,
    Paragraph,
    TextPart,
)
from apps.claims.story_memory import find_edition, recall

# Shown in their place; everything else was set aside and is folded away.
_SHOWN_ROLES = READ_ROLES | {Role.BYLINE, Role.DATELINE}
_MOST_WORDS = 240
# So many other wordings stand beside a passage; the row has all of them.
_MOST_OTHERS = 5
# What a part or a claim of an article takes as it is kept, with what others say there.
_CLAIM_BYTES = 3_000


@dataclass(slots=True)
class _Mark:
    """A margin mark in the making: where its words stand and what it says."""

    span: Span
    mark: str
    margin: MarginMark


def build_article_page(article: Article) -> ArticlePage:
    """Return the page of *article*; the number of queries does not grow with its length."""
    story = article.story
    # Before what is kept for it.
    edition = find_edition(story) if story is not None else None
    columns = build_columns(story) if story is not None else ()
    # An article without a story, or an earlier version of one, has no column there.
    column = next((c for c in columns if c.article_id == article.pk), None) or build_column(article)
    outlet_of = {c.article_id: c.outlet for c in columns}
    if story is None:
        read = _load_read(article, outlet_of)
    else:
        read = recall(
            story,
            f"article {article.pk}",
            edition and (edition, article.analysed_times, tuple(outlet_of.items())),
            lambda: _load_read(article, outlet_of),
            weigh=lambda found: _CLAIM_BYTES * (len(found.segments) + len(found.claims)),
        )
    claims, group_of, others = read.claims, read.group_of, read.others
    findings = NO_FINDINGS
    if story is not None and article.is_current:
        findings = load_findings(story, outlet_of, edition=edition)
    origin_of = {c.article_id: c.origin for c in columns}
    marks = _number(_find_marks(article, claims, group_of, others, findings, origin_of))
    notes, orphaned = _load_notes(article)
    shared, alone, contradicted = _shares(read.sentences, claims, others, group_of, findings)
    return ArticlePage(
        column=column,
        paragraphs=tuple(_paragraph(article, segment, marks, notes) for segment in read.segments)
        or _unread_paragraph(article),
        notes=tuple(notes),
        orphaned_notes=tuple(orphaned),
        shared_share=shared,
        only_here_share=alone,
        contradicted_share=contradicted,
    )


def _unread_paragraph(article: Article) -> tuple[Paragraph, ...]:
    """The whole text as one paragraph, as long as nobody has looked what is what in it."""
    part = TextPart(article.text, 0, len(article.text))
    return (Paragraph(0, Role.BODY.value, gettext("not analysed yet"), (part,)),)


@dataclass(frozen=True, slots=True)
class _Others:
    """Who else tells a row, each as often as it does, and the first of their words, each with
    its outlet."""

    articles: tuple[int, ...]
    words: tuple[tuple[str, str], ...]

    @property
    def more(self) -> int:
        """How many further wordings there are."""
        return len(self.articles) - len(self.words)


_NOBODY = _Others((), ())


@dataclass(frozen=True, slots=True)
class _Read:
    """What analysis made of an article: *group_of* is the row of each claim, *others* what
    other articles say in each row."""

    segments: Sequence[Segment]
    sentences: Sequence[Sentence]
    claims: Sequence[Claim]
    group_of: Mapping[int, int]
    others: Mapping[int, _Others]


def _load_read(article: Article, outlet_of: Mapping[int, str]) -> _Read:
    """Six queries."""
    group_of, others = _load_rows(article, outlet_of)
    return _Read(
        segments=list(Segment.objects.filter(article=article).order_by("position")),
        sentences=list(Sentence.objects.filter(article=article).order_by().only("role")),
        claims=list(Claim.objects.filter(article=article).defer("details").order_by("position")),
        group_of=group_of,
        others=others,
    )


def _load_rows(
    article: Article, outlet_of: Mapping[int, str]
) -> tuple[dict[int, int], dict[int, _Others]]:
    """Return the row of each claim, and for each row what other articles say in it. Three
    queries."""
    own = Alignment.objects.filter(claim__article=article).order_by()
    group_of = dict(own.values_list("claim_id", "group_id"))
    told = (
        Alignment.objects.filter(group__in=own.values("group_id"))
        .filter(claim__article__in=[pk for pk in outlet_of if pk != article.pk])
        .order_by()
    )
    place = Window(RowNumber(), partition_by=F("group_id"), order_by=["position", "pk"])
    words: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for group_id, article_id, quote in (
        told.annotate(place=place)
        .filter(place__lte=_MOST_OTHERS)
        .order_by("group_id", "place")
        .values_list("group_id", "claim__article_id", Left("claim__quote", _MOST_WORDS))
    ):
        words[group_id].append((outlet_of[article_id], quote))
    articles = told.values_list("group_id").annotate(articles=ArrayAgg("claim__article_id"))
    return group_of, {pk: _Others(tuple(found), tuple(words[pk])) for pk, found in articles}


# --- the margin ------------------------------------------------------------------------------


def _find_marks(
    article: Article,
    claims: Sequence[Claim],
    group_of: Mapping[int, int],
    others: Mapping[int, _Others],
    findings: LoadedFindings,
    origin_of: Mapping[int, int],
) -> list[_Mark]:
    marks: list[_Mark] = []
    told: set[int] = set()
    by_pk = {claim.pk: claim for claim in claims}
    for pk, view in findings.views.items():
        if view.state == "dismissed":
            continue
        mine = [by_pk[claim_id] for claim_id in findings.claims.get(pk, ()) if claim_id in by_pk]
        spans = [
            Span(span.start, span.end)
            for span in findings.spans.get(pk, ())
            if span.article_id == article.pk
        ] or [Span(claim.start, claim.end) for claim in mine]
        if not spans:
            continue
        if view.group_id is not None:
            told.add(view.group_id)
        margin = _finding_margin(article, view, others.get(view.group_id or 0, _NOBODY))
        mark = mark_of(view.kind, findings.spans.get(pk, ()), article.pk)
        marks += [_Mark(span, mark, margin) for span in spans]
    seen: set[int] = set()
    for claim in claims:
        group_id = group_of.get(claim.pk)
        if group_id is None or group_id in told or group_id in seen or group_id not in others:
            continue
        seen.add(group_id)
        margin = MarginMark(
            anchor=f"row-{group_id}",
            kind="shared",
            severity="",
            label=_also_in(article.pk, set(others[group_id].articles), origin_of),
            href=_row_href(article, group_id),
            others=others[group_id].words,
            more=others[group_id].more,
        )
        marks.append(_Mark(Span(claim.start, claim.end), "", margin))
    return sorted(marks, key=lambda mark: (mark.span, mark.margin.anchor))


def _also_in(article: int, others: Collection[int], origin_of: Mapping[int, int]) -> str:
    """Say how many other articles tell it, and how many origins but this article's own."""
    own = origin_of.get(article)
    origins = len({origin_of[other] for other in others if origin_of.get(other, own) != own})
    told = ngettext("also in %(count)s other", "also in %(count)s others", len(others))
    if not origins:
        of = gettext("no other origin")
    else:
        of = ngettext("%(count)s other origin", "%(count)s other origins", origins)
    return f"{told % {'count': len(others)}}, {of % {'count': origins}}"


def _finding_margin(article: Article, view: FindingView, others: _Others) -> MarginMark:
    slug = article.story.slug if article.story is not None else ""
    return MarginMark(
        anchor=f"finding-{view.key}",
        kind=view.kind,
        severity=view.severity,
        label=view.title,
        finding_key=view.key,
        href=reverse("claims:finding", args=[slug, view.key]),
        others=others.words,
        more=others.more,
    )


def _row_href(article: Article, group_id: int) -> str:
    slug = article.story.slug if article.story is not None else ""
    # All of a long matrix, or the row might not be there yet.
    return f"{reverse('claims:story', args=[slug])}?rows=all#row-{group_id}"


def _number(marks: Sequence[_Mark]) -> list[_Mark]:
    """Number the marks down the page: "m1", "m2" …; a finding keeps one number throughout."""
    number_of: dict[str, str] = {}
    for mark in marks:
        number_of.setdefault(mark.margin.anchor, f"m{len(number_of) + 1}")
    return [
        _Mark(mark.span, mark.mark, replace(mark.margin, anchor=number_of[mark.margin.anchor]))
        for mark in marks
    ]


# --- the text --------------------------------------------------------------------------------


def _paragraph(
    article: Article, segment: Segment, marks: Sequence[_Mark], notes: Sequence[Annotation]
) -> Paragraph:
    here = [m for m in marks if m.span.start < segment.end and segment.start < m.span.end]
    noted = [n for n in notes if n.start < segment.end and segment.start < n.end]
    edges = {segment.start, segment.end}
    for start, end in [(m.span.start, m.span.end) for m in here] + [
        (n.start, n.end) for n in noted
    ]:
        edges |= {max(segment.start, start), min(segment.end, end)}
    ordered = sorted(edges)
    parts = []
    for start, end in itertools.pairwise(ordered):
        covering = [m for m in here if m.span.start <= start and end <= m.span.end]
        parts.append(
            TextPart(
                text=article.text[start:end],
                start=start,
                end=end,
                mark=next((m.mark for m in covering if m.mark), ""),
                anchors=tuple(dict.fromkeys(m.margin.anchor for m in covering)),
                note_ids=tuple(n.pk for n in noted if n.start <= start and end <= n.end),
            )
        )
    # A mark stands beside the paragraph its words begin in, once.
    margin = {
        m.margin.anchor: m.margin for m in here if segment.start <= m.span.start < segment.end
    }
    is_set_aside = segment.role not in _SHOWN_ROLES or segment.duplicate_of_id is not None
    return Paragraph(
        segment_id=segment.pk,
        role=segment.role,
        reason=say(segment.reason),
        is_correction=is_correction_notice(segment.reason),
        parts=tuple(parts),
        margin=tuple(margin.values()),
        is_set_aside=is_set_aside,
    )


def _load_notes(article: Article) -> tuple[list[Annotation], list[Annotation]]:
    """Return the notes whose words stand in this version, at their place, and the others."""
    notes = list(Annotation.objects.filter(article=article).to_be_listed())
    orphaned: list[Annotation] = []
    if article.url:
        earlier = (
            Annotation.objects.filter(
                article__url=article.url, article__version__lt=article.version
            )
            .to_be_listed()
            .order_by("pk")
        )
        for note in earlier:
            place = find_anchor(
                article.text, quote=note.quote, prefix=note.prefix, suffix=note.suffix
            )
            if place is None:
                orphaned.append(note)
            else:
                note.start, note.end = place.start, place.end
                notes.append(note)
    return sorted(notes, key=lambda note: (note.start, note.pk)), orphaned


# --- shares ----------------------------------------------------------------------------------


def _shares(
    sentences: Sequence[Sentence],
    claims: Sequence[Claim],
    others: Mapping[int, _Others],
    group_of: Mapping[int, int],
    findings: LoadedFindings,
) -> tuple[float, float, float]:
    """Return which shares of the story's sentences are told elsewhere too, only here, and
    contradicted elsewhere; 0 to 1, all 0 without sentences."""
    told = {sentence.pk for sentence in sentences if sentence.role in STORY_ROLES}
    if not told:
        return 0.0, 0.0, 0.0
    shared = {c.sentence_id for c in claims if others.get(group_of.get(c.pk, 0))} & told
    with_claims = {c.sentence_id for c in claims} & told
    sentence_of = {c.pk: c.sentence_id for c in claims}
    contradicted: set[int] = set()
    for pk, view in findings.views.items():
        if view.outcome == "conflict" and view.state != "dismissed":
            ids = findings.claims.get(pk, ())
            contradicted |= {sentence_of[c] for c in ids if c in sentence_of}
    total = len(told)
    return (
        len(shared) / total,
        len(with_claims - shared) / total,
        len(contradicted & told) / total,
    )
