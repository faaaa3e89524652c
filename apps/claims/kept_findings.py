"""What is kept of a finding by those who decided, judged or had it."""

from __future__ import annotations

from dataclasses import dataclass

from apps.articles.models import Story
from apps.claims.models import Assignment, Finding, FindingDecision, Verdict


class NothingKept(LookupError):
    """There is no such finding, and nobody decided, judged or had one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """*kind* is "" where only a verdict is left of it."""

    kind: str
    explanation: str


def get_kept(story: Story, key: str) -> Kept:
    """Return what is kept of a finding, also of one that analysis no longer makes.

    One query for a finding that is there. Raises ``NothingKept``.
    """
    found = Finding.objects.filter(story=story, key=key)
    decided = FindingDecision.objects.filter(story=story, finding_key=key)
    assigned = Assignment.objects.filter(story=story, finding_key=key)
    for rows in (found, decided, assigned):
        kept = rows.order_by().values_list("kind", "explanation").first()
        if kept is not None:
            return Kept(*kept)
    judged = Verdict.objects.filter(story=story, finding_key=key).first()
    if judged is None:
        raise NothingKept(f"story {story.pk} has no finding {key}")
    return Kept("", judged.explanation)
