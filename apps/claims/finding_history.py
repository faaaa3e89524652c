"""What people did with one finding, from the history that nobody can change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils.translation import gettext, gettext_lazy

from apps.articles.models import Story
from apps.claims.finding_views import reason_of
from apps.claims.models import (
    Adjudication,
    Assignment,
    Comment,
    FindingDecision,
    Verdict,
)
from apps.claims.second_reading import find_sealed, was_never_seen
from config.people import shown_name

_TRACKED: tuple[type[Model], ...] = (FindingDecision, Assignment, Verdict, Adjudication, Comment)
_TAKEN_BACK: Mapping[type[Model], Any] = {
    FindingDecision: gettext_lazy("opened it again"),
    Assignment: gettext_lazy("gave it back"),
    Verdict: gettext_lazy("took a verdict back"),
    Adjudication: gettext_lazy("took the decision between verdicts back"),
    Comment: gettext_lazy("took a remark back"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """Something done with a finding. *who* is a name, "" when nobody is known to have."""

    at: datetime
    who: str
    what: str
    note: str = ""


def build_history(story: Story, key: str, user: User) -> tuple[Act, ...]:
    """Return what was done with a finding in *story*, the first act first; seven queries.

    While a verdict is sealed to *user*, what any verdict said is left out; of one taken back
    what it said stays unseen, as it was.
    """
    verdicts = list(Verdict.objects.filter(story=story, finding_key=key))
    is_hidden = bool(find_sealed(verdicts, user.pk))
    events = [
        (event.pgh_created_at, event.pgh_id, model, event)
        for model in _TRACKED
        for event in model.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # made by pghistory
            story=story, finding_key=key
        ).select_related("pgh_context")
    ]
    events.sort(key=lambda found: (found[0], _TRACKED.index(found[2]), found[1]))
    names = _find_names(event for *_, event in events)
    before: dict[tuple[type[Model], int], Any] = {}
    acts = []
    for at, _, model, event in events:
        earlier = before.get((model, event.pgh_obj_id))
        before[model, event.pgh_obj_id] = event
        is_unseen = is_hidden or (
            model is Verdict
            and event.author_id != user.pk
            and was_never_seen(event.author_id, is_blind=event.is_blind, verdicts=verdicts)
        )
        what, note = _say(model, event, earlier, names, is_hidden=is_unseen)
        if what:
            acts.append(Act(at, names.get(_actor(event, model), ""), what, note))
    return tuple(acts)


def _actor(event: Any, model: type[Model]) -> int | None:
    """Return who did it: who was signed in, else whose row it is."""
    metadata = event.pgh_context.metadata if event.pgh_context else {}
    if isinstance(metadata.get("user"), int):
        return int(metadata["user"])
    if model is Verdict or model is Comment:
        number: int | None = event.author_id
    else:
        number = event.assigned_by_id if model is Assignment else event.made_by_id
    return number


def _find_names(events: Iterable[Any]) -> dict[int | None, str]:
    wanted: set[int] = set()
    for event in events:
        metadata = event.pgh_context.metadata if event.pgh_context else {}
        values = [metadata.get("user")]
        values += [
            getattr(event, column, None)
            for column in (
                "made_by_id",
                "author_id",
                "reviewer_id",
                "assignee_id",
                "assigned_by_id",
            )
        ]
        wanted |= {value for value in values if isinstance(value, int)}
    people = User.objects.filter(pk__in=wanted)
    return {person.pk: shown_name(person) for person in people}


def _say(
    model: type[Model],
    event: Any,
    earlier: Any,
    names: Mapping[int | None, str],
    *,
    is_hidden: bool,
) -> tuple[str, str]:
    """Return what an event was, in words, with what was noted; "" for what is no act."""
    if event.pgh_label == "delete":
        return str(_TAKEN_BACK[model]), ""
    if model is FindingDecision:
        if event.value == FindingDecision.Value.CONFIRM:
            return gettext("confirmed it"), event.note
        return gettext("dismissed it: %(reason)s") % {"reason": reason_of(event)}, event.note
    if model is Assignment:
        who = names.get(event.assignee_id, "")
        return gettext("assigned it to %(who)s") % {"who": who}, ""
    if model is Adjudication:
        if is_hidden:
            return gettext("decided between verdicts"), ""
        return gettext("decided for “%(verdict)s”") % {"verdict": gettext(event.value)}, event.note
    if model is Comment:
        if earlier is None:
            return gettext("remarked"), event.text
        return gettext("resolved a remark"), event.resolved_because
    if earlier is not None and event.reviewer_id and not earlier.reviewer_id:
        return gettext("read a verdict and agreed"), ""
    was_read = earlier is not None and earlier.reviewer_id and not event.reviewer_id
    if was_read and event.given_at == earlier.given_at:
        return gettext("agreed no longer"), ""
    same = ("value", "note", "words", "is_blind")
    if earlier is not None and all(getattr(event, c) == getattr(earlier, c) for c in same):
        return "", ""
    if is_hidden:
        return gettext("gave a verdict"), ""
    return gettext("gave the verdict “%(verdict)s”") % {"verdict": gettext(event.value)}, event.note
