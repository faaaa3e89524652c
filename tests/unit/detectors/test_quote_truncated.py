from __future__ import annotations

from apps.claims.analysis.detectors import quote_truncated
from apps.claims.analysis.types import Outcome, Severity
from tests.unit.builders import article, story


def find(first: str, second: str):
    return list(
        quote_truncated.find_in_story(story(article("north", first), article("south", second)))
    )


def test_a_clean_cut_is_compatible_and_low():
    (finding,) = find(
        "“We will count the votes by hand, and we will publish them,” Ortiz said.",
        "“We will count the votes by hand,” Ortiz said.",
    )

    assert (finding.outcome, finding.severity) == (Outcome.COMPATIBLE, Severity.LOW)
    assert "and we will publish them" in finding.explanation


def test_one_word_left_out_is_told_as_one():
    (finding,) = find(
        "“The dam held through the night because the crew stayed,” Ortiz said.",
        "“The dam held through the night because the … stayed,” Ortiz said.",
    )

    assert "; 1 word is left out" in finding.rule


def test_a_cut_reservation_weighs_more():
    (finding,) = find(
        "“I have not seen the contract, but the price looks fair to me,” Ortiz said.",
        "“The price looks fair to me,” Ortiz said.",
    )

    assert finding.severity is Severity.MEDIUM


def test_an_ellipsis_is_a_cut():
    (finding,) = find(
        "“The dam held through the night because the crew stayed,” Ortiz said.",
        "“The dam held … because the crew stayed,” Ortiz said.",
    )

    assert finding.kind == "quote_truncated"


def test_a_quotation_continued_after_its_speaker_is_not_cut():
    assert (
        find(
            "“The dam held through the night. The crew stayed,” Ortiz said.",
            "“The dam held through the night,” Ortiz said. “The crew stayed.”",
        )
        == []
    )


def test_other_words_are_not_a_cut():
    assert (
        find(
            "“The dam held through the night,” she said.", "“The dam gave way at night,” she said."
        )
        == []
    )


def test_words_gone_from_the_middle_without_a_mark_weigh_more():
    (finding,) = find(
        "“The offer is less than a third of what we need and the best we have seen,” Ortiz said.",
        "“The offer is the best we have seen,” Ortiz said.",
    )

    assert finding.severity is Severity.MEDIUM
    assert "no ellipsis shows it" in finding.rule


def test_for_now_is_a_limit_however_short():
    (finding,) = find(
        "“The old bridge is safe, for now,” Ortiz said.", "“The old bridge is safe,” Ortiz said."
    )

    assert finding.severity is Severity.MEDIUM


def test_a_greeting_that_is_gone_is_no_limit():
    (finding,) = find(
        "“Good evening, the old bridge is safe,” Ortiz said.",
        "“The old bridge is safe,” Ortiz said.",
    )

    assert finding.severity is Severity.LOW
