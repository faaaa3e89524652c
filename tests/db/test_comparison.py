"""What the matrix shows, and that it costs the same for a large story as for a small one."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict

from apps.articles.models import Article
from apps.claims.actions import decide_finding
from apps.claims.comparison import (
    Filters,
    build_article_page,
    build_comparison,
    build_row,
    build_story_list,
    filters_from,
    find_finding,
    story_filters_from,
)
from apps.claims.models import AlignmentDecision, Annotation
from apps.claims.presentation import build_chips
from tests.db.stories import (
    add_mention,
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
    make_version,
)

pytestmark = pytest.mark.django_db


def _text(pieces) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.fixture
def ferry():
    """Two outlets on one ferry: a shared row with a finding, a row of the second alone."""
    story = make_story()
    north = make_article(story, "North Post", ["The ferry carried 40 people.", "It sank at dawn."])
    south = make_article(
        story,
        "South Mail",
        ["The ferry carried 60 people.", "Captain Orla Venn was asleep."],
        hours=2,
    )
    group = make_row(story, [claim_of(north), claim_of(south)], "people aboard")
    make_row(story, [claim_of(north, 1)])
    make_row(story, [claim_of(south, 1)])
    make_finding(story, group, [claim_of(north), claim_of(south)], key="aboard", words=["40", "60"])
    return story


def test_a_row_has_a_cell_for_every_outlet_in_the_order_of_the_columns(ferry):
    comparison = build_comparison(ferry)

    row = comparison.rows[0]
    assert [column.outlet for column in comparison.columns] == ["North Post", "South Mail"]
    assert [cell.article_id for cell in row.cells] == [c.article_id for c in comparison.columns]
    assert _text(row.cells[1].readings[0].pieces) == "The ferry carried 60 people."


def test_the_words_a_finding_compares_are_marked_in_both_cells(ferry):
    row = build_comparison(ferry).rows[0]

    marked = [
        [piece.text for piece in cell.readings[0].pieces if piece.mark == "differs"]
        for cell in row.cells
    ]

    assert marked == [["40"], ["60"]]


def test_rows_of_one_outlet_are_left_out_until_they_are_asked_for(ferry):
    assert [row.title for row in build_comparison(ferry).rows] == ["people aboard"]
    assert len(build_comparison(ferry, Filters(shared_only=False)).rows) == 3


def test_a_quantity_is_shown_as_the_interval_it_means(ferry):
    claim = claim_of(ferry.articles.get(outlet__name="North Post"))
    add_quantity(claim, "40", 40, None, counted="people")

    row = build_comparison(ferry).rows[0]

    assert row.cells[0].readings[0].value == "40 or more people"


def test_a_part_shows_the_words_of_its_sentence_that_limit_it():
    story = make_story()
    north = make_article(story, "North Post", ["It would shut the pier and sell the boats."])
    south = make_article(story, "South Mail", ["The boats are for sale."], hours=2)
    claim = claim_of(north)
    claim.start, claim.quote = claim.start + 27, claim.quote[27:]
    claim.details = {**claim.details, "qualifiers": [[3, 8]]}
    claim.save()
    make_row(story, [claim, claim_of(south)])

    row = build_comparison(story).rows[0]

    assert _text(row.cells[0].readings[0].pieces) == "sell the boats."
    assert [cell.readings[0].limits for cell in row.cells] == [("would",), ()]


def test_rows_come_by_the_severity_of_what_is_open_in_them(ferry):
    late = make_article(ferry, "West Sun", ["It was raining."], hours=4)
    group = make_row(ferry, [claim_of(late)], "later row")
    make_finding(ferry, group, [claim_of(late)], key="late", severity="medium")

    assert [row.title for row in build_comparison(ferry).rows] == [
        "people aboard",
        "later row",
    ]

    decide_finding(story=ferry, finding_key="aboard", value="dismiss", reason=2, user=make_user())

    assert [row.title for row in build_comparison(ferry).rows] == [
        "later row",
        "people aboard",
    ]


def test_a_dismissed_finding_leaves_the_counts_and_is_found_by_its_state(ferry):
    decide_finding(story=ferry, finding_key="aboard", value="dismiss", reason=2, user=make_user())

    assert build_comparison(ferry).counts == {}
    assert len(build_comparison(ferry, Filters(state="dismissed")).rows) == 1
    assert build_comparison(ferry, Filters(state="open")).rows == ()


def test_an_article_still_being_read_has_not_analysed_cells(ferry):
    late = make_article(ferry, "Late Wire", ["Nothing yet."], hours=3)
    Article.objects.filter(pk=late.pk).update(state=Article.State.WAITING)

    row = build_comparison(ferry).rows[0]

    assert [cell.kind for cell in row.cells] == ["reading", "reading", "not_analysed"]


def test_in_an_article_about_the_same_person_a_claim_is_not_found_and_nothing_in_another():
    story = make_story()
    told = make_article(story, "North Post", ["Orla Venn was asleep."])
    names = make_article(story, "South Mail", ["Orla Venn is forty."], hours=1)
    make_article(story, "West Sun", ["The weather was mild."], hours=2)
    add_mention(claim_of(told), "Orla Venn")
    add_mention(claim_of(names), "Orla Venn")
    make_row(story, [claim_of(told)])

    (row,) = build_comparison(story, Filters(shared_only=False)).rows

    assert [cell.kind for cell in row.cells] == ["reading", "not_found", "not_covered"]


def test_what_lacks_an_addition_did_not_leave_it_out(ferry):
    west = make_article(ferry, "West Sun", ["The weather was mild."], hours=2)
    row = ferry.groups.get(pk=build_comparison(ferry).rows[0].group_id)
    finding = make_finding(ferry, row, [], key="adds", kind="cause_added", outcome="unsupported")
    finding.missing_in.add(west)

    assert build_comparison(ferry).rows[0].cells[2].kind == "not_covered"


def test_an_article_a_finding_of_the_row_compares_is_not_said_to_have_nothing_of_it():
    story = make_story()
    wire = make_article(story, "Coast Wire", ["The captain was held.", "It sank."])
    mail = make_article(story, "South Mail", ["Police hold nobody.", "It sank."], hours=1)
    echo = make_article(story, "Daily Echo", ["It sank."], hours=2)
    row = make_row(story, [claim_of(wire)], "Who was held")
    make_row(story, [claim_of(mail)], "What the police do")
    make_row(story, [claim_of(wire, 1), claim_of(mail, 1), claim_of(echo)], "That it sank")
    make_finding(story, row, [claim_of(wire), claim_of(mail)], key="held", kind="polarity")

    def cells() -> dict[int, tuple[str, str]]:
        shown = build_row(story, row.pk).cells
        return {cell.article_id: (cell.kind, cell.label) for cell in shown}

    assert cells()[mail.pk] == ("elsewhere", "In another row: “Police hold nobody.”")
    assert cells()[echo.pk][0] == "not_found"
    decide_finding(
        story=story, finding_key="held", value="dismiss", reason=1, user=make_user("eve")
    )
    assert cells()[mail.pk][0] == "not_found"


def test_only_what_a_finding_says_was_left_out_is_called_so(ferry):
    west = make_article(ferry, "West Sun", ["The weather was mild."], hours=2)
    first = build_comparison(ferry).rows[0]
    row, kinds = ferry.groups.get(pk=first.group_id), [cell.kind for cell in first.cells]
    finding = make_finding(ferry, row, [], key="left", kind="omission", outcome="compatible")
    finding.missing_in.add(west)

    assert kinds == ["reading", "reading", "not_covered"]
    assert [c.kind for c in build_comparison(ferry).rows[0].cells] == [
        "reading",
        "reading",
        "omitted",
    ]


def test_a_refused_match_is_told_apart_from_an_omission(ferry):
    north, south = (ferry.articles.get(outlet__name=n) for n in ("North Post", "South Mail"))
    a, b = claim_of(north, 1), claim_of(south, 1)
    AlignmentDecision.objects.create(
        story=ferry,
        a_article=north,
        a_key="a",
        a_quote=a.quote,
        b_article=south,
        b_key="b",
        b_quote=b.quote,
        value="refuse",
    )

    rows = build_comparison(ferry, Filters(shared_only=False)).rows

    assert rows[1].cells[1].kind == "refused"


def test_the_agency_stands_first_and_its_copy_beside_it():
    story = make_story()
    own = make_article(story, "Harbour Gazette", ["Our own report."], hours=0)
    wire = make_article(story, "Meridian Wire", ["The agency's report."], is_wire=True, hours=5)
    copy = make_article(story, "Daily Copy", ["The agency's report, edited."], hours=6)
    make_origin(story, [own], None)
    make_origin(story, [copy, wire], wire)

    comparison = build_comparison(story)

    assert [c.outlet for c in comparison.columns] == [
        "Meridian Wire",
        "Daily Copy",
        "Harbour Gazette",
    ]
    assert [c.sigil for c in comparison.columns] == ["A", "B", "C"]
    assert comparison.columns[1].goes_back_to == "Meridian Wire"
    assert comparison.independent_origins == 2


def test_an_article_that_others_copied_stands_before_earlier_ones_nobody_copied():
    story = make_story()
    own = make_article(story, "Harbour Gazette", ["Our own report."], hours=0)
    source = make_article(story, "Meridian", ["The report."], hours=5)
    copy = make_article(story, "Daily Copy", ["The report, edited."], hours=6)
    make_origin(story, [own], own)
    make_origin(story, [copy, source], source)

    comparison = build_comparison(story)

    assert [c.outlet for c in comparison.columns] == ["Meridian", "Daily Copy", "Harbour Gazette"]


def test_a_row_alone_is_the_row_of_the_whole_matrix(ferry):
    (row,) = build_comparison(ferry).rows

    assert build_row(ferry, row.group_id) == row


def test_unknown_values_in_the_address_give_the_default_page():
    filters = filters_from(QueryDict("sort=chaos&state=odd&severity=huge&shared=maybe"))

    assert filters == Filters()


def test_what_needs_a_person_is_filtered_beside_the_outcomes_and_has_a_mark_of_its_own(ferry):
    group = ferry.groups.get(title="people aboard")
    make_finding(
        ferry, group, [], key="open", outcome="compatible", severity="low",
        needs_person="only one outlet dates it",
    )  # fmt: skip

    def found(query: str) -> list[str]:
        comparison = build_comparison(ferry, filters_from(QueryDict(query)))
        return [row.title for row in comparison.rows]

    both = build_comparison(ferry).rows[0].findings
    assert [chip.needs_person for chip in build_chips(both)] == ["", "only one outlet dates it"]
    assert len(found("outcome=unsettled")) == 1
    assert found("outcome=compatible") == []


def test_a_conflict_cannot_be_stored_as_a_question(ferry):
    with pytest.raises(IntegrityError, match="needs_a_person"), transaction.atomic():
        make_finding(ferry, None, [], needs_person="which day is meant")


def test_filters_survive_the_way_into_the_address_and_back():
    filters = Filters(severities=("high", "low"), state="open", query="bus fare", shared_only=False)

    assert filters_from(QueryDict(filters.as_query())) == filters


def test_the_search_finds_words_of_any_reading(ferry):
    assert len(build_comparison(ferry, Filters(query="FERRY 60")).rows) == 1
    assert build_comparison(ferry, Filters(query="submarine")).rows == ()


def test_a_finding_card_shows_the_words_of_each_side(ferry):
    view = find_finding(ferry, "aboard")

    assert [(outlet, _text(pieces)) for outlet, pieces in view.sides] == [
        ("North Post", "The ferry carried 40 people."),
        ("South Mail", "The ferry carried 60 people."),
    ]


def test_a_decided_finding_that_is_gone_can_still_be_read(ferry):
    decide_finding(story=ferry, finding_key="aboard", value="confirm", user=make_user())
    ferry.findings.all().delete()

    view = find_finding(ferry, "aboard")

    assert (view.state, view.explanation) == ("confirmed", "One says 40, the other says 60.")


def test_a_wide_and_long_matrix_needs_as_many_queries_as_a_small_one():
    small, large = make_matrix(2, 5), make_matrix(20, 200)

    assert count_queries(build_comparison, large) == count_queries(build_comparison, small)
    assert len(build_comparison(large).rows) == 200


def test_an_article_page_costs_the_same_for_a_long_article():
    small, large = make_matrix(2, 5), make_matrix(4, 60)

    pages = [story.articles.select_related("outlet", "story").first() for story in (small, large)]

    assert count_queries(build_article_page, pages[0]) == count_queries(
        build_article_page, pages[1]
    )


def test_a_passage_shows_a_few_other_wordings_and_counts_the_rest():
    story = make_story()
    outlets = [
        make_article(story, f"Outlet {number}", [f"It carried {number} people."], hours=number)
        for number in range(8)
    ]
    make_row(story, [claim_of(article) for article in outlets])

    page = build_article_page(outlets[3])

    mark = page.paragraphs[0].margin[0]
    assert [outlet for outlet, _ in mark.others] == [f"Outlet {n}" for n in (0, 1, 2, 4, 5)]
    assert mark.more == 2
    assert mark.label == "also in 7 others, 7 other origins"


def test_an_article_page_keeps_every_character_of_its_segments(ferry):
    article = ferry.articles.select_related("outlet", "story").get(outlet__name="South Mail")

    page = build_article_page(article)

    words = ["".join(part.text for part in paragraph.parts) for paragraph in page.paragraphs]
    assert words == ["The ferry carried 60 people.", "Captain Orla Venn was asleep."]
    assert page.paragraphs[0].margin[0].finding_key == "aboard"
    assert page.paragraphs[0].margin[0].others == (("North Post", "The ferry carried 40 people."),)
    assert (page.shared_share, page.only_here_share, page.contradicted_share) == (0.5, 0.5, 0.5)


def test_a_note_on_an_earlier_version_is_shown_where_its_words_are_or_as_orphaned():
    story = make_story()
    old = make_article(story, "North Post", ["The ferry carried 40 people.", "It sank."])
    for start, end in ((0, 28), (30, 38)):
        Annotation.objects.create(
            article=old, start=start, end=end, quote=old.text[start:end], note="Check this."
        )
    new = make_version(old, ["An update.", "The ferry carried 40 people.", "It drifted."])

    page = build_article_page(Article.objects.select_related("outlet", "story").get(pk=new.pk))

    assert [new.text[note.start : note.end] for note in page.notes] == [
        "The ferry carried 40 people."
    ]
    assert [note.quote for note in page.orphaned_notes] == ["It sank."]


def test_the_story_list_counts_what_is_open_and_costs_the_same_for_many():
    make_matrix(2, 3)
    one = count_queries(build_story_list)
    for _ in range(5):
        make_matrix(2, 3)

    stories = build_story_list()

    assert count_queries(build_story_list) == one
    assert stories.total == 6
    assert stories.lines[0].counts == {"high": 1, "medium": 1, "low": 1}
    assert (stories.lines[0].articles, stories.lines[0].origins) == (2, 2)


def test_the_story_list_is_searched_by_title_and_outlet(ferry):
    make_matrix(2, 1)

    def titles(query: str) -> list[str]:
        found = build_story_list(story_filters_from(QueryDict(query)))
        return [line.title for line in found.lines]

    assert titles("q=ferry") == ["Ferry runs aground off Lisse Head"]
    assert titles("q=south+mail") == ["Ferry runs aground off Lisse Head"]
    assert titles("outlet=outlet-1") == ["A wide story"]
    assert titles("severity=low") == []
