"""How near words are in meaning, and how much of a claim another says in its own words."""

from __future__ import annotations

import numpy as np
import pytest

from apps.claims.analysis.align import build_units
from apps.claims.analysis.meanings import has_meaning, meaning_vectors, similarity
from apps.claims.analysis.pairing import FEATURES, PairTable
from apps.claims.analysis.stems import stem
from apps.claims.analysis.units import Weights
from tests.unit.claim_builder import build_article


@pytest.mark.parametrize(
    ("a", "near", "far"),
    [
        ("bakery", "bread", "verdict"),
        ("physician", "doctor", "harvest"),
        ("demolish", "destroy", "elect"),
        ("salary", "wage", "glacier"),
    ],
)
def test_words_alike_in_meaning_are_nearer_than_others(a: str, near: str, far: str):
    assert similarity(stem(a), stem(near)) > 0.35 > similarity(stem(a), stem(far))


def test_a_word_is_nearest_to_itself():
    assert similarity("wage", "wage") == 1.0


def test_a_word_nobody_prints_in_lower_case_has_no_meaning():
    assert not has_meaning("qorvath")
    assert similarity("qorvath", "wage") == 0.0
    assert not meaning_vectors(["qorvath"]).any()


def _compare(*sentences: str) -> list[dict[str, float]]:
    """Compare the first sentence with each other one, all of different articles."""
    units = build_units(
        [build_article(f"a{number}", [text]) for number, text in enumerate(sentences)]
    )
    table = PairTable(units, Weights(units))
    others = np.arange(1, len(units))
    rows = table.rows(np.zeros_like(others), others).tolist()
    return [dict(zip(FEATURES, row, strict=True)) for row in rows]


def test_a_claim_retold_in_other_words_is_covered_more_than_another_claim():
    retold, other = _compare(
        "A physician/N lose/V her salary/N",
        "A doctor/N forfeit/V her wage/N",
        "A glacier/N feed/V the river/N",
    )

    assert retold["meaning_least"] > other["meaning_least"] + 0.2
    assert retold["meaning_whole"] > other["meaning_whole"] + 0.2


def test_the_same_words_cover_a_claim_wholly():
    (same,) = _compare("A physician/N lose/V her salary/N", "The physician/N lose/V a salary/N")

    assert same["meaning_least"] == pytest.approx(1.0, abs=1e-5)


def test_many_claims_at_once_are_compared_as_each_alone():
    units = build_units(
        [
            build_article("a", ["A physician/N lose/V her salary/N", "It be so"]),
            build_article("b", ["A doctor/N forfeit/V a wage/N", "The river/N rise/V"]),
        ]
    )
    table = PairTable(units, Weights(units))

    together = table.rows(np.array([0, 0, 0]), np.array([1, 2, 3]))

    alone = np.vstack([table.rows(np.array([0]), np.array([other])) for other in (1, 2, 3)])
    assert together == pytest.approx(alone, abs=1e-6)
    assert np.isfinite(together).all()
    nobody = np.zeros(0, dtype=np.int64)
    assert table.rows(nobody, nobody).shape == (0, len(FEATURES))
