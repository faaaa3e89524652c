"""A story at a glance: agreement, difference, who stands alone, and what is new to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.articles.models import Segment, Story
from apps.claims.actions import decide_finding
from apps.claims.models import Alignment, Claim, Finding, FindingSpan, StoryVisit
from apps.claims.overview import Overview, build_overview
from tests.db.stories import (
    add_quantity,
    claim_of,
    count_queries,
    make_article,
    make_finding,
    make_matrix,
    make_origin,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


@pytest.fixture
def ferry() -> Story:
    """A wire story, its copy and another one: a conflict, an agreement, a claim of one alone."""
    story = make_story()
    wire = make_article(story, "Coast Wire", ["It carried 40 people.", "It sank."], is_wire=True)
    copy = make_article(story, "Daily Echo", ["It carried 40 people.", "It sank."], hours=1)
    mail = make_article(
        story, "South Mail", ["It carried 60 people.", "It sank.", "The captain slept."], hours=2
    )
    aboard = make_row(story, [claim_of(a) for a in (wire, copy, mail)], "How many were aboard")
    make_row(story, [claim_of(a, 1) for a in (wire, copy, mail)], "That it sank")
    slept = make_row(story, [claim_of(mail, 2)], "What the captain did")
    words = ("40 people", "60 people")
    make_finding(story, aboard, [claim_of(wire), claim_of(mail)], key="aboard", words=words)
    make_finding(
        story,
        slept,
        [claim_of(mail, 2)],
        key="slept",
        kind="unsupported_addition",
        outcome="unsupported",
        severity="low",
    )
    make_origin(story, [wire, copy], wire)
    make_origin(story, [mail], mail)
    return story


@pytest.fixture
def rhea(client: Client):
    user = make_user("rhea", "reader")
    client.force_login(user)
    return user


def _page(client: Client, story: Story) -> str:
    return client.get(reverse("claims:overview", args=[story.slug])).content.decode()


def _look(client: Client, story: Story, *, ago: timedelta) -> None:
    """Let the person look at the story as if that had been some time ago."""
    _page(client, story)
    StoryVisit.objects.update(seen_at=timezone.now() - ago)


def _differences(overview: Overview, severity: str = "high") -> list[str]:
    return [
        view.key
        for differences in overview.differences
        if differences.severity == severity
        for view in differences.shown
    ]


# --- what it says ----------------------------------------------------------------------------


def test_agreement_is_what_several_origins_tell_without_an_open_finding(ferry):
    overview = build_overview(ferry)

    assert [row.title for row in overview.agreed] == ["That it sank"]
    assert (overview.shared_total, overview.rows_total) == (2, 3)
    assert _differences(overview) == ["aboard"]


def test_a_row_whose_claim_a_finding_of_another_row_compares_is_not_agreed_on(ferry):
    wire = ferry.articles.get(outlet__name="Coast Wire")
    Finding.objects.get(key="aboard").claims.add(claim_of(wire, 1))

    assert build_overview(ferry).agreed == ()


@pytest.mark.parametrize("kind", ["unsupported_addition", "omission", "single_source_attributed"])
def test_a_row_in_which_one_adds_or_leaves_out_something_is_not_agreed_on(ferry, kind):
    wire = ferry.articles.get(outlet__name="Coast Wire")
    sank = ferry.groups.get(title="That it sank")
    make_finding(ferry, sank, [claim_of(wire, 1)], key="own", kind=kind, outcome="unsupported")

    assert build_overview(ferry).agreed == ()


def test_a_row_that_is_lined_up_with_doubt_is_not_agreed_on():
    story = make_story()
    articles = [
        make_article(story, "Coast Wire", ["The ferry sank.", "He asked for water."]),
        make_article(story, "South Mail", ["The ferry went down.", "Water comes in tanks."]),
    ]
    sank = make_row(story, [claim_of(article) for article in articles], "That it sank")
    make_row(story, [claim_of(article, 1) for article in articles], "He asked for water")
    sank.alignments.filter(position=1).update(score=0.96)

    overview = build_overview(story)

    assert [row.title for row in overview.agreed] == ["That it sank"]
    assert overview.shared_total == 2


def test_a_row_a_person_confirmed_is_agreed_on_however_it_was_lined_up():
    story = make_story()
    articles = [
        make_article(story, "Coast Wire", ["The ferry sank."]),
        make_article(story, "South Mail", ["The ferry went down."]),
    ]
    sank = make_row(story, [claim_of(article) for article in articles])
    sank.alignments.update(is_confirmed=True)

    assert [row.origins for row in build_overview(story).agreed] == [2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The rear door was locked.", "The rear door was not locked."),
        ("Every exit was open.", "Every exit was closed."),
    ],
)
def test_what_one_denies_is_not_agreed_on(one, other):
    story = make_story()
    articles = [
        make_article(story, "Coast Wire", [one]),
        make_article(story, "South Mail", [other]),
    ]
    row = make_row(story, [claim_of(article) for article in articles])
    row.alignments.update(score=0.99)

    assert build_overview(story).agreed == ()


def test_what_one_only_alleges_is_not_agreed_on(ferry):
    mail = ferry.articles.get(outlet__name="South Mail")
    mail.claims.filter(position=1).update(voice="alleged")

    assert build_overview(ferry).agreed == ()


def test_of_many_readings_one_in_doubt_does_not_count_and_does_not_disturb():
    story = make_story()
    articles = [make_article(story, f"Outlet {n}", ["The ferry sank."]) for n in range(5)]
    articles.append(make_article(story, "South Mail", ["The ferry lay on its side."]))
    make_row(story, [claim_of(article) for article in articles])

    (row,) = build_overview(story).agreed

    assert (row.outlets, row.origins) == (5, 5)


def test_copies_agree_with_nobody_where_what_another_origin_says_is_in_doubt():
    story = make_story()
    copies = [make_article(story, f"Outlet {n}", ["The ferry sank."]) for n in range(4)]
    other = make_article(story, "South Mail", ["The ferry lay on its side."])
    make_row(story, [claim_of(article) for article in (*copies, other)])
    make_origin(story, copies, copies[0])
    make_origin(story, [other], other)

    assert build_overview(story).agreed == ()


def _told(*words: str, score: float = 0.86) -> tuple[Story, list[Claim]]:
    """Store a row in which outlets of their own say these *words*, linked with this *score*."""
    story = make_story()
    articles = [make_article(story, f"Outlet {n}", [said]) for n, said in enumerate(words)]
    row = make_row(story, [claim_of(article) for article in articles], "What was told")
    row.alignments.update(score=score)
    return story, [claim_of(article) for article in articles]


def _agreed(story: Story) -> list[int]:
    return [row.origins for row in build_overview(story).agreed]


@pytest.mark.parametrize(("score", "agreed"), [(0.85, [2]), (0.84, [])])
def test_links_from_0_85_on_agree(score, agreed):
    story, _claims = _told("The ferry sank.", "The ferry went down.", score=score)

    assert _agreed(story) == agreed


def test_who_is_surely_linked_to_a_doubtful_reading_alone_agrees_with_that_one_only():
    story, claims = _told("What is new is the list.", "It names 40 boats.", "It names forty boats.")
    Alignment.objects.filter(claim=claims[1]).update(score=0.5)
    Alignment.objects.filter(claim=claims[2]).update(score=0.97, linked_to=claims[1])
    first, *others = (claim.article for claim in claims)
    make_origin(story, [first], first)
    make_origin(story, others, others[0])

    assert _agreed(story) == []


def test_outlets_agree_on_values_that_can_both_be_true_and_not_on_others():
    story, (one, other) = _told("It carried 40 people.", "Over 30 people were on board.")
    add_quantity(one, "40", 40, 40, unit="people")
    add_quantity(other, "Over 30", 31, None, unit="people")
    assert _agreed(story) == [2]

    one.quantities.update(low=20, high=20)
    assert _agreed(story) == []


def test_two_hours_of_one_thing_are_no_agreement():
    story, claims = _told("The warning came at 4 p.m.", "The warning went out at 6 p.m.")
    for claim, hour in zip(claims, ("16:00", "18:00"), strict=True):
        claim.details = {**claim.details, "dates": [{"iso": f"2031-05-04T{hour}"}]}
        claim.save()

    assert _agreed(story) == []


@pytest.mark.parametrize(
    ("kind", "outcome", "severity", "agreed"),
    [
        ("name_variant", "compatible", "low", [2]),
        ("number_precision", "compatible", "low", [2]),
        ("omission", "compatible", "medium", [2]),
        ("number_conflict", "compatible", "low", []),
        ("quote_truncated", "compatible", "medium", []),
        ("hedge_dropped", "unsupported", "low", []),
    ],
)
def test_only_a_finding_that_speaks_against_it_stands_between_them(kind, outcome, severity, agreed):
    story, claims = _told("The ferry sank.", "The ferry went down.")
    row = story.groups.get()
    make_finding(story, row, claims, key="own", kind=kind, outcome=outcome, severity=severity)

    assert _agreed(story) == agreed


def test_a_confirmed_conflict_stands_between_them_too(ferry):
    Alignment.objects.update(score=0.95)
    decide_finding(story=ferry, finding_key="aboard", value="confirm", user=make_user("ada"))

    assert [row.title for row in build_overview(ferry).agreed] == ["That it sank"]


def test_words_that_a_finding_of_another_row_compares_are_not_agreed_on():
    story, claims = _told("The ferry sank.", "The ferry went down.")
    finding = make_finding(story, None, [], key="far", kind="polarity")
    start = claims[1].start
    FindingSpan.objects.create(
        finding=finding, article=claims[1].article, position=0, start=start, end=start + 9, quote="The ferry"
    )  # fmt: skip

    assert _agreed(story) == []


def test_a_row_whose_title_asks_is_not_agreed_on():
    story, _claims = _told("The ferry sank.", "The ferry went down.")
    story.groups.update(title="Whether the ferry sank…?")

    assert _agreed(story) == []


def test_ten_are_shown_by_how_many_origins_tell_them():
    story = make_story()
    articles = [
        make_article(story, f"Outlet {n}", [f"Boat {row} sank." for row in range(12)])
        for n in range(4)
    ]
    for row in range(12):
        told = articles if row == 11 else articles[:3] if row == 10 else articles[:2]
        make_row(story, [claim_of(article, row) for article in told], f"Boat {row}")

    overview = build_overview(story)

    assert [row.title for row in overview.agreed][:3] == ["Boat 11", "Boat 10", "Boat 0"]
    assert (len(overview.agreed), overview.agreed_total) == (10, 12)


def test_a_copy_does_not_make_an_agreement(ferry):
    row = ferry.groups.get(title="That it sank")
    row.alignments.filter(claim__article__outlet__name="South Mail").delete()

    assert build_overview(ferry).agreed == ()


def test_a_dismissed_finding_no_longer_stands_between_them(ferry):
    Alignment.objects.update(score=0.95)
    decide_finding(
        story=ferry, finding_key="aboard", value="dismiss", reason=1, user=make_user("ada")
    )

    overview = build_overview(ferry)

    assert _differences(overview) == []
    assert overview.agreed_total == 2
    assert (overview.unreviewed.counts, overview.unreviewed.decided) == ({"low": 1}, 1)


def test_every_high_difference_is_told_whatever_its_kind_then_the_medium_ones(ferry):
    wire = ferry.articles.get(outlet__name="Coast Wire")
    mail = ferry.articles.get(outlet__name="South Mail")
    sank = ferry.groups.get(title="That it sank")
    for key, kind, severity in (
        ("hedge", "hedge_dropped", "high"),
        ("cause", "cause_added", "medium"),
        ("name", "name_variant", "low"),
    ):
        make_finding(
            ferry,
            sank,
            [claim_of(wire, 1), claim_of(mail, 1)],
            key=key,
            kind=kind,
            outcome="unsupported",
            severity=severity,
        )

    overview = build_overview(ferry)

    assert set(_differences(overview)) == {"aboard", "hedge"}
    assert _differences(overview, "medium") == ["cause"]


def test_of_two_high_differences_the_one_more_origins_tell_comes_first(ferry):
    late = make_article(ferry, "Night Post", ["It sank at dawn."], hours=3)
    mail = ferry.articles.get(outlet__name="South Mail")
    wire = ferry.articles.get(outlet__name="Coast Wire")
    sank = ferry.groups.get(title="That it sank")
    claims = [claim_of(wire, 1), claim_of(mail, 1), claim_of(late)]
    words = ("sank", "sank", "at dawn")
    make_finding(ferry, sank, claims, key="dawn", kind="object_differs", words=words)

    assert _differences(build_overview(ferry)) == ["dawn", "aboard"]


def test_more_high_differences_than_fit_are_counted_and_led_to(client, rhea, ferry):
    mail = ferry.articles.get(outlet__name="South Mail")
    for number in range(13):
        words = make_article(ferry, f"Outlet {number}", ["It sank."])
        make_finding(ferry, None, [claim_of(mail, 2), claim_of(words)], key=f"f{number}")

    html = _page(client, ferry)

    assert len(_differences(build_overview(ferry))) == 12
    assert "All 14 of high severity" in html
    assert "?severity=high&amp;state=open&amp;shared=0" in html


def test_a_difference_a_copy_has_with_its_original_against_a_third_is_told_once(ferry):
    copy = ferry.articles.get(outlet__name="Daily Echo")
    mail = ferry.articles.get(outlet__name="South Mail")
    aboard = ferry.groups.get(title="How many were aboard")
    words = ("40 people", "60 people")
    make_finding(ferry, aboard, [claim_of(copy), claim_of(mail)], key="again", words=words)

    assert len(_differences(build_overview(ferry))) == 1


def test_a_difference_in_other_words_of_the_same_articles_is_told_too(ferry):
    wire = ferry.articles.get(outlet__name="Coast Wire")
    mail = ferry.articles.get(outlet__name="South Mail")
    sank = ferry.groups.get(title="That it sank")
    make_finding(
        ferry, sank, [claim_of(wire, 1), claim_of(mail, 1)], key="other", words=("sank", "sank")
    )

    assert set(_differences(build_overview(ferry))) == {"aboard", "other"}


def test_what_they_agree_on_leads_to_its_row_in_the_comparison(client, rhea, ferry):
    row = ferry.groups.get(title="That it sank")

    assert f'/?rows=all&amp;shared=0#row-{row.pk}"' in _page(client, ferry)


def test_who_stands_alone_is_counted(ferry):
    lines = {line.column.outlet: line for line in build_overview(ferry).outlets}

    assert (lines["South Mail"].alone, lines["South Mail"].conflicts) == (1, 1)
    assert (lines["Daily Echo"].alone, lines["Daily Echo"].conflicts) == (0, 0)


def test_the_picture_of_an_origin_has_its_copies_and_says_how_many_are_not_in_it():
    story = make_story()
    articles = [make_article(story, f"Outlet {n}", ["It sank."], hours=n) for n in range(20)]
    make_origin(story, articles, articles[0])

    (origin,) = build_overview(story).origins

    assert (len(origin.nodes), origin.undrawn, len(origin.copies)) == (16, 4, 19)
    assert origin.first.outlet == "Outlet 0"


@pytest.mark.parametrize(
    ("copied", "says"),
    [
        (["Coast Wire saw it sink."], "names Coast Wire in its text:"),
        (["It sank. (CW Photo/Ann Lee)"], "names Coast Wire nowhere in its text, only beside it"),
        (["It sank off the coast."], "does not name Coast Wire"),
    ],
)
def test_whether_a_copy_names_whom_it_goes_back_to_is_said_plainly(client, rhea, copied, says):
    story = make_story()
    wire = make_article(story, "Coast Wire", ["It sank.", "By Coast Wire"], is_wire=True)
    copy = make_article(story, "Daily Echo", copied, hours=1)
    if "Photo" in copied[0]:
        Segment.objects.filter(article=copy).update(role="caption")
    make_row(story, [claim_of(wire), claim_of(copy)])
    make_origin(story, [wire, copy], wire)

    html = " ".join(_page(client, story).split())

    assert says in html
    assert html.count("names Coast Wire") == ("does not" not in says)


# --- what is new -----------------------------------------------------------------------------


def test_the_first_look_calls_nothing_new(client, rhea, ferry):
    assert "Since you looked" not in _page(client, ferry)


def test_what_came_since_the_last_visit_is_named_also_when_loaded_again(client, rhea, ferry):
    _look(client, ferry, ago=timedelta(days=1))
    late = make_article(ferry, "Night Post", ["The captain was awake."], hours=9)
    row = make_row(ferry, [claim_of(late)], "What the captain did, again")
    make_finding(ferry, row, [claim_of(late)], key="awake", kind="polarity")

    for html in (_page(client, ferry), _page(client, ferry)):
        assert "Since you looked" in html
        assert "New article:" in html
        assert "1 new finding:" in html
        assert "1 new or changed claim:" in html


def test_the_visit_after_has_nothing_new(client, rhea, ferry):
    _look(client, ferry, ago=timedelta(days=2))
    _look(client, ferry, ago=timedelta(days=1))

    assert "Nothing new." in _page(client, ferry)


def test_findings_that_went_are_counted(client, rhea, ferry):
    _look(client, ferry, ago=timedelta(days=1))
    Finding.objects.get(key="slept").delete()

    assert "1 finding you saw is gone" in _page(client, ferry)


def test_what_one_person_saw_is_still_new_to_another(client, rhea, ferry):
    _look(client, ferry, ago=timedelta(days=1))
    other = Client()
    other.force_login(make_user("omar", "reader"))

    assert "Since you looked" not in _page(other, ferry)
    assert StoryVisit.objects.count() == 2


def test_a_page_fetched_ahead_is_no_look(client, rhea, ferry):
    address = reverse("claims:overview", args=[ferry.slug])

    client.get(address, headers={"Sec-Purpose": "prefetch"})

    assert not StoryVisit.objects.exists()


# --- the page --------------------------------------------------------------------------------


def test_the_page_asks_who_reads_it(client, ferry):
    assert client.get(reverse("claims:overview", args=[ferry.slug])).status_code == 302


def test_a_story_without_rows_says_what_to_do(client, rhea):
    story = make_story()
    make_article(story, "Coast Wire", ["It sank."])

    assert "Nothing to compare yet" in _page(client, story)


def test_the_overview_comes_by_itself_when_the_comparison_is_done(client, rhea, ferry):
    Story.objects.filter(pk=ferry.pk).update(stale_since=timezone.now(), compared_at=None)
    address = reverse("claims:overview", args=[ferry.slug])
    asked = f"{reverse('claims:progress', args=[ferry.slug])}?then=overview"

    waiting = _page(client, ferry)
    Story.objects.filter(pk=ferry.pk).update(compared_at=timezone.now())
    done = client.get(asked, headers={"HX-Request": "true", "HX-Current-URL": address})

    assert f'hx-get="{asked}"' in waiting
    assert 'id="overview"' in waiting
    assert done.status_code == 286
    assert 'hx-target="#overview" hx-select="#overview"' in done.content.decode()


def test_hostile_words_stay_words(client, rhea):
    story = make_story(f"Story {HOSTILE}")
    articles = [make_article(story, f"{n} {HOSTILE}", [f"It {HOSTILE} sank."]) for n in (1, 2)]
    _look(client, story, ago=timedelta(days=1))
    row = make_row(story, [claim_of(article) for article in articles], HOSTILE)
    make_finding(story, row, [claim_of(article) for article in articles], key="x")
    Finding.objects.update(explanation=HOSTILE)

    html = _page(client, story)

    assert "<img" not in html
    assert "<script>alert" not in html


def test_a_wide_story_needs_as_many_queries_as_a_narrow_one(client, rhea):
    counts = []
    for story in (make_matrix(2, 3), make_matrix(12, 30)):
        _page(client, story)
        counts.append(count_queries(_page, client, story))

    assert counts[0] == counts[1] <= 30
