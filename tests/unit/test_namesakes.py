"""Speakers who may be one person, spelled in two ways."""

from __future__ import annotations

import pytest

from apps.claims.search_facets import is_nearly_one_name


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Dolores Quint", "Delores Quint", True),
        ("Tricia M. McLaughlin", "Trisha M. McLaughlin", False),
        ("Jon Aldous Venn", "Jon Aldus Venn", True),
        ("Ann Quint", "Ana Quint", False),
        ("Dolores Quint", "Deborah Quint", False),
        ("Dolores Quint", "Dolores Quine", False),
        ("Dolores Quint", "Quint", False),
        ("Dolores Quint", "dolores quint", False),
    ],
)
def test_one_letter_of_one_given_name_may_be_a_slip(one: str, other: str, expected: bool) -> None:
    assert is_nearly_one_name(one, other) is expected
    assert is_nearly_one_name(other, one) is expected
