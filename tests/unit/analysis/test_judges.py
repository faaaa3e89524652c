"""A detector proposes, a judge says how often such a proposal is right."""

from __future__ import annotations

import pytest

from apps.claims.analysis import judges
from apps.claims.analysis.judges import Judge, get_judge, judge_candidates
from apps.claims.analysis.types import Candidate, FindingDraft, Outcome, Severity


@pytest.fixture
def taught(monkeypatch):
    """A judge whose rate is .95 for a "sure" candidate, .5 for a plain one, .05 for a "bad"."""
    judge = Judge(0.0, {"sure": 3.0, "bad": -3.0}, sure_at=0.8, show_at=0.3)
    monkeypatch.setattr(judges, "_judges", lambda: {"number_conflict": judge})


def candidate(
    *claims: str, same_as: str = "", doubt: str = "", at_stake: bool = False, **features: float
) -> Candidate:
    finding = FindingDraft(
        "number_conflict", Outcome.CONFLICT, Severity.HIGH, claims, f"{claims} differ.", "3 ≠ 4"
    )
    return Candidate(finding, features, same_as=same_as, doubt=doubt, at_stake=at_stake)


def test_a_sure_candidate_is_reported_as_it_was_drafted(taught):
    (finding,) = judge_candidates("number_conflict", [candidate("a", "b", sure=1.0)])

    assert (finding.outcome, finding.severity) == (Outcome.CONFLICT, Severity.HIGH)
    assert finding.confidence == 0.95
    assert finding.needs_person == ""


def test_a_likely_candidate_is_a_question_to_a_person_and_no_conflict(taught):
    (finding,) = judge_candidates(
        "number_conflict", [candidate("a", "b", doubt="only one side dates it")]
    )

    assert (finding.outcome, finding.severity) == (Outcome.COMPATIBLE, Severity.LOW)
    assert finding.needs_person == "only one side dates it"


def test_a_question_with_much_at_stake_is_to_be_looked_into_first(taught):
    (finding,) = judge_candidates("number_conflict", [candidate("a", "b", at_stake=True)])

    assert (finding.outcome, finding.severity) == (Outcome.COMPATIBLE, Severity.MEDIUM)
    assert finding.needs_person


def test_what_is_at_stake_makes_an_unlikely_question_no_weightier(taught):
    (finding,) = judge_candidates("number_conflict", [candidate("a", "b", at_stake=True, bad=0.2)])

    assert finding.severity is Severity.LOW


def test_an_unlikely_candidate_is_dropped(taught):
    assert list(judge_candidates("number_conflict", [candidate("a", "b", bad=1.0)])) == []


def test_candidates_of_one_difference_are_one_finding_that_the_likeliest_speaks_for(taught):
    (finding,) = judge_candidates(
        "number_conflict",
        [
            candidate("a", "c", same_as="3 4", sure=1.0),
            candidate("a", "b", same_as="3 4", sure=2.0),
            candidate("a", "d", same_as="3 4"),
        ],
    )

    # "d" is only likely: it does not hide behind what is sure.
    assert finding.claims == ("a", "b", "c")


def test_a_detector_that_was_never_taught_only_asks(taught):
    (finding,) = judge_candidates("date_conflict", [candidate("a", "b", sure=1.0)])

    assert finding.needs_person


def test_every_stored_judge_belongs_to_a_detector_and_can_be_sure():
    from apps.claims.analysis.detectors import DETECTORS

    judging = {detector.slug for detector in DETECTORS if detector.find_candidates is not None}
    stored = judges._judges()

    assert stored.keys() <= judging
    assert all(0 < judge.show_at <= judge.sure_at < 1 for judge in stored.values())
    assert get_judge("no_such_detector") is judges.UNTAUGHT


def test_a_person_is_asked_about_the_likeliest_few_of_a_story(taught):
    asked = [candidate("a", f"b{n}", sure=n / 100) for n in range(9)]
    sure = [candidate("c", f"d{n}", sure=2.0) for n in range(9)]

    findings = list(judge_candidates("number_conflict", [*asked, *sure]))

    assert [finding.claims[1] for finding in findings if finding.needs_person] == ["b8", "b7", "b6", "b5"]  # fmt: skip
    assert sum(not finding.needs_person for finding in findings) == 9
