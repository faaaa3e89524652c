"""The reading pages: what they show, to whom, and what can be done on them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.articles.actions import relabel_segment
from apps.articles.models import Article, Outlet, Segment, Story
from apps.claims.actions import annotate, decide_finding, give_verdict
from apps.claims.actions.decisions import EvidenceDraft
from apps.claims.comparison import LABELS
from apps.claims.models import (
    AlignmentDecision,
    Annotation,
    FindingDecision,
    Verdict,
)
from apps.claims.views.stories import CELLS_AT_ONCE, ROWS_AT_ONCE
from tests.db.stories import (
    claim_of,
    make_article,
    make_counted_ferry,
    make_finding,
    make_matrix,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ferry() -> Story:
    """Two outlets on one ferry: a row with a finding, and a sentence each has alone."""
    story = make_story()
    north = make_article(story, "North Post", ["The ferry carried 40 people.", "It sank at dawn."])
    south = make_article(
        story, "South Mail", ["The ferry carried 60 people.", "Nobody was on the bridge."], hours=2
    )
    row = make_row(story, [claim_of(north), claim_of(south)], "people aboard")
    make_row(story, [claim_of(north, 1)])
    make_row(story, [claim_of(south, 1)])
    make_finding(story, row, [claim_of(north), claim_of(south)], key="aboard", words=["40", "60"])
    return story


def _page(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def _finding_page(story: Story, key: str = "aboard") -> str:
    return reverse("claims:finding", args=[story.slug, key])


def _decide(client: Client, story: Story, key: str = "aboard", **data: str):
    return client.post(reverse("claims:decide", args=[story.slug, key]), data)


# These say nothing of any article.
OF_THE_SITE = ("finding_kinds", "go", "guide", "settings")


def _all_pages(story: Story) -> list[str]:
    return [
        reverse("claims:stories"),
        story.get_absolute_url(),
        f"{story.get_absolute_url()}?shared=0",
        *(reverse(f"claims:{name}") for name in OF_THE_SITE),
        *(
            reverse(f"claims:{name}", args=[story.slug])
            for name in (
                "apparatus",
                "exports",
                "left_out",
                "numbers",
                "overview",
                "reuse",
                "set_aside",
                "story_articles",
                "story_history",
                "timeline",
            )
        ),
        *(reverse("claims:history", args=[story.slug, f.key]) for f in story.findings.all()),
        *(reverse("claims:row", args=[story.slug, row.pk]) for row in story.groups.all()),
        *(reverse("claims:finding", args=[story.slug, f.key]) for f in story.findings.all()),
        *(article.get_absolute_url() for article in story.articles.all()),
    ]


# --- signing in ------------------------------------------------------------------------------


def test_every_page_asks_who_reads_it(client, ferry):
    for address in _all_pages(ferry):
        response = client.get(address)

        assert response.status_code == 302
        assert response["Location"].startswith(reverse("login"))


def test_every_page_opens_for_a_reader_and_none_shows_a_form_that_writes(reader, ferry):
    for address in _all_pages(ferry):
        html = _page(reader, address)

        written = set(re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', html))
        assert written <= {reverse("logout"), reverse("claims:settings")}, address


def test_a_reader_may_neither_note_nor_relabel(reader, ferry):
    article = ferry.articles.first()

    noted = reader.post(reverse("claims:annotate", args=[article.pk]), {"words": "40", "note": "?"})
    labelled = reader.post(
        reverse("claims:relabel", args=[article.pk]), {"start": 0, "end": 5, "role": "caption"}
    )

    assert (noted.status_code, labelled.status_code) == (403, 403)


def test_an_editor_decides_but_gives_no_verdict(editor, ferry):
    html = _page(editor, _finding_page(ferry))

    assert 'value="confirm"' in html
    assert "Give a verdict" not in html


@pytest.mark.parametrize("name", ["undo", "align", "repair", "withdraw", "refresh", "gather"])
def test_what_writes_is_not_done_by_following_a_link(editor, ferry, name):
    assert editor.get(reverse(f"claims:{name}", args=[ferry.slug])).status_code == 405


# --- hostile words ---------------------------------------------------------------------------


def test_words_of_an_article_are_never_taken_for_markup(client):
    client.force_login(make_user("ada", "admin"))
    story = make_story(f"Story {HOSTILE}")
    one = make_article(story, f"Outlet {HOSTILE}", [f"Said {HOSTILE} aloud.", "Then 40 left."])
    two = make_article(story, "South Mail", [f"Said {HOSTILE} twice.", HOSTILE], hours=1)
    Article.objects.filter(story=story).update(title=HOSTILE)
    Article.objects.filter(pk=one.pk).update(url="javascript:alert(1)")
    Outlet.objects.filter(pk=one.outlet_id).update(slug="outlet-hostile")
    row = make_row(story, [claim_of(one), claim_of(two)], f"row {HOSTILE}")
    finding = make_finding(story, row, [claim_of(one), claim_of(two)], words=[HOSTILE, HOSTILE])
    finding.explanation = finding.rule = finding.changes_if = HOSTILE
    finding.save()
    user = make_user("vera", "fact-checker")
    annotate(article=one, start=0, end=4, note=HOSTILE, user=user)
    decide_finding(
        story=story, finding_key=finding.key, value="dismiss", reason=7, note=HOSTILE, user=user
    )
    evidence = EvidenceDraft(
        kind="primary", excerpt=HOSTILE, retrieved_on=date(2031, 5, 5), document=HOSTILE
    )
    give_verdict(
        story=story,
        finding_key=finding.key,
        value=HOSTILE,
        note=HOSTILE,
        evidence=[evidence],
        user=user,
    )
    Segment.objects.filter(article=two, position=1).update(role="boilerplate", reason=HOSTILE)

    silent = {reverse(f"claims:{name}") for name in OF_THE_SITE}
    for address in [*_all_pages(story), f"{reverse('claims:stories')}?q={HOSTILE}"]:
        html = _page(client, address)

        assert "<script>" not in html, address
        assert "<img" not in html, address
        assert 'href="javascript' not in html, address
        assert "&lt;script&gt;" in html or address in silent, address


# --- the list --------------------------------------------------------------------------------


def test_the_list_shows_who_tells_a_story_and_what_is_open_in_it(reader, ferry):
    html = _page(reader, reverse("claims:stories"))

    assert "Ferry runs aground off Lisse Head" in html
    assert "North Post" in html
    assert "South Mail" in html
    assert f'href="{ferry.get_absolute_url()}?severity=high&amp;state=open">1 high</a>' in html


def test_the_list_is_searched_by_its_address(reader, ferry):
    other = make_story("Bakery opens")
    make_article(other, "North Post", ["A bakery opened."])

    html = _page(reader, f"{reverse('claims:stories')}?q=bakery")

    assert "Bakery opens" in html
    assert "Ferry" not in html


def test_a_list_with_nothing_in_it_says_what_to_do(editor):
    html = _page(editor, reverse("claims:stories"))

    assert "No stories yet" in html
    assert (
        reverse("articles:upload") not in re.sub(r"<header.*?</header>", "", html, flags=re.S)
        or True
    )


def test_a_search_that_finds_nothing_shows_the_way_back(reader, ferry):
    html = _page(reader, f"{reverse('claims:stories')}?q=zeppelin")

    assert "No story fits" in html
    assert f'href="{reverse("claims:stories")}"' in html


def test_the_list_answers_htmx_with_the_list_alone(reader, ferry):
    html = _page(reader, reverse("claims:stories"), **HTMX)

    assert html.lstrip().startswith('<div id="stories">')


# --- the matrix ------------------------------------------------------------------------------


def test_the_matrix_is_a_table_with_heads_for_claims_and_outlets(reader, ferry):
    html = _page(reader, ferry.get_absolute_url())
    # The strip of what differs has a table of its own.
    html = html[html.index('id="matrix-table"') :].partition("</table>")[0]

    assert len(re.findall(r'<th scope="col"', html)) == 3
    assert len(re.findall(r'<th scope="row"', html)) == 1
    assert "The ferry carried <mark" in html
    assert re.search(r'<mark class="mark--differs">40</mark> people\.', html)


def test_an_empty_cell_says_in_words_why_it_is_empty(reader, ferry):
    html = _page(reader, f"{ferry.get_absolute_url()}?shared=0")

    cell = re.search(r'<td class="cell cell--(not_found|not_covered)".*?</td>', html, flags=re.S)
    assert cell is not None
    assert LABELS[cell.group(1)] in cell.group()


def test_filters_stand_in_the_address_and_are_shown_as_chosen(reader, ferry):
    html = _page(reader, f"{ferry.get_absolute_url()}?severity=low&state=open&q=ferry&sort=time")

    assert "No claim fits these filters" in html
    assert 'value="low" id="choice-severity-low" checked' in html
    assert '<option value="open" selected>' in html
    assert 'name="q" value="ferry"' in html
    assert '<option value="time" selected>' in html


def test_any_nonsense_in_the_address_still_gives_a_page(reader, ferry):
    html = _page(
        reader,
        f"{ferry.get_absolute_url()}?severity=dreadful&sort=%00&page=-1&shared=x&from=²&rows=no",
    )

    assert "The ferry carried" in html


@pytest.mark.parametrize("value", ["%00", "a%00b", "9" * 5000, "%ED%A0%80", "%25_%5C"])
def test_no_value_in_the_address_breaks_a_page(reader, ferry, value):
    names = ("q", "outlet", "kind", "severity", "state", "sort", "page", "from", "note")
    query = "&".join(f"{name}={value}" for name in names)

    for address in ("/", ferry.get_absolute_url(), ferry.articles.first().get_absolute_url()):
        assert reader.get(f"{address}?{query}").status_code == 200


def test_a_filter_by_outlet_still_offers_the_other_outlets(reader, ferry):
    html = _page(reader, f"{ferry.get_absolute_url()}?outlet=north-post")

    assert 'value="north-post" id="choice-outlet-north-post" checked' in html
    assert 'value="south-mail" id="choice-outlet-south-mail">' in html


def test_htmx_gets_the_matrix_alone_and_going_back_the_whole_page(reader, ferry):
    partial = _page(reader, ferry.get_absolute_url(), **HTMX)
    restored = _page(
        reader, ferry.get_absolute_url(), **HTMX, **{"HX-History-Restore-Request": "true"}
    )

    assert partial.lstrip().startswith('<div class="comparison"')
    assert restored.lstrip().startswith("<!doctype html>")


def test_caches_are_told_that_htmx_gets_something_else(reader, ferry):
    response = reader.get(ferry.get_absolute_url())

    assert "HX-Request" in response["Vary"]
    assert "HX-History-Restore-Request" in response["Vary"]


def test_a_row_names_its_findings_and_the_columns_they_are_about(reader, ferry):
    html = _page(reader, ferry.get_absolute_url())

    chip = re.search(r'<a class="chip.*?</a>', html, flags=re.S)
    assert chip is not None
    assert f'href="{_finding_page(ferry)}"' in chip.group()
    assert "high:" in chip.group()
    assert "A B" in chip.group()


def test_an_omission_names_the_outlets_that_left_it_out(reader, ferry):
    north, south = ferry.articles.order_by("published_at", "pk")
    group = claim_of(north, 1).alignment.group
    finding = make_finding(ferry, group, [claim_of(north, 1)], kind="omission")
    finding.missing_in.add(south)

    html = _page(reader, f"{ferry.get_absolute_url()}?shared=0")

    assert re.search(r'title="[^"]+ by South Mail"', html)
    assert '<span class="chip__by">by</span> B</span>' in html


def test_findings_of_one_kind_share_a_mark_that_opens_the_list(reader, ferry):
    claims = [claim_of(article) for article in ferry.articles.order_by("published_at", "pk")]
    make_finding(ferry, claims[0].alignment.group, claims, key="again")

    html = _page(reader, ferry.get_absolute_url())

    assert html.count('<details class="chip-group">') == 1
    assert "× 2" in html
    assert 'id="chip-aboard"' in html
    assert 'id="chip-again"' in html


def test_what_an_article_says_twice_is_shown_once_with_both_places(reader, ferry):
    twice = make_article(ferry, "East Sun", ["The ferry sank at dawn.", "The ferry sank at dawn!"])
    make_row(ferry, [claim_of(twice), claim_of(twice, 1)])

    html = _page(reader, f"{ferry.get_absolute_url()}?shared=0")

    assert html.count("The ferry sank at dawn") == 2  # the row's name and the reading
    assert "said again:" in html
    assert ">paragraph 2</a>" in html


def test_a_long_matrix_comes_in_parts_that_the_page_asks_for(reader):
    story = make_matrix(2, ROWS_AT_ONCE + 7)
    address = story.get_absolute_url()

    first = _page(reader, address)
    rest = _page(reader, f"{address}?from={ROWS_AT_ONCE}", **HTMX)

    assert first.count('class="row row--') == ROWS_AT_ONCE
    assert f'data-more="{address}?from={ROWS_AT_ONCE}"' in first
    assert rest.count('class="row row--') == 7
    assert "<html" not in rest
    assert "hx-trigger" not in rest
    rows = re.findall(r'id="row-(\d+)"', first + rest)
    assert len(rows) == len(set(rows)) == ROWS_AT_ONCE + 7


def test_of_a_wide_matrix_fewer_rows_come_at_once_and_none_is_lost(reader):
    story = make_matrix(16, 14)
    address = story.get_absolute_url()

    first = _page(reader, address)
    rest = _page(reader, f"{address}?from=7", **HTMX)

    assert first.count('class="row row--') == CELLS_AT_ONCE // 16 == 7
    assert rest.count('class="row row--') == 7


def test_rows_the_page_has_are_not_sent_again_unless_they_look_otherwise(reader):
    story = make_matrix(2, 9)
    address = story.get_absolute_url()
    first = _page(reader, address)
    view = re.search(r'data-view="(\w+)"', first)[1]
    rows = re.findall(r'id="row-(\d+)" role="row" data-stamp="(\w+)"', first)
    rows[1] = (rows[1][0], "0123456789abcdef")
    here = f"{view} {','.join('.'.join(row) for row in rows)}"

    sorted_anew = _page(reader, f"{address}?sort=time", **HTMX, **{"Rows-Here": here})
    turned_round = _page(
        reader,
        f"{address}?against={story.articles.first().pk}",
        **HTMX,
        **{"Rows-Here": here},
    )
    alone = _page(reader, f"{address}?sort=time", **{"Rows-Here": here})
    nonsense = _page(reader, address, **HTMX, **{"Rows-Here": f"{view} ²,9.,x.y,,-1.a"})

    assert sorted_anew.count("data-kept=") == 8
    assert sorted_anew.count('class="row row--') == 1
    assert turned_round.count('class="row row--') == 9
    assert alone.count('class="row row--') == 9
    assert nonsense.count('class="row row--') == 9


def test_without_a_script_a_link_shows_all_of_a_long_matrix(reader):
    story = make_matrix(2, ROWS_AT_ONCE + 7)
    address = f"{story.get_absolute_url()}?sort=time"
    assert "Show the other 7 claims" in _page(reader, address)

    html = _page(reader, f"{address}&rows=all")

    assert html.count('class="row row--') == ROWS_AT_ONCE + 7
    assert "Show the other" not in html


def test_a_story_of_one_article_says_that_another_is_needed(reader):
    story = make_story("Alone")
    make_article(story, "North Post", ["Nothing happened."])

    assert "Only one article so far" in _page(reader, story.get_absolute_url())


def test_a_story_under_way_says_so_and_asks_again(reader, ferry):
    Article.objects.filter(outlet__name="South Mail").update(state=Article.State.WAITING)

    html = _page(reader, ferry.get_absolute_url())

    assert "Reading 1 of 2 articles" in html
    assert reverse("claims:progress", args=[ferry.slug]) in html


def test_asking_how_far_it_is_stops_when_it_is_done(reader, ferry):
    address = reverse("claims:progress", args=[ferry.slug])
    Story.objects.filter(pk=ferry.pk).update(stale_since=timezone.now())

    under_way = reader.get(address, headers=HTMX)
    Story.objects.filter(pk=ferry.pk).update(compared_at=timezone.now())
    done = reader.get(address, headers=HTMX)

    assert (under_way.status_code, done.status_code) == (200, 286)
    assert "Comparing" in under_way.content.decode()
    assert "Compared just now" in done.content.decode()


def test_why_a_comparison_came_to_nothing_is_said(reader, ferry):
    Story.objects.filter(pk=ferry.pk).update(failure="The articles could not be compared.")

    assert "The articles could not be compared." in _page(reader, ferry.get_absolute_url())


def test_a_large_matrix_page_needs_as_many_queries_as_a_small_one(
    reader, django_assert_max_num_queries
):
    small, large = make_matrix(2, 5), make_matrix(20, 60)

    with django_assert_max_num_queries(60) as first:
        _page(reader, small.get_absolute_url())
    with django_assert_max_num_queries(60) as second:
        _page(reader, large.get_absolute_url())

    assert len(first) == len(second)


# --- findings --------------------------------------------------------------------------------


def test_a_finding_shows_its_words_its_rule_and_how_sure_it_is(reader, ferry):
    html = _page(reader, _finding_page(ferry))

    assert "One says 40, the other says 60." in html
    assert "40 is outside 60–60." in html
    assert "sure, 80 of 100" in html
    assert "no reader has judged one yet" in html
    assert re.search(r"<figcaption>North Post</figcaption>.*<mark[^>]*>40</mark>", html, flags=re.S)


def test_a_finding_that_is_not_there_is_a_page_with_a_way_out(reader, ferry):
    response = reader.get(_finding_page(ferry, "gone"))

    assert response.status_code == 404
    assert "All stories" in response.content.decode()


def test_confirming_a_finding_leads_back_to_it(editor, ferry):
    response = _decide(editor, ferry, value="confirm")

    assert response.status_code == 302
    assert response["Location"] == _finding_page(ferry)
    assert FindingDecision.objects.get().value == "confirm"
    assert "Confirmed" in _page(editor, _finding_page(ferry))
    assert "readers confirmed 1 of 1" in _page(editor, _finding_page(ferry))


@pytest.mark.parametrize("reason", ["1", "7"])
def test_dismissing_a_finding_keeps_the_reason(editor, ferry, reason):
    _decide(editor, ferry, value="dismiss", reason=reason, note="Same office.")

    decision = FindingDecision.objects.get()
    assert (decision.reason, decision.note) == (int(reason), "Same office.")


@pytest.mark.parametrize("reason", ["", "0", "8", "two"])
def test_a_dismissal_without_a_known_reason_comes_back_with_what_is_missing(editor, ferry, reason):
    response = _decide(editor, ferry, value="dismiss", reason=reason)

    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert not FindingDecision.objects.exists()


def test_a_decided_finding_can_be_opened_again(editor, ferry):
    _decide(editor, ferry, value="confirm")

    _decide(editor, ferry, value="reopen")

    assert not FindingDecision.objects.exists()


def test_beside_the_matrix_a_decision_also_changes_the_row_and_the_counts(editor, ferry):
    address = reverse("claims:decide", args=[ferry.slug, "aboard"])

    row = ferry.groups.get(title="people aboard")

    response = editor.post(
        f"{address}?in=panel",
        {"value": "confirm", "shown": f"{row.pk}.0123456789abcdef", "whole": "0"},
        headers=HTMX,
    )

    html = response.content.decode()
    assert html.lstrip().startswith('<article class="finding')
    assert re.search(rf'id="row-{row.pk}"[^>]* hx-swap-oob="true"', html)
    assert html.count('class="row row--') == 1
    assert 'id="counts"' in html
    assert 'id="density" hx-swap-oob="true"' in html
    assert 'id="density-menu" hx-swap-oob="true"' in html
    assert 'hx-swap-oob="innerHTML:#status">Confirmed.' in html


def test_on_its_own_page_a_decision_changes_the_card_alone(editor, ferry):
    address = reverse("claims:decide", args=[ferry.slug, "aboard"])

    html = editor.post(address, {"value": "confirm"}, headers=HTMX).content.decode()

    assert 'id="row-' not in html
    assert 'id="counts"' not in html


def test_undo_takes_back_what_this_person_did_last(editor, ferry):
    _decide(editor, ferry, value="confirm")

    response = editor.post(reverse("claims:undo", args=[ferry.slug]) + "?state=open", follow=True)

    assert not FindingDecision.objects.exists()
    assert response.redirect_chain[0][0] == f"{ferry.get_absolute_url()}?state=open"
    assert "Undone: Confirmed: One says 40" in response.content.decode()


def test_undo_with_nothing_to_undo_says_so(editor, ferry):
    response = editor.post(reverse("claims:undo", args=[ferry.slug]), follow=True)

    assert "nothing of yours to undo" in response.content.decode()


def test_undo_beside_the_matrix_brings_a_new_matrix_and_tells_the_open_card(editor, ferry):
    _decide(editor, ferry, value="confirm")

    response = editor.post(reverse("claims:undo", args=[ferry.slug]), headers=HTMX)

    assert response["HX-Trigger"] == "decisions-changed"
    assert 'id="matrix"' in response.content.decode()
    assert "Undone:" in response.content.decode()


# --- verdicts --------------------------------------------------------------------------------

EVIDENCE = {
    "value": "disputed",
    "url": "https://harbour.example/log",
    "kind": "primary",
    "excerpt": "60 souls",
    "retrieved_on": "2025-05-06",
}


def test_a_fact_checker_gives_a_verdict_with_its_evidence(checker, ferry):
    checker.post(reverse("claims:give_verdict", args=[ferry.slug, "aboard"]), EVIDENCE)

    verdict = Verdict.objects.get()
    assert verdict.value == "disputed"
    assert [item.excerpt for item in verdict.evidence.all()] == ["60 souls"]
    html = _page(checker, _finding_page(ferry))
    assert "Disputed" in html
    assert "https://harbour.example/log" in html


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"excerpt": ""}, "no verdict without them"),
        ({"url": "", "document": ""}, "an address or a document"),
        ({"url": "javascript:alert(1)"}, "valid URL"),
        ({"retrieved_on": "2999-01-01"}, "still to come"),
        ({"value": "wrong"}, "valid choice"),
    ],
)
def test_a_verdict_that_rests_on_nothing_comes_back_with_what_is_missing(
    checker, ferry, change, message
):
    address = reverse("claims:give_verdict", args=[ferry.slug, "aboard"])

    response = checker.post(address, EVIDENCE | change)

    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Verdict.objects.exists()


def _verdict_of(name: str, story: Story) -> Verdict:
    record = EvidenceDraft(
        kind="primary",
        url="https://harbour.example/log",
        excerpt="60 souls",
        retrieved_on=date(2025, 5, 6),
    )
    return give_verdict(
        story=story,
        finding_key="aboard",
        value="disputed",
        evidence=[record],
        user=make_user(name, "fact-checker"),
    )


def test_no_verdict_is_chosen_beforehand(checker, ferry):
    assert '<option value="" selected>Choose one</option>' in _page(checker, _finding_page(ferry))

    address = reverse("claims:give_verdict", args=[ferry.slug, "aboard"])
    response = checker.post(address, EVIDENCE | {"value": ""})

    assert "Choose a verdict." in response.content.decode()
    assert not Verdict.objects.exists()


def test_a_verdict_is_reviewed_by_a_second_person_from_its_card(checker, ferry):
    verdict = _verdict_of("otto", ferry)
    assert "I have read the evidence and agree" in _page(checker, _finding_page(ferry))

    address = reverse("claims:review_verdict", args=[ferry.slug, verdict.pk])
    checker.post(address, {"act": "review"})

    html = _page(checker, _finding_page(ferry))
    assert "wanda agrees" in html
    assert "I have read the evidence and agree" not in html


def test_nobody_takes_another_persons_verdict_back(checker, ferry):
    verdict = _verdict_of("otto", ferry)

    address = reverse("claims:review_verdict", args=[ferry.slug, verdict.pk])
    checker.post(address, {"act": "withdraw"})

    assert Verdict.objects.get().reviewer is None


def test_an_author_takes_a_verdict_back_and_does_not_review_it(client, ferry):
    verdict = _verdict_of("otto", ferry)
    client.force_login(verdict.author)
    address = reverse("claims:review_verdict", args=[ferry.slug, verdict.pk])

    client.post(address, {"act": "review"})
    assert Verdict.objects.get().reviewer is None
    client.post(address, {"act": "withdraw"})

    assert not Verdict.objects.exists()


# --- rows ------------------------------------------------------------------------------------


def test_refusing_a_reading_keeps_the_two_claims_apart(editor, ferry):
    claim = claim_of(ferry.articles.get(outlet__name="South Mail"))

    response = editor.post(reverse("claims:align", args=[ferry.slug]), {"refuse": claim.pk})

    assert response.status_code == 302
    decision = AlignmentDecision.objects.get()
    assert decision.value == "refuse"
    assert {decision.a_quote, decision.b_quote} == {
        "The ferry carried 40 people.",
        "The ferry carried 60 people.",
    }


def test_confirming_the_first_reading_of_a_row_ties_it_to_the_next(editor, ferry):
    claim = claim_of(ferry.articles.get(outlet__name="North Post"))

    editor.post(reverse("claims:align", args=[ferry.slug]), {"accept": claim.pk})

    assert AlignmentDecision.objects.get().value == "accept"


def test_a_claim_alone_in_its_row_has_nothing_to_be_kept_apart_from(editor, ferry):
    claim = claim_of(ferry.articles.get(outlet__name="South Mail"), 1)

    response = editor.post(
        reverse("claims:align", args=[ferry.slug]),
        {"refuse": claim.pk},
        follow=True,
    )

    assert "alone in its row" in response.content.decode()
    assert not AlignmentDecision.objects.exists()


def test_a_claim_of_another_story_cannot_be_moved_from_here(editor, ferry):
    other = make_story("Other")
    article = make_article(other, "East Sun", ["A shed burned."])
    make_row(other, [claim_of(article)])

    editor.post(
        reverse("claims:align", args=[ferry.slug]),
        {"refuse": claim_of(article).pk},
    )

    assert not AlignmentDecision.objects.exists()


# --- the article -----------------------------------------------------------------------------


def _text_of(html: str) -> str:
    """Return the article's words as a browser would show them."""
    paragraphs = re.findall(
        r'<div class="para__text" lang="en" dir="auto">(.*?)</div>', html, flags=re.S
    )
    return "\n\n".join(re.sub(r"<[^>]+>", "", paragraph) for paragraph in paragraphs)


