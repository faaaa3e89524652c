from __future__ import annotations

import pytest

from apps.claims.analysis.grouping import average_link, spanning_pairs


def test_pairs_at_the_threshold_come_together_and_others_stay_apart():
    assert average_link(4, {(0, 1): 1.0, (2, 3): 0.4}, at_least=0.5) == [[0, 1], [2], [3]]


def test_one_strong_link_does_not_pull_a_stranger_into_a_group():
    scores = {(0, 1): 2.0, (1, 2): 1.0, (0, 2): -3.0}

    assert average_link(3, scores, at_least=0.0) == [[0, 1], [2]]


def test_a_pair_nobody_scored_counts_against_joining():
    scores = {(0, 1): 2.0, (1, 2): 1.0}

    assert average_link(3, scores, at_least=0.0, unseen=3.0) == [[0, 1], [2]]
    assert average_link(3, scores, at_least=0.0, unseen=0.5) == [[0, 1, 2]]


def test_people_decide_before_scores_do():
    scores = {(0, 1): 5.0, (1, 2): -5.0}

    assert average_link(3, scores, at_least=0.0, cannot=[(0, 1)], must=[(1, 2)]) == [[0], [1, 2]]


def test_what_was_refused_stays_apart_when_groups_grow():
    scores = {(0, 1): 3.0, (2, 3): 3.0, (1, 2): 2.5, (0, 2): 2.5, (0, 3): 2.5, (1, 3): 2.5}

    assert average_link(4, scores, at_least=0.0, cannot=[(0, 3)]) == [[0, 1], [2, 3]]
    assert average_link(4, scores, at_least=0.0) == [[0, 1, 2, 3]]


def test_groups_that_may_not_join_do_not():
    scores = {(0, 1): 3.0, (0, 2): 2.0, (1, 2): 2.0}

    groups = average_link(
        3, scores, at_least=0.0, may_join=lambda a, b: not (0 in a + b and 2 in a + b)
    )

    assert groups == [[0, 1], [2]]


def test_equal_scores_go_to_the_lower_numbers():
    scores = {(0, 1): 1.0, (0, 2): 1.0, (1, 2): -9.0}

    assert average_link(3, scores, at_least=0.5) == [[0, 1], [2]]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_without_scores_everything_stands_alone(count: int):
    assert average_link(count, {}, at_least=0.0) == [[k] for k in range(count)]


def test_the_strongest_links_hold_a_group_together():
    scores = {(2, 5): 3.0, (2, 9): 1.0, (5, 9): 2.0}

    assert spanning_pairs([2, 5, 9], scores, frozenset()) == [(2, 5), (5, 9)]


def test_a_link_a_person_made_is_kept_though_others_are_stronger():
    scores = {(2, 5): 3.0, (5, 9): 2.0}

    assert spanning_pairs([2, 5, 9], scores, {(2, 9)}) == [(2, 5), (2, 9)]


def test_what_no_score_joins_is_joined_by_the_lowest_numbers():
    assert spanning_pairs([1, 4, 6], {(4, 6): 0.5}, frozenset()) == [(1, 4), (4, 6)]


def test_large_groups_join_though_not_all_their_members_were_compared():
    near = {(i, j): 4.0 for i in range(20) for j in range(i + 1, 20) if j - i <= 6}

    together = average_link(20, near, at_least=0.0, unseen=3.0, most_partners=6)
    apart = average_link(20, near, at_least=0.0, unseen=9.0)

    assert len(together) == 1
    assert len(apart) > 1
