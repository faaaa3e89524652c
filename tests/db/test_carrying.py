"""What people decided about a story's findings goes with its articles to another story."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db.models import ProtectedError

from apps.articles.actions import merge_stories, move_to_story
from apps.articles.models import Article, Story
from apps.claims.actions import (
    annotate,
    comment,
    compare_story,
    decide_finding,
    give_verdict,
    refuse_alignment,
    undo_last,
)
from apps.claims.actions.decisions import EvidenceDraft
from apps.claims.models import (
    AlignmentDecision,
    Claim,
    Comment,
    Finding,
    FindingDecision,
    Verdict,
)
from tests.db.stories import NOON, make_article, make_story

pytestmark = pytest.mark.django_db

SAYS_40 = "The ferry Alma carried 40 people when it ran aground off Lisse Head on Sunday."
SAYS_90 = "The ferry Alma carried 90 people when it ran aground off Lisse Head on Sunday."
SECOND = "Divers of the coast guard closed a hole of two metres in the hull on Monday."


@pytest.fixture
def story() -> Story:
    """Two outlets that differ in a number, with one finding about it."""
    found = make_story()
    north = make_article(found, "North Daily", [SAYS_40, SECOND])
    make_article(found, "South Post", [SAYS_90, SECOND], hours=2)
    _report(found, north)
    return found


def _report(story: Story, *articles: Article) -> Finding:
    """Store a finding about the first claims of *articles*, as a detector would."""
    finding = Finding.objects.create(
        story=story,
        key="aboard",
        kind="number_conflict",
        outcome="conflict",
        severity="high",
        explanation="One says 40 people, the other 90.",
        rule="40 is outside 90.",
        confidence=0.9,
        position=0,
    )
    finding.claims.set(Claim.objects.filter(article__in=articles, position=0))
    return finding


def _carry(story: Story, *keys: str) -> None:
    from apps.claims.actions.carrying import carry_judgements, carry_matches

    carry_matches(story=story)
    carry_judgements(story=story, finding_keys=keys)


def _judge(story: Story, user: User) -> None:
    decide_finding(story=story, finding_key="aboard", value="dismiss", reason=2, user=user)
    comment(story=story, finding_key="aboard", text="Ask the harbour master.", user=user)
    evidence = EvidenceDraft(
        kind="primary",
        excerpt="40 aboard",
        retrieved_on=NOON.date(),
        url="https://lists.example.org/alma",
    )
    give_verdict(
        story=story, finding_key="aboard", value="supported", evidence=[evidence], user=user
    )


def test_merged_stories_bring_what_was_decided_about_them(story, wanda):
    _judge(story, wanda)
    target = make_story("Alma aground")
    make_article(target, "West Times", [SECOND])

    merge_stories(into=target, others=[story], user=wanda)
    _carry(target, "aboard")

    assert FindingDecision.objects.get().story == target
    assert Verdict.objects.get().story == target
    assert Verdict.objects.get().evidence.count() == 1
    assert Comment.objects.get().story == target


def test_what_was_carried_can_still_be_undone(story, wanda):
    _judge(story, wanda)
    target = make_story("Alma aground")
    merge_stories(into=target, others=[story], user=wanda)
    _carry(target, "aboard")

    for _ in range(3):
        undo_last(story=target, user=wanda)

    assert not FindingDecision.objects.exists()
    assert not Verdict.objects.exists()
    assert not Comment.objects.exists()


def test_a_decision_stays_with_a_finding_that_still_stands_in_its_story(story, wanda):
    _judge(story, wanda)
    other = make_article(story, "West Times", [SECOND])
    target = move_to_story(article=other, story=None, user=wanda)

    _carry(target, "aboard")

    assert FindingDecision.objects.get().story == story
    assert Verdict.objects.get().story == story


def test_the_same_words_in_a_story_that_never_met_inherit_nothing(story, wanda):
    _judge(story, wanda)
    stranger = make_story("Another ferry")
    make_article(stranger, "East News", [SECOND])

    _carry(stranger, "aboard")

    assert FindingDecision.objects.get().story == story


def test_where_both_stories_decided_each_keeps_its_own(story, wanda):
    _judge(story, wanda)
    target = make_story("Alma aground")
    _report(target)
    decide_finding(story=target, finding_key="aboard", value="confirm", user=wanda)

    merge_stories(into=target, others=[story], user=wanda)
    _carry(target, "aboard")

    assert dict(FindingDecision.objects.values_list("story", "value")) == {
        story.pk: "dismiss",
        target.pk: "confirm",
    }


def test_a_refused_match_is_refused_in_the_story_its_articles_moved_to(story, wanda):
    a, b = Claim.objects.filter(position=0).order_by("pk")
    refuse_alignment(story=story, claim=a, other=b, user=wanda)
    target = make_story("Alma aground")

    merge_stories(into=target, others=[story], user=wanda)
    compare_story(story=target)

    assert AlignmentDecision.objects.get().story == target
    assert a.alignment.group_id != b.alignment.group_id


def test_a_match_whose_other_article_stayed_behind_stays_as_well(story, wanda):
    a, b = Claim.objects.filter(position=0).order_by("pk")
    refuse_alignment(story=story, claim=a, other=b, user=wanda)

    target = move_to_story(article=a.article, story=None, user=wanda)
    compare_story(story=target)

    assert AlignmentDecision.objects.get().story == story


def test_a_story_with_decisions_is_not_deleted(story, wanda):
    _judge(story, wanda)

    with pytest.raises(ProtectedError):
        story.delete()


def test_an_article_with_a_note_is_not_deleted(story, wanda):
    article = story.articles.first()
    annotate(article=article, start=0, end=9, note="Which ferry?", user=wanda)

    with pytest.raises(ProtectedError):
        article.delete()
