"""Readings moved between rows, rows split and merged: done at once, kept, and undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.articles.models import Story
from apps.claims.actions import (
    compare_story,
    confirm_row,
    move_claims,
    refuse_row,
    undo_last,
    withdraw_alignments,
)
from apps.claims.actions.rows import RowChanged
from apps.claims.models import Alignment, AlignmentDecision, Claim, ClaimGroup, Finding, UndoStep
from apps.claims.stamps import claims_stamp
from tests.db.stories import claim_of, make_article, make_finding, make_row, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """Three outlets; a row on the bridge of all three, one on the mayor of two."""
    story = make_story("Bridge at Tolle closed")
    north = make_article(story, "North Post", ["The bridge closed at noon.", "The mayor left."])
    south = make_article(
        story,
        "South Mail",
        ["At noon the bridge was shut.", "Mayor Ilse Brandt has gone."],
        hours=1,
    )
    east = make_article(story, "East Sun", ["No car crossed the bridge after noon."], hours=2)
    bridge = make_row(story, [claim_of(north), claim_of(south), claim_of(east)], "bridge")
    make_row(story, [claim_of(north, 1), claim_of(south, 1)], "mayor")
    make_finding(story, bridge, [claim_of(north), claim_of(south)], key="north-south")
    make_finding(story, bridge, [claim_of(south), claim_of(east)], key="south-east")
    return story


def _claim(story: Story, outlet: str, position: int = 0) -> Claim:
    return claim_of(story.articles.get(outlet__name=outlet), position)


def _rows(story: Story) -> list[set[str]]:
    """Return what stands in each row, in order of the rows."""
    rows: dict[int, set[str]] = {}
    for alignment in Alignment.objects.filter(group__story=story).select_related(
        "claim__article__outlet"
    ):
        claim = alignment.claim
        rows.setdefault(alignment.group_id, set()).add(
            f"{claim.article.outlet.name[0]}{claim.position}"
        )
    return [rows[pk] for pk in sorted(rows)]


def _row_of(claim: Claim) -> ClaimGroup:
    return ClaimGroup.objects.get(alignments__claim=claim)


# --- moving ----------------------------------------------------------------------------------


def test_a_reading_moved_to_another_row_is_there_at_once(story: Story, wanda: User) -> None:
    mayor = _row_of(_claim(story, "North Post", 1))

    moved_to = move_claims(story=story, claims=[_claim(story, "East Sun")], to=mayor, user=wanda)

    assert moved_to == mayor
    assert _rows(story) == [{"N0", "S0"}, {"N1", "S1", "E0"}]
    alignment = Alignment.objects.get(claim=_claim(story, "East Sun"))
    assert alignment.is_confirmed
    assert alignment.reasons[0]["text"] == "confirmed by a person"


def test_a_moved_reading_is_one_with_its_new_row_and_apart_from_its_old(
    story: Story, wanda: User
) -> None:
    mayor = _row_of(_claim(story, "North Post", 1))

    move_claims(story=story, claims=[_claim(story, "East Sun")], to=mayor, user=wanda)

    values = {
        frozenset((row.a_quote, row.b_quote)): row.value for row in AlignmentDecision.objects.all()
    }
    car = "No car crossed the bridge after noon."
    assert values == {
        frozenset((car, "The mayor left.")): "accept",
        frozenset((car, "Mayor Ilse Brandt has gone.")): "accept",
        frozenset((car, "The bridge closed at noon.")): "refuse",
        frozenset((car, "At noon the bridge was shut.")): "refuse",
    }
    assert UndoStep.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="compare_story").count() == 1


def test_a_moved_reading_is_where_it_was_put_after_the_next_comparison(
    story: Story, wanda: User
) -> None:
    mayor = _row_of(_claim(story, "North Post", 1))
    move_claims(story=story, claims=[_claim(story, "East Sun")], to=mayor, user=wanda)

    compare_story(story=story)

    row = _row_of(_claim(story, "East Sun"))
    assert row.pk == mayor.pk
    assert row.alignments.count() == 3


@pytest.mark.parametrize("is_compared", [False, True], ids=["at once", "compared again"])
def test_only_the_reading_that_was_put_into_a_row_is_confirmed_there(
    story: Story, wanda: User, is_compared: bool
) -> None:
    mayor = _row_of(_claim(story, "North Post", 1))

    move_claims(story=story, claims=[_claim(story, "East Sun")], to=mayor, user=wanda)
    if is_compared:
        compare_story(story=story)

    confirmed = Alignment.objects.filter(group=mayor, is_confirmed=True)
    assert [one.claim for one in confirmed] == [_claim(story, "East Sun")]
    # The other pair is held together by the move, and judged by nobody.
    assert (
        list(
            AlignmentDecision.objects.filter(value="accept").values_list("is_implied", flat=True)
        ).count(True)
        == 1
    )


def test_a_whole_row_that_was_confirmed_stays_so_when_it_is_compared_again(
    story: Story, wanda: User
) -> None:
    bridge = _row_of(_claim(story, "North Post"))
    confirm_row(story=story, group=bridge, user=wanda)

    compare_story(story=story)

    assert Alignment.objects.filter(group=bridge, is_confirmed=True).count() == 2


def test_a_row_keeps_its_identity_when_its_first_reading_leaves_it(
    story: Story, wanda: User
) -> None:
    bridge = _row_of(_claim(story, "North Post"))
    confirm_row(story=story, group=bridge, user=wanda)

    own = move_claims(story=story, claims=[_claim(story, "North Post")], to=None, user=wanda)
    compare_story(story=story)

    assert _row_of(_claim(story, "South Mail")).pk == bridge.pk
    assert _row_of(_claim(story, "North Post")).pk == own.pk


def test_a_row_is_split_into_two(story: Story, wanda: User) -> None:
    move_claims(
        story=story,
        claims=[_claim(story, "South Mail"), _claim(story, "East Sun")],
        to=None,
        user=wanda,
    )
    assert _rows(story) == [{"N0"}, {"N1", "S1"}, {"S0", "E0"}]

    compare_story(story=story)

    assert _row_of(_claim(story, "South Mail")) == _row_of(_claim(story, "East Sun"))
    assert _row_of(_claim(story, "South Mail")) != _row_of(_claim(story, "North Post"))


def test_two_rows_are_merged_and_the_other_s_findings_come_along(story: Story, wanda: User) -> None:
    bridge, mayor = ClaimGroup.objects.order_by("position")
    claims = [alignment.claim for alignment in bridge.alignments.all()]

    move_claims(story=story, claims=claims, to=mayor, user=wanda)

    assert _rows(story) == [{"N0", "S0", "E0", "N1", "S1"}]
    assert {finding.group for finding in Finding.objects.all()} == {mayor}


def test_findings_that_compare_what_is_now_apart_go_and_others_stay(
    story: Story, wanda: User
) -> None:
    bridge = _row_of(_claim(story, "North Post"))

    move_claims(story=story, claims=[_claim(story, "East Sun")], to=None, user=wanda)

    assert [(f.key, f.group) for f in Finding.objects.all()] == [("north-south", bridge)]


def test_moving_back_overrules_what_was_decided_before(story: Story, wanda: User) -> None:
    bridge = _row_of(_claim(story, "North Post"))
    east = _claim(story, "East Sun")
    move_claims(story=story, claims=[east, _claim(story, "South Mail")], to=None, user=wanda)

    move_claims(story=story, claims=[_claim(story, "South Mail")], to=bridge, user=wanda)
    compare_story(story=story)

    assert _row_of(_claim(story, "South Mail")) == _row_of(_claim(story, "North Post"))
    assert _row_of(east) != _row_of(_claim(story, "South Mail"))


def test_rows_nobody_touched_stay_as_they_were(story: Story, wanda: User) -> None:
    mayor = _row_of(_claim(story, "North Post", 1))
    before = list(Alignment.objects.filter(group=mayor).values())

    refuse_row(story=story, claim=_claim(story, "East Sun"), user=wanda)

    assert list(Alignment.objects.filter(group=mayor).values()) == before


@pytest.mark.parametrize("outlets", [["North Post", "South Mail", "East Sun"]])
def test_a_whole_row_is_not_split_off_from_itself(
    story: Story, wanda: User, outlets: list[str]
) -> None:
    with pytest.raises(ValueError, match="whole row"):
        move_claims(
            story=story, claims=[_claim(story, name) for name in outlets], to=None, user=wanda
        )


def test_readings_of_two_rows_are_not_moved_in_one_go(story: Story, wanda: User) -> None:
    with pytest.raises(RowChanged, match="no longer together"):
        move_claims(
            story=story,
            claims=[_claim(story, "North Post"), _claim(story, "North Post", 1)],
            to=None,
            user=wanda,
        )


def test_a_comparison_that_a_decision_overtook_is_dropped_and_done_again(
    story: Story, wanda: User
) -> None:
    car = _claim(story, "East Sun")
    decided: list[ClaimGroup] = []

    def decide_meanwhile(execute: Any, sql: str, *rest: Any) -> Any:
        answer = execute(sql, *rest)
        if "claims_alignmentdecision" in sql and not decided:
            decided.append(ClaimGroup())
            decided.append(refuse_row(story=story, claim=car, user=wanda))
        return answer

    with connection.execute_wrapper(decide_meanwhile):
        compare_story(story=story)

    story.refresh_from_db()
    assert _row_of(car) == decided[-1]
    assert story.compared_at is None
    assert ProcrastinateJob.objects.filter(task_name="compare_story").count() == 1


# --- two people at once ----------------------------------------------------------------------


def test_what_somebody_else_changed_meanwhile_is_not_moved_and_they_are_named(
    story: Story, wanda: User, otto: User
) -> None:
    bridge = _row_of(_claim(story, "North Post"))
    seen = {bridge.pk: claims_stamp(bridge.alignments.values_list("claim_id", flat=True))}
    move_claims(story=story, claims=[_claim(story, "East Sun")], to=None, user=otto)

    with pytest.raises(RowChanged, match="otto changed this row since you opened it: Taken out"):
        move_claims(
            story=story, claims=[_claim(story, "South Mail")], to=None, user=wanda, seen=seen
        )

    assert not UndoStep.objects.filter(made_by=wanda).exists()


def test_a_row_only_the_comparison_changed_is_said_to_be_lined_up_anew(
    story: Story, wanda: User
) -> None:
    bridge = _row_of(_claim(story, "North Post"))

    with pytest.raises(RowChanged, match="lined up anew"):
        confirm_row(story=story, group=bridge, user=wanda, seen={bridge.pk: claims_stamp([1, 2])})


def test_other_rows_may_have_changed_meanwhile(story: Story, wanda: User, otto: User) -> None:
    bridge = _row_of(_claim(story, "North Post"))
    seen = {bridge.pk: claims_stamp(bridge.alignments.values_list("claim_id", flat=True))}
    refuse_row(story=story, claim=_claim(story, "South Mail", 1), user=otto)

    refuse_row(story=story, claim=_claim(story, "East Sun"), user=wanda, seen=seen)

    assert UndoStep.objects.filter(made_by=wanda).count() == 1


# --- taking it back --------------------------------------------------------------------------


@pytest.mark.parametrize("outlets", [["East Sun"], ["North Post"], ["South Mail", "East Sun"]])
@pytest.mark.parametrize("to_mayor", [True, False])
def test_undo_puts_readings_back_at_once(
    story: Story, wanda: User, outlets: list[str], to_mayor: bool
) -> None:
    mayor = _row_of(_claim(story, "North Post", 1))
    move_claims(
        story=story,
        claims=[_claim(story, name) for name in outlets],
        to=mayor if to_mayor else None,
        user=wanda,
    )

    undo_last(story=story, user=wanda)

    assert _rows(story) == [{"N0", "S0", "E0"}, {"N1", "S1"}]
    assert not AlignmentDecision.objects.exists()
    assert not Alignment.objects.filter(is_confirmed=True).exists()


def test_undo_takes_merged_rows_apart(story: Story, wanda: User) -> None:
    bridge, mayor = ClaimGroup.objects.order_by("position")
    claims = [alignment.claim for alignment in bridge.alignments.all()]
    move_claims(story=story, claims=claims, to=mayor, user=wanda)

    undo_last(story=story, user=wanda)

    assert sorted(map(sorted, _rows(story))) == [["E0", "N0", "S0"], ["N1", "S1"]]


def test_undo_puts_back_what_the_comparison_has_stored_anew(story: Story, wanda: User) -> None:
    bridge = _row_of(_claim(story, "North Post"))
    confirm_row(story=story, group=bridge, user=wanda)
    move_claims(story=story, claims=[_claim(story, "East Sun")], to=None, user=wanda)
    compare_story(story=story)

    undo_last(story=story, user=wanda)

    assert _row_of(_claim(story, "East Sun")) == _row_of(_claim(story, "North Post"))


def test_a_confirmed_row_is_suggested_again_when_that_is_undone(story: Story, wanda: User) -> None:
    bridge = _row_of(_claim(story, "North Post"))
    confirm_row(story=story, group=bridge, user=wanda)
    assert Alignment.objects.filter(group=bridge, is_confirmed=True).count() == 2

    undo_last(story=story, user=wanda)

    assert not Alignment.objects.filter(is_confirmed=True).exists()


def test_a_decision_is_withdrawn_by_anybody_who_may_decide_and_that_is_undone(
    story: Story, wanda: User, otto: User
) -> None:
    refuse_row(story=story, claim=_claim(story, "East Sun"), user=wanda)

    withdraw_alignments(story=story, decisions=list(AlignmentDecision.objects.all()), user=otto)
    assert not AlignmentDecision.objects.exists()

    undo_last(story=story, user=otto)
    assert AlignmentDecision.objects.filter(value="refuse", made_by=wanda).count() == 2


# --- what it costs ---------------------------------------------------------------------------


def test_a_move_costs_the_same_in_a_row_of_three_and_of_twenty(
    wanda: User, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for outlets in (3, 20):
        story = make_story()
        articles = [
            make_article(story, f"Paper {story.pk}-{n}", [f"Gate {n} of {story.pk} is open."])
            for n in range(outlets)
        ]
        make_row(story, [claim_of(article) for article in articles])
        with django_assert_max_num_queries(60) as captured:
            refuse_row(story=story, claim=claim_of(articles[1]), user=wanda)
        counts.append(len(captured))

    assert counts[0] == counts[1]