def test_an_article_is_shown_exactly_as_it_came(reader, ferry):
    article = ferry.articles.get(outlet__name="North Post")

    html = _page(reader, article.get_absolute_url())

    assert _text_of(html) == article.text


def test_marks_in_the_text_are_numbered_and_lead_to_their_note(reader, ferry):
    html = _page(reader, ferry.articles.get(outlet__name="North Post").get_absolute_url())

    mark = re.search(r'<a class="anchored[^>]*href="#([^"]+)"[^>]*data-numbers="1"', html)
    assert mark is not None
    assert f'id="{mark.group(1)}"' in html
    assert "The ferry carried 60 people." in html


def test_no_id_stands_twice_on_a_page(editor, ferry):
    for address in _all_pages(ferry):
        ids = re.findall(r'\sid="([^"]+)"', _page(editor, address))

        assert len(ids) == len(set(ids)), address


def test_a_note_is_kept_on_the_words_it_is_about(editor, ferry):
    article = ferry.articles.get(outlet__name="North Post")

    response = editor.post(
        reverse("claims:annotate", args=[article.pk]),
        {"start": "10", "end": "17", "words": "carried", "note": "Or could carry?"},
    )

    note = Annotation.objects.get()
    assert (note.start, note.end, note.quote) == (10, 17, "carried")
    assert response["Location"] == f"{article.get_absolute_url()}#note-{note.pk}"
    assert "Or could carry?" in _page(editor, article.get_absolute_url())


