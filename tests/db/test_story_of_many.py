"""A story that a hundred outlets tell: one more article changes what it bears on, no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from apps.articles.actions import import_article, open_batch
from apps.articles.models import Article, Story
from apps.articles.text.types import RawArticle
from apps.claims.actions import analyse_article, compare_story, confirm_alignment
from apps.claims.models import Alignment, AlignmentDecision
from tests.db.stories import make_user

pytestmark = pytest.mark.django_db

FIRST = datetime(2031, 5, 4, 6, tzinfo=UTC)
TOLD = "A freight train derailed at Haldby junction on Sunday, and nobody was hurt, police said."
WHO = "A baker,The schoolmaster,Two anglers,Her landlord,The choir,A nurse,Some hikers,The vicar,His tailor,A glazier"
DID = (
    "lost a kettle,painted the fence,missed breakfast,sold four goats,sang until noon,found a glove,"
    "repaired a clock,planted beans,burned the toast,counted swallows"
)
ELSEWHERE = """Choir of Vellin elects new president

VELLIN, May 4 - The Vellin chamber choir elected the organist Tore Amdal as its president.

Amdal, 61, follows Kari Solli, who led the choir for nine years, the choir said.
"""


def save(text: str, outlet: str, minutes: int) -> Article:
    raw = RawArticle(
        name=f"{outlet}.txt", text=text, outlet=outlet, published=FIRST + timedelta(minutes=minutes)
    )
    item = import_article(raw=raw, batch=open_batch(kind="command"))
    assert item.article is not None
    return analyse_article(article=Article.objects.get(pk=item.article.pk))


def tell(number: int) -> str:
    """Return an article with the news of all and a sentence of its own."""
    who, did = WHO.split(",")[number % 10], DID.split(",")[number // 10]
    return f"Freight train derails at Haldby\n\n{TOLD}\n\n{who} {did}."


@pytest.fixture
def story() -> Story:
    articles = [save(tell(n), f"Outlet {n}", 3 * n) for n in range(100)]
    stories = {article.story_id for article in articles}
    assert len(stories) == 1
    assert articles[0].story is not None
    return compare_story(story=articles[0].story)


def rows_of(story: Story) -> dict[int, list[tuple[object, ...]]]:
    """Return for each row all that is stored of its links, row ids included."""
    rows: dict[int, list[tuple[object, ...]]] = {
        pk: [] for pk in story.groups.values_list("pk", flat=True)
    }
    links = Alignment.objects.filter(group__story=story).order_by("pk")
    for group, values in zip(links.values_list("group", flat=True), links.values_list(), strict=True):  # fmt: skip
        rows[group].append(values)
    return rows


def test_one_more_article_leaves_the_rows_it_does_not_bear_on_as_they_were(story):
    other = save(ELSEWHERE, "Vellin Post", 500)
    assert other.story is not None
    compare_story(story=other.story)
    links = Alignment.objects.filter(group__story=story, linked_to__isnull=False)
    link = links.select_related("claim", "linked_to").first()
    assert link is not None
    confirm_alignment(story=story, claim=link.claim, other=link.linked_to, user=make_user())
    story = compare_story(story=story)
    confirmed = rows_of(story)
    story = compare_story(story=story)
    assert rows_of(story) == confirmed
    before, elsewhere = rows_of(story), rows_of(other.story)
    decisions = list(AlignmentDecision.objects.order_by("pk").values())

    newest = save(f"Freight train off the rails\n\n{TOLD}\n\nA crane from Mosund lifted it.", "Late Post", 600)  # fmt: skip
    compare_story(story=story)

    after = rows_of(story)
    joined = {
        alignment.group_id
        for alignment in Alignment.objects.filter(claim__article=newest, group__story=story)
    }
    assert newest.story == story
    unaffected = before.keys() - joined
    assert len(unaffected) > 10
    assert {pk: after[pk] for pk in unaffected} == {pk: before[pk] for pk in unaffected}
    assert before.keys() <= after.keys()
    assert rows_of(other.story) == elsewhere
    assert list(AlignmentDecision.objects.order_by("pk").values()) == decisions
