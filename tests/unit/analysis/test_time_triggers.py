from __future__ import annotations

import pytest

from apps.claims.analysis.time_triggers import find_triggers


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("It closed on Tuesday.", "weekday"),
        ("It closed in SEPT. 2030.", "month"),
        ("It closed on 4/11.", "month"),
        ("It closed for three weeks.", "unit"),
        ("It closed on St Patrick’s Day.", "holiday"),
        ("It closed in the ’90s.", "any"),
        ("It closed at ten to six.", "any"),
        ("It closed at 7.30pm.", "a time of day"),
    ],
)
def test_a_text_with_a_word_of_a_date_may_hold_one(text: str, trigger: str) -> None:
    assert {trigger, "any"} <= find_triggers(text)


@pytest.mark.parametrize(
    "text", ["", "The ferry closed for good.", "The harbour board spoke to Ilse Brandt."]
)
def test_a_text_without_such_a_word_is_not_searched(text: str) -> None:
    assert "any" not in find_triggers(text)


def test_a_month_within_a_longer_word_is_none() -> None:
    assert "month" in find_triggers("They march in may.")
    assert "month" not in find_triggers("The mayor will decorate the marina.")
