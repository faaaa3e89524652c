"""What reading a text gives, and the labels that people give it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from apps.articles.actions.publication import moment_of
from apps.articles.actions.states import defer_analysis, mark_stale
from apps.articles.models import Article, RoleCorrection, Segment, Sentence
from apps.articles.text.spans import Span
from apps.articles.text.types import PublishedDate, Role, SegmentDraft, SentenceDraft


@transaction.atomic
def replace_reading(
    *,
    article: Article,
    segments: Sequence[SegmentDraft],
    sentences: Sequence[SentenceDraft],
    published: PublishedDate | None,
    details: Sequence[tuple[list[Any], list[Any]]] = (),
) -> list[Sentence]:
    """Put new segments and sentences in place of the old; return the sentences in text order.

    *details* are the quantities and dates of each sentence, in the same order. What was
    made of the old sentences goes with them. Of people's work nothing is touched.
    """
    article.sentences.all().delete()
    article.segments.all().delete()
    corrections = find_corrections(article)
    rows = Segment.objects.bulk_create(
        Segment(
            article=article,
            position=position,
            start=draft.span.start,
            end=draft.span.end,
            quote=draft.span.of(article.text),
            role=draft.role,
            reason=draft.reason,
            by_person=any(
                role == draft.role and span.contains(draft.span) for span, role in corrections
            ),
        )
        for position, draft in enumerate(segments)
    )
    repeats = []
    for row, draft in zip(rows, segments, strict=True):
        if draft.duplicate_of is not None:
            row.duplicate_of = rows[draft.duplicate_of]
            repeats.append(row)
    Segment.objects.bulk_update(repeats, ["duplicate_of"])
    found = details or [([], [])] * len(sentences)
    stored = Sentence.objects.bulk_create(
        Sentence(
            article=article,
            segment=rows[sentence.segment],
            position=position,
            start=sentence.span.start,
            end=sentence.span.end,
            quote=sentence.span.of(article.text),
            role=sentence.role,
            quantities=quantities,
            dates=dates,
        )
        for position, (sentence, (quantities, dates)) in enumerate(
            zip(sentences, found, strict=True)
        )
    )
    if published is not None and not article.stated_published:
        article.published_iso = published.iso
        article.published_source = published.source
        article.published_at = moment_of(published.iso)
        article.save(update_fields=["published_iso", "published_source", "published_at"])
    return stored


def find_corrections(article: Article) -> list[tuple[Span, Role]]:
    """Return the labels people gave, the earliest first: where two overlap, the later one counts."""
    return [
        (Span(correction.start, correction.end), Role(correction.role))
        for correction in article.role_corrections.order_by("made_at", "pk")
    ]


@transaction.atomic
def relabel_segment(
    *, article: Article, start: int, end: int, role: str, user: User
) -> RoleCorrection:
    """Store a person's label for the words at ``[start, end)`` and analyse the article again.

    Raises `ValueError` for a place outside the text or a role there is none of.
    """
    span = Span(start, end)
    if end > len(article.text):
        raise ValueError(
            f"span [{start}, {end}) goes beyond the text of {len(article.text)} characters"
        )
    correction, _ = RoleCorrection.objects.update_or_create(
        article=article,
        start=start,
        end=end,
        defaults={"quote": span.of(article.text), "role": Role(role).value, "made_by": user},
    )
    mark_stale(article.story_id)
    defer_analysis(article=article)
    return correction


@transaction.atomic
def undo_relabel(*, correction: RoleCorrection) -> RoleCorrection | None:
    """Take a person's label back: the label given before it, or the machine's, counts again.

    Undoing once more goes one label further back. Returns the correction as it was
    before, None when there was none.
    """
    article = correction.article
    earlier = _find_earlier_roles(correction)
    mark_stale(article.story_id)
    defer_analysis(article=article)
    if not earlier:
        correction.delete()
        return None
    correction.role = earlier[-1]
    correction.save(update_fields=["role", "made_at"])
    return correction


def _find_earlier_roles(correction: RoleCorrection) -> list[str]:
    """Return the labels before the present one, the earliest first, without those undone."""
    events = RoleCorrection.pgh_event_model.objects.filter(pgh_obj_id=correction.pk)  # type: ignore[attr-defined]
    roles: list[str] = []
    for role in events.order_by("pgh_id").values_list("role", flat=True):
        if len(roles) > 1 and roles[-2] == role:
            roles.pop()
        elif not roles or roles[-1] != role:
            roles.append(role)
    return roles[:-1]
