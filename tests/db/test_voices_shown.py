"""A number and the words around it are put in one way on every page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.articles.models import Story
from apps.claims.models import Claim
from tests.db.stories import add_quantity, claim_of, make_article, make_row, make_story

pytestmark = pytest.mark.django_db

REPORTED = "According to reports, 261 people were deported, a move under an act of 1798."
HELD = "She saw the prison, where about 260 people are held on allegations of being in a gang."


def _add_part(whole: Claim, words: str, *, voice: str, source: str = "") -> Claim:
    start = whole.start + whole.quote.index(words)
    return Claim.objects.create(
        article=whole.article,
        sentence=whole.sentence,
        parent=whole,
        position=100 + whole.position,
        key=f"part{whole.pk}",
        start=start,
        end=start + len(words),
        quote=words,
        role=whole.role,
        voice=voice,
        source=source,
        attribution_kind="indirect" if source else "none",
        cue="according to" if source else "",
        details={"quantities": []},
    )


@pytest.fixture
def prison() -> Story:
    story = make_story()
    reports, held = make_article(story, "Site", [REPORTED]), make_article(story, "Wire", [HELD])
    add_quantity(claim_of(reports), "261", 261, 261, counted="people")
    add_quantity(claim_of(held), "about 260", 250, 270, counted="people")
    make_row(story, [claim_of(reports), claim_of(held)], "How many there are")
    deported = "According to reports, 261 people were deported"
    part = _add_part(claim_of(reports), deported, voice="attributed", source="reports")
    add_quantity(part, "261", 261, 261, counted="people")
    allegation = "where about 260 people are held on allegations of being in a gang"
    part = _add_part(claim_of(held), allegation, voice="alleged")
    add_quantity(part, "about 260", 250, 270, counted="people")
    return story


def test_the_comparison_and_the_numbers_call_a_number_the_same(reader, prison):
    numbers = reader.get(reverse("claims:numbers", args=[prison.slug])).content.decode()
    matrix = reader.get(prison.get_absolute_url()).content.decode()

    assert "according to reports; in part stated as fact" in matrix
    assert "alleged; in part stated as fact" in matrix
    assert '<span class="voice voice--attributed">according to reports</span>' in numbers
    assert '<span class="voice voice--alleged">alleged</span>' in numbers
    assert "voice--stated" not in numbers


def test_a_part_without_a_number_is_said_beside_the_whole(reader):
    story = make_story()
    words = "He toured the yard and met men accused of theft."
    article = make_article(story, "Site", [words])
    other = make_article(story, "Wire", [words])
    make_row(story, [claim_of(article), claim_of(other)])
    _add_part(claim_of(article), "met men accused of theft", voice="alleged")

    html = reader.get(story.get_absolute_url()).content.decode()

    assert html.count("stated as fact; in part alleged") == 1


def test_what_is_copied_says_it_too(reader, prison):
    address = reverse("claims:row_text", args=[prison.slug, prison.groups.get().pk])

    assert "(alleged; in part stated as fact)" in reader.get(address).content.decode()
