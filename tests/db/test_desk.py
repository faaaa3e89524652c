"""The Desk: what waits for a fact-checker, across stories, and taking it in place."""

from __future__ import annotations

import re

import pytest

from apps.articles.models import Story
from apps.claims.actions import (
    adjudicate,
    assign_finding,
    decide_finding,
    mute_kind,
    review_verdict,
)
from apps.claims.desk import DeskFilters, build_desk
from apps.claims.models import Assignment, Finding, Verdict
from tests.db.stories import (
    claim_of,
    client_of,
    count_queries,
    judge,
    make_article,
    make_counted_ferry,
    make_finding,
    make_matrix,
    make_row,
    make_user,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def story() -> Story:
    return make_counted_ferry()


@pytest.fixture
def client(wanda):
    return client_of(wanda)


def _keys(user, queue, **filters):
    desk = build_desk(user, DeskFilters(queue=queue, **filters))
    return [entry.finding.key for entry in desk.entries]


def _counts(user):
    return build_desk(user, DeskFilters()).counts


# --- what stands in which queue --------------------------------------------------------------


def test_an_open_finding_that_nobody_has_is_unassigned(story, wanda):
    assert _keys(wanda, "unassigned") == ["aboard"]
    assert _keys(wanda, "mine") == []


def test_a_taken_finding_is_mine_and_nobody_else_s(story, wanda, otto):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=otto)

    assert _keys(wanda, "mine") == ["aboard"]
    assert _keys(otto, "mine") == []
    assert _keys(otto, "unassigned") == []


def test_a_finding_leaves_my_queue_when_it_is_decided_or_i_have_judged_it(story, wanda, otto):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    judge(story, otto)
    assert _keys(wanda, "mine") == ["aboard"]

    judge(story, wanda)
    assert _keys(wanda, "mine") == []

    Verdict.objects.filter(author=wanda).delete()
    decide_finding(story=story, finding_key="aboard", value="confirm", user=otto)
    assert _keys(wanda, "mine") == []


def test_muted_decided_and_judged_findings_are_not_unassigned(story, wanda, otto):
    decided, judged = make_counted_ferry(key="second"), make_counted_ferry(key="third")
    decide_finding(story=decided, finding_key="second", value="confirm", user=otto)
    judge(judged, otto, key="third")
    assert _keys(wanda, "unassigned") == ["aboard"]

    mute_kind(story=story, kind="number_conflict", user=otto)

    assert _keys(wanda, "unassigned") == []


def test_the_worst_come_first_and_the_newest_stories_before_older_ones(wanda):
    make_counted_ferry("Old and bad", key="old")
    make_counted_ferry("Small", key="small", severity="low")
    make_counted_ferry("New and bad", key="new")

    assert _keys(wanda, "unassigned") == ["new", "old", "small"]


def test_another_s_verdict_waits_for_me_and_my_own_does_not(story, wanda, otto):
    judge(story, wanda)

    assert _keys(wanda, "second-reading") == []
    assert _keys(otto, "second-reading") == ["aboard"]
    assert _keys(otto, "disagreements") == []


def test_verdicts_that_differ_stand_under_disagreements_until_somebody_decides(story, wanda, otto):
    ida = make_user("ida")
    judge(story, wanda)
    judge(story, otto, "supported")
    assert _keys(ida, "disagreements") == ["aboard"]
    assert _keys(ida, "second-reading") == []

    adjudicate(story=story, finding_key="aboard", value="supported", note="The list.", user=ida)

    assert _keys(ida, "disagreements") == []
    assert _keys(ida, "done") == ["aboard"]


def test_what_i_did_stands_under_done_once_with_my_last_act_first(story, wanda, otto):
    other = make_counted_ferry(key="second")
    review_verdict(verdict=judge(story, otto), user=wanda)
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    decide_finding(story=other, finding_key="second", value="dismiss", reason=2, user=wanda)

    desk = build_desk(wanda, DeskFilters(queue="done"))

    assert [(e.finding.key, e.did) for e in desk.entries] == [
        ("second", "dismiss"),
        ("aboard", "confirm"),
    ]


