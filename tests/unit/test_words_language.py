from __future__ import annotations

import pytest

from apps.claims.presentation import Piece
from apps.claims.templatetags.claims import words_language


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("The ferry sank.", "en"),
        ("“Señor Ångström’s café” – 40 °C", "en"),
        ("The word שלום stands on the quay.", "en"),
        ("המעבורת נשאה 40 איש.", ""),
        ("كانت العبارة تحمل 40 شخصا.", ""),
        ("Паром вёз 40 человек.", ""),
        ("渡船载有四十人。", ""),
        ("40", "en"),
        ("", "en"),
    ],
)
def test_words_of_another_script_are_not_said_to_be_english(words: str, language: str) -> None:
    assert words_language(words) == language
    half = len(words) // 2
    assert words_language((Piece(words[:half]), Piece(words[half:], "number"))) == language
