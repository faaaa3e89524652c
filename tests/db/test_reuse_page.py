"""The reuse page: two articles beside each other where one goes back to the other."""

from __future__ import annotations

import pytest
from django.urls import reverse

from apps.articles.models import Article, Segment, Story
from apps.claims.models import Origin
from apps.claims.reuse_view import ReusePage, build_reuse_page
from tests.db.stories import (
    count_queries,
    make_article,
    make_matrix,
    make_origin,
    make_story,
    make_version,
)

pytestmark = pytest.mark.django_db

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'

WIRE = [
    "The council of Arden closed the old harbour on Monday after a crane fell into the basin.",
    "Two officials said on condition of anonymity that the crane had not been inspected since spring.",
    "Nobody was hurt, and the fishing boats moved to the northern quay before dawn.",
    "The harbour master, Lena Okoro, will report to the council before the end of the month.",
]


@pytest.fixture
def harbour() -> Story:
    """A rewrite that drops the anonymity, turns two sentences round and adds one; and an
    article that owes nothing to either."""
    story = make_story("Harbour closed at Arden")
    wire = make_article(story, "Coast Wire", WIRE, is_wire=True)
    echo = make_article(
        story,
        "Daily Echo",
        [
            WIRE[0],
            "Two officials said that the crane had not been inspected since early spring.",
            WIRE[3],
            "Nobody was hurt, and the fishing boats fled to the northern quay before dawn.",
            "It is the third scandal this year.",
        ],
        hours=2,
    )
    mail = make_article(story, "South Mail", ["A crane toppled. Boats left the port."], hours=3)
    make_origin(story, [wire, echo], wire)
    make_origin(story, [mail], mail)
    return story


def _of(story: Story, outlet: str) -> Article:
    return story.articles.get(outlet__name=outlet)


def _page(story: Story, left: str = "Coast Wire", right: str = "Daily Echo", **more) -> ReusePage:
    return build_reuse_page(
        story, left=str(_of(story, left).pk), right=str(_of(story, right).pk), **more
    )


def _address(story: Story, query: str = "") -> str:
    return reverse("claims:reuse", args=[story.slug]) + query


def _marked(side) -> list[tuple[str, str]]:
    return [(piece.mark, piece.text) for piece in side.pieces if piece.mark]


# --- sentences beside each other -------------------------------------------------------------


def test_linked_sentences_stand_beside_each_other_and_others_alone(harbour):
    page = _page(harbour)

    assert [row.kind for row in page.rows] == ["same", "edited", "edited", "same", "apart"]
    apart = page.rows[-1]
    assert (len(apart.left_run), len(apart.right_run)) == (0, 1)
    assert apart.right_run[0].pieces[0].text == "It is the third scandal this year."


def test_words_taken_out_exchanged_and_put_in_are_told_apart(harbour):
    _, officials, boats, *_ = _page(harbour).rows

    assert officials.left is not None
    assert officials.right is not None
    assert boats.left is not None
    assert _marked(officials.left) == [("removed", "on condition of anonymity")]
    assert _marked(officials.right) == [("added", "early")]
    assert _marked(boats.left) == [("differs", "moved")]


def test_a_sentence_in_another_place_is_said_to_be_moved(harbour):
    page = _page(harbour)

    assert page.counts.moved == 1
    assert sum(row.is_moved for row in page.rows) == 1


def test_a_short_sentence_and_its_copy_with_a_clause_put_in_stand_beside_each_other():
    story = make_story()
    make_article(story, "Coast Wire", ["The mill at Arden burned.", "It employs 310 people there."])
    make_article(
        story,
        "Daily Echo",
        ["Nobody knows why.", "It employs, as if that helped anybody, 310 people there."],
        hours=1,
    )

    page = _page(story)
    (row,) = [row for row in page.rows if row.kind == "edited"]

    assert _marked(row.left) == []
    assert _marked(row.right) == [("added", "as if that helped anybody")]
    assert (page.counts.edited, page.counts.right_only) == (1, 1)


def test_counts_are_those_of_the_right_article(harbour):
    counts = _page(harbour).counts

    assert (counts.same, counts.edited, counts.right_only, counts.right) == (2, 2, 1, 5)


def test_two_sentences_joined_to_one_are_shown_as_such():
    story = make_story()
    wire = make_article(story, "Coast Wire", [WIRE[0], WIRE[2]])
    joined = f"{WIRE[0][:-1]}, and n{WIRE[2][1:]}"
    echo = make_article(story, "Daily Echo", [joined], hours=1)

    page = build_reuse_page(story, left=str(wire.pk), right=str(echo.pk))

    assert [row.is_joined for row in page.rows] == [False, True]
    assert page.counts.right == 1


def test_a_sentence_cut_in_two_is_shown_as_such():
    story = make_story()
    joined = f"{WIRE[0][:-1]}, and n{WIRE[2][1:]}"
    wire = make_article(story, "Coast Wire", [joined])
    echo = make_article(story, "Daily Echo", [WIRE[0], WIRE[2]], hours=1)

    page = build_reuse_page(story, left=str(wire.pk), right=str(echo.pk))

    assert [(row.left is None, row.is_joined) for row in page.rows] == [
        (False, False),
        (True, True),
    ]
    assert page.counts.right == 2


def test_what_was_set_aside_is_not_compared(harbour):
    echo = _of(harbour, "Daily Echo")
    segment = Segment.objects.get(article=echo, position=4)
    segment.sentences.update(role="boilerplate")

    assert _page(harbour).counts.right_only == 0


