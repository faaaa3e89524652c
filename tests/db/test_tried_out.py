"""What is decided on the demonstration stories says nothing about rules on real ones."""

from __future__ import annotations

import pytest

from apps.articles.models import Story
from apps.claims.actions import decide_finding
from apps.claims.comparison import find_finding
from tests.db.stories import make_finding, make_story, make_user

pytestmark = pytest.mark.django_db


def _story(*, is_demonstration: bool) -> Story:
    story = make_story()
    story.is_demonstration = is_demonstration
    story.save()
    for key in ("aboard", "sank"):
        make_finding(story, None, [], key=key)
    return story


def test_readers_are_told_how_often_a_rule_was_right_in_stories_of_the_same_sort():
    real, invented = _story(is_demonstration=False), _story(is_demonstration=True)
    user = make_user()
    decide_finding(story=invented, finding_key="aboard", value="confirm", user=user)
    decide_finding(story=invented, finding_key="sank", value="confirm", user=user)
    decide_finding(story=real, finding_key="aboard", value="confirm", user=user)

    assert find_finding(real, "sank").confirmed_times == 1
    assert find_finding(invented, "sank").confirmed_times == 2
