"""Undo brings back what people did with the time they did it, never with that of the undo."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from apps.articles.models import RoleCorrection
from apps.claims.actions import (
    adjudicate,
    annotate,
    assign_finding,
    comment,
    confirm_alignment,
    decide_finding,
    delete_annotation,
    forget_alignment,
    give_back_finding,
    give_verdict,
    mute_kind,
    relabel,
    resolve_comment,
    undo_last,
    unmute_kind,
    withdraw_adjudication,
    withdraw_decision,
    withdraw_label,
)
from apps.claims.actions.decisions import EvidenceDraft
from apps.claims.models import (
    Adjudication,
    AlignmentDecision,
    Annotation,
    Assignment,
    Comment,
    FindingDecision,
    MutedKind,
    UndoStep,
)
from tests.db.stories import claim_of, make_counted_ferry, make_user

pytestmark = pytest.mark.django_db

EARLIER = datetime(2031, 5, 7, 9, 30, tzinfo=UTC)


@pytest.fixture
def story():
    return make_counted_ferry()


def _pair(story):
    north, south = story.articles.order_by("published_at", "pk")
    return {"claim": claim_of(north), "other": claim_of(south)}


def test_a_decision_that_was_replaced_comes_back_with_its_day(story, wanda):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    FindingDecision.objects.update(made_at=EARLIER)
    decide_finding(story=story, finding_key="aboard", value="dismiss", reason=2, user=wanda)

    undo_last(story=story, user=wanda)

    kept = FindingDecision.objects.get()
    assert (kept.value, kept.made_at) == ("confirm", EARLIER)


def test_a_decision_that_was_withdrawn_comes_back_with_its_day(story, wanda):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    FindingDecision.objects.update(made_at=EARLIER)
    withdraw_decision(story=story, finding_key="aboard", user=wanda)

    undo_last(story=story, user=wanda)

    assert FindingDecision.objects.get().made_at == EARLIER


def test_bringing_a_decision_back_is_one_line_of_its_history(story, wanda):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    decide_finding(story=story, finding_key="aboard", value="dismiss", reason=2, user=wanda)

    undo_last(story=story, user=wanda)

    assert FindingDecision.pgh_event_model.objects.count() == 3


def test_whose_work_a_finding_was_comes_back_with_its_day(story, wanda):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    Assignment.objects.update(assigned_at=EARLIER)
    give_back_finding(story=story, finding_key="aboard", user=wanda)

    undo_last(story=story, user=wanda)

    assert Assignment.objects.get().assigned_at == EARLIER


def test_a_word_between_verdicts_comes_back_with_its_day(story, wanda):
    judge = {"story": story, "finding_key": "aboard"}
    record = EvidenceDraft(
        kind="primary", document="The log", excerpt="40", retrieved_on=date(2031, 5, 6)
    )
    for name, value in (("otto", "supported"), ("ida", "disputed")):
        give_verdict(**judge, value=value, evidence=[record], user=make_user(name))
    adjudicate(**judge, value="supported", note="The log.", user=wanda)
    Adjudication.objects.update(made_at=EARLIER)
    withdraw_adjudication(**judge, user=wanda)

    undo_last(story=story, user=wanda)

    assert Adjudication.objects.get().made_at == EARLIER


def test_a_muted_kind_comes_back_with_its_day(story, wanda):
    mute_kind(story=story, kind="omission", user=wanda)
    MutedKind.objects.update(muted_at=EARLIER)
    unmute_kind(story=story, kind="omission", user=wanda)

    undo_last(story=story, user=wanda)

    assert MutedKind.objects.get().muted_at == EARLIER


def test_a_deleted_note_comes_back_with_its_day(story, wanda):
    note = annotate(article=story.articles.first(), start=0, end=9, note="Which?", user=wanda)
    Annotation.objects.update(made_at=EARLIER, changed_at=EARLIER)
    delete_annotation(annotation=note, user=wanda)

    undo_last(story=story, user=wanda)

    kept = Annotation.objects.get()
    assert (kept.made_at, kept.changed_at) == (EARLIER, EARLIER)


def test_a_remark_that_was_resolved_opens_again_with_its_day(story, wanda):
    remark = comment(story=story, finding_key="aboard", text="Which list?", user=wanda)
    Comment.objects.update(made_at=EARLIER)
    resolve_comment(remark=remark, because="The first.", user=wanda)

    undo_last(story=story, user=wanda)

    kept = Comment.objects.get()
    assert (kept.resolved_because, kept.made_at) == ("", EARLIER)


def test_a_label_comes_back_with_its_day(story, wanda):
    place = {"article": story.articles.first(), "start": 0, "end": 28}
    label = relabel(**place, role="caption", user=wanda)
    RoleCorrection.objects.update(made_at=EARLIER)
    label.refresh_from_db()
    withdraw_label(correction=label, user=wanda)

    undo_last(story=story, user=wanda)

    assert RoleCorrection.objects.get().made_at == EARLIER


def test_a_confirmed_match_comes_back_with_its_day(story, wanda):
    confirm_alignment(story=story, **_pair(story), user=wanda)
    AlignmentDecision.objects.update(made_at=EARLIER)
    forget_alignment(story=story, **_pair(story), user=wanda)

    undo_last(story=story, user=wanda)

    assert AlignmentDecision.objects.get().made_at == EARLIER


def test_what_was_done_before_times_were_kept_can_still_be_undone(story, wanda):
    confirm_alignment(story=story, **_pair(story), user=wanda)
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    withdraw_decision(story=story, finding_key="aboard", user=wanda)
    for step in UndoStep.objects.all():
        for values in (step.before, step.after):
            for row in (values or {}).get("rows", [values]):
                (row or {}).pop("made_at", None)
        step.save()

    for _ in range(3):
        undo_last(story=story, user=wanda)

    assert not FindingDecision.objects.exists()
    assert not AlignmentDecision.objects.exists()
