"""Taking back what one did last, one step at a time."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from apps.articles.actions import defer_analysis, defer_comparison
from apps.articles.actions.states import mark_stale
from apps.articles.models import Article, Story
from apps.articles.phrases import say
from apps.claims.actions.rows import compare_again, put_back, take_confirmation_back
from apps.claims.actions.steps import ALIGNMENTS, PASSED_OVER, PLACES, is_as_left, restore
from apps.claims.models import Comment, UndoStep, Verdict
from apps.claims.second_reading import find_sides


class CannotUndo(ValueError):
    """There is nothing to undo, or somebody changed it since; the message says which."""


def undo_last(*, story: Story, user: User, page: str = "") -> UndoStep:
    """Undo what *user* did last on *story* and return the step undone.

    With a *page* (see ``UndoStepQuerySet.seen_on``) the last act that shows there: nobody
    undoes unseen what was done on another page.

    Raises ``CannotUndo`` when there is nothing left, or when the same thing was changed
    since: nobody's work is lost by another person's undo. Such a step is passed over from
    then on, so that the one before it can be undone.
    """
    with transaction.atomic():
        step = (
            UndoStep.objects.select_for_update(of=("self",))
            .to_undo(story, user.pk)
            .seen_on(page)
            .first()
        )
        if step is None:
            raise CannotUndo(gettext("There is nothing of yours to undo here."))
        was_changed = not is_as_left(step.table, step.row, step.after) or _is_taken(step)
        if not was_changed:
            restore(step.table, step.row, step.before)
            _follow_up(story, step)
        else:
            # History does not call it undone.
            step.row = {**step.row, PASSED_OVER: True}
        step.undone_at = timezone.now()
        step.save(update_fields=["undone_at", "row"])
    if was_changed:
        raise CannotUndo(
            gettext("Somebody changed this since, so it stays: %(act)s") % {"act": say(step.label)}
        )
    return step


def _is_taken(step: UndoStep) -> bool:
    """Say whether a decision between verdicts would come back to somebody who gave one of them
    since or agreed to it, or a note go that somebody has answered."""
    if step.table == "annotation" and step.before is None:
        return Comment.objects.filter(annotation=step.row["id"]).exists()
    if step.table != "adjudication" or step.before is None:
        return False
    return step.before["made_by_id"] in find_sides(Verdict.objects.filter(**step.row))


def _follow_up(story: Story, step: UndoStep) -> None:
    """Bring the pages up to date, and let machines look again at what they were told otherwise."""
    if step.table in ("alignment_decision", ALIGNMENTS):
        take_confirmation_back(story=story, pairs=step.row.get("rows", [step.row]))
        put_back(story=story, moved=step.row.get("moved", []))
        compare_again(story)
    elif step.table == PLACES:
        places = [*(step.before or {})["rows"], *(step.after or {})["rows"]]
        for story_id in sorted({place["story_id"] for place in places if place} - {None}):
            mark_stale(story_id)
            defer_comparison(story_id=story_id)
    elif step.table == "role_correction":
        mark_stale(story.pk)
        defer_analysis(article=Article.objects.get(pk=step.row["article_id"]))
