"""The timeline: what happened when, as told, and when it was told."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from apps.articles.models import Article, Story
from apps.claims.actions import decide_finding
from apps.claims.models import Claim
from apps.claims.timeline import build_timeline
from tests.db.stories import (
    claim_of,
    count_queries,
    make_article,
    make_finding,
    make_matrix,
    make_row,
    make_story,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def _date(claim: Claim, words: str, iso: str, *, voice: str = "stated") -> Claim:
    """Store that *words* of a claim come to *iso*, as analysis would."""
    start = claim.start + claim.quote.index(words)
    claim.details = claim.details | {
        "dates": [
            {
                "span": [start, start + len(words)],
                "text": words,
                "iso": iso,
                "anchor": None,
                "readings": [],
            }
        ]
    }
    claim.voice = voice
    claim.save()
    return claim


@pytest.fixture
def bridge() -> Story:
    """Two outlets on a bridge: announced for the 6th, then told as opened on the 6th; the
    Mail dates the vote a day later than the Post; a flood of 1987 is recalled."""
    story = make_story("Bridge opens at Orlam")
    early = make_article(
        story, "North Post", ["The bridge will open on Tuesday.", "They voted on Friday."]
    )
    late = make_article(
        story,
        "South Mail",
        [
            "The bridge opened on 6 May.",
            "They voted on Saturday.",
            "The flood of 1987 took the old one.",
        ],
        hours=72,
    )
    make_row(
        story,
        [
            _date(claim_of(early), "Tuesday", "2031-05-06", voice="planned"),
            _date(claim_of(late), "6 May", "2031-05-06"),
        ],
        "Opening",
    )
    make_row(
        story,
        [
            _date(claim_of(early, 1), "Friday", "2031-05-02"),
            _date(claim_of(late, 1), "Saturday", "2031-05-03"),
        ],
        "Vote",
    )
    make_row(story, [_date(claim_of(late, 2), "1987", "1987")], "Flood")
    return story


def _address(story: Story) -> str:
    return reverse("claims:timeline", args=[story.slug])


# --- events ----------------------------------------------------------------------------------


def test_events_come_in_the_order_of_time_and_old_ones_apart(bridge):
    page = build_timeline(bridge)

    assert [event.when for event in page.events] == [
        "Fri 2 May 2031",
        "Sat 3 May 2031",
        "Tue 6 May 2031",
    ]
    assert [event.when for event in page.background] == ["1987"]


def test_a_plan_and_its_outcome_are_one_event(bridge):
    opening = build_timeline(bridge).events[-1]

    assert opening.is_announced
    assert [(t.column.outlet, t.status) for t in opening.tellings] == [
        ("North Post", "planned"),
        ("South Mail", "told"),
    ]


def test_a_plan_lies_right_of_its_publication_and_a_report_left(bridge):
    plan, report = build_timeline(bridge).events[-1].tellings

    assert _number(plan.published_x) < _number(plan.left)
    assert _number(report.right) < _number(report.published_x)
    assert _number(plan.y) < _number(report.y)


def _number(place: str) -> float:
    return float(place.removesuffix("%"))


def test_dates_that_contradict_each_other_stand_together(bridge):
    group = bridge.groups.get(title="Vote")
    claims = [alignment.claim for alignment in group.alignments.order_by("position")]
    finding = make_finding(
        bridge, group, claims, kind="date_conflict", words=["Friday", "Saturday"]
    )

    vote = build_timeline(bridge).events[0]

    assert (vote.dates_differ, len(vote.tellings)) == (True, 2)
    assert [view.key for view in vote.findings] == [finding.key]


def test_what_is_planned_and_dated_before_was_said_that_day_not_planned_for_it():
    story = make_story()
    article = make_article(story, "North Post", ["Fares will stay, he said on Friday."])
    make_row(story, [_date(claim_of(article), "Friday", "2031-05-02", voice="planned")])

    (event,) = build_timeline(story).events

    assert event.tellings[0].status == "told"


def test_what_is_dated_after_the_article_is_said_to_be():
    story = make_story()
    article = make_article(story, "North Post", ["Two were saved on Sunday."])
    make_row(story, [_date(claim_of(article), "Sunday", "2031-05-11")])

    (event,) = build_timeline(story).events

    assert event.tellings[0].status == "ahead"


def test_a_clock_time_alone_is_no_event():
    story = make_story()
    article = make_article(story, "North Post", ["It struck at 9."])
    make_row(story, [_date(claim_of(article), "9", "T09:00")])

    assert build_timeline(story).is_empty


def test_a_month_around_the_story_does_not_squeeze_its_days(bridge):
    before = build_timeline(bridge).ticks
    recall = make_article(bridge, "West News", ["It was tested in May."], hours=61)
    make_row(bridge, [_date(claim_of(recall), "May", "2031-05")])

    assert len(build_timeline(bridge).ticks) == len(before)


# --- plans and what became of them -----------------------------------------------------------


def test_a_finding_on_a_plan_shows_each_word_in_the_order_of_publication(bridge):
    group = bridge.groups.get(title="Opening")
    claims = [alignment.claim for alignment in group.alignments.order_by("-position")]
    finding = make_finding(
        bridge, group, claims, kind="status_differs", words=["opened", "will open"]
    )

    (step,) = build_timeline(bridge).steps

    assert step.finding.key == finding.key
    assert [(t.column.outlet, t.status) for t in step.tellings] == [
        ("North Post", "planned"),
        ("South Mail", "told"),
    ]
    marked = [[p.text for p in t.pieces if p.mark] for t in step.tellings]
    assert marked == [["will open"], ["opened"]]


def test_a_dismissed_finding_is_no_step(bridge):
    group = bridge.groups.get(title="Opening")
    claims = [alignment.claim for alignment in group.alignments.all()]
    make_finding(bridge, group, claims, key="plan", kind="status_differs")
    decide_finding(
        story=bridge, finding_key="plan", value="dismiss", reason=1, user=make_user("ada")
    )

    assert build_timeline(bridge).steps == ()


# --- publication -----------------------------------------------------------------------------


def test_articles_come_in_the_order_of_publication_with_what_they_replace(bridge):
    old = Article.objects.get(outlet__name="South Mail")
    make_version(old, ["The bridge opened at noon."], hours=80)

    post, mail = build_timeline(bridge).publications

    assert (post.column.outlet, post.versions) == ("North Post", ())
    assert mail.version == 2
    assert [(pk, number) for pk, number, _ in mail.versions] == [(old.pk, 1)]


def test_an_undated_article_comes_last_and_is_not_drawn(bridge):
    Article.objects.filter(outlet__name="North Post").update(published_iso="", published_at=None)

    last = build_timeline(bridge).publications[-1]

    assert (last.column.outlet, last.x) == ("North Post", "")


# --- the page --------------------------------------------------------------------------------


def test_the_page_asks_who_reads_it(client, bridge):
    assert client.get(_address(bridge)).status_code == 302


def test_the_table_says_all_that_the_picture_shows(reader, bridge):
    html = reader.get(_address(bridge)).content.decode()

    for words in ("Tue 6 May 2031", "announced, then reported", "planned", "Before the story"):
        assert words in html


def test_htmx_gets_the_part_alone(reader, bridge):
    html = reader.get(_address(bridge), headers={"HX-Request": "true"}).content.decode()

    assert html.lstrip().startswith('<div class="timeline"')


def test_an_empty_story_says_what_to_do(reader):
    assert "Nothing is dated yet" in reader.get(_address(make_story())).content.decode()


def test_hostile_words_stay_words(reader):
    story = make_story(f"Story {HOSTILE}")
    article = make_article(story, f"North {HOSTILE}", [f"On {HOSTILE} it rained."])
    claim = _date(claim_of(article), HOSTILE, "2031-05-04")
    make_finding(story, make_row(story, [claim], HOSTILE), [claim], kind="status_differs")

    html = reader.get(_address(story)).content.decode()

    assert "<img" not in html
    assert "<script>alert" not in html


def test_a_wide_story_needs_as_many_queries_as_a_narrow_one():
    small, large = make_matrix(2, 3), make_matrix(12, 30)
    counts = []
    for story in (small, large):
        for claim in Claim.objects.filter(article__story=story, article__outlet__name="Outlet 1"):
            _date(claim, "Outlet", "2031-05-04")
        counts.append(count_queries(build_timeline, story))

    assert counts[0] == counts[1] <= 18


def test_a_long_timeline_comes_in_parts_on_one_axis(client: Client):
    story = make_story()
    for number in range(3):
        told = [f"Boat {boat} was lost on 3 May." for boat in range(9)]
        make_article(story, f"Outlet {number}", told, hours=number)
    for boat in range(9):
        claims = Claim.objects.filter(article__story=story, position=boat).order_by("pk")
        make_row(story, [_date(claim, "3 May", f"2031-05-{boat + 1:02d}") for claim in claims])
    client.force_login(make_user("rhea", role="reader"))
    address = reverse("claims:timeline", args=[story.slug])

    whole, part = build_timeline(story), build_timeline(story, tellings=15)
    rest = build_timeline(story, first=5, tellings=15)
    fragment = client.get(f"{address}?from=5", headers={"HX-Request": "true"}).content.decode()

    assert (len(part.events), part.next, part.remaining) == (5, 5, 4)
    assert (len(rest.events), rest.next) == (4, 0)
    assert whole.events == part.events + rest.events
    assert part.ticks == rest.ticks == whole.ticks
    assert fragment.count('class="lane" id="event-') == 4
    assert "<table" not in fragment
