"""Whose work a finding is: taken, given, given back, undone, and carried along."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from apps.articles.actions import merge_stories
from apps.claims.actions import (
    assign_finding,
    decide_finding,
    give_back_finding,
    undo_last,
)
from apps.claims.actions.carrying import carry_judgements
from apps.claims.actions.undo import CannotUndo
from apps.claims.comparison import find_finding
from apps.claims.models import Assignment, Finding, FindingDecision, UndoStep
from tests.db.stories import make_article, make_counted_ferry, make_finding, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return make_counted_ferry()


@pytest.fixture
def otto():
    return make_user("otto", "editor")


def _whose(story):
    return [row.assignee.username for row in Assignment.objects.filter(story=story)]


def test_a_finding_is_the_work_of_one_person(story, wanda, otto):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    assign_finding(story=story, finding_key="aboard", assignee=otto, user=wanda)

    assert _whose(story) == ["otto"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            story=story, finding_key="aboard", kind="number_conflict", assignee=wanda
        )


def test_nothing_is_assigned_to_somebody_who_only_reads(story, wanda):
    reader = make_user("rosa", "reader")

    with pytest.raises(ValueError, match="role"):
        assign_finding(story=story, finding_key="aboard", assignee=reader, user=wanda)


def test_nothing_is_assigned_to_somebody_who_left(story, wanda, otto):
    otto.is_active = False
    otto.save()

    with pytest.raises(ValueError, match="role"):
        assign_finding(story=story, finding_key="aboard", assignee=otto, user=wanda)


def test_a_finding_that_never_was_is_nobody_s_work(story, wanda):
    with pytest.raises(ValueError, match="no longer there"):
        assign_finding(story=story, finding_key="nothing", assignee=wanda, user=wanda)


def test_undo_gives_a_finding_back_to_whoever_had_it(story, wanda, otto):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    assign_finding(story=story, finding_key="aboard", assignee=otto, user=wanda)

    undo_last(story=story, user=wanda)
    assert _whose(story) == ["wanda"]
    undo_last(story=story, user=wanda)
    assert _whose(story) == []


def test_giving_back_can_be_undone(story, wanda):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    give_back_finding(story=story, finding_key="aboard", user=wanda)
    assert _whose(story) == []

    undo_last(story=story, user=wanda)

    assert _whose(story) == ["wanda"]


def test_taking_what_one_has_and_giving_back_what_nobody_has_are_no_steps(story, wanda):
    give_back_finding(story=story, finding_key="aboard", user=wanda)
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)

    assert UndoStep.objects.count() == 1


def test_undo_does_not_take_what_somebody_else_was_given_since(story, wanda, otto):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    assign_finding(story=story, finding_key="aboard", assignee=otto, user=otto)

    with pytest.raises(CannotUndo):
        undo_last(story=story, user=wanda)

    assert _whose(story) == ["otto"]


def test_history_tells_who_had_a_finding(story, wanda, otto):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    assign_finding(story=story, finding_key="aboard", assignee=otto, user=wanda)
    give_back_finding(story=story, finding_key="aboard", user=otto)

    events = Assignment.pgh_event_model.objects.order_by("pgh_id")

    assert [(event.pgh_label, event.assignee_id) for event in events] == [
        ("insert", wanda.pk),
        ("update", otto.pk),
        ("delete", otto.pk),
    ]


def test_a_finding_made_anew_is_still_somebody_s_work(story, wanda):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    finding = Finding.objects.get()
    claims = list(finding.claims.all())
    finding.delete()
    make_finding(story, None, claims, key="aboard")

    assert find_finding(story, "aboard").assignee == "wanda"


def test_whose_work_a_finding_is_goes_along_with_its_articles(story, wanda):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    target = make_story("Ferry aground")
    make_article(target, "West Times", ["It sank."])
    merge_stories(into=target, others=[story], user=wanda)

    carry_judgements(story=target, finding_keys=["aboard"])

    assert _whose(target) == ["wanda"]
    undo_last(story=target, user=wanda)
    assert not Assignment.objects.exists()


def test_a_step_kept_before_a_column_was_added_can_still_be_undone(story, wanda):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    step = UndoStep.objects.get()
    step.after = {name: value for name, value in step.after.items() if name != "explanation"}
    step.save()

    undo_last(story=story, user=wanda)

    assert UndoStep.objects.get().undone_at is not None
    assert not FindingDecision.objects.exists()
