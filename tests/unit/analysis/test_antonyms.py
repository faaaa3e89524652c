"""Which words exclude each other, and that the list of them does not contradict itself."""

from __future__ import annotations

import pytest

from apps.claims.analysis.antonyms import find_sides
from apps.claims.analysis.lexicon import read_forms, read_rows
from apps.claims.analysis.stems import stem


def excluded(first: str, second: str) -> bool:
    turned = {(matter, not side) for matter, side in find_sides(stem(first))}
    return bool(turned & find_sides(stem(second)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("benign", "malignant"),
        ("northbound", "southbound"),
        ("seize", "relinquish"),
        ("crewed", "driverless"),
        ("enact", "repeal"),
        ("surplus", "shortfall"),
        ("ordain", "defrock"),
    ],
)
def test_opposites_of_many_domains_exclude_each_other(first: str, second: str):
    assert excluded(first, second)
    assert excluded(second, first)


@pytest.mark.parametrize(
    ("first", "second"), [("benign", "mild"), ("enact", "pass"), ("treat", "terminal")]
)
def test_words_that_can_both_hold_do_not(first: str, second: str):
    assert not excluded(first, second)


def test_no_word_is_its_own_opposite():
    for first, second in read_rows("antonyms"):
        ours = {stem(word) for word in read_forms(first)}
        theirs = {stem(word) for word in read_forms(second)}

        assert ours.isdisjoint(theirs), f"{first} | {second}"


def test_no_two_rows_share_their_matter():
    names = [tuple(read_forms(cell)[0] for cell in row) for row in read_rows("antonyms")]

    assert len(names) == len(set(names))
