"""What the database itself refuses: words that are not the text's, and history unwritten."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, models, transaction

from apps.articles.models import Article
from apps.claims.models import Annotation, Claim, Finding, FindingSpan, Mention, Quantity
from tests.db.stories import make_article, make_story

pytestmark = pytest.mark.django_db

WORDS = "Über 40 people were aboard the Alma."


@pytest.fixture
def claim() -> Claim:
    make_article(make_story(), "North Daily", ["Nobody was hurt.", WORDS])
    return Claim.objects.get(quote=WORDS)


def _store(model: type[models.Model], claim: Claim, *, start: int, quote: str) -> None:
    """Store the shortest row of *model* for the words at *start* of the claim."""
    place = {
        "start": claim.start + start,
        "end": claim.start + start + len(quote),
        "quote": quote,
    }
    if model is Quantity:
        Quantity.objects.create(claim=claim, type="cardinal", **place)
    elif model is Mention:
        Mention.objects.create(claim=claim, kind="SHIP", canonical="Alma", **place)
    elif model is Annotation:
        Annotation.objects.create(article=claim.article, note="Which?", **place)
    else:
        finding = Finding.objects.create(
            story=claim.article.story,
            key="k",
            kind="number_conflict",
            outcome="conflict",
            severity="high",
            explanation="They differ.",
            rule="40 is not 90.",
            confidence=0.5,
            position=0,
        )
        FindingSpan.objects.create(finding=finding, article=claim.article, position=0, **place)


@pytest.mark.parametrize("model", [Quantity, Mention, Annotation, FindingSpan])
def test_words_are_stored_where_they_stand_and_nowhere_else(model, claim):
    _store(model, claim, start=5, quote="40")
    stored = model.objects.get()

    assert claim.article.text[stored.start : stored.end] == "40"
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(start=models.F("start") + 1, end=models.F("end") + 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(quote="41")


@pytest.mark.parametrize("model", [Quantity, Mention])
def test_words_outside_their_claim_are_refused(model, claim):
    with pytest.raises(DatabaseError), transaction.atomic():
        _store(model, claim, start=-7, quote="hurt")


def test_history_is_not_emptied():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name = 'pgh_id'"
        )
        tables = [name for (name,) in cursor]
        assert len(tables) == 11
        cursor.execute("SET LOCAL variorum.may_empty = ''")
        for table in tables:
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                cursor.execute(f"TRUNCATE {table}")


def test_history_tells_every_story_an_article_was_in():
    first, second = make_story("Ferry aground"), make_story("Ferry afloat")
    article = make_article(first, "North Daily", [WORDS])
    Article.objects.filter(pk=article.pk).update(story=second)

    events = Article.pgh_event_model.objects.filter(pgh_obj=article).order_by("pgh_id")

    assert [event.story_id for event in events] == [first.pk, second.pk]
