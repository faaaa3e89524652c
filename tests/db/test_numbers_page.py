"""The numbers page: what stands on one axis, what is said to contradict, what it costs."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from apps.articles.models import Story
from apps.claims.actions import decide_finding
from apps.claims.comparison import build_comparison
from apps.claims.models import Alignment, Quantity
from apps.claims.numbers_view import build_numbers_page
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
    """Three outlets count the people aboard: 40, over 30, 60; a finding holds 40 against 60."""
    story = make_story()
    wire = make_article(story, "Coast Wire", ["The ferry carried 40 people."], is_wire=True)
    mail = make_article(story, "South Mail", ["The ferry carried 60 people."], hours=2)
    echo = make_article(story, "Daily Echo", ["Over 30 people were aboard."], hours=3)
    claims = [claim_of(article) for article in (wire, mail, echo)]
    row = make_row(story, claims, "How many were aboard")
    add_quantity(claims[0], "40", 40, 40, counted="people", unit="people")
    add_quantity(claims[1], "60", 60, 60, counted="people", unit="people")
    add_quantity(
        claims[2], "Over 30", 31, None, counted="people", unit="people", approximator="over"
    )
    make_finding(story, row, claims[:2], key="aboard", words=["40", "60"])
    make_finding(
        story,
        row,
        [claims[0], claims[2]],
        key="vaguer",
        kind="number_precision",
        outcome="compatible",
        severity="low",
        words=["40", "Over 30"],
    )
    return story


def _address(story: Story, **query: str) -> str:
    address = reverse("claims:numbers", args=[story.slug])
    return f"{address}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else address


def _only(story: Story, shown: str = "all"):
    (thing,) = build_numbers_page(story, shown=shown).things
    return thing


# --- what belongs together -------------------------------------------------------------------


def test_numbers_a_finding_compares_stand_on_one_axis_one_lane_an_outlet(ferry):
    thing = _only(ferry)

    assert [lane.column.outlet for lane in thing.lanes] == [
        "Coast Wire",
        "South Mail",
        "Daily Echo",
    ]
    assert (thing.outlets, thing.counted) == (3, "people")


def test_a_conflict_is_said_and_drawn_as_a_gap(ferry):
    thing = _only(ferry)

    assert (thing.state, thing.apart) == ("conflict", ("40", "60"))
    assert [band.kind for band in thing.bands] == ["gap"]
    assert [lane.differs for lane in thing.lanes] == [True, True, False]


def test_what_an_outlet_prints_against_itself_does_not_answer_a_question_between_outlets(ferry):
    wire = claim_of(ferry.articles.get(outlet__name="Coast Wire"))
    second = make_article(ferry, "Late Post", ["The ferry carried 60 people.", "It carried 40."])
    said, against = claim_of(second), claim_of(second, 1)
    add_quantity(said, "60", 60, 60, counted="people", unit="people")
    add_quantity(against, "40", 40, 40, counted="people", unit="people")
    row = make_row(ferry, [said, against], "How many it carried")
    decide_finding(
        story=ferry, finding_key="aboard", value="dismiss", reason=1, user=make_user("ada")
    )
    own = {"kind": "internal_conflict", "severity": "medium", "words": ["60", "40"]}
    make_finding(ferry, row, [said, against], key="own", **own)

    (before,) = build_numbers_page(ferry, about="own").things
    make_finding(
        ferry, row, [said, wire], key="open", outcome="compatible", severity="medium",
        words=["60", "40"], needs_person="the two may count at different times",
    )  # fmt: skip
    (after,) = build_numbers_page(ferry, about="own").things

    assert before.state == "conflict"
    assert after.state == "unsettled"
    assert not any(lane.differs for lane in after.lanes)


def test_a_dismissed_conflict_is_none_and_holds_nothing_together(ferry):
    decide_finding(
        story=ferry, finding_key="aboard", value="dismiss", reason=1, user=make_user("ada")
    )

    thing = _only(ferry)

    assert thing.state == "fits"
    assert [lane.column.outlet for lane in thing.lanes] == ["Coast Wire", "Daily Echo"]
    assert thing.common == "40"


def test_a_lower_bound_is_drawn_as_open_to_the_right(ferry):
    lane = _only(ferry).lanes[2]

    assert lane.opens_right
    assert not lane.opens_left
    assert (lane.x, lane.right) == ("", "100%")


def test_values_no_finding_compares_stay_apart_and_equal_ones_meet():
    story = make_story()
    north = make_article(story, "North Post", ["The flood moved 340 people, 25 of them ill."])
    south = make_article(story, "South Mail", ["Some 340 were moved and 90 stayed."])
    claims = [claim_of(north), claim_of(south)]
    make_row(story, claims)
    add_quantity(claims[0], "340", 340, 340, counted="people", unit="people")
    add_quantity(claims[0], "25", 25, 25, counted="ill", unit="people")
    add_quantity(claims[1], "340", 340, 340)
    add_quantity(claims[1], "90", 90, 90)

    page = build_numbers_page(story)

    assert [thing.lanes[0].printed for thing in page.same] == ["340"]
    assert page.things == ()
    assert page.counts["alone"] == 2


@pytest.mark.parametrize(("value", "shared"), [(2, 0), (30, 1)])
def test_small_counts_of_different_things_are_not_one(value, shared):
    story = make_story()
    north = make_article(story, "North Post", [f"The house had {value} floors."])
    south = make_article(story, "South Mail", [f"The ward took {value} guests."])
    claims = [claim_of(north), claim_of(south)]
    make_row(story, claims)
    for claim in claims:
        add_quantity(claim, str(value), value, value)

    assert len(build_numbers_page(story).same) == shared


def test_another_scope_stands_beside_and_contradicts_nothing(ferry):
    part = make_article(ferry, "Harbour Radio", ["Of those aboard, 12 were crew."], hours=4)
    claim = claim_of(part)
    add_quantity(claim, "12", 12, 12, counted="crew", unit="people")
    row = ferry.groups.get()
    make_finding(
        ferry,
        row,
        [claim_of(ferry.articles.get(outlet__name="Coast Wire")), claim],
        key="crew",
        kind="number_scope",
        outcome="compatible",
        severity="medium",
        words=["40", "12"],
    )

    lane = _only(ferry).lanes[-1]

    assert (lane.column.outlet, lane.is_other, lane.differs) == ("Harbour Radio", True, False)


def test_of_two_counts_of_a_vote_only_what_differs_conflicts():
    story = make_story()
    claims = []
    for outlet, ayes, noes in (("North Post", 27, 24), ("South Mail", 27, 25)):
        claim = claim_of(make_article(story, outlet, [f"They voted {ayes}-{noes} for it."]))
        add_quantity(claim, str(ayes), ayes, ayes)
        add_quantity(claim, str(noes), noes, noes)
        claims.append(claim)
    make_finding(story, make_row(story, claims), claims, words=["27-24", "27-25"])

    page = build_numbers_page(story)

    (noes,) = page.things
    assert noes.apart == ("24", "25")
    assert [thing.lanes[0].printed for thing in page.same] == ["27"]


def test_what_is_counted_in_something_else_stands_on_no_axis_of_money(ferry):
    part = make_article(ferry, "Harbour Radio", ["It cost $12 million: 9 for the hull."], hours=4)
    claim = claim_of(part)
    add_quantity(claim, "$12 million", 12, 12, unit="USD")
    claim.quantities.update(type="money")
    add_quantity(claim, "9", 9, 9)
    make_finding(
        ferry, ferry.groups.get(), [claim, claim], kind="arithmetic_gap", words=["$12 million", "9"]
    )

    (thing,) = build_numbers_page(ferry).things

    assert all(lane.column.outlet != "Harbour Radio" for lane in thing.lanes)


@pytest.mark.parametrize("doubt", ["", "the two may count different things"])
def test_a_count_a_later_one_replaced_is_marked_unless_that_is_open(ferry, doubt):
    late = make_article(ferry, "Night Wire", ["The toll rose to 44."], hours=9)
    claim = claim_of(late)
    add_quantity(claim, "44", 44, 44, counted="people", unit="people")
    wire = claim_of(ferry.articles.get(outlet__name="Coast Wire"))
    make_finding(
        ferry,
        ferry.groups.get(),
        [wire, claim],
        key="later",
        kind="superseded",
        outcome="compatible",
        severity="low",
        words=["40", "44"],
        needs_person=doubt,
    )

    replaced = {lane.printed: lane.is_replaced for lane in _only(ferry).lanes}

    assert replaced == {"40": not doubt, "60": False, "Over 30": False, "44": False}


def test_a_rewrite_is_no_second_origin(ferry):
    wire, mail, echo = (
        ferry.articles.get(outlet__name=n) for n in ("Coast Wire", "South Mail", "Daily Echo")
    )
    make_origin(ferry, [wire, mail], wire)
    make_origin(ferry, [echo], echo)

    assert _only(ferry).origins == 2


# --- the page --------------------------------------------------------------------------------


def test_the_page_asks_who_reads_it(client, ferry):
    assert client.get(_address(ferry)).status_code == 302


def test_the_table_says_all_that_the_picture_shows(reader, ferry):
    html = reader.get(_address(ferry)).content.decode()

    for words in ("Cannot all be true", "40 and 60 have no value in common", "31 or more people"):
        assert words in html
    assert "Over 30" in html
    assert html.count('aria-hidden="true" focusable="false"') >= 3


@pytest.mark.parametrize(
    ("show", "things"),
    [("conflicts", 1), ("differences", 1), ("same", 0), ("alone", 0), ("no such", 1)],
)
def test_every_choice_is_an_address(reader, ferry, show, things):
    html = reader.get(_address(ferry, show=show)).content.decode()

    assert html.count('<section class="counted ') == things


def test_a_share_stands_on_an_axis_of_percent_and_never_among_counts(ferry):
    half = make_article(ferry, "Fourth Mail", ["Nearly half of the cabins were full."], hours=4)
    part = make_article(ferry, "Fifth Mail", ["Some 47 percent of the cabins were full."], hours=5)
    full = make_article(ferry, "Sixth Mail", ["On it 312 cabins were full."], hours=6)
    claims = [claim_of(article) for article in (half, part, full)]
    add_quantity(claims[0], "Nearly half", Decimal("0.45"), Decimal("0.5"), counted="cabins")
    add_quantity(claims[1], "47 percent", 47, 47, unit="%", type="percent")
    add_quantity(claims[2], "312", 312, 312, counted="cabins")
    row = make_row(ferry, claims, "How full it was")
    make_finding(
        ferry, row, claims, key="full", kind="number_precision",
        words=["Nearly half", "47 percent", "312"],
    )  # fmt: skip

    (thing,) = build_numbers_page(ferry, about="full").things

    assert [(lane.printed, lane.value) for lane in thing.lanes] == [
        ("Nearly half", "45–50% of cabins"),
        ("47 percent", "47%"),
    ]
    assert build_comparison(ferry).rows[-1].cells[3].readings[0].value == "45–50% of cabins"


def test_one_for_each_of_the_dead_is_not_a_count_of_the_dead(ferry):
    wake = make_article(
        ferry, "Fourth Mail", ["Seven died.", "Six candles burned, one for each."], hours=4
    )
    first, second = claim_of(wake), claim_of(wake, 1)
    add_quantity(first, "Seven", 7, 7, unit="people")
    add_quantity(second, "Six", 6, 6, counted="candles")
    add_quantity(second, "one", 1, 1)
    row = make_row(ferry, [first, second], "How many died")
    make_finding(
        ferry, row, [first, second], key="dead", kind="internal_conflict",
        words=["Seven", "Six candles burned, one for each"],
    )  # fmt: skip

    (thing,) = build_numbers_page(ferry, about="dead").things

    assert [lane.printed for lane in thing.lanes] == ["Seven", "Six"]


def test_a_finding_about_numbers_leads_to_its_axis_and_back(reader, ferry):
    row = ferry.groups.get()
    make_finding(ferry, row, [claim_of(ferry.articles.first())], key="name", kind="name_variant")
    card = reverse("claims:finding", args=[ferry.slug, "aboard"])
    axis = reverse("claims:numbers", args=[ferry.slug]) + "?about=aboard"

    assert f'href="{axis}"' in reader.get(card).content.decode()
    assert f'href="{card}"' in reader.get(axis).content.decode()
    other = reader.get(reverse("claims:finding", args=[ferry.slug, "name"])).content.decode()
    assert "?about=" not in other


def test_only_the_numbers_of_the_finding_asked_for_are_shown(reader, ferry):
    wide = make_article(ferry, "Fourth Mail", ["The quay is 90 years old."], hours=4)
    old = make_article(ferry, "Fifth Mail", ["The quay is 70 years old."], hours=5)
    for article, years in ((wide, 90), (old, 70)):
        add_quantity(claim_of(article), str(years), years, years, counted="years", unit="years")
    row = make_row(ferry, [claim_of(wide), claim_of(old)], "How old the quay is")
    make_finding(ferry, row, [claim_of(wide), claim_of(old)], key="quay", words=["90", "70"])

    assert len(build_numbers_page(ferry).things) == 2
    (thing,) = build_numbers_page(ferry, about="quay").things
    assert {lane.column.outlet for lane in thing.lanes} == {"Fourth Mail", "Fifth Mail"}
    assert build_numbers_page(ferry, about="gone").things == build_numbers_page(ferry).things


def test_a_finding_whose_numbers_have_no_axis_leads_back(reader, ferry):
    decide_finding(story=ferry, finding_key="aboard", value="dismiss", reason=1, user=make_user())

    html = reader.get(
        reverse("claims:numbers", args=[ferry.slug]) + "?about=aboard"
    ).content.decode()

    assert "They are not on an axis" in html
    assert reverse("claims:finding", args=[ferry.slug, "aboard"]) in html


def test_htmx_gets_the_part_alone(reader, ferry):
    html = reader.get(_address(ferry), headers={"HX-Request": "true"}).content.decode()

    assert html.lstrip().startswith('<div class="numbers"')


def test_empty_stories_say_what_to_do(reader):
    story = make_story()
    make_article(story, "North Post", ["Nobody was counted."])

    html = reader.get(_address(story)).content.decode()

    assert "Only one article so far" in html


def test_hostile_words_stay_words(reader):
    story = make_story(f"Story {HOSTILE}")
    for outlet in ("North Post", f"South {HOSTILE}"):
        article = make_article(story, outlet, [f"There were 77 {HOSTILE} aboard."])
        add_quantity(claim_of(article), "77", 77, 77, counted=HOSTILE, unit=HOSTILE[:40])
    row = make_row(story, [claim_of(article) for article in story.articles.all()], HOSTILE)
    make_finding(
        story, row, [claim_of(article) for article in story.articles.all()], words=["77", "77"]
    )

    for show in ("all", "same", "alone"):
        html = reader.get(_address(story, show=show)).content.decode()

        assert "<img" not in html
        assert "<script>alert" not in html


def test_a_wide_story_needs_as_many_queries_as_a_narrow_one():
    small, large = make_matrix(2, 3), make_matrix(12, 30)
    few, many = (count_queries(build_numbers_page, story) for story in (small, large))

    assert few == many <= 16


def test_a_story_full_of_numbers_comes_in_parts(reader):
    story = make_matrix(2, 20)
    for number, quantity in enumerate(Quantity.objects.order_by("claim__position")):
        Quantity.objects.filter(pk=quantity.pk).update(low=50 + number // 2, high=50 + number // 2)
    first = reader.get(_address(story)).content.decode()
    rest = reader.get(_address(story, **{"from": "12"}), headers={"HX-Request": "true"})
    whole = reader.get(_address(story, things="all")).content.decode()

    assert first.count('id="counted-') == 12
    assert "8 more" in first
    assert rest.content.decode().count('id="counted-') == 8
    assert whole.count('id="counted-') == 20


# --- the whole and its parts -----------------------------------------------------------------


@pytest.fixture
def deported() -> Story:
    """Two outlets count Venezuelans; one of them counts all who were deported, twice, and
    another part of them."""
    story = make_story()
    wire = make_article(story, "Coast Wire", ["Hundreds of Venezuelans are held."])
    mail = make_article(
        story,
        "South Mail",
        [
            "Over 250 people were deported.",
            "261 people were deported.",
            "Among them, 101 were Venezuelans and 21 were Salvadorans.",
        ],
        hours=1,
    )
    held = claim_of(wire)
    over, all_of_them, parts = (claim_of(mail, position) for position in range(3))
    row = make_row(story, [held, parts], "How many Venezuelans there are")
    make_row(story, [over, all_of_them], "How many were deported")
    people = {"counted": "people", "unit": "people"}
    add_quantity(held, "Hundreds", 200, 999, **people)
    add_quantity(over, "Over 250", 251, None, approximator="over", **people)
    add_quantity(all_of_them, "261", 261, 261, **people)
    add_quantity(parts, "101", 101, 101, **people)
    add_quantity(parts, "21", 21, 21, **people)
    make_finding(story, row, [held, parts], key="held", words=["Hundreds", "101"])
    gap = make_finding(
        story,
        row,
        [all_of_them, parts, parts],
        key="gap",
        kind="arithmetic_gap",
        severity="medium",
        words=["261", "101", "21"],
    )
    gap.explanation = (
        "South Mail prints 261 and describes 101 and 21; 139 of 261 are not described."
    )
    gap.save()
    make_finding(
        story,
        None,
        [over, all_of_them],
        key="both",
        kind="number_precision",
        outcome="compatible",
        severity="low",
        words=["Over 250", "261"],
    )
    return story


def test_the_whole_and_its_parts_stand_in_one_chart_with_what_is_known_of_them(reader, deported):
    thing = _only(deported)
    html = reader.get(_address(deported)).content.decode()

    assert [lane.printed for lane in thing.lanes if not lane.is_other] == ["Hundreds", "101"]
    assert {lane.printed for lane in thing.lanes if lane.is_other} == {"Over 250", "261", "21"}
    assert {view.key for view in thing.findings} == {"held", "gap", "both"}
    assert "139 of 261 are not described" in html
    assert build_numbers_page(deported).counts["alone"] == 0


def test_what_one_outlet_counts_in_two_ways_has_a_chart_where_a_finding_says_they_fit():
    story = make_story()
    mail = make_article(story, "South Mail", ["Over 250 people left.", "261 people left."])
    make_article(story, "Coast Wire", ["They left."])
    over, exact = claim_of(mail), claim_of(mail, 1)
    row = make_row(story, [over, exact])
    add_quantity(over, "Over 250", 251, None, counted="people", unit="people")
    add_quantity(exact, "261", 261, 261, counted="people", unit="people")
    make_finding(
        story,
        row,
        [over, exact],
        kind="number_precision",
        outcome="compatible",
        severity="low",
        words=["Over 250", "261"],
    )

    thing = _only(story)

    assert (thing.state, thing.common) == ("fits", "261")


def test_small_counts_of_one_outlet_alone_come_last_and_folded(reader):
    story = make_story()
    mail = make_article(
        story, "South Mail", ["Two sides met.", "Two people died.", "It had 9 cars."]
    )
    sides, dead, cars = (claim_of(mail, position) for position in range(3))
    add_quantity(sides, "Two", 2, 2, counted="sides")
    add_quantity(dead, "Two", 2, 2, counted="people", unit="people")
    add_quantity(cars, "9", 9, 9, counted="cars")

    page = build_numbers_page(story, shown="alone")
    html = reader.get(_address(story, show="alone")).content.decode()

    assert [one.lane.value or one.lane.printed for one in page.alone] == ["2 people", "9 cars"]
    assert [one.lane.value for one in page.trivial] == ["2 sides"]
    assert page.counts["alone"] == 3
    assert (
        html.index("9 cars") < html.index('<details class="numbers__few"') < html.index("2 sides")
    )


def test_stretches_of_time_share_an_axis_of_days_and_never_of_seconds():
    story = make_story()
    wire = make_article(story, "Coast Wire", ["The repairs take 3 weeks."])
    mail = make_article(story, "South Mail", ["The repairs take 30 days."], hours=2)
    claims = [claim_of(article) for article in (wire, mail)]
    row = make_row(story, claims, "How long the repairs take")
    add_quantity(claims[0], "3 weeks", 3, 3, type="measure", unit="weeks")
    add_quantity(claims[1], "30 days", 30, 30, type="measure", unit="days")
    make_finding(story, row, claims, key="repairs", words=["3 weeks", "30 days"])

    thing = _only(story)

    assert [lane.converted for lane in thing.lanes] == ["21 days", ""]
    assert thing.apart == ("21 days", "30 days")


@pytest.fixture
def towed() -> Story:
    """A wire, its copy and a third outlet: 40 and "two tugs" from the wire and its copy, 90 from
    all three."""
    story = make_story()
    words = ["The ferry carried 40 people.", "It sank in 90 minutes.", "Two tugs came."]
    wire = make_article(story, "Coast Wire", words, is_wire=True)
    copy = make_article(story, "Daily Echo", words, hours=1)
    mail = make_article(story, "South Mail", ["It went down within 90 minutes."], hours=2)
    for articles, position in (((wire, copy), 0), ((wire, copy, mail), 1), ((wire, copy), 2)):
        claims = [claim_of(a, 0 if a == mail else position) for a in articles]
        make_row(story, claims)
        for claim in claims:
            number = ("40", "90", "Two")[position]
            value = {"Two": 2}.get(number) or int(number)
            counted = ("people", "", "tugs")[position]
            unit = "minutes" if position == 1 else ""
            add_quantity(claim, number, value, value, counted=counted, unit=unit)
    make_origin(story, [wire, copy], wire)
    make_origin(story, [mail], mail)
    return story


def test_a_copy_is_no_second_voice(reader, towed):
    page = build_numbers_page(towed)
    alone = build_numbers_page(towed, shown="alone")
    html = reader.get(_address(towed, show="alone")).content.decode()

    assert [(thing.outlets, thing.origins) for thing in page.same] == [(3, 2)]
    assert [
        (one.lane.printed, [column.outlet for column in one.columns])
        for one in (*alone.alone, *alone.trivial)
    ] == [("40", ["Coast Wire", "Daily Echo"]), ("Two", ["Coast Wire", "Daily Echo"])]
    assert alone.counts["alone"] == 2
    assert "in 2 of 3 outlets (one origin)" in " ".join(html.split())


def test_the_same_in_several_says_in_how_many_of_all(reader, towed):
    html = " ".join(reader.get(_address(towed)).content.decode().split())

    assert "The same in several" in html
    assert "in 3 of 3 outlets (2 origins)" in html
    assert "The same everywhere" not in html


def test_a_number_told_again_elsewhere_in_a_text_is_not_told_alone(towed):
    mail = make_article(towed, "Fen Post", ["A buoy rang.", "All 90 minutes long."], hours=3)
    add_quantity(claim_of(mail, 1), "90", 90, 90, unit="minutes")
    add_quantity(claim_of(mail, 0), "A", 1, 1, counted="buoys")

    alone = build_numbers_page(towed, shown="alone")

    assert "90" not in [one.lane.printed for one in alone.alone]
    assert "A" in [one.lane.printed for one in alone.trivial]


def test_a_small_count_several_origins_print_in_one_row_is_nobodys_alone(towed):
    row = towed.groups.get(position=2)
    post = make_article(towed, "Fen Post", ["Two tugs were sent."], hours=3)
    make_origin(towed, [post], post)
    Alignment.objects.create(
        group=row, claim=claim_of(post), position=9, score=1.0, reasons=[{"code": "first"}]
    )
    add_quantity(claim_of(post), "Two", 2, 2, counted="tugs")

    alone = build_numbers_page(towed, shown="alone")

    assert [one.lane.printed for one in (*alone.alone, *alone.trivial)] == ["40"]


def test_what_a_finding_across_rows_compares_is_not_told_alone(towed):
    post = make_article(towed, "Fen Post", ["Some 40 were on the list of that day."], hours=3)
    make_origin(towed, [post], post)
    listed = claim_of(post)
    other = make_row(towed, [listed])
    add_quantity(listed, "40", 40, 40, counted="passengers")
    row = towed.groups.get(position=0)
    make_finding(
        towed,
        row,
        [row.alignments.get(position=0).claim, listed],
        kind="date_conflict",
        words=["ferry", "that day"],
    )

    page = build_numbers_page(towed)

    assert other.position == 3
    assert sorted((thing.outlets, thing.origins) for thing in page.same) == [(3, 2), (3, 2)]
