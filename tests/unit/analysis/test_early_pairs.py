from __future__ import annotations

from itertools import combinations

from apps.claims.analysis.early_pairs import early_pairs, early_pairs_by_key
from apps.claims.analysis.wording import find_phrase


def test_of_few_tellings_each_is_held_against_each():
    assert list(early_pairs("abcd")) == list(combinations("abcd", 2))


def test_of_very_many_tellings_each_is_held_against_the_earliest():
    pairs = list(early_pairs(range(400)))

    assert {j for i, j in pairs} == set(range(1, 400))
    assert max(i for i, _ in pairs) == 15
    assert pairs == sorted(pairs)


def test_of_few_articles_all_are_compared_whatever_they_share():
    assert list(early_pairs_by_key({"a": ["x"], "b": ["y"], "c": []})) == [("a", "b"), ("a", "c"), ("b", "c")]  # fmt: skip


def test_of_very_many_articles_only_those_with_something_in_common_are_compared():
    keys = {f"a{n:03}": ["weather"] if n % 2 else [f"own {n}"] for n in range(300)}
    keys["a010"] = keys["a290"] = ["a rare thing"]

    pairs = set(early_pairs_by_key(keys))

    assert ("a010", "a290") in pairs
    assert ("a001", "a299") in pairs
    assert ("a000", "a001") not in pairs
    assert len(pairs) < 300 * 24


def test_a_phrase_is_found_by_the_beginning_of_its_first_word():
    assert find_phrase(["they", "charged", "him"], ["charg* him"]) == (1, 3)
    assert find_phrase(["they", "charg"], ["charg*"]) == (1, 2)
    assert find_phrase(["they", "char"], ["charg*"]) is None