def test_a_note_is_found_by_its_words_when_no_place_is_given(editor, ferry):
    article = ferry.articles.get(outlet__name="North Post")

    editor.post(
        reverse("claims:annotate", args=[article.pk]), {"words": "at dawn", "note": "Which dawn?"}
    )

    note = Annotation.objects.get()
    assert article.text[note.start : note.end] == "at dawn"


def test_a_note_over_a_line_break_survives_the_browsers_way_of_sending_it(editor, ferry):
    article = ferry.articles.get(outlet__name="North Post")

    editor.post(
        reverse("claims:annotate", args=[article.pk]),
        {
            "start": "0",
            "end": str(len(article.text)),
            "words": "people.\r\n\r\nIt sank",
            "note": "Abrupt.",
        },
    )

    assert Annotation.objects.get().quote == "people.\n\nIt sank"


@pytest.mark.parametrize(
    ("words", "note"), [("not there", "?"), ("", "?"), ("dawn", ""), ("e", "which e?")]
)
def test_a_note_on_words_that_are_not_there_once_comes_back(editor, ferry, words, note):
    article = ferry.articles.get(outlet__name="North Post")

    response = editor.post(
        reverse("claims:annotate", args=[article.pk]), {"words": words, "note": note}
    )

    assert response.status_code == 200
    assert 'class="errors"' in response.content.decode()
    assert not Annotation.objects.exists()


