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
