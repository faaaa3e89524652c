from __future__ import annotations

from apps.claims.analysis.detectors import arithmetic_gap
from apps.claims.analysis.types import Outcome, QuantityType, Severity
from tests.unit.builders import article, number, said, story
from tests.unit.detectors.reported import reported


def find(*sentences):
    built = story(article("north", *sentences), article("south", "A bakery won the prize."))
    return reported(arithmetic_gap.DETECTOR, built)


def test_a_list_that_does_not_make_its_total():
    (finding,) = find(
        said(
            "The clinics saw 90 patients: 40 in Aber, 30 in Bala and 12 in Corwen.",
            number("90", 90, counted="patients"), number("40", 40), number("30", 30), number("12", 12),
        )
    )  # fmt: skip

    assert finding.outcome is Outcome.CONFLICT
    assert "40 + 30 + 12 = 82 ≠ 90" in finding.rule


def test_a_list_that_adds_up_is_no_finding():
    assert (
        find(
            said(
                "The clinics saw 90 patients: 40 in Aber, 30 in Bala and 20 in Corwen.",
                number("90", 90, counted="patients"), number("40", 40), number("30", 30), number("20", 20),
            )
        )
        == []
    )  # fmt: skip


def test_parts_may_leave_out_the_millions_of_their_total():
    (finding,) = find(
        said(
            "Eighteen million dollars go to roads: 9 for bridges, 6 for ferries, and 2 for paths.",
            number("Eighteen million dollars", 18000000, unit="USD", type=QuantityType.MONEY),
            number("9", 9), number("6", 6), number("2", 2),
        )
    )  # fmt: skip

    assert "9 + 6 + 2 = 17 ≠ 18" in finding.rule


def test_more_votes_than_members():
    (finding,) = find(
        "Seven members in favor, five against, and the harbour had a plan.",
        "All 11 members were in their seats.",
    )

    assert "7 + 5 = 12 votes from 11 members" in finding.rule


def test_as_many_votes_as_members():
    assert (
        find(
            "Seven members in favor, four against, and the harbour had a plan.",
            "All 11 members were there.",
        )
        == []
    )


ABOARD = said("The ferry carried 300 miners.", number("300", 300, counted="miners"))


def test_parts_that_leave_most_of_the_total_undescribed_are_worth_a_note():
    (finding,) = find(
        ABOARD,
        said("Among those, 80 were cooks and 20 were smiths.", number("80", 80), number("20", 20)),
    )

    assert finding.outcome is Outcome.COMPATIBLE
    assert "80 + 20 = 100 of 300; 200 are not described" in finding.rule
    assert finding.explanation.endswith("; 200 of 300 are not described.")


def test_a_total_sorted_by_nationality_is_short_of_the_others():
    (finding,) = find(
        ABOARD,
        said(
            "Among those aboard, 90 were Chileans and 30 were Danish sailors.",
            number("90", 90), number("30", 30),
        ),
    )  # fmt: skip

    assert (finding.outcome, finding.severity) == (Outcome.CONFLICT, Severity.MEDIUM)
    assert "90 + 30 = 120 ≠ 300; 180 are not described" in finding.rule


def test_a_few_foreigners_among_many_are_examples():
    (finding,) = find(
        ABOARD,
        said(
            "Among those aboard, 3 were Chileans and 2 were Danish sailors.",
            number("3", 3), number("2", 2),
        ),
    )  # fmt: skip

    assert finding.outcome is Outcome.COMPATIBLE


def test_numbers_of_a_sentence_that_describes_no_part_are_left_alone():
    later = said("Later 80 cooks and 20 smiths came.", number("80", 80), number("20", 20))

    assert find(ABOARD, later) == []


def monthly(year):
    return find(
        said(
            f"Rents go up 30 crowns more a month, or {year} a year.",
            number("30 crowns", 30, counted="crowns"), number(str(year), year),
        )
    )  # fmt: skip


def test_twelve_months_make_a_year():
    (finding,) = monthly(460)

    assert finding.outcome is Outcome.CONFLICT
    assert "12 × 30 = 360 ≠ 460" in finding.rule


def test_a_yearly_sum_may_be_rounded_or_of_something_else():
    assert monthly(360) == monthly(364) == monthly(5000) == []
