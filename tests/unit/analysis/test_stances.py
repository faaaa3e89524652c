"""The list of phrases that take sides does not contradict itself."""

from __future__ import annotations

from apps.claims.analysis.word_lists import word_groups

GROUPS = word_groups("stances")


def test_every_matter_has_both_sides():
    signs: dict[str, set[str]] = {}
    for group in GROUPS:
        matter, _, sign = group.rpartition(" ")
        signs.setdefault(matter, set()).add(sign)

    assert [matter for matter, found in signs.items() if found != {"+", "-"}] == []


def test_no_phrase_takes_both_sides_of_a_matter():
    for group, phrases in GROUPS.items():
        if group.endswith("+"):
            assert set(phrases).isdisjoint(GROUPS[f"{group[:-1]}-"]), group


def test_phrases_are_written_as_words_are_told_apart():
    assert [phrase for phrases in GROUPS.values() for phrase in phrases if "-" in phrase] == []
