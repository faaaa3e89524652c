from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import find_findings, quote_altered
from apps.claims.analysis.types import Outcome, Severity
from tests.unit.builders import article, number, said, story


def find(first: str, second: str):
    return list(
        quote_altered.find_in_story(story(article("north", first), article("south", second)))
    )


@pytest.mark.parametrize(
    ("first", "second", "change"),
    [
        (
            "“We heard them shouting from the roof,” Ortiz said.",
            "“We heard them calling from the roof,” Ortiz said.",
            "“shouting” against “calling”",
        ),
        (
            "They had a “useful meeting and an honest meeting” on fish.",
            "They had a “useful and honest meeting” on fish.",
            "is gone",
        ),
        (
            "“I do not think the bridge is safe,” she said.",
            "“I don't think the bridge is safe,” she said.",
            "“do not” against “don't”",
        ),
    ],
)
def test_other_words_between_quotation_marks_are_an_altered_quotation(
    first: str, second: str, change: str
):
    (finding,) = find(first, second)

    assert (finding.outcome, finding.severity) == (Outcome.CONFLICT, Severity.HIGH)
    assert change in finding.explanation


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        (
            "“We heard them shouting from the roof,” Ortiz said.",
            "“We heard them calling from the roof,” Ortiz said.",
            "1 word stands only in North, 1 only in South.",
        ),
        (
            "“I do not think the bridge is safe,” she said.",
            "“I don't think the bridge is safe,” she said.",
            "2 words stand only in North, 1 only in South.",
        ),
        (
            "They had a “useful and an honest meeting” on fish.",
            "They had a “useful and honest meeting” on fish.",
            "South lacks 1 word that North prints.",
        ),
        (
            "They had a “useful and honest meeting” on fish.",
            "They had a “useful meeting and an honest meeting” on fish.",
            "South adds 2 words that North does not print.",
        ),
    ],
)
def test_the_rule_says_whose_quotation_has_how_many_words_of_its_own(
    first: str, second: str, rule: str
):
    (finding,) = find(first, second)

    assert finding.rule.endswith(rule)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "“I don’t think the bridge is safe,” she said.",
            '"I don\'t think the bridge is safe," she said.',
        ),
        (
            "“The bridge – the old one – is safe,” she said.",
            '"The bridge - the old one - is safe," she said.',
        ),
        (
            "“First of all, the old bridge is safe,” she said.",
            "“The old bridge is safe,” she said.",
        ),
        ("“We will rebuild the old bridge,” she said.", "“We will repaint every school,” he said."),
        (
            "“The old bridge is safe … for now,” she said.",
            "“The old bridge is safe and sound for now,” she said.",
        ),
        ("He called it “a disgrace”.", "She called it “a triumph”."),
    ],
)
def test_typography_cuts_and_other_speeches_are_not_altered_quotations(first: str, second: str):
    assert find(first, second) == []


def test_a_quotation_broken_by_its_speaker_is_the_same_quotation():
    whole = "“The old bridge is safe. We closed it to be certain,” Ortiz said."
    broken = "“The old bridge is safe,” Ortiz said. “We closed it to be certain.”"

    assert find(whole, broken) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Anybody may say these words.
        (
            "“Thank you very much,” Ortiz said.",
            "“Thank you very much indeed, all of you,” Bray said.",
        ),
        # Two people, one adjective.
        (
            "Ortiz was “quite happy” with it.",
            "Bray was “very happy” about the pool. All were happy.",
        ),
        # British marks are marks.
        (
            "‘The old bridge is safe for now,’ Ortiz said.",
            "“The old bridge is safe for now,” Ortiz said.",
        ),
    ],
)
def test_stock_words_common_words_and_single_marks_are_not_altered(first: str, second: str):
    assert find(first, second) == []


def test_two_quoted_words_of_which_one_changed():
    (finding,) = find(
        "Auditors had called the dam “barely adequate” in May.",
        "Auditors had called the dam “hardly adequate” in May.",
    )

    assert "“barely” against “hardly”" in finding.explanation


def test_copies_of_one_reading_make_one_finding():
    wire = article("wire", "“We heard them shouting from the roof,” Ortiz said.")
    south = article("south", "“We heard them calling from the roof,” Ortiz said.")
    east = article("east", "“We heard them calling from the roof,” Ortiz said.")

    (finding,) = quote_altered.find_in_story(story(wire, south, east))

    assert "South and East “We heard them calling from the roof" in finding.explanation


def test_a_changed_word_is_found_though_numbers_were_compared_before():
    told = story(
        article(
            "north",
            "The auditor of the harbour board called the pumps “barely adequate”.",
            said("The town owns 14 tugs.", number("14", 14, counted="tugs")),
            "The light on the quay was adequate.",
        ),
        article(
            "south",
            "Of the pumps the auditor of the harbour board said they were “hardly adequate”.",
            said("The town owns 15 tugs.", number("15", 15, counted="tugs")),
        ),
    )

    assert "quote_altered" in [finding.kind for _, finding in find_findings(told)]
