"""Help beside findings is what the documentation says, in words for readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation

from apps.claims import finding_help
from apps.claims.finding_help import check_help, document_in, find_help, help_in, read_help
from apps.claims.finding_titles import all_titles

DOCUMENT = """# Findings

- **Totals** (`itemised.py`): shared by all.

## Numbers

### `number_conflict` · conflict, high
Same thing counted (`counts.py`), no value
in common.
- Example: "12 geese" /
  "nine geese".
- Near miss: "a dozen"; `about` 12.
Asked of a person where unsure.

### Things no rule finds

- Example: nothing.
"""
TITLES = {"number_conflict": "Numbers conflict"}


def test_a_section_gives_what_is_reported_and_what_is_left_alone():
    (found,) = read_help(DOCUMENT, TITLES).values()

    assert found.title == "Numbers conflict"
    assert found.group == "Numbers"
    assert found.outcomes == "Conflict, high"
    assert found.paragraphs == (
        "Same thing counted, no value in common.",
        "Asked of a person where unsure.",
    )
    assert found.points == (
        ("Reported", '"12 geese" / "nine geese".'),
        ("Left alone", '"a dozen"; about 12.'),
    )


def test_a_section_on_a_kind_nobody_knows_is_passed_over():
    assert read_help(DOCUMENT, {"omission": "Left out"}) == {}


@pytest.mark.parametrize("kind", all_titles())
def test_every_kind_of_finding_is_explained_with_an_example_and_its_limits(kind: str):
    found = find_help(kind)

    assert found is not None
    labels = {label for label, _ in found.points}
    assert {"Reported", "Left alone", "Not found"} <= labels
    words = " ".join([*found.paragraphs, *(text for _, text in found.points)])
    assert "`" not in words
    assert ".py" not in words


def test_the_german_help_has_the_sections_and_the_limits_of_the_english_one():
    english, german = (
        read_help(document_in(language).read_text(encoding="utf-8"), all_titles())
        for language in ("en", "de")
    )

    assert document_in("de") != document_in("en")
    assert list(german) == list(english)
    for kind, found in german.items():
        assert [label for label, _ in found.points] == [label for label, _ in english[kind].points]
        assert len(found.paragraphs) == len(english[kind].paragraphs), kind


def test_help_is_in_the_readers_language():
    with translation.override("de"):
        found = find_help("omission")

    assert found is not None
    assert found.group == "Was nur eines hat, was einem fehlt"
    assert found.paragraphs[1].startswith("Was eine Umschrift")


def test_a_language_without_help_of_its_own_reads_the_english_one():
    assert document_in("fr") == document_in("en")


def test_there_is_no_help_on_what_is_no_kind():
    assert find_help("weather") is None


def test_without_the_documentation_each_kind_still_says_what_it_is(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(finding_help, "DOCUMENT", tmp_path / "findings.md")
    help_in.cache_clear()
    try:
        found = find_help("number_conflict")
        (warning,) = check_help()
    finally:
        help_in.cache_clear()

    assert found is not None and found.paragraphs[0]
    assert "docs" in (warning.hint or "")
