"""The optional sentence model: one more feature, with its reason, and nothing without it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from apps.claims.analysis.align import align_claims
from apps.claims.analysis.semantic import Closeness, closeness_odds
from tests.unit.claim_builder import build_article

NORTH = build_article(
    "north",
    [
        "The orchard/N owner/N sell/V 40/M hives/N",
        "A choir/N sing/V in the old/A barn/N",
        "Rain/N delay/V the harvest/N by a week/N",
    ],
    published="2032-08-04",
)
SOUTH = build_article(
    "south",
    [
        "Beekeeper/N parts/V with her colonies/N in the orchard/N",
        "The tractor/N need/V a new/A gearbox/N",
        "Rain/N delay/V the fair/N too",
    ],
    published="2032-08-04",
)


def embed_as(meanings: dict[str, Sequence[float]]):
    """Return a model that knows the meaning of a text by a word in it; others are unlike all."""

    def embed(texts: Sequence[str]):
        rows = np.zeros((len(texts), 3 + len(texts)), dtype=np.float32)
        for number, text in enumerate(texts):
            known = [vector for word, vector in meanings.items() if word in text]
            if known:
                rows[number, :3] = known[0]
            else:
                rows[number, 3 + number] = 1.0
        return rows

    return embed


SAME_SALE = embed_as({"hives": (1, 0, 0), "colonies": (1, 0.1, 0)})


def test_a_model_that_finds_two_claims_alike_raises_the_score_of_their_pair():
    assert closeness_odds(1.0) > closeness_odds(0.5) > closeness_odds(0.0)
    assert closeness_odds(0.0) < 0.0 < closeness_odds(1.0)


def test_the_cosine_does_not_depend_on_the_length_of_the_vectors():
    closeness = Closeness(["a", "b", "a"], lambda texts: np.array([[3.0, 0.0], [1.0, 1.0]]))

    assert closeness.cosine(0, 1) == pytest.approx(0.707)
    assert closeness.cosine(0, 2) == 1.0


def test_a_text_printed_twice_is_embedded_once():
    asked: list[list[str]] = []

    def embed(texts: Sequence[str]):
        asked.append(list(texts))
        return np.eye(len(texts), dtype=np.float32)

    Closeness(["b", "a", "b"], embed)

    assert asked == [["a", "b"]]


def test_a_model_that_forgets_a_text_is_refused():
    with pytest.raises(ValueError, match="2 texts were embedded as"):
        Closeness(["a", "b"], lambda texts: np.zeros((1, 4), dtype=np.float32))


def test_claims_close_in_meaning_share_a_row_and_the_reader_is_told_why():
    rows = align_claims([NORTH, SOUTH], embed=SAME_SALE)

    (row,) = [row for row in rows if "north.c0" in [claim.id for claim in row.claims]]
    assert [claim.id for claim in row.claims] == ["north.c0", "south.c0"]
    (link,) = row.links
    (reason,) = [reason for reason in link.reasons if reason.code == "meaning"]
    assert reason.text == "close in meaning"
    assert 0.0 < reason.weight <= 1.0


def test_claims_the_model_finds_far_apart_are_not_said_to_be_close():
    rows = align_claims([NORTH, SOUTH], embed=embed_as({}))

    assert not [
        reason
        for row in rows
        for link in row.links
        for reason in link.reasons
        if reason.code == "meaning"
    ]


def test_without_a_model_no_reason_speaks_of_it():
    rows = align_claims([NORTH, SOUTH])

    codes = {reason.code for row in rows for link in row.links for reason in link.reasons}
    assert "meaning" not in codes


def test_a_story_without_claims_needs_no_model():
    assert align_claims([], embed=SAME_SALE) == []
