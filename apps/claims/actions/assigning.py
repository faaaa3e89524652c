"""Whose work a finding is: taken, given to somebody else, given back."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext

from apps.articles.models import Story
from apps.claims.actions.decisions import get_finding
from apps.claims.actions.steps import Values, remember, snapshot
from apps.claims.analysis.naming import shorten
from apps.claims.models import Assignment
from config.people import shown_name

PERMISSION = "claims.add_assignment"


class TakenMeanwhile(ValueError):
    """Somebody else has the finding since it was looked at; the message says who."""


@transaction.atomic
def assign_finding(
    *, story: Story, finding_key: str, assignee: User, user: User, had: str | None = None
) -> Assignment:
    """Make a finding the work of *assignee*, whoever had it before. The same again changes nothing.

    *had* is the account that had it when *user* looked, "" for nobody, None where nobody looked:
    ``TakenMeanwhile`` when a third person has it by now. Raises ``ValueError`` for somebody whose
    role does not check findings, or a finding that is not there and that nobody ever decided,
    judged or had.
    """
    if not (assignee.is_active and assignee.has_perm(PERMISSION)):
        raise ValueError(gettext("Findings are assigned to people whose role checks them."))
    kept = get_finding(story, finding_key)
    # Two at once would each find it nobody's.
    Story.objects.select_for_update(no_key=True).get(pk=story.pk)
    row = {"story_id": story.pk, "finding_key": finding_key}
    before = snapshot("assignment", row)
    if before is not None and before["assignee_id"] == assignee.pk:
        return Assignment.objects.get(**row)
    _check_seen(before, had, user)
    assignment, _was_made = Assignment.objects.update_or_create(
        story=story,
        finding_key=finding_key,
        defaults={
            "kind": kept.kind,
            "explanation": kept.explanation,
            "assignee": assignee,
            "assigned_by": user,
        },
    )
    if assignee == user:
        label = f"Took: {shorten(kept.explanation)}"
    else:
        label = f"Assigned to {shown_name(assignee)}: {shorten(kept.explanation)}"
    remember(story, user, label, "assignment", row, before)
    return assignment


@transaction.atomic
def give_back_finding(
    *, story: Story, finding_key: str, user: User, had: str | None = None
) -> None:
    """Make a finding nobody's work; nothing happens if it is nobody's. *had* as for assigning."""
    Story.objects.select_for_update(no_key=True).get(pk=story.pk)
    row = {"story_id": story.pk, "finding_key": finding_key}
    before = snapshot("assignment", row)
    if before is None:
        return
    _check_seen(before, had, user)
    Assignment.objects.filter(**row).delete()
    label = f"Gave back: {shorten(before['explanation'])}"
    remember(story, user, label, "assignment", row, before)


def _check_seen(before: Values | None, had: str | None, user: User) -> None:
    """Leave a finding with whoever took it after *user* had looked."""
    if had is None or before is None or before["assignee_id"] == user.pk:
        return
    holder = User.objects.get(pk=before["assignee_id"])
    if holder.get_username() != had:
        raise TakenMeanwhile(
            gettext(
                "%(who)s has it since you looked, so nothing was changed. Do it again if you mean to."
            )
            % {"who": shown_name(holder)}
        )
