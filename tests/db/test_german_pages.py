"""The pages in German: words, plurals, numbers and dates; what is kept stays English."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.articles.forms import PasteForm
from apps.articles.models import Article, ImportBatch, ImportItem, Story
from apps.articles.preflight import describe_counts, describe_date
from apps.claims.actions import decide_finding, mute_kind, relabel
from apps.claims.article_pages import build_article_page
from apps.claims.comparison import build_comparison
from apps.claims.models import UndoStep
from apps.claims.pieces import describe_interval
from apps.claims.presentation import Filters
from apps.claims.progress import build_progress
from tests.db.stories import (
    add_quantity,
    claim_of,
    make_article,
    make_finding,
    make_origin,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ferry() -> Story:
    """Two outlets on one ferry: a row with a finding, and a sentence each has alone."""
    story = make_story()
    north = make_article(story, "North Post", ["The ferry carried 1,250 people.", "It sank."])
    south = make_article(story, "South Mail", ["The ferry carried 60 people."], hours=2)
    row = make_row(story, [claim_of(north), claim_of(south)], "people aboard")
    make_row(story, [claim_of(north, 1)])
    add_quantity(claim_of(north), "1,250", 1250, 1250, counted="people")
    make_finding(story, row, [claim_of(north), claim_of(south)], key="aboard", words=["1", "60"])
    return story


def _page(client: Client, address: str) -> str:
    response = client.get(address, headers={"accept-language": "de"})
    assert response.status_code == 200
    return response.content.decode()


def test_the_matrix_says_its_words_in_german(checker: Client, ferry: Story):
    html = _page(checker, ferry.get_absolute_url())

    assert '<html lang="de"' in html
    assert "Zahlen widersprechen sich" in html
    assert "als Tatsache" in html
    assert "nach Gewicht" in html
    assert "1.250 people" in html
    assert "Numbers conflict" not in html


def test_the_words_of_articles_stay_as_they_were_printed(checker: Client, ferry: Story):
    html = _page(checker, ferry.get_absolute_url())

    assert "The ferry carried" in html


def test_a_finding_is_decided_in_german_and_kept_in_english(checker: Client, ferry: Story):
    address = reverse("claims:decide", args=[ferry.slug, "aboard"])

    response = checker.post(
        address, {"value": "dismiss", "reason": "2"}, headers={"accept-language": "de"}
    )

    assert response.status_code == 302
    card = _page(checker, reverse("claims:finding", args=[ferry.slug, "aboard"]))
    assert "Unwesentlicher Unterschied" in card
    assert "Verworfen" in card
    step = UndoStep.objects.get()
    assert step.label.startswith("Dismissed: ")
    assert "Verworfen: " in _page(checker, ferry.get_absolute_url())


def test_muting_keeps_the_english_title_of_the_kind(ferry: Story):
    with translation.override("de"):
        mute_kind(story=ferry, kind="number_conflict", user=make_user("ada", "admin"))

    assert UndoStep.objects.get().label == "Muted in this story: Numbers conflict"


def test_a_form_that_lacks_something_says_so_in_german(checker: Client, ferry: Story):
    address = reverse("claims:give_verdict", args=[ferry.slug, "aboard"])

    response = checker.post(address, {"value": ""}, headers={"accept-language": "de"})

    html = response.content.decode()
    assert "Ein Urteil auswählen." in html
    assert "Den Beleg wörtlich zitieren" in html
    assert "Urteil über die Aussage" in html


@pytest.mark.parametrize(
    ("waiting", "english", "german"),
    [
        (1, "Reading 1 of 2 articles", "Liest 1 von 2 Artikeln"),
        (2, "Reading 2 of 2 articles", "Liest 2 von 2 Artikeln"),
    ],
)
def test_progress_is_told_in_the_language_of_the_page(
    ferry: Story, waiting: int, english: str, german: str
):
    for article in Article.objects.order_by("pk")[:waiting]:
        Article.objects.filter(pk=article.pk).update(state=Article.State.WAITING)

    assert build_progress(ferry).text == english
    with translation.override("de"):
        assert build_progress(ferry).text == german


def test_one_article_alone_is_told_in_the_singular():
    story = make_story()
    make_article(story, "North Post", ["It sank."])
    Article.objects.update(state=Article.State.WAITING)

    with translation.override("de"):
        assert build_progress(story).text == "Liest 1 von 1 Artikel"


@pytest.mark.parametrize(
    ("captions", "repeats", "english", "german"),
    [
        (0, 0, "", ""),
        (1, 0, "1 caption", "1 Bildunterschrift"),
        (2, 1, "2 captions (1 of them a repeat)", "2 Bildunterschriften (1 davon eine Wiederholung)"),
        (20, 2, "20 captions (2 of them repeats)", "20 Bildunterschriften (2 davon Wiederholungen)"),
    ],
)  # fmt: skip
def test_what_labelling_found_is_counted_in_the_language_of_the_page(
    captions: int, repeats: int, english: str, german: str
):
    report = {"roles": {"caption": captions}, "repeats": {"caption": repeats}}

    assert describe_counts(report) == english
    with translation.override("de"):
        assert describe_counts(report) == german


def test_where_a_date_was_read_is_told_in_german():
    report = {"date": "2025-03-15", "date_source": "inferred:caption"}

    assert describe_date(report) == "15 Mar 2025, read in a caption"
    with translation.override("de"):
        assert describe_date(report) == "15. März 2025, aus einer Bildunterschrift"
        assert describe_date({"date": None}) == "kein Datum gefunden"


@pytest.mark.parametrize(
    ("low", "high", "unit", "english", "german"),
    [
        (1250, 1250, "", "1,250", "1.250"),
        ("0.333", "0.333", "", "0.333", "0,333"),
        (251, None, "", "251 or more", "mindestens 251"),
        (None, 900, "", "up to 900", "bis zu 900"),
        (2500000, 2500000, "USD", "$2.5 million", "$2,5 Millionen"),
        (50, None, "%", "50% or more", "mindestens 50\u00a0%"),
        (45, 50, "%", "45–50%", "45–50\u00a0%"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(
    low: float | str | None, high: float | str | None, unit: str, english: str, german: str
):
    ends = [None if end is None else Decimal(str(end)) for end in (low, high)]

    assert describe_interval(*ends, unit=unit) == english
    with translation.override("de"):
        assert describe_interval(*ends, unit=unit) == german


def test_days_are_written_as_the_language_writes_them(ferry: Story):
    english = [column.published_label for column in build_comparison(ferry, Filters()).columns]
    with translation.override("de"):
        german = [column.published_label for column in build_comparison(ferry, Filters()).columns]

    assert english[0] == "4 May 2031, 12:00 UTC"
    assert german[0] == "4. Mai 2031, 12:00 UTC"


def test_why_texts_are_one_is_told_in_german(ferry: Story):
    articles = list(ferry.articles.order_by("pk"))
    origin = make_origin(ferry, articles, articles[0])
    type(origin).objects.filter(pk=origin.pk).update(
        reason="30 words on end, 3 sentences are copies or edited copies; North Post is "
        "named as the source by Echo"
    )

    with translation.override("de"):
        column = build_comparison(ferry, Filters()).columns[1]

    assert column.origin_reason == (
        "30 Wörter am Stück, 3 Sätze sind Übernahmen, auch bearbeitete; North Post ist als "
        "Quelle genannt bei Echo"
    )


def test_the_reason_of_a_part_is_told_in_german(ferry: Story):
    article = ferry.articles.order_by("pk")[0]
    segment = article.segments.first()
    assert segment is not None
    type(segment).objects.filter(pk=segment.pk).update(reason="text of the report")

    with translation.override("de"):
        page = build_article_page(article)

    assert page.paragraphs[0].reason == "Text des Berichts"


def test_what_became_of_a_file_is_kept_in_english_and_told_in_german(client: Client):
    client.force_login(make_user("ada", "admin"))
    batch = ImportBatch.objects.create(kind="upload")
    item = ImportItem.objects.create(
        batch=batch, position=0, name="a.txt", result="rejected", message="The file is empty."
    )

    html = _page(client, batch.get_absolute_url())

    assert "Die Datei ist leer." in html
    assert "Abgelehnt" in html
    assert "abgelehnt" in html
    item.refresh_from_db()
    assert item.message == "The file is empty."


def test_labels_of_fields_are_german():
    with translation.override("de"):
        labels = [str(field.label) for field in PasteForm().fields.values()]

    assert labels == ["Text", "Medium", "Titel", "Adresse", "Veröffentlicht"]


def test_a_label_given_in_german_is_kept_as_the_role(ferry: Story):
    article = ferry.articles.order_by("pk")[0]

    with translation.override("de"):
        correction = relabel(
            article=article, start=0, end=5, role="caption", user=make_user("edda", "editor")
        )

    assert correction.role == "caption"
    assert UndoStep.objects.get().label.endswith("as caption")


def test_a_decision_is_the_same_row_in_every_language(ferry: Story):
    user = make_user("edda", "editor")
    with translation.override("de"):
        decision = decide_finding(
            story=ferry, finding_key="aboard", value="dismiss", reason=2, user=user
        )

    assert (decision.value, decision.reason) == ("dismiss", 2)
