from __future__ import annotations

import pytest

from apps.claims.analysis.detectors import stale_context
from apps.claims.analysis.judges import get_judge
from apps.claims.analysis.types import Outcome
from tests.unit.builders import article, day, said, story


def find(*sentences):
    return list(
        stale_context.find_in_story(
            story(article("north", *sentences), article("south", "A fair opened."))
        )
    )


def test_a_season_of_another_year_is_not_heating_up():
    (finding,) = find("As the 2022 regatta season heats up, the club buys boats.")

    assert finding.outcome is Outcome.CONFLICT
    assert "in an article of 2024" in finding.explanation


def test_this_years_season_may_heat_up():
    assert find("As the 2024 regatta season heats up, the club buys boats.") == []


def test_a_past_year_may_be_looked_back_on():
    assert find("Since the 2022 regatta season the club has bought boats.") == []


def test_an_election_faced_a_year_after_its_date():
    (finding,) = find(
        said("The mayor faces an election in October 2023.", day("October 2023", "2023-10"))
    )

    assert "still to come" in finding.rule


def test_a_holiday_only_weeks_away_in_may():
    (finding,) = find("With the Christmas rush only weeks away, the ferry firm hires crews.")

    assert "237 days away" in finding.rule


@pytest.mark.parametrize(
    "sentence",
    [
        said("The mayor faces an election in October 2024.", day("October 2024", "2024-10")),
        said("The mayor won an election in October 2023.", day("October 2023", "2023-10")),
        said("The plan approved in March 2023 will go on.", day("March 2023", "2023-03")),
        "With the Juneteenth fair only weeks away, the ferry firm hires crews.",
        "Weeks before Christmas the ferry firm hired crews.",
    ],
)
def test_what_fits_the_articles_date_is_left_alone(sentence):
    assert find(sentence) == []


def propose(*sentences):
    return list(
        stale_context.find_candidates(
            story(article("north", *sentences), article("south", "A fair opened."))
        )
    )


def rate(*sentences):
    """The best rate of what is proposed, 0 when nothing is."""
    judge = get_judge("stale_context")
    return max((judge.rate(each.features) for each in propose(*sentences)), default=0.0)


AHEAD = "With the election campaign in full swing, the mayor can ill afford this."
VOTED = said("The election was held in March, and she kept her seat.", day("March", "2024-03"))


@pytest.mark.parametrize(
    "ahead",
    [
        AHEAD,
        "With the election only three weeks off, the mayor is wary.",
        "The mayor, who is due to face the election next month, is wary.",
    ],
)
def test_an_occasion_ahead_and_over_is_proposed(ahead):
    candidate, *_ = propose(ahead, VOTED)

    assert candidate.finding.outcome is Outcome.CONFLICT
    assert len(candidate.finding.claims) == 2
    assert "over by March 2024" in candidate.finding.rule


NEAR_MISSES = {
    "a campaign before its vote": (
        AHEAD,
        said("The election will be held in June.", day("June", "2024-06")),
    ),
    "an earlier round": (
        AHEAD,
        said("In March 2016 he lost the election.", day("March 2016", "2016-03")),
    ),
    "another matter": (AHEAD, said("A barge sank in March.", day("March", "2024-03"))),
    "what was due then": ("The shift was due to end when the roof fell.", VOTED),
    "days to answer": ("The mayor has ten days to answer the election board.", VOTED),
}


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_what_is_ahead_of_something_else_is_rated_below(name):
    assert rate(*NEAR_MISSES[name]) < rate(AHEAD, VOTED)


OVER = said("The bridge was opened in February 2024.", day("February 2024", "2024-02"))


def test_what_is_close_ahead_may_be_over_by_another_sentences_date():
    assert propose("The bridge is due to open next month.", OVER)


def test_a_reason_is_no_plan():
    assert propose("The bridge is popular due to its arches.", OVER) == []


def test_a_plan_with_a_full_date_of_these_days_is_not_stale():
    plan = said("The bridge is set to open on May 9, 2024.", day("May 9, 2024", "2024-05-09"))

    assert propose(plan, OVER) == []


def test_the_past_tense_alone_ends_no_plan():
    assert propose("The bridge is due to open next month.", "Crews built the bridge.") == []
