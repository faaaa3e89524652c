"""What readers see of who goes back to whom, and that origins are counted beside outlets."""

from __future__ import annotations

import pytest

from apps.articles.models import Article
from apps.claims.article_pages import build_article_page
from apps.claims.comparison import build_comparison
from tests.db.stories import claim_of, make_article, make_origin, make_row, make_story

pytestmark = pytest.mark.django_db

LEAK = "The dam leaks, the water board said."


def page_of(article: Article):
    return build_article_page(Article.objects.select_related("outlet", "story").get(pk=article.pk))


def test_articles_of_one_text_say_so_where_nobody_knows_which_was_first():
    story = make_story()
    early, late, own = (
        make_article(story, outlet, [LEAK]) for outlet in ("Elm Post", "Elm Star", "Gorge Echo")
    )
    make_origin(story, [early, late], None)
    make_origin(story, [own], own)

    columns = {column.outlet: column for column in build_comparison(story).columns}

    assert columns["Elm Post"].same_text_as == "Elm Star"
    assert columns["Elm Star"].same_text_as == "Elm Post"
    assert columns["Gorge Echo"].same_text_as == columns["Elm Post"].goes_back_to == ""
    assert columns["Elm Post"].origin_reason == "keeps most sentences word for word"


def test_a_known_source_is_named_instead():
    story = make_story()
    first, copy = (make_article(story, outlet, [LEAK]) for outlet in ("Elm Post", "Elm Star"))
    make_origin(story, [first, copy], first)

    columns = {column.outlet: column for column in build_comparison(story).columns}

    assert columns["Elm Star"].goes_back_to == "Elm Post"
    assert columns["Elm Star"].same_text_as == columns["Elm Post"].same_text_as == ""


@pytest.mark.parametrize(
    ("origins", "label"),
    [
        ([[0], [1], [2]], "also in 2 others, 2 other origins"),
        ([[0], [1, 2]], "also in 2 others, 1 other origin"),
        ([[0, 1], [2]], "also in 2 others, 1 other origin"),
        ([[0, 1, 2]], "also in 2 others, no other origin"),
    ],
)
def test_the_margin_counts_origins_beside_the_articles_that_tell_it_too(
    origins: list[list[int]], label: str
):
    story = make_story()
    articles = [
        make_article(story, outlet, [LEAK]) for outlet in ("Elm Post", "Elm Star", "Gorge Echo")
    ]
    make_row(story, [claim_of(article) for article in articles])
    for members in origins:
        make_origin(story, [articles[number] for number in members], articles[members[0]])

    (paragraph,) = page_of(articles[0]).paragraphs
    (margin,) = paragraph.margin

    assert margin.label == label