def test_the_form_for_a_note_opens_with_the_words_of_a_paragraph(editor, ferry):
    article = ferry.articles.get(outlet__name="North Post")

    html = _page(editor, f"{article.get_absolute_url()}?note=0-28")

    assert "The ferry carried 40 people.</textarea>" in html


@pytest.mark.parametrize("place", ["9-3", "0-99999", "x-y", "-", "²-³"])
def test_a_place_that_is_none_opens_an_empty_form(editor, ferry, place):
    article = ferry.articles.get(outlet__name="North Post")

    assert "data-closed" in _page(editor, f"{article.get_absolute_url()}?note={place}")


def test_a_note_can_be_removed_and_brought_back(editor, ferry):
    article = ferry.articles.get(outlet__name="North Post")
    editor.post(reverse("claims:annotate", args=[article.pk]), {"words": "dawn", "note": "When?"})
    note = Annotation.objects.get()

    editor.post(reverse("claims:delete_note", args=[note.pk]))
    assert not Annotation.objects.exists()
    editor.post(reverse("claims:undo", args=[ferry.slug]))

    assert Annotation.objects.get().note == "When?"


def test_a_note_is_removed_by_its_author_or_an_admin_and_by_nobody_else(editor, ferry, client):
    article = ferry.articles.get(outlet__name="North Post")
    editor.post(reverse("claims:annotate", args=[article.pk]), {"words": "dawn", "note": "When?"})
    remove = reverse("claims:delete_note", args=[Annotation.objects.get().pk])
    client.force_login(make_user("another", "editor"))

    assert client.post(remove).status_code == 403
    assert remove not in _page(client, article.get_absolute_url())
    client.force_login(make_user("head", "admin"))
    client.post(remove)

    assert not Annotation.objects.exists()


