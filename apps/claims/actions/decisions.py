"""What people decide about findings and write down, each act with the step that undoes it.

Nothing here points at rebuilt rows: decisions are kept by story and finding key, or by the
words they were made for. Decisions about rows are in ``rows``, about stories in ``gathering``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.articles.actions import relabel_segment, undo_relabel
from apps.articles.models import Article, RoleCorrection, Story
from apps.claims.actions.steps import remember, row_of, snapshot
from apps.claims.analysis.naming import shorten
from apps.claims.kept_findings import Kept, NothingKept, get_kept
from apps.claims.models import (
    Adjudication,
    Annotation,
    Comment,
    Evidence,
    FindingDecision,
    Verdict,
)
from apps.claims.second_reading import SETTLED, find_standing

# How much text is kept on either side of a note, to find its words again.
CONTEXT = 40


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
        raise ValueError(_("Say why the finding is dismissed."))
    else:
        reason = FindingDecision.Reason(reason).value
    finding = get_finding(story, finding_key)
    row = {"story_id": story.pk, "finding_key": finding_key}
    before = snapshot("finding_decision", row)
    decision, _was_made = FindingDecision.objects.update_or_create(
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
    remember(
        story, user, f"{verb}: {shorten(finding.explanation)}", "finding_decision", row, before
    )
    return decision


@transaction.atomic
def withdraw_decision(*, story: Story, finding_key: str, user: User) -> None:
    """Open a decided finding again; nothing happens if it is open."""
    row = {"story_id": story.pk, "finding_key": finding_key}
    before = snapshot("finding_decision", row)
    if before is None:
        return
    FindingDecision.objects.get(**row).delete()
    label = f"Opened again: {shorten(before['explanation'])}"
    remember(story, user, label, "finding_decision", row, before)


def get_finding(story: Story, finding_key: str) -> Kept:
    """Return what is kept of a finding. ``ValueError`` where there is none, nor ever was."""
    try:
        return get_kept(story, finding_key)
    except NothingKept as error:
        words = _("This finding is no longer there: the texts were analysed again.")
        raise ValueError(words) from error


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
    words: str = "",
    is_blind: bool = False,
    evidence: Sequence[EvidenceDraft],
    user: User,
) -> Verdict:
    """Store a fact-checker's judgement with its evidence; a later one of the same person
    replaces it, and takes the earlier review with it. Who agreed to another that says
    otherwise agrees no longer, as a step before. Without evidence: ``ValueError``.

    *words* are those of the claim judged, empty for the finding as a whole; where somebody
    else has judged it, the same as theirs: other words would be another question. One that
    *is_blind* stays unseen until somebody else has judged the finding.
    """
    if not evidence:
        raise ValueError(_("A verdict needs evidence: add where it can be read, and its words."))
    if not value.strip():
        raise ValueError(_("Choose a verdict."))
    # Two at once would each find nobody before them, and judge other words.
    Story.objects.select_for_update(no_key=True).get(pk=story.pk)
    finding = get_finding(story, finding_key)
    row = {"story_id": story.pk, "finding_key": finding_key, "author_id": user.pk}
    before = snapshot("verdict", row)
    others = Verdict.objects.filter(story=story, finding_key=finding_key).exclude(author=user)
    others = others.select_related("story")
    judged = others.order_by("pk").values_list("words", flat=True).first()
    for agreed in others.filter(reviewer=user).exclude(value=value.strip()):
        _take_agreement_back(agreed, user)
    verdict, _was_made = Verdict.objects.update_or_create(
        story=story,
        finding_key=finding_key,
        author=user,
        defaults={
            "value": value.strip(),
            "note": note,
            "explanation": finding.explanation,
            "words": words if judged is None else judged,
            "is_blind": is_blind,
            "reviewer": None,
            "reviewed_at": None,
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
    remember(story, user, label, "verdict", row, before)
    return verdict


@transaction.atomic
def review_verdict(*, verdict: Verdict, user: User, seen: str = "") -> Verdict:
    """Put a second reader's name to a verdict; *seen* is when the one they read was given.

    A verdict of their own that says otherwise is withdrawn, as a step before: nobody stands
    for two. ``ValueError`` for the author's own, one that somebody else has read, one of those
    *user* decided between, and, because nobody agrees to what they have not seen, one to be
    read blind or given anew since.
    """
    verdict = Verdict.objects.select_for_update().select_related("story").get(pk=verdict.pk)
    if seen and seen != verdict.given_at.isoformat():
        raise ValueError(_("This verdict was changed since you opened it: read it again."))
    if verdict.reviewer_id not in (None, user.pk):
        raise ValueError(_("In the meantime somebody has read it: their name stands beside it."))
    if verdict.author_id == user.pk:
        raise ValueError(_("A verdict is reviewed by somebody other than its author."))
    if _has_decided_between(verdict, user):
        raise ValueError(_("You decided between these verdicts: somebody else reads them."))
    if not Verdict.objects.unsealed().filter(pk=verdict.pk).exists():
        raise ValueError(_("This verdict is read blind: give your own, then both are shown."))
    own = Verdict.objects.filter(
        story=verdict.story, finding_key=verdict.finding_key, author=user
    ).exclude(value=verdict.value)
    for otherwise in own:
        withdraw_verdict(verdict=otherwise, user=user)
    row = row_of("verdict", verdict)
    before = snapshot("verdict", row)
    verdict.reviewer = user
    verdict.reviewed_at = timezone.now()
    verdict.save(update_fields=["reviewer", "reviewed_at"])
    label = f"Reviewed: {shorten(verdict.explanation)}"
    remember(verdict.story, user, label, "verdict", row, before)
    return verdict


def _has_decided_between(verdict: Verdict, user: User) -> bool:
    """Whether a decision of *user* between the verdicts on a finding holds."""
    here = {"story": verdict.story, "finding_key": verdict.finding_key}
    decided = Adjudication.objects.filter(**here, made_by=user).first()
    standing = find_standing(Verdict.objects.filter(**here), decided)
    return standing.state == SETTLED


def _take_agreement_back(verdict: Verdict, user: User) -> None:
    row = row_of("verdict", verdict)
    before = snapshot("verdict", row)
    verdict.reviewer = verdict.reviewed_at = None
    verdict.save(update_fields=["reviewer", "reviewed_at"])
    label = f"Agrees no longer: {shorten(verdict.explanation)}"
    remember(verdict.story, user, label, "verdict", row, before)


@transaction.atomic
def withdraw_verdict(*, verdict: Verdict, user: User) -> None:
    """Take one's own verdict back, with its evidence. Somebody else's: ``ValueError``."""
    if verdict.author_id != user.pk:
        raise ValueError(_("A verdict is withdrawn by its author."))
    row = row_of("verdict", verdict)
    before = snapshot("verdict", row)
    story, label = verdict.story, f"Withdrew a verdict: {shorten(verdict.explanation)}"
    verdict.delete()
    remember(story, user, label, "verdict", row, before)


# --- notes and remarks -----------------------------------------------------------------------


@transaction.atomic
def annotate(*, article: Article, start: int, end: int, note: str, user: User) -> Annotation:
    """Store a note on the words at ``[start, end)``. ``ValueError`` outside the text, or empty."""
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"[{start}, {end}) is no place in this article.")
    if not note.strip():
        raise ValueError(_("Write a note."))
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
        remember(article.story, user, label, "annotation", {"id": annotation.pk}, None)
    return annotation


@transaction.atomic
def answer_note(*, annotation: Annotation, text: str, user: User) -> Comment:
    """Store an answer to a note. ``ValueError`` for an empty one, or where there is no story."""
    story = annotation.article.story
    if not text.strip():
        raise ValueError(_("Write an answer."))
    if story is None:
        raise ValueError(_("This article is in no story: put it into one first."))
    answer = Comment.objects.create(
        story=story, annotation=annotation, text=text.strip(), author=user
    )
    remember(story, user, f"Answer: {shorten(text)}", "comment", {"id": answer.pk}, None)
    return answer


@transaction.atomic
def resolve_note(*, annotation: Annotation, because: str, user: User) -> Annotation:
    """Close a note and say why. Without a reason: ``ValueError``."""
    if not because.strip():
        raise ValueError(_("Say why the note is resolved."))
    row = {"id": annotation.pk}
    before = snapshot("annotation", row)
    annotation.resolved_because = because.strip()
    annotation.resolved_by = user
    annotation.save(update_fields=["resolved_because", "resolved_by", "changed_at"])
    if annotation.article.story is not None:
        label = f"Resolved the note on “{shorten(annotation.quote)}”"
        remember(annotation.article.story, user, label, "annotation", row, before)
    return annotation


@transaction.atomic
def delete_annotation(*, annotation: Annotation, user: User) -> None:
    """Take a note away. One that somebody answered is resolved instead: ``ValueError``."""
    if annotation.answers.exists():
        raise ValueError(_("Somebody answered this note: resolve it instead."))
    row = {"id": annotation.pk}
    before = snapshot("annotation", row)
    story, quote = annotation.article.story, annotation.quote
    annotation.delete()
    if story is not None:
        remember(story, user, f"Deleted the note on “{shorten(quote)}”", "annotation", row, before)


@transaction.atomic
def comment(*, story: Story, finding_key: str, text: str, user: User) -> Comment:
    """Store a remark about a finding. An empty one: ``ValueError``."""
    if not text.strip():
        raise ValueError(_("Write a remark."))
    remark = Comment.objects.create(
        story=story, finding_key=finding_key, text=text.strip(), author=user
    )
    remember(story, user, f"Remark: {shorten(text)}", "comment", {"id": remark.pk}, None)
    return remark


@transaction.atomic
def resolve_comment(*, remark: Comment, because: str, user: User) -> Comment:
    """Close a remark and say why. Without a reason: ``ValueError``."""
    if not because.strip():
        raise ValueError(_("Say why the remark is resolved."))
    before = snapshot("comment", {"id": remark.pk})
    remark.resolved_because = because.strip()
    remark.resolved_by = user
    remark.save(update_fields=["resolved_because", "resolved_by"])
    label = f"Resolved: {shorten(remark.text)}"
    remember(remark.story, user, label, "comment", {"id": remark.pk}, before)
    return remark


@transaction.atomic
def relabel(*, article: Article, start: int, end: int, role: str, user: User) -> RoleCorrection:
    """Store a person's label for a part of the text, as a step that can be undone."""
    row = {"article_id": article.pk, "start": start, "end": end}
    before = snapshot("role_correction", row)
    correction = relabel_segment(article=article, start=start, end=end, role=role, user=user)
    if article.story is not None:
        label = f"Labelled “{shorten(correction.quote)}” as {role.replace('_', ' ')}"
        remember(article.story, user, label, "role_correction", row, before)
    return correction


@transaction.atomic
def withdraw_label(*, correction: RoleCorrection, user: User) -> None:
    """Take a label for a part of the text back: the one before it counts again."""
    row = row_of("role_correction", correction)
    before = snapshot("role_correction", row)
    story, quote = correction.article.story, correction.quote
    undo_relabel(correction=correction)
    if story is not None:
        label = f"Took the label of “{shorten(quote)}” back"
        remember(story, user, label, "role_correction", row, before)
