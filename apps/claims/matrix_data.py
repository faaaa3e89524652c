"""What the matrix is made of, loaded in two steps: first where everything stands, then the
words of the rows that are shown. The number of queries is fixed in both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, Q, QuerySet, When, Window
from django.urls import reverse
from django.utils.translation import gettext

from apps.articles.models import Segment, Story, role_label
from apps.articles.text.types import Role
from apps.claims.columns import build_columns, load_articles
from apps.claims.coverage import Coverage, Words, load_coverage
from apps.claims.finding_views import LoadedFindings, load_findings
from apps.claims.models import Alignment, AlignmentDecision, Claim, ClaimGroup, Quantity
from apps.claims.other_sides import ApartClaims, load_apart, place_other_sides
from apps.claims.pieces import words_around
from apps.claims.presentation import Column
from apps.claims.stamps import row_stamp
from apps.claims.story_memory import find_edition, recall
from apps.claims.voices import Voiced
from config.people import shown_name

# What a claim takes in all that an outline says of it.
_CLAIM_BYTES = 500


@dataclass(frozen=True, slots=True)
class Outline:
    """A story without its words.

    *group_at* is the row of the claim at ``(article, position)``; *articles_of* are the
    articles in a row, *article_of* the article of each claim in one; *claims_of* are the
    claims of a row, *confirmed* those somebody confirmed. *edition* stands for all that machines
    made of the story, in whatever articles it is told now; None for nothing to be kept.
    """

    story: Story
    columns: tuple[Column, ...]
    groups: tuple[ClaimGroup, ...]
    findings: LoadedFindings
    group_at: Mapping[tuple[int, int], int]
    articles_of: Mapping[int, frozenset[int]]
    article_of: Mapping[int, int]
    claims_of: Mapping[int, Sequence[int]]
    confirmed: Collection[int]
    edition: Hashable = None

    def articles_about(self, finding_id: int) -> set[int]:
        """Return the articles a finding is about: those that left something out, else those
        it compares."""
        findings = self.findings
        if findings.views[finding_id].is_omission and findings.missing.get(finding_id):
            return set(findings.missing[finding_id])
        about = {
            self.article_of[claim]
            for claim in findings.claims.get(finding_id, ())
            if claim in self.article_of
        }
        # Words in no row are compared too when they answer the same question.
        return about | {span.article_id for span in findings.spans.get(finding_id, ())}

    def stamp(self, group_id: int) -> str:
        """Return what stands for all that is shown of a row: see ``stamps``."""
        claims = sorted(self.claims_of[group_id])
        shown = [claim for claim in claims if claim in self.confirmed]
        findings = self.findings
        return row_stamp(
            claims,
            [
                *shown,
                *(
                    (
                        *(view.key, view.state, view.severity, view.verdict, view.assignee),
                        *findings.rows.get(pk, ())[1:],
                    )
                    for pk, view in findings.in_group(group_id)
                ),
            ],
        )


@dataclass(frozen=True, slots=True)
class ClaimExtras:
    """What is shown of a claim's details and place; the parsed words in them, most of a
    story's bytes, stay in the database."""

    segment_id: int
    hedges: Sequence[Sequence[int]]
    sources: Sequence[Sequence[int]]
    dates: Sequence[Mapping[str, Any]]
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided about matches: *refused* holds for the words of each side of a refused
    one those of the other, *last* who decided last about words, and when."""

    refused: Mapping[Words, frozenset[Words]]
    last: Mapping[Words, tuple[datetime, str]]

    def __hash__(self) -> int:
        return hash((frozenset(self.refused.items()), frozenset(self.last.items())))


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words of some rows; *parts* are all claims of the sentences shown, by sentence; *apart*
    is what findings compare with the rows from elsewhere."""

    alignments: Mapping[int, Sequence[Alignment]]
    extras: Mapping[int, ClaimExtras]
    quantities: Mapping[int, Sequence[Quantity]]
    coverage: Coverage
    place_of: Mapping[int, str]
    decided: Decided
    href_of: Mapping[int, str]
    apart: ApartClaims
    parts: Mapping[int, Sequence[Voiced]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the claims of a story stand: what of an ``Outline`` only machines and repairs change."""

    groups: tuple[ClaimGroup, ...]
    group_at: Mapping[tuple[int, int], int]
    articles_of: Mapping[int, frozenset[int]]
    article_of: Mapping[int, int]
    claims_of: Mapping[int, Sequence[int]]
    confirmed: Collection[int]


def load_outline(story: Story, *, with_muted: bool = False) -> Outline:
    """Return columns, rows and findings of *story*, those of muted kinds only when asked for.

    Seven queries; six more after the rows or the findings changed.
    """
    articles = load_articles(story)
    columns = build_columns(story, articles)
    outlet_of = {column.article_id: column.outlet for column in columns}
    edition = find_edition(story)
    places = recall(
        story,
        "places",
        edition and (edition, frozenset(outlet_of)),
        lambda: _load_places(story, list(outlet_of)),
        weigh=lambda found: _CLAIM_BYTES * len(found.article_of),
    )
    return Outline(
        story=story,
        columns=columns,
        groups=places.groups,
        findings=place_other_sides(
            load_findings(story, outlet_of, with_muted=with_muted, edition=edition),
            places.claims_of,
        ),
        group_at=places.group_at,
        articles_of=places.articles_of,
        article_of=places.article_of,
        claims_of=places.claims_of,
        confirmed=places.confirmed,
        edition=edition
        and (edition, tuple((article.pk, article.analysed_times) for article in articles)),
    )


def _load_places(story: Story, articles: Sequence[int]) -> _Places:
    """Return the rows of *story* that *articles* tell. Two queries."""
    group_at: dict[tuple[int, int], int] = {}
    articles_of: dict[int, frozenset[int]] = {}
    article_of: dict[int, int] = {}
    claims_of: dict[int, list[int]] = {}
    confirmed: set[int] = set()
    # A row of the database for each row of the matrix, not for each of its claims.
    placed = Alignment.objects.filter(group__story=story, claim__article__in=articles)
    for group_id, claims, told_in, positions, settled in (
        placed.order_by()
        .values_list("group_id")
        .annotate(
            claims=ArrayAgg("claim_id"),
            told_in=ArrayAgg("claim__article_id"),
            positions=ArrayAgg("claim__position"),
            settled=ArrayAgg("claim_id", filter=Q(is_confirmed=True), default=[]),
        )
    ):
        claims_of[group_id] = claims
        confirmed.update(settled)
        article_of.update(zip(claims, told_in, strict=True))
        group_at.update(dict.fromkeys(zip(told_in, positions, strict=True), group_id))
        articles_of[group_id] = frozenset(told_in)
    groups = ClaimGroup.objects.filter(story=story).order_by("position", "pk")
    return _Places(
        groups=tuple(group for group in groups if group.pk in articles_of),
        group_at=group_at,
        articles_of=articles_of,
        article_of=article_of,
        claims_of=claims_of,
        confirmed=confirmed,
    )


def load_row_words(
    outline: Outline, groups: Sequence[ClaimGroup], decided: Decided | None = None
) -> RowWords:
    """Return the words of *groups*, with what was *decided* about matches of the story. Seven
    queries, one more to find that, and one where findings compare them with words elsewhere."""
    articles = [column.article_id for column in outline.columns]
    wanted = [group.pk for group in groups]
    placed = Alignment.objects.filter(group__in=wanted, claim__article__in=articles).order_by()
    claims = placed.values("claim_id")
    alignments: dict[int, list[Alignment]] = defaultdict(list)
    rows = placed.select_related("claim").defer("claim__details").order_by("group_id", "position")
    for alignment in rows:
        alignments[alignment.group_id].append(alignment)
    quantities: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in Quantity.objects.filter(claim__in=claims).order_by("claim_id", "start"):
        quantities[quantity.claim_id].append(quantity)
    extras = _load_extras(claims)
    apart = load_apart(outline.findings, wanted, outline.claims_of)
    shown = {extra.segment_id for extra in extras.values()} | apart.segments
    return RowWords(
        alignments=alignments,
        extras=extras,
        quantities=quantities,
        coverage=load_coverage(articles, claims),
        place_of=load_places(articles, shown),
        decided=load_decided(outline.story) if decided is None else decided,
        href_of={pk: reverse("claims:article", args=[pk]) for pk in articles},
        parts=_load_parts(placed),
        apart=apart,
    )


def _load_parts(placed: QuerySet[Any, Any]) -> dict[int, list[Voiced]]:
    """Return how each claim of the sentences of *placed* is put, by sentence. One query."""
    parts: dict[int, list[Voiced]] = defaultdict(list)
    claims = Claim.objects.filter(sentence__in=placed.values("claim__sentence_id")).order_by("pk")
    for sentence_id, start, end, voice, source, resolved in claims.values_list(
        "sentence_id", "start", "end", "voice", "source", "source_resolved"
    ):
        parts[sentence_id].append(Voiced(start, end, voice, resolved or source))
    return parts


def _load_extras(claims: QuerySet[Any, Any]) -> dict[int, ClaimExtras]:
    rows = Claim.objects.filter(pk__in=claims).order_by()
    return {
        pk: ClaimExtras(
            segment_id,
            hedges or (),
            sources or (),
            dates or (),
            words_around(qualifiers or (), start=start, end=end, sentence=sentence, offset=offset),
        )
        for pk, start, end, segment_id, offset, sentence, hedges, sources, dates, qualifiers in (
            rows.values_list(
                "pk",
                "start",
                "end",
                "sentence__segment_id",
                "sentence__start",
                "sentence__quote",
                "details__hedges",
                "details__attribution__source_spans",
                "details__dates",
                "details__qualifiers",
            )
        )
    }


def load_places(articles: Sequence[int], wanted: Collection[int] | None = None) -> dict[int, str]:
    """Return where each segment of *articles* stands, by its row: "headline", "paragraph 4";
    or only where those *wanted* do."""
    number = Window(
        Count("pk", filter=Q(role=Role.BODY.value)),
        partition_by=F("article_id"),
        order_by="position",
    )
    counted = Segment.objects.filter(article__in=articles).order_by().annotate(number=number)
    if wanted is not None:
        # The condition stands around the number: all of an article's segments are counted.
        shown = Case(When(pk__in=wanted, then=F("number")))
        counted = counted.annotate(shown=shown).filter(shown__isnull=False)
    paragraph = gettext("paragraph %(number)s")
    labels = {role.value: role_label(role) for role in Role}
    return {
        pk: paragraph % {"number": place} if role == Role.BODY else labels[role]
        for pk, role, place in counted.values_list("pk", "role", "number")
    }


def load_decided(story: Story) -> Decided:
    """Return what people decided about matches of *story*. One query."""
    refused: dict[Words, set[Words]] = defaultdict(set)
    last: dict[Words, tuple[datetime, str]] = {}
    rows = AlignmentDecision.objects.filter(story=story).select_related("made_by")
    for row in rows.order_by("made_at", "pk"):
        a, b = (row.a_article_id, row.a_quote), (row.b_article_id, row.b_quote)
        if row.value == AlignmentDecision.Value.REFUSE:
            refused[a].add(b)
            refused[b].add(a)
        last[a] = last[b] = (row.made_at, shown_name(row.made_by))
    return Decided({words: frozenset(others) for words, others in refused.items()}, last)
