"""What people decide about claims and findings, each act with the step that undoes it.

Nothing here points at rebuilt rows: decisions are kept by story and finding key, or by the
words they were made for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from apps.articles.actions import defer_analysis, defer_comparison, relabel_segment, undo_relabel
from apps.articles.models import Article, RoleCorrection, Story
from apps.claims.analysis.keys import claim_key
from apps.claims.analysis.naming import shorten
from apps.claims.models import (
    AlignmentDecision,
    Annotation,
    Claim,
    Comment,
    Evidence,
    Finding,
    FindingDecision,
    UndoStep,
    Verdict,
)

# How much text is kept on either side of a note, to find its words again.
CONTEXT = 40

Values = dict[str, Any]


class CannotUndo(ValueError):
    """There is nothing to undo, or somebody changed it since; the message says which."""


@dataclass(frozen=True, slots=True)
class _Table:
    """*key* are the columns that name a row for good, *kept* those that undoing puts back."""

    model: type[models.Model]
    key: tuple[str, ...]
    kept: tuple[str, ...]


_TABLES: Mapping[str, _Table] = {
    "finding_decision": _Table(
        FindingDecision,
        ("story_id", "finding_key"),
        ("kind", "value", "reason", "note", "explanation", "made_by_id"),
    ),
    "alignment_decision": _Table(
        AlignmentDecision,
        ("story_id", "a_article_id", "a_key", "b_article_id", "b_key"),
        ("a_quote", "b_quote", "value", "made_by_id"),
    ),
    "annotation": _Table(
        Annotation,
        ("id",),
        ("article_id", "start", "end", "quote", "prefix", "suffix", "note", "author_id"),
    ),
    "comment": _Table(
        Comment,
        ("id",),
        ("story_id", "finding_key", "text", "author_id", "resolved_because", "resolved_by_id"),
    ),
    "role_correction": _Table(
        RoleCorrection, ("article_id", "start", "end"), ("quote", "role", "made_by_id")
    ),
    "verdict": _Table(
        Verdict,
        ("story_id", "finding_key", "author_id"),
        ("value", "note", "explanation", "reviewer_id"),
    ),
}
# Several decisions on pairs made by one act: the rows of ``alignment_decision``, as one step.
ALIGNMENTS = "alignment_decisions"
_EVIDENCE = ("kind", "url", "document", "excerpt", "retrieved_on", "added_by_id")


# --- findings --------------------------------------------------------------------------------


@transaction.atomic
def decide_finding(
    *,
    story: Story,
    finding_key: str,
    value: str,
    reason: int | None = None,
    note: str = "",
    user: User,
) -> FindingDecision:
    """Store a person's confirmation or dismissal. A second decision replaces the first.

    Raises ``ValueError`` for a value there is none of, a dismissal without a reason, or a
    finding that is not there and was never decided.
    """
    chosen = FindingDecision.Value(value)
    if chosen == FindingDecision.Value.CONFIRM:
        reason = None
    elif reason is None:
        raise ValueError("Say why the finding is dismissed.")
    else:
        reason = FindingDecision.Reason(reason).value
    finding = _get_finding(story, finding_key)
    row = {"story_id": story.pk, "finding_key": finding_key}
    before = _snapshot("finding_decision", row)
    decision, _ = FindingDecision.objects.update_or_create(
        story=story,
        finding_key=finding_key,
        defaults={
            "kind": finding.kind,
            "value": chosen,
            "reason": reason,
            "note": note,
            "explanation": finding.explanation,
            "made_by": user,
        },
    )
    verb = "Confirmed" if chosen == FindingDecision.Value.CONFIRM else "Dismissed"
    _remember(
        story, user, f"{verb}: {shorten(finding.explanation)}", "finding_decision", row, before
    )
    return decision


@transaction.atomic
def withdraw_decision(*, story: Story, finding_key: str, user: User) -> None:
    """Open a decided finding again; nothing happens if it is open."""
    row = {"story_id": story.pk, "finding_key": finding_key}
    before = _snapshot("finding_decision", row)
    if before is None:
        return
    FindingDecision.objects.get(**row).delete()
    label = f"Opened again: {shorten(before['explanation'])}"
    _remember(story, user, label, "finding_decision", row, before)


def _get_finding(story: Story, finding_key: str) -> Finding | FindingDecision:
    """Return the finding, or what was kept of it when analysis no longer makes it."""
    finding = Finding.objects.filter(story=story, key=finding_key).first()
    decided = FindingDecision.objects.filter(story=story, finding_key=finding_key).first()
    found = finding or decided
    if found is None:
        raise ValueError("This finding is no longer there: the texts were analysed again.")
    return found


# --- rows ------------------------------------------------------------------------------------


def confirm_alignment(*, story: Story, claim: Claim, other: Claim, user: User) -> AlignmentDecision:
    """Keep two claims in one row from now on."""
    return _decide_alignment(
        story=story, claim=claim, other=other, value=AlignmentDecision.Value.ACCEPT, user=user
    )


def refuse_alignment(*, story: Story, claim: Claim, other: Claim, user: User) -> AlignmentDecision:
    """Keep two claims out of one row from now on."""
    return _decide_alignment(
        story=story, claim=claim, other=other, value=AlignmentDecision.Value.REFUSE, user=user
    )


@transaction.atomic
def refuse_row(*, story: Story, claim: Claim, user: User) -> list[AlignmentDecision]:
    """Keep *claim* out of the row it is in: apart from every other claim there, in one step.

    Refusing one pair alone would let the claim take others of the row along. Raises
    ``ValueError`` when it is alone, or not of this story.
    """
    company = [
        other
        for other in Claim.objects.filter(
            alignment__group__story=story, alignment__group__alignments__claim=claim
        )
        .select_related("article")
        .order_by("alignment__position")
        if _pair_key(other) != _pair_key(claim)
    ]
    if not company:
        raise ValueError("This reading is alone in its row.")
    rows = {"rows": [_alignment_row(story, claim, other) for other in company]}
    before = _snapshot(ALIGNMENTS, rows)
    decisions = [
        _store_alignment(
            story=story, claim=claim, other=other, value=AlignmentDecision.Value.REFUSE, user=user
        )
        for other in company
    ]
    label = f"Taken out of its row: “{shorten(claim.quote)}”"
    _remember(story, user, label, ALIGNMENTS, rows, before)
    _compare_again(story)
    return decisions


@transaction.atomic
def _decide_alignment(
    *, story: Story, claim: Claim, other: Claim, value: str, user: User
) -> AlignmentDecision:
    if claim.pk == other.pk:
        raise ValueError("A claim is always in the row it is in: choose two claims.")
    if {claim.article.story_id, other.article.story_id} != {story.pk}:
        raise ValueError("Both claims must be of this story.")
    row = _alignment_row(story, claim, other)
    before = _snapshot("alignment_decision", row)
    decision = _store_alignment(story=story, claim=claim, other=other, value=value, user=user)
    verb = "Kept together" if value == AlignmentDecision.Value.ACCEPT else "Kept apart"
    label = f"{verb}: “{shorten(claim.quote)}” and “{shorten(other.quote)}”"
    _remember(story, user, label, "alignment_decision", row, before)
    _compare_again(story)
    return decision


def _store_alignment(
    *, story: Story, claim: Claim, other: Claim, value: str, user: User
) -> AlignmentDecision:
    first, second = _in_pair_order(claim, other)
    decision, _ = AlignmentDecision.objects.update_or_create(
        **_alignment_row(story, claim, other),
        defaults={
            "a_quote": first.quote,
            "b_quote": second.quote,
            "value": value,
            "made_by": user,
        },
    )
    return decision


@transaction.atomic
def forget_alignment(*, story: Story, claim: Claim, other: Claim, user: User) -> None:
    """Leave it to analysis again whether two claims are one row."""
    row = _alignment_row(story, claim, other)
    before = _snapshot("alignment_decision", row)
    if before is None:
        return
    AlignmentDecision.objects.get(**row).delete()
    label = f"Left to analysis: “{shorten(claim.quote)}” and “{shorten(other.quote)}”"
    _remember(story, user, label, "alignment_decision", row, before)
    _compare_again(story)


def _pair_key(claim: Claim) -> tuple[int, str]:
    return claim.article_id, claim_key(str(claim.article_id), claim.quote)


def _in_pair_order(claim: Claim, other: Claim) -> tuple[Claim, Claim]:
    first, second = sorted((claim, other), key=_pair_key)
    return first, second


def _alignment_row(story: Story, claim: Claim, other: Claim) -> Values:
    (a_article, a_key), (b_article, b_key) = sorted((_pair_key(claim), _pair_key(other)))
    return {
        "story_id": story.pk,
        "a_article_id": a_article,
        "a_key": a_key,
        "b_article_id": b_article,
        "b_key": b_key,
    }


def _compare_again(story: Story) -> None:
    _mark_stale(story)
    defer_comparison(story_id=story.pk)


def _mark_stale(story: Story) -> None:
    now = timezone.now()
    Story.objects.filter(pk=story.pk).update(stale_since=now, changed_at=now)


# --- verdicts --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """What a verdict rests on: an address or a document, and the words quoted from it."""

    kind: str
    excerpt: str
    retrieved_on: date
    url: str = ""
    document: str = ""


@transaction.atomic
def give_verdict(
    *,
    story: Story,
    finding_key: str,
    value: str,
    note: str = "",
    evidence: Sequence[EvidenceDraft],
    user: User,
) -> Verdict:
    """Store a fact-checker's judgement with its evidence; a later one of the same person
    replaces it, and takes the earlier review with it. Without evidence: ``ValueError``."""
    if not evidence:
        raise ValueError("A verdict needs evidence: add where it can be read, and its words.")
    if not value.strip():
        raise ValueError("Choose a verdict.")
    finding = _get_finding(story, finding_key)
    row = {"story_id": story.pk, "finding_key": finding_key, "author_id": user.pk}
    before = _snapshot("verdict", row)
    verdict, _ = Verdict.objects.update_or_create(
        story=story,
        finding_key=finding_key,
        author=user,
        defaults={
            "value": value.strip(),
            "note": note,
            "explanation": finding.explanation,
            "reviewer": None,
        },
    )
    earlier = list(verdict.evidence.values_list("pk", flat=True))
    Evidence.objects.bulk_create(
        Evidence(
            verdict=verdict,
            kind=item.kind,
            url=item.url,
            document=item.document,
            excerpt=item.excerpt,
            retrieved_on=item.retrieved_on,
            added_by=user,
        )
        for item in evidence
    )
    Evidence.objects.filter(pk__in=earlier).delete()
    label = f"Verdict “{verdict.value}”: {shorten(finding.explanation)}"
    _remember(story, user, label, "verdict", row, before)
    return verdict


@transaction.atomic
def review_verdict(*, verdict: Verdict, user: User) -> Verdict:
    """Put a second reader's name to a verdict. The author's own: ``ValueError``."""
    if verdict.author_id == user.pk:
        raise ValueError("A verdict is reviewed by somebody other than its author.")
    row = _row_of("verdict", verdict)
    before = _snapshot("verdict", row)
    verdict.reviewer = user
    verdict.save(update_fields=["reviewer", "given_at"])
    label = f"Reviewed: {shorten(verdict.explanation)}"
    _remember(verdict.story, user, label, "verdict", row, before)
    return verdict


@transaction.atomic
def withdraw_verdict(*, verdict: Verdict, user: User) -> None:
    """Take one's own verdict back, with its evidence. Somebody else's: ``ValueError``."""
    if verdict.author_id != user.pk:
        raise ValueError("A verdict is withdrawn by its author.")
    row = _row_of("verdict", verdict)
    before = _snapshot("verdict", row)
    story, label = verdict.story, f"Withdrew a verdict: {shorten(verdict.explanation)}"
    verdict.delete()
    _remember(story, user, label, "verdict", row, before)


# --- notes and remarks -----------------------------------------------------------------------


@transaction.atomic
def annotate(*, article: Article, start: int, end: int, note: str, user: User) -> Annotation:
    """Store a note on the words at ``[start, end)``. ``ValueError`` outside the text, or empty."""
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"[{start}, {end}) is no place in this article.")
    if not note.strip():
        raise ValueError("Write a note.")
    annotation = Annotation.objects.create(
        article=article,
        start=start,
        end=end,
        quote=article.text[start:end],
        prefix=article.text[max(0, start - CONTEXT) : start],
        suffix=article.text[end : end + CONTEXT],
        note=note.strip(),
        author=user,
    )
    if article.story is not None:
        label = f"Note on “{shorten(annotation.quote)}”"
        _remember(article.story, user, label, "annotation", {"id": annotation.pk}, None)
    return annotation


@transaction.atomic
def delete_annotation(*, annotation: Annotation, user: User) -> None:
    row = {"id": annotation.pk}
    before = _snapshot("annotation", row)
    story, quote = annotation.article.story, annotation.quote
    annotation.delete()
    if story is not None:
        _remember(story, user, f"Deleted the note on “{shorten(quote)}”", "annotation", row, before)


@transaction.atomic
def comment(*, story: Story, finding_key: str, text: str, user: User) -> Comment:
    """Store a remark about a finding. An empty one: ``ValueError``."""
    if not text.strip():
        raise ValueError("Write a remark.")
    remark = Comment.objects.create(
        story=story, finding_key=finding_key, text=text.strip(), author=user
    )
    _remember(story, user, f"Remark: {shorten(text)}", "comment", {"id": remark.pk}, None)
    return remark


@transaction.atomic
def resolve_comment(*, remark: Comment, because: str, user: User) -> Comment:
    """Close a remark and say why. Without a reason: ``ValueError``."""
    if not because.strip():
        raise ValueError("Say why the remark is resolved.")
    before = _snapshot("comment", {"id": remark.pk})
    remark.resolved_because = because.strip()
    remark.resolved_by = user
    remark.save(update_fields=["resolved_because", "resolved_by"])
    label = f"Resolved: {shorten(remark.text)}"
    _remember(remark.story, user, label, "comment", {"id": remark.pk}, before)
    return remark


@transaction.atomic
def relabel(*, article: Article, start: int, end: int, role: str, user: User) -> RoleCorrection:
    """Store a person's label for a part of the text, as a step that can be undone."""
    row = {"article_id": article.pk, "start": start, "end": end}
    before = _snapshot("role_correction", row)
    correction = relabel_segment(article=article, start=start, end=end, role=role, user=user)
    if article.story is not None:
        label = f"Labelled “{shorten(correction.quote)}” as {role.replace('_', ' ')}"
        _remember(article.story, user, label, "role_correction", row, before)
    return correction


