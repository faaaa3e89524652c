"""What leaves a story: tables, data, and fact checks that two people stand behind."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from apps.articles.models import Story
from apps.claims.actions import adjudicate, decide_finding, review_verdict
from apps.claims.claim_reviews import build_reviews
from apps.claims.models import Alignment, Verdict
from tests.db.stories import (
    RECORD,
    claim_of,
    client_of,
    count_queries,
    judge,
    make_article,
    make_finding,
    make_row,
    make_story,
    make_user,
)

pytestmark = pytest.mark.django_db

SAYS_60 = "The ferry carried 60 people."


@pytest.fixture
def story() -> Story:
    """Two outlets say 60, one of them in other words, one says 40."""
    story = make_story()
    north = make_article(story, "North Post", ["The ferry carried 40 people."])
    south = make_article(story, "South Mail", [SAYS_60], hours=2, url="https://mail.example/a")
    echo = make_article(story, "Daily Echo", [SAYS_60], hours=1, url="https://echo.example/a")
    west = make_article(story, "West Times", ["Sixty people were on the ferry."], hours=3)
    claims = [claim_of(article) for article in (north, south, echo, west)]
    group = make_row(story, claims)
    make_finding(story, group, claims[:2], key="aboard", words=["40", "60"])
    return story


@pytest.fixture
def client(wanda):
    return client_of(wanda)


def _give(story, user, value="contradicted by evidence", *, words=SAYS_60, **more):
    return judge(story, user, value, words=words, **more)


def _data(page: str) -> dict[str, object]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(text)


# --- fact checks -----------------------------------------------------------------------------


def test_what_one_person_says_is_no_fact_check(client, story, wanda):
    _give(story, wanda)

    assert build_reviews(story) == ()
    assert client.get(f"/stories/{story.slug}/reviews/aboard/").status_code == 404


def test_a_fact_check_says_who_when_why_and_what_it_rests_on(client, story, wanda, otto):
    wanda.first_name, wanda.last_name = "Wanda", "Wells"
    wanda.save()
    review_verdict(verdict=_give(story, wanda, note="The log says 40."), user=otto)

    page = client.get(f"/stories/{story.slug}/reviews/aboard/")
    data = _data(page.content.decode())

    assert data["@type"] == "ClaimReview"
    assert data["@id"] == data["url"] == f"http://testserver/stories/{story.slug}/reviews/aboard/"
    assert data["claimReviewed"] == SAYS_60
    assert data["reviewRating"] == {"@type": "Rating", "alternateName": "contradicted by evidence"}
    assert data["reviewBody"] == "The log says 40."
    assert data["contributor"] == [{"@type": "Person", "name": "Wanda Wells"}]
    # He has given no name, and what he signs in with is not for everybody.
    assert data["editor"] == {"@type": "Person", "name": "a fact-checker"}
    assert data["citation"] == [
        {"@type": "CreativeWork", "url": RECORD.url, "text": "40 passengers, 3 crew"}
    ]
    assert data["datePublished"] == Verdict.objects.get().reviewed_at.isoformat()


def test_it_names_every_outlet_that_says_the_very_words_the_earliest_first(story, wanda, otto):
    review_verdict(verdict=_give(story, wanda), user=otto)

    (review,) = build_reviews(story)

    outlets = [found.article.outlet.name for found in review.appearances]
    assert outlets == ["Daily Echo", "South Mail"]


def test_other_words_count_only_when_a_person_confirmed_the_match(story, wanda, otto):
    review_verdict(verdict=_give(story, wanda), user=otto)
    Alignment.objects.filter(claim__article__outlet__name="West Times").update(is_confirmed=True)

    (review,) = build_reviews(story)

    assert [found.article.outlet.name for found in review.appearances][-1] == "West Times"


def test_words_a_finding_sets_against_it_are_never_its_own(story, wanda, otto):
    review_verdict(verdict=_give(story, wanda), user=otto)
    Alignment.objects.update(is_confirmed=True)

    (review,) = build_reviews(story)
    assert "North Post" not in [found.article.outlet.name for found in review.appearances]

    decide_finding(story=story, finding_key="aboard", value="dismiss", reason=1, user=otto)
    (review,) = build_reviews(story)
    assert "North Post" in [found.article.outlet.name for found in review.appearances]


def test_of_a_finding_judged_as_a_whole_both_sides_are_shown(client, story, wanda, otto):
    review_verdict(verdict=_give(story, wanda, words=""), user=otto)

    data = _data(client.get(f"/stories/{story.slug}/reviews/aboard/").content.decode())

    assert data["claimReviewed"] == "One says 40, the other says 60."
    assert [found["publisher"]["name"] for found in data["itemReviewed"]["appearance"]] == [
        "North Post",
        "South Mail",
    ]
    assert "firstAppearance" not in data["itemReviewed"]


def test_where_people_differ_only_what_a_third_person_decided_is_published(story, wanda, otto):
    _give(story, wanda)
    _give(story, otto, "supported")
    assert build_reviews(story) == ()

    adjudicate(
        story=story,
        finding_key="aboard",
        value="supported",
        note="The list.",
        user=make_user("ida"),
    )

    (review,) = build_reviews(story)
    assert review.value == "supported"
    assert [verdict.author.username for verdict in review.verdicts] == ["otto"]
    assert review.reader.username == "ida"


def test_who_decided_between_verdicts_does_not_stand_behind_what_authors_agreed_on_since(
    story, wanda, otto, ida
):
    _give(story, wanda)
    _give(story, otto, "supported")
    adjudicate(story=story, finding_key="aboard", value="supported", note="The list.", user=ida)
    _give(story, wanda, "supported")

    (review,) = build_reviews(story)

    assert {verdict.author for verdict in review.verdicts} == {otto, wanda}
    assert (review.adjudication, review.reader) == (None, None)
    assert review.published_at == Verdict.objects.get(author=wanda).given_at


def test_nothing_in_a_claim_ends_the_script_it_stands_in(client, story, wanda, otto):
    evil = "</script><script>alert(1)</script><!-- \u2028 & "
    review_verdict(verdict=_give(story, wanda, words=evil, note=evil), user=otto)

    page = client.get(f"/stories/{story.slug}/reviews/aboard/")

    text = page.content.decode()
    assert "<script>alert" not in text and "<!-- " not in text
    assert _data(text)["reviewBody"] == evil
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]


def test_an_address_that_is_no_web_address_is_no_link(story, client, wanda, otto):
    review_verdict(verdict=_give(story, wanda), user=otto)
    verdict = Verdict.objects.get()
    verdict.evidence.update(url="javascript:alert(1)", document="A list")
    story.articles.filter(outlet__name="South Mail").update(url="javascript:alert(2)")

    page = client.get(f"/stories/{story.slug}/reviews/aboard/").content.decode()

    assert 'href="javascript' not in page
    assert '"url": "javascript' not in page


def test_all_fact_checks_of_a_story_are_one_graph(client, story, wanda, otto):
    review_verdict(verdict=_give(story, wanda), user=otto)

    answer = client.get(f"/stories/{story.slug}/export/claimreview.jsonld")

    assert answer.headers["Content-Type"] == "application/ld+json; charset=utf-8"
    document = json.loads(answer.content)
    assert document["@context"] == "https://schema.org"
    assert [node["claimReviewed"] for node in document["@graph"]] == [SAYS_60]


def test_one_fact_check_is_a_file_too(client, story, wanda, otto):
    review_verdict(verdict=_give(story, wanda), user=otto)
    page = f"/stories/{story.slug}/reviews/aboard/"

    alone = json.loads(client.get(f"{page}claimreview.jsonld").content)

    assert alone == _data(client.get(page).content.decode())


def test_a_fact_check_is_public_only_where_the_site_says_so(story, wanda, otto):
    review_verdict(verdict=_give(story, wanda), user=otto)
    address, stranger = f"/stories/{story.slug}/reviews/aboard/", Client()

    for page in (address, f"{address}claimreview.jsonld"):
        assert stranger.get(page).headers["Location"].startswith("/accounts/login/"), page
    with override_settings(PUBLISH_REVIEWS=True, PUBLISHER="The Lisse Gazette"):
        page = stranger.get(address)
        assert page.status_code == 200
        data = _data(page.content.decode())
        assert data["author"]["name"] == "The Lisse Gazette"
        assert "otto" not in page.content.decode()
        assert stranger.get(f"{address}claimreview.jsonld").status_code == 200
        for other in (f"/stories/{story.slug}/", f"/stories/{story.slug}/export/"):
            assert stranger.get(other).status_code == 302


def test_nobody_who_did_not_sign_in_takes_files(story):
    for name in ("", "verdicts.csv", "verdicts.json", "claimreview.jsonld"):
        assert Client().get(f"/stories/{story.slug}/export/{name}").status_code == 302


# --- files -----------------------------------------------------------------------------------


def test_the_table_opens_as_what_it_is(client, story, wanda):
    _give(story, wanda, note="=HYPERLINK(1)")

    answer = client.get(f"/stories/{story.slug}/export/verdicts.csv")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="story-1-verdicts.csv"'
    text = answer.content.decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(text))
    assert line["note"] == "'=HYPERLINK(1)"
    assert line["standing"] == "waiting"


def test_the_data_are_what_another_installation_reads(client, story, wanda):
    _give(story, wanda)

    document = json.loads(client.get(f"/stories/{story.slug}/export/verdicts.json").content)

    assert document["format"] == "variorum-verdicts/1"
    assert document["findings"][0]["verdicts"][0]["by"] == "wanda"


def test_the_story_leads_to_its_exports_and_says_what_is_not_ready(client, story, wanda):
    assert (
        f'href="/stories/{story.slug}/export/"'
        in client.get(f"/stories/{story.slug}/overview/").content.decode()
    )
    assert "None yet" in client.get(f"/stories/{story.slug}/export/").content.decode()

    _give(story, wanda)

    page = client.get(f"/stories/{story.slug}/export/").content.decode()
    assert "1 verdict; 1 finding waits for a second reader." in page


def test_the_number_of_queries_does_not_grow(story, wanda, otto):
    review_verdict(verdict=_give(story, wanda), user=otto)
    few = count_queries(build_reviews, story)
    for number in range(5):
        article = make_article(story, f"Outlet {number}", [f"There were {number} boats."])
        group = make_row(story, [claim_of(article)])
        make_finding(story, group, [claim_of(article)], key=f"boats{number}")
        review_verdict(verdict=judge(story, wanda, key=f"boats{number}"), user=otto)

    assert len(build_reviews(story)) == 6
    assert count_queries(build_reviews, story) == few


# --- before it leaves ------------------------------------------------------------------------


def test_who_would_sign_without_a_name_is_said_before_anything_is_handed_over(
    client, story, wanda, otto
):
    wanda.first_name, wanda.last_name = "Wanda", "Wells"
    wanda.save()
    review_verdict(verdict=_give(story, wanda), user=otto)
    address = f"/stories/{story.slug}/export/"

    unnamed = client.get(address).content.decode()
    otto.first_name = "Otto"
    otto.save()
    with override_settings(PUBLISHER="The Harbour Desk"):
        named = client.get(address).content.decode()

    assert "sign as" in unnamed and "address of this site" in unnamed
    assert "sign as" not in named
    assert "Signed by The Harbour Desk." in named and "address of this site" not in named


# --- and comes back --------------------------------------------------------------------------


def _send(client: Client, story: Story, content: bytes, name: str = "verdicts.json"):
    return client.post(
        f"/stories/{story.slug}/export/read/",
        {"document": SimpleUploadedFile(name, content)},
        follow=True,
    )


def test_an_admin_brings_back_what_was_taken_along_and_twice_changes_nothing(story, wanda):
    _give(story, wanda, note="The list.")
    decide_finding(story=story, finding_key="aboard", value="confirm", user=wanda)
    admin = client_of(make_user("ada", "admin"))
    taken = admin.get(f"/stories/{story.slug}/export/verdicts.json").content
    Verdict.objects.all().delete()

    once = _send(admin, story, taken).content.decode()
    twice = _send(admin, story, b"\xef\xbb\xbf" + taken).content.decode()

    assert "1 added; 1 were here already; 0 are here" in once
    assert "0 added; 2 were here already" in twice
    assert Verdict.objects.get().note == "The list."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This file is empty."),
        (b"not json", "This is no JSON."),
        (b"\xff\xfe", "This is no JSON."),
        (b"[" * 100_000, "This is no JSON."),
        (b"[]", "Nothing was read."),
        (b'{"format": "other"}', "Nothing was read."),
    ],
    ids=["empty", "prose", "bytes", "deep", "a list", "another format"],
)
def test_what_is_no_such_file_is_refused_in_words_and_nothing_is_kept(story, content, told):
    answer = _send(client_of(make_user("ada", "admin")), story, content)

    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not Verdict.objects.exists()


def test_no_file_and_one_too_large_are_refused(story):
    admin = client_of(make_user("ada", "admin"))
    address = f"/stories/{story.slug}/export/read/"

    assert "Choose a file." in admin.post(address).content.decode()
    with override_settings(IMPORT_UPLOAD_BYTES=10):
        assert "at most" in _send(admin, story, b'{"format": 1}').content.decode()


@pytest.mark.parametrize("role", ["reader", "fact-checker", "editor"])
def test_only_who_may_make_accounts_brings_decisions_back(story, role):
    client = client_of(make_user("nora", role))

    assert "Read the file" not in client.get(f"/stories/{story.slug}/export/").content.decode()
    assert _send(client, story, b"{}").status_code == 403