def test_an_entry_holds_the_words_of_both_sides(story, wanda):
    (entry,) = build_desk(wanda, DeskFilters(queue="unassigned")).entries

    sides = [(outlet, "".join(p.text for p in pieces)) for outlet, pieces in entry.finding.sides]
    assert [outlet for outlet, _ in sides] == ["North Post", "South Mail"]
    assert "40 people" in sides[0][1] and "60 people" in sides[1][1]


def test_a_sealed_verdict_is_counted_and_not_shown(story, wanda, otto):
    judge(story, wanda, is_blind=True)

    (entry,) = build_desk(otto, DeskFilters(queue="second-reading")).entries

    assert (entry.verdicts, entry.sealed) == ((), 1)


def test_a_finding_analysis_no_longer_makes_is_still_mine_to_deal_with(story, wanda):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    Finding.objects.all().delete()

    (entry,) = build_desk(wanda, DeskFilters()).entries

    assert entry.finding.explanation == "One says 40, the other says 60."
    assert entry.finding.sides == ()


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        ({}, ["aboard", "small"]),
        ({"severity": "low"}, ["small"]),
        ({"kind": "number_conflict"}, ["aboard", "small"]),
        ({"kind": "quote_altered"}, []),
        ({"story": "story-2"}, ["small"]),
    ],
)
def test_every_queue_is_narrowed_alike(story, wanda, filters, keys):
    small = make_counted_ferry(key="small", severity="low")
    assert sorted(_keys(wanda, "unassigned", **filters)) == keys

    for found, key in ((story, "aboard"), (small, "small")):
        assign_finding(story=found, finding_key=key, assignee=wanda, user=wanda)
    assert sorted(_keys(wanda, "mine", **filters)) == keys

    for found, key in ((story, "aboard"), (small, "small")):
        decide_finding(story=found, finding_key=key, value="confirm", user=wanda)
    assert sorted(_keys(wanda, "done", **filters)) == keys


def test_a_long_queue_comes_in_pages(wanda):
    make_matrix(outlets=2, rows=45)

    pages = [_keys(wanda, "unassigned", page=page) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({key for page in pages for key in page}) == 45


# --- the page --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/desk/",
        "/desk/unassigned/",
        "/desk/second-reading/",
        "/desk/disagreements/",
        "/desk/done/",
        "/desk/what/?page=x&severity=loud&kind=none&story=%00",
    ],
)
def test_every_queue_is_an_address_and_teaches_when_it_is_empty(client, address):
    page = client.get(address)

    assert page.status_code == 200
    assert '<div class="empty">' in page.content.decode()


def test_the_desk_is_for_those_who_check(story):
    reader = client_of(make_user("rosa", "reader"))

    assert reader.get("/desk/").status_code == 403
    assert 'href="/desk/"' not in reader.get("/").content.decode()


def test_the_navigation_leads_to_the_desk(client):
    assert 'href="/desk/"' in client.get("/").content.decode()


def test_a_finding_is_taken_in_place(client, story, wanda):
    answer = client.post(
        f"/stories/{story.slug}/findings/aboard/assign/?in=desk",
        {"to": "wanda", "desk_queue": "unassigned"},
        headers=HTMX,
    )

    page = answer.content.decode()
    assert Assignment.objects.get().assignee == wanda
    assert f'id="entry-{story.pk}-aboard"' in page and "Give back" in page
    assert "Yours now" in page
    assert re.search(r'desk-tab-mine"[^>]*>Mine <span class="tabs__count">1<', page)


def test_without_a_script_taking_leads_back_to_the_queue(client, story):
    answer = client.post(
        f"/stories/{story.slug}/findings/aboard/assign/?in=desk",
        {"to": "wanda", "next": "/desk/unassigned/?severity=high"},
        follow=True,
    )

    assert answer.redirect_chain == [("/desk/unassigned/?severity=high", 302)]
    assert "Yours now" in answer.content.decode()


def test_undo_on_the_desk_leads_back_to_it(client, story, wanda):
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    page = client.get("/desk/").content.decode()
    assert "Took: One says 40" in page

    answer = client.post(f"/stories/{story.slug}/undo/", {"next": "/desk/"})

    assert answer.headers["Location"] == "/desk/"
    assert not Assignment.objects.exists()


