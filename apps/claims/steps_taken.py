"""What a person did last on a story and can undo, in words."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User

from apps.articles.models import Story
from apps.claims.models import UndoStep

MOST = 5


def find_steps(story: Story, user: User | AnonymousUser, *, page: str = "") -> list[UndoStep]:
    """Return the last acts of *user* on *story* that are not undone, the last first; with a
    *page* those that show there (see ``UndoStepQuerySet.seen_on``). One query."""
    steps = UndoStep.objects.to_undo(story, user.pk).seen_on(page)
    return list(steps.only("label", "made_at")[:MOST])
