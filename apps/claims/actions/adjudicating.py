"""Deciding between verdicts that differ, by somebody who is on no side."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from apps.articles.models import Story
from apps.claims.actions.steps import remember, snapshot
from apps.claims.analysis.naming import shorten
from apps.claims.models import Adjudication, Verdict
from apps.claims.second_reading import (
    DIFFER,
    SETTLED,
    find_sides,
    find_standing,
    name_verdicts,
    stamp_verdicts,
)


@transaction.atomic
def adjudicate(
    *, story: Story, finding_key: str, value: str, note: str, user: User, seen: str = ""
) -> Adjudication:
    """Say which of the verdicts on a finding holds, and why; a later word replaces it.

    *seen* stands for the verdicts decided about, see ``stamp_verdicts``. Raises ``ValueError``
    where verdicts do not differ, where others stand there by now, for one that nobody gave,
    without a reason, and for whoever gave one of them or agreed to it.
    """
    if not note.strip():
        raise ValueError(_("Say why this verdict holds."))
    Story.objects.select_for_update(no_key=True).get(pk=story.pk)
    verdicts = list(Verdict.objects.filter(story=story, finding_key=finding_key))
    if user.pk in find_sides(verdicts):
        raise ValueError(
            _("Somebody who gave none of the verdicts and agreed to none decides between them.")
        )
    if seen and seen != stamp_verdicts(verdicts):
        raise ValueError(_("The verdicts were changed since you opened them: read them again."))
    before = Adjudication.objects.filter(story=story, finding_key=finding_key).first()
    if find_standing(verdicts, before).state not in (DIFFER, SETTLED):
        raise ValueError(_("These verdicts do not differ: there is nothing to decide."))
    if value not in {verdict.value for verdict in verdicts}:
        raise ValueError(_("Choose one of the verdicts given."))
    row = {"story_id": story.pk, "finding_key": finding_key}
    was = snapshot("adjudication", row)
    adjudication, _was_made = Adjudication.objects.update_or_create(
        story=story,
        finding_key=finding_key,
        defaults={
            "value": value,
            "note": note.strip(),
            "explanation": verdicts[0].explanation,
            "settled": name_verdicts(verdicts),
            "made_by": user,
        },
    )
    label = f"Decided for “{value}”: {shorten(adjudication.explanation)}"
    remember(story, user, label, "adjudication", row, was)
    return adjudication


@transaction.atomic
def withdraw_adjudication(*, story: Story, finding_key: str, user: User) -> None:
    """Leave verdicts that differ as they are again. Somebody else's word: ``ValueError``."""
    row = {"story_id": story.pk, "finding_key": finding_key}
    before = snapshot("adjudication", row)
    if before is None:
        return
    if before["made_by_id"] != user.pk:
        raise ValueError(_("Whoever decided takes it back."))
    Adjudication.objects.filter(**row).delete()
    label = f"Took a decision between verdicts back: {shorten(before['explanation'])}"
    remember(story, user, label, "adjudication", row, before)
