"""Who did what in a story: everything a person did, the newest first, undone or not."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.articles.models import Article, ImportBatch, RoleCorrection
from apps.claims.actions import (
    annotate,
    assign_finding,
    decide_finding,
    move_articles,
    mute_kind,
    relabel,
    undo_last,
    unmute_kind,
)
from apps.claims.actions.undo import CannotUndo
from apps.claims.story_history import Asked, build_story_history
from tests.db.stories import (
    claim_of,
    count_queries,
    judge,
    make_article,
    make_finding,
    make_story,
    make_user,
)

# What is done at once happens at one time, so that each act is a transaction of its own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    story = make_story()
    north = make_article(story, "North Post", ["The ferry carried 40 people.", "It rained."])
    make_finding(story, None, [claim_of(north)], key="aboard")
    return story


@pytest.fixture
def wanda():
    return make_user("wanda", "admin")


def _entries(story, user, **asked):
    return build_story_history(story, user, Asked(**asked)).entries


def _said(story, user, **asked):
    return [(entry.who, entry.what) for entry in _entries(story, user, **asked)]


def _north(story):
    return Article.objects.get(story=story, outlet__name="North Post")


def test_everything_done_in_a_story_is_told_the_newest_first(story, wanda, otto):
    north = _north(story)
    relabel(article=north, start=0, end=28, role="caption", user=wanda)
    annotate(article=north, start=4, end=9, note="Which one?", user=otto)
    decide_finding(story=story, finding_key="aboard", value="confirm", user=otto)
    mute_kind(story=story, kind="name_variant", user=wanda)

    assert _said(story, otto) == [
        ("wanda", "Muted in this story: Name spelled differently"),
        ("otto", "Confirmed: One says 40, the other says 60."),
        ("otto", "Note on “ferry”"),
        ("wanda", "Labelled “The ferry carried 40 people.” as caption"),
        ("", "Brought in: “North Post on the story”, North Post"),
    ]


def test_an_article_names_who_brought_it_in_and_which_version_it_is(story, wanda):
    batch = ImportBatch.objects.create(kind="paste", created_by=wanda)
    later = make_article(story, "North Post", ["The ferry carried 41 people."], version=2)
    Article.objects.filter(pk=later.pk).update(batch=batch)

    assert _said(story, wanda)[0] == (
        "wanda",
        "Brought in version 2 of “North Post on the story”, North Post",
    )


def test_what_was_undone_stays_and_says_so(story, wanda):
    relabel(article=_north(story), start=0, end=28, role="caption", user=wanda)
    undo_last(story=story, user=wanda)

    entry = _entries(story, wanda, what="labels")[0]

    assert not RoleCorrection.objects.exists()
    assert entry.what.startswith("Labelled")
    assert entry.undone_at is not None


def test_what_could_not_be_undone_because_somebody_changed_it_is_not_called_undone(
    story, wanda, otto
):
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    decide_finding(story=story, finding_key="aboard", value="dismiss", reason=2, user=otto)
    with pytest.raises(CannotUndo):
        undo_last(story=story, user=wanda)

    assert [entry.undone_at for entry in _entries(story, wanda, what="findings")] == [None, None]


def test_an_article_that_came_from_another_story_is_told_in_both(story, wanda):
    south = make_article(story, "South Post", ["A dog was found."])
    other = make_story("A dog in the harbour")
    move_articles(story=story, articles=[south], to=other, user=wanda)

    (there,) = _entries(other, wanda, what="moved")
    (here,) = _entries(story, wanda, what="moved")

    assert there.what == here.what == "Moved to “A dog in the harbour”: “South Post on the story”"
    assert there.elsewhere == story
    assert here.elsewhere is None


def test_a_move_between_two_other_stories_is_not_told_here(story, wanda):
    make_article(one := make_story("One"), "A", ["It rained."])
    south = make_article(one, "South Post", ["A dog was found."])
    move_articles(story=one, articles=[south], to=make_story("Two"), user=wanda)

    assert _said(story, wanda, what="moved") == []


def test_what_is_muted_everywhere_is_told_in_every_story(story, wanda):
    other = make_story("Another")
    mute_kind(story=other, kind="omission", everywhere=True, user=wanda)
    unmute_kind(story=other, kind="omission", everywhere=True, user=wanda)
    mute_kind(story=other, kind="name_variant", user=wanda)

    assert [what for _, what in _said(story, wanda, what="muted")] == [
        "Shown again in all stories: Left out",
        "Muted in all stories: Left out",
    ]


def test_a_sealed_verdict_does_not_say_itself_to_others(story, wanda, otto):
    judge(story, otto, is_blind=True)

    assert _said(story, wanda, what="verdicts") == [
        ("otto", "Gave a verdict: One says 40, the other says 60.")
    ]
    assert "disputed" in _said(story, otto, what="verdicts")[0][1]


def test_a_verdict_that_two_have_given_is_told_to_everybody(story, wanda, otto):
    for user in (otto, wanda):
        judge(story, user, is_blind=True)

    assert all("disputed" in what for _, what in _said(story, make_user("ina"), what="verdicts"))


def test_a_sealed_verdict_taken_back_stays_unsaid(story, wanda, otto):
    judge(story, otto, is_blind=True)
    undo_last(story=story, user=otto)

    assert not any("disputed" in what for _, what in _said(story, wanda))


def test_one_person_or_one_kind_can_be_asked_for(story, wanda, otto):
    assign_finding(story=story, finding_key="aboard", assignee=otto, user=wanda)
    decide_finding(story=story, finding_key="aboard", value="confirm", user=otto)

    assert [who for who, _ in _said(story, wanda, who=otto.pk)] == ["otto"]
    assert [what for _, what in _said(story, wanda, what="assigned")] == [
        "Assigned to otto: One says 40, the other says 60."
    ]
    assert _said(story, wanda, who=otto.pk, what="assigned") == []


def test_the_page_leads_to_what_was_done_and_pages_on(story, wanda):
    client = Client()
    client.force_login(wanda)
    for number in range(51):
        annotate(article=_north(story), start=4, end=9, note=f"Note {number}", user=wanda)
    address = reverse("claims:story_history", args=[story.slug])

    first = client.get(address).content.decode()
    second = client.get(address, {"page": 2}).content.decode()

    assert first.count("Note on “ferry”") == 50
    assert 'rel="next"' in first
    assert second.count("Note on “ferry”") == 1
    assert 'rel="prev"' in second
    assert _north(story).get_absolute_url() in first


@pytest.mark.parametrize("query", ["?page=0", "?page=x&who=y&what=z", "?page=9999999&who=9999999"])
def test_an_address_that_makes_no_sense_still_shows_a_page(story, wanda, query):
    client = Client()
    client.force_login(wanda)

    address = reverse("claims:story_history", args=[story.slug])

    assert client.get(address + query).status_code == 200


def test_an_account_without_a_role_does_not_see_who_did_what(story, wanda):
    wanda.groups.clear()
    client = Client()
    client.force_login(wanda)

    assert client.get(reverse("claims:story_history", args=[story.slug])).status_code == 403


def test_a_long_history_costs_as_many_queries_as_a_short_one(story, wanda, otto):
    def act(times):
        for number in range(times):
            decide_finding(story=story, finding_key="aboard", value="confirm", user=otto)
            annotate(article=_north(story), start=4, end=9, note=f"{number}", user=wanda)
            mute_kind(story=story, kind="omission", user=wanda)
            unmute_kind(story=story, kind="omission", user=wanda)

    act(2)
    few = count_queries(_entries, story, wanda)
    act(9)

    assert count_queries(_entries, story, wanda) == few
