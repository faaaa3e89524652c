"""What a search finds: words, misspelt ones, filters, speakers; and what it costs."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from apps.articles.models import Article, Segment, Story
from apps.claims.actions import (
    decide_finding,
    give_verdict,
    index_article,
    index_missing,
    mute_kind,
)
from apps.claims.actions.decisions import EvidenceDraft
from apps.claims.models import Claim, Mention
from apps.claims.search import SearchPage, build_search
from apps.claims.search_filters import read_search, search_filters_from
from apps.claims.word_models import KnownWord
from tests.db.stories import (
    add_mention,
    add_quantity,
    claim_of,
    make_article,
    make_finding,
    make_matrix,
    make_origin,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db


def _say(claim: Claim, speaker: str, *, kind: str = "indirect") -> None:
    Claim.objects.filter(pk=claim.pk).update(
        source=speaker, source_resolved=speaker, cue="said", attribution_kind=kind
    )


@pytest.fixture
def ferry() -> Story:
    """A wire story, its copy and another one; a speaker, a place, numbers, two findings."""
    story = make_story()
    wire = make_article(
        story,
        "Coast Wire",
        [
            "The ferry carried 40 people when it struck the rocks.",
            "“Nobody should have sailed,” said Orla Venn.",
            "More than 250 waited at Pointe-à-Vent.",
        ],
        is_wire=True,
    )
    mail = make_article(
        story, "South Mail", ["The ferries carried 60 people.", "Comments are closed."], hours=48
    )
    echo = make_article(story, "Daily Echo", ["A ferry carried 40 people."], hours=3)
    _say(claim_of(wire, 1), "Orla Venn", kind="direct")
    add_quantity(claim_of(wire), "40", 40, 40)
    add_quantity(claim_of(mail), "60", 60, 60)
    add_quantity(claim_of(wire, 2), "More than 250", 251, None)
    add_mention(claim_of(wire, 2), "Pointe-à-Vent")
    Mention.objects.update(kind="place")
    row = make_row(story, [claim_of(wire), claim_of(mail)], "How many were aboard")
    make_finding(story, row, [claim_of(wire), claim_of(mail)], key="aboard")
    make_finding(
        story,
        row,
        [claim_of(mail)],
        key="alone",
        kind="unsupported_addition",
        outcome="unsupported",
        severity="low",
    )
    make_origin(story, [wire, echo], wire)
    Segment.objects.filter(article=mail, position=1).update(role="boilerplate")
    for article in (wire, mail, echo):
        index_article(article=article)
    return story


def _search(query: str) -> SearchPage:
    return build_search(search_filters_from(QueryDict(query)))


def _outlets(query: str) -> list[str]:
    return [hit.where.outlet for hit in _search(query).hits]


def _marked(query: str) -> list[str]:
    return [p.text for hit in _search(query).hits for p in (*hit.title, *hit.pieces) if p.mark]


# --- words -----------------------------------------------------------------------------------


def test_other_forms_of_a_word_are_found_and_marked_as_they_stand(ferry):
    assert sorted(_marked("q=FERRY&sort=oldest")) == ["ferries", "ferry", "ferry"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=carried+people", 3),
        ("q=carried+sailed", 0),
        ("q=rocks+or+sailed", 2),
        ("q=ferry+-rocks", 2),
        ("q=%22nobody+should%22", 1),
        ("q=%22should+nobody%22", 0),
        ("q=sail*", 1),
        ("q=pointe+a+vent", 1),
        ("q=Pointe-%C3%80-Vent", 1),
        ("q=venn", 1),
        ("q=250", 1),
    ],
)
def test_words_phrases_and_exceptions_find_what_they_say(ferry, query, found):
    assert len(_search(query).hits) == found


def test_a_misspelt_word_finds_what_was_meant_and_says_so(ferry):
    page = _search("q=feryr")

    assert page.total == 3
    assert page.spellings == (("feryr", ("ferry",)),)


def test_a_beginning_finds_the_words_that_begin_so(ferry):
    page = _search("q=noth+or+nobo")

    assert page.spellings == (("nobo", ("nobo*",)),)
    assert _marked("q=nobo") == ["Nobody"]


def test_as_typed_means_as_typed(ferry):
    assert _search("q=feryr&exact=1").total == 0
    assert _search("q=%22feryr%22").total == 0


def test_a_word_like_nothing_is_like_nothing(ferry):
    page = _search("q=zzyzxq")

    assert (page.total, page.spellings) == (0, ())


def test_words_that_tell_nothing_are_left_out_unless_they_are_all_there_is(ferry):
    assert _search("q=the+ferry+of+which").total == 3
    assert _search("q=the").total == 2
    assert _search("q=%22when+it+struck+the%22").total == 1
    assert _search("q=%22when+it+struck+a%22").total == 0


def test_what_was_set_aside_is_not_what_an_article_says(ferry):
    assert _search("q=comments&in=articles").total == 0
    assert _search("q=ferries&in=articles").total == 3


def test_only_the_newest_version_is_found():
    story = make_story()
    old = make_article(story, "Coast Wire", ["The pier burned."])
    index_article(article=old)
    Article.objects.filter(pk=old.pk).update(is_current=False)

    assert _search("q=pier").total == 0
    assert _search("q=pier&in=articles").total == 0


def test_several_claims_of_a_sentence_are_one_hit(ferry):
    whole = claim_of(Article.objects.get(outlet__name="Coast Wire"))
    Claim.objects.create(
        article=whole.article,
        sentence=whole.sentence,
        parent=whole,
        position=90,
        key="part",
        start=whole.start,
        end=whole.start + 26,
        quote=whole.quote[:26],
        role="body",
    )
    index_article(article=whole.article)

    page = _search("q=carried+40&outlet=coast-wire")

    assert page.total == 1
    assert "".join(piece.text for piece in page.hits[0].pieces) == whole.quote


# --- filters ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "outlets"),
    [
        ("q=ferry&outlet=south-mail", {"South Mail"}),
        ("q=ferry&outlet=south-mail&outlet=daily-echo", {"South Mail", "Daily Echo"}),
        ("q=ferry&outlet=nobody", set()),
        ("q=ferry&no_copies=1", {"Coast Wire", "South Mail"}),
        ("q=ferry&origin=coast-wire", {"Coast Wire", "Daily Echo"}),
        ("speaker=venn", {"Coast Wire"}),
        ("speaker=Orla+Venn", {"Coast Wire"}),
        ("speaker=Venn+Orla", set()),
        ("place=pointe-a-vent", {"Coast Wire"}),
        ("place=venn", set()),
        ("kind=number_conflict", {"Coast Wire", "South Mail"}),
        ("severity=low", {"South Mail"}),
        ("kind=number_conflict&severity=low", set()),
        ("state=open", {"Coast Wire", "South Mail"}),
        ("state=confirmed", set()),
        ("since=2031-05-05", {"South Mail"}),
        ("q=ferry&until=2031-05-05", {"Coast Wire", "Daily Echo"}),
        ("least=50&most=70", {"South Mail"}),
        ("least=70&most=50", {"South Mail"}),
        ("least=200", {"Coast Wire"}),
        ("least=1000", set()),
        ("story=story-1&q=rocks", {"Coast Wire"}),
        ("story=story-2&q=rocks", set()),
    ],
)
def test_every_filter_leaves_what_it_says(ferry, query, outlets):
    assert set(_outlets(query)) == outlets


def test_a_decision_moves_a_finding_from_open_to_confirmed(ferry):
    decide_finding(story=ferry, finding_key="alone", value="confirm", user=make_user())

    assert _outlets("state=confirmed") == ["South Mail"]
    assert _outlets("state=open&severity=low") == []


def test_findings_of_a_muted_kind_are_not_searched(ferry):
    mute_kind(story=ferry, kind="unsupported_addition", user=make_user())

    page = _search("q=60")

    assert _outlets("kind=unsupported_addition") == []
    assert [finding.key for finding in page.hits[0].findings] == ["aboard"]


def test_filters_count_what_is_left_of_each_value(ferry):
    facets = {facet.parameter: facet for facet in _search("q=carried").facets}

    def counts(parameter: str) -> dict[str, int | None]:
        return {v.value: v.count for v in facets[parameter].values if v.count}

    assert counts("outlet") == {"coast-wire": 1, "daily-echo": 1, "south-mail": 1}
    assert counts("severity") == {"high": 2, "low": 1}
    assert counts("kind") == {"number_conflict": 2, "unsupported_addition": 1}
    assert counts("origin") == {"coast-wire": 2}


def test_articles_are_found_by_filters_about_their_claims(ferry):
    assert _outlets("in=articles&severity=low") == ["South Mail"]
    assert _outlets("in=articles&speaker=venn&q=ferry") == ["Coast Wire"]


def test_quotes_are_words_in_quotation_marks(ferry):
    assert _search("in=quotes&q=ferry").total == 0
    assert _outlets("in=quotes&q=sailed") == ["Coast Wire"]


def test_speakers_are_found_by_name_with_all_they_said(ferry):
    echo = Article.objects.get(outlet__name="Daily Echo")
    _say(claim_of(echo), "ORLA VENN")
    index_article(article=echo)

    (hit,) = _search("in=speakers&q=ven").hits

    assert hit.count == 2
    assert set(hit.outlets) == {"Coast Wire", "Daily Echo"}
    assert _search("in=speakers&q=ferry").total == 0


@pytest.mark.parametrize(
    "query",
    [
        "",
        "in=quotes&sort=oldest&page=7",
        "severity=nonsense&state=1&in=x&sort=y&page=-1&since=2031-02-30&least=NaN&most=1e99",
    ],
)
def test_an_address_that_asks_for_nothing_finds_nothing(ferry, query):
    page = _search(query)

    assert page.filters.is_empty
    assert not page.hits


@pytest.mark.parametrize(
    "query", ["q=a%00b", "q=" + "%28" * 300, "speaker=%27%22%3A*&place=%00", "q=%22&least=1e20"]
)
def test_odd_addresses_give_a_page(ferry, query):
    assert _search(query).total == 0


def test_a_search_is_its_address(ferry):
    filters = search_filters_from(
        QueryDict("q=a+b&in=quotes&outlet=x&outlet=y&no_copies=1&since=2031-01-02&least=2.5&page=3")
    )

    assert search_filters_from(QueryDict(filters.as_query())) == filters
    assert read_search(filters.as_query()).page == 1


# --- the index -------------------------------------------------------------------------------


def test_articles_from_before_there_was_a_search_are_indexed_once():
    make_article(make_story(), "Coast Wire", ["The pier burned."])

    assert _search("q=pier").missing == 1
    assert (index_missing(), index_missing()) == (1, 0)
    assert _search("q=pier").total == 1


def test_indexing_again_changes_nothing(ferry):
    words = KnownWord.objects.count()

    index_article(article=Article.objects.get(outlet__name="Coast Wire"))

    assert KnownWord.objects.count() == words
    assert _search("q=ferry").total == 3


def test_a_text_of_very_many_different_words_is_indexed():
    article = make_article(make_story(), "Long Post", [" ".join(f"w{n}x" for n in range(120_000))])

    index_article(article=article)

    assert _search("q=w7x&in=articles").total == 1


def test_a_wide_archive_needs_as_many_queries_as_a_small_one():
    counts = []
    for outlets, rows in ((2, 2), (8, 30)):
        story = make_matrix(outlets, rows)
        index_missing()
        with CaptureQueriesContext(connection) as queries:
            page = _search(f"q=boats&story={story.slug}&sort=oldest")
        counts.append((len(queries), bool(page.hits)))

    assert counts[0] == counts[1]
    assert counts[0][0] <= 18


def test_a_speaker_spelled_in_two_ways_is_said_to_be_one_perhaps_and_not_joined(ferry):
    wire, echo = (Article.objects.get(outlet__name=name) for name in ("Coast Wire", "Daily Echo"))
    _say(claim_of(wire), "Dolores Quint")
    _say(claim_of(echo), "Delores Quint")
    for article in (wire, echo):
        index_article(article=article)

    facets = {facet.parameter: facet for facet in _search("q=carried").facets}
    perhaps = {value.label: value.perhaps for value in facets["speaker"].values}

    assert perhaps == {"Dolores Quint": ("Delores Quint",), "Delores Quint": ("Dolores Quint",)}


def test_a_finding_with_a_verdict_is_not_counted_as_open(ferry):
    def opened() -> int | None:
        facets = {facet.parameter: facet for facet in _search("q=carried").facets}
        return next(v.count for v in facets["state"].values if v.value == "open")

    before = opened()
    record = EvidenceDraft(
        kind="primary", url="https://r.example", excerpt="60", retrieved_on=date(2031, 5, 6)
    )
    give_verdict(
        story=ferry, finding_key="aboard", value="disputed", evidence=[record], user=make_user()
    )

    assert (before, opened()) == (2, 1)
