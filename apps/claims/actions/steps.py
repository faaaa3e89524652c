"""What an act changed, kept so that it can be undone: the rows before it and after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from apps.articles.models import Article, RoleCorrection, Story
from apps.claims.models import (
    Adjudication,
    AlignmentDecision,
    Annotation,
    Assignment,
    Comment,
    Evidence,
    FindingDecision,
    MutedKind,
    UndoStep,
    Verdict,
)

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Table:
    """*key* are the columns that name a row for good, *kept* those that undoing puts back,
    *times* those of them that a row gets by itself when it is saved."""

    model: type[models.Model]
    key: tuple[str, ...]
    kept: tuple[str, ...]
    times: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.kept, *self.times)


_TABLES: Mapping[str, _Table] = {
    "finding_decision": _Table(
        FindingDecision,
        ("story_id", "finding_key"),
        ("kind", "value", "reason", "note", "explanation", "made_by_id"),
        ("made_at",),
    ),
    "alignment_decision": _Table(
        AlignmentDecision,
        ("story_id", "a_article_id", "a_key", "b_article_id", "b_key"),
        ("a_quote", "b_quote", "value", "is_implied", "note", "made_by_id"),
        ("made_at",),
    ),
    "assignment": _Table(
        Assignment,
        ("story_id", "finding_key"),
        ("kind", "explanation", "assignee_id", "assigned_by_id"),
        ("assigned_at",),
    ),
    "adjudication": _Table(
        Adjudication,
        ("story_id", "finding_key"),
        ("value", "note", "explanation", "settled", "made_by_id"),
        ("made_at",),
    ),
    "muted_kind": _Table(MutedKind, ("story_id", "kind"), ("muted_by_id",), ("muted_at",)),
    "annotation": _Table(
        Annotation,
        ("id",),
        (
            *("article_id", "start", "end", "quote", "prefix", "suffix", "note", "author_id"),
            *("resolved_because", "resolved_by_id"),
        ),
        ("made_at", "changed_at"),
    ),
    "comment": _Table(
        Comment,
        ("id",),
        (
            *("story_id", "finding_key", "annotation_id", "text", "author_id"),
            *("resolved_because", "resolved_by_id"),
        ),
        ("made_at",),
    ),
    "role_correction": _Table(
        RoleCorrection,
        ("article_id", "start", "end"),
        ("quote", "role", "made_by_id"),
        ("made_at",),
    ),
    "verdict": _Table(
        Verdict,
        ("story_id", "finding_key", "author_id"),
        ("value", "note", "explanation", "words", "is_blind", "reviewer_id", "reviewed_at"),
        ("given_at",),
    ),
}
# Several decisions on pairs made by one act: the rows of ``alignment_decision``, as one step.
ALIGNMENTS = "alignment_decisions"
# The story of several articles, as one step.
PLACES = "article_stories"
# A kind of finding kept out of sight.
MUTINGS = "muted_kind"
# Stands in the row of a step that was to be undone and could not: others had changed it since.
PASSED_OVER = "passed_over"
PAIR = _TABLES["alignment_decision"].key
_PLACE = ("story_id", "story_is_fixed", "story_reasons")
_EVIDENCE = ("kind", "url", "document", "excerpt", "retrieved_on", "added_by_id")


def remember(
    story: Story, user: User, label: str, table: str, row: Values, before: Values | None
) -> UndoStep:
    """Keep what *user* did, in words, with what there was *before* it, as a step to undo."""
    return UndoStep.objects.create(
        story=story,
        made_by=user,
        label=label,
        table=table,
        row=row,
        before=before,
        after=snapshot(table, row),
    )


def row_of(table: str, instance: models.Model) -> Values:
    """Return the columns that name *instance* for good."""
    return {column: getattr(instance, column) for column in _TABLES[table].key}


def snapshot(table: str, row: Values) -> Values | None:
    """Return the values of a row as JSON can hold them, None when there is no such row.

    Of a step on several rows: those of each, in its order. A fixed number of queries.
    """
    if table == ALIGNMENTS:
        return {"rows": _snapshot_pairs(row["rows"])}
    if table == PLACES:
        found = Article.objects.in_bulk(row["articles"])
        places = [
            {column: getattr(found[pk], column) for column in _PLACE} if pk in found else None
            for pk in row["articles"]
        ]
        return {"rows": places}
    kept = _TABLES[table]
    instance = kept.model._default_manager.filter(**row).first()
    if instance is None:
        return None
    values = {column: _as_json(getattr(instance, column)) for column in kept.columns}
    if isinstance(instance, Verdict):
        values["evidence"] = [
            {column: _as_json(value) for column, value in item.items()}
            for item in instance.evidence.order_by("pk").values(*_EVIDENCE)
        ]
    return values


def _as_json(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def is_as_left(table: str, row: Values, after: Values | None) -> bool:
    """Say whether a row still is what an act made of it: *after* is its snapshot.

    A column that was added since says nothing about it.
    """
    return _agrees(snapshot(table, row), after)


def _agrees(now: Values | None, after: Values | None) -> bool:
    if now is None or after is None:
        return now == after
    if "rows" in after:
        return all(map(_agrees, now["rows"], after["rows"]))
    return {column: now.get(column) for column in after} == after


def restore(table: str, row: Values, before: Values | None) -> None:
    """Put back what ``snapshot`` returned, with its times; what was not there goes."""
    if table == ALIGNMENTS:
        earlier = before["rows"] if before is not None else [None] * len(row["rows"])
        _restore_pairs(row["rows"], earlier)
        return
    if table == PLACES:
        for pk, values in zip(row["articles"], (before or {"rows": []})["rows"], strict=True):
            if values is not None:
                Article.objects.filter(pk=pk).update(**values)
        return
    kept = _TABLES[table]
    if before is None:
        kept.model._default_manager.filter(**row).delete()
        return
    values = {column: before[column] for column in kept.columns if column in before}
    # Saving it in the usual way would say that it was done now.
    if not kept.model._default_manager.filter(**row).update(**values):
        times = dict.fromkeys(kept.times, timezone.now())
        insert_as_is(kept.model(**row, **(times | values)))
    if kept.model is Verdict:
        _restore_evidence(Verdict.objects.get(**row), before["evidence"])


def insert_as_is(row: models.Model) -> None:
    """Store a new *row* with the times it names: ``save`` would put the present in their place,
    and to correct that afterwards would be a second act in its history."""
    row.save_base(raw=True, force_insert=True)


def _restore_evidence(verdict: Verdict, before: Sequence[Values]) -> None:
    replaced = list(verdict.evidence.values_list("pk", flat=True))
    Evidence.objects.bulk_create(Evidence(verdict=verdict, **item) for item in before)
    Evidence.objects.filter(pk__in=replaced).delete()


def _snapshot_pairs(rows: Sequence[Values]) -> list[Values | None]:
    found = {
        tuple(getattr(decision, column) for column in PAIR): decision
        for decision in AlignmentDecision.objects.filter(
            story__in={row["story_id"] for row in rows}, a_key__in={row["a_key"] for row in rows}
        )
    }
    columns = _TABLES["alignment_decision"].columns
    snapshots: list[Values | None] = []
    for row in rows:
        decision = found.get(tuple(row[column] for column in PAIR))
        snapshots.append(
            None
            if decision is None
            else {column: _as_json(getattr(decision, column)) for column in columns}
        )
    return snapshots


def _restore_pairs(rows: Sequence[Values], earlier: Sequence[Values | None]) -> None:
    back = [
        AlignmentDecision(**row, **values)
        for row, values in zip(rows, earlier, strict=True)
        if values is not None
    ]
    times = [decision.made_at for decision in back]
    store_pairs(back)
    # Storing them made it now; who undoes what was done before times were kept leaves it at that.
    for decision, made_at in zip(back, times, strict=True):
        decision.made_at = made_at or decision.made_at
    AlignmentDecision.objects.bulk_update(back, ["made_at"])
    gone = {
        tuple(row[column] for column in PAIR)
        for row, values in zip(rows, earlier, strict=True)
        if values is None
    }
    known = AlignmentDecision.objects.filter(story__in={row["story_id"] for row in rows})
    AlignmentDecision.objects.filter(
        pk__in=[pk for pk, *pair in known.values_list("pk", *PAIR) if tuple(pair) in gone]
    ).delete()


def store_pairs(decisions: Sequence[AlignmentDecision]) -> None:
    """Store decisions on pairs; each replaces an earlier one on the same pair. One query."""
    AlignmentDecision.objects.bulk_create(
        decisions,
        update_conflicts=True,
        unique_fields=PAIR,
        update_fields=["a_quote", "b_quote", "value", "is_implied", "note", "made_by", "made_at"],
    )
