"""A kind of finding that nobody wants to see is kept out of sight, visibly, and comes back."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.articles.models import Story
from apps.claims.actions import mute_kind, undo_last, unmute_kind
from apps.claims.comparison import (
    Filters,
    build_comparison,
    build_story_list,
    find_finding,
)
from apps.claims.models import MutedKind
from tests.db.stories import claim_of, make_article, make_finding, make_row, make_story, make_user

pytestmark = pytest.mark.django_db

ADDED, COUNTED = "unsupported_addition", "number_conflict"


@pytest.fixture
def ferry() -> Story:
    """A row with a finding of each of two kinds."""
    return _told("The ferry")


def _told(title: str) -> Story:
    story = make_story(title)
    north = make_article(story, f"North Post {title}", ["The ferry carried 40 people."])
    south = make_article(story, f"South Mail {title}", ["The ferry carried 60 people."])
    claims = [claim_of(north), claim_of(south)]
    group = make_row(story, claims, "people aboard")
    make_finding(story, group, claims, key="counted", kind=COUNTED)
    make_finding(story, group, claims[1:], key="added", kind=ADDED, severity="medium")
    return story


def _kinds(story: Story, filters: Filters | None = None) -> list[str]:
    (row,) = build_comparison(story, filters).rows
    return [finding.kind for finding in row.findings]


def test_a_muted_kind_leaves_the_rows_and_counts_and_the_page_says_so(ferry):
    mute_kind(story=ferry, kind=ADDED, user=make_user())

    comparison = build_comparison(ferry)
    (line,) = build_story_list().lines
    assert _kinds(ferry) == [COUNTED]
    assert (comparison.counts, line.counts) == ({"high": 1}, {"high": 1})
    assert [(m.kind, m.count, m.everywhere) for m in comparison.muted] == [(ADDED, 1, False)]


def test_muted_findings_are_shown_to_who_asks_and_keep_their_own_page(ferry):
    mute_kind(story=ferry, kind=ADDED, user=make_user())

    assert _kinds(ferry, Filters(with_muted=True)) == [COUNTED, ADDED]
    assert find_finding(ferry, "added").kind == ADDED


def test_a_kind_muted_in_one_story_is_shown_in_another(ferry):
    other = _told("The bridge")
    mute_kind(story=ferry, kind=ADDED, user=make_user())

    assert _kinds(other) == [COUNTED, ADDED]


def test_a_kind_muted_in_all_stories_is_muted_in_each(ferry):
    other = _told("The bridge")
    mute_kind(story=ferry, kind=ADDED, everywhere=True, user=make_user())

    assert _kinds(other) == _kinds(ferry) == [COUNTED]
    assert build_comparison(other).muted[0].everywhere


def test_muting_is_undone_like_any_decision(ferry):
    user = make_user()
    mute_kind(story=ferry, kind=ADDED, user=user)

    undo_last(story=ferry, user=user)
    assert _kinds(ferry) == [COUNTED, ADDED]

    mute_kind(story=ferry, kind=ADDED, user=user)
    unmute_kind(story=ferry, kind=ADDED, user=user)
    undo_last(story=ferry, user=user)
    assert _kinds(ferry) == [COUNTED]


def test_muting_twice_is_one_muting(ferry):
    user = make_user()
    for _ in range(2):
        mute_kind(story=ferry, kind=ADDED, everywhere=True, user=user)

    assert MutedKind.objects.count() == 1


def test_an_editor_mutes_from_a_finding_and_shows_it_again_from_the_comparison(editor, ferry):
    address = f"/stories/{ferry.slug}/mute/"
    assert (
        "Mute in this story"
        in editor.get(f"/stories/{ferry.slug}/findings/added/").content.decode()
    )

    editor.post(address, {"kind": ADDED, "act": "mute"})
    page = editor.get(ferry.get_absolute_url()).content.decode()
    assert "Muted:" in page
    assert 'id="unmute-unsupported_addition"' in page

    editor.post(address, {"kind": ADDED, "act": "unmute"})
    assert "Muted:" not in editor.get(ferry.get_absolute_url()).content.decode()


def test_only_an_admin_mutes_in_all_stories(editor, client, ferry):
    address, data = f"/stories/{ferry.slug}/mute/", {"kind": ADDED, "everywhere": "1"}
    assert editor.post(address, data).status_code == 403

    client.force_login(make_user("ada", "admin"))
    assert client.post(address, data).status_code == 302
    assert MutedKind.objects.get().story is None


def test_a_reader_mutes_nothing_and_a_kind_there_is_none_of_is_refused(editor, client, ferry):
    address = f"/stories/{ferry.slug}/mute/"
    assert editor.post(address, {"kind": "no_such_kind"}).status_code == 400

    client.force_login(make_user("rob", "reader"))
    assert client.post(address, {"kind": ADDED}).status_code == 403


def _kind_page(client: Client) -> str:
    return client.get(f"/help/findings/{ADDED}/").content.decode()


def test_an_admin_mutes_a_kind_in_all_stories_from_the_page_about_it(client, ferry):
    client.force_login(make_user("ada", "admin"))
    assert 'id="mute-everywhere"' in _kind_page(client)

    client.post(f"/help/findings/{ADDED}/mute/", {"act": "mute"})
    assert _kinds(ferry) == [COUNTED]
    assert "muted in all stories" in _kind_page(client)
    assert 'id="mute-everywhere"' not in _kind_page(client)

    client.post(f"/help/findings/{ADDED}/mute/", {"act": "unmute"})
    assert _kinds(ferry) == [COUNTED, ADDED]


def test_a_kind_muted_in_one_story_can_still_be_muted_in_all(client, ferry):
    user = make_user("ada", "admin")
    client.force_login(user)
    mute_kind(story=ferry, kind=ADDED, user=user)

    assert 'id="mute-everywhere"' in _kind_page(client)
    client.post(f"/help/findings/{ADDED}/mute/", {"act": "mute"})
    client.post(f"/help/findings/{ADDED}/mute/", {"act": "unmute"})
    assert _kinds(ferry) == [COUNTED]


def test_an_editor_reads_what_is_muted_in_all_stories_and_does_not_change_it(editor, ferry):
    mute_kind(story=ferry, kind=ADDED, everywhere=True, user=make_user())

    assert "muted in all stories" in _kind_page(editor)
    assert "Show again" not in _kind_page(editor)
    assert editor.post(f"/help/findings/{ADDED}/mute/").status_code == 403


def test_all_that_is_muted_stands_in_one_list_and_comes_back_from_there(editor, ferry):
    mute_kind(story=ferry, kind=ADDED, user=make_user())
    assert ferry.title in editor.get("/help/findings/").content.decode()

    response = editor.post(
        f"/stories/{ferry.slug}/mute/",
        {"kind": ADDED, "act": "unmute", "next": "/help/findings/#muted"},
    )

    assert response["Location"] == "/help/findings/#muted"
    assert "No kind is muted anywhere." in editor.get("/help/findings/").content.decode()


def test_there_is_no_muting_a_kind_that_is_none(client, ferry):
    client.force_login(make_user("ada", "admin"))

    assert client.post("/help/findings/weather/mute/").status_code == 404


def test_a_search_for_a_muted_kind_says_that_it_is_muted(editor, ferry):
    assert "is muted in" not in editor.get(f"/search/?kind={ADDED}").content.decode()

    mute_kind(story=ferry, kind=ADDED, user=make_user())
    assert "is muted in some stories" in editor.get(f"/search/?kind={ADDED}").content.decode()
    assert "is muted in" not in editor.get(f"/search/?kind={COUNTED}").content.decode()

    mute_kind(story=ferry, kind=ADDED, everywhere=True, user=make_user("ines"))
    assert "is muted in all stories" in editor.get(f"/search/?kind={ADDED}").content.decode()
