"""What people decide: kept, constrained, and undone one step at a time."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.articles.models import RoleCorrection
from apps.claims.actions import (
    annotate,
    comment,
    confirm_alignment,
    decide_finding,
    delete_annotation,
    forget_alignment,
    refuse_alignment,
    refuse_row,
    relabel,
    resolve_comment,
    review_verdict,
    undo_last,
    withdraw_decision,
    withdraw_label,
    withdraw_verdict,
)
from apps.claims.actions.undo import CannotUndo
from apps.claims.models import (
    Alignment,
    AlignmentDecision,
    Annotation,
    Comment,
    Evidence,
    FindingDecision,
    UndoStep,
    Verdict,
)
from apps.claims.story_drafts import load_decisions
from tests.db.stories import (
    RECORD,
    claim_of,
    judge,
    make_article,
    make_counted_ferry,
    make_finding,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return make_counted_ferry()


def _pair(story):
    north, south = story.articles.order_by("published_at", "pk")[:2]
    return claim_of(north), claim_of(south)


# --- findings --------------------------------------------------------------------------------


def test_a_second_decision_replaces_the_first(story, wanda, otto):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    decide_finding(story=story, finding_key="aboard", value="dismiss", reason=3, user=otto)

    decision = FindingDecision.objects.get()
    assert (decision.value, decision.reason, decision.made_by) == ("dismiss", 3, otto)


def test_a_dismissal_needs_a_reason_and_a_confirmation_has_none(story, wanda):
    with pytest.raises(ValueError, match="why"):
        decide_finding(story=story, finding_key="aboard", value="dismiss", user=wanda)

    decide_finding(story=story, finding_key="aboard", value="confirm", reason=3, user=wanda)

    assert FindingDecision.objects.get().reason is None


def test_a_dismissal_without_a_reason_is_refused_by_the_database_too(story):
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingDecision.objects.create(
            story=story, finding_key="aboard", kind="number_conflict", value="dismiss"
        )


def test_a_finding_that_never_was_cannot_be_decided(story, wanda):
    with pytest.raises(ValueError, match="no longer there"):
        decide_finding(story=story, finding_key="nothing", value="confirm", user=wanda)


# --- undo ------------------------------------------------------------------------------------


def test_undo_opens_a_decided_finding_again(story, wanda):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)

    step = undo_last(story=story, user=wanda)

    assert step.label.startswith("Confirmed: ")
    assert not FindingDecision.objects.exists()


def test_undo_brings_an_earlier_decision_back_with_its_author(story, wanda, otto):
    decide_finding(
        story=story, finding_key="aboard", value="dismiss", reason=2, note="small", user=wanda
    )
    decide_finding(story=story, finding_key="aboard", value="confirm", user=otto)

    undo_last(story=story, user=otto)

    decision = FindingDecision.objects.get()
    assert (decision.value, decision.reason, decision.note, decision.made_by) == (
        "dismiss",
        2,
        "small",
        wanda,
    )


def test_undo_goes_back_step_by_step_and_ends(story, wanda):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    decide_finding(story=story, finding_key="aboard", value="dismiss", reason=1, user=wanda)
    undo_last(story=story, user=wanda)
    undo_last(story=story, user=wanda)

    assert not FindingDecision.objects.exists()
    with pytest.raises(CannotUndo, match="nothing"):
        undo_last(story=story, user=wanda)


def test_undo_never_takes_another_person_s_work_away(story, wanda, otto):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    decide_finding(story=story, finding_key="aboard", value="dismiss", reason=1, user=otto)

    with pytest.raises(CannotUndo, match="changed"):
        undo_last(story=story, user=wanda)

    assert FindingDecision.objects.get().made_by == otto


def test_what_somebody_changed_since_is_passed_over_and_the_step_before_it_undone(
    story, wanda, otto
):
    annotate(article=_pair(story)[0].article, start=4, end=9, note="Which?", user=wanda)
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    decide_finding(story=story, finding_key="aboard", value="dismiss", reason=1, user=otto)
    with pytest.raises(CannotUndo):
        undo_last(story=story, user=wanda)

    undo_last(story=story, user=wanda)

    assert not Annotation.objects.exists()


def test_a_withdrawn_decision_can_be_undone_as_well(story, wanda):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    withdraw_decision(story=story, finding_key="aboard", user=wanda)
    assert not FindingDecision.objects.exists()

    undo_last(story=story, user=wanda)

    assert FindingDecision.objects.get().value == "confirm"


def test_every_act_of_a_person_can_be_undone(story, wanda):
    a, b = _pair(story)
    article = a.article
    acts = [
        lambda: refuse_alignment(story=story, claim=a, other=b, user=wanda),
        lambda: confirm_alignment(story=story, claim=a, other=b, user=wanda),
        lambda: annotate(article=article, start=4, end=9, note="Which?", user=wanda),
        lambda: comment(story=story, finding_key="aboard", text="Called the port.", user=wanda),
        lambda: relabel(article=article, start=0, end=28, role="teaser", user=wanda),
        lambda: judge(story, wanda),
    ]
    tables = (AlignmentDecision, Annotation, Comment, RoleCorrection, Verdict)

    for act in acts:
        before = [model.objects.count() for model in tables]
        values = list(AlignmentDecision.objects.values_list("value"))
        act()
        undo_last(story=story, user=wanda)
        assert [model.objects.count() for model in tables] == before
        assert list(AlignmentDecision.objects.values_list("value")) == values


def test_undoing_a_deleted_note_brings_it_back_in_its_place(story, wanda):
    article = _pair(story)[0].article
    note = annotate(article=article, start=4, end=9, note="Which ferry?", user=wanda)
    delete_annotation(annotation=note, user=wanda)

    undo_last(story=story, user=wanda)

    back = Annotation.objects.get()
    assert (back.note, back.quote, back.suffix[:8]) == ("Which ferry?", "ferry", " carried")


def test_a_label_taken_back_can_be_given_again_by_undo(story, wanda):
    article = _pair(story)[0].article
    correction = relabel(article=article, start=0, end=28, role="teaser", user=wanda)
    withdraw_label(correction=correction, user=wanda)
    assert not RoleCorrection.objects.exists()

    undo_last(story=story, user=wanda)

    assert RoleCorrection.objects.get().role == "teaser"


def test_undoing_a_label_analyses_the_article_again(story, wanda):
    article = _pair(story)[0].article
    relabel(article=article, start=0, end=28, role="teaser", user=wanda)
    ProcrastinateJob.objects.all().delete()

    undo_last(story=story, user=wanda)

    assert ProcrastinateJob.objects.filter(task_name="analyse_article").count() == 1
    story.refresh_from_db()
    assert story.stale_since is not None


# --- rows ------------------------------------------------------------------------------------


def test_a_match_is_one_decision_whichever_side_it_is_made_from(story, wanda):
    a, b = _pair(story)
    refuse_alignment(story=story, claim=a, other=b, user=wanda)
    confirm_alignment(story=story, claim=b, other=a, user=wanda)

    assert AlignmentDecision.objects.get().value == "accept"


def test_a_decision_on_a_match_reaches_the_next_comparison(story, wanda):
    a, b = _pair(story)
    refuse_alignment(story=story, claim=a, other=b, user=wanda)

    (decision,) = load_decisions(story, list(story.articles.all()))

    assert {decision.a_quote, decision.b_quote} == {a.quote, b.quote}
    assert decision.accept is False
    assert ProcrastinateJob.objects.filter(task_name="compare_story").count() == 1


def test_a_refused_reading_is_kept_apart_from_all_of_its_row_in_one_step(story, wanda):
    a, b = _pair(story)
    third = claim_of(make_article(story, "East Sun", ["Fifty were on the ferry."], hours=3))
    Alignment.objects.create(
        group=a.alignment.group, claim=third, position=2, score=0.7, reasons=[{"code": "place"}]
    )

    refuse_row(story=story, claim=b, user=wanda)

    pairs = [{row.a_quote, row.b_quote} for row in AlignmentDecision.objects.all()]
    assert pairs == [{a.quote, b.quote}, {b.quote, third.quote}]
    assert UndoStep.objects.count() == 1
    undo_last(story=story, user=wanda)
    assert not AlignmentDecision.objects.exists()


def test_undoing_a_refused_reading_brings_back_what_was_decided_before(story, wanda):
    a, b = _pair(story)
    confirm_alignment(story=story, claim=a, other=b, user=wanda)

    refuse_row(story=story, claim=b, user=wanda)
    assert AlignmentDecision.objects.get().value == "refuse"
    undo_last(story=story, user=wanda)

    assert AlignmentDecision.objects.get().value == "accept"


def test_a_reading_alone_in_its_row_is_not_refused(story, wanda):
    alone = claim_of(story.articles.get(outlet__name="North Post"), 1)
    make_row(story, [alone])

    with pytest.raises(ValueError, match="alone"):
        refuse_row(story=story, claim=alone, user=wanda)


def test_a_forgotten_match_is_left_to_analysis(story, wanda):
    a, b = _pair(story)
    refuse_alignment(story=story, claim=a, other=b, user=wanda)
    forget_alignment(story=story, claim=b, other=a, user=wanda)

    assert load_decisions(story, list(story.articles.all())) == []


def test_a_claim_of_another_story_cannot_be_matched(story, wanda):
    elsewhere = make_article(make_story("Other"), "West Sun", ["Rain."])

    with pytest.raises(ValueError, match="of this story"):
        confirm_alignment(story=story, claim=_pair(story)[0], other=claim_of(elsewhere), user=wanda)


def test_a_long_claim_can_be_matched(story, wanda):
    long = make_article(story, "Long Read", ["word " * 3000 + "end."], hours=9)
    refuse_alignment(story=story, claim=_pair(story)[0], other=claim_of(long), user=wanda)

    assert AlignmentDecision.objects.count() == 1


# --- verdicts --------------------------------------------------------------------------------


def test_a_verdict_keeps_its_evidence_and_the_finding_it_judges(story, wanda):
    verdict = judge(story, wanda, "supported")

    assert verdict.evidence.get().excerpt == "40 passengers, 3 crew"
    assert verdict.explanation == "One says 40, the other says 60."


def test_a_verdict_without_evidence_is_refused(story, wanda):
    with pytest.raises(ValueError, match="evidence"):
        judge(story, wanda, "supported", evidence=[])


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_no_verdict_without_evidence():
    story, wanda = make_story(), make_user()
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.create(
            story=story, finding_key="x", value="supported", explanation="y", author=wanda
        )

    make_finding(story, None, [], key="x")
    judge(story, wanda, "supported", key="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.all().delete()
    assert Evidence.objects.count() == 1


def test_a_second_verdict_of_the_same_person_replaces_the_first_and_its_review(story, wanda, otto):
    first = judge(story, wanda, "supported")
    review_verdict(verdict=first, user=otto)

    judge(story, wanda)

    verdict = Verdict.objects.get()
    assert (verdict.value, verdict.reviewer, verdict.evidence.count()) == ("disputed", None, 1)


def test_two_people_may_judge_differently(story, wanda, otto):
    for user, value in ((wanda, "supported"), (otto, "disputed")):
        judge(story, user, value)

    assert Verdict.objects.count() == 2


def test_nobody_reviews_their_own_verdict(story, wanda):
    verdict = judge(story, wanda, "supported")
    with pytest.raises(ValueError, match="other than its author"):
        review_verdict(verdict=verdict, user=wanda)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.update(reviewer=wanda)


def test_a_withdrawn_verdict_comes_back_with_its_evidence(story, wanda):
    verdict = judge(story, wanda, "supported")
    withdraw_verdict(verdict=verdict, user=wanda)
    assert not Verdict.objects.exists()

    undo_last(story=story, user=wanda)

    assert Verdict.objects.get().evidence.get().url == RECORD.url
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- notes, remarks, history -----------------------------------------------------------------


def test_a_note_outside_the_text_or_without_words_is_refused(story, wanda):
    article = _pair(story)[0].article
    for start, end, note in ((5, 5, "x"), (0, 10**6, "x"), (0, 5, "  ")):
        with pytest.raises(ValueError):
            annotate(article=article, start=start, end=end, note=note, user=wanda)


def test_a_remark_is_resolved_with_a_reason(story, wanda, otto):
    remark = comment(story=story, finding_key="aboard", text="Called the port.", user=wanda)
    with pytest.raises(ValueError, match="why"):
        resolve_comment(remark=remark, because=" ", user=otto)

    resolve_comment(remark=remark, because="They answered.", user=otto)

    assert Comment.objects.get().resolved_by == otto


def test_history_keeps_bulk_changes_and_cannot_be_rewritten(story, wanda):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    FindingDecision.objects.update(note="changed in bulk")
    events = FindingDecision.pgh_event_model.objects.order_by("pgh_id")

    assert [event.pgh_label for event in events] == ["insert", "update"]
    with pytest.raises(DatabaseError), transaction.atomic():
        events.update(note="never happened")