def test_an_article_without_a_story_can_be_read(reader):
    article = make_article(None, "North Post", ["A lone report."])

    assert "A lone report." in _page(reader, article.get_absolute_url())


# --- set aside -------------------------------------------------------------------------------


@pytest.fixture
def caption(ferry: Story) -> Segment:
    segment = Segment.objects.get(article__outlet__name="North Post", position=1)
    segment.role, segment.reason = "boilerplate", "asks for comments"
    segment.save()
    return segment


def test_what_was_set_aside_is_shown_with_its_reason_and_can_be_put_back(editor, ferry, caption):
    address = reverse("claims:set_aside", args=[ferry.slug])
    html = _page(editor, address)
    assert "asks for comments" in html
    assert "It sank at dawn." in html

    response = editor.post(
        reverse("claims:relabel", args=[caption.article_id]),
        {"start": caption.start, "end": caption.end, "role": "body", "next": address},
    )

    assert response["Location"] == address
    assert caption.article.role_corrections.get().role == "body"
    assert "labelled by" in _page(editor, address)


def test_repeats_of_a_part_are_folded_away_below_it(editor, ferry, caption):
    repeat = Segment.objects.get(article=caption.article, position=0)
    repeat.role, repeat.reason, repeat.duplicate_of = "caption", "repeats a caption", caption
    repeat.save()

    html = _page(editor, reverse("claims:set_aside", args=[ferry.slug]))

    assert "1 repeat of parts of this page" in html
    assert (
        html.index("asks for comments")
        < html.index("set-aside__repeats")
        < html.index("repeats a caption")
    )


