"""Remembering what a person saw of a story, to say next time what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from apps.articles.models import Story
from apps.claims.models import StoryVisit

# Looking again within this time is the same visit: a page loaded twice still says what is new.
SAME_VISIT = timedelta(minutes=30)


@transaction.atomic
def remember_visit(*, owner: User, story: Story, seen: Mapping[str, Sequence[str]]) -> StoryVisit:
    """Store what *owner* sees of *story* now, and return the visit.

    Its *seen_before* is what they had seen when they came, empty at the first visit.
    """
    now = timezone.now()
    visit, is_first = StoryVisit.objects.select_for_update().get_or_create(
        owner=owner, story=story, defaults={"seen_at": now, "seen": dict(seen)}
    )
    if is_first:
        return visit
    if now - visit.seen_at > SAME_VISIT:
        visit.seen_before, visit.seen_before_at = visit.seen, visit.seen_at
    visit.seen, visit.seen_at = dict(seen), now
    visit.save()
    return visit
