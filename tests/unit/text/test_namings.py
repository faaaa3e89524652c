"""Where an article names the outlet its text goes back to."""

from __future__ import annotations

import re

import pytest

from apps.articles.text.namings import find_naming, name_pattern
from apps.articles.text.types import Role


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            [(Role.BODY, "The ferry sank, Coast Wire reported on Monday.")],
            ("body", "The ferry sank, Coast Wire reported on Monday.", True),
        ),
        (
            [(Role.CAPTION, "The ferry at dawn. (CW Photo/Ann Lee)")],
            ("caption", "(CW Photo/Ann Lee)", False),
        ),
        (
            [(Role.CREDIT, "By Coast Wire"), (Role.BODY, "She told the Coast Wire so.")],
            ("body", "She told the Coast Wire so.", True),
        ),
        ([(Role.CREDIT, "With material from CW")], ("credit", "With material from CW", False)),
    ],
)
def test_a_name_in_the_text_comes_before_one_beside_it(parts, told):
    naming = find_naming("The Coast Wire", parts)

    assert naming is not None
    assert (naming.role, naming.words, naming.is_in_text) == told


@pytest.mark.parametrize("text", ["Coastal Wireless said so.", "cw", "CWX", "The coast, a wire."])
def test_words_that_only_look_alike_name_nobody(text):
    assert find_naming("Coast Wire", [(Role.BODY, text)]) is None


def test_an_outlet_of_one_word_has_no_initials():
    assert find_naming("Reuters", [(Role.BODY, "R came first.")]) is None


def test_an_outlet_without_a_name_is_named_nowhere():
    assert name_pattern(" ") == ""
    assert find_naming("", [(Role.BODY, "Anything.")]) is None


def test_only_some_words_around_a_name_are_told():
    text = f"{'Long before that the harbour master said '}Coast Wire{' had written about it' * 4}."

    naming = find_naming("Coast Wire", [(Role.BODY, text)])

    assert naming is not None
    assert "Coast Wire" in naming.words
    assert naming.words.startswith("… ") and naming.words.endswith(" …")
    assert len(naming.words) < 70


def test_signs_in_a_name_are_signs_and_no_pattern():
    assert re.search(name_pattern("W.D.F (6)").replace("[:alnum:]", r"\w"), "of W.D.F (6) today")