@transaction.atomic
def withdraw_label(*, correction: RoleCorrection, user: User) -> None:
    """Take a label for a part of the text back: the one before it counts again."""
    row = _row_of("role_correction", correction)
    before = _snapshot("role_correction", row)
    story, quote = correction.article.story, correction.quote
    undo_relabel(correction=correction)
    if story is not None:
        label = f"Took the label of “{shorten(quote)}” back"
        _remember(story, user, label, "role_correction", row, before)


# --- undo ------------------------------------------------------------------------------------


def undo_last(*, story: Story, user: User) -> UndoStep:
    """Undo what *user* did last on *story* and return the step undone.

    Raises ``CannotUndo`` when there is nothing left, or when the same thing was changed
    since: nobody's work is lost by another person's undo. Such a step is passed over from
    then on, so that the one before it can be undone.
    """
    with transaction.atomic():
        step = (
            UndoStep.objects.select_for_update(of=("self",))
            .filter(story=story, made_by=user, undone_at__isnull=True)
            .order_by("-pk")
            .first()
        )
        if step is None:
            raise CannotUndo("There is nothing of yours to undo here.")
        was_changed = _snapshot(step.table, step.row) != step.after
        if not was_changed:
            _restore(step.table, step.row, step.before)
            _follow_up(story, step)
        step.undone_at = timezone.now()
        step.save(update_fields=["undone_at"])
    if was_changed:
        raise CannotUndo(f"Somebody changed this since, so it stays: {step.label}")
    return step


