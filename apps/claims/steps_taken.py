"""What a person did last on a story and can undo, in words."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User

from apps.articles.models import Story
from apps.claims.models import UndoStep

MOST = 5


def find_steps(story: Story, user: User | AnonymousUser) -> list[UndoStep]:
    """Return the last acts of *user* on *story* that are not undone, the last first. One query."""
    steps = UndoStep.objects.filter(story=story, made_by=user.pk, undone_at__isnull=True)
    return list(steps.only("label", "made_at").order_by("-pk")[:MOST])
