"""A finding about the whole story stands at the row its words are in, if it is one row."""

from __future__ import annotations

import pytest

from apps.claims.analysis.types import (
    ClusterDraft,
    FindingDraft,
    Highlight,
    Outcome,
    Severity,
    StoryDraft,
)
from apps.claims.placing import place_findings
from tests.unit.claim_builder import build_article

NORTH = build_article(
    "north", ["Lind/P praised/V boats/N in port/N", "rain/N fell/V"], parts=[(0, "boats in port")]
)
SOUTH = build_article("south", ["Lind/P praised/V red/A boats/N", "rain/N stopped/V"])
ROWS = (
    ClusterDraft("praise", "praise", (NORTH.claims[0], SOUTH.claims[0])),
    ClusterDraft("rain", "rain", (NORTH.claims[2], SOUTH.claims[1])),
)
STORY = StoryDraft("st1", "Boats", (NORTH, SOUTH), ROWS)


def _finding(*claims: str, highlights: tuple[Highlight, ...] = ()) -> FindingDraft:
    return FindingDraft(
        "object_differs",
        Outcome.CONFLICT,
        Severity.HIGH,
        claims,
        "One says boats, the other red boats.",
        "red narrows boats",
        highlights=highlights,
    )


@pytest.mark.parametrize(
    ("claims", "row"),
    [
        ((NORTH.claims[0].id, SOUTH.claims[0].id), "praise"),
        # A part of a sentence that stands in no row itself is where its sentence is.
        ((NORTH.claims[1].id, SOUTH.claims[0].id), "praise"),
        ((NORTH.claims[0].id, SOUTH.claims[1].id), None),
        ((), None),
    ],
)
def test_a_finding_stands_at_the_only_row_that_has_words_of_every_side(claims, row):
    ((placed, _),) = place_findings(STORY, [(None, _finding(*claims))])

    assert placed == row


def test_a_finding_without_claims_is_placed_by_the_words_it_shows():
    shown = tuple(Highlight(c.article, c.span) for c in ROWS[1].claims)

    ((placed, _),) = place_findings(STORY, [(None, _finding(highlights=shown))])

    assert placed == "rain"


def test_the_row_a_detector_named_is_kept():
    finding = _finding(NORTH.claims[0].id, SOUTH.claims[0].id)

    assert place_findings(STORY, [("rain", finding)]) == [("rain", finding)]