def _follow_up(story: Story, step: UndoStep) -> None:
    """Let machines look again at what they were told otherwise."""
    if step.table in ("alignment_decision", ALIGNMENTS):
        _compare_again(story)
    elif step.table == "role_correction":
        _mark_stale(story)
        defer_analysis(article=Article.objects.get(pk=step.row["article_id"]))


def _remember(
    story: Story, user: User, label: str, table: str, row: Values, before: Values | None
) -> None:
    UndoStep.objects.create(
        story=story,
        made_by=user,
        label=label,
        table=table,
        row=row,
        before=before,
        after=_snapshot(table, row),
    )


def _row_of(table: str, instance: models.Model) -> Values:
    return {column: getattr(instance, column) for column in _TABLES[table].key}


def _snapshot(table: str, row: Values) -> Values | None:
    """Return the values of a row as JSON can hold them, None when there is no such row."""
    if table == ALIGNMENTS:
        return {"rows": [_snapshot("alignment_decision", one) for one in row["rows"]]}
    kept = _TABLES[table]
    found = kept.model._default_manager.filter(**row).first()
    if found is None:
        return None
    values = {column: getattr(found, column) for column in kept.kept}
    if isinstance(found, Verdict):
        values["evidence"] = [
            {
                column: value.isoformat() if isinstance(value, date) else value
                for column, value in item.items()
            }
            for item in found.evidence.order_by("pk").values(*_EVIDENCE)
        ]
    return values


def _restore(table: str, row: Values, before: Values | None) -> None:
    if table == ALIGNMENTS:
        earlier = before["rows"] if before is not None else [None] * len(row["rows"])
        for one, values in zip(row["rows"], earlier, strict=True):
            _restore("alignment_decision", one, values)
        return
    kept = _TABLES[table]
    if before is None:
        kept.model._default_manager.filter(**row).delete()
        return
    values = {column: before[column] for column in kept.kept}
    restored, _ = kept.model._default_manager.update_or_create(**row, defaults=values)
    if isinstance(restored, Verdict):
        replaced = list(restored.evidence.values_list("pk", flat=True))
        Evidence.objects.bulk_create(
            Evidence(verdict=restored, **item) for item in before["evidence"]
        )
        Evidence.objects.filter(pk__in=replaced).delete()
