"""Repairing rows and stories on their pages, with forms alone and in parts for htmx."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.articles.models import Article, Story
from apps.claims.actions import comment, confirm_row, move_articles, refuse_row
from apps.claims.actions.gathering import StoryChanged
from apps.claims.models import AlignmentDecision, Claim, ClaimGroup, Comment, UndoStep
from apps.claims.row_changes import read_shown
from tests.db.stories import (
    claim_of,
    make_article,
    make_finding,
    make_matrix,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def story() -> Story:
    """Three outlets on a dam: a row of three on its level, a row of two on the town."""
    story = make_story("Dam of Orrin leaks")
    north = make_article(story, "North Post", ["The dam leaks.", "The town sleeps."])
    south = make_article(story, "South Mail", ["Water seeps out.", "Nobody left town."], hours=1)
    east = make_article(story, "East Sun", ["The sluice stands open."], hours=2)
    leak = make_row(story, [claim_of(north), claim_of(south), claim_of(east)], "leak")
    make_row(story, [claim_of(north, 1), claim_of(south, 1)], "town")
    make_finding(story, leak, [claim_of(north), claim_of(south)], key="leak")
    return story


def _claim(story: Story, outlet: str, position: int = 0) -> Claim:
    return claim_of(story.articles.get(outlet__name=outlet), position)


def _row(claim: Claim) -> ClaimGroup:
    return ClaimGroup.objects.get(alignments__claim=claim)


def _card(story: Story, group: ClaimGroup) -> str:
    return reverse("claims:row", args=[story.slug, group.pk])


def _page(client: Client, address: str, **data: Any) -> str:
    response = client.get(address, data)
    assert response.status_code == 200
    return response.content.decode()


def _repair(client: Client, story: Story, **data: Any) -> Any:
    return client.post(reverse("claims:repair", args=[story.slug]), data, follow=True)


def _stamps(client: Client, story: Story) -> dict[int, str]:
    """Return the rows of the matrix with their stamps, as a page shows them."""
    html = _page(client, f"{story.get_absolute_url()}?shared=0")
    return {
        int(n): stamp for n, stamp in re.findall(r'id="row-(\d+)"[^>]*data-stamp="(\w+)"', html)
    }


def _columns(client: Client, story: Story) -> str:
    match = re.search(r'data-columns="([0-9,]*)"', _page(client, story.get_absolute_url()))
    assert match is not None
    return match.group(1)


def _post_from_matrix(client: Client, story: Story, name: str, **data: Any) -> str:
    """Post as the matrix does: with the rows it shows."""
    stamps = _stamps(client, story)
    seen = {
        "shown": ",".join(f"{number}.{stamp}" for number, stamp in stamps.items()),
        "columns": _columns(client, story),
        "whole": "1",
        "query": "?shared=0",
    }
    response = client.post(
        reverse(f"claims:{name}", args=[story.slug]), {**seen, **data}, headers=HTMX
    )
    assert response.status_code == 200
    return response.content.decode()


# --- with forms alone ------------------------------------------------------------------------


def test_a_reading_is_moved_to_another_row_from_the_page_of_its_row(
    editor: Client, story: Story
) -> None:
    east, town = _claim(story, "East Sun"), _row(_claim(story, "North Post", 1))
    html = _page(editor, _card(story, _row(east)), claim=east.pk)
    assert f'value="{east.pk}" id="pick-{east.pk}" checked' in html
    source, target = re.findall(r'value="(\d+\.[0-9a-f]{16})"', html)[:2]

    page = _repair(editor, story, act="move", row=source, to=target, claim=east.pk, note="Sluice.")

    assert _row(east) == town
    assert "Moved. Undo takes it back." in page.content.decode()
    assert page.redirect_chain[-1][0] == _card(story, town)
    assert {row.note for row in AlignmentDecision.objects.all()} == {"Sluice."}


def test_a_row_is_split_and_merged_again(editor: Client, story: Story) -> None:
    north, south, east = (_claim(story, name) for name in ("North Post", "South Mail", "East Sun"))
    leak = _row(north)

    _repair(editor, story, act="own", row=leak.pk, claim=[south.pk, east.pk])
    assert _row(south) == _row(east) != _row(north)

    _repair(editor, story, act="merge", row=_row(east).pk, to=leak.pk)
    assert _row(south) == _row(east) == _row(north)


def test_a_whole_row_is_confirmed(editor: Client, story: Story) -> None:
    leak = _row(_claim(story, "East Sun"))

    page = _repair(editor, story, act="confirm", row=leak.pk)

    assert {row.value for row in AlignmentDecision.objects.all()} == {"accept"}
    assert page.content.decode().count('class="state state--confirmed"') == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"act": "move", "to": "{town}"}, "Tick the passages"),
        ({"act": "move", "claim": "{east}"}, "Choose the row they belong in"),
        ({"act": "move", "claim": "{east}", "to": "999999"}, "row you chose is gone"),
        ({"act": "move", "claim": "{east}", "to": "{leak}"}, "in that row already"),
        ({"act": "own", "claim": "999999"}, "Not all of these passages"),
        ({"act": "own", "claim": "east"}, "Tick the passages"),
        ({"act": "merge"}, "Choose the row they belong in"),
        ({"act": "burn"}, "Choose what to do"),
        ({}, "Choose what to do"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(
    editor: Client, story: Story, data: dict[str, str], says: str
) -> None:
    numbers = {
        "east": str(_claim(story, "East Sun").pk),
        "leak": str(_row(_claim(story, "East Sun")).pk),
        "town": str(_row(_claim(story, "North Post", 1)).pk),
    }
    filled = {name: value.format(**numbers) for name, value in data.items()}

    page = _repair(editor, story, row=numbers["leak"], **filled)

    assert says in page.content.decode()
    assert not UndoStep.objects.exists()


def test_a_row_of_another_story_is_not_repaired_from_here(editor: Client, story: Story) -> None:
    other = make_story("Elsewhere")
    row = make_row(other, [claim_of(make_article(other, "West Times", ["Snow fell."]))])

    page = _repair(editor, story, act="confirm", row=row.pk)

    assert "no longer there" in page.content.decode()
    assert editor.get(_card(story, row)).status_code == 404


def test_what_a_row_was_when_it_was_seen_decides_and_who_was_faster_is_said(
    editor: Client, story: Story
) -> None:
    east, leak = _claim(story, "East Sun"), _row(_claim(story, "East Sun"))
    seen = _stamps(editor, story)[leak.pk]
    refuse_row(story=story, claim=_claim(story, "South Mail"), user=make_user("otto"))

    page = _repair(editor, story, act="own", row=f"{leak.pk}.{seen}", claim=east.pk)

    assert "otto changed this row since you opened it" in page.content.decode()
    assert _row(east) == leak


def test_a_decision_on_a_finding_does_not_stand_in_the_way_of_a_move(
    editor: Client, story: Story
) -> None:
    east, leak = _claim(story, "East Sun"), _row(_claim(story, "East Sun"))
    seen = _stamps(editor, story)[leak.pk]
    editor.post(reverse("claims:decide", args=[story.slug, "leak"]), {"value": "confirm"})

    _repair(editor, story, act="own", row=f"{leak.pk}.{seen}", claim=east.pk)

    assert _row(east) != leak


def test_other_rows_are_searched_by_their_words(editor: Client, story: Story) -> None:
    leak = _row(_claim(story, "East Sun"))

    assert "The town sleeps." in _page(editor, _card(story, leak), q="NOBODY left")
    assert "No other row has these words." in _page(editor, _card(story, leak), q="zeppelin")


# --- decisions shown, withdrawn --------------------------------------------------------------


def test_a_row_shows_who_decided_what_and_why_and_it_can_be_withdrawn(
    editor: Client, story: Story
) -> None:
    leak = _row(_claim(story, "East Sun"))
    wanda = make_user("wanda")
    confirm_row(story=story, group=leak, user=wanda, note="All about the wall.")
    html = _page(editor, _card(story, leak))
    assert "One claim" in html
    assert "wanda" in html
    assert "All about the wall." in html
    assert "put right by wanda" in _page(editor, story.get_absolute_url())
    numbers = re.search(r'name="decisions" value="([0-9,]+)"', html)
    assert numbers is not None

    address = reverse("claims:withdraw", args=[story.slug])
    for says in ("Withdrawn", "withdrawn already"):
        page = editor.post(
            address, {"decisions": numbers.group(1), "row": leak.pk}, follow=True
        ).content.decode()
        assert says in page

    assert not AlignmentDecision.objects.exists()
    assert "analysis alone lined these up" in page


def test_a_decision_of_another_story_is_not_withdrawn_from_here(
    editor: Client, story: Story
) -> None:
    confirm_row(story=story, group=_row(_claim(story, "East Sun")), user=make_user("wanda"))
    number = AlignmentDecision.objects.first()
    assert number is not None

    editor.post(
        reverse("claims:withdraw", args=[make_story("Elsewhere").slug]), {"decisions": number.pk}
    )

    assert AlignmentDecision.objects.count() == 2


def test_the_last_acts_are_listed_beside_undo(editor: Client, story: Story) -> None:
    _repair(
        editor,
        story,
        act="own",
        row=_row(_claim(story, "East Sun")).pk,
        claim=_claim(story, "East Sun").pk,
    )

    html = _page(editor, story.get_absolute_url())

    assert "Taken out of its row: “The sluice stands open.”" in html


# --- in parts, for htmx ----------------------------------------------------------------------


def test_only_the_rows_that_changed_are_sent(editor: Client, story: Story) -> None:
    east, north = _claim(story, "East Sun"), _claim(story, "North Post")
    leak, town = _row(north), _row(_claim(story, "North Post", 1))

    html = _post_from_matrix(editor, story, "repair", act="own", row=leak.pk, claim=east.pk)

    assert f'id="row-{leak.pk}" role="row"' in html
    assert f'hx-swap-oob="afterend:#row-{leak.pk}"' in html
    assert f'id="row-{_row(east).pk}"' in html
    assert f'id="row-{town.pk}"' not in html
    assert "In a row of its own now." in html
    assert "Taken out of its row" in html  # beside undo


def test_a_merged_row_leaves_the_page(editor: Client, story: Story) -> None:
    leak, town = _row(_claim(story, "East Sun")), _row(_claim(story, "North Post", 1))

    html = _post_from_matrix(editor, story, "repair", act="merge", row=leak.pk, to=town.pk)

    assert f'<tr id="row-{leak.pk}" hx-swap-oob="delete">' in html
    assert f'id="row-{town.pk}" role="row"' in html


def test_undo_of_a_repair_sends_the_rows_it_changed(editor: Client, story: Story) -> None:
    east, leak = _claim(story, "East Sun"), _row(_claim(story, "East Sun"))
    _post_from_matrix(editor, story, "repair", act="own", row=leak.pk, claim=east.pk)
    own = _row(east)

    html = _post_from_matrix(editor, story, "undo")

    assert _row(east) == leak
    assert f'<tr id="row-{own.pk}" hx-swap-oob="delete">' in html
    assert f'id="row-{leak.pk}" role="row"' in html
    assert "Undone: Taken out of its row" in html


def test_nothing_is_sent_of_rows_that_are_as_they_were(editor: Client, story: Story) -> None:
    html = _post_from_matrix(editor, story, "refresh")

    assert 'role="row"' not in html


def test_a_refused_reading_is_in_a_row_of_its_own_and_the_story_compared_again(
    editor: Client, story: Story
) -> None:
    east, leak = _claim(story, "East Sun"), _row(_claim(story, "East Sun"))

    html = _post_from_matrix(editor, story, "align", refuse=f"{east.pk}")

    assert _row(east) != leak
    assert "Taken out of its row." in html
    assert "Comparing" in html


def test_what_cannot_be_done_is_said_beside_the_matrix_with_the_rows_as_they_are(
    editor: Client, story: Story
) -> None:
    east, leak = _claim(story, "East Sun"), _row(_claim(story, "East Sun"))
    stale = f"{leak.pk}.{'0' * 16}"

    html = _post_from_matrix(
        editor,
        story,
        "repair",
        act="own",
        row=stale,
        claim=east.pk,
        shown=stale,
        **{"in": "panel"},
    )

    assert html.count("lined up anew since you opened it") == 2  # in the card, and read out
    assert f'id="row-{leak.pk}" role="row"' in html


def test_a_page_whose_columns_are_no_longer_the_story_s_is_told_so(
    editor: Client, story: Story
) -> None:
    columns = _columns(editor, story)
    make_article(story, "West Times", ["Rain is coming."])

    html = _post_from_matrix(editor, story, "refresh", columns=columns)

    assert "Show the new comparison" in html


@pytest.mark.parametrize("shown", ["", "x", "1.zz", "9" * 5000, "1.0123456789abcdef," * 3])
def test_any_account_of_what_is_shown_is_read(editor: Client, story: Story, shown: str) -> None:
    html = _post_from_matrix(editor, story, "refresh", shown=shown, columns="a,,-1", query="&&=")

    assert 'id="progress"' in html


def test_a_page_without_rows_says_so() -> None:
    from django.http import QueryDict

    assert read_shown(QueryDict("columns=1")) is None


def test_a_repair_costs_the_same_however_large_the_story(
    editor: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for outlets, rows in ((3, 2), (5, 20)):
        story = make_matrix(outlets, rows)
        claim = claim_of(story.articles.first())  # type: ignore[arg-type]  # there are some
        group = _row(claim)
        stamps, columns = _stamps(editor, story), _columns(editor, story)
        data = {
            "act": "own",
            "row": f"{group.pk}.{stamps[group.pk]}",
            "claim": claim.pk,
            "shown": ",".join(f"{number}.{stamp}" for number, stamp in stamps.items()),
            "columns": columns,
            "whole": "1",
        }
        with django_assert_max_num_queries(110) as captured:
            editor.post(reverse("claims:repair", args=[story.slug]), data, headers=HTMX)
        counts.append(len(captured))
        with django_assert_max_num_queries(50) as captured:
            editor.get(_card(story, group))
        counts.append(len(captured))

    assert counts[:2] == counts[2:]


# --- stories ---------------------------------------------------------------------------------


def test_a_story_says_why_each_article_is_in_it(editor: Client, story: Story) -> None:
    Article.objects.filter(outlet__name="East Sun").update(
        story_reasons=["both name Orrin", "same day"]
    )

    html = _page(editor, reverse("claims:story_articles", args=[story.slug]))

    assert "Here because: both name Orrin; same day." in html


def _gather(client: Client, story: Story, **data: Any) -> str:
    response = client.post(reverse("claims:gather", args=[story.slug]), data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_articles_are_split_off_stay_so_and_come_back_with_undo(
    editor: Client, story: Story
) -> None:
    east = story.articles.get(outlet__name="East Sun")

    html = _gather(editor, story, act="own", article=east.pk)

    east.refresh_from_db()
    assert east.story != story
    assert east.story_is_fixed
    assert "Undo takes it back" in html
    editor.post(reverse("claims:undo", args=[story.slug]))
    east.refresh_from_db()
    assert (east.story, east.story_is_fixed) == (story, False)


def test_articles_are_moved_to_another_story_and_it_says_by_whom(
    editor: Client, story: Story
) -> None:
    other = make_story("Sluice of Orrin")
    make_article(other, "West Times", ["The sluice was opened."])
    east = story.articles.get(outlet__name="East Sun")

    _gather(editor, story, act="move", article=east.pk, to=other.slug)

    html = _page(editor, reverse("claims:story_articles", args=[other.slug]))
    assert "moved here by edda" in html


def test_undo_of_a_move_between_stories_shows_the_page_anew(editor: Client, story: Story) -> None:
    east = story.articles.get(outlet__name="East Sun")
    _gather(editor, story, act="own", article=east.pk)

    response = editor.post(reverse("claims:undo", args=[story.slug]), headers=HTMX)

    assert response["HX-Refresh"] == "true"


def test_stories_are_merged_and_taken_apart_by_undo(editor: Client, story: Story) -> None:
    other = make_story("Sluice of Orrin")
    make_article(other, "West Times", ["The sluice was opened."])

    html = _gather(editor, story, act="merge", to=other.slug)
    assert "is part of this story now" in html
    assert (story.articles.count(), other.articles.count()) == (4, 0)

    editor.post(reverse("claims:undo", args=[story.slug]))
    assert (story.articles.count(), other.articles.count()) == (3, 1)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"act": "own"}, "Tick the articles"),
        ({"act": "own", "article": "all"}, "leave at least one"),
        ({"act": "own", "article": "999999"}, "Not all of these articles"),
        ({"act": "move", "article": "one"}, "Choose the other story"),
        ({"act": "merge", "to": "none-such"}, "Choose the other story"),
        ({"act": "merge", "to": "self"}, "That is this story"),
        ({"act": "burn"}, "Choose what to do"),
    ],
)
def test_what_cannot_be_gathered_is_said(
    editor: Client, story: Story, data: dict[str, str], says: str
) -> None:
    numbers = list(story.articles.values_list("pk", flat=True))
    filled: dict[str, Any] = dict(data)
    if data.get("article") in ("all", "one"):
        filled["article"] = numbers if data["article"] == "all" else numbers[:1]
    if data.get("to") == "self":
        filled["to"] = story.slug

    assert says in _gather(editor, story, **filled)
    assert not UndoStep.objects.exists()


def test_an_article_somebody_moved_meanwhile_is_not_moved_again(story: Story) -> None:
    wanda, otto = make_user("wanda", "editor"), make_user("otto", "editor")
    east = story.articles.get(outlet__name="East Sun")
    move_articles(story=story, articles=[east], to=None, user=otto)

    with pytest.raises(StoryChanged, match="Not all of these"):
        move_articles(story=story, articles=[east], to=None, user=wanda)


def test_a_fact_checker_sees_why_articles_are_here_but_moves_none(
    checker: Client, story: Story
) -> None:
    html = _page(checker, reverse("claims:story_articles", args=[story.slug]))

    assert "Here because" in html
    assert 'name="article"' not in html
    answer = checker.post(reverse("claims:gather", args=[story.slug]), {"act": "own"})
    assert answer.status_code == 403


# --- remarks ---------------------------------------------------------------------------------


def test_a_remark_on_a_finding_is_kept_and_resolved_with_a_reason(
    checker: Client, story: Story
) -> None:
    address = reverse("claims:remark", args=[story.slug, "leak"])
    assert "The remark is empty." in checker.post(address, {"text": " "}).content.decode()

    checker.post(address, {"text": "Ask the engineer."})
    remark = Comment.objects.get()
    resolve = reverse("claims:resolve", args=[story.slug, remark.pk])
    checker.post(resolve, {"text": ""})
    remark.refresh_from_db()
    assert remark.resolved_by is None

    checker.post(resolve, {"text": "She confirmed it."})

    html = _page(checker, reverse("claims:finding", args=[story.slug, "leak"]))
    assert "Ask the engineer." in html
    assert "She confirmed it." in html


def test_a_remark_of_another_story_is_not_resolved_from_here(checker: Client, story: Story) -> None:
    remark = comment(story=story, finding_key="leak", text="Why?", user=make_user("otto"))

    answer = checker.post(
        reverse("claims:resolve", args=[make_story("Elsewhere").slug, remark.pk]), {"text": "So."}
    )

    assert answer.status_code == 404
