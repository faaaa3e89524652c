"""A finding whose words lie in two rows: each of them tells of it, and none calls an outlet
silent whose words stand in the other."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.articles.models import Story
from apps.claims.actions import decide_finding
from apps.claims.apparatus import build_apparatus, build_entry
from apps.claims.comparison import Filters, build_comparison
from apps.claims.left_out import LeftOutFilters, build_left_out_page
from apps.claims.matrix_data import load_outline
from apps.claims.models import Alignment, FindingDecision
from apps.claims.presentation import Cell, Comparison, Row
from tests.db.stories import (
    claim_of,
    count_queries,
    make_article,
    make_finding,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

EARLY = "Inspectors last came to the mill in April of that year."
LATE = "The last time anybody walked the floor was in the spring before."


@pytest.fixture
def mill() -> Story:
    """Three outlets: the day of an inspection stands in one row for two of them, in another
    for the third, and a finding sets the two rows against each other."""
    story = make_story("Fire at the mill")
    north = make_article(story, "North Post", [EARLY, "Six people died."])
    south = make_article(story, "South Mail", [EARLY, "Nobody was hurt badly."], hours=1)
    ledger = make_article(story, "Ledger", ["A fire broke out.", LATE], hours=2)
    make_row(story, [claim_of(north), claim_of(south)], "When inspectors came")
    make_row(story, [claim_of(ledger, 1)], "When the floor was walked")
    make_finding(
        story,
        story.groups.get(position=0),
        [claim_of(north), claim_of(ledger, 1)],
        key="when",
        kind="date_conflict",
        words=["April", "the spring before"],
    )
    return story


def _row(comparison: Comparison, title: str) -> Row:
    return next(row for row in comparison.rows if row.title == title)


def _cell(comparison: Comparison, title: str, outlet: str) -> Cell:
    columns = [column.outlet for column in comparison.columns]
    return _row(comparison, title).cells[columns.index(outlet)]


def test_the_finding_stands_in_both_rows_and_is_counted_once(mill):
    comparison = build_comparison(mill)

    assert {row.title: [f.key for f in row.findings] for row in comparison.rows} == {
        "When inspectors came": ["when"],
        "When the floor was walked": ["when"],
    }
    assert [row.severity for row in comparison.rows] == ["high", "high"]
    assert comparison.counts == {"high": 1}


def test_the_cell_of_an_outlet_that_speaks_in_another_row_shows_its_words_and_the_way(mill):
    comparison = build_comparison(mill)
    other = mill.groups.get(position=1)

    cell = _cell(comparison, "When inspectors came", "Ledger")

    (told,) = cell.elsewhere
    assert cell.kind == "elsewhere"
    assert cell.label == f"In another row: “{LATE}”"
    assert [piece.text for piece in told.pieces if piece.mark] == ["the spring before"]
    assert told.titles == ("Dates conflict",)
    assert told.href == reverse("claims:row", args=[mill.slug, other.pk])
    assert told.cell == f"cell-{other.pk}-{cell.article_id}"


def test_an_outlet_the_finding_is_not_about_is_as_silent_as_it_was(mill):
    cell = _cell(build_comparison(mill), "When the floor was walked", "South Mail")

    assert (cell.kind, cell.elsewhere) == ("not_covered", ())


def test_origins_are_those_of_the_row_alone(mill):
    comparison = build_comparison(mill)

    assert [row.origins for row in comparison.rows] == [2, 1]


def test_a_cell_that_says_something_else_shows_the_words_its_finding_is_about(mill):
    north = mill.articles.get(outlet__name="North Post")
    deaths = make_row(mill, [claim_of(mill.articles.get(outlet__name="Ledger"))], "The fire")
    Alignment.objects.filter(claim=claim_of(north, 1)).delete()
    make_finding(
        mill,
        mill.groups.get(position=0),
        [claim_of(north, 1), claim_of(mill.articles.get(outlet__name="South Mail"))],
        key="dead",
        words=["Six", "April"],
    )

    cell = _cell(build_comparison(mill), "When inspectors came", "North Post")

    assert deaths.position == 2
    assert cell.kind == "reading"
    assert [(told.words, told.place, told.cell) for told in cell.elsewhere] == [
        ("Six people died.", "paragraph 2", "")
    ]
    assert "#segment-" in cell.elsewhere[0].href


def test_an_article_that_contradicts_itself_shows_both_of_its_sides(mill):
    north = mill.articles.get(outlet__name="North Post")
    make_row(mill, [claim_of(north, 1)], "The dead")
    make_finding(
        mill,
        mill.groups.get(position=0),
        [claim_of(north), claim_of(north, 1)],
        key="itself",
        kind="internal_conflict",
        words=["April", "Six"],
    )

    cell = _cell(build_comparison(mill), "When inspectors came", "North Post")

    assert [told.words for told in cell.elsewhere] == ["Six people died."]


def test_what_somebody_dismissed_is_no_longer_set_against_the_row(mill):
    reason = FindingDecision.Reason.values[0]
    decide_finding(story=mill, finding_key="when", value="dismiss", reason=reason, user=make_user())

    comparison = build_comparison(mill, Filters(shared_only=False))

    assert _cell(comparison, "When inspectors came", "Ledger").elsewhere == ()
    assert [f.state for f in _row(comparison, "When the floor was walked").findings] == [
        "dismissed"
    ]


@pytest.mark.parametrize("kind", ["omission", "name_variant"])
def test_what_concerns_one_row_or_a_name_stays_in_its_row(mill, kind):
    mill.findings.update(kind=kind)

    comparison = build_comparison(mill, Filters(shared_only=False))

    assert _row(comparison, "When the floor was walked").findings == ()


def test_a_row_looks_otherwise_when_the_other_side_moves_to_another_row(mill):
    row, other = mill.groups.order_by("position")
    before = load_outline(mill).stamp(row.pk)

    moved = make_row(mill, [claim_of(mill.articles.get(outlet__name="Ledger"))], "Elsewhere")
    Alignment.objects.filter(group=other).update(group=moved)

    assert load_outline(mill).stamp(row.pk) != before


def test_who_speaks_in_another_row_left_nothing_out(mill):
    page = build_left_out_page(mill, LeftOutFilters(everything=True))

    row = next(row for row in page.rows if row.title == "When inspectors came")
    cell = next(cell for cell in row.cells if cell.column.outlet == "Ledger")
    assert (cell.kind, cell.place, row.gaps) == ("elsewhere", "in another row", 0)
    assert cell.href == reverse("claims:row", args=[mill.slug, mill.groups.get(position=1).pk])


def test_print_and_copies_say_where_the_words_are_and_tell_the_finding_once(mill):
    apparatus = build_apparatus(mill, Filters())
    alone = build_entry(mill, mill.groups.get(position=1).pk, load_outline(mill).columns)

    silences = {silence.label: silence.sigla for silence in apparatus.entries[0].silences}
    assert silences == {f"In another row: “{LATE}”": ("C",)}
    assert [[f.finding.key for f in entry.findings] for entry in apparatus.entries] == [
        ["when"],
        [],
    ]
    assert [judged.finding.key for judged in alone.findings] == ["when"]


def test_the_page_leads_from_the_cell_to_the_words_and_names_every_chip_once(reader, mill):
    row, other = mill.groups.order_by("position")

    html = reader.get(mill.get_absolute_url()).content.decode()

    assert html.count('id="chip-when"') == 1
    assert html.count(f'id="chip-when-{other.pk}"') == 1
    assert f'href="{reverse("claims:row", args=[mill.slug, other.pk])}"' in html
    assert f'data-cell="cell-{other.pk}-' in html
    assert f'data-cell="cell-{row.pk}-' in html


def test_many_findings_across_rows_cost_no_more_queries_than_one(mill):
    def cost() -> int:
        return count_queries(lambda: build_comparison(mill))

    few = cost()
    rows = list(mill.groups.order_by("position"))
    ledger = claim_of(mill.articles.get(outlet__name="Ledger"), 1)
    for number in range(20):
        north = claim_of(mill.articles.get(outlet__name="North Post"), number % 2)
        make_finding(mill, rows[0], [north, ledger], key=f"more{number}")

    assert cost() <= few
