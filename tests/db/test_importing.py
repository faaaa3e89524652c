"""What importing saves, refuses, and finds to be here already."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.articles.actions import (
    assign_story,
    create_story,
    find_corrections,
    import_article,
    import_batch,
    mark_failed,
    merge_stories,
    move_to_story,
    open_batch,
    relabel_segment,
    replace_reading,
    retry_article,
    set_state,
    split_story,
    undo_relabel,
)
from apps.articles.importers import Rejection
from apps.articles.models import Article, ImportBatch, ImportItem, Outlet, Story
from apps.articles.text.spans import Span
from apps.articles.text.types import PublishedDate, RawArticle, Role, SegmentDraft, SentenceDraft

pytestmark = pytest.mark.django_db

URL = "https://harbour.example.org/ferry"


def _import(text: str = "The ferry sank off Port Orla.", **values: object) -> ImportItem:
    raw = RawArticle(**{"text": text, "name": "a.txt", "outlet": "Harbour Post", **values})  # type: ignore[arg-type]
    return import_article(raw=raw, batch=open_batch(kind=ImportBatch.Kind.PASTE))


def _jobs(task: str) -> list[dict[str, int]]:
    return list(
        ProcrastinateJob.objects.filter(task_name=task)
        .order_by("id")
        .values_list("args", flat=True)
    )


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("ada")


def test_the_text_is_kept_exactly_as_received():
    text = "Ferry sinks\r\n\r\n  Two hurt, \tofficials say.\n\n"

    item = _import(text)

    assert item.result == ImportItem.Result.SAVED
    assert Article.objects.get().text == text


def test_a_saved_article_waits_for_its_analysis():
    article = _import().article

    assert article is not None
    assert article.state == Article.State.WAITING
    assert _jobs("analyse_article") == [{"article_id": article.pk}]


def test_when_saving_fails_no_analysis_is_left_in_the_queue():
    with pytest.raises(RuntimeError), transaction.atomic():
        _import()
        raise RuntimeError("killed")

    assert not Article.objects.exists()
    assert _jobs("analyse_article") == []


def test_the_same_text_of_the_same_outlet_is_named_and_not_saved_again():
    first = _import(title="Ferry sinks").article

    item = _import(url=URL)

    assert item.result == ImportItem.Result.ALREADY_HERE
    assert item.article == first
    assert "Harbour Post, “Ferry sinks”" in item.message
    assert Article.objects.count() == 1


def test_other_line_ends_and_spaces_are_the_same_text():
    _import("The ferry sank.\nTwo were hurt.")

    assert (
        _import("The ferry sank.\r\n\r\nTwo were hurt.\r\n").result
        == ImportItem.Result.ALREADY_HERE
    )
    assert _import("The ferry sank.\nThree were hurt.").result == ImportItem.Result.SAVED


def test_the_same_text_of_another_outlet_is_another_article():
    _import()

    assert _import(outlet="Evening Bell").result == ImportItem.Result.SAVED
    assert Article.objects.count() == 2


def test_an_outlet_is_one_whatever_its_case_and_spaces():
    _import("One text here.", outlet="Harbour Post")
    _import("Another text here.", outlet="  harbour  post ")

    assert Outlet.objects.count() == 1


def test_outlets_with_like_names_get_slugs_of_their_own():
    _import("One text here.", outlet="Harbour Post")
    _import("Another text here.", outlet="Harbour-Post")
    _import("A third text here.", outlet="東京")

    assert sorted(Outlet.objects.values_list("slug", flat=True)) == [
        "harbour-post",
        "harbour-post-2",
        "outlet",
    ]


def test_the_same_address_with_another_text_is_a_new_version_in_the_same_story():
    first = _import(url=URL).article
    assert first is not None
    story = create_story(article=first)

    item = _import("The ferry sank; 3 died.", url=URL + "/?utm_source=feed#top")

    second = item.article
    assert second is not None
    first.refresh_from_db()
    assert item.result == ImportItem.Result.NEW_VERSION
    assert (second.version, second.previous, second.is_current, second.story) == (
        2,
        first,
        True,
        story,
    )
    assert (first.is_current, first.text) == (False, "The ferry sank off Port Orla.")


def test_a_text_taken_back_to_an_earlier_version_is_said_to_be_that_version():
    _import(url=URL)
    _import("The ferry sank; 3 died.", url=URL)

    item = _import(url=URL)

    assert item.result == ImportItem.Result.ALREADY_HERE
    assert "version 1" in item.message and "replaced" in item.message
    assert Article.objects.current().get().version == 2


def test_a_third_version_follows_the_second():
    for text in ("Toll 1 here.", "Toll 2 here.", "Toll 3 here."):
        _import(text, url=URL)

    assert list(Article.objects.order_by("version").values_list("version", "is_current")) == [
        (1, False),
        (2, False),
        (3, True),
    ]


def test_a_new_version_without_an_outlet_keeps_the_one_of_its_address():
    _import(url=URL)

    second = _import("The ferry sank; 3 died.", url=URL, outlet="").article

    assert second is not None
    assert second.outlet.name == "Harbour Post"


def test_labels_people_gave_move_to_a_new_version_only_with_their_words(editor: User):
    first = _import("Sign up now. The ferry sank. Read more.", url=URL).article
    assert first is not None
    relabel_segment(article=first, start=0, end=12, role="boilerplate", user=editor)
    relabel_segment(article=first, start=29, end=39, role="teaser", user=editor)

    second = _import("UPDATE: Sign up now. The ferry sank slowly.", url=URL).article

    assert second is not None
    assert find_corrections(second) == [(Span(8, 20), Role.BOILERPLATE)]


def test_an_address_that_is_no_web_address_stays_as_it_is():
    article = _import(url="fax of Monday").article

    assert article is not None
    assert article.url == "fax of Monday"


def test_a_stated_day_stays_a_day_and_a_moment_gets_the_sites_zone(settings):
    settings.TIME_ZONE = "Europe/Rome"
    day = _import("One text here.", published=date(2025, 3, 15)).article
    moment = _import("Two texts here.", published=datetime(2025, 3, 15, 9, 30)).article  # noqa: DTZ001

    assert day is not None and moment is not None
    assert (day.published_iso, day.published_source) == ("2025-03-15", "stated")
    assert moment.published_iso == "2025-03-15T09:30:00+01:00"
    assert moment.published_at == datetime(2025, 3, 15, 8, 30, tzinfo=UTC)


def test_a_bad_item_does_not_stop_the_rest():
    batch = import_batch(
        kind=ImportBatch.Kind.UPLOAD,
        items=[
            RawArticle(text="The ferry sank.", name="a.txt", outlet="Post"),
            Rejection("b.pdf", "This is a PDF."),
            RawArticle(text="The ferry sailed.", name="c.txt", outlet="Post"),
        ],
    )

    assert list(batch.items.values_list("position", "name", "result", "message")) == [
        (0, "a.txt", "saved", ""),
        (1, "b.pdf", "rejected", "This is a PDF."),
        (2, "c.txt", "saved", ""),
    ]


def test_the_database_refuses_to_change_a_text():
    article = _import().article
    assert article is not None

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(text="Nothing sank.")


def test_asking_twice_for_an_analysis_puts_it_into_the_queue_once():
    article = _import().article
    assert article is not None
    mark_failed(article=article, message="Too long.")

    retry_article(article=article)

    article.refresh_from_db()
    assert (article.state, article.failure) == (Article.State.WAITING, "")
    assert len(_jobs("analyse_article")) == 1


def test_each_analysis_is_counted():
    article = _import().article
    assert article is not None

    set_state(article=article, state=Article.State.ANALYSED)
    set_state(article=article, state=Article.State.ANALYSED)

    assert article.analysed_times == 2
    assert article.analysed_at is not None


# --- reading ---------------------------------------------------------------------------------

TEXT = "Ferry sinks\n\nA diver. (Post)\n\nThe ferry sank. Two died.\n\nA diver. (Post)"


def _read(article: Article) -> None:
    segments = [
        SegmentDraft(Span(0, 11), Role.HEADLINE, "first line"),
        SegmentDraft(Span(13, 28), Role.CAPTION, "ends with a credit"),
        SegmentDraft(Span(30, 55), Role.BODY, "prose"),
        SegmentDraft(Span(57, 72), Role.CAPTION, "repeats the caption above", duplicate_of=1),
    ]
    sentences = [
        SentenceDraft(Span(0, 11), 0, Role.HEADLINE),
        SentenceDraft(Span(30, 45), 2, Role.BODY),
        SentenceDraft(Span(46, 55), 2, Role.BODY),
    ]
    published = PublishedDate("2025-03-15", "inferred:caption", Span(13, 20))
    replace_reading(article=article, segments=segments, sentences=sentences, published=published)


def test_reading_again_replaces_what_was_read_before():
    article = _import(TEXT).article
    assert article is not None

    _read(article)
    _read(article)

    assert [segment.quote for segment in article.segments.all()] == [
        "Ferry sinks",
        "A diver. (Post)",
        "The ferry sank. Two died.",
        "A diver. (Post)",
    ]
    assert article.segments.get(position=3).duplicate_of == article.segments.get(position=1)
    assert [sentence.quote for sentence in article.sentences.all()][1:] == [
        "The ferry sank.",
        "Two died.",
    ]


def test_an_inferred_date_is_kept_with_its_source_and_a_stated_one_wins():
    inferred = _import(TEXT).article
    stated = _import(TEXT, outlet="Evening Bell", published=date(2025, 3, 14)).article
    assert inferred is not None and stated is not None

    _read(inferred)
    _read(stated)

    assert (inferred.published_iso, inferred.published_source) == ("2025-03-15", "inferred:caption")
    assert (stated.published_iso, stated.published_source) == ("2025-03-14", "stated")


def test_the_database_refuses_a_segment_whose_words_are_not_the_texts():
    article = _import(TEXT).article
    assert article is not None
    _read(article)

    with pytest.raises(DatabaseError, match="are not the quote"), transaction.atomic():
        article.segments.filter(position=0).update(quote="Ferry floats")


def test_a_label_given_by_a_person_is_stored_with_its_words_and_analysis_follows(editor: User):
    article = _import(TEXT).article
    assert article is not None

    relabel_segment(article=article, start=13, end=28, role="body", user=editor)

    correction = article.role_corrections.get()
    assert (correction.quote, correction.role, correction.made_by) == (
        "A diver. (Post)",
        "body",
        editor,
    )
    assert len(_jobs("analyse_article")) == 1


@pytest.mark.parametrize(
    ("start", "end", "role"), [(0, 500, "body"), (5, 5, "body"), (0, 5, "lede")]
)
def test_a_label_for_no_words_or_of_no_kind_is_refused(
    editor: User, start: int, end: int, role: str
):
    article = _import(TEXT).article
    assert article is not None

    with pytest.raises(ValueError, match=r"span|not a valid"):
        relabel_segment(article=article, start=start, end=end, role=role, user=editor)


def test_taking_a_label_back_brings_the_one_before_it(editor: User):
    article = _import(TEXT).article
    assert article is not None
    relabel_segment(article=article, start=13, end=28, role="body", user=editor)
    correction = relabel_segment(article=article, start=13, end=28, role="teaser", user=editor)

    before = undo_relabel(correction=correction)

    assert before is not None and before.role == "body"
    assert undo_relabel(correction=before) is None
    assert not article.role_corrections.exists()


# --- stories ---------------------------------------------------------------------------------


def test_where_a_person_put_an_article_it_stays(editor: User):
    first = _import("One text here.", title="Ferry").article
    second = _import("Two texts here.", title="Fair").article
    assert first is not None and second is not None
    ferry, fair = create_story(article=first), create_story(article=second)

    move_to_story(article=second, story=ferry, user=editor)
    assign_story(article=second, story=fair, reasons=["same place"])

    second.refresh_from_db()
    assert second.story == ferry
    assert {job["story_id"] for job in _jobs("compare_story")} == {ferry.pk, fair.pk}


def test_moving_an_article_to_no_story_makes_one_of_its_own(editor: User):
    first = _import("One text here.", title="Ferry").article
    second = _import("Two texts here.", title="Fair").article
    assert first is not None and second is not None
    ferry = create_story(article=first)
    assign_story(article=second, story=ferry, reasons=["same place"])

    own = split_story(articles=[second], user=editor)

    assert own != ferry and own.title == "Fair"
    assert list(ferry.articles.all()) == [first]


def test_merging_moves_all_articles_and_keeps_the_emptied_story_out_of_sight(editor: User):
    first = _import("One text here.", title="Ferry").article
    second = _import("Two texts here.", title="Ferry").article
    assert first is not None and second is not None
    one, two = create_story(article=first), create_story(article=second)

    merge_stories(into=one, others=[one, two], user=editor)

    assert two.slug == "ferry-2"
    assert list(Story.objects.with_articles()) == [one]
    assert Story.objects.filter(pk=two.pk).exists()


def test_importing_costs_the_same_however_many_articles_are_here(django_assert_max_num_queries):
    def count() -> int:
        before = len(connection.queries_log)
        with django_assert_max_num_queries(25):
            _import(f"A text that is new, number {Article.objects.count()}.")
        return len(connection.queries_log) - before

    few = [count() for _ in range(2)][-1]
    for number in range(20):
        _import(f"Another text of the archive, number {number}.")

    assert count() == few
