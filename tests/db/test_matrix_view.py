"""The reader's view of the matrix: order, reference, copies folded, what is marked."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from apps.claims.actions import assign_finding
from apps.claims.comparison import Filters, build_comparison, filters_from
from tests.db.stories import (
    add_mention,
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


@pytest.fixture
def bridge():
    """A wire report, two copies of it, and an outlet of its own; the second copy adds a claim."""
    story = make_story("Toll bridge closes")
    wire = make_article(story, "Fen Wire", ["The bridge closed at six.", "Nobody was hurt."], is_wire=True)  # fmt: skip
    early = make_article(story, "Marsh Post", ["The bridge closed at six."], hours=1)
    late = make_article(story, "Reed Daily", ["The bridge closed at seven.", "The mayor wept."], hours=2)  # fmt: skip
    own = make_article(story, "Dyke Mail", ["The bridge closed at nine.", "Tolls will rise."], hours=3)  # fmt: skip
    closing = make_row(story, [claim_of(a) for a in (wire, early, late, own)], "When it closed")
    hurt = make_row(story, [claim_of(wire, 1)], "Who was hurt")
    mayor = make_row(story, [claim_of(late, 1)], "What the mayor did")
    make_row(story, [claim_of(own, 1)], "What becomes of tolls")
    make_finding(story, closing, [claim_of(wire), claim_of(late), claim_of(own)], key="time", words=["six", "seven", "nine"])  # fmt: skip
    make_finding(story, closing, [claim_of(wire), claim_of(late)], key="copy", severity="medium", words=["six", "seven"])  # fmt: skip
    make_finding(story, mayor, [claim_of(late, 1)], key="wept", severity="low", kind="unsupported_addition")  # fmt: skip
    make_finding(story, hurt, [claim_of(wire, 1)], key="hurt", severity="low", kind="unsupported_addition")  # fmt: skip
    make_origin(story, [wire, early, late], wire)
    make_origin(story, [own], own)
    return story


def _outlets(comparison) -> list[str]:
    return [column.outlet for column in comparison.columns]


def _article(story, outlet: str) -> int:
    return story.articles.get(outlet__name=outlet).pk


def _read(query: str) -> Filters:
    return filters_from(QueryDict(query))


# --- order -----------------------------------------------------------------------------------


def test_columns_stand_in_the_order_of_the_address_with_copies_beside_their_origin(bridge):
    order = f"{_article(bridge, 'Dyke Mail')}.{_article(bridge, 'Reed Daily')}"

    comparison = build_comparison(bridge, _read(f"order={order}"))

    assert _outlets(comparison) == ["Dyke Mail", "Fen Wire", "Reed Daily", "Marsh Post"]
    assert [c.sigil for c in comparison.columns] == ["D", "A", "C", "B"]


def test_addresses_name_columns_by_their_outlets_and_links_with_numbers_still_lead_there(bridge):
    mail, daily = _article(bridge, "Dyke Mail"), _article(bridge, "Reed Daily")

    named = build_comparison(bridge, _read("order=dyke-mail.reed-daily&against=reed-daily"))
    numbered = build_comparison(bridge, _read(f"order={mail}.{daily}&against={daily}"))

    assert _outlets(named) == _outlets(numbered)
    assert named.headings == numbered.headings
    assert named.view == numbered.view
    assert numbered.filters.as_query() == "order=dyke-mail.reed-daily&against=reed-daily"
    assert named.headings[1].reference_query.endswith("&against=dyke-mail")


def test_of_two_articles_of_one_outlet_the_later_has_a_number():
    story = make_story("Two of one")
    later = make_article(story, "Fen Wire", ["The bridge is open again."], hours=5)
    make_article(story, "Fen Wire", ["The bridge is shut."], hours=1)

    comparison = build_comparison(story, _read("against=fen-wire~2&shared=0"))

    assert [column.name for column in comparison.columns] == ["fen-wire~2", "fen-wire"]
    assert comparison.headings[0].is_reference
    assert comparison.headings[0].column.article_id == later.pk


def test_a_name_no_column_has_leaves_the_address(bridge):
    comparison = build_comparison(bridge, _read("order=dyke-mail.nobody&against=nobody~2"))

    assert comparison.filters.as_query() == "order=dyke-mail"


def test_a_link_moves_a_whole_family_past_another_and_back(bridge):
    plain = build_comparison(bridge)
    moved = build_comparison(bridge, _read(plain.headings[0].right_query))

    assert _outlets(moved) == ["Dyke Mail", "Fen Wire", "Marsh Post", "Reed Daily"]
    assert moved.headings[1].left_query == ""
    assert plain.headings[0].left_query is None


def test_a_copy_moves_inside_its_family_only(bridge):
    _, first, second, _ = build_comparison(bridge).headings
    assert first.left_query is None

    moved = build_comparison(bridge, _read(first.right_query))

    assert _outlets(moved) == ["Fen Wire", "Reed Daily", "Marsh Post", "Dyke Mail"]
    assert second.right_query is None


@pytest.mark.parametrize("order", ["x.y", "99999", "-1", "1e9", "." * 5000, "²", "<script>"])
def test_an_order_of_nonsense_is_the_usual_order(bridge, order):
    filters = filters_from({"order": order})

    assert _outlets(build_comparison(bridge, filters)) == [
        "Fen Wire",
        "Marsh Post",
        "Reed Daily",
        "Dyke Mail",
    ]


def test_clearing_filters_keeps_the_view(bridge):
    filters = _read("severity=high&order=3.1&wire=0&diff=values&against=4")

    assert filters.view_query == "order=3.1&against=4&wire=0&diff=values"
    assert not filters.is_default
    assert _read(filters.view_query).is_default


# --- copies folded ---------------------------------------------------------------------------


def test_folded_copies_take_their_columns_rows_and_findings_along(bridge):
    comparison = build_comparison(bridge, _read("wire=0&shared=0"))

    assert _outlets(comparison) == ["Fen Wire", "Dyke Mail"]
    assert comparison.columns[0].copies == (("B", "Marsh Post"), ("C", "Reed Daily"))
    assert [row.position for row in comparison.rows] == [0, 1, 3]
    assert [view.key for view in comparison.rows[0].findings] == ["time"]
    assert comparison.rows[0].findings[0].sigils == ("A", "D")
    assert comparison.counts == {"high": 1, "low": 1}
    assert comparison.total == 4


def test_without_copies_there_is_nothing_to_fold():
    story = make_matrix(3, 2)

    assert not build_comparison(story).has_copies


# --- a reference -----------------------------------------------------------------------------


def test_everything_is_set_against_the_reference(bridge):
    mail = _article(bridge, "Dyke Mail")
    comparison = build_comparison(bridge, _read(f"against={mail}&shared=0&sort=position"))

    assert _outlets(comparison)[0] == "Dyke Mail"
    closing, hurt, mayor, tolls = comparison.rows
    assert [cell.against for cell in closing.cells] == ["", "", "", ""]
    assert [cell.against for cell in hurt.cells] == ["", "added", "", ""]
    assert [cell.against for cell in mayor.cells] == ["", "", "", "added"]
    assert [cell.against for cell in tolls.cells] == ["", "lacks", "lacks", "lacks"]
    assert [(h.added, h.lacking) for h in comparison.headings] == [(0, 0), (1, 1), (0, 1), (1, 1)]


def test_rows_can_be_those_the_reference_lacks_or_alone_has(bridge):
    mail = _article(bridge, "Dyke Mail")

    def rows(rest: str) -> list[int]:
        comparison = build_comparison(bridge, _read(f"against={mail}&rest={rest}&sort=position"))
        return [row.position for row in comparison.rows]

    assert rows("added") == [1, 2]
    assert rows("alone") == [3]


# --- what is marked --------------------------------------------------------------------------


def test_only_differences_leaves_rows_without_out_and_names_the_same_words(bridge):
    comparison = build_comparison(bridge, _read("diff=only&shared=0"))

    assert [row.position for row in comparison.rows] == [0, 1, 2]
    readings = [cell.readings[0] for cell in comparison.rows[0].cells]
    assert [reading.same_as for reading in readings] == ["", "A", "", ""]


def test_a_number_stays_a_value_whatever_it_is_marked_for(ferry_numbers):
    html = ferry_numbers.content.decode()

    assert '<mark class="mark--differs mark--value">60</mark>' in html


@pytest.fixture
def ferry_numbers(client: Client):
    from tests.db.stories import add_quantity

    story = make_story()
    north = make_article(story, "North Post", ["The ferry carried 40 people."])
    south = make_article(story, "South Mail", ["The ferry carried 60 people."], hours=1)
    for article, words in ((north, "40"), (south, "60")):
        add_quantity(claim_of(article), words, int(words), int(words))
    group = make_row(story, [claim_of(north), claim_of(south)])
    make_finding(story, group, [claim_of(north), claim_of(south)], words=["40", "60"])
    client.force_login(make_user())
    return client.get(story.get_absolute_url())


# --- the page --------------------------------------------------------------------------------


def test_page_and_part_say_the_view_in_links_and_fields(client: Client, bridge):
    client.force_login(make_user())
    mail = _article(bridge, "Dyke Mail")

    html = client.get(f"{bridge.get_absolute_url()}?wire=0&against={mail}&diff=values").content.decode()  # fmt: skip

    assert "with 2 copies: B Marsh Post, C Reed Daily" in html
    assert 'name="wire" value="0" form="filters"' in html
    assert (
        f'data-key="w" href="{bridge.get_absolute_url()}?against=dyke-mail&amp;diff=values"' in html
    )
    assert "diff--values matrix--against" in html
    assert "the reference" in html


def test_a_part_says_aloud_how_many_claims_it_shows(client: Client, bridge):
    client.force_login(make_user())

    html = client.get(
        f"{bridge.get_absolute_url()}?severity=high", headers={"HX-Request": "true"}
    ).content.decode()

    assert "1 of 4 claims, 4 columns" in html
    assert 'id="counts"' in html


def test_the_view_costs_the_same_queries_for_a_large_story(client: Client):
    client.force_login(make_user())

    def queries(columns: int, rows: int) -> int:
        story = make_matrix(columns, rows)
        article = story.articles.order_by("pk")[1].pk
        return count_queries(
            client.get, f"{story.get_absolute_url()}?wire=0&against={article}&diff=only"
        )

    assert queries(2, 5) == queries(8, 40)


# --- topics and where it differs -------------------------------------------------------------


@pytest.fixture
def harbour():
    """Six rows: three name the harbour office, two the owner, all but one the ship."""
    story = make_story()
    article = make_article(story, "North Post", [f"Sentence {n} is told." for n in range(6)])
    for number, names in enumerate(("ho", "s", "sh", "so", "so", "sh")):
        claim = claim_of(article, number)
        row = make_row(story, [claim])
        for letter in names:
            name = {"h": "Harbour Office", "o": "Orla Venn", "s": "The Sentence"}[letter]
            add_mention(claim, "Sentence")
            claim.mentions.filter(canonical="Sentence").update(canonical=name)
        if number in (0, 4):
            make_finding(story, row, [claim], severity="high" if number else "low")
    return story


def test_rows_stand_under_the_name_most_of_them_share_but_not_under_the_story_itself(harbour):
    comparison = build_comparison(harbour, _read("topics=1&shared=0&sort=position"))

    assert [(row.position, topic) for row, topic, _ in comparison.led_rows] == [
        (0, "Harbour Office (3)"),
        (2, ""),
        (5, ""),
        (3, "Orla Venn (2)"),
        (4, ""),
        (1, "Other claims (1)"),
    ]


def test_topics_come_in_the_order_of_their_first_row(harbour):
    comparison = build_comparison(harbour, _read("topics=1&shared=0"))

    assert next(topic for _, topic, _ in comparison.led_rows if topic) == "Orla Venn (2)"


def test_the_strip_has_a_mark_for_each_row_with_findings_and_says_so_in_words(harbour):
    density = build_comparison(harbour, _read("shared=0&sort=position"), most=1).density

    assert [(m.place, m.severity, m.width) for m in density.marks] == [(0, "low", 3), (4, "high", 10)]  # fmt: skip
    assert [part.label for part in density.parts][:2] == ["Claim 1", "Claim 2"]
    assert density.parts[4].counts == {"high": 1}
    assert density.rows == 6


def test_the_strip_speaks_of_tenths_of_a_long_matrix():
    density = build_comparison(make_matrix(2, 41)).density

    assert [part.label for part in density.parts][:2] == ["Claims 1–5", "Claims 6–10"]
    assert density.parts[-1].label == "Claims 41–41"


def test_topics_cost_the_same_queries_for_a_large_story():
    def queries(rows: int) -> int:
        story = make_matrix(2, rows)
        return count_queries(build_comparison, story, _read("topics=1"))

    assert queries(3) == queries(30)


def test_who_has_what_is_asked_only_where_something_is_assigned(client, bridge):
    wanda = make_user("wanda")
    client.force_login(wanda)
    before = client.get(bridge.get_absolute_url()).content.decode()
    group = bridge.groups.first()
    make_finding(bridge, group, [group.alignments.first().claim], key="closing")
    assign_finding(story=bridge, finding_key="closing", assignee=wanda, user=wanda)

    after = client.get(bridge.get_absolute_url()).content.decode()

    assert 'id="filter-assigned"' not in before
    assert 'id="filter-assigned"' in after
    assert 'id="filter-assigned"' in client.get(
        f"{make_story().get_absolute_url()}?assigned=wanda"
    ).content.decode()  # fmt: skip


def test_words_written_in_another_script_are_not_marked_as_english(client):
    story = make_story()
    wire = make_article(story, "Coast Wire", ["המעבורת נשאה 40 איש."])
    mail = make_article(story, "South Mail", ["The ferry carried 40 people."], hours=1)
    row = make_row(story, [claim_of(wire), claim_of(mail)], "How many were aboard")
    client.force_login(make_user("rhea", "reader"))

    html = client.get(story.get_absolute_url()).content.decode()
    article = client.get(wire.get_absolute_url()).content.decode()

    assert '<blockquote class="words" lang="" dir="auto">המעבורת' in html
    assert '<blockquote class="words" lang="en" dir="auto">The ferry' in html
    assert f'id="title-{row.pk}" lang="en" dir="auto">How many' in html
    assert '<div class="para__text" lang="" dir="auto">' in article
