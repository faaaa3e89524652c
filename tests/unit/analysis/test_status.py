"""How far a sentence says a matter has come."""

from __future__ import annotations

import pytest

from apps.claims.analysis.status import find_statuses
from apps.claims.analysis.word_lists import word_groups
from apps.claims.analysis.wording import find_tokens


def ranks(text: str) -> dict[str, int]:
    return {s.course: s.rank for s in find_statuses(tuple(find_tokens(text)))}


@pytest.mark.parametrize(
    ("course", "early", "late"),
    [
        ("lawsuit", "The weavers are considering legal action.", "The weavers filed a lawsuit."),
        ("sanctions", "Norrey threatens sanctions.", "The sanctions took effect at noon."),
        ("building", "The planning application is in.", "The foundation stone was laid."),
        ("walkout", "The bakers voted to strike.", "The bakers are on strike."),
        ("prize", "Her atlas is on the shortlist.", "Her atlas won the prize."),
        ("merger", "The mill is seeking a buyer.", "Both boards agreed to merge."),
    ],
)
def test_a_later_step_of_a_course_ranks_above_an_earlier_one(course: str, early: str, late: str):
    assert ranks(early)[course] < ranks(late)[course]


def test_a_denied_step_is_not_reached():
    assert "lawsuit" not in ranks("The weavers have not filed a lawsuit.")


def test_no_words_are_two_steps_of_one_course():
    found: set[tuple[str, str]] = set()
    for group, phrases in word_groups("status_steps").items():
        course = group.rpartition(" ")[0]
        for phrase in phrases:
            assert (course, phrase) not in found, f"{course}: {phrase}"
            assert "-" not in phrase, f"words are told apart at hyphens: {phrase}"
            found.add((course, phrase))
