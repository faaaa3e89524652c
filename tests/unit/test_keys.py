from __future__ import annotations

import pytest

from apps.articles.text.spans import Span
from apps.articles.text.types import Role
from apps.claims.analysis.keys import claim_key, cluster_key, finding_key
from apps.claims.analysis.types import ClaimDraft


def claim(article: str, text: str) -> ClaimDraft:
    return ClaimDraft(
        id=f"{article}.c0",
        article=article,
        sentence=0,
        span=Span(0, len(text)),
        text=text,
        role=Role.BODY,
    )


def test_a_claim_keeps_its_key_when_only_quotation_marks_and_spaces_change():
    straight = claim_key("north", '"It\'s over,"  she said')
    curly = claim_key("north", "“It’s over,” she said")

    assert straight == curly
    assert straight != claim_key("north", "“It’s not over,” she said")


def test_the_same_words_in_two_articles_are_two_claims():
    assert claim_key("north", "Nine boats sank") != claim_key("south", "Nine boats sank")


def test_a_row_keeps_its_key_when_a_later_article_joins_it():
    first = claim("north", "Nine boats sank")
    second = claim("south", "Nearly ten boats went down")

    assert cluster_key([first]) == cluster_key([first, second])
    assert cluster_key([first]) != cluster_key([second])


def test_a_row_without_claims_has_no_key():
    with pytest.raises(ValueError, match="at least one claim"):
        cluster_key([])


def test_a_finding_keeps_its_key_whichever_side_stands_first():
    assert finding_key("number_conflict", ["nine", "12"]) == finding_key(
        "number_conflict", ["12", "nine"]
    )


@pytest.mark.parametrize(
    ("kind", "compared"),
    [
        ("number_scope", ["nine", "12"]),
        ("number_conflict", ["nine", "13"]),
        ("number_conflict", ["nine"]),
    ],
)
def test_another_detector_or_other_words_make_another_finding(kind: str, compared: list[str]):
    assert finding_key(kind, compared) != finding_key("number_conflict", ["nine", "12"])


def test_keys_are_twenty_hex_characters():
    key = finding_key("omission", [])

    assert len(key) == 20
    assert set(key) <= set("0123456789abcdef")