def test_only_what_was_changed_folds_the_rest(harbour):
    page = _page(harbour, only_changes=True)

    assert [row.kind for row in page.rows].count("folded") == 2
    assert page.counts.same == 2


def test_articles_without_a_sentence_in_common_are_stacked(harbour):
    page = _page(harbour, right="South Mail")

    assert page.is_stacked
    assert page.direction == "none"


# --- which way it went -----------------------------------------------------------------------


def test_who_goes_back_to_whom_is_said_with_the_evidence(harbour):
    page, turned = _page(harbour), _page(harbour, "Daily Echo", "Coast Wire")

    assert (page.direction, turned.direction) == ("left", "right")
    assert page.reason == "keeps most sentences word for word"
    assert page.dependence is not None
    assert page.dependence.shared > 20


def test_one_text_without_a_known_source_says_so(harbour):
    harbour.origins.filter(source=_of(harbour, "Coast Wire")).update(source=None)

    assert _page(harbour).direction == "unknown"


def test_two_rewrites_name_the_text_both_go_back_to(harbour):
    late = make_article(harbour, "Night Post", WIRE[:3], hours=5)
    harbour.origins.get(source=_of(harbour, "Coast Wire")).articles.add(late)

    page = _page(harbour, "Daily Echo", "Night Post")

    assert page.source is not None
    assert (page.direction, page.source.outlet) == ("third", "Coast Wire")


def test_an_earlier_version_can_be_set_beside_the_current_one(harbour):
    old = _of(harbour, "Daily Echo")
    new = make_version(old, WIRE[:2], hours=6)

    page = build_reuse_page(harbour, left=str(old.pk), right=str(new.pk))

    assert page.direction == "version"
    assert page.left is not None
    assert page.left.version == 1


# --- choosing --------------------------------------------------------------------------------


def test_the_pair_that_shares_most_is_shown_first(harbour):
    page = build_reuse_page(harbour)

    assert page.left is not None
    assert page.right is not None
    assert (page.left.column.outlet, page.right.column.outlet) == ("Coast Wire", "Daily Echo")
    assert [(pair.left.outlet, pair.right.outlet, pair.shared) for pair in page.pairs] == [
        ("Coast Wire", "Daily Echo", 4)
    ]


@pytest.mark.parametrize("query", ["?left=x&right=9", "?left=999999", "?left={mail}&right={mail}"])
def test_any_address_gives_a_page(reader, harbour, query):
    mail = _of(harbour, "South Mail").pk

    assert reader.get(_address(harbour, query.format(mail=mail))).status_code == 200


def test_the_article_of_another_story_is_not_shown(reader, harbour):
    other = make_article(make_story(), "Far News", ["Something else altogether."])

    html = reader.get(_address(harbour, f"?left={other.pk}&right={other.pk}")).content.decode()

    assert "Something else altogether" not in html


# --- the page --------------------------------------------------------------------------------


def test_the_page_asks_who_reads_it(client, harbour):
    assert client.get(_address(harbour)).status_code == 302


def test_the_page_says_how_much_is_whose(reader, harbour):
    html = reader.get(_address(harbour)).content.decode()

    assert "Daily Echo has 4 of its 5 sentences in common with Coast Wire" in html
    assert "Daily Echo is based on Coast Wire" in html
    assert "<del" in html


@pytest.mark.parametrize(
    ("reason", "source", "says"),
    [
        ("31 words on end; Coast Wire was published first", "manual", "is based on"),
        ("31 words on end; Coast Wire was published first", "inferred:dateline", "is probably based on"),
        ("31 words on end; only Coast Wire itself marks the text as its own", "inferred:dateline", "is based on"),
        ("31 words on end; the other article's text is contained in Coast Wire", "manual", "is probably based on"),
    ],
)  # fmt: skip
def test_a_direction_that_is_only_likely_is_said_to_be(reader, harbour, reason, source, says):
    Origin.objects.filter(story=harbour).update(reason=reason)
    Article.objects.filter(story=harbour).update(published_source=source)

    html = reader.get(_address(harbour)).content.decode()

    assert f"Daily Echo {says} Coast Wire" in html


def test_htmx_gets_the_part_alone(reader, harbour):
    html = reader.get(_address(harbour), headers={"HX-Request": "true"}).content.decode()

    assert html.lstrip().startswith('<div class="reuse"')


@pytest.mark.parametrize(
    ("articles", "words"), [(0, "No articles here yet"), (1, "Only one article")]
)
def test_an_empty_page_says_what_to_do(reader, articles, words):
    story = make_story()
    for number in range(articles):
        make_article(story, f"Outlet {number}", ["A sentence of six words here."])

    assert words in reader.get(_address(story)).content.decode()


def test_hostile_words_stay_words(reader):
    story = make_story(f"Story {HOSTILE}")
    articles = [
        make_article(story, f"{name} {HOSTILE}", [f"{WIRE[0]} {HOSTILE}", f"{name} {HOSTILE}"])
        for name in ("North", "South")
    ]
    make_origin(story, articles, None)

    html = reader.get(_address(story)).content.decode()

    assert "<img" not in html
    assert "<script>alert" not in html


def test_a_wide_story_needs_as_many_queries_as_a_narrow_one():
    small, large = make_matrix(2, 3), make_matrix(12, 30)
    counts = []
    for story in (small, large):
        story.origins.all().delete()
        make_origin(story, list(story.articles.all()), None)
        counts.append(count_queries(build_reuse_page, story))

    assert counts[0] == counts[1] <= 12
