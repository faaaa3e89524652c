"""Notes on words of an article: answered by colleagues, resolved with a reason, and listed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from apps.articles.models import Story
from apps.claims.actions import annotate, answer_note, delete_annotation, resolve_note, undo_last
from apps.claims.actions.undo import CannotUndo
from apps.claims.models import Annotation, Comment
from tests.db.stories import (
    claim_of,
    client_of,
    count_queries,
    make_article,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    story = make_story()
    mail = make_article(story, "South Mail", ["The captain was asleep.", "It sank."])
    wire = make_article(story, "Coast Wire", ["It sank at dawn."], hours=1)
    make_row(story, [claim_of(mail, 1), claim_of(wire)], "That it sank")
    return story


@pytest.fixture
def otto() -> User:
    return make_user("otto", "editor")


def _note(story: Story, user: User, words: str = "was asleep") -> Annotation:
    article = story.articles.get(outlet__name="South Mail")
    start = article.text.index(words)
    return annotate(
        article=article, start=start, end=start + len(words), note="Who says so?", user=user
    )


# --- answers and reasons ---------------------------------------------------------------------


def test_a_colleague_answers_a_note_and_resolves_it_on_the_article(
    story: Story, wanda: User, otto: User
) -> None:
    note = _note(story, wanda)
    client = client_of(otto)

    client.post(reverse("claims:answer_note", args=[note.pk]), {"text": "The coroner."})
    client.post(reverse("claims:resolve_note", args=[note.pk]), {"text": "Named now."})

    page = client.get(note.article.get_absolute_url()).content.decode()
    assert "The coroner." in page
    assert "Named now." in page
    note.refresh_from_db()
    assert (note.resolved_by, note.resolved_because) == (otto, "Named now.")


@pytest.mark.parametrize("name", ["answer_note", "resolve_note"])
def test_nothing_is_kept_without_words_or_leave(
    story: Story, wanda: User, otto: User, name: str
) -> None:
    note = _note(story, wanda)
    address = reverse(f"claims:{name}", args=[note.pk])

    client_of(otto).post(address, {"text": "  "})
    response = client_of(make_user("rita", "reader")).post(address, {"text": "I may not."})

    note.refresh_from_db()
    assert response.status_code == 403
    assert not note.resolved_because
    assert not Comment.objects.exists()


def test_a_resolved_note_is_opened_again_by_undo(story: Story, wanda: User, otto: User) -> None:
    note = _note(story, wanda)
    resolve_note(annotation=note, because="Named now.", user=otto)

    undo_last(story=story, user=otto, page=f"article-{note.article_id}")

    note.refresh_from_db()
    assert (note.resolved_by, note.resolved_because) == (None, "")


def test_an_answer_is_undone_and_the_note_stays(story: Story, wanda: User, otto: User) -> None:
    note = _note(story, wanda)
    answer_note(annotation=note, text="The coroner.", user=otto)

    undo_last(story=story, user=otto, page=f"article-{note.article_id}")

    assert not Comment.objects.exists()
    assert Annotation.objects.get() == note


def test_what_somebody_answered_does_not_go_with_the_note(
    story: Story, wanda: User, otto: User
) -> None:
    note = _note(story, wanda)
    answer_note(annotation=note, text="The coroner.", user=otto)

    with pytest.raises(ValueError, match="resolve it instead"):
        delete_annotation(annotation=note, user=wanda)
    with pytest.raises(CannotUndo):
        undo_last(story=story, user=wanda)
    client_of(wanda).post(reverse("claims:delete_note", args=[note.pk]))

    assert Annotation.objects.get() == note


def test_an_answer_is_not_resolved_as_a_remark_is(story: Story, wanda: User, otto: User) -> None:
    answer = answer_note(annotation=_note(story, wanda), text="The coroner.", user=otto)
    address = reverse("claims:resolve", args=[story.slug, answer.pk])

    response = client_of(wanda).post(address, {"text": "Because."})

    assert response.status_code == 404
    answer.refresh_from_db()
    assert answer.resolved_because == ""


# --- where notes are listed ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["overview", "desk"])
def test_open_notes_are_listed_with_their_place_and_resolved_ones_are_not(
    story: Story, wanda: User, name: str
) -> None:
    note = _note(story, wanda)
    done = _note(story, wanda, "captain")
    resolve_note(annotation=done, because="He was the mate.", user=wanda)

    address = reverse(f"claims:{name}", args=[story.slug] if name == "overview" else [])
    page = client_of(wanda).get(address).content.decode()

    assert "1 open note" in page
    assert f"{note.article.get_absolute_url()}#note-{note.pk}" in page
    assert f"#note-{done.pk}" not in page


def test_the_desk_lists_the_notes_of_the_story_asked_for(story: Story, wanda: User) -> None:
    _note(story, wanda)
    other = make_story("Bridge at Tolle closed")

    page = client_of(wanda).get(reverse("claims:desk"), {"story": other.slug}).content.decode()

    assert "open note" not in page


@pytest.mark.parametrize("name", ["apparatus", "apparatus_text"])
def test_notes_are_printed_with_answer_and_reason(
    story: Story, wanda: User, otto: User, name: str
) -> None:
    note = _note(story, wanda)
    answer_note(annotation=note, text="The coroner.", user=otto)
    resolve_note(annotation=note, because="Named now.", user=otto)

    page = client_of(wanda).get(reverse(f"claims:{name}", args=[story.slug])).content.decode()

    for words in ("was asleep", "Who says so?", "The coroner.", "Named now."):
        assert words in page


def test_notes_are_handed_over_where_no_finding_was_decided(story: Story, wanda: User) -> None:
    _note(story, wanda)
    address = reverse("claims:apparatus", args=[story.slug])

    page = client_of(wanda).get(address, {"state": "decided", "by": "wanda"}).content.decode()

    assert "No claim fits" in page
    assert "Who says so?" in page


def test_many_notes_cost_no_more_queries_than_one(story: Story, wanda: User, otto: User) -> None:
    client = client_of(wanda)
    article = story.articles.get(outlet__name="South Mail")
    pages = [article.get_absolute_url(), reverse("claims:overview", args=[story.slug])]

    def count() -> int:
        return sum(count_queries(client.get, page) for page in pages)

    answer_note(annotation=_note(story, wanda), text="Yes.", user=otto)
    count()
    few = count()
    for _ in range(10):
        answer_note(annotation=_note(story, wanda), text="Yes.", user=otto)

    assert count() == few


@pytest.mark.parametrize("start", ["9" * 5000, "", "here", "-1"])
def test_a_note_sent_with_an_impossible_place_asks_again(story: Story, wanda: User, start: str):
    article = story.articles.first()
    sent = {"start": start, "end": "12", "words": "not in the text", "note": "Which?"}

    page = client_of(wanda).post(reverse("claims:annotate", args=[article.pk]), sent)

    assert page.status_code == 200
    assert not Annotation.objects.exists()
