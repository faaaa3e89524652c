from __future__ import annotations

from apps.claims.analysis.detectors import stale_context
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


def test_a_campaign_in_full_swing_after_its_vote():
    (finding,) = find(
        "With the election campaign in full swing, the mayor can ill afford this.",
        said("The vote was held in March, and she kept her seat.", day("March", "2024-03")),
    )

    assert len(finding.claims) == 2


def test_a_campaign_before_its_vote():
    assert (
        find(
            "With the election campaign in full swing, the mayor can ill afford this.",
            said("The vote will be held in June.", day("June", "2024-06")),
        )
        == []
    )
