"""A short sentence kept nearly whole in a longer one, and what only looks like it."""

from __future__ import annotations

import pytest

from apps.articles.text.contained import find_contained
from apps.articles.text.spans import Span
from apps.articles.text.types import ReuseLink


def _sentences(*texts: str) -> list[tuple[Span, str]]:
    found, start = [], 0
    for text in texts:
        found.append((Span(start, start + len(text)), text))
        start += len(text) + 1
    return found


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (
            "Bell & Marsh employs 310 people.",
            "Bell & Marsh, a firm that has long put output before people, employs 310 people.",
        ),
        (
            "The crane toppled at dawn on Friday.",
            "The crane, rusty as it was, toppled at dawn on Friday, and nobody saw it.",
        ),
    ],
)
def test_a_sentence_with_a_clause_put_in_is_one_with_it(short, long):
    a, b = _sentences(short), _sentences("Nobody was hurt.", long)

    for one, other in ((a, b), (b, a)):
        (link,) = find_contained("a", one, "b", other, [])
        assert {one[-1][0], other[-1][0]} == {link.a_span, link.b_span}
        assert 0 < link.similarity < 1


@pytest.mark.parametrize(
    ("short", "long"),
    [
        # Two of its words are others: another statement.
        ("Bell & Marsh employs 310 people.", "Bell & Marsh owns 12 ships, and people like it."),
        # The words are there, scattered.
        (
            "The mayor opened the bridge Friday.",
            "The bridge, the mayor said, was opened before Friday, when the rain came.",
        ),
        # Too short to be anybody's.
        ("He did not say.", "He did, after a while, not say a word."),
        # Small words alone are everybody's.
        ("It was in the end so.", "It was, as he put it in the pub, in the end so."),
    ],
)
def test_sentences_that_share_only_some_words_are_two(short, long):
    assert find_contained("a", _sentences(short), "b", _sentences(long), []) == []


def test_what_is_linked_already_is_left_alone():
    a = _sentences("Bell & Marsh employs 310 people.")
    b = _sentences("Bell & Marsh, an old firm, employs 310 people.", "It rained in the night.")
    known = ReuseLink(a="a", a_span=a[0][0], b="b", b_span=b[1][0], similarity=0.9)

    assert find_contained("a", a, "b", b, [known]) == []


def test_each_sentence_stands_in_one_pair_the_nearest():
    a = _sentences("Bell & Marsh employs 310 people.")
    b = _sentences(
        "Bell & Marsh, an old firm with looms and yards, employs 310 people.",
        "Bell & Marsh now employs 310 people.",
    )

    (link,) = find_contained("a", a, "b", b, [])

    assert link.b_span == b[1][0]
