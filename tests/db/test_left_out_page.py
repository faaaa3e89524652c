"""The left-out page: who tells what, why somebody does not, and that caveats come first."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.articles.models import Article, Story
from apps.claims.actions import decide_finding
from apps.claims.left_out import LeftOutFilters, build_left_out_page
from apps.claims.models import Finding
from tests.db.stories import (
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
def quarry() -> Story:
    """Four outlets on one quarry: all tell of the blast, South Mail lacks the company's
    denial, and the wages stand in the Echo alone."""
    story = make_story("Blast at the Harlow quarry")
    wire = make_article(
        story,
        "Coast Wire",
        ["A blast shook the quarry.", "The company denied any fault.", "Work stopped for a day."],
        is_wire=True,
    )
    mail = make_article(story, "South Mail", ["A blast shook the quarry."], hours=2)
    echo = make_article(
        story,
        "Daily Echo",
        ["A blast shook the quarry.", "The firm has denied it was to blame.", "Wages are low."],
        hours=3,
    )
    make_row(story, [claim_of(a) for a in (wire, mail, echo)], "The blast")
    make_row(story, [claim_of(wire, 1), claim_of(echo, 1)], "What the company says")
    make_row(story, [claim_of(wire, 2)], "What stopped")
    make_row(story, [claim_of(echo, 2)], "Wages")
    for article in (wire, mail, echo):
        make_origin(story, [article], article)
    return story


def _omission(story: Story, row: int, missing: str, **more: str) -> Finding:
    """Store that *missing* leaves out what stands in a row."""
    group = story.groups.get(position=row)
    claims = [alignment.claim for alignment in group.alignments.order_by("position")]
    finding = make_finding(
        story, group, claims, kind="omission", outcome="compatible", **{"severity": "low", **more}
    )
    finding.missing_in.add(story.articles.get(outlet__name=missing))
    return finding


def _address(story: Story, query: str = "") -> str:
    return reverse("claims:left_out", args=[story.slug]) + query


def _cells(row) -> dict[str, str]:
    return {cell.column.outlet: cell.kind for cell in row.cells}


# --- who tells what --------------------------------------------------------------------------


def test_what_several_tell_and_somebody_leaves_out_is_shown_caveats_first(quarry):
    page = build_left_out_page(quarry)

    (denial,) = page.caveats
    assert _cells(denial) == {"Coast Wire": "here", "South Mail": "not_found", "Daily Echo": "here"}
    assert denial.caveats == ("denial",)
    assert page.rows == ()


def test_what_all_tell_and_what_one_tells_is_shown_when_asked_for(quarry):
    page = build_left_out_page(quarry, LeftOutFilters(everything=True))

    assert len(page.rows) + len(page.caveats) == page.total == 4
    assert page.complete == 1


def test_a_claim_one_origin_tells_twice_is_not_told_by_several(quarry):
    quarry.origins.all().delete()
    wire, mail, echo = quarry.articles.order_by("pk")
    make_origin(quarry, [wire, echo], wire)
    make_origin(quarry, [mail], mail)

    assert build_left_out_page(quarry).caveats == ()


def test_one_outlets_own_not_yet_makes_no_caveat(quarry):
    wire, mail = (quarry.articles.get(outlet__name=name) for name in ("Coast Wire", "South Mail"))
    late = make_article(quarry, "Night Post", ["The cause is not yet known, a blast shook it."])
    make_row(quarry, [claim_of(late)], "Cause")
    assert wire.pk != mail.pk

    page = build_left_out_page(quarry, LeftOutFilters(everything=True))

    assert [row.title for row in page.caveats] == ["What the company says"]


def test_a_finding_that_something_was_left_out_makes_a_gap(quarry):
    _omission(quarry, 2, "South Mail")

    page = build_left_out_page(quarry)

    (row,) = page.rows
    assert _cells(row)["South Mail"] == "omitted"
    assert [view.kind for view in row.findings] == ["omission"]


def test_a_part_left_out_of_what_an_article_does_tell_is_said(quarry):
    _omission(quarry, 0, "South Mail", severity="medium")

    page = build_left_out_page(quarry)

    row = next(row for row in page.caveats if row.findings)
    cell = next(cell for cell in row.cells if cell.column.outlet == "South Mail")
    assert (cell.kind, cell.lacks_part) == ("here", True)


def test_a_dismissed_omission_counts_for_nothing(quarry):
    finding = _omission(quarry, 2, "South Mail")
    decide_finding(
        story=quarry, finding_key=finding.key, value="dismiss", reason=1, user=make_user("ada")
    )

    assert build_left_out_page(quarry).rows == ()


def test_an_article_that_was_not_analysed_left_nothing_out(quarry):
    Article.objects.filter(outlet__name="South Mail").update(state=Article.State.FAILED)

    page = build_left_out_page(quarry, LeftOutFilters(everything=True))

    assert _cells(page.caveats[0])["South Mail"] == "not_analysed"


def test_a_column_says_what_explains_its_gaps(quarry):
    _omission(quarry, 1, "South Mail")

    wire, mail, _ = build_left_out_page(quarry).tellers

    assert (wire.is_first, wire.gaps) == (True, 0)
    assert (mail.gaps, mail.sentences, mail.is_short) == (1, 1, True)


# --- one outlet ------------------------------------------------------------------------------


@pytest.mark.parametrize(("by", "rows"), [("south-mail", 1), ("daily-echo", 0), ("no-such", 1)])
def test_an_editor_sees_what_one_outlet_left_out(quarry, by, rows):
    page = build_left_out_page(quarry, LeftOutFilters(by=by))

    assert len(page.caveats) + len(page.rows) == rows


def test_what_the_late_text_of_an_outlet_tells_it_did_not_leave_out(quarry):
    late = make_article(quarry, "South Mail", ["The company denied all fault."], hours=9)
    group = quarry.groups.get(position=1)
    group.alignments.create(
        claim=claim_of(late), position=9, score=0.8, reasons=[{"code": "x", "text": "same"}]
    )

    assert build_left_out_page(quarry, LeftOutFilters(by="south-mail")).caveats == ()


# --- the page --------------------------------------------------------------------------------


def test_the_page_asks_who_reads_it(client, quarry):
    assert client.get(_address(quarry)).status_code == 302


def test_every_gap_is_said_in_words(reader, quarry):
    html = reader.get(_address(quarry)).content.decode()

    assert "left out" in html
    assert "Caveats" in html
    assert "denial" in html


def test_htmx_gets_the_part_alone(reader, quarry):
    html = reader.get(_address(quarry), headers={"HX-Request": "true"}).content.decode()

    assert html.lstrip().startswith('<div class="left-out"')


@pytest.mark.parametrize(
    ("query", "words"),
    [("?by=daily-echo", "Nothing several others tell is missing here"), ("", "No claims yet")],
)
def test_an_empty_page_says_what_to_do(reader, quarry, query, words):
    story = quarry if query else make_story("Nothing here")

    assert words in reader.get(_address(story, query)).content.decode()


def test_hostile_words_stay_words(reader):
    story = make_story(f"Story {HOSTILE}")
    articles = [
        make_article(story, outlet, [f"They denied it {HOSTILE}", f"And {HOSTILE}"])
        for outlet in ("North Post", f"South {HOSTILE}", "East")
    ]
    make_row(story, [claim_of(article) for article in articles[:2]], HOSTILE)
    make_row(story, [claim_of(article, 1) for article in articles], HOSTILE)

    for query in ("", "?show=all", f"?by={HOSTILE}"):
        html = reader.get(_address(story, query)).content.decode()

        assert "<img" not in html
        assert "<script>alert" not in html


def test_a_wide_story_needs_as_many_queries_as_a_narrow_one():
    small, large = make_matrix(2, 3), make_matrix(12, 30)
    few, many = (count_queries(build_left_out_page, story) for story in (small, large))

    assert few == many <= 20


def test_many_claims_come_in_parts_and_caveats_stay_first(reader):
    story = make_matrix(3, 60)
    group = story.groups.get(position=55)
    group.findings.update(kind="omission", severity="medium")
    first = reader.get(_address(story, "?show=all")).content.decode()
    rest = reader.get(_address(story, "?show=all&from=40"), headers={"HX-Request": "true"})
    whole = reader.get(_address(story, "?show=all&rows=all")).content.decode()

    assert first.count('id="presence-') == 41
    assert f'id="presence-{group.pk}"' in first
    assert "20 more claims" in first
    assert rest.content.decode().count('<tr role="row" id="presence-') == 20
    assert "Everything else" not in rest.content.decode()
    assert whole.count('<tr role="row" id="presence-') == 60
