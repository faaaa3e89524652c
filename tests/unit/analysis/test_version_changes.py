"""What a later text of an article changed: facts, corrections and wording told apart."""

from __future__ import annotations

import pytest

from apps.claims.analysis.version_changes import MOST_SENTENCES, compare_versions

FIRST = (
    "Fire guts Dunmore mill\n\nSeven people are dead after a fire at the mill. "
    "Crews had the upper hand by dawn.\n\nChief Ann Marsh said the cause is not known.\n"
)


def _kinds(before: str, after: str) -> list[str]:
    return [change.kind for change in compare_versions(before, after).changes]


def _facts(before: str, after: str) -> list[tuple[str, str, str]]:
    (change,) = compare_versions(before, after).changes
    return [(fact.kind, fact.before, fact.after) for fact in change.facts]


def test_a_notice_comes_first_then_facts_then_wording():
    after = (
        FIRST.replace("Seven people", "Six people").replace("had the upper", "got the upper")
        + "\nCorrection, 11:40 p.m.: an earlier version gave the number of dead as seven.\n"
    )

    found = compare_versions(FIRST, after)

    assert [change.kind for change in found.changes] == ["correction", "fact", "wording"]
    notice, fact, wording = found.changes
    assert notice.after.startswith("Correction, 11:40 p.m.")
    assert [(one.kind, one.before, one.after) for one in fact.facts] == [("number", "Seven", "Six")]
    assert [span.of(wording.before) for span in wording.out] == ["had"]
    assert [span.of(wording.after) for span in wording.put_in] == ["got"]


@pytest.mark.parametrize(
    ("before", "after", "facts"),
    [
        ("Seven people died there.", "Six people died there.", [("number", "Seven", "Six")]),
        ("Seven people died there, says WDF 6.", "Six people died there, says WDF 6.",
         [("number", "Seven", "Six")]),
        ("About 40 people were hurt there.", "40 people were hurt there.",
         [("number", "About 40", "40")]),
        ("It began on March 3, 2031, police said.", "It began on March 4, 2031, police said.",
         [("date", "March 3, 2031", "March 4, 2031")]),
        ("The chief, Ann Marsh, spoke at noon to them.", "The chief, Anna Marsh, spoke at noon to them.",
         [("name", "Ann", "Anna")]),
        ("The owner was arrested by the police there.", "The owner was charged by the police there.",
         [("status", "arrested", "charged")]),
        ("The doors were locked that whole night.", "The doors were not locked that whole night.",
         [("status", "", "not")]),
    ],
)  # fmt: skip
def test_a_changed_fact_is_named_with_both_sides(before, after, facts):
    assert _facts(before, after) == facts


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Seven people died there.", "7 people died there."),
        ("The crews had the upper hand there.", "The crews got the upper hand there."),
        ("It began on March 3, 2031, police said.", "On March 3, 2031, it began, police said."),
    ],
)
def test_the_same_fact_in_other_words_is_wording(before, after):
    assert _kinds(before, after) == ["wording"]


@pytest.mark.parametrize(
    "after",
    [
        FIRST.replace("\n\n", "\r\n \r\n"),
        FIRST.replace(". Crews", ".\nCrews"),
        FIRST.replace("Fire guts", "FIRE  guts"),
    ],
)
def test_white_space_and_case_are_no_change(after):
    assert compare_versions(FIRST, after).changes == ()


def test_a_sentence_in_another_place_is_moved_not_changed():
    found = compare_versions(
        "One began. Two went on. Three ended.", "Two went on. Three ended. One began."
    )

    assert (found.changes, found.moved) == ((), 1)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("This story has been corrected to say who spoke.", "correction"),
        ("Editor’s note: the name was spelled differently at first.", "correction"),
        ("Correction officers stood at the gate of the prison.", "added"),
        ("The map of the valley has been updated by the county.", "added"),
    ],
)
def test_a_notice_is_told_from_a_sentence_of_the_report(sentence, kind):
    assert _kinds(FIRST, FIRST + sentence) == [kind]


def test_other_sentences_are_added_and_removed_not_edited():
    after = FIRST.replace("Crews had the upper hand by dawn.", "A vigil is planned on the green.")

    assert _kinds(FIRST, after) == ["added", "removed"]


def test_of_a_text_too_long_only_the_beginning_is_compared():
    before = "A bell rang. " * (MOST_SENTENCES + 5)

    found = compare_versions(before, before + "Six died.")

    assert found.is_cut and found.changes == ()