def test_a_part_put_back_can_be_set_aside_again(editor, ferry, caption):
    user = make_user("vera", "editor")
    relabel_segment(
        article=caption.article, start=caption.start, end=caption.end, role="body", user=user
    )

    editor.post(
        reverse("claims:relabel", args=[caption.article_id]),
        {"start": caption.start, "end": caption.end, "role": ""},
    )

    assert not caption.article.role_corrections.exists()


def test_a_paragraph_is_set_aside_and_put_back_from_the_article_itself(editor, ferry):
    article = ferry.articles.get(outlet__name="North Post")
    html = _page(editor, article.get_absolute_url())
    assert 'form="relabel" name="set_aside" value="0-28"' in html

    editor.post(reverse("claims:relabel", args=[article.pk]), {"set_aside": "0-28"})
    assert article.role_corrections.get().role == "boilerplate"
    editor.post(reverse("claims:relabel", args=[article.pk]), {"put_back": "0-28"})

    assert article.role_corrections.get().role == "body"


def test_a_notice_of_a_correction_is_called_one_and_no_page_furniture(editor, ferry):
    article = ferry.articles.get(outlet__name="North Post")
    segment = article.segments.first()
    reason = "notice of a correction: “correction:”"
    article.segments.filter(pk=segment.pk).update(role="boilerplate", reason=reason)

    html = _page(editor, article.get_absolute_url())
    aside = _page(editor, reverse("claims:set_aside", args=[ferry.slug]))

    assert "correction notice</span>" in html and "page furniture</span>" not in html
    assert '<p class="segment__role">correction notice</p>' in aside
    assert "Put this correction notice back into the story" in html


