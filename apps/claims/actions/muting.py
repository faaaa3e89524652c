"""Keeping a kind of finding out of sight, in one story or in all, until somebody wants it back."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from apps.articles.models import Story
from apps.claims.actions.steps import remember, snapshot
from apps.claims.finding_titles import english_title_of
from apps.claims.models import MutedKind


@transaction.atomic
def mute_kind(*, story: Story, kind: str, everywhere: bool = False, user: User) -> MutedKind:
    """Leave findings of *kind* out of the pages of *story*, or of all stories.

    The step to undo it stands in *story*, where it was done. Muting again changes nothing.
    """
    where = None if everywhere else story
    row = {"story_id": where.pk if where else None, "kind": kind}
    before = snapshot("muted_kind", row)
    muted, was_made = MutedKind.objects.get_or_create(
        story=where, kind=kind, defaults={"muted_by": user}
    )
    if was_made:
        place = "in all stories" if everywhere else "in this story"
        remember(story, user, f"Muted {place}: {english_title_of(kind)}", "muted_kind", row, before)
    return muted


@transaction.atomic
def unmute_kind(*, story: Story, kind: str, everywhere: bool = False, user: User) -> None:
    """Show findings of *kind* again where ``mute_kind`` left them out."""
    where = None if everywhere else story
    row = {"story_id": where.pk if where else None, "kind": kind}
    before = snapshot("muted_kind", row)
    if before is None:
        return
    MutedKind.objects.filter(story=where, kind=kind).delete()
    remember(story, user, f"Shown again: {english_title_of(kind)}", "muted_kind", row, before)


def mute_everywhere(*, kind: str, user: User) -> MutedKind:
    """Leave findings of *kind* out of the pages of all stories; ``show_everywhere`` is its undo.

    For pages that belong to no story: ``mute_kind`` keeps the step to undo it in one.
    """
    muted, _was_made = MutedKind.objects.get_or_create(
        story=None, kind=kind, defaults={"muted_by": user}
    )
    return muted


def show_everywhere(*, kind: str) -> None:
    """Show findings of *kind* again; what is muted in single stories stays so."""
    MutedKind.objects.filter(story=None, kind=kind).delete()
