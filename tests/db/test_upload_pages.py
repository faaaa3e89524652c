"""The upload pages: who may use them, what they report before saving, and the progress after."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.articles.actions import (
    UPLOAD_LIFETIME,
    create_story,
    import_batch,
    mark_failed,
    open_upload,
    set_state,
)
from apps.articles.importers import Rejection
from apps.articles.models import Article, ImportBatch, ImportItem, Story, Upload
from apps.articles.text.types import RawArticle

pytestmark = pytest.mark.django_db

TEXT = (
    "Ferry sinks off Port Orla\n\nPORT ORLA — The ferry Marigold sank on Saturday with 41 people on board, "
    "the harbour office said.\n\nTwo passengers were hurt, Dr. Ansa Brill said.\n"
)


@pytest.fixture
def admin(client: Client) -> User:
    user = User.objects.create_user("noor", password="x")
    user.groups.add(Group.objects.get(name="admin"))
    client.force_login(user)
    return user


def _paste(client: Client, text: str = TEXT, **values: str) -> Any:
    data = {"kind": "paste", "paste-text": text, "paste-outlet": "Harbour Post"}
    return client.post(
        reverse("articles:upload"), data | {f"paste-{key}": value for key, value in values.items()}
    )


def _send(client: Client, *files: tuple[str, bytes]) -> Any:
    documents = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(
        reverse("articles:upload"), {"kind": "upload", "upload-documents": documents}
    )


def _corrections(upload: Upload, **changes: str) -> dict[str, str]:
    data: dict[str, str] = {}
    for item in upload.items.filter(rejection=""):
        values = {
            "keep": "on",
            "outlet": item.outlet,
            "title": item.title,
            "url": item.url,
            "published": item.stated_published,
        } | changes
        data |= {f"{item.pk}-{key}": value for key, value in values.items() if value}
    return data


def _confirm(client: Client, upload: Upload, **changes: str) -> Any:
    return client.post(
        reverse("articles:confirm_upload", args=[upload.pk]), _corrections(upload, **changes)
    )


# --- who -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["upload", "batches"])
def test_who_is_not_signed_in_is_asked_to(client: Client, name: str):
    response = client.get(reverse(f"articles:{name}"))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", ["reader", "fact-checker"])
def test_who_may_not_add_articles_is_told_whom_to_ask(client: Client, role: str):
    user = User.objects.create_user("mo")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)

    responses = [client.get(reverse("articles:upload")), _paste(client)]

    assert [response.status_code for response in responses] == [403, 403]
    assert "Ask an editor or an administrator" in responses[0].content.decode()
    assert not Upload.objects.exists()


def test_a_draft_is_seen_and_confirmed_by_its_owner_alone(client: Client, admin: User):
    _paste(client)
    other = User.objects.create_user("ida")
    other.groups.add(Group.objects.get(name="admin"))
    client.force_login(other)

    response = _confirm(client, Upload.objects.get())

    assert response["Location"] == reverse("articles:batches")
    assert not Article.objects.exists()


# --- the report ------------------------------------------------------------------------------


def test_the_report_saves_no_article(client: Client, admin: User):
    response = client.get(_paste(client)["Location"])

    page = response.content.decode()
    assert "Nothing is saved yet" in page
    assert "A new article" in page
    assert not Article.objects.exists() and not ImportBatch.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_the_report_counts_what_was_found(client: Client, admin: User):
    _paste(client)

    report = Upload.objects.get().items.get().report

    assert report["roles"]["body"] >= 1
    assert 0 < report["words"] <= report["all_words"] == len(TEXT.split())


def test_a_file_that_cannot_be_read_is_named_and_the_others_stay(client: Client, admin: User):
    response = _send(
        client,
        ("a.txt", TEXT.encode()),
        ("b.pdf", b"%PDF-1.7 ..."),
        ("c.txt", b""),
        ("d.txt", b" \n"),
    )

    page = client.get(response["Location"]).content.decode()
    assert "1 article can be read. 3 files cannot" in page
    for words in ("b.pdf", "This is a PDF", "The file is empty", "only white space"):
        assert words in page


def test_a_file_of_50_megabytes_is_answered_and_the_others_stay(client: Client, admin: User):
    response = _send(client, ("big.txt", b"The ferry sank. " * 3_200_000), ("a.txt", TEXT.encode()))

    page = client.get(response["Location"]).content.decode()
    assert "The file is larger than 5 MB" in page
    assert Upload.objects.get().items.exclude(text="").get().name == "a.txt"


def test_a_text_that_is_here_is_named_with_a_link(client: Client, admin: User):
    (item,) = _import(RawArticle(text=TEXT, name="a", outlet="Harbour Post", title="Marigold lost"))
    assert item.article is not None

    page = client.get(_paste(client, outlet="harbour post")["Location"]).content.decode()

    assert "Already here" in page and "Marigold lost" in page
    assert item.article.get_absolute_url() in page


def test_the_same_text_of_another_outlet_is_new_and_said(client: Client, admin: User):
    _import(RawArticle(text=TEXT, name="a", outlet="Evening Bell"))

    page = client.get(_paste(client)["Location"]).content.decode()

    assert "A new article" in page
    assert re.search(r">Evening Bell</a>\s+has the same text", page)


def test_the_same_address_with_another_text_is_announced_as_a_new_version(
    client: Client, admin: User
):
    url = "https://harbour.example.org/ferry"
    _import(RawArticle(text="An earlier text.", name="a", outlet="Harbour Post", url=url))

    page = client.get(_paste(client, url=url + "?utm_source=x")["Location"]).content.decode()

    assert "A new version" in page and "Version 2" in page


def test_an_outlet_known_from_the_files_name_alone_is_asked_about(client: Client, admin: User):
    meta = b'[{"file": "b.txt", "outlet": "Evening Bell"}]'

    page = client.get(
        _send(client, ("a.txt", TEXT.encode()), ("b.txt", b"Other words."), ("meta.json", meta))[
            "Location"
        ]
    ).content.decode()

    assert page.count("Who published it?") == 1


def test_a_text_that_is_here_is_no_new_article_of_an_outlet_guessed_from_the_files_name(
    client: Client, admin: User
):
    (item,) = _import(RawArticle(text=TEXT, name="a", outlet="Daily Glance", title="Marigold lost"))
    assert item.article is not None
    story = create_story(article=item.article)

    report = client.get(_send(client, ("02_dailyglance.txt", TEXT.encode()))["Location"])
    (check,) = report.context["checks"]

    page = report.content.decode()
    assert check.fate.result == "already here" and check.fate.story == story
    assert not check.form["keep"].value() and check.form["outlet"].value() == "Daily Glance"
    assert "The file does not say; Daily Glance has the same text" in page

    response = client.post(
        reverse("articles:confirm_upload", args=[Upload.objects.get().pk]),
        {f"{check.item.pk}-outlet": "Daily Glance", f"{check.item.pk}-title": "Marigold, lost"},
    )
    assert "nothing is ticked" in response.content.decode()
    # The report stands as it was filled in: a tick forgotten loses no typing.
    assert 'value="Marigold, lost"' in response.content.decode()
    assert (Article.objects.count(), ImportBatch.objects.count()) == (1, 1)


def test_a_reprint_of_a_named_outlet_is_an_article_of_its_own(client: Client, admin: User):
    (item,) = _import(RawArticle(text=TEXT, name="a", outlet="Daily Glance"))
    assert item.article is not None
    story = create_story(article=item.article)
    meta = b'[{"file": "b.txt", "outlet": "Evening Bell"}]'

    report = client.get(_send(client, ("b.txt", TEXT.encode()), ("meta.json", meta))["Location"])
    (check,) = report.context["checks"]

    assert check.fate.result == "saved" and check.fate.story == story
    assert check.form["keep"].value()


def test_an_outlet_typed_for_a_guessed_reprint_is_obeyed(client: Client, admin: User):
    _import(RawArticle(text=TEXT, name="a", outlet="Daily Glance"))
    _send(client, ("b.txt", TEXT.encode()))

    _confirm(client, Upload.objects.get(), outlet="Evening Bell")

    assert set(Article.objects.values_list("outlet__name", flat=True)) == {
        "Daily Glance",
        "Evening Bell",
    }


def test_the_words_a_date_was_read_in_are_quoted(client: Client, admin: User):
    text = TEXT.replace("PORT ORLA —", "Published May 3, 2031 by the harbour desk\n\nPORT ORLA —")

    dated = client.get(_paste(client, text)["Location"]).content.decode()
    undated = client.get(_paste(client)["Location"]).content.decode()

    assert re.search(
        r"3 May 2031, read in [^<]*: <q[^>]*>Published May 3, 2031 by the harbour desk<", dated
    )
    assert "no date found. Without one it stands last" in undated


def test_a_date_given_for_an_article_that_is_here_is_taken_or_said_not_to_be(
    client: Client, admin: User
):
    _import(RawArticle(text=TEXT, name="a", outlet="Harbour Post"))

    _paste(client)
    _confirm(client, Upload.objects.get(), published="2031-05-03")
    _paste(client)
    batch = _confirm(client, Upload.objects.get(), published="2031-05-09")

    article = Article.objects.get()
    assert (article.published_iso, article.published_source) == ("2031-05-03", "stated")
    page = client.get(batch["Location"]).content.decode()
    assert "keeps its date, 3 May 2031; 9 May 2031 was not taken" in page


def test_one_text_twice_in_an_upload_is_said(client: Client, admin: User):
    meta = b'[{"file": "a.txt", "outlet": "Post"}, {"file": "b.txt", "outlet": "Post"}]'

    response = _send(
        client, ("a.txt", TEXT.encode()), ("b.txt", TEXT.encode()), ("meta.json", meta)
    )

    assert (
        "The same text as a.txt of this upload" in client.get(response["Location"]).content.decode()
    )


def test_the_story_it_probably_joins_is_named(client: Client, admin: User):
    (item,) = _import(
        RawArticle(text=TEXT, name="a", outlet="Evening Bell", title="Marigold lost off Port Orla")
    )
    assert item.article is not None
    create_story(article=item.article)
    other = "The Marigold, a ferry with 41 people on board, went down off Port Orla. Ansa Brill treated two of them."

    near = client.get(_paste(client, other)["Location"]).content.decode()
    far = client.get(
        _paste(client, "The council of Dunmore raised bus fares by 25 cents.")["Location"]
    ).content.decode()

    assert re.search(r"probably\s+<a[^>]*>Marigold lost off Port Orla</a>", near)
    assert "probably" not in far


def test_a_demonstration_story_is_never_named_as_the_story_it_joins(client: Client, admin: User):
    (item,) = _import(
        RawArticle(text=TEXT, name="a", outlet="Evening Bell", title="Marigold lost off Port Orla")
    )
    assert item.article is not None
    story = create_story(article=item.article)
    story.is_demonstration = True
    story.save()
    other = "The Marigold, a ferry with 41 people on board, went down off Port Orla. Ansa Brill treated two of them."

    html = client.get(_paste(client, other)["Location"]).content.decode()

    assert "probably" not in html


def test_a_text_without_a_headline_is_called_by_its_first_words(client: Client, admin: User):
    response = _send(
        client,
        (
            "x1.txt",
            b"Harbour desk\n\nthe board of the harbour closed its northern pier on Monday.\n",
        ),
    )

    html = client.get(response["Location"]).content.decode()

    assert '<h2 class="preflight__name">the board of the harbour closed' in html


def test_markup_in_what_was_sent_is_shown_and_not_obeyed(client: Client, admin: User):
    evil = "<script>alert(1)</script>"
    sent = _paste(client, f"{evil} The ferry sank.", title=evil, outlet=evil)

    report = client.get(sent["Location"]).content.decode()
    batch = client.get(_confirm(client, Upload.objects.get())["Location"]).content.decode()

    assert evil not in report and evil not in batch
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in report
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in batch


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text": ""}, "Paste the article’s text".replace("’", "&#x27;")),
        ({"text": " \r\n "}, "only white space"),
        ({"outlet": ""}, "Say who published it"),
        ({"url": "harbour"}, "Write the whole address"),
        ({"published": "last Monday"}, "Write a date like 2025-03-15"),
    ],
)
def test_a_mistake_in_the_form_is_said_and_what_was_typed_stays(
    client: Client, admin: User, values: dict[str, str], message: str
):
    response = _paste(client, **{"text": "A text to keep.", "title": "A title to keep", **values})

    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "A title to keep" in page
    assert not Upload.objects.exists()


def test_no_file_and_too_much_at_once_are_said(client: Client, admin: User, settings: Any):
    settings.IMPORT_UPLOAD_BYTES = 1_000

    assert "Choose at least one file" in _send(client).content.decode()
    assert (
        "at most 1 kB are taken at once" in _send(client, ("a.txt", b"a" * 2_000)).content.decode()
    )


def test_an_address_that_may_not_be_fetched_is_said(client: Client, admin: User):
    data = {"kind": "url", "url-address": "http://127.0.0.1/secret"}

    page = client.post(reverse("articles:upload"), data).content.decode()

    assert "not on the public Internet" in page


def test_a_pasted_text_is_kept_with_the_line_ends_it_had(client: Client, admin: User):
    _paste(client, "  The ferry sank.\r\n\r\nTwo were hurt. ")

    assert Upload.objects.get().items.get().text == "  The ferry sank.\n\nTwo were hurt. "


def test_what_looks_like_a_later_text_can_be_kept_as_a_new_version(client: Client, admin: User):
    (item,) = _import(RawArticle(text=TEXT, name="a", outlet="Harbour Post", title="Marigold lost"))
    assert item.article is not None
    create_story(article=item.article)
    later = TEXT.replace("Two passengers", "Three passengers")

    page = client.get(_paste(client, later)["Location"]).content.decode()
    upload = Upload.objects.get()
    _confirm(client, upload, replaces=str(item.article.pk))

    assert "It is a later text of" in page
    second = Article.objects.current().get()
    assert (second.version, second.previous, second.story) == (2, item.article, item.article.story)


@pytest.mark.parametrize(
    ("outlet", "text"),
    [
        ("Evening Bell", TEXT.replace("Two", "Three")),
        ("Harbour Post", "The council of Dunmore raised fares by 25 cents."),
    ],
)
def test_another_outlet_or_another_matter_is_no_later_text(
    client: Client, admin: User, outlet: str, text: str
):
    (item,) = _import(RawArticle(text=TEXT, name="a", outlet="Harbour Post", title="Marigold lost"))
    assert item.article is not None
    create_story(article=item.article)

    page = client.get(_paste(client, text, outlet=outlet)["Location"]).content.decode()

    assert "It is a later text of" not in page


# --- confirming ------------------------------------------------------------------------------


def test_confirming_saves_with_the_corrections_and_defers_the_analysis(client: Client, admin: User):
    _send(client, ("post.txt", TEXT.encode()))

    response = _confirm(
        client, Upload.objects.get(), outlet="Harbour Post", title="Ferry", published="2025-03-15"
    )

    article = Article.objects.get()
    batch = ImportBatch.objects.get()
    assert response["Location"] == batch.get_absolute_url()
    assert (article.outlet.name, article.title, article.published_iso) == (
        "Harbour Post",
        "Ferry",
        "2025-03-15",
    )
    assert article.text == TEXT
    assert batch.created_by == admin
    assert ProcrastinateJob.objects.get(task_name="analyse_article").args == {
        "article_id": article.pk
    }
    assert not Upload.objects.exists()


def test_what_is_not_to_be_kept_is_left_out_even_if_it_is_wrong(client: Client, admin: User):
    _send(client, ("a.txt", TEXT.encode()), ("b.txt", b"Another text."))
    upload = Upload.objects.get()
    _, second = upload.items.all()
    data = _corrections(upload)
    del data[f"{second.pk}-keep"]
    data[f"{second.pk}-outlet"] = ""

    client.post(reverse("articles:confirm_upload", args=[upload.pk]), data)

    assert Article.objects.get().name == "a.txt"


def test_a_wrong_correction_is_said_and_nothing_is_saved(client: Client, admin: User):
    _send(client, ("a.txt", TEXT.encode()))

    response = _confirm(client, Upload.objects.get(), published="soon")

    assert response.status_code == 200
    assert "Write a date like" in response.content.decode()
    assert not Article.objects.exists() and Upload.objects.exists()


def test_confirming_twice_saves_once(client: Client, admin: User):
    _paste(client)
    upload = Upload.objects.get()
    data = _corrections(upload)
    url = reverse("articles:confirm_upload", args=[upload.pk])

    client.post(url, data)
    again = client.post(url, data, follow=True)

    assert Article.objects.count() == 1
    assert "confirmed already" in again.content.decode()


def test_leaving_it_saves_nothing(client: Client, admin: User):
    _paste(client)

    response = client.post(
        reverse("articles:discard_upload", args=[Upload.objects.get().pk]), follow=True
    )

    assert "Nothing was saved" in response.content.decode()
    assert not Upload.objects.exists() and not Article.objects.exists()


def test_a_draft_nobody_confirmed_is_deleted_after_a_day(admin: User):
    old = open_upload(kind="paste", items=[(Rejection("a", "b"), {})], user=admin)
    Upload.objects.update(created_at=timezone.now() - UPLOAD_LIFETIME * 1.1)

    open_upload(kind="paste", items=[(Rejection("a", "b"), {})], user=admin)

    assert not Upload.objects.filter(pk=old.pk).exists()
    assert Upload.objects.count() == 1


# --- progress --------------------------------------------------------------------------------


def _import(*items: RawArticle | Rejection) -> list[ImportItem]:
    return list(import_batch(kind=ImportBatch.Kind.UPLOAD, items=items).items.all())


def _raw(number: int) -> RawArticle:
    return RawArticle(
        text=f"Text number {number} of the ferry.", name=f"{number}.txt", outlet=f"Post {number}"
    )


def test_progress_is_asked_for_until_all_are_analysed(client: Client, admin: User):
    (item,) = _import(_raw(1))
    assert item.article is not None
    url = item.batch.get_absolute_url()

    waiting = client.get(url, headers={"HX-Request": "true"})
    story = create_story(article=item.article)
    set_state(article=item.article, state=Article.State.ANALYSED)
    comparing = client.get(url, headers={"HX-Request": "true"})
    Story.objects.filter(pk=story.pk).update(stale_since=None)
    done = client.get(url, headers={"HX-Request": "true"})

    assert (waiting.status_code, comparing.status_code, done.status_code) == (200, 200, 286)
    assert "1 story is being compared" in comparing.content.decode()
    assert (
        "0 of 1 analysed" in waiting.content.decode()
        and 'hx-trigger="every 1s"' in waiting.content.decode()
    )
    assert "1 of 1 analysed" in done.content.decode() and "hx-trigger" not in done.content.decode()
    assert story.get_absolute_url() in done.content.decode()


def test_the_whole_page_shows_the_same_progress(client: Client, admin: User):
    (item,) = _import(_raw(1))

    page = client.get(item.batch.get_absolute_url()).content.decode()

    assert "<html" in page and "0 of 1 analysed" in page


def test_a_batch_of_what_was_refused_is_done_at_once_and_says_why(client: Client, admin: User):
    (item,) = _import(Rejection("b.pdf", "This is a PDF, not text."))

    page = client.get(item.batch.get_absolute_url()).content.decode()

    assert "1 rejected" in page and "This is a PDF, not text." in page
    assert "hx-trigger" not in page.split("<main", 1)[1].split("</main>", 1)[0]


def test_a_failed_article_says_why_and_can_be_tried_again(client: Client, admin: User):
    (item,) = _import(_raw(1))
    assert item.article is not None
    mark_failed(article=item.article, message="The text is one word of a megabyte.")

    page = client.get(item.batch.get_absolute_url()).content.decode()
    client.post(reverse("articles:retry", args=[item.batch_id, item.article.pk]))

    item.article.refresh_from_db()
    assert "one word of a megabyte" in page and "Try again" in page
    assert item.article.state == Article.State.WAITING


def test_an_article_of_another_batch_is_not_tried_again_through_this_one(
    client: Client, admin: User
):
    (one,) = _import(_raw(1))
    (two,) = _import(_raw(2))
    assert two.article is not None

    response = client.post(reverse("articles:retry", args=[one.batch_id, two.article.pk]))

    assert response.status_code == 404


def test_a_story_that_could_not_be_compared_is_not_waited_for(client: Client, admin: User):
    (item,) = _import(_raw(1))
    assert item.article is not None
    story = create_story(article=item.article)
    set_state(article=item.article, state=Article.State.ANALYSED)
    Story.objects.filter(pk=story.pk).update(failure="The story has too many articles.")

    response = client.get(item.batch.get_absolute_url(), headers={"HX-Request": "true"})

    assert response.status_code == 286
    assert "The story has too many articles." in response.content.decode()


def test_imports_stand_the_newest_first_with_titles_and_who_brought_them_in(
    client: Client, admin: User
):
    for number in (1, 2):
        items = [_raw(10 * number + article) for article in range(4)]
        import_batch(kind=ImportBatch.Kind.PASTE, items=items, user=admin)
    older, newer = ImportBatch.objects.order_by("pk")

    html = client.get(reverse("articles:batches")).content.decode()

    assert html.index(newer.get_absolute_url()) < html.index(older.get_absolute_url())
    titles = [item.article.title or item.name for item in newer.items.all() if item.article]
    assert [title in html for title in titles] == [True, True, True, False]
    assert f"by {admin.username}" in html


@pytest.mark.parametrize("name", ["upload", "confirm", "batch", "batches"])
def test_pages_need_no_more_queries_for_many_articles(
    client: Client, admin: User, django_assert_max_num_queries: Any, name: str
):
    def count(start: int, end: int) -> int:
        items = [_raw(number) for number in range(start, end)]
        batch = import_batch(kind=ImportBatch.Kind.UPLOAD, items=items)
        for article in batch.articles.all():
            create_story(article=article)
        draft = open_upload(kind="upload", items=[(raw, {}) for raw in items], user=admin)
        url = {
            "upload": reverse("articles:upload"),
            "confirm": reverse("articles:confirm_upload", args=[draft.pk]),
            "batch": batch.get_absolute_url(),
            "batches": reverse("articles:batches"),
        }[name]
        with django_assert_max_num_queries(25) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    assert count(0, 2) == count(2, 22)