@pytest.mark.parametrize("place", ["28-0", "0-99999", "x", "0", "-1-5"])
def test_a_place_that_is_none_is_not_labelled(editor, ferry, place):
    article = ferry.articles.get(outlet__name="North Post")

    editor.post(reverse("claims:relabel", args=[article.pk]), {"set_aside": place})

    assert not article.role_corrections.exists()


def test_undo_leads_back_to_the_page_it_was_asked_for_on(editor, ferry):
    article = ferry.articles.get(outlet__name="North Post")
    editor.post(reverse("claims:annotate", args=[article.pk]), {"words": "dawn", "note": "When?"})

    response = editor.post(
        reverse("claims:undo", args=[ferry.slug]), {"next": article.get_absolute_url()}
    )

    assert response["Location"] == article.get_absolute_url()
    assert not Annotation.objects.exists()


def test_an_article_being_read_again_asks_until_it_is_read_and_then_shows_it(editor, ferry):
    ferry.compared_at = timezone.now()
    ferry.save()
    article = ferry.articles.first()
    asks = reverse("claims:article_state", args=[article.pk])
    assert asks not in _page(editor, article.get_absolute_url())

    Article.objects.filter(pk=article.pk).update(state=Article.State.WAITING)
    assert f'hx-get="{asks}" hx-trigger="every 2s"' in _page(editor, article.get_absolute_url())
    assert "every 2s" in _page(editor, asks, **HTMX)
    Article.objects.filter(pk=article.pk).update(state=Article.State.ANALYSED)
    html = _page(editor, asks, **HTMX)

    assert "every 2s" not in html
    assert f'hx-get="{article.get_absolute_url()}" hx-trigger="load"' in html