def test_the_card_says_whose_work_a_finding_is_and_gives_it_to_others(client, story, otto):
    card = client.post(
        f"/stories/{story.slug}/findings/aboard/assign/?in=panel",
        {"to": "otto", "shown": f"{story.groups.get(findings__key='aboard').pk}.0123456789abcdef"},
        headers=HTMX,
    ).content.decode()

    assert "Assigned to otto" in card
    assert "chip__assignee" in card
    assert "Take over" in card


def test_an_unknown_person_is_said_and_nothing_changes(client, story):
    card = client.post(
        f"/stories/{story.slug}/findings/aboard/assign/", {"to": "nobody-here"}, headers=HTMX
    )

    assert "no such person" in card.content.decode()
    assert not Assignment.objects.exists()


def test_the_matrix_is_filtered_by_whose_work_it_is(client, story, wanda):
    rained = claim_of(make_article(story, "East Sun", ["It rained."]))
    make_finding(story, make_row(story, [rained]), [rained], key="rain")
    assign_finding(story=story, finding_key="aboard", assignee=wanda, user=wanda)
    chips = {"aboard": "chip-aboard", "rain": "chip-rain"}

    def shown(query):
        page = client.get(f"/stories/{story.slug}/?{query}").content.decode()
        return {key for key, anchor in chips.items() if f'id="{anchor}"' in page}

    assert shown("assigned=wanda") == {"aboard"}
    assert shown("assigned=no+one") == {"rain"}
    assert shown("assigned=otto") == set()
    assert shown("") == {"aboard", "rain"}


def test_only_this_story_keeps_what_the_queue_is_narrowed_to(client, story):
    address = "/desk/unassigned/?severity=high"

    page = client.get(address).content.decode()

    assert f'href="?story={story.slug}&amp;severity=high"' in page
    assert f'href="?story={story.slug}"' in client.get("/desk/unassigned/").content.decode()


def test_a_third_person_decides_on_the_card(story, wanda, otto):
    judge(story, wanda)
    judge(story, otto, "supported")
    third = client_of(make_user("ida"))
    address = f"/stories/{story.slug}/findings/aboard/adjudicate/"

    refused = third.post(address, {"value": "supported"}, headers=HTMX).content.decode()
    assert "Say why" in refused
    settled = third.post(address, {"value": "supported", "note": "The list."}, headers=HTMX)

    assert "Decided for “supported”" in settled.content.decode()


def test_an_author_is_not_offered_to_decide(client, story, wanda, otto):
    judge(story, wanda)
    judge(story, otto, "supported")

    page = client.get(f"/stories/{story.slug}/findings/aboard/").content.decode()

    assert "The verdicts differ" in page
    assert "Decide between them" not in page


def test_hostile_words_stay_words(client, otto):
    words = "<script>alert(1)</script>"
    story = make_counted_ferry(words)
    odd = claim_of(make_article(story, f"East Sun {words}", [f"It carried {words} 90 people."]))
    make_finding(story, None, [odd], key="odd", words=[words])
    judge(story, otto, key="odd", note='"><img src=x onerror=alert(2)>')

    page = client.get("/desk/second-reading/").content.decode()

    assert "<script>alert" not in page and "<img src=x" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 3
    assert "&lt;img src=x" in page


def test_the_number_of_queries_does_not_grow(wanda, otto, ida):
    def count(queue):
        return count_queries(build_desk, wanda, DeskFilters(queue=queue))

    def fill(number):
        for place in range(number):
            key = f"key{Story.objects.count()}"
            story = make_counted_ferry(key=key)
            queue = ("mine", "second", "differ", "done")[place % 4]
            if queue == "mine":
                assign_finding(story=story, finding_key=key, assignee=wanda, user=wanda)
            elif queue == "done":
                decide_finding(story=story, finding_key=key, value="confirm", user=wanda)
            else:
                judge(story, otto, key=key)
                if queue == "differ":
                    judge(story, ida, "supported", key=key)

    queues = ("mine", "unassigned", "second-reading", "disagreements", "done")
    make_counted_ferry(key="left")
    fill(4)
    few = [count(queue) for queue in queues]
    make_counted_ferry(key="left-too")
    fill(8)

    assert [count(queue) for queue in queues] == few
