"""The search page, searches people keep, and their feeds."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from apps.articles.models import Article, Story
from apps.claims.actions import index_article, index_missing, make_feed_key, save_search
from apps.claims.models import SavedSearch
from apps.claims.word_models import ArticleWords
from tests.db.stories import claim_of, make_article, make_finding, make_row, make_story, make_user

pytestmark = pytest.mark.django_db

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>\ue000'
SEARCH = "/search/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def story() -> Story:
    story = make_story()
    wire = make_article(story, "Coast Wire", ["The ferry carried 40 people.", "It sank."])
    mail = make_article(story, "South Mail", ["The ferry carried 60 people."], hours=2)
    row = make_row(story, [claim_of(wire), claim_of(mail)])
    make_finding(story, row, [claim_of(wire), claim_of(mail)], key="aboard")
    index_missing()
    return story


@pytest.fixture
def wanda(client: Client):
    user = make_user("wanda", "reader")
    client.force_login(user)
    return user


def _get(client: Client, query: str) -> str:
    return client.get(f"{SEARCH}?{query}").content.decode()


# --- the page --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["search", "save_search", "make_feed_key"])
def test_the_pages_ask_who_reads_them(client, name):
    response = client.get(SEARCH) if name == "search" else client.post(reverse(f"claims:{name}"))

    assert response.status_code == 302
    assert "/accounts/login/" in response.url


def test_a_hit_leads_to_its_words_its_row_and_its_findings(client, wanda, story):
    html = _get(client, "q=ferry")

    assert "2 claims" in html
    assert "<mark" in html
    for address in (
        reverse("claims:article", args=[story.articles.first().pk]),
        reverse("claims:row", args=[story.slug, story.groups.get().pk]),
        reverse("claims:finding", args=[story.slug, "aboard"]),
    ):
        assert address in html


def test_htmx_gets_hits_and_filters_alone(client, wanda, story):
    html = client.get(f"{SEARCH}?q=ferry", headers={"HX-Request": "true"}).content.decode()

    assert "<h1" not in html
    assert html.lstrip().startswith('<div class="found" id="found"')
    assert 'id="facets" hx-swap-oob' in html


def test_pages_go_on_and_back_with_the_whole_search(client, wanda):
    article = make_article(make_story(), "Coast Wire", [f"Boat {n} sank." for n in range(60)])
    index_missing()

    html = _get(client, "q=boat&outlet=coast-wire&page=2")

    assert article.outlet.slug in html
    assert 'href="?q=boat&amp;outlet=coast-wire"' in html
    assert 'href="?q=boat&amp;outlet=coast-wire&amp;page=3"' in html
    assert '<ol class="hits" start="26">' in html


def test_a_search_without_hits_says_where_there_are_some(client, wanda, story):
    html = _get(client, "q=ferry&in=quotes")

    assert "Nothing fits" in html
    assert "2 in claims" in html


@pytest.mark.parametrize("searched", ["claims", "quotes", "articles", "speakers"])
def test_hostile_words_stay_words(client, wanda, searched):
    story = make_story(f"Story {HOSTILE}")
    article = make_article(story, f"South {HOSTILE}", [f"The onerror {HOSTILE} sank."])
    claim = claim_of(article)
    claim.source = claim.source_resolved = f"Ola onerror {HOSTILE}"
    claim.cue, claim.attribution_kind = "said", "direct"
    claim.save()
    index_missing()
    save_search(owner=wanda, name=HOSTILE, query="q=%22%3E%3Cscript%3E")

    html = client.get(
        SEARCH, {"q": "onerror", "in": searched, "outlet": HOSTILE, "speaker": HOSTILE}
    ).content.decode() + _get(client, f"q=onerror&in={searched}")

    assert "<img" not in html
    assert "<script>alert" not in html
    assert "onerror" in html


# --- searches people keep --------------------------------------------------------------------


def _save(client: Client, name: str, query: str):
    return client.post(reverse("claims:save_search"), {"name": name, "query": query}, follow=True)


def _change(client: Client, search: SavedSearch, act: str):
    address = reverse("claims:change_saved_search", args=[search.pk])
    return client.post(address, {"act": act}, follow=True)


def test_a_search_is_saved_by_name_and_found_again(client, wanda, story):
    _save(client, "Ferry", "q=ferry&severity=high&page=3&nonsense=1")

    html = _get(client, "q=ferry&severity=high")

    assert SavedSearch.objects.get().query == "q=ferry&severity=high"
    assert "Saved as Ferry" in html


@pytest.mark.parametrize(("name", "query"), [("", "q=ferry"), ("Ferry", ""), ("Ferry", "page=2")])
def test_a_search_needs_a_name_and_something_to_look_for(client, wanda, name, query):
    response = _save(client, name, query)

    assert not SavedSearch.objects.exists()
    assert "needs a name" in response.content.decode()


def test_a_deleted_search_is_brought_back(client, wanda):
    search = save_search(owner=wanda, name="Ferry", query="q=ferry")

    deleted = _change(client, search, "delete").content.decode()
    restored = _change(client, search, "restore").content.decode()

    assert "Deleted: Ferry" in deleted
    assert 'href="/search/?q=ferry"' not in deleted
    assert 'href="/search/?q=ferry"' in restored


def test_a_name_given_again_goes_to_the_new_search_and_the_old_can_come_back(client, wanda):
    old = save_search(owner=wanda, name="Ferry", query="q=ferry")
    new = save_search(owner=wanda, name="Ferry", query="q=boat")

    _change(client, old, "restore")

    assert [s.query for s in SavedSearch.objects.filter(deleted_at=None)] == ["q=ferry"]
    new.refresh_from_db()
    assert new.deleted_at is not None


def test_nobody_sees_or_changes_what_somebody_else_saved(client, wanda):
    search = save_search(owner=make_user("ines"), name="Secret", query="q=secret")

    html = _get(client, "")
    response = _change(client, search, "delete")

    assert "Secret" not in html
    assert response.status_code == 404
    search.refresh_from_db()
    assert search.deleted_at is None


# --- feeds -----------------------------------------------------------------------------------


def _feed(key: str, query: str = "q=ferry"):
    return Client().get(f"{reverse('claims:search_feed', args=[key])}?{query}")


def test_a_feed_reader_reads_a_search_without_signing_in(story):
    key = make_feed_key(owner=make_user()).key

    response = _feed(key)
    entries = ET.fromstring(response.content).findall(f"{ATOM}entry")

    assert response["Content-Type"].startswith("application/atom+xml")
    assert [e.findtext(f"{ATOM}title") for e in entries] == [
        "South Mail: The ferry carried 60 people.",
        "Coast Wire: The ferry carried 40 people.",
    ]
    assert "(high, open)" in response.content.decode()


def test_a_feed_is_ordered_by_publication_not_by_arrival(story):
    # Published before the others, and brought in last.
    make_article(story, "Night Post", ["The ferry had 50 seats."], hours=-5)
    make_article(story, "Late Sun", ["The ferry had 70 seats."], hours=9)
    undated = make_article(story, "Some Blog", ["The ferry had 80 seats."])
    Article.objects.filter(pk=undated.pk).update(published_at=None, published_iso="")
    index_missing()

    tree = ET.fromstring(_feed(make_feed_key(owner=make_user()).key).content)
    entries = tree.findall(f"{ATOM}entry")

    told = [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries]
    dated = [name for name in told if name != "Some Blog"]
    assert dated == ["Late Sun", "South Mail", "Coast Wire", "Night Post"]
    assert "Some Blog" in told
    times = [entry.findtext(f"{ATOM}published") for entry in entries]
    assert times == sorted(times, reverse=True)


def test_what_comes_in_late_is_in_a_full_feed(story, monkeypatch):
    monkeypatch.setattr("apps.claims.feeds.MOST_ENTRIES", 2)
    make_article(story, "Night Post", ["The ferry had 50 seats."], hours=-500)
    index_missing()

    html = _feed(make_feed_key(owner=make_user()).key).content.decode()

    assert html.count("<entry>") == 2
    assert "Night Post" in html


@pytest.mark.parametrize("searched", ["quotes", "articles", "speakers"])
def test_every_search_has_a_feed(story, searched):
    claim = claim_of(story.articles.get(outlet__name="South Mail"))
    claim.source = claim.source_resolved = "Ferry Office"
    claim.cue, claim.attribution_kind = "said", "direct"
    claim.save()
    index_article(article=claim.article)

    response = _feed(make_feed_key(owner=make_user()).key, f"q=ferry&in={searched}")

    assert response.content.decode().count("<entry>") >= 1


def test_a_feed_never_says_its_key(story):
    key = make_feed_key(owner=make_user()).key

    response = _feed(key)

    assert key not in response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"].startswith("private")
    assert "noindex" in response["X-Robots-Tag"]


def test_an_unknown_key_and_a_nobody_read_nothing(story):
    assert _feed("0" * 43).status_code == 404
    assert Client().get(SEARCH + "?q=ferry").status_code == 302


def test_a_new_key_stops_the_old_one(client, wanda, story):
    old = make_feed_key(owner=wanda).key

    client.post(reverse("claims:make_feed_key"), {"query": "q=ferry"})

    wanda.refresh_from_db()
    assert _feed(old).status_code == 404
    assert _feed(wanda.feed_key.key).status_code == 200


def test_somebody_who_may_not_sign_in_any_more_reads_no_feed(wanda, story):
    key = make_feed_key(owner=wanda).key
    wanda.is_active = False
    wanda.save()

    assert _feed(key).status_code == 404


def test_entries_keep_their_ids_when_an_article_is_analysed_again(story):
    key = make_feed_key(owner=make_user()).key

    def ids() -> list[str | None]:
        tree = ET.fromstring(_feed(key).content)
        return [entry.findtext(f"{ATOM}id") for entry in tree.findall(f"{ATOM}entry")]

    before = ids()
    for article in story.articles.all():
        for claim in article.claims.all():
            claim.pk, old = None, claim.pk
            article.claims.filter(pk=old).delete()
            claim.save()
    ArticleWords.objects.all().delete()
    index_missing()

    assert ids() == before


def test_words_xml_cannot_hold_are_left_out_of_a_feed():
    make_article(make_story(), "Coast Wire", [f"The ferry \x0b\x1f <b>&</b> {HOSTILE} sank."])
    index_missing()

    response = _feed(make_feed_key(owner=make_user()).key)

    (entry,) = ET.fromstring(response.content).findall(f"{ATOM}entry")
    assert "<b>&</b>" in (entry.findtext(f"{ATOM}title") or "")
