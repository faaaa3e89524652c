"""What two claims have in common, worked out for many pairs at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from apps.claims.analysis.agreement import AGREEMENT_FEATURES, UNSEEN, find_agreement
from apps.claims.analysis.align import build_units
from apps.claims.analysis.candidates import MOST_PARTNERS
from apps.claims.analysis.holdings import Holdings, in_blocks
from apps.claims.analysis.learned import claim_weights
from apps.claims.analysis.pair_scores import NEVER, Scorer
from apps.claims.analysis.pairing import FEATURES, PairTable, days_meet
from apps.claims.analysis.units import Unit, Weights
from tests.unit.claim_builder import build_article


def units_of(*sentences: str) -> list[Unit]:
    """Return a unit for each sentence, all of different articles."""
    return build_units(
        [build_article(f"a{number}", [text]) for number, text in enumerate(sentences)]
    )


def compare(units: list[Unit], i: int = 0, j: int = 1) -> dict[str, float]:
    (row,) = PairTable(units, Weights(units)).rows(np.array([i]), np.array([j])).tolist()
    return dict(zip(FEATURES, row, strict=True))


def test_a_claim_has_everything_in_common_with_its_own_words():
    found = compare(units_of("The ferry/N sink/V near Elm/P", "A ferry/N sink/V off Elm/P"))

    assert found["term_cosine"] == pytest.approx(1.0)
    assert found["soft_share"] == pytest.approx(1.0)
    assert found["near_covered"] == pytest.approx(1.0)
    assert found["length_ratio"] == 1.0


def test_claims_without_a_common_word_have_no_words_in_common():
    found = compare(units_of("The ferry/N sink/V", "A glacier/N feed/V the valley/N"))

    assert found["term_cosine"] == found["rarest_term"] == found["bigrams"] == 0.0
    assert found["names_differ"] == 0.0


def test_two_names_that_are_not_the_same_count_against_a_pair():
    found = compare(units_of("Orla/P resign/V", "Tamsin/P resign/V"))

    assert found["names_differ"] == 1.0
    assert found["rarest_term"] > 0.0


def test_a_synonym_counts_but_less_than_the_word():
    kin = compare(units_of("The physician/N quit/V", "The doctor/N quit/V"))
    same = compare(units_of("The doctor/N quit/V", "The doctor/N quit/V"))

    assert kin["synonyms"] > 0.0
    assert kin["soft_covered"] < same["soft_covered"]
    assert same["synonyms"] == 0.0


def test_numbers_that_can_both_be_true_meet_and_others_differ():
    meet = compare(units_of("14/M boat/N sink/V", "14/M boat/N drown/V"))
    differ = compare(units_of("14/M boat/N sink/V", "25/M boat/N sink/V"))
    other = compare(units_of("14/M boat/N sink/V", "14/M nurse/N resign/V"))

    assert (meet["same_number"], meet["head_numbers_meet"]) == (1.0, 1.0)
    assert (differ["same_number"], differ["head_numbers_differ"]) == (0.0, 1.0)
    assert differ["numbers_near"] == pytest.approx(14 / 25)
    assert (other["same_number"], other["same_head"]) == (1.0, 0.0)


def test_a_small_number_is_not_a_telling_one():
    small = compare(units_of("14/M boat/N sink/V", "14/M nurse/N resign/V"))
    large = compare(units_of("1400/M boat/N sink/V", "1400/M nurse/N resign/V"))

    assert (small["same_large_number"], large["same_large_number"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("a", "b", "meet"),
    [
        ("2031-05-05", "2031-05-05", True),
        ("2031-05", "2031-05-17", True),
        ("2031-05-01/2031-05-09", "2031-05-09", True),
        ("2031-05-01/2031-05-09", "2031-05-10", False),
        ("2030", "2031-05-05", False),
    ],
)
def test_a_coarser_date_can_be_the_same_day_as_a_finer_one(a: str, b: str, meet: bool):
    first, second = units_of("The ferry/N sink/V", "A ferry/N sink/V")

    found = compare([replace(first, days=frozenset((a,))), replace(second, days=frozenset((b,)))])

    assert found["same_day"] == float(meet)
    assert found["days_differ"] == float(not meet)
    assert days_meet([a], [b]) is meet


def test_claims_without_words_are_compared_without_harm():
    found = compare(units_of("It be so", "The ferry/N sink/V"))

    assert all(np.isfinite(value) for value in found.values())
    assert found["term_cosine"] == 0.0


def test_log_odds_are_the_weighed_sum_of_the_named_features():
    units = units_of(
        "14/M ferry/N sink/V near Elm/P", "A ferry/N sink/V", "The mayor/N praise/V 14/M nurse/N"
    )
    table, model = PairTable(units, Weights(units)), claim_weights()
    a, b = np.array([0, 0, 1]), np.array([1, 2, 2])

    odds = table.odds(a, b, model)

    column = np.array([model.weights.get(name, 0.0) for name in FEATURES])
    assert odds == pytest.approx(model.bias + table.rows(a, b) @ column)


def test_pairs_in_many_blocks_are_compared_as_in_one(monkeypatch: pytest.MonkeyPatch):
    units = units_of(
        *[f"The {word}/N sink/V near Elm/P" for word in "ferry boat yacht raft".split()]
    )
    a, b = np.triu_indices(len(units), k=1)
    whole = PairTable(units, Weights(units)).rows(a, b)

    monkeypatch.setattr("apps.claims.analysis.holdings._BLOCK", 2)
    monkeypatch.setattr("apps.claims.analysis.paraphrases._CELLS", 1)

    assert PairTable(units, Weights(units)).rows(a, b) == pytest.approx(whole)


def test_what_pairs_share_is_listed_pair_by_pair():
    holdings = Holdings([{"ash", "elm", "oak"}, {"elm", "oak"}, set(), {"yew"}])
    ((_, block),) = in_blocks(np.array([0, 0, 1]), np.array([1, 3, 0]))

    shared = holdings.shared(block)

    assert shared.pair.tolist() == [0, 0, 2, 2]
    assert [holdings.things[thing] for thing in shared.thing] == ["elm", "oak", "elm", "oak"]
    assert shared.count().tolist() == [2.0, 0.0, 2.0]
    assert shared.greatest(np.array([1.0, 2.0, 3.0, 4.0])).tolist() == [3.0, 0.0, 3.0]


def test_a_claim_is_held_against_its_nearest_partners_and_not_against_its_own_sentence():
    shared = "ferry/N sink/V near Elm/P"
    articles = [build_article("north", [f"The {shared}"], parts=[(0, "ferry sink")])] + [
        build_article(f"a{number}", [f"A {shared} beside pier{number}/N"])
        for number in range(MOST_PARTNERS + 9)
    ]
    scorer = Scorer(build_units(articles), articles, [])

    a, b = scorer.find_candidates()

    assert (a < b).all()
    pairs = list(zip(a.tolist(), b.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert (0, 1) not in pairs


def test_two_claims_are_each_others_best_when_no_other_sentence_is_likelier():
    units = build_units(
        [
            build_article("a", ["The ferry/N sink/V", "The mayor/N resign/V"]),
            build_article("b", ["A boat/N sink/V", "A mayor/N quit/V"]),
            build_article("c", ["The boat/N go/V down"]),
        ]
    )
    a, b = np.array([0, 0, 0, 2]), np.array([2, 3, 4, 4])

    rows = find_agreement(units, a, b, np.array([1.0, -3.0, 2.0, 1.5])).tolist()

    first, second, *_ = [dict(zip(AGREEMENT_FEATURES, row, strict=True)) for row in rows]
    assert (first["mutual"], second["mutual"]) == (1.0, 0.0)
    assert first["least_margin"] == 1.0
    # The third article is near both: its weaker link is 1.5.
    assert first["support"] == 1.5 / 4.0
    assert first["supported"] == 1.0
    assert second["support"] == UNSEEN / 4.0


def test_pairs_that_were_never_scored_have_no_log_odds():
    articles = [
        build_article("north", ["The ferry/N sink/V near Elm/P"]),
        build_article("south", ["A ferry/N sink/V off Elm/P"]),
        build_article("west", ["Barley/N price/N rise/V"]),
    ]
    scorer = Scorer(build_units(articles), articles, [])

    pairs = scorer.look_twice(*scorer.find_candidates())

    found = pairs.get([(0, 1), (0, 2)])
    assert found.keys() == {(0, 1)}
    assert found[0, 1] > NEVER
