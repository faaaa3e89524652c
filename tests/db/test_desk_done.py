"""What one did stands on the Desk once, however much one did with it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from apps.articles.models import Story
from apps.claims.actions import decide_finding
from apps.claims.desk import PAGE_SIZE, DeskFilters, build_desk
from tests.db.stories import judge, make_finding, make_story

pytestmark = pytest.mark.django_db

FINDINGS = PAGE_SIZE + 3


@pytest.fixture
def story(wanda: User) -> Story:
    """Three findings more than a page holds, each decided and later judged by Wanda."""
    story = make_story()
    for number in range(FINDINGS):
        make_finding(story, None, [], key=f"f{number:02d}")
        decide_finding(story=story, finding_key=f"f{number:02d}", value="confirm", user=wanda)
    for number in range(FINDINGS):
        judge(story, wanda, key=f"f{number:02d}")
    return story


def _page(user: User, page: int) -> list[str]:
    desk = build_desk(user, DeskFilters(queue="done", page=page))
    return [entry.finding.key for entry in desk.entries]


def test_a_finding_decided_and_judged_is_counted_once(story, wanda):
    assert build_desk(wanda, DeskFilters(queue="done")).counts["done"] == FINDINGS


def test_it_stands_on_one_page_only_and_pages_are_full(story, wanda):
    first, second = _page(wanda, 1), _page(wanda, 2)

    assert len(first) == PAGE_SIZE
    assert sorted(first + second) == sorted(f"f{number:02d}" for number in range(FINDINGS))
    assert build_desk(wanda, DeskFilters(queue="done", page=2)).next is None