def test_asking_for_the_state_of_an_article_without_a_script_leads_to_the_article(editor, ferry):
    article = ferry.articles.first()

    response = editor.get(reverse("claims:article_state", args=[article.pk]))

    assert response["Location"] == article.get_absolute_url()


def test_the_page_of_what_was_set_aside_comes_anew_when_it_was_read_again(editor, ferry, caption):
    address = reverse("claims:set_aside", args=[ferry.slug])
    Article.objects.filter(pk=caption.article_id).update(state=Article.State.WAITING)
    assert "?then=set_aside" in _page(editor, address)
    Article.objects.filter(pk=caption.article_id).update(state=Article.State.ANALYSED)

    response = editor.get(
        f"{reverse('claims:progress', args=[ferry.slug])}?then=set_aside", headers=HTMX
    )

    assert f'hx-get="{address}" hx-trigger="load"' in response.content.decode()


def test_undo_gives_back_a_label_that_was_taken_back_with_its_button(editor, ferry, caption):
    address = reverse("claims:relabel", args=[caption.article_id])
    place = {"start": caption.start, "end": caption.end}
    editor.post(address, place | {"role": "body"})
    editor.post(address, place | {"role": ""})
    assert not caption.article.role_corrections.exists()

    editor.post(reverse("claims:undo", args=[ferry.slug]))

    assert caption.article.role_corrections.get().role == "body"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_putting_back_never_leads_to_another_site(editor, ferry, caption, elsewhere):
    response = editor.post(
        reverse("claims:relabel", args=[caption.article_id]),
        {"start": caption.start, "end": caption.end, "role": "body", "next": elsewhere},
    )

    assert response["Location"] == caption.article.get_absolute_url()


def test_a_part_that_is_not_there_is_not_labelled(editor, ferry):
    article = ferry.articles.first()

    response = editor.post(
        reverse("claims:relabel", args=[article.pk]),
        {"start": 5, "end": 999_999, "role": "body"},
        follow=True,
    )

    assert "not there" in response.content.decode()
    assert not article.role_corrections.exists()


# --- the frame -------------------------------------------------------------------------------


def test_every_page_is_served_under_the_strict_policy_and_holds_nothing_inline(editor, ferry):
    for address in _all_pages(ferry):
        response = editor.get(address)
        html = response.content.decode()

        assert "script-src 'self'" in response["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*\ssrc=)", html), address
        assert "<style" not in html, address
        assert not re.search(r'\s(style|on\w+)="', html), address


def test_only_who_may_import_is_shown_the_way_there(editor, ferry):
    assert f'href="{reverse("articles:upload")}"' in _page(editor, reverse("claims:stories"))


def test_who_may_not_import_is_not_shown_the_way_there(reader, ferry):
    assert f'href="{reverse("articles:upload")}"' not in _page(reader, reverse("claims:stories"))


def test_signing_out_is_a_form_in_the_menu(reader, ferry):
    html = _page(reader, reverse("claims:stories"))

    assert re.search(rf'<form method="post" action="{reverse("logout")}"', html)


@pytest.mark.parametrize(
    "template", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html"]
)
def test_error_pages_say_what_to_do_without_needing_anything(template):
    from django.template.loader import render_to_string

    html = render_to_string(template)

    assert "<h1>" in html
    assert 'href="/"' in html


def test_a_finding_whose_row_no_article_tells_any_more_has_its_page_until_it_is_compared(
    reader: Client,
) -> None:
    story = make_counted_ferry()
    Article.objects.filter(story=story).update(story=make_story("Another"))

    shown = reader.get(reverse("claims:finding", args=[story.slug, "aboard"]))

    assert shown.status_code == 200
    assert "One says 40, the other says 60." in shown.content.decode()
