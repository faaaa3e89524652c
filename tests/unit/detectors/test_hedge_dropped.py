from __future__ import annotations

from apps.claims.analysis.detectors import hedge_dropped
from apps.claims.analysis.types import Outcome, Severity
from tests.unit.builders import article, said, story


def find(first: str, second: str):
    return list(
        hedge_dropped.find_in_story(
            story(article("north", said(first)), article("south", said(second)))
        )
    )


def test_a_whether_that_became_a_statement():
    (finding,) = find(
        "Engineers are examining whether a cracked valve flooded the tunnel, the operator said.",
        "A cracked valve flooded the tunnel, the operator said.",
    )

    assert (finding.outcome, finding.severity) == (Outcome.UNSUPPORTED, Severity.HIGH)
    assert "examining whether" in finding.explanation


def test_a_may_that_is_gone():
    assert find(
        "The cracked valve may have flooded the tunnel under the river.",
        "The cracked valve has flooded the tunnel under the river.",
    )


def test_a_bound_that_is_gone_weighs_less_than_a_doubt():
    (finding,) = find(
        "The flood cut power in at least 23 villages along the river.",
        "The flood cut power in 23 villages along the river.",
    )

    assert finding.severity is Severity.MEDIUM


def test_another_hedge_in_its_place_is_none_dropped():
    assert (
        find(
            "The cracked valve may have flooded the tunnel under the river.",
            "The cracked valve possibly flooded the tunnel under the river.",
        )
        == []
    )


def test_a_hedge_on_another_matter_is_none_dropped():
    assert (
        find(
            "The cracked valve may have flooded the tunnel.",
            "The river festival opens in the new tunnel hall.",
        )
        == []
    )


def test_a_plan_that_is_weighed_and_a_plan_that_is_fixed():
    (finding,) = find(
        "The Orla rowing club is considering a second boathouse, its chairman said.",
        "The Orla rowing club will build a second boathouse, its chairman said.",
    )

    assert finding.severity is Severity.HIGH


def test_a_bound_before_a_date_counts_too():
    (finding,) = find(
        "The night ferry will be free until at least the end of 2031.",
        "The night ferry will be free until the end of 2031.",
    )

    assert "at least" in finding.rule


def test_a_doubt_that_left_with_its_own_clause_is_no_hedge_dropped():
    assert (
        find(
            "A woman of 30 was questioned by harbour police and freed, and officers say they may never know who did it.",
            "A woman of 30 was questioned by harbour police.",
        )
        == []
    )


def test_a_bound_that_limits_no_number_is_none():
    assert (
        find(
            "At least the children of the village were safe that night.",
            "The children of the village were safe that night.",
        )
        == []
    )
